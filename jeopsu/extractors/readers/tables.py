"""Tables of one upright page: the grid of its rules, completed by its words; every word in one cell at most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jeopsu.domain.documents import Cell, Table, Word
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.readers.columns import Columns, figure_columns, figure_lines, is_amount, is_figure, lines_of
from jeopsu.extractors.readers.grid import Grid, GridCell, Rule
from jeopsu.extractors.readers.ink_lines import Ink, row_cuts

_MOST_LABELS = 4  # lines without a figure that may stand between two lines with one
_HEADING_REACH = 75.0  # points above the first figures in which a heading's rule may stand


def build_tables(
    grids: Sequence[Grid], rules: Sequence[Rule], words: Sequence[Word], ink: Ink | None = None
) -> tuple[Table, ...]:
    """Ruled tables with their words, then what the remaining words say of tables with rules across or none.
    `ink`: the page's print, where its words may be incomplete (OCR)."""
    left = list(words)
    tables: list[Table] = []
    # Inner tables first: a word belongs to the smallest table around it.
    for grid in sorted(grids, key=lambda g: g.box.width * g.box.height):
        inside = [w for w in left if grid.box.contains(*w.box.centre)]
        if not inside:
            continue
        if grid.open_columns:
            continue
        tables.append(_ruled(grid, inside, ink))
        taken = {id(w) for w in inside}
        left = [w for w in left if id(w) not in taken]
    for block in _blocks(left, rules):
        table = _by_columns(block, around([w.box for w in block]))
        if table is not None:
            tables.append(table)
    return tuple(sorted(tables, key=lambda t: (t.box.top, t.box.left) if t.box else (0.0, 0.0)))


def cells_of(grid: Grid, ink: Ink) -> list[GridCell]:
    """A scanned grid's cells, rows that no rule parts cut at its lines of ink; nothing is read for it."""
    filled, _ = _split_rows([(cell, []) for cell in grid.cells], len(grid.ys) - 1, ink)
    return [cell for cell, _ in filled]


def text_of(words: Sequence[Word]) -> str:
    """Words of a cell in reading order, lines parted by a line break."""
    return "\n".join(" ".join(w.text for w in line) for line in lines_of(words))


def _ruled(grid: Grid, words: Sequence[Word], ink: Ink | None) -> Table:
    held: dict[int, list[Word]] = {n: [] for n in range(len(grid.cells))}
    for word in words:
        x, y = word.box.centre
        for number, cell in enumerate(grid.cells):
            if cell.box.contains(x, y):
                held[number].append(word)
                break
    filled = [(cell, held[number]) for number, cell in enumerate(grid.cells)]
    filled, rows = _split_rows(filled, len(grid.ys) - 1, ink)
    return Table(rows=rows, columns=len(grid.xs) - 1, cells=_cells(filled), box=grid.box, ruled=True)


def _cells(filled: Sequence[tuple[GridCell, list[Word]]]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            row=c.row,
            column=c.column,
            row_span=c.row_span,
            column_span=c.column_span,
            text=text_of(words),
            box=c.box,
            words=tuple(w for line in lines_of(words) for w in line),
        )
        for c, words in sorted(filled, key=lambda f: (f[0].row, f[0].column))
    )


Filled = list[tuple[GridCell, list[Word]]]


def _split_rows(filled: Filled, rows: int, ink: Ink | None) -> tuple[Filled, int]:
    """A grid row whose cells hold several lines of figures was ruled only around: it becomes one row a line."""
    shift = 0
    result: Filled = []
    cuts_of: dict[int, list[float]] = {}
    for row in range(rows):
        single = [(c, w) for c, w in filled if c.row == row and c.row_span == 1]
        cuts_of[row] = row_cuts([c.box for c, _ in single], ink) if ink and _may_be_figures(single) else []
        cuts_of[row] = cuts_of[row] or _cuts(single)
    new_number: dict[int, int] = {}
    for row in range(rows):
        new_number[row] = row + shift
        shift += len(cuts_of[row])
    new_number[rows] = rows + shift
    for cell, words in filled:
        cuts = cuts_of[cell.row] if cell.row_span == 1 else []
        if not cuts:
            span = new_number[cell.row + cell.row_span] - new_number[cell.row]
            result.append((GridCell(new_number[cell.row], cell.column, span, cell.column_span, cell.box), words))
            continue
        edges = [cell.box.top, *cuts, cell.box.bottom]
        for number, (top, bottom) in enumerate(pairwise(edges)):
            box = Box(left=cell.box.left, top=top, right=cell.box.right, bottom=max(top, bottom))
            last = number == len(edges) - 2
            mine = [w for w in words if top <= w.box.centre[1] and (w.box.centre[1] < bottom or last)]
            result.append((GridCell(new_number[cell.row] + number, cell.column, 1, cell.column_span, box), mine))
    return result, rows + shift


