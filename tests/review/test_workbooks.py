"""Workbooks to file and to read: 사전검토표 with what people decided, the audit log."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from django.test import Client
from typer.testing import CliRunner

from jeopsu.flows import cli_platform
from jeopsu.flows.cli import app
from jeopsu.flows.settings import Settings
from jeopsu.review.workspace import Workspace
from jeopsu.storage import audit, records, views
from tests.review import builders

Person = Callable[..., Client]


def book(answer: Any) -> openpyxl.Workbook:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return openpyxl.load_workbook(io.BytesIO(content))


def lines(sheet: Any) -> list[dict[str, Any]]:
    """Rows under the bold head, by its labels."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(n for n, row in enumerate(rows) if row[-1] is not None)
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def seen() -> str:
    return str(views.review("P-1").version)


def test_the_workbook_says_who_decided_what_when_why_and_on_which_evidence(given: Settings, person: Person) -> None:
    builders.keep(given)
    kim = person("kim", "reviewer")
    desk = Workspace(records.proposal("P-1"))
    doubt = next(f for f in desk.field_keys if not f.confirmed)
    key = desk.field_keys[doubt]
    kim.post(f"/proposals/P-1/fields/{key}/", {"kind": "correct", "value": "=1+1", "seen": seen()})  # refused
    kim.post(f"/proposals/P-1/fields/{key}/", {"kind": "correct", "value": "500,000,000", "seen": seen()})
    desk = Workspace(records.proposal("P-1"))
    gap = next(p for p in desk.left if p.finding.effect.value == "supplement" and not p.finding.staff)
    reason = "=HYPERLINK('x') 공문으로 확인"
    told = {"kind": "override", "outcome": "pass", "reason": reason, "seen": seen()}
    assert kim.post(f"/proposals/P-1/points/{gap.key}/decide", told).status_code == 302
    staff = next(p for p in desk.left if p.finding.staff and p.finding.outcome.value == "undetermined")
    (fact, *_) = staff.finding.staff
    kim.post(f"/proposals/P-1/points/{staff.key}/fact", {"fact": fact, "value": "0", "source": "NTIS", "seen": seen()})

    found = book(kim.get("/proposals/P-1/sheet/?as=xlsx"))
    rows = lines(found["담당자 결정"])
    by_kind = {row["결정"]: row for row in rows}
    assert {row["누가"] for row in rows} == {"kim"} and all(row["때"] for row in rows)
    assert by_kind["판정 변경"]["사유"] == reason and by_kind["판정 변경"]["결과"] == "적합"
    confirmed = by_kind["값 확인"] if "값 확인" in by_kind else by_kind["값 정정"]
    sha256 = desk.report.submission.files[0].sha256 if desk.report else ""
    assert builders.NAME in confirmed["근거"] and "1쪽" in confirmed["근거"] and sha256[:12] in confirmed["근거"]
    assert by_kind["조회 결과"]["근거"] == "NTIS" and by_kind["조회 결과"]["결과"] == "아니오"
    cells = [cell for row in found["담당자 결정"].iter_rows() for cell in row if cell.value == reason]
    assert cells and all(cell.data_type == "s" for cell in cells)  # no formula
    (line,) = [row for row in lines(found["사전검토표"]) if row["결정"] == "판정 변경"]
    assert line["결정 뒤"] == "적합" and line["사유"] == reason and line["누가"] == "kim"

    kim.post(f"/proposals/P-1/points/{gap.key}/decide", {"kind": "undo", "seen": seen()})
    found = book(kim.get("/proposals/P-1/sheet/?as=xlsx"))
    rows = lines(found["담당자 결정"])
    assert [row["효력"] for row in rows if row["결정"] in ("판정 변경", "되돌림")] == ["없음", "없음"]
    assert not [row for row in lines(found["사전검토표"]) if row["결정"]]


def test_the_command_line_writes_the_same_workbook(given: Settings, person: Person, tmp_path: Path) -> None:
    builders.keep(given)
    point = Workspace(records.proposal("P-1")).left[0]
    person("kim", "reviewer").post(f"/proposals/P-1/points/{point.key}/decide", {"kind": "supplement", "seen": "0"})
    path = tmp_path / "sheet.xlsx"
    cli_platform.register(app)
    done = CliRunner().invoke(app, ["report", "P-1", "--xlsx", str(path), "--data", str(given.data)])
    assert done.exit_code == 0, done.output
    assert [row["누가"] for row in lines(openpyxl.load_workbook(path)["담당자 결정"])] == ["kim"]


def test_the_log_is_a_workbook_narrowed_as_the_page_is(given: Settings, person: Person) -> None:
    builders.keep(given)
    point = Workspace(records.proposal("P-1")).left[0]
    person("kim", "reviewer").post(f"/proposals/P-1/points/{point.key}/decide", {"kind": "supplement", "seen": "0"})
    auditor = person("lee", "auditor")
    sheet = book(auditor.get("/audit/export?as=xlsx&proposal=P-1&action=decision"))["log"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 2 and rows[1][2] == "kim" and rows[1][4] == "P-1"
    assert rows[1][8] == next(e.digest for e in audit.entries("P-1", action="decision"))
    everything = book(auditor.get("/audit/export?as=xlsx"))["log"]
    assert everything.max_row - 1 == len(audit.entries(limit=500))
    assert "&amp;by=a%26b" in auditor.get("/audit/?by=a%26b").content.decode()
    assert person("kim2", "reviewer").get("/audit/export?as=xlsx").status_code == 403
