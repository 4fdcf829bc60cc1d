"""인건비계상률 및 참여과제 수 확인서: a row a participant: 본 과제, 타 과제, 합계 (%), projects as lead and in all.

Columns are known by what stands above them, merged headings included. On a scan the row proves itself: 본 과제 + 타
과제 = 합계.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue, Reading
from jeopsu.domain.geometry import Box
from jeopsu.domain.values import share
from jeopsu.extractors.kinds.consent import NAME_HEADS
from jeopsu.extractors.kinds.layout import Sheet, compact, union
from jeopsu.extractors.kinds.reading import NOT_WELL_FORMED, TWO_READINGS, WEAKEST, KindReading, Reader
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.strikes import STRUCK, is_cell_struck
from jeopsu.extractors.kinds.subjects import subject_on_form
from jeopsu.extractors.kinds.tables import column_cells, header_rows, inks_in, inset, letters, row_part, top_of
from jeopsu.extractors.marks.canvas import Blob
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
    ("total", re.compile(r"합계|총계|\(?A\+B\)?|총계상률|총참여율|총인건비계상률")),
    ("other", re.compile(r"타과|\(B\)|기타과제|다른과제|수행중인과제의")),
    ("rate", re.compile(r"본과|\(A\)|이과제|당해과제|해당과제|신청과제|금번과제")),
    ("lead", re.compile(r"[책채]임[자지]|연구책임|책임")),
    ("projects", re.compile(r"참[여어]자|참여과제수|과제수|참여|전체.*(?:동시수행|본과제포함)")),
)
FIELDS = {
    "rate": "participant.rate",
    "total": "participant.rate_total",
    "projects": "participant.projects",
    "lead": "participant.projects_as_lead",
}
# A nought alone in its cell, as an engine may print it; forms print a dash for it.
_ROUND = frozenset("。〇○oOㅇ-–—―−ㅡ一")
# How a lone 1 is read.
_BARS = frozenset("1IlｌㅣiL|｜丨![]")
# So sure the second engine must be of a figure that the first one did not read: chosen while looking at sample packs.
ALONE = 0.9
SUM = "본 과제와 타 과제의 합이 합계와 다름"
# A heading that counts the other projects only; forms of the call count this one, too ("본 과제 포함").
_WITHOUT_THIS = re.compile(r"과제(?:는|를|은)?(?:제외|미포함|불포함|빼)|타과제수|다른과제수|기타과제수")
OTHERS_ONLY = "이 과제를 뺀 과제 수로 보임: 더하여 볼 것"


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
    """The participants' rows under that heading of names which has the most columns and rows with it."""
    best: tuple[int, int] = (0, 0)
    top = 0.0
    cells: Sequence[Box] = ()
    columns: dict[str, Box] = {}
    for head in _name_heads(reader, sheet):
        tried = column_cells(sheet, head)
        found = _columns(reader, sheet, head, tried) if tried else {}
        if ("rate" in found or "total" in found) and (len(found), len(tried)) > best:
            best, cells, columns, top = (len(found), len(tried)), tried, found, head.top
        if best[0] == len(COLUMNS):
            break
    heights = _digit_heights(sheet, cells, columns) if sheet.scanned else 0.0
    rows = [row for row in (_row(reader, sheet, cell, columns, heights) for cell in cells) if row]
    return [[_of_others(field) for field in row] for row in rows] if _others_only(sheet, top, cells, columns) else rows


def _others_only(sheet: Sheet, top: float, rows: Sequence[Box], columns: dict[str, Box]) -> bool:
    """Whether the headings over the numbers of projects say that this one is left out."""
    counted = [columns[name] for name in ("lead", "projects") if name in columns]
    if not counted or not rows or rows[0].top <= top:
        return False
    left, right = min(c.left for c in counted), max(c.right for c in counted)
    band = Box(left=left, top=top, right=right, bottom=rows[0].top)
    return bool(_WITHOUT_THIS.search(compact(letters(inks_in(sheet, band)))))


def _of_others(field: FieldValue) -> FieldValue:
    if field.name not in ("participant.projects", "participant.projects_as_lead"):
        return field
    return field.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": OTHERS_ONLY})


def _name_heads(reader: Reader, sheet: Sheet) -> Iterator[Box]:
    """Cells that head a column and say so: by the page's words, then, on a scan, read cell by cell.

    A role (참여연구자) stands in the rows' own cells too: what has a cell of its column above it heads nothing.
    """
    for label in reader.form(sheet).labels(NAMES):
        cell = sheet.canvas.cell_around(*label.box.centre)
        if cell is not None and top_of(sheet, cell) == cell:
            yield cell
    if not sheet.scanned:
        return
    for head in header_rows(sheet):
        read = reader.source.figures(sheet.number, [sheet.shown(inset(cell)) for cell in head])
        for cell, figure in zip(head, read, strict=True):
            texts = {compact(r.text) for r in figure.readings if r.engine == "tesseract"}
            if texts & {compact(name) for name in NAMES}:
                yield cell


