"""Where each cell of an HWP's tables stands on the drawn pages: known again by its characters and its neighbours'.

Where that does not work out there is no box rather than a wrong one. The renderer clips most cells, so that its drawing
says where one ends; the cells of some tables (a cover over two pages, say) it draws as mere characters.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jeopsu.domain.documents import Cell, Table
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.readers.hwp_body import bare, every_table
from jeopsu.extractors.readers.hwp_characters import normalised

CellKey = tuple[int, int, int]  # table's anchor, row, column
# A table's head, drawn again on the next page, may stand between two rows; more than that is another table.
_GAP = 400


@dataclass(frozen=True)
class Spot:
    """Where something stands: page (from 1) and box in points."""

    page: int
    box: Box


@dataclass(frozen=True)
class _Drawn:
    """A cell or a character as drawn."""

    text: str
    spot: Spot


def places(drawn: dict[str, Any], tables: Sequence[Table]) -> dict[CellKey, Spot]:
    """Page and box of every cell that could be found. Raises ValueError, TypeError or IndexError on foreign data."""
    cells = _in_order(tables)
    found = _clipped(cells, [_row(row) for row in drawn.get("cells", [])])
    characters = [made for row in drawn.get("loose", []) if (made := _row(row)).text]
    stream = "".join(made.text for made in characters)
    # one entry for each character, for some are drawn as two
    spots = [made.spot for made in characters for _ in made.text]
    for table in every_table(tables):
        own = [(key, cell) for key, cell in cells if key[0] == (table.anchor or 0) and _key(cell.text)]
        if own and sum(key in found for key, _ in own) * 2 < len(own):
            found |= _in_stream(own, stream, spots)
    return found


def largest_picture(drawn: dict[str, Any]) -> Spot | None:
    """The largest picture on the first page. Raises as `places` does."""
    boxes = [Box(left=x, top=y, right=max(x, x2), bottom=max(y, y2)) for x, y, x2, y2 in drawn.get("first_page", [])]
    largest = max(boxes, key=lambda box: box.width * box.height, default=None)
    return Spot(1, largest) if largest is not None else None


def _row(row: Sequence[Any]) -> _Drawn:
    page, left, top, right, bottom, text = row
    box = Box(left=left, top=top, right=max(left, right), bottom=max(top, bottom))
    return _Drawn(_key(text), Spot(int(page), box))


def _key(text: str) -> str:
    """What is compared: no blanks, no middle dots and ticks (they are drawn as other ones, or as pictures)."""
    return re.sub(r"[·ㆍ‧∙・․･⋅√✓]", "", bare(normalised(text)))


def _in_order(tables: Sequence[Table]) -> list[tuple[CellKey, Cell]]:
    """Cells as they are drawn: each before the tables inside it."""
    found: list[tuple[CellKey, Cell]] = []
    for table in tables:
        for cell in table.cells:
            found.append(((table.anchor or 0, cell.row, cell.column), cell))
            found += _in_order(cell.tables)
    return found


def _clipped(cells: list[tuple[CellKey, Cell]], drawn: list[_Drawn]) -> dict[CellKey, Spot]:
    """Cells matched to clipped ones in reading order; empty ones by the neighbours they stand between."""
    ours = [n for n, (_, cell) in enumerate(cells) if _key(cell.text)]
    theirs = [n for n, made in enumerate(drawn) if made.text]
    texts = [_key(cells[n][1].text) for n in ours]
    matcher = difflib.SequenceMatcher(a=_trigrams(texts), b=_trigrams([drawn[n].text for n in theirs]), autojunk=False)
    pairs: list[tuple[int, int]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and i2 - i1 == j2 - j1):
            both = zip(range(i1, i2), range(j1, j2), strict=True)
            pairs += [(ours[i], theirs[j]) for i, j in both if texts[i] == drawn[theirs[j]].text]
    found = {cells[i][0]: drawn[j].spot for i, j in pairs}
    for (i1, j1), (i2, j2) in zip(pairs, pairs[1:], strict=False):
        if i2 - i1 == j2 - j1 and cells[i1][0][0] == cells[i2][0][0]:
            blanks = [(cells[i1 + n], drawn[j1 + n]) for n in range(1, i2 - i1)]
            if all(not _key(cell.text) and not made.text for (_, cell), made in blanks):
                found |= {key: made.spot for (key, _), made in blanks}
    return found


def _trigrams(texts: list[str]) -> list[tuple[str, str, str]]:
    """Each text with its neighbours: "0" and "-" repeat, but rarely between the same two texts."""
    padded = ["", *texts, ""]
    return list(zip(padded, padded[1:], padded[2:], strict=False))


def _in_stream(cells: list[tuple[CellKey, Cell]], stream: str, spots: list[Spot]) -> dict[CellKey, Spot]:
    """The cells of one table in the run of characters that the pages show, row by row."""
    rows: dict[int, list[tuple[CellKey, str]]] = {}
    for key, cell in cells:
        rows.setdefault(key[1], []).append((key, _key(cell.text)))
    lines = {row: "".join(text for _, text in line) for row, line in rows.items()}
    whole = "".join(lines.values())
    at = stream.find(whole)
    if at >= 0 and stream.count(whole) == 1:
        return _assigned([pair for line in rows.values() for pair in line], at, spots)
    found: dict[CellKey, Spot] = {}
    cursor = -1
    for row, line in rows.items():
        words = lines[row]
        place = stream.find(words, max(cursor, 0))
        if place < 0 or (cursor >= 0 and place - cursor > _GAP):
            continue
        if cursor < 0 and (len(words) < 4 or stream.count(words) > 1):
            continue  # the first row found must be one of a kind
        found |= _assigned(line, place, spots)
        cursor = place + len(words)
    return found


def _assigned(line: list[tuple[CellKey, str]], at: int, spots: list[Spot]) -> dict[CellKey, Spot]:
    found = {}
    for key, text in line:
        own = spots[at : at + len(text)]
        at += len(text)
        page = own[0].page
        found[key] = Spot(page, around([spot.box for spot in own if spot.page == page]))
    return found
