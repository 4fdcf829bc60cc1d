"""Which pages of a short scan are looked at: nothing is read that is read again."""

from __future__ import annotations

from collections.abc import Sequence

from jeopsu.domain.documents import Mark, Page, Table
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.pages import FigureCell, Picture
from jeopsu.extractors.statements.select import choose
from tests.extractors.statement_pages import COLUMNS, HEAD, Leaf, MadeSource, accounts, balance_rows


class Scan(MadeSource):
    """A scan whose ruled pages have a head: the lines above their tables."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.asked: list[tuple[str, int]] = []

    def glance(self, number: int) -> Page:
        self.asked.append(("glance", number))
        return self._made[number - 1]

    def page(self, number: int) -> Page:
        self.asked.append(("page", number))
        return self._made[number - 1]

    def upright(self, number: int) -> Page:
        return self._made[number - 1]

    def as_shown(self, number: int, box: Box) -> Box:
        return box

    def upright_tables(self, number: int) -> tuple[Table, ...]:
        return self._made[number - 1].tables

    def figures_upright(self, number: int, boxes: Sequence[Box], once: bool = False) -> tuple[FigureCell, ...]:
        return self.figures(number, boxes)

    def by_cells(self, number: int) -> None:
        return None

    def picture(self, number: int, dpi: float = 150) -> Picture:
        raise NotImplementedError  # which pages are looked at is told without one

    def marks(self, number: int) -> tuple[Mark, ...]:
        return ()

    def ruled(self, number: int) -> bool:
        return self.leaves[number - 1].ruled

    def head(self, number: int, last: bool = False, rows: bool = False) -> Page | None:
        page, lines = self._made[number - 1], len(self.leaves[number - 1].above) + 10 * rows
        over = tuple(word for word in page.words if word.box.top < 40 + 14 * lines)
        return page.model_copy(update={"words": over}) if self.ruled(number) else None


OPINION = Leaf(("독립된 감사인의 감사보고서", "감사의견"))
TABLE = [COLUMNS, *balance_rows(accounts(1), accounts(2))]
TITLED, UNTITLED = Leaf(HEAD, TABLE, ruled=True), Leaf((), TABLE, ruled=True)
FLOWS = Leaf(("현 금 흐 름 표", *HEAD[1:]), TABLE, ruled=True)


def chosen(*leaves: Leaf, kind: Kind = Kind.AUDIT_REPORT) -> tuple[list[int], list[int], list[tuple[str, int]]]:
    source = Scan(leaves, scanned=True)
    pages = choose(source, Segment(kind=kind, first_page=1, last_page=source.count, confidence=1.0))
    return pages.front, pages.statements, source.asked


def test_a_ruled_statement_is_known_without_a_glance():
    assert chosen(TITLED, UNTITLED, kind=Kind.CLOSING_STATEMENTS) == ([], [1, 2], [])


def test_another_statement_is_left_out_by_its_title():
    assert chosen(TITLED, FLOWS, kind=Kind.CLOSING_STATEMENTS) == ([], [1], [])


def test_an_auditors_page_is_read_whole_at_once():
    assert chosen(OPINION, TITLED) == ([1], [2], [("page", 1)])


def test_a_cover_of_other_papers_is_only_glanced_at():
    assert chosen(Leaf(("재무제표 확인원",)), TITLED, kind=Kind.CLOSING_STATEMENTS) == ([1], [2], [("glance", 1)])
