"""The applicant's door: upload, see what is missing (gaps, never scores), mend it, submit finally with a 접수증."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jeopsu.domain.findings import Effect, Finding, Outcome
from jeopsu.review import access, glance
from jeopsu.review.access import may, name_of
from jeopsu.review.language import t
from jeopsu.review.receiving import shut, take
from jeopsu.review.workspace import Workspace
from jeopsu.storage import audit, names, records, reviews, views
from jeopsu.storage.errors import BadName, StorageUnavailable, UnknownProposal
from jeopsu.storage.rows import ProposalRow

# What is between the applicant and the agency only after the deadline, or is a judgement, is not shown at this door.
_SHOWN = (Effect.SUPPLEMENT, Effect.MAY_EXCLUDE, Effect.EXCLUDE)


@require_safe
@may("apply")
def proposals(request: HttpRequest) -> HttpResponse:
    """One's own proposals; with only one, that one."""
    own = access.own_proposals(request)
    if len(own) == 1:
        return redirect("apply", name=own[0])
    return render(request, "applicant_list.html", {"names": own})


@require_http_methods(["GET", "HEAD", "POST"])
@may("apply")
def proposal(request: HttpRequest, name: str) -> HttpResponse:
    """The self-check; files come in by POST."""
    key = _own(request, name)
    row = _row(key)
    if request.method == "POST":
        if shut(row):
            return _closed(request, key)
        files = request.FILES.getlist("files")
        try:
            take(files, key, by=name_of(request))
        except BadName as error:
            messages.error(request, str(error))
        except StorageUnavailable:
            messages.error(request, t("저장소가 응답하지 않습니다. 잠시 뒤에 다시 올려 주십시오."))
        else:
            told = t("파일 {}개를 받았습니다.").format(len(files)) if files else t("올릴 파일을 골라 주십시오.")
            (messages.success if files else messages.error)(request, told)
        return redirect("apply", name=key)
    context: dict[str, object] = {"name": key, "row": row, "most_mb": settings.PROGRAM.upload_mb}
    if row:
        desk = Workspace(row, two_persons=settings.TWO_PERSONS)
        call = glance.call_of(row.call)
        fresh = bool(desk.run and desk.run.last_upload >= max((u.id for u in records.uploads(key)), default=0))
        context |= {
            "call": call,
            "shut": shut(row),
            "closed": bool(call and timezone.now() > call.closes),
            "report": desk.report,
            "fresh": fresh and row.active is None,
            "gaps": [p for p in desk.points if _gap(p.finding)],
            "uploads": records.uploads(key),
            "files": {f.name: f for f in desk.report.submission.files} if desk.report else {},
            "receipts": views.receipts(key),
        }
        if desk.report:
            columns, rows = glance.matrix(desk.report, desk.points)
            context |= {"columns": columns, "matrix": rows}
    return render(request, "applicant.html", context)


@require_POST
@may("apply")
def submit(request: HttpRequest, name: str) -> HttpResponse:
    """Final submission of what lies there now."""
    key = _own(request, name)
    if shut(_row(key)):
        return _closed(request, key)
    if _row(key) is None or not records.uploads(key):
        messages.error(request, t("올린 파일이 없습니다."))
        return redirect("apply", name=key)
    made = reviews.receipt(key, by=name_of(request))
    return redirect("receipt", name=key, run=made.number)


@require_safe
@may("apply", "see")
def receipt(request: HttpRequest, name: str, run: int) -> HttpResponse:
    """접수증: names, sizes, sha256 and the time."""
    row = access.proposal_or_404(request, name)
    found = next((one for one in views.receipts(row.id) if one.number == run), None)
    if found is None:
        raise Http404
    audit.add("export", name_of(request), row.id, {"receipt": run})
    return render(request, "receipt.html", {"row": row, "receipt": found, "call": glance.call_of(row.call)})


def _closed(request: HttpRequest, key: str) -> HttpResponse:
    messages.error(request, t("마감 전에 최종 제출하여 더 받지 않습니다. 보완 요청을 받으면 그 링크로 올려 주십시오."))
    return redirect("apply", name=key)


def _own(request: HttpRequest, name: str) -> str:
    try:
        key = names.proposal_id(name)
    except BadName as error:
        raise Http404 from error
    if key not in access.own_proposals(request):
        raise Http404
    return key


def _row(name: str) -> ProposalRow | None:
    try:
        return records.proposal(name)
    except UnknownProposal:
        return None


def _gap(finding: Finding) -> bool:
    """What can be mended by the applicant: no scores, nothing that only staff look up."""
    if finding.effect not in _SHOWN or finding.staff:
        return False
    return finding.outcome is Outcome.FAIL or finding.outcome is Outcome.UNDETERMINED
