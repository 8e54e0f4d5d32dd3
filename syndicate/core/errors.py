"""Failures a caller can act on. Anything else is a bug and surfaces as a 500 with a request id.

Each class says one thing that a caller can *do* something about. HTTP status codes are the business of
`syndicate.web.problems`; `slug` becomes the last part of the RFC 9457 problem type there.
"""


class SyndicateError(Exception):
    """Base of all. `detail` is a sentence for people; `extra` holds JSON-safe facts, never secrets."""

    slug, title = "error", "The request could not be completed"

    def __init__(self, detail: str, **extra: object) -> None:
        super().__init__(detail)
        self.detail, self.extra = detail, extra


class NotFound(SyndicateError):
    slug, title = "not-found", "No such thing here"


class NotAllowed(SyndicateError):
    slug, title = "not-allowed", "This key or person may not do that"


class NotKnown(NotAllowed):
    slug, title = "not-known", "A valid key is needed"


class TooMany(NotAllowed):
    """Too many tries. `extra` holds `retry_after_s`."""

    slug, title = "too-many-tries", "Please wait before the next try"


class Conflict(SyndicateError):
    slug, title = "conflict", "Somebody was faster"


class StaleVersion(Conflict):
    slug, title = "stale-version", "A newer version is stored already"


class PreconditionFailed(Conflict):
    slug, title = "precondition-failed", "This is not the version that was asked for"


class Changed(Conflict):
    """What an editor decides about, or edits, is not what they have seen: `extra` may hold both texts."""

    slug, title = "changed", "It has changed since you saw it"


class MoveRefused(Conflict):
    slug, title = "move-refused", "The desk does not allow this move"


class RuleBroken(SyndicateError):
    slug, title = "rule-broken", "A newsroom rule forbids this"


class OnHold(RuleBroken):
    slug, title = "on-hold", "The item may not go out"


class EditsClash(RuleBroken):
    slug, title = "edits-clash", "The source has changed what was edited"


class BadFields(RuleBroken):
    """Well-formed, but some fields are wrong: `errors` maps each field's path to what is wrong with it."""

    slug, title = "invalid-fields", "Some fields are wrong"


class BadInput(SyndicateError):
    slug, title = "bad-input", "The content could not be read"


class TooLarge(BadInput):
    slug, title = "too-large", "The content is over a limit"


class LengthRequired(BadInput):
    slug, title = "length-required", "This content must come with its length"


class UnknownFormat(BadInput):
    slug, title = "unknown-format", "This media type is not read here"


class NotAcceptable(SyndicateError):
    """`offered` names the media types that there are."""

    slug, title = "not-acceptable", "It is not to be had in any form that was asked for"


class RemoteFailure(SyndicateError):
    """Another server failed us; a later try may work. `extra` may hold its `status` and `retry_after_s`."""

    slug, title = "remote-failure", "Another server failed us"


class RemoteRefusal(RemoteFailure):
    slug, title = "remote-refusal", "Another server said no; trying again will not help"


class Unavailable(SyndicateError):
    """Our own store did not answer: nothing was changed, and the same request may work a moment later."""

    slug, title = "unavailable", "Please try again in a moment"
