"""Pages of uploads: the picture, the page with every value read on it, and the original file."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from jeopsu.flows import platform
from jeopsu.review import access, pictures
from jeopsu.review.access import may, proposal_or_404
from jeopsu.review.pages.workbench import crop_box, value_line
from jeopsu.review.viewer import viewer
from jeopsu.review.workspace import Place, Workspace
from jeopsu.storage import audit, records
from jeopsu.storage.errors import NotStored, StorageUnavailable
from jeopsu.storage.rows import UploadRow


class _Large(FileResponse):
    block_size = 1 << 18  # each piece is a change of threads: 4 KB ones took longer than the disk


@require_safe
@may("see")
def page(request: HttpRequest, name: str, sha256: str, number: int) -> HttpResponse:
    """A page with the boxes of everything that was read on it; `?at=` which one is lit."""
    row = proposal_or_404(request, name)
    desk = Workspace(row, two_persons=settings.TWO_PERSONS)
    upload = _upload(row.id, sha256)
    fields = [
        place
        for field in (desk.report.submission.fields if desk.report else ())
        if field.file and (place := desk.place(field)) and place.sha256 == sha256 and (place.page or 1) == number
    ]
    fields.sort(key=lambda p: (p.box.top, p.box.left) if p.box else (0.0, 0.0))
    places = fields or [Place(upload.name, sha256, number, None)]
    at = int(told) if (told := request.GET.get("at", "0")).isdigit() else 0
    shown = viewer(desk, places, at) if desk.report else None
    context = {
        "row": row,
        "desk": desk,
        "review": desk.review,
        "upload": upload,
        "viewer": shown,
        "lines": [value_line(desk, place, n, shown) for n, place in enumerate(fields)],
        "here": request.path,
        "number": number,
        "points": [p for p in desk.todo if upload.name in p.finding.files or any(q in fields for q in desk.places(p))],
        "others": (),
    }
    return render(request, "page.html", context)


@require_safe
@may("see")
def crop(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """The print of one value, cut out of its page: asked for by lines whose page is not the one shown."""
    row = proposal_or_404(request, name)
    desk = Workspace(row, two_persons=settings.TWO_PERSONS)
    field = desk.fields_by_key.get(key)
    place = desk.place(field) if field else None
    box = place.box if place else None
    if place is None or box is None or not place.sha256:
        raise Http404
    size = pictures.page_size(platform.open_files(settings.PROGRAM), place.sha256, place.page or 1)
    strip = crop_box(box.left, box.top, box.width, box.height, size.width) if size else ""
    context = {"row": row, "sha256": place.sha256, "page": place.page or 1, "size": size, "crop": strip}
    return render(request, "_crop.html", context)


@require_safe
@may("see", "apply")
def picture(request: HttpRequest, name: str, sha256: str, number: int) -> HttpResponse:
    """The page as PNG. It never changes, so that browsers may keep it, and 304 answers whoever has it already."""
    row = proposal_or_404(request, name)
    _upload(row.id, sha256)
    etag = f'"{pictures.name_of(sha256, number)}"'
    if get_conditional_response(request, etag=etag) is not None:
        return _kept_by_browsers(HttpResponse(status=304), etag)
    try:
        png = pictures.picture(platform.open_files(settings.PROGRAM), sha256, number)
    except (pictures.NoPicture, NotStored) as error:
        raise Http404 from error
    except StorageUnavailable:
        return HttpResponse(status=503)
    return _kept_by_browsers(HttpResponse(png, content_type="image/png"), etag)


def _kept_by_browsers(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=604800, immutable"
    return response


@require_safe
@may("see", "apply")
def original(request: HttpRequest, name: str, sha256: str) -> HttpResponse | FileResponse:
    """The file as it was uploaded, to save; never shown inside the site."""
    row = proposal_or_404(request, name)
    upload = _upload(row.id, sha256)
    try:
        stream = platform.open_files(settings.PROGRAM).open(sha256)
    except NotStored as error:
        raise Http404 from error
    audit.add("export", access.name_of(request), row.id, {"file": upload.name, "sha256": sha256})
    response = _Large(stream, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, upload.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _upload(proposal: str, sha256: str) -> UploadRow:
    """The upload of this proposal with these bytes: another proposal's file is not reached through this one."""
    for upload in records.uploads(proposal, every_version=True):
        if upload.sha256 == sha256:
            return upload
    raise Http404
