"""What people decided and what only they could look up. Part of `records`. Rows are added, never changed."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from jeopsu.domain.findings import Finding
from jeopsu.domain.submissions import StaffFact
from jeopsu.storage import models
from jeopsu.storage.rows import DecisionRow


def finding_key(finding: Finding) -> str:
    """What a finding speaks of; the same from run to run: rule, organisation and what it is about."""
    return _digest([finding.rule, finding.organisation, finding.about.model_dump(mode="json")])


def fingerprint(finding: Finding, sha256_of: dict[str, str]) -> str:
    """What a finding rests on: outcome, the values it used and the bytes they were read from."""
    inputs = [
        (v.name, v.organisation, v.year, v.index, str(v.value), v.status.value, sha256_of.get(v.file or "", v.file))
        for v in finding.inputs
    ]
    files = sorted(sha256_of.get(name, name) for name in finding.files)
    return _digest([finding.outcome.value, sorted(json.dumps(i, ensure_ascii=False) for i in inputs), files])


def decide(
    proposal: str,
    *,
    subject: str,
    key: str,
    kind: str,
    by: str,
    value: Any = None,
    reason: str = "",
    fingerprint: str = "",
    run: int | None = None,
    undoes: int | None = None,
    at: datetime | None = None,
) -> DecisionRow:
    """Adds a decision. `subject`: finding, field, file or proposal; `key`: which one (`finding_key`)."""
    at = at or timezone.now()
    with transaction.atomic():
        row = models.Decision.objects.create(
            proposal_id=proposal,
            run_id=run,
            subject=subject,
            key=key,
            fingerprint=fingerprint,
            kind=kind,
            value=value,
            reason=reason,
            by=by,
            at=at,
            undoes_id=undoes,
        )
        models.Event.objects.create(
            proposal_id=proposal, kind="decision", at=at, body={"decision": row.pk, "kind": kind, "by": by}
        )
    return _row(row)


def decisions(proposal: str) -> tuple[DecisionRow, ...]:
    """All of them, oldest first; undone ones and their undoing included."""
    return tuple(_row(row) for row in models.Decision.objects.filter(proposal_id=proposal).order_by("pk"))


def add_fact(proposal: str, fact: StaffFact) -> None:
    """Adds what staff looked up; an earlier answer stays as it was given."""
    models.StaffFact.objects.create(
        proposal_id=proposal,
        fact=fact.fact,
        organisation=fact.organisation or "",
        value=fact.value,
        by=fact.by,
        at=fact.at,
        source=fact.source,
    )


_WITHDRAWN = {"withdrawn": True}  # no answer has this type


def withdraw_fact(proposal: str, fact: str, organisation: str | None, *, by: str) -> None:
    """Takes an answer back, as a row of its own: it is as if nobody had looked it up."""
    models.StaffFact.objects.create(
        proposal_id=proposal, fact=fact, organisation=organisation or "", value=_WITHDRAWN, by=by, at=timezone.now()
    )


def facts(proposal: str) -> tuple[StaffFact, ...]:
    """The latest of each fact and organisation, without those that were taken back."""
    latest: dict[tuple[str, str], StaffFact] = {}
    for row in models.StaffFact.objects.filter(proposal_id=proposal).order_by("pk"):
        if row.value == _WITHDRAWN:
            latest.pop((row.fact, row.organisation), None)
            continue
        latest[row.fact, row.organisation] = StaffFact(
            fact=row.fact,
            organisation=row.organisation or None,
            value=row.value,
            by=row.by,
            at=row.at,
            source=row.source,
        )
    return tuple(latest.values())


def _row(row: models.Decision) -> DecisionRow:
    return DecisionRow(
        id=row.pk,
        proposal=row.proposal_id,
        run=row.run_id,
        subject=row.subject,
        key=row.key,
        fingerprint=row.fingerprint,
        kind=row.kind,
        value=row.value,
        reason=row.reason,
        by=row.by,
        at=row.at,
        undoes=row.undoes_id,
    )


def _digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, ensure_ascii=False, default=str).encode()).hexdigest()
