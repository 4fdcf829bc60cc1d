"""From candidates to field values: candidates that agree are confirmed; anything else goes to a person."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from jeopsu.domain.evidence import Anchor, Searched
from jeopsu.domain.fields import FieldStatus, FieldValue, Reading, Value
from jeopsu.domain.values import company_name, person_name
from jeopsu.extractors.kinds.plan_grid import Spot


@dataclass(frozen=True)
class Candidate:
    """A value read at one place of the plan."""

    value: Value | None
    printed: str
    spots: tuple[Spot, ...]  # the cell, or the cells that were added up
    doubts: tuple[str, ...] = ()  # why a person must look, in Korean
    alternatives: tuple[Value, ...] = ()
    how: str = "hwp"

    @property
    def sure(self) -> bool:
        return not self.doubts and self.value is not None and all(spot.sure for spot in self.spots)


READERS_DIFFER = "두 판독기가 다르게 읽음"
PLACES_DIFFER = "계획서 안에서 값이 서로 다름"


def as_is(value: Value) -> Hashable:
    """Equal values are the same."""
    return value


def as_company(value: Value) -> Hashable:
    """Names that differ in legal form and blanks alone are the same company's."""
    return company_name.plain(str(value))


def as_person(value: Value) -> Hashable:
    """Names that differ in blanks alone are the same person's."""
    return person_name.plain(str(value))


def settle(
    name: str,
    candidates: Sequence[Candidate],
    file: str,
    *,
    organisation: str | None = None,
    index: int | None = None,
    same: Callable[[Value], Hashable] = as_is,
) -> FieldValue | None:
    """One field value from all places that speak of it; None where none does. `same` maps equal values to one key."""
    if not candidates:
        return None
    valued = [c for c in candidates if c.value is not None]
    chosen = next((c for c in valued if c.sure), None) or (valued[0] if valued else candidates[0])
    keys = {same(c.value) for c in valued if c.value is not None}
    notes = list(chosen.doubts)
    if not all(spot.sure for spot in chosen.spots):
        notes.append(READERS_DIFFER)
    if len(keys) > 1:
        notes.append(PLACES_DIFFER)
    # A doubtful second place does not shake a sure one that says the same.
    confirmed = chosen.sure and len(keys) == 1
    others: list[Value] = [*chosen.alternatives]
    own = same(chosen.value) if chosen.value is not None else None
    others += [c.value for c in valued if c.value is not None and same(c.value) != own]
    return FieldValue(
        name=name,
        value=chosen.value,
        printed=chosen.printed,
        status=FieldStatus.CONFIRMED if confirmed else FieldStatus.UNCERTAIN,
        confidence=1.0 if confirmed else 0.5,
        evidence=place(chosen.spots, file),
        how=chosen.how,
        organisation=organisation,
        index=index,
        readings=() if confirmed else _readings(chosen.spots),
        alternatives=() if confirmed else tuple(dict.fromkeys(others)),
        note="" if confirmed else "; ".join(dict.fromkeys(notes)),
    )


def place(spots: Sequence[Spot], file: str) -> Anchor | Searched:
    """The cell in the file."""
    if not spots:
        return Searched(files=(file,))
    spot = spots[0]
    return Anchor(file=file, table=spot.table, row=spot.table_row, column=spot.table_column)


def _readings(spots: Sequence[Spot]) -> tuple[Reading, ...]:
    return tuple(Reading(engine=engine, text=text) for spot in spots for engine, text in spot.readings)
