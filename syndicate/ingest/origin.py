"""Whose story it is: the outlet that sent it, or another that the document names."""

from urllib.parse import urlsplit

from syndicate.core.newsitem import Party
from syndicate.core.newsroom import Outlet


def other_than(party: Party, outlet: Outlet) -> Party:
    """The party where it is not the outlet itself, by name or by site; else nobody."""
    same_name = party.name.casefold() == outlet.name.casefold()
    return Party() if not party.name or same_name or is_of(party.uri, outlet) else party


def is_of(address: str, outlet: Outlet) -> bool:
    """Whether an address is on the outlet's own domain or below it."""
    site, domain = site_of(address), outlet.domain.lower().removeprefix("www.")
    return bool(domain) and (site == domain or site.endswith(f".{domain}"))


def elsewhere(address: str, outlet: Outlet) -> Party:
    """The site of an address that is not the outlet's, as the party whose story it is; nobody where that is unknown."""
    site = site_of(address)
    return Party() if not site or not outlet.domain or is_of(address, outlet) else Party(site, home_of(address))


def home_of(address: str) -> str:
    """The front page of an address's site; empty where it is no address."""
    site = site_of(address)
    return f"https://{site}/" if site else ""


def first_home(own: str, canonical: str, outlet: Outlet) -> tuple[str, Party]:
    """The story's original address and whose it is, by its own page and the page that this one calls canonical."""
    other = elsewhere(canonical, outlet)
    return (canonical, other) if other.name else (own or canonical, Party())


def site_of(address: str) -> str:
    """The host of an address without its `www.`; empty where it is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
