"""What a browser may do with a page of the desk, and with received HTML that stands in a frame of its own.

Pages load nothing from elsewhere, run no script but our own files, and stand in nobody's frame.
"""

from collections.abc import Mapping

from flask import Response, render_template

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# In a frame everything is refused but our own pictures and the sheet below; `sandbox` makes it nobody's origin.
FRAMED = "sandbox; default-src 'none'; img-src 'self'; style-src 'self'; frame-ancestors 'self'; base-uri 'none'"
_ALL: Mapping[str, str] = {
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def guard(response: Response, policy: str) -> Response:
    """Set what the view has not set itself."""
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Cache-Control", "private, no-store")
    for name, value in _ALL.items():
        response.headers.setdefault(name, value)
    return response


def frame_document(html: str, *, lang: str = "", direction: str = "auto") -> Response:
    """Received HTML as a document of its own, shown by `<iframe sandbox src=…>` at an address of its own.

    It runs nothing, sends nothing and loads nothing but pictures from `/media/`; no cookie goes with those.
    """
    body = render_template("desk/framed.html", html=html, lang=lang, dir=direction).encode("utf-8", "replace")
    response = Response(body, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return guard(response, FRAMED)
