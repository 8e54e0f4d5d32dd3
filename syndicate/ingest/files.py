"""The files that came with an article: by which addresses it names them."""

from collections.abc import Collection
from urllib.parse import unquote, urlsplit

UPLOAD = "upload:"
_SCHEMES = (UPLOAD, "cid:")


def named_file(address: str, names: Collection[str]) -> str:
    """The file that an address means: `upload:NAME`, `cid:NAME` (RFC 2392), its name alone or at the end of a path.

    Empty where no file of that name came.
    """
    if not names:
        return ""
    for scheme in _SCHEMES:
        if address.lower().startswith(scheme):
            name = address[len(scheme) :].strip("<>")
            return name if name in names else unquote(name) if unquote(name) in names else ""
    try:
        last = urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        last = address
    return next((name for name in (address, last, unquote(last)) if name in names), "")
