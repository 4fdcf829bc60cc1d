"""Struck-out print in cells: a cell that is hardly more than its rules is no crash."""

from __future__ import annotations

import pytest

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Sheet
from jeopsu.extractors.kinds.strikes import is_cell_struck
from tests.extractors.drawn_pages import Drawn, DrawnSource


@pytest.mark.parametrize(("wide", "tall"), [(0.0, 20.0), (3.5, 20.0), (40.0, 2.0), (4.0, 4.0)])
def test_a_cell_of_rules_alone_holds_nothing_that_is_struck(wide: float, tall: float) -> None:
    sheet = Sheet(DrawnSource(Drawn().text(60, 80, "100")), 1)
    assert not is_cell_struck(sheet, Box(left=60, top=80, right=60 + wide, bottom=80 + tall))
