"""What was agreed with an outlet in plain English: a sentence for each term, for editors and partners to read."""

from collections.abc import Sequence
from datetime import UTC, datetime

from syndicate.core.approval import Approval
from syndicate.core.newsroom import Agreement, Outlet, PicturePolicy
from syndicate.core.permission import NAMES
from syndicate.core.policy import Page

_PAGES = {
    Page.NONE: "Our pages of its stories ask nothing of search engines, unless a channel does.",
    Page.CANONICAL: "Our pages of its stories tell search engines where the original is.",
    Page.NOINDEX: "Our pages of its stories ask search engines to leave them out.",
    Page.BOTH: "Our pages of its stories tell search engines where the original is, and ask them to leave ours out.",
}


def sentences(outlet: Outlet) -> Sequence[str]:
    """In the order in which a story meets them: may it come, may it go, how does it look, how does it change."""
    agreement = outlet.agreement
    return (
        _end(agreement, outlet),
        _approval(agreement, outlet),
        _embargo(agreement, outlet),
        f"Of its new stories {agreement.quota.stories} a {agreement.quota.period} may appear."
        if agreement.quota
        else "As many of its stories as we want may appear.",
        "Stories appear as a summary with the whole credit." if agreement.excerpt_only else "Stories appear whole.",
        _pictures(agreement),
        _edits(agreement),
        "Its corrections go out at once, without an editor."
        if agreement.corrections_straight_through
        else "Its corrections wait for an editor.",
        "Where its feed gives a summary only, we read the story from its page."
        if agreement.fetch_pages
        else "Where its feed gives a summary only, the story waits for its full text.",
        _PAGES[agreement.page],
        f"Only subscribers that publish in {listed(agreement.territories)} alone may have its stories."
        if agreement.territories
        else "Its stories may be published in every country.",
        f"Its stories do not go to {listed(agreement.blocked_subscribers, 'or')}."
        if agreement.blocked_subscribers
        else "It refuses none of our subscribers.",
    )


def listed(names: Sequence[str], last: str = "and") -> str:
    """As one says it: "a", "a and b", "a, b and c"."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _end(agreement: Agreement, outlet: Outlet) -> str:
    if agreement.ends is None:
        return "The agreement has no end."
    there = _there(agreement.ends, outlet)
    return f"From {there} on nothing new of {outlet.name} goes out; what is out stays, and is corrected."


def _approval(agreement: Agreement, outlet: Outlet) -> str:
    if not agreement.approvals:
        return "Every story waits for an editor."
    which = listed([_covered(each) for each in agreement.approvals])
    clock = f" (time in {outlet.timezone or 'UTC'})" if any(each.after for each in agreement.approvals) else ""
    return f"Without an editor go {which}{clock}, unless a check finds something wrong or doubtful."


def _covered(approval: Approval) -> str:
    stories = f"stories of {listed(approval.sections, 'or')}" if approval.sections else "all stories"
    return f"{stories} from {approval.after} to {approval.before}" if approval.after else stories


def _embargo(agreement: Agreement, outlet: Outlet) -> str:
    if not agreement.embargo_hours:
        return "A story may appear as soon as it comes, unless its source says a later hour."
    hours = "1 hour" if agreement.embargo_hours == 1 else f"{agreement.embargo_hours} hours"
    return f"A story may appear {hours} after {outlet.name} has published it."


def _pictures(agreement: Agreement) -> str:
    if agreement.pictures is PicturePolicy.NONE:
        return "Pictures are not included."
    if agreement.pictures is PicturePolicy.ALL:
        return "All its pictures are included."
    cleared = f", or is cleared: {listed(agreement.cleared_credits)}" if agreement.cleared_credits else ""
    return f"Pictures are included where their credit names no agency{cleared}."


def _edits(agreement: Agreement) -> str:
    if not agreement.may_edit:
        return "Where a licence forbids changes, headline and text stay as they came."
    return (
        f"Even where a licence forbids changes, we may edit the {listed([NAMES[part] for part in agreement.may_edit])}."
    )


def _there(moment: datetime, outlet: Outlet) -> str:
    there = moment.astimezone(outlet.zone or UTC)
    return f"{there:%Y-%m-%d}, {there:%H:%M} (time in {outlet.timezone or 'UTC'})"
