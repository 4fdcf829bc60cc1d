"""How exactly certificates, sign-offs, seals and check boxes are read: right, open and SILENT per field and profile.

    python -m benchmarks.papers --first-seed 9000 --seeds 2 --profiles digital,clean,office,poor,grey --list

Each seed is a fresh proposal of `samples/` (its plan and every document but 14), put through a scan profile and read as
`jeopsu check` reads it, in this process. Right: confirmed and equal to what was printed. Open: handed to a person.
SILENT: confirmed and different. A sign-off's kind counts exactly: a signature that is called a seal is SILENT.
`marks` are the coloured seals of `extractors/marks` alone: a seal not found or not sure is open, a sure one that is
none is SILENT.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from jeopsu.calls.load import load_call
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.problems import DocumentProblem
from jeopsu.domain.reading import FileReading, ReadRequest
from jeopsu.domain.submissions import Submission, Upload
from jeopsu.domain.values import company_name
from jeopsu.extractors.marks.seals import SURE
from jeopsu.extractors.read_file import read_file
from jeopsu.extractors.readers.pdf import open_pdf
from jeopsu.flows.check import on_disk, settle, titles
from jeopsu.samples.certificates import REPORTED
from jeopsu.samples.make import make_proposal
from jeopsu.samples.truth import FileTruth, Truth
from jeopsu.validators.naming import read_name

PROFILES = ("digital", "clean", "office", "poor", "shaded", "grey")
DOCUMENTS = tuple(n for n in range(1, 20) if n != 14)
# What the samples call the fields of certificates → the report's names.
CERTIFICATES: dict[tuple[int, str | None], dict[str, str]] = {
    (12, None): REPORTED["employment"],
    (13, "bizreg"): REPORTED["bizreg"] | {"address": "bizreg.address"},
    (13, "registry"): REPORTED["registry"],
    (15, None): REPORTED["midsize"],
}
PEOPLE = {"total_rate": "rate_total", "projects": "projects", "pi_projects": "projects_as_lead"}
WITH_CHECKS = frozenset({3, 4, 8, 10, 11})
_BOXES = re.compile(r"[□■☐☑☒√✓∨\s]")


@dataclass(frozen=True)
class Outcome:
    profile: str
    group: str
    name: str
    verdict: str  # right, open, SILENT
    what: str = ""


def plain(value: object) -> str:
    """Equal values give equal text: digits of numbers, companies without their legal form, no blanks."""
    text = re.sub(r"^제(?=\d)|(?<=\d)호$", "", re.sub(r"\s+", "", str(value)))
    if re.fullmatch(r"[\d-]+", text) and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return re.sub(r"\D", "", text)
    return company_name.plain(text) if re.search(r"주식회사|㈜|\(주\)", text) else text


def read_all(folder: Path, truth: Truth, call_id: str = "kiat-2023-265") -> Submission:
    """Every file read in this process and settled, as `jeopsu check` does."""
    call = load_call(call_id)
    uploads = []
    for path in sorted(folder.iterdir()):
        name = read_name(path.name, call)
        request = ReadRequest(
            path=str(path), name=path.name, hint=name.kind, titles=titles(call), fiscal_years=call.fiscal_years
        )
        try:
            reading = read_file(request, lambda done, count: None)
        except DocumentProblem as error:
            reading = FileReading(problems=(error.problem,))
        file = on_disk(path, path.name)
        uploads.append(Upload(name=path.name, sha256=file.sha256, bytes=file.bytes, name_reading=name, reading=reading))
    return settle(call, "benchmark", uploads, received=None, registration=None)


def measure(seed: int, profile: str, only: Iterable[int] = DOCUMENTS) -> list[Outcome]:
    """One proposal of a seed through one profile."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        truth = make_proposal(folder, seed=seed, scan=profile, only={2, *only})
        submission = read_all(folder, truth)
        found = list(scored(submission, truth, profile))
        for file in truth.files:
            if file.document != 2 and not _grey(folder / file.file):
                found += _marks(folder / file.file, file, profile)
    return [Outcome(o.profile, o.group, o.name, o.verdict, f"{seed} {o.what}") for o in found]


def scored(submission: Submission, truth: Truth, profile: str) -> Iterator[Outcome]:
    """Every value of the truth against what was read."""
    for file in truth.files:
        if file.document == 2:
            continue
        mine = [f for f in submission.fields if f.file == file.file]
        yield _file(submission, file, profile)
        for key, name in CERTIFICATES.get((file.document, file.part), {}).items():
            entries = [f for f in mine if f.name == name]
            yield _value(profile, "certificates", name, file.file, file.fields[key], entries)
        if file.document == 5:
            yield from _people(mine, file, profile)
        yield from _signs(mine, file, profile)
        if file.document in WITH_CHECKS:
            yield from _checks(mine, file, profile)


