"""Which database, and its schema: SQLite (WAL) by default, PostgreSQL by one address. Django's migrations make it.

Programs other than the review site have no Django settings module; `ensure_configured` gives them the little that the
ORM needs, and `connect` says which database it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

# Accounts and sessions have tables: they stand here, so that there is one schema and one `migrate`.
APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "jeopsu.storage.apps.StorageConfig",
)

# Rows of these tables are never changed or taken away; the database itself refuses (see `_guard`).
APPEND_ONLY = (
    "jeopsu_upload",
    "jeopsu_decision",
    "jeopsu_stafffact",
    "jeopsu_auditentry",
    "jeopsu_supplementrequest",
    "jeopsu_receipt",
)


def options(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for `sqlite:////path/file` or `postgresql://user:password@host:port/name`.

    Raises ValueError for any other address.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)[1:]
        if not path.startswith("/"):
            raise ValueError(f"not an absolute path: {url}")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                # A writer that first reads and then writes would be refused at once in the default mode, however
                # long the timeout; IMMEDIATE waits its turn. 60 s: 200 uploads at once queue for about 2 s.
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                # FULL: an upload that was acknowledged survives a power cut, not only a kill.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;",
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(f"JEOPSU_DATABASE: sqlite:////path or postgresql://user:password@host/name, not {parts.scheme!r}")


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path.absolute()}"


def ensure_configured() -> None:
    """Before the models are imported. Does nothing where the site's settings are in force."""
    import django
    from django.apps import apps

    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=APPS,
            DATABASES={"default": options("sqlite:////nonexistent/call-connect-first.sqlite3")},
            AUTH_USER_MODEL="jeopsu.User",
            USE_TZ=True,
            TIME_ZONE="Asia/Seoul",
        )
    if not apps.ready:
        django.setup()


def connect(url: str) -> None:
    """From here on, this process works on that database. Before threads are started."""
    ensure_configured()
    from django.db import connections

    connections.close_all()
    entry = connections.configure_settings({"default": options(url)})["default"]
    connections.settings["default"] = settings.DATABASES["default"] = entry
    if hasattr(connections._connections, "default"):  # made for the database before this one
        del connections["default"]


def migrate() -> None:
    """Brings the schema up to date, and sets the guards of the append-only tables. Harmless when it is."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _guard()


def up_to_date() -> bool:
    """Whether every migration has run. Raises Django's OperationalError where the database does not answer."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _guard() -> None:
    """Triggers that refuse UPDATE and DELETE. Set after every migrate: SQLite drops them with a rebuilt table."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in APPEND_ONLY:
                for verb in ("UPDATE", "DELETE"):
                    cursor.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                    )
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION jeopsu_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in APPEND_ONLY:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION jeopsu_append_only()"
            )
