"""The upload page: many files at once for one proposal, each stored and recorded before the next."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jeopsu.review import access
from jeopsu.review.access import may
from jeopsu.review.language import t
from jeopsu.review.receiving import take
from jeopsu.storage import names
from jeopsu.storage.errors import BadName, StorageUnavailable


@require_http_methods(["GET", "HEAD", "POST"])
@may("upload")
def upload(request: HttpRequest) -> HttpResponse:
    """Takes the files in; what was stored before something went wrong stays stored."""
    proposal = request.POST.get("proposal") or request.GET.get("proposal", "")
    if request.method != "POST":
        return render(request, "upload.html", {"proposal": proposal, "most_mb": settings.PROGRAM.upload_mb})
    try:
        name = names.proposal_id(proposal)
        files = request.FILES.getlist("files")
        take(files, name, by=access.name_of(request))
    except BadName as error:
        return _refused(request, proposal, str(error), 400)
    except StorageUnavailable:
        return _refused(request, proposal, t("저장소가 응답하지 않습니다. 잠시 뒤에 다시 올려 주십시오."), 503)
    if not files:
        return _refused(request, proposal, t("올릴 파일을 골라 주십시오."), 400)
    messages.success(request, t("파일 {}개를 받았습니다.").format(len(files)))
    return redirect("proposal", name=name)


def _refused(request: HttpRequest, proposal: str, why: str, status: int) -> HttpResponse:
    messages.error(request, why)
    context = {"proposal": proposal, "most_mb": settings.PROGRAM.upload_mb}
    return render(request, "upload.html", context, status=status)