def _value(profile: str, group: str, name: str, where: str, want: object, entries: Iterable[FieldValue]) -> Outcome:
    entries = list(entries)
    sure = [e for e in entries if e.confirmed]
    wrong = [e for e in sure if plain(e.value) != plain(want)]
    verdict = "SILENT" if wrong else "right" if sure else "open"
    seen = "; ".join(
        f"{e.value!r} {e.printed!r} {e.alternatives} {e.confidence:.2f} {e.note}" for e in wrong or entries
    )
    return Outcome(profile, group, name, verdict, f"{where} {name}: {want} ← {seen}")


def _file(submission: Submission, truth: FileTruth, profile: str) -> Outcome:
    file = next(f for f in submission.files if f.name == truth.file)
    right = file.document == truth.document and file.organisation == truth.org_role and not file.problems
    told = any(s.confidence >= 0.8 for s in file.segments)
    verdict = "right" if right and told else "open" if file.document in (truth.document, None) else "SILENT"
    what = f"{truth.file}: document {file.document} of {file.organisation}, {[str(p.code) for p in file.problems]}"
    return Outcome(profile, "files", "document", verdict, what)


def _people(mine: list[FieldValue], truth: FileTruth, profile: str) -> Iterator[Outcome]:
    rows: dict[int | None, dict[str, FieldValue]] = defaultdict(dict)
    for field in mine:
        if field.name.startswith("participant."):
            rows[field.index][field.name.partition(".")[2]] = field
    for key, person in truth.fields.items():
        label, _, number = key.partition(":")
        if label != "name":
            continue
        row = [r for r in rows.values() if "name" in r and plain(r["name"].value) == plain(person)]
        yield _value(profile, "people", "participant.name", truth.file, person, [r["name"] for r in row])
        for what, name in PEOPLE.items():
            want = truth.fields[f"{what}:{number}"]
            entries = [r[name] for r in row if name in r]
            yield _value(profile, "people", f"participant.{name}", f"{truth.file} {person}", want, entries)


def _near(field: FieldValue, page: int, box: tuple[float, float, float, float]) -> float:
    """How much of the mark lies in the field's box, 0..1; a mark of another page 0."""
    if field.page != page or field.box is None:
        return 0.0
    mark = Box(left=box[0], top=box[1], right=box[2], bottom=box[3])
    return field.box.overlap(mark) / max(1.0, min(mark.width * mark.height, field.box.width * field.box.height))


def _signs(mine: list[FieldValue], truth: FileTruth, profile: str) -> Iterator[Outcome]:
    """Every seal and signature of the page against the sign-off at its place, and every sure sign-off against them."""
    kinds = [f for f in mine if f.name == "signoff.kind"]
    rows = "row" if truth.document == 10 else "foot"
    marks = [("seal", ink) for ink in truth.seals] + [("signature", ink) for ink in truth.signatures]
    used: set[int] = set()
    for want, ink in marks:
        if (
            truth.document in (5, 13)
            and (truth.document, ink.whose) != (13, "issuer")
            and ink.whose not in ("lead", "partner")
        ):
            continue  # signs in the rows of document 5 and stamps of true copies are no fields of the contract
        if truth.document == 13 and ink.whose != "issuer":
            continue
        close = sorted(((_near(f, ink.page, ink.bbox_pt), n) for n, f in enumerate(kinds)), reverse=True)
        close = [(share, n) for share, n in close if share > 0.25 and n not in used]
        entries = [kinds[close[0][1]]] if close else []
        used.update(n for _, n in close[:1])
        yield _value(profile, "signs", f"{rows}.{want}", f"{truth.file} p{ink.page} {ink.whose}", want, entries)
    names = {f.index: plain(f.value) for f in mine if f.name == "signoff.name" and f.value}
    for person in truth.signatures_missing:
        entries = [f for f in kinds if names.get(f.index) == plain(person)]
        used.update(n for n, f in enumerate(kinds) if f in entries)
        yield _value(profile, "signs", f"{rows}.none", f"{truth.file} {person}", "none", entries)
    for n, field in enumerate(kinds):
        if n not in used and field.confirmed:
            all_marks = [*truth.seals, *truth.signatures]
            there = any(_near(field, ink.page, ink.bbox_pt) > 0.25 for ink in all_marks)
            if (field.value == "none") == there:
                what = f"{truth.file} p{field.page} {names.get(field.index)}: {field.value} at {field.box}"
                yield Outcome(profile, "signs", f"{rows}.invented", "SILENT", what)
    if truth.document == 10:
        listed = [str(v) for k, v in truth.fields.items() if k.startswith("name:")]
        for person in listed:
            entries = [f for f in mine if f.name == "signoff.name" and plain(f.value) == plain(person)]
            yield _value(profile, "signs", "row.name", truth.file, person, entries)
    for field in (f for f in mine if f.name == "signoff.name" and f.confirmed):
        if truth.document == 10 and plain(field.value) not in {plain(v) for v in listed}:
            yield Outcome(profile, "signs", "row.name", "SILENT", f"{truth.file}: {field.value} {field.printed!r}")


