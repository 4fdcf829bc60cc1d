"""How exactly financial statements are read: right, open and SILENT per field and scan profile; a calibration.

    python -m benchmarks.accuracy --packs DIR --real DIR --samples 12 --keep OUT.jsonl
    python -m benchmarks.accuracy --kept OUT.jsonl… --write docs/accuracy.md --plot docs/calibration.svg

Packs are folders with `files/` and `truth.json`; real statements a folder of PDFs `YEAR-PROFILE.pdf` with a truth.json;
samples are made afresh by `samples/`, for each scan profile. Right: confirmed and equal. Open: handed to a person.
SILENT: confirmed and different. Boxes: the confirmed figure's box holds the middle of the printed one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from pathlib import Path

from benchmarks.plot import calibration_svg
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.readers.pdf import open_pdf
from jeopsu.extractors.statements import read_statements
from jeopsu.samples.accounts import REPORTED
from jeopsu.samples.scan import scan_with_moves
from jeopsu.samples.statements import make_statement_pdf
from jeopsu.samples.world import make_world
from jeopsu.validators.reconcile import reconcile

PROFILES = ("digital", "clean", "office", "poor", "shaded")
OPINIONS = {"적정": "unqualified", "한정": "qualified", "부적정": "adverse", "의견거절": "disclaimer"}
PAPERS = {"감사보고서": Kind.AUDIT_REPORT, "표준": Kind.STANDARD_STATEMENTS}


@dataclass(frozen=True)
class Truth:
    """One value to find: where it may stand (file, page, box) is empty where no box is known."""

    name: str
    year: int
    value: object
    places: tuple[tuple[str, int, tuple[float, float, float, float]], ...] = ()


@dataclass
class Case:
    """Files of one company that are read together, and what is true of them."""

    source: str
    files: dict[str, str]  # name → path
    profiles: dict[str, str]  # name → scan profile
    truths: list[Truth]
    printed_in: dict[tuple[str, int], str] = field(default_factory=dict)  # (name, year) → file whose profile counts


@dataclass
class Outcome:
    source: str
    profile: str
    name: str
    verdict: str  # right, open, SILENT
    box: bool | None
    what: str = ""
    pairs: tuple[tuple[float, bool, bool], ...] = ()  # (confidence, equal, confirmed) of each entry


def kind_of(name: str) -> Kind:
    return next((kind for word, kind in PAPERS.items() if word in name), Kind.CLOSING_STATEMENTS)


def read(path: str, name: str, kind: Kind) -> tuple[FieldValue, ...]:
    source = open_pdf(path, name)
    segment = Segment(kind=kind, first_page=1, last_page=source.count, confidence=1.0)
    return read_statements(source, segment, ReadRequest(path=path, name=name)).fields


def measure(case: Case) -> tuple[list[Outcome], float, int]:
    """Reads a case's files. Returns outcomes, seconds, files."""
    start = time.monotonic()
    fields = reconcile(tuple(f for name, path in case.files.items() for f in read(path, name, kind_of(name))))
    seconds = time.monotonic() - start
    found: dict[tuple[str, int | None], list[FieldValue]] = defaultdict(list)
    for value in fields:
        found[value.name, value.year].append(value)
    outcomes = []
    for truth in case.truths:
        entries = found[truth.name, truth.year]
        sure = [e for e in entries if e.confirmed]
        wrong = [e for e in sure if e.value != truth.value]
        verdict = "SILENT" if wrong else "right" if sure else "open"
        seen = list(wrong or entries)
        what = f"{truth.name} {truth.year}: {truth.value} ← " + "; ".join(
            f"{e.value} {e.printed!r} {e.file} p{e.page} {e.note}" for e in seen
        )
        file = case.printed_in.get((truth.name, truth.year), next(iter(case.files)))
        pairs = tuple((e.confidence, e.value == truth.value, e.confirmed) for e in entries if e.value is not None)
        box = any(_holds(e, truth) for e in sure) if sure and truth.places else None
        outcomes.append(Outcome(case.source, case.profiles[file], truth.name, verdict, box, what, pairs))
    return outcomes, seconds, len(case.files)


def _holds(entry: FieldValue, truth: Truth) -> bool:
    for file, page, (left, top, right, bottom) in truth.places:
        box = entry.box
        if box and entry.file == file and entry.page == page:
            wide = box.width < 4 * (right - left) + 60
            if wide and box.contains((left + right) / 2, (top + bottom) / 2, 3):
                return True
    return False


