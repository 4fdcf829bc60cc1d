"""Certificates that no sample was drawn like: other layouts, words, typefaces, dates; values corrected by hand; scans
of other kinds (a telephone's picture, a copy of a copy, two sheets on a page, holes and stains).

    python -m benchmarks.strange_certificates --first-seed 1 --seeds 20 [--scans digital,office,phone] [--corrected]

Right: confirmed and what a person would read. Open: handed to a person, or not found. SILENT: confirmed and different.
The plan of the same proposal stands beside each paper, as in a check: it may prove a scan's names.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.kept_ocr import Kept
from benchmarks.strange_certificate_pages import MAKERS, draw
from benchmarks.strange_common import Outcome, run
from benchmarks.strange_paper import Paper
from benchmarks.strange_scans import through
from jeopsu.calls.load import load_call
from jeopsu.domain.evidence import Anchor
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.reading import ReadRequest
from jeopsu.domain.values import company_name
from jeopsu.extractors.read_file import read_file
from jeopsu.flows.check import titles
from jeopsu.validators.corroborate import corroborate
from jeopsu.validators.naming import read_name

NAMES = {
    "employment": "[서식-12] 책임자의 재직증명서_{}.pdf",
    "bizreg": "[서식-13] 사업자등록증_{}.pdf",
    "midsize": "[서식-15] 중견기업 확인서_{}.pdf",
}


def plain(value: object) -> str:
    text = "".join(str(value).split()).removeprefix("제").removesuffix("호")
    return company_name.plain(text) if company_name.has_legal_form(text) else text


def _planned(paper: Paper) -> list[FieldValue]:
    """What the plan says of the company and its people."""
    company = paper.world.lead
    facts = [
        ("org.name", company.name),
        ("org.business_number", company.business_number),
        ("org.corporate_number", company.corporate_number),
        ("org.representative", company.representative),
    ]
    person = paper.world.people_of("lead")[0].name
    rows = [("participant.name", person), ("participant.role", "연구책임자")]
    return [
        FieldValue(name=name, value=value, printed=value, status=FieldStatus.CONFIRMED, confidence=1.0, how="hwp",
                   evidence=Anchor(file="plan.hwp"), organisation="lead",
                   index=0 if name.startswith("participant") else None)
        for name, value in facts + rows
    ]  # fmt: skip


def outcomes(paper: Paper, path: Path) -> Iterator[tuple[str, str, str]]:
    """(field, verdict, what was read) of one file."""
    call = load_call("kiat-2023-265")
    name = read_name(path.name, call)
    years = call.fiscal_years
    request = ReadRequest(path=str(path), name=path.name, hint=name.kind, titles=titles(call), fiscal_years=years)
    reading = read_file(request, lambda done, count: None)
    mine = [f.model_copy(update={"organisation": "lead"}) for f in reading.fields]
    settled = corroborate([*_planned(paper), *mine])[len(_planned(paper)) :]
    prefix = paper.kind + "."
    for field in {*paper.truth, *(f.name for f in settled if f.name.startswith(prefix))}:
        if field not in paper.truth:
            continue
        found = [f for f in settled if f.name == field]
        sure = [f for f in found if f.confirmed]
        allowed = {plain(v) for v in paper.truth[field]}
        wrong = [f for f in sure if plain(f.value) not in allowed]
        verdict = "SILENT" if wrong else "right" if sure or not allowed else "open"
        shown = "; ".join(f"{f.value!r} {f.printed!r} {f.status.value} {f.note}" for f in wrong or found)
        yield field, verdict, f"{paper.truth[field]} ← {shown or [s.kind for s in reading.segments]}"


def read(kind: str, scan: str, seed: int, corrected: bool, kept: Kept | None) -> Iterator[Outcome]:
    """The outcomes of one certificate."""
    paper = draw(kind, seed, corrected)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAMES[kind].format(paper.company.file_name)
        path.write_bytes(through(scan, paper.pdf, seed))
        for field, verdict, what in outcomes(paper, path):
            yield Outcome(field, verdict, what, paper.habits, field == paper.corrected)


if __name__ == "__main__":
    sys.exit(run(__doc__, tuple(MAKERS), read))