def _checks(mine: list[FieldValue], truth: FileTruth, profile: str) -> Iterator[Outcome]:
    """Every row of boxes against the item whose box lies on it."""
    marks = [f for f in mine if f.name == "check.marked"]
    items: dict[tuple[int, str], list] = defaultdict(list)
    for check in truth.checkboxes:
        items[check.page, check.label.rpartition(":")[0]].append(check)
    for (page, label), row in items.items():
        want = ", ".join(c.label.rpartition(":")[2] for c in row if c.checked)
        middle = sum(c.bbox_pt[1] + c.bbox_pt[3] for c in row) / 2 / len(row)
        x = sum(c.bbox_pt[0] + c.bbox_pt[2] for c in row) / 2 / len(row)
        near = [f for f in marks if f.page == page and f.box and f.box.contains(x, middle, 6)]
        if not near:
            on_line = [f for f in marks if f.page == page and f.box]
            near = [f for f in on_line if abs(f.box.centre[1] - middle) < 5] if on_line else []
        yield _value(profile, "check boxes", f"document {truth.document}", f"{truth.file} {label}", want, near[:1])


def _grey(path: Path) -> bool:
    return open_pdf(str(path), path.name).glance(1).grey is not False


def _marks(path: Path, truth: FileTruth, profile: str) -> Iterator[Outcome]:
    """Coloured seals found by `extractors/marks` alone."""
    source = open_pdf(str(path), path.name)
    for page in range(1, source.count + 1):
        found = [m for m in source.marks(page) if m.kind == "seal"]
        sure = {n for n, m in enumerate(found) if m.confidence >= SURE}
        inks = [ink for ink in truth.seals if ink.page == page]
        taken: set[int] = set()
        for ink in inks:
            x, y = (ink.bbox_pt[0] + ink.bbox_pt[2]) / 2, (ink.bbox_pt[1] + ink.bbox_pt[3]) / 2
            hit = [n for n, m in enumerate(found) if m.box.contains(x, y)]
            taken.update(hit)
            verdict = "right" if sure.intersection(hit) else "open"
            yield Outcome(profile, "marks", "seal", verdict, f"{path.name} p{page} {ink.whose}")
        for n, mark in enumerate(found):
            if n not in taken and n in sure:
                yield Outcome(profile, "marks", "seal", "SILENT", f"{path.name} p{page} {mark.box} is no seal")


def table(outcomes: Iterable[Outcome]) -> list[str]:
    """A Markdown table, one row for each profile, group and name."""
    rows: dict[tuple[int, str, str, str], Counter[str]] = defaultdict(Counter)
    for o in outcomes:
        for name in (o.name, "all"):
            rows[PROFILES.index(o.profile), o.profile, o.group, name][o.verdict] += 1
    lines = [
        "| profile | group | name | right | open | SILENT | right % |",
        "| --- | --- | --- | --: | --: | --: | --: |",
    ]
    for (_, profile, group, name), n in sorted(rows.items()):
        share = 100 * n["right"] / sum(n.values())
        lines.append(f"| {profile} | {group} | {name} | {n['right']} | {n['open']} | {n['SILENT']} | {share:.1f} |")
    return lines


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1, help="how many")
    parser.add_argument("--profiles", default=",".join(PROFILES))
    parser.add_argument("--only", default="", help="numbers of documents, with commas")
    parser.add_argument("--list", action="store_true", help="name every value that is not right")
    parser.add_argument("--keep", type=Path, help="add the outcomes to this file, one a line")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    only = [int(n) for n in args.only.split(",") if n] or DOCUMENTS
    outcomes: list[Outcome] = []
    for seed in range(args.first_seed, args.first_seed + args.seeds):
        for profile in args.profiles.split(","):
            some = measure(seed, profile, only)
            outcomes += some
            if args.keep:
                with args.keep.open("a", encoding="utf-8") as kept:
                    kept.writelines(json.dumps(asdict(o), ensure_ascii=False) + "\n" for o in some)
            if args.list:
                for o in sorted(some, key=lambda o: o.verdict):
                    if o.verdict != "right":
                        print(o.verdict, o.profile, o.group, o.what, flush=True)
    print("\n".join(table(outcomes)))
    return 1 if any(o.verdict == "SILENT" for o in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
