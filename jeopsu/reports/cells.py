"""Rows of a workbook as both sheets write them: framed, wrapped, ready for A4, and never a formula."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jeopsu.domain.text import Language
from jeopsu.reports import words

_LINE = Side(style="thin", color="999999")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="E8ECF2")
Value = str | int | bool | None


def head(sheet: Worksheet, labels: list[str], widths: tuple[int, ...]) -> None:
    """The table's head: repeated on every printed page, and in sight while one scrolls."""
    row(sheet, labels, _HEAD)
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.print_title_rows = f"{sheet.max_row}:{sheet.max_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.freeze_panes = f"A{sheet.max_row + 1}"


def row(sheet: Worksheet, values: Sequence[Value], fill: PatternFill | None = None) -> None:
    sheet.append([safe(v) for v in values])
    for cell in sheet[sheet.max_row]:
        cell.border = _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if isinstance(cell.value, str):
            cell.data_type = "s"  # an upload named "=cmd()" stays text
        if fill:
            cell.fill = fill


def safe(value: Value) -> Value:
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def owner(organisation: str | None, language: Language) -> str:
    """주관 or 공동; nothing for the project."""
    return words.role(organisation, language) if organisation else ""
