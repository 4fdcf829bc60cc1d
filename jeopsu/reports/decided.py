"""What people decided on a proposal, as a sheet of the workbook, and the audit log as a workbook of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from jeopsu.domain.base import Record
from jeopsu.domain.findings import Outcome
from jeopsu.domain.text import Language, Text
from jeopsu.reports import cells

DECISIONS = {
    "agree": Text(ko="판정대로", en="agreed"),
    "override": Text(ko="판정 변경", en="overridden"),
    "supplement": Text(ko="보완 요청", en="supplement asked for"),
    "second": Text(ko="두 번째 확인", en="second person"),
    "undo": Text(ko="되돌림", en="undone"),
    "confirm": Text(ko="값 확인", en="value confirmed"),
    "correct": Text(ko="값 정정", en="value corrected"),
    "give": Text(ko="값 적음", en="value given"),
    "unreadable": Text(ko="판독 불가", en="unreadable"),
    "absent": Text(ko="이 쪽에 없음", en="not on this page"),
    "outcome": Text(ko="최종 처리", en="final decision"),
    "fact": Text(ko="조회 결과", en="looked up"),
}
_SEOUL = ZoneInfo("Asia/Seoul")


class Decided(Record):
    """One decision, as it is filed."""

    at: datetime
    by: str
    kind: str  # one of DECISIONS
    about: Text  # the rule, value or question
    organisation: str | None = None
    result: str = ""  # the outcome or value it set, in words
    reason: str = ""
    evidence: str = ""  # what lay before the person: file, page, value, the file's sha256
    run: int | None = None
    stands: bool = True  # neither undone nor followed by another one on the same
    seconded_by: str = ""
    finding: int | None = None  # the place of what it decided among the report's findings
    outcome: Outcome | None = None  # of that finding, with this decision taken in


def write(sheet: Worksheet, decided: Sequence[Decided], language: Language) -> None:
    """Oldest first; what was undone stays, and says so."""
    ko = language == "ko"
    labels = ["때", "누가", "무엇을", "기관", "결정", "결과", "사유", "근거", "실행", "효력"]
    if not ko:
        labels = ["When", "Who", "About", "Org.", "Decision", "Result", "Reason", "Evidence", "Run", "In force"]
    cells.head(sheet, labels, (17, 14, 34, 8, 14, 18, 40, 70, 6, 10))
    for one in decided:
        cells.row(
            sheet,
            [
                when(one.at),
                f"{one.by}, {one.seconded_by}" if one.seconded_by else one.by,
                one.about.in_(language),
                cells.owner(one.organisation, language),
                DECISIONS[one.kind].in_(language) if one.kind in DECISIONS else one.kind,
                one.result,
                one.reason,
                one.evidence,
                one.run,
                ("있음" if ko else "yes") if one.stands else ("없음" if ko else "no"),
            ],
        )


def write_log(entries: Iterable[Sequence[str | int]], labels: Sequence[str], path: Path) -> None:
    """The audit log (rows in the order of `labels`) as one sheet; written row by row, for it may be long."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("log")
    sheet.freeze_panes = "A2"
    for entry in chain([labels], entries):
        line = []
        for value in entry:
            cell = WriteOnlyCell(sheet, value=cells.safe(value))
            if isinstance(value, str):
                cell.data_type = "s"  # what somebody typed is no formula
            line.append(cell)
        sheet.append(line)
    book.save(path)


def when(moment: datetime) -> str:
    """The time on the wall in Seoul."""
    return f"{moment.astimezone(_SEOUL):%Y-%m-%d %H:%M}"
