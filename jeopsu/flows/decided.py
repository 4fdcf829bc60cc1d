"""What people decided on a proposal, put into words for the workbook: who, when, why, and what lay before them."""

from __future__ import annotations

from collections.abc import Iterable

from jeopsu.calls.inspection import CallFileError
from jeopsu.calls.load import load_call
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.labels import described, labelled
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import StaffFact
from jeopsu.domain.text import Text
from jeopsu.domain.values.person_name import masked
from jeopsu.flows import corrections
from jeopsu.reports.decided import Decided
from jeopsu.reports.words import OUTCOMES
from jeopsu.storage import records, views
from jeopsu.storage.rows import DecisionRow
from jeopsu.storage.standing import in_force

_MOST = 6  # values of a finding that are written out
_FINAL = {"accept": "적격 · 평가로", "supplement": "보완 요청", "exclude": "제외", "": "다시 엶"}


def decided(proposal: str, report: Report) -> tuple[Decided, ...]:
    """Every decision and look-up, oldest first. `report`: the one whose findings they are written beside."""
    rows = records.decisions(proposal)
    standing = {(row.subject, row.key): row.id for row in in_force(rows) if row.kind != "second"}
    seconds = {int(row.value): row.by for row in in_force(rows) if row.kind == "second"}
    runs = {run.id: run.number for run in records.runs(proposal)}
    seen = _Seen(proposal, report)
    found = [
        seen.told(row, stands=standing.get((row.subject, row.key)) == row.id, run=runs.get(row.run or 0)).model_copy(
            update={"seconded_by": seconds.get(row.id, "")}
        )
        for row in rows
    ]
    found += _facts(report.call, records.facts(proposal))
    return tuple(sorted(found, key=lambda one: one.at))


class _Seen:
    """Findings and values by the keys that decisions use: of the present report, else of the run that was looked at."""

    def __init__(self, proposal: str, report: Report) -> None:
        self._proposal, self._report = proposal, report
        self._places = {records.finding_key(one): n for n, one in enumerate(report.findings)}
        self._reports: dict[int, Report] = {}
        self._by_key: dict[int, tuple[dict[str, Finding], dict[str, FieldValue]]] = {}  # by the report's identity
        self._runs = {run.id: run.number for run in records.runs(proposal)}

    def told(self, row: DecisionRow, *, stands: bool, run: int | None) -> Decided:
        base = Decided(
            at=row.at, by=row.by, kind=row.kind, about=Text(ko="최종 처리", en="final decision"), reason=row.reason,
            run=run, stands=stands and row.kind not in ("undo", "second"),
        )  # fmt: skip
        if row.subject == "proposal":
            return base.model_copy(update={"result": _FINAL.get(str(row.value), str(row.value))})
        report = self._looked_at(row)
        if row.subject == "finding":
            return self._of_finding(base, row, report)
        return self._of_field(base, row, report)

    def _of_finding(self, base: Decided, row: DecisionRow, report: Report) -> Decided:
        finding = self._keys(report)[0].get(row.key)
        if finding is None:
            return base.model_copy(update={"about": Text(ko=row.key[:12], en=row.key[:12])})
        place = self._places.get(row.key)
        same = place is not None and _fingerprint(self._report.findings[place], self._report) == row.fingerprint
        outcome = Outcome(row.value) if row.kind == "override" else finding.outcome
        return base.model_copy(
            update={
                "about": finding.title,
                "organisation": finding.organisation,
                "result": OUTCOMES[outcome].ko if row.kind in ("agree", "override") else "",
                "evidence": _evidence(finding.inputs, finding, report),
                "finding": place,
                "outcome": outcome,
                "stands": base.stands and (same or not row.fingerprint),  # what it rested on has changed since
            }
        )

    def _of_field(self, base: Decided, row: DecisionRow, report: Report) -> Decided:
        if row.kind == corrections.GIVE:
            told = row.value
            name = next((f.name for f in report.submission.files if f.sha256 == told["sha256"]), "")
            return base.model_copy(
                update={
                    "about": labelled(told["name"], None, told["year"]),
                    "organisation": told["organisation"],
                    "result": str(told["value"]),
                    "evidence": f"{name} {told['page']}쪽 (sha256 {told['sha256'][:12]})",
                }
            )
        field = self._keys(report)[1].get(row.key)
        if field is None:
            return base.model_copy(update={"about": Text(ko=row.key[:12], en=row.key[:12])})
        return base.model_copy(
            update={
                "about": labelled(field.name, None, field.year),
                "organisation": field.organisation,
                "result": "" if row.value is None else str(row.value),
                "evidence": _evidence((field,), None, report),
            }
        )

    def _keys(self, report: Report) -> tuple[dict[str, Finding], dict[str, FieldValue]]:
        if id(report) not in self._by_key:
            findings = {records.finding_key(one): one for one in report.findings}
            fields = {key: one for one, key in corrections.field_keys(report.submission).items()}
            self._by_key[id(report)] = findings, fields
        return self._by_key[id(report)]

    def _looked_at(self, row: DecisionRow) -> Report:
        """The report of the run that the person had before the eyes."""
        number = self._runs.get(row.run or 0)
        if number is None:
            return self._report
        if number not in self._reports:
            found = views.latest(self._proposal, number)
            self._reports[number] = found[1] if found else self._report
        return self._reports[number]


def _fingerprint(finding: Finding, report: Report) -> str:
    return records.fingerprint(finding, {file.name: file.sha256 for file in report.submission.files})


def _evidence(fields: Iterable[FieldValue], finding: Finding | None, report: Report) -> str:
    """ "2022년 자본총계 500,000,000원 ([서식-14] ….pdf 3쪽) sha256 0123456789ab", a line for each."""
    sha256_of = {file.name: file.sha256 for file in report.submission.files}
    lines = []
    for field in list(fields)[:_MOST]:
        sha256 = sha256_of.get(field.file or "", "")
        label = labelled(field.name, None, field.year).ko
        lines.append(f"{label} {described(field)}{f' sha256 {sha256[:12]}' if sha256 else ''}")
    if finding is not None and not lines:
        lines = [f"{name} (sha256 {sha256_of.get(name, '')[:12]})" for name in finding.files[:_MOST]]
    return masked("\n".join(lines))


def _facts(call: str, facts: Iterable[StaffFact]) -> list[Decided]:
    try:
        asked = {one.id: one.question for rule in load_call(call).rules for one in rule.staff}
    except CallFileError:
        asked = {}
    return [
        Decided(
            at=fact.at,
            by=fact.by,
            kind="fact",
            about=asked.get(fact.fact, Text(ko=fact.fact, en=fact.fact)),
            organisation=fact.organisation,
            result={True: "예", False: "아니오"}[fact.value] if isinstance(fact.value, bool) else str(fact.value),
            evidence=fact.source,
        )
        for fact in facts
    ]
