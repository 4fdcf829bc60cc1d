"""The audit log: who did what, when, on which proposal; whether the chain holds; the whole of it to take away."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from jeopsu.reports.decided import when, write_log
from jeopsu.review import replay
from jeopsu.review.access import may, name_of, proposal_or_404
from jeopsu.review.language import t
from jeopsu.review.templatetags.words import entry, word
from jeopsu.storage import audit

_PER_PAGE = 100
ACTIONS = (
    "decision", "fact", "assign", "supplement", "receipt", "upload", "export", "sample", "account", "webhook", "login",
    "login_failed", "logout",
)  # fmt: skip


@require_safe
@may("audit")
def entries(request: HttpRequest) -> HttpResponse:
    """`?proposal=`, `?by=`, `?action=` filter; `?verify=1` walks the chain."""
    wanted = _wanted(request)
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
        "query": urlencode({key: value for key, value in wanted.items() if value}),
        "actions": ACTIONS,
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
    """A line of JSON for every entry, oldest first: enough to verify the chain elsewhere.

    `?as=xlsx` is the log to read, narrowed by the same filters as the page.
    """
    if request.GET.get("as") == "xlsx":
        return _workbook(request)
    audit.add("export", name_of(request), body={"what": "audit"})
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    for row in audit.everything():
        file.write((json.dumps(row.model_dump(mode="json"), ensure_ascii=False) + "\n").encode())
    file.seek(0)
    answer = FileResponse(file, content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="audit.ndjson"'
    return answer


def _workbook(request: HttpRequest) -> FileResponse:
    wanted = _wanted(request)
    audit.add("export", name_of(request), body={"what": "audit", **{k: v for k, v in wanted.items() if v}})
    labels = [t("번호"), t("때"), t("누가"), t("무엇"), t("과제"), t("내용"), "JSON", t("앞 기록의 sha256"), "sha256"]
    rows = (
        [row.number, when(row.at), row.by, word(row.action), row.proposal, entry(row), audit.canonical(row.body)]
        + [row.previous, row.digest]
        for row in audit.everything(**wanted)
    )
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the response closes it)
    write_log(rows, labels, Path(file.name))
    file.seek(0)
    answer = FileResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = 'attachment; filename="audit.xlsx"'
    return answer


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "").strip()[:200] for key in ("proposal", "by", "action")}
