"""The board: every proposal with what is going on and what is open."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jeopsu.domain.findings import Verdict
from jeopsu.storage import records

_PER_PAGE = 50


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """`?q=` searches number and title, `?verdict=` filters, `?page=` turns pages."""
    search = request.GET.get("q", "")[:100]
    verdict = request.GET.get("verdict", "")
    number = int(page) if (page := request.GET.get("page", "1")).isdigit() and page != "0" else 1
    rows, total = records.proposals(
        search=search,
        verdict=verdict if verdict in set(Verdict) else "",
        offset=(number - 1) * _PER_PAGE,
        limit=_PER_PAGE,
    )
    queued, running = records.counts()
    context = {
        "rows": rows,
        "total": total,
        "search": search,
        "verdict": verdict,
        "verdicts": list(Verdict),
        "queued": queued,
        "running": running,
        "page": Paginator(range(total), _PER_PAGE).get_page(number),
        "busy": any(row.active for row in rows),
    }
    return render(request, "board.html", context)
