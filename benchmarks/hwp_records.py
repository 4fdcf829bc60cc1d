"""A small record reader of HWP 5 of our own, independent of the program's: what a document says and its tables' cells.

Written from Hancom's "Hwp Document File Formats 5.0" (4.1 records, 4.3.2 paragraph text, tables 79–82). It also writes:
`filled` sets the words of table cells, as another program would that fills in a form.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benchmarks.compound_file import compound, streams
from jeopsu.extractors.readers.hwp_distribution import unlock

PARA_HEADER, PARA_TEXT, LINE_SEG, CTRL_HEADER, LIST_HEADER, TABLE = 66, 67, 69, 71, 72, 77
_LAST = 1 << 31  # of a paragraph's length: the last one of its list
# Characters below 32: one code unit, or eight (inline and extended controls).
_SINGLE = frozenset({0, 10, 13, 24, 25, 26, 27, 28, 29, 30, 31})
_SHOWN = {9: "\t", 10: "\n", 24: "-", 30: " ", 31: " "}
_HIDDEN = (b"tcon", b"dces", b"dloc")  # hidden comment; section and column definition hold no words of the body
Place = tuple[int, int, int]  # table in reading order, row, column


@dataclass
class Record:
    tag: int
    level: int
    payload: bytes


@dataclass
class RecordTable:
    """A table as its records say: cells as (row, column, row span, column span, words)."""

    rows: int
    columns: int
    cells: list[tuple[int, int, int, int, str]] = field(default_factory=list)


@dataclass
class RecordBody:
    paragraphs: list[str] = field(default_factory=list)  # all of them, those in cells, notes and text boxes too
    tables: list[RecordTable] = field(default_factory=list)


def sections(data: bytes) -> dict[str, bytes]:
    """The unpacked section streams of an HWP 5 by name, in order."""
    parts = streams(data)
    flags = struct.unpack_from("<I", parts["FileHeader"], 36)[0]
    storage = "ViewText/Section" if flags & 4 else "BodyText/Section"
    names = sorted((n for n in parts if n.startswith(storage)), key=lambda name: int(name[len(storage) :]))
    raws = {name: unlock(parts[name]) if flags & 4 else parts[name] for name in names}
    return {name: zlib.decompressobj(-15).decompress(raw) if flags & 1 else raw for name, raw in raws.items()}


def records(section: bytes) -> list[Record]:
    made, at = [], 0
    while at + 4 <= len(section):
        word = struct.unpack_from("<I", section, at)[0]
        size, at = word >> 20, at + 4
        if size == 0xFFF:
            size, at = struct.unpack_from("<I", section, at)[0], at + 4
        made.append(Record(word & 0x3FF, word >> 10 & 0x3FF, section[at : at + size]))
        at += size
    return made


def joined(made: list[Record]) -> bytes:
    parts = []
    for record in made:
        size = len(record.payload)
        parts.append(struct.pack("<I", record.tag | record.level << 10 | min(size, 0xFFF) << 20))
        if size >= 0xFFF:
            parts.append(struct.pack("<I", size))
        parts.append(record.payload)
    return b"".join(parts)


def words(payload: bytes) -> str:
    """The characters of a PARA_TEXT record."""
    units = struct.unpack(f"<{len(payload) // 2}H", payload[: len(payload) // 2 * 2])
    kept, at = list[int](), 0
    while at < len(units):
        unit = units[at]
        if unit < 32:
            kept.extend(map(ord, _SHOWN.get(unit, "")))
            at += 1 if unit in _SINGLE else 8
        else:
            kept.append(unit)
            at += 1
    return struct.pack(f"<{len(kept)}H", *kept).decode("utf-16-le", "replace")


@dataclass
class _List:
    """An open list of paragraphs: a table's cell, a note, a text box."""

    level: int
    table: RecordTable | None
    cell: tuple[int, int, int, int] | None
    lines: list[str] = field(default_factory=list)
    number: int = 0


def read(data: bytes) -> RecordBody:
    body = RecordBody()
    for section in sections(data).values():
        hidden: int | None = None
        for record, text, cell in _walked(records(section), body.tables):
            if hidden is not None and record.level <= hidden:
                hidden = None
            if record.tag == CTRL_HEADER and hidden is None and record.payload[:4] == _HIDDEN[0]:
                hidden = record.level
            if record.tag == PARA_TEXT and hidden is None:
                body.paragraphs.append(text)
                if cell is not None and text.strip():
                    cell.lines.append(text)
    return body


