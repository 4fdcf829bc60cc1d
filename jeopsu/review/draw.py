"""The process that draws pages of untrusted files: `python -m jeopsu.review.draw`, started and fed by `pictures`.

It imports the libraries once and forks a child with limits for every page: whatever a file does, it does it to that
child. A request is a line of JSON `[path, page, dpi]`; the answer is eight bytes of length and that many of PNG (0: it
cannot be drawn). Starting Python and the libraries anew for each page costs 600 ms, a fork 5 ms.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

SECONDS = 25
_MEMORY = 3 << 30
_MOST_BYTES = 40 << 20


def main() -> int:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries that print must not write between the answers
    from jeopsu.extractors.readers import hwp_render, render  # noqa: F401  (imported before the first fork)

    for line in sys.stdin:
        path, number, dpi = json.loads(line)
        png = _in_child(Path(path), int(number), int(dpi))
        answers.write(struct.pack(">Q", len(png)) + png)
        answers.flush()
    return 0


def _in_child(path: Path, number: int, dpi: int) -> bytes:
    """What a forked child draws, within its limits; empty where it fails, dies or takes too long."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            os.setsid()
            _limit()
            with os.fdopen(write, "wb") as stream:
                stream.write(draw(path, number, dpi))
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    drawn = _collect(read, time.monotonic() + SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return drawn if drawn.startswith(b"\x89PNG\r\n\x1a\n") and drawn.endswith(b"IEND\xaeB`\x82") else b""


def _collect(read: int, deadline: float) -> bytes:
    parts, size = [], 0
    with os.fdopen(read, "rb", buffering=0) as stream:
        while size <= _MOST_BYTES:
            ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                return b""
            part = stream.read(1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
            size += len(part)
    return b""


def _limit() -> None:
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (value, value))


def draw(path: Path, number: int, dpi: int) -> bytes:
    """One page as PNG; empty where it cannot be drawn."""
    from jeopsu.extractors.readers import hwp_render, render

    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith((b"\xd0\xcf\x11\xe0", b"PK\x03\x04")):  # HWP, HWPX: by a program of its own, at 144 dpi
        return hwp_render.render_page(str(path), number)
    return render.render_page(str(path), number, dpi)


if __name__ == "__main__":
    raise SystemExit(main())
