"""Bent names of signers: guessed where one participant is left for the row, never where two could be."""

from __future__ import annotations

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.validators.signers import GUESSED, guessed
from tests.validators.proposals import field

CONSENT = "[서식-10] 동의_가온.pdf"


def _fields(planned: list[str], read: list[str]) -> list[FieldValue]:
    fields = [
        field("participant.name", name, "plan.hwp", index=i, organisation="lead", how="hwp")
        for i, name in enumerate(planned)
    ]
    return fields + [
        field("signoff.name", name, CONSENT, index=i, organisation="lead", how="ocr", status="uncertain")
        for i, name in enumerate(read)
    ]


def _names(planned: list[str], read: list[str]) -> list[tuple[object, bool]]:
    return [(f.value, f.note == GUESSED) for f in guessed(_fields(planned, read)) if f.name == "signoff.name"]


def test_a_name_one_letter_off_is_the_participant_without_a_row() -> None:
    assert _names(["우은지", "하보람"], ["우온지", "하보람"]) == [("우은지", True), ("하보람", False)]


def test_a_guess_stays_uncertain_and_keeps_the_reading() -> None:
    found = guessed(_fields(["우은지"], ["우온지"]))[-1]
    assert found.status is FieldStatus.UNCERTAIN
    assert found.alternatives == ("우온지",)


def test_two_rows_for_one_person_and_two_persons_for_one_row_are_left() -> None:
    assert _names(["우은지"], ["우온지", "우인지"]) == [("우온지", False), ("우인지", False)]
    assert _names(["우은지", "우인지"], ["우온지"]) == [("우온지", False)]
    assert _names(["우은지"], ["우은지", "우온지"]) == [("우은지", False), ("우온지", False)]


def test_strangers_stay_strangers() -> None:
    assert _names(["우은지"], ["김철수"]) == [("김철수", False)]
