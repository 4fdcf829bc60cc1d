"""Second reader of HWP 5 and HWPX: unhwp (MIT), in process, by its JSON tree."""

from __future__ import annotations

import json
from typing import Any

import unhwp

from jeopsu.domain.documents import Cell, Table
from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.extractors.readers.hwp_body import Body, Builder
from jeopsu.extractors.readers.hwp_characters import normalised

ENGINE = "unhwp"


def read(path: str) -> Body:
    """What unhwp makes of the file. Raises DocumentProblem(READER_FAILED) where it gives up."""
    try:
        with unhwp.parse(path) as parsed:
            tree = json.loads(parsed.json)
    except (unhwp.UnhwpError, ValueError) as error:
        raise DocumentProblem(Code.READER_FAILED, f"unhwp: {type(error).__name__}") from error
    build = Builder(ENGINE)
    for section in tree.get("sections", ()):
        for block in section.get("content", ()):
            _block(build, block)
        for place in ("header", "footer"):
            for paragraph in section.get(place) or ():
                if isinstance(paragraph, dict):
                    build.paragraph(_text(paragraph.get("Paragraph", paragraph)), place)
    return build.body


def _block(build: Builder, block: Any) -> None:
    if not isinstance(block, dict):
        return
    if "Paragraph" in block:
        build.paragraph(_text(block["Paragraph"]))
    elif "Table" in block:
        build.number += 1
        build.body.tables.append(_table(build, block["Table"], []))


def _text(paragraph: dict[str, Any]) -> str:
    parts: list[str] = []
    for item in paragraph.get("content", ()):
        if item == "LineBreak":
            parts.append("\n")
        elif isinstance(item, dict) and "Text" in item:
            parts.append(item["Text"].get("text", ""))
    return "".join(parts)


def _table(build: Builder, table: dict[str, Any], inside: list[str]) -> Table:
    anchor, number = build.next_anchor(), max(0, build.number)
    caption = " ".join(inside[-1:]) or build.caption()
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = table.get("rows", ())
    for row, line in enumerate(rows):
        column = 0
        for cell in line.get("cells", ()):
            # It names spans, no addresses: a cell stands at the first free place of its row, as in HTML.
            while (row, column) in taken:
                column += 1
            row_span, column_span = max(1, cell.get("rowspan", 1)), max(1, cell.get("colspan", 1))
            taken |= {(row + i, column + j) for i in range(row_span) for j in range(column_span)}
            lines = [text for p in cell.get("content", ()) if (text := normalised(_text(p)).strip())]
            nested = tuple(_table(build, inner, lines or [""]) for inner in cell.get("nested_tables", ()))
            cells.append(
                Cell(
                    row=row,
                    column=column,
                    row_span=row_span,
                    column_span=column_span,
                    text="\n".join(lines),
                    tables=nested,
                )
            )
            column += column_span
    return Table(
        rows=len(rows),
        columns=max((c.column + c.column_span for c in cells), default=0),
        cells=tuple(cells),
        caption=caption,
        anchor=anchor,
        paragraph=number,
    )
