"""Whose players and posts we know. Data: a new host is a new row, a new form of address a new pattern in it.

A row says how addresses of the host look, where its player is (none for hosts whose posts show only through a script)
and where the page is that a link should lead to. Every pattern is tried at the start of an address and is linear.
Only addresses that a row itself produces may stand in an iframe.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another site: `player` is what an iframe may show, "" where the host has none."""

    name: str
    kind: str
    page: str
    player: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    name: str
    kind: str
    pattern: re.Pattern[str]
    page: str
    player: str = ""


def _host(name: str, kind: str, pattern: str, page: str, player: str = "") -> Host:
    return Host(name, kind, re.compile(r"https?://(?:www\.|m\.|mobile\.)?" + pattern, re.IGNORECASE), page, player)


_YOUTUBE = r"(?:youtube(?:-nocookie)?\.com/(?:embed/|shorts/|live/|v/|watch\?(?:[^#\s]{0,200}&)?v=)|youtu\.be/)"

HOSTS = (
    _host(
        "YouTube",
        "video",
        r"youtube(?:-nocookie)?\.com/(?:embed/videoseries|playlist)\?(?:[^#\s]{0,200}&)?list=(?P<id>[\w-]{10,64})",
        "https://www.youtube.com/playlist?list={id}",
        "https://www.youtube-nocookie.com/embed/videoseries?list={id}",
    ),
    _host(
        "YouTube",
        "video",
        _YOUTUBE + r"(?P<id>[\w-]{11})(?![\w-])",
        "https://www.youtube.com/watch?v={id}",
        "https://www.youtube-nocookie.com/embed/{id}",
    ),
    _host(
        "Vimeo",
        "video",
        r"(?:player\.)?vimeo\.com/(?:video/)?(?P<id>\d{5,12})",
        "https://vimeo.com/{id}",
        "https://player.vimeo.com/video/{id}",
    ),
    _host(
        "Dailymotion",
        "video",
        r"(?:geo\.)?(?:dailymotion\.com/(?:embed/)?video/|dai\.ly/)(?P<id>[a-z0-9]{5,12})",
        "https://www.dailymotion.com/video/{id}",
        "https://www.dailymotion.com/embed/video/{id}",
    ),
    _host(
        "TikTok",
        "video",
        r"tiktok\.com/(?:@[\w.-]{1,40}/video/|embed/(?:v2/)?|player/v1/)(?P<id>\d{10,22})",
        "https://www.tiktok.com/embed/v2/{id}",
        "https://www.tiktok.com/embed/v2/{id}",
    ),
    _host(
        "X",
        "post",
        r"(?:twitter|x)\.com/(?P<who>\w{1,20})/status(?:es)?/(?P<id>\d{5,22})",
        "https://x.com/{who}/status/{id}",
    ),
    _host(
        "X",
        "post",
        r"platform\.twitter\.com/embed/Tweet\.html\?(?:[^#\s]{0,400}&)?id=(?P<id>\d{5,22})",
        "https://x.com/i/status/{id}",
    ),
    _host(
        "Instagram",
        "post",
        r"instagram\.com/(?:[\w.]{1,40}/)?(?P<type>p|reel|tv)/(?P<id>[\w-]{5,40})",
        "https://www.instagram.com/{type}/{id}/",
    ),
    _host(
        "Telegram", "post", r"(?:t|telegram)\.me/(?:s/)?(?P<who>\w{4,40})/(?P<id>\d{1,12})", "https://t.me/{who}/{id}"
    ),
    _host(
        "Threads",
        "post",
        r"threads\.(?:net|com)/@(?P<who>[\w.]{1,40})/post/(?P<id>[\w-]{5,40})",
        "https://www.threads.com/@{who}/post/{id}",
    ),
    _host(
        "Bluesky",
        "post",
        r"bsky\.app/profile/(?P<who>[\w.:-]{3,120})/post/(?P<id>\w{5,30})",
        "https://bsky.app/profile/{who}/post/{id}",
    ),
    _host(
        "Datawrapper",
        "chart",
        r"datawrapper\.dwcdn\.net/(?P<id>\w{5})(?![\w-])",
        "https://datawrapper.dwcdn.net/{id}/",
        "https://datawrapper.dwcdn.net/{id}/",
    ),
    _host(
        "Flourish",
        "chart",
        r"(?:flo\.uri\.sh|public\.flourish\.studio)/(?P<type>visualisation|story)/(?P<id>\d{3,12})",
        "https://public.flourish.studio/{type}/{id}/",
        "https://flo.uri.sh/{type}/{id}/embed",
    ),
    _host(
        "Infogram",
        "chart",
        r"(?:e\.)?infogram\.com/(?P<id>[\w-]{8,80})",
        "https://infogram.com/{id}",
        "https://e.infogram.com/{id}",
    ),
    _host(
        "SoundCloud",
        "audio",
        r"w\.soundcloud\.com/player/?\?(?:[^#\s]{0,200}&)?url=(?P<id>https?(?:%3A|:)[\w%./:-]{5,200})",
        "{id}",
        "https://w.soundcloud.com/player/?url={id}",
    ),
    _host(
        "Spotify",
        "audio",
        r"open\.spotify\.com/(?:embed/)?(?:intl-\w\w/)?(?P<type>track|album|playlist|episode|show)/(?P<id>\w{22})",
        "https://open.spotify.com/{type}/{id}",
        "https://open.spotify.com/embed/{type}/{id}",
    ),
    _host(
        "Apple Podcasts",
        "audio",
        r"(?:embed\.)?podcasts\.apple\.com/(?P<id>\w\w/podcast/[\w%-]{1,120}/id\d{5,12})",
        "https://podcasts.apple.com/{id}",
        "https://embed.podcasts.apple.com/{id}",
    ),
    _host(
        "Google Maps",
        "map",
        r"google\.com/maps/embed\?pb=(?P<id>[\w!.%:+-]{10,1200})",
        "https://www.google.com/maps/embed?pb={id}",
        "https://www.google.com/maps/embed?pb={id}",
    ),
    _host(
        "Google Maps",
        "map",
        r"google\.com/maps/d/(?:u/\d/)?(?:embed|viewer)\?(?:[^#\s]{0,200}&)?mid=(?P<id>[\w.-]{10,80})",
        "https://www.google.com/maps/d/viewer?mid={id}",
        "https://www.google.com/maps/d/embed?mid={id}",
    ),
    _host(
        "OpenStreetMap",
        "map",
        r"openstreetmap\.org/export/embed\.html\?bbox=(?P<id>[\d.,%C-]{10,120})",
        "https://www.openstreetmap.org/?bbox={id}",
        "https://www.openstreetmap.org/export/embed.html?bbox={id}",
    ),
    _host(
        "DocumentCloud",
        "document",
        r"(?:embed|beta)?\.?documentcloud\.org/documents/(?P<id>\d{5,12}(?:-[\w-]{1,120})?)",
        "https://www.documentcloud.org/documents/{id}/",
        "https://embed.documentcloud.org/documents/{id}/",
    ),
)

