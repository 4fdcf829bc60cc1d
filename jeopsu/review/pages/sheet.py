"""검토표 as a page to print and as a workbook: the form in which a review is filed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from jeopsu.flows.decided import decided
from jeopsu.reports.sheet import write_xlsx
from jeopsu.review import glance, language, sheet
from jeopsu.review.access import may, name_of, proposal_or_404
from jeopsu.review.workspace import Workspace
from jeopsu.storage import audit


@require_safe
@may("see")
def review_sheet(request: HttpRequest, name: str) -> HttpResponse:
    """`?as=xlsx` saves the workbook."""
    row = proposal_or_404(request, name)
    desk = Workspace(row, two_persons=settings.TWO_PERSONS)
    if desk.report is None:
        raise Http404
    if request.GET.get("as") == "xlsx":
        audit.add("export", name_of(request), row.id, {"what": "sheet"})
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sheet.xlsx"
            write_xlsx(desk.report, path, language.now(), decided(row.id, desk.report))
            body = path.read_bytes()
        answer = HttpResponse(body, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        answer["Content-Disposition"] = content_disposition_header(True, f"사전검토표_{row.id}.xlsx") or ""
        return answer
    deciders = sorted({d.by for d in desk.decisions} - {""})
    last = [d for d in desk.decisions if d.subject == "proposal"]
    columns, documents = glance.matrix(desk.report, desk.points)
    context = {
        "row": row,
        "desk": desk,
        "review": desk.review,
        "report": desk.report,
        "call": glance.call_of(desk.report.call),
        "parties": glance.parties(desk.report),
        "money": [label for _, label in glance.MONEY],
        "columns": columns,
        "rows": sheet.rows(desk),
        "matrix": documents,
        "deciders": deciders,
        "final": last[-1] if last and last[-1].value else None,
        "now": timezone.now(),
    }
    return render(request, "sheet.html", context)
