"""Statements of document 14 under the wrong company's name, in packs of any scan profile: said, and counted for whom?

    python -m benchmarks.statement_owners --packs ../shared/cases/candidate-poor [--blind]

Done to each pack, one at a time: nothing; all statements of the two companies swapped; one of them; and a stranger's
(made by `samples/`, scanned as the pack is) in place of one, of each of the three papers. `--blind` does the same as if
no company could be read on any statement: then only declared ratios and neighbouring years speak.

`said`: files that hold another company's statement and are no pass. `false`: sound ones that are none. `wrong`:
confirmed figures of a company that are not its own, which must be none; `kept`: those left of the sound pack's.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from benchmarks.mishaps import Kept, one, report_of, statements_swapped, swapped
from jeopsu.domain.findings import Outcome
from jeopsu.domain.kinds import STATEMENTS, Subject
from jeopsu.domain.reading import FileReading
from jeopsu.domain.report import Report
from jeopsu.samples.scan import PROFILES, scan_with_moves
from jeopsu.samples.statements import make_statement_pdf

MARK = "[서식-14]"
STRANGER = 7042  # seed
Figures = dict[tuple[str, str, int | None], object]


class Blind(Kept):
    """Readings of statements without the company that was read on them."""

    def get(self, key: str) -> FileReading | None:
        reading = super().get(key)
        return reading and _nameless(reading)


def _nameless(reading: FileReading) -> FileReading:
    parts = tuple(s.model_copy(update={"subject": Subject()}) if s.kind in STATEMENTS else s for s in reading.segments)
    return reading.model_copy(update={"segments": parts})


def ways(profile: str) -> Iterator[tuple[str, Callable[[Path], None]]]:
    yield "sound", lambda folder: None
    yield "all swapped", statements_swapped
    yield "one swapped", swapped(MARK, MARK, 0, -1)
    for paper in ("audit", "closing", "standard"):
        yield f"a stranger's {paper}", _stranger(paper, profile)


def _stranger(paper: str, profile: str) -> Callable[[Path], None]:
    def put(folder: Path) -> None:
        made = make_statement_pdf(seed=STRANGER, paper=paper).pdf
        if PROFILES.get(profile) is not None:
            made, _ = scan_with_moves(made, profile, "stranger")
        one(folder, MARK).write_bytes(made)

    return put


def figures(report: Report) -> Figures:
    """Confirmed figures of the proposal's companies."""
    return {
        (f.name, f.organisation, f.year): f.value
        for f in report.submission.fields
        if f.name.startswith("fs.") and f.confirmed and f.organisation
    }


def judged(report: Report, bytes_of: dict[str, bytes], folder: Path) -> tuple[int, int, int]:
    """Changed files that are no pass, of how many; unchanged ones that are none."""
    changed = {name for name, was in bytes_of.items() if (folder / name).read_bytes() != was}
    bad = {
        finding.about.file
        for finding in report.findings
        if finding.rule == "document_content" and finding.outcome in (Outcome.FAIL, Outcome.UNDETERMINED)
    }
    return len(changed & bad), len(changed), len((bytes_of.keys() - changed) & bad)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=Path, nargs="+", required=True)
    parser.add_argument("--blind", action="store_true")
    given = parser.parse_args()
    for pack in given.packs:
        truth = json.loads((pack / "truth.json").read_text("utf-8"))
        received = datetime.fromisoformat(f"{truth['submitted']}+09:00")
        kept, blind = Kept(), Blind()
        blind.readings = kept.readings
        own: Figures = {}
        for what, change in ways(truth["scan"]):
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place) / "files"
                shutil.copytree(pack / "files", folder)
                was = {path.name: path.read_bytes() for path in folder.iterdir() if MARK in path.name}
                change(folder)
                report = report_of(folder, received, kept)
                own = own or figures(report)
                if given.blind:
                    report = report_of(folder, received, blind)
                said, changed, false = judged(report, was, folder)
            found = figures(report)
            wrong = [key for key, value in found.items() if key in own and own[key] != value]
            print(
                f"{pack.name}: {what}: said {said} of {changed}, false {false}, "
                f"wrong {len(wrong)}, kept {len(found.keys() & own.keys())} of {len(own)}",
                flush=True,
            )
            for key in wrong:
                print(f"   {key}: {found[key]}, own {own[key]}")


if __name__ == "__main__":
    main()
