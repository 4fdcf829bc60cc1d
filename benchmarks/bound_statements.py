"""Statements of document 14 bound into one file, or with pages of another one's between: told apart, or said?

    python -m benchmarks.bound_statements --packs ../shared/cases/candidate-poor --list

Done to each pack, one at a time, to the latest statement of the lead (`--role partner`: of the partner); a stranger's
comes from the pack named after it:

    years, years back      the year before's bound in front of it or behind it; its own file is gone
    all years              every year's in one file, called after all of them
    both, both back        the partner's of the same year bound in behind it or in front of it
    stranger behind, stranger before
    stranger between       a stranger's pages with figures behind the cover
    stranger's figures     a stranger's pages with figures in place of our own
    stranger's first page, stranger's last page
    partner's figures, partner's last page, other year's figures, other year's last page

`--blind` does the same as if no company could be read on any statement: then only figures and covers speak.

`wrong`: confirmed values of a company and a year that are not its own, which must be none; `kept`: those left of the
sound pack's. *Seen*: `document_content` of that file is no pass; *elsewhere*: another rule that was a pass is none now;
else PASSED, which is right for the first three ways alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.kept_ocr import Kept
from benchmarks.strangers import Checker, Pack
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.kinds import Subject
from jeopsu.domain.reading import FileReading, ReadRequest
from jeopsu.domain.submissions import Submission
from jeopsu.extractors.read_file import read_file
from jeopsu.extractors.statements import read as statements

STATEMENTS = 14
HARMLESS = frozenset({"years", "years back", "all years"})
_BAD = (Outcome.FAIL, Outcome.UNDETERMINED)
Figures = dict[tuple[str, str, int | None], object]
Page = tuple[Path, int]


def _own(pack: Pack, role: str) -> list[Path]:
    """A company's statements, the earliest first."""
    papers = [p for p in pack.papers if p.document == STATEMENTS and p.role == role]
    return [p.path for p in sorted(papers, key=lambda p: p.path.name)]


def _pages(path: Path) -> list[Page]:
    return [(path, number) for number in range(len(pdfium.PdfDocument(path)))]


def _split(path: Path) -> tuple[list[Page], list[Page]]:
    """Front matter and pages with figures."""
    pages = _pages(path)
    front = 2 if "감사보고서" in path.name else 1 if "확인원" in path.name else 0
    return pages[:front], pages[front:]


class Blind(Kept):
    """OCR answers kept, and for this run readings of statements without the company that stands on them."""

    def reading(self, request: ReadRequest) -> FileReading:
        if "[서식-14]" not in request.name:
            return super().reading(request)
        key = request.name, Path(request.path).read_bytes()
        if key not in self.blind:
            self.blind[key] = read_file(request, lambda done, count: None)
        return self.blind[key]

    @cached_property
    def blind(self) -> dict[tuple[str, bytes], FileReading]:
        return {}


def ways(pack: Pack, donor: Pack | None, role: str) -> Iterator[tuple[str, str, str, list[Page], list[str]]]:
    """Which way, the file it is done to, its new name, its new pages, and the files that are gone."""
    own, others = _own(pack, role), _own(pack, "partner" if role == "lead" else "lead")
    last, name = own[-1], own[-1].name
    front, figures = _split(last)
    if len(own) > 1:
        before = own[-2]
        yield "years", name, name, _pages(before) + _pages(last), [before.name]
        yield "years back", name, name, _pages(last) + _pages(before), [before.name]
        whole = name.replace("2022년 회계", "최근 3개년 회계").replace("표준재무제표증명(2022년)", "표준재무제표증명")
        whole = whole.replace("확인원(2022년)", "확인원").replace("] 결산", "] 최근 3개년 결산")
        yield "all years", name, whole, [page for path in own for page in _pages(path)], [p.name for p in own]
        yield "other year's figures", name, name, front + _split(before)[1], []
        yield "other year's last page", name, name, front + figures[:-1] + _pages(before)[-1:], []
    if others:
        yield "both", name, name, _pages(last) + _pages(others[-1]), []
        yield "both back", name, name, _pages(others[-1]) + _pages(last), []
        yield "partner's figures", name, name, front + _split(others[-1])[1], []
        yield "partner's last page", name, name, front + figures[:-1] + _pages(others[-1])[-1:], []
    strange = _own(donor, role) if donor else []
    if strange:
        cover, theirs = _split(strange[-1])
        yield "stranger behind", name, name, _pages(last) + cover + theirs, []
        yield "stranger before", name, name, cover + theirs + _pages(last), []
        yield "stranger between", name, name, front + theirs + figures, []
        yield "stranger's figures", name, name, front + theirs, []
        yield "stranger's first page", name, name, front + theirs[:1] + figures[1:], []
        yield "stranger's last page", name, name, front + figures[:-1] + theirs[-1:], []


