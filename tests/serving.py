"""An application really served on loopback, in this process."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import make_server
from werkzeug.wsgi import get_input_stream


@contextmanager
def served(make: Callable[[str], Flask]) -> Iterator[str]:
    """The application that `make` gives for an address, at this address."""
    made: list[Flask] = []

    def with_an_end(environ: Any, start_response: Any) -> Any:
        """Werkzeug's own server lets an application read on beyond the body; the one that we run on does not."""
        environ["wsgi.input"] = get_input_stream(environ)
        return made[0](environ, start_response)

    server = make_server("127.0.0.1", 0, with_an_end, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    made.append(make(url))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
