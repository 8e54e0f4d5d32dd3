"""HTML from anywhere in, HTML that a newsroom can trust out, with a report of what was changed.

    cleaned = clean(html, base_url="https://www.example.org/story")
    cleaned.html, cleaned.report.as_dict(), cleaned.note

Only `sanitize` knows the sanitisers; the steps stand in `pipeline`.
"""

from syndicate.cleaning.addresses import clean_address
from syndicate.cleaning.pipeline import Cleaned, clean
from syndicate.cleaning.report import Report
from syndicate.cleaning.rules import EmbedPolicy, Limits, Rules
from syndicate.cleaning.shown import blocks_of, credit_in, pictures_of, show

__all__ = [
    "Cleaned",
    "EmbedPolicy",
    "Limits",
    "Report",
    "Rules",
    "blocks_of",
    "clean",
    "clean_address",
    "credit_in",
    "pictures_of",
    "show",
]
