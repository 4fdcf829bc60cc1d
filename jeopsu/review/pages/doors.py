"""For the operator: what goes out (webhooks, with those that failed) and what came in, by which door."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jeopsu.review.access import may, name_of
from jeopsu.review.language import t
from jeopsu.storage import knocks, webhook_queue

_PER_PAGE = 50


@require_safe
@may("accounts")
def doors(request: HttpRequest) -> HttpResponse:
    """`?door=` shows what one door brought; `?page=` goes back in time."""
    door = request.GET.get("door", "")[:20]
    number = int(page) if (page := request.GET.get("page", "1")).isdigit() and page != "0" else 1
    uploads = knocks.uploads(door, offset=(number - 1) * _PER_PAGE, limit=_PER_PAGE + 1)
    context = {
        "address": settings.PROGRAM.webhook_url,
        "counts": webhook_queue.counts(),
        "waiting": webhook_queue.waiting(_PER_PAGE),
        "given_up": webhook_queue.given_up(_PER_PAGE),
        "notices": bool(settings.PROGRAM.webhook_token),
        "knocks": knocks.last(20),
        "failing": knocks.failing(),
        "doors": knocks.doors(),
        "door": door,
        "uploads": uploads[:_PER_PAGE],
        "more": len(uploads) > _PER_PAGE,
        "number": number,
    }
    return render(request, "doors.html", context)


@require_POST
@may("accounts")
def resend(request: HttpRequest) -> HttpResponse:
    """Sends an event (`event`) or everything that was not taken (`all`) once more, at the next turn."""
    told = request.POST.get("event", "")
    if not told.isdigit() and request.POST.get("all") != "1":
        messages.error(request, t("무엇을 다시 보낼지 골라 주십시오."))
        return redirect("doors")
    count = webhook_queue.resend(int(told) if told.isdigit() else None, by=name_of(request))
    messages.success(request, t("알림 {}건을 다시 보냅니다.").format(count))
    return redirect("doors")
