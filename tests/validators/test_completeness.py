"""Completeness: by organisation, by condition, by part, by year."""

from __future__ import annotations

import pytest

from jeopsu.domain.evidence import Region
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import Submission, Upload
from jeopsu.validators import run
from tests.validators.proposals import (
    CALL,
    HEADS,
    NAMES,
    SHORT,
    bent,
    changed,
    doubtful,
    field,
    outcomes,
    proposal,
    settled,
    statement,
    upload,
)


def finding(submission: Submission, number: int, organisation: str | None, part: str | None = None) -> Finding:
    found = run.evaluate(CALL, submission, only="document_missing")
    return next(f for f in found if (f.about.document, f.organisation, f.about.part) == (number, organisation, part))


def without(uploads: list[Upload], *words: str) -> list[Upload]:
    kept = [one for one in uploads if not all(word in one.name for word in words)]
    assert len(kept) < len(uploads)
    return kept


def test_nothing_is_missing_from_a_whole_proposal() -> None:
    found = run.evaluate(CALL, settled(proposal()), only="document_missing")
    assert {f.outcome for f in found} == {Outcome.PASS, Outcome.NOT_APPLICABLE}
    # Every row of the call, for each who gives it, and parts one by one.
    assert len(found) == 7 + 2 * 12 + 2


@pytest.mark.parametrize("number", range(1, 8))
def test_a_projects_document(number: int) -> None:
    submission = settled(without(proposal(), f"[서식-{number}]"))
    if number == 2:  # without the plan the organisations come from the names
        assert [o.key for o in submission.organisations] == ["lead", "partner"]
    found = finding(submission, number, None)
    assert found.outcome is Outcome.FAIL
    assert found.evidence and found.message.ko.startswith(f"[서식-{number}] ")


@pytest.mark.parametrize("number", [8, 10, 11, 12])
def test_each_organisations_document(number: int) -> None:
    submission = settled(without(proposal(), f"[서식-{number}]", SHORT["partner"]))
    assert finding(submission, number, "partner").outcome is Outcome.FAIL
    assert finding(submission, number, "lead").outcome is Outcome.PASS


def test_each_part() -> None:
    submission = settled(without(proposal(), "법인등기부등본", SHORT["lead"]))
    assert finding(submission, 13, "lead", "registry").outcome is Outcome.FAIL
    assert finding(submission, 13, "lead", "bizreg").outcome is Outcome.PASS


def test_both_parts_in_one_file() -> None:
    uploads = without(proposal(), "서식-13", SHORT["lead"])
    both = upload(f"[서식-13] 사업자등록증, 법인등기부등본_{SHORT['lead']}.pdf", Kind.BUSINESS_REGISTRATION, "lead")
    first = both.reading.segments[0]
    second = first.model_copy(update={"kind": Kind.CORPORATE_REGISTRY, "first_page": 2, "last_page": 3})
    whole = both.model_copy(
        update={"reading": both.reading.model_copy(update={"segments": (first, second), "pages": 3})}
    )
    submission = settled([*uploads, whole])
    assert [finding(submission, 13, "lead", part).outcome for part in ("bizreg", "registry")] == [Outcome.PASS] * 2
    assert finding(settled([*uploads, both]), 13, "lead", "registry").outcome is Outcome.FAIL
    vague = second.model_copy(update={"kind": None, "confidence": 0.3})
    unsure = both.model_copy(
        update={"reading": both.reading.model_copy(update={"segments": (first, vague), "pages": 3})}
    )
    assert finding(settled([*uploads, unsure]), 13, "lead", "registry").outcome is Outcome.UNDETERMINED


def test_a_paper_bound_in_with_another_is_in_order_by_its_own_pages() -> None:
    """The consent stands on the pledge's second page: it is handed in, and only its own sign-off counts for it."""
    uploads = without(without(proposal(), "[서식-6]"), "[서식-7]")
    name = f"[서식-6] 협력사/계열사 솔루션 도입 확약서_{SHORT['lead']}.pdf".replace("/", " ")
    pledge = upload(name, Kind.ROLLOUT_PLEDGE, "lead")
    box, first = Box(left=0, top=0, right=10, bottom=10), pledge.reading.segments[0]
    second = first.model_copy(update={"kind": Kind.DATA_CONSENT, "first_page": 2, "last_page": 2})
    for kinds, outcome in ((("seal", "seal"), Outcome.PASS), (("seal", "none"), Outcome.FAIL)):
        marks = tuple(
            field("signoff.kind", kind, name, evidence=Region(file=name, page=page, box=box))
            for page, kind in enumerate(kinds, 1)
        )
        reading = pledge.reading.model_copy(update={"segments": (first, second), "pages": 2, "fields": marks})
        found = run.evaluate(CALL, settled([*uploads, pledge.model_copy(update={"reading": reading})]))
        told = {f.rule: f.outcome for f in found if f.rule in ("rollout_pledge", "data_disclosure_consent")}
        assert told == {"rollout_pledge": Outcome.PASS, "data_disclosure_consent": outcome}


