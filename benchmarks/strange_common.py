"""What the benchmarks of strange papers share: a paper's habits, the options of a run, counts of its outcomes."""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.kept_ocr import Kept
from benchmarks.strange_scans import SCANS
from jeopsu.samples.scan import PROFILES


class Habits:
    """Choices of whoever drew a paper, each noted: a value read wrongly is printed with them."""

    rng: Random
    habits: list[str]

    def pick(self, name: str, *choices: str) -> str:
        chosen = self.rng.choice(choices)
        self.habits.append(f"{name}={chosen}")
        return chosen

    def chance(self, name: str, share: float) -> bool:
        on = self.rng.random() < share
        if on:
            self.habits.append(name)
        return on


@dataclass(frozen=True)
class Outcome:
    """What was made of a value: "right" (confirmed and true), "open" (a person's), "SILENT" (confirmed, untrue)."""

    field: str
    verdict: str
    what: str  # truth and reading
    habits: Sequence[str] = ()
    corrected: bool = False  # the value was corrected by hand


Outcomes = Callable[[str, str, int, bool, Kept | None], Iterable[Outcome]]  # of (kind, scan, seed, corrected, kept)


def run(description: str | None, kinds: Sequence[str], outcomes: Outcomes) -> int:
    """Draws papers as the command line asks, prints counts and what is not right. 1 if a value was SILENT."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--kinds", default=",".join(kinds))
    parser.add_argument("--scans", default="digital", help=f"digital, {', '.join((*PROFILES, *SCANS))}; with commas")
    parser.add_argument("--corrected", action="store_true", help="one value of each paper was corrected by hand")
    parser.add_argument("--list", action="store_true", help="name every value that is not right")
    parser.add_argument("--habits", action="store_true", help="count by layout, wording and so on, too")
    parser.add_argument("--keep", type=Path, help="a file for the engines' answers")
    args = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    kept = Kept(args.keep) if args.keep else None
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for scan in args.scans.split(","):
        for kind in args.kinds.split(","):
            for seed in range(args.first_seed, args.first_seed + args.seeds):
                for one in outcomes(kind, scan, seed, args.corrected, kept):
                    for key in _keys(one, kind, scan, args.habits):
                        counts[key][one.verdict] += 1
                    if args.list and one.verdict != "right":
                        print(one.verdict, scan, kind, seed, one.field, one.what, *one.habits, sep=" | ", flush=True)
    for key, n in sorted(counts.items()):
        if not key.startswith("~") or n["SILENT"] or n["open"] > n["right"]:
            print(f"{key:60} right {n['right']:4} open {n['open']:4} SILENT {n['SILENT']:3}")
    return 1 if any(n["SILENT"] for n in counts.values()) else 0


def _keys(one: Outcome, kind: str, scan: str, habits: bool) -> Iterator[str]:
    corrected = " corrected" if one.corrected else ""
    yield f"{scan} {kind} {one.field}{corrected}"
    yield f"{scan} all{corrected}"
    if habits:
        yield from (f"~ {kind} {one.field} {habit}" for habit in one.habits)