def _write(pages: Sequence[Page], target: Path) -> None:
    new = pdfium.PdfDocument.new()
    for path, number in pages:
        new.import_pages(pdfium.PdfDocument(path), [number])
    new.save(target)


def figures_of(submission: Submission) -> Figures:
    """Confirmed values of document 14 of the proposal's companies."""
    return {
        (f.name, f.organisation, f.year): f.value
        for f in submission.fields
        if f.name.startswith("fs.") and f.confirmed and f.organisation
    }


def _key(finding: Finding) -> tuple[object, ...]:
    return (finding.rule, finding.organisation, *finding.about.model_dump().values())


def measure(
    checker: Checker, pack: Pack, donor: Pack | None, role: str, show: bool, place: Path
) -> Iterator[tuple[str, bool]]:
    """Way and whether it ended well."""
    files = {path.name: path for path in (pack.folder / "files").iterdir()}
    submission, found = checker.judged(files, pack.received)
    own = figures_of(submission)
    sound = {_key(f): f.outcome for f in found}
    for way, name, called, pages, gone in ways(pack, donor, role):
        target = place / f"{pack.name}-{role}-{way.replace(' ', '_')}.pdf"
        _write(pages, target)
        rest = {key: path for key, path in files.items() if key not in gone and key != name}
        submission, found = checker.judged({**rest, called: target}, pack.received)
        now = figures_of(submission)
        wrong = {key: value for key, value in now.items() if own.get(key, value) != value}
        content = next((f for f in found if f.rule == "document_content" and f.about.file == called), None)
        new = [f for f in found if f.outcome in _BAD and sound.get(_key(f), Outcome.PASS) not in _BAD]
        seen = content is not None and content.outcome in _BAD
        verdict = "seen" if seen else "elsewhere" if new else "PASSED"
        bad = bool(wrong) or (way in HARMLESS) != (verdict == "PASSED")
        yield way, not bad
        kept = len(now.keys() & own.keys()) - len(wrong)
        extra = [key for key in now if key not in own]
        print(
            f"{'BAD ' if bad else ''}{pack.name} | {way} | {verdict} | wrong {len(wrong)} | kept {kept} of {len(own)}"
        )
        for key, value in wrong.items():
            print(f"     WRONG {key}: {value}, own {own[key]}")
        if show:
            file = next(f for f in submission.files if f.name == called)
            for s in file.segments:
                print(f"     {s.kind} {s.first_page}-{s.last_page} {s.organisation} {s.subject.name!r} {s.confidence}")
            print(f"     extra {extra}\n     lost {sorted(map(str, own.keys() - now.keys()))[:8]}")
            print(f"     {[(p.code.value, p.page) for p in file.problems]} {content and content.message.ko}")
            for f in new:
                print(f"     {f.outcome} {f.rule} {f.organisation}: {f.message.ko[:170]}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=Path, nargs="+", required=True)
    parser.add_argument("--first", type=int, help="measure only so many packs; the others only lend papers")
    parser.add_argument("--list", action="store_true", help="say for each way what was read and found")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "jeopsu-strangers")
    parser.add_argument("--role", choices=("lead", "partner"), default="lead")
    parser.add_argument("--blind", action="store_true")
    given = parser.parse_args()
    given.kept.mkdir(parents=True, exist_ok=True)
    kept = Blind if given.blind else Kept
    if given.blind:
        statements.company_in = lambda *_: (Subject(), ())
    checker = Checker(kept(given.kept / "readings.sqlite"))
    packs = [Pack(path.name, path) for path in given.packs]
    ended: list[bool] = []
    for number, pack in enumerate(packs[: given.first]):
        donor = packs[(number + 1) % len(packs)] if len(packs) > 1 else None
        ended += [good for _, good in measure(checker, pack, donor, given.role, given.list, given.kept)]
    print(f"{len(ended) - sum(ended)} of {len(ended)} ended badly")
    return 0 if all(ended) else 1


if __name__ == "__main__":
    sys.exit(main())
