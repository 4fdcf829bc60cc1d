"""The unit note that whole-page OCR lost: believed when several crops of its place name it and none another."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from jeopsu.domain.documents import FigureReading
from jeopsu.domain.geometry import Box
from jeopsu.extractors.pages import FigureCell
from jeopsu.extractors.statements.model import Column, Grid, Sheet, Statement
from jeopsu.extractors.statements.units import read_units


class _Page:
    width, scanned = 595.0, True

    def __init__(self, lines: list[str], weakest: float = 0.9) -> None:
        self.lines, self.weakest = lines, weakest

    def figures(self, boxes: list[Box]) -> tuple[FigureCell, ...]:
        texts = [self.lines[n % len(self.lines)] for n in range(len(boxes))]
        return tuple(
            FigureCell(
                box, (FigureReading(engine="tesseract", text=text, confidence=0.9, weakest=self.weakest),), False, False
            )
            for box, text in zip(boxes, texts, strict=True)
        )


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["(단위 : 천원)"], 1000),
        (["현재\n(단위 : 백만원)", "(단위 백만원)"], 1_000_000),
        (["(단위 : 천원)", "(단위 : 원)"], None),
        (["(다위 : 처원)"], None),
        (["(단위 : 천원)", *["내"] * 7], None),  # one crop alone
    ],
)
def test_a_lost_unit_is_read_alone(lines: list[str], unit: int | None) -> None:
    grid = Grid(1, 140.0, (Column(300, 400), Column(400, 540)), ())
    statement = Statement(
        Sheet.BALANCE, grids=[grid], title_page=1, title_box=Box(left=200, top=70, right=300, bottom=85)
    )
    read_units([statement], {1: _Page(lines)})  # type: ignore[dict-item]
    assert statement.unit == unit


def test_a_unit_in_doubt_is_none() -> None:
    statement = Statement(Sheet.BALANCE, grids=[Grid(1, 140.0, (Column(300, 400),), ())])
    read_units([statement], {1: _Page(["(단위 : 원)"], 0.5)})  # type: ignore[dict-item]
    assert statement.unit is None


def test_a_text_layer_is_not_read_again() -> None:
    statement = Statement(Sheet.BALANCE, grids=[Grid(1, 140.0, (Column(300, 400),), ())])
    read_units([statement], {1: SimpleNamespace(scanned=False)})  # type: ignore[dict-item]
    assert statement.unit is None


def _printed(page: int, unit: int | None) -> Statement:
    grid = Grid(page, 140.0, (Column(300, 400),), ())
    box = Box(left=200, top=70, right=300, bottom=85)
    return Statement(Sheet.BALANCE, unit=unit, grids=[grid], title_page=page, title_box=box)


def test_a_won_that_a_lost_syllable_could_leave_needs_a_second_witness() -> None:
    alone = _printed(1, 1)
    read_units([alone], {1: _Page(["(단위 : 천원)"])})  # type: ignore[dict-item]
    assert alone.unit is None and alone.unit_doubted
    seen = _printed(1, 1)
    read_units([seen], {1: _Page(["(단위 : 원)"])})  # type: ignore[dict-item]
    assert seen.unit == 1


def test_another_page_bears_a_unit_out_or_contradicts_it() -> None:
    pages = {1: _Page(["내"]), 2: _Page(["내"])}
    both = [_printed(1, 1), _printed(2, 1)]
    read_units(both, pages)  # type: ignore[arg-type]
    assert [s.unit for s in both] == [1, 1]
    differing = [_printed(1, 1), _printed(2, 1000)]
    read_units(differing, pages)  # type: ignore[arg-type]
    assert [s.unit for s in differing] == [None, 1000]
