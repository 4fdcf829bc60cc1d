"""Quality sampling and the statistics page's counts: what the program settled alone, checked by people at random."""

from __future__ import annotations

import math
import random
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.domain.fields import FieldValue
from jeopsu.storage import audit, models
from jeopsu.storage.models_review import Review, Sample, Snapshot


class SampleRow(Record):
    """A value that a person is to check."""

    id: int
    proposal: str
    name: str
    field: FieldValue
    drawn: datetime
    agreed: bool | None
    by: str


class Rate(Record):
    """How often something came out one way, of how many."""

    name: str
    total: int
    good: int
    other: int = 0

    @property
    def percent(self) -> float:
        return 100 * self.good / self.total if self.total else 0.0

    @property
    def wrong(self) -> int:
        return self.total - self.good

    @property
    def at_least(self) -> float:
        """The lower end of Wilson's 95 % interval: what so few checks can vouch for."""
        if not self.total:
            return 0.0
        z, n, p = 1.96, self.total, self.good / self.total
        middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, 100 * (middle - spread) / (1 + z * z / n))


def draw(count: int, *, by: str, chance: random.Random | None = None) -> int:
    """Draws confirmed values with a place from the last runs, each with the same chance; returns how many are new."""
    chance = chance or random.SystemRandom()
    rows = models.Field.objects.filter(status="confirmed", page__isnull=False)
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    drawn = 0
    for _ in range(count * 8):
        if drawn >= count:
            break
        row = rows.select_related("run").filter(pk=chance.randint(ends["first"], ends["last"])).first()
        if row is None or not models.Proposal.objects.filter(pk=row.run.proposal_id, last_done_id=row.run_id).exists():
            continue
        _, new = Sample.objects.get_or_create(
            proposal_id=row.run.proposal_id,
            kind="field",
            key=f"{row.run_id}-{row.position}",
            defaults={"run": row.run_id, "name": row.name, "body": row.body, "drawn": timezone.now()},
        )
        drawn += new
    audit.add("sample", by, body={"drawn": drawn})
    return drawn


def draw_share(proposal: str, share: float, *, chance: random.Random | None = None) -> int:
    """Of the values that the last run confirmed with a place, each with this chance; returns how many were drawn."""
    if share <= 0:
        return 0
    chance = chance or random.SystemRandom()
    last = models.Proposal.objects.filter(pk=proposal).values_list("last_done_id", flat=True).first()
    rows = models.Field.objects.filter(run_id=last, status="confirmed", page__isnull=False)
    chosen = [pk for pk in rows.order_by("pk").values_list("pk", flat=True) if chance.random() < share]
    known = set(Sample.objects.filter(proposal_id=proposal).values_list("name", "body"))
    fresh = [row for row in models.Field.objects.filter(pk__in=chosen) if (row.name, row.body) not in known]
    Sample.objects.bulk_create(
        (
            Sample(
                proposal_id=proposal, run=row.run_id, kind="field", key=f"{row.run_id}-{row.position}", name=row.name,
                body=row.body, drawn=timezone.now(),
            )
            for row in fresh
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return len(fresh)


def waiting() -> tuple[int, int | None]:
    """How many samples nobody has looked at, and the first of them."""
    rows = Sample.objects.filter(agreed__isnull=True).order_by("pk")
    first = rows.first()
    return rows.count(), first.pk if first else None


def sample(number: int) -> SampleRow | None:
    row = Sample.objects.filter(pk=number).first()
    if row is None:
        return None
    return SampleRow(
        id=row.pk,
        proposal=row.proposal_id,
        name=row.name,
        field=FieldValue.model_validate_json(row.body),
        drawn=row.drawn,
        agreed=row.agreed,
        by=row.by,
    )


def judge(number: int, agreed: bool, *, by: str) -> bool:
    """What a person says of a sample, once; False where somebody else was faster."""
    changed = Sample.objects.filter(pk=number, agreed__isnull=True).update(agreed=agreed, by=by, at=timezone.now())
    if changed:
        audit.add("sample", by, body={"sample": number, "agreed": agreed})
    return bool(changed)


def agreement() -> list[Rate]:
    """Per field: how many confirmed values people checked, and with how many they agreed."""
    rows = Sample.objects.filter(agreed__isnull=False).values("name").order_by("name")
    return [
        Rate(name=r["name"], total=r["n"], good=r["good"])
        for r in rows.annotate(n=Count("id"), good=Count("id", filter=Q(agreed=True)))
    ]


def by_rule(limit: int = 40) -> list[Rate]:
    """Per rule, over the last runs: fails (`good` counts passes, `other` what is undetermined)."""
    rows = models.Finding.objects.filter(run_id__in=_last_runs()).exclude(outcome="not_applicable")
    counted = rows.values("rule").annotate(
        n=Count("id"), good=Count("id", filter=Q(outcome="pass")), other=Count("id", filter=Q(outcome="undetermined"))
    )
    found = [Rate(name=r["rule"], total=r["n"], good=r["good"], other=r["other"]) for r in counted.order_by()]
    return sorted(found, key=lambda r: (r.good - r.total, r.name))[:limit]


def by_field() -> list[Rate]:
    """Per field, over the last runs: how many values the program stands behind."""
    rows = models.Field.objects.filter(run_id__in=_last_runs()).values("name")
    counted = rows.annotate(n=Count("id"), good=Count("id", filter=Q(status="confirmed")))
    return [Rate(name=r["name"], total=r["n"], good=r["good"]) for r in counted.order_by("name")]


class Tallies(Record):
    """What takes a walk over every finding and value: counted now and then, and kept."""

    rules: tuple[Rate, ...]
    fields: tuple[Rate, ...]


_TALLIES = "tallies"
FRESH = timedelta(minutes=10)


def tallies() -> tuple[Tallies, datetime] | None:
    """As they were counted last; None: never yet."""
    row = Snapshot.objects.filter(name=_TALLIES).first()
    return (Tallies.model_validate_json(row.body), row.at) if row else None


def count_tallies() -> tuple[Tallies, datetime]:
    """Counts anew (about 1.5 s at 500,000 findings) and keeps the result."""
    counted, now = Tallies(rules=tuple(by_rule()), fields=tuple(by_field())), timezone.now()
    Snapshot.objects.update_or_create(name=_TALLIES, defaults={"at": now, "body": counted.model_dump_json()})
    return counted, now


def verdicts() -> list[tuple[str, int]]:
    rows = Review.objects.exclude(verdict="").values_list("verdict").annotate(n=Count("proposal")).order_by("-n")
    return [(verdict, number) for verdict, number in rows]


def decided() -> list[tuple[str, int]]:
    """How often people agreed, overrode, asked for a supplement, corrected a value …"""
    rows = models.Decision.objects.values_list("kind").annotate(n=Count("id")).order_by("-n")
    return [(kind, number) for kind, number in rows]


def seconds() -> tuple[int, float | None]:
    """How many runs are done, and the middle one's seconds, of the last two hundred that read files."""
    rows = models.Run.objects.filter(state="done", kind__in=("intake", "rerun"), started__isnull=False)
    spans = sorted(
        (end - start).total_seconds()
        for start, end in rows.order_by("-pk").values_list("started", "finished")[:200]
        if end
    )
    return rows.count(), spans[len(spans) // 2] if spans else None


def _last_runs():  # type: ignore[no-untyped-def]
    return models.Proposal.objects.exclude(last_done=None).values(run=F("last_done_id"))