def _columns(reader: Reader, sheet: Sheet, head: Box, rows: Sequence[Box]) -> dict[str, Box]:
    """What each column right of the names is: its name → its cell in the first row."""
    found: dict[str, Box] = {}
    for cell in _right_of(sheet, rows[0]):
        heading = _heading(reader, sheet, cell, rows[0].top)
        name = next((name for name, words in COLUMNS if name not in found and words.search(heading)), None)
        if name:
            found[name] = cell
    if sheet.scanned and not {"rate", "other", "total"} <= set(found):
        found |= _by_sums(reader, sheet, rows)
    return found


def _right_of(sheet: Sheet, first: Box) -> list[Box]:
    """The cells of a row to the right of one."""
    cells: list[Box] = []
    x, y = first.right, first.centre[1]
    while x < sheet.width:
        cell = sheet.canvas.cell_around(x + 6, y)
        if cell is None or cell.right <= x + 4:
            break
        cells.append(cell)
        x = cell.right
    return cells


def _by_sums(reader: Reader, sheet: Sheet, rows: Sequence[Box]) -> dict[str, Box]:
    """Where headings are unread: three neighbouring columns of which the third is the others' sum in every row."""
    first = _right_of(sheet, rows[0])
    boxes = [sheet.shown(inset(row_part(row, column))) for row in rows for column in first]
    read = [_number(_own(figure)) for figure in reader.source.figures(sheet.number, boxes)]
    table = [read[start : start + len(first)] for start in range(0, len(read), len(first))]
    for place in range(len(first) - 2):
        parts = [row[place : place + 3] for row in table]
        whole = [(a, b, c) for a, b, c in parts if a is not None and b is not None and c is not None]
        adds = len(whole) >= max(2, 0.7 * len(rows)) and all(a + b == c for a, b, c in whole)
        if adds and any(b for _, b, _ in whole) and any(a for a, _, _ in whole):
            return {"rate": first[place], "other": first[place + 1], "total": first[place + 2]}
    return {}


def _own(figure: FigureCell) -> str:
    return next((r.text for r in figure.readings if r.engine == "ppocr"), "")


def _heading(reader: Reader, sheet: Sheet, column: Box, bottom: float) -> str:
    """The words of the lowest heading cell over a column; on a scan the cell is read by itself as well."""
    middle = column.centre[0]
    lowest = sheet.canvas.cell_around(middle, bottom - 4)
    if lowest is None:
        band = Box(left=column.left, top=max(0.0, bottom - 40), right=column.right, bottom=bottom)
        return compact(letters(inks_in(sheet, band)))
    words = compact(letters(inks_in(sheet, lowest)))
    if not any(pattern.search(words) for _, pattern in COLUMNS):
        # 전체, 건수: what is counted stands in the merged cell above.
        above = sheet.canvas.cell_around(middle, lowest.top - 4)
        words += compact(letters(inks_in(sheet, above))) if above else ""
    if sheet.scanned:
        words += _read_alone(reader, sheet, lowest)
        above = sheet.canvas.cell_around(middle, lowest.top - 4)
        if above is not None and not any(pattern.search(words) for _, pattern in COLUMNS):
            words += _read_alone(reader, sheet, above)
    return words


def _read_alone(reader: Reader, sheet: Sheet, cell: Box) -> str:
    (read,) = reader.source.figures(sheet.number, [sheet.shown(inset(cell))])
    return "".join(compact(r.text) for r in read.readings)


def _row(
    reader: Reader, sheet: Sheet, name_cell: Box, columns: dict[str, Box], digit_height: float
) -> list[FieldValue]:
    name = reader.cell_name_field("participant.name", sheet, name_cell)
    figures = _figures(reader, sheet, name_cell, columns, digit_height)
    if not name.printed.strip() and not any(figure.value is not None for figure in figures.values()):
        return []
    fields = [name]
    fits = _adds_up(figures)
    for column, field_name in FIELDS.items():
        figure = figures.get(column)
        if figure is None:
            continue
        fields.append(_field(reader, field_name, figure, fits if column in ("rate", "total") else None))
    return fields


