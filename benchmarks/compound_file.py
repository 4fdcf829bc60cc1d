"""Writes a compound file (OLE, MS-CFB version 3) anew from its streams, for tools that change an HWP's records."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import olefile

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT, _DIFAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
_NONE = 0xFFFFFFFF


@dataclass
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    content: bytes = b""
    children: dict[str, _Entry] = field(default_factory=dict)
    clsid: bytes = bytes(16)
    number: int = 0
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END


def streams(data: bytes) -> dict[str, bytes]:
    """Every stream of a compound file by its path."""
    with olefile.OleFileIO(data) as ole:
        return {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}


def compound(contents: dict[str, bytes]) -> bytes:
    """A compound file that holds these streams."""
    root = _Entry("Root Entry", 5)
    for path, content in contents.items():
        *folders, name = path.split("/")
        place = root
        for folder in folders:
            place = place.children.setdefault(folder, _Entry(folder, 1))
        place.children[name] = _Entry(name, 2, content)
    entries: list[_Entry] = []
    _number(root, entries)
    fat: list[int] = []
    body = bytearray()

    def store(content: bytes) -> int:
        if not content:
            return _END
        first, count = len(fat), -(-len(content) // _SECTOR)
        fat.extend([*range(first + 1, first + count), _END])
        body.extend(content.ljust(count * _SECTOR, b"\x00"))
        return first

    mini, mini_fat = bytearray(), list[int]()
    for entry in entries:
        if entry.kind == 2 and 0 < len(entry.content) < _CUTOFF:
            first, count = len(mini_fat), -(-len(entry.content) // _MINI)
            entry.start = first
            mini_fat.extend([*range(first + 1, first + count), _END])
            mini.extend(entry.content.ljust(count * _MINI, b"\x00"))
        elif entry.kind == 2:
            entry.start = store(entry.content)
    root.content, root.start = bytes(mini), store(bytes(mini))
    mini_start = store(_words(mini_fat, 128))
    directory = store(b"".join(map(_directory_entry, entries)).ljust(-(-len(entries) // 4) * 512, b"\x00"))
    return _header(fat, body, directory, mini_start, -(-len(mini_fat) // 128))


def _number(entry: _Entry, entries: list[_Entry]) -> None:
    entry.number = len(entries)
    entries.append(entry)
    ordered = sorted(entry.children.values(), key=lambda e: (len(e.name), e.name.upper()))
    for child in ordered:
        _number(child, entries)
    entry.child = _balanced(ordered)


def _balanced(ordered: list[_Entry]) -> int:
    if not ordered:
        return _NONE
    middle = len(ordered) // 2
    entry = ordered[middle]
    entry.left, entry.right = _balanced(ordered[:middle]), _balanced(ordered[middle + 1 :])
    return entry.number


def _directory_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    return (
        name.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(name) + 2, entry.kind, 1, entry.left, entry.right, entry.child)
        + entry.clsid
        + bytes(20)
        + struct.pack("<IQ", entry.start if entry.kind != 1 else 0, len(entry.content))
    )


def _words(numbers: list[int], multiple: int) -> bytes:
    padded = numbers + [_FREE] * (-len(numbers) % multiple)
    return struct.pack(f"<{len(padded)}I", *padded)


def _header(fat: list[int], body: bytearray, directory: int, mini_start: int, mini_sectors: int) -> bytes:
    used, fats, difats = len(fat), 0, 0
    while fats * 128 < used + fats + difats or max(0, fats - 109) > difats * 127:
        fats += 1
        difats = -(-max(0, fats - 109) // 127)
    places = list(range(used, used + fats))
    chain = list(range(used + fats, used + fats + difats))
    table = _words(fat + [_FAT] * fats + [_DIFAT] * difats, 128)
    difat = bytearray()
    for n, _ in enumerate(chain):
        part = places[109 + n * 127 : 109 + (n + 1) * 127]
        following = chain[n + 1] if n + 1 < len(chain) else _END
        difat += struct.pack("<128I", *part, *[_FREE] * (127 - len(part)), following)
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, fats, directory, 0, _CUTOFF,
        mini_start, mini_sectors, chain[0] if chain else _END, difats,
    )  # fmt: skip
    first = places[:109] + [_FREE] * (109 - min(109, len(places)))
    return head + struct.pack("<109I", *first) + bytes(body) + table[: fats * 512] + bytes(difat)
