"""What makes a decision whole: forms of pages and bodies of the API become rows to add, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from jeopsu.domain.calls import StaffInput
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Effect, Outcome
from jeopsu.domain.submissions import StaffFact
from jeopsu.flows import corrections
from jeopsu.reports.words import role
from jeopsu.review import values
from jeopsu.review.language import t
from jeopsu.review.wanted import wanted
from jeopsu.review.workspace import Workspace
from jeopsu.storage.reviews import NewDecision
from jeopsu.storage.standing import Settled, Standing

Form = Mapping[str, Any]
_OUTCOMES = {Outcome.PASS.value, Outcome.FAIL.value, Outcome.NOT_APPLICABLE.value}
_CLOSED = ("accept", "exclude")
_EXCLUDES = (Effect.EXCLUDE, Effect.MAY_EXCLUDE)


class Refused(Exception):
    """What was sent cannot be decided; the message says what is missing."""


def on_finding(desk: Workspace, one: Standing, form: Form, *, may_decide: bool, may_second: bool) -> NewDecision:
    """agree, override (with a reason), supplement, second, undo."""
    _still_open(desk)
    kind, reason = _text(form, "kind"), _text(form, "reason")
    more: dict[str, Any] = {}
    if kind == "override":
        outcome = _text(form, "outcome")
        if outcome not in _OUTCOMES:
            raise Refused(t("어떤 판정으로 바꿀지 골라 주십시오."))
        if not reason:
            raise Refused(t("판정을 바꾸려면 사유를 적어야 합니다."))
        more["value"] = outcome
    elif kind == "second":
        if not may_second or one.decision is None:
            raise Refused(t("다른 책임 검토자가 확인해야 합니다."))
        more["value"] = one.decision.id
    elif kind == "undo":
        if one.decision is None:
            raise Refused(t("되돌릴 결정이 없습니다."))
        more["undoes"] = one.decision.id
    elif kind == "agree" and one.finding.outcome is Outcome.UNDETERMINED:
        raise Refused(t("확인 필요 항목은 적합·부적합을 고르거나 보완을 요청해야 합니다."))
    elif kind not in ("agree", "supplement"):
        raise Refused(t("무엇을 할지 골라 주십시오."))
    if kind != "second" and not may_decide:
        raise Refused(t("이 일을 할 권한이 없습니다."))
    who = f" ({role(one.finding.organisation, 'ko')})" if one.finding.organisation else ""
    return NewDecision(
        subject="finding",
        key=one.key,
        kind=kind,
        reason=reason,
        fingerprint=one.fingerprint,
        run=desk.run.id if desk.run else None,
        title=f"{one.finding.title.ko}{who}",
        **more,
    )


def on_field(desk: Workspace, key: str, read: FieldValue, form: Form) -> tuple[NewDecision, str]:
    """confirm, correct, unreadable, absent, undo; with a warning (a check digit that does not fit)."""
    _still_open(desk)
    kind, warning, value, undoes = _text(form, "kind"), "", None, None
    if kind == "correct":
        value, warning = _typed(read.name, form)
        kind = "confirm" if value == read.value else kind
    elif kind == "confirm":
        if read.value is None:
            raise Refused(t("읽은 값이 없어 확인할 수 없습니다. 값을 적어 정정해 주십시오."))
        value = read.value
    elif kind == "undo":
        last = desk.field_decisions.get(key)
        if last is None:
            raise Refused(t("되돌릴 결정이 없습니다."))
        undoes = last.id
    elif kind not in ("unreadable", "absent"):
        raise Refused(t("무엇을 할지 골라 주십시오."))
    new = NewDecision(
        subject="field",
        key=key,
        kind=kind,
        value=values.json_value(value),
        reason=_text(form, "reason"),
        run=desk.run.id if desk.run else None,
        undoes=undoes,
        title=f"{values.label(read)}: {values.shown(read.name, read.value)} → {values.shown(read.name, value)}",
    )
    return new, warning


def on_lost_value(desk: Workspace, one: Standing, form: Form) -> tuple[NewDecision, str]:
    """A value that the program did not find, with the file and page a person reads it off."""
    _still_open(desk)
    assert desk.report
    asked = next((w for w in wanted(one.finding, desk.report) if w.id == form.get("what")), None)
    file = next((f for f in desk.report.submission.files if f.sha256 == form.get("sha256")), None)
    page = int(told) if (told := str(form.get("page", ""))).isdigit() else 0
    if asked is None or file is None or not 1 <= page <= max(file.pages, 1):
        raise Refused(t("값을 읽은 쪽을 화면에 띄우고 적어 주십시오."))
    value, warning = _typed(asked.name, form)
    told_value = {
        "name": asked.name,
        "organisation": asked.organisation,
        "year": asked.year,
        "value": values.json_value(value),
        "sha256": file.sha256,
        "page": page,
    }
    new = NewDecision(
        subject="field",
        key=corrections.given_key(asked.name, asked.organisation, asked.year, file.sha256, page),
        kind=corrections.GIVE,
        value=told_value,
        run=desk.run.id if desk.run else None,
        title=f"{asked.label}: – → {values.shown(asked.name, value)} ({file.name} {page}쪽)",
    )
    return new, warning


def looked_up(desk: Workspace, given: StaffInput, organisation: str | None, form: Form, *, by: str) -> StaffFact:
    """What staff looked up elsewhere."""
    _still_open(desk)
    return StaffFact(
        fact=given.id,
        organisation=organisation if given.per == "organisation" else None,
        value=_answer(given.type, given.choices, _text(form, "value")),
        by=by,
        at=timezone.now(),
        source=_text(form, "source")[:500],
    )


def taken_back(desk: Workspace, given: StaffInput, organisation: str | None) -> tuple[str, str | None]:
    """An answer of staff that is to count as never given: fact and organisation."""
    _still_open(desk)
    whom = organisation if given.per == "organisation" else None
    if (given.id, whom) not in desk.facts:
        raise Refused(t("되돌릴 결정이 없습니다."))
    return given.id, whom


def final(desk: Workspace, form: Form, *, two_persons: bool) -> tuple[str, str]:
    """Outcome and reason of the decision on the whole: accept, supplement, exclude, or "" to open it again."""
    outcome, reason = _text(form, "outcome"), _text(form, "reason")
    if outcome not in ("accept", "supplement", "exclude", ""):
        raise Refused(t("무엇을 할지 골라 주십시오."))
    if outcome in _CLOSED and (desk.left or any(p.state is Settled.SECOND for p in desk.points)):
        raise Refused(t("아직 처리하지 않은 항목이 있어 최종 처리할 수 없습니다."))
    if outcome in ("exclude", "") and not reason:
        raise Refused(t("사유를 적어 주십시오."))
    if outcome == "exclude" and two_persons and not any(_grounds(point) for point in desk.points):
        # One person alone would exclude a proposal in which nothing that excludes was found and agreed to by two.
        raise Refused(t("두 사람이 확인한 제외 사유가 없어 제외할 수 없습니다."))
    return outcome, reason


def _grounds(point: Standing) -> bool:
    return point.state is Settled.SETTLED and point.outcome is Outcome.FAIL and point.finding.effect in _EXCLUDES


def _still_open(desk: Workspace) -> None:
    if desk.review.outcome in _CLOSED:
        raise Refused(t("최종 처리한 과제입니다. 책임 검토자가 다시 연 뒤에 바꿀 수 있습니다."))


def _typed(name: str, form: Form) -> tuple[Any, str]:
    try:
        return values.typed(name, str(form.get("value", "")), str(form.get("unit", "won")))
    except values.NotAValue as error:
        raise Refused(str(error)) from error


def _text(form: Form, key: str) -> str:
    return str(form.get(key, "")).strip()[:2000]


def _answer(kind: str, options: tuple[str, ...], text: str) -> str | int | bool:
    if kind == "flag" and text in ("1", "0"):
        return text == "1"
    if kind == "count" and text.isdigit() and len(text) < 7:
        return int(text)
    if kind == "choice" and text in options:
        return text
    if kind == "date" and text:
        try:
            return str(values.typed("plan.start", text)[0])
        except values.NotAValue:
            pass
    if kind == "text" and text:
        return text[:500]
    raise Refused(t("조회한 결과를 알맞게 적어 주십시오."))
