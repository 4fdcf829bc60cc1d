"""How a value is shown to a person, and how what a person types becomes a value again: one way per kind of field."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from jeopsu.domain.field_names import FIELD_KINDS, FieldKind
from jeopsu.domain.fields import FieldValue, Value
from jeopsu.domain.labels import labelled
from jeopsu.domain.values import business_number, corporate_number, dates, share, won
from jeopsu.reports.contract import plain
from jeopsu.review.language import now, t

CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "org.role": (("lead", "주관"), ("partner", "공동")),
    "org.size": (
        ("large", "대기업"), ("midsize", "중견기업"), ("midsize_candidate", "중견기업 후보기업"), ("small", "중소기업"),
    ),
    "signoff.kind": (("seal", "도장"), ("signature", "서명"), ("none", "없음")),
    "fs.audit_opinion": (
        ("unqualified", "적정"), ("qualified", "한정"), ("adverse", "부적정"), ("disclaimer", "의견거절"),
    ),
    "fs.basis": (("k-ifrs", "K-IFRS"), ("k-gaap", "일반기업회계기준"), ("unknown", "알 수 없음")),
}  # fmt: skip
_UNITS = {"won": 1, "thousand": 1_000, "million": 1_000_000}


class NotAValue(ValueError):
    """What was typed is no value of this kind; the message says what would be."""


def label(field: FieldValue) -> str:
    """ "주관 2022년 자본총계"."""
    return label_of(field.name, field.organisation, field.year)


def label_of(name: str, organisation: str | None, year: int | None) -> str:
    text = labelled(name, organisation, year)
    return text.ko if now() == "ko" else text.en


def shown(name: str, value: Value | None) -> str:
    """The value as people write it; a dash where there is none."""
    if value is None:
        return "–"
    kind = FIELD_KINDS.get(name)
    if kind is FieldKind.WON and isinstance(value, int):
        return f"{value:,}" + ("원" if now() == "ko" else " won")
    if kind is FieldKind.SHARE:
        return f"{plain(value)}%"
    if kind is FieldKind.FLAG:
        return t("예") if value else t("아니오")
    if kind is FieldKind.BUSINESS_NUMBER and len(str(value)) == 10:
        return business_number.shown(str(value))
    if kind is FieldKind.CORPORATE_NUMBER and len(str(value)) == 13:
        return corporate_number.shown(str(value))
    for code, word in CHOICES.get(name, ()):
        if code == value:
            return t(word)
    return value.isoformat() if isinstance(value, date) else str(value)


def editable(name: str, value: Value | None) -> str:
    """The value as it stands in the input box."""
    kind = FIELD_KINDS[name]
    if value is None:
        return ""
    if kind is FieldKind.WON:
        return f"{value:,}"
    return str(plain(value)) if kind is not FieldKind.FLAG else ("1" if value else "0")


def typed(name: str, text: str, unit: str = "won") -> tuple[Value, str]:
    """The value of what a person typed, and a warning (a check digit that does not fit). Raises NotAValue."""
    kind, given = FIELD_KINDS[name], text.strip()
    if not given:
        raise NotAValue(t("값을 적어 주십시오."))
    warning = ""
    value: Value | None = None
    match kind:
        case FieldKind.WON:
            # "1 2" may be a slip for 1,2…: from a person, blanks between digits are no amount
            value = None if re.search(r"\d\s+\d", given) else won.parse(given, _UNITS.get(unit, 1))
        case FieldKind.SHARE:
            value = share.parse(given)
        case FieldKind.COUNT:
            value = int(given) if re.fullmatch(r"\d{1,6}", given) else None
        case FieldKind.DATE:
            value = dates.parse(given)
        case FieldKind.FLAG:
            value = {"1": True, "0": False, "예": True, "아니오": False}.get(given)
        case FieldKind.BUSINESS_NUMBER:
            value = business_number.clean(given)
            if value and not business_number.check_digit_fits(str(value)):
                warning = t("사업자등록번호의 검증 숫자가 맞지 않습니다. 화면과 다시 견주어 주십시오.")
        case FieldKind.CORPORATE_NUMBER:
            value = corporate_number.clean(given)
            if value and not corporate_number.check_digit_fits(str(value)):
                warning = t("법인등록번호의 검증 숫자가 맞지 않습니다(2025-01-31 이후 번호에는 없음).")
        case FieldKind.CHOICE if name in CHOICES:
            value = given if given in {code for code, _ in CHOICES[name]} else None
        case _:
            value = given[:500]
    if value is None:
        raise NotAValue(t(_HINTS.get(kind, "값을 적어 주십시오.")))
    return value, warning


_HINTS = {
    FieldKind.WON: "금액은 1,234,000 또는 △1,234처럼 적습니다.",
    FieldKind.SHARE: "비율은 30 또는 12.5처럼 적습니다.",
    FieldKind.COUNT: "건수는 숫자로 적습니다.",
    FieldKind.DATE: "날짜는 2023-04-05처럼 적습니다.",
    FieldKind.BUSINESS_NUMBER: "사업자등록번호는 숫자 10자리입니다.",
    FieldKind.CORPORATE_NUMBER: "법인등록번호는 숫자 13자리입니다.",
    FieldKind.CHOICE: "보기에서 골라 주십시오.",
    FieldKind.FLAG: "보기에서 골라 주십시오.",
}


def hint(name: str) -> str:
    return t(_HINTS.get(FIELD_KINDS[name], ""))


def example(name: str) -> str:
    """What a value of this kind looks like, for an empty input."""
    return _EXAMPLES.get(FIELD_KINDS[name], "")


_EXAMPLES = {
    FieldKind.WON: "1,234,000", FieldKind.SHARE: "12.5", FieldKind.COUNT: "3", FieldKind.DATE: "2023-04-05",
    FieldKind.BUSINESS_NUMBER: "123-45-67890", FieldKind.CORPORATE_NUMBER: "110111-1234567",
}  # fmt: skip


def choices(name: str) -> list[tuple[str, str]]:
    """What can be chosen; empty where it is typed."""
    if FIELD_KINDS[name] is FieldKind.FLAG:
        return [("1", t("예")), ("0", t("아니오"))]
    return [(code, t(word)) for code, word in CHOICES.get(name, ())]


def json_value(value: Value | None) -> str | int | bool | None:
    """For a decision's row."""
    return plain(value) if not isinstance(value, Decimal) else str(value)
