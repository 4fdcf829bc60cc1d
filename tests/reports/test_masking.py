"""No output tells a person's resident number, day of birth or telephone, wherever in an upload it was read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from jeopsu.domain.fields import Reading
from jeopsu.domain.reading import FileReading
from jeopsu.domain.report import Report
from jeopsu.domain.text import Text
from jeopsu.reports import contract, letter, page, sheet
from tests.reports.test_contract import field, report

SECRETS = ("561216-2345678", "561216", "5612162345678", "1973.02.01", "010-1234-5678", "1234-5678")
SAID = "고서연 561216-2345678 5612162345678 (생년월일: 1973.02.01) 010-1234-5678"


def revealing() -> Report:
    """A report all of whose texts from uploads were read with a person's numbers in them."""
    made = report()
    said = field("employment.name", SAID, organisation="lead", readings=(Reading(engine="ocr", text=SAID),))
    doubt = field("check.item", SAID, "uncertain", alternatives=(SAID,))
    finding = made.findings[0].model_copy(update={"message": Text(ko=SAID, en=SAID), "inputs": (said, doubt)})
    submission = made.submission.model_copy(update={"fields": (*made.submission.fields, said, doubt)})
    return made.model_copy(update={"findings": (finding,), "submission": submission})


def secrets_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def unpacked(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_the_secrets_would_be_seen() -> None:
    assert secrets_in(SAID) == list(SECRETS)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_json_html_and_sheet(tmp_path: Path, language) -> None:
    told = revealing()
    assert not secrets_in(contract.to_json(told, language))
    assert not secrets_in(page.to_html(told, language))
    sheet.write_xlsx(told, tmp_path / "r.xlsx", language)
    assert not secrets_in(unpacked(tmp_path / "r.xlsx"))


def test_what_is_kept_between_runs() -> None:
    """The cache of readings and the database hold fields as they were made."""
    said = field("employment.name", SAID, readings=(Reading(engine="ocr", text=SAID),), alternatives=(SAID,))
    assert not secrets_in(said.model_dump_json())
    assert not secrets_in(FileReading(type="pdf", fields=(said,)).model_dump_json())
    assert "고서연" in said.model_dump_json()


def test_the_letter(tmp_path: Path) -> None:
    told = revealing()
    path = tmp_path / "letter.hwpx"
    letter.write_hwpx(told, path, letter.of(told, [letter.point(finding) for finding in told.findings]))
    text = unpacked(path)
    assert "고서연" in text and not secrets_in(text)
