"""The board: every proposal with its verdict, what is left for people, who has it and how long there is."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST, require_safe

from jeopsu.domain.findings import Verdict
from jeopsu.review import access, glance
from jeopsu.review.access import may
from jeopsu.review.language import t
from jeopsu.storage import reviews, views

_PER_PAGE = 50
_KEPT = ("q", "call", "verdict", "assigned", "todo", "sort")


@require_safe
@may("see", "apply")
def board(request: HttpRequest) -> HttpResponse:
    """`?q=` searches number, title and company; the other parameters are `views.Filter`'s."""
    if not access.has(request, "see"):
        return redirect("applicant")
    given = {key: request.GET.get(key, "")[:200] for key in ("call", "verdict", "assigned", "todo", "sort")}
    wanted = access.scope(request, views.Filter(search=request.GET.get("q", "")[:100], **given))
    number = int(page) if (page := request.GET.get("page", "1")).isdigit() and page != "0" else 1
    rows, total = views.board(wanted, offset=(number - 1) * _PER_PAGE, limit=_PER_PAGE)
    query = request.GET.copy()
    for key in ("page", "lang"):
        query.pop(key, None)
    kept = {key: value for key in ("q", "assigned", "call", "sort") if (value := request.GET.get(key, ""))}
    calls = views.calls()
    context = {
        "kept": urlencode(kept) + "&" if kept else "",
        "rows": rows,
        "total": total,
        "wanted": wanted,
        "query": query.urlencode(),
        "facets": views.facets(wanted),
        "verdicts": list(Verdict),
        "calls": calls,
        "closing": {name: call.closes for name in calls if (call := glance.call_of(name))},
        "people": views.people(),
        "page": Paginator(range(total), _PER_PAGE).get_page(number),
        "busy": any(row.state in ("queued", "running") for row in rows),
        "me": access.name_of(request),
        "saved": views.saved_views(request.user.pk),
        "here": query.urlencode(),
    }
    return render(request, "_board_rows.html" if "HX-Request" in request.headers else "board.html", context)


@require_POST
@may("see")
def save_view(request: HttpRequest) -> HttpResponse:
    """Keeps the board's filter under a name of one's own; the same name again replaces it."""
    query = QueryDict(request.POST.get("query", "")[:500], mutable=True)
    for key in [key for key in query if key not in _KEPT]:
        query.pop(key)
    name = request.POST.get("name", "").strip()[:60]
    if not name or not query:
        messages.error(request, t("보기의 이름과 조건이 있어야 합니다."))
    elif not views.save_view(request.user.pk, name, query.urlencode()):
        messages.error(request, t("보기는 {}개까지 저장할 수 있습니다.").format(views.MOST_VIEWS))
    return redirect(f"/?{query.urlencode()}")


@require_POST
@may("see")
def drop_view(request: HttpRequest, view: int) -> HttpResponse:
    """One's own only."""
    views.drop_view(request.user.pk, view)
    return redirect("board")


@require_POST
@may("assign")
def assign(request: HttpRequest) -> HttpResponse:
    """Gives the chosen proposals to someone, or takes them back."""
    chosen = [access.proposal_or_404(request, name).id for name in request.POST.getlist("proposal")]
    to = request.POST.get("to", "")
    if to and to not in views.people():
        messages.error(request, t("그런 검토자가 없습니다."))
    elif not chosen:
        messages.error(request, t("과제를 먼저 골라 주십시오."))
    else:
        count = reviews.assign(chosen, to, by=access.name_of(request))
        messages.success(request, t("과제 {}건의 담당을 정했습니다.").format(count))
    back = request.POST.get("back", "/")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else "/")
