"""Small reports and uploads for the suites of records."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from jeopsu.domain.documents import FileType
from jeopsu.domain.evidence import FileName, Region
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.findings import Clause, Effect, Finding, Outcome, Verdict
from jeopsu.domain.geometry import Box
from jeopsu.domain.report import Report, Run
from jeopsu.domain.submissions import Organisation, Submission, SubmittedFile
from jeopsu.domain.text import Text
from jeopsu.storage import records
from jeopsu.storage.files import Stored
from jeopsu.storage.rows import Job, UploadRow

CALL = "a-call"
PLACE = Region(file="a.pdf", page=1, box=Box(left=1, top=2, right=3, bottom=4))


def stored(content: bytes) -> Stored:
    return Stored(sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))


def upload(proposal: str = "P-1", name: str = "a.pdf", content: bytes = b"a", origin: str | None = None) -> UploadRow:
    row, _ = records.record_upload(proposal, name, stored(content), door="cli", call=CALL, origin=origin)
    return row


def claim(proposal: str = "P-1") -> Job:
    job = records.claim(proposal, host="here", process="1:1")
    assert job is not None
    return job


def report(proposal: str = "P-1", content: bytes = b"a", outcome: Outcome = Outcome.UNDETERMINED) -> Report:
    cash = FieldValue(
        name="budget.cash",
        value=1_000_000,
        printed="1,000",
        status=FieldStatus.CONFIRMED,
        confidence=1,
        evidence=PLACE,
        how="digital",
        organisation="lead",
        year=2023,
    )
    finding = Finding(
        rule="cash_share",
        title=Text(ko="현금 부담", en="cash share"),
        organisation="lead",
        outcome=outcome,
        effect=Effect.SUPPLEMENT,
        message=Text(ko="확인하십시오", en="look"),
        clause=Clause(section="3-1", says="비율"),
        inputs=(cash,),
        files=("a.pdf",),
        evidence=(FileName(file="a.pdf"),),
    )
    file = SubmittedFile(name="a.pdf", sha256=stored(content).sha256, bytes=len(content), type=FileType.PDF, document=2)
    return Report(
        call=CALL,
        run=Run(started=datetime.now(UTC), seconds=1, version="0.1", engine={"e": "1"}),
        submission=Submission(
            proposal=proposal,
            title="제목",
            organisations=(Organisation(key="lead", name="하나"),),
            files=(file,),
            fields=(cash,),
        ),
        verdict=Verdict.UNDETERMINED,
        findings=(finding,),
    )
