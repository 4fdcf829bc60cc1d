"""The statistics page's counts: verdicts, rules, values, decisions, seconds. What takes long is counted seldom."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.storage import models
from jeopsu.storage.models_review import Review, Snapshot


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
        return self._interval()[0]

    @property
    def at_most(self) -> float:
        return self._interval()[1]

    def _interval(self) -> tuple[float, float]:
        if not self.total:
            return 0.0, 100.0
        z, n, p = 1.96, self.total, self.good / self.total
        middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = (100 * (middle + sign * spread) / (1 + z * z / n) for sign in (-1, 1))
        return max(0.0, low), min(100.0, high)


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


def _last_runs() -> QuerySet[Any]:
    return models.Proposal.objects.exclude(last_done=None).values(run=F("last_done_id"))
