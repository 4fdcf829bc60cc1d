"""Bent names of signers on scans: a row that can only be one planned participant is shown as that person's, as a guess.

The name stays uncertain and the reading is kept beside it; no verdict follows from it. A person who looks finds the
right row at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.values import person_name

PARTNERS_LINE = "공동연구개발기관"  # opens a partner's line on a sheet that several sign
GUESSED = "계획서의 참여자 이름과 한 글자 다르게 읽힘"


def guessed(fields: Sequence[FieldValue]) -> tuple[FieldValue, ...]:
    """The same fields in the same order; bent names of signers, and of rows of the rates form, next to exactly one
    participant who has no row there."""
    planned: dict[str | None, set[str]] = {}
    for field in fields:
        if field.name == "participant.name" and field.confirmed and not field.how.startswith("ocr"):
            planned.setdefault(field.organisation, set()).add(person_name.plain(str(field.value)))
    everybody = set().union(*planned.values())
    rows: dict[tuple[str | None, str], list[int]] = {}
    for place, field in enumerate(fields):
        if field.name == "signoff.name" or (field.name == "participant.name" and field.how.startswith("ocr")):
            rows.setdefault((field.file, field.name), []).append(place)
    result = list(fields)
    for (_, name), places in rows.items():
        people = everybody if name == "participant.name" else planned.get(fields[places[0]].organisation, set())
        told = {person_name.plain(str(fields[place].value)) for place in places if fields[place].value}
        open_ = people - told
        bent = {place: _near(fields[place], open_) for place in places if _is_bent(fields[place], people)}
        for place, near in bent.items():
            if len(near) == 1 and sum(near <= others for others in bent.values()) == 1:
                read = result[place]
                result[place] = read.model_copy(
                    update={"value": next(iter(near)), "alternatives": (str(read.value),), "note": GUESSED}
                )
    return tuple(result)


def _is_bent(field: FieldValue, people: set[str]) -> bool:
    name = person_name.plain(str(field.value or ""))
    return field.status is FieldStatus.UNCERTAIN and len(name) >= 3 and name not in people


def _near(field: FieldValue, people: set[str]) -> set[str]:
    """Those of the same length that differ in one letter."""
    name = person_name.plain(str(field.value))
    return {p for p in people if len(p) == len(name) and sum(a != b for a, b in zip(p, name, strict=True)) == 1}
