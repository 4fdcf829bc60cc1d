"""Financial statements in columns, labels, units and signs no sample has, with other tables beside them.

    python -m benchmarks.strange_statements --first-seed 1 --seeds 40 [--scans digital,office,phone] [--list]

Right: confirmed and what a person would read. Open: handed to a person, or not found. SILENT: confirmed and different,
or confirmed where nothing may be (another currency, consolidated statements, parts of a year).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.kept_ocr import Kept
from benchmarks.strange_common import Outcome, run
from benchmarks.strange_scans import through
from benchmarks.strange_statement_books import REPORTED
from benchmarks.strange_statement_pages import COMPANY, Paper, draw
from jeopsu.calls.load import load_call
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.read_file import read_file
from jeopsu.flows.check import titles
from jeopsu.validators.naming import read_name
from jeopsu.validators.reconcile import reconcile


def outcomes(paper: Paper, path: Path) -> Iterator[tuple[str, str, str]]:
    """(field, verdict, what was read) of one file."""
    call = load_call("kiat-2023-265")
    name = read_name(path.name, call)
    request = ReadRequest(
        path=str(path), name=path.name, hint=name.kind, titles=titles(call), fiscal_years=call.fiscal_years
    )
    reading = read_file(request, lambda done, count: None)
    names = (*REPORTED, "estimated")
    found = [f for f in reconcile(reading.fields) if f.name.removeprefix("fs.") in names]
    years = {year for _, year in paper.truth} | {f.year for f in found if f.year is not None}
    for concept in names:
        for year in sorted(years):
            mine = [f for f in found if f.name == f"fs.{concept}" and f.year == year]
            allowed = paper.truth.get((f"fs.{concept}", year))
            sure = [f for f in mine if f.confirmed]
            wrong = [f for f in sure if not allowed or f.value not in allowed]
            if allowed is None and not sure:
                continue
            verdict = "SILENT" if wrong else "right" if sure else "open"
            shown = "; ".join(f"{f.value!r} {f.printed!r} p{f.page} {f.status.value} {f.note}" for f in wrong or mine)
            kinds = [f"{s.kind}:{s.first_page}-{s.last_page}" for s in reading.segments]
            yield f"fs.{concept}", verdict, f"{year}: {allowed} ← {shown or kinds}"


def read(kind: str, scan: str, seed: int, corrected: bool, kept: Kept | None) -> Iterator[Outcome]:
    """The outcomes of one file. There is one kind, and nothing is corrected by hand (`strange_forms` does that)."""
    paper = draw(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"[서식-14] 결산재무제표 확인원_{COMPANY.removeprefix('주식회사 ')}.pdf"
        path.write_bytes(through(scan, paper.pdf, seed))
        for field, verdict, what in outcomes(paper, path):
            yield Outcome(field, verdict, what, paper.habits)


if __name__ == "__main__":
    sys.exit(run(__doc__, ("closing",), read))
