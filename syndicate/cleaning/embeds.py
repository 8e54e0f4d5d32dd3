"""Videos, posts, charts and maps of other sites, in a form that travels: never a script.

By the channel's policy each becomes an iframe of a host that we know, sandboxed and with a title; or a link; or it is
taken out. Posts keep their words as a quotation with a link, because that is what the story quotes. An iframe of a host
that is not in our table becomes a link and a warning, so that an editor decides.
"""

from urllib.parse import urlsplit

from lxml import etree

from syndicate.cleaning.addresses import clean_address
from syndicate.cleaning.embed_hosts import ADVERTISING, Embed, find
from syndicate.cleaning.rules import EmbedPolicy
from syndicate.cleaning.sources import is_real
from syndicate.cleaning.tree import Element, drop, finder, place_of, words_of
from syndicate.cleaning.vocabulary import SANDBOX
from syndicate.cleaning.work import Work

_FRAMES = finder(
    ".//iframe|.//amp-iframe|.//embed|.//object|.//amp-youtube|.//lite-youtube|.//amp-vimeo"
    "|.//*[contains(@class,'flourish-embed') or contains(@class,'infogram-embed') or @data-telegram-post]"
    "|.//*[contains(@class,'fb-post') or contains(@class,'fb-video')]"
    "|.//*[contains(@class,'wp-block-embed__wrapper')]|.//script[contains(@src,'datawrapper.dwcdn.net')]"
)
_QUOTED = finder(
    ".//blockquote[contains(@class,'twitter-') or contains(@class,'instagram-media') or contains(@class,'tiktok-embed')"
    " or contains(@class,'text-post-media') or contains(@class,'bluesky-embed') or contains(@class,'telegram-')]"
)
_MEDIA = finder(".//audio|.//video|.//amp-video|.//amp-audio")
_LAZY = ("data-src", "data-lazy-src", "data-litespeed-src", "data-original", "src", "data")
_SIGNS = (
    *("<iframe", "<embed", "<object", "<video", "<audio", "<amp-", "<lite-", "embed", "fb-", "telegram", "twitter-"),
    *("instagram-", "text-post-media", "datawrapper"),
)
_INVITATIONS = ("View this post on Instagram", "View this post on Threads")


def embeds(work: Work) -> None:
    if not work.mentions(*_SIGNS):
        return
    seen: set[str] = set()
    for frame in _FRAMES(work.body):
        _settle_frame(frame, seen, work)
    for quote in _QUOTED(work.body):
        _settle_quote(quote, work)
    for media in _MEDIA(work.body):
        _settle_media(media, work)


def bare_addresses(work: Work) -> None:
    """A paragraph that is nothing but the address of a video: WordPress makes a player of it, and so do we."""
    for paragraph in work.body.findall("p"):
        words = (paragraph.text or "").strip()
        if len(paragraph) == 0 and words.startswith("http") and " " not in words and (embed := find(words)):
            put(paragraph, embed, "", work)


def put(element: Element, embed: Embed, title: str, work: Work) -> None:
    """Write the embed in the place of `element`, as the policy says."""
    policy = work.rules.embeds
    if policy is EmbedPolicy.DROP:
        work.report.remove("embed", f"{embed.name}: embeds are dropped here", place_of(element), title or embed.page)
        drop(element)
        return
    if policy is EmbedPolicy.KEEP and embed.player:
        made = etree.Element("figure")
        made.append(_player(element, embed, title))
    else:
        made = etree.Element("p")
        link = etree.SubElement(made, "a", href=embed.page)
        link.text = f"{title} ({embed.name})" if title and title != embed.name else embed.name
    work.report.rewrite(
        str(element.tag),
        f"{embed.name} as {'a player' if len(made) and made[0].tag == 'iframe' else 'a link'}",
        place_of(element),
        embed.page,
    )
    _replace(element, made)


def _player(element: Element, embed: Embed, title: str) -> Element:
    sizes = {
        side: value for side in ("width", "height") if (value := element.get(side, "")).isdecimal() and len(value) < 5
    }
    return etree.Element(
        "iframe",
        dict(sorted({
            **sizes,
            "allow": "fullscreen",
            "loading": "lazy",
            "sandbox": SANDBOX,
            "src": embed.player,
            "title": title or embed.name,
        }.items())),
    )  # fmt: skip


def _settle_frame(frame: Element, seen: set[str], work: Work) -> None:
    address = _address(frame)
    embed = find(address) if address else None
    title = " ".join((frame.get("title") or frame.get("aria-label") or "").split())[:200]
    if frame.tag == "script" and (embed is None or embed.page in seen):
        return  # `discard` takes it out and says so
    if embed is not None:
        if embed.page in seen and next(frame.iterancestors("noscript"), None) is not None:
            drop(frame)  # the twin for browsers without scripts
            return
        seen.add(embed.page)
        beside = frame.getnext() if frame.tag == "script" else None
        if beside is not None and beside.tag == "noscript":
            drop(beside)  # a picture of the same chart
        put(frame, embed, title, work)
    elif frame.tag in ("iframe", "amp-iframe"):
        _settle_unknown(frame, address, title, work)


