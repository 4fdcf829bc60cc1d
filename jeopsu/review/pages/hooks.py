"""The door for a bucket's notices: `POST /hooks/bucket` with `Authorization: Bearer …` or `?token=`."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jeopsu.flows import hooks
from jeopsu.review.access import address_of
from jeopsu.storage import knocks, records
from jeopsu.storage.errors import StorageUnavailable


@csrf_exempt  # a program sends it: the token is what lets it in
@require_POST
def bucket(request: HttpRequest) -> JsonResponse:
    """Looks at the named proposals. 503 asks the sender to try again; the sweep finds what it does not send again."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip() or request.GET.get("token", "")
    outcome, touched, status = "taken", tuple[str, ...](), 200
    try:
        touched = hooks.notice(settings.PROGRAM, token, request.body)
    except hooks.NotAllowed:
        outcome, status = "token", 403
    except (ValueError, RecursionError):
        outcome, status = "broken", 400
    except StorageUnavailable:
        outcome, status = "storage", 503
    with suppress(records.Unavailable):  # the operator's list is no reason to refuse
        knocks.add("bucket", outcome, address_of(request), touched)
    return JsonResponse({"proposals": touched} if status == 200 else {"error": _ERRORS[outcome]}, status=status)


_ERRORS = {"token": "token", "broken": "not JSON", "storage": "storage"}
