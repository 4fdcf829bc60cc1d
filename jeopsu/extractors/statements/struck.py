"""Figures of a statement that were struck out by hand."""

from __future__ import annotations

from jeopsu.extractors.kinds.strikes import is_box_struck, is_cell_struck
from jeopsu.extractors.pages import UNREAD
from jeopsu.extractors.statements.model import Figure
from jeopsu.extractors.statements.paper import Paper


def is_figure_struck(paper: Paper, figure: Figure) -> bool:
    """Whether a line runs through a figure, or other letters were typed into its place."""
    slot = figure.slot
    if any(word.crossed for word in slot.words):
        return True
    if not slot.words or slot.text == UNREAD:
        return is_cell_struck(paper, slot.cell)
    return is_box_struck(paper, slot.ink)