def packs(folder: Path) -> Iterator[Case]:
    """The sample packs' document 14, by organisation."""
    for path in sorted(folder.glob("*/truth.json")):
        data = json.loads(path.read_text("utf-8"))
        for role in sorted({y["org_role"] for y in data["financials"]}):
            uploads = [
                f
                for f in data["files"]
                if f["document"] == 14 and f["org_role"] == role and not f["damage"] and not f["superseded"]
            ]
            truths, printed = [], {}
            for year in (y for y in data["financials"] if y["org_role"] == role):
                for item, figure in year["figures"].items():
                    spots = [figure, *figure.get("also", [])]
                    places = tuple((s["source"], s["page"], tuple(s["bbox_pt"])) for s in spots)
                    truths.append(Truth(f"fs.{item}", year["year"], year[item], places))
                    printed[f"fs.{item}", year["year"]] = figure["source"]
                if year.get("audit_opinion") in OPINIONS:
                    truths.append(Truth("fs.audit_opinion", year["year"], OPINIONS[year["audit_opinion"]]))
                    printed["fs.audit_opinion", year["year"]] = year["source"]
            files = {f["file"]: str(path.parent / "files" / f["file"]) for f in uploads}
            if files:
                profiles = {f["file"]: f["scan"] for f in uploads}
                yield Case(f"packs/{path.parent.name}", files, profiles, truths, printed)


def real(folder: Path) -> Iterator[Case]:
    """Audit reports as filed."""
    data = json.loads((folder / "truth.json").read_text("utf-8"))["reports"]
    for path in sorted(folder.glob("*.pdf")):
        report, _, profile = path.stem.partition("-")
        name = f"{path.stem} 감사보고서.pdf"
        truths = [Truth(f"fs.{k}", int(y), v) for k, years in data[report].items() for y, v in years.items()]
        yield Case("real", {name: str(path)}, {name: profile}, truths)


def samples(seeds: range, profiles: Sequence[str], folder: Path) -> Iterator[Case]:
    """Fresh statements of every layout that `samples/` can draw, through every scan profile."""
    for seed in seeds:
        for paper in ("audit", "closing", "standard"):
            role = "lead" if paper == "audit" else "partner"
            made = make_statement_pdf(seed=seed, paper=paper, role=role)
            books = {year.year: year for year in make_world(seed).accounts[role]}
            for profile in profiles:
                pdf, moves = scan_with_moves(made.pdf, profile, seed)
                word = {"audit": "감사보고서", "standard": "표준", "closing": "확인원"}[paper]
                name = f"{word}-{seed}-{profile}.pdf"
                path = folder / name
                path.write_bytes(pdf)
                truths = []
                for key, spot in made.figures.items():
                    year, _, item = key.partition(".")
                    if item in REPORTED:
                        box = moves[spot.page - 1].box(spot.bbox_pt) if moves else spot.bbox_pt
                        places = ((name, spot.page, tuple(box)),)
                        truths.append(Truth(f"fs.{item}", int(year), books[int(year)][item], places))
                yield Case(f"samples/{paper}", {name: str(path)}, {name: profile}, truths)


def table(outcomes: Iterable[Outcome], by: str) -> list[str]:
    """A Markdown table of right, open, SILENT and boxes, one row for each value of `by`, one block for each profile."""
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for o in outcomes:
        for key in (getattr(o, by), "all"):
            rows[o.profile, key][o.verdict] += 1
            if o.box is not None:
                rows[o.profile, key]["box" if o.box else "no box"] += 1
    lines = [
        f"| profile | {by} | right | open | SILENT | right % | boxes % |",
        "| --- | --- | --: | --: | --: | --: | --: |",
    ]
    for profile in PROFILES:
        keys = sorted({k for p, k in rows if p == profile and k != "all"})
        for key in [*keys, "all"]:
            n = rows.get((profile, key))
            if n:
                total, boxes = n["right"] + n["open"] + n["SILENT"], n["box"] + n["no box"]
                share = f"{100 * n['box'] / boxes:.1f}" if boxes else "–"
                counts = f"{n['right']} | {n['open']} | {n['SILENT']}"
                lines.append(f"| {profile} | {key} | {counts} | {100 * n['right'] / total:.1f} | {share} |")
    return lines


