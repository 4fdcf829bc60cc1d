"""Large originals leave the site piece by piece, under ASGI as it is run."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIHandler
from django.test import AsyncClient, Client

from jeopsu.flows import platform
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from tests.review import builders

BODY = random.Random(7).randbytes((3 << 20) + 17)


def test_an_original_is_never_whole_in_memory(
    given: Settings, person: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    stored = platform.open_files(given).put(io.BytesIO(BODY))
    records.record_upload("P-1", "큰 파일.pdf", stored, door="site", call=builders.CALL)
    client = AsyncClient()
    client.cookies = person("kim", "reviewer").cookies
    address = f"/proposals/P-1/files/{stored.sha256}/original"

    async def ask() -> list[bytes]:
        answer: Any = await client.get(address)
        assert answer.status_code == 200 and answer.is_async
        return [part async for part in answer.streaming_content]

    parts = asyncio.run(ask())
    assert b"".join(parts) == BODY
    assert max(map(len, parts)) <= 1 << 20
    assert ASGIHandler  # the client speaks to it
    assert not [warning for warning in recwarn if "asynchronous iterator" in str(warning.message)]
