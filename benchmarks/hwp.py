"""HWP and HWPX by the hundred: nothing crashes, hangs or stays silently empty; texts and spans equal a plain reader's.

    python -m benchmarks.hwp FOLDER… [--mutations N] [--speed]

Every file goes through the real sandbox with 20 s and 2 GB. A file that the plain readers of this folder (records and
XML, independent of the program's) can read is then compared: characters of its paragraphs that are found, and tables
whose cells all have the same place and spans. `--mutations` does the first part with small files flipped, cut and
given lying sizes. `--speed`: processor time of both readers against `hwp5proc xml` on the same file, in turns.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import re
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import hwp_records, hwpx_plain
from benchmarks.compound_file import compound, streams
from jeopsu.domain.documents import Document
from jeopsu.domain.problems import DocumentProblem
from jeopsu.domain.reading import FileReading, Limits, ReadRequest
from jeopsu.extractors.readers.hwp import read_hwp
from jeopsu.extractors.readers.hwp_body import bare, every_table
from jeopsu.extractors.readers.hwp_characters import UNREAD, normalised
from jeopsu.extractors.sandbox import Nursery

LIMITS = Limits(seconds=20, memory_mb=2048)
_SUFFIXES = (".hwp", ".hwpx")


@dataclass
class Tally:
    files: int = 0
    seconds: list[float] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)  # crash, hang, silently empty
    characters: int = 0
    lost: int = 0
    tables: int = 0
    alike: int = 0
    worst: list[tuple[float, str]] = field(default_factory=list)


def through_the_sandbox(files: list[Path], tally: Tally) -> None:
    nursery = Nursery()
    try:
        for path in files:
            start = time.monotonic()
            reading = nursery.read(ReadRequest(path=str(path), name=path.name, limits=LIMITS))
            spent = time.monotonic() - start
            tally.files += 1
            tally.seconds.append(spent)
            codes = [f"{p.code.value}" for p in reading.problems]
            tally.codes.update(codes or ["none"])
            if spent > 20:
                tally.bad.append(f"{spent:.0f} s: {path.name}")
            if died(reading) or silent(reading):
                tally.bad.append(f"{codes or 'nothing said'}: {path.name}")
    finally:
        nursery.close()


def died(reading: FileReading) -> bool:
    return any(p.code.value in ("reader_failed", "time_limit", "memory_limit") for p in reading.problems)


def silent(reading: FileReading) -> bool:
    """Whether a file gave neither text nor a word on why."""
    return reading.text_source.value == "none" and not reading.problems


def plain(data: bytes) -> hwp_records.RecordBody | None:
    try:
        return hwpx_plain.read(data) if data.startswith(b"PK") else hwp_records.read(data)
    except Exception:  # whatever a damaged file leads it to: then there is nothing to compare with
        return None


def compared(files: list[Path], tally: Tally) -> None:
    for path in files:
        ours = limited(path)
        theirs = plain(path.read_bytes()) if ours is not None else None
        if ours is None or theirs is None:
            continue
        text = bare(
            "".join([p.text for p in ours.paragraphs] + [c.text for t in every_table(ours.tables) for c in t.cells])
        )
        # captions of tables are kept with the table
        text += bare("".join(t.caption for t in every_table(ours.tables)))
        text = text.replace(UNREAD, "")
        size = lost = 0
        for line in theirs.paragraphs:
            shown = bare(normalised(line))
            size += len(shown)
            lost += 0 if shown in text else len(shown)
        tally.characters += size
        tally.lost += lost
        if lost:
            tally.worst.append((lost / size, f"{path.name}: {lost} of {size} characters"))
        mine = Counter(
            spans([(c.row, c.column, c.row_span, c.column_span) for c in t.cells]) for t in every_table(ours.tables)
        )
        for table in theirs.tables:
            tally.tables += 1
            key = spans([cell[:4] for cell in table.cells])
            if mine[key] > 0:
                mine[key] -= 1
                tally.alike += 1
            else:
                tally.worst.append((1.0, f"{path.name}: spans of a table {table.rows} x {table.columns}"))


def spans(cells: list[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(cells))


def limited(path: Path) -> Document | None:
    """The document as read in a process of its own; None where it is a finding."""
    ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_send, args=(theirs, str(path)))
    process.start()
    theirs.close()
    try:
        document: Document | None = ours.recv() if ours.poll(60) else None
    except EOFError:
        document = None
    process.kill()
    process.join()
    return document


def _send(pipe: Any, path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    try:
        pipe.send(read_hwp(path, Path(path).name, Limits()))
    except DocumentProblem:
        pipe.send(None)
    os._exit(0)


# --- mutations --------------------------------------------------------------------------------------------------------


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One way of many to damage a file; inside the records of an HWP as well, so that the container stays whole."""
    way = chance.randrange(5)
    if way == 0:
        return data[: chance.randrange(1, len(data))]
    if way == 1:
        changed = bytearray(data)
        for _ in range(chance.choice((1, 4, 32))):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if way == 2:
        at, size = chance.randrange(len(data)), chance.choice((16, 512, 4096))
        return data[:at] + bytes(min(size, len(data) - at)) + data[at + size :]
    try:
        return _lying(data, chance)
    except Exception:  # no HWP, or one whose streams cannot be read: flipped instead
        return bytes(b ^ (chance.random() < 0.001) for b in data)


