"""사전검토표 as a workbook: findings, documents and values on a sheet each, ready to print on A4."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jeopsu.domain.findings import Outcome
from jeopsu.domain.report import Report
from jeopsu.domain.text import Language
from jeopsu.domain.values.person_name import masked
from jeopsu.reports import words
from jeopsu.reports.contract import plain

_LINE = Side(style="thin", color="999999")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="E8ECF2")
_FILLS = {
    Outcome.FAIL: PatternFill("solid", fgColor="F8D7D4"),
    Outcome.UNDETERMINED: PatternFill("solid", fgColor="D9ECF5"),
}


def write_xlsx(report: Report, path: Path, language: Language = "ko") -> None:
    """Writes the workbook to `path`."""
    ko = language == "ko"
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _findings(first, report, language)
    _files(book.create_sheet("제출서류" if ko else "Files"), report, language)
    _values(book.create_sheet("읽은 값" if ko else "Values"), report, language)
    book.save(path)


def _findings(sheet: Worksheet, report: Report, language: Language) -> None:
    ko = language == "ko"
    sheet.title = "사전검토표" if ko else "Pre-check"
    sheet.append(["사전검토표" if ko else "Pre-check"])
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.append([_safe(report.submission.title or report.submission.proposal)])
    sheet["A2"].data_type = "s"  # a title that begins with "=" is no formula
    sheet.append([words.VERDICTS[report.verdict].in_(language)])
    sheet["A3"].font = Font(bold=True)
    head = (
        ["항목", "기관", "판정", "효과", "내용", "근거"]
        if ko
        else ["Item", "Org.", "Result", "Effect", "Why", "Clause"]
    )
    _head(sheet, head, (28, 8, 11, 14, 70, 34))
    for f in report.findings:
        row = [
            f.title.in_(language),
            words.role(f.organisation, language),
            words.OUTCOMES[f.outcome].in_(language),
            words.EFFECTS[f.effect].in_(language),
            masked(f.message.in_(language)),
            f.clause.shown(),
        ]
        _row(sheet, row, _FILLS.get(f.outcome))


def _files(sheet: Worksheet, report: Report, language: Language) -> None:
    ko = language == "ko"
    head = (
        ["번호", "파일명", "기관", "쪽", "상태", "문제"] if ko else ["No", "Name", "Org.", "Pages", "State", "Problems"]
    )
    _head(sheet, head, (7, 60, 8, 7, 14, 70))
    for f in report.submission.files:
        problems = " / ".join(dict.fromkeys(p.sentence.in_(language) for p in f.problems))
        owner = words.role(f.organisation, language) if f.organisation else ""
        _row(sheet, [f.document, f.name, owner, f.pages, words.STATUSES[f.status].in_(language), problems])


def _values(sheet: Worksheet, report: Report, language: Language) -> None:
    ko = language == "ko"
    head = ["값", "기관", "연도", "읽은 값", "인쇄된 글자", "상태", "파일", "쪽"]
    if not ko:
        head = ["Field", "Org.", "Year", "Value", "Printed", "Status", "File", "Page"]
    _head(sheet, head, (28, 8, 8, 24, 24, 12, 60, 6))
    for f in report.submission.fields:
        owner = words.role(f.organisation, language) if f.organisation else ""
        _row(sheet, [f.name, owner, f.year, plain(f.value), masked(f.printed), f.status.value, f.file, f.page])


def _head(sheet: Worksheet, labels: list[str], widths: tuple[int, ...]) -> None:
    _row(sheet, labels, _HEAD)
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.print_title_rows = f"{sheet.max_row}:{sheet.max_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.freeze_panes = f"A{sheet.max_row + 1}"


def _row(sheet: Worksheet, values: Sequence[str | int | bool | None], fill: PatternFill | None = None) -> None:
    sheet.append([_safe(v) for v in values])
    for cell in sheet[sheet.max_row]:
        cell.border = _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if isinstance(cell.value, str):
            cell.data_type = "s"  # an upload named "=cmd()" stays text
        if fill:
            cell.fill = fill


def _safe(value: str | int | bool | None) -> str | int | bool | None:
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
