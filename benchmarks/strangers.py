"""Swapped, misnamed and foreign papers in packs of any scan profile: is each one seen, and is what is ours still ours?

    python -m benchmarks.strangers --packs ../shared/cases/candidate-poor ../shared/cases/debt-ratio-poor --list
    python -m benchmarks.strangers --seeds 500 501 --profiles office,poor --list

A pack is a folder with `files/` and `truth.json`; with `--seeds` it is made by `samples/`, and an older edition of each
of its papers (another project of the same company, a year before) with it. Every file but the plan and the statements
is replaced, one at a time, in each of these ways; foreign papers come from the pack named after it:

    foreign   the same document of another proposal under our name
    swapped   the other company's paper under this one's name
    misnamed  another document of our own under this name
    bound     a foreign one bound in behind ours
    behind    a foreign one under our name, ours bound in behind it
    blank     the form with nothing filled in
    older     the same company's paper for another project

A replacement counts as *seen* when `document_content` of that file is no pass, as *elsewhere* when only another rule
says so about the file or its document, else as PASSED. Sound files that are no pass are false alarms.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from benchmarks.kept_ocr import Kept
from jeopsu.calls.load import load_call
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.reading import ReadRequest
from jeopsu.domain.submissions import Submission, Upload
from jeopsu.flows.check import settle, sha256_of, titles
from jeopsu.samples.make import make_proposal
from jeopsu.samples.scan import scan_with_moves
from jeopsu.samples.world import World
from jeopsu.validators import run
from jeopsu.validators.naming import read_name

CALL = "kiat-2023-265"
STATEMENTS = 14
LEFT_ALONE = frozenset(
    {2, STATEMENTS}
)  # the plan is every other paper's witness; statements have a benchmark of their own
UNDATED = frozenset({12, 13})  # no edition of a call: the company's, whenever issued
WAYS = ("foreign", "swapped", "misnamed", "bound", "behind", "blank", "older")
_BAD = (Outcome.FAIL, Outcome.UNDETERMINED)


@dataclass(frozen=True)
class Paper:
    """One file of a pack."""

    path: Path
    document: int
    part: str | None
    role: str
    scan: str
    printed: tuple[str, ...]  # what the applicant filled in


class Pack:
    """A proposal's files by name."""

    def __init__(self, name: str, folder: Path, older: Path | None = None) -> None:
        self.name, self.folder = name, folder
        self.truth: dict[str, Any] = json.loads((folder / "truth.json").read_text("utf-8"))
        self.received = datetime.fromisoformat(str(self.truth["submitted"]))
        if self.received.tzinfo is None:
            self.received = datetime.fromisoformat(f"{self.truth['submitted']}+09:00")
        self.older = older

    @cached_property
    def papers(self) -> list[Paper]:
        return [
            Paper(
                self.folder / "files" / fact["file"],
                fact["document"],
                fact.get("part"),
                fact["org_role"],
                fact.get("scan") or "digital",
                tuple(_printed(fact)),
            )
            for fact in self.truth["files"]
            if not fact.get("damage") and not fact.get("superseded")
        ]

    def same(self, paper: Paper, role: str | None = None) -> Paper | None:
        """This pack's paper of the same kind; of the same company where there is one."""
        like = [p for p in self.papers if (p.document, p.part) == (paper.document, paper.part)]
        wanted = role or paper.role
        if role:
            return next((p for p in like if p.role == wanted), None)
        return next((p for p in like if p.role == wanted), like[0] if like else None)


def _printed(fact: dict[str, Any]) -> Iterator[str]:
    for value in (fact.get("fields") or {}).values():
        yield from (str(v) for v in (value if isinstance(value, list) else [value]))
    for spots in (fact.get("field_boxes") or {}).values():
        yield from (str(spot.get("printed") or "") for spot in spots)


def ways(pack: Pack, donor: Pack | None, ring: Sequence[Pack], place: Path) -> Iterator[tuple[str, Paper, Path]]:
    """Which way, whose place is taken, by what."""
    own = [p for p in pack.papers if p.document not in LEFT_ALONE]
    for number, paper in enumerate(own):
        foreign = donor.same(paper) if donor else None
        if foreign:
            yield "foreign", paper, foreign.path
            yield "bound", paper, _bound(paper.path, foreign.path, place)
            yield "behind", paper, _bound(foreign.path, paper.path, place)
        other = pack.same(paper, "partner" if paper.role == "lead" else "lead")
        if other:
            yield "swapped", paper, other.path
        others = [p for p in own[number + 1 :] + own[:number] if p.document != paper.document]
        yield "misnamed", paper, others[0].path
        if pack.older and paper.document not in UNDATED:
            yield "older", paper, pack.older / paper.path.name
        if blank := _blank(paper, (pack, *ring), place):
            yield "blank", paper, blank


