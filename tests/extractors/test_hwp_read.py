"""HWP and HWPX through both readers: same tables, same words; where they differ, both readings are kept."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from jeopsu.domain.documents import Cell, Document, FileType, Paragraph, Table
from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.domain.reading import Limits, ReadRequest
from jeopsu.extractors.kinds.plan import read_plan, recognise
from jeopsu.extractors.ocr import engines
from jeopsu.extractors.readers import hwp, hwp_body, hwp_pictures, hwp_render, hwp_unhwp
from jeopsu.extractors.readers.hwp import read_hwp
from jeopsu.extractors.readers.hwp_body import Body
from jeopsu.extractors.readers.hwp_characters import normalised
from jeopsu.samples.plan_hwp import MadePlan, make_plan_hwp

KOREAN_FONTS = ("/usr/share/fonts/truetype/nanum", "/usr/share/fonts/opentype/noto")


@cache
def made() -> MadePlan:
    return make_plan_hwp(seed=2)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("plan") / "plan.hwp"
    file.write_bytes(made().hwp)
    return str(file)


@pytest.fixture(scope="module")
def document(path: str) -> Document:
    return read_hwp(path, "plan.hwp", Limits())


def cells(document: Document) -> list[tuple[tuple[int, int, int, int, str], ...]]:
    return [
        tuple((c.row, c.column, c.row_span, c.column_span, hwp_body.bare(c.text)) for c in table.cells)
        for table in document.tables
    ]


def test_tables_come_back_as_they_were_written(document: Document) -> None:
    written = [
        tuple(sorted((r, c, d, a, hwp_body.bare(t)) for r, c, d, a, t in grid)) for grid in made().tables.values()
    ]
    assert sorted(cells(document)) == sorted(written)
    assert not document.problems and len(document.readers) == 2 and document.page_count >= 2
    assert not any(cell.readings for table in document.tables for cell in table.cells)


def test_hwpx_reads_like_hwp(path: str, document: Document, tmp_path: Path) -> None:
    file = tmp_path / "plan.hwp"
    file.write_bytes(hwp_render.as_hwpx(path))
    other = read_hwp(str(file), "plan.hwp", Limits())
    assert other.type is FileType.HWPX and cells(other) == cells(document)
    assert [p.code for p in other.problems] == [Code.WRONG_TYPE]
    assert [p.text for p in other.paragraphs] == [p.text for p in document.paragraphs]
    assert sealed_picture(str(file), other) is not None


def sealed_picture(path: str, document: Document) -> bytes | None:
    picture = hwp_pictures.sealed_page(document)
    return picture and hwp_pictures.picture_bytes(path, picture.name)


def test_sealed_first_page(path: str, document: Document) -> None:
    picture = sealed_picture(path, document)
    assert picture is not None and len(picture) > 20_000  # the page, not one of the writer's small stand-ins
    assert picture.startswith((b"\xff\xd8\xff", b"\x89PNG"))
    assert len([p for p in document.pictures if p.first_page]) == 1


def test_plan_with_page_and_box(path: str, document: Document) -> None:
    request = ReadRequest(path=path, name="plan.hwp")
    assert recognise(document, request)[0] == "research_plan"
    found = {(f.name, f.organisation): f for f in read_plan(document, request) if f.index is None}
    truth = made().fields
    for key in ("lead", "partner"):
        assert found["budget.total", key].value == truth[f"total:{key}"]
        assert found["budget.government", key].confirmed and found["org.name", key].value == truth[f"org_name:{key}"]
    total = found["budget.total", "lead"]
    assert total.page is not None and total.box is not None and 0 < total.box.left < total.box.right < 600


def test_one_reader_that_gives_up_is_replaced(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: str) -> Body:
        raise DocumentProblem(Code.READER_FAILED, "test")

    monkeypatch.setattr(hwp_unhwp, "read", fails)
    document = read_hwp(path, "plan.hwp", Limits())
    assert [reader.split()[0] for reader in document.readers] == ["pyhwp", "rhwp"] and not document.problems


def test_a_reader_that_is_alone_confirms_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: str) -> Body:
        raise DocumentProblem(Code.READER_FAILED, "test")

    monkeypatch.setattr(hwp_unhwp, "read", fails)
    monkeypatch.setattr(hwp, "_spare", fails)
    document = read_hwp(path, "plan.hwp", Limits())
    assert [p.code for p in document.problems] == [Code.READERS_DIFFER]
    fields = read_plan(document, ReadRequest(path="", name="plan.hwp"))
    assert fields and not any(f.confirmed for f in fields)


def test_without_any_reader_the_file_is_a_problem(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Body:
        raise DocumentProblem(Code.READER_FAILED, "test")

    monkeypatch.setattr(hwp_unhwp, "read", fails)
    monkeypatch.setattr(hwp, "_spare", fails)
    monkeypatch.setattr(hwp.hwp_pyhwp.Run, "finish", fails)
    with pytest.raises(DocumentProblem) as caught:
        read_hwp(path, "plan.hwp", Limits())
    assert caught.value.problem.code is Code.READER_FAILED


@pytest.mark.parametrize(
    "name, data, code", [("a.hwp", b"", Code.EMPTY), ("a.hwp", b"<?xml?><HWPML/>", Code.OLD_FORMAT)]
)
def test_unreadable(tmp_path: Path, name: str, data: bytes, code: Code) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentProblem) as caught:
        read_hwp(str(tmp_path / name), name, Limits())
    assert caught.value.problem.code is code


# --- comparison -------------------------------------------------------------------------------------------------------


def body(engine: str, *tables: list[list[str]], words: str = "가나다") -> Body:
    made = [
        Table(
            rows=len(rows),
            columns=len(rows[0]),
            anchor=n,
            cells=tuple(Cell(row=r, column=c, text=t) for r, line in enumerate(rows) for c, t in enumerate(line)),
        )
        for n, rows in enumerate(tables)
    ]
    return Body(engine, [Paragraph(number=0, text=words)], made)


def differing(result: Body) -> list[tuple[int | None, int, int]]:
    return [(t.anchor, c.row, c.column) for t in hwp_body.every_table(result.tables) for c in t.cells if c.readings]


def test_blanks_do_not_count_but_digits_do() -> None:
    one, other = body("a", [["1,000", "가 나"]]), body("b", [["1,009", "가나"]])
    result, count = hwp_body.compare(one, other)
    assert differing(result) == [(0, 0, 0)] and count == 1
    assert [r.text for r in result.tables[0].cells[0].readings] == ["1,000", "1,009"]


def test_a_table_the_other_reader_lost_is_read_once() -> None:
    tables = [[["가", "1"]], [["나", "2"]], [["다", "3"]]]
    result, count = hwp_body.compare(body("a", *tables), body("b", tables[0], tables[2]))
    assert differing(result) == [(1, 0, 0), (1, 0, 1)] and count == 2


def test_a_table_only_the_other_reader_has_is_counted() -> None:
    assert hwp_body.compare(body("a"), body("b", [["x"]]))[1] == 1


def test_paragraphs_that_differ() -> None:
    result, _ = hwp_body.compare(body("a", words="단위: 천원"), body("b", words="단위: 백만원"))
    assert not result.paragraphs[0].alike


def test_private_use_characters() -> None:
    assert normalised("\uf0fe 예 \uf0a8 아니오 \u00a0끝\ufeff") == "☑ 예 □ 아니오  끝"
    assert normalised("\U000f02b1 \ue123") == "① \ue123"


def drawn(path: str, page: int) -> bytes:
    """A page as the site draws it, in a process that may die of it."""
    program = (
        "import os, sys; from jeopsu.extractors.readers.hwp_render import render_page_here; "
        "sys.stdout.buffer.write(render_page_here(sys.argv[1], int(sys.argv[2]))); sys.stdout.flush(); os._exit(0)"
    )
    command = [sys.executable, "-c", program, path, str(page)]
    return subprocess.run(command, env={**os.environ, "FC_LANG": "ko"}, capture_output=True, timeout=60).stdout


def test_drawn_pages_show_korean_letters_where_the_boxes_are(path: str, document: Document) -> None:
    if not any(Path(folder).exists() for folder in KOREAN_FONTS):
        pytest.skip("no Korean font on this machine")
    fields = read_plan(document, ReadRequest(path=path, name="plan.hwp"))
    field = next(f for f in fields if f.name == "org.name")
    assert field.page is not None and field.box is not None
    with Image.open(io.BytesIO(drawn(path, field.page))) as picture:
        paper = picture.convert("L")
    scale = paper.width / 595.28
    ink = paper.crop(
        tuple(round(v * scale) for v in (field.box.left, field.box.top, field.box.right, field.box.bottom))
    )
    dark = sum(ink.histogram()[:128]) / (ink.width * ink.height)
    assert paper.getpixel((3, 3)) == 255 and dark > 0.05


def test_seals_of_the_scanned_first_page_are_told_whose(path: str, document: Document) -> None:
    if not engines.complete():
        pytest.skip("no OCR engine")
    found = read_plan(document, ReadRequest(path=path, name="plan.hwp"))
    names = {f.index: f for f in found if f.name == "signoff.name"}
    kinds = {f.index: f for f in found if f.name == "signoff.kind"}
    truth = made().fields
    told = {f.organisation: f.value for f in names.values() if f.confirmed}
    assert told == {key: truth[f"representative:{key}"] for key in ("lead", "partner")}
    assert all(f.value == "seal" and f.confirmed for f in kinds.values())
    assert all(f.page == 1 and f.box is not None for f in (*names.values(), *kinds.values()))
