"""사전검토표 as a workbook: findings, documents, values and decisions on a sheet each, ready to print on A4."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from jeopsu.domain.findings import Outcome
from jeopsu.domain.report import Report
from jeopsu.domain.text import Language
from jeopsu.domain.values.person_name import masked
from jeopsu.reports import cells, words
from jeopsu.reports import decided as decisions
from jeopsu.reports.contract import plain
from jeopsu.reports.decided import DECISIONS, Decided

_FILLS = {
    Outcome.FAIL: PatternFill("solid", fgColor="F8D7D4"),
    Outcome.UNDETERMINED: PatternFill("solid", fgColor="D9ECF5"),
}


def write_xlsx(report: Report, path: Path, language: Language = "ko", decided: Sequence[Decided] | None = None) -> None:
    """Writes the workbook to `path`. `decided`: what people said of it; None where nobody was asked."""
    ko = language == "ko"
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _findings(first, report, language, decided)
    _files(book.create_sheet("제출서류" if ko else "Files"), report, language)
    _values(book.create_sheet("읽은 값" if ko else "Values"), report, language)
    if decided is not None:
        decisions.write(book.create_sheet("담당자 결정" if ko else "Decisions"), decided, language)
    book.save(path)


def _findings(sheet: Worksheet, report: Report, language: Language, decided: Sequence[Decided] | None) -> None:
    ko = language == "ko"
    sheet.title = "사전검토표" if ko else "Pre-check"
    sheet.append(["사전검토표" if ko else "Pre-check"])
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.append([cells.safe(report.submission.title or report.submission.proposal)])
    sheet["A2"].data_type = "s"  # a title that begins with "=" is no formula
    sheet.append([words.VERDICTS[report.verdict].in_(language)])
    sheet["A3"].font = Font(bold=True)
    head = (
        ["항목", "기관", "판정", "효과", "내용", "근거"]
        if ko
        else ["Item", "Org.", "Result", "Effect", "Why", "Clause"]
    )
    widths: tuple[int, ...] = (28, 8, 11, 14, 70, 34)
    said = {one.finding: one for one in decided or () if one.stands and one.finding is not None}
    if decided is not None:
        head += ["결정 뒤", "결정", "누가", "때", "사유"] if ko else ["Then", "Decision", "Who", "When", "Reason"]
        widths += (11, 14, 16, 17, 40)
    cells.head(sheet, head, widths)
    for number, f in enumerate(report.findings):
        row: list[str | int | bool | None] = [
            f.title.in_(language),
            words.role(f.organisation, language),
            words.OUTCOMES[f.outcome].in_(language),
            words.EFFECTS[f.effect].in_(language),
            masked(f.message.in_(language)),
            f.clause.shown(),
        ]
        outcome = f.outcome
        if decided is not None:
            row += _said(said.get(number), language)
            outcome = (one.outcome if (one := said.get(number)) else None) or outcome
        cells.row(sheet, row, _FILLS.get(outcome))


def _said(one: Decided | None, language: Language) -> list[str]:
    """What a person made of a finding: the outcome then, the decision, who, when and why."""
    if one is None:
        return [""] * 5
    who = f"{one.by}, {one.seconded_by}" if one.seconded_by else one.by
    then = words.OUTCOMES[one.outcome].in_(language) if one.outcome else ""
    return [then, DECISIONS[one.kind].in_(language), who, decisions.when(one.at), one.reason]


def _files(sheet: Worksheet, report: Report, language: Language) -> None:
    ko = language == "ko"
    head = (
        ["번호", "파일명", "기관", "쪽", "상태", "문제"] if ko else ["No", "Name", "Org.", "Pages", "State", "Problems"]
    )
    cells.head(sheet, head, (7, 60, 8, 7, 14, 70))
    for f in report.submission.files:
        problems = " / ".join(dict.fromkeys(p.sentence.in_(language) for p in f.problems))
        owner = words.role(f.organisation, language) if f.organisation else ""
        cells.row(sheet, [f.document, f.name, owner, f.pages, words.STATUSES[f.status].in_(language), problems])


def _values(sheet: Worksheet, report: Report, language: Language) -> None:
    ko = language == "ko"
    head = ["값", "기관", "연도", "읽은 값", "인쇄된 글자", "상태", "파일", "쪽"]
    if not ko:
        head = ["Field", "Org.", "Year", "Value", "Printed", "Status", "File", "Page"]
    cells.head(sheet, head, (28, 8, 8, 24, 24, 12, 60, 6))
    for f in report.submission.fields:
        owner = words.role(f.organisation, language) if f.organisation else ""
        cells.row(sheet, [f.name, owner, f.year, plain(f.value), masked(f.printed), f.status.value, f.file, f.page])
