"""The uploads as they are kept: which versions there are and which are in force. Part of `records`."""

from __future__ import annotations

from collections.abc import Iterable

from jeopsu.storage.errors import UnknownProposal
from jeopsu.storage.models import Arrival, Proposal, Upload
from jeopsu.storage.rows import UploadRow


def unseen(origins: Iterable[str]) -> set[str]:
    """Those that were never taken in."""
    wanted = list(origins)
    seen: set[str] = set()
    for start in range(0, len(wanted), 500):  # SQLite takes a bounded number of parameters
        seen.update(Arrival.objects.filter(origin__in=wanted[start : start + 500]).values_list("origin", flat=True))
    return set(wanted) - seen


def uploads(proposal: str, *, every_version: bool = False) -> tuple[UploadRow, ...]:
    """The files in force, in the order of their names; with `every_version` the earlier ones too, oldest first."""
    rows = list(Upload.objects.filter(proposal_id=proposal).order_by("slot", "number"))
    newest = {row.slot: row.number for row in rows}
    return tuple(
        upload_row(row, row.number == newest[row.slot])
        for row in rows
        if every_version or row.number == newest[row.slot]
    )


def require(proposal: str) -> None:
    """Raises UnknownProposal."""
    if not Proposal.objects.filter(pk=proposal).exists():
        raise UnknownProposal(proposal)


def referenced() -> set[str]:
    """The sha256 of everything that some upload speaks of."""
    return set(Upload.objects.values_list("sha256", flat=True).distinct())


def upload_row(upload: Upload, current: bool = True) -> UploadRow:
    return UploadRow(
        id=upload.pk,
        proposal=upload.proposal_id,
        name=upload.name,
        number=upload.number,
        sha256=upload.sha256,
        bytes=upload.bytes,
        uploaded=upload.uploaded,
        door=upload.door,
        by=upload.by,
        current=current,
    )
