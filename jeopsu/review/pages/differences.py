"""What changed between two runs of a proposal, why, and which decisions no longer hold."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jeopsu.domain.findings import Finding
from jeopsu.flows import diff
from jeopsu.review.access import may, proposal_or_404
from jeopsu.storage import records, views


@require_safe
@may("see")
def differences(request: HttpRequest, name: str, before: int, after: int) -> HttpResponse:
    """`before` and `after` are run numbers."""
    row = proposal_or_404(request, name)
    old, new = views.latest(row.id, before), views.latest(row.id, after)
    if old is None or new is None:
        raise Http404
    found = diff.compare(row.id, before, after, old[1], new[1], records.decisions(row.id))
    there: dict[tuple[str, str | None], Finding] = {}
    for finding in (*old[1].findings, *new[1].findings):
        there[finding.rule, finding.organisation] = finding
    current = {(f.rule, f.organisation) for f in new[1].findings}
    lines = [
        (
            change,
            there[change.what, change.organisation],
            records.finding_key(there[change.what, change.organisation])
            if (change.what, change.organisation) in current
            else "",
        )
        for change in found.findings
        if change.before != change.after
    ]
    context = {
        "row": row,
        "diff": found,
        "lines": lines,
        "reworded": len(found.findings) - len(lines),
        "old": old[0],
        "new": new[0],
        "titles": {finding.rule: finding.title for finding in new[1].findings},
        "fallen": [d for d in found.decisions if not d.holds],
    }
    return render(request, "differences.html", context)
