"""What of a story is shown in frames: received text and documents, each at an address of its own."""

from flask import Response, render_template

from syndicate.core.errors import NotFound
from syndicate.service.desk import preview
from syndicate.web.context import context
from syndicate.web.desk.frame import bp, person
from syndicate.web.desk.headers import FRAMED, frame_document, guard
from syndicate.web.desk.story import FORMATS
from syndicate.web.media import with_previews


@bp.get("/stories/<ref>/shown/<kind>")
def shown(ref: str, kind: str) -> Response:
    """`sent`, `clean`, `page`, `reader`, or the name of a format."""
    here, who = context(), person()
    if kind == "sent":
        return frame_document(render_template("desk/framed_sent.html", pieces=preview.received(who, here.store, ref)))
    if kind == "clean":
        item = preview.edition(who, here.store, here.newsroom, ref, now=here.now())
        return frame_document(with_previews(item.body_html), lang=item.language)
    if kind == "page":
        return _page(preview.rendered(who, here.store, here.newsroom, ref, "html", now=here.now()))
    if kind == "reader":
        read = preview.as_read(who, here.store, here.newsroom, ref, now=here.now())
        return frame_document(
            render_template("desk/framed_reader.html", item=read, previews=with_previews), lang=read.language
        )
    if kind in FORMATS:
        data = preview.rendered(who, here.store, here.newsroom, ref, kind, now=here.now())
        return frame_document(render_template("desk/framed_data.html", text=data.decode("utf-8", "replace")))
    raise NotFound("There is no such preview.")


def _page(document: bytes) -> Response:
    """Our own page of the story: a whole document, framed as strictly as a received text."""
    html = with_previews(document.decode())
    response = Response(html.encode(), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return guard(response, FRAMED)
