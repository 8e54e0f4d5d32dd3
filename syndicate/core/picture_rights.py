"""May this picture leave the building? The licence of a story does not cover its pictures.

A picture whose credit names an agency was most likely sold to the source alone; one without a credit may be anybody's.
Neither goes out unless the agreement with the outlet clears it. A hold is an answer, not an error: the story goes out
without the picture, and everybody can see why.

A caption of a printed page, of which there is no file, shows no picture and holds nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from syndicate.core.media import Told
from syndicate.core.newsitem import Picture
from syndicate.core.newsroom import Agreement, PicturePolicy


class Reason(StrEnum):
    NOT_AGREED = "not-agreed"
    AGENCY = "agency"
    NO_CREDIT = "no-credit"
    BY_DESK = "by-desk"


@dataclass(frozen=True, slots=True)
class PictureHold:
    """Why a picture stays in. `agency` is the agency's name, where it is one's."""

    reason: Reason
    agency: str = ""

    @property
    def words(self) -> str:
        return _WORDS[self.reason].format(agency=self.agency)


_WORDS = {
    Reason.NOT_AGREED: "the agreement with its outlet covers no pictures",
    Reason.AGENCY: "its credit names {agency}, and the agreement does not clear that agency's pictures",
    Reason.NO_CREDIT: "it has no credit, so nobody knows whose it is",
    Reason.BY_DESK: "an editor left it out",
}


def _alone(name: str) -> str:
    """A name that may be a person's or a place's too: only as it is written, as one whole part of a credit."""
    return f"(?<=/)(?-i:{name})(?=/|\\Z)"


def _short(name: str) -> str:
    """Letters that may be a word's too: in capitals anywhere, in any case as one whole part of a credit."""
    return f"(?-i:{name})|{_alone(f'(?i:{name})')}"


# Names as agencies write them in credits, where "/" stands for whatever divides a credit into parts.
AGENCIES: Sequence[tuple[str, str]] = (
    ("AFP", r"AFP|Agence[ -]France[ -]Presse"),
    ("AP", rf"{_short('AP')}|AP ?(?:Photo|Images?)|APTN|Associated Press"),
    ("Reuters", r"Reuters(?! Institute\b)|ロイター|Рейтер"),
    (
        "Getty Images",
        r"Getty ?Images|Getty(?! (?:Museum|Center|Villa|Research|Conservation|Foundation)\b)|Hulton Archive",
    ),
    ("EPA", rf"{_short('EPA')}|European Press ?photo Agency"),
    ("EFE", _short("EFE")),
    ("dpa", r"dpa|Deutsche Presse[ -]Agentur|picture[ -]alliance"),
    ("PA Media", rf"(?-i:PA) (?:Media|Wire|Images|Archive|Photos?)|(?:UK )?Press Association|{_alone('PA')}"),
    ("ANSA", _short("ANSA")),
    ("LaPresse", r"LaPresse"),
    ("ANP", _short("ANP")),
    ("Belga", r"Belga"),
    ("Keystone", rf"Keystone[ -](?:SDA|France|ATS)|{_alone('(?i:Keystone)')}"),
    ("APA", rf"{_short('APA')}|APA ?(?:PictureDesk|Images|Foto)"),
    ("NTB", r"(?-i:NTB)(?: Scanpix)?|Scanpix"),
    ("TT", rf"TT (?:News Agency|Nyhetsbyrån)|{_alone('TT')}"),
    ("Ritzau", r"Ritzau"),
    ("Lehtikuva", r"Lehtikuva"),
    ("PAP", _short("PAP")),
    ("ČTK", _short("[ČC]TK")),
    ("MTI", _short("MTI")),
    ("Anadolu", r"Anadolu(?: (?:Agency|Ajansı|Images))?"),
    ("DHA", rf"{_short('DHA')}|Demirören Haber Ajansı|Demiroren News Agency"),
    ("TASS", r"(?:ITAR[ -])?TASS|(?:ИТАР[ -])?ТАСС"),
    ("RIA Novosti", rf"RIA Novosti|РИА Новости|{_alone('RIA|РИА')}"),
    ("Sputnik", r"Sputnik|Спутник"),
    ("Interfax", r"Interfax|Интерфакс"),
    ("Kommersant", r"Kommersant(?: Photo)?|Коммерсант[ъЪ]?"),
    ("Ukrinform", r"Ukrinform|Укринформ|Укрінформ"),
    ("UNIAN", r"UNIAN|УНИАН|УНІАН"),
    ("Xinhua", r"Xinhua|新华社|Imaginechina|VCG|Visual China Group"),
    ("Kyodo", r"Kyodo|共同通信"),
    ("Jiji", r"Jiji(?: Press)?|時事通信"),
    ("Yonhap", r"Yonhap|연합뉴스"),
    ("PTI", rf"{_short('PTI')}|Press Trust of India"),
    ("IRNA", r"IRNA"),
    ("Photolure", r"Photolure|Ֆոտոլուր"),
    ("Armenpress", r"Armenpress|Արմենպրես"),
    ("PAN Photo", r"PAN Photo"),
    ("Azertac", r"Azertac|AZƏRTAC|AZERTAG"),
    ("Interpressnews", r"Interpressnews|ინტერპრესნიუსი"),
    ("UPI", rf"{_short('UPI')}|United Press International"),
    ("Bloomberg", r"Bloomberg(?! (?:Philanthropies|Connects)\b)"),
    ("Shutterstock", rf"Shutterstock|Rex Features|{_alone('REX')}"),
    ("iStock", r"iStock(?:photo)?"),
    ("Alamy", r"Alamy"),
    ("Adobe Stock", r"Adobe ?Stock|Fotolia"),
    ("Depositphotos", r"Deposit ?photos"),
    ("Dreamstime", r"Dreamstime"),
    ("123RF", r"123RF"),
    ("Magnum Photos", rf"Magnum Photos?|{_alone('(?i:Magnum)')}"),
    ("NurPhoto", r"Nur ?Photo"),
    ("Sipa", rf"Sipa ?(?:USA|Press|Asia)|{_alone('(?i:Sipa)')}"),
    ("Zuma Press", rf"Zuma ?(?:Press|Wire)|{_alone('(?i:Zuma)')}"),
    ("Abaca", rf"Abaca ?Press|{_alone('(?i:Abaca)')}"),
    ("Imago", rf"imago images|(?-i:IMAGO)|{_alone('Imago')}"),
    ("VII", rf"VII (?:Photo|Agency)|{_alone('VII')}"),
    ("Redux", rf"Redux Pictures|{_alone('(?i:Redux)')}"),
    ("Polaris", rf"Polaris Images|{_alone('(?i:Polaris)')}"),
    ("Panos", rf"Panos Pictures|{_alone('(?i:Panos)')}"),
    ("Camera Press", r"Camera Press"),
    ("Splash News", r"Splash ?News"),
    ("Backgrid", r"Backgrid"),
    ("Corbis", r"Corbis|Bettmann(?: Archive)?"),
    ("Bridgeman", r"Bridgeman(?: Images| Art Library)?"),
    ("Mary Evans", r"Mary Evans(?: Picture Library)?"),
    ("TopFoto", r"TopFoto"),
)
_WHOLE = r"(?<![^\W_])(?:{})(?![^\W_])"  # no letter or digit beside it; an underscore is no letter here
_NAMES = [name for name, _ in AGENCIES]
_NAMED = re.compile(_WHOLE.format("|".join(f"({pattern})" for _, pattern in AGENCIES)), re.IGNORECASE)
_DIVIDERS = re.compile(r"[\s/|:©()\[\]]*(?:[/|:©()\[\]]|\bvia\b)[\s/|:©()\[\]]*", re.IGNORECASE)


