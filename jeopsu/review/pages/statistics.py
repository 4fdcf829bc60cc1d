"""Statistics, and quality sampling: a share of what the program settled alone goes to a person at random."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jeopsu.domain.text import Text
from jeopsu.flows import sampling
from jeopsu.review import access, charts, glance
from jeopsu.review.access import may, name_of
from jeopsu.review.language import t
from jeopsu.review.pages.workbench import value_line
from jeopsu.review.viewer import viewer
from jeopsu.review.workspace import Workspace
from jeopsu.storage import samples, tallies, views

_DRAW = 20


@require_http_methods(["GET", "HEAD", "POST"])
@may("statistics")
def statistics(request: HttpRequest) -> HttpResponse:
    """POST draws a new sample."""
    if request.method == "POST":
        if not access.has(request, "sample"):
            return HttpResponse(status=403)
        drawn = sampling.draw(_DRAW, by=name_of(request))
        messages.success(request, t("표본 {}개를 뽑았습니다.").format(drawn))
        return redirect("statistics")
    if request.GET.get("part") == "tallies":  # asked for by the page when what it shows is old
        counted = tallies.count_tallies()
        return render(request, "_tallies.html", {**_tallies(counted), "old": False})
    count, first = samples.waiting(access.calls_of(request))
    done, seconds = tallies.seconds()
    kept = tallies.tallies()
    context = {
        "verdicts": tallies.verdicts(),
        **_tallies(kept),
        "old": kept is None or timezone.now() - kept[1] > tallies.FRESH,
        "decided": tallies.decided(),
        "chart": charts.agreement(samples.agreement()),
        "rules": [(_titles().get(rate.name), rate) for rate in samples.agreement(samples.FINDING)],
        "waiting": count,
        "first": first,
        "done": done,
        "seconds": seconds,
    }
    return render(request, "statistics.html", context)


def _titles() -> dict[str, Text]:
    """Rules' titles by their ids, of every call that has proposals."""
    return {rule.id: rule.title for name in views.calls() if (call := glance.call_of(name)) for rule in call.rules}


def _tallies(counted: tuple[tallies.Tallies, datetime] | None) -> dict[str, object]:
    titles = _titles()
    if counted is None:
        return {"tallies": None, "titles": titles}
    return {"tallies": counted[0], "counted_at": counted[1], "titles": titles}


@require_safe
@may("sample")
def sample(request: HttpRequest, sample: int) -> HttpResponse:
    """A sample beside its page. It is decided like any value, by the same forms; a rule's on the rule's own point."""
    row = samples.sample(sample)
    if row is None:
        raise Http404
    desk = Workspace(access.proposal_or_404(request, row.proposal), two_persons=settings.TWO_PERSONS)
    if row.field is None:
        return redirect("point", name=row.proposal, key=row.key)
    now = desk.fields_by_key.get(row.key)  # as people may have said since; None: its file is not in force any more
    place = desk.place(now or row.field) if desk.report else None
    shown = viewer(desk, [place], 0) if place else None
    following = samples.following(row.id, access.calls_of(request))
    context = {
        "row": desk.row,
        "desk": desk,
        "review": desk.review,
        "sample": row,
        "gone": now is None,
        "viewer": shown,
        "line": value_line(desk, place, 0, shown) if place else None,
        "waiting": samples.waiting(access.calls_of(request))[0],
        "following": following,
        "here": request.path,
    }
    return render(request, "sample.html", context)
