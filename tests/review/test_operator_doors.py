"""What goes out and what comes in, as the operator sees it: webhooks that failed are sent again, doors have a log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
from django.test import Client
from django.utils import timezone

from jeopsu.flows import webhooks
from jeopsu.flows.settings import Settings
from jeopsu.storage import audit, knocks, models, webhook_queue
from tests.review import builders

Person = Callable[..., Client]


def answering(status: int) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(status)))


def test_a_failed_webhook_is_seen_and_sent_again(given: Settings, person: Person) -> None:
    told = given.model_copy(update={"webhook_url": "http://receiver.example/hook"})
    webhooks.send(told, answering(200))
    builders.keep(given)
    assert webhooks.send(told, answering(500))[1] > 0
    event = models.Event.objects.order_by("-pk").first()
    assert event
    webhook_queue.failed(event.pk, timezone.now() - timedelta(days=3), "HTTP 410")  # too old: given up
    operator = person("ops", "operator")
    page = operator.get("/doors/").content.decode()
    assert "HTTP 500" in page or "HTTP 410" in page
    assert "그만둠" in page and "P-1" in page
    assert webhook_queue.counts().given_up == 1
    assert webhooks.send(told, answering(200)) == (0, 0)  # not due yet
    assert operator.post("/doors/resend", {"all": "1"}).status_code == 302
    assert webhooks.send(told, answering(200))[0] > 0
    assert webhook_queue.counts().given_up == webhook_queue.counts().failing == 0
    assert audit.entries(action="webhook")[0].by == "ops"
    assert webhook_queue.resend(event.pk, by="ops") == 0  # taken: not sent twice


def test_one_webhook_alone_is_sent_again(given: Settings, person: Person) -> None:
    told = given.model_copy(update={"webhook_url": "http://receiver.example/hook"})
    webhooks.send(told, answering(200))
    builders.keep(given)
    builders.keep(given, "P-2")
    webhooks.send(told, answering(500))
    one = webhook_queue.waiting(10)[0]
    person("ops", "operator").post("/doors/resend", {"event": str(one.event)})
    assert webhooks.send(told, answering(200)) == (1, 0)


def test_notices_of_a_bucket_leave_a_trace(given: Settings, person: Person) -> None:
    client = Client()
    for _ in range(3):
        assert client.post("/hooks/bucket?token=wrong", "{}", content_type="application/json").status_code == 403
    assert [knock.outcome for knock in knocks.last(10)] == ["token"]  # once a minute: nobody fills the disk so
    builders.keep(given)
    page = person("ops", "operator").get("/doors/").content.decode()
    assert "열쇠가 틀림" in page and builders.NAME in page
    assert [door.door for door in knocks.doors()] == ["cli"]
    assert builders.NAME not in person("ops2", "operator").get("/doors/?door=bucket").content.decode()


def test_a_door_out_of_reach_is_said_until_it_works_again(given: Settings, person: Person) -> None:
    knocks.turned("bucket", True, "machine-1")  # as ever: nothing to note
    assert knocks.last(10) == ()
    for _ in range(2):
        knocks.turned("bucket", False, "machine-1")
    knocks.turned("bucket", True, "machine-2")
    assert [(one.door, one.outcome, one.address) for one in knocks.last(10)] == [("bucket", "fails", "machine-1")]
    operator = person("ops", "operator")
    page = operator.get("/doors/").content.decode()
    assert "버킷: 지금 되지 않습니다." in page and "machine-1" in page
    knocks.turned("bucket", True, "machine-1")
    assert knocks.failing() == ()
    page = operator.get("/doors/").content.decode()
    assert "지금 되지 않습니다." not in page and "다시 닿음" in page
