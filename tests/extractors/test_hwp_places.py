"""Where cells are on the drawn pages: clipped ones, mere characters, empty ones; no box rather than a wrong one."""

from __future__ import annotations

from jeopsu.domain.documents import Table
from jeopsu.extractors.readers.hwp_places import places
from tests.extractors.plan_forms import Row, table

Rows = list[list[object]]


def clipped(rows: list[Row], page: int = 1, left: float = 0) -> Rows:
    return [
        [page, left + 50 * c, 20 * r, left + 50 * c + 40, 20 * r + 10, text.replace("\n", "")]
        for r, line in enumerate(rows)
        for c, text in enumerate(line)
        if text not in ("<", "^")
    ]


def loose(text: str, page: int = 1, top: float = 0) -> Rows:
    return [[page, 10 * n, top, 10 * n + 9, top + 12, letter] for n, letter in enumerate(text)]


MONEY: list[Row] = [["구분", "주관", "공동"], ["현금", "1,000", "0"], ["현물", "0", ""], ["합계", "1,000", "0"]]


def found(drawn: dict[str, Rows], *tables: list[Row]) -> dict[tuple[int, int, int], tuple[int, float, float]]:
    made: list[Table] = [table(rows, n, n) for n, rows in enumerate(tables)]
    return {key: (spot.page, spot.box.left, spot.box.top) for key, spot in places(drawn, made).items()}


def test_equal_figures_are_told_by_their_neighbours() -> None:
    at = found({"cells": clipped(MONEY)}, MONEY)
    assert at[0, 1, 1] == (1, 50, 20) and at[0, 3, 1] == (1, 50, 60)
    assert at[0, 1, 2] == (1, 100, 20) and at[0, 2, 1] == (1, 50, 40) and at[0, 3, 2] == (1, 100, 60)


def test_an_empty_cell_between_known_ones_has_its_place() -> None:
    assert found({"cells": clipped(MONEY)}, MONEY)[0, 2, 2] == (1, 100, 40)


def test_a_table_drawn_without_clips() -> None:
    words = "참여연구자" + "".join(text for line in MONEY for text in line) + "끝"
    at = found({"cells": [], "loose": loose(words)}, MONEY)
    start = len("참여연구자")
    assert at[0, 0, 0] == (1, 10 * start, 0) and at[0, 1, 1] == (1, 10 * (start + 8), 0)


def test_a_table_over_two_pages_with_its_head_again() -> None:
    first, second = "구분주관공동현금1,0000", "-2-구분주관공동현물0합계1,0000"
    at = found({"cells": [], "loose": loose(first) + loose(second, page=2)}, MONEY)
    assert at[0, 1, 1] == (1, 80, 0) and at[0, 3, 1] == (2, 140, 0)


def test_what_stands_twice_or_nowhere_has_no_box() -> None:
    twice = "".join(text for line in MONEY for text in line) * 2
    assert found({"cells": [], "loose": loose(twice)}, [["현금", "0"]]) == {}
    assert found({"cells": clipped([["다른", "표"]]), "loose": []}, MONEY) == {}
