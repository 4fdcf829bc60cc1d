"""Tables read by their ruled lines: the column under a heading, cell by cell.

The reader's own tables (`Sheet.grids`) serve labels and values; lists of people are walked rule by rule, because an
empty cell says as much here as a full one, and it must be surely found.
"""

from __future__ import annotations

from collections.abc import Sequence

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Ink, Sheet, rows_of


def column_cells(sheet: Sheet, heading: Box, most: int = 80) -> tuple[Box, ...]:
    """The ruled cells below a heading, top to bottom, the heading's own left out. Empty where it stands in no cell."""
    head = sheet.canvas.cell_around(*heading.centre)
    if head is None:
        return ()
    x = (head.left + head.right) / 2
    cells: list[Box] = []
    top = head.bottom
    while len(cells) < most:
        cell = next_cell(sheet, x, top)
        if cell is None or abs(cell.left - head.left) > 6 or abs(cell.right - head.right) > 6:
            break
        cells.append(cell)
        top = cell.bottom
    return tuple(cells)


def next_cell(sheet: Sheet, x: float, top: float) -> Box | None:
    """The cell just under a rule at `top`."""
    for step in (4.0, 6.0, 9.0):
        cell = sheet.canvas.cell_around(x, top + step)
        if cell is not None and cell.height < 160 and abs(cell.top - top) < step + 3:
            return cell
    return None


def inks_in(sheet: Sheet, box: Box, margin: float = 1.5) -> list[Ink]:
    """Words whose middle lies in a box, in reading order."""
    inside = [ink for ink in sheet.inks if box.contains(*ink.box.centre, margin=margin)]
    return [ink for line in rows_of(inside) for ink in line]


def row_part(row: Box, column: Box) -> Box:
    """Where a row and a column cross."""
    return Box(left=column.left, top=row.top, right=column.right, bottom=row.bottom)


def letters(inks: Sequence[Ink]) -> str:
    return "".join("".join(ink.text.split()) for ink in inks)
