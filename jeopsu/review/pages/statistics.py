"""Statistics, and quality sampling: a share of what the program settled alone goes to a person at random."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jeopsu.review import access, glance
from jeopsu.review.access import may, name_of
from jeopsu.review.language import t
from jeopsu.review.pages.workbench import value_line
from jeopsu.review.viewer import viewer
from jeopsu.review.workspace import Workspace
from jeopsu.storage import samples, views

_DRAW = 20


@require_http_methods(["GET", "HEAD", "POST"])
@may("statistics")
def statistics(request: HttpRequest) -> HttpResponse:
    """POST draws a new sample."""
    if request.method == "POST":
        if not access.has(request, "sample"):
            return HttpResponse(status=403)
        drawn = samples.draw(_DRAW, by=name_of(request))
        messages.success(request, t("표본 {}개를 뽑았습니다.").format(drawn))
        return redirect("statistics")
    if request.GET.get("part") == "tallies":  # asked for by the page when what it shows is old
        counted = samples.count_tallies()
        return render(request, "_tallies.html", {**_tallies(counted), "old": False})
    count, first = samples.waiting()
    done, seconds = samples.seconds()
    kept = samples.tallies()
    context = {
        "verdicts": samples.verdicts(),
        **_tallies(kept),
        "old": kept is None or timezone.now() - kept[1] > samples.FRESH,
        "decided": samples.decided(),
        "agreement": samples.agreement(),
        "waiting": count,
        "first": first,
        "done": done,
        "seconds": seconds,
    }
    return render(request, "statistics.html", context)


def _tallies(counted: tuple[samples.Tallies, datetime] | None) -> dict[str, object]:
    titles = {rule.id: rule.title for name in views.calls() if (call := glance.call_of(name)) for rule in call.rules}
    if counted is None:
        return {"tallies": None, "titles": titles}
    return {"tallies": counted[0], "counted_at": counted[1], "titles": titles}


@require_http_methods(["GET", "HEAD", "POST"])
@may("sample")
def sample(request: HttpRequest, sample: int) -> HttpResponse:
    """One value beside its page; "right" or "wrong" goes on to the next."""
    row = samples.sample(sample)
    if row is None:
        raise Http404
    desk = Workspace(access.proposal_or_404(request, row.proposal), two_persons=settings.TWO_PERSONS)
    if request.method == "POST":
        said = request.POST.get("agreed", "")
        if said in ("1", "0"):
            samples.judge(row.id, said == "1", by=name_of(request))
        _, following = samples.waiting()
        return redirect("sample", sample=following) if following else redirect("statistics")
    place = desk.place(row.field) if desk.report else None
    shown = viewer(desk, [place], 0) if place else None
    context = {
        "row": desk.row,
        "sample": row,
        "viewer": shown,
        "line": value_line(desk, place, 0, shown) if place else None,
        "waiting": samples.waiting()[0],
    }
    return render(request, "sample.html", context)
