"""The second factor: a code from a telephone (TOTP, django-otp), and recovery codes for the day it is lost."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django_otp import devices_for_user, login, match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from jeopsu.storage import accounts

_RECOVERY_CODES = 8
BY_PROVIDER = "by_provider"  # in the session: a provider vouched for the person, its second factor is its own matter


def has(user: Any) -> bool:
    """Whether this account asks for a code at log-in."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def missing(request: HttpRequest, roles: frozenset[str]) -> bool:
    """Whether the person has to set up a second factor before anything else."""
    if settings.PROGRAM.totp != "staff" or not roles & set(accounts.STAFF) or request.session.get(BY_PROVIDER):
        return False
    return not request.user.is_verified()


def accept(request: HttpRequest, user: Any, code: str) -> bool:
    """Whether the code is right; the session then knows. A code counts once, and wrong ones are slowed down."""
    device = match_token(user, code.replace(" ", ""))
    if device is None:
        return False
    request.user = user
    login(request, device)
    return True


def begin(user: Any) -> TOTPDevice:
    """A device that waits for its first code; the same one until that comes."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    return device


def picture(device: TOTPDevice) -> SafeString:
    """The device's secret as a QR code, in SVG without styles."""
    drawn = segno.make(device.config_url, error="m").svg_inline(
        scale=5, border=3, light="#fff", dark="#000", omitsize=True
    )
    return mark_safe(drawn)


def secret(device: TOTPDevice) -> str:
    """For typing in, in groups of four."""
    from base64 import b32encode

    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def confirm(request: HttpRequest, device: TOTPDevice, code: str) -> list[str] | None:
    """The first code makes the device count; returns the recovery codes, to be shown once. None: it was wrong."""
    if not device.verify_token(code.replace(" ", "")):
        return None
    device.confirmed = True
    device.save()
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    StaticDevice.objects.filter(user=device.user).delete()
    spare = StaticDevice.objects.create(user=device.user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(_RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=spare, token=code) for code in codes)
    login(request, device)
    return codes


def forget(user: Any) -> None:
    for device in devices_for_user(user, confirmed=None):
        device.delete()
