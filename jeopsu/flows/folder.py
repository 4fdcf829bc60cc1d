"""The uploads of one proposal as they lie in a folder: which files count, and when each came."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from jeopsu.domain.values.person_name import masked
from jeopsu.flows.check import UploadedFile, on_disk

# What operating systems leave behind; nobody uploaded these.
_LITTER = {".ds_store", "thumbs.db", "desktop.ini"}


def uploads_in(folder: Path) -> list[UploadedFile]:
    """Every file below `folder`, by name. A file in a sub-folder is named by its own name, as an upload would be.

    Two files of one name in different sub-folders keep their path as name, so that neither hides the other.
    """
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and not _is_litter(p))
    names = [p.name for p in paths]
    return [
        on_disk(
            path,
            name=path.name if names.count(path.name) == 1 else str(path.relative_to(folder)),
            uploaded=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        )
        for path in paths
    ]


def proposal_name(folder: Path) -> str:
    """The folder's name stands for the proposal's number; a folder called `files` is named by the one above it."""
    resolved = folder.resolve()
    name = resolved.parent.name if resolved.name in {"files", "uploads"} else resolved.name
    return masked(unicodedata.normalize("NFC", name))


def _is_litter(path: Path) -> bool:
    name = path.name.lower()
    return name in _LITTER or name.startswith(("._", "~$", ".~lock"))
