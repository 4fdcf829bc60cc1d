"""Rules on a whole proposal that limits alone (cases.yaml) do not show: doubt, conflict, people, identity, staff."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jeopsu.domain.documents import FileType, TextSource
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import Registration, StaffFact, Submission
from jeopsu.validators import run
from tests.validators.proposals import (
    CALL,
    NAMES,
    PEOPLE,
    SHORT,
    about_file,
    bent,
    changed,
    field,
    outcomes,
    proposal,
    settled,
    upload,
)

SOUND = settled(proposal())


def one(submission: Submission, rule: str, organisation: str | None = None) -> Finding:
    found = [f for f in run.evaluate(CALL, submission, only=rule) if f.organisation == organisation]
    assert len(found) == 1, found
    return found[0]


def unsure(submission: Submission, name: str, organisation: str | None, year: int | None, *values: int) -> Submission:
    return changed(
        submission, name, organisation, year,
        value=values[0], alternatives=values[1:], status=FieldStatus.UNCERTAIN, confidence=0.6,
    )  # fmt: skip


def test_a_doubtful_figure_decides_nothing() -> None:
    doubt = unsure(SOUND, "fs.equity", "lead", 2022, 400_000_000)
    found = one(doubt, "capital_impairment", "lead")
    assert found.outcome is Outcome.UNDETERMINED
    assert "2022년 자본총계" in found.message.ko and "1쪽" in found.message.ko
    assert [f.name for f in found.inputs] == ["fs.equity"]


def test_a_figure_that_may_be_two_things_decides_where_both_agree() -> None:
    same = unsure(SOUND, "fs.equity", "lead", 2022, 400_000_000, 100_000_000)
    found = one(same, "capital_impairment", "lead")
    assert found.outcome is Outcome.PASS and "어느 값이어도" in found.message.ko
    differ = unsure(SOUND, "fs.equity", "lead", 2022, 400_000_000, -400_000_000)
    assert one(differ, "capital_impairment", "lead").outcome is Outcome.UNDETERMINED


def test_two_documents_that_differ_are_both_shown() -> None:
    more = field("fs.equity", -1, "다른 재무제표.pdf", organisation="lead", year=2022)
    torn = SOUND.model_copy(update={"fields": (*SOUND.fields, more)})
    found = one(torn, "capital_impairment", "lead")
    assert found.outcome is Outcome.UNDETERMINED
    assert "다른 재무제표.pdf" in found.message.ko and "-1원" in found.message.ko
    assert one(torn, "statements_consistent", "lead").outcome is Outcome.FAIL


def test_declared_ratios_are_a_witness_of_the_statements() -> None:
    """A column of figures cut at one place keeps every sum; the ratio on another paper does not fit it any more."""
    sound = changed(SOUND, "fs.liabilities", "lead", 2022, value=8_127_412_000)
    sound = changed(sound, "fs.equity", "lead", 2022, value=9_550_778_000)  # 85.0969… %
    for printed, outcome in (("85.1", Outcome.PASS), ("85.09", Outcome.PASS), ("85.2", Outcome.UNDETERMINED)):
        said = field("declared.debt_ratio", printed, "적정성 확인서.pdf", organisation="lead", year=2022)
        found = one(sound.model_copy(update={"fields": (*sound.fields, said)}), "declared_ratios", "lead")
        assert found.outcome is outcome, printed
    assert "85.2% ≠" in found.message.ko and "적정성 확인서.pdf" in found.files
    assert one(sound, "declared_ratios", "lead").outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("total", "outcome", "says"),
    [
        (10_000_000, Outcome.PASS, "10,000,000원"),
        (11_000_000, Outcome.PASS, "부가가치세 차이"),
        (10_000_000_000, Outcome.UNDETERMINED, "천 배 차이"),
        (9_000_000, Outcome.UNDETERMINED, "9,000,000원"),
        (None, Outcome.UNDETERMINED, "읽지 못함"),
    ],
)
def test_the_outlays_are_held_against_the_budget(total: int | None, outcome: Outcome, says: str) -> None:
    status = FieldStatus.MISSING if total is None else FieldStatus.CONFIRMED
    bent_ = changed(SOUND, "spending.total", "lead", value=total, status=status)
    found = one(bent_, "spending_agrees", "lead")
    assert found.outcome is outcome and says in found.message.ko


@pytest.mark.parametrize(
    ("source", "whose", "signer", "outcome"),
    [
        (TextSource.OCR, None, "강남남", Outcome.UNDETERMINED),  # a stranger's scan, its name unread
        (TextSource.OCR, None, "김가온", Outcome.PASS),  # signed by our head
        (TextSource.OCR, "lead", "강남남", Outcome.PASS),  # its number or name is ours
        (TextSource.DIGITAL, None, "강남남", Outcome.UNDETERMINED),  # a text layer whose company was not found
    ],
)
def test_a_scan_must_show_whose_it_is(source: TextSource, whose: str | None, signer: str, outcome: Outcome) -> None:
    name = f"[서식-6] 협력사 계열사 솔루션 도입 확약서_{SHORT['lead']}.pdf"
    signed = [("signoff.name", signer, {"index": 0}), ("signoff.kind", "seal", {"index": 0})]
    uploads = [u for u in proposal() if "[서식-6]" not in u.name]
    given = settled([*uploads, upload(name, Kind.ROLLOUT_PLEDGE, whose, signed, source=source)])
    found = [f for f in run.evaluate(CALL, given) if f.rule == "document_content" and f.about.file == name]
    assert [f.outcome for f in found] == [outcome]


def test_the_computation_stands_in_the_message() -> None:
    heavy = changed(SOUND, "fs.liabilities", "lead", 2022, value=5_700_000_000)
    heavy = changed(heavy, "fs.equity", "lead", 2022, value=1_000_000_000)
    heavy = changed(heavy, "fs.liabilities", "lead", 2021, value=5_500_000_000)
    heavy = changed(heavy, "fs.equity", "lead", 2021, value=1_000_000_000)
    found = one(heavy, "debt_ratio_two_years", "lead")
    assert found.outcome is Outcome.FAIL
    assert "부채총계 5,700백만원 ÷ 자본총계 1,000백만원 = 570.00% ≥ 500%" in found.message.ko
    assert "550.00%" in found.message.ko and "살펴본 예외" in found.message.ko
    assert {(f.name, f.year) for f in found.inputs} >= {
        ("fs.equity", 2021),
        ("fs.liabilities", 2022),
        ("bizreg.opened", None),
    }


def test_evidence_beside_the_declaration_leaves_the_exceptions_open() -> None:
    heavy = SOUND
    for year in (2021, 2022):
        heavy = changed(heavy, "fs.liabilities", "lead", year, value=10**12)
    name = next(f.name for f in heavy.files if f.kind is Kind.ELIGIBILITY_DECLARATION and f.organisation == "lead")
    files = tuple(f.model_copy(update={"pages": 4}) if f.name == name else f for f in heavy.files)
    assert (
        one(heavy.model_copy(update={"files": files}), "debt_ratio_two_years", "lead").outcome is Outcome.UNDETERMINED
    )


def test_staff_facts_decide_with_who_and_when() -> None:
    fact = StaffFact(
        fact="banned",
        organisation="lead",
        value=False,
        by="김담당",
        at=datetime(2023, 4, 26, tzinfo=UTC),
        source="IRIS",
    )
    found = one(SOUND.model_copy(update={"facts": (fact,)}), "participation_ban", "lead")
    assert found.outcome is Outcome.PASS and "김담당" in found.message.ko and "2023-04-26" in found.message.ko
    still = one(SOUND, "participation_ban", "lead")
    assert still.outcome is Outcome.UNDETERMINED and still.staff == ("banned",)


@pytest.mark.parametrize(("marked", "outcome"), [("해당", Outcome.FAIL), ("해당없음", Outcome.UNDETERMINED)])
def test_a_declaration_proves_only_against_its_writer(marked: str, outcome: Outcome) -> None:
    file = next(f.name for f in SOUND.files if f.kind is Kind.ELIGIBILITY_DECLARATION and f.organisation == "lead")
    rows = (
        field(
            "check.item", "접수 마감일 현재 국가연구개발사업에 참여제한 중인 경우", file, organisation="lead", index=5
        ),
        field("check.marked", marked, file, organisation="lead", index=5),
    )
    said = SOUND.model_copy(update={"fields": SOUND.fields + rows})
    assert one(said, "participation_ban", "lead").outcome is outcome


@pytest.mark.parametrize(("entry", "rule"), [("rehabilitation", "rehabilitation"), ("bankruptcy", "bankruptcy")])
def test_an_entry_of_the_registry_keeps_the_question_open_whatever_was_declared(entry: str, rule: str) -> None:
    file = next(f.name for f in SOUND.files if f.kind is Kind.CORPORATE_REGISTRY and f.organisation == "lead")
    said = SOUND.model_copy(
        update={"fields": (*SOUND.fields, field("corpreg.entry", entry, file, organisation="lead", index=0))}
    )
    asked = next(s.id for r in CALL.rules if r.id == rule for s in r.staff)
    none = StaffFact(
        fact=asked, organisation="lead", value=False, by="김", at=datetime(2023, 4, 26, tzinfo=UTC), source="법원"
    )
    found = one(said.model_copy(update={"facts": (none,)}), rule, "lead")
    assert found.outcome is Outcome.UNDETERMINED and "등기부에 기재" in found.message.ko
    assert any(f.name == "corpreg.entry" for f in found.inputs)
    assert one(SOUND.model_copy(update={"facts": (none,)}), rule, "lead").outcome is Outcome.PASS


def test_an_unsigned_line_is_named() -> None:
    def bend(f: FieldValue) -> FieldValue:
        unsigned = f.name == "signoff.kind" and f.index == 1
        return f.model_copy(update={"value": "none"}) if unsigned else f

    found = [f for f in run.evaluate(CALL, bent(SOUND, bend), only="signoff_present") if f.outcome is Outcome.FAIL]
    assert [(f.organisation, f.about.person, f.about.document) for f in found] == [("lead", PEOPLE[1][0], 10)]


def test_a_person_without_a_line_is_to_be_looked_at() -> None:
    gone = bent(SOUND, lambda f: None if f.name.startswith("signoff.") and f.index == 1 else f)
    assert outcomes(gone, "signoff_present")["lead"] is Outcome.UNDETERMINED
    assert outcomes(gone, "participants_agree")[None] is Outcome.FAIL


def test_a_signed_row_whose_name_nobody_could_read_keeps_the_rule_open() -> None:
    consent = next(f.file for f in SOUND.fields if f.name == "signoff.kind" and f.index == 1)
    assert consent
    row = (
        field("signoff.name", None, consent, index=77, how="ocr", status="uncertain", organisation="lead"),
        field("signoff.kind", "seal", consent, index=77, how="ink", organisation="lead"),
    )
    more = SOUND.model_copy(update={"fields": (*SOUND.fields, *row)})
    assert outcomes(SOUND, "signoff_present")["lead"] is Outcome.PASS
    found = one(more, "signoff_present", "lead")
    assert found.outcome is Outcome.UNDETERMINED and "이름을 읽지 못한 줄" in found.message.ko


def test_a_paper_on_which_no_place_to_sign_was_found_is_looked_at() -> None:
    """Silence of a reader is no signature: each paper that must bear one is asked for by name."""
    letter = f"[서식-9] 연구개발기관 대표의 참여의사 확인서_{SHORT['partner']}.pdf"
    gone = bent(SOUND, lambda f: None if f.name == "signoff.kind" and f.file == letter else f)
    assert outcomes(SOUND, "signoff_present")["partner"] is Outcome.PASS
    assert outcomes(gone, "signoff_present") == {"lead": Outcome.PASS, "partner": Outcome.UNDETERMINED}


def test_a_person_whose_rate_is_not_known_keeps_the_rule_open() -> None:
    gone = bent(SOUND, lambda f: None if f.name == "participant.rate" and f.index == 1 else f)
    found = one(gone, "participation_rate_min", "lead")
    assert found.outcome is Outcome.UNDETERMINED and PEOPLE[1][0] in found.message.ko
    low = bent(
        gone, lambda f: f.model_copy(update={"value": 9}) if f.name == "participant.rate" and f.index == 0 else f
    )
    assert one(low, "participation_rate_min", "lead").outcome is Outcome.FAIL


def test_rates_that_differ_between_plan_and_form_decide_nothing() -> None:
    file = next(f.name for f in SOUND.files if f.document == 5)
    more = field("participant.rate", "9", file, index=0)
    torn = SOUND.model_copy(update={"fields": (*SOUND.fields, more)})
    assert one(torn, "participation_rate_min", "lead").outcome is Outcome.UNDETERMINED


def test_another_employer() -> None:
    other = bent(
        SOUND,
        lambda f: (
            f.model_copy(update={"value": "주식회사 다른상사"})
            if f.name == "employment.organisation" and f.organisation == "lead"
            else f
        ),
    )
    found = one(other, "lead_affiliation", "lead")
    assert found.outcome is Outcome.FAIL and "다른상사" in found.message.ko
    assert one(other, "lead_affiliation", "partner").outcome is Outcome.PASS


def test_somebody_elses_certificate() -> None:
    other = bent(
        SOUND,
        lambda f: (
            f.model_copy(update={"value": "강아무"})
            if f.name == "employment.name" and f.organisation == "partner"
            else f
        ),
    )
    assert outcomes(other, "employment_matches") == {"lead": Outcome.PASS, "partner": Outcome.FAIL}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bizreg.name", "주식회사 다른상사"),
        ("bizreg.number", "1018112342"),
        ("corpreg.number", "1101110000099"),
        ("corpreg.representative", "박타인"),
    ],
)
def test_identity_over_documents(name: str, value: str) -> None:
    found = one(changed(SOUND, name, "lead", value=value), "identity_consistent", "lead")
    assert found.outcome is Outcome.FAIL
    assert found.message.ko.count("1쪽") >= 2  # both places


def test_spellings_of_one_company_agree() -> None:
    assert (
        one(changed(SOUND, "bizreg.name", "lead", value="(주) 가온 정밀"), "identity_consistent", "lead").outcome
        is Outcome.PASS
    )


def test_a_check_digit_only_warns() -> None:
    wrong = SOUND
    for name in ("org.business_number", "bizreg.number", "midsize.business_number"):
        wrong = changed(wrong, name, "lead", value="1234567890")
    assert one(wrong, "identity_consistent", "lead").outcome is Outcome.UNDETERMINED


def test_the_online_entry_and_its_unit_slip() -> None:
    right = Registration(title="가온 공정 데이터 솔루션", lead_name=NAMES["lead"], government=145_000_000)
    assert one(SOUND.model_copy(update={"registration": right}), "online_entry_matches").outcome is Outcome.PASS
    slip = right.model_copy(update={"government": 145_000})
    found = one(SOUND.model_copy(update={"registration": slip}), "online_entry_matches")
    assert found.outcome is Outcome.FAIL and "1,000배" in found.message.ko


def test_sums_and_unit_slips_of_the_budget() -> None:
    found = one(changed(SOUND, "budget.total", "lead", value=100_000), "budget_adds_up", "lead")
    assert found.outcome is Outcome.FAIL and "1,000배" in found.message.ko
    items = changed(SOUND, "budget.activity", "lead", value=41_000_000)
    assert one(items, "budget_adds_up", "lead").outcome is Outcome.FAIL


def test_balance_of_the_statements() -> None:
    torn = changed(SOUND, "fs.assets", "partner", 2021, value=1_001_000_000)
    found = one(torn, "statements_consistent", "partner")
    assert found.outcome is Outcome.FAIL and "≠" in found.message.ko


def test_words_behind_the_organisation_are_for_staff() -> None:
    name = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']}_최종.pdf"
    uploads = [u for u in proposal() if "서식-7]" not in u.name]
    submission = settled([*uploads, upload(name, Kind.DATA_CONSENT, "lead")])
    assert about_file(submission, "file_name", name).outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        (Code.EMPTY, Outcome.FAIL),
        (Code.ENCRYPTED, Outcome.FAIL),
        (Code.TIME_LIMIT, Outcome.UNDETERMINED),
        (Code.READER_FAILED, Outcome.UNDETERMINED),
    ],
)
def test_an_applicants_fault_and_ours(problem: Code, outcome: Outcome) -> None:
    name = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']}.pdf"
    uploads = [u for u in proposal() if u.name != name]
    submission = settled([*uploads, upload(name, None, None, problems=(problem,))])
    assert about_file(submission, "document_content", name).outcome is outcome


@pytest.mark.parametrize(("form", "outcome"), [(FileType.HWPX, Outcome.UNDETERMINED), (FileType.PDF, Outcome.FAIL)])
def test_a_plan_that_is_no_hwp(form: FileType, outcome: Outcome) -> None:
    plan = next(u for u in proposal() if "서식-2]" in u.name)
    wrong = plan.model_copy(update={"reading": plan.reading.model_copy(update={"type": form})})
    submission = settled([u if u.name != plan.name else wrong for u in proposal()])
    assert about_file(submission, "file_format", plan.name).outcome is outcome


def test_three_parties() -> None:
    plan = next(u for u in proposal() if "서식-2]" in u.name)
    third = field("org.name", "주식회사 다래", plan.name, organisation="partner2")
    more = plan.model_copy(
        update={"reading": plan.reading.model_copy(update={"fields": (*plan.reading.fields, third)})}
    )
    submission = settled([more if u.name == plan.name else u for u in proposal()])
    assert one(submission, "consortium_one_to_one").outcome is Outcome.FAIL
    assert outcomes(submission, "document_missing")["partner2"] is Outcome.FAIL


def with_plan(*fields: FieldValue) -> Submission:
    return SOUND.model_copy(update={"fields": (*SOUND.fields, *fields)})


PLAN = next(f.file for f in SOUND.fields if f.name == "plan.start")


@pytest.mark.parametrize("won, differs", [(0, False), (1_000, True)])
def test_what_the_plan_buys_stands_beside_the_amount(won: int, differs: bool) -> None:
    amount = next(f.value for f in SOUND.fields if f.name == "budget.equipment" and f.organisation == "lead")
    assert isinstance(amount, int) and PLAN
    found = one(
        with_plan(
            field("equipment.name", "엣지 서버", PLAN, organisation="lead", index=0),
            field("equipment.amount", amount - won, PLAN, organisation="lead", index=0),
        ),
        "equipment_detail",
        "lead",
    )
    assert found.outcome is one(SOUND, "equipment_detail", "lead").outcome
    assert "엣지 서버" in found.message.ko and ("다름" in found.message.ko) is differs


def test_a_schedule_beyond_the_projects_end_is_told() -> None:
    assert PLAN
    late = with_plan(field("schedule.end", "2024-02-29", PLAN, index=0), field("schedule.start", "2023-12-01", PLAN))
    found = one(late, "project_period")
    assert found.outcome is one(SOUND, "project_period").outcome and "2024-02" in found.message.ko
    assert "2023-12;" not in found.message.ko and "추진 일정" not in one(SOUND, "project_period").message.ko


def test_pay_of_new_hires_is_told_to_whoever_weighs_the_grounds() -> None:
    """The second of the lead's two people is newly hired; as much again may go to those who are there already."""
    government = next(f.value for f in SOUND.fields if f.name == "budget.government" and f.organisation == "lead")
    assert isinstance(government, int) and PLAN
    pays = [
        field("participant.personnel_cash", won, PLAN, organisation="lead", index=index)
        for index, won in ((0, government - 7_000_000), (1, 7_000_000))
    ]
    paid = changed(with_plan(*pays), "budget.personnel_cash", "lead", None, value=government)
    hired = paid.model_copy(
        update={
            "fields": tuple(
                f.model_copy(update={"value": True}) if (f.name, f.index) == ("participant.new_hire", 1) else f
                for f in paid.fields
            )
        }
    )
    found = one(hired, "personnel_cash_cap", "lead")
    assert found.outcome is Outcome.UNDETERMINED and "다름" not in found.message.ko
    assert "신규채용 현금 인건비 7,000,000원, 같은 금액의 기존인력까지 14,000,000원" in found.message.ko
    other = changed(hired, "budget.personnel_cash", "lead", None, value=government + 1000)
    assert "참여연구자별 현금 인건비의 합" in one(other, "personnel_cash_cap", "lead").message.ko


def test_a_scan_of_the_projects_paper_that_only_the_partner_signs_keeps_the_leads_rule_open() -> None:
    name = next(f.name for f in SOUND.files if f.document == 7)

    def signed(line: str) -> Submission:
        rows = (
            field("signoff.name", None, name, index=5, how="ocr", status="uncertain", printed=line),
            field("signoff.kind", "seal", name, index=5, how="ink"),
        )
        files = tuple(
            f.model_copy(update={"text_source": TextSource.OCR}) if f.name == name else f for f in SOUND.files
        )
        others = tuple(f for f in SOUND.fields if f.file != name or not f.name.startswith("signoff."))
        return SOUND.model_copy(update={"files": files, "fields": (*others, *rows)})

    partner = signed("공동연구개발기관 : 주식회사 다라소프트 대표자 이6소")
    found = one(partner, "signoff_present", "lead")
    assert found.outcome is Outcome.UNDETERMINED
    assert f"주관연구개발기관의 서명·날인란을 찾지 못함 ({name})" in found.message.ko
    lead = signed("주관연구개발기관 : 가나중공업 대표자 신6소")
    assert outcomes(lead, "signoff_present")["lead"] is Outcome.PASS
