"""인건비계상률 및 참여과제 수 확인서: a row a participant: 본 과제, 타 과제, 합계 (%), projects as lead and in all.

Columns are known by what stands above them, merged headings included. On a scan the row proves itself: 본 과제 + 타
과제 = 합계. One table or one for each organisation, on one page or going on over several, with or without its heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.consent import NAME_HEADS
from jeopsu.extractors.kinds.examples import is_example
from jeopsu.extractors.kinds.layout import Ink, Sheet, compact
from jeopsu.extractors.kinds.rates_columns import columns_of, others_only
from jeopsu.extractors.kinds.rates_figures import SUM, Figure, adds_up, digit_heights, digital, field, scanned
from jeopsu.extractors.kinds.reading import KindReading, Reader
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.subjects import subject_on_form
from jeopsu.extractors.kinds.tables import column_cells, header_rows, inset, row_part, top_of

STOPS = (
    "과제명",
    "대표자",
    "연구책임자",
    "사업자등록번호",
    "주관연구개발기관",
    "공동연구개발기관",
    "기관명",
    "성명",
    "역할",
)
NAMES = NAME_HEADS + ("참여연구자", "참여자", "연구자명", "참여연구원")
FIELDS = {
    "rate": "participant.rate",
    "total": "participant.rate_total",
    "projects": "participant.projects",
    "lead": "participant.projects_as_lead",
}
_RATES = ("participant.rate", "participant.rate_total")
_KINDS = 5  # of columns; a table that has them all is looked for no further
OTHERS_ONLY = "이 과제를 뺀 과제 수로 보임: 더하여 볼 것"
FRACTIONS = "백분율이 아니라 비율로 적은 값이 있음"
LONELY = "표의 줄로 읽지 못한 사람"


@dataclass(frozen=True)
class _Table:
    """A list of participants: its heading of names, the names' cells, the columns by what they are."""

    head: Box
    cells: tuple[Box, ...]
    columns: dict[str, Box]
    without_this: bool = False

    @property
    def worth(self) -> tuple[int, int]:
        return len(self.columns), len(self.cells)

    def holds(self, box: Box) -> bool:
        x, y = box.centre
        own = (self.head, *self.cells)
        return any(b.top <= y <= b.bottom and b.left <= x for b in own)


def read_rates(reader: Reader) -> KindReading:
    """participant.name, rate, rate_total, projects, projects_as_lead by row; sign-offs of the organisations."""
    reader.stops = STOPS
    fields: list[FieldValue] = []
    index = 0
    before: _Table | None = None
    for sheet in reader.sheets:
        tables = _tables(reader, sheet) or _continued(sheet, before)
        rows = [row for table in tables for row in _rows(reader, sheet, table)]
        rows += [[name] for name in _others(reader, sheet, tables)]
        for row in rows:
            fields += [one.model_copy(update={"index": index}) for one in row]
            index += 1
        before = tables[-1] if tables else None
    fields += read_signoffs(reader)
    return KindReading(fields=tuple(fields), subject=subject_on_form(reader))


def _tables(reader: Reader, sheet: Sheet) -> list[_Table]:
    """The page's lists of participants, top to bottom: those whose headings name a rate of this project or a total.
    Of several headings over the same rows the one with most columns counts."""
    found: list[_Table] = []
    for head in _name_heads(reader, sheet, found):
        cells = column_cells(sheet, head)
        columns = columns_of(reader, sheet, head, cells) if cells else {}
        if "rate" not in columns and "total" not in columns:
            continue
        made = _Table(head, cells, columns, others_only(sheet, head.top, cells, columns))
        rival = next((t for t in found if t.holds(made.cells[0]) or made.holds(t.cells[0])), None)
        if rival is None:
            found.append(made)
        elif made.worth > rival.worth:
            found[found.index(rival)] = made
    return sorted(found, key=lambda table: table.head.top)


def _name_heads(reader: Reader, sheet: Sheet, found: Sequence[_Table]) -> Iterator[Box]:
    """Cells that head a column and say so: by the page's words, then, on a scan, read cell by cell.

    A role (참여연구자) stands in the rows' own cells too: what has a cell of its column above it heads nothing.
    """
    called = {compact(name) for name in NAMES}
    places = [label.box for label in reader.form(sheet).labels(NAMES)]
    if not sheet.scanned:  # a narrow cell breaks its heading into lines
        places += [cell.box for grid in sheet.grids for cell in grid.cells if compact(cell.text) in called]
    for place in places:
        cell = sheet.canvas.cell_around(*place.centre)
        if cell is None or top_of(sheet, cell) != cell:
            continue
        if not any(len(t.columns) == _KINDS and t.holds(cell) for t in found):
            yield cell
    if not sheet.scanned or any(len(t.columns) == _KINDS for t in found):
        return
    for head in header_rows(sheet):
        read = reader.source.figures(sheet.number, [sheet.shown(inset(cell)) for cell in head])
        for cell, figure in zip(head, read, strict=True):
            texts = {compact(r.text) for r in figure.readings if r.engine == "tesseract"}
            if texts & called:
                yield cell


