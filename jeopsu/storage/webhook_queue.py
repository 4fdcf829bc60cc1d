"""Events on their way out: which are to be told to the webhook, which were taken. Part of `records`' writers.

At least once, and in order as far as the other side answers: an event gets a row once it is seen, and keeps it until it
is taken or too old. Events are found by number with some overlap, for a transaction may end after a later one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.storage import audit
from jeopsu.storage.models import Event
from jeopsu.storage.models_review import Delivery, Snapshot

# What somebody outside would act on; uploads being announced to ourselves are not.
TOLD = ("run.done", "run.failed", "decision", "supplement", "receipt", "proposal.uploaded", "outcome")
_CURSOR = "webhooks"
_OVERLAP = 500  # events that may still come in behind the last one seen
_GIVE_UP = timedelta(days=2)
_KEEP = timedelta(days=7)


class Outgoing(Record):
    """An event as it is sent."""

    event: int
    kind: str
    proposal: str
    at: datetime
    body: dict[str, Any]
    attempts: int


class Late(Record):
    """An event that nobody has taken yet."""

    event: int
    kind: str
    proposal: str
    at: datetime
    attempts: int
    error: str
    due: datetime | None  # None: given up


class Counts(Record):
    """How things stand with the webhook."""

    taken: int
    fresh: int  # not tried yet
    failing: int
    given_up: int


def counts() -> Counts:
    rows = Delivery.objects
    return Counts(
        taken=rows.filter(taken__isnull=False).count(),
        fresh=rows.filter(due__isnull=False, attempts=0).count(),
        failing=rows.filter(due__isnull=False, attempts__gt=0).count(),
        given_up=rows.filter(due__isnull=True, taken__isnull=True).count(),
    )


def waiting(limit: int) -> list[Late]:
    """What will be tried again, the next one first."""
    return _late(Delivery.objects.filter(due__isnull=False).order_by("due")[:limit])


def given_up(limit: int) -> list[Late]:
    """What was tried for two days and never taken, the last one first."""
    return _late(Delivery.objects.filter(due__isnull=True, taken__isnull=True).order_by("-event")[:limit])


def resend(event: int | None, *, by: str) -> int:
    """Has an event (None: everything that was not taken) sent at the next turn; returns how many."""
    with transaction.atomic():
        rows = Delivery.objects.filter(taken__isnull=True)
        rows = rows if event is None else rows.filter(event=event)
        numbers = list(rows.order_by("event").values_list("event", flat=True))
        Delivery.objects.filter(event__in=numbers).update(due=timezone.now(), attempts=0)
        if numbers:
            audit.add("webhook", by, body={"resent": len(numbers), "first": numbers[0], "last": numbers[-1]})
    return len(numbers)


def _late(rows: Iterable[Delivery]) -> list[Late]:
    told = list(rows)
    events = Event.objects.in_bulk([row.event for row in told])
    return [
        Late(
            event=row.event,
            kind=events[row.event].kind,
            proposal=events[row.event].proposal_id,
            at=events[row.event].at,
            attempts=row.attempts,
            error=row.error,
            due=row.due,
        )
        for row in told
        if row.event in events
    ]


def collect() -> int:
    """Gives new events a row each; returns how many. The first time it only notes where to begin."""
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    now = timezone.now()
    cursor, new = Snapshot.objects.get_or_create(name=_CURSOR, defaults={"at": now, "body": f"{last},{last}"})
    if new:
        return 0  # no history is sent
    first, seen = (int(part) for part in cursor.body.split(","))
    floor = max(first, seen - _OVERLAP)
    there = set(Delivery.objects.filter(event__gt=floor).values_list("event", flat=True))
    rows = Event.objects.filter(pk__gt=floor, kind__in=TOLD).order_by("pk").values_list("pk", flat=True)
    numbers = [number for number in rows if number not in there]
    Delivery.objects.bulk_create((Delivery(event=number, due=now) for number in numbers), ignore_conflicts=True)
    if last != seen:
        Snapshot.objects.filter(name=_CURSOR).update(at=now, body=f"{first},{last}")
        Delivery.objects.filter(taken__lt=now - _KEEP, event__lt=last - 2 * _OVERLAP).delete()
    return len(numbers)


def due(limit: int = 50) -> list[Outgoing]:
    """What is to be sent now, oldest first. Each is put off at once, so that nobody else sends it meanwhile."""
    now = timezone.now()
    found = []
    for row in Delivery.objects.filter(due__lte=now).order_by("event")[:limit]:
        taken = Delivery.objects.filter(pk=row.pk, due=row.due).update(
            due=now + wait(row.attempts), attempts=row.attempts + 1
        )
        event = Event.objects.filter(pk=row.event).first() if taken else None
        if event:
            found.append(
                Outgoing(
                    event=event.pk,
                    kind=event.kind,
                    proposal=event.proposal_id,
                    at=event.at,
                    body=event.body,
                    attempts=row.attempts + 1,
                )
            )
    return found


def wait(attempts: int) -> timedelta:
    """How long until the next try: 30 s, doubling, at most an hour."""
    return min(timedelta(seconds=30 * 2 ** min(attempts, 10)), timedelta(hours=1))


def taken(event: int) -> None:
    Delivery.objects.filter(pk=event).update(taken=timezone.now(), due=None, error="")


def failed(event: int, at: datetime, error: str) -> None:
    """Not taken; given up once it is two days old."""
    late = timezone.now() - at > _GIVE_UP
    Delivery.objects.filter(pk=event).update(error=error[:200], **({"due": None} if late else {}))
