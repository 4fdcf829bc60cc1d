"""Finds what no notice announced: files in the inboxes, runs whose process died, events that got lost.

Plain functions that may run anywhere, at any time, twice at once; `serve` calls them every second or so, and the flow
`sweep` from time to time where nobody else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from jeopsu.domain.base import Record
from jeopsu.flows import triggers
from jeopsu.flows.life import alive
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from jeopsu.storage.errors import NotStored
from jeopsu.storage.files import Files
from jeopsu.storage.inbox import Inbox, Incoming

# How long a queued run may lie before its event counts as lost. Prefect has a flow run within 1 s of the event.
OVERDUE = timedelta(seconds=8)
# A flow run that a worker took this long ago and that still has not asked for its lease died on the way there. Twice
# as long for each one more of the proposal: on a machine that is merely slow, every further one would make it slower.
STALLED = timedelta(seconds=30)
# After this time Prefect is told, so that its pages do not show the dead as running. Far longer than a starved machine
# needs to start one: with 27 processes for two cores that took four minutes.
GONE = timedelta(minutes=20)


class Mended(Record):
    """What a sweep put right."""

    lost: tuple[str, ...] = ()
    announced_again: tuple[str, ...] = ()


def take_in(inbox: Inbox, files: Files, settings: Settings, proposal: str | None = None) -> list[str]:
    """Takes in every settled file that was not taken in before; returns the proposals that got something new."""
    now = datetime.now(UTC)
    settle = timedelta(seconds=settings.settle_seconds)
    found = [one for one in inbox.list(proposal) if now - one.modified >= settle or one.modified > now]
    fresh = records.unseen(one.origin for one in found)
    touched = []
    for one in found:
        if one.origin in fresh and take_one(inbox, one, files, settings):
            touched.append(one.proposal)
    return sorted(set(touched))


def take_one(inbox: Inbox, one: Incoming, files: Files, settings: Settings) -> bool:
    """Stored, then recorded with its event. A kill in between leaves the file where it is, to be found again."""
    try:
        with inbox.open(one) as stream:
            stored = files.put(stream)
    except NotStored:
        return False
    if stored.bytes != one.bytes or not inbox.unchanged(one):
        return False  # it was still being written: the next sweep sees it as another one
    _, new = records.record_upload(
        one.proposal,
        one.name,
        stored,
        door=inbox.door,
        call=settings.call,
        origin=one.origin,
        uploaded=one.modified,
        quiet=settings.quiet,
    )
    return new


def mend(settings: Settings, api: str) -> Mended:
    """Starts runs again whose process died, and announces again what was announced in vain."""
    lost = records.lost(alive, settings.silence)
    for _, flow_run in lost:
        if flow_run and api:
            with suppress(triggers.PrefectUnavailable):
                triggers.crash(api, flow_run, "its process is gone; jeopsu starts it again")
    again: list[str] = []
    if api and (overdue := records.overdue(OVERDUE)):
        expected = on_the_way(triggers.unfinished(api), datetime.now(UTC))
        for proposal in overdue:
            if proposal not in expected:
                records.announce_again(proposal)
                again.append(proposal)
    return Mended(lost=tuple(proposal for proposal, _ in lost), announced_again=tuple(again))


def on_the_way(runs: Iterable[triggers.Started], now: datetime) -> set[str]:
    """The proposals whose queued run some flow run will still take: it waits for a worker, or has just been taken."""
    of: dict[str, list[triggers.Started]] = {}
    for run in runs:
        of.setdefault(run.proposal, []).append(run)
    return {
        proposal
        for proposal, own in of.items()
        if any(run.state == "SCHEDULED" or now - run.since < STALLED * 2 ** (len(own) - 1) for run in own)
    }


def tidy(api: str) -> tuple[str, ...]:
    """Tells Prefect which of the flow runs that it believes to run are gone; returns their ids.

    A worker that dies with its machine leaves them behind, and nobody else would ever end them.
    """
    leased, now = records.flow_runs(), datetime.now(UTC)
    gone = [
        run.id
        for run in triggers.unfinished(api)
        if run.state != "SCHEDULED" and run.id not in leased and now - run.since > GONE
    ]
    for one in gone:
        triggers.crash(api, one, "it holds no proposal: its worker is gone")
    return tuple(gone)
