"""What every HWP reader builds, and the comparison of two: where they differ, both readings are kept."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jeopsu.domain.documents import Cell, EmbeddedPicture, FigureReading, Paragraph, Table
from jeopsu.extractors.readers.hwp_characters import normalised

# A form number or a title may stand above the scan of the first page.
_BEFORE_PICTURE = 60


@dataclass
class Body:
    """One reader's view of an HWP or HWPX."""

    engine: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pictures: list[EmbeddedPicture] = field(default_factory=list)
    # Words of notes that hang in a cell, by (anchor, row, column): some readers print them with the cell's own.
    noted: dict[tuple[int, int, int], str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (self.paragraphs or self.tables or self.pictures)


class Builder:
    """Numbers paragraphs and tables as a reader walks through a body, and knows what stands just above a table."""

    def __init__(self, engine: str) -> None:
        self.body = Body(engine)
        self.number = -1
        self._anchor = -1
        self._above = ""

    def paragraph(self, text: str, place: str = "body") -> None:
        """Counts every paragraph, keeps those with characters."""
        self.number += 1
        self.text(text, place)

    def text(self, text: str, place: str = "body") -> None:
        """The characters of the paragraph that was counted last."""
        plain = normalised(text).strip()
        if plain:
            self.body.paragraphs.append(Paragraph(number=self.number, text=plain, place=place))
            if place == "body":
                self._above = plain

    def cell_text(self, lines: list[str], since: int, place: tuple[int, int, int]) -> str:
        """The words of a cell: its own, else those of a text box set into it. `since`: paragraphs known before it.

        Words over words (a box laid on what the cell says) stay apart: nobody knows which of them holds.
        """
        hanging = self.body.paragraphs[since:]
        boxes = [p.text for p in hanging if p.place == "textbox"]
        notes = [p.text for p in hanging if p.place == "footnote"]
        if notes and not boxes:
            self.body.noted[place] = "\n".join(notes)
        return "\n".join(lines or boxes)

    def next_anchor(self) -> int:
        self._anchor += 1
        return self._anchor

    def caption(self) -> str:
        """The last paragraph with characters, once: a second table under it has no caption of its own."""
        above, self._above = self._above, ""
        return above

    def picture(self, name: str, table: int | None, width: float, height: float, page: tuple[float, float]) -> None:
        """A picture of `width` × `height` points on a page of that size."""
        area = page[0] * page[1]
        self.body.pictures.append(
            EmbeddedPicture(
                name=name,
                paragraph=max(0, self.number),
                table=table,
                width=width,
                height=height,
                page_share=min(1.0, width * height / area) if area else 0.0,
                first_page=not self.body.tables and sum(len(p.text) for p in self.body.paragraphs) <= _BEFORE_PICTURE,
            )
        )


def every_table(tables: Iterable[Table]) -> Iterator[Table]:
    """Tables in reading order, each before the ones inside it."""
    for table in tables:
        yield table
        for cell in table.cells:
            yield from every_table(cell.tables)


def bare(text: str) -> str:
    """What counts when two readers are compared: characters without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def compare(first: Body, second: Body) -> tuple[Body, int]:
    """`first` with both readings wherever `second` differs, and how many cells and paragraphs do."""
    partners = _partners(list(every_table(first.tables)), list(every_table(second.tables)))
    # Tables that only the other reader has (those in notes and headers stand elsewhere in `first`, and count too).
    differing = max(0, sum(1 for _ in every_table(second.tables)) - sum(1 for _ in every_table(first.tables)))

    def checked(table: Table) -> Table:
        nonlocal differing
        partner = partners.get(table.anchor)
        cells = []
        for cell in table.cells:
            other = partner.get((cell.row, cell.column)) if partner is not None else None
            update: dict[str, object] = {}
            if other is None or not _same(cell, other, first.noted.get((table.anchor or 0, cell.row, cell.column), "")):
                differing += 1
                readings = [_reading(first.engine, cell.text)]
                if other is not None:
                    readings.append(_reading(second.engine, other.text))
                update["readings"] = tuple(readings)
            if cell.tables:
                update["tables"] = tuple(checked(nested) for nested in cell.tables)
            cells.append(cell.model_copy(update=update) if update else cell)
        return table.model_copy(update={"cells": tuple(cells)})

    tables = [checked(table) for table in first.tables]
    known = {bare(paragraph.text) for paragraph in second.paragraphs}
    everything = "\n".join(known)
    in_cells = "\n".join(bare(cell.text) for table in every_table(second.tables) for cell in table.cells)
    paragraphs = []
    for paragraph in first.paragraphs:
        text = bare(paragraph.text)
        # The other reader may break paragraphs elsewhere (line breaks, text boxes): the same run of characters counts.
        alike = text in known or text in everything or (paragraph.place != "body" and text in in_cells)
        # unhwp drops heads, feet and notes of an HWPX; nothing is read from them alone
        differing += not alike and paragraph.place in ("body", "textbox")
        paragraphs.append(paragraph if alike else paragraph.model_copy(update={"alike": False}))
    return Body(first.engine, paragraphs, tables, first.pictures, first.noted), differing


def alone(body: Body) -> Body:
    """A body that only one reader gave: nothing in it was read twice."""

    def marked(table: Table) -> Table:
        cells = tuple(
            cell.model_copy(
                update={
                    "readings": (_reading(body.engine, cell.text),),
                    "tables": tuple(marked(nested) for nested in cell.tables),
                }
            )
            for cell in table.cells
        )
        return table.model_copy(update={"cells": cells})

    paragraphs = [paragraph.model_copy(update={"alike": False}) for paragraph in body.paragraphs]
    return Body(body.engine, paragraphs, [marked(table) for table in body.tables], body.pictures)


def _reading(engine: str, text: str) -> FigureReading:
    return FigureReading(engine=engine, text=text, confidence=1.0, weakest=1.0)


def _same(one: Cell, other: Cell, notes: str) -> bool:
    spans = (one.row_span, one.column_span) == (other.row_span, other.column_span)
    return spans and bare(other.text) in (bare(one.text), bare(one.text + notes))


def _signature(table: Table) -> tuple[tuple[int, int, int, int, str], ...]:
    return tuple((c.row, c.column, c.row_span, c.column_span, bare(c.text)) for c in table.cells)


def _partners(first: list[Table], second: list[Table]) -> dict[int | None, dict[tuple[int, int], Cell]]:
    """For each table of `first` (by anchor) the cells of the one that is the same table in `second`."""
    matcher = difflib.SequenceMatcher(
        a=[_signature(table) for table in first], b=[_signature(table) for table in second], autojunk=False
    )
    pairs: list[tuple[Table, Table]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and i2 - i1 == j2 - j1):
            pairs += zip(first[i1:i2], second[j1:j2], strict=True)
    return {one.anchor: {(cell.row, cell.column): cell for cell in other.cells} for one, other in pairs}