ADVERTISING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:doubleclick\.net|googlesyndication\.com|googletagmanager\.com|adservice\.google\.\w+|adfox\.ru"
    r"|amazon-adsystem\.com|taboola\.com|outbrain\.com|mgid\.com|criteo\.com|disqus\.com|mailchimp\.com|list-manage\.com)/",
    re.IGNORECASE,
)


def find(address: str) -> Embed | None:
    """What an address shows, if its host is in the table. Facebook's and Drupal's wrappers are looked into."""
    address = address[:2000]
    if wrapped := _wrapped(address):
        return Embed("Facebook", "post", wrapped) if "facebook.com/" in wrapped.partition("?")[0] else find(wrapped)
    for host in HOSTS:
        if match := host.pattern.match(address):
            groups = match.groupdict()
            page = host.page.format(**{name: unquote(value) for name, value in groups.items()})
            return Embed(host.name, host.kind, page, host.player.format(**groups) if host.player else "")
    return None


def is_player(address: str) -> bool:
    """Is this, to the letter, the address of a player as the table writes it?"""
    embed = find(address)
    return embed is not None and embed.player == address


def _wrapped(address: str) -> str:
    """The address inside facebook.com/plugins/post.php?href=... and Drupal's /media/oembed?url=..."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.path.endswith("/media/oembed"):
        return parse_qs(parts.query).get("url", [""])[0]
    if parts.path.startswith("/plugins/") and (parts.hostname or "").endswith("facebook.com"):
        return parse_qs(parts.query).get("href", [""])[0]
    return ""
