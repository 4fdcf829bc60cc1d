"""Rows of a check list in which nothing stands: an item that nobody answered must not be passed over.

Where a form prints no boxes and the answer is a mark written under 해당 or 해당없음, an unanswered row has no mark by
which it could be found. The ruled table tells: each row of the choices' column is an item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet
from jeopsu.extractors.kinds.tables import column_cells, inks_in

_HANGUL = re.compile(r"[가-힣]")
_NUMBER = re.compile(r"\d{1,2}[.)]?")
_TALLEST = 160.0  # points of one ruled row
_ASIDE = 7.0  # points that a number's middle may stand off its row's boxes


def empty_rows(
    sheet: Sheet, choices: Sequence[tuple[str, Box]], marked: Sequence[Line]
) -> list[tuple[list[Ink], list[Ink]]]:
    """Of a text layer: (words of the item, ink in its choices' cells) of each row under the choices in which no mark
    stands. `choices`: the headings; `marked`: lines that have marks."""
    if not choices:
        return []
    found = []
    first = choices[0][1]
    right = max(box.right for _, box in choices)
    for cell in column_cells(sheet, first):
        if any(cell.top < line.box.centre[1] < cell.bottom for line in marked):
            continue
        inside = Box(left=cell.left, top=cell.top, right=max(cell.right, right), bottom=cell.bottom)
        beside = [i for i in sheet.inks if cell.top < i.box.centre[1] < cell.bottom and i.box.right <= cell.left + 2]
        if sum(bool(_HANGUL.search(ink.text)) for ink in beside) >= 2:
            found.append((beside, inks_in(sheet, inside)))
    return found


def numbered(sheet: Sheet, areas: Sequence[Box]) -> int:
    """How many items the running numbers left of some rows promise: n where 1 … n can be read, one of them at most
    lost; 0 where the rows are not numbered. Numbers of sections over their questions, and of a table elsewhere on the
    page, promise nothing: half of the areas at least must stand in rows that the numbers begin."""
    if not areas:
        return 0
    left = min(area.left for area in areas)
    top = min(area.top for area in areas) - 6
    seen: dict[float, list[Ink]] = {}
    for ink in sheet.inks:
        if ink.box.top > top and ink.box.right < left and _NUMBER.fullmatch(ink.text):
            seen.setdefault(round(ink.box.centre[0] / 12), []).append(ink)
    most = 0
    for column in seen.values():
        numbers = {int(re.sub(r"\D", "", ink.text)) for ink in column}
        for last in sorted(numbers):
            if last >= 2 and last > most and len(numbers & set(range(1, last + 1))) >= last - 1:
                most = last if _begin_rows(sheet, column, areas) else most
    return most


def _begin_rows(sheet: Sheet, numbers: Sequence[Ink], areas: Sequence[Box]) -> bool:
    """Whether half of the areas at least stand beside a number: in its ruled row, or on its line."""
    rows = []
    for ink in numbers:
        cell = sheet.canvas.cell_around(*ink.box.centre)
        alone = cell and cell.height < _TALLEST and sum(cell.contains(*n.box.centre) for n in numbers) == 1
        middle = ink.box.centre[1]
        rows.append((cell.top, cell.bottom) if cell and alone else (middle - _ASIDE, middle + _ASIDE))
    beside = sum(any(top <= area.centre[1] <= bottom for top, bottom in rows) for area in areas)
    return 2 * beside >= len(areas)
