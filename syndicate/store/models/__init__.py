"""Tables as rows, not rules. `mapping` turns rows into core values and back.

Revisions, editions, audit lines and the moments of the change log are only ever added. Values whose shape belongs to
core (items, rules, agreements) are JSON documents; what lists, constraints and the clock ask for has columns.
"""

from syndicate.store.models.base import Base, UTCDateTime
from syndicate.store.models.editing import (
    DecisionRow,
    DraftRow,
    EditLockRow,
    EditsRow,
    PresenceRow,
    QuestionRow,
)
from syndicate.store.models.entry import FailureRow, LinkRow, RecoveryCodeRow, SessionRow
from syndicate.store.models.fragments import FragmentRow, UnrenderedRow
from syndicate.store.models.hub import ListenerRow
from syndicate.store.models.jobs import JobRow, TallyRow, WorkerRow
from syndicate.store.models.journal import AnswerRow, AuditRow
from syndicate.store.models.likeness import BandRow, LikenessRow, SketchRow, StoryDoorRow, StoryNameRow, UncomparedRow
from syndicate.store.models.listings import ListingChoiceRow, ListingRow, ListingTopicRow, SavedFilterRow
from syndicate.store.models.log import AccessRow, ChangeRow, ClockRow, EntitlementRow, PlaceRow
from syndicate.store.models.parties import ChannelRow, KeyRow, OutletRow, SubscriberRow, SubscriptionRow, UserRow
from syndicate.store.models.pictures import MediaRow, PictureRow
from syndicate.store.models.reach import ReceiptRow, ViewRow
from syndicate.store.models.sources import PollRow, SeenRow, SourceRow, TrialRow
from syndicate.store.models.stories import DocumentRow, EditionRow, EntryRow, RevisionRow, StoryRow

__all__ = [
    "AccessRow",
    "AnswerRow",
    "AuditRow",
    "BandRow",
    "Base",
    "ChangeRow",
    "ChannelRow",
    "ClockRow",
    "DecisionRow",
    "DocumentRow",
    "DraftRow",
    "EditLockRow",
    "EditionRow",
    "EditsRow",
    "EntitlementRow",
    "EntryRow",
    "FailureRow",
    "FragmentRow",
    "JobRow",
    "KeyRow",
    "LikenessRow",
    "LinkRow",
    "ListenerRow",
    "ListingChoiceRow",
    "ListingRow",
    "ListingTopicRow",
    "MediaRow",
    "OutletRow",
    "PictureRow",
    "PlaceRow",
    "PollRow",
    "PresenceRow",
    "QuestionRow",
    "ReceiptRow",
    "RecoveryCodeRow",
    "RevisionRow",
    "SavedFilterRow",
    "SeenRow",
    "SessionRow",
    "SketchRow",
    "SourceRow",
    "StoryDoorRow",
    "StoryNameRow",
    "StoryRow",
    "SubscriberRow",
    "SubscriptionRow",
    "TallyRow",
    "TrialRow",
    "UTCDateTime",
    "UncomparedRow",
    "UnrenderedRow",
    "UserRow",
    "ViewRow",
    "WorkerRow",
]
