"""Pages for what cannot be shown, each with the next step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jeopsu.review.language import t


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _say(request, 403, t("이 일을 할 권한이 없습니다."), t("역할이 필요하면 운영자에게 요청해 주십시오."))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    why = t("이 요청은 이 사이트의 화면에서 온 것인지 확인할 수 없어 받지 않았습니다.")
    return _say(request, 403, why, t("앞 화면으로 돌아가 새로 고친 뒤 다시 해 주십시오."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _say(request, 404, t("그런 화면이나 과제가 없습니다."), t("주소를 확인하거나 과제 목록에서 찾아 주십시오."))


def broken(request: HttpRequest) -> HttpResponse:
    why = t("처리하는 중에 오류가 났습니다. 기록되지 않은 일은 없었던 것과 같습니다.")
    return _say(request, 500, why, t("다시 해 보고, 그래도 안 되면 운영자에게 알려 주십시오."))


def _say(request: HttpRequest, status: int, what: str, next_step: str) -> HttpResponse:
    return render(request, "error.html", {"what": what, "next_step": next_step, "status": status}, status=status)
