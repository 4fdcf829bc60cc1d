"""The unit note that whole-page OCR lost: believed when several crops of its place name it and none another."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from jeopsu.domain.documents import FigureReading
from jeopsu.domain.geometry import Box
from jeopsu.extractors.pages import FigureCell
from jeopsu.extractors.statements.model import Column, Grid, Statement, StatementKind
from jeopsu.extractors.statements.units import read_units


class _Page:
    width, scanned, lines = 595.0, True, ()  # `lines`: those of page OCR

    def __init__(self, said: list[str], weakest: float = 0.9) -> None:
        self.said, self.weakest = said, weakest

    def figures(self, boxes: list[Box]) -> tuple[FigureCell, ...]:
        texts = [self.said[n % len(self.said)] for n in range(len(boxes))]
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
        StatementKind.BALANCE, grids=[grid], title_page=1, title_box=Box(left=200, top=70, right=300, bottom=85)
    )
    read_units([statement], {1: _Page(lines)})  # type: ignore[dict-item]
    assert statement.unit == unit


def test_a_unit_in_doubt_is_none() -> None:
    statement = Statement(StatementKind.BALANCE, grids=[Grid(1, 140.0, (Column(300, 400),), ())])
    read_units([statement], {1: _Page(["(단위 : 원)"], 0.5)})  # type: ignore[dict-item]
    assert statement.unit is None


def test_a_text_layer_is_not_read_again() -> None:
    statement = Statement(StatementKind.BALANCE, grids=[Grid(1, 140.0, (Column(300, 400),), ())])
    read_units([statement], {1: SimpleNamespace(scanned=False)})  # type: ignore[dict-item]
    assert statement.unit is None


def _printed(page: int, unit: int | None) -> Statement:
    grid = Grid(page, 140.0, (Column(300, 400),), ())
    box = Box(left=200, top=70, right=300, bottom=85)
    return Statement(StatementKind.BALANCE, unit=unit, grids=[grid], title_page=page, title_box=box)


def test_a_won_that_a_lost_syllable_could_leave_needs_a_second_witness() -> None:
    alone = _printed(1, 1)
    read_units([alone], {1: _Page(["(단위 : 천원)"])})  # type: ignore[dict-item]
    assert alone.unit is None and alone.unit_doubted
    seen = _printed(1, 1)
    read_units([seen], {1: _Page(["(단위 : 원)"])})  # type: ignore[dict-item]
    assert seen.unit == 1


class _NoteAbove(_Page):
    """Page OCR found the note three rows above the first figures; a crop that holds more than it is read as nothing."""

    def __init__(self) -> None:
        super().__init__([])
        inks = [SimpleNamespace(text="㈜가온", box=Box(left=60, top=90, right=100, bottom=99))]
        inks += [SimpleNamespace(text=t, box=Box(left=x, top=90, right=x + 25, bottom=99)) for t, x in self.NOTE]
        text = " ".join(ink.text for ink in inks)
        self.lines = (SimpleNamespace(text=text, inks=inks, box=Box(left=60, top=90, right=540, bottom=99)),)

    NOTE = (("(단위", 490), ("원)", 515))

    def figures(self, boxes: list[Box]) -> tuple[FigureCell, ...]:
        self.said = ["(단위 : 원)" if b.left > 470 and b.bottom - b.top < 17 else "내" for b in boxes]
        return super().figures(boxes)


@pytest.mark.parametrize("title", [(70, 85), (138, 150)], ids=["over the table", "taken for one of its rows"])
def test_a_note_rows_above_the_figures_is_read_by_itself(title: tuple[int, int]) -> None:
    statement = _printed(1, 1)
    statement.title_box = Box(left=200, top=title[0], right=300, bottom=title[1])
    statement.grids = [replace(statement.grids[0], top=125.0)]
    read_units([statement], {1: _NoteAbove()})  # type: ignore[dict-item]
    assert statement.unit == 1


def test_another_page_bears_a_unit_out_or_contradicts_it() -> None:
    pages = {1: _Page(["내"]), 2: _Page(["내"])}
    both = [_printed(1, 1), _printed(2, 1)]
    read_units(both, pages)  # type: ignore[arg-type]
    assert [s.unit for s in both] == [1, 1]
    differing = [_printed(1, 1), _printed(2, 1000)]
    read_units(differing, pages)  # type: ignore[arg-type]
    assert [s.unit for s in differing] == [None, 1000]
