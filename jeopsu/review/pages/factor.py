"""Pages of the second factor: the code at log-in, setting it up, giving it up."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jeopsu.review import second_factor
from jeopsu.review.access import address_of, name_of, roles
from jeopsu.review.language import t
from jeopsu.storage import accounts, audit
from jeopsu.storage.models import User

PENDING = "pending"  # in the session between password and code: who, since when, and where to go on
_SECONDS = 300


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """After the right password: the code of the telephone, or a recovery code."""
    pending = request.session.get(PENDING)
    user = User.objects.filter(pk=pending["user"], is_active=True).first() if pending else None
    if user is None or time.time() - pending["at"] > _SECONDS:
        request.session.pop(PENDING, None)
        return redirect("login")
    if request.method != "POST":
        return render(request, "login_code.html")
    name, address = user.get_username(), address_of(request)
    if accounts.locked_out(name, address):
        why = t("여러 번 틀려 잠겼습니다. 15분 뒤에 다시 해 주십시오.")
        return render(request, "login_code.html", {"why": why}, status=429)
    if not second_factor.accept(request, user, request.POST.get("code", "")):
        accounts.login_failed(name, address)
        why = t("숫자가 맞지 않습니다. 새로 나온 숫자를 적어 주십시오.")
        return render(request, "login_code.html", {"why": why}, status=401)
    device = request.session.get("otp_device_id")
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["otp_device_id"] = device
    request.session.pop(PENDING, None)
    accounts.login_done(name, address)
    return redirect(pending["next"])


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Shows the QR code; the first right code turns the second factor on and shows the recovery codes, once."""
    if not request.user.is_authenticated:
        return redirect("login")
    if second_factor.has(request.user):
        return render(request, "factor.html", {"on": True})
    device = second_factor.begin(request.user)
    why = ""
    if request.method == "POST":
        codes = second_factor.confirm(request, device, request.POST.get("code", ""))
        if codes is not None:
            audit.add("account", name_of(request), body={"name": name_of(request), "totp": "on"})
            return render(request, "factor.html", {"codes": codes})
        why = t("숫자가 맞지 않습니다. 새로 나온 숫자를 적어 주십시오.")
    context = {
        "picture": second_factor.picture(device),
        "secret": second_factor.secret(device),
        "why": why,
        "must": second_factor.missing(request, roles(request)),
    }
    return render(request, "factor.html", context, status=400 if why else 200)


@require_POST
@sensitive_post_parameters("password")
def off(request: HttpRequest) -> HttpResponse:
    """Gives it up; the password is asked for again."""
    if not request.user.is_authenticated:
        return redirect("login")
    if not request.user.check_password(request.POST.get("password", "")):
        messages.error(request, t("지금 비밀번호가 맞지 않습니다."))
    else:
        second_factor.forget(request.user)
        audit.add("account", name_of(request), body={"name": name_of(request), "totp": "off"})
        messages.success(request, t("2단계 인증을 껐습니다."))
    return redirect("factor")
