"""What came to the doors, for the operator: the last uploads by door, and notices from programs, let in or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.storage.models import Upload
from jeopsu.storage.models_review import Knock
from jeopsu.storage.rows import UploadRow
from jeopsu.storage.versions import upload_row

_KEPT = 1_000
_REFUSED_EVERY = timedelta(minutes=1)  # of one address: whoever hammers at the door does not fill the disk


class KnockRow(Record):
    """A notice that came."""

    at: datetime
    door: str
    outcome: str  # taken, token, broken, storage; of our own looks at a door: fails, works
    address: str
    proposals: tuple[str, ...]


class DoorRow(Record):
    """What one door brought."""

    door: str
    uploads: int
    last: datetime


def add(door: str, outcome: str, address: str, proposals: Iterable[str] = ()) -> None:
    """Notes a notice."""
    now = timezone.now()
    if (
        outcome != "taken"
        and Knock.objects.filter(address=address[:60], outcome=outcome, at__gt=now - _REFUSED_EVERY).exists()
    ):
        return
    _keep(door, outcome, address, proposals)


def turned(door: str, works: bool, where: str) -> None:
    """Notes that one of our own looks at a door began to fail, or works again. `where`: the machine that looks."""
    outcome = "works" if works else "fails"
    last = Knock.objects.filter(door=door, address=where[:60], outcome__in=("fails", "works")).order_by("-pk").first()
    if outcome != (last.outcome if last else "works"):
        _keep(door, outcome, where)


def failing() -> tuple[KnockRow, ...]:
    """The doors that cannot be looked through now, each since when and from which machine."""
    latest: dict[tuple[str, str], Knock] = {}
    for row in Knock.objects.filter(outcome__in=("fails", "works")).order_by("pk"):
        latest[row.door, row.address] = row
    return tuple(_row(row) for row in latest.values() if row.outcome == "fails")


def _keep(door: str, outcome: str, address: str, proposals: Iterable[str] = ()) -> None:
    row = Knock.objects.create(
        at=timezone.now(), door=door, outcome=outcome, address=address[:60], proposals=list(proposals)[:50]
    )
    if row.pk % 100 == 0:
        Knock.objects.filter(pk__lte=row.pk - _KEPT).delete()


def last(limit: int) -> tuple[KnockRow, ...]:
    """Newest first."""
    return tuple(_row(row) for row in Knock.objects.order_by("-pk")[:limit])


def _row(row: Knock) -> KnockRow:
    return KnockRow(at=row.at, door=row.door, outcome=row.outcome, address=row.address, proposals=tuple(row.proposals))


def doors() -> tuple[DoorRow, ...]:
    """How much each door brought, and when last."""
    rows = Upload.objects.values("door").annotate(n=Count("pk"), last=Max("uploaded")).order_by("door")
    return tuple(DoorRow(door=row["door"], uploads=row["n"], last=row["last"]) for row in rows)


def uploads(door: str = "", *, offset: int = 0, limit: int = 50) -> tuple[UploadRow, ...]:
    """The last uploads of all proposals, newest first."""
    rows = Upload.objects.order_by("-pk")
    rows = rows.filter(door=door) if door else rows
    return tuple(upload_row(row) for row in rows[offset : offset + limit])
