"""Lines and letters across a text layer's words: what strikes a value out, and what only stands near it."""

from __future__ import annotations

import pytest

from jeopsu.domain.documents import Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.readers.pdf import open_pdf
from jeopsu.extractors.statements.model import Figure, Slot
from jeopsu.extractors.statements.struck import is_figure_struck
from tests.extractors.hand_made_pdf import pdf, text

FILLER = "".join(text(f"plain words of the form {n}", 60, 700 - 20 * n) for n in range(12))
FIGURE = text("242,213", 200, 204)  # from 200 to about 240, its foot at 204


def _crossed(tmp_path, drawn: str) -> list[str]:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(FILLER + FIGURE + drawn))
    return [word.text for word in open_pdf(str(path), "page.pdf").page(1).words if word.crossed]


@pytest.mark.parametrize(
    "drawn",
    [
        "1 w 198 208 m 250 208 l S",
        "1 w 198 206 m 250 211 l S",
        "1 w 198 208 m 215 207 230 209 250 208 c S",
        "1 w 198 203 m 248 213 l S 198 213 m 248 203 l S",
        "0 0 0 rg 198 207.5 52 1 re f",
        text("118,440", 201, 204.5),
    ],
    ids=["a line", "aslant", "by hand", "a cross", "a flat bar", "typed over"],
)
def test_what_strikes_a_figure_out(tmp_path, drawn: str) -> None:
    assert "242,213" in _crossed(tmp_path, drawn)


@pytest.mark.parametrize(
    "drawn",
    [
        "1 w 198 202 m 250 202 l S",
        "0.5 w 60 216 m 500 216 l S 60 198 m 500 198 l S 199 198 m 199 216 l S",
        "190 198 70 18 re S",
        "10 w 1 1 0 RG 198 208 m 250 208 l S",
        text("242,213", 200.3, 204),
        text("__________", 200, 204),
    ],
    ids=[
        "an underline",
        "a table's rules",
        "a box around",
        "a highlighter",
        "bold by printing twice",
        "a blank's line",
    ],
)
def test_what_only_stands_near_one(tmp_path, drawn: str) -> None:
    assert _crossed(tmp_path, drawn) == []


def test_a_crossed_figure_of_a_statement_is_struck() -> None:
    box = Box(left=200, top=100, right=240, bottom=112)
    for crossed in (True, False):
        slot = Slot(1, 0, box, (Word(text="242,213", box=box, crossed=crossed),), "242,213")
        figure = Figure("assets", 2022, slot, "자산총계", 1)
        if crossed:
            assert is_figure_struck(None, figure)  # type: ignore[arg-type]  # its picture is not looked at
