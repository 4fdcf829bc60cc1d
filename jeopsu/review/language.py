"""The site's two languages. Templates speak Korean; `locale/en.tsv` holds the English beside it.

Korean, whatever the browser says, unless the person chose: for this page (`?lang=`, kept in a cookie), or for good with
the button at the top (kept with the account; a cookie where nobody is logged in).
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from pathlib import Path

from django.http import HttpRequest

from jeopsu.domain.text import Language, Text

_current: ContextVar[Language] = ContextVar("language", default="ko")
_TABLE = Path(__file__).parent / "locale" / "en.tsv"


@cache
def table() -> dict[str, str]:
    """Korean sentence → English sentence."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def now() -> Language:
    return _current.get()


def use(language: Language) -> None:
    _current.set(language)


def t(korean: str) -> str:
    """The sentence in the reader's language; Korean where there is no English yet."""
    return korean if now() == "ko" else table().get(korean, korean)


def say(text: Text) -> str:
    return text.in_(now())


def wanted(request: HttpRequest) -> Language:
    """What the person asked for."""
    user = getattr(request, "user", None)
    kept = getattr(user, "language", "") if user is not None and user.is_authenticated else ""
    for told in (request.GET.get("lang", ""), kept, request.COOKIES.get("lang", "")):
        if told in ("ko", "en"):
            return "en" if told == "en" else "ko"
    return "ko"
