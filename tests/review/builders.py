"""A proposal on the desk: real pages, hand-made values, and the findings that the call's rules make of them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache

from PIL import Image, ImageDraw

from jeopsu.domain.documents import FileType
from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue, Reading
from jeopsu.domain.findings import Verdict
from jeopsu.domain.geometry import Box
from jeopsu.domain.report import Report, Run
from jeopsu.domain.submissions import Organisation, Size, Submission, SubmittedFile
from jeopsu.flows import check, platform
from jeopsu.flows.settings import Settings
from jeopsu.storage import records

CALL = "kiat-2023-265"
NAME = "[서식-14] 2022년 회계감사보고서_가나중공업.pdf"
PASSWORD = "correct-horse-1"
RECEIVED = datetime(2023, 4, 20, 1, tzinfo=UTC)


@cache  # a PDF carries the time it was made: the same bytes again are needed
def pdf(pages: int = 2) -> bytes:
    """A4 pages at 72 dpi with a line of print each."""
    drawn = []
    for number in range(pages):
        image = Image.new("RGB", (595, 842), "white")
        ImageDraw.Draw(image).text((300, 400), f"{number + 1},234,000", fill="black")
        drawn.append(image)
    out = io.BytesIO()
    drawn[0].save(out, "PDF", resolution=72, save_all=True, append_images=drawn[1:])
    return out.getvalue()


def figure(name: str, year: int, value: int | None, *, sure: bool = True, top: float = 398) -> FieldValue:
    return FieldValue(
        name=name,
        value=value,
        printed="" if value is None else f"{value:,}",
        status=FieldStatus.CONFIRMED if sure else FieldStatus.UNCERTAIN,
        confidence=0.98 if sure else 0.4,
        evidence=Region(file=NAME, page=1, box=Box(left=298, top=top, right=370, bottom=top + 12)),
        how="ocr",
        organisation="lead",
        year=year,
        readings=(Reading(engine="ppocr", text=f"{value}"), Reading(engine="tesseract", text="?")),
    )


def submission(
    proposal: str,
    sha256: str,
    *,
    equity: int = 500_000_000,
    sure: bool = False,
    without: tuple[str, int] | None = None,
) -> Submission:
    """Statements of three years; only 2022's equity is in doubt. `without`: a value that was not found."""
    fields = []
    for row, year in enumerate((2020, 2021, 2022)):
        figures = {"fs.assets": 900_000_000, "fs.liabilities": 400_000_000, "fs.equity": 500_000_000}
        figures |= {"fs.capital_stock": 100_000_000, "fs.current_assets": 300_000_000}
        figures |= {"fs.current_liabilities": 200_000_000}
        for column, (name, value) in enumerate(figures.items()):
            doubt = name == "fs.equity" and year == 2022
            shown = equity if doubt else value
            fields.append(figure(name, year, shown, sure=sure or not doubt, top=100 + 100 * row + 14 * column))
        fields.append(figure("fs.revenue", year, 0, top=700).model_copy(update={"name": "fs.basis", "value": "k-gaap"}))
    file = SubmittedFile(
        name=NAME, sha256=sha256, bytes=100, type=FileType.PDF, pages=2, document=14, organisation="lead"
    )
    lead = Organisation(key="lead", name="가나중공업", size=Size.MIDSIZE, business_number="1208757190")
    partner = Organisation(key="partner", name="다라소프트", size=Size.SMALL)
    return Submission(
        proposal=proposal,
        title=f"{proposal} 예지보전 솔루션 도입",
        received=RECEIVED,
        organisations=(lead, partner),
        files=(file,),
        fields=tuple(field for field in fields if (field.name, field.year) != without),
    )


def keep(
    given: Settings,
    proposal: str = "P-1",
    *,
    equity: int = 500_000_000,
    sure: bool = False,
    without: tuple[str, int] | None = None,
    received: datetime | None = RECEIVED,
) -> Report:
    """Uploads a file and records a run on it, as an intake would. `received`: None: not finally submitted yet."""
    stored = platform.open_files(given).put(io.BytesIO(pdf()))
    records.ensure_proposal(proposal, CALL, received=received)
    records.record_upload(proposal, NAME, stored, door="cli", call=CALL)
    empty = Report(
        call=CALL,
        run=Run(started=datetime(2026, 1, 2, tzinfo=UTC), seconds=1, version="test"),
        submission=submission(proposal, stored.sha256, equity=equity, sure=sure, without=without),
        verdict=Verdict.CLEAR,
    )
    report = check.recheck(empty, facts=())
    job = records.claim(proposal, host="here", process="1:1")
    assert job is not None
    from jeopsu.storage.rows import Progress

    records.finish(job, report, Progress())
    return report
