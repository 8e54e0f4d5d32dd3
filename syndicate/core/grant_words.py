"""What a subscriber's agreement lets it have, in plain English: a sentence for each part that limits something."""

from collections.abc import Sequence

from syndicate.core.grants import Grants


def sentences(grants: Grants, used: int | None) -> Sequence[str]:
    """`used` is how much of a quota it has had in this period."""
    quota = grants.quota
    parts = (
        (grants.ends, f"The agreement ends at {grants.ends:%Y-%m-%d %H:%M} UTC." if grants.ends else ""),
        (grants.territories, f"It publishes in {', '.join(grants.territories)}."),
        (grants.embargo_hours, f"It gets stories {grants.embargo_hours} hours after we published them."),
        (quota, f"It gets {quota.stories} stories a {quota.period} at most, and has had {used or 0}." if quota else ""),
        (grants.excerpt_only, "It gets summaries, not whole texts."),
        (grants.blocked_outlets, f"It does not want stories of {', '.join(grants.blocked_outlets)}."),
    )
    return [words for there, words in parts if there] or ["It may have all that its channels hold, whole and at once."]
