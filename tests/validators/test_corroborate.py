"""A scan's doubtful reading that repeats the plan is settled; whatever differs, or is no identity, stays open."""

from __future__ import annotations

import pytest

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.validators.corroborate import corroborate
from tests.validators.proposals import changed, proposal, settled

SOUND = settled(proposal())


def after(name: str, value: str, **update: object) -> FieldValue:
    doubt = changed(SOUND, name, "lead", value=value, status=FieldStatus.UNCERTAIN, confidence=0.5, **update)
    return next(f for f in corroborate(doubt.fields) if f.name == name and f.organisation == "lead")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bizreg.name", "주 식 회 사 가 온 정 밀"),
        ("midsize.name", "㈜가온정밀"),
        ("bizreg.number", "1234567891"),
        ("corpreg.representative", "김 가 온"),
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
