"""Quality sampling: drawn by a seed that can be replayed, decided like anything else, in nobody's way, counted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from jeopsu.calls.load import load_call
from jeopsu.flows import corrections, sampling
from jeopsu.flows.settings import Settings
from jeopsu.review import charts
from jeopsu.review.workspace import Workspace
from jeopsu.storage import audit, records, samples, views
from jeopsu.storage.tallies import Rate
from tests.review import builders

Person = Callable[..., Client]


def drawing(given: Settings, share: float = 1.0, proposal: str = "P-1") -> int:
    return sampling.draw_share(proposal, given.model_copy(update={"sample_share": share}))


def first_field() -> samples.SampleRow:
    return next(one for one in samples.of("P-1") if one.field and one.name == "fs.liabilities")


def test_a_share_is_drawn_once_and_anybody_can_draw_it_again(given: Settings) -> None:
    report = builders.keep(given)
    assert drawing(given, 0.0) == 0 and not samples.of("P-1")
    some = drawing(given, 0.4)
    assert 0 < some < len(sampling.alone(report, "P-1"))
    assert drawing(given, 0.4) == 0  # the next run draws the same
    (entry,) = audit.entries("P-1", action="sample")
    told = entry.body
    assert told["drawn"] == some and told["share"] == 0.4 and told["run"] == 1
    again = {one.key for one in sampling.alone(report, "P-1") if samples.chosen(told["seed"], one.kind, one.key, 0.4)}
    assert again == {one.key for one in samples.of("P-1")}
    assert drawing(given, 1.0) == told["of"] - some  # a larger share holds the smaller one
    assert samples.seed_of("P-2") != told["seed"]


def test_doubtful_values_and_points_of_people_are_never_drawn(given: Settings) -> None:
    builders.keep(given)
    drawing(given)
    drawn = samples.of("P-1")
    assert {one.kind for one in drawn} == {"field", "finding"}
    assert all(one.field.confirmed for one in drawn if one.field)
    assert all(one.finding.outcome.value == "pass" and one.finding.inputs for one in drawn if one.finding)


def test_a_call_says_its_own_share(given: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    call = load_call(builders.CALL).model_copy(update={"sample_percent": Decimal("2.5")})
    monkeypatch.setattr(sampling, "load_call", lambda name: call)
    assert sampling.share_of(builders.CALL, given) == 0.025
    with pytest.raises(ValueError, match="0 to 100"):
        type(call).model_validate(call.model_dump() | {"sample_percent": "120"})


def test_a_sample_is_decided_like_any_value_and_holds_nothing_up(given: Settings, person: Person) -> None:
    builders.keep(given)
    before = Workspace(records.proposal("P-1"))
    drawing(given)
    after = Workspace(records.proposal("P-1"))
    assert [p.key for p in after.left] == [p.key for p in before.left] and after.samples_left == len(after.samples)
    client, sample = person("kim", "reviewer"), first_field()
    page = client.get(f"/samples/{sample.id}/").content.decode()
    assert "표본 점검" in page and 'value="confirm"' in page and 'value="correct"' in page
    address = f"/proposals/P-1/fields/{sample.key}/"
    answer = client.post(address, {"kind": "confirm", "seen": "0", "sample": str(sample.id)})
    assert answer.status_code == 302 and answer["Location"].startswith("/samples/")
    assert first_field().agreed is True and first_field().by == "kim"
    (decision,) = records.decisions("P-1")
    assert (decision.subject, decision.kind, decision.key) == ("field", "confirm", sample.key)
    version = str(views.review("P-1").version)
    client.post(address, {"kind": "undo", "seen": version})
    assert first_field().agreed is None  # undone: it waits again, and the decision is still in the log
    version = str(views.review("P-1").version)
    client.post(address, {"kind": "correct", "value": "400,000,001", "seen": version})
    assert first_field().agreed is False
    assert [d.kind for d in records.decisions("P-1")] == ["confirm", "undo", "correct"]
    (rate,) = [one for one in samples.agreement() if one.wrong]
    assert (rate.name, rate.total, rate.good) == ("fs.liabilities", 1, 0)
    assert "표본 점검" in client.get("/proposals/P-1/").content.decode()


def test_a_rule_that_passed_alone_is_decided_on_its_own_point(given: Settings, person: Person) -> None:
    builders.keep(given)
    drawing(given)
    sample = next(one for one in samples.of("P-1") if one.finding)
    client = person("kim", "reviewer")
    assert client.get(f"/samples/{sample.id}/")["Location"] == f"/proposals/P-1/points/{sample.key}/"
    page = client.get(f"/proposals/P-1/points/{sample.key}/").content.decode()
    assert "무작위로 뽑았습니다" in page
    client.post(f"/proposals/P-1/points/{sample.key}/decide", {"kind": "agree", "seen": "0"})
    assert [one.agreed for one in samples.of("P-1") if one.key == sample.key] == [True]
    assert [(one.total, one.good) for one in samples.agreement(samples.FINDING)] == [(1, 1)]


def test_a_decision_by_another_door_counts_too(given: Settings, person: Person) -> None:
    builders.keep(given)
    drawing(given)
    sample = first_field()
    person("kim", "reviewer").post(f"/proposals/P-1/fields/{sample.key}/", {"kind": "absent", "seen": "0"})
    assert first_field().agreed is False
    assert (samples.FIELD, sample.key) not in {(one.kind, one.key) for one in sampling.alone(last(), "P-1")}


def test_what_is_gone_with_its_file_is_no_sample_any_more(given: Settings) -> None:
    builders.keep(given)
    drawing(given)
    keys = corrections.field_keys(last().submission)
    alive = [key for field, key in keys.items() if field.name == "fs.equity"]
    samples.keep("P-1", 1, [], alive=alive, by="jeopsu", record={})
    assert {one.name for one in samples.of("P-1")} == {"fs.equity"}


def test_twenty_of_all_proposals_are_drawn_at_random(given: Settings, person: Person) -> None:
    builders.keep(given)
    builders.keep(given, "P-2")
    client = person("lee", "lead_reviewer")
    assert client.post("/statistics/").status_code == 302
    count, first = samples.waiting()
    assert 0 < count <= 20 and first
    assert samples.waiting(("another-call",)) == (0, None)
    assert client.get("/statistics/").context["first"] == first
    assert person("far", "reviewer", calls=("another-call",)).get(f"/samples/{first}/").status_code == 404
    assert person("ops", "operator").post("/statistics/").status_code == 403


def test_the_chart_shows_what_so_few_samples_can_vouch_for(given: Settings, person: Person) -> None:
    rates = [Rate(name="fs.assets", total=40, good=40), Rate(name="fs.equity", total=20, good=19)]
    chart = charts.agreement(rates)
    assert chart and [bar.rate.name for bar in chart.rows] == ["fs.equity", "fs.assets"]
    for bar in chart.rows:
        assert chart.left <= bar.low < bar.x <= bar.high <= chart.right
        assert bar.rate.at_least < bar.rate.percent <= bar.rate.at_most
    assert chart.ticks[0][0] == chart.left and chart.ticks[-1] == (chart.right, 100)
    assert charts.agreement([]) is None
    builders.keep(given)
    drawing(given)
    client = person("kim", "reviewer")
    client.post(f"/proposals/P-1/fields/{first_field().key}/", {"kind": "confirm", "seen": "0"})
    page = client.get("/statistics/").content.decode()
    assert '<svg class="dots"' in page and "일치율" in page


def test_samples_stand_in_the_api_too(given: Settings, person: Person) -> None:
    builders.keep(given)
    drawing(given)
    told = person("kim", "reviewer").get("/api/v1/proposals/P-1/samples").json()
    assert {one["kind"] for one in told["samples"]} == {"field", "finding"}
    assert {one["key"] for one in told["samples"]} == {one.key for one in samples.of("P-1")}


def last():  # type: ignore[no-untyped-def]
    report = records.report("P-1")
    assert report
    return report
