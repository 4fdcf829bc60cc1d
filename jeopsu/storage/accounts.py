"""Accounts, roles and rights, for the site and for `jeopsu users`. Part of `records`' writers."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.storage import audit, seats
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
    """An account as `jeopsu users` and the accounts page list it."""

    id: int
    name: str
    roles: tuple[str, ...]
    active: bool
    proposals: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    oidc: bool = False  # no password here: the provider lets in
    totp: bool = False
    last: datetime | None = None  # log-in


def add(
    name: str,
    roles: tuple[str, ...],
    *,
    password: str = "",
    proposals: tuple[str, ...] = (),
    calls: tuple[str, ...] = (),
    by: str = "console",
    local: bool = True,
    must_change: bool = False,
) -> str:
    """Makes an account; returns its password (made up where none is given). Raises AccountError.

    `local=False`: no password at all; whoever has this name at the OpenID Connect provider gets in. `must_change`:
    somebody else knows the password, so the first thing that is asked for is a new one.
    """
    _known(roles)
    if not name or name != name.strip() or len(name) > 150:
        raise AccountError("계정 이름은 1~150자이고 앞뒤에 빈칸이 없어야 합니다.")
    if User.objects.filter(username=name).exists():
        raise AccountError(f"이미 있는 계정입니다: {name}")
    made_up = password or secrets.token_urlsafe(12)
    try:
        validate_password(made_up)
    except ValidationError as error:
        raise AccountError(" ".join(error.messages)) from error
    with transaction.atomic():
        user = User.objects.create_user(username=name, password=made_up if local else None)
        if must_change and local:
            User.objects.filter(pk=user.pk).update(must_change=True)
        _entitle(user, roles, proposals, calls)
        body: dict[str, object] = {"name": name, "roles": list(roles)}
        body |= {"proposals": list(proposals)} if proposals else {}
        body |= {"calls": list(calls)} if calls else {}
        audit.add("account", by, body=body | ({} if local else {"oidc": True}))
    return made_up if local else ""


def change(
    name: str, roles: tuple[str, ...], *, proposals: tuple[str, ...], calls: tuple[str, ...], by: str = "console"
) -> None:
    """Gives an account other roles and rights. Raises AccountError."""
    _known(roles)
    with transaction.atomic():
        user = _user(name)
        before = account(user.pk)
        _entitle(user, roles, proposals, calls)
        told = {"roles": roles, "proposals": proposals, "calls": calls}
        was = {"roles": before.roles, "proposals": before.proposals, "calls": before.calls} if before else {}
        changed = {key: list(value) for key, value in told.items() if sorted(was.get(key, ())) != sorted(value)}
        if changed:
            audit.add("account", by, body={"name": name, **changed, "before": {key: list(was[key]) for key in changed}})


def _known(roles: tuple[str, ...]) -> None:
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise AccountError(f"역할은 {', '.join(ROLES)} 가운데에서 고릅니다: {', '.join(unknown) or '없음'}")


def _entitle(user: User, roles: tuple[str, ...], proposals: tuple[str, ...], calls: tuple[str, ...]) -> None:
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    Right.objects.filter(user=user).delete()
    Right.objects.bulk_create(Right(user=user, proposal=one) for one in dict.fromkeys(proposals))
    Right.objects.bulk_create(Right(user=user, call=one) for one in dict.fromkeys(calls))


def _user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise AccountError(f"그런 계정이 없습니다: {name}")
    return user


def first_operator() -> str | None:
    """On the very first start: the account `admin` with every right; returns its password. None: there are accounts."""
    if User.objects.exists():
        return None
    return add("admin", (LEAD, REVIEWER, AUDITOR, OPERATOR))


def lock(name: str, locked: bool, by: str = "console") -> None:
    """Closes an account, or opens it again. Raises AccountError."""
    with transaction.atomic():
        user = _user(name)
        User.objects.filter(pk=user.pk).update(is_active=not locked)
        FailedLogin.objects.filter(name=name).delete()
        audit.add("account", by, body={"name": name, "locked": locked})


def set_password(name: str, password: str = "", by: str = "console", *, must_change: bool = False) -> str:
    """Gives a new password; returns it. Its log-ins end with the old one. Raises AccountError."""
    user = _user(name)
    made_up = password or secrets.token_urlsafe(12)
    user.set_password(made_up)
    user.must_change = must_change
    user.save()
    FailedLogin.objects.filter(name=name).delete()
    audit.add("account", by, body={"name": name, "password": "changed"})
    return made_up


def set_language(name: str, language: str) -> None:
    """What a person reads the site in."""
    User.objects.filter(username=name).update(language=language)


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
    user = _user(name)
    for model in (("otp_totp", "TOTPDevice"), ("otp_static", "StaticDevice")):
        apps.get_model(*model).objects.filter(user=user).delete()
    audit.add("account", by, body={"name": name, "totp": "off"})


def everyone() -> tuple[Account, ...]:
    return _accounts(User.objects.order_by("username"))


def account(number: int) -> Account | None:
    """By its id."""
    return next(iter(_accounts(User.objects.filter(pk=number))), None)


def _accounts(users: QuerySet[User]) -> tuple[Account, ...]:
    devices = apps.get_model("otp_totp", "TOTPDevice").objects.filter(confirmed=True)
    with_device = set(devices.values_list("user_id", flat=True))
    return tuple(
        Account(
            id=user.pk,
            name=user.username,
            roles=tuple(sorted(group.name for group in user.groups.all())),
            active=user.is_active,
            proposals=tuple(sorted(r.proposal for r in user.rights.all() if r.proposal)),
            calls=tuple(sorted(r.call for r in user.rights.all() if r.call)),
            oidc=not user.has_usable_password(),
            totp=user.pk in with_device,
            last=user.last_login,
        )
        for user in users.prefetch_related("groups", "rights")
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
    seats.tidy()


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
