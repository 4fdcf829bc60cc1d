"""Forms of the call re-typed in other words, columns, units and tables, and values corrected by hand, statements' too.

    python -m benchmarks.strange_forms --first-seed 1 --seeds 20 [--kinds rates,consent] [--scans digital,office] [--corrected]

Right: confirmed and what a person would read. Open: handed to a person, or not found. SILENT: confirmed and different, a
value of a row of nobody (a sum, an example), or a rule that says the contrary of what the form says.
"""
# ruff: noqa: E501  (tables of words: each Korean letter counts twice)

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from random import Random

from benchmarks import strange_common
from benchmarks.kept_ocr import Kept
from benchmarks.strange_form_lists import consent, declaration, letter, rollout
from benchmarks.strange_form_money import spending
from benchmarks.strange_form_paper import Form
from benchmarks.strange_form_people import rates
from benchmarks.strange_form_statements import statement
from benchmarks.strange_scans import through
from jeopsu.calls.load import load_call
from jeopsu.domain.documents import FileType
from jeopsu.domain.evidence import Anchor
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.reading import FileReading, ReadRequest
from jeopsu.domain.submissions import Submission, Upload
from jeopsu.extractors.read_file import read_file
from jeopsu.flows.check import settle, titles
from jeopsu.samples.world import World, make_world
from jeopsu.validators import run
from jeopsu.validators.naming import read_name

MAKERS: dict[str, tuple[Callable[[Form], str], str]] = {
    "rates": (rates, "[서식-5] 과제 참여자 인건비계상률 및 참여과제 수 확인서"),
    "consent": (consent, "[서식-10] 과제 참여자의 개인정보·과세정보 이용·제공 동의 및 청렴서약서"),
    "rollout": (rollout, "[서식-6] 협력사·계열사 솔루션 도입 확약서"),
    "letter": (letter, "[서식-9] 연구개발기관 대표의 참여의사 확인서"),
    "equipment": (partial(spending, kind="equipment"), "[서식-16] 연구시설·장비 구입 및 활용계획서"),
    "outsourcing": (partial(spending, kind="outsourcing"), "[서식-17] 외주 용역 활용계획서"),
    "materials": (partial(spending, kind="materials"), "[서식-19] 시약·재료구입 및 활용계획서"),
    "declaration": (declaration, "[서식-8] 연구개발기관의 신청자격 적정성 확인서"),
    "statement": (statement, "[서식-14] 2022년 회계감사보고서"),
}
FIELDS = ("participant.", "signoff.", "spending.", "declared.", "fs.")
IGNORED = ("signoff.kind", "fs.basis", "fs.auditor", "fs.audit_opinion", "fs.estimated")
CALL = load_call("kiat-2023-265")


def draw(kind: str, seed: int, correct: bool) -> Form:
    rng = Random(f"{kind} {seed}")
    form = Form(kind, rng, make_world(seed + 500_000))
    body = MAKERS[kind][0](form)
    if body:  # a statement is finished already
        form.make(body, correct)
    elif correct:
        form.correct_statement()
    return form


def plan_of(world: World) -> Upload:
    """The proposal's plan, as if it had been read."""
    fields: list[tuple[str, object, str | None, int | None]] = [("plan.title", world.title, None, None)]
    for key in ("lead", "partner"):
        one = world.company(key)
        for name, value in (("name", one.name), ("role", key), ("business_number", one.business_number),
                            ("corporate_number", one.corporate_number), ("representative", one.representative)):  # fmt: skip
            fields.append((f"org.{name}", value, key, None))
    for n, p in enumerate(world.people):
        told = {
            "name": p.name,
            "organisation": world.company(p.organisation).name,
            "role": p.role,
            "rate": Decimal(p.rate),
            "new_hire": p.new_hire,
        }
        fields += [(f"participant.{name}", value, p.organisation, n) for name, value in told.items()]
    made = tuple(
        FieldValue(name=name, value=value, printed=str(value), status=FieldStatus.CONFIRMED, confidence=1.0, how="hwp", evidence=Anchor(file="plan.hwp"), organisation=key, index=n)  # type: ignore[arg-type]
        for name, value, key, n in fields
    )  # fmt: skip
    reading = FileReading(type=FileType.HWP, pages=1, fields=made)
    return Upload(
        name="plan.hwp",
        sha256="0",
        bytes=1,
        name_reading=read_name("[서식-2] 연구개발계획서_x.hwp", CALL),
        reading=reading,
    )


def submission_of(form: Form, scan: str, seed: int, kept: Kept | None) -> Submission:
    with tempfile.TemporaryDirectory() as folder:
        whose = form.world.lead.file_name
        path = Path(folder) / f"{MAKERS[form.kind][1]}_{whose}.pdf"
        path.write_bytes(through(scan, form.pdf, seed))
        name = read_name(path.name, CALL)
        request = ReadRequest(
            path=str(path), name=path.name, hint=name.kind, titles=titles(CALL), fiscal_years=CALL.fiscal_years
        )
        reading = kept.reading(request) if kept else read_file(request, lambda done, count: None)
        upload = Upload(name=path.name, sha256="1", bytes=2, name_reading=name, reading=reading)
    return settle(CALL, "P", [plan_of(form.world), upload], received=None, registration=None)


def plain(value: object) -> str:
    text = "".join(str(value).split())
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


