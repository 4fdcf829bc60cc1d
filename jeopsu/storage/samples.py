"""Quality sampling: of what the program settled alone, some goes to people at random, who decide it like anything else.

A sample never holds a proposal up. What people said of it is not kept here but in their decisions; `follow` notes the
outcome, so that the agreement of all samples can be counted.
"""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Finding
from jeopsu.storage import audit, models
from jeopsu.storage.models_review import Sample, Snapshot
from jeopsu.storage.rows import DecisionRow
from jeopsu.storage.standing import in_force
from jeopsu.storage.tallies import Rate

FIELD, FINDING = "field", "finding"
_AGREES = {FIELD: {"confirm": True}, FINDING: {"agree": True}}
_DIFFERS = {FIELD: ("correct", "unreadable", "absent"), FINDING: ("override", "supplement")}
_SEED = "sampling"


class Drawn(Record):
    """Something that was drawn: a confirmed value, or a finding that needed nobody."""

    kind: str
    key: str  # of the value or finding, as decisions name it
    name: str  # of the field or rule
    body: str  # as JSON, as the program left it


class SampleRow(Record):
    """Something that a person is to check, or has."""

    id: int
    proposal: str
    kind: str
    key: str
    name: str
    field: FieldValue | None
    finding: Finding | None
    drawn: datetime
    agreed: bool | None
    by: str


def seed_of(proposal: str) -> str:
    """What decides which values of a proposal are drawn: the same in every run, known to nobody before the first."""
    row, _ = Snapshot.objects.get_or_create(name=_SEED, defaults={"at": timezone.now(), "body": secrets.token_hex(16)})
    return hashlib.sha256(f"{row.body}\n{proposal}".encode()).hexdigest()[:16]


def chosen(seed: str, kind: str, key: str, share: float) -> bool:
    """Whether something is drawn: anybody who knows the seed (the audit log holds it) finds the same."""
    digest = hashlib.sha256(f"{seed}\n{kind}\n{key}".encode()).digest()
    return int.from_bytes(digest[:6], "big") < share * (1 << 48)


def keep(
    proposal: str, run: int, drawn: Sequence[Drawn], *, alive: Collection[str], by: str, record: dict[str, object]
) -> int:
    """Adds what is new of it; what nobody judged and is not there any more (`alive`: keys) goes. Returns how many."""
    with transaction.atomic():
        gone = [
            row.pk for row in Sample.objects.filter(proposal_id=proposal, agreed__isnull=True) if row.key not in alive
        ]
        Sample.objects.filter(pk__in=gone).delete()
        known = set(Sample.objects.filter(proposal_id=proposal).values_list("kind", "key"))
        fresh = [one for one in drawn if (one.kind, one.key) not in known]
        now = timezone.now()
        Sample.objects.bulk_create(
            Sample(proposal_id=proposal, run=run, kind=one.kind, key=one.key, name=one.name, body=one.body, drawn=now)
            for one in fresh
        )
        if fresh:
            audit.add("sample", by, proposal, {"drawn": len(fresh), **record})
    return len(fresh)


def at_random(chance: random.Random, tries: int) -> Iterator[tuple[str, int]]:
    """(proposal, position) of confirmed values with a place in last runs, each with the same chance."""
    rows = models.Field.objects.filter(status="confirmed", page__isnull=False)
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return
    for _ in range(tries):
        row = rows.select_related("run").filter(pk=chance.randint(ends["first"], ends["last"])).first()
        if row and models.Proposal.objects.filter(pk=row.run.proposal_id, last_done_id=row.run_id).exists():
            yield row.run.proposal_id, row.position


def follow(proposal: str, decisions: Iterable[DecisionRow]) -> None:
    """Notes what people's decisions say of the samples; a decision that was undone says nothing."""
    rows = list(Sample.objects.filter(proposal_id=proposal))
    if not rows:
        return
    last = {(row.subject, row.key): row for row in in_force(decisions)}
    for row in rows:
        said = last.get((row.kind, row.key))
        agreed = None if said is None else _AGREES[row.kind].get(said.kind)
        if said is not None and said.kind in _DIFFERS[row.kind]:
            agreed = False
        if agreed != row.agreed:
            told = {"agreed": agreed, "by": said.by if said else "", "at": said.at if said else None}
            Sample.objects.filter(pk=row.pk).update(**told)


def waiting(calls: tuple[str, ...] | None = None) -> tuple[int, int | None]:
    """How many samples (of some calls) nobody has looked at, and the first of them."""
    rows = Sample.objects.filter(agreed__isnull=True).order_by("pk")
    if calls is not None:
        rows = rows.filter(proposal__call__in=calls)
    first = rows.first()
    return rows.count(), first.pk if first else None


def following(number: int, calls: tuple[str, ...] | None = None) -> int | None:
    """The next sample that nobody has looked at: of the same proposal, then of others."""
    rows = Sample.objects.filter(agreed__isnull=True).exclude(pk=number)
    if calls is not None:
        rows = rows.filter(proposal__call__in=calls)
    here = Sample.objects.filter(pk=number).values("proposal_id")
    for some in (rows.filter(proposal_id__in=here, pk__gt=number), rows.filter(proposal_id__in=here), rows):
        if found := some.order_by("pk").first():
            return int(found.pk)
    return None


def sample(number: int) -> SampleRow | None:
    row = Sample.objects.filter(pk=number).first()
    return _row(row) if row else None


def of(proposal: str) -> tuple[SampleRow, ...]:
    """A proposal's, in the order in which they were drawn."""
    return tuple(_row(row) for row in Sample.objects.filter(proposal_id=proposal).order_by("pk"))


def agreement(kind: str = FIELD) -> list[Rate]:
    """Per field (or rule): how many samples people checked, and with how many they agreed."""
    rows = Sample.objects.filter(kind=kind, agreed__isnull=False).values("name").order_by("name")
    return [
        Rate(name=r["name"], total=r["n"], good=r["good"])
        for r in rows.annotate(n=Count("id"), good=Count("id", filter=Q(agreed=True)))
    ]


def _row(row: Sample) -> SampleRow:
    return SampleRow(
        id=row.pk,
        proposal=row.proposal_id,
        kind=row.kind,
        key=row.key,
        name=row.name,
        field=FieldValue.model_validate_json(row.body) if row.kind == FIELD else None,
        finding=Finding.model_validate_json(row.body) if row.kind == FINDING else None,
        drawn=row.drawn,
        agreed=row.agreed,
        by=row.by,
    )
