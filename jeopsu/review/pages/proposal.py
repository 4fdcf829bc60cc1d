"""One proposal: its findings by what a person must do, its files with their versions, its runs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jeopsu.domain.findings import Effect, Finding, Outcome
from jeopsu.storage import names, records
from jeopsu.storage.errors import BadName, UnknownProposal
from jeopsu.storage.rows import ProposalRow

# What a person must look at first: what excludes, then what is open, then what is to be supplied.
_GROUPS = (
    ("제외 사유", lambda f: f.outcome is Outcome.FAIL and f.effect in (Effect.EXCLUDE, Effect.MAY_EXCLUDE)),
    ("보완 필요", lambda f: f.outcome is Outcome.FAIL and f.effect is Effect.SUPPLEMENT),
    ("확인 필요", lambda f: f.outcome is Outcome.UNDETERMINED),
    ("참고", lambda f: f.outcome is Outcome.FAIL and f.effect in (Effect.SCORE, Effect.INFORMATION)),
    ("이상 없음", lambda f: f.outcome is Outcome.PASS),
    ("해당 없음", lambda f: f.outcome is Outcome.NOT_APPLICABLE),
)
_FOLDED = ("이상 없음", "해당 없음")


@require_safe
def proposal(request: HttpRequest, name: str) -> HttpResponse:
    """`?run=` shows an earlier run."""
    row = _row(name)
    wanted = request.GET.get("run", "")
    report = records.report(row.id, int(wanted) if wanted.isdigit() else None)
    context = {
        "row": row,
        "report": report,
        "groups": _grouped(report.findings if report else ()),
        "files": {file.name: file for file in report.submission.files} if report else {},
        "uploads": records.uploads(row.id, every_version=True),
        "runs": records.runs(row.id),
        "events": records.timeline(row.id, limit=30),
        "shown_run": int(wanted) if wanted.isdigit() else None,
    }
    return render(request, "proposal.html", context)


@require_safe
def progress(request: HttpRequest, name: str) -> HttpResponse:
    """The line about the running flow; reloads the page once there is nothing more to wait for."""
    row = _row(name)
    response = render(request, "_progress.html", {"row": row})
    if row.active is None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def rerun(request: HttpRequest, name: str) -> HttpResponse:
    """Queues another run."""
    row = _row(name)
    records.request_run(row.id, "rerun", event=records.RERUN, by=request.user.get_username())
    return redirect("proposal", name=row.id)


def _row(name: str) -> ProposalRow:
    try:
        return records.proposal(names.proposal_id(name))
    except (UnknownProposal, BadName) as error:
        raise Http404(str(error)) from error


def _grouped(findings: tuple[Finding, ...]) -> list[tuple[str, list[Finding], bool]]:
    groups = [(title, [f for f in findings if belongs(f)], title in _FOLDED) for title, belongs in _GROUPS]
    return [group for group in groups if group[1]]
