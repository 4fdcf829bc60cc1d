"""A scan's doubtful reading that repeats the plan is settled; whatever differs, or is no identity, stays open."""

from __future__ import annotations

import pytest

from jeopsu.domain.evidence import Searched
from jeopsu.domain.fields import ONE_READING, FieldStatus, FieldValue, Reading
from jeopsu.validators.corroborate import corroborate
from tests.validators.proposals import changed, proposal, settled

SOUND = settled(proposal())


def after(name: str, value: str, **update: object) -> FieldValue:
    doubt = changed(SOUND, name, "lead", **{"value": value, "status": "uncertain", "confidence": 0.9, **update})
    return next(f for f in corroborate(doubt.fields) if f.name == name and f.organisation == "lead")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bizreg.name", "주 식 회 사 가 온 정 밀"),
        ("midsize.name", "㈜가온정밀"),
        ("bizreg.number", "1234567891"),
        ("employment.name", "박 하 나"),
        ("employment.name", "박하나"),
        ("employment.organisation", "주식회사 가온정밀"),
    ],
)
def test_what_repeats_the_plan_is_confirmed(name: str, value: str) -> None:
    assert after(name, value).status is FieldStatus.CONFIRMED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bizreg.name", "주식회사 가온정빌"),
        ("bizreg.name", '주식회사 가온정밀"'),
        ("bizreg.number", "1234567890"),
        ("employment.name", "최두리"),  # of the house, but not the responsible person
        ("corpreg.issued", "2023-04-01"),  # dates are never confirmed so
    ],
)
def test_whatever_differs_stays_open(name: str, value: str) -> None:
    found = after(name, value)
    assert found.status is FieldStatus.UNCERTAIN
    assert str(found.value) == value


def test_either_of_two_readings_of_a_name_may_be_the_plans() -> None:
    found = after("bizreg.name", "주식회사 가온정빌", alternatives=("주식회사 가온정밀",))
    assert found.status is FieldStatus.CONFIRMED and found.value == "주식회사 가온정밀"
    # Where neither is, no rule is tried with them: both may be wrong.
    assert after("bizreg.name", "주식회사 가온정빌", alternatives=("주식회사 가은정밀",)).alternatives == ()


def test_only_the_surest_reading_of_a_person_may_be_proven() -> None:
    assert after("employment.name", "박하니", alternatives=("박하나", "박히나")).status is FieldStatus.UNCERTAIN
    assert after("employment.name", "박하니", alternatives=("박하나",)).status is FieldStatus.UNCERTAIN
    assert after("employment.name", "박하나", alternatives=("박하니",)).confirmed
    assert not after("employment.name", "박하나", alternatives=("박하니",), confidence=0.8).confirmed
    assert after("employment.name", "박하나", confidence=0.7).confirmed
    assert not after("employment.name", "박하나", confidence=0.5).confirmed


def test_a_speck_in_a_scanned_name_is_looked_at() -> None:
    speck = changed(SOUND, "employment.organisation", "lead", value='주식회사 가온정밀"', how="ocr")
    found = next(
        f for f in corroborate(speck.fields) if f.name == "employment.organisation" and f.organisation == "lead"
    )
    assert found.status is FieldStatus.UNCERTAIN and found.note


def test_a_doubtful_plan_proves_nothing() -> None:
    doubt = changed(SOUND, "org.name", "lead", status=FieldStatus.UNCERTAIN, confidence=0.5)
    doubt = changed(doubt, "bizreg.name", "lead", status=FieldStatus.UNCERTAIN, confidence=0.5)
    assert not any(
        f.confirmed for f in corroborate(doubt.fields) if f.name == "bizreg.name" and f.organisation == "lead"
    )


def once_read(name: str, value: str, index: int = 0, **more: object) -> FieldValue:
    return FieldValue.model_validate(
        {
            "name": name, "value": value, "printed": value, "status": "uncertain", "confidence": 0.9, "how": "ocr",
            "note": ONE_READING, "evidence": Searched(files=("scan.pdf",)), "index": index, **more,
        }
    )  # fmt: skip


def planned(value: str, index: int) -> FieldValue:
    return once_read("participant.name", value, index, status="confirmed", how="hwp", note="").model_copy(
        update={"evidence": Searched(files=("plan.hwp",))}
    )


PLAN = (planned("서수빈", 0), planned("강도윤", 1))


def test_a_signer_whom_the_plan_names_is_named() -> None:
    *_, right, bent = corroborate((*PLAN, once_read("signoff.name", "서수빈"), once_read("signoff.name", "서수민", 1)))
    assert right.confirmed and not bent.confirmed


def test_another_reading_of_the_cell_is_never_proven() -> None:
    *_, field = corroborate((*PLAN, once_read("signoff.name", "서수민", alternatives=("서수빈",))))
    assert not field.confirmed and field.value == "서수민"


@pytest.mark.parametrize("name", ["백회수", "황다해", "김지홍", "송온서"])
def test_a_name_that_others_are_bent_into_is_not_proven(name: str) -> None:
    """The engine reads 희 as 회, 혜 as 해, 흥 as 홍, and is sure: the plan may really name another person."""
    *_, read = corroborate((planned(name, 0), once_read("signoff.name", name, confidence=0.99)))
    assert not read.confirmed
    *_, family = corroborate((planned("홍나은", 0), once_read("signoff.name", "홍나은")))
    assert family.confirmed


def test_two_rows_that_claim_one_person_are_both_doubtful() -> None:
    rows = (once_read("signoff.name", "서수빈", 0), once_read("signoff.name", "서수빈", 1))
    assert not any(field.confirmed for field in corroborate((*PLAN, *rows))[2:])


def test_scans_prove_nothing_for_each_other_and_other_doubts_stay() -> None:
    scan = once_read("participant.name", "서수빈", status="confirmed", note="")
    assert not corroborate((scan, once_read("signoff.name", "서수빈")))[1].confirmed
    assert not corroborate((*PLAN, once_read("signoff.name", "서수빈", note="값이 여럿 있음")))[-1].confirmed


def latin(value: str, seen: str) -> FieldValue:
    """A scan's reading of a company that the plan calls 대륭AI테크, with what the second engine saw of it."""
    plan = once_read("org.name", "주식회사 대륭AI테크", status="confirmed", how="hwp", note="", organisation="lead")
    reading = Reading(engine="ppocr", text=seen, confidence=0.9)
    scan = once_read("bizreg.name", value, organisation="lead", readings=(reading,))
    return corroborate((plan, scan))[-1]


def test_latin_letters_that_were_read_as_hangul_are_proven_by_the_engine_that_knows_them() -> None:
    found = latin("주식회사 대륭시테크", "AIE")
    assert found.confirmed and found.value == "주식회사 대륭AI테크"
    assert not latin("주식회사 대륭시테크", "人").confirmed  # the letter really is 시
    assert not latin("주식회사 대릉시테크", "AIE").confirmed  # another stroke is off as well


def test_a_legal_form_that_was_cut_off_is_completed_as_the_plan_writes_it() -> None:
    def read(value: str) -> FieldValue:
        plan = once_read(
            "org.name", "서흥솔루션즈 주식회사", status="confirmed", how="hwp", note="", organisation="lead"
        )
        return corroborate((plan, once_read("employment.organisation", value, organisation="lead")))[-1]

    assert read("서흥솔루션즈 주").confirmed and read("서흥솔루션즈 주").value == "서흥솔루션즈 주식회사"
    assert not read("서흥솔루션 주").confirmed
    assert not read("서흥솔루션즈 유").confirmed
