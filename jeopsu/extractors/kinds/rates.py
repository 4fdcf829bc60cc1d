"""인건비계상률 및 참여과제 수 확인서: one row a participant, columns 본 과제, 타 과제, 합계 (%), and projects as lead and in all.

Columns are known by what stands above them, merged headings included. On a scan the row proves itself: 본 과제 + 타
과제 = 합계.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue, Reading
from jeopsu.domain.geometry import Box
from jeopsu.domain.values import share
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.consent import NAME_HEADS
from jeopsu.extractors.kinds.forms import Found, Label
from jeopsu.extractors.kinds.layout import Sheet, compact, union
from jeopsu.extractors.kinds.reading import NOT_WELL_FORMED, TWO_READINGS, KindReading, Reader
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.subjects import subject_on_form
from jeopsu.extractors.kinds.tables import column_cells, inks_in, letters, row_part
from jeopsu.extractors.pages import FigureCell

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
# What the heading of a column says, most telling first. Headings are read from bottom to top of the merged cells.
COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("total", re.compile(r"합계|총계|\(A\+B\)|총계상률|총참여율|총인건비계상률")),
    ("other", re.compile(r"타과제|\(B\)|기타과제|다른과제|수행중인과제의")),
    ("rate", re.compile(r"본과제|\(A\)|이과제|당해과제|해당과제|신청과제|금번과제")),
    ("lead", re.compile(r"책임자|연구책임|책임")),
    ("projects", re.compile(r"참여자|참여과제수|과제수|참여")),
)
FIELDS = {
    "rate": "participant.rate",
    "total": "participant.rate_total",
    "projects": "participant.projects",
    "lead": "participant.projects_as_lead",
}
SUM = "본 과제와 타 과제의 합이 합계와 다름"


@dataclass(frozen=True)
class Figure:
    """One numeric cell of a row as read."""

    sheet: Sheet
    cell: Box
    value: Decimal | None
    printed: str
    sure: bool
    readings: tuple[Reading, ...]


def read_rates(reader: Reader) -> KindReading:
    """participant.name, rate, rate_total, projects, projects_as_lead by row; sign-offs of the organisations."""
    reader.stops = STOPS
    fields: list[FieldValue] = []
    index = 0
    for sheet in reader.sheets:
        for row in _rows(reader, sheet):
            fields += [field.model_copy(update={"index": index}) for field in row]
            index += 1
    fields += read_signoffs(reader)
    return KindReading(fields=tuple(fields), subject=subject_on_form(reader))


def _rows(reader: Reader, sheet: Sheet) -> list[list[FieldValue]]:
    form = reader.form(sheet)
    for head in form.labels(NAMES):
        cells = column_cells(sheet, head.box)
        if not cells:
            continue
        columns = _columns(sheet, head.box, cells[0])
        if "rate" in columns or "total" in columns:
            return [row for row in (_row(reader, sheet, cell, columns) for cell in cells) if row]
    return []


def _columns(sheet: Sheet, head: Box, first: Box) -> dict[str, Box]:
    """What each column of the first row below the headings is: name → its cell in that row."""
    top = _table_top(sheet, head)
    found: dict[str, Box] = {}
    x, y = first.right, first.centre[1]
    while x < sheet.width:
        cell = sheet.canvas.cell_around(x + 6, y)
        if cell is None or cell.right <= x + 4:
            break
        heading = _heading(sheet, cell, top, first.top)
        for name, words in COLUMNS:
            if name not in found and words.search(heading):
                found[name] = cell
                break
        x = cell.right
    return found


def _table_top(sheet: Sheet, head: Box) -> float:
    cell = sheet.canvas.cell_around(*head.centre)
    return cell.top - 1 if cell else head.top - 20


def _heading(sheet: Sheet, column: Box, top: float, bottom: float) -> str:
    """The words of the lowest heading cell over a column; of the one above it where that says nothing."""
    middle = column.centre[0]
    lowest = sheet.canvas.cell_around(middle, bottom - 4)
    if lowest is None:
        band = Box(left=column.left, top=top, right=column.right, bottom=max(top, bottom))
        return compact(letters(inks_in(sheet, band)))
    return compact(letters(inks_in(sheet, lowest)))


def _row(reader: Reader, sheet: Sheet, name_cell: Box, columns: dict[str, Box]) -> list[FieldValue]:
    inks = inks_in(sheet, name_cell)
    if not inks:
        return []
    name = names.person(letters(inks))
    label = Label(0, 0, 0, "성명", 0, "", inks[0].box)
    fields = [reader.name_field("participant.name", Found(sheet, tuple(inks), label, cell=True), name)]
    figures = _figures(reader, sheet, name_cell, columns)
    fits = _adds_up(figures)
    for column, field_name in FIELDS.items():
        figure = figures.get(column)
        if figure is None:
            continue
        fields.append(_field(reader, field_name, figure, fits if column in ("rate", "total") else None))
    return fields


def _figures(reader: Reader, sheet: Sheet, row: Box, columns: dict[str, Box]) -> dict[str, Figure]:
    cells = {name: row_part(row, column) for name, column in columns.items()}
    if not sheet.scanned:
        return {name: _digital(sheet, cell) for name, cell in cells.items()}
    boxes = [sheet.shown(_inset(cell)) for cell in cells.values()]
    read = reader.source.figures(sheet.number, boxes)
    return {name: _scanned(sheet, cell, figure) for (name, cell), figure in zip(cells.items(), read, strict=True)}


def _inset(cell: Box) -> Box:
    return Box(left=cell.left + 1.5, top=cell.top + 1.5, right=cell.right - 1.5, bottom=cell.bottom - 1.5)


def _digital(sheet: Sheet, cell: Box) -> Figure:
    inks = inks_in(sheet, cell)
    printed = letters(inks)
    return Figure(sheet, union(inks) if inks else cell, _number(printed), printed, True, ())


def _scanned(sheet: Sheet, cell: Box, figure: FigureCell) -> Figure:
    """Sure where both engines read the same number and no ink runs over the edge."""
    readings = tuple(Reading(engine=r.engine, text=r.text, confidence=r.weakest) for r in figure.readings)
    own = next((r for r in figure.readings if r.engine == "ppocr"), None)
    printed = own.text if own else ""
    value = _number(printed)
    others = [_number(r.text) for r in figure.readings if r is not own]
    sure = own is not None and value is not None and own.weakest >= 0.5 and value in others and not figure.touches_edge
    return Figure(sheet, sheet.shown(cell), value, printed, sure, readings)


def _number(text: str) -> Decimal | None:
    plain = compact(text).removesuffix("건").removesuffix("개")
    return share.parse(plain) if plain else None


def _adds_up(figures: dict[str, Figure]) -> bool | None:
    """Whether 본 과제 + 타 과제 = 합계; None where one is not read."""
    parts = [figures.get(name) for name in ("rate", "other", "total")]
    values = [part.value for part in parts if part is not None and part.value is not None]
    return values[0] + values[1] == values[2] if len(values) == 3 else None


def _field(reader: Reader, name: str, figure: Figure, adds_up: bool | None) -> FieldValue:
    """A figure of a row. The row's own sum confirms a scan's rates; a sum that fails on a scan makes them doubtful."""
    scanned = figure.sheet.scanned
    value = figure.value
    if value is not None and name in ("participant.projects", "participant.projects_as_lead"):
        value = int(value) if value == int(value) else None
    sure = figure.sure if not scanned or adds_up is None else adds_up
    if value is None:
        sure, note = False, NOT_WELL_FORMED
    elif scanned and not sure:
        note = TWO_READINGS if adds_up is None else SUM
    else:
        note = SUM if adds_up is False else ""
    return FieldValue(
        name=name,
        value=value,
        printed=figure.printed,
        status=FieldStatus.CONFIRMED if sure else FieldStatus.UNCERTAIN,
        confidence=min([r.confidence or 0.0 for r in figure.readings if r.engine == "ppocr"], default=1.0),
        evidence=Region(file=reader.request.name, page=figure.sheet.number, box=figure.cell),
        how="ocr" if scanned else "digital",
        readings=figure.readings,
        note=note,
    )
