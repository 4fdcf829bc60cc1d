"""Log-in by an OpenID Connect provider (authorization code with PKCE), where the operator has set one up."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jeopsu.review.access import address_of
from jeopsu.review.language import t
from jeopsu.review.second_factor import BY_PROVIDER
from jeopsu.storage import accounts

_NEXT = "oidc_next"


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Sends the person to the provider."""
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        onward = "/"
    request.session[_NEXT] = onward
    try:
        answer: HttpResponse = _provider().authorize_redirect(request, settings.PROGRAM.url + reverse("oidc_back"))
    except (requests.RequestException, OAuthError, ValueError):
        return _refused(request, t("통합 로그인 서버가 응답하지 않습니다. 잠시 뒤에 다시 해 주십시오."), 503)
    return answer


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The provider's answer: its signature, issuer, audience, nonce and state are checked by the library."""
    program = settings.PROGRAM
    try:
        provider = _provider()
        token = provider.authorize_access_token(request)
        claims: dict[str, Any] = dict(token["userinfo"])
        if {program.oidc_name_claim, program.oidc_roles_claim} - {""} - set(claims):  # some tell them only when asked
            more = dict(provider.userinfo(token=token))
            claims |= more if more.get("sub") == claims["sub"] else {}
        issuer, subject = str(claims["iss"]), str(claims["sub"])
    except (OAuthError, requests.RequestException, KeyError, ValueError) as error:
        accounts.login_failed("", address_of(request))
        return _refused(request, t("통합 로그인을 마치지 못했습니다. 다시 해 주십시오."), 401, type(error).__name__)
    told = claims.get(program.oidc_roles_claim, []) if program.oidc_roles_claim else None
    roles = None if told is None else tuple(told if isinstance(told, list) else str(told).split())
    name = str(claims.get(program.oidc_name_claim, ""))[:150].strip()
    try:
        user = accounts.by_identity(issuer, subject, name, roles)
    except accounts.AccountError as error:
        accounts.login_failed(name, address_of(request))
        return _refused(request, t(str(error)), 403)
    onward = request.session.pop(_NEXT, "/")
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[BY_PROVIDER] = True
    accounts.login_done(user.get_username(), address_of(request))
    return redirect(onward)


def _provider() -> Any:
    program = settings.PROGRAM
    if not program.oidc_issuer:
        raise Http404
    return _client(program.oidc_issuer.rstrip("/"), program.oidc_client_id, program.oidc_client_secret)


@lru_cache(maxsize=4)
def _client(issuer: str, client_id: str, secret: str) -> Any:
    """Asks the provider for its addresses and keys when first used, and keeps them."""
    return OAuth().register(
        "provider",
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )


def _refused(request: HttpRequest, why: str, status: int, code: str = "") -> HttpResponse:
    context = {"why": f"{why} ({code})" if code else why, "next": "/"}
    return render(request, "login.html", context, status=status)
