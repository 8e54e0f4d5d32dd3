"""The feeds that we pull: what is wrong with each, what each look brought, and a trial of one before it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate import ingest
from syndicate.core.alarms import Alarm, alarms
from syndicate.core.roles import Act, Person
from syndicate.core.source import Source
from syndicate.service.desk import may
from syndicate.service.intake import sources, trial
from syndicate.service.intake.trial import Ordered
from syndicate.store import Store
from syndicate.store.sources import Poll

FORMATS: Sequence[str] = tuple(sorted(ingest.FORMATS))
LOOKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A source, what is wrong with it, and the last looks at it, the newest first; none in a list."""

    source: Source
    outlet: str
    alarms: Sequence[Alarm]
    polls: Sequence[Poll] = ()


@may(Act.LOOK)
def overview(person: Person, store: Store, *, now: datetime) -> Sequence[SourceFile]:
    """All of them, in as many questions as one takes."""
    with store.read() as tx:
        names, found = {outlet.slug: outlet.name for outlet in tx.outlets.all()}, tx.sources.all()
    return [SourceFile(source=each, outlet=names[each.outlet], alarms=alarms(each, now)) for each in found]


@may(Act.LOOK)
def file(person: Person, store: Store, source_id: str, *, now: datetime) -> SourceFile:
    """Raises NotFound."""
    with store.read() as tx:
        source = tx.sources.get(source_id)
        name, polls = tx.outlets.get(source.outlet).name, tx.sources.polls(source_id, limit=LOOKS)
    return SourceFile(source=source, outlet=name, alarms=alarms(source, now), polls=polls)


@may(Act.KEEP)
def to_change(person: Person, store: Store, source_id: str) -> Source:
    """As it is kept, for one who may change it. Raises NotFound."""
    with store.read() as tx:
        return tx.sources.get(source_id)


@may(Act.KEEP)
def add(person: Person, store: Store, source: Source, *, now: datetime) -> Source:
    """Raises BadFields, NotFound (no such outlet), Conflict."""
    return sources.add(store, source, who=person.email, now=now)


@may(Act.KEEP)
def change(person: Person, store: Store, source: Source, *, now: datetime) -> Source:
    """It is looked at anew; one that had stopped begins again. Raises BadFields, NotFound."""
    return sources.change(store, source, who=person.email, now=now)


@may(Act.KEEP)
def remove(person: Person, store: Store, source_id: str, *, now: datetime) -> Source:
    """Its stories stay. Raises NotFound."""
    source = to_change(person, store, source_id)
    sources.remove(store, source, who=person.email, now=now)
    return source


@may(Act.KEEP)
def look_now(person: Person, store: Store, source_id: str, *, now: datetime) -> Source:
    """A worker looks at it next. Raises NotFound, RuleBroken where it has stopped."""
    return sources.look_now(store, source_id, who=person.email, now=now)


@may(Act.KEEP)
def try_out(person: Person, store: Store, source: Source, *, now: datetime) -> str:
    """The id of a trial that a worker carries out; nothing of it is published. Raises BadFields, NotFound."""
    return sources.try_out(store, source, who=person.email, now=now)


@may(Act.LOOK)
def tried(person: Person, store: Store, trial_id: str) -> Ordered:
    """Raises NotFound."""
    with store.read() as tx:
        return trial.ordered(tx, trial_id)


@may(Act.LOOK)
def outlets(person: Person, store: Store) -> Mapping[str, str]:
    """Their names by slug."""
    with store.read() as tx:
        return {outlet.slug: outlet.name for outlet in tx.outlets.all()}
