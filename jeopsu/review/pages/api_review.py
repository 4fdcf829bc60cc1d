"""The API's second half: values, letters, assignment and the final decision, history; by the rules that pages obey."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_date

from jeopsu.flows import corrections, diff
from jeopsu.reports import letter as letters
from jeopsu.reports.contract import plain
from jeopsu.review import deciding
from jeopsu.review.access import name_of, proposal_or_404
from jeopsu.review.pages.api import api, body_of, desk_of, seen_in
from jeopsu.review.steps import asks
from jeopsu.storage import records, reviews, views


@api(GET="see")
def fields(request: HttpRequest, name: str) -> JsonResponse:
    """Every value of the last run with its key, place and a person's last word on it."""
    desk = desk_of(request, name)
    if desk.report is None:
        raise Http404
    listed = [
        {
            "key": desk.field_keys[f],
            "name": f.name,
            "organisation": f.organisation,
            "year": f.year,
            "index": f.index,
            "value": plain(f.value),
            "printed": f.printed,
            "status": f.status.value,
            "how": f.how,
            "file": f.file,
            "sha256": desk.sha256_of.get(f.file or ""),
            "page": f.page,
            "decision": decision.kind if (decision := desk.field_decisions.get(desk.field_keys[f])) else None,
        }
        for f in desk.report.submission.fields
    ]
    return JsonResponse({"version": desk.review.version, "fields": listed})


@api(POST="decide")
def field(request: HttpRequest, name: str, key: str) -> JsonResponse:
    """`{"seen", "kind": confirm|correct|unreadable|absent|undo, "value", "unit", "reason"}`; rules run at once."""
    desk = desk_of(request, name)
    body = body_of(request)
    read = desk.fields_by_key.get(key)
    if read is None:
        raise Http404
    new, warning = deciding.on_field(desk, key, read, body)
    version = reviews.settle(desk.row.id, seen=seen_in(body), by=name_of(request), new=(new,))
    corrections.follow(desk.row.id, by=name_of(request))
    return JsonResponse({"version": version, "warning": warning}, status=201)


@api(POST="decide")
def lost_value(request: HttpRequest, name: str, key: str) -> JsonResponse:
    """`{"seen", "what", "sha256", "page", "value", "unit"}`: a value that was not found, read off a page."""
    desk = desk_of(request, name)
    one = desk.by_key.get(key)
    if one is None:
        raise Http404
    body = body_of(request)
    new, warning = deciding.on_lost_value(desk, one, body)
    version = reviews.settle(desk.row.id, seen=seen_in(body), by=name_of(request), new=(new,))
    corrections.follow(desk.row.id, by=name_of(request))
    return JsonResponse({"version": version, "warning": warning}, status=201)


@api(GET="sample")
def samples(request: HttpRequest, name: str) -> JsonResponse:
    """What was drawn for people to check. Each is decided by its key: a value under `fields`, a rule under `points`."""
    desk = desk_of(request, name)
    told = [
        {
            "kind": one.kind,
            "key": one.key,
            "name": one.name,
            "value": plain(one.field.value) if one.field else one.finding.outcome.value if one.finding else None,
            "drawn": one.drawn.isoformat(),
            "agreed": one.agreed,
            "by": one.by,
        }
        for one in desk.samples
    ]
    return JsonResponse({"version": desk.review.version, "samples": told})


@api(GET="see", POST="letter")
def supplements(request: HttpRequest, name: str) -> JsonResponse:
    """POST `{"points": [key…], "deadline": "2023-05-04", "note"}`; the answer holds the applicant's link."""
    desk = desk_of(request, name)
    if request.method == "POST":
        body = body_of(request)
        wanted = body.get("points")
        chosen = [p for p in desk.todo if asks(p) and isinstance(wanted, list) and p.key in wanted]
        day = parse_date(str(body.get("deadline", "")))
        if not chosen or day is None or day < timezone.localdate():
            raise deciding.Refused("points of this proposal that can be mended, and a deadline to come")
        reviews.request_supplement(
            desk.row.id,
            points=[letters.point(p.finding, p.key).model_dump() for p in chosen],
            deadline=timezone.make_aware(datetime.combine(day, time(18, 0))),
            note=str(body.get("note", "")).strip()[:2000],
            by=name_of(request),
            run=desk.run.id if desk.run else None,
        )
    told = [
        {
            "number": one.number,
            "deadline": one.deadline.isoformat(),
            "points": [point["key"] for point in one.points],
            "by": one.by,
            "at": one.at.isoformat(),
            "link": f"{settings.PROGRAM.url}/supplement/{one.token}/",
        }
        for one in views.supplements(desk.row.id)
    ]
    return JsonResponse({"supplements": told}, status=201 if request.method == "POST" else 200)


@api(POST="close")
def outcome(request: HttpRequest, name: str) -> JsonResponse:
    """`{"seen", "outcome": accept|exclude|supplement|"", "reason"}`: the final decision, or opening it again."""
    desk = desk_of(request, name)
    body = body_of(request)
    told, reason = deciding.final(desk, body, two_persons=settings.TWO_PERSONS)
    run = desk.run.id if desk.run else None
    version = reviews.close(desk.row.id, seen=seen_in(body), outcome=told, reason=reason, by=name_of(request), run=run)
    return JsonResponse({"version": version}, status=201)


@api(POST="assign")
def assign(request: HttpRequest) -> JsonResponse:
    """`{"proposals": [name…], "to": "kim"}`; an empty `to` takes them back."""
    body = body_of(request)
    listed, to = body.get("proposals"), str(body.get("to", ""))
    if not isinstance(listed, list) or not listed or (to and to not in views.people()):
        raise deciding.Refused("a list of proposals, and somebody who reviews")
    chosen = [proposal_or_404(request, str(name)).id for name in listed]
    return JsonResponse({"assigned": reviews.assign(chosen, to, by=name_of(request))}, status=201)


@api(GET="see")
def history(request: HttpRequest, name: str) -> JsonResponse:
    """Every decision, undone ones too, and what happened, oldest decision first, newest event first."""
    row = proposal_or_404(request, name)
    told: dict[str, Any] = {
        "decisions": [one.model_dump(mode="json") for one in records.decisions(row.id)],
        "facts": [one.model_dump(mode="json") for one in records.facts(row.id)],
        "events": [one.model_dump(mode="json") for one in records.timeline(row.id)],
    }
    return JsonResponse(told)


@api(GET="see")
def differences(request: HttpRequest, name: str, before: int, after: int) -> JsonResponse:
    """What changed between two runs, and why."""
    row = proposal_or_404(request, name)
    old, new = views.latest(row.id, before), views.latest(row.id, after)
    if old is None or new is None:
        raise Http404
    found = diff.compare(row.id, before, after, old[1], new[1], records.decisions(row.id))
    return JsonResponse(found.model_dump(mode="json"))