def outcomes(form: Form, found: Sequence[FieldValue]) -> Iterator[tuple[str, str, str]]:
    """(field, verdict, what was read) of every value of the form."""
    mine = [f for f in found if f.file != "plan.hwp" and f.name.startswith(FIELDS) and f.name not in IGNORED]
    names: dict[tuple[str, int | None], str] = {}
    for f in mine:
        if f.name.endswith(".name"):
            names[f.name.partition(".")[0], f.index] = plain(f.value)
    told: dict[str, list[int]] = defaultdict(list)
    for row, who in form.people.items():
        told[who].append(row)
    corrected = {
        row: form.truth[key]
        for key in form.truth
        for row in [int(key.partition("@")[2])]
        if key == form.corrected and ".name@" in key
    }
    for row, allowed in corrected.items():
        for who in allowed:
            told[who].append(row)
    used: set[int] = set()
    seen: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for (group, index), who in sorted(names.items(), key=lambda item: item[0][1] or 0):
        seen[group, who].append(index)
    for key, allowed in form.truth.items():
        name, _, row = key.partition("@")
        here = (
            [f for f in mine if f.name == name and f.year == int(row)]
            if name.startswith(("declared.debt", "declared.current", "fs."))
            else None
        )
        if here is None:
            group = name.partition(".")[0]
            if group in ("participant", "signoff"):
                who = form.people[int(row)]
                place = told[who].index(int(row))
                indices = seen[group, who][place : place + 1] or (
                    seen[group, allowed[0]][:1] if allowed and name.endswith("name") else []
                )
                here = [f for f in mine if f.name == name and f.index in indices]
            else:
                here = [f for f in mine if f.name == name]
        used |= {id(f) for f in here}
        sure = [f for f in here if f.confirmed]
        bad = [f for f in sure if plain(f.value) not in {plain(one) for one in allowed}]
        verdict = "SILENT" if bad else "right" if sure or not allowed else "open"
        yield (
            name,
            verdict,
            f"{key} {allowed} ← "
            + "; ".join(f"{f.value!r} {f.printed!r} {f.status.value} {f.note}" for f in bad or here),
        )
    sure_of = {(f.name.partition(".")[0], f.index) for f in mine if f.name.endswith(".name") and f.confirmed}
    everybody = {plain(n) for n in told}
    for f in mine:
        row = (f.name.partition(".")[0], f.index)
        if id(f) in used or not f.confirmed or f.name.startswith("fs."):
            continue
        if f.name.startswith(("participant", "signoff")):
            if row not in sure_of or (names[row] in everybody and not f.name.endswith(".name")):
                continue  # a row whose name is not sure joins nobody; a value beside a known name was looked at
            if names[row] in everybody and len(seen[row[0], names[row]]) <= len(told[names[row]]):
                continue
        yield f.name, "SILENT", f"of nobody: {f.name} {f.index} {f.value!r} {f.printed!r} {f.year}"


def verdicts(form: Form, made: Submission) -> Iterator[tuple[str, str, str]]:
    """Rules of people that say the contrary of what the form says."""
    if form.kind != "rates" or form.corrected.startswith("participant.name"):
        return
    for rule, field, most in (
        ("participation_rate_total", "participant.rate_total", 100),
        ("participation_rate_min", "participant.rate", None),
    ):
        for key in ("lead", "partner"):
            values = []
            for row, _ in form.people.items():
                p = form.world.people[row] if row < len(form.world.people) else None
                if p and p.organisation == key:
                    values.append(form.truth.get(f"{field}@{row}", ()))
            if any(not v for v in values):
                continue
            numbers = [Decimal(v[0]) for v in values]
            bad = any(v > most for v in numbers) if most else any(v < 10 for v in numbers)
            for finding in run.evaluate(CALL, made, only=rule):
                if finding.organisation == key and finding.outcome in (Outcome.PASS, Outcome.FAIL):
                    good = (finding.outcome is Outcome.FAIL) == bad
                    yield f"rule {rule}", "right" if good else "SILENT", finding.message.ko
                elif finding.organisation == key:
                    yield f"rule {rule}", "open", finding.message.ko
    agree = {plain(p.name) for p in form.world.people if not p.new_hire} <= set(form.people.values())
    agree = agree and {who for row, who in form.people.items() if row < 1000} <= {p.name for p in form.world.people}
    told = [v for key, v in form.truth.items() if key.startswith("participant.projects@")]
    for rule, fails in (
        ("participants_agree", not agree),
        ("concurrent_projects", any(v and int(v[0]) > 6 for v in told)),
    ):
        for finding in run.evaluate(CALL, made, only=rule):
            wrong = finding.outcome is Outcome.FAIL and not fails
            passes = finding.outcome is Outcome.PASS
            yield (
                f"rule {rule}",
                "SILENT" if wrong else "right" if passes or finding.outcome is Outcome.FAIL else "open",
                finding.message.ko,
            )


def read(kind: str, scan: str, seed: int, corrected: bool, kept: Kept | None) -> Iterator[strange_common.Outcome]:
    """The outcomes of one form: of its values, and of the rules that follow."""
    form = draw(kind, seed, corrected)
    made = submission_of(form, scan, seed, kept)
    for field, verdict, what in (*outcomes(form, made.fields), *verdicts(form, made)):
        touched = bool(form.corrected) and what.startswith(form.corrected + " ")
        yield strange_common.Outcome(field, verdict, what, form.habits, touched)


if __name__ == "__main__":
    sys.exit(strange_common.run(__doc__, tuple(MAKERS), read))
