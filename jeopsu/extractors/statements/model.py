"""What the statement reader builds on its way: rows of a printed statement, columns with their years, figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from jeopsu.domain.documents import FigureReading, Word
from jeopsu.domain.geometry import Box


class StatementKind(StrEnum):
    """What a statement is; `OURS` are the two whose figures a call asks for."""

    BALANCE = "balance"  # 재무상태표, 대차대조표
    INCOME = "income"  # 손익계산서, 포괄손익계산서
    OTHER = "other"  # 자본변동표, 현금흐름표, 처분계산서, 주석 …: not for us


OURS = (StatementKind.BALANCE, StatementKind.INCOME)


@dataclass(frozen=True)
class Slot:
    """A place where one figure stands or should stand: a cell of an amount column."""

    page: int
    column: int  # number of the amount column within its grid
    cell: Box  # the room there is for it
    words: tuple[Word, ...]  # what the page's words say stands there
    text: str  # those words without blanks
    torn: bool = False  # scans: print beside it belongs to nothing else; a part of the figure may be there

    @property
    def ink(self) -> Box:
        """The printed figure's own box where its words are known, else the cell."""
        if not self.words:
            return self.cell
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box


@dataclass(frozen=True)
class Row:
    """One line of a statement: its label and a slot for each amount column (None: the grid has no cell there)."""

    page: int
    label: str
    box: Box
    slots: tuple[Slot | None, ...] = ()
    code: str = ""  # 표준재무제표: the account's code beside the label
    faint: float = 1.0  # the weakest confidence of the label's words


@dataclass(frozen=True)
class Column:
    """An amount column of a grid with the words of its heading."""

    left: float
    right: float
    heading: str = ""


@dataclass(frozen=True)
class Grid:
    """The rows of one table, or of one block of a two-column one."""

    page: int
    top: float
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    headed: bool = False  # its own heading row names the periods
    coded: bool = False
    ruled: bool = False  # rules bound its cells
    above: tuple[str, ...] = ()  # lines of its own top that are neither heading nor row: company, unit, period


@dataclass
class Period:
    """제 N 기 with the day on which it ends."""

    number: int | None  # N
    year: int
    text: str = ""


@dataclass
class Statement:
    """One printed statement: its heading and all its rows, over as many pages as it runs."""

    kind: StatementKind
    consolidated: bool = False
    estimated: bool = False
    interim: bool = False  # of a part of a year
    year_doubted: bool = False  # one period alone, and the file's name tells another year
    unit: int | None = None
    unit_doubted: bool = False  # a unit was read, but nothing bears it out: no other may take its place
    periods: list[Period] = field(default_factory=list)
    cover: list[Period] = field(default_factory=list)  # whole years that the pages before the statements name
    title: str = ""
    title_page: int = 0
    title_box: Box | None = None
    sure_title: bool = True  # the title was read as it must be, not just nearly
    grids: list[Grid] = field(default_factory=list)
    years: dict[int, tuple[int | None, ...]] = field(default_factory=dict)  # grid index → year of each column
    standard: bool = False  # 국세청 form
    coded: bool = False  # its account codes say so too


@dataclass
class Figure:
    """One figure of one item in one year, with what it may be."""

    name: str
    year: int | None
    slot: Slot
    label: str
    unit: int
    candidates: tuple[int, ...] = ()  # in printed units, best first; empty: not to be made out
    solid: bool = False  # a trusted text layer, or two engines agree and the gate is clean
    digital: bool = True
    readings: tuple[FigureReading, ...] = ()
    confidence: float = 1.0
    chosen: int | None = None  # the value that the witnesses leave
    witnesses: int = 0  # identities that hold exactly with it
    broken: bool = False  # an identity that must hold does not
    doubt: str = ""  # why it cannot be confirmed, in Korean
    derived: bool = False
