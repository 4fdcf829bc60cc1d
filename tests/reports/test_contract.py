"""The JSON report keeps the contract's names and shapes, and its bytes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from jeopsu.domain.documents import FileType, TextSource
from jeopsu.domain.evidence import Anchor, FileName, Region, Searched
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import About, Clause, Effect, Finding, Outcome, Verdict
from jeopsu.domain.geometry import Box
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.report import Report, Run
from jeopsu.domain.submissions import IdentifiedBy, Organisation, Size, Status, Submission, SubmittedFile
from jeopsu.domain.text import Text
from jeopsu.reports import contract, page, sheet

BOX = Box(left=10.04, top=20, right=60.06, bottom=30)


def field(name: str, value: object, status: str = "confirmed", **more: object) -> FieldValue:
    evidence = more.pop("evidence", Region(file="a.pdf", page=2, box=BOX))
    return FieldValue.model_validate(
        {"name": name, "value": value, "printed": str(value), "status": status, "confidence": 0.98765,
         "evidence": evidence, "how": "digital", **more}
    )  # fmt: skip


def report(started: datetime = datetime(2026, 1, 2, tzinfo=UTC)) -> Report:
    assets = field("fs.assets", 1_234_000, organisation="lead", year=2022)
    rate = field("participant.rate", Decimal("30"), index=0, evidence=Anchor(file="p.hwp", table=3, row=1, column=4))
    gone = field("fs.interest_expense", None, "missing", evidence=Searched(files=("a.pdf",)))
    day = field("plan.start", date(2023, 5, 1), evidence=Anchor(file="p.hwp", paragraph=7))
    finding = Finding(
        rule="capital_impairment",
        title=Text(ko="자본전액잠식", en="Capital impairment"),
        organisation="lead",
        outcome=Outcome.FAIL,
        effect=Effect.EXCLUDE,
        message=Text(ko="자본총계가 0 이하입니다.", en="Equity is not above zero."),
        clause=Clause(section="4-3", page=10, says="자본전액잠식"),
        about=About(year=2022),
        inputs=(rate, assets),
        files=("a.pdf",),
        evidence=(FileName(file="a.pdf"), Region(file="a.pdf", page=1, box=BOX)),
    )
    return Report(
        call="kiat-2023-265",
        run=Run(started=started, seconds=1.26, version="0", engine={"b": "2", "a": "1"}),
        verdict=Verdict.EXCLUDED,
        findings=(finding,),
        submission=Submission(
            proposal="P-1",
            title="=과제",
            received=datetime(2023, 4, 20, 10, tzinfo=UTC),
            organisations=(Organisation(key="lead", name="가나", size=Size.MIDSIZE, business_number="1234567890"),),
            files=(
                SubmittedFile(
                    name="a.pdf", sha256="0" * 64, bytes=5, type=FileType.PDF, pages=2, document=14,
                    identified_by=IdentifiedBy.BOTH, organisation="lead", status=Status.PARTLY_READ,
                    problems=(Problem(code=Code.PAGE_UNREADABLE, page=1), Problem(code=Code.PAGE_UNREADABLE, page=2)),
                    text_source=TextSource.DIGITAL,
                ),
            ),
            fields=(assets, rate, gone, day),
        ),
    )  # fmt: skip


def test_names_and_kinds_of_values() -> None:
    told = json.loads(contract.to_json(report()))
    assert told["schema"] == "jeopsu-report/1"
    assert told["verdict"] == "excluded"
    assets, rate, gone, day = told["fields"]
    assert assets["value"] == 1_234_000 and assets["bbox"] == [10.0, 20.0, 60.1, 30.0] and assets["page"] == 2
    assert (
        rate["value"] == "30.0" and rate["bbox"] is None and (rate["table"], rate["row"], rate["column"]) == (3, 1, 4)
    )
    assert gone["value"] is None and gone["status"] == "missing" and gone["file"] == "a.pdf"
    assert day["value"] == "2023-05-01" and day["paragraph"] == 7
    (file,) = told["files"]
    assert file["problems"] == ["page_unreadable"] and file["status"] == "partly_read"
    (finding,) = told["findings"]
    assert finding["inputs"] == [0, 1] and finding["about"] == {"year": 2022} and finding["status"] == "fail"


def test_equal_runs_give_equal_bytes_but_for_run() -> None:
    one = json.loads(contract.to_json(report()))
    other = json.loads(contract.to_json(report(datetime(2027, 1, 1, tzinfo=UTC))))
    assert one.pop("run") != other.pop("run")
    assert list(one) == list(other) and one == other


def test_html_escapes_and_speaks_both_languages() -> None:
    shown = page.to_html(report().model_copy(update={"call": "<script>"}))
    assert "<script>" not in shown and "사전지원제외 대상" in shown
    assert "Excluded" in page.to_html(report(), "en")


def test_xlsx_keeps_text_that_looks_like_a_formula(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from openpyxl import load_workbook

    sheet.write_xlsx(report(), tmp_path / "r.xlsx")
    cell = load_workbook(tmp_path / "r.xlsx").worksheets[0]["A2"]
    assert cell.value == "=과제" and cell.data_type == "s"
