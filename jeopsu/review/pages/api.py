"""The REST API, version 1: what the site does with proposals, for other programs. `/api/v1/openapi.json` describes it.

`Authorization: Bearer KEY`; a key has the rights of its account. A browser's session may read, never write, so that
no other site can use it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from jeopsu.domain.submissions import StaffFact
from jeopsu.flows import corrections
from jeopsu.reports import contract
from jeopsu.review import access, glance
from jeopsu.review.access import name_of, proposal_or_404
from jeopsu.review.openapi import description
from jeopsu.review.pages import decide
from jeopsu.review.receiving import take
from jeopsu.review.workspace import Workspace
from jeopsu.storage import accounts, names, records, reviews, views
from jeopsu.storage.errors import BadName, StorageUnavailable

Answer = Callable[..., JsonResponse]


def api(**methods: str) -> Callable[[Answer], Answer]:
    """`api(GET="see", POST="decide")`: the methods and the right each needs."""

    def wrap(view: Answer) -> Answer:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
            right = methods.get("GET" if request.method == "HEAD" else request.method or "")
            if right is None:
                return _error(405, "method not allowed")
            kind, _, token = request.headers.get("Authorization", "").partition(" ")
            if kind == "Bearer":
                user = accounts.by_token(token.strip())
                if user is None:
                    return _error(401, "unknown key")
                request.user = user
            elif not request.user.is_authenticated or request.method not in ("GET", "HEAD"):
                return _error(401, "a key is needed: Authorization: Bearer …")
            try:
                if right and not access.has(request, right):
                    raise PermissionDenied
                return view(request, *args, **kwargs)
            except PermissionDenied:
                return _error(403, "no right to do this")
            except Http404:
                return _error(404, "not found")
            except decide.Refused as error:
                return _error(400, str(error))
            except reviews.Stale as stale:
                since = [{"by": d.by, "kind": d.kind, "at": d.at.isoformat()} for d in stale.since]
                return JsonResponse({"error": "stale", "version": stale.version, "since": since}, status=409)
            except (BadName, json.JSONDecodeError, UnicodeDecodeError) as error:
                return _error(400, str(error))
            except (StorageUnavailable, records.Unavailable):
                return _error(503, "storage does not answer; try again")

        return guarded

    return wrap


@api(GET="")
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(description(settings.PROGRAM.url))


@api(GET="see")
def proposals(request: HttpRequest) -> JsonResponse:
    """`search`, `verdict`, `todo`, `assigned`, `call`, `offset`, `limit` (at most 200)."""
    given = {key: request.GET.get(key, "")[:200] for key in ("search", "verdict", "todo", "assigned", "call", "sort")}
    offset, limit = (
        int(v) if (v := request.GET.get(k, "")).isdigit() else d for k, d in (("offset", 0), ("limit", 50))
    )
    rows, total = views.board(
        access.scope(request, views.Filter(**given)), offset=min(offset, 10**9), limit=min(limit, 200)
    )
    return JsonResponse({"total": total, "proposals": [row.model_dump(mode="json", exclude={"names"}) for row in rows]})


@api(GET="see")
def proposal(request: HttpRequest, name: str) -> JsonResponse:
    desk = _desk(request, name)
    told: dict[str, Any] = desk.row.model_dump(mode="json", exclude={"active", "last"})
    told["review"] = desk.review.model_dump(mode="json")
    told["verdict"] = desk.verdict.value if desk.verdict else None
    told["active"] = desk.row.active.model_dump(mode="json") if desk.row.active else None
    return JsonResponse(told)


@api(GET="see")
def report(request: HttpRequest, name: str) -> JsonResponse:
    """The contract's report of the last run."""
    desk = _desk(request, name)
    if desk.report is None:
        raise Http404
    return JsonResponse(contract.contents(desk.report))


