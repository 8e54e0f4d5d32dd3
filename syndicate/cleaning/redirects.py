"""Addresses that only lead on to another: what mail programs, search engines and social networks wrap links in.

A reader should go where the writer pointed, not by way of somebody who counts. Data: host, path, and the parameter that
holds the real address. Wrappers in wrappers are opened too; each is shorter than the one around it.
"""

import re
from urllib.parse import parse_qs, unquote, urlsplit

# host (and all hosts under it), beginning of the path, parameter
WRAPPERS = (
    ("l.facebook.com", "/l.php", "u"),
    ("lm.facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("l.threads.com", "/", "u"),
    ("www.facebook.com", "/flx/warn", "u"),
    ("google.com", "/url", "q"),
    ("google.com", "/url", "url"),
    ("safelinks.protection.outlook.com", "/", "url"),
    ("www.youtube.com", "/redirect", "q"),
    ("vk.com", "/away.php", "to"),
    ("www.linkedin.com", "/redir/redirect", "url"),
    ("www.linkedin.com", "/safety/go", "url"),
    ("out.reddit.com", "/", "url"),
    ("slack-redir.net", "/link", "url"),
    ("t.umblr.com", "/redirect", "z"),
    ("deref-mail.com", "/mail/client", "redirectUrl"),
    ("urldefense.proofpoint.com", "/v2/url", "u"),
    ("href.li", "/", ""),
    ("anonym.to", "/", ""),
)
_HOSTS = {host for host, _, _ in WRAPPERS}
_DEFENSE = re.compile(r"https://urldefense\.com/v3/__(?P<url>.+?)__;")
_AMP = re.compile(r"https?://(?:www\.)?google\.\w{2,3}(?:\.\w\w)?/amp/(?P<secure>s/)?(?P<url>.+)")


def opened(address: str) -> str:
    """The address inside the wrapper, or the same address where there is none."""
    while (inner := _inside(address)).startswith(("http://", "https://")) and len(inner) < len(address):
        address = inner
    return address


def _inside(address: str) -> str:
    if found := _DEFENSE.match(address):
        return found["url"]
    if found := _AMP.match(address):
        return ("https://" if found["secure"] else "http://") + found["url"]
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    known = next((name for name in _suffixes(host) if name in _HOSTS), "")
    for name, path, parameter in WRAPPERS if known else ():
        if name == known and parts.path.startswith(path):
            if not parameter:
                return parts.query
            value = parse_qs(parts.query).get(parameter, [""])[0]
            if name == "urldefense.proofpoint.com":
                value = unquote(value.replace("-", "%").replace("_", "/"))
            if value:
                return value
    return ""


def _suffixes(host: str) -> list[str]:
    """The host and the hosts that it is under: a.b.c gives a.b.c, b.c, c. Google's countries count as google.com."""
    labels = re.sub(r"(?:^|(?<=\.))google\.(?:\w{2}|co\.\w{2}|com\.\w{2})$", "google.com", host).split(".")[-6:]
    return [".".join(labels[at:]) for at in range(len(labels))]
