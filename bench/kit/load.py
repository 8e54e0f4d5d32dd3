"""Many clients at once: wrk where it is installed, which costs the machine little."""

import re
import shutil
import subprocess

FOUND = shutil.which("wrk") or ""


def per_second(url: str, *, clients: int, seconds: float, **headers: str) -> float:
    """Answers a second; any other than 2xx and 3xx, and any broken connection, is an error."""
    command = [FOUND, "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s"]
    for name, value in headers.items():
        command += ["-H", f"{name.replace('_', '-')}: {value}"]
    told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{url}: {told}")
    return float(re.search(r"Requests/sec:\s*([0-9.]+)", told)[1])  # type: ignore[index]
