"""The nginx of docs/deploy/nginx.conf, really running on loopback, with names of files, the port and TLS replaced."""

import getpass
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "docs" / "deploy" / "nginx.conf"


def found() -> str:
    """Where it is; empty where there is none."""
    return shutil.which("nginx") or (shutil.which("nginx", path="/usr/sbin") or "")


def configured(folder: Path, upstream: str, port: int, *, more: str = "") -> str:
    """The sample for a folder, in front of an address such as `127.0.0.1:8000`. `more` goes into its server."""
    text = SAMPLE.read_text()
    text = re.sub(r"(?m)^\s*ssl_certificate.*\n", "", text)
    for was, now in {
        "user www-data;": f"user {getpass.getuser()};",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx": str(folder),
        "/var/cache/nginx/syndicate": f"{folder}/cache",
        "server 127.0.0.1:8000;": f"server {upstream};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port};\n{more}",
        "worker_processes auto;": "worker_processes 1;",
        "http {": "http {" + "".join(f"\n    {kind}_temp_path {folder}/{kind};" for kind in _TEMPORARY),
    }.items():
        if was not in text:
            raise ValueError(f"the sample has no {was!r} any more")
        text = text.replace(was, now)
    return text


@contextmanager
def running(folder: Path, upstream: str, *, more: str = "") -> Iterator[str]:
    """Its address, while it runs."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    file = folder / "nginx.conf"
    file.write_text(configured(folder, upstream, port, more=more))
    command = [found(), "-c", str(file), "-p", str(folder), "-e", str(folder / "start.log"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.02)
        else:
            raise RuntimeError(f"nginx did not start: {process.stderr.read() if process.stderr else ''}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
