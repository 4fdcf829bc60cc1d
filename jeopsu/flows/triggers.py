"""From our outbox to Prefect: one event for each proposal that has settled, which starts the deployment's flow.

An event is taken out of the outbox only after the server has accepted it; what it forgets afterwards, `sweep.mend`
announces again. Sent over plain HTTP, so that whoever announces need not import Prefect.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any, Literal

import httpx

from jeopsu.domain.base import Record
from jeopsu.storage import records
from jeopsu.storage.rows import Notice

PREFIX = "jeopsu."
_TIMEOUT = httpx.Timeout(10)
_PAGE = 200  # the most that Prefect's server hands out at once


class PrefectUnavailable(Exception):
    """The Prefect server does not answer for now. What is due stays in the outbox."""


def announce(api: str) -> int:
    """Sends what is due; returns how many events. Raises PrefectUnavailable."""
    due = records.notices()
    if due:
        send(api, [event(notice) for notice in due])
        records.announced([id_ for notice in due for id_ in notice.ids])
    return len(due)


def event(notice: Notice) -> dict[str, Any]:
    """The event as Prefect takes it. The same notice always has the same id."""
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"jeopsu:{notice.kind}:{notice.proposal}:{max(notice.ids)}")),
        "occurred": datetime.now(UTC).isoformat(),
        "event": PREFIX + notice.kind,
        "resource": {
            "prefect.resource.id": f"jeopsu.proposal.{notice.proposal}",
            "prefect.resource.name": notice.proposal,
        },
        "payload": {"proposal": notice.proposal, "uploads": len(notice.ids)},
    }


def send(api: str, events: list[dict[str, Any]]) -> None:
    _post(api, "/events", events)


class Started(Record):
    """A flow run of ours that Prefect has not ended yet."""

    id: str
    proposal: str
    state: Literal["SCHEDULED", "PENDING", "RUNNING"]
    since: datetime


def unfinished(api: str) -> list[Started]:
    """Every flow run of a proposal that waits for a worker or is with one, oldest first. Raises PrefectUnavailable."""
    found: list[Started] = []
    while True:
        wanted = {
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}}},
            "flows": {"name": {"any_": ["intake", "recheck", "rerun"]}},
            "sort": "EXPECTED_START_TIME_ASC",
            "offset": len(found),
            "limit": _PAGE,
        }
        page = _post(api, "/flow_runs/filter", wanted)
        found += [
            Started(
                id=row["id"],
                proposal=str(row["parameters"].get("proposal", "")),
                state=row["state"]["type"],
                since=row["state"]["timestamp"],
            )
            for row in page
        ]
        if len(page) < _PAGE:
            return found


def crash(api: str, flow_run: str, why: str) -> None:
    """Tells Prefect that a flow run's process is gone: it cannot see that by itself."""
    _post(api, f"/flow_runs/{flow_run}/set_state", {"state": {"type": "CRASHED", "message": why}, "force": True})


def healthy(api: str) -> bool:
    try:
        return httpx.get(f"{api}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def _post(api: str, path: str, body: Any) -> Any:
    try:
        answer = httpx.post(f"{api}{path}", json=body, timeout=_TIMEOUT)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise PrefectUnavailable(f"{api}{path}: {type(error).__name__}") from error
    return answer.json() if answer.content else None
