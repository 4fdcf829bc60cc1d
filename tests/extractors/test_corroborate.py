"""A name that was read once on a scan is confirmed by a text layer that says it letter for letter, and only then."""

from jeopsu.domain.evidence import Searched
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.extractors.corroborate import ONE_READING, corroborated


def _field(
    name: str, value: str, status: str = "uncertain", how: str = "ocr", note: str = ONE_READING, **more
) -> FieldValue:
    base = {
        "name": name,
        "value": value,
        "printed": value,
        "status": status,
        "confidence": 0.9,
        "how": how,
        "note": note,
    }
    return FieldValue(**base, evidence=Searched(), **more)


PLAN = [
    _field("org.name", "주식회사 서흥솔루션즈", "confirmed", "hwp", ""),
    _field("org.representative", "서수빈", "confirmed", "hwp", ""),
]


def test_the_same_letters_confirm_and_a_bent_letter_does_not():
    fields = [
        _field("bizreg.representative", "서수빈"),
        _field("bizreg.name", "서흥솔루션즈㈜"),
        _field("corpreg.name", "서홍솔루션즈㈜"),
    ]
    right, company, bent = corroborated(fields, PLAN)
    assert right.confirmed and company.confirmed
    assert bent == fields[2]


def test_another_reading_of_the_cell_may_be_the_one_that_is_proven():
    (field,) = corroborated([_field("signoff.name", "서수민", alternatives=("서수빈",))], PLAN)
    assert (field.value, field.status) == ("서수빈", FieldStatus.CONFIRMED)


def test_scans_prove_nothing_for_each_other_and_other_doubts_stay():
    scan = _field("org.representative", "서수빈", "confirmed", "ocr", "")
    once, doubted = (
        _field("bizreg.representative", "서수빈"),
        _field("bizreg.representative", "서수빈", note="값이 여럿 있음"),
    )
    assert corroborated([once], [scan]) == (once,)
    assert corroborated([doubted], PLAN) == (doubted,)