def _continued(sheet: Sheet, before: _Table | None) -> list[_Table]:
    """The last page's list where it goes on at this page's head without its heading: columns stand as they stood."""
    if before is None:
        return []
    name = before.cells[0]
    y, first = 8.0, None
    while first is None and y < 0.4 * sheet.height:
        cell = sheet.canvas.cell_around(name.centre[0], y)
        if cell is not None and abs(cell.left - name.left) < 6 and abs(cell.right - name.right) < 6:
            first = cell
        y += 4
    if first is None:
        return []
    for column in before.columns.values():
        beside = sheet.canvas.cell_around(column.centre[0], first.centre[1])
        if beside is None or abs(beside.left - column.left) > 6 or abs(beside.right - column.right) > 6:
            return []
    cells = (first, *column_cells(sheet, first))
    return [_Table(first, cells, before.columns, before.without_this)]


def _rows(reader: Reader, sheet: Sheet, table: _Table) -> list[list[FieldValue]]:
    heights = digit_heights(sheet, table.cells, table.columns) if sheet.scanned else 0.0
    read = [(cell, _figures(reader, sheet, cell, table.columns, heights)) for cell in table.cells]
    rows = [row for cell, figures in read if (row := _row(reader, sheet, cell, figures))]
    shares = [f.value for _, one in read for name, f in one.items() if name in ("rate", "other", "total")]
    if any(value is not None and 0 < value < 1 for value in shares):
        rows = [[_doubted(f, FRACTIONS) if f.name in _RATES else f for f in row] for row in rows]
    sums = [fits for _, figures in read if (fits := adds_up(figures)) is not None]
    if not sheet.scanned and len(sums) >= 2 and sums.count(False) >= 0.5 * len(sums):
        rows = [[_doubted(f, SUM) if f.name in _RATES else f for f in row] for row in rows]
    if table.without_this:
        rows = [[_doubted(f, OTHERS_ONLY) if "projects" in f.name else f for f in row] for row in rows]
    return rows


def _doubted(value: FieldValue, why: str) -> FieldValue:
    return value.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": value.note or why})


def _row(reader: Reader, sheet: Sheet, name_cell: Box, figures: dict[str, Figure]) -> list[FieldValue]:
    if is_example(sheet, name_cell):
        return []
    name = reader.cell_name_field("participant.name", sheet, name_cell)
    if not name.printed.strip() and not any(figure.value is not None for figure in figures.values()):
        return []
    if not sheet.scanned and name.value is None and names.is_sum(name.printed):
        return []
    fits = adds_up(figures)
    made = [
        field(reader, field_name, figures[column], fits if column in ("rate", "total") else None)
        for column, field_name in FIELDS.items()
        if column in figures
    ]
    return [name, *made]


def _figures(reader: Reader, sheet: Sheet, row: Box, columns: dict[str, Box], digit_height: float) -> dict[str, Figure]:
    cells = {name: row_part(row, column) for name, column in columns.items()}
    if not sheet.scanned:
        return {name: digital(sheet, cell) for name, cell in cells.items()}
    boxes = [sheet.shown(inset(cell)) for cell in cells.values()]
    read = reader.source.figures(sheet.number, boxes)
    return {
        name: scanned(reader, sheet, cell, figure, digit_height)
        for (name, cell), figure in zip(cells.items(), read, strict=True)
    }


def _others(reader: Reader, sheet: Sheet, tables: Sequence[_Table]) -> Iterator[FieldValue]:
    """People of a text layer beside 성명 who stand in none of the lists (a card a person): they are on the form,
    whatever their rates are."""
    if sheet.scanned:
        return
    form = reader.form(sheet)
    for label in form.labels(NAME_HEADS):
        if any(table.holds(label.box) for table in tables):
            continue
        found = form.beside(label)
        inks: tuple[Ink, ...] = found.inks if found is not None else ()
        value = names.person("".join(ink.text for ink in inks))
        if value is None or is_example(sheet, inks[0].box):
            continue
        yield reader.made("participant.name", value, sheet, inks, False, LONELY)
