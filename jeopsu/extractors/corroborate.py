"""Names read once on a scan, confirmed by another document that says the same.

OCR alone cannot prove a Korean name: the same engine bends the same glyph the same way each time. A name that stands
on a text layer elsewhere in the proposal (the plan, a digital certificate) and is read here letter for letter is
proven: the reading would have to err into exactly that other name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.values import company_name, person_name

# The note of a name that was read, but by one engine only.
ONE_READING = "스캔본에서 한 번만 읽힘"
COMPANIES = frozenset({"bizreg.name", "corpreg.name", "midsize.name", "employment.organisation"})
PEOPLE = frozenset(
    {"bizreg.representative", "corpreg.representative", "employment.name", "signoff.name", "participant.name"}
)
# What may prove a name: confirmed, and not read by OCR itself.
_PROVING = COMPANIES | PEOPLE | {"org.name", "org.representative", "plan.lead_researcher"}
# The least sure word of a reading that may be proven. Below it letters are guessed.
LEAST = 0.3


def corroborated(fields: Sequence[FieldValue], others: Iterable[FieldValue] = ()) -> tuple[FieldValue, ...]:
    """`fields` with those names confirmed that a confirmed field from a text layer or an HWP says letter for letter.

    `others`: further fields that may prove a name, such as the plan's. Everything else comes back unchanged.
    """
    proving = [
        field
        for field in (*fields, *others)
        if field.name in _PROVING and field.confirmed and field.value and field.how not in ("ocr", "ink")
    ]
    companies = {company_name.plain(str(field.value)) for field in proving} - {""}
    people = {person_name.plain(str(field.value)) for field in proving}
    return tuple(_settled(field, companies, people) for field in fields)


def _settled(field: FieldValue, companies: set[str], people: set[str]) -> FieldValue:
    if field.status is not FieldStatus.UNCERTAIN or field.note != ONE_READING or field.confidence < LEAST:
        return field
    if field.name in COMPANIES:
        proven = [v for v in (field.value, *field.alternatives) if company_name.plain(str(v)) in companies]
    elif field.name in PEOPLE:
        proven = [v for v in (field.value, *field.alternatives) if person_name.plain(str(v)) in people]
    else:
        return field
    if len(set(proven)) != 1:
        return field
    update = {"value": proven[0], "status": FieldStatus.CONFIRMED, "note": "", "how": "ocr, corroborated"}
    return field.model_copy(update=update)
