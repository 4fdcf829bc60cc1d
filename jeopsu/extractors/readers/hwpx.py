"""First reader of HWPX (OWPML, KS X 6101): our own walk over its XML.

python-hwpx writes it well, but its reading side repairs what it meets; here a cell outside its table is a damaged file.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from jeopsu.domain.documents import Cell, Table
from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.extractors.readers.hwp_body import Body, Builder
from jeopsu.extractors.readers.hwp_characters import UNREAD, normalised
from jeopsu.extractors.readers.hwpx_gate import HwpxArchive

ENGINE = "hwpx"
_POINT = 100.0  # HWPUNIT: 1/7200 inch
_CELLS = 100_000
_NESTING = 24
_NOTES = {"footNote": "footnote", "endNote": "footnote", "header": "header", "footer": "footer"}
_INLINE = {"lineBreak": "\n", "tab": "\t", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
# Without words for the reader: hidden comments, field parameters, layout.
_SILENT = frozenset({"hiddenComment", "parameters", "linesegarray", "secPr", "metaTag"})


def read(archive: HwpxArchive) -> Body:
    """Paragraphs, tables and pictures of all sections."""
    walker = _Walker(archive.pictures())
    for name in archive.sections():
        walker.section(archive.xml(name))
    return walker.build.body


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _number(element: etree._Element | None, attribute: str, default: int) -> int:
    try:
        return int(element.get(attribute, default)) if element is not None else default
    except ValueError as error:
        raise DocumentProblem(Code.TRUNCATED, "number") from error


class _Walker:
    def __init__(self, pictures: dict[str, str]) -> None:
        self.build = Builder(ENGINE)
        self._pictures = pictures
        self._page = (595.0, 842.0)
        self._depth = 0

    def section(self, root: etree._Element) -> None:
        for page in root.iter("{*}pagePr"):
            width, height = _number(page, "width", 0) / _POINT, _number(page, "height", 0) / _POINT
            if width > 0 and height > 0:
                self._page = (width, height)
            break
        for element in root:
            if _name(element) == "p":
                self._paragraph(element, "body", None)

    def _paragraph(self, paragraph: etree._Element, place: str, table: int | None) -> None:
        self.build.paragraph(_text(paragraph), place)
        for control in _controls(paragraph):
            self._control(control, place, table)

    def _control(self, control: etree._Element, place: str, table: int | None) -> None:
        kind = _name(control)
        if kind == "tbl":
            self.build.body.tables.append(self._table(control, []))
        elif kind in _NOTES:
            self._lists(control, _NOTES[kind], table)
        elif kind == "pic":
            self._picture(control, table)
            self._lists(control, "textbox", table)
        else:
            self._lists(control, "textbox", table)

    def _lists(self, element: etree._Element, place: str, table: int | None) -> None:
        """Paragraphs anywhere inside a control (drawing text, notes, captions), groups of drawings included."""
        for child in element:
            kind = _name(child)
            if kind == "p":
                self._paragraph(child, place, table)
            elif kind == "pic":
                self._control(child, place, table)
            elif kind not in _SILENT:
                self._lists(child, place, table)

    def _picture(self, control: etree._Element, table: int | None) -> None:
        image = next(control.iter("{*}img"), None)
        size = next((child for child in control if _name(child) == "sz"), None)
        if size is None:
            size = next((child for child in control if _name(child) == "curSz"), None)
        name = self._pictures.get(image.get("binaryItemIDRef", ""), "") if image is not None else ""
        width, height = _number(size, "width", 0) / _POINT, _number(size, "height", 0) / _POINT
        self.build.picture(name, table, max(0.0, width), max(0.0, height), self._page)

    def _table(self, control: etree._Element, inside: list[str]) -> Table:
        anchor, number = self.build.next_anchor(), max(0, self.build.number)
        caption = " ".join(inside[-1:]) or self.build.caption()
        self._depth += 1
        if self._depth > _NESTING:
            raise DocumentProblem(Code.TOO_LARGE, "tables nested too deep")
        rows, columns = _number(control, "rowCnt", 0), _number(control, "colCnt", 0)
        if rows * columns > _CELLS or rows < 0 or columns < 0:
            raise DocumentProblem(Code.TOO_LARGE, "cells of a table")
        cells: list[Cell] = []
        for child in control:
            if _name(child) == "caption":
                words = [normalised(_text(p)).strip() for p in child.iter("{*}p")]
                caption = "\n".join(word for word in words if word) or caption
            elif _name(child) == "tr":
                cells += [self._cell(cell, rows, columns, anchor) for cell in child if _name(cell) == "tc"]
        self._depth -= 1
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return Table(rows=rows, columns=columns, cells=tuple(cells), caption=caption, anchor=anchor, paragraph=number)

    def _cell(self, element: etree._Element, rows: int, columns: int, anchor: int) -> Cell:
        parts = {_name(child): child for child in element}
        row, column = _number(parts.get("cellAddr"), "rowAddr", -1), _number(parts.get("cellAddr"), "colAddr", -1)
        row_span = max(1, _number(parts.get("cellSpan"), "rowSpan", 1))
        column_span = max(1, _number(parts.get("cellSpan"), "colSpan", 1))
        if row < 0 or column < 0 or row + row_span > rows or column + column_span > columns:
            raise DocumentProblem(Code.TRUNCATED, "cell outside its table")
        lines: list[str] = []
        nested: list[Table] = []
        since = len(self.build.body.paragraphs)
        for paragraph in parts.get("subList", ()):
            if _name(paragraph) != "p":
                continue
            text = normalised(_text(paragraph)).strip()
            if text:
                lines.append(text)
            for control in _controls(paragraph):
                if _name(control) == "tbl":
                    nested.append(self._table(control, lines or [""]))
                else:
                    self._control(control, "body", anchor)
        return Cell(
            row=row,
            column=column,
            row_span=row_span,
            column_span=column_span,
            text=self.build.cell_text(lines, since, (anchor, row, column)),
            tables=tuple(nested),
        )


def _controls(paragraph: etree._Element) -> Iterator[etree._Element]:
    """What hangs in a paragraph: tables, drawings, notes — everything in its runs but the text."""
    for run in paragraph:
        if _name(run) != "run":
            continue
        for child in run:
            kind = _name(child)
            if kind == "ctrl":
                yield from (inner for inner in child if _name(inner) not in _SILENT)
            elif kind and kind != "t" and kind not in _SILENT:
                yield child


def _text(paragraph: etree._Element) -> str:
    parts: list[str] = []
    deleted = False  # between the marks of a tracked deletion, which Hangul shows struck out
    for run in paragraph:
        if _name(run) != "run":
            continue
        for piece in run:
            kind = _name(piece)
            if kind == "dutmal":  # a word with another over it
                parts += [part.text or "" for part in piece if _name(part) == "mainText" and not deleted]
            elif kind == "compose":  # characters printed over one another
                parts.append(UNREAD)
            if kind != "t":
                continue
            parts.append("" if deleted else piece.text or "")
            for inline in piece:
                mark = _name(inline)
                deleted = mark == "deleteBegin" or (deleted and mark != "deleteEnd")
                parts.append(_INLINE.get(mark, ""))
                parts.append("" if deleted else inline.tail or "")
    return "".join(parts)