def _settle_unknown(frame: Element, address: str, title: str, work: Work) -> None:
    """An iframe whose host is not in the table: advertising goes, anything else is a link that an editor should see."""
    clean = clean_address(address, work.base_url) or ""
    tiny = {frame.get("width"), frame.get("height")} & {"0", "1", "0px", "1px"}
    if not clean or tiny or ADVERTISING.match(clean) or work.rules.embeds is EmbedPolicy.DROP:
        why = "embeds are dropped here" if clean and not tiny else "shows nothing that belongs to the story"
        work.report.remove("iframe", why, place_of(frame), address or words_of(frame))
        drop(frame)
        return
    host = urlsplit(clean).hostname or clean
    work.report.warn(f"An embed from {host[:80]} is not on the list of known players; it was turned into a link")
    put(frame, Embed(host[:80], "page", clean), title, work)


def _address(frame: Element) -> str:
    """The address that the frame shows, from wherever the host's own code puts it."""
    video = frame.get("videoid") or frame.get("data-videoid")
    if video:
        return ("https://vimeo.com/" if frame.tag == "amp-vimeo" else "https://www.youtube.com/watch?v=") + video
    if post := frame.get("data-telegram-post"):
        return f"https://t.me/{post}"
    classes = frame.get("class") or ""
    if "flourish-embed" in classes:
        return f"https://flo.uri.sh/{(frame.get('data-src') or '').partition('?')[0]}/embed"
    if "infogram-embed" in classes:
        return f"https://e.infogram.com/{frame.get('data-id') or ''}"
    if "fb-post" in classes or "fb-video" in classes:
        return f"https://www.facebook.com/plugins/post.php?href={frame.get('data-href') or ''}"
    if "wp-block-embed__wrapper" in classes:
        return (frame.text or "").strip() if len(frame) == 0 else ""
    found = [value for name in _LAZY if is_real(value := (frame.get(name) or "").strip())]
    return "https:" + found[0] if found and found[0].startswith("//") else found[0] if found else ""


def _settle_quote(quote: Element, work: Work) -> None:
    """A post that the site's script would dress up: its words stay as a quotation, with a link to it."""
    marked = [quote.get("cite"), quote.get("data-instgrm-permalink"), quote.get("data-text-post-permalink")]
    linked = [link.get("href") for link in quote.iter("a")]
    embed = next((found for address in (*marked, *reversed(linked)) if address and (found := find(address))), None)
    if work.rules.embeds is EmbedPolicy.DROP:
        work.report.remove("embed", "embeds are dropped here", place_of(quote), words_of(quote))
        drop(quote)
        return
    if embed is None:
        return
    for link in list(quote.iter("a")):
        if words_of(link) in _INVITATIONS:
            drop(link)
    if not any((found := find(link.get("href") or "")) and found.page == embed.page for link in quote.iter("a")):
        last = etree.SubElement(etree.SubElement(quote, "p"), "a", href=embed.page)
        last.text = embed.name
    quote.attrib.pop("cite", "")
    work.report.rewrite("blockquote", f"{embed.name} post as a quotation with its link", place_of(quote), embed.page)


def _settle_media(media: Element, work: Work) -> None:
    """A sound or a film of the outlet's own, with controls, and nothing that starts by itself."""
    media.tag = str(media.tag).removeprefix("amp-")
    addresses = [
        clean_address(part.get("src") or part.get("data-src") or "", work.base_url)
        for part in (media, *media.iter("source"))
    ]
    found = [address for address in addresses if address and address.startswith("http")]
    if not found or work.rules.embeds is EmbedPolicy.DROP:
        why = "embeds are dropped here" if found else "has no usable address"
        work.report.remove(str(media.tag), why, place_of(media), words_of(media))
        drop(media)
    elif work.rules.embeds is EmbedPolicy.LINK:
        put(
            media,
            Embed(found[0].rpartition("/")[2][:80] or str(media.tag), str(media.tag), found[0]),
            media.get("title") or "",
            work,
        )
    else:
        for name in ("src", "preload", "controls"):
            media.attrib.pop(name, "")
        for child in list(media):
            if child.tag != "source":
                drop(child)
        media.text = None
        if not media.findall("source"):
            media.set("src", found[0])
        media.set("controls", "")
        media.set("preload", "none")


def _replace(element: Element, made: Element) -> None:
    """Put `made` where the element is; inside a figure the figure of the embed gives only what it shows."""
    parent = element.getparent()
    if parent is None:
        return
    if made.tag == "figure" and any(up.tag == "figure" for up in element.iterancestors()):
        made = made[0]
    made.tail = element.tail
    parent.replace(element, made)
