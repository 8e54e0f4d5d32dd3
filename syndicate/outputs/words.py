"""What every format says in the same words: the title of a story, who holds its rights, and on which terms."""

import re
from urllib.parse import urlsplit

from syndicate.core.newsitem import Change, NewsItem, Party, Picture
from syndicate.core.rights import Rights
from syndicate.outputs.text import line, web_address

_BY = re.compile(r"by:? +", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"(?:\b(?:by|and)\b|[\W_])*")


def headline(item: NewsItem) -> str:
    """The headline; a title may not be empty in any format, so the slugline or our name of the story stands in."""
    return line(item.headline) or line(item.slugline) or item.id


def outlet(item: NewsItem) -> str:
    """The original outlet's name, or its site where it gave no name."""
    addresses = (web_address(item.info_source.uri), web_address(item.original_url))
    return line(item.info_source.name) or next((urlsplit(a).hostname or "" for a in addresses if a), "")


def writers(item: NewsItem) -> list[Party]:
    """Who wrote it, by name: the authors, else the byline without its "By"; nobody where nobody was named."""
    known = [Party(name, web_address(author.url)) for author in item.authors if (name := line(author.name))]
    printed = line(item.byline)
    alone = printed[found.end() :] if (found := _BY.match(printed)) else printed
    return known or ([Party(alone)] if alone else [])


def authors(item: NewsItem) -> list[Party]:
    """Who wrote it; the outlet where it named nobody: never us."""
    source = Party(outlet(item), web_address(item.info_source.uri))
    return writers(item) or ([source] if source.name else [])


def fuller_byline(item: NewsItem) -> str:
    """The byline as printed, where it says more than the names of the authors: a place, a role, somebody else."""
    printed = line(item.byline)
    names = sorted((writer.name.casefold() for writer in writers(item)), key=len, reverse=True)
    named = "|".join(map(re.escape, names))
    rest = re.sub(rf"(?<!\w)(?:{named})(?!\w)", "", printed.casefold())
    return "" if _BETWEEN_NAMES.fullmatch(rest) else printed


def copyright_holder(item: NewsItem) -> Party:
    """Whoever the source named, else the original outlet, never us; nobody where the licence gives the rights up."""
    named, licence = line(item.rights.copyright_holder), item.rights.licence
    if named and named != line(item.info_source.name):
        return Party(named)
    if licence and not licence.attribution and not named:
        return Party()
    return Party(outlet(item), item.info_source.uri)


def copyright_notice(item: NewsItem) -> str:
    """As the source wrote it, or made from the holder it named; we claim nothing that it did not."""
    holder = line(item.rights.copyright_holder)
    return line(item.rights.copyright_notice) or (f"© {holder}" if holder else "")


def licence(rights: Rights) -> str:
    """The licence by name and in plain words where we know it, else as the source wrote it."""
    known = rights.licence
    return f"{known.name}: {known.in_words}" if known else line(rights.license)


def rights_statement(item: NewsItem) -> str:
    """Copyright, terms and licence as one text."""
    return sentences(copyright_notice(item), usage_terms(item))


def usage_terms(item: NewsItem) -> str:
    """What may be done with a story, as one text: the source's terms, then its licence. With a canceled one nothing."""
    return "" if item.canceled else sentences(line(item.rights.usage_terms), licence(item.rights))


def picture_rights(picture: Picture) -> str:
    """A picture's own copyright and terms; the licence of the story does not cover it."""
    return sentences(picture_notice(picture), line(picture.usage_terms))


def picture_notice(picture: Picture) -> str:
    """As its source wrote it, or made from the holder it named."""
    holder = line(picture.copyright_holder)
    return line(picture.copyright_notice) or (f"© {holder}" if holder else "")


def public_title(item: NewsItem) -> str:
    """What readers may see of a story's headline: of a killed one nothing, for which it may have been killed."""
    return _UNTITLED.get(item.change, headline(item)) if item.canceled else headline(item)


_UNTITLED = {Change.KILL: "This story has been killed", Change.REVOKED: "A story that you may not use any more"}


def changed(item: NewsItem) -> tuple[str, str]:
    """What is said before the date of our last change, and after it: of a correction also what was wrong."""
    if item.change is not Change.CORRECTION:
        return "last changed on ", ""
    return "corrected on ", f" ({note})" if (note := correction(item)) else ""


def correction(item: NewsItem) -> str:
    """What was wrong in the version before this one. Notes about other changes are for editors alone."""
    return line(item.change_note) if item.change is Change.CORRECTION else ""


def cancellation(item: NewsItem) -> str:
    """What happened to a story that is out no more, and why, if we were told."""
    if item.change is Change.REVOKED:
        return "You may not use this story any more: take it down."
    what = "killed: it must not be used" if item.change is Change.KILL else "withdrawn"
    return " ".join(part for part in (f"This story has been {what}.", line(item.change_note)) if part)


def sentences(*parts: str) -> str:
    """Those of the texts that say something, each with its full stop."""
    return " ".join(_as_sentence(part) for part in parts if part)


def _as_sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "։", "。", "۔", "؟")) else f"{text}."
