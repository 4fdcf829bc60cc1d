"""Accounts, roles and rights, for the site and for `jeopsu users`. Part of `records`' writers."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.storage import audit
from jeopsu.storage.models import User
from jeopsu.storage.models_review import ApiToken, FailedLogin, Identity, Right

APPLICANT, REVIEWER, LEAD, AUDITOR, OPERATOR = "applicant", "reviewer", "lead_reviewer", "auditor", "operator"
ROLES = (APPLICANT, REVIEWER, LEAD, AUDITOR, OPERATOR)
STAFF = (REVIEWER, LEAD, AUDITOR, OPERATOR)

WINDOW = timedelta(minutes=15)  # wrong passwords are counted over this time …
ATTEMPTS = 5  # … and this many lock an account's door until it has passed
ATTEMPTS_PER_ADDRESS = 30


class AccountError(ValueError):
    """What was asked of an account cannot be done; the message is for the person who asked."""


class Account(Record):
    """An account as `jeopsu users` lists it."""

    name: str
    roles: tuple[str, ...]
    active: bool
    proposals: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()


def add(
    name: str,
    roles: tuple[str, ...],
    *,
    password: str = "",
    proposals: tuple[str, ...] = (),
    calls: tuple[str, ...] = (),
    by: str = "console",
    local: bool = True,
) -> str:
    """Makes an account; returns its password (made up where none is given). Raises AccountError.

    `local=False`: no password at all; whoever has this name at the OpenID Connect provider gets in.
    """
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise AccountError(f"역할은 {', '.join(ROLES)} 가운데에서 고릅니다: {', '.join(unknown) or '없음'}")
    if User.objects.filter(username=name).exists():
        raise AccountError(f"이미 있는 계정입니다: {name}")
    made_up = password or secrets.token_urlsafe(12)
    try:
        validate_password(made_up)
    except ValidationError as error:
        raise AccountError(" ".join(error.messages)) from error
    with transaction.atomic():
        user = User.objects.create_user(username=name, password=made_up if local else None)
        user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
        for proposal in proposals:
            Right.objects.create(user=user, proposal=proposal)
        for call in calls:
            Right.objects.create(user=user, call=call)
        audit.add("account", by, body={"name": name, "roles": list(roles), **({} if local else {"oidc": True})})
    return made_up if local else ""


def first_operator() -> str | None:
    """On the very first start: the account `admin` with every right; returns its password. None: there are accounts."""
    if User.objects.exists():
        return None
    return add("admin", (LEAD, REVIEWER, AUDITOR, OPERATOR))


def lock(name: str, locked: bool, by: str = "console") -> None:
    """Closes an account, or opens it again. Raises AccountError."""
    changed = User.objects.filter(username=name).update(is_active=not locked)
    if not changed:
        raise AccountError(f"그런 계정이 없습니다: {name}")
    FailedLogin.objects.filter(name=name).delete()
    audit.add("account", by, body={"name": name, "locked": locked})


def set_password(name: str, password: str = "", by: str = "console") -> str:
    """Gives a new password; returns it. Raises AccountError."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise AccountError(f"그런 계정이 없습니다: {name}")
    made_up = password or secrets.token_urlsafe(12)
    user.set_password(made_up)
    user.save()
    audit.add("account", by, body={"name": name, "password": "changed"})
    return made_up


def by_identity(issuer: str, subject: str, name: str, roles: tuple[str, ...] | None) -> User:
    """The account of somebody whom the provider vouches for. Raises AccountError with what to do.

    `roles`: what the provider says (the account follows it), None: the operator gives them. A name alone never opens an
    account that has a password here: at the provider, anybody might be called admin.
    """
    given = tuple(sorted(set(roles or ()) & set(ROLES)))
    with transaction.atomic():
        identity = Identity.objects.select_related("user").filter(issuer=issuer, subject=subject).first()
        if identity is None:
            user = User.objects.filter(username=name).first()
            if user is None:
                if not name or not given:
                    raise AccountError("이 사이트에 계정이 없습니다. 운영자에게 요청해 주십시오.")
                add(name, given, local=False, by=issuer)
                user = User.objects.get(username=name)
            elif user.has_usable_password() or user.identities.filter(issuer=issuer).exists():
                raise AccountError("같은 이름의 다른 계정이 있습니다. 운영자에게 문의해 주십시오.")
            Identity.objects.create(user=user, issuer=issuer, subject=subject)
            audit.add("account", issuer, body={"name": user.username, "oidc": subject})
        else:
            user = identity.user
        if not user.is_active:
            raise AccountError("잠긴 계정입니다. 운영자에게 문의해 주십시오.")
        if roles is not None and given != tuple(sorted(user.groups.values_list("name", flat=True))):
            user.groups.set([Group.objects.get_or_create(name=role)[0] for role in given])
            audit.add("account", issuer, body={"name": user.username, "roles": list(given)})
        return user


def forget_factor(name: str, by: str = "console") -> None:
    """Takes away the second factor of somebody who lost the telephone. Raises AccountError."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise AccountError(f"그런 계정이 없습니다: {name}")
    for model in (("otp_totp", "TOTPDevice"), ("otp_static", "StaticDevice")):
        apps.get_model(*model).objects.filter(user=user).delete()
    audit.add("account", by, body={"name": name, "totp": "off"})


def everyone() -> tuple[Account, ...]:
    return tuple(
        Account(
            name=user.username,
            roles=tuple(sorted(group.name for group in user.groups.all())),
            active=user.is_active,
            proposals=tuple(r.proposal for r in user.rights.all() if r.proposal),
            calls=tuple(r.call for r in user.rights.all() if r.call),
        )
        for user in User.objects.prefetch_related("groups", "rights").order_by("username")
    )


def locked_out(name: str, address: str) -> bool:
    """Whether log-in is refused for now, right password or not."""
    recent = FailedLogin.objects.filter(at__gt=timezone.now() - WINDOW)
    return (
        recent.filter(name=name).count() >= ATTEMPTS or recent.filter(address=address).count() >= ATTEMPTS_PER_ADDRESS
    )


def login_failed(name: str, address: str) -> None:
    FailedLogin.objects.create(name=name[:200], address=address[:60], at=timezone.now())
    audit.add("login_failed", name[:200], body={"address": address})


def login_done(name: str, address: str) -> None:
    FailedLogin.objects.filter(name=name).delete()
    audit.add("login", name, body={"address": address})


def make_token(name: str, label: str = "", by: str = "console") -> str:
    """A key for the API with this account's rights; shown once, only its digest is kept. Raises AccountError."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise AccountError(f"그런 계정이 없습니다: {name}")
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(user=user, digest=_token_digest(token), label=label[:60], created=timezone.now())
    audit.add("account", by, body={"name": name, "token": label})
    return token


def by_token(token: str) -> User | None:
    """The active account that a key belongs to."""
    row = ApiToken.objects.select_related("user").filter(digest=_token_digest(token), user__is_active=True).first()
    if row is None:
        return None
    now = timezone.now()
    if row.used is None or (now - row.used).total_seconds() > 60:
        ApiToken.objects.filter(pk=row.pk).update(used=now)
    return row.user


def _token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
