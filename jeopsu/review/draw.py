"""Draws pages of untrusted files: `python -m jeopsu.review.draw [NICENESS]`, started and fed by `pictures`.

It imports the libraries once and forks a child with limits for every page: whatever a file does, it does it to that
child. A request is a line of JSON `[path, page, dpi]`; the answer is eight bytes of length and that many of PNG (0: it
cannot be drawn). Starting Python and the libraries anew for each page costs 600 ms, a fork 5 ms. HWP pages are drawn in
the child, too: what draws them can abort its process.
"""

from __future__ import annotations

import ctypes
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
_LIBC = ctypes.CDLL(None)
_PDEATHSIG, _NO_NEW_PRIVILEGES = 1, 38
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def main() -> int:
    os.nice(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries that print must not write between the answers
    from jeopsu.extractors.readers import hwp_render, render  # noqa: F401  (imported before the first fork)

    hwp_render.warm()
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
            _confine()
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
    parts, size = list[bytes](), 0
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


def _confine() -> None:
    """Takes away what drawing a page does not need: other rights, the network, memory and time without end."""
    _LIBC.prctl(_PDEATHSIG, signal.SIGKILL)
    _LIBC.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _LIBC.unshare(_NEW_USER | _NEW_NET)  # best effort: refused inside some containers
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _MOST_BYTES),
    ):
        hard = resource.getrlimit(what)[1]
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (value, value))


def draw(path: Path, number: int, dpi: int) -> bytes:
    """One page as PNG; empty where it cannot be drawn."""
    from jeopsu.extractors.readers import hwp_render, render

    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith((b"\xd0\xcf\x11\xe0", b"PK\x03\x04")):  # HWP, HWPX: at 144 dpi
        return hwp_render.render_page_here(str(path), number)
    return render.render_page(str(path), number, dpi)


if __name__ == "__main__":
    raise SystemExit(main())
