"""Puts right what the HWP writer leaves open: a table's height on its frame and line, and where a new page begins.

The writer keeps its template's height for every table, so that renderers squeeze the rows into it, and drops page
breaks. Both are fields of fixed width in the section's records (한글문서파일형식 5.0, 표 58, 62, 70, 80).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hwp_converter_ai import hwp_writer

_PARA_HEADER, _PARA_TEXT, _LINE_SEG, _CTRL_HEADER, _LIST_HEADER = 66, 67, 69, 71, 72
_NEW_PAGE = 0x04


def _records(section: bytes) -> Iterator[tuple[int, int, int]]:
    """(tag, level, offset of the payload) of each record."""
    at = 0
    while at + 4 <= len(section):
        word = struct.unpack_from("<I", section, at)[0]
        size, at = word >> 20, at + 4
        if size == 0xFFF:
            size, at = struct.unpack_from("<I", section, at)[0], at + 4
        yield word & 0x3FF, word >> 10 & 0x3FF, at
        at += size


def laid_out(section: bytes, new_page_before: Sequence[str]) -> bytes:
    """The section with tables as high as their rows; new pages before paragraphs that begin with the words given."""
    data = bytearray(section)
    starts = [words.encode("utf-16-le") for words in new_page_before]
    header = line = frame = 0
    rows: dict[int, int] = {}

    def close() -> None:
        if frame and rows:
            high = sum(rows.values())
            struct.pack_into("<I", data, frame + 20, high)
            struct.pack_into("<iii", data, line + 8, high, high, high * 85 // 100)

    for tag, level, at in _records(section):
        if tag == _PARA_HEADER and not data[at + 12]:
            data[at + 12] = 1  # an empty paragraph has its one character shape too; pyhwp stumbles over a count of 0
        if tag == _PARA_HEADER and level == 0:
            close()
            header, frame, rows = at, 0, {}
        elif tag == _PARA_TEXT and level == 1 and any(section.startswith(words, at) for words in starts):
            data[header + 11] |= _NEW_PAGE
        elif tag == _LINE_SEG and level == 1:
            line = at
        elif tag == _CTRL_HEADER and level == 1 and section.startswith(b" lbt", at):
            frame = at
        elif tag == _LIST_HEADER and level == 2 and frame:
            row, _, span = struct.unpack_from("<HHH", section, at + 10)
            if span == 1:
                rows[row] = max(rows.get(row, 0), struct.unpack_from("<i", section, at + 20)[0])
    close()
    return bytes(data)


@contextmanager
def layout(new_page_before: Sequence[str]) -> Iterator[None]:
    """While open, what the writer writes is laid out. Not for use in several threads at once."""
    plain = hwp_writer._section

    def section(*args: Any, **kwargs: Any) -> bytes:
        return laid_out(plain(*args, **kwargs), new_page_before)

    hwp_writer._section = section
    try:
        yield
    finally:
        hwp_writer._section = plain
