"""Financial statements in columns, labels, units and signs no sample has, with other tables beside them.

    python -m benchmarks.strange_statements --first-seed 1 --seeds 40 [--scans digital,office,phone] [--list]

Right: confirmed and what a person would read. Open: handed to a person, or not found. SILENT: confirmed and different,
or confirmed where nothing may be (another currency, consolidated statements, parts of a year).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.kept_ocr import Kept
from benchmarks.strange_scans import SCANS, through
from benchmarks.strange_statement_books import REPORTED
from benchmarks.strange_statement_pages import COMPANY, Paper, draw
from jeopsu.calls.load import load_call
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.read_file import read_file
from jeopsu.flows.check import titles
from jeopsu.validators.naming import read_name
from jeopsu.validators.reconcile import reconcile


def outcomes(paper: Paper, path: Path) -> Iterator[tuple[str, str, str]]:
    """(field, verdict, what was read) of one file."""
    call = load_call("kiat-2023-265")
    name = read_name(path.name, call)
    request = ReadRequest(
        path=str(path), name=path.name, hint=name.kind, titles=titles(call), fiscal_years=call.fiscal_years
    )
    reading = read_file(request, lambda done, count: None)
    names = (*REPORTED, "estimated")
    found = [f for f in reconcile(reading.fields) if f.name.removeprefix("fs.") in names]
    years = {year for _, year in paper.truth} | {f.year for f in found if f.year is not None}
    for concept in names:
        for year in sorted(years):
            mine = [f for f in found if f.name == f"fs.{concept}" and f.year == year]
            allowed = paper.truth.get((f"fs.{concept}", year))
            sure = [f for f in mine if f.confirmed]
            wrong = [f for f in sure if not allowed or f.value not in allowed]
            if allowed is None and not sure:
                continue
            verdict = "SILENT" if wrong else "right" if sure else "open"
            shown = "; ".join(f"{f.value!r} {f.printed!r} p{f.page} {f.status.value} {f.note}" for f in wrong or mine)
            kinds = [f"{s.kind}:{s.first_page}-{s.last_page}" for s in reading.segments]
            yield f"fs.{concept}", verdict, f"{year}: {allowed} ← {shown or kinds}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--scans", default="digital", help=f"digital, clean, office, poor or {', '.join(SCANS)}")
    parser.add_argument("--list", action="store_true", help="name every value that is not right")
    parser.add_argument("--habits", action="store_true", help="count by column style, label and so on, too")
    parser.add_argument("--keep", type=Path, help="a file for the engines' answers")
    args = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    if args.keep:
        Kept(args.keep)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for scan in args.scans.split(","):
        for seed in range(args.first_seed, args.first_seed + args.seeds):
            paper = draw(seed)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"[서식-14] 결산재무제표 확인원_{COMPANY.removeprefix('주식회사 ')}.pdf"
                path.write_bytes(through(scan, paper.pdf, seed))
                for field, verdict, what in outcomes(paper, path):
                    keys = [f"{scan} {field}", f"{scan} all"]
                    if args.habits:
                        keys += [f"~ {scan} {habit}" for habit in paper.habits]
                    for key in keys:
                        counts[key][verdict] += 1
                    if args.list and verdict != "right":
                        print(verdict, scan, seed, field, what, *paper.habits, sep=" | ", flush=True)
    for key, n in sorted(counts.items()):
        if not key.startswith("~") or n["SILENT"] or n["open"] > n["right"]:
            print(f"{key:60} right {n['right']:4} open {n['open']:4} SILENT {n['SILENT']:3}")
    return 1 if any(n["SILENT"] for n in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