def _walked(made: list[Record], tables: list[RecordTable]) -> Iterator[tuple[Record, str, _List | None]]:
    """Each record with its words and the cell around it. Tables are added in reading order; a cell with its end."""
    controls: list[tuple[int, RecordTable | None]] = []
    lists: list[_List] = []

    def close(level: int) -> None:
        while controls and controls[-1][0] >= level:
            controls.pop()
        while lists and lists[-1].level >= level:
            done = lists.pop()
            if done.table is not None and done.cell is not None:
                done.table.cells.append((*done.cell, "\n".join(done.lines)))

    for record in made:
        # a list's paragraphs stand on its own level, after it
        floor = record.level + 1 if record.tag == PARA_HEADER else record.level
        close(floor)
        text = words(record.payload) if record.tag == PARA_TEXT else ""
        if record.tag == CTRL_HEADER:
            table = RecordTable(0, 0) if record.payload[:4] == b" lbt" else None
            if table is not None:
                tables.append(table)
            controls.append((record.level, table))
        elif record.tag == TABLE and controls and controls[-1][1] is not None:
            controls[-1][1].rows, controls[-1][1].columns = struct.unpack_from("<HH", record.payload, 4)
        elif record.tag == LIST_HEADER:
            owner = controls[-1][1] if controls and controls[-1][0] == record.level - 1 else None
            cell = None
            if owner is not None and owner.rows and len(record.payload) >= 16:
                column, row, across, down = struct.unpack_from("<HHHH", record.payload, 8)
                cell = (row, column, max(1, down), max(1, across))
            number = len(tables) - 1 - next((i for i, t in enumerate(reversed(tables)) if t is owner), 0)
            lists.append(_List(record.level, owner if cell else None, cell, number=number))
        # words inside a note or a text box that hangs in a cell are not the cell's own
        inner = lists[-1] if lists and (record.tag != PARA_TEXT or lists[-1].level == record.level - 1) else None
        yield record, text, inner if inner is not None and inner.cell is not None else None
    close(0)


def filled(data: bytes, answers: Mapping[Place, str]) -> bytes:
    """The HWP with the words of some cells set; a cell's further paragraphs are taken out if they hold only words.

    Raises KeyError where a place is none of the document's cells.
    """
    parts = streams(data)
    packed = struct.unpack_from("<I", parts["FileHeader"], 36)[0] & 1
    left = dict(answers)
    tables: list[RecordTable] = []
    for name, section in sections(data).items():
        made = list(_walked(records(section), tables))
        changed = joined(_set(made, left))
        if packed:
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            changed = squeeze.compress(changed) + squeeze.flush()
        parts[name] = changed
    if left:
        raise KeyError(sorted(left))
    return compound(parts)


def _set(made: list[tuple[Record, str, _List | None]], answers: dict[Place, str]) -> list[Record]:
    result: list[Record] = []
    n = 0
    while n < len(made):
        record, _, cell = made[n]
        result.append(record)
        n += 1
        if record.tag != LIST_HEADER or cell is None or cell.cell is None:
            continue
        place = (cell.number, cell.cell[0], cell.cell[1])
        if place not in answers:
            continue
        text = answers.pop(place)
        last = n
        while last < len(made) and made[last][0].level >= record.level and not _next_list(made[last][0], record):
            last += 1
        content = [r for r, _, _ in made[n:last]]
        result += _paragraph(record, content, text)
        n = last
    return result


def _next_list(record: Record, first: Record) -> bool:
    return record.level == first.level and record.tag != PARA_HEADER


def _paragraph(head: Record, content: list[Record], text: str) -> list[Record]:
    """The paragraphs of a cell as one that says `text`; what hangs in them (pictures, tables) stays behind it."""
    # fields (formulas, 누름틀) go with the words they stood for
    if any(record.tag == CTRL_HEADER and record.payload[3:4] != b"%" for record in content):
        raise ValueError("a cell with more than words in it")
    first = Record(PARA_HEADER, content[0].level, content[0].payload)
    rest = [r for r in _first(content) if r.tag not in (PARA_TEXT, LINE_SEG)]
    units = text.encode("utf-16-le") + b"\r\x00"
    header = bytearray(first.payload)
    struct.pack_into("<I", header, 0, len(units) // 2 | _LAST)
    # one character shape, no range tags, no line segments: whoever draws it lays it out anew
    struct.pack_into("<I", header, 4, 0)
    struct.pack_into("<HHH", header, 12, 1, 0, 0)
    first.payload = bytes(header)
    head.payload = struct.pack("<H", 1) + head.payload[2:]
    return [first, *([Record(PARA_TEXT, first.level + 1, units)] if text else []), *_one_shape(rest)]


def _first(content: list[Record]) -> list[Record]:
    """What belongs to the first paragraph, without its header."""
    rest = content[1:]
    end = next((n for n, r in enumerate(rest) if r.tag == PARA_HEADER), len(rest))
    return rest[:end]


def _one_shape(rest: list[Record]) -> list[Record]:
    """Character shapes that start past the new end would be wrong: only the first stays."""
    return [Record(68, r.level, r.payload[:8]) for r in rest if r.tag == 68]
