"""The audit log: who did what, when, on which proposal; whether the chain holds; the whole of it to take away."""

from __future__ import annotations

import json
import tempfile
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from jeopsu.review import replay
from jeopsu.review.access import may, name_of, proposal_or_404
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
def replayed(request: HttpRequest, name: str) -> HttpResponse:
    """A proposal's decisions in order, each with the evidence it was taken on; `?as=json` to take away."""
    row = proposal_or_404(request, name)
    steps = replay.replay(row.id)
    if request.GET.get("as") == "json":
        audit.add("export", name_of(request), row.id, {"what": "replay"})
        body = json.dumps([step.told() for step in steps], ensure_ascii=False, indent=1, default=str)
        answer = HttpResponse(body, content_type="application/json")
        answer["Content-Disposition"] = content_disposition_header(True, f"replay_{row.id}.json") or ""
        return answer
    count, broken = audit.verify()
    fallen = [step for step in steps if step.holds is False]
    context = {"row": row, "steps": steps, "count": count, "broken": broken, "fallen": fallen}
    return render(request, "replay.html", context)


@require_safe
@may("audit")
def export(request: HttpRequest) -> FileResponse:
    """A line of JSON for every entry, oldest first: enough to verify the chain elsewhere."""
    audit.add("export", name_of(request), body={"what": "audit"})

    def write(file: IO[bytes]) -> None:
        for row in audit.everything():
            file.write((json.dumps(row.model_dump(mode="json"), ensure_ascii=False) + "\n").encode())

    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    write(file)
    file.seek(0)
    answer = FileResponse(file, content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="audit.ndjson"'
    return answer
