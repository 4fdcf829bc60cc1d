"""HWP pages as a person sees them: how many, pictures, the place of each table cell. Lazy: costs a process.

rhwp draws; it is never the reader of values (its tree loses text boxes).
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jeopsu.domain.documents import Table
from jeopsu.extractors.readers import hwp_render_program
from jeopsu.extractors.readers.hwp_places import CellKey, Spot, largest_picture, places

_PROGRAM = Path(__file__).with_name("hwp_render_program.py")
_MEMORY = 2048 << 20
_OUTPUT = 256 << 20
_LIBC = ctypes.CDLL(None)


class PageCount:
    """The number of pages, counted by a process of its own while others read."""

    def __init__(self, path: str) -> None:
        self._process = _start(["count", path])

    def finish(self, seconds: float = 10) -> int:
        """Pages; 0 where the program failed or took too long."""
        try:
            output, _ = self._process.communicate(timeout=seconds)
            return max(0, int(json.loads(output)["pages"]))
        except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
            return 0
        finally:
            self.stop()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def as_hwpx(path: str, seconds: float = 20) -> bytes:
    """rhwp's reading of the file as HWPX: a spare second opinion where one of the two readers cannot read it."""
    return _run(["hwpx", path], seconds)


def warm() -> None:
    """Loads what drawing needs, before a process that draws forks its first child. Looks at no file."""
    with suppress(SystemExit, ImportError, OSError):  # not installed: a child will find that out and draw nothing
        hwp_render_program.load()


def render_page_here(path: str, number: int) -> bytes:
    """One page (from 1) as PNG at 144 dpi, drawn in this very process, which may die of it: for a forked child that has
    nothing else to do.

    Starting Python for one page takes longer than drawing it. The document is never closed: that has been seen to hang.
    """
    document = hwp_render_program.open_document(path)
    _open.append(document)
    return hwp_render_program.page_png(document, path, number)


_open: list[object] = []


@dataclass(frozen=True)
class Drawing:
    """What stands where on the drawn pages."""

    cells: dict[CellKey, Spot]
    picture: Spot | None  # the largest picture of the first page


def drawing(path: str, tables: Sequence[Table], seconds: float = 60) -> Drawing:
    """Page and box of every cell that could be found, and of the first page's picture; none where it is not drawn."""
    try:
        drawn = json.loads(_run(["cells", path], seconds) or b"{}")
        return Drawing(places(drawn, tables), largest_picture(drawn))
    except (ValueError, TypeError, IndexError, AttributeError):
        return Drawing({}, None)


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", str(_PROGRAM), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Forms name fonts that few machines have. Only told the language does fontconfig offer one with Hangul in its
        # place; else pages show figures and no word.
        env={**os.environ, "FC_LANG": "ko"},
        preexec_fn=_limits,
    )


def _run(arguments: list[str], seconds: float) -> bytes:
    process = _start(arguments)
    try:
        output, _ = process.communicate(timeout=seconds)
        return output if process.returncode == 0 and len(output) <= _OUTPUT else b""
    except subprocess.TimeoutExpired:
        return b""
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _limits() -> None:
    _LIBC.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    for what, limit in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, 60), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (value, value))
