"""The seal of the accountant who answers for statements (document 14)."""

from __future__ import annotations

from pathlib import Path

import pytest

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.reading import FileReading, ReadRequest
from jeopsu.extractors.read_file import read_file
from jeopsu.samples.sheet import Made
from jeopsu.samples.statements import make_audit_report, make_closing_statements, make_standard_statements
from jeopsu.samples.world import make_world

MAKERS = {"audit": make_audit_report, "closing": make_closing_statements, "standard": make_standard_statements}


def made(paper: str, seed: int, *, sealed: bool = True) -> Made:
    world = make_world(seed, "good")
    company = world.company("partner")
    if not sealed:
        world = world.model_copy(update={"unsigned": (company.auditor_name,)})
    return MAKERS[paper](world, company, 2022)


def read(folder: Path, data: bytes, name: str) -> list[FieldValue]:
    path = folder / name
    path.write_bytes(data)
    reading: FileReading = read_file(ReadRequest(path=str(path), name=name), lambda page, pages: None)
    return [field for field in reading.fields if field.name == "signoff.kind"]


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("paper", ["audit", "closing"])
def test_a_seal_is_seen_and_its_absence_too(tmp_path: Path, paper: str, seed: int) -> None:
    (seen,) = read(tmp_path, made(paper, seed).pdf, "a.pdf")
    assert (seen.value, seen.status) == ("seal", FieldStatus.CONFIRMED)
    (gone,) = read(tmp_path, made(paper, seed, sealed=False).pdf, "b.pdf")
    assert (gone.value, gone.status) == ("none", FieldStatus.CONFIRMED)
    assert gone.printed == make_world(seed, "good").company("partner").auditor_name


def test_the_tax_office_needs_no_seal(tmp_path: Path) -> None:
    assert read(tmp_path, made("standard", 1).pdf, "a.pdf") == []
