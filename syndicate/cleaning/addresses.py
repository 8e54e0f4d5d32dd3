"""Which addresses may leave, and in what form. Parsed by our own rule: no sanitiser's list of schemes is trusted.

Browsers forgive a great deal before they look at the scheme (URL standard, 4.1: leading and trailing C0 controls and
spaces go, tabs and newlines go anywhere), so the same is done here first; what is then not plainly http, https, mailto
or tel is no address. User names and passwords in an address are refused: they are either a leak or a disguise.
"""

import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from syndicate.cleaning.redirects import opened
from syndicate.cleaning.vocabulary import names

MAX_CHARS = 4096

_BLANK_IN_URL = re.compile(r"[\t\n\r]+")
_EDGES = "".join(map(chr, range(0x21))) + "\xa0\u200b\u200c\u200d\u2060\ufeff"
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\"<>\\^`{|}\s\ud800-\udfff\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"(?:[^\s/?#@\[\]:%&=]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::\d{1,5})?")

TRACKING = names(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi"
    " vero_id oly_anon_id oly_enc_id rb_clickid s_cid ml_subscriber ml_subscriber_hash"
    " __s _openstat wickedid ck_subscriber_id fb_action_ids fb_action_types fb_source fb_ref"
    " ref_src ref_url cmpid ncid sr_share xtor at_medium at_campaign"
)
_TRACKING_STARTS = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "stm_", "_ga", "fb_comment")


@lru_cache(maxsize=1024)
def clean_address(value: str, base_url: str = "") -> str | None:
    """An absolute address that is safe in href and src, or None where there is none in it."""
    address = _BLANK_IN_URL.sub("", value.strip(_EDGES)) if len(value) <= MAX_CHARS else ""
    if not address or "\x00" in address:
        return None
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() in ("mailto", "tel"):
        return _plain(scheme[1].lower(), address[scheme.end() :])
    if not scheme or address.startswith("//"):
        address = _joined(base_url, address)
    return _web(opened(address.strip()))


def is_safe(value: str) -> bool:
    """The gates' question: is this exactly what `clean_address` would answer?"""
    return value.startswith("#story-") or clean_address(value) == value


def without_tracking(query: str) -> str:
    """The query without the parameters that only follow readers around. Other parameters keep bytes and order."""
    kept = [part for part in query.split("&") if part and not _tracks(part.partition("=")[0])]
    return "&".join(kept)


def _tracks(name: str) -> bool:
    name = unquote(name).lower().removeprefix("amp;")
    return name in TRACKING or name.startswith(_TRACKING_STARTS)


def _plain(scheme: str, rest: str) -> str | None:
    path, _, query = rest.partition("?")
    path = _FORBIDDEN.sub(_percent, path.strip())
    query = _FORBIDDEN.sub(_percent, without_tracking(query)) if scheme == "mailto" else ""
    if not path.strip("/"):
        return None
    return f"{scheme}:{path}?{query}" if query else f"{scheme}:{path}"


def _joined(base_url: str, address: str) -> str:
    try:
        return urljoin(base_url, address.replace("\\", "/"))
    except ValueError:
        return ""


def _web(address: str) -> str | None:
    try:
        parts = urlsplit(address.replace("\\", "/") if "\\" in address.partition("?")[0] else address)
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc) or _FORBIDDEN.search(parts.netloc):
        return None
    query = without_tracking(parts.query)
    clean = urlunsplit((scheme, parts.netloc.lower(), parts.path or "/", query, parts.fragment))
    return _FORBIDDEN.sub(_percent, clean)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))
