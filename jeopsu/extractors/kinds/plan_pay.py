"""Pay of single people whose table names no unit: proven where it adds up to the organisation's personnel cost."""

from __future__ import annotations

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.extractors.kinds.plan_money import UNIT_GUESSED

_PAIRS = {
    "participant.personnel_cash": "budget.personnel_cash",
    "participant.personnel_in_kind": "budget.personnel_in_kind",
}


def proven(fields: list[FieldValue]) -> list[FieldValue]:
    """Fields in which pay in a guessed unit is confirmed where everybody's together is what the budget says."""
    whole = {(f.name, f.organisation): f.value for f in fields if f.confirmed and f.name in _PAIRS.values()}
    sums: dict[tuple[str, str | None], int | None] = {}
    for field in fields:
        if field.name in _PAIRS:
            key = _PAIRS[field.name], field.organisation
            before = sums.get(key, 0)
            known = isinstance(field.value, int) and (field.confirmed or field.note == UNIT_GUESSED)
            sums[key] = before + int(str(field.value)) if before is not None and known else None
    held = {key for key, amount in sums.items() if amount and whole.get(key) == amount}
    return [
        f.model_copy(update={"status": FieldStatus.CONFIRMED, "confidence": 1.0, "note": "", "readings": ()})
        if f.note == UNIT_GUESSED and f.value is not None and (_PAIRS.get(f.name, ""), f.organisation) in held
        else f
        for f in fields
    ]
