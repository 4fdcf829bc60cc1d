"""Every suite of this folder runs on each member of its interface: local and S3 files, SQLite and PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jeopsu.storage import records
from jeopsu.storage.files import Files
from jeopsu.storage.local_files import LocalFiles
from jeopsu.storage.s3_files import Bucket, S3Files
from tests.storage import servers


@pytest.fixture(scope="session")
def bucket() -> Iterator[Bucket]:
    with tempfile.TemporaryDirectory() as folder, servers.seaweedfs(Path(folder)) as found:
        S3Files(found).prepare()
        yield found


@pytest.fixture(params=["local", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Files]:
    if request.param == "local":
        yield LocalFiles(tmp_path / "files")
        return
    store = S3Files(request.getfixturevalue("bucket"))
    yield store
    store.empty()


@pytest.fixture(scope="session")
def empty_sqlite(django_db_blocker: Any) -> Iterator[Path]:
    """A migrated database, to be copied: migrating takes longer than most tests."""
    # pytest-django guards the one database it manages itself; ours is made anew for every test.
    with django_db_blocker.unblock(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        records.connect(records.sqlite_url(path))
        records.migrate()
        records.disconnect()
        yield path


@pytest.fixture(scope="session")
def postgresql(django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with servers.postgresql(Path(folder)) as url:
            records.connect(url)
            records.migrate()
            records.disconnect()
            yield url
            records.disconnect()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The address of an empty, migrated database that this process is connected to."""
    with django_db_blocker.unblock():
        yield from _database(request, tmp_path)


def _database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        path = tmp_path / "jeopsu.sqlite3"
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        url = records.sqlite_url(path)
        records.connect(url)
    else:
        url = request.getfixturevalue("postgresql")
        records.connect(url)
        _truncate()
    yield url
    records.disconnect()


def _truncate() -> None:
    from django.apps import apps
    from django.db import connection

    tables = ", ".join(f'"{model._meta.db_table}"' for model in apps.get_app_config("jeopsu").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several test processes, one has the servers: starting them twice costs more than it saves."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("storage"))
