"""HWP pages as a person sees them: how many, pictures, the place of each table cell. Lazy: costs a process.

rhwp draws; it is never the reader of values (its tree loses text boxes). A cell is known again by its characters and
its neighbours' in reading order; where that does not work out there is no box rather than a wrong one.
"""

from __future__ import annotations

import ctypes
import difflib
import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jeopsu.domain.documents import Cell, Table
from jeopsu.domain.geometry import Box
from jeopsu.extractors.readers.hwp_body import bare
from jeopsu.extractors.readers.hwp_characters import normalised

_PROGRAM = Path(__file__).with_name("hwp_render_program.py")
_MEMORY = 2048 << 20
_OUTPUT = 256 << 20
_LIBC = ctypes.CDLL(None)
CellKey = tuple[int, int, int]  # table's anchor, row, column


@dataclass(frozen=True)
class Spot:
    """Where something stands: page (from 1) and box in points."""

    page: int
    box: Box


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


def render_hwp(path: str, seconds: float = 60) -> bytes:
    """The file as a PDF of page pictures; empty where it cannot be drawn. About 0.3 s a page."""
    output = _run(["pdf", path], seconds)
    return output if output.startswith(b"%PDF-") else b""


def as_hwpx(path: str, seconds: float = 20) -> bytes:
    """rhwp's reading of the file as HWPX: a spare second opinion where one of the two readers cannot read it."""
    return _run(["hwpx", path], seconds)


def render_page(path: str, number: int, seconds: float = 20) -> bytes:
    """One page (from 1) as PNG at 144 dpi; empty where it cannot be drawn."""
    output = _run(["png", path, str(number)], seconds)
    return output if output.startswith(b"\x89PNG") else b""


def cell_places(path: str, tables: Sequence[Table], seconds: float = 30) -> dict[CellKey, Spot]:
    """Page and box of every cell with characters that could be found on the drawn pages; empty where none can."""
    try:
        drawn = json.loads(_run(["cells", path], seconds) or b"{}").get("cells", [])
        shown = [(_key(row[5]), row) for row in drawn]
    except (ValueError, TypeError, IndexError, AttributeError):
        return {}
    shown = [(text, row) for text, row in shown if text]
    cells = [(text, key) for key, cell in _in_order(tables) if (text := _key(cell.text))]
    matcher = difflib.SequenceMatcher(
        a=_trigrams([t for t, _ in cells]), b=_trigrams([t for t, _ in shown]), autojunk=False
    )
    places: dict[CellKey, Spot] = {}
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal" and not (kind == "replace" and i2 - i1 == j2 - j1):
            continue
        for (text, key), (seen, row) in zip(cells[i1:i2], shown[j1:j2], strict=True):
            if text == seen:
                box = Box(left=row[1], top=row[2], right=max(row[1], row[3]), bottom=max(row[2], row[4]))
                places[key] = Spot(int(row[0]), box)
    return places


def _key(text: str) -> str:
    """What is compared: no blanks, and no middle dots (they are drawn as other dots)."""
    return re.sub(r"[·ㆍ‧∙・․･]", "", bare(normalised(text)))


def _trigrams(texts: list[str]) -> list[tuple[str, str, str]]:
    """Each text with its neighbours: "0" and "-" repeat, but rarely between the same two texts."""
    padded = ["", *texts, ""]
    return list(zip(padded, padded[1:], padded[2:], strict=False))


def _in_order(tables: Sequence[Table]) -> list[tuple[CellKey, Cell]]:
    """Cells as they are drawn: each before the tables inside it."""
    found: list[tuple[CellKey, Cell]] = []
    for table in tables:
        for cell in table.cells:
            found.append(((table.anchor or 0, cell.row, cell.column), cell))
            found += _in_order(cell.tables)
    return found


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
