"""보완요청서: chosen gaps as a letter to the applicant, in HWPX. The site prints the same `Letter` as a page.

It asks for what can be mended and names each point's ground; it says nothing of scores and nothing of other points.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hwpx import HwpxDocument

from jeopsu.domain.base import Record
from jeopsu.domain.findings import Finding
from jeopsu.domain.report import Report
from jeopsu.domain.values.person_name import masked
from jeopsu.reports import words
from jeopsu.reports.agenda import agenda

# HWP units are 1/7200 inch: a table across the page is 170 mm wide, a line of 10-point print 1,600 high.
_WIDTH, _LINE, _CHARACTER = 48190, 1600, 1000
_SEOUL = timezone(timedelta(hours=9))


class LetterPoint(Record):
    """One thing to mend."""

    key: str = ""
    organisation: str  # 주관, 공동, 과제
    title: str
    message: str
    clause: str
    files: tuple[str, ...] = ()


class Letter(Record):
    """A 보완요청서 as it is sent."""

    number: str = ""  # "2023-DX-10330 보완 1"
    call: str
    agency: str = ""
    proposal: str
    title: str
    lead: str
    written: date
    deadline: datetime | None = None
    link: str = ""
    note: str = ""
    points: tuple[LetterPoint, ...]


def point(finding: Finding, key: str = "") -> LetterPoint:
    """A finding in the applicant's words."""
    return LetterPoint(
        key=key,
        organisation=words.role(finding.organisation, "ko"),
        title=finding.title.ko,
        message=masked(finding.message.ko),
        clause=finding.clause.shown(),
        files=finding.files,
    )


def of(report: Report, points: Iterable[LetterPoint] | None = None, **more: Any) -> Letter:
    """The letter on a report's gaps; `points`: those that were chosen."""
    lead = next((o.name for o in report.submission.organisations if o.key == "lead"), "")
    chosen = tuple(points) if points is not None else tuple(point(f) for f in agenda(report).gaps)
    told: dict[str, Any] = {"call": report.call, "written": datetime.now(UTC).astimezone(_SEOUL).date(), **more}
    return Letter(
        proposal=report.submission.proposal,
        title=report.submission.title or "",
        lead=lead,
        points=chosen,
        **told,
    )


def shown_deadline(letter: Letter) -> str:
    """2023년 5월 4일 18:00."""
    if letter.deadline is None:
        return "별도 안내하는 때"
    local = letter.deadline.astimezone(_SEOUL)
    return f"{local.year}년 {local.month}월 {local.day}일 {local:%H:%M}"


def opening(letter: Letter) -> str:
    """The letter's first sentence."""
    return (
        f"귀 기관이 신청한 과제의 제출 서류를 확인한 결과 아래와 같이 보완이 필요하오니, "
        f"{shown_deadline(letter)}까지 보완하여 주시기 바랍니다."
    )


def write_hwpx(report: Report, path: Path, letter: Letter | None = None) -> None:
    """Writes the letter on all of a report's gaps, or the given one."""
    path.write_bytes(to_hwpx(letter or of(report)))


def to_hwpx(letter: Letter) -> bytes:
    """The letter as an HWPX file."""
    document = HwpxDocument.new()
    document.page.set_margins(left=5670, right=5670, top=4252, bottom=4252, header=1417, footer=1417)
    head = document.styles.ensure_run(bold=True, size=20, letter_spacing=20)
    bold = document.styles.ensure_run(bold=True, size=11)
    plain = document.styles.ensure_run(size=11)
    _line(document, "보 완 요 청 서", head, alignment="CENTER", spacing_after_pt=16)
    facts = [
        ("문서번호", letter.number or letter.proposal),
        ("공고", letter.call),
        ("과제번호", letter.proposal),
        ("과제명", letter.title),
        ("주관연구개발기관", letter.lead),
        ("보완 기한", shown_deadline(letter)),
    ]
    _table(document, [[name, value] for name, value in facts], (22, 78), heads=False)
    _line(document, "", plain)
    _line(document, opening(letter), plain, line_spacing_percent=170, spacing_after_pt=8)
    rows = [["번호", "기관", "보완할 것", "근거"]]
    for number, one in enumerate(letter.points, 1):
        rows.append([str(number), one.organisation, f"{one.title}\n{one.message}", one.clause])
    _table(document, rows, (8, 10, 52, 30), heads=True)
    _line(document, "", plain)
    if letter.note:
        _line(document, letter.note, plain, line_spacing_percent=170)
    if letter.link:
        _line(document, f"올리는 곳: {letter.link}", plain)
    _line(document, "기한까지 보완하지 않으면 제출된 서류만으로 검토합니다.", plain, spacing_after_pt=18)
    day = letter.written
    _line(document, f"{day.year}년 {day.month}월 {day.day}일", plain, alignment="CENTER", spacing_after_pt=10)
    if letter.agency:
        _line(document, letter.agency, bold, alignment="CENTER")
    return bytes(document.to_bytes())


def _line(document: HwpxDocument, text: str, style: str, **format_: Any) -> None:
    document.add_paragraph(_safe(text), char_pr_id_ref=style)
    if format_:
        document.styles.apply_paragraph_format(paragraph_index=len(document.paragraphs) - 1, **format_)


def _table(document: HwpxDocument, rows: list[list[str]], widths: tuple[int, ...], *, heads: bool) -> None:
    border = document.styles.ensure_border_fill(border_color="#555555", border_width="0.12 mm")
    shade = document.styles.ensure_border_fill(border_color="#555555", border_width="0.12 mm", fill_color="#EEF0F3")
    highs = [
        max(_lines(text, _WIDTH * width // 100) for text, width in zip(row, widths, strict=True)) * _LINE + 600
        for row in rows
    ]
    table = document.add_table(len(rows), len(rows[0]), width=_WIDTH, height=sum(highs), border_fill_id_ref=border)
    table.set_column_widths(widths)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.set_cell_text(r, c, _safe(text), split_paragraphs=True)
            table.cell(r, c).set_size(height=highs[r])
            if (heads and r == 0) or (not heads and c == 0):
                table.set_cell_border_fill(r, c, shade)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a cell: Hangul is as wide as it is high, everything else about half."""
    fit = max(1, width - 1200)
    wide = [sum(_CHARACTER if ord(char) > 0x2E7F else _CHARACTER * 0.58 for char in line) for line in text.split("\n")]
    return sum(max(1, -(-int(one) // fit)) for one in wide)


def _safe(text: str) -> str:
    """Without characters that XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or ord(char) >= 32)
