"""신청자격 적정성 확인서: the ratios that the applicant worked out himself (부채비율, 유동비율) by fiscal year.

Two layouts: years across ("구분 ▏2021년 ▏2022년", "부채비율 / 유동비율" ▏"85.1 / 183.8") and years down. They are a
witness of the statements that shares nothing with their reading (validators/rules/ratios.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeVar

from jeopsu.domain.fields import FieldValue
from jeopsu.extractors.kinds.layout import Cell, Grid, Ink, Sheet
from jeopsu.extractors.kinds.reading import SECOND, TWO_READINGS, WEAKEST, Reader
from jeopsu.extractors.kinds.tables import inset, letters

T = TypeVar("T")
_NAMES = {"부채비율": "declared.debt_ratio", "유동비율": "declared.current_ratio"}
_NAME = re.compile("|".join(_NAMES))
# A heading is these words and nothing else: an item of the check list says 부채비율이 연속 500% 이상.
_HEAD = re.compile(r"(?:(?:부채비율|유동비율)(?:\(%\)|%)?[/,·및]?)+(?:\(%\)|\(단위:?%\))?")
_YEAR = re.compile(r"(?:FY)?((?:19|20)\d\d)(?:년|년도|년말|년도말|회계연도)?")
_FIGURE = re.compile(r"\d{1,3}(?:,?\d{3})*(?:\.\d{1,4})?")
_FIGURES = re.compile(rf"{_FIGURE.pattern}%?(?:/{_FIGURE.pattern}%?)*")


def read_ratios(reader: Reader) -> list[FieldValue]:
    """declared.debt_ratio and declared.current_ratio (percent) with their years. On a scan two engines must agree."""
    return [field for sheet in reader.sheets for grid in sheet.grids for field in _of(reader, sheet, grid)]


def _of(reader: Reader, sheet: Sheet, grid: Grid) -> Iterator[FieldValue]:
    names = {(c.row, c.column): _NAME.findall(text) for c in grid.cells if _HEAD.fullmatch(text := letters(c.inks))}
    years = {(c.row, c.column): int(m[1]) for c in grid.cells if (m := _YEAR.fullmatch(letters(c.inks)))}
    if not names or not years:
        return
    for cell in grid.cells:
        text = letters(cell.inks)
        if not _FIGURES.fullmatch(text) or (cell.row, cell.column) in years:
            continue
        called = _head(names, cell, across=False) or _head(names, cell, across=True)
        year = _head(years, cell, across=True) or _head(years, cell, across=False)
        found = _FIGURE.findall(text)
        if called is None or year is None or len(called) != len(found):
            continue
        sure, note = _agreed(reader, sheet, cell, found)
        for name, printed in zip(called, found, strict=True):
            inks = _inks(cell, printed)
            value = Decimal(printed.replace(",", ""))
            made = reader.made(_NAMES[name], value, sheet, inks, sure, note)
            yield made.model_copy(update={"year": year})


def _head(heads: dict[tuple[int, int], T], cell: Cell, *, across: bool) -> T | None:
    """The nearest heading over a cell (`across`), or left of it."""
    if across:
        over = [at for at in heads if at[1] == cell.column and at[0] < cell.row]
        return heads[max(over)] if over else None
    beside = [at for at in heads if at[0] == cell.row and at[1] < cell.column]
    return heads[max(beside, key=lambda at: at[1])] if beside else None


def _agreed(reader: Reader, sheet: Sheet, cell: Cell, found: list[str]) -> tuple[bool, str]:
    if not sheet.scanned:
        return True, ""
    (read,) = reader.source.figures(sheet.number, [sheet.shown(inset(cell.box))])
    for reading in read.readings:
        if reading.engine == SECOND and reading.weakest >= WEAKEST:
            return (True, "") if _FIGURE.findall("".join(reading.text.split())) == found else (False, TWO_READINGS)
    return False, TWO_READINGS


def _inks(cell: Cell, printed: str) -> tuple[Ink, ...]:
    own = tuple(ink for ink in cell.inks if printed in ink.text)
    return own or cell.inks
