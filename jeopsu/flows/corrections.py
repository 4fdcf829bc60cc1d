"""What people said about values and findings, taken into a report: corrected fields first, then the rules again.

A correction belongs to a place in certain bytes (sha256, page, which value): it holds in every later run that still has
these bytes, whatever the program reads there then.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence

from jeopsu.domain.evidence import Anchor
from jeopsu.domain.fields import FieldStatus, FieldValue, Reading
from jeopsu.domain.findings import Finding, Verdict
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import StaffFact, Submission
from jeopsu.flows import check
from jeopsu.storage import records, reviews, samples, views
from jeopsu.storage.rows import DecisionRow, RunRow
from jeopsu.storage.standing import Standing, in_force, standings
from jeopsu.validators import verdict

BY_PERSON = "person"  # `how` of a value that a person gave
GIVE = "give"  # the kind of decision by which a person reads off a page what the program did not find


def field_keys(submission: Submission) -> dict[FieldValue, str]:
    """Each field's key: name, whose, year, index, bytes and page; a running number where two are alike."""
    sha256_of = {file.name: file.sha256 for file in submission.files}
    seen: Counter[str] = Counter()
    keys: dict[FieldValue, str] = {}
    for field in submission.fields:
        what = [field.name, field.organisation, field.year, field.index, sha256_of.get(field.file or ""), field.page]
        text = json.dumps(what, ensure_ascii=False)
        seen[text] += 1
        keys.setdefault(field, _key(what, seen[text]))
    return keys


def _key(what: Sequence[object], number: int = 1) -> str:
    return hashlib.sha256(f"{json.dumps(what, ensure_ascii=False)}{number}".encode()).hexdigest()


def given_key(name: str, organisation: str | None, year: int | None, sha256: str, page: int) -> str:
    """The key of a value that the program did not find and a person reads off a page."""
    return _key([name, organisation, year, None, sha256, page])


def apply(report: Report, decisions: Iterable[DecisionRow], facts: Sequence[StaffFact]) -> Report:
    """The report as it was read, with every standing correction and fact taken in; itself where nothing differs."""
    decisions = tuple(decisions)
    latest = {row.key: row for row in in_force(decisions) if row.subject == "field"}
    keys = field_keys(report.submission)
    fields = tuple(
        corrected(field, latest[keys[field]]) if keys[field] in latest else field for field in report.submission.fields
    )
    fields += _given(report.submission, decisions, latest, set(keys.values()))
    if fields == report.submission.fields and tuple(facts) == report.submission.facts:
        return report
    return check.recheck(report, facts=facts, submission=report.submission.model_copy(update={"fields": fields}))


def _given(
    submission: Submission, decisions: Iterable[DecisionRow], latest: dict[str, DecisionRow], read: set[str]
) -> tuple[FieldValue, ...]:
    """Values that nobody but a person found, as long as their file is one of the proposal's."""
    name_of = {file.sha256: file.name for file in submission.files}
    found = []
    for row in in_force(decisions):
        if row.subject != "field" or row.kind != GIVE or row.key in read or row.value["sha256"] not in name_of:
            continue
        told = row.value
        field = FieldValue(
            name=told["name"],
            organisation=told["organisation"],
            year=told["year"],
            value=told["value"],
            printed=str(told["value"]),
            status=FieldStatus.CONFIRMED,
            confidence=1.0,
            evidence=Anchor(file=name_of[told["sha256"]], page=told["page"]),
            how=BY_PERSON,
        )
        read.add(row.key)  # given twice: the last word on it holds
        found.append(corrected(field, latest[row.key]))
    return tuple(found)


def corrected(field: FieldValue, row: DecisionRow) -> FieldValue:
    """The field as the person says it is. What the program read stays among its readings."""
    readings = field.readings
    if field.how != BY_PERSON and field.printed:
        readings = (*readings, Reading(engine=field.how, text=field.printed, confidence=field.confidence))
    told = field.model_dump() | {"evidence": field.evidence, "readings": readings, "alternatives": ()}
    if row.kind in ("confirm", "correct", GIVE):
        value = row.value["value"] if row.kind == GIVE else row.value
        told |= {"value": value, "status": FieldStatus.CONFIRMED, "confidence": 1.0, "how": BY_PERSON, "note": ""}
    elif row.kind == "absent":
        told |= {"value": None, "status": FieldStatus.MISSING, "how": BY_PERSON, "note": "담당자: 이 쪽에 없음"}
    elif row.kind == "unreadable":
        told |= {"status": FieldStatus.UNCERTAIN, "how": BY_PERSON, "note": "담당자도 읽을 수 없음"}
    return FieldValue.model_validate(told)


def with_decisions(standings: Iterable[Standing]) -> tuple[Verdict, tuple[Finding, ...]]:
    """The verdict once people's overrides are taken in, and the findings it is made of."""
    findings = tuple(
        one.finding if one.outcome is one.finding.outcome else one.finding.model_copy(update={"outcome": one.outcome})
        for one in standings
    )
    return verdict.of(findings), findings


def follow(proposal: str, *, by: str) -> RunRow | None:
    """After a correction, a fact or a run: evaluates the rules on what people said; a run of its own if that differs.

    It always starts from the last run that read files, so that undoing a correction brings back what was read.
    """
    base, last = views.latest(proposal, as_read=True), views.latest(proposal)
    if base is None or last is None:
        return None
    report = apply(base[1], records.decisions(proposal), records.facts(proposal))
    made = None
    if report.submission != last[1].submission:
        made = records.keep_recheck(proposal, report, by=by)
    count(proposal)
    return made


def count(proposal: str) -> Verdict | None:
    """Counts anew what is left for people, and the verdict with their decisions taken in."""
    found = views.latest(proposal)
    if found is None:
        return None
    run, report = found
    sha256_of = {file.name: file.sha256 for file in report.submission.files}
    decided = records.decisions(proposal)
    standing = standings(report.findings, decided, sha256_of)
    told, _ = with_decisions(standing)
    reviews.refresh(proposal, run.id, report, verdict=told.value)
    samples.follow(proposal, decided)
    return told
