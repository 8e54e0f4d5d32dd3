"""Text and addresses as XML documents may carry them, whatever the fields hold.

Our text fields come from other people's JSON and pages: control characters, half surrogate pairs and addresses with
spaces in them must neither break their own document nor the stories that stand beside them in a feed.

Rules: RFC 3986 (addresses), BCP 47 (language tags).
"""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from syndicate.core.text import printable

_BLANKS = re.compile(r"[ \t\r\n]+")

_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ALLOWED = "%/:@!$&'()*+,;=~?"

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_RTL_SCRIPTS = "adlm arab aran hebr nkoo rohg syrc thaa"
_RTL_LANGUAGES = "ar arc arz azb bgn ckb dv fa glk he iw khw ks lrc mzn nqo pnb prs ps sd syr ug ur yi"


def line(text: str) -> str:
    """The text as one line: NewsML-G2's g2normalizedString allows no white space but spaces."""
    return _BLANKS.sub(" ", printable(text)).strip()


def web_address(text: str) -> str:
    """An absolute http(s) address in the characters of RFC 3986, or nothing where the text is no such address.

    An address that is right already comes back as it was. User names and passwords are no part of a public address.
    """
    try:
        parts = urlsplit(line(text))
        host = parts.netloc if _HOST.fullmatch(parts.netloc) else _plain_host(parts.hostname, parts.port)
    except ValueError:  # brackets or a port that are none, or a host that IDNA cannot say
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path, query, fragment = (
        quote(_STRAY_PERCENT.sub("%25", part), safe=_ALLOWED) for part in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme, host, path, query, fragment))


def media_type(text: str) -> str:
    """`image/jpeg`, without parameters (RFC 6838 section 4.2), or nothing where the text is none."""
    name = text.partition(";")[0].strip().lower()
    return name if _MEDIA_TYPE.fullmatch(name) else ""


def language_tag(text: str) -> str:
    """A BCP 47 tag ("hy_AM" is read as "hy-AM"), or nothing where the text is none."""
    tag = text.strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def direction(tag: str) -> str:
    """ "rtl" or "ltr": a script named in the tag decides, else the language."""
    language, *rest = tag.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    rtl = scripts[0] in _RTL_SCRIPTS.split() if scripts else language in _RTL_LANGUAGES.split()
    return "rtl" if rtl else "ltr"


def _plain_host(host: str | None, port: int | None) -> str:
    ascii_host = (host or "").encode("idna").decode("ascii")
    if not _HOST.fullmatch(ascii_host):
        return ""
    return f"{ascii_host}:{port}" if port else ascii_host
