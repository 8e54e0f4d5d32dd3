"""What people do at the desk. The desk's pages call nothing else that acts.

Every public function here takes the `Person` who asks first, and says with `may` what kind of act it is; whether their
role is enough stands in one table, `core.roles.LEAST`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from syndicate.core.roles import Act, Person, check

P = ParamSpec("P")
R = TypeVar("R")
Acting = Callable[Concatenate[Person, P], R]


def may(act: Act) -> Callable[[Acting[P, R]], Acting[P, R]]:
    """Refuses with NotAllowed, before anything is done, whoever's role is below what `act` takes."""

    def decorate(function: Acting[P, R]) -> Acting[P, R]:
        @wraps(function)
        def checked(person: Person, *args: P.args, **kwargs: P.kwargs) -> R:
            check(person, act)
            return function(person, *args, **kwargs)

        checked.act = act  # type: ignore[attr-defined]
        return checked  # type: ignore[return-value]  # mypy gives the first argument a name

    return decorate
