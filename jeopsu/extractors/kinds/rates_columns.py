"""Which column of a rates form is which, by the words over it: what is a share, what is a number of projects, whose.

A leaf's own words come first, then those of the merged cells over it: "계" under "본 과제" is this project's rate,
under "동시수행 과제 수" all projects, under "인건비계상률" the sum of rates. Money and days stand between at times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Sheet, compact
from jeopsu.extractors.kinds.rates_figures import number_in
from jeopsu.extractors.kinds.reading import Reader
from jeopsu.extractors.kinds.tables import inks_in, inset, letters, row_part
from jeopsu.extractors.pages import FigureCell

# What the heading of a column says, most telling first.
COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("total", re.compile(r"합계|총계|누계|\(?A\+B\)?|총계상률|총참여율|총인건비계상률|전체참여율|전체계상률")),
    ("other", re.compile(r"타과|타국가|\(B\)|기타과제|다른과제|수행중인과제|기존과제|기존수행")),
    ("rate", re.compile(r"본과|\(A\)|이과제|당해과제|해당과제|신청과제|금번과제")),
    ("lead", re.compile(r"[책채]임[자지]|연구책임|책임")),
    (
        "projects",
        re.compile(
            r"참[여어]자|참여과제수|과제수|참여(?!율|률|기간|구분|개월|시작|종료|인력|여부|형태)|전체.*(?:동시수행|본과제포함)"
        ),
    ),
)
_SHARES, _COUNTS = ("total", "other", "rate"), ("lead", "projects")
# Columns of other things: of money, days, words.
_OTHER_THING = re.compile(
    r"천원|만원|\(원\)|급여|연봉|보수|금액|인건비(?!계상|참여|의)|기간|개월|월수|시작|종료|생년|일자|번호|구분|여부|직위|"
    r"직급|학위|나이|경력|연차|현금|현물"
)
_COUNT = re.compile(r"과제(?:의)?(?:개)?수|동시수행|건수|개수|\(건\)|수행현황|과제포함")
_SHARE = re.compile(r"계상[률율]|참여[률율]|[%％]")
_SUM = re.compile(r"(?:(?:소계|합계|총계|누계|계|합)(?:\([%％]\)|[%％])?)+")
_ALL = re.compile(r"전체|총|합계|소계|^계(?:\(건\))?$")
# A heading that counts the other projects only; forms of the call count this one, too ("본 과제 포함").
_WITHOUT_THIS = re.compile(
    r"과제(?:는|를|은)?(?:제외|미포함|불포함|빼)|타과제수|다른과제수|기타과제수|기존과제수|"
    r"(?:수행|참여|진행)중인?(?:국가)?(?:연구개발)?과제(?:의)?(?:개)?수"
)
_WITH_THIS = re.compile(r"(?<![미불])포함")


def kind_of(leaf: str, group: str) -> str:
    """What the figures under a heading are: a name of `COLUMNS`; "all" for projects of every role, "sum?" for a sum of
    something, "" for nothing of ours. `group`: the words of the merged cells over it."""
    if _OTHER_THING.search(leaf):
        return ""
    counts = _COUNT.search(leaf) or (_COUNT.search(group) and not _SHARE.search(group))  # not the form's own title
    if counts and not _SHARE.search(leaf):
        return _count_of(leaf, group)
    if _SUM.fullmatch(leaf):
        part = next((name for name, words in COLUMNS[1:3] if words.search(group)), None)
        whole = _SHARE.search(group) or COLUMNS[0][1].search(leaf)
        return part or ("total" if whole else "sum?")
    for words in (leaf, group + leaf):
        for name, pattern in COLUMNS:
            if pattern.search(words) and not (name in _COUNTS and _SHARE.search(group + leaf)):
                return name
    return ""


def _count_of(leaf: str, group: str) -> str:
    lead, some = COLUMNS[3][1].search(leaf), COLUMNS[4][1].search(leaf)
    if _ALL.search(leaf):
        return "all"
    if some and re.search(r"[(/·](?:연구)?책임자?(?:로서)?\)?", leaf):
        return ""  # "참여과제 수(책임)": two figures in a cell
    return "lead" if lead else "projects" if some or (not group and _COUNT.search(leaf)) else ""


def columns_of(reader: Reader, sheet: Sheet, head: Box, rows: Sequence[Box]) -> dict[str, Box]:
    """What each column right of the names is: its name → its cell in the first row."""
    found: dict[str, Box] = {}
    twice: set[str] = set()
    for cell in _right_of(sheet, rows[0]):
        leaf, group = _heading(reader, sheet, cell, head.top, rows[0].top)
        name = kind_of(leaf, group)
        if name in found and name != "projects":
            twice.add(name)
        elif name:
            found[name] = cell
    if "all" in found:
        found["projects"] = found.pop("all")  # beside those of one role
    if not sheet.scanned:
        for name in twice & set(_SHARES):
            del found[name]  # by two years, say: which of them counts, nobody said
    unsure = found.pop("sum?", None)
    if unsure is not None and "total" not in found and not sheet.scanned and _makes_up(sheet, rows, found, unsure):
        found["total"] = unsure
    if sheet.scanned and not {"rate", "other", "total"} <= set(found):
        found |= _by_sums(reader, sheet, rows)
    return found


def others_only(sheet: Sheet, top: float, rows: Sequence[Box], columns: dict[str, Box]) -> bool:
    """Whether the headings over the numbers of projects say that this one is left out."""
    counted = [columns[name] for name in _COUNTS if name in columns]
    if not counted or not rows or rows[0].top <= top:
        return False
    left, right = min(c.left for c in counted), max(c.right for c in counted)
    words = compact(letters(inks_in(sheet, Box(left=left, top=top, right=right, bottom=rows[0].top))))
    without = _WITHOUT_THIS.search(words)
    return bool(without) and ("제외" in words or not _WITH_THIS.search(words))


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


def _makes_up(sheet: Sheet, rows: Sequence[Box], found: dict[str, Box], whole: Box) -> bool:
    """Whether a column is the sum of this project's and the others' rates in every row."""
    if not {"rate", "other"} <= set(found):
        return False
    columns = (found["rate"], found["other"], whole)
    table = [[number_in(letters(inks_in(sheet, row_part(row, c)))) for c in columns] for row in rows]
    full = [(a, b, c) for a, b, c in table if a is not None and b is not None and c is not None]
    return len(full) >= 2 and all(a + b == c for a, b, c in full) and any(b for _, b, _ in full)


def _by_sums(reader: Reader, sheet: Sheet, rows: Sequence[Box]) -> dict[str, Box]:
    """Where headings are unread: three neighbouring columns of which the third is the others' sum in every row."""
    first = _right_of(sheet, rows[0])
    boxes = [sheet.shown(inset(row_part(row, column))) for row in rows for column in first]
    read = [number_in(_own(figure)) for figure in reader.source.figures(sheet.number, boxes)]
    table = [read[start : start + len(first)] for start in range(0, len(read), len(first))]
    for place in range(len(first) - 2):
        parts = [row[place : place + 3] for row in table]
        whole: list[tuple[Decimal, Decimal, Decimal]] = [
            (a, b, c) for a, b, c in parts if a is not None and b is not None and c is not None
        ]
        adds = len(whole) >= max(2, 0.7 * len(rows)) and all(a + b == c for a, b, c in whole)
        if adds and any(b for _, b, _ in whole) and any(a for a, _, _ in whole):
            return {"rate": first[place], "other": first[place + 1], "total": first[place + 2]}
    return {}


