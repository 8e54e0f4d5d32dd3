"""What each person may do with their own account."""

from datetime import datetime

from syndicate.core.roles import Act, Person
from syndicate.service.desk import may
from syndicate.store import Store


@may(Act.OWN)
def end_session(person: Person, store: Store, *, session_id: str, now: datetime) -> None:
    """Sign one of one's own devices out; one that is out already stays out."""
    with store.begin() as tx:
        if tx.sessions.remove(session_id, email=person.email):
            tx.audit.add("sign-out", person.email, who=person.email, at=now, session=session_id)
