"""What every item of NewsML-G2 2.35 begins with: identity, catalogs, and the management of this version.

Numbers in comments are lines of the official NewsML-G2_2.35-spec-All-Power.xsd, which enforces the order of children.
"""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from syndicate.core.newsitem import Party
from syndicate.core.rights import PubStatus
from syndicate.outputs.dates import utc
from syndicate.outputs.text import direction, language_tag, line, web_address
from syndicate.outputs.xml import add, put

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
ITEM_TYPE = "application/vnd.iptc.g2.newsitem+xml"

# every alias of IPTC's that we use (ninat, stat, sig, irel, rnd, hopaction, hatarget, drol, cpnat, medtop …) is in it
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"

# Schemes of our own, for words that receivers built on Superdesk look for and that no scheme of IPTC's has. A scheme's
# address and a code after it are the concept's address.
OUR_SCHEMES = {"cRole": "schemes/role/", "group": "schemes/group/"}

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# words of ours, whatever the language of the story that they stand with
IN_ENGLISH = {XML_LANG: "en", "dir": "ltr"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Management:
    """What `itemMeta` begins with. `first_created` and `embargoed` are left out where there is none."""

    kind: str
    provider: Party
    version_created: datetime
    first_created: datetime | None = None
    embargoed: datetime | None = None
    status: PubStatus = PubStatus.USABLE


def begin(root: etree._Element, base_url: str, *, guid: str, version: int, language: str = "") -> None:
    """Attributes and catalogs. Conformance must be written, the default is core (872)."""
    root.attrib.update({"guid": line(guid), "version": str(version)})
    root.attrib.update({"standard": "NewsML-G2", "standardversion": "2.35", "conformance": "power"})
    if tag := language_tag(language):
        root.set(XML_LANG, tag)
        if direction(tag) == "rtl":
            root.set("dir", "rtl")
    add(root, f"{NAR}catalogRef", {"href": CATALOG})
    catalog = add(root, f"{NAR}catalog")
    for alias, path in OUR_SCHEMES.items():
        add(catalog, f"{NAR}scheme", {"alias": alias, "uri": f"{base_url}/{path}"})


def manage(root: etree._Element, base_url: str, management: Management) -> etree._Element:
    """A new `itemMeta` with its mandatory part, in the order of ItemManagementGroup (1251); provider is mandatory."""
    meta = add(root, f"{NAR}itemMeta")
    add(meta, f"{NAR}itemClass", {"qcode": management.kind})
    named = line(management.provider.name)
    party(meta, "provider", management.provider if named else Party("", base_url))
    put(meta, f"{NAR}versionCreated", utc(management.version_created))
    put(meta, f"{NAR}firstCreated", utc(management.first_created) if management.first_created else "")
    put(meta, f"{NAR}embargoed", utc(management.embargoed) if management.embargoed else "")
    add(meta, f"{NAR}pubStatus", {"qcode": f"stat:{management.status}"})
    return meta


def party(parent: etree._Element, tag: str, who: Party, attributes: dict[str, str] | None = None) -> None:
    """A person or organisation with its address and name; nothing where neither is known."""
    name, uri = line(who.name), web_address(who.uri)
    if name or uri:
        put(add(parent, f"{NAR}{tag}", {**(attributes or {}), "uri": uri}), f"{NAR}name", name)