def hold_on_picture(picture: Picture, agreement: Agreement, told: Told | None = None) -> PictureHold | None:
    """The reason to keep a picture in, or None when it may go out. `told` is what its file says, where it is known.

    An agency counts wherever it is named: in the credit, in the copyright, in the file itself.
    """
    if not picture.renditions or agreement.pictures is PicturePolicy.ALL:
        return None
    if agreement.pictures is PicturePolicy.NONE:
        return PictureHold(Reason.NOT_AGREED)
    said = [picture.credit, picture.copyright_holder, picture.copyright_notice]
    if told:
        said += [told.byline, told.credit, told.copyright_holder, told.copyright_notice]
    agencies = (named_agency(text, agreement.cleared_credits) for text in said if text)
    if agency := next(filter(None, agencies), ""):
        return PictureHold(Reason.AGENCY, agency)
    return None if picture.credit.strip() else PictureHold(Reason.NO_CREDIT)


@lru_cache(maxsize=1024)
def named_agency(text: str, cleared: tuple[str, ...] = ()) -> str:
    """The first agency that a credit names and that is not cleared, or nothing.

    `cleared` are credits that an agreement clears, word for word, whatever their case. What they name is taken out
    first: cleared "AFP" does not clear the Getty of "AFP via Getty Images".
    """
    parts = _parts(text)
    for phrase in cleared:
        if words := _parts(phrase).strip("/"):
            parts = re.sub(_WHOLE.format(re.escape(words)), "", parts, flags=re.IGNORECASE)
    found = _NAMED.search(parts)
    return _NAMES[found.lastindex - 1] if found and found.lastindex else ""


def _parts(text: str) -> str:
    """One line in common letters, its parts between slashes: full-width letters and joiners hide no name."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return f"/{_DIVIDERS.sub('/', ' '.join(seen.split()))}".replace("//", "/")
