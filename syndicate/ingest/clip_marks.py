"""What one line or paragraph of a newspaper page may be, judged by its own words: a table of small recognisers.

Each takes printed text and answers what it read or None. All refuse long text before any pattern runs, so that none
can be made slow. When in doubt they answer None: text that is not recognised stays in the report.
"""

import re
from dataclasses import dataclass
from datetime import date

from syndicate.core.newsitem import Person, Topic
from syndicate.ingest.clip_lines import is_sentence, is_small

MAX_LINE_CHARS = 120
MAX_CAPTION_CHARS = 600
MAX_BYLINE_CHARS = 160

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_FULL_DATE = re.compile(
    rf"\b(?:{_WEEKDAY},? )?(?:(?P<year>\d{{4}})-(?P<number>\d\d)-(?P<day>\d\d)"
    rf"|(?P<month>{_MONTH})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})"
    rf"|(?P<day3>\d{{1,2}})(?:st|nd|rd|th)? (?P<month3>{_MONTH})\.?,? (?P<year3>\d{{4}}))\b",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\s*(?:\s{2,}|[|•·\t]|\s[–—-]\s)\s*")
_PRINTERS_WORD = re.compile(
    r"(?:date|dated|issue|edition|pages?|pp?|week|volume|vol|number|nr|no|published|top|stories|front"
    rf"|{_WEEKDAY}|[\divxlc]{{1,6}}|[\W_]*)[.:,]?",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:advertiser|bulletin|chronicle|courier|daily|dispatch|echo|examiner|express|gazette|globe|guardian|herald"
    r"|independent|inquirer|journal|ledger|mail|mirror|monitor|news|observer|post|press|record|register|reporter"
    r"|review|sentinel|spectator|standard|star|sun|telegraph|times|tribune|voice|weekly|world)s?\b",
    re.IGNORECASE,
)
_PAGE_MARK = re.compile(
    r"(?:page|p\.) ?\d{1,4}(?: of \d{1,4})?|[–—-] ?\d{1,4} ?[–—-]"
    r"|(?:please )?(?:continued|cont[’']?d?\.?|turn|see)(?: [\w ’'-]{1,40},?)?"
    r" (?:(?:on|from|to|at) )?(?:page|p\.) ?\w{1,4}"
    r"|[\w ’',-]{1,60}, from page \w{1,4}"
    r"|[-=_~—–]{5,120}",
    re.IGNORECASE,
)
_TOPICS = re.compile(r"(?:topics|tags|keywords|subjects|filed under) ?: ?(?P<list>.+)", re.IGNORECASE)
SECTIONS = frozenset(
    (
        "analysis", "armenia", "art", "arts", "arts & culture", "arts and culture", "books", "business", "caucasus",
        "city", "climate", "comment", "commentary", "community", "community news", "culture", "economy", "education",
        "editorial", "editorials", "entertainment", "environment", "europe", "feature", "features", "foreign", "health",
        "home news", "international", "international news", "interview", "investigation", "justice", "letters",
        "life", "lifestyle", "living", "local", "local news", "media", "metro", "middle east", "money", "nation",
        "national", "national news", "news", "news in brief", "obituaries", "obituary", "opinion", "opinions",
        "perspective", "politics", "profile", "recipes", "region", "regional", "regions", "religion", "science",
        "security", "society", "special report", "sport", "sports", "style", "technology", "travel", "weather", "women",
        "world", "world news", "культура", "мир", "общество", "политика", "спорт", "экономика", "միջազգային",
        "հասարակություն", "մշակույթ", "քաղաքականություն",
    )
)  # fmt: skip

_BY = re.compile(r"(?:(?:(?:written|story|text|reported|words) )?by|авторы?:?|текст:|հեղինակ[՝:]) ", re.IGNORECASE)
_SPECIAL = re.compile(r"special (?:to|for) (?P<paper>.{2,80}?)\.?", re.IGNORECASE)
_AND = re.compile(r" (?:and|&|и|և|եւ) ", re.IGNORECASE)
_PARTICLES = frozenset(
    (
        "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "e", "el", "ibn", "la", "le", "ter",
        "van", "von", "y", "zu",
    )
)  # fmt: skip
_NO_NAMES = re.compile(rf"{_WEEKDAY}|the|and|our|staff|a|an", re.IGNORECASE)  # May and June are names
_ROLE = re.compile(
    r"\b(?:staff|writer|correspondent|editor|reporter|special|media|agency|online|net|radio|tv|service|bureau|magazine)\b"
    r"|\.\w{2,}$",
    re.IGNORECASE,
)
_WIRES = (
    r"(?:AP|AFP|ANSA|DPA|EPA|Getty(?: Images)?|Reuters|Shutterstock|TASS|Unsplash|UPI|Wikimedia(?: Commons)?|Xinhua)"
)
_PHOTO = r"(?:photo(?:graph)?|image|picture|pic|foto|фото|լուսանկար)s?"
_IN_BRACKETS = re.compile(
    rf"(?=.*\b(?:{_PHOTO}|courtesy)\b)(?:{_PHOTO} ?(?:courtesy of|credit:?|by|:|՝|©|/)? ?|courtesy of )?(?P<credit>.+)",
    re.IGNORECASE,
)
_AT_END = re.compile(
    rf"(?:^|(?<=[.!?;|”\"’)] )|(?<= [–—|-] )){_PHOTO} ?(?:courtesy of|credit:?|by|:|՝|©) ?"
    r"(?P<credit>[^.!?]{2,80}?)\.?$",
    re.IGNORECASE,
)
_ONLY_CREDIT = re.compile(rf"(?:AP |AFP )?{_PHOTO}\b|courtesy of ", re.IGNORECASE)
_WORD = r"[^\W\d_][\w.’'-]*"
_WIRE_AT_END = re.compile(rf"(?:^|(?<=[.!?;|”\"’)] ))(?P<credit>{_WORD}(?: {_WORD}){{0,3}} ?/ ?{_WIRES})\.?$")


@dataclass(frozen=True, slots=True)
class Byline:
    """`text` as printed, without its "By"; `paper` where it says "Special to …"."""

    text: str
    authors: tuple[Person, ...]
    paper: str = ""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """The day a page was printed, and what else stood on the line, in columns: perhaps the paper's name."""

    day: date
    rest: tuple[str, ...]


def issue_line(raw: str) -> IssueLine | None:
    """A line with a full date and beside it nothing but a printer's words, capitals, or a newspaper's name."""
    if len(raw) > MAX_LINE_CHARS or raw.endswith("."):  # the last line of a sentence
        return None
    if not (found := _FULL_DATE.search(" ".join(raw.split()))):
        return None
    day = _day(found)
    spaced = re.sub(r"[^\S\t]", " ", raw)
    rest = [part for side in _around_date(spaced) for part in _COLUMNS.split(side)]
    rest = [part for part in (piece.strip(" ,.;:()") for piece in rest) if part]
    known = all(_printers(part) or part.isupper() or is_paper(part) for part in rest)
    return IssueLine(day, tuple(rest)) if day and known else None


def _around_date(spaced: str) -> tuple[str, str]:
    # The date may have been found across doubled spaces; then nothing else can be told apart either.
    found = _FULL_DATE.search(spaced)
    return (spaced[: found.start()], spaced[found.end() :]) if found else (spaced, "")


def _printers(part: str) -> bool:
    return all(_PRINTERS_WORD.fullmatch(word) for word in part.split())


def _day(found: re.Match[str]) -> date | None:
    name = found["month"] or found["month3"]
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(found["number"])
    try:
        return date(int(found["year"] or found["year2"] or found["year3"]), month,
                    int(found["day"] or found["day2"] or found["day3"]))  # fmt: skip
    except ValueError:
        return None


def is_paper(text: str) -> bool:
    """A newspaper's name: a few capitalised words, one of which says so."""
    words = text.split()
    return (
        1 < len(words) <= 8
        and len(text) <= 80
        and bool(_PAPER.search(text))
        and all(word[:1].isupper() or word.casefold() in ("of", "and", "&", "de", "the") for word in words)
        and (words[0].casefold() == "the" or bool(_PAPER.fullmatch(words[-1]) or "-" in words[-1]))
    )


def page_mark(text: str) -> bool:
    """A page number, a pointer to another page, or a rule: "Page 4", "(Continued from page 1)", "-----"."""
    if len(text) > MAX_LINE_CHARS or text.endswith("."):  # the last line of a sentence
        return False
    return bool(_PAGE_MARK.fullmatch(text.strip("()[]*>< ")))


def topics(text: str) -> tuple[Topic, ...]:
    """The topics of a line such as "Topics: military, war"; none where the list is a sentence."""
    found = _TOPICS.fullmatch(text) if len(text) <= 300 else None
    names = [name.strip(" .") for name in re.split(r"[,;|]", found["list"])] if found else []
    names = list(dict.fromkeys(name for name in names if name))
    listed = not text.endswith((".", "?", "!")) and all(len(name) <= 40 and len(name.split()) <= 5 for name in names)
    return tuple(Topic(name) for name in names) if listed else ()


def starts_something(before: str, text: str) -> bool:
    """A line that does not continue the one before it: a byline, topics, a section; brackets after a sentence."""
    if text[0] in "([" and is_sentence(before):
        return True
    return is_section(text) or bool(_TOPICS.match(text[:40])) or byline(text) is not None


def byline(text: str, known: tuple[str, ...] = ()) -> Byline | None:
    """Who wrote it: "By A B", "By A B and C D", "By A B, OC Media", "A B / OC Media".

    `known` are names of organisations, casefolded, that tell an affiliation from a second author.
    """
    if len(text) > MAX_BYLINE_CHARS:
        return None
    marked = _BY.match(text)
    words = text[marked.end() :].strip() if marked else text
    if not marked and not _signed(words, known):
        return None
    if words.casefold() in known:
        return Byline(words, ())
    named, affiliation, paper = _apart(words.rstrip("."), known)
    names = [part.strip() for half in _AND.split(named) for part in half.split(",")]
    if not all(is_name(name) for name in names) or " " not in names[0]:
        return None  # "By Land and Sea"
    return Byline(words, tuple(Person(name=name, affiliation=affiliation) for name in names), paper)


def _signed(words: str, known: tuple[str, ...]) -> bool:
    """Without a "By", only a name, a slash and an organisation that we know will do."""
    return " / " in words and words.rpartition("/")[2].strip().casefold() in known


def _apart(words: str, known: tuple[str, ...]) -> tuple[str, str, str]:
    """The names, their affiliation, and the paper they wrote for: "A B, Special to the Courier"."""
    for mark in (" / ", " | ", "/", " ("):
        before, found, after = words.partition(mark)
        if found:
            return before.strip(), after.strip(" )"), ""
    before, _, last = words.rpartition(",")
    last = last.strip()
    if before and (special := _SPECIAL.fullmatch(last)):
        return before, "", special["paper"]
    if before and (last.casefold() in known or _ROLE.search(last) or is_paper(last) or last.isupper()):
        return before, last, ""
    return words, "", ""


def special_to(text: str) -> str:
    """The paper in a line such as "Special to the Harbour Gazette", else nothing."""
    found = _SPECIAL.fullmatch(text) if len(text) <= MAX_LINE_CHARS else None
    return found["paper"] if found and found["paper"].split()[-1][:1].isupper() else ""


def is_name(text: str) -> bool:
    """A person's name in any alphabet: one to six words, each a capital, a letter without case, or a particle."""
    words = text.split()
    if not 1 <= len(words) <= 6 or words[0].casefold() in _PARTICLES - {"al", "el", "de", "van", "von", "la", "le"}:
        return False
    return all(_name_word(word) for word in words) and any(word.casefold() not in _PARTICLES for word in words)


def _name_word(word: str) -> bool:
    if word.casefold() in _PARTICLES:
        return True
    letters = word.strip(".’'-")
    plain = re.sub(r"[.’'ʼ՚-]", "", letters)
    return plain.isalpha() and not is_small(letters[0]) and not _NO_NAMES.fullmatch(letters)


def caption_credit(text: str, *, sure: bool = False) -> str:
    """The picture's credit, if the text ends like a caption: "(official photo)", "Photo: X", "X/Reuters".

    `sure` asks for a credit in brackets or of its own line, as in the middle of a report.
    """
    if len(text) > MAX_CAPTION_CHARS:
        return ""
    if text.endswith((")", ").", "]")):
        inner = text[max(text.rfind("("), text.rfind("[")) + 1 :].rstrip(").]")
        found = _IN_BRACKETS.fullmatch(inner) if len(inner) <= MAX_LINE_CHARS else None
        if sure and (text.endswith(").") or text[-2:-1] == "." or is_small(text[0])):
            return ""  # a sentence in brackets
        return found["credit"].strip(" :") if found else ""
    tail = text[-MAX_LINE_CHARS:]
    found = _AT_END.search(tail) or _WIRE_AT_END.search(tail)
    if not found or (sure and (found.start() or len(tail) < len(text))):
        return ""
    return found["credit"].strip()


def only_credit(text: str) -> bool:
    """Nothing but a credit, on a line of its own: "Photo: X", "(Photo by X)"."""
    bare = text.strip("([)]")
    return bool(_ONLY_CREDIT.match(bare[:40])) and "(" not in bare and bool(caption_credit(text, sure=True))


def is_section(text: str) -> bool:
    return not is_small(text[0]) and len(text) <= 40 and text.casefold().strip(" :/") in SECTIONS


def may_be_section(text: str) -> bool:
    """One or two words that could be a section nobody told us of, and are no call such as "Exclusive"."""
    calls = ("exclusive", "breaking", "breaking news", "update", "updated", "special")
    return len(text.split()) <= 2 and text[0].isalpha() and not is_sentence(text) and text.casefold() not in calls


def headline_like(text: str) -> bool:
    """A few words that end as no sentence ends. A question or an exclamation may stand over a report."""
    ends = (".", ",", ";", ":", "…", ".”", '."')
    return len(text) <= 250 and 2 <= len(text.split()) <= 30 and not text.endswith(ends)


def titled(text: str) -> bool:
    """Most longer words begin with a capital, as in an English headline."""
    words = [word.strip("“”\"'‘’(") for word in text.split()]
    long = [word for word in words if len(word) >= 4 and word[0].isalpha()]
    return sum(not is_small(word[0]) for word in long) * 10 >= len(long) * 7 and bool(long)


def is_prose(text: str) -> bool:
    """Report text rather than a line set above it: long, or a whole sentence of some length."""
    words = len(text[:2000].split())
    return words > 30 or (words >= 8 and text.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", ":", "։")))
