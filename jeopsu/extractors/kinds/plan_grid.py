"""Tables of a plan as grids to walk in: what stands above and left of a figure says what the figure is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jeopsu.domain.documents import Document, Paragraph, Table
from jeopsu.extractors.readers.hwp_body import every_table

_FIGURE = re.compile(
    r"(?:현금|현물)?[:：]?[△▲\-−(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?(?:원|천원|백만원|만원|억원)?|(?:현금|현물)?[:：]?[-−–—―]|해당(?:사항)?없음|없음"
)
_SHARE = re.compile(r"(?<=\d)\s*\(\s*[\d.]+\s*%\s*\)\s*$")
_SENTENCE = re.compile(r"(?:다|함|음|임|됨|요)\.?$|^※")
_NEUTRAL = re.compile(r"[\d.,]+%.*|\([\d.,]*%?\)|%")


def without_share(text: str) -> str:
    """The amount of "109,760 (66.0%)"."""
    return _SHARE.sub("", text)


@dataclass(frozen=True)
class Spot:
    """A cell with its place in the grid and where it stands in the file."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    sure: bool  # both readers gave the same characters
    readings: tuple[tuple[str, str], ...]
    table: int  # anchor
    table_row: int
    table_column: int

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def tight(self) -> str:
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", self.text))

    @property
    def is_figure(self) -> bool:
        """A lone amount, a dash, or "해당없음"; also two amounts in one cell (현금/현물)."""
        parts = [part for part in re.split(r"[/\n]", without_share(self.text)) if part.strip()]
        return bool(parts) and all(
            _FIGURE.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", p))) for p in parts
        )

    @property
    def is_neutral(self) -> bool:
        """Neither label nor amount: a share in percent."""
        return bool(_NEUTRAL.fullmatch(self.tight))


@dataclass
class Grid:
    """A table (or a table and its continuation) with the text around it."""

    rows: int
    columns: int
    spots: list[Spot]
    above: tuple[Paragraph, ...] = ()  # paragraphs since the table before, and its caption
    caption: str = ""
    order: int = 0
    _at: dict[tuple[int, int], Spot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for spot in self.spots:
            for row in range(spot.row, spot.row + spot.row_span):
                for column in range(spot.column, spot.column + spot.column_span):
                    self._at[row, column] = spot

    def at(self, row: int, column: int) -> Spot | None:
        return self._at.get((row, column))

    def row(self, row: int) -> list[Spot]:
        """The cells that cover a row, left to right, each once."""
        return list(dict.fromkeys(s for c in range(self.columns) if (s := self.at(row, c)) is not None))

    def left_of(self, spot: Spot) -> Iterator[Spot]:
        """Cells in the same row, from the nearest to the edge, each once."""
        column = spot.column - 1
        while column >= 0:
            found = self.at(spot.row, column)
            if found is None:
                column -= 1
                continue
            yield found
            column = found.column - 1

    def above_of(self, spot: Spot) -> Iterator[Spot]:
        """Cells in the same column, from the nearest to the top, each once."""
        row = spot.row - 1
        while row >= 0:
            found = self.at(row, spot.column)
            if found is None:
                row -= 1
                continue
            yield found
            row = found.row - 1

    def labels(self, cells: Iterator[Spot]) -> list[Spot]:
        """The nearest unbroken run of labels, past figures and blanks: a second block's head ends the first's."""
        run: list[Spot] = []
        for spot in cells:
            if spot.blank:
                continue
            if spot.is_figure or spot.is_neutral:
                if run:
                    break
                continue
            run.append(spot)
        return run

    def turned(self) -> Grid:
        """Rows and columns exchanged, for forms that list across what others list down."""
        spots = [
            replace(s, row=s.column, column=s.row, row_span=s.column_span, column_span=s.row_span) for s in self.spots
        ]
        spots.sort(key=lambda s: (s.row, s.column))
        return Grid(self.columns, self.rows, spots, self.above, self.caption, self.order)

    def headings(self) -> list[str]:
        """The lines above a table that could be its heading, nearest first: short, and no sentence."""
        texts = [p.text for p in reversed(self.above) if p.alike] or [self.caption]
        return [text for text in texts if len(text) <= 60 and not _SENTENCE.search(text.rstrip())]

    @property
    def context(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.above) or self.caption


def grids(document: Document) -> list[Grid]:
    """Every table of a document in order, continuations joined to what they continue."""
    made: list[Grid] = []
    body = [p for p in document.paragraphs if p.place == "body"]
    last_number = -1
    top_level = {table.anchor for table in document.tables}
    for order, table in enumerate(every_table(document.tables)):
        top = table.anchor in top_level
        number = table.paragraph if table.paragraph is not None else -1
        above = tuple(p for p in body if last_number < p.number <= number) if top else ()
        if top:
            last_number = number
        grid = Grid(table.rows, table.columns, _spots(table), above, table.caption, order)
        if made and top and not above and _continues(made[-1], grid):
            made[-1] = _joined(made[-1], grid)
        else:
            made.append(grid)
    return made


def _spots(table: Table) -> list[Spot]:
    return [
        Spot(
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            text=cell.text,
            sure=not cell.readings,
            readings=tuple((reading.engine, reading.text) for reading in cell.readings),
            table=table.anchor or 0,
            table_row=cell.row,
            table_column=cell.column,
        )
        for cell in table.cells
    ]


def _continues(first: Grid, second: Grid) -> bool:
    """The same columns, no words between, and figures in its very first row: it has no head of its own."""
    figures = [sum(spot.is_figure for spot in line) for line in (first.row(first.rows - 1), second.row(0))]
    return first.columns == second.columns and min(figures) >= 2


def _joined(first: Grid, second: Grid) -> Grid:
    moved = [replace(spot, row=spot.row + first.rows) for spot in second.spots]
    return Grid(first.rows + second.rows, first.columns, first.spots + moved, first.above, first.caption, first.order)
