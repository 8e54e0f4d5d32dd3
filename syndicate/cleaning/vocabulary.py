"""The HTML that leaves the house: every element and attribute that cleaned HTML may contain, and nothing else.

One table, read by the steps that build it, by the sanitisers that check it, and by the tests that hold us to it.
All elements are in the HTML namespace and none of them can run anything: there is no svg, no math, no style and
no event. An iframe is only ever one that `embeds` wrote.
"""


def names(text: str) -> frozenset[str]:
    """A set from a line of names, which is easier to read and to add to than a list of quoted strings."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
GLOBAL_ATTRIBUTES = frozenset({"id", "lang", "dir"})

ELEMENTS: dict[str, frozenset[str]] = {
    **{name: frozenset() for name in ("p", *HEADINGS, "aside", "pre", "hr", "br", "ul", "dl", "dt", "dd")},
    "blockquote": frozenset({"cite"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "li": frozenset({"value"}),
    **{name: frozenset() for name in ("table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr")},
    "col": frozenset({"span"}),
    "th": frozenset({"colspan", "rowspan", "scope", "headers", "abbr"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "figure": frozenset(),
    "figcaption": frozenset(),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "a": frozenset({"href", "title", "rel", "hreflang"}),
    **{name: frozenset() for name in ("em", "strong", "u", "s", "sub", "sup", "small", "mark", "ruby", "rt", "rp")},
    **{name: frozenset() for name in ("code", "kbd", "samp", "var", "cite", "bdi", "bdo", "dfn")},
    "del": frozenset({"cite", "datetime"}),
    "ins": frozenset({"cite", "datetime"}),
    "q": frozenset({"cite"}),
    "abbr": frozenset({"title"}),
    "time": frozenset({"datetime"}),
    "span": frozenset({"class"}),
    "iframe": frozenset({"src", "title", "width", "height", "sandbox", "allow", "loading"}),
    "audio": frozenset({"src", "controls", "preload"}),
    "video": frozenset({"src", "controls", "preload", "poster", "width", "height"}),
    "source": frozenset({"src", "type"}),
}

ALLOWED = {tag: attributes | GLOBAL_ATTRIBUTES for tag, attributes in ELEMENTS.items()}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ADDRESS_ATTRIBUTES = frozenset({"href", "src", "cite", "poster"})
SANDBOX = "allow-popups allow-presentation allow-same-origin allow-scripts"  # of another site, so no way into the page
CLASSES = {"span": frozenset({"credit"})}  # the one class we write: the credit inside a figcaption


UNLINKED = "data-unlinked"  # between our own steps: the link around this picture is not the picture's


def allowed(tag: str, attribute: str) -> bool:
    return attribute in ALLOWED.get(tag, ())
