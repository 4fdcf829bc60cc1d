"""Takes files in through the site: each is stored, then recorded, before the next one is looked at."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from jeopsu.flows import platform
from jeopsu.review import glance
from jeopsu.review.language import t
from jeopsu.storage import names, records
from jeopsu.storage.errors import BadName
from jeopsu.storage.rows import ProposalRow


def shut(row: ProposalRow | None) -> bool:
    """Whether the applicant's own door is closed: submitted in time, and the time is over.

    What would come in now would take the place of what was in time; what is asked for afterwards comes by its letter.
    """
    call = glance.call_of(row.call) if row else None
    if row is None or call is None or timezone.now() <= call.closes:
        return False
    return row.received is not None and row.received <= call.closes


def take(files: list[UploadedFile], proposal: str, *, by: str, call: str | None = None) -> int:
    """Stores files of a proposal; returns how many are new. Raises BadName, StorageUnavailable."""
    most = settings.PROGRAM.upload_mb << 20
    for file in files:
        if (file.size or 0) > most:
            raise BadName(t("{}: {} MB보다 큰 파일은 받을 수 없습니다.").format(file.name, settings.PROGRAM.upload_mb))
    store = platform.open_files(settings.PROGRAM)
    new = 0
    for file in files:
        stored = store.put(file)
        _, is_new = records.record_upload(
            proposal,
            names.file_name(file.name or ""),
            stored,
            door="site",
            by=by,
            call=call or settings.PROGRAM.call,
            quiet=settings.PROGRAM.quiet,
        )
        new += is_new
    return new
