"""Accounts, for the operator: who may come in, as what, for which calls; new passwords; whose log-ins go on.

A password that the operator hands over holds until its owner has logged in: then a new one is asked for. Nobody changes
the own account here, so that there is always an operator left, and nobody gives rights to oneself unseen by another.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jeopsu.calls.load import list_calls
from jeopsu.review.access import may, name_of
from jeopsu.review.language import t
from jeopsu.storage import accounts, audit, names, seats, views
from jeopsu.storage.accounts import Account, AccountError
from jeopsu.storage.errors import BadName

_ENTRIES = 20


@require_safe
@may("accounts")
def everyone(request: HttpRequest) -> HttpResponse:
    """Every account with its roles, rights and log-ins; the form for a new one."""
    return _list(request)


@never_cache
@require_POST
@may("accounts")
def new(request: HttpRequest) -> HttpResponse:
    """Makes an account; its first password is shown on this answer and nowhere else."""
    name, oidc = request.POST.get("name", "").strip(), request.POST.get("oidc") == "1"
    try:
        roles, proposals, calls = _told(request)
        password = accounts.add(
            name, roles, proposals=proposals, calls=calls, by=name_of(request), local=not oidc, must_change=True
        )
    except (AccountError, BadName) as error:
        typed = {"name": name, "roles": request.POST.getlist("role"), "calls": request.POST.getlist("call")}
        typed["proposals"] = request.POST.get("proposals", "").split()
        return _list(request, why=t(str(error)), typed=typed, status=400)
    if oidc:
        messages.success(request, t("{} 계정을 만들었습니다. 통합 로그인으로 들어옵니다.").format(name))
        return redirect("accounts")
    return _list(request, shown=(name, password))


@require_http_methods(["GET", "HEAD"])
@may("accounts")
def one(request: HttpRequest, account: int) -> HttpResponse:
    """An account: roles and rights to change, its log-ins, what the audit log says of it."""
    return _one(request, _account(account))


@never_cache
@require_POST
@may("accounts")
def change(request: HttpRequest, account: int) -> HttpResponse:
    """`do`: rights, password, factor, lock, unlock. Everything stands in the audit log."""
    who, by, do = _account(account), name_of(request), request.POST.get("do", "")
    if who.name == by:
        return _one(
            request, who, why=t("자기 계정은 여기서 바꿀 수 없습니다. 다른 운영자에게 부탁해 주십시오."), status=403
        )
    try:
        if do == "rights":
            roles, proposals, calls = _told(request)
            accounts.change(who.name, roles, proposals=proposals, calls=calls, by=by)
        elif do == "password":
            password = accounts.set_password(who.name, by=by, must_change=True)
            seats.end(who.id, "", by=by)
            return _one(request, _account(account), password=password)
        elif do == "factor":
            accounts.forget_factor(who.name, by=by)
        elif do in ("lock", "unlock"):
            accounts.lock(who.name, do == "lock", by=by)
            if do == "lock":
                seats.end(who.id, "", by=by)
        else:
            return _one(request, who, why=t("무엇을 할지 골라 주십시오."), status=400)
    except (AccountError, BadName) as error:
        return _one(request, who, why=t(str(error)), status=400)
    messages.success(request, t("{} 계정을 바꾸었습니다.").format(who.name))
    return redirect("account", account=account)


@require_POST
@may("accounts")
def end(request: HttpRequest, account: int) -> HttpResponse:
    """Ends a log-in (`seat`), or all of the account's."""
    who = _account(account)
    count = seats.end(who.id, request.POST.get("seat", "")[:40], by=name_of(request))
    messages.success(request, t("로그인 {}개를 끝냈습니다.").format(count))
    return redirect("account", account=account)


def _told(request: HttpRequest) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Roles, an applicant's proposals, the calls that a member of staff is held to. Raises AccountError, BadName."""
    roles = tuple(role for role in accounts.ROLES if role in request.POST.getlist("role"))
    proposals = tuple(names.proposal_id(one) for one in request.POST.get("proposals", "").replace(",", " ").split())
    calls = tuple(call for call in request.POST.getlist("call") if call)
    unknown = set(calls) - set(_calls())
    if unknown:
        raise AccountError(t("그런 공고가 없습니다: {}").format(", ".join(sorted(unknown))))
    if proposals and accounts.APPLICANT not in roles:
        raise AccountError(t("과제는 신청자 역할에만 붙입니다."))
    return roles, proposals, calls


def _calls() -> list[str]:
    return sorted({*(call.id for call in list_calls()), *views.calls()})


def _account(number: int) -> Account:
    found = accounts.account(number)
    if found is None:
        raise Http404
    return found


def _list(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    open_: dict[str, int] = {}
    for seat in seats.of():
        open_[seat.name] = open_.get(seat.name, 0) + 1
    context = {
        "accounts": [(one, open_.get(one.name, 0)) for one in accounts.everyone()],
        "roles": accounts.ROLES,
        "calls": _calls(),
        "me": name_of(request),
        **more,
    }
    return render(request, "accounts.html", context, status=status)


def _one(request: HttpRequest, who: Account, *, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "account": who,
        "mine": who.name == name_of(request),
        "roles": accounts.ROLES,
        "calls": sorted({*_calls(), *who.calls}),
        "seats": seats.of(who.id, session=request.session.session_key),
        "entries": audit.about_account(who.name, _ENTRIES),
        **more,
    }
    return render(request, "account.html", context, status=status)
