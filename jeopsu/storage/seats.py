"""Who is logged in, from where, since when; and how a log-in is ended by somebody else. Part of `records`' writers.

Sessions are Django's and know no owner that could be asked for; a seat stands beside each. A session's key opens the
site, so it never leaves this room: pages get a digest of it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.storage import audit
from jeopsu.storage.models_review import Seat


class SeatRow(Record):
    """A log-in that goes on."""

    id: str
    name: str
    address: str
    agent: str
    began: datetime
    seen: datetime
    own: bool = False  # the one that asks


def seen(session: str, user: int, address: str, agent: str) -> None:
    """Notes that a session was used."""
    now = timezone.now()
    told = {"user_id": user, "address": address[:60], "agent": agent[:200], "seen": now}
    if not Seat.objects.filter(session=session).update(**told):
        Seat.objects.get_or_create(session=session, defaults={**told, "began": now})


def of(user: int | None = None, *, session: str | None = None) -> tuple[SeatRow, ...]:
    """The log-ins of an account (of all without one), the last used first. `session`: the one that asks."""
    rows = Seat.objects.filter(session__in=_alive()).select_related("user").order_by("-seen")
    if user is not None:
        rows = rows.filter(user_id=user)
    return tuple(
        SeatRow(
            id=_digest(row.session),
            name=row.user.get_username(),
            address=row.address,
            agent=row.agent,
            began=row.began,
            seen=row.seen,
            own=row.session == session,
        )
        for row in rows
    )


def end(user: int, seat: str, *, by: str) -> int:
    """Ends one log-in of an account (all of them where `seat` is empty); returns how many."""
    with transaction.atomic():
        rows = [
            row
            for row in Seat.objects.filter(user_id=user).select_related("user")
            if seat in ("", _digest(row.session))
        ]
        keys = [row.session for row in rows]
        Session.objects.filter(session_key__in=keys).delete()
        Seat.objects.filter(session__in=keys).delete()
        if rows:
            body = {"name": rows[0].user.get_username(), "ended": len(rows)}
            audit.add("account", by, body=body)
    return len(rows)


def end_others(user: int, session: str, *, by: str) -> int:
    """Ends every other log-in of one's own; returns how many."""
    ended = 0
    for seat in of(user, session=session):
        if not seat.own:
            ended += end(user, seat.id, by=by)
    return ended


def tidy() -> None:
    """Takes away what is left of log-ins that are over."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    Seat.objects.exclude(session__in=_alive()).delete()


def _alive() -> QuerySet[Any]:
    return Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()[:20]
