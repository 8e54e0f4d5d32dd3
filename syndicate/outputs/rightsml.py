"""A known licence as a policy for programs: ODRL 2.2 in the profile of IPTC's RightsML 2.0, as JSON-LD.

Only what the licence says: anybody may distribute the story, must name its source where attribution is asked for, and
may or may not change it. Our right's end is a constraint of every permission. A licence that we do not know permits
nothing by itself, so there is no policy for it.

Rules: ODRL Information Model 2.2 sections 2.1 and 2.6, ODRL Vocabulary 2.2 (actions, with those of Creative Commons).
"""

import json
from collections.abc import Mapping

from syndicate.core.newsitem import NewsItem
from syndicate.outputs import words
from syndicate.outputs.dates import utc
from syndicate.outputs.text import line, web_address

LANGUAGE = "http://www.w3.org/ns/odrl/2/"
MEDIA_TYPE = "application/ld+json"

_PROFILE = "https://iptc.org/std/RightsML/odrl-profile/"
_COMMERCIAL_USE = "http://creativecommons.org/ns#CommercialUse"
_SHARE_ALIKE = "http://creativecommons.org/ns#ShareAlike"


def policy(item: NewsItem) -> str:
    """The policy on one line; an empty text where the rights say nothing that a program could act on."""
    known = item.rights.licence
    if known is None:
        return ""
    permitted = ["distribute", *(["derive"] if known.derivatives else [])]
    forbidden = [*([] if known.derivatives else ["derive"]), *([] if known.commercial else [_COMMERCIAL_USE])]
    target = {"target": line(item.guid)}
    document: dict[str, object] = {
        "@context": "http://www.w3.org/ns/odrl.jsonld",
        "@type": "Set",
        "uid": f"{line(item.guid)}/policy/{item.version}",
        "profile": _PROFILE,
        "permission": [{**target, "action": action, **_conditions(item, action)} for action in permitted],
    }
    if forbidden:
        document["prohibition"] = [{**target, "action": action} for action in forbidden]
    return json.dumps(document, ensure_ascii=False)


def _conditions(item: NewsItem, action: str) -> Mapping[str, object]:
    """Who permits it, until when, and what must be done in return."""
    known, holder = item.rights.licence, web_address(words.copyright_holder(item).uri)
    said: dict[str, object] = {"assigner": holder} if holder else {}
    if item.rights.expires:
        end = {"@value": utc(item.rights.expires), "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
        said["constraint"] = [{"leftOperand": "dateTime", "operator": "lt", "rightOperand": end}]
    duties: list[Mapping[str, str]] = []
    if known and known.attribution:
        duties.append({"action": "attribute", **({"attributedParty": holder} if holder else {})})
    if known and known.share_alike and action == "derive":
        duties.append({"action": _SHARE_ALIKE})
    return {**said, "duty": duties} if duties else said
