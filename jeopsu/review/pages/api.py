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
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from jeopsu.domain.values.person_name import masked
from jeopsu.flows import corrections
from jeopsu.reports import contract
from jeopsu.review import access, deciding, glance
from jeopsu.review.access import name_of, proposal_or_404
from jeopsu.review.openapi import description
from jeopsu.review.pages.workbench import can_second
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
            elif access.first_step(request):
                return _error(403, "the log-in is not complete: a new password or a second factor is asked for")
            try:
                if right and not any(access.has(request, one) for one in right.split("|")):
                    raise PermissionDenied
                return view(request, *args, **kwargs)
            except PermissionDenied:
                return _error(403, "no right to do this")
            except Http404:
                return _error(404, "not found")
            except deciding.Refused as error:
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
    desk = desk_of(request, name)
    told: dict[str, Any] = desk.row.model_dump(mode="json", exclude={"active", "last"})
    told["review"] = desk.review.model_dump(mode="json")
    told["verdict"] = desk.verdict.value if desk.verdict else None
    told["active"] = desk.row.active.model_dump(mode="json") if desk.row.active else None
    return JsonResponse(told)


@api(GET="see")
def report(request: HttpRequest, name: str) -> JsonResponse:
    """The contract's report of the last run."""
    desk = desk_of(request, name)
    if desk.report is None:
        raise Http404
    return JsonResponse(contract.contents(desk.report))


@api(GET="see")
def points(request: HttpRequest, name: str) -> JsonResponse:
    """Every finding with its key and what became of it; `version` goes into the next decision as `seen`."""
    desk = desk_of(request, name)
    listed = [
        {
            "key": p.key,
            "rule": p.finding.rule,
            "organisation": p.finding.organisation,
            "outcome": p.finding.outcome.value,
            "effect": p.finding.effect.value,
            "message": masked(p.finding.message.ko),
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


@api(POST="decide|second")
def decision(request: HttpRequest, name: str, key: str) -> JsonResponse:
    """`{"seen", "kind": agree|override|supplement|second|undo, "outcome", "reason"}`."""
    desk = desk_of(request, name)
    one = desk.by_key.get(key)
    if one is None:
        raise Http404
    body = body_of(request)
    may_second = can_second(request, one)
    new = deciding.on_finding(desk, one, body, may_decide=access.has(request, "decide"), may_second=may_second)
    version = reviews.settle(desk.row.id, seen=seen_in(body), by=name_of(request), new=(new,))
    corrections.count(desk.row.id)
    return JsonResponse({"version": version}, status=201)


@api(POST="decide")
def fact(request: HttpRequest, name: str) -> JsonResponse:
    """`{"seen", "fact", "organisation", "value", "source"}`; the value null takes the answer back."""
    desk = desk_of(request, name)
    body = body_of(request)
    given = glance.staff_inputs(desk.row.call).get(str(body.get("fact", "")))
    if given is None:
        raise deciding.Refused("no such fact")
    if isinstance(value := body.get("value"), bool):
        body = {**body, "value": "1" if value else "0"}
    more: dict[str, Any] = {}
    if "value" in body and body["value"] is None:
        more["withdrawn"] = (deciding.taken_back(desk, given, body.get("organisation")),)
    else:
        more["facts"] = (deciding.looked_up(desk, given, body.get("organisation"), body, by=name_of(request)),)
    version = reviews.settle(desk.row.id, seen=seen_in(body), by=name_of(request), **more)
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
        raise deciding.Refused("no files")
    return JsonResponse({"received": len(given), "new": take(given, key, by=name_of(request))}, status=201)


@api(GET="see", POST="rerun")
def runs(request: HttpRequest, name: str) -> JsonResponse:
    row = proposal_or_404(request, name)
    if request.method == "POST":
        number = records.request_run(row.id, "rerun", event=records.RERUN, by=name_of(request))
        return JsonResponse({"run": number}, status=202)
    return JsonResponse({"runs": [run.model_dump(mode="json") for run in records.runs(row.id)]})


def desk_of(request: HttpRequest, name: str) -> Workspace:
    return Workspace(proposal_or_404(request, name), two_persons=settings.TWO_PERSONS)


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent."""
    body = json.loads(request.body or b"{}")
    if not isinstance(body, dict):
        raise deciding.Refused("an object is expected")
    return body


def seen_in(body: dict[str, Any]) -> int:
    seen = body.get("seen")
    return seen if isinstance(seen, int) and not isinstance(seen, bool) else -1


def _error(status: int, what: str) -> JsonResponse:
    return JsonResponse({"error": what}, status=status)
