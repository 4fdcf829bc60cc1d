"""The only door to the database. Plain functions; call `connect` first, `migrate` once after an upgrade.

Every function is one transaction. Django's `OperationalError` (the database does not answer) is worth another try; it
is known outside this room as `Unavailable`.
"""

from __future__ import annotations

from jeopsu.storage import database

database.ensure_configured()  # models can only be imported once Django knows its apps

from django.db import OperationalError as Unavailable  # noqa: E402
from django.db import close_old_connections, connections  # noqa: E402

from jeopsu.storage.database import connect, migrate, sqlite_url, up_to_date  # noqa: E402
from jeopsu.storage.decisions import add_fact, decide, decisions, facts, finding_key, fingerprint  # noqa: E402
from jeopsu.storage.queue import (  # noqa: E402
    DECIDED,
    RERUN,
    UPLOADED,
    WAITING,
    announce_again,
    announced,
    beat,
    claim,
    counts,
    end,
    flow_runs,
    give_back,
    lost,
    newer_waits,
    notices,
    overdue,
    put_off,
    request_run,
)
from jeopsu.storage.results import (  # noqa: E402
    checked,
    finish,
    keep_recheck,
    proposal,
    proposals,
    report,
    runs,
    timeline,
)
from jeopsu.storage.uploads import ensure_proposal, record_upload  # noqa: E402
from jeopsu.storage.versions import referenced, require, unseen, uploads  # noqa: E402


def disconnect() -> None:
    """Closes this thread's connection: for threads that end, and before a fork."""
    connections.close_all()


__all__ = [
    "DECIDED",
    "RERUN",
    "UPLOADED",
    "WAITING",
    "Unavailable",
    "add_fact",
    "announce_again",
    "announced",
    "beat",
    "checked",
    "claim",
    "close_old_connections",
    "connect",
    "counts",
    "decide",
    "decisions",
    "disconnect",
    "end",
    "ensure_proposal",
    "facts",
    "finding_key",
    "fingerprint",
    "finish",
    "flow_runs",
    "give_back",
    "keep_recheck",
    "lost",
    "migrate",
    "newer_waits",
    "notices",
    "overdue",
    "proposal",
    "proposals",
    "put_off",
    "record_upload",
    "referenced",
    "report",
    "request_run",
    "require",
    "runs",
    "sqlite_url",
    "timeline",
    "unseen",
    "up_to_date",
    "uploads",
]
