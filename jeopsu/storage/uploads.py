"""Proposals and the uploads that belong to them. Part of `records`.

An upload, the run it asks for and the event that announces it are written in one transaction, after the bytes are on
disk: a kill before it leaves bytes that nobody speaks of, a kill after it an event that is announced later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jeopsu.domain.submissions import Registration
from jeopsu.storage import names, queue
from jeopsu.storage.files import Stored
from jeopsu.storage.models import Arrival, Event, Proposal, Upload
from jeopsu.storage.rows import UploadRow
from jeopsu.storage.versions import upload_row


def ensure_proposal(
    proposal: str,
    call: str,
    *,
    received: datetime | None = None,
    registration: Registration | None = None,
    title: str | None = None,
) -> None:
    """Makes the proposal, or changes what is given of it. An existing one keeps its call."""
    with transaction.atomic():
        row, _ = Proposal.objects.select_for_update().get_or_create(id=proposal, defaults={"call": call})
        if received is not None:
            row.received = received
        if registration is not None:
            row.registration = registration.model_dump(mode="json")
        if title:
            row.title = title
        row.save()


def record_upload(
    proposal: str,
    name: str,
    stored: Stored,
    *,
    door: str,
    call: str,
    by: str = "",
    origin: str | None = None,
    uploaded: datetime | None = None,
    quiet: timedelta = timedelta(0),
) -> tuple[UploadRow, bool]:
    """The version record of stored bytes, and whether it is a new one.

    Nothing new: the same `origin` again, or the bytes that are already in force under this name. `quiet`: how long to
    wait for more uploads before the flow is started.
    """
    now = timezone.now()
    slot = names.slot(name)
    with transaction.atomic():
        row, _ = Proposal.objects.select_for_update().get_or_create(id=proposal, defaults={"call": call})
        if origin and (seen := Arrival.objects.select_related("upload").filter(origin=origin).first()):
            return upload_row(seen.upload), False
        last = Upload.objects.filter(proposal=row, slot=slot).order_by("-number").first()
        new = last is None or last.sha256 != stored.sha256 or last.name != name
        if new:
            last = Upload.objects.create(
                proposal=row,
                name=name,
                slot=slot,
                number=last.number + 1 if last else 1,
                sha256=stored.sha256,
                bytes=stored.bytes,
                uploaded=uploaded or now,
                door=door,
                by=by,
            )
            queue.enqueue_locked(row, "intake")
            Event.objects.create(
                proposal=row,
                kind=queue.UPLOADED,
                at=now,
                due=now + quiet,
                body={"name": name, "number": last.number, "sha256": stored.sha256, "door": door},
            )
            Proposal.objects.filter(pk=row.pk).update(touched=now)
        if origin:
            Arrival.objects.create(origin=origin, upload=last)
        assert last is not None
        return upload_row(last), new