@api(GET="see")
def points(request: HttpRequest, name: str) -> JsonResponse:
    """Every finding with its key and what became of it; `version` goes into the next decision as `seen`."""
    desk = _desk(request, name)
    listed = [
        {
            "key": p.key,
            "rule": p.finding.rule,
            "organisation": p.finding.organisation,
            "outcome": p.finding.outcome.value,
            "effect": p.finding.effect.value,
            "message": p.finding.message.ko,
            "state": p.state.value,
            "needs_person": p.needs_person,
            "staff": list(p.finding.staff),
            "decision": p.decision.model_dump(mode="json", include={"kind", "value", "reason", "by", "at"})
            if p.decision
            else None,
        }
        for p in desk.points
    ]
    return JsonResponse({"version": desk.review.version, "points": listed})


@api(POST="decide")
def decision(request: HttpRequest, name: str, key: str) -> JsonResponse:
    """`{"seen", "kind": agree|override|supplement|second|undo, "outcome", "reason"}`."""
    desk = _desk(request, name)
    one = desk.by_key.get(key)
    if one is None:
        raise Http404
    body = _body(request)
    new = decide.wanted(request, desk, one)
    version = reviews.settle(desk.row.id, seen=_seen(body), by=name_of(request), new=(new,))
    corrections.count(desk.row.id)
    return JsonResponse({"version": version}, status=201)


@api(POST="decide")
def fact(request: HttpRequest, name: str) -> JsonResponse:
    """`{"seen", "fact", "organisation", "value", "source"}`."""
    desk = _desk(request, name)
    body = _body(request)
    given = glance.staff_inputs(desk.row.call).get(str(body.get("fact", "")))
    if given is None:
        raise decide.Refused("no such fact")
    value = body.get("value")
    text = {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
    told = StaffFact(
        fact=given.id,
        organisation=body.get("organisation") if given.per == "organisation" else None,
        value=decide.answer(given.type, given.choices, text),
        by=name_of(request),
        at=timezone.now(),
        source=str(body.get("source", ""))[:500],
    )
    version = reviews.settle(desk.row.id, seen=_seen(body), by=name_of(request), facts=(told,))
    corrections.follow(desk.row.id, by=name_of(request))
    return JsonResponse({"version": version}, status=201)


@api(POST="upload")
def files(request: HttpRequest, name: str) -> JsonResponse:
    """multipart/form-data, `files` once or more; the flow starts by itself."""
    key = names.proposal_id(name)
    held = access.calls_of(request)
    if held is not None and settings.PROGRAM.call not in held:
        raise PermissionDenied
    given = request.FILES.getlist("files")
    if not given:
        raise decide.Refused("no files")
    return JsonResponse({"received": len(given), "new": take(given, key, by=name_of(request))}, status=201)


@api(GET="see", POST="rerun")
def runs(request: HttpRequest, name: str) -> JsonResponse:
    row = proposal_or_404(request, name)
    if request.method == "POST":
        number = records.request_run(row.id, "rerun", event=records.RERUN, by=name_of(request))
        return JsonResponse({"run": number}, status=202)
    return JsonResponse({"runs": [run.model_dump(mode="json") for run in records.runs(row.id)]})


def _desk(request: HttpRequest, name: str) -> Workspace:
    return Workspace(proposal_or_404(request, name), two_persons=settings.TWO_PERSONS)


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent; also laid out as a form, for what pages and API share."""
    body = json.loads(request.body or b"{}")
    if not isinstance(body, dict):
        raise decide.Refused("an object is expected")
    form = QueryDict(mutable=True)
    form.update({key: str(value) for key, value in body.items() if isinstance(value, str | int)})
    request.POST = form  # type: ignore[assignment]
    return body


def _seen(body: dict[str, Any]) -> int:
    seen = body.get("seen")
    return seen if isinstance(seen, int) and not isinstance(seen, bool) else -1


def _error(status: int, what: str) -> JsonResponse:
    return JsonResponse({"error": what}, status=status)
