"""How wrong fields are refused: all of them at once, each by its name."""

import re
from zoneinfo import ZoneInfo

from syndicate.core.errors import BadFields

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", re.ASCII)


def refuse(**problems: str) -> None:
    wrong = {name: [problem] for name, problem in problems.items() if problem}
    if wrong:
        raise BadFields(f"Wrong: {', '.join(wrong)}.", errors=wrong)


def wrong_slug(slug: str) -> str:
    return "" if _SLUG.fullmatch(slug) else "Small letters, digits and hyphens only, such as oc-media; 80 at most."


def is_zone(name: str) -> bool:
    """Whether it is an IANA name such as Asia/Tbilisi, or nothing."""
    if not name:
        return True
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # no such file, a path outside, or a folder of zones
        return False
    return True
