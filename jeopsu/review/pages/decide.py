"""What a person decides: on a point, on a value, on what was looked up, on the proposal. Each is a new row.

Every form carries the version of the review that the person saw. Where somebody else was faster, nothing is written:
the page comes back with what happened in between and with what was typed.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jeopsu.domain.findings import Outcome
from jeopsu.domain.submissions import StaffFact
from jeopsu.flows import corrections
from jeopsu.review import access, glance, values
from jeopsu.review.access import may, name_of, proposal_or_404
from jeopsu.review.language import say, t
from jeopsu.review.pages.workbench import can_second, show
from jeopsu.review.wanted import wanted as wanted_values
from jeopsu.review.workspace import Workspace
from jeopsu.storage import reviews
from jeopsu.storage.reviews import NewDecision
from jeopsu.storage.standing import Standing

_OUTCOMES = {Outcome.PASS.value, Outcome.FAIL.value, Outcome.NOT_APPLICABLE.value}


class Refused(Exception):
    """What was sent cannot be decided; the message says what is missing."""


@require_POST
@may("decide", "second")
def point(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """agree, override (with a reason), supplement, second, undo."""
    desk = _desk(request, name)
    one = desk.by_key.get(key)
    if one is None:
        raise Http404
    try:
        reviews.settle(desk.row.id, seen=_seen(request), by=name_of(request), new=(wanted(request, desk, one),))
    except Refused as error:
        return show(request, desk, key, status=400, wrong=str(error), typed=request.POST.get("reason", ""))
    except reviews.Stale as stale:
        fresh = _desk(request, name)
        return show(request, fresh, key, status=409, since=stale.since, typed=request.POST.get("reason", ""))
    corrections.count(desk.row.id)
    return _onward(request, name, key)


@require_POST
@may("decide")
def fact(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """What staff looked up; the rules are evaluated again at once."""
    desk = _desk(request, name)
    one = desk.by_key.get(key)
    given = glance.staff_inputs(desk.report.call).get(request.POST.get("fact", "")) if desk.report else None
    if one is None or given is None or given.id not in one.finding.staff:
        raise Http404
    try:
        value = answer(given.type, given.choices, request.POST.get("value", "").strip())
    except Refused as error:
        return show(request, desk, key, status=400, wrong=str(error))
    told = StaffFact(
        fact=given.id,
        organisation=one.finding.organisation if given.per == "organisation" else None,
        value=value,
        by=name_of(request),
        at=timezone.now(),
        source=request.POST.get("source", "").strip()[:500],
    )
    try:
        reviews.settle(desk.row.id, seen=_seen(request), by=name_of(request), facts=(told,))
    except reviews.Stale as stale:
        return show(request, _desk(request, name), key, status=409, since=stale.since)
    after = _recheck(request, desk)
    # An answer that makes a point fail is looked at before anything else: "no" may have been the wrong key.
    return _after(request, name, key, after) if request.POST.get("onward") == "next" else _onward(request, name, key)


@require_POST
@may("decide")
def field(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """confirm, correct, unreadable, absent, undo; the rules are evaluated again at once and what flipped is told."""
    desk = _desk(request, name)
    read = desk.fields_by_key.get(key)
    if read is None:
        raise Http404
    kind, warning, value = request.POST.get("kind", ""), "", None
    try:
        if kind == "correct":
            value, warning = values.typed(read.name, request.POST.get("value", ""), request.POST.get("unit", "won"))
            if value == read.value:
                kind = "confirm"
        elif kind == "confirm":
            if read.value is None:
                raise Refused(t("읽은 값이 없어 확인할 수 없습니다. 값을 적어 정정해 주십시오."))
            value = read.value
        elif kind not in ("unreadable", "absent", "undo"):
            raise Refused(t("무엇을 할지 골라 주십시오."))
    except (Refused, values.NotAValue) as error:
        messages.error(request, str(error))
        return _onward(request, name, "")
    undoes = None
    if kind == "undo":
        last = desk.field_decisions.get(key)
        if last is None:
            raise Http404
        undoes = last.id
    new = NewDecision(
        subject="field",
        key=key,
        kind=kind,
        value=values.json_value(value),
        reason=request.POST.get("reason", "").strip()[:2000],
        run=desk.run.id if desk.run else None,
        undoes=undoes,
        title=f"{values.label(read)}: {values.shown(read.name, read.value)} → {values.shown(read.name, value)}",
    )
    try:
        reviews.settle(desk.row.id, seen=_seen(request), by=name_of(request), new=(new,))
    except reviews.Stale:
        messages.error(request, t("그 사이 다른 사람이 이 과제에 결정을 남겼습니다. 확인하고 다시 해 주십시오."))
        return _onward(request, name, "")
    if warning:
        messages.warning(request, warning)
    after = _recheck(request, desk)
    at = request.POST.get("point", "")
    return _after(request, name, at, after) if at in desk.by_key else _onward(request, name, "")


@require_POST
@may("decide")
def give(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """A value that the program did not find, read by a person off the page that is shown."""
    desk = _desk(request, name)
    one = desk.by_key.get(key)
    if one is None or desk.report is None:
        raise Http404
    asked = next((w for w in wanted_values(one.finding, desk.report) if w.id == request.POST.get("what")), None)
    file = next((f for f in desk.report.submission.files if f.sha256 == request.POST.get("sha256")), None)
    page = int(told) if (told := request.POST.get("page", "")).isdigit() else 0
    try:
        if asked is None or file is None or not 1 <= page <= max(file.pages, 1):
            raise Refused(t("값을 읽은 쪽을 화면에 띄우고 적어 주십시오."))
        value, warning = values.typed(asked.name, request.POST.get("value", ""), request.POST.get("unit", "won"))
    except (Refused, values.NotAValue) as error:
        return show(request, desk, key, status=400, wrong=str(error))
    told_value = values.json_value(value)
    new = NewDecision(
        subject="field",
        key=corrections.given_key(asked.name, asked.organisation, asked.year, file.sha256, page),
        kind=corrections.GIVE,
        value={
            "name": asked.name, "organisation": asked.organisation, "year": asked.year, "value": told_value,
            "sha256": file.sha256, "page": page,
        },
        run=desk.run.id if desk.run else None,
        title=f"{asked.label}: – → {values.shown(asked.name, value)} ({file.name} {page}쪽)",
    )  # fmt: skip
    try:
        reviews.settle(desk.row.id, seen=_seen(request), by=name_of(request), new=(new,))
    except reviews.Stale as stale:
        return show(request, _desk(request, name), key, status=409, since=stale.since)
    if warning:
        messages.warning(request, warning)
    return _after(request, name, key, _recheck(request, desk))


@require_POST
@may("close")
def close(request: HttpRequest, name: str) -> HttpResponse:
    """The final decision. An exclusion that waits for a second person, or an open point, keeps it from being taken."""
    desk = _desk(request, name)
    outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "").strip()[:2000]
    waiting = [p for p in desk.points if p.state == "second"]
    if outcome not in ("accept", "supplement", "exclude", ""):
        messages.error(request, t("무엇을 할지 골라 주십시오."))
    elif outcome in ("accept", "exclude") and (desk.left or waiting):
        messages.error(request, t("아직 처리하지 않은 항목이 있어 최종 처리할 수 없습니다."))
    elif outcome in ("exclude", "") and not reason:
        messages.error(request, t("사유를 적어 주십시오."))
    else:
        run = desk.run.id if desk.run else None
        try:
            reviews.close(
                desk.row.id, seen=_seen(request), outcome=outcome, reason=reason, by=name_of(request), run=run
            )
        except reviews.Stale:
            messages.error(request, t("그 사이 다른 사람이 이 과제에 결정을 남겼습니다. 확인하고 다시 해 주십시오."))
    return redirect("proposal", name=desk.row.id)


def wanted(request: HttpRequest, desk: Workspace, one: Standing) -> NewDecision:
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "").strip()[:2000]
    more: dict[str, Any] = {}
    if kind == "override":
        outcome = request.POST.get("outcome", "")
        if outcome not in _OUTCOMES:
            raise Refused(t("어떤 판정으로 바꿀지 골라 주십시오."))
        if not reason:
            raise Refused(t("판정을 바꾸려면 사유를 적어야 합니다."))
        more["value"] = outcome
    elif kind == "second":
        if not can_second(request, one) or one.decision is None:
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
    if kind != "second" and not access.has(request, "decide"):
        raise Refused(t("이 일을 할 권한이 없습니다."))
    who = f" ({one.finding.organisation})" if one.finding.organisation else ""
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


def answer(kind: str, options: tuple[str, ...], text: str) -> str | int | bool:
    if kind == "flag" and text in ("1", "0"):
        return text == "1"
    if kind == "count" and text.isdigit() and len(text) < 7:
        return int(text)
    if kind == "choice" and text in options:
        return text
    if kind == "date":
        day, _ = values.typed("plan.start", text) if text else ("", "")
        if day:
            return str(day)
    if kind == "text" and text:
        return text[:500]
    raise Refused(t("조회한 결과를 알맞게 적어 주십시오."))


def _after(request: HttpRequest, name: str, key: str, desk: Workspace) -> HttpResponse:
    """The point again, with the next doubtful value lit; once it is settled the next one that needs a person."""
    one = desk.by_key.get(key)
    if one and one.needs_person:
        return redirect("point", name=name, key=key)
    following = desk.after(key)
    return redirect("point", name=name, key=following.key) if following else redirect("proposal", name=name)


def _recheck(request: HttpRequest, before: Workspace) -> Workspace:
    """Rules only; then says which points flipped. Returns the desk as it is now."""
    corrections.follow(before.row.id, by=name_of(request))
    after = Workspace(before.row, two_persons=settings.TWO_PERSONS)
    was = {point.key: point.finding.outcome for point in before.points}
    flipped = [p for p in after.points if was.get(p.key, p.finding.outcome) is not p.finding.outcome]
    if not flipped:
        messages.info(request, t("반영했습니다. 바뀐 판정은 없습니다."))
        return after
    words = "; ".join(
        f"{say(p.finding.title)} {t(_WORD[was[p.key]])} → {t(_WORD[p.finding.outcome])}" for p in flipped[:6]
    )
    messages.success(request, t("반영했습니다. 바뀐 판정 {}건: {}").format(len(flipped), words))
    return after


_WORD = {
    Outcome.PASS: "적합",
    Outcome.FAIL: "부적합",
    Outcome.UNDETERMINED: "확인 필요",
    Outcome.NOT_APPLICABLE: "해당 없음",
}


def _onward(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Back to where the form stood, or on to the next point that needs a person."""
    if request.POST.get("onward") == "next" and key:
        desk = _desk(request, name)
        following = desk.after(key)
        if following:
            return redirect("point", name=name, key=following.key)
        messages.success(request, t("사람이 볼 항목을 모두 처리했습니다."))
        return redirect("proposal", name=name)
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect(reverse("point", args=[name, key]) if key else reverse("proposal", args=[name]))


def _desk(request: HttpRequest, name: str) -> Workspace:
    return Workspace(proposal_or_404(request, name), two_persons=settings.TWO_PERSONS)


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdigit() else -1
