"""Finds what no notice announced: files in the inboxes, runs whose process died, events that got lost.

Plain functions that may run anywhere, at any time, twice at once; `serve` calls them every second or so, and the flow
`sweep` from time to time where nobody else does.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jeopsu.domain.base import Record
from jeopsu.flows import triggers
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from jeopsu.storage.errors import NotStored
from jeopsu.storage.files import Files
from jeopsu.storage.inbox import Inbox, Incoming

# How long a queued run may lie before its event counts as lost. Prefect starts a run about 3 s after its event.
OVERDUE = timedelta(seconds=20)


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
    overdue = records.overdue(OVERDUE)
    # As long as Prefect has runs that wait for a free worker, ours may be among them.
    if overdue and api and triggers.waiting_runs(api) == 0:
        for proposal in overdue:
            records.announce_again(proposal)
            again.append(proposal)
    return Mended(lost=tuple(proposal for proposal, _ in lost), announced_again=tuple(again))


def this_host() -> str:
    """This machine, as leases name it: a container's or a machine's own name and boot."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        boot = ""
    return f"{socket.gethostname()}:{boot}:{_pid_namespace()}"


def this_process() -> str:
    """This process: its number and when it began, so that a number used again is not taken for life."""
    return f"{os.getpid()}:{_began(os.getpid())}"


def alive(host: str, process: str) -> bool | None:
    """Whether the process of a lease lives; None where it is on another machine."""
    if host != this_host():
        return None
    number, _, began = process.partition(":")
    now = _began(int(number)) if number.isdigit() else None
    return now is not None and str(now) == began


def _began(pid: int) -> str | None:
    """Start time of a living process in clock ticks since boot; None where there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in ("Z", "X") else fields[19]


def _pid_namespace() -> str:
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""
