"""What people do wrong with files, one thing at a time: which findings change, and is the mishap among them?

    python -m benchmarks.mishaps --packs ../shared/cases/eligible-digital [--only swap]

Every mishap is done to a sound digital pack. It must change a finding on its file or its document to something that is
not "pass", and a harmless one must change none; the other changes are printed, for somebody who asks whether they
belong to it. Files are read once.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pypdfium2 as pdfium

from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.reading import FileReading
from jeopsu.domain.report import Report
from jeopsu.flows import check
from jeopsu.samples.statements import make_statement_pdf

# What, a part of the file's or document's name (empty: harmless), how.
Mishap = tuple[str, str, Callable[[Path], None]]


class Kept:
    """Readings of this run."""

    def __init__(self) -> None:
        self.readings: dict[str, FileReading] = {}

    def get(self, key: str) -> FileReading | None:
        return self.readings.get(key)

    def put(self, key: str, reading: FileReading) -> None:
        self.readings[key] = reading


def one(folder: Path, part: str, number: int = 0) -> Path:
    """The file whose name holds a part."""
    return sorted(path for path in folder.iterdir() if part in path.name)[number]


def _renamed(part: str, to: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda folder: shutil.move((path := one(folder, part)), path.with_name(to(path.name))) and None


def _written(part: str, to: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        path = one(folder, part)
        path.write_bytes(to(path.read_bytes()))

    return write


def swapped(first: str, second: str, one_number: int = 0, other_number: int = 0) -> Callable[[Path], None]:
    def swap(folder: Path) -> None:
        a, b = one(folder, first, one_number), one(folder, second, other_number)
        bytes_ = a.read_bytes()
        a.write_bytes(b.read_bytes())
        b.write_bytes(bytes_)

    return swap


def _copied(source: str, to: str, source_number: int = 0, to_number: int = 0) -> Callable[[Path], None]:
    return lambda folder: (
        one(folder, to, to_number).write_bytes(one(folder, source, source_number).read_bytes()) and None
    )


def _pages(part: str, keep: Callable[[int], list[int]]) -> Callable[[Path], None]:
    """The file with some of its pages only."""

    def cut(folder: Path) -> None:
        path = one(folder, part)
        old, new = pdfium.PdfDocument(path), pdfium.PdfDocument.new()
        new.import_pages(old, keep(len(old)))
        new.save(path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    return cut


def _joined(first: str, second: str) -> Callable[[Path], None]:
    """Two papers in one file, under the first one's name; the second one's file is gone."""

    def join(folder: Path) -> None:
        a, b = one(folder, first), one(folder, second)
        new = pdfium.PdfDocument.new()
        for path in (a, b):
            new.import_pages(pdfium.PdfDocument(path))
        new.save(a.with_suffix(".new"))
        b.unlink()
        a.with_suffix(".new").replace(a)

    return join


def statements_swapped(folder: Path) -> None:
    """The statements of the first two companies, each under the other one's name."""
    groups: dict[str, list[Path]] = {}
    for path in sorted(path for path in folder.iterdir() if "[서식-14]" in path.name):
        groups.setdefault(path.stem.rpartition("_")[2], []).append(path)
    for a, b in zip(*list(groups.values())[:2], strict=False):
        bytes_ = a.read_bytes()
        a.write_bytes(b.read_bytes())
        b.write_bytes(bytes_)


def _stranger(paper: str) -> Callable[[Path], None]:
    """A statement of a company that the proposal does not know, under the name of one of ours."""
    return lambda folder: one(folder, "[서식-14]").write_bytes(make_statement_pdf(seed=7042, paper=paper).pdf) and None


