"""The gate before any HWP library: what is wrong with the file, and its record streams unpacked within bounds.

Every HWP library hangs, aborts or eats gigabytes on some hostile file, so nothing reaches one before it passed here.
Format: Hancom's "Hwp Document File Formats 5.0", revision 1.3 (FileHeader 3.2.1, records 4.1, table 4.3.9.1).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.extractors.readers import hwp_distribution
from jeopsu.extractors.sniff import DRM_SIGNATURES, HWP3_SIGNATURE, OLE_SIGNATURE

TAG_BIN_DATA, TAG_TRACK_CHANGE = 18, 96
TAG_PARA_HEADER, TAG_PARA_TEXT, TAG_CTRL_HEADER, TAG_LIST_HEADER = 66, 67, 71, 72
TAG_SHAPE_COMPONENT, TAG_TABLE, TAG_PICTURE, TAG_PAGE = 76, 77, 85, 73
# What the readers look at. All else (character shapes, line segments, drawings) only costs time.
_KEPT = frozenset(
    {
        TAG_PARA_HEADER,
        TAG_PARA_TEXT,
        TAG_CTRL_HEADER,
        TAG_LIST_HEADER,
        TAG_SHAPE_COMPONENT,
        TAG_TABLE,
        TAG_PICTURE,
        TAG_PAGE,
    }
)
_FILE_HEADER = 256
# The largest section met in real files unpacks to 11 MB; a bomb of a few KB to 1.5 GB.
_STREAM_BYTES = 64 << 20
_TOTAL_BYTES = 128 << 20
_SECTIONS = 256
_RECORDS = 3_000_000
_CELLS = 100_000  # rows × columns of one table
_LEVELS = 160
_STUB_SCRIPT = 1024
_NESTING = 24  # tables in tables; real forms have up to 4


@dataclass(frozen=True)
class HwpBody:
    """An HWP 5 that passed the gate."""

    version: tuple[int, int, int, int]
    distribution: bool
    has_script: bool
    records: bytes  # all sections in order, only the records that matter
    tracked: bool = False  # holds changes that nobody accepted or refused: deleted words stand among the others
    pictures: tuple[str, ...] = ()  # stream of each embedded file, by its number - 1; "" for one that is only linked
    # Records contradict one another (a length that is none, cells that leave holes in their table), as in no file that
    # Hangul wrote: 71,345 paragraphs and 1,565 tables of about 70 real files had none. Readable, but damaged.
    inconsistent: bool = False


def open_hwp(data: bytes) -> HwpBody:
    """Unpacks the body. Raises DocumentProblem: EMPTY, OLD_FORMAT, DRM, TRUNCATED, ENCRYPTED, TOO_LARGE."""
    if not data.strip(b"\x00"):
        raise DocumentProblem(Code.EMPTY)
    if data.startswith(HWP3_SIGNATURE):
        raise DocumentProblem(Code.OLD_FORMAT, "hwp3")
    if data.startswith(DRM_SIGNATURES):
        raise DocumentProblem(Code.DRM)
    if not data.startswith(OLE_SIGNATURE):
        raise DocumentProblem(Code.TRUNCATED, "no container")
    ole = _container(data)
    version, flags = _file_header(ole)
    compressed, password, distribution = flags & 1, flags & 2, flags & 4
    script, drm = flags & 8, flags & (1 << 4 | 1 << 10)
    if drm:
        raise DocumentProblem(Code.DRM)
    if password or flags & (1 << 8):  # bit 8: locked with a certificate
        raise DocumentProblem(Code.ENCRYPTED)
    storage = "ViewText" if distribution else "BodyText"
    kept: list[bytes] = []
    total = 0
    names = _section_names(ole, storage)
    if not names:
        raise DocumentProblem(Code.TRUNCATED, "no section")
    for name in names:
        raw = _stream(ole, name)
        if distribution:
            raw = hwp_distribution.unlock(raw)
        section = inflate(raw, _STREAM_BYTES) if compressed else raw
        total += len(section)
        if total > _TOTAL_BYTES:
            raise DocumentProblem(Code.TOO_LARGE, "unpacked bytes")
        kept.append(_walk(section))
    return HwpBody(
        version,
        bool(distribution),
        bool(script) or _has_script(ole),
        b"".join(kept),
        *_document_info(ole, bool(compressed)),
        inconsistent=any(map(_contradicts, kept)),
    )


def _container(data: bytes) -> olefile.OleFileIO:
    try:
        return olefile.OleFileIO(data)
    except Exception as error:  # olefile raises whatever a damaged FAT leads it to
        raise DocumentProblem(Code.TRUNCATED, type(error).__name__) from error


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    try:
        with ole.openstream(name) as stream:
            return bytes(stream.read(_STREAM_BYTES))
    except Exception as error:
        raise DocumentProblem(Code.TRUNCATED, type(error).__name__) from error


def _file_header(ole: olefile.OleFileIO) -> tuple[tuple[int, int, int, int], int]:
    header = _stream(ole, "FileHeader")
    if len(header) < _FILE_HEADER or not header.startswith(b"HWP Document File"):
        raise DocumentProblem(Code.TRUNCATED, "file header")
    revision, build, minor, major = header[32:36]
    return (major, minor, build, revision), struct.unpack_from("<I", header, 36)[0]


def _section_names(ole: olefile.OleFileIO, storage: str) -> list[str]:
    """Sections in number order. One that is missing in between means that the file was damaged."""
    numbers = set()
    for entry in ole.listdir():
        if len(entry) == 2 and entry[0] == storage and entry[1].startswith("Section") and entry[1][7:].isdigit():
            numbers.add(int(entry[1][7:]))
    if len(numbers) > _SECTIONS:
        raise DocumentProblem(Code.TOO_LARGE, "sections")
    if numbers != set(range(len(numbers))):
        raise DocumentProblem(Code.TRUNCATED, "section missing")
    return [f"{storage}/Section{number}" for number in sorted(numbers)]


def inflate(raw: bytes, limit: int) -> bytes:
    """Raw deflate, never more than `limit` bytes. A stream that does not come to its end is a damaged file."""
    unpack = zlib.decompressobj(-15)
    try:
        plain = unpack.decompress(raw, limit)
    except zlib.error as error:
        raise DocumentProblem(Code.TRUNCATED, "deflate") from error
    if unpack.unconsumed_tail:
        raise DocumentProblem(Code.TOO_LARGE, "unpacked bytes")
    if not unpack.eof:
        raise DocumentProblem(Code.TRUNCATED, "deflate")
    return plain


def records(data: bytes) -> Iterator[tuple[int, int, int, int, int]]:
    """(tag, level, start of the record, start of its payload, size). Raises where a size runs past the end."""
    place, end = 0, len(data)
    while place < end:
        start = place
        if end - place < 4:
            if data[place:].strip(b"\x00"):
                raise DocumentProblem(Code.TRUNCATED, "record header")
            return
        (word,) = struct.unpack_from("<I", data, place)
        place += 4
        size = word >> 20
        if size == 0xFFF:
            if end - place < 4:
                raise DocumentProblem(Code.TRUNCATED, "record header")
            (size,) = struct.unpack_from("<I", data, place)
            place += 4
        if size > end - place:
            raise DocumentProblem(Code.TRUNCATED, "record size")
        yield word & 0x3FF, word >> 10 & 0x3FF, start, place, size
        place += size


def _walk(section: bytes) -> bytes:
    """The records that matter, checked: tables within bounds, cells inside their table, nesting bounded."""
    kept: list[bytes] = []
    tables: list[list[int]] = []  # [level of the table's control, rows, columns] of the open tables
    depth = -1
    empty: int | None = None  # level of the paragraph kept last, as long as nothing hangs in it
    for count, (tag, level, start, payload, size) in enumerate(records(section)):
        if count > _RECORDS:
            raise DocumentProblem(Code.TOO_LARGE, "records")
        while tables and level <= tables[-1][0]:
            tables.pop()
        if level > depth + 1:
            raise DocumentProblem(Code.TRUNCATED, "record level")
        depth = level
        if level > _LEVELS:
            raise DocumentProblem(Code.TOO_LARGE, "records nested too deep")
        if tag == TAG_CTRL_HEADER and section[payload : payload + 4] == b" lbt":
            tables.append([level, -1, -1])
            if len(tables) > _NESTING:
                raise DocumentProblem(Code.TOO_LARGE, "tables nested too deep")
        elif tag == TAG_TABLE and tables and level == tables[-1][0] + 1:
            if size < 8:
                raise DocumentProblem(Code.TRUNCATED, "table")
            rows, columns = struct.unpack_from("<HH", section, payload + 4)
            if rows * columns > _CELLS:
                raise DocumentProblem(Code.TOO_LARGE, "cells of a table")
            tables[-1][1:] = [rows, columns]
        elif tag == TAG_LIST_HEADER and tables and level == tables[-1][0] + 1 and tables[-1][1] >= 0:
            _check_cell(section, payload, size, tables[-1][1], tables[-1][2])
        if tag in _KEPT:
            if empty is not None and level <= empty:
                kept.pop()  # an empty paragraph, as most cells of a form have: nothing to read
            kept.append(section[start : payload + size])
            empty = level if tag == TAG_PARA_HEADER else None
    return b"".join(kept)


def _contradicts(section: bytes) -> bool:
    """Whether lengths of paragraphs or cells of tables do not add up in a section that passed `_walk`."""
    awaited: tuple[int, int] | None = None  # (level, characters) of the paragraph whose text comes next
    tables: list[list[int]] = []  # [level of the control, cells wanted, cells seen]
    for tag, level, _, payload, size in records(section):
        if awaited is not None and tag != TAG_PARA_TEXT:
            if awaited[1] > 1:
                return True
            awaited = None
        while tables and level <= tables[-1][0]:
            _, wanted, seen = tables.pop()
            if wanted != seen:
                return True
        if tag == TAG_PARA_HEADER and size >= 4:
            awaited = level, struct.unpack_from("<I", section, payload)[0] & 0x7FFFFFFF
        elif tag == TAG_PARA_TEXT and awaited is not None:
            if level != awaited[0] + 1 or size != 2 * awaited[1]:
                return True
            awaited = None
        elif tag == TAG_CTRL_HEADER and section[payload : payload + 4] == b" lbt":
            tables.append([level, 0, 0])
        elif tag == TAG_TABLE and tables and level == tables[-1][0] + 1:
            rows, columns = struct.unpack_from("<HH", section, payload + 4)
            tables[-1][1] = rows * columns
        elif tag == TAG_LIST_HEADER and tables and level == tables[-1][0] + 1 and tables[-1][1]:
            across, down = struct.unpack_from("<HH", section, payload + 12)
            tables[-1][2] += max(across, 1) * max(down, 1)
    return any(wanted != seen for _, wanted, seen in tables) or bool(awaited and awaited[1] > 1)


def _check_cell(section: bytes, payload: int, size: int, rows: int, columns: int) -> None:
    if size < 16:
        raise DocumentProblem(Code.TRUNCATED, "cell")
    column, row, column_span, row_span = struct.unpack_from("<HHHH", section, payload + 8)
    if row + max(row_span, 1) > rows or column + max(column_span, 1) > columns:
        raise DocumentProblem(Code.TRUNCATED, "cell outside its table")


def _document_info(ole: olefile.OleFileIO, compressed: bool) -> tuple[bool, tuple[str, ...]]:
    """(whether changes are tracked, streams of the embedded files in the order DocInfo numbers them: 4.2, 4.2.3)."""
    tracked = False
    try:
        raw = _stream(ole, "DocInfo")
        info = inflate(raw, _STREAM_BYTES) if compressed else raw
        names: list[str] = []
        for tag, _, _, payload, size in records(info):
            tracked = tracked or tag == TAG_TRACK_CHANGE
            if tag != TAG_BIN_DATA:
                continue
            (kind,) = struct.unpack_from("<H", info, payload)
            name = ""
            if kind & 0xF in (1, 2) and size >= 6:  # embedded, or a storage of its own
                number, length = struct.unpack_from("<HH", info, payload + 2)
                extension = info[payload + 6 : payload + 6 + 2 * length].decode("utf-16-le", "replace")
                name = f"BinData/BIN{number:04X}.{extension}"
            names.append(name)
        return tracked, tuple(names)
    except (DocumentProblem, struct.error):
        return tracked, ()  # the pictures' names are a convenience; the text is read without them


def _has_script(ole: olefile.OleFileIO) -> bool:
    """Whether the script stream holds more than Hangul's empty stub (at most 420 bytes in every real file seen)."""
    return any(
        entry[0] == "Scripts" and entry[-1] == "DefaultJScript" and ole.get_size("/".join(entry)) > _STUB_SCRIPT
        for entry in ole.listdir()
    )
