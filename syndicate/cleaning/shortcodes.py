"""WordPress's square brackets, where a story is sent as the editor stores it: [caption], [embed], [gallery].

The page would have replaced them; nobody else can read them. A caption becomes a figure, an embed its address, and
what only the site itself could fill (a gallery by numbers, a contact form) is taken out and named in the report.
"""

import re

from syndicate.cleaning.report import Report

_CAPTION = re.compile(r"\[(/?)caption\b[^\[\]<>]{0,400}\]", re.IGNORECASE)
_EMBED = re.compile(
    r"\[(?:embed|youtube|vimeo)\b[^\[\]<>]{0,200}\]\s{0,9}(https?://[^\s\[\]<>\"']{5,500})\s{0,9}\[/(?:embed|youtube|vimeo)\]",
    re.I,
)
_OTHER = re.compile(
    r"\[/?(?:gallery|playlist|audio|video|contact-form(?:-7)?|wpforms|gravityform|mc4wp_form|mailpoet_form|newsletter|poll"
    r"|vc_\w{1,40}|et_pb_\w{1,40}|fusion_\w{1,40}|wp_ad_camp\w{0,20}|adrotate|do_widget|jetpack\S{0,40}|sharethis|addtoany"
    r"|related_posts?|read_more|embed|caption)\b[^\[\]<>]{0,400}\]",
    re.IGNORECASE,
)


def expand(html: str, report: Report) -> str:
    """The text without shortcodes. Costs one search where there are none."""
    if "[" not in html:
        return html
    html = _CAPTION.sub(lambda found: "</figure>" if found[1] else "<figure>", html)
    html = _EMBED.sub(r"<p>\1</p>", html)
    for found in _OTHER.finditer(html):
        report.remove("shortcode", "only the site it comes from can fill it", "", found[0])
    return _OTHER.sub("", html)
