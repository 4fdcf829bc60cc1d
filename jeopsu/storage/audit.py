"""The audit log: append-only, each entry chained to the one before it by sha256. Part of `records`' writers.

Called inside the transaction of what it speaks of, so that nothing is done without its entry and no entry speaks of
what was not done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.storage import models
from jeopsu.storage.models_review import AuditEntry, AuditHead

GENESIS = "0" * 64


class AuditRow(Record):
    """One entry as it was written."""

    number: int
    at: datetime
    by: str
    action: str
    proposal: str
    body: dict[str, Any]
    previous: str
    digest: str


class Break(Record):
    """Where the chain does not hold, and why."""

    number: int
    why: str


def add(action: str, by: str, proposal: str = "", body: dict[str, Any] | None = None) -> AuditRow:
    """Adds an entry at the chain's end."""
    with transaction.atomic():
        AuditHead.objects.get_or_create(id=1, defaults={"number": 0, "digest": GENESIS})
        head = AuditHead.objects.select_for_update().get(id=1)
        row = AuditEntry(
            number=head.number + 1,
            at=timezone.now(),
            by=by,
            action=action,
            proposal=proposal,
            body=canonical(body or {}),
            previous=head.digest,
        )
        row.digest = digest(row)
        row.save(force_insert=True)
        head.number, head.digest = row.number, row.digest
        head.save()
    return _row(row)


def entries(proposal: str = "", *, by: str = "", action: str = "", offset: int = 0, limit: int = 100) -> list[AuditRow]:
    """Newest first."""
    rows = AuditEntry.objects.order_by("-number")
    for name, wanted in (("proposal", proposal), ("by", by), ("action", action)):
        if wanted:
            rows = rows.filter(**{name: wanted})
    return [_row(row) for row in rows[offset : offset + limit]]


def about_account(name: str, limit: int) -> list[AuditRow]:
    """What was done to an account, and its log-ins; newest first."""
    named = json.dumps({"name": name}, ensure_ascii=False)[1:-1].replace(": ", ":")
    rows = AuditEntry.objects.filter(
        Q(action="account", body__contains=named) | Q(by=name, action__in=("login", "login_failed", "logout"))
    )
    return [_row(row) for row in rows.order_by("-number")[:limit]]


def everything(proposal: str = "", by: str = "", action: str = "") -> Iterator[AuditRow]:
    """The whole log, or what a filter leaves of it, oldest first, for export."""
    told = {"proposal": proposal, "by": by, "action": action}
    rows = AuditEntry.objects.filter(**{name: value for name, value in told.items() if value})
    for row in rows.order_by("number").iterator(1000):
        yield _row(row)


def verify() -> tuple[int, list[Break]]:
    """How many entries there are, and every place where the chain or what it vouches for was changed."""
    broken: list[Break] = []
    previous, count = GENESIS, 0
    for row in AuditEntry.objects.order_by("number").iterator(1000):
        count += 1
        if row.number != count:
            broken.append(Break(number=row.number, why=f"entry {count} is missing"))
            count = row.number
        if row.previous != previous:
            broken.append(Break(number=row.number, why="does not follow the entry before it"))
        if digest(row) != row.digest:
            broken.append(Break(number=row.number, why="was changed"))
        elif row.action == "decision":
            broken += _decision_differs(row)
        previous = row.digest
    head = AuditHead.objects.filter(id=1).first()
    if head and (head.number != count or head.digest != previous):
        broken.append(Break(number=count, why="entries at the end are missing"))
    return count, broken


def verify_export(lines: Iterable[str]) -> tuple[int, str, list[Break]]:
    """An export by itself, on any machine: how many entries, the last digest, and where the chain does not hold."""
    broken: list[Break] = []
    previous, count = GENESIS, 0
    for line in lines:
        row = AuditRow.model_validate_json(line)
        count += 1
        if row.number != count or row.previous != previous:
            broken.append(Break(number=row.number, why="does not follow the entry before it"))
            count = row.number
        entry = AuditEntry(**{**row.model_dump(), "body": canonical(row.body)})
        if digest(entry) != row.digest:
            broken.append(Break(number=row.number, why="was changed"))
        previous = row.digest
    return count, previous, broken


def decision_body(row: models.Decision) -> dict[str, Any]:
    """What an entry vouches for: the whole decision."""
    return {
        "decision": row.pk,
        "run": row.run_id,
        "subject": row.subject,
        "key": row.key,
        "fingerprint": row.fingerprint,
        "kind": row.kind,
        "value": row.value,
        "reason": row.reason,
        "decided_at": row.at.astimezone(UTC).isoformat(),
        "undoes": row.undoes_id,
    }


def _decision_differs(entry: AuditEntry) -> list[Break]:
    body = json.loads(entry.body)
    row = models.Decision.objects.filter(pk=body.get("decision")).first()
    if row is None:
        return [Break(number=entry.number, why=f"decision {body.get('decision')} is gone")]
    same = canonical(decision_body(row)) == canonical({k: v for k, v in body.items() if k != "title"})
    if not same or row.by != entry.by or row.proposal_id != entry.proposal:
        return [Break(number=entry.number, why=f"decision {row.pk} was changed")]
    return []


def canonical(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest(row: AuditEntry) -> str:
    what = [row.number, row.at.astimezone(UTC).isoformat(), row.by, row.action, row.proposal, row.body, row.previous]
    return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()


def _row(row: AuditEntry) -> AuditRow:
    return AuditRow(
        number=row.number,
        at=row.at,
        by=row.by,
        action=row.action,
        proposal=row.proposal,
        body=json.loads(row.body),
        previous=row.previous,
        digest=row.digest,
    )
