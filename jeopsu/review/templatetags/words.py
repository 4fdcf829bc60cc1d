"""Words, values and times as the templates show them, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Clause
from jeopsu.domain.labels import labelled
from jeopsu.domain.problems import Problem
from jeopsu.domain.submissions import Size
from jeopsu.domain.text import Text
from jeopsu.domain.values import business_number
from jeopsu.domain.values.person_name import masked
from jeopsu.reports import words as labels
from jeopsu.review import codes, told, values
from jeopsu.review.language import now, say
from jeopsu.review.language import t as translated
from jeopsu.storage.audit import AuditRow

register = template.Library()


@register.simple_tag
def t(korean: str, *values: Any) -> str:
    """The sentence in the reader's language; `{}` takes the values."""
    sentence = translated(korean)
    return sentence.format(*values) if values else sentence


@register.filter
def word(code: Any) -> str:
    """The word of a code; the code itself where there is none."""
    text = str(code or "")
    return translated(codes.WORDS.get(text, text))


@register.filter
def engine(name: str) -> str:
    """Who read something, as people know it."""
    return {"ppocr": "PP-OCR", "tesseract": "Tesseract", "hwp5": "pyhwp"}.get(name, word(name))


@register.filter
def verdict(code: Any) -> str:
    text = str(code or "")
    return translated(codes.VERDICTS.get(text, text))


@register.filter
def cause(code: str) -> str:
    return translated(codes.CAUSES.get(code, code))


@register.filter
def changed_field(what: str) -> str:
    """ "fs.equity 2022" as people say it."""
    name, _, rest = what.partition(" ")
    return f"{name_label(name)} {rest}".strip()


@register.filter
def changed_value(text: str | None) -> str:
    """ "500000000 (confirmed)" with the status in words."""
    if text is None:
        return "–"
    value, _, status = text.rpartition(" (")
    status = word(status.removesuffix(")"))
    return f"{int(value):,} ({status})" if value.lstrip("-").isdigit() and len(value) > 4 else f"{value} ({status})"


@register.filter
def effect(code: Any) -> str:
    text = str(code or "")
    return translated(codes.EFFECTS.get(text, text))


@register.filter
def text(value: Text) -> str:
    return say(value) if value else ""


@register.filter
def role(key: str | None) -> str:
    return labels.role(key, now())


@register.filter
def size(value: Size | None) -> str:
    return say(labels.SIZES[value]) if value else "–"


@register.filter
def sentence(problem: Problem) -> str:
    """What is wrong with a file, in a sentence."""
    return say(problem.sentence)


@register.filter
def clause(value: Clause) -> str:
    return value.shown()


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    """An entry of a mapping by a name that only the template knows."""
    return mapping.get(key) if mapping else None


@register.filter
def field_label(field: FieldValue) -> str:
    return values.label(field)


@register.filter
def field_value(field: FieldValue) -> str:
    return masked(values.shown(field.name, field.value))


@register.filter
def why(message: str) -> str:
    """A finding's message without the outcome that stands beside it anyway."""
    return message.removeprefix("확인 필요: ").removeprefix("undetermined: ")


@register.filter
def entry(row: AuditRow) -> str:
    """What an entry of the audit log says, in a line."""
    return masked(told.entry(row))


@register.filter
def knock(outcome: str) -> str:
    return translated(codes.KNOCKS.get(outcome, outcome))


@register.filter
def mask(value: str) -> str:
    """Resident numbers and phones blotted out."""
    return masked(value or "")


@register.filter
def won(amount: int | None) -> str:
    return "–" if amount is None else f"{amount:,}"


@register.filter
def thousands(amount: int | None) -> str:
    """Won in 천원 where nothing is lost, else in won with its unit."""
    if amount is None:
        return "–"
    return f"{amount // 1000:,}" if amount % 1000 == 0 else f"{amount:,}원"


@register.filter
def bytes_shown(size: int) -> str:
    for unit, step in (("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= step:
            return f"{size / step:.1f} {unit}"
    return f"{size} B"


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """The time on the wall in Seoul, for machines too."""
    if moment is None:
        return "–"
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), local.strftime("%Y-%m-%d %H:%M"))


@register.filter
def age(moment: datetime | None) -> str:
    """How long ago, in the largest unit that says something."""
    return _span(timezone.now() - moment) if moment else "–"


@register.filter
def clock(moment: datetime | None) -> str:
    """How long until a deadline, or by how much it is past."""
    if moment is None:
        return ""
    left = moment - timezone.now()
    late = left.total_seconds() < 0
    return translated("{} 지남" if late else "{} 남음").format(_span(-left if late else left))


@register.filter
def urgency(moment: datetime | None) -> str:
    """past, near (two days) or far: a deadline's colour."""
    if moment is None:
        return ""
    seconds = (moment - timezone.now()).total_seconds()
    return "past" if seconds < 0 else "near" if seconds < 172_800 else "far"


@register.filter
def quoted(name: str) -> str:
    return quote(name, safe="")


@register.filter
def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _span(delta: Any) -> str:
    minutes = max(0, int(delta.total_seconds() // 60))
    for unit, ko, en in ((1440, "{}일", "{} d"), (60, "{}시간", "{} h")):
        if minutes >= unit:
            return (ko if now() == "ko" else en).format(minutes // unit)
    return ("{}분" if now() == "ko" else "{} min").format(minutes)


@register.filter
def pages(count: int) -> range:
    """Page numbers, 1 to `count`; a rail of more than 400 helps nobody."""
    return range(1, min(count, 400) + 1)


@register.filter
def business(digits: str | None) -> str:
    """123-45-67890."""
    return business_number.shown(digits) if digits and len(digits) == 10 else digits or "–"


@register.filter
def name_label(name: str) -> str:
    """A field's name in words, whoever's it is."""
    return say(labelled(name, None))
