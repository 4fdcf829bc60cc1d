"""Webhooks out: what happened is posted as JSON to one address of the operator's, signed, and again until it is taken.

`{"id", "event", "at", "proposal", "url", "body"}`; `X-Jeopsu-Signature: sha256=` and the HMAC of the bytes under the
secret. The same `id` may come twice. Values that were read from uploads are never in it: the receiver asks the API.
"""

from __future__ import annotations

import hashlib
import hmac
import json

import httpx

from jeopsu.flows.settings import Settings
from jeopsu.storage import records, webhook_queue

_SECONDS = 5.0


def send(settings: Settings, client: httpx.Client | None = None) -> tuple[int, int]:
    """Sends what is due; (taken, not taken). Does nothing where no address is set."""
    if not settings.webhook_url:
        return 0, 0
    records.close_old_connections()
    webhook_queue.collect()
    waiting = webhook_queue.due()
    if not waiting:
        return 0, 0
    good = bad = 0
    with client or httpx.Client(timeout=_SECONDS, follow_redirects=False) as http:
        for event in waiting:
            error = _post(http, settings, event)
            if error:
                webhook_queue.failed(event.event, event.at, error)
                bad += 1
            else:
                webhook_queue.taken(event.event)
                good += 1
    return good, bad


def message(settings: Settings, event: webhook_queue.Outgoing) -> bytes:
    """The bytes that are sent and signed."""
    told = {
        "id": event.event,
        "event": event.kind,
        "at": event.at.isoformat(),
        "proposal": event.proposal,
        "url": f"{settings.url}/proposals/{event.proposal}/",
        "body": event.body,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _post(http: httpx.Client, settings: Settings, event: webhook_queue.Outgoing) -> str:
    """Empty where it was taken; else why not."""
    body = message(settings, event)
    headers = {"Content-Type": "application/json", "X-Jeopsu-Event": event.kind, "X-Jeopsu-Delivery": str(event.event)}
    if settings.webhook_secret:
        headers["X-Jeopsu-Signature"] = signature(settings.webhook_secret, body)
    try:
        answer = http.post(settings.webhook_url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return type(error).__name__
    return "" if answer.is_success else f"HTTP {answer.status_code}"
