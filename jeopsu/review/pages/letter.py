"""보완요청: chosen gaps become a letter with a deadline and a link; the applicant answers on the page behind it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from jeopsu.domain.findings import Effect, Outcome
from jeopsu.reports import letter as letters
from jeopsu.review import glance
from jeopsu.review.access import has, may, name_of, proposal_or_404
from jeopsu.review.language import t
from jeopsu.review.receiving import take
from jeopsu.review.steps import asks, requested
from jeopsu.review.workspace import Workspace
from jeopsu.storage import audit, records, reviews, views
from jeopsu.storage.errors import BadName, StorageUnavailable
from jeopsu.storage.rows import UploadRow
from jeopsu.storage.standing import Standing
from jeopsu.storage.views import SupplementRow

_DAYS = 7  # suggested; the reviewer sets the day
_AT = time(18, 0)  # deadlines of the call's kind end at 18:00


@require_http_methods(["GET", "HEAD", "POST"])
@may("letter")
def compose(request: HttpRequest, name: str) -> HttpResponse:
    """Choose the points, the day and a note; sending keeps the letter as it is."""
    desk = Workspace(proposal_or_404(request, name), two_persons=settings.TWO_PERSONS)
    if desk.report is None:
        raise Http404
    candidates = [p for p in desk.todo if asks(p)]
    context = {
        "row": desk.row,
        "points": candidates,
        "asked": {p.key for p in candidates if _belongs(p)},
        "deadline": (timezone.localdate() + timedelta(days=_DAYS)).isoformat(),
    }
    if request.method != "POST":
        return render(request, "letter_new.html", context)
    chosen = [p for p in candidates if p.key in set(request.POST.getlist("point"))]
    day = parse_date(request.POST.get("deadline", ""))
    if not chosen or day is None or day < timezone.localdate():
        messages.error(request, t("보완할 항목과 오늘 뒤의 기한을 골라 주십시오."))
        context["asked"] = {p.key for p in chosen}
        return render(request, "letter_new.html", context, status=400)
    sent = reviews.request_supplement(
        desk.row.id,
        points=[letters.point(p.finding, p.key).model_dump() for p in chosen],
        deadline=timezone.make_aware(datetime.combine(day, _AT)),
        note=request.POST.get("note", "").strip()[:2000],
        by=name_of(request),
        run=desk.run.id if desk.run else None,
    )
    return redirect("letter", name=desk.row.id, letter=sent.number)


@require_safe
@may("see", "apply")
def letter(request: HttpRequest, name: str, letter: int) -> HttpResponse:
    """The letter as a page to print; `?as=hwpx` as a file."""
    row = proposal_or_404(request, name)
    sent = next((one for one in views.supplements(row.id) if one.number == letter), None)
    if sent is None:
        raise Http404
    made = _letter(request, sent)
    if request.GET.get("as") == "hwpx":
        audit.add("export", name_of(request), row.id, {"letter": letter})
        answer = HttpResponse(letters.to_hwpx(made), content_type="application/hwp+zip")
        answer["Content-Disposition"] = content_disposition_header(True, f"보완요청서_{row.id}_{letter}.hwpx") or ""
        return answer
    points, since = _came_back(row.id, sent) if has(request, "see") else ([], [])
    context = {
        "came": list(zip(made.points, (outcome for _, outcome in points), (p["key"] for p, _ in points), strict=False)),
        "uploads": since, "row": row, "letter": made, "sent": sent, "opening": letters.opening(made),
        "deadline": letters.shown_deadline(made),
    }  # fmt: skip
    return render(request, "letter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The applicant's page: exactly the letter's points, and the door for the files. The link is the key to it."""
    sent = views.supplement_of(token)
    if sent is None:
        raise Http404
    row = records.proposal(sent.proposal)
    closed = timezone.now() > sent.deadline
    if request.method == "POST" and not closed:
        files = request.FILES.getlist("files")
        try:
            taken = take(files, row.id, by=f"보완 {sent.number}", call=row.call)
        except BadName as error:
            messages.error(request, str(error))
        except StorageUnavailable:
            messages.error(request, t("저장소가 응답하지 않습니다. 잠시 뒤에 다시 올려 주십시오."))
        else:
            if files:
                audit.add("upload", f"보완 {sent.number}", row.id, {"files": [f.name for f in files], "new": taken})
                messages.success(request, t("파일 {}개를 받았습니다.").format(len(files)))
            else:
                messages.error(request, t("올릴 파일을 골라 주십시오."))
        return redirect("letter_answer", token=token)
    points, since = _came_back(row.id, sent)
    context = {
        "row": row, "sent": sent, "closed": closed, "uploads": since, "most_mb": settings.PROGRAM.upload_mb,
        "points": points,
    }  # fmt: skip
    return render(request, "letter_answer.html", context, status=410 if request.method == "POST" and closed else 200)


def _belongs(point: Standing) -> bool:
    """Whether it is ticked at first: what fails, unless a person said already that it excludes or is as it is."""
    if requested(point):
        return True
    return point.outcome is Outcome.FAIL and (point.decision is None or point.finding.effect is Effect.SUPPLEMENT)


def _came_back(proposal: str, sent: SupplementRow) -> tuple[list[tuple[dict[str, Any], str]], list[UploadRow]]:
    """Each point with its outcome now ("" as long as nothing came), and the files that came since the letter."""
    since = [u for u in records.uploads(proposal, every_version=True) if u.uploaded > sent.at]
    found = views.latest(proposal) if since else None
    outcomes = {records.finding_key(f): f.outcome.value for f in found[1].findings} if found else {}
    gone = "not_applicable" if found else ""  # a point that the new run does not make any more
    return [(point, outcomes.get(point["key"], gone)) for point in sent.points], since


def _letter(request: HttpRequest, sent: SupplementRow) -> letters.Letter:
    row = records.proposal(sent.proposal)
    found = views.latest(row.id)
    call = glance.call_of(row.call)
    organisations = found[1].submission.organisations if found else ()
    return letters.Letter(
        number=f"{row.id} {'보완'} {sent.number}",
        call=call.title.ko if call else row.call,
        agency=call.agency if call else "",
        proposal=row.id,
        title=row.title,
        lead=next((o.name for o in organisations if o.key == "lead"), ""),
        written=timezone.localtime(sent.at).date(),
        deadline=sent.deadline,
        link=settings.PROGRAM.url + reverse("letter_answer", args=[sent.token]),
        note=sent.note,
        points=tuple(letters.LetterPoint.model_validate(point) for point in sent.points),
    )
