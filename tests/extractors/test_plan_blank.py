"""A plan's form that nobody filled in, or only in part; and a plan of pictures: each is a finding of its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from jeopsu.domain.kinds import Kind
from jeopsu.domain.problems import SENTENCES, Code
from jeopsu.domain.reading import FileReading, ReadRequest
from jeopsu.extractors.kinds.plan import how_filled, read_plan
from jeopsu.extractors.kinds.plan_blank import Filling
from jeopsu.extractors.ocr import engines
from jeopsu.extractors.read_file import read_file
from jeopsu.extractors.readers.hwp_render import as_hwpx
from jeopsu.samples.plan_hwp import _cover_picture, table_block, text_block, written
from jeopsu.samples.plan_layouts import cells_of
from jeopsu.samples.world import make_world
from tests.extractors.plan_forms import COVER, LEAD, PARTNER, Row, document
from tests.extractors.test_plan_people import PEOPLE

BLANK_COVER: list[Row] = [
    ["연구개발계획서", "<", "보안등급", "일반[  ], 보안[  ]"],
    ["연구개발과제명", "국문", "", "<"],
    ["주관연구개발기관", "기관명", "", "<"],
    ["연구책임자", "성명", "", "<"],
    ["연구개발기간", "전체", "YYYY. MM. DD - YYYY. MM. DD(  년  개월)", "<"],
]
BLANK_BUDGET: list[Row] = [
    ["연차", "기관명", "정부지원연구개발비", "기관부담 현금", "현물", "합계"],
    ["1", "", "", "", "", ""],
    ["2", "", "", "", "", ""],
]
BUDGET: list[Row] = [
    ["기관명", "정부지원연구개발비", "기관부담 현금", "현물", "합계"],
    [LEAD, "10", "2", "3", "15"],
    [PARTNER, "5", "1", "1", "7"],
]
BLANK_PEOPLE: list[Row] = [
    ["번호", "성명", "소속", "직위", "인건비\n계상률(%)", "신규채용"],
    ["1", "김○○", "", "", "", ""],
    ["2", "", "", "", "", ""],
]


def told(*parts: str | list[Row]) -> Filling:
    made = document(*parts)
    return how_filled(made, read_plan(made, ReadRequest(path="", name="plan.hwp")))


def test_a_form_as_it_was_handed_out() -> None:
    found = told("연구개발계획서", BLANK_COVER, "연구개발비 (단위: 천원)", BLANK_BUDGET, "참여연구자", BLANK_PEOPLE)
    assert found.blank and len(found.missing) == 6


@pytest.mark.parametrize(
    "budget, people, missing",
    [
        (BUDGET, PEOPLE, ()),
        (BLANK_BUDGET, PEOPLE, ("연구개발비",)),
        (BUDGET, BLANK_PEOPLE, ("참여연구자",)),
        (BLANK_BUDGET, BLANK_PEOPLE, ("연구개발비", "참여연구자")),
    ],
)
def test_a_form_filled_in_by_half(budget: list[Row], people: list[Row], missing: tuple[str, ...]) -> None:
    found = told("연구개발계획서", COVER, "연구개발비 (단위: 천원)", budget, "참여연구자", people)
    assert found == Filling(missing)


def test_an_unused_table_beside_a_used_one_is_nothing_missing() -> None:
    found = told(COVER, BLANK_COVER, "(단위: 천원)", BUDGET, BLANK_BUDGET, PEOPLE, "나. 외부 인력", BLANK_PEOPLE)
    assert found == Filling()


def test_a_title_without_a_plan() -> None:
    assert told("연구개발계획서", "1. 개요").blank
    assert not told("연구개발계획서", "당사는 이 과제에서 공정의 자료를 모아 불량을 줄인다. " * 20).blank


def read(folder: Path, data: bytes, name: str = "[서식-2] 연구개발계획서_한울정밀.hwp") -> FileReading:
    path = folder / name
    path.write_bytes(data)
    return read_file(ReadRequest(path=str(path), name=name, hint=Kind.RESEARCH_PLAN), lambda *_: None)


def test_a_blank_form_as_a_file(tmp_path: Path) -> None:
    blocks = [text_block("연구개발계획서")]
    for rows in (BLANK_COVER, BLANK_BUDGET, BLANK_PEOPLE):
        blocks += [text_block("다음"), table_block(cells_of(rows), [100 // len(rows[0])] * len(rows[0]))]
    reading = read(tmp_path, written(blocks))
    assert [p.code for p in reading.problems] == [Code.BLANK_FORM] and reading.segments[0].blank_form
    assert SENTENCES[Code.BLANK_FORM].ko.startswith("양식에 값이 채워지지 않았습니다")


def with_its_picture(hwpx: bytes) -> bytes:
    """The converter counts the pictures of this writer's files wrongly: the page's bytes under each of their names."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(hwpx)) as source, zipfile.ZipFile(changed, "w") as target:
        page = max((source.read(n) for n in source.namelist() if n.startswith("BinData/")), key=len)
        for name in source.namelist():
            target.writestr(name, page if name.endswith(".png") and name.startswith("BinData/") else source.read(name))
    return changed.getvalue()


@pytest.mark.parametrize("extension", ["hwp", "hwpx"])
def test_a_plan_of_pictures_says_so_and_names_whose_seals_it_shows(tmp_path: Path, extension: str) -> None:
    world = make_world(3)
    data = written([_cover_picture(world)])
    if extension == "hwpx":
        (tmp_path / "made.hwp").write_bytes(data)
        data = with_its_picture(as_hwpx(str(tmp_path / "made.hwp")))
    reading = read(tmp_path, data, f"[서식-2] 연구개발계획서_한울정밀.{extension}")
    assert [p.code for p in reading.problems] == [Code.PICTURES_ONLY]
    assert not any(f.name.startswith(("budget.", "org.", "participant.")) for f in reading.fields)
    if not engines.complete():
        pytest.skip("no OCR engine")
    names = {f.value: f.confirmed for f in reading.fields if f.name == "signoff.name" and f.value}
    assert world.partner.representative in names
    assert not any(names.values())  # nothing else tells them
    assert any(f.name == "signoff.kind" and f.value == "seal" for f in reading.fields)