def bins_of(outcomes: Iterable[Outcome]) -> dict[int, Counter[str]]:
    """By tenth of the confidence that values were reported with: how many, and how many are true or confirmed."""
    bins: dict[int, Counter[str]] = defaultdict(Counter)
    for o in outcomes:
        for confidence, equal, confirmed in o.pairs:
            step = min(int(confidence * 10), 9)
            bins[step]["n"] += 1
            bins[step]["equal"] += equal
            bins[step]["confirmed"] += confirmed
    return bins


def calibration(outcomes: Iterable[Outcome]) -> list[str]:
    """Confidence against truth, as a table."""
    bins = bins_of(outcomes)
    lines = ["| confidence | values | equal to the truth % | confirmed % |", "| --- | --: | --: | --: |"]
    for step in sorted(bins):
        n = bins[step]
        share, sure = 100 * n["equal"] / n["n"], 100 * n["confirmed"] / n["n"]
        lines.append(f"| {step / 10:.1f}–{(step + 1) / 10:.1f} | {n['n']} | {share:.1f} | {sure:.1f} |")
    return lines


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=Path, action="append", default=[])
    parser.add_argument("--real", type=Path)
    parser.add_argument("--samples", type=int, default=0, help="how many seeds")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--profiles", default=",".join(PROFILES), help="of the samples")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    parser.add_argument("--list", action="store_true", help="name every value that is not right")
    parser.add_argument("--only", default="", help="only cases whose source or file has this in its name")
    parser.add_argument("--keep", type=Path, help="add each case's outcomes to this file, one a line")
    parser.add_argument("--kept", type=Path, nargs="*", default=[], help="outcomes of earlier runs, counted in")
    parser.add_argument("--write", type=Path, help="the page; what stands in it below the line of MARK stays")
    parser.add_argument("--plot", type=Path, help="confidence against truth, an SVG")
    return parser.parse_args()


def run(args: argparse.Namespace) -> list[Outcome]:
    """Measures the cases asked for; each is kept as soon as it is done."""
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        cases: Iterable[Case] = chain(
            *(packs(path) for path in args.packs),
            real(args.real) if args.real else (),
            samples(range(args.first_seed, args.first_seed + args.samples), args.profiles.split(","), Path(folder)),
        )
        cases = (c for c in cases if args.only in c.source or any(args.only in name for name in c.files))
        kept = stack.enter_context(args.keep.open("a", encoding="utf-8")) if args.keep else None
        pool = stack.enter_context(ProcessPoolExecutor(args.jobs))
        while some := list(islice(cases, 4 * args.jobs)):
            for found, _, _ in pool.map(measure, some):
                outcomes += found
                if kept:
                    kept.writelines(json.dumps(asdict(o), ensure_ascii=False) + "\n" for o in found)
                    kept.flush()
    return outcomes


def read_kept(path: Path) -> list[Outcome]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Outcome(**{**row, "pairs": tuple(tuple(pair) for pair in row["pairs"])}) for row in rows]


def main() -> int:
    args = arguments()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    outcomes = [o for path in args.kept for o in read_kept(path)] + run(args)
    text = ["## By source", "", *table(outcomes, "source"), "", "## By field", "", *table(outcomes, "name")]
    text += ["", "## Calibration", "", *calibration(outcomes), "", f"{len(outcomes)} values."]
    print("\n".join(text))
    if args.list:
        for o in sorted(outcomes, key=lambda o: o.verdict):
            if o.verdict != "right" or o.box is False:
                print(o.verdict if o.box is not False else "BOX", o.source, o.profile, o.what)
    if args.write:
        old = args.write.read_text("utf-8") if args.write.exists() else ""
        below = old[old.index(MARK) :] if MARK in old else MARK + "\n"
        args.write.write_text("\n".join([INTRODUCTION, *text, "", below]), "utf-8")
    if args.plot:
        args.plot.write_text(calibration_svg(bins_of(outcomes)), "utf-8")
    return 1 if any(o.verdict == "SILENT" for o in outcomes) else 0


MARK = "<!-- below: written by hand -->"
INTRODUCTION = """# How exactly financial statements are read

Written by `python -m benchmarks.accuracy`; run it again after every change of a reader. *Right*: confirmed and equal to
the truth. *Open*: not confirmed, a person looks. *SILENT*: confirmed and wrong, which must never happen. *Boxes*: of
the confirmed figures, those whose box holds the middle of the printed one.

![Confidence against truth](calibration.svg)
"""


if __name__ == "__main__":
    sys.exit(main())
