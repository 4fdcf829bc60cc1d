"""The API: keys and rights, decisions with versions, and a description that names every address."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jeopsu.flows.settings import Settings
from jeopsu.review import openapi
from jeopsu.storage import records
from tests.review import builders

Person = Callable[..., Client]


@pytest.fixture
def key(given: Settings, person: Person) -> Callable[..., dict[str, Any]]:
    """The header of an account with these roles."""

    def make(name: str, *roles: str, **rights: tuple[str, ...]) -> dict[str, Any]:
        from jeopsu.storage import accounts

        accounts.add(name, roles, password=builders.PASSWORD, **rights)
        return {"HTTP_AUTHORIZATION": f"Bearer {accounts.make_token(name, 'test')}"}

    return make


def post(address: str, body: object, header: dict[str, Any]):  # type: ignore[no-untyped-def]
    return Client().post(address, json.dumps(body), content_type="application/json", **header)


def test_every_address_is_described() -> None:
    from jeopsu.review.urls import urlpatterns

    described = {(name, path.replace("{", "<str:").replace("}", ">")) for name, path, *_ in openapi.OPERATIONS}
    there = {
        (p.name, "/" + str(p.pattern).replace("<int:", "<str:")) for p in urlpatterns if str(p.name).startswith("api_")
    }
    assert described == there - {("api_openapi", "/api/v1/openapi.json")}


def test_no_key_no_answer_and_a_session_never_writes(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    assert Client().get("/api/v1/proposals").status_code == 401
    assert Client().get("/api/v1/proposals", HTTP_AUTHORIZATION="Bearer nonsense").status_code == 401
    assert client.get("/api/v1/proposals").status_code == 200
    assert client.post("/api/v1/proposals/P-1/runs").status_code == 401


def test_reads_the_contracts_report_and_points(given: Settings, key: Callable[..., dict[str, Any]]) -> None:
    builders.keep(given)
    header = key("kim", "reviewer")
    listed = Client().get("/api/v1/proposals?search=P-1", **header).json()
    assert listed["total"] == 1 and listed["proposals"][0]["left"] > 0
    assert Client().get("/api/v1/proposals/P-1/report", **header).json()["schema"] == "jeopsu-report/1"
    found = Client().get("/api/v1/proposals/P-1/points", **header).json()
    assert found["version"] == 0 and {"key", "rule", "state"} <= set(found["points"][0])
    assert Client().get("/api/v1/proposals/none", **header).status_code == 404


def test_decides_with_a_version(given: Settings, key: Callable[..., dict[str, Any]]) -> None:
    builders.keep(given)
    header, auditor = key("kim", "reviewer"), key("jung", "auditor")
    points = Client().get("/api/v1/proposals/P-1/points", **header).json()["points"]
    one = next(p for p in points if p["rule"] == "capital_impairment" and p["organisation"] == "lead")
    address = f"/api/v1/proposals/P-1/points/{one['key']}/decisions"
    assert post(address, {"seen": 0, "kind": "supplement"}, auditor).status_code == 403
    assert post(address, {"seen": 0, "kind": "override", "outcome": "pass"}, header).status_code == 400
    assert post(address, {"seen": 0, "kind": "supplement"}, header).json() == {"version": 1}
    late = post(address, {"seen": 0, "kind": "undo"}, header)
    assert late.status_code == 409 and late.json()["since"][0]["by"] == "kim"
    assert post(address, [1], header).status_code == 400
    assert Client().post(address, "{", content_type="application/json", **header).status_code == 400


def test_uploads(given: Settings, key: Callable[..., dict[str, Any]]) -> None:
    file = SimpleUploadedFile("[서식-1] a.pdf", b"%PDF-1.4")
    answer = Client().post("/api/v1/proposals/P-9/files", {"files": [file]}, **key("oh", "operator"))
    assert answer.json() == {"received": 1, "new": 1}
    assert [upload.name for upload in records.uploads("P-9")] == ["[서식-1] a.pdf"]


def test_does_everything_that_pages_do(given: Settings, key: Callable[..., dict[str, Any]]) -> None:
    builders.keep(given)
    kim, lee = key("kim", "reviewer"), key("lee", "lead_reviewer")
    one = "/api/v1/proposals/P-1"
    listed = Client().get(f"{one}/fields", **kim).json()["fields"]
    equity = next(f for f in listed if f["name"] == "fs.equity" and f["year"] == 2022)
    address = f"{one}/fields/{equity['key']}/decisions"
    assert post(address, {"seen": 0, "kind": "correct", "value": "1,2"}, kim).status_code == 400
    assert post(address, {"seen": 0, "kind": "confirm"}, kim).json()["version"] == 1
    assert [run["kind"] for run in Client().get(f"{one}/runs", **kim).json()["runs"]] == ["corrected", "intake"]
    changed = Client().get(f"{one}/runs/1/2", **kim).json()["findings"]
    assert "capital_impairment" in {change["what"] for change in changed}

    points = Client().get(f"{one}/points", **kim).json()["points"]
    missing = [p["key"] for p in points if p["rule"] == "document_missing" and p["outcome"] == "fail"][:2]
    assert post(f"{one}/supplements", {"points": missing, "deadline": "2020-01-01"}, kim).status_code == 400
    made = post(f"{one}/supplements", {"points": missing, "deadline": "2099-05-04"}, kim).json()["supplements"]
    assert made[0]["points"] == missing and "/supplement/" in made[0]["link"]

    assert post(f"{one}/outcome", {"seen": 2, "outcome": "accept"}, kim).status_code == 403
    assert post(f"{one}/outcome", {"seen": 2, "outcome": "accept"}, lee).status_code == 400  # open points
    assert post("/api/v1/assignments", {"proposals": ["P-1"], "to": "nobody"}, kim).status_code == 400
    assert post("/api/v1/assignments", {"proposals": ["P-1"], "to": "lee"}, kim).json() == {"assigned": 1}
    told = Client().get(f"{one}/history", **kim).json()
    assert [d["kind"] for d in told["decisions"]] == ["confirm"] and told["events"]