def mishaps() -> Iterator[Mishap]:
    for number in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15):
        yield f"no document {number}", f"[서식-{number}]", lambda f, n=number: one(f, f"[서식-{n}]").unlink()
    yield "no plan", "[서식-2]", lambda f: one(f, "[서식-2]").unlink()
    yield "no business registration", "[서식-13]", lambda f: one(f, "사업자등록증").unlink()
    yield "no statement of one year", "2021", lambda f: one(f, "2021년").unlink()
    yield "empty file", "[서식-6]", _written("[서식-6]", lambda b: b"")
    yield "truncated file", "[서식-7]", _written("[서식-7]", lambda b: b[: len(b) // 3])
    yield "a picture called pdf", "[서식-4]", _written("[서식-4]", lambda b: b"\x89PNG\r\n\x1a\n" + b[:4000])
    yield (
        "plan as PDF",
        "[서식-2]",
        _copied("[서식-1]", "[서식-2]"),
    )
    yield "plan truncated", "[서식-2]", _written("[서식-2]", lambda b: b[: len(b) // 2])
    yield "wrong number in the name", "[서식-7]", _renamed("[서식-6]", lambda n: n.replace("[서식-6]", "[서식-7]"))
    yield "no number in the name", "협력사", _renamed("[서식-6]", lambda n: n.replace("[서식-6] ", ""))
    yield "words behind the name", "[서식-5]", _renamed("[서식-5]", lambda n: n.replace(".pdf", "_최종.pdf"))
    yield (
        "a stranger's name",
        "[서식-8]",
        _renamed("[서식-8]", lambda n: n.rpartition("_")[0] + "_주식회사 없는회사.pdf"),
    )
    yield "extension in capitals", "", _renamed("[서식-9]", lambda n: n.replace(".pdf", ".PDF"))
    yield "NFD name", "", _renamed("[서식-3]", lambda n: unicodedata.normalize("NFD", n))
    yield "two documents swapped", "[서식-6]", swapped("[서식-6]", "[서식-7]")
    yield "two companies' papers swapped", "[서식-12]", swapped("[서식-12]", "[서식-12]", 0, 1)
    yield "two companies' registrations swapped", "사업자등록증", swapped("사업자등록증", "사업자등록증", 0, 1)
    yield "two companies' declarations swapped", "[서식-8]", swapped("[서식-8]", "[서식-8]", 0, 1)
    yield "one company's paper twice", "[서식-11]", _copied("[서식-11]", "[서식-11]", 0, 1)
    yield "one company's consent twice", "[서식-10]", _copied("[서식-10]", "[서식-10]", 0, 1)
    yield "another document under the name", "[서식-15]", _copied("[서식-12]", "[서식-15]")
    yield "last year's statement for this year's", "2022", _copied("2021년", "2022년")
    yield "two companies' statements swapped", "[서식-14]", statements_swapped
    yield "one statement swapped", "[서식-14]", swapped("[서식-14]", "[서식-14]", 0, -1)
    yield "a stranger's audit report", "[서식-14]", _stranger("audit")
    yield "a stranger's closing statements", "[서식-14]", _stranger("closing")
    yield "a stranger's standard statements", "[서식-14]", _stranger("standard")
    yield "first page only", "[서식-14]", _pages("[서식-14]", lambda n: [0])
    yield "two papers in one file", "", _joined("[서식-6]", "[서식-7]")
    yield "registration and registry in one file", "", _joined("사업자등록증", "부등본")


def report_of(folder: Path, received: datetime, kept: Kept) -> Report:
    files = [check.on_disk(path, path.name) for path in sorted(folder.iterdir())]
    return check.check_files(files, call_id="kiat-2023-265", proposal="P", received=received, cache=kept, jobs=1)


def told(report: Report) -> dict[tuple[object, ...], Finding]:
    return {(f.rule, f.organisation, *f.about.model_dump().values()): f for f in report.findings}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=Path, nargs="+", required=True)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    wrong = 0
    for pack in given.packs:
        received = datetime.fromisoformat(json.loads((pack / "truth.json").read_text())["submitted"] + "+09:00")
        kept = Kept()
        sound = told(report_of(pack / "files", received, kept))
        for what, part, how in mishaps():
            if given.only not in what:
                continue
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place) / "files"
                shutil.copytree(pack / "files", folder)
                try:
                    how(folder)
                except IndexError:
                    continue  # the pack has no such file
                report = report_of(folder, received, kept)
            changed = {
                key: finding
                for key, finding in told(report).items()
                if key not in sound or sound[key].outcome is not finding.outcome
            }
            bad = [f for f in changed.values() if f.outcome in (Outcome.FAIL, Outcome.UNDETERMINED)]
            seen = [f for f in bad if part in unicodedata.normalize("NFC", f.message.ko) or part in " ".join(f.files)]
            right = bool(seen) if part else not bad
            wrong += not right
            print(f"\n{'ok' if right else 'WRONG'} {pack.name}: {what} -> {report.verdict}")
            for finding in changed.values():
                print(
                    f"   {finding.outcome:14} {finding.rule} {finding.organisation or ''}: {finding.message.ko[:150]}"
                )
    print(f"\n{wrong} mishaps not seen, or seen where there is none")


if __name__ == "__main__":
    main()
