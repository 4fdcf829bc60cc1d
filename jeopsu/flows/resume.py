"""Uploads in pieces, from the last piece to the record: stored, recorded once, then taken out of the waiting room.

The site calls `finish` with the last piece; where it was killed just then, the sweep finds what lies there whole.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from jeopsu.storage.files import Files
from jeopsu.storage.partial import Busy, NoSuchUpload, Partial, Partials


def waiting_room(settings: Settings) -> Partials:
    """Where uploads lie until they are whole: on the machine of the site."""
    return Partials(settings.data / "partial")


def finish(partial: Partial, partials: Partials, files: Files, settings: Settings) -> bool:
    """Stores and records an upload that is whole; returns whether it is new. Raises StorageUnavailable, Busy."""
    with partials.alone(partial):
        with partials.open(partial) as stream:
            stored = files.put(stream)
        _, new = records.record_upload(
            partial.proposal,
            partial.name,
            stored,
            door="site",
            by=partial.by,
            call=partial.call or settings.call,
            origin=f"pieces:{partial.id}",
            quiet=settings.quiet,
        )
        partials.stored(partial)
    return new


def finish_all(partials: Partials, files: Files, settings: Settings) -> list[str]:
    """Finishes what a killed site left whole, and clears away what nobody went on with; returns the proposals."""
    done = []
    for partial in partials.whole():
        with suppress(Busy, NoSuchUpload):  # the site is at it
            finish(partial, partials, files, settings)
            done.append(partial.proposal)
    partials.drop_old(datetime.now(UTC))
    return done