def _bound(first: Path, second: Path, place: Path) -> Path:
    target = place / f"{sha256_of(first)[:12]}-{sha256_of(second)[:12]}.pdf"
    if not target.exists():
        new = pdfium.PdfDocument.new()
        for path in (first, second):
            new.import_pages(pdfium.PdfDocument(path))
        new.save(target)
    return target


def _blank(paper: Paper, packs: Sequence[Pack], place: Path) -> Path | None:
    """The form behind a paper: its digital print without what was filled in and without colour, scanned like it."""
    source = next((p for pack in packs if (p := pack.same(paper)) and p.scan == "digital"), None)
    if source is None:
        return None
    profile = "clean" if paper.scan == "digital" else paper.scan  # there is no text layer to take words out of
    target = place / f"blank-{profile}-{sha256_of(source.path)[:16]}.pdf"
    if not target.exists():
        pages = [_emptied(page, source) for page in pdfium.PdfDocument(source.path)]
        out = io.BytesIO()
        pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=300)
        target.write_bytes(scan_with_moves(out.getvalue(), profile, target.name)[0])
    return target


def _emptied(page: pdfium.PdfPage, source: Paper) -> Image.Image:
    """A page's picture with white where something was filled in, and where there is colour (seals, signatures)."""
    scale = 300 / 72
    picture = page.render(scale=scale).to_pil().convert("RGB")
    pixels = np.array(picture)
    pixels[np.ptp(pixels.astype(int), axis=2) > 24] = 255
    text, height = page.get_textpage(), page.get_height()
    for word in sorted(set(source.printed), key=len, reverse=True):
        if len(word.strip()) < 2:
            continue
        search = text.search(word)
        while found := search.get_next():
            for number in range(found[0], found[0] + found[1]):
                left, bottom, right, top = text.get_charbox(number, loose=True)
                rows = slice(int((height - top) * scale) + 1, int((height - bottom) * scale))
                pixels[rows, int(left * scale) : int(right * scale) + 1] = 255
    return Image.fromarray(pixels)


class Checker:
    """Whole proposals judged, each file read once."""

    def __init__(self, kept: Kept) -> None:
        self.kept, self.call = kept, load_call(CALL)
        self._titles = titles(self.call)

    def findings(self, files: dict[str, Path], received: datetime) -> tuple[Finding, ...]:
        return self.judged(files, received)[1]

    def judged(self, files: dict[str, Path], received: datetime) -> tuple[Submission, tuple[Finding, ...]]:
        uploads = [self._upload(name, path) for name, path in sorted(files.items())]
        submission = settle(self.call, "P", uploads, received=received, registration=None)
        return submission, run.evaluate(self.call, submission, today=self.call.day(received))

    def _upload(self, name: str, path: Path) -> Upload:
        said = read_name(name, self.call)
        request = ReadRequest(
            path=str(path),
            name=name,
            hint=said.kind,
            hint_year=said.years[0] if len(said.years) == 1 else None,
            titles=self._titles,
            fiscal_years=self.call.fiscal_years,
        )
        return Upload(
            name=name,
            sha256=sha256_of(path),
            bytes=path.stat().st_size,
            uploaded=None,
            name_reading=said,
            reading=self.kept.reading(request),
        )


def _about(findings: Sequence[Finding], paper: Paper) -> dict[tuple[object, ...], Finding]:
    """The findings on a file or its document that are no pass."""
    name = paper.path.name
    return {
        (f.rule, f.organisation, *f.about.model_dump().values()): f
        for f in findings
        if f.outcome in _BAD
        and (name in f.files or f.about.file == name or f.about.document == paper.document or name in f.message.ko)
    }


def _content(findings: Sequence[Finding], name: str) -> Finding | None:
    return next((f for f in findings if f.rule == "document_content" and f.about.file == name), None)


