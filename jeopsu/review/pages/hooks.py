"""The door for a bucket's notices: `POST /hooks/bucket` with `Authorization: Bearer …` or `?token=`."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jeopsu.flows import hooks
from jeopsu.storage.errors import StorageUnavailable


@csrf_exempt  # a program sends it: the token is what lets it in
@require_POST
def bucket(request: HttpRequest) -> JsonResponse:
    """Looks at the named proposals. 503 asks the sender to try again; the sweep finds what it does not send again."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip() or request.GET.get("token", "")
    try:
        touched = hooks.notice(settings.PROGRAM, token, request.body)
    except hooks.NotAllowed:
        return JsonResponse({"error": "token"}, status=403)
    except (ValueError, RecursionError):
        return JsonResponse({"error": "not JSON"}, status=400)
    except StorageUnavailable:
        return JsonResponse({"error": "storage"}, status=503)
    return JsonResponse({"proposals": touched})