def _own(figure: FigureCell) -> str:
    return next((r.text for r in figure.readings if r.engine == "ppocr"), "")


def _heading(reader: Reader, sheet: Sheet, column: Box, top: float, bottom: float) -> tuple[str, str]:
    """The words of the lowest heading cell over a column, and those of the cells over it; on a scan the lowest is read
    by itself as well."""
    middle = column.centre[0]
    lowest = sheet.canvas.cell_around(middle, bottom - 4)
    if lowest is None:
        band = Box(left=column.left, top=max(0.0, bottom - 40), right=column.right, bottom=bottom)
        return compact(letters(inks_in(sheet, band))), ""
    words = compact(letters(inks_in(sheet, lowest)))
    over = list(_above(sheet, middle, lowest, top))
    group = "".join(compact(letters(inks_in(sheet, cell))) for cell in reversed(over))
    if sheet.scanned:
        words += _read_alone(reader, sheet, lowest)
        if over and not kind_of(words, group):
            group += _read_alone(reader, sheet, over[0])
    return words, group


def _above(sheet: Sheet, x: float, cell: Box, top: float) -> Iterator[Box]:
    """The heading's cells over its lowest one."""
    while cell.top > top + 4:
        above = sheet.canvas.cell_around(x, cell.top - 4)
        if above is None or above.top < top - 6 or above.top >= cell.top:
            return
        yield above
        cell = above


def _read_alone(reader: Reader, sheet: Sheet, cell: Box) -> str:
    (read,) = reader.source.figures(sheet.number, [sheet.shown(inset(cell))])
    return "".join(compact(r.text) for r in read.readings)
