"""One proposal: what it is in one glance, what a person must do, its documents, files, runs and history."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jeopsu.flows import platform
from jeopsu.review import access, glance, pictures
from jeopsu.review.access import may, proposal_or_404
from jeopsu.review.steps import steps
from jeopsu.review.workspace import Workspace
from jeopsu.storage import records, views
from jeopsu.storage.rows import RunRow, UploadRow

_AHEAD = 16  # pages; the workbench has the next points' drawn as it goes


@require_safe
@may("see")
def proposal(request: HttpRequest, name: str) -> HttpResponse:
    """`?run=` shows an earlier run."""
    row = proposal_or_404(request, name)
    wanted = request.GET.get("run", "")
    desk = Workspace(row, int(wanted) if wanted.isdigit() else None, two_persons=settings.TWO_PERSONS)
    context = {"row": row, "desk": desk, "report": desk.report, "review": desk.review, "groups": desk.groups}
    if desk.report:
        columns, rows = glance.matrix(desk.report, desk.points)
        pictures.draw_ahead(platform.open_files(settings.PROGRAM), _evidence(desk))
        call = glance.call_of(desk.report.call)
        context |= {
            "parties": glance.parties(desk.report),
            "money": [label for _, label in glance.MONEY],
            "columns": columns,
            "matrix": rows,
            "files": {file.name: file for file in desk.report.submission.files},
            "call": call,
            "places": {point.key: [p for p in desk.places(point) if p.box or p.field][:3] for point in desk.todo},
            "waiting": [p for p in desk.todo if p.state == "second"],
        }
    letters = views.supplements(row.id)
    way = steps(desk, letters)
    context |= {
        "steps": way,
        "next": next((step for step in way if step.state == "now"), None),
        "uploads": _in_order(records.uploads(row.id, every_version=True), desk),
        "runs": _with_before(records.runs(row.id)),
        "events": records.timeline(row.id, limit=40),
        "letters": letters,
        "receipts": views.receipts(row.id),
        "shown_run": int(wanted) if wanted.isdigit() else None,
        "others": views.here(row.id, access.name_of(request)),
    }
    return render(request, "proposal.html", context)


def _evidence(desk: Workspace) -> list[tuple[str, int]]:
    """The pages that the open points rest on, the first point's first: they are drawn before anybody asks."""
    places = (place for point in desk.left for place in desk.places(point)[:1] if place.sha256)
    return list(dict.fromkeys((place.sha256, place.page or 1) for place in places))[:_AHEAD]


def _with_before(runs: tuple[RunRow, ...]) -> list[tuple[RunRow, int | None]]:
    """Each run with the number of the finished one before it, to compare with; newest first."""
    done = [run.number for run in runs if run.verdict]
    return [(run, next((n for n in done if n < run.number), None) if run.verdict else None) for run in runs]


def _in_order(uploads: tuple[UploadRow, ...], desk: Workspace) -> list[UploadRow]:
    """By the number of the document they are, what is none of them last."""
    number = {file.name: file.document or 99 for file in desk.report.submission.files} if desk.report else {}
    return sorted(uploads, key=lambda upload: (number.get(upload.name, 99), upload.name, -upload.number))


@require_safe
@may("see", "apply")
def progress(request: HttpRequest, name: str) -> HttpResponse:
    """The line about the running flow; reloads the page once there is nothing more to wait for."""
    row = proposal_or_404(request, name)
    response = render(request, "_progress.html", {"row": row})
    if row.active is None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@may("see")
def here(request: HttpRequest, name: str) -> HttpResponse:
    """Every open page of a proposal says that it is there, and hears who else is, and whether something was decided."""
    row = proposal_or_404(request, name)
    others = views.here(row.id, access.name_of(request), say=True)
    seen = request.POST.get("seen", "")
    moved = seen.isdigit() and views.review(row.id).version != int(seen)
    return render(request, "_here.html", {"others": others, "moved": moved})


@require_POST
@may("rerun")
def rerun(request: HttpRequest, name: str) -> HttpResponse:
    """Queues another run."""
    row = proposal_or_404(request, name)
    records.request_run(row.id, "rerun", event=records.RERUN, by=access.name_of(request))
    return redirect("proposal", name=row.id)
