"""One story of 5 KB as each input format brings it. NUMBER stands wherever its name does."""

import json
from html import escape, unescape
from re import sub

PARAGRAPH = (
    '<p>The stove was lit before six, and by eight there was a <a href="https://x.example/?utm_source=a">queue</a>.</p>'
)
BODY = PARAGRAPH * (5000 // len(PARAGRAPH))
HEADLINE, ADDRESS, DAY = "Story NUMBER of a winter morning", "https://bench.example/NUMBER", "2026-03-03"
INSTANT = f"{DAY}T06:00:00Z"
TEXT = "\n\n".join(unescape(sub("<[^>]*>", "", part)) for part in BODY.split("</p>")).strip()

_ARTICLE = {"external_id": "NUMBER", "headline": HEADLINE, "url": ADDRESS, "body_html": BODY, "first_published": DAY}
_NINJS = {"uri": ADDRESS, "type": "text", "headline": HEADLINE, "bodies": [{"role": "main", "value": BODY}]}
_POST = {"id": ADDRESS, "url": ADDRESS, "title": HEADLINE, "content_html": BODY, "date_published": INSTANT}
_JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "Bench", "items": [_POST]}
_WORDPRESS = {
    "id": "NUMBER",
    "guid": {"rendered": ADDRESS},
    "status": "publish",
    "date_gmt": "2026-03-03T06:00:00",
    "link": ADDRESS,
    "title": {"rendered": HEADLINE},
    "content": {"rendered": BODY},
}
_GHOST = {"id": "NUMBER", "title": HEADLINE, "html": BODY, "url": ADDRESS, "visibility": "public"}
_GHOST |= {"published_at": INSTANT, "updated_at": INSTANT, "uuid": "NUMBER"}

_NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{ADDRESS}" version="1" standard="NewsML-G2"
standardversion="2.36" conformance="power"><itemMeta><itemClass qcode="ninat:text"/><provider literal="Bench"/>
<versionCreated>{INSTANT}</versionCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta>
<headline>{HEADLINE}</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body>{BODY}</body></html></inlineXML></contentSet></newsItem>"""
_NITF = f"""<nitf><head><docdata><doc-id id-string="NUMBER"/><date.issue norm="20260303T060000Z"/></docdata></head>
<body><body.head><hedline><hl1>{HEADLINE}</hl1></hedline></body.head><body.content>{BODY}</body.content></body></nitf>"""
_NEWSML1 = f"""<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>bench.example</ProviderId>
<DateId>20260303</DateId><NewsItemId>NUMBER</NewsItemId><RevisionId>1</RevisionId></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><ThisRevisionCreated>20260303T060000Z</ThisRevisionCreated>
<Status FormalName="Usable"/></NewsManagement><NewsComponent><NewsLines><HeadLine>{HEADLINE}</HeadLine></NewsLines>
<ContentItem><MediaType FormalName="Text"/><DataContent>{_NITF}</DataContent></ContentItem></NewsComponent>
</NewsItem></NewsML>"""
RSS_ITEM = f"""<item><title>{HEADLINE}</title><link>{ADDRESS}</link><guid>{ADDRESS}</guid>
<pubDate>Tue, 03 Mar 2026 06:00:00 GMT</pubDate><content:encoded><![CDATA[{BODY}]]></content:encoded></item>"""
RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bench</title>
<link>https://bench.example/</link><description>Stories</description>ITEMS</channel></rss>"""
_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>https://bench.example/</id><title>Bench</title>
<updated>{INSTANT}</updated><entry><id>{ADDRESS}</id><title>{HEADLINE}</title><link href="{ADDRESS}"/>
<updated>{INSTANT}</updated><content type="html">{escape(BODY)}</content></entry></feed>"""
_WXR = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Bench</title><link>https://bench.example</link>
<wp:wxr_version>1.2</wp:wxr_version><item><title>{HEADLINE}</title><link>{ADDRESS}</link>
<guid isPermaLink="false">{ADDRESS}</guid><content:encoded><![CDATA[{BODY}]]></content:encoded>
<wp:post_id>NUMBER</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:post_date_gmt>2026-03-03 06:00:00</wp:post_date_gmt></item></channel></rss>"""
_PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>{HEADLINE}</title><link rel="canonical" href="{ADDRESS}">
<meta property="og:type" content="article"><meta property="og:title" content="{HEADLINE}"></head>
<body><article><h1>{HEADLINE}</h1>{BODY}</article></body></html>"""
_CLIP = f"March 3, 2026\n\n{HEADLINE}\n\nBy Ines Marsh\n\nThe Bench\n\n{TEXT}\n\n{TEXT}\n"

_FORM = f"""--bench\r\nContent-Disposition: form-data; name="article"\r\nContent-Type: application/json\r\n\r
{json.dumps(_ARTICLE)}\r\n--bench--\r\n"""

STORIES: dict[str, tuple[str, str]] = {
    "multipart": ("multipart/form-data; boundary=bench", _FORM),
    "ninjs": ("application/ninjs+json", json.dumps(_NINJS)),
    "jsonfeed": ("application/feed+json", json.dumps(_JSON_FEED)),
    "wordpress": ("application/json", json.dumps(_WORDPRESS)),
    "ghost": ("application/json", json.dumps({"posts": [_GHOST]})),
    "json": ("application/json", json.dumps(_ARTICLE)),
    "clip": ("text/plain", _CLIP),
    "newsml": ("application/vnd.iptc.g2.newsitem+xml", _NEWSML),
    "newsml1": ("text/xml", _NEWSML1),
    "nitf": ("text/xml", _NITF),
    "wxr": ("text/xml", _WXR),
    "rss": ("application/rss+xml", RSS.replace("ITEMS", RSS_ITEM)),
    "atom": ("application/atom+xml", _ATOM),
    "html": ("text/html", _PAGE),
}