def test_heads_may_sign_one_sheet() -> None:
    lead_only = without(proposal(), "[서식-9]", SHORT["partner"])
    # A sheet of the lead's alone may be meant for both: whose heads signed it must be seen.
    assert finding(settled(lead_only), 9, "lead").outcome is Outcome.PASS
    assert finding(settled(lead_only), 9, "partner").outcome is Outcome.UNDETERMINED
    rows = [("signoff.name", head, {"index": i}) for i, head in enumerate(HEADS.values())]
    rows += [("signoff.kind", "seal", {"index": i}) for i in range(2)]
    sheet = upload(
        f"[서식-9] 연구개발기관 대표의 참여의사 확인서_{SHORT['lead']}.pdf", Kind.PARTICIPATION_LETTER, "lead", rows
    )
    joint = settled([*without(lead_only, "[서식-9]"), sheet])
    assert [finding(joint, 9, org).outcome for org in ("lead", "partner")] == [Outcome.PASS] * 2
    # On a scan a seal may hide the head's name; whose line it is is printed before it.
    for line in ("(> 공 동 연 구 개 발 기 관 ,~ 나 래", f"대표 {NAMES['partner']} 의"):
        hidden = [rows[0], ("signoff.name", None, {"index": 1, "status": "uncertain", "printed": line})]
        sheet = upload(sheet.name, Kind.PARTICIPATION_LETTER, "lead", hidden)
        assert finding(settled([*without(lead_only, "[서식-9]"), sheet]), 9, "partner").outcome is Outcome.PASS
    none = settled(without(proposal(), "[서식-9]"))
    assert [finding(none, 9, org).outcome for org in ("lead", "partner")] == [Outcome.FAIL] * 2


def test_a_midsize_company_needs_its_certificate() -> None:
    submission = settled(without(proposal(), "[서식-15]"))
    assert finding(submission, 15, "lead").outcome is Outcome.FAIL
    assert finding(submission, 15, "partner").outcome is Outcome.NOT_APPLICABLE
    unsure = bent(submission, lambda f: doubtful(f) if f.name == "org.size" else f)
    assert finding(unsure, 15, "partner").outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("field", "number"), [("budget.equipment", 16), ("budget.outsourcing", 17), ("budget.materials", 19)]
)
def test_amounts_call_for_papers(field: str, number: int) -> None:
    submission = settled(without(proposal(), "[서식-16]"))
    spent = changed(submission, field, "partner", value=40_000_000)
    assert finding(spent, number, "partner").outcome is Outcome.FAIL
    assert finding(changed(submission, field, "partner", value=0), number, "partner").outcome is Outcome.NOT_APPLICABLE
    unsure = bent(spent, lambda f: doubtful(f) if f.name == field else f)
    assert finding(unsure, number, "partner").outcome is Outcome.UNDETERMINED


def test_a_small_outsourcing_leaves_document_17_open() -> None:
    spent = changed(settled(proposal()), "budget.outsourcing", "partner", value=29_999_999)
    assert finding(spent, 17, "partner").outcome is Outcome.UNDETERMINED


def test_new_hires_call_for_document_18() -> None:
    submission = settled(proposal())
    hired = bent(
        submission,
        lambda f: f.model_copy(update={"value": True}) if f.name == "participant.new_hire" and f.index == 1 else f,
    )
    assert finding(hired, 18, "lead").outcome is Outcome.FAIL
    assert finding(hired, 18, "partner").outcome is Outcome.NOT_APPLICABLE


def test_an_unreadable_file_is_not_missing() -> None:
    name = f"[서식-12] 연구개발기관 책임자의 재직증명서_{SHORT['partner']}.pdf"
    broken = upload(name, None, None, problems=(Code.TRUNCATED,))
    submission = settled([*without(proposal(), "[서식-12]", SHORT["partner"]), broken])
    assert finding(submission, 12, "partner").outcome is Outcome.PASS
    assert (
        next(f for f in run.evaluate(CALL, submission, only="document_content") if f.about.file == name).outcome
        is Outcome.FAIL
    )


def test_three_years() -> None:
    submission = settled(without(proposal(), "2020년", SHORT["partner"]))
    assert outcomes(submission, "fiscal_years_complete") == {"lead": Outcome.PASS, "partner": Outcome.FAIL}
    assert finding(submission, 14, "partner").outcome is Outcome.PASS


def test_a_years_name_with_another_years_content_is_not_that_year() -> None:
    uploads = without(proposal(), "2020년", SHORT["partner"])
    again = statement("partner", 2021)
    name = again.name.replace("2021", "2020")
    submission = settled(
        [
            *uploads,
            again.model_copy(
                update={
                    "name": name,
                    "name_reading": again.name_reading.model_copy(update={"file": name, "years": (2020,)}),
                }
            ),
        ]
    )
    assert outcomes(submission, "fiscal_years_complete")["partner"] is not Outcome.PASS


def test_last_years_column_is_no_statement_of_its_own() -> None:
    uploads = without(proposal(), "2020년", SHORT["partner"])
    later = statement("partner", 2021)
    column = tuple(f.model_copy(update={"year": 2020}) for f in later.reading.fields)
    uploads = [
        one.model_copy(update={"reading": one.reading.model_copy(update={"fields": one.reading.fields + column})})
        if one.name == later.name
        else one
        for one in uploads
    ]
    assert outcomes(settled(uploads), "fiscal_years_complete")["partner"] is Outcome.FAIL
