"""The site in this process: its settings laid over whatever Django runs with, on a database of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jeopsu.flows import platform
from jeopsu.flows import settings as program
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from tests.review.builders import PASSWORD


@pytest.fixture(scope="session")
def migrated(django_db_blocker: Any) -> Iterator[Path]:
    """A migrated database, to be copied."""
    with django_db_blocker.unblock(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        records.connect(records.sqlite_url(path))
        records.migrate()
        records.disconnect()
        yield path


@pytest.fixture
def given(
    tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> Iterator[Settings]:
    """Settings of an empty site that this process is connected to."""
    from django.conf import settings as base
    from django.test import override_settings

    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(migrated, data / "jeopsu.sqlite3")
    monkeypatch.setenv("JEOPSU_DATA", str(data))
    made = program.load({}, data=data, quiet_seconds=0)
    with django_db_blocker.unblock():
        platform.prepare(made)
        from jeopsu.review import settings as site

        base.SECRET_KEY = "tests only"  # leaving the overlay asks for one
        laid = {name: getattr(site, name) for name in dir(site) if name.isupper() and name != "DATABASES"}
        laid |= {"PROGRAM": made, "ALLOWED_HOSTS": ["*"], "FILE_UPLOAD_TEMP_DIR": str(data)}
        laid |= {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
        from jeopsu.storage import views

        views.forget()
        with override_settings(**laid):
            yield made
        records.disconnect()


@pytest.fixture
def person(given: Settings) -> Callable[..., Client]:
    """`person("kim", "reviewer")`: an account with these roles, logged in; CSRF is checked with `strict=True`."""

    def make(name: str, *roles: str, strict: bool = False, **rights: tuple[str, ...]) -> Client:
        from jeopsu.storage import accounts

        accounts.add(name, roles, password=PASSWORD, **rights)
        client = Client(enforce_csrf_checks=strict)
        assert client.login(username=name, password=PASSWORD)
        return client

    return make
