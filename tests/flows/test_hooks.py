"""Notices of buckets: a hint about where to look, from whoever has the token."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jeopsu.flows import hooks, settings

MINIO = {
    "EventName": "s3:ObjectCreated:Put",
    "Key": "jeopsu/inbox/2023-0001/[서식-1] 확인서.pdf",
    "Records": [
        {
            "s3": {
                "bucket": {"name": "jeopsu"},
                "object": {"key": "inbox%2F2023-0001%2F%5B%EC%84%9C%EC%8B%9D-1%5D+a.pdf"},
            }
        }
    ],
}
SEAWEEDFS = {"key": "/buckets/jeopsu/inbox/과제-가/plan.hwp", "event_type": "create", "message": {"new_entry": {}}}
GIVEN = settings.load({}, data=Path("/nowhere"), webhook_token="token")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (MINIO, ("2023-0001",)),
        (SEAWEEDFS, ("과제-가",)),
        ([MINIO, SEAWEEDFS], ("2023-0001", "과제-가")),
        ({"key": "originals/ab/abcd"}, ()),
        ({"key": "inbox/only-a-folder/"}, ()),
        ({"key": "inbox/../../etc/passwd"}, ()),
        ({"key": "my-inbox/P-1/a.pdf"}, ()),
        ("inbox/P-1/a.pdf", ("P-1",)),
        (7, ()),
    ],
)
def test_the_proposals_of_a_notice(body: object, found: tuple[str, ...]) -> None:
    assert hooks.proposals(body, GIVEN) == found


@pytest.mark.parametrize(("token", "wanted"), [("", "token"), ("other", "token"), ("", "")])
def test_without_the_token_nobody_is_heard(token: str, wanted: str) -> None:
    with pytest.raises(hooks.NotAllowed):
        hooks.notice(GIVEN.model_copy(update={"webhook_token": wanted}), token, json.dumps(MINIO).encode())


def test_a_bottomless_notice_is_refused_or_ignored() -> None:
    deep: object = "inbox/P-1/a.pdf"
    for _ in range(200):
        deep = [deep]
    assert hooks.proposals(deep, GIVEN) == ()


def test_what_is_no_json_is_said() -> None:
    with pytest.raises(ValueError):
        hooks.notice(GIVEN, "token", b"<xml/>")
