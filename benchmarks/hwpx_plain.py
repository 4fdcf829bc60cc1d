"""A small reader of HWPX of our own, independent of the program's: every text and every table's cells (KS X 6101)."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from benchmarks.hwp_records import RecordBody, RecordTable

_SECTION = re.compile(r"Contents/section(\d+)\.xml", re.IGNORECASE)
_HIDDEN = frozenset({"hiddenComment", "parameters", "secPr"})


def read(data: bytes) -> RecordBody:
    body = RecordBody()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {int(m[1]): name for name in archive.namelist() if (m := _SECTION.fullmatch(name))}
        for number in sorted(names):
            _walk(ElementTree.fromstring(archive.read(names[number])), body)
    return body


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _walk(element: ElementTree.Element, body: RecordBody) -> None:
    for child in element:
        kind = _name(child)
        if kind in _HIDDEN:
            continue
        if kind == "p":
            text = _own_text(child)
            if text.strip():
                body.paragraphs.append(text)
        if kind == "tbl":
            body.tables.append(_table(child))
        _walk(child, body)


def _own_text(paragraph: ElementTree.Element) -> str:
    return "".join(
        "".join(piece.itertext()) for run in paragraph if _name(run) == "run" for piece in run if _name(piece) == "t"
    )


def _table(element: ElementTree.Element) -> RecordTable:
    made = RecordTable(int(element.get("rowCnt", 0)), int(element.get("colCnt", 0)))
    for row in element:
        for cell in row if _name(row) == "tr" else ():
            parts = {_name(part): part for part in cell}
            address, span = parts.get("cellAddr"), parts.get("cellSpan")
            if address is not None and span is not None:
                place = [int(address.get(key, 0)) for key in ("rowAddr", "colAddr")]
                spans = [max(1, int(span.get(key, 1))) for key in ("rowSpan", "colSpan")]
                made.cells.append((place[0], place[1], spans[0], spans[1], ""))
    return made
