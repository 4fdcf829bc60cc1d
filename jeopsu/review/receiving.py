"""Takes files in through the site: each is stored, then recorded, before the next one is looked at."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jeopsu.flows import platform
from jeopsu.review.language import t
from jeopsu.storage import names, records
from jeopsu.storage.errors import BadName


def take(files: list[UploadedFile], proposal: str, *, by: str, call: str | None = None) -> int:
    """Stores files of a proposal; returns how many are new. Raises BadName, StorageUnavailable."""
    most = settings.PROGRAM.upload_mb << 20
    for file in files:
        if (file.size or 0) > most:
            raise BadName(t("{}: {} MB보다 큰 파일은 받을 수 없습니다.").format(file.name, settings.PROGRAM.upload_mb))
    store = platform.open_files(settings.PROGRAM)
    new = 0
    for file in files:
        stored = store.put(file)  # type: ignore[arg-type]
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
