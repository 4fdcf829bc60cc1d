"""The door: log in, log out, change one's password. Five wrong passwords lock it for a quarter of an hour."""

from __future__ import annotations

import time

from django.contrib import auth, messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jeopsu.review import second_factor
from jeopsu.review.access import address_of, name_of
from jeopsu.review.language import t
from jeopsu.review.pages.factor import PENDING
from jeopsu.storage import accounts, audit, seats


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """`?next=` is followed where it leads into this site."""
    onward = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        onward = "/"
    if request.method != "POST":
        return render(request, "login.html", {"next": onward})
    name, address = request.POST.get("name", "").strip()[:150], address_of(request)
    if accounts.locked_out(name, address):
        why = t("비밀번호를 여러 번 틀려 잠겼습니다. 15분 뒤에 다시 해 주십시오.")
        return render(request, "login.html", {"next": onward, "name": name, "why": why}, status=429)
    user = auth.authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None:
        accounts.login_failed(name, address)
        why = t("아이디나 비밀번호가 맞지 않습니다.")
        return render(request, "login.html", {"next": onward, "name": name, "why": why}, status=401)
    if second_factor.has(user):  # the password alone opens nothing
        request.session.cycle_key()
        request.session[PENDING] = {"user": user.pk, "at": time.time(), "next": onward}
        return redirect("login_code")
    auth.login(request, user)
    accounts.login_done(name, address)
    return redirect(onward)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        audit.add("logout", name_of(request))
    auth.logout(request)
    return redirect("login")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of the site for this person: kept with the account, and in a cookie for the pages before it."""
    to = "en" if request.POST.get("to") == "en" else "ko"
    if request.user.is_authenticated:
        accounts.set_language(name_of(request), to)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    answer = redirect(back if safe else "/")
    answer.set_cookie("lang", to, max_age=31_536_000, samesite="Lax", secure=request.is_secure())
    return answer


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password of one's own; other sessions end."""
    if not request.user.is_authenticated:
        return redirect("login")
    session = request.session.session_key or ""
    own = {"seats": seats.of(request.user.pk, session=session)}
    if request.method != "POST":
        return render(request, "password.html", own)
    new = request.POST.get("new", "")
    if not request.user.check_password(request.POST.get("old", "")):
        why = t("지금 비밀번호가 맞지 않습니다.")
    elif new == request.POST.get("old"):
        why = t("지금과 다른 비밀번호를 적어 주십시오.")
    else:
        try:
            validate_password(new, request.user)
        except ValidationError as error:
            why = " ".join(error.messages)
        else:
            request.user.set_password(new)
            request.user.must_change = False
            request.user.save()
            auth.update_session_auth_hash(request, request.user)
            audit.add("account", name_of(request), body={"name": name_of(request), "password": "changed"})
            messages.success(request, t("비밀번호를 바꾸었습니다."))
            return redirect("board")
    return render(request, "password.html", {"why": why, **own}, status=400)


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Ends every other log-in of one's own: the one that was forgotten on another machine."""
    if not request.user.is_authenticated:
        return redirect("login")
    count = seats.end_others(request.user.pk, request.session.session_key or "", by=name_of(request))
    messages.success(request, t("로그인 {}개를 끝냈습니다.").format(count))
    return redirect("password")
