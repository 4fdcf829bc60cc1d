"""`jeopsu diff`: what changed between two runs of a proposal, why, and which decisions it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from jeopsu.domain.base import Record
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Finding
from jeopsu.domain.report import Report
from jeopsu.flows import platform
from jeopsu.flows.settings import Settings
from jeopsu.storage import names, records
from jeopsu.storage.rows import DecisionRow


class Why(StrEnum):
    """What made a difference. More than one may have."""

    FILE = "file"  # another version of the file, or a file more or less
    CODE = "code"  # another version of this program
    ENGINE = "engine"  # another version of a reader or OCR engine
    CALL = "call"  # the proposal was checked against another call
    FACT = "fact"  # staff looked something up, or the registration or receipt changed
    VALUE = "value"  # a value that the finding rests on changed


class Change(Record):
    """One thing that is different. `before` or `after` is None where it was not there."""

    what: str  # a file's name, a field, a rule
    organisation: str | None = None
    before: str | None
    after: str | None
    why: tuple[Why, ...] = ()


class DecisionAfter(Record):
    """A decision on a finding, and whether it still holds in the later run."""

    decision: DecisionRow
    rule: str
    holds: bool  # False: what it rested on has changed, it must be taken again


class RunDiff(Record):
    """Two runs of one proposal."""

    proposal: str
    before: int
    after: int
    verdict: Change | None
    causes: tuple[Why, ...]
    files: tuple[Change, ...]
    engines: tuple[Change, ...]
    fields: tuple[Change, ...]
    findings: tuple[Change, ...]
    decisions: tuple[DecisionAfter, ...]


class NoSuchRun(LookupError):
    """The proposal has no finished run of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number}번째 실행의 결과가 없습니다. `jeopsu status 과제`로 실행 번호를 확인해 주십시오.")


def diff(settings: Settings, proposal: str, before: int, after: int) -> RunDiff:
    """Compares two runs by their numbers. Raises UnknownProposal, NoSuchRun."""
    platform.prepare(settings)
    name = names.proposal_id(proposal)
    records.require(name)
    reports = []
    for number in (before, after):
        report = records.report(name, number)
        if report is None:
            raise NoSuchRun(number)
        reports.append(report)
    return compare(name, before, after, reports[0], reports[1], records.decisions(name))


def compare(
    proposal: str, before: int, after: int, old: Report, new: Report, decisions: Sequence[DecisionRow] = ()
) -> RunDiff:
    """The comparison itself, on two reports."""
    files = _files(old, new)
    engines = _pairs(old.run.engine, new.run.engine)
    general = _general(old, new, bool(engines))
    changed_files = {change.what for change in files}
    fields = _fields(old, new, changed_files, general)
    findings = _findings(old, new, changed_files, general)
    causes = ([Why.FILE] if files else []) + list(general)
    verdict = None
    if old.verdict is not new.verdict:
        verdict = Change(what="verdict", before=old.verdict.value, after=new.verdict.value, why=tuple(causes))
    return RunDiff(
        proposal=proposal,
        before=before,
        after=after,
        verdict=verdict,
        causes=tuple(causes),
        files=files,
        engines=engines,
        fields=fields,
        findings=findings,
        decisions=_decisions(new, decisions),
    )


def _general(old: Report, new: Report, engines: bool) -> tuple[Why, ...]:
    """Differences that may touch everything."""
    why = []
    if old.run.version != new.run.version:
        why.append(Why.CODE)
    if engines:
        why.append(Why.ENGINE)
    if old.call != new.call:
        why.append(Why.CALL)
    a, b = old.submission, new.submission
    if (a.facts, a.registration, a.received) != (b.facts, b.registration, b.received):
        why.append(Why.FACT)
    return tuple(why)


def _files(old: Report, new: Report) -> tuple[Change, ...]:
    return tuple(
        change.model_copy(update={"why": (Why.FILE,)})
        for change in _pairs(
            {file.name: file.sha256 for file in old.submission.files},
            {file.name: file.sha256 for file in new.submission.files},
        )
    )


def _pairs(old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    return tuple(
        Change(what=key, before=old.get(key), after=new.get(key))
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key)
    )


def _fields(old: Report, new: Report, files: set[str], general: tuple[Why, ...]) -> tuple[Change, ...]:
    a, b = _by_key(old.submission.fields), _by_key(new.submission.fields)
    changes = []
    for key in sorted({*a, *b}, key=str):
        one, other = a.get(key), b.get(key)
        if _shown(one) == _shown(other):
            continue
        present = other or one
        assert present
        touched = any(value and value.file in files for value in (one, other))
        why = (Why.FILE,) if touched else general
        changes.append(
            Change(
                what=_name(present), organisation=present.organisation, before=_shown(one), after=_shown(other), why=why
            )
        )
    return tuple(changes)


def _findings(old: Report, new: Report, files: set[str], general: tuple[Why, ...]) -> tuple[Change, ...]:
    changes = []
    for one, other in paired(old.findings, new.findings):
        if one and other and (one.outcome, one.message) == (other.outcome, other.message):
            continue
        present = other or one
        assert present
        changes.append(
            Change(
                what=present.rule,
                organisation=present.organisation,
                before=one.outcome.value if one else None,
                after=other.outcome.value if other else None,
                why=_reasons(one, other, files) or general,
            )
        )
    return tuple(changes)


def paired(old: Iterable[Finding], new: Iterable[Finding]) -> Iterator[tuple[Finding | None, Finding | None]]:
    """What two evaluations say of the same thing, in the order of the old one; None where one says nothing of it."""
    a, b = ({(f.rule, f.organisation, f.about): f for f in findings} for findings in (old, new))
    for key in dict.fromkeys((*a, *b)):
        yield a.get(key), b.get(key)


def _reasons(one: Finding | None, other: Finding | None, files: set[str]) -> tuple[Why, ...]:
    why = []
    named = {name for finding in (one, other) if finding for name in finding.files}
    if named & files:
        why.append(Why.FILE)
    if one and other and sorted(map(_shown_all, one.inputs)) != sorted(map(_shown_all, other.inputs)):
        why.append(Why.VALUE)
    return tuple(why)


def _decisions(new: Report, decisions: Iterable[DecisionRow]) -> tuple[DecisionAfter, ...]:
    sha256_of = {file.name: file.sha256 for file in new.submission.files}
    findings = {records.finding_key(finding): finding for finding in new.findings}
    rows = list(decisions)
    undone = {row.undoes for row in rows if row.undoes}
    latest = {row.key: row for row in rows if row.subject == "finding" and row.undoes is None and row.id not in undone}
    result = []
    for key, row in latest.items():
        finding = findings.get(key)
        holds = finding is not None and records.fingerprint(finding, sha256_of) == row.fingerprint
        result.append(DecisionAfter(decision=row, rule=finding.rule if finding else "", holds=holds))
    return tuple(result)


def _by_key(fields: Iterable[FieldValue]) -> dict[tuple[object, ...], FieldValue]:
    """Fields by what they are; a name read from several files once for each of them."""
    return {(f.name, f.organisation, f.year, f.index, f.file): f for f in fields}


def _name(field: FieldValue) -> str:
    parts = [field.name, *(str(part) for part in (field.year, field.index) if part is not None)]
    return " ".join(parts)


def _shown(field: FieldValue | None) -> str | None:
    return None if field is None else f"{field.value} ({field.status.value})"


def _shown_all(field: FieldValue) -> str:
    return f"{_name(field)} {field.organisation} {_shown(field)}"
