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
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jeopsu.domain.findings import Outcome
from jeopsu.flows import corrections
from jeopsu.review import access, deciding
from jeopsu.review.access import may, name_of, proposal_or_404
from jeopsu.review.language import say, t
from jeopsu.review.pages.workbench import can_second, show
from jeopsu.review.workspace import Workspace
from jeopsu.storage import reviews, samples


@require_POST
@may("decide", "second")
def point(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """agree, override (with a reason), supplement, second, undo."""
    desk = _desk(request, name)
    one = desk.by_key.get(key)
    if one is None:
        raise Http404
    may_second, may_decide = can_second(request, one), access.has(request, "decide")
    try:
        new = deciding.on_finding(desk, one, request.POST, may_decide=may_decide, may_second=may_second)
        reviews.settle(desk.row.id, seen=_seen(request), by=name_of(request), new=(new,))
    except deciding.Refused as error:
        return show(request, desk, key, status=400, wrong=str(error), typed=request.POST.get("reason", ""))
    except reviews.Stale as stale:
        fresh = _desk(request, name)
        return show(request, fresh, key, status=409, since=stale.since, typed=request.POST.get("reason", ""))
    corrections.count(desk.row.id)
    return _onward(request, name, key)


@require_POST
@may("decide")
def fact(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """What staff looked up, or `undo` to take it back; the rules are evaluated again at once."""
    desk = _desk(request, name)
    one = desk.by_key.get(key)
    asked = {given.id: (given, whom) for given, whom in desk.inputs(one)} if one and desk.report else {}
    given, whom = asked.get(request.POST.get("fact", ""), (None, None))
    if one is None or given is None:
        raise Http404
    more: dict[str, Any] = {}
    try:
        if request.POST.get("undo") == "1":
            more["withdrawn"] = (deciding.taken_back(desk, given, whom),)
        else:
            more["facts"] = (deciding.looked_up(desk, given, whom, request.POST, by=name_of(request)),)
    except deciding.Refused as error:
        return show(request, desk, key, status=400, wrong=str(error))
    try:
        reviews.settle(desk.row.id, seen=_seen(request), by=name_of(request), **more)
    except reviews.Stale as stale:
        return show(request, _desk(request, name), key, status=409, since=stale.since, lost=_value(request))
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
    try:
        new, warning = deciding.on_field(desk, key, read, request.POST)
    except deciding.Refused as error:
        messages.error(request, str(error))
        return _onward(request, name, "")
    try:
        reviews.settle(desk.row.id, seen=_seen(request), by=name_of(request), new=(new,))
    except reviews.Stale as stale:
        fresh, at = _desk(request, name), request.POST.get("point", "")
        if at in fresh.by_key:
            return show(request, fresh, at, status=409, since=stale.since, lost=_value(request))
        messages.error(request, t("그 사이 다른 사람이 이 과제에 결정을 남겼습니다. 확인하고 다시 해 주십시오."))
        if _value(request):
            messages.info(request, t("기록하지 않은 입력: {}").format(_value(request)))
        return _onward(request, name, "")
    if warning:
        messages.warning(request, warning)
    after = _recheck(request, desk)
    drawn = request.POST.get("sample", "")
    if drawn.isdigit():  # on to the next sample, as from point to point
        following = samples.following(int(drawn), access.calls_of(request))
        return redirect("sample", sample=following) if following else redirect("proposal", name=name)
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
    try:
        new, warning = deciding.on_lost_value(desk, one, request.POST)
    except deciding.Refused as error:
        return show(request, desk, key, status=400, wrong=str(error))
    try:
        reviews.settle(desk.row.id, seen=_seen(request), by=name_of(request), new=(new,))
    except reviews.Stale as stale:
        return show(request, _desk(request, name), key, status=409, since=stale.since, lost=_value(request))
    if warning:
        messages.warning(request, warning)
    return _after(request, name, key, _recheck(request, desk))


@require_POST
@may("close")
def close(request: HttpRequest, name: str) -> HttpResponse:
    """The final decision. An exclusion that waits for a second person, or an open point, keeps it from being taken."""
    desk = _desk(request, name)
    try:
        outcome, reason = deciding.final(desk, request.POST, two_persons=settings.TWO_PERSONS)
        run = desk.run.id if desk.run else None
        reviews.close(desk.row.id, seen=_seen(request), outcome=outcome, reason=reason, by=name_of(request), run=run)
    except deciding.Refused as error:
        messages.error(request, str(error))
    except reviews.Stale:
        messages.error(request, t("그 사이 다른 사람이 이 과제에 결정을 남겼습니다. 확인하고 다시 해 주십시오."))
    return redirect("proposal", name=desk.row.id)


def _value(request: HttpRequest) -> str:
    """What was typed, to be shown again where it was not kept."""
    return request.POST.get("value", "").strip()[:200]


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
