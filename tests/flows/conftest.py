"""A platform in a folder of its own: SQLite, local files, and a reader that reads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jeopsu.flows import check, platform, settings
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from tests.flows.builders import Reader


@pytest.fixture
def given(tmp_path: Path, django_db_blocker: Any) -> Iterator[Settings]:
    """Settings of an empty platform that this process is connected to; nothing has to settle."""
    with django_db_blocker.unblock():
        made = settings.load({}, data=tmp_path / "data", quiet_seconds=0, settle_seconds=0)
        platform.prepare(made)
        yield made
        records.disconnect()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(check, "check_files", made)
    return made
