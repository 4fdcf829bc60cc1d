"""Uploads that survive a broken line: the tus protocol 1.0 (core, creation, termination, expiration) at `/uploads/`.

Browsers come with their session and CSRF token, programs with `Authorization: Bearer KEY`. A piece should be 8 MB or
so: Django hands a request's body on only when it is whole, so a piece that breaks off is sent again from its start.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from jeopsu.flows import platform, resume
from jeopsu.review import access, receiving
from jeopsu.storage import accounts, names, records
from jeopsu.storage.errors import BadName, StorageUnavailable, UnknownProposal
from jeopsu.storage.partial import KEPT, Busy, NoSuchUpload, Partial, Partials, WrongOffset

VERSION = "1.0.0"
_PIECE = "application/offset+octet-stream"
View = Callable[..., HttpResponse]


def tus(view: View) -> View:
    """Who it is, the protocol's headers, and what went wrong as the status the protocol has for it."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("Tus-Resumable") != VERSION:
            return HttpResponse(status=412, headers={"Tus-Version": VERSION})
        return view(request, *args, **kwargs)

    from_browser = csrf_protect(spoken)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        answer: HttpResponse
        try:
            if kind == "Bearer":
                request.user = accounts.by_token(token.strip()) or AnonymousUser()
            if request.method == "OPTIONS":
                answer = _options()
            elif not request.user.is_authenticated:
                answer = HttpResponse(status=401 if kind == "Bearer" else 403)
            elif kind != "Bearer" and access.first_step(request):
                answer = HttpResponse(status=403)
            else:
                answer = (spoken if kind == "Bearer" else from_browser)(request, *args, **kwargs)
        except BadName as error:
            answer = HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
        except NoSuchUpload:
            answer = HttpResponse(status=404)
        except WrongOffset:
            answer = HttpResponse(status=409)
        except Busy:
            answer = HttpResponse(status=423)
        except PermissionDenied:
            answer = HttpResponse(status=403)
        except (StorageUnavailable, records.Unavailable):
            answer = HttpResponse(status=503, headers={"Retry-After": "5"})
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return guarded


@tus
def begin(request: HttpRequest) -> HttpResponse:
    """POST: `Upload-Length` and `Upload-Metadata: filename …,proposal …` (base64) → 201 and the upload's address."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST, OPTIONS"})
    length = request.headers.get("Upload-Length", "")
    if not length.isdecimal():
        raise BadName("Upload-Length")
    if int(length) > _most():
        return HttpResponse(status=413)
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    proposal = names.proposal_id(told.get("proposal", ""))
    _must_be_allowed(request, proposal)
    partials = _partials()
    name = names.file_name(told.get("filename", ""))
    partial = partials.begin(proposal, name, int(length), by=access.name_of(request))
    if partial.length == 0:
        resume.finish(partial, partials, platform.open_files(settings.PROGRAM), settings.PROGRAM)
    return HttpResponse(status=201, headers={"Location": reverse("pieces", args=[partial.id]), **_expires(partial)})


@tus
def pieces(request: HttpRequest, upload: str) -> HttpResponse:
    """HEAD: how much is here. PATCH: the next piece at `Upload-Offset`; the last one records it. DELETE: never mind."""
    partials = _partials()
    partial = partials.get(upload)
    if partial.by != access.name_of(request):
        raise NoSuchUpload(upload)
    if request.method == "HEAD":
        told = {"Upload-Offset": str(partials.offset(partial)), "Upload-Length": str(partial.length)}
        return HttpResponse(headers={**told, **_expires(partial)})
    if request.method == "DELETE":
        with partials.alone(partial):
            partials.drop(partial)
        return HttpResponse(status=204)
    if request.method != "PATCH":
        return HttpResponse(status=405, headers={"Allow": "HEAD, PATCH, DELETE, OPTIONS"})
    if request.content_type != _PIECE:
        return HttpResponse(status=415)
    offset = request.headers.get("Upload-Offset", "")
    _must_be_allowed(request, partial.proposal)
    here = partials.append(partial, int(offset) if offset.isdecimal() else -1, request)
    if here == partial.length:
        resume.finish(partial, partials, platform.open_files(settings.PROGRAM), settings.PROGRAM)
    return HttpResponse(status=204, headers={"Upload-Offset": str(here), **_expires(partial)})


def _options() -> HttpResponse:
    told = {"Tus-Version": VERSION, "Tus-Extension": "creation,termination,expiration", "Tus-Max-Size": str(_most())}
    return HttpResponse(status=204, headers=told)


def _must_be_allowed(request: HttpRequest, proposal: str) -> None:
    """Staff who may upload, for the calls they are held to; applicants, for their own proposals."""
    if access.has(request, "apply") and proposal in access.own_proposals(request):
        with suppress(UnknownProposal):
            if receiving.shut(records.proposal(proposal)):
                raise PermissionDenied
        return
    held = access.calls_of(request)
    if not access.has(request, "upload") or (held is not None and settings.PROGRAM.call not in held):
        raise PermissionDenied


def _metadata(header: str) -> dict[str, str]:
    """`filename 67Cg…,proposal UC0x` → text. Raises BadName."""
    told = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            told[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise BadName(f"Upload-Metadata: {key[:40]}") from error
    return told


def _partials() -> Partials:
    return resume.waiting_room(settings.PROGRAM)


def _most() -> int:
    return int(settings.PROGRAM.upload_mb) << 20


def _expires(partial: Partial) -> dict[str, str]:
    return {"Upload-Expires": http_date((partial.begun + KEPT).timestamp())}
