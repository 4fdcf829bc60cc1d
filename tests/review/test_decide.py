"""Decisions: what holds, what does not, who was faster, what a correction flips, and that all of it can be replayed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from jeopsu.domain.findings import Effect, Finding, Outcome
from jeopsu.flows import corrections
from jeopsu.flows.settings import Settings
from jeopsu.storage import audit, records, views
from tests.review import builders

Person = Callable[..., Client]


def finding(rule: str, organisation: str = "lead") -> Finding:
    report = views.latest("P-1")
    assert report
    return next(f for f in report[1].findings if f.rule == rule and f.organisation == organisation)


def decide(client: Client, one: Finding, seen: int = 0, **more: object):  # type: ignore[no-untyped-def]
    return client.post(f"/proposals/P-1/points/{records.finding_key(one)}/decide", {"seen": seen, **more})


def field_key(name: str, year: int) -> str:
    base = views.latest("P-1")
    assert base
    keys = corrections.field_keys(base[1].submission)
    return next(key for field, key in keys.items() if field.name == name and field.year == year)


def test_overriding_needs_a_reason_and_goes_on_to_the_next_point(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    one = finding("capital_impairment")
    assert one.outcome is Outcome.UNDETERMINED
    assert decide(client, one, kind="override", outcome="pass").status_code == 400
    assert decide(client, one, kind="override", outcome="nonsense", reason="x").status_code == 400
    assert decide(client, one, kind="agree").status_code == 400  # nothing to agree with
    assert not records.decisions("P-1")
    left = views.review("P-1").left
    answer = decide(client, one, kind="override", outcome="pass", reason="원본을 확인함", onward="next")
    assert answer.status_code == 302 and "/points/" in answer["Location"]
    (row,) = records.decisions("P-1")
    assert (row.kind, row.value, row.reason, row.by) == ("override", "pass", "원본을 확인함", "kim")
    assert views.review("P-1").left == left - 1


def test_undoing_is_a_new_entry(given: Settings, person: Person) -> None:
    builders.keep(given)
    client, one = person("kim", "reviewer"), finding("capital_impairment")
    before = views.review("P-1").left
    decide(client, one, kind="supplement")
    assert views.review("P-1").left == before - 1
    decide(client, one, seen=1, kind="undo")
    assert views.review("P-1").left == before
    assert [row.kind for row in records.decisions("P-1")] == ["supplement", "undo"]


def test_nobody_is_overwritten_silently(given: Settings, person: Person) -> None:
    builders.keep(given)
    kim, lee = person("kim", "reviewer"), person("lee", "reviewer")
    one = finding("capital_impairment")
    assert decide(kim, one, kind="supplement").status_code == 302
    late = decide(lee, one, kind="override", outcome="fail", reason="자본이 없음")  # saw version 0
    assert late.status_code == 409
    page = late.content.decode()
    assert "kim" in page and "자본이 없음" in page  # who was faster, and what was typed is not lost
    assert [row.by for row in records.decisions("P-1")] == ["kim"]


def test_a_typed_value_is_shown_again_where_somebody_was_faster(given: Settings, person: Person) -> None:
    builders.keep(given)
    kim, lee, one = person("kim", "reviewer"), person("lee", "reviewer"), finding("capital_impairment")
    assert decide(kim, one, kind="supplement").status_code == 302
    late = {"kind": "correct", "value": "500,123", "unit": "thousand", "seen": 0}
    fields = f"/proposals/P-1/fields/{field_key('fs.equity', 2022)}/"
    beside = lee.post(fields, {**late, "point": records.finding_key(one)})
    assert beside.status_code == 409 and "500,123" in beside.content.decode()
    assert "500,123" in lee.post(fields, late, follow=True).content.decode()
    assert [row.by for row in records.decisions("P-1")] == ["kim"]


def test_an_exclusion_needs_two_people(given: Settings, person: Person) -> None:
    builders.keep(given, equity=-1, sure=True)
    kim, lee, cho = person("kim", "lead_reviewer"), person("lee", "lead_reviewer"), person("cho", "reviewer")
    one = finding("capital_impairment")
    assert one.outcome is Outcome.FAIL and one.effect is Effect.EXCLUDE
    decide(kim, one, kind="agree")
    assert views.review("P-1").second == 1
    assert decide(kim, one, seen=1, kind="second").status_code == 400  # not one's own
    assert decide(cho, one, seen=1, kind="second").status_code == 400  # no right to it
    assert decide(lee, one, seen=1, kind="second").status_code == 302
    assert views.review("P-1").second == 0


def test_a_proposal_with_open_points_is_not_closed(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("lee", "lead_reviewer")
    client.post("/proposals/P-1/close", {"outcome": "accept", "seen": 0})
    assert views.review("P-1").outcome == ""


@pytest.mark.parametrize(
    ("typed", "unit", "outcome"), [("500,000", "thousand", Outcome.PASS), ("△1,000", "won", Outcome.FAIL)]
)
def test_a_correction_rechecks_at_once_and_undoing_brings_back_what_was_read(
    given: Settings, person: Person, typed: str, unit: str, outcome: Outcome
) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    assert finding("capital_impairment").outcome is Outcome.UNDETERMINED
    key = field_key("fs.equity", 2022)
    answer = client.post(
        f"/proposals/P-1/fields/{key}/", {"kind": "correct", "value": typed, "unit": unit, "seen": 0}, follow=True
    )
    assert "바뀐 판정" in answer.content.decode()
    assert finding("capital_impairment").outcome is outcome
    run, report = views.latest("P-1") or pytest.fail("no run")
    assert run.kind == "corrected" and run.number == 2
    (field,) = [f for f in report.submission.fields if f.name == "fs.equity" and f.year == 2022]
    assert field.how == "person" and any(r.engine == "ocr" for r in field.readings)  # what was read is kept
    client.post(f"/proposals/P-1/fields/{key}/", {"kind": "undo", "seen": 1})
    assert finding("capital_impairment").outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize("typed", ["", "1,23", "12.5", "abc", "1 2"])
def test_what_is_no_amount_is_not_taken(given: Settings, person: Person, typed: str) -> None:
    builders.keep(given)
    key = field_key("fs.equity", 2022)
    person("kim", "reviewer").post(f"/proposals/P-1/fields/{key}/", {"kind": "correct", "value": typed, "seen": 0})
    assert not records.decisions("P-1")


def test_a_correction_holds_in_the_next_run_of_the_same_bytes(given: Settings, person: Person) -> None:
    builders.keep(given)
    client, key = person("kim", "reviewer"), field_key("fs.equity", 2022)
    client.post(f"/proposals/P-1/fields/{key}/", {"kind": "correct", "value": "7,000", "unit": "thousand", "seen": 0})
    records.request_run("P-1", "rerun", event=records.RERUN)
    builders.keep(given)
    corrections.follow("P-1", by="test")
    assert finding("capital_impairment").outcome is Outcome.PASS


def test_a_decision_is_stale_once_its_ground_has_moved(given: Settings, person: Person) -> None:
    builders.keep(given)
    client, one = person("kim", "reviewer"), finding("capital_impairment")
    decide(client, one, kind="supplement")
    left = views.review("P-1").left
    records.request_run("P-1", "rerun", event=records.RERUN)
    builders.keep(given, equity=499_000_000)  # still in doubt, but another figure
    assert views.review("P-1").left == left + 1
    page = client.get(f"/proposals/P-1/points/{records.finding_key(one)}/").content.decode()
    assert "그 뒤에 근거가 바뀌었습니다" in page


def test_what_staff_looked_up_decides_rules(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    one = next(f for f in (views.latest("P-1") or pytest.fail())[1].findings if f.rule == "tax_arrears")
    assert one.staff and one.outcome is Outcome.UNDETERMINED
    data = {"fact": one.staff[0], "value": "1", "source": "국세청", "seen": 0}
    client.post(f"/proposals/P-1/points/{records.finding_key(one)}/fact", data)
    (fact,) = records.facts("P-1")
    assert fact.value is True and fact.by == "kim" and fact.source == "국세청"
    assert finding("tax_arrears", one.organisation or "").outcome is Outcome.FAIL


def test_an_answer_of_staff_is_changed_and_taken_back_as_new_entries(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    one = next(f for f in (views.latest("P-1") or pytest.fail())[1].findings if f.rule == "tax_arrears")
    address = f"/proposals/P-1/points/{records.finding_key(one)}/"
    page = client.get(address).content.decode()
    assert "체납처분을 받았다" in page and "체납처분이 없다" in page  # what yes and no state
    assert page.count("→ 적합") == page.count("→ 부적합") == 1  # and what the rule makes of either

    def answer(**told: str) -> None:
        told |= {"fact": "in_arrears", "seen": str(views.review("P-1").version)}
        assert client.post(f"{address}fact", told).status_code == 302

    answer(value="1", source="국세청")
    assert finding("tax_arrears", one.organisation or "").outcome is Outcome.FAIL
    page = client.get(address).content.decode()
    assert "적힌 답: 예" in page and 'data-key="1"' not in page  # a slip of a key does not answer again
    answer(value="0", source="홈택스")
    assert finding("tax_arrears", one.organisation or "").outcome is Outcome.PASS
    context = client.get("/proposals/P-1/points/").headers["Location"]
    rail = client.get(context).content.decode()
    assert address in rail  # it stays in the list, as done
    answer(undo="1")
    assert not records.facts("P-1")
    assert finding("tax_arrears", one.organisation or "").outcome is Outcome.UNDETERMINED
    said = [entry.body.get("value") for entry in audit.entries("P-1", action="fact")]
    assert said == [None, False, True] and not audit.verify()[1]
    assert "되돌림" in person("an", "auditor").get("/audit/?action=fact").content.decode()
    wrong = client.post(f"{address}fact", {"fact": "in_arrears", "undo": "1", "seen": str(views.review("P-1").version)})
    assert wrong.status_code == 400  # there is nothing to take back


def test_the_audit_chain_vouches_for_every_decision(given: Settings, person: Person) -> None:
    builders.keep(given)
    client, one = person("kim", "reviewer"), finding("capital_impairment")
    decide(client, one, kind="supplement", reason="재무제표 원본")
    decide(client, one, seen=1, kind="undo")
    count, broken = audit.verify()
    assert count >= 3 and not broken
    with connection.cursor() as cursor:
        with pytest.raises(Exception, match="append-only"):
            cursor.execute("UPDATE jeopsu_decision SET reason = 'x'")
        cursor.execute("DROP TRIGGER jeopsu_decision_no_update")
        cursor.execute("UPDATE jeopsu_decision SET reason = 'x' WHERE kind = 'supplement'")
    _, broken = audit.verify()
    assert [one.why for one in broken] and "changed" in broken[0].why


@pytest.mark.parametrize("change", ["body = '{}'", "by = 'lee'", "at = '2020-01-01 00:00:00'"])
def test_a_changed_entry_breaks_the_chain(given: Settings, change: str) -> None:
    for n in range(4):
        audit.add("export", "kim", "P-1", {"n": n})
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER jeopsu_auditentry_no_update")
        cursor.execute(f"UPDATE jeopsu_auditentry SET {change} WHERE number = 2")
    assert [one.number for one in audit.verify()[1]] == [2]


def test_entries_taken_from_the_end_are_missed(given: Settings) -> None:
    for n in range(4):
        audit.add("export", "kim", "P-1", {"n": n})
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER jeopsu_auditentry_no_delete")
        cursor.execute("DELETE FROM jeopsu_auditentry WHERE number = 4")
    assert audit.verify()[1]


def test_a_value_that_was_not_found_is_read_off_the_page_by_a_person(given: Settings, person: Person) -> None:
    builders.keep(given, without=("fs.equity", 2022))
    client = person("kim", "reviewer")
    one = finding("capital_impairment")
    assert one.outcome is Outcome.UNDETERMINED and not one.inputs
    address = f"/proposals/P-1/points/{records.finding_key(one)}/"
    page = client.get(address)
    (asked,) = [w for w in page.context["wanted"] if w.name == "fs.equity"]
    assert page.context["viewer"].name == builders.NAME  # the statements are before the eyes
    told = {"seen": 0, "what": asked.id, "sha256": page.context["viewer"].sha256, "page": 2, "value": "300,000"}
    assert client.post(f"{address}give", {**told, "page": 9}).status_code == 400
    assert client.post(f"{address}give", {**told, "what": "fs.assets|lead|2022"}).status_code == 400
    assert client.post(f"{address}give", {**told, "sha256": "0" * 64}).status_code == 400
    assert not records.decisions("P-1")
    assert client.post(f"{address}give", {**told, "unit": "thousand"}).status_code == 302
    assert finding("capital_impairment").outcome is Outcome.PASS
    (_, report) = views.latest("P-1") or pytest.fail("no run")
    (field,) = [f for f in report.submission.fields if f.name == "fs.equity" and f.year == 2022]
    assert (field.value, field.how, field.file, field.page) == (300_000_000, "person", builders.NAME, 2)

    key = field_key("fs.equity", 2022)  # it can be corrected and undone like any other
    client.post(f"/proposals/P-1/fields/{key}/", {"kind": "correct", "value": "-1", "seen": 1})
    assert finding("capital_impairment").outcome is Outcome.FAIL
    for seen in (2, 3):
        client.post(f"/proposals/P-1/fields/{key}/", {"kind": "undo", "seen": seen})
    assert finding("capital_impairment").outcome is Outcome.UNDETERMINED
    assert not audit.verify()[1]


def test_the_first_look_falls_on_the_value_that_the_point_turns_on(given: Settings, person: Person) -> None:
    from jeopsu.review.workspace import Workspace

    builders.keep(given)
    desk, one = Workspace(records.proposal("P-1")), finding("capital_impairment")
    assert desk.report
    equity = [f for f in desk.report.submission.fields if f.name in ("fs.equity", "fs.liabilities")]
    point = desk.by_key[records.finding_key(one)]

    def first(**changes: object) -> object:
        changed = one.model_copy(update={"inputs": tuple(equity), **changes})
        return desk.places(point.model_copy(update={"finding": changed}))[0].field

    doubtful = first(outcome=Outcome.UNDETERMINED)
    assert (doubtful.name, doubtful.year, doubtful.confirmed) == ("fs.equity", 2022, False)  # type: ignore[attr-defined]
    message = one.message.model_copy(update={"ko": "부채총계 400,000,000원이 너무 많음"})
    named = first(outcome=Outcome.FAIL, message=message)
    assert named.name == "fs.liabilities"  # type: ignore[attr-defined]


def test_confirming_the_last_doubtful_value_goes_on_to_the_next_point(given: Settings, person: Person) -> None:
    builders.keep(given)
    client, one = person("kim", "reviewer"), finding("capital_impairment")
    key = records.finding_key(one)
    told = {"kind": "confirm", "seen": 0, "point": key}
    answer = client.post(f"/proposals/P-1/fields/{field_key('fs.equity', 2022)}/", told)
    assert answer.status_code == 302 and "/points/" in answer["Location"] and key not in answer["Location"]


def test_two_runs_are_compared(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    decide(client, finding("capital_impairment"), kind="supplement")
    client.post(f"/proposals/P-1/fields/{field_key('fs.equity', 2022)}/", {"kind": "confirm", "seen": 1})
    page = client.get("/proposals/P-1/runs/1/2/")
    assert page.status_code == 200
    assert ("capital_impairment", "lead") in {(c.what, c.organisation) for c, _, _ in page.context["lines"]}
    assert [d.rule for d in page.context["fallen"]] == ["capital_impairment"]
    assert client.get("/proposals/P-1/runs/1/9/").status_code == 404


def test_the_sheet_shows_every_rule_with_peoples_decisions(given: Settings, person: Person) -> None:
    builders.keep(given)
    client, one = person("kim", "reviewer"), finding("capital_impairment")
    decide(client, one, kind="override", outcome="pass", reason="원본 대조함")
    page = client.get("/proposals/P-1/sheet/")
    (_, report) = views.latest("P-1") or pytest.fail("no run")
    rows = {row.rule: row for row in page.context["rows"]}
    assert set(rows) == {f.rule for f in report.findings}
    assert "원본 대조함" in page.content.decode()
    lead = page.context["columns"].index("lead")
    assert rows["capital_impairment"].marks[lead][0] == "pass"
    assert client.get("/proposals/P-1/sheet/?as=xlsx").content.startswith(b"PK")


def test_an_auditor_replays_who_decided_what_on_which_evidence(given: Settings, person: Person) -> None:
    import json

    builders.keep(given)
    kim, jung = person("kim", "reviewer"), person("jung", "auditor")
    one = finding("capital_impairment")
    decide(kim, one, kind="override", outcome="fail", reason="원본과 다름")
    kim.post(f"/proposals/P-1/fields/{field_key('fs.equity', 2022)}/", {"kind": "correct", "value": "-1", "seen": 1})
    page = jung.get("/audit/replay/P-1/")
    assert "원본과 다름" in page.content.decode() and not page.context["fallen"] and not page.context["broken"]
    told = json.loads(jung.get("/audit/replay/P-1/?as=json").content)
    first = next(step for step in told if step["entry"]["body"].get("kind") == "override")
    assert first["entry"]["by"] == "kim" and first["holds"] is True
    assert first["finding"]["rule"] == "capital_impairment" and first["finding"]["outcome"] == "undetermined"
    assert {"fs.equity"} <= {value["field"] for value in first["evidence"]}
    assert all(len(value["sha256"]) == 64 and value["page"] for value in first["evidence"])
    assert person("cho", "reviewer").get("/audit/replay/P-1/").status_code == 403

    with connection.cursor() as cursor:  # the report that the decision was taken on is changed behind everybody's back
        cursor.execute("UPDATE jeopsu_runreport SET body = replace(body, '500000000', '600000000')")
    views.forget()
    assert [step.entry.body["kind"] for step in jung.get("/audit/replay/P-1/").context["fallen"]] == ["override"]


def test_an_export_is_verified_by_itself(given: Settings, person: Person) -> None:
    builders.keep(given)
    decide(person("kim", "reviewer"), finding("capital_impairment"), kind="supplement", reason="한글 사유")
    answer = person("jung", "auditor").get("/audit/export")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    count, last, broken = audit.verify_export(lines)
    assert count == len(lines) > 2 and not broken and len(last) == 64
    assert audit.verify_export([line.replace("한글 사유", "다른 사유") for line in lines])[2]
    assert audit.verify_export(lines[:1] + lines[2:])[2]


def test_what_is_decided_finally_stays_until_it_is_opened_again(given: Settings, person: Person) -> None:
    from jeopsu.storage.models_review import Review

    builders.keep(given)
    client, one = person("lee", "lead_reviewer"), finding("capital_impairment")
    Review.objects.filter(pk="P-1").update(outcome="accept")
    assert decide(client, one, kind="supplement").status_code == 400
    client.post(f"/proposals/P-1/fields/{field_key('fs.equity', 2022)}/", {"kind": "confirm", "seen": 0})
    assert not records.decisions("P-1")
    client.post("/proposals/P-1/close", {"outcome": "", "reason": "새 서류", "seen": 0})
    assert decide(client, one, seen=1, kind="supplement").status_code == 302


def test_nobody_excludes_alone_without_grounds(given: Settings, person: Person) -> None:
    from jeopsu.review import deciding
    from jeopsu.review.workspace import Workspace

    builders.keep(given)
    desk = Workspace(records.proposal("P-1"))
    desk.left, desk.points = [], [p for p in desk.points if p.finding.outcome is Outcome.PASS]
    told = {"outcome": "exclude", "reason": "마음에 들지 않음"}
    with pytest.raises(deciding.Refused):
        deciding.final(desk, told, two_persons=True)
    assert deciding.final(desk, told, two_persons=False)[0] == "exclude"
