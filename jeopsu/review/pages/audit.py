"""The audit log: who did what, when, on which proposal; whether the chain holds; the whole of it to take away."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jeopsu.review.access import may, name_of
from jeopsu.storage import audit

_PER_PAGE = 100


@require_safe
@may("audit")
def entries(request: HttpRequest) -> HttpResponse:
    """`?proposal=`, `?by=`, `?action=` filter; `?verify=1` walks the chain."""
    wanted = {key: request.GET.get(key, "").strip()[:200] for key in ("proposal", "by", "action")}
    number = int(page) if (page := request.GET.get("page", "1")).isdigit() and page != "0" else 1
    offset = (number - 1) * _PER_PAGE
    rows = audit.entries(wanted["proposal"], by=wanted["by"], action=wanted["action"], offset=offset, limit=101)
    checked = audit.verify() if request.GET.get("verify") == "1" else None
    context = {
        "rows": rows[:_PER_PAGE],
        "more": len(rows) > _PER_PAGE,
        "number": number,
        "wanted": wanted,
        "checked": checked,
        "query": "&".join(f"{key}={value}" for key, value in wanted.items() if value),
    }
    return render(request, "audit.html", context)


@require_safe
@may("audit")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """A line of JSON for every entry, oldest first: enough to verify the chain elsewhere."""
    audit.add("export", name_of(request), body={"what": "audit"})

    def lines() -> Iterator[bytes]:
        for row in audit.everything():
            yield (json.dumps(row.model_dump(mode="json"), ensure_ascii=False) + "\n").encode()

    answer = StreamingHttpResponse(lines(), content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="audit.ndjson"'
    return answer
