"""Bent names of signers: guessed where one participant is left for the row, never where two could be."""

from __future__ import annotations

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.validators.signers import GUESSED, guessed
from tests.validators.proposals import PEOPLE, field, outcomes, proposal, settled

SOUND = settled(proposal())
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


def test_a_row_of_the_rates_form_is_guessed_alike_and_decides_no_rule() -> None:
    rates = next(f.name for f in SOUND.files if f.kind is Kind.PARTICIPATION_RATES)
    bent = PEOPLE[1][0][:-1] + "라"

    def bend(f: FieldValue) -> FieldValue:
        if f.file != rates or f.name != "participant.name" or f.value != PEOPLE[1][0]:
            return f
        return f.model_copy(update={"value": bent, "status": FieldStatus.UNCERTAIN, "how": "ocr"})

    fields = guessed(tuple(bend(f) for f in SOUND.fields))
    (row,) = [f for f in fields if f.file == rates and f.note == GUESSED]
    assert (row.value, row.alternatives, row.status) == (PEOPLE[1][0], (bent,), FieldStatus.UNCERTAIN)
    submission = SOUND.model_copy(update={"fields": fields})
    assert outcomes(SOUND, "participation_rate_total")["lead"] is Outcome.PASS
    assert outcomes(submission, "participation_rate_total")["lead"] is Outcome.UNDETERMINED
