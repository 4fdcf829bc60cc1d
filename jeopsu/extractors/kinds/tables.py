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
            cell = _parted(sheet, head, top)
        if cell is None:
            break
        cells.append(cell)
        top = cell.bottom
    return tuple(cells)


def _parted(sheet: Sheet, head: Box, top: float) -> Box | None:
    """A cell in which a tall stroke of a seal or a signature was taken for a rule: both its ends are where the
    heading's are."""
    left, right = next_cell(sheet, head.left + 9, top), next_cell(sheet, head.right - 9, top)
    if left is None or right is None or abs(left.left - head.left) > 6 or abs(right.right - head.right) > 6:
        return None
    if abs(left.top - right.top) > 4 or abs(left.bottom - right.bottom) > 4:
        return None
    return Box(left=left.left, top=left.top, right=right.right, bottom=left.bottom)


def next_cell(sheet: Sheet, x: float, top: float) -> Box | None:
    """The cell just under a rule at `top`."""
    for step in (4.0, 6.0, 9.0):
        cell = sheet.canvas.cell_around(x, top + step)
        if cell is not None and cell.height < 160 and abs(cell.top - top) < step + 3:
            return cell
    return None


def goes_on(sheet: Sheet, last: Box) -> bool:
    """Whether a column's table goes on below its last cell: both its sides' rules do."""
    canvas = sheet.canvas
    _, down = canvas.rules
    top, bottom = last.bottom + 4, last.bottom + 14
    for x in (last.left, last.right):
        rows, columns = canvas.window(Box(left=max(0.0, x - 2.5), top=top, right=x + 2.5, bottom=bottom))
        part = down[rows, columns]
        if not part.size or part.any(axis=1).mean() < 0.9:
            return False
    return True


def inks_in(sheet: Sheet, box: Box, margin: float = 1.5) -> list[Ink]:
    """Words whose middle lies in a box, in reading order."""
    inside = [ink for ink in sheet.inks if box.contains(*ink.box.centre, margin=margin)]
    return [ink for line in rows_of(inside) for ink in line]


def row_part(row: Box, column: Box) -> Box:
    """Where a row and a column cross."""
    return Box(left=column.left, top=row.top, right=column.right, bottom=row.bottom)


def letters(inks: Sequence[Ink]) -> str:
    return "".join("".join(ink.text.split()) for ink in inks)


def header_rows(sheet: Sheet, most: int = 3) -> list[tuple[Box, ...]]:
    """The top rows of the page's ruled tables, found from their rows upwards: for headings that OCR did not read."""
    found: list[tuple[Box, ...]] = []
    seen: list[Box] = []
    for ink in sorted(sheet.inks, key=lambda i: -i.box.centre[1]):
        if len(found) >= most or ink.box.centre[1] < 0.2 * sheet.height:
            break
        if any(box.contains(*ink.box.centre) for box in seen):
            continue
        cell = sheet.canvas.cell_around(*ink.box.centre)
        if cell is None or cell.height > 80:
            continue
        top = top_of(sheet, cell)
        row = row_of(sheet, top)
        if not row:
            continue
        seen.append(Box(left=row[0].left, top=top.top, right=row[-1].right, bottom=cell.bottom))
        if len(row) >= 4 and top.bottom <= cell.top:
            found.append(row)
    return found


def top_of(sheet: Sheet, cell: Box) -> Box:
    """The topmost cell of a column: its heading."""
    x = cell.centre[0]
    for _ in range(80):
        above = sheet.canvas.cell_around(x, cell.top - 5)
        if above is None or abs(above.left - cell.left) > 6 or abs(above.right - cell.right) > 6 or above.height > 110:
            return cell
        cell = above
    return cell


def row_of(sheet: Sheet, cell: Box) -> tuple[Box, ...]:
    """All cells of a cell's row, left to right."""
    y = cell.centre[1]
    cells = [cell]
    while len(cells) < 30 and cells[0].left > 12:
        before = sheet.canvas.cell_around(cells[0].left - 6, y)
        if before is None or before.left >= cells[0].left - 4:
            break
        cells.insert(0, before)
    while len(cells) < 30:
        after = sheet.canvas.cell_around(cells[-1].right + 6, y)
        if after is None or after.right <= cells[-1].right + 4:
            break
        cells.append(after)
    return tuple(cells)


def inset(cell: Box, by: float = 1.5) -> Box:
    """A cell without its rules."""
    return Box(left=cell.left + by, top=cell.top + by, right=cell.right - by, bottom=cell.bottom - by)
