"""The upload page: many files at once for one proposal, each stored and recorded before the next."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jeopsu.flows import platform
from jeopsu.review.access import may
from jeopsu.review.language import t
from jeopsu.storage import names, records
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
        taken = _take(request, name)
    except BadName as error:
        return _refused(request, proposal, str(error), 400)
    except StorageUnavailable:
        return _refused(request, proposal, t("저장소가 응답하지 않습니다. 잠시 뒤에 다시 올려 주십시오."), 503)
    if not taken:
        return _refused(request, proposal, t("올릴 파일을 골라 주십시오."), 400)
    messages.success(request, t("파일 {}개를 받았습니다.").format(taken))
    return redirect("proposal", name=name)


def _take(request: HttpRequest, proposal: str) -> int:
    files = request.FILES.getlist("files")
    most = settings.PROGRAM.upload_mb << 20
    for file in files:
        if (file.size or 0) > most:
            raise BadName(t("{}: {} MB보다 큰 파일은 받을 수 없습니다.").format(file.name, settings.PROGRAM.upload_mb))
    store = platform.open_files(settings.PROGRAM)
    for file in files:
        stored = store.put(file)
        records.record_upload(
            proposal,
            names.file_name(file.name or ""),
            stored,
            door="site",
            by=request.user.get_username(),
            call=settings.PROGRAM.call,
            quiet=settings.PROGRAM.quiet,
        )
    return len(files)


def _refused(request: HttpRequest, proposal: str, why: str, status: int) -> HttpResponse:
    messages.error(request, why)
    context = {"proposal": proposal, "most_mb": settings.PROGRAM.upload_mb}
    return render(request, "upload.html", context, status=status)
