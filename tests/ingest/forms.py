"""Forms (RFC 7578) as a browser or curl writes them."""

from collections.abc import Sequence

BOUNDARY = "----tidewater7f3a"


def a_part(name: str, data: str | bytes, *, file_name: str = "", media_type: str = "") -> bytes:
    disposition = f'Content-Disposition: form-data; name="{name}"' + (f'; filename="{file_name}"' if file_name else "")
    headers = [disposition, *([f"Content-Type: {media_type}"] if media_type else [])]
    return "\r\n".join([*headers, "", ""]).encode() + (data.encode() if isinstance(data, str) else data)


def a_form(
    *parts: bytes, article: str = "", article_type: str = "application/json", files: Sequence[str] = ()
) -> tuple[bytes, str]:
    """The form and its media type: an article, files by their names, and other parts."""
    told = [a_part("article", article, media_type=article_type)] if article else []
    told += [a_part("file", f"bytes of {name}", file_name=name, media_type="image/jpeg") for name in files]
    lines = b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in (*told, *parts))
    return lines + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"