def _figures(reader: Reader, sheet: Sheet, row: Box, columns: dict[str, Box], digit_height: float) -> dict[str, Figure]:
    cells = {name: row_part(row, column) for name, column in columns.items()}
    if not sheet.scanned:
        return {name: _digital(sheet, cell) for name, cell in cells.items()}
    boxes = [sheet.shown(inset(cell)) for cell in cells.values()]
    read = reader.source.figures(sheet.number, boxes)
    return {
        name: _scanned(reader, sheet, cell, figure, digit_height)
        for (name, cell), figure in zip(cells.items(), read, strict=True)
    }


def _digital(sheet: Sheet, cell: Box) -> Figure:
    inks = inks_in(sheet, cell)
    printed = letters(inks)
    return Figure(sheet, union(inks) if inks else cell, _number(printed), printed, True, ())


def _scanned(reader: Reader, sheet: Sheet, cell: Box, figure: FigureCell, digit_height: float) -> Figure:
    """Sure where no ink runs over the edge and both engines agree, or the second has no doubt and the first no figure.

    A lone 1 is a bar to both engines ("I", "|", "]"): it counts where the ink is one narrow stroke, a digit tall.
    """
    readings = tuple(Reading(engine=r.engine, text=r.text, confidence=r.weakest) for r in figure.readings)
    own = next((r for r in figure.readings if r.engine == "ppocr"), None)
    if own is None or figure.touches_edge:
        return Figure(
            sheet, sheet.shown(cell), _number(own.text) if own else None, own.text if own else "", False, readings
        )
    others = [r.text for r in figure.readings if r is not own]
    if all(compact(text) in _BARS for text in (own.text, *others) if text) and _is_a_stroke(sheet, cell, digit_height):
        return Figure(sheet, sheet.shown(cell), Decimal(1), own.text, True, readings)
    value = _number(own.text)
    seconds = [_number(text) for text in others]
    alone = own.weakest >= ALONE and all(second is None for second in seconds)
    if own.weakest >= ALONE and not alone and value not in seconds:
        # The first engine is weak at lone figures: it may read this one at another size.
        seconds += [_number(r.text) for r in reader.source.again(sheet.number, sheet.shown(inset(cell)))]
    sure = value is not None and own.weakest >= WEAKEST and (value in seconds or alone)
    return Figure(sheet, sheet.shown(cell), value, own.text, sure, readings)


def _is_a_stroke(sheet: Sheet, cell: Box, digit_height: float) -> bool:
    """Whether a cell's only ink is narrow, upright, in its middle and as tall as the table's digits."""
    blobs = _print_in(sheet, cell)
    if len(blobs) != 1 or not digit_height:
        return False
    box = blobs[0].box
    middle = abs(box.centre[0] - cell.centre[0]) < 0.25 * cell.width
    return middle and 0.8 < box.height / digit_height < 1.2 and box.width < 0.6 * box.height


def _digit_heights(sheet: Sheet, rows: Sequence[Box], columns: dict[str, Box]) -> float:
    """How tall the table's digits are: the middle one of all its figures' ink. Points; 0 where there is none."""
    heights = [
        b.box.height for row in rows for column in columns.values() for b in _print_in(sheet, row_part(row, column))
    ]
    return sorted(heights)[len(heights) // 2] if heights else 0.0


def _print_in(sheet: Sheet, cell: Box) -> list[Blob]:
    canvas = sheet.canvas
    return [blob for blob in canvas.blobs(canvas.dark, inset(cell, 2.5)) if blob.reach > 2.5]


def _number(text: str) -> Decimal | None:
    plain = compact(text).removesuffix("건").removesuffix("개")
    if plain in _ROUND:
        plain = "0"
    return share.parse(plain) if plain else None


def _adds_up(figures: dict[str, Figure]) -> bool | None:
    """Whether 본 과제 + 타 과제 = 합계; None where one is not read."""
    parts = [figures.get(name) for name in ("rate", "other", "total")]
    values = [part.value for part in parts if part is not None and part.value is not None]
    return values[0] + values[1] == values[2] if len(values) == 3 else None


def _field(reader: Reader, name: str, figure: Figure, adds_up: bool | None) -> FieldValue:
    """A figure of a row. The row's own sum confirms a scan's rates; one that fails makes them doubtful, and on a text
    layer the total alone."""
    scanned = figure.sheet.scanned
    value: int | Decimal | None = figure.value
    if value is not None and name in ("participant.projects", "participant.projects_as_lead"):
        value = int(value) if value == int(value) else None
    struck = value is not None and is_cell_struck(figure.sheet, figure.sheet.upright(figure.cell))
    if struck:
        value = None
    sure = figure.sure if not scanned or adds_up is None else adds_up
    if name == "participant.rate_total" and adds_up is False:
        sure = False  # on a text layer, too: which of the three the applicant meant nobody knows
    if value is None:
        sure, note = False, STRUCK if struck else NOT_WELL_FORMED
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
