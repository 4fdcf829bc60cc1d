"""What every template knows: the language, who is logged in and what they may do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from jeopsu.review import access, language


def common(request: HttpRequest) -> dict[str, Any]:
    logged_in = bool(getattr(request, "user", None) and request.user.is_authenticated)
    return {
        "lang": language.now(),
        "other_language": "en" if language.now() == "ko" else "ko",
        "oidc": settings.PROGRAM.oidc_label or settings.PROGRAM.oidc_issuer,
        "may": {right: access.has(request, right) for right in access.RIGHTS} if logged_in else {},
    }