def _may_be_figures(cells: Filled) -> bool:
    """Whether what was read right of the labels speaks for rows of figures; nothing read speaks not against it."""
    words = [w for cell, held in cells if cell.column for w in held]
    return sum(is_figure(w.text) or sum(c.isdigit() for c in w.text) >= 3 for w in words) >= 0.4 * len(words)


def _cuts(cells: Filled) -> list[float]:
    """Where a row must be cut: between the lines of its figures. Nothing where no cell holds two lines of figures."""
    words = [w for _, held in cells for w in held]
    if len(words) < 4:
        return []
    # Two cells with lines at least: one alone is a label, or a figure too long for its cell, that was wrapped.
    stacked = [len(lines_of(held)) for _, held in cells if held]
    figures = [sum(1 for line in lines_of(held) if all(is_figure(w.text) for w in line)) for _, held in cells if held]
    if sum(1 for number in stacked if number >= 2) < 2 or max(figures, default=0) < 2:
        return []
    lines = lines_of(words)
    return _between(lines)


def _between(lines: Sequence[Sequence[Word]]) -> list[float]:
    spans = [around([w.box for w in line]) for line in lines]
    return [(a.centre[1] + a.height / 2 + b.centre[1] - b.height / 2) / 2 for a, b in pairwise(spans)]


def _by_columns(words: Sequence[Word], box: Box) -> Table | None:
    """A table whose columns only its words show."""
    lines = lines_of(words)
    numbers = figure_lines(lines)
    if len(numbers) < 2:
        return None
    columns = figure_columns([lines[n] for n in numbers], box.left, box.right)
    if columns is None or len(columns.borders) < 3:
        return None
    edges = [box.top, *_between(lines), box.bottom]
    filled: Filled = []
    for row, line in enumerate(lines):
        filled += _line_cells(row, line, columns, edges[row], edges[row + 1])
    return Table(rows=len(lines), columns=len(columns.borders) - 1, cells=_cells(filled), box=box, ruled=False)


def _line_cells(row: int, line: Sequence[Word], columns: Columns, top: float, bottom: float) -> Filled:
    held: list[list[Word]] = [[] for _ in range(len(columns.borders) - 1)]
    for word in line:
        # Figures belong where their right edge is; words where their middle is.
        x = word.box.right - min(2.0, word.box.width / 2) if is_figure(word.text) else word.box.centre[0]
        held[columns.of(x)].append(word)
    return [
        (
            GridCell(
                row,
                number,
                1,
                1,
                Box(
                    left=columns.borders[number],
                    top=min(top, bottom),
                    right=max(columns.borders[number], columns.borders[number + 1]),
                    bottom=max(top, bottom),
                ),
            ),
            words,
        )
        for number, words in enumerate(held)
    ]


def _blocks(words: Sequence[Word], rules: Sequence[Rule]) -> list[list[Word]]:
    """Runs of lines with figures, with the label-only lines between them: where a table without columns' rules may
    stand. A rule across just above takes the lines below it along: the table's headings."""
    lines = lines_of(words)
    numbers = figure_lines(lines)
    blocks: list[list[Word]] = []
    run: list[int] = []
    for number in [*numbers, 10**9]:
        if run and number - run[-1] > _MOST_LABELS:
            if sum(1 for n in run if any(is_amount(w.text) for w in lines[n])) >= 3:
                first = _headings(lines, run[0], rules, run_before=blocks)
                blocks.append([w for n in range(first, run[-1] + 1) for w in lines[n]])
            run = []
        run.append(number)
    return blocks


def _headings(lines: Sequence[Sequence[Word]], first: int, rules: Sequence[Rule], run_before: list[list[Word]]) -> int:
    """The line at which a block begins: below the highest rule within reach above its first figures."""
    top = around([w.box for w in lines[first]]).top
    taken = max((w.box.bottom for block in run_before for w in block), default=0.0)
    above = [y for _, _, y in rules if max(taken, top - _HEADING_REACH) <= y <= top]
    if not above:
        return first
    begin = first
    while begin and sum(w.box.centre[1] for w in lines[begin - 1]) / len(lines[begin - 1]) > min(above):
        begin -= 1
    return begin
