"""What every request passes: the reader's language, headers that let nothing from outside in, files in pieces."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from functools import partial

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from jeopsu.review import access, language
from jeopsu.storage import records, seats

# Nothing from outside, no inline script or style: what an upload's text says can never run.
_POLICY = (
    "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_SEEN = 120.0  # seconds between two notes of the same session
Respond = Callable[[HttpRequest], HttpResponse]


def content_policy(get_response: Respond) -> Respond:
    """Adds the security headers; pages with people's data are kept by no cache on the way."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond


def spoken(get_response: Respond) -> Respond:
    """Sets the language for this request; `?lang=` is kept for the next."""

    def respond(request: HttpRequest) -> HttpResponse:
        chosen = language.wanted(request)
        language.use(chosen)
        response = get_response(request)
        if request.GET.get("lang") in ("ko", "en"):
            response.set_cookie("lang", chosen, max_age=31_536_000, samesite="Lax")
        response.headers.setdefault("Content-Language", chosen)
        return response

    return respond


def seated(get_response: Respond) -> Respond:
    """Notes from time to time that a session is used, so that its owner and the operator can see and end it."""
    written: dict[str, float] = {}

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = request.session.session_key
        if session and request.user.is_authenticated and time.monotonic() - written.get(session, -_SEEN) >= _SEEN:
            if len(written) > 10_000:
                written.clear()
            written[session] = time.monotonic()
            with suppress(records.Unavailable):  # the page matters more
                agent = request.headers.get("User-Agent", "")
                seats.seen(session, request.user.pk, access.address_of(request), agent)
        return response

    return respond


def in_pieces(get_response: Respond) -> Respond:
    """Sends a streamed answer as it is read. Django would first read all of it into memory: uploads have 300 MB."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async and isinstance(request, ASGIRequest):
            response.streaming_content = _piece_by_piece(iter(response.streaming_content))
        return response

    return respond


async def _piece_by_piece(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    # In the request's own thread, like the view: a generator that asks the database finds its connection there.
    following = sync_to_async(partial(next, parts, None))
    while (part := await following()) is not None:
        yield part