def _lying(data: bytes, chance: random.Random) -> bytes:
    """An HWP in which one record lies about its size, level, kind, cells or spans; an HWPX likewise."""
    if data.startswith(b"PK"):
        return _lying_xml(data, chance)
    parts = streams(data)
    sections = hwp_records.sections(data)
    name = chance.choice(list(sections))
    made = hwp_records.records(sections[name])
    record = chance.choice(made)
    lie = chance.randrange(5)
    if lie == 0:
        record.level = chance.choice((0, 1, 7, 1023))
    elif lie == 1:
        record.tag = chance.randrange(1024)
    elif lie == 2:
        record.payload = record.payload[: chance.randrange(len(record.payload) + 1)]
    else:
        tables = [r for r in made if r.tag in (hwp_records.TABLE, hwp_records.LIST_HEADER) and len(r.payload) >= 16]
        record = chance.choice(tables or made)
        changed = bytearray(record.payload)
        for _ in range(2):
            if len(changed) >= 2:
                place = chance.randrange(len(changed) - 1)
                struct.pack_into("<H", changed, place, chance.choice((0, 1, 255, 65535)))
        record.payload = bytes(changed)
    section = hwp_records.joined(made)
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = struct.unpack_from("<I", parts["FileHeader"], 36)[0] & 1
    parts[name] = squeeze.compress(section) + squeeze.flush() if packed else section
    return compound(parts)


def _lying_xml(data: bytes, chance: random.Random) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        names = [name for name in source.namelist() if name.startswith("Contents/section")]
        chosen = chance.choice(names)
        for name in source.namelist():
            content = source.read(name)
            if name == chosen:
                places = list(re.finditer(rb'(?:rowSpan|colSpan|rowAddr|colAddr|rowCnt|colCnt)="(\d+)"', content))
                if places and chance.random() < 0.7:
                    place = chance.choice(places)
                    lie = chance.choice((b"0", b"-1", b"65535", b"99999999999"))
                    content = content[: place.start(1)] + lie + content[place.end(1) :]
                else:
                    content = content[: chance.randrange(len(content))]
            target.writestr(name, content)
    return changed.getvalue()


def mutations(files: list[Path], count: int, folder: str) -> Iterator[Path]:
    chance = random.Random(7)
    small = [path for path in files if 2_000 < path.stat().st_size < 200_000]
    for number in range(count):
        source = chance.choice(small)
        path = Path(folder) / f"{number:04d}-{source.stem[:40]}{source.suffix}"
        path.write_bytes(mutated(source.read_bytes(), chance))
        yield path


# --- speed ------------------------------------------------------------------------------------------------------------


def speed(path: Path, rounds: int = 5) -> tuple[float, float]:
    """Least processor seconds of (both readers without rendering, `hwp5proc xml`), children included, in turns."""
    ours, theirs = [], []
    program = os.path.join(os.path.dirname(sys.executable), "hwp5proc")
    for _ in range(rounds):
        before = _spent()
        read_hwp(str(path), path.name, Limits())
        ours.append(_spent() - before)
        before = _spent()
        subprocess.run(
            [sys.executable, program, "xml", str(path)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        theirs.append(_spent() - before)
    return min(ours), min(theirs)


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def found(folders: list[str]) -> list[Path]:
    return sorted(
        p for f in folders for p in Path(f).resolve().rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file()
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--mutations", type=int, default=0)
    parser.add_argument("--speed", action="store_true")
    asked = parser.parse_args()
    files = found(asked.folders)
    tally = Tally()
    if asked.speed:
        for path in files:
            ours, theirs = speed(path)
            print(f"{ours / theirs:5.2f}  {ours:6.2f} s  {theirs:6.2f} s  {path.name}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if asked.mutations:
            through_the_sandbox(list(mutations(files, asked.mutations, folder)), tally)
        else:
            through_the_sandbox(files, tally)
            compared(files, tally)
    times = sorted(tally.seconds)
    print(f"{tally.files} files, slowest {times[-1]:.1f} s, median {times[len(times) // 2]:.2f} s")
    print("findings:", dict(tally.codes.most_common()))
    if tally.characters:
        print(f"characters found: {100 - 100 * tally.lost / tally.characters:.3f} % of {tally.characters}")
        print(f"tables with equal spans: {tally.alike} of {tally.tables}")
    for _, line in sorted(tally.worst, reverse=True)[:20]:
        print("  ", line)
    for line in tally.bad:
        print("BAD", line)
    return 1 if tally.bad else 0


if __name__ == "__main__":
    sys.exit(main())