def measure(
    checker: Checker, pack: Pack, ring: Sequence[Pack], wanted: Sequence[str], show: bool, place: Path
) -> Iterator[tuple[str, str, str]]:
    """Way, verdict and profile of each replacement."""
    unread = {p.path.name for p in pack.papers if p.document == STATEMENTS}  # long, and they prove nothing here
    files = {path.name: path for path in (pack.folder / "files").iterdir() if path.name not in unread}
    sound = checker.findings(files, pack.received)
    for paper in pack.papers:
        if paper.document == STATEMENTS:
            continue
        found = _content(sound, paper.path.name)
        passed = found is not None and found.outcome is Outcome.PASS
        yield "sound", "right" if passed else "ALARM", paper.scan
        if show and not passed:
            print(f"ALARM {pack.name} {found.message.ko if found else paper.path.name}", flush=True)
    donor = ring[(ring.index(pack) + 1) % len(ring)] if len(ring) > 1 else None
    for way, paper, instead in ways(pack, donor, ring, place):
        if way not in wanted:
            continue
        name = paper.path.name
        after = checker.findings({**files, name: instead}, pack.received)
        content = _content(after, name)
        before, now = _about(sound, paper), _about(after, paper)
        new = [f for key, f in now.items() if key not in before]
        seen = content is not None and content.outcome in _BAD
        verdict = "seen" if seen else "elsewhere" if new else "PASSED"
        yield way, verdict, paper.scan
        if show and verdict != "seen":
            said = "; ".join(f"{f.rule}: {f.message.ko[:110]}" for f in new)
            print(f"{verdict} {pack.name} {way} [{paper.scan}] {name} ← {instead.name} | {said}", flush=True)


def _made(seed: int, profile: str, place: Path) -> Pack:
    """A proposal of a seed with an older edition of its papers."""
    home = place / f"{seed}-{profile}"
    older = home / "older"
    if not (home / "truth.json").exists():
        truth = make_proposal(home / "files", seed=seed, scan=profile, only=set(range(1, 20)) - {STATEMENTS})
        make_proposal(
            older, seed=seed, scan=profile, only=set(range(1, 20)) - LEFT_ALONE - UNDATED, bend=_a_year_before
        )
        (home / "truth.json").write_text(truth.model_dump_json(), "utf-8")
    return Pack(f"{seed}-{profile}", home, older)


def _a_year_before(world: World) -> World:
    return world.model_copy(
        update={
            "title": f"{world.lead.item} 물류창고 자율이송 로봇 관제 서비스 고도화",
            "receipt": "P555555-2022",
            "signed": date(2022, 4, 12),
            "start": date(2022, 5, 1),
            "end": date(2022, 12, 31),
            "midsize_valid": (date(2022, 4, 1), date(2023, 3, 31)),
        }
    )


def table(outcomes: Sequence[tuple[str, str, str]]) -> list[str]:
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for way, verdict, profile in outcomes:
        rows[profile, way][verdict] += 1
    lines = ["| profile | way | seen | elsewhere | PASSED |", "| --- | --- | --: | --: | --: |"]
    for profile, way in sorted(rows, key=lambda key: (key[0], (*WAYS, "sound").index(key[1]))):
        n = rows[profile, way]
        if way == "sound":
            lines.append(f"| {profile} | sound, false alarms | {n['right']} right | – | {n['ALARM']} |")
        else:
            lines.append(f"| {profile} | {way} | {n['seen']} | {n['elsewhere']} | {n['PASSED']} |")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=Path, nargs="*", default=[])
    parser.add_argument("--seeds", type=int, nargs="*", default=[])
    parser.add_argument("--profiles", default="office,poor", help="of the packs made from seeds")
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--first", type=int, help="measure only so many packs; the others only lend papers")
    parser.add_argument("--list", action="store_true", help="name every paper that was not seen, and false alarms")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "jeopsu-strangers")
    given = parser.parse_args()
    given.kept.mkdir(parents=True, exist_ok=True)
    checker = Checker(Kept(given.kept / "readings.sqlite"))
    rings = [[Pack(p.name, p) for p in given.packs]]
    rings += [[_made(seed, profile, given.kept) for seed in given.seeds] for profile in given.profiles.split(",")]
    outcomes: list[tuple[str, str, str]] = []
    for ring in rings:
        for pack in ring[: given.first]:
            outcomes += measure(checker, pack, ring, given.ways.split(","), given.list, given.kept)
    print("\n".join(table(outcomes)))
    return 1 if any(verdict in ("PASSED", "ALARM") for _, verdict, _ in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
