"""Which of the things that a run settled alone go to a person: a share of them, by a seed that the audit log holds."""

from __future__ import annotations

import random
import secrets

from jeopsu.calls.inspection import CallFileError
from jeopsu.calls.load import load_call
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.report import Report
from jeopsu.flows import corrections
from jeopsu.flows.settings import Settings
from jeopsu.storage import records, samples, views
from jeopsu.storage.samples import FIELD, FINDING, Drawn
from jeopsu.storage.standing import in_force

_TRIES = 8  # for each sample that is wanted: most rows that chance hits belong to earlier runs


def draw_share(proposal: str, settings: Settings) -> int:
    """Of what the last run settled alone, the call's share (else the settings'); returns how many are new."""
    found = views.latest(proposal)
    if found is None:
        return 0
    run, report = found
    share = share_of(report.call, settings)
    if share <= 0:
        return 0
    seed, every = samples.seed_of(proposal), alone(report, proposal)
    drawn = [one for one in every if samples.chosen(seed, one.kind, one.key, share)]
    record = {"of": len(every), "share": share, "seed": seed, "run": run.number}
    return samples.keep(proposal, run.id, drawn, alive=_keys(report), by="jeopsu", record=record)


def share_of(call: str, settings: Settings) -> float:
    """What share of what is settled alone goes to a person: 0 to 1."""
    try:
        told = load_call(call).sample_percent
    except CallFileError:
        told = None
    return settings.sample_share if told is None else float(told) / 100


def draw(count: int, *, by: str) -> int:
    """So many confirmed values of any proposals, each with the same chance; returns how many are new."""
    seed = secrets.token_hex(8)
    new = 0
    for proposal, position in samples.at_random(random.Random(seed), count * _TRIES):
        if new >= count:
            break
        found = views.latest(proposal)
        if found is None or position >= len(found[1].submission.fields):
            continue
        run, report = found
        field = report.submission.fields[position]
        key = corrections.field_keys(report.submission)[field]
        if not _shown(field) or (FIELD, key) in _said(proposal):
            continue
        drawn = Drawn(kind=FIELD, key=key, name=field.name, body=field.model_dump_json())
        record = {"seed": seed, "run": run.number}
        new += samples.keep(proposal, run.id, [drawn], alive=_keys(report), by=by, record=record)
    return new


def alone(report: Report, proposal: str) -> list[Drawn]:
    """Values that the program stands behind and rules that it found kept, of which no person has said anything."""
    said = _said(proposal)
    keys = corrections.field_keys(report.submission)
    fields = [
        Drawn(kind=FIELD, key=key, name=field.name, body=field.model_dump_json())
        for field, key in keys.items()
        if _shown(field) and (FIELD, key) not in said
    ]
    findings = [
        Drawn(kind=FINDING, key=key, name=finding.rule, body=finding.model_dump_json())
        for key, finding in {records.finding_key(one): one for one in report.findings}.items()
        if _kept(finding) and (FINDING, key) not in said
    ]
    return fields + findings


def _said(proposal: str) -> set[tuple[str, str]]:
    return {(row.subject, row.key) for row in in_force(records.decisions(proposal))}


def _shown(field: FieldValue) -> bool:
    """Whether the program read it by itself, and there is a box to put a finger on."""
    return field.confirmed and bool(field.page and field.box) and field.how not in (corrections.BY_PERSON, "derived")


def _kept(finding: Finding) -> bool:
    return finding.outcome is Outcome.PASS and bool(finding.inputs) and not finding.needs_person


def _keys(report: Report) -> set[str]:
    return {*corrections.field_keys(report.submission).values(), *map(records.finding_key, report.findings)}
