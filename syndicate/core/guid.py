"""Minting the permanent identity of a story: a `tag:` URI (RFC 4151).

The authority is ours, on a date on which it was ours; the specific part names the outlet and the story. It never
contains the version, the headline or the address, so that none of them can ever be a reason to change it.
"""

import re
from datetime import date

# RFC 4151 2.1: DNSname. A port or an IPv6 literal has no place in it.
_AUTHORITY = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*", re.ASCII)


def mint_guid(*, authority: str, minted_on: date, outlet: str, story_id: str) -> str:
    """`tag:news.example,2026-03-04:oc-media/0f9a…`. Raises ValueError for an authority that is no host name."""
    host = authority.lower()
    if not _AUTHORITY.fullmatch(host):
        raise ValueError(f"{authority!r} is not a host name: a tag URI needs one (RFC 4151 section 2.1)")
    return f"tag:{host},{minted_on.isoformat()}:{outlet}/{story_id}"
