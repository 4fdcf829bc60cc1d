"""Small HWP and HWPX files with a note, a text box, a field or a table hung into a cell or into a paragraph.

Written from Hancom's "Hwp Document File Formats 5.0" (4.3.2, 4.3.9) and KS X 6101; both start from one made document.
"""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks import hwp_records
from benchmarks.compound_file import compound, streams
from benchmarks.hwp_records import Record
from jeopsu.extractors.readers.hwp_render import as_hwpx
from jeopsu.samples.plan_hwp import table_block, text_block, written
from jeopsu.samples.plan_layouts import cells_of

IN_CELL, IN_TEXT = "칸표지", "문단표지"  # what is replaced
Children = Callable[[int], list[Record]]


@cache
def base() -> bytes:
    table = cells_of([["기관명", IN_CELL], ["대표자", "김가람"]])
    return written([text_block("앞 문단"), table_block(table, [50, 50]), text_block(IN_TEXT)])


@cache
def base_hwpx() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.hwp"
        path.write_bytes(base())
        return as_hwpx(str(path))


# --- HWP 5 ------------------------------------------------------------------------------------------------------------


def control(code: int, name: bytes) -> bytes:
    """A control character of eight units in a paragraph's text; `name` as it stands in the file (reversed)."""
    return struct.pack("<H", code) + name + bytes(8) + struct.pack("<H", code)


