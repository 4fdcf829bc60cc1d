"""The gate before any HWP library: every kind of broken or hostile file ends in its own problem, at once."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeopsu.domain.documents import FileType
from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.extractors.readers import hwp_gate
from jeopsu.extractors.readers.hwp_gate import inflate, open_hwp, records
from jeopsu.extractors.readers.hwpx_gate import HwpxArchive
from jeopsu.extractors.sniff import sniff
from jeopsu.samples.plan_hwp import make_plan_hwp


@cache
def plan() -> bytes:
    return make_plan_hwp(seed=1).hwp


def flagged(bit: int) -> bytes:
    """The plan with one more flag in its FileHeader."""
    data = bytearray(plan())
    for match in re.finditer(b"HWP Document File", plan()):  # the writer's container keeps an older copy
        at = match.start() + 36
        struct.pack_into("<I", data, at, struct.unpack_from("<I", data, at)[0] | 1 << bit)
    return bytes(data)


def record(tag: int, level: int, payload: bytes) -> bytes:
    size = min(len(payload), 0xFFF)
    head = struct.pack("<I", tag | level << 10 | size << 20)
    return head + (struct.pack("<I", len(payload)) if size == 0xFFF else b"") + payload


def archive(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in entries.items():
            z.writestr(name, content)
    return made.getvalue()


def code_of(act: object, *arguments: object) -> Code:
    with pytest.raises(DocumentProblem) as caught:
        act(*arguments)  # type: ignore[operator]
    return caught.value.problem.code


def test_a_good_plan_passes() -> None:
    body = open_hwp(plan())
    assert body.version[0] == 5 and not body.distribution and not body.has_script and body.records
    assert body.pictures and all(name.startswith("BinData/BIN") for name in body.pictures)


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", Code.EMPTY),
        (b"\x00" * 512, Code.EMPTY),
        (b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + b"x" * 200, Code.OLD_FORMAT),
        (b"SCDSA002" + b"x" * 200, Code.DRM),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Code.TRUNCATED),
        (b"something else", Code.TRUNCATED),
    ],
)
def test_what_is_no_hwp(data: bytes, code: Code) -> None:
    assert code_of(open_hwp, data) is code


@pytest.mark.parametrize("bit, code", [(1, Code.ENCRYPTED), (8, Code.ENCRYPTED), (4, Code.DRM), (10, Code.DRM)])
def test_locks(bit: int, code: Code) -> None:
    assert code_of(open_hwp, flagged(bit)) is code


def test_script_is_said_and_read_all_the_same() -> None:
    assert open_hwp(flagged(3)).has_script


@settings(max_examples=25, deadline=None)
@given(st.floats(min_value=0.01, max_value=0.97))
def test_a_cut_file_is_truncated_or_whole(share: float) -> None:
    data = plan()[: int(len(plan()) * share)]
    try:
        open_hwp(data)
    except DocumentProblem as problem:
        assert problem.problem.code in (Code.TRUNCATED, Code.EMPTY)


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=255))
def test_a_flipped_byte_never_breaks_the_gate(place: int, mask: int) -> None:
    data = bytearray(plan())
    data[place % len(data)] ^= mask
    with suppress(DocumentProblem):
        open_hwp(bytes(data))


def packed(data: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    assert code_of(inflate, packed(b"\x00" * (2 << 20)), 1 << 20) is Code.TOO_LARGE
    assert inflate(packed(b"abc"), 10) == b"abc"


def test_a_stream_that_ends_too_soon_is_damaged() -> None:
    whole = packed(bytes(range(256)) * 40)
    assert code_of(inflate, whole[:-4], 1 << 20) is Code.TRUNCATED
    assert code_of(inflate, b"\xff\xff\xff", 1 << 20) is Code.TRUNCATED


def test_a_record_that_lies_about_its_size() -> None:
    good = record(67, 0, b"x" * 5000)
    assert [size for *_, size in records(good)] == [5000]
    assert code_of(lambda data: list(records(data)), good[:-1]) is Code.TRUNCATED


def table(level: int, rows: int, columns: int, cells: list[tuple[int, int, int, int]]) -> bytes:
    made = record(71, level, b" lbt" + b"\x00" * 40) + record(77, level + 1, struct.pack("<IHH", 0, rows, columns))
    for row, column, row_span, column_span in cells:
        place = struct.pack("<HHHH", column, row, column_span, row_span)
        made += record(72, level + 1, b"\x00" * 8 + place + b"\x00" * 20)
    return made


PARAGRAPH = record(66, 0, b"\x00" * 22)


@pytest.mark.parametrize(
    "section, code",
    [
        (PARAGRAPH + table(1, 2, 2, [(0, 0, 1, 65535)]), Code.TRUNCATED),
        (PARAGRAPH + table(1, 2, 2, [(2, 0, 1, 1)]), Code.TRUNCATED),
        (PARAGRAPH + table(1, 60000, 60000, []), Code.TOO_LARGE),
        (PARAGRAPH + record(71, 3, b" lbt"), Code.TRUNCATED),
        (b"".join(record(71, n, b" lbt") for n in range(60)), Code.TOO_LARGE),
    ],
)
def test_tables_out_of_bounds(section: bytes, code: Code) -> None:
    assert code_of(hwp_gate._walk, section) is code


def test_only_what_matters_is_handed_on() -> None:
    empty, full = (
        record(66, 0, b"\x00" * 22),
        PARAGRAPH + record(67, 1, "가".encode("utf-16-le")) + record(69, 1, b"\x00" * 36),
    )
    kept = hwp_gate._walk(empty + full)
    assert [tag for tag, *_ in records(kept)] == [66, 67]


# --- HWPX -------------------------------------------------------------------------------------------------------------

SECTION = b'<?xml version="1.0"?><hs:sec xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section"/>'
GOOD = {"mimetype": b"application/hwp+zip", "Contents/section0.xml": SECTION}


def test_hwpx_caps() -> None:
    assert HwpxArchive(archive(GOOD)).sections() == ["Contents/section0.xml"]
    assert code_of(HwpxArchive, archive({f"e{n}": b"" for n in range(5001)})) is Code.TOO_LARGE
    bomb = HwpxArchive(archive(GOOD | {"Contents/section0.xml": b" " * (40 << 20)}))
    assert code_of(bomb.read, "Contents/section0.xml") is Code.TOO_LARGE


def test_hwpx_locked_cut_or_with_entities() -> None:
    manifest = b'<odf:manifest xmlns:odf="x"><odf:file-entry><odf:encryption-data/></odf:file-entry></odf:manifest>'
    assert code_of(HwpxArchive, archive(GOOD | {"META-INF/manifest.xml": manifest})) is Code.ENCRYPTED
    assert code_of(HwpxArchive, archive(GOOD)[:-30]) is Code.TRUNCATED
    assert code_of(HwpxArchive(archive({"mimetype": GOOD["mimetype"]})).sections) is Code.TRUNCATED
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert code_of(HwpxArchive(archive(GOOD | {"a.xml": entities})).xml, "a.xml") is Code.TOO_LARGE
    assert code_of(HwpxArchive(archive(GOOD | {"a.xml": b"<x><y></x>"})).xml, "a.xml") is Code.TRUNCATED
    deep = b"<x>" * 2000 + b"</x>" * 2000
    assert code_of(HwpxArchive(archive(GOOD | {"a.xml": deep})).xml, "a.xml") is Code.TOO_LARGE


# --- sniffing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, name, kind",
    [
        (b"", "a.pdf", FileType.EMPTY),
        (b"\x00" * 100, "a.hwp", FileType.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3", "a.hwp", FileType.PDF),
        (b"\x00\x00junk\n%PDF-1.4", "a.pdf", FileType.PDF),
        (b"HWP Document File V3.00 \x1a", "a.hwp", FileType.HWP3),
        (b"SCDSA002xxxx", "a.hwp", FileType.HWP),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.pdf", FileType.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00", "a.png", FileType.PNG),
        (b"II*\x00\x08", "a.tif", FileType.TIFF),
        (b'<?xml version="1.0"?><HWPML Version="2.8">', "a.hwp", FileType.HWPML),
        ("한글 메모입니다.".encode(), "a.pdf", FileType.TEXT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.hwp", FileType.OFFICE),
        (archive(GOOD), "a.hwp", FileType.HWPX),
        (archive({"word/document.xml": b"<x/>"}), "a.hwpx", FileType.OFFICE),
        (archive({"a.txt": b"x"}), "a.hwpx", FileType.ZIP),
        (b"PK\x03\x04" + b"\x00" * 40, "a.hwpx", FileType.OTHER),
        (bytes(range(256)) * 4, "a.pdf", FileType.OTHER),
    ],
)
def test_sniff(data: bytes, name: str, kind: FileType) -> None:
    assert sniff(data, name) is kind


def test_sniff_hwp() -> None:
    assert sniff(plan(), "계획서.pdf") is FileType.HWP


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_sniff_takes_anything(data: bytes) -> None:
    assert isinstance(sniff(data, "a.hwp"), FileType)


def test_records_that_contradict_one_another_are_noticed() -> None:
    whole = record(66, 0, struct.pack("<I", 3) + bytes(18)) + record(67, 1, "가나".encode("utf-16-le") + b"\r\x00")
    assert not hwp_gate._contradicts(whole)
    longer = record(66, 0, struct.pack("<I", 9) + bytes(18)) + record(67, 1, "가나".encode("utf-16-le") + b"\r\x00")
    without = record(66, 0, struct.pack("<I", 9) + bytes(18)) + record(66, 0, struct.pack("<I", 1) + bytes(18))
    assert hwp_gate._contradicts(longer) and hwp_gate._contradicts(without)
    cell = struct.pack("<IIHHHH", 1, 0, 0, 0, 1, 1)
    head = record(71, 1, b" lbt") + record(77, 2, struct.pack("<IHH", 0, 1, 2))
    second = struct.pack("<IIHHHH", 1, 0, 1, 0, 1, 1)
    assert hwp_gate._contradicts(head + record(72, 2, cell))
    assert not hwp_gate._contradicts(head + record(72, 2, cell) + record(72, 2, second))
    assert not open_hwp(plan()).inconsistent
