"""Webhooks out: signed, once each where all goes well, again until taken where it does not; nothing from before."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone

from jeopsu.flows import platform, webhooks
from jeopsu.flows import settings as program
from jeopsu.flows.serve import Doors
from jeopsu.flows.settings import Settings
from jeopsu.storage import records, webhook_queue
from jeopsu.storage.models import Event
from jeopsu.storage.models_review import Delivery


@pytest.fixture
def given(tmp_path: Path, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        made = program.load({}, data=tmp_path, webhook_url="https://agency.example/hook", webhook_secret="s3cret")
        platform.prepare(made)
        records.ensure_proposal("P-1", made.call)
        yield made
        records.disconnect()


class Agency:
    """The other side: keeps what came, answers as told."""

    def __init__(self, *answers: int) -> None:
        self.answers, self.came = list(answers), []

    def client(self) -> httpx.Client:
        def answer(request: httpx.Request) -> httpx.Response:
            self.came.append(request)
            status = self.answers.pop(0) if self.answers else 200
            if status == 0:
                raise httpx.ConnectError("nobody there")
            return httpx.Response(status)

        return httpx.Client(transport=httpx.MockTransport(answer))


def happen(kind: str, /, **body: object) -> int:
    return int(Event.objects.create(proposal_id="P-1", kind=kind, at=timezone.now(), body=body).pk)


def test_events_are_told_once_in_order_and_signed(given: Settings) -> None:
    happen("run.done", run=1)  # before there was a webhook: history is not sent
    agency = Agency()
    assert webhooks.send(given, agency.client()) == (0, 0)
    first, second = happen("decision", kind="agree"), happen("run.done", run=2, verdict="clear")
    happen("proposal.waiting")  # nobody's business
    assert webhooks.send(given, agency.client()) == (2, 0)
    assert webhooks.send(given, agency.client()) == (0, 0)
    told = [json.loads(request.content) for request in agency.came]
    assert [one["id"] for one in told] == [first, second] and told[1]["body"]["verdict"] == "clear"
    assert told[0]["url"].endswith("/proposals/P-1/") and told[0]["proposal"] == "P-1"
    for request in agency.came:
        assert request.headers["X-Jeopsu-Signature"] == webhooks.signature("s3cret", request.content)


@pytest.mark.parametrize("answer", [0, 500, 302, 404])
def test_what_is_not_taken_is_sent_again(given: Settings, answer: int) -> None:
    agency = Agency(answer, 200)
    webhooks.send(given, agency.client())
    number = happen("decision")
    assert webhooks.send(given, agency.client()) == (0, 1)
    assert webhooks.send(given, agency.client()) == (0, 0)  # not at once
    Delivery.objects.update(due=timezone.now())
    assert webhooks.send(given, agency.client()) == (1, 0)
    row = Delivery.objects.get(event=number)
    assert row.taken and row.attempts == 2 and row.error == ""


def test_too_old_is_given_up(given: Settings) -> None:
    agency = Agency(500)
    webhooks.send(given, agency.client())
    number = happen("decision")
    Event.objects.filter(pk=number).update(at=timezone.now() - timedelta(days=3))
    webhooks.send(given, agency.client())
    assert Delivery.objects.get(event=number).due is None
    assert [webhook_queue.wait(n) for n in (0, 1, 20)] == [
        timedelta(seconds=30),
        timedelta(seconds=60),
        timedelta(hours=1),
    ]


def test_an_event_that_comes_in_late_is_not_lost(given: Settings) -> None:
    agency = Agency()
    webhooks.send(given, agency.client())
    happen("decision")
    late = happen("decision")
    row = Event.objects.get(pk=late)
    row.delete()  # its transaction has not ended yet …
    after = happen("decision")
    webhooks.send(given, agency.client())
    Event.objects.create(pk=late, proposal_id="P-1", kind="decision", at=row.at, body={})  # … and now it has
    webhooks.send(given, agency.client())
    assert [json.loads(r.content)["id"] for r in agency.came][-2:] == [after, late]


def test_without_an_address_nothing_happens(given: Settings) -> None:
    happen("decision")
    assert webhooks.send(given.model_copy(update={"webhook_url": ""})) == (0, 0)
    assert not Delivery.objects.exists()


class _Taker(BaseHTTPRequestHandler):
    came: list[bytes] = []
    all_here = threading.Event()

    def do_POST(self) -> None:
        self.came.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()
        self.all_here.set()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_the_serving_program_tells_on_its_own(tmp_path: Path, django_db_blocker: Any) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Taker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/hook"
    with django_db_blocker.unblock():
        given = program.load({}, data=tmp_path, webhook_url=url, webhook_secret="s3cret")
        doors = Doors(given, platform.prepare(given), "http://127.0.0.1:9/api")
        records.ensure_proposal("P-1", given.call)
        webhooks.send(given)  # history ends here
        happen("run.done", run=1, verdict="clear")
        doors.turn()
        assert _Taker.all_here.wait(20)
        records.disconnect()
    server.shutdown()
    assert [json.loads(body)["event"] for body in _Taker.came] == ["run.done"]
