"""Papers that `samples/` makes, read whole: layouts nobody tuned the readers to. Never confirmed and wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from jeopsu.domain.reading import FileReading, ReadRequest
from jeopsu.domain.values import won
from jeopsu.extractors.read_file import read_file
from jeopsu.samples.certificates import REPORTED, make_certificate_pdf
from jeopsu.samples.statements import make_statement_pdf
from tests.marking import Marks


def read(tmp_path: Path, pdf: bytes, name: str) -> FileReading:
    path = tmp_path / "upload"
    path.write_bytes(pdf)
    request = ReadRequest(path=str(path), name=name, fiscal_years=(2020, 2021, 2022))
    return read_file(request, lambda page, pages: None)


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize("kind", REPORTED)
def test_certificates_on_a_text_layer_are_read_right(tmp_path: Path, kind: str, seed: int) -> None:
    made = make_certificate_pdf(kind, seed=seed, role="lead")
    reading = read(tmp_path, made.pdf, f"{kind}.pdf")
    marks = Marks()
    for key, name in REPORTED[kind].items():
        if key in made.fields:
            marks.value(name, made.fields[key], [f for f in reading.fields if f.name == name])
    assert not marks.silent and not marks.open, str(marks)


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize(("paper", "role"), [("audit", "lead"), ("closing", "partner"), ("standard", "partner")])
def test_statements_on_a_text_layer_are_read_right(tmp_path: Path, paper: str, role: str, seed: int) -> None:
    unit = (1, 1000, 1_000_000)[seed % 3] if paper == "audit" else 1  # the others are printed in won
    made = make_statement_pdf(seed=seed, year=2022, role=role, paper=paper, unit=unit)
    reading = read(tmp_path, made.pdf, f"{paper}.pdf")
    marks = Marks()
    for what, spot in made.figures.items():
        year, _, name = what.partition(".")
        found = [f for f in reading.fields if f.name == f"fs.{name}" and f.year == int(year)]
        marks.value(what, won.parse(spot.printed, unit), found)
    # A K-IFRS statement prints 이자비용 in a note only; there it may stay a person's.
    assert not marks.silent and all("interest_expense" in row for row in marks.open), str(marks)
