"""Who may do what stands in one place: nothing that acts can be reached round it."""

import importlib
import inspect
import pkgutil
import re

import pytest

from syndicate.core.errors import NotAllowed
from syndicate.core.newsroom import Role
from syndicate.core.roles import LEAST, Act, Person, check
from syndicate.service import desk as services
from syndicate.web.desk import bp


def acting() -> dict[str, object]:
    """Every public function of `service.desk`, by its name."""
    modules = [
        importlib.import_module(f"{services.__name__}.{each.name}") for each in pkgutil.iter_modules(services.__path__)
    ]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": function
        for module in modules
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    }


ACTING = acting()


@pytest.mark.parametrize("name", ACTING)
def test_whatever_is_done_at_the_desk_says_what_kind_of_act_it_is(name):
    assert isinstance(getattr(ACTING[name], "act", None), Act)
    assert next(iter(inspect.signature(ACTING[name]).parameters)) == "person"


@pytest.mark.parametrize("name", [name for name in ACTING if LEAST[ACTING[name].act] is not Role.VIEWER])
def test_whoever_only_looks_is_refused_before_anything_is_done(name):
    with pytest.raises(NotAllowed, match="You may not"):
        ACTING[name](
            Person(email="viewer@news.example", role=Role.VIEWER)
        )  # it reaches for nothing that it was not given


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_the_role_below_may(role, act):
    person = Person(email="a@b.example", role=role)
    allowed = list(Role).index(role) <= list(Role).index(LEAST[act])
    assert person.may(act) is allowed
    if not allowed:
        with pytest.raises(NotAllowed, match=LEAST[act]):
            check(person, act)


def posts(desk):
    rules = [rule for rule in desk.app.url_map.iter_rules() if rule.endpoint.startswith(f"{bp.name}.")]
    return {rule.rule for rule in rules if "POST" in rule.methods}


def address(rule: str, story_id: str) -> str:
    return re.sub(r"<[^>]*>", story_id, rule)


AT_THE_DOOR = {"/desk/sign-in", "/desk/code", "/desk/password"}
OWN = {"/desk/sign-out", *AT_THE_DOOR}
LOOKING = {"/desk/stories/<ref>/here"}  # says that somebody looks, and nothing else


def test_every_form_of_the_desk_is_refused_to_nobody_and_changes_nothing(desk):
    story_id = desk.house.push().id
    nobody = desk.nobody()
    before = desk.house.counts(), desk.house.story(story_id)
    answers = {rule: nobody.post(address(rule, story_id)).status_code for rule in posts(desk) - AT_THE_DOOR}
    assert set(answers.values()) == {403}, answers
    assert (desk.house.counts(), desk.house.story(story_id)) == before


def test_every_form_of_the_desk_is_refused_to_a_viewer_but_those_of_their_own_account(desk):
    story_id = desk.house.push().id
    viewer = desk.signed_in("viewer")
    before = desk.house.counts(), desk.house.story(story_id)
    others = {rule for rule in posts(desk) - OWN - LOOKING if not rule.startswith("/desk/account/")}
    answers = {rule: viewer.post(address(rule, story_id)).status_code for rule in others}
    assert set(answers.values()) <= {403, 422}, answers  # a field that is wrong may be told first
    assert (desk.house.counts(), desk.house.story(story_id)) == before
