"""The pictures of a ninjs item: those of its associations that are pictures, each with all its files."""

from syndicate.core.newsitem import Picture, Rendition
from syndicate.ingest.members import Members
from syndicate.ingest.ninjs_words import chosen, in_role
from syndicate.ingest.renditions import biggest_first, known_name
from syndicate.ingest.text import one_line

_KINDS = ("picture", "graphic")


def pictures(said: Members) -> tuple[Picture, ...]:
    """In their order, the one that a Superdesk features first."""
    associations = [(name, part) for name, part in said.named("associations") if _is_picture(part)]
    associations.sort(key=lambda named: not named[0].lower().startswith("featuremedia"))
    found = (_picture(part) for _, part in associations)
    return tuple(picture for picture in found if picture.renditions or picture.caption)


def _is_picture(part: Members) -> bool:
    kind = part.line("type").lower()
    if kind:
        return kind in _KINDS
    return any(_content_type(file).startswith("image/") for _, file in part.named("renditions"))


def _picture(part: Members) -> Picture:
    """Superdesk writes the caption as description_text and the alternative text as body_text."""
    caption = chosen(part, "descriptions", "description").words
    body = chosen(part, "bodies", "body").words
    return Picture(
        caption=caption or body or chosen(part, "headlines", "headline").words,
        credit=part.line("creditline", "by", "byline") or _source(part),
        alt=one_line(in_role(part, "descriptions", "alt") or (body if caption else "")),
        usage_terms=part.plain("usageterms"),
        copyright_holder=part.line("copyrightholder"),
        copyright_notice=part.plain("copyrightnotice"),
        focus=_focus(part),
        renditions=biggest_first(_file(name, file) for name, file in part.named("renditions")),
    )


def _source(part: Members) -> str:
    sources = part.parts("infosources", "infosource")
    return next((source.line("name") for source in sources), "") or part.line("source")


def _file(name: str, file: Members) -> Rendition:
    return Rendition(
        href=file.file("href"),
        name=known_name(name),
        content_type=_content_type(file),
        width=file.number("width") or None,
        height=file.number("height") or None,
        size_bytes=file.number("sizeinbytes") or None,
    )


def _content_type(file: Members) -> str:
    return file.line("contenttype", "mimetype", "mime_type")


def _focus(part: Members) -> tuple[float, float] | None:
    """The point of interest, given in pixels of its rendition (3.0 renditionType/poi), as parts of 1."""
    for _, file in part.named("renditions"):
        poi, width, height = file.part("poi"), file.number("width"), file.number("height")
        x, y = poi.fraction("x"), poi.fraction("y")
        if x is not None and y is not None and width and height and 0 <= x <= width and 0 <= y <= height:
            return round(x / width, 4), round(y / height, 4)
    return None
