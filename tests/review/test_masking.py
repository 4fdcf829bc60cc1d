"""From the uploads to the last page: whatever a person's papers say of him beyond his name is shown nowhere.

Real papers are made, with days of birth, resident numbers and telephones in every place where a reader looks; they are
read as `jeopsu check` reads them and kept on the site. Then every output is searched: the reports, the pages, the API,
what the programs print and log, and the database itself, byte by byte.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from jeopsu.domain.report import Report
from jeopsu.flows import check, platform
from jeopsu.flows.settings import Settings
from jeopsu.reports import contract, page, sheet
from jeopsu.samples import certificates, forms_each
from jeopsu.samples.certificates import Company, make_employment
from jeopsu.samples.registry import make_registry
from jeopsu.samples.sheet import Sheet
from jeopsu.samples.titles import TITLES, file_name
from jeopsu.samples.world import World, make_world
from jeopsu.storage import records
from jeopsu.storage.rows import Progress
from tests.review.builders import CALL, RECEIVED

Person = Callable[..., Client]
RESIDENT, PHONE = "700101-1234567", "010-9876-5432"


def secrets(world: World) -> set[str]:
    """Everything that must stand nowhere, in each way the papers write it."""
    days = [p.birth for p in world.people] + [c.representative_birth for c in (world.lead, world.partner)]
    found = {RESIDENT, RESIDENT.replace("-", ""), PHONE, PHONE.replace("-", ""), "9876-5432", "1234567"}
    for day in days:
        found |= {f"{day:%Y. %m. %d.}", f"{day:%Y.%m.%d}", f"{day:%Y-%m-%d}", f"{day:%y%m%d}-"}
        found.add(f"{day.year}년 {day.month:02d}월 {day.day:02d}일")
    return found


def papers(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, bytes]]:
    """Documents 10, 12 and 13 of the lead, with a resident number and a telephone beside each person's name."""
    put = Sheet.put

    def beside(self: Sheet, name: str, value: object, printed: str | None = None) -> str:
        shown = put(self, name, value, printed)  # type: ignore[arg-type]
        people = name in ("name", "representative") or name.startswith("name:")
        return f"{shown} {RESIDENT} {PHONE} (생년월일: {world.people[0].birth:%Y.%m.%d})" if people else shown

    monkeypatch.setattr(Sheet, "put", beside)
    makers: list[tuple[int, str, Callable[[World, Company], object]]] = [
        (10, TITLES[10], forms_each.make_consent),
        (11, TITLES[11], forms_each.make_security),
        (12, TITLES[12], make_employment),
        (13, "사업자등록증", certificates.make_business_registration),
        (13, "법인등기부등본", make_registry),
    ]
    for number, title, maker in makers:
        yield file_name(number, title, world.lead.file_name, "pdf"), maker(world, world.lead).pdf  # type: ignore[attr-defined]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[World, Report, dict[str, bytes]]:
    world = make_world(9301)
    uploads = dict(papers(world, monkeypatch))
    for name, data in uploads.items():
        (tmp_path / name).write_bytes(data)
    files = [check.on_disk(tmp_path / name, name) for name in uploads]
    return world, check.check_files(files, call_id=CALL, proposal="P-1", received=RECEIVED, jobs=1), uploads


def seen(text: str, world: World) -> list[str]:
    # Hashes and keys are long runs of digits and letters: what happens to stand in one says nothing.
    plain = re.sub(r"[0-9a-f]{24,}", "", text)
    return sorted(secret for secret in secrets(world) if secret in plain)


def keep(given: Settings, report: Report, uploads: dict[str, bytes]) -> None:
    records.ensure_proposal("P-1", CALL, received=RECEIVED)
    for name, data in uploads.items():
        stored = platform.open_files(given).put(io.BytesIO(data))
        records.record_upload("P-1", name, stored, door="cli", call=CALL)
    job = records.claim("P-1", host="here", process="1:1")
    assert job is not None
    records.finish(job, report, Progress())


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Every page of the proposal that can be reached from its first, and the API's answers."""
    todo = ["/", "/proposals/P-1/", "/proposals/P-1/sheet/", "/proposals/P-1/letters/new", "/statistics/"]
    todo += [
        "/api/v1/proposals",
        "/api/v1/proposals/P-1",
        "/api/v1/proposals/P-1/report",
        "/api/v1/proposals/P-1/points",
    ]
    done: set[str] = set()
    while todo:
        address = todo.pop()
        if address in done or len(done) > 150:
            continue
        done.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith(("text/", "application/json")):
            continue
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = body.decode()
        yield address, text
        links = re.findall(r'href="(/proposals/P-1/(?:points|fields)/[^"#]+)"', text)
        todo += [link.replace("&amp;", "&") for link in links]


def test_the_papers_hold_what_must_not_be_shown(told: tuple[World, Report, dict[str, bytes]]) -> None:
    """Otherwise this file proves nothing: the readers did look where the numbers stand, and read the names there."""
    import pypdfium2

    world, report, uploads = told
    text = ""
    for data in uploads.values():
        for one in pypdfium2.PdfDocument(data):
            text += one.get_textpage().get_text_range()
    assert {RESIDENT, PHONE} <= secrets(world) and RESIDENT in text and PHONE in text
    names = {str(f.value) for f in report.submission.fields if f.name in ("signoff.name", "employment.name")}
    assert {p.name for p in world.people_of("lead")} & names


def test_no_report_shows_them(told: tuple[World, Report, dict[str, bytes]], tmp_path: Path) -> None:
    world, report, _ = told
    for language in ("ko", "en"):
        assert not seen(contract.to_json(report, language), world)
        assert not seen(page.to_html(report, language), world)
        sheet.write_xlsx(report, tmp_path / "r.xlsx", language)
        with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
            assert not seen("".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist()), world)


def test_neither_the_site_nor_a_log_nor_the_database_shows_them(
    told: tuple[World, Report, dict[str, bytes]],
    given: Settings,
    person: Person,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    world, report, uploads = told
    caplog.set_level(logging.DEBUG)
    keep(given, report, uploads)
    client = person("kim", "reviewer", "lead_reviewer")
    visited = dict(pages(client))
    assert len(visited) > 8 and any("/points/" in address for address in visited)
    assert {address: seen(text, world) for address, text in visited.items() if seen(text, world)} == {}
    out, err = capfd.readouterr()
    assert not seen(out + err + caplog.text, world)
    for path in Path(given.data).glob("jeopsu.sqlite3*"):
        assert not seen(path.read_bytes().decode("utf-8", "replace"), world), path.name
