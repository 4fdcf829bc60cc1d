"""Whether the site and its database answer: for health checks."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from jeopsu.storage import records


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the length of the queue, 503 where the database does not answer."""
    try:
        queued, running = records.counts()
    except records.Unavailable:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True, "queued": queued, "running": running})
