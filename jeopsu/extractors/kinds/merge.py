"""Two readings of one scanned certificate, page-wide and run by run of print, made into one list of fields.

Neither proves the other: both are the same engine's. What one reading lost, the other gives; where they differ, both
stay known, so that the plan or the file's name can prove one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jeopsu.domain.fields import ONE_READING, FieldStatus, FieldValue
from jeopsu.domain.values import company_name, person_name
from jeopsu.extractors.kinds.reading import SECOND
from jeopsu.extractors.kinds.strikes import STRUCK

SURE = 0.9  # the second engine's weakest character
DIFFER = "두 번 읽은 결과가 서로 다름"
COMPANIES = frozenset({"bizreg.name", "corpreg.name", "midsize.name", "employment.organisation"})
PEOPLE = frozenset({"bizreg.representative", "corpreg.representative", "employment.name"})


def merged(first: Sequence[FieldValue], second: Sequence[FieldValue]) -> tuple[FieldValue, ...]:
    """The fields of `first` in their order, each with what `second` says of it; both name a field once at most."""
    others = {field.name: field for field in second}
    return tuple(_one(field, others.get(field.name)) if field.index is None else field for field in first)


def _one(field: FieldValue, other: FieldValue | None) -> FieldValue:
    if other is None or field.note == STRUCK:
        return field
    if other.note == STRUCK:
        return other
    if other.value is None:
        return field
    if field.value is None:
        return other
    if _same(field, other):
        if _contradicted(field) or _contradicted(other):
            return other if field.confirmed else field
        if field.confirmed or other.confirmed:
            return field if field.confirmed else other
        best, rest = (field, other) if field.confidence >= other.confidence else (other, field)
        both = dict.fromkeys(v for v in (*best.alternatives, *rest.alternatives) if v != best.value)
        return best.model_copy(update={"alternatives": tuple(both), "readings": best.readings + rest.readings})
    if field.confirmed and other.confirmed:
        return field.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": DIFFER})
    if field.confirmed or other.confirmed:
        return field if field.confirmed else other
    best, rest = (field, other) if field.confidence >= other.confidence else (other, field)
    if field.name not in COMPANIES | PEOPLE:
        return best
    others = dict.fromkeys((*best.alternatives, rest.value, *rest.alternatives))
    note = ONE_READING if ONE_READING in (field.note, other.note) else best.note
    return best.model_copy(
        update={
            "alternatives": tuple(v for v in others if v != best.value),
            "readings": best.readings + rest.readings,
            "note": note,
        }
    )


def _contradicted(field: FieldValue) -> bool:
    """Whether the second engine is sure of other figures at this place: then a lucky cut elsewhere proves nothing."""
    if field.confirmed or isinstance(field.value, bool):
        return False
    wanted = re.sub(r"\D", "", str(field.value))
    read = [(re.sub(r"\D", "", r.text), r.confidence or 0.0) for r in field.readings if r.engine == SECOND]
    return any(len(text) == len(wanted) > 0 and text != wanted and sure >= SURE for text, sure in read)


def _same(field: FieldValue, other: FieldValue) -> bool:
    one, two = field.value, other.value
    if field.name in COMPANIES:
        return company_name.same(str(one), str(two))
    if field.name in PEOPLE:
        return person_name.plain(str(one)) == person_name.plain(str(two))
    return one == two
