"""Names of people, and the masking of what may not be shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_FIRST_BORN, _LAST_BORN = 1925, 2010
# What a text looks like to the patterns below, letter for letter: digits and dashes of any width, any blank a blank.
_PLAIN = (
    {ord("０") + n: str(n) for n in range(10)}
    | dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ー~～∼"), "-")
    | dict.fromkeys(map(ord, "\t\n\r\v\f\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"), " ")
    | dict.fromkeys(map(ord, "．・·ㆍ"), ".")
    | {ord("："): ":", ord("／"): "/", ord("＊"): "*", ord("＋"): "+"}
)
# Letters that OCR makes of digits.
_BENT = str.maketrans("OoQDlI|iSBZ", "00001111582")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_STAR = r"*×※#xX●○•∙■□▒"
# A resident (or foreigner's) number: date of birth, then 1-8 for sex and century; whole or with its tail as stars.
_RESIDENT = re.compile(
    r"(?<![\d-])(\d ?\d) ?(\d ?\d) ?(\d ?\d)"
    rf"(?: {{0,3}}--? {{0,3}}(?:([1-8{_STAR}])(?: ?[\d{_STAR}]){{6}}|([1-8])[{_STAR}]{{0,5}}(?![\d-])))(?!\d)"
)
# Its hyphen lost: thirteen digits, or six and seven, or all set apart.
_UNBROKEN = re.compile(r"(?<!\d)(?<!\d,)(\d\d)(\d\d)(\d\d) {0,3}([1-8])\d{6}(?!\d)")
_APART = re.compile(r"(?<!\d)(?<!\d )(\d \d) (\d \d) (\d \d) ([1-8])(?: \d){6}(?! ?\d)")
_DAY = r"(?:19|20)?\d\d ?[.\-/년]? ?\d{1,2} ?[.\-/월]? ?\d{1,2} ?일?"
_BIRTH = re.compile(
    r"((?:생 ?년 ?월 ?일|출 ?생 ?(?:년 ?월 ?)?일(?:자)?|(?<![가-힣])생 ?일|(?i:date of birth|birth ?date|d\.?o\.?b\.?))"
    rf"(?: ?\([^)]{{0,8}}\))? {{0,3}}[:=]? {{0,3}})({_DAY})(?:-[1-8](?!\d))?"
)
_BORN = re.compile(
    r"(?<!\d)((?:19|20)?\d\d ?[.\-/년] ?\d{1,2} ?[.\-/월] ?\d{1,2}\.? ?일?)"
    r"( ?(?:출생|생(?![산명활성물태략긴겨길])|태생))"
)
_PHONE = re.compile(r"(?<![\d.])(?:(\+?82[-. ]?(?:\(0\)|0)?10)|(01[016789]))[-. )]{0,3}\d{3,4}[-. ]{0,3}(\d{4})(?!\d)")
_DIGIT = re.compile(r"\d")
_FEWEST = 4  # digits of the shortest day of birth
_LEAST_DIGITS = 9  # of a bent number that must be digits as they stand


def plain(name: str) -> str:
    """A name without blanks: "홍 길 동" and "홍길동" are one."""
    return _plain(name)


@lru_cache(maxsize=4096)  # the rules ask for the same few names again and again
def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def masked(text: str) -> str:
    """Resident and foreigners' numbers, days of birth said to be such and mobile phones blotted out: in any width,
    broken over lines, set apart, or with letters that OCR made of their digits.

    A corporate registration number looks like a resident number ("110111-1234567"); one whose first six digits are no
    day on which somebody who takes part could have been born stays.
    """
    if not any(c.isdigit() for c in text):
        return text
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    if len(_DIGIT.findall(text)) < _FEWEST:
        return text
    plain = text.translate(_PLAIN)
    for pattern, blot in _BLOTS:
        text, plain = _blotted(text, plain, pattern, blot)
    if any(c in text for c in "OoQDlI|iSBZ"):
        for pattern, blot in ((_RESIDENT, _resident), (_PHONE, _phone)):
            text, plain = _blotted(text, plain, pattern, blot, bent=True)
    return text


Blot = Callable[[re.Match[str]], str | None]


def _blotted(text: str, plain: str, pattern: re.Pattern[str], blot: Blot, bent: bool = False) -> tuple[str, str]:
    """The text with what its shadow (`plain`) shows blotted out, and its new shadow. None leaves a match as it is."""
    parts, done = [], 0
    for match in pattern.finditer(plain.translate(_BENT) if bent else plain):
        if bent and sum(c.isdigit() for c in plain[match.start() : match.end()]) < _LEAST_DIGITS:
            continue
        instead = blot(match)
        if instead is not None:
            parts += [text[done : match.start()], instead]
            done = match.end()
    if not parts:
        return text, plain
    text = "".join((*parts, text[done:]))
    return text, text.translate(_PLAIN)


def _is_birth(year: str, month: str, day: str, sex: str) -> bool:
    """Whether somebody who takes part could have been born on that day."""
    if not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
        return False
    if not sex.isdigit():
        return True
    return _FIRST_BORN <= int(year) + (1900 if sex in "1256" else 2000) <= _LAST_BORN


def _resident(match: re.Match[str]) -> str | None:
    year, month, day = (match[n].replace(" ", "") for n in (1, 2, 3))
    tail, short = match[4], match[5]
    if not _is_birth(year, month, day, tail or short):
        return None
    return f"{year}****-*" if short else f"{year}****-*******"


def _unbroken(match: re.Match[str]) -> str | None:
    year, month, day = (match[n].replace(" ", "") for n in (1, 2, 3))
    return f"{year}****-*******" if _is_birth(year, month, day, match[4]) else None


def _phone(match: re.Match[str]) -> str:
    return f"{match[1] or match[2]}-****-{match[3]}"


_BLOTS: tuple[tuple[re.Pattern[str], Blot], ...] = (
    (_RESIDENT, _resident),
    (_UNBROKEN, _unbroken),
    (_APART, _unbroken),
    (_BIRTH, lambda match: f"{match[1]}****"),
    (_BORN, lambda match: f"****{match[2]}"),
    (_PHONE, _phone),
)
