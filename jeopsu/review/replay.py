"""Replays a review from the audit log: who decided what, on which evidence, and whether the records still say so.

For each decision the run that was looked at is opened again, the finding or value found in it, and its fingerprint (the
outcome, the values, the bytes they were read from) computed anew: it must be the one the decision was signed with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Finding
from jeopsu.domain.report import Report
from jeopsu.domain.values.person_name import masked
from jeopsu.flows import corrections
from jeopsu.reports.contract import plain
from jeopsu.storage import audit, records, views
from jeopsu.storage.audit import AuditRow
from jeopsu.storage.rows import RunRow

_MOST = 5_000


@dataclass
class Step:
    """One entry of the log, with what it spoke of."""

    entry: AuditRow
    run: RunRow | None = None
    finding: Finding | None = None
    value: FieldValue | None = None
    sha256_of: dict[str, str] = field(default_factory=dict)
    holds: bool | None = None  # whether what it rested on is found as it was; None: it rested on nothing

    @property
    def evidence(self) -> list[tuple[FieldValue, str]]:
        """Each value with the sha256 of its file."""
        values = self.finding.inputs if self.finding else (self.value,) if self.value else ()
        return [(one, self.sha256_of.get(one.file or "", "")) for one in values]

    def told(self) -> dict[str, Any]:
        """As JSON, for the auditor to keep."""
        return {
            "entry": self.entry.model_dump(mode="json"),
            "run": self.run.number if self.run else None,
            "finding": None
            if self.finding is None
            else {
                "rule": self.finding.rule,
                "organisation": self.finding.organisation,
                "outcome": self.finding.outcome.value,
                "message": masked(self.finding.message.ko),
                "clause": self.finding.clause.shown(),
                "files": {name: self.sha256_of.get(name, "") for name in self.finding.files},
            },
            "evidence": [
                {
                    "field": one.name,
                    "organisation": one.organisation,
                    "year": one.year,
                    "value": plain(one.value),
                    "printed": one.printed,
                    "status": one.status.value,
                    "file": one.file,
                    "sha256": sha256,
                    "page": one.page,
                }
                for one, sha256 in self.evidence
            ],
            "holds": self.holds,
        }


def replay(proposal: str) -> list[Step]:
    """Every entry about a proposal, oldest first."""
    runs = {run.id: run for run in records.runs(proposal)}
    decisions = {row.id: row for row in records.decisions(proposal)}
    opened: dict[int, tuple[Report, dict[str, Finding], dict[str, FieldValue]]] = {}
    steps = []
    for entry in reversed(audit.entries(proposal, limit=_MOST)):
        step = Step(entry)
        steps.append(step)
        row = decisions.get(entry.body.get("decision", 0)) if entry.action == "decision" else None
        if row is None or row.run is None:
            continue
        step.run = runs.get(row.run)
        if step.run is None:
            step.holds = False
            continue
        if row.run not in opened:
            found = views.latest(proposal, step.run.number)
            if found is None:
                step.holds = False
                continue
            report = found[1]
            fields = {key: one for one, key in corrections.field_keys(report.submission).items()}
            opened[row.run] = (report, {records.finding_key(f): f for f in report.findings}, fields)
        report, findings, fields = opened[row.run]
        step.sha256_of = {file.name: file.sha256 for file in report.submission.files}
        if row.subject == "finding":
            step.finding = findings.get(row.key)
            if row.fingerprint:
                step.holds = step.finding is not None and (
                    records.fingerprint(step.finding, step.sha256_of) == row.fingerprint
                )
        elif row.subject == "field":
            step.value = fields.get(row.key)
            given = row.kind == corrections.GIVE and row.value["sha256"] in step.sha256_of.values()
            step.holds = step.value is not None or given
    return steps
