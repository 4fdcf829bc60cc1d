"""Notices of a bucket (SeaweedFS, MinIO and their kin): which proposals to look at. A notice is a hint, never a fact.

The stores word their notices differently and change the wording; what they all carry is the object's path. So any text
of a notice that holds a path of our inbox names a proposal, and the bucket itself is asked what lies there.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from jeopsu.flows import platform, sweep
from jeopsu.flows.settings import Settings
from jeopsu.storage import names
from jeopsu.storage.errors import BadName

_DEEPEST = 12


class NotAllowed(Exception):
    """The notice carries no token or a wrong one, or no bucket's notices are wanted."""


def notice(settings: Settings, token: str, body: bytes) -> tuple[str, ...]:
    """Takes in what a notice speaks of; returns the proposals that got something new. Raises NotAllowed, ValueError."""
    if not settings.webhook_token or not hmac.compare_digest(token.encode(), settings.webhook_token.encode()):
        raise NotAllowed
    wanted = proposals(json.loads(body), settings)
    files = platform.open_files(settings)
    touched: set[str] = set()
    for inbox in platform.open_inboxes(settings):
        if inbox.door == "bucket":
            for proposal in wanted:
                touched.update(sweep.take_in(inbox, files, settings, proposal))
    return tuple(sorted(touched))


def proposals(body: Any, settings: Settings) -> tuple[str, ...]:
    """The proposals whose inbox a notice names."""
    found = set()
    for text in _texts(body):
        # MinIO encodes keys as in a form; SeaweedFS does not. A path that holds a real % or + is found by the sweep.
        for path in (text, unquote_plus(text)):
            _, there, rest = f"/{path}".partition(f"/{settings.s3_inbox}")
            folder, slash, name = rest.partition("/")
            if there and slash and name:
                try:
                    found.add(names.proposal_id(folder))
                except BadName:
                    continue
    return tuple(sorted(found))


def _texts(body: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict | list) and depth < _DEEPEST:
        for part in body.values() if isinstance(body, dict) else body:
            yield from _texts(part, depth + 1)
