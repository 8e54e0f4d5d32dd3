"""What a story may be used for, by its licence and our agreement with its outlet: one sentence, and one rule on edits.

Rule: a licence without derivatives permits to share the work, not what was adapted from it (CC BY-ND 4.0, section
2(a)(1)). Headline and text are the work; section, topics and slugline are the desk's own filing.
"""

from syndicate.core.edits import Edits, Part
from syndicate.core.errors import RuleBroken
from syndicate.core.newsroom import Agreement, PicturePolicy
from syndicate.core.rights import Rights

THE_WORK = (Part.HEADLINE, Part.BODY)
_PICTURES = {
    PicturePolicy.ALL: "pictures included",
    PicturePolicy.CLEARED: "pictures only where their credit is cleared",
    PicturePolicy.NONE: "pictures not included",
}
NAMES = {
    Part.HEADLINE: "headline",
    Part.SUMMARY: "summary",
    Part.SECTION: "section",
    Part.TOPICS: "topics",
    Part.SLUGLINE: "slugline",
    Part.BODY: "text",
    Part.PICTURES: "pictures",
}


def in_words(rights: Rights, agreement: Agreement) -> str:
    """In plain English: "may be republished unchanged, credit and link required, pictures not included"."""
    licence = rights.licence
    allowed = licence.in_words if licence else "no licence that we know: only what was agreed with its outlet"
    granted = [NAMES[part] for part in agreement.may_edit] if licence and not licence.derivatives else []
    by_agreement = [f"{' and '.join(granted)} may be edited by agreement"] if granted else []
    return ", ".join([allowed, *by_agreement, _PICTURES[agreement.pictures]])


def refusal(part: Part, rights: Rights, agreement: Agreement) -> str:
    """Why this part may not be edited, as a sentence; nothing where it may."""
    licence = rights.licence
    if part not in THE_WORK or part in agreement.may_edit or licence is None or licence.derivatives:
        return ""
    return f"Its licence, {licence.name}, forbids to change its {NAMES[part]}: it goes out as its source wrote it."


def check_edits(edits: Edits, rights: Rights, agreement: Agreement) -> None:
    """Raises RuleBroken where the licence or the agreement, as they are now, forbid what was edited."""
    refused = {part: why for part in edits.parts if (why := refusal(part, rights, agreement))}
    if refused:
        raise RuleBroken(" ".join(refused.values()), parts=list(refused))