def paragraph(level: int, text: str) -> list[Record]:
    units = text.encode("utf-16-le") + b"\r\x00"
    header = struct.pack("<IIHBBHHHI", len(units) // 2 | 1 << 31, 0, 0, 0, 0, 1, 0, 0, 0)
    return [Record(66, level, header), Record(67, level + 1, units), Record(68, level + 1, bytes(8))]


def note(level: int) -> list[Record]:
    head = b"  nf" + struct.pack("<HHHHI", 1, 0, 0x29, 0, 0)
    return [Record(71, level, head), Record(72, level + 1, struct.pack("<HHI", 1, 0, 0) + bytes(8)),
            *paragraph(level + 1, "각주 글")]  # fmt: skip


def header(level: int) -> list[Record]:
    head = b"daeh" + struct.pack("<II", 0, 1)
    return [Record(71, level, head), Record(72, level + 1, struct.pack("<HHI", 1, 0, 0) + bytes(24)),
            *paragraph(level + 1, "머리 글")]  # fmt: skip


def text_box(level: int) -> list[Record]:
    head = b" osg" + struct.pack("<IiiIIhhHHHHIih", 0x1E246A, 0, 0, 5000, 1000, 0, 0, 0, 0, 0, 0, 1, 0, 0)
    size = struct.pack("<iiHHIIIIIHii", 0, 0, 0, 1, 5000, 1000, 5000, 1000, 0, 0, 2500, 500)
    same = struct.pack("<6d", 1, 0, 0, 0, 1, 0)
    shape = b"cer$" * 2 + size + struct.pack("<H", 1) + same * 3 + bytes(56)
    place = struct.pack("<HHI", 1, 0, 0x20) + struct.pack("<HHHHI", 283, 283, 283, 283, 5000) + bytes(13)
    return [Record(71, level, head), Record(76, level + 1, shape), Record(72, level + 2, place),
            *paragraph(level + 2, "상자 글"), Record(79, level + 2, bytes(33))]  # fmt: skip


def field(level: int) -> list[Record]:
    return [Record(71, level, b"klc%" + struct.pack("<IBH", 0, 0, 2) + "이름".encode("utf-16-le") + bytes(4))]


def table(level: int) -> list[Record]:
    """The document's own table, once more."""
    made = _records(base())
    first = next(n for n, record in enumerate(made) if record.payload[:4] == b" lbt")
    last = next(n for n in range(first + 1, len(made)) if made[n].level <= made[first].level)
    return [Record(r.tag, r.level + level - made[first].level, r.payload) for r in made[first:last]]


def hwp(mark: str, text: bytes, children: Children = lambda _: []) -> bytes:
    """The document with other words (UTF-16, controls among them) in place of `mark`, and what hangs in them."""
    made: list[Record] = []
    rest = iter(_records(base()))
    for record in rest:
        if record.tag != 67 or mark not in hwp_records.words(record.payload):
            made.append(record)
            continue
        units, head = text + b"\r\x00", bytearray(made[-1].payload)
        last = struct.unpack_from("<I", head)[0] & 1 << 31
        controls = sum(1 << code for code in (3, 4, 11, 16, 17, 23) if struct.pack("<H", code) in _units(units))
        struct.pack_into("<II", head, 0, len(units) // 2 | last, controls)
        made[-1].payload = bytes(head)
        shape = next(rest)
        made += [Record(67, record.level, units), Record(68, shape.level, shape.payload[:8]), *children(record.level)]
    return _with_section(hwp_records.joined(made))


def _units(text: bytes) -> list[bytes]:
    return [text[n : n + 2] for n in range(0, len(text), 2)]


def _records(data: bytes) -> list[Record]:
    return hwp_records.records(next(iter(hwp_records.sections(data).values())))


def _with_section(section: bytes, info: bytes = b"") -> bytes:
    parts = streams(base())
    packed = struct.unpack_from("<I", parts["FileHeader"], 36)[0] & 1
    name = next(n for n in parts if n.startswith("BodyText/Section"))
    parts[name] = _packed(section) if packed else section
    if info:
        old = zlib.decompressobj(-15).decompress(parts["DocInfo"]) if packed else parts["DocInfo"]
        parts["DocInfo"] = _packed(old + info) if packed else old + info
    return compound(parts)


def _packed(plain: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(plain) + squeeze.flush()


def tracked_hwp() -> bytes:
    """The document with one change that is still tracked (DocInfo, tag 96)."""
    section = next(iter(hwp_records.sections(base()).values()))
    return _with_section(section, hwp_records.joined([Record(96, 0, bytes(32))]))


# --- HWPX -------------------------------------------------------------------------------------------------------------

_LIST = (
    '<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="TOP" linkListIDRef="0" '
    'linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0" hasNumRef="0"><hp:p id="0" paraPrIDRef="0" '
    'styleIDRef="0" pageBreak="0" columnBreak="0" merged="0"><hp:run charPrIDRef="0">{}</hp:run></hp:p></hp:subList>'
)
NOTE_X = f'<hp:ctrl><hp:footNote number="1" instId="1">{_LIST.format("<hp:t>각주 글</hp:t>")}</hp:footNote></hp:ctrl>'
HEADER_X = (
    f'<hp:ctrl><hp:header id="1" applyPageType="BOTH">{_LIST.format("<hp:t>머리 글</hp:t>")}</hp:header></hp:ctrl>'
)
BOX_X = (
    '<hp:rect id="1" zOrder="0" numberingType="PICTURE" textWrap="SQUARE" instid="1" ratio="0">'
    f'<hp:drawText lastWidth="5000" name="" editable="0">{_LIST.format("<hp:t>상자 글</hp:t>")}</hp:drawText>'
    '<hp:sz width="5000" widthRelTo="ABSOLUTE" height="1000" heightRelTo="ABSOLUTE" protect="0"/></hp:rect>'
)
FIELD_X = (
    '<hp:ctrl><hp:fieldBegin id="1" type="CLICK_HERE" name="이름" editable="1" dirty="0" zorder="-1" fieldid="1">'
    '<hp:parameters cnt="1" name=""><hp:stringParam name="Direction">이곳을 누르시오</hp:stringParam>'
    '</hp:parameters></hp:fieldBegin></hp:ctrl>{}<hp:ctrl><hp:fieldEnd beginIDRef="1" fieldid="1"/></hp:ctrl>'
)


def hwpx(mark: str, content: str, header: str = "") -> bytes:
    """The document with other content of a run in place of `mark`; `header`: more at the end of header.xml."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base_hwpx())) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "Contents/section0.xml":
                old = f"<hp:t>{mark}</hp:t>".encode()
                assert old in data
                data = data.replace(old, content.encode())
            elif name == "Contents/header.xml" and header:
                data = data.replace(b"</hh:head>", f"{header}</hh:head>".encode())
            target.writestr(name, data)
    return changed.getvalue()


def table_x() -> str:
    """The document's own table, once more."""
    with zipfile.ZipFile(io.BytesIO(base_hwpx())) as source:
        section = source.read("Contents/section0.xml").decode()
    return section[section.index("<hp:tbl ") : section.index("</hp:tbl>") + len("</hp:tbl>")]
