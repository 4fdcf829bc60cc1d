"""Whose a statement is: what is printed on it, else what its figures say. Nothing is credited to the wrong company."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.evidence import Region
from jeopsu.domain.findings import Outcome
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment, Subject
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import Submission, SubmittedFile, Upload
from jeopsu.validators.lookup import Papers
from jeopsu.validators.statement_owners import NOBODYS
from tests.validators.proposals import (
    CALL,
    NAMES,
    NUMBERS,
    SHORT,
    about_file,
    figures,
    outcomes,
    proposal,
    settled,
    upload,
)

M = 1_000_000_000
NONE, SCAN, DIGITAL = Subject(), TextSource.OCR, TextSource.DIGITAL
HEAVY = {"liabilities": 6_000, "equity": 400, "assets": 6_400}  # 1,500 %


def name_of(org: str, year: int) -> str:
    return f"[서식-14] {year}년 회계감사보고서_{SHORT[org]}.pdf"


def books(org: str, year: int, **changed: int) -> dict[str, int]:
    """A company's year in won, like no other's."""
    salt = 1 + 1_000 * year + (0 if org == "lead" else 500_000 if org == "partner" else 700_000)
    return {name: value * M + salt for name, value in {**figures(year), **changed}.items()}


def report(org: str, year: int, subject: Subject, whose: str = "", source: TextSource = SCAN, **changed: int) -> Upload:
    """An audit report of one year with last year's column. `org`: whose the name says; `whose`: whose figures."""
    rows = [
        (f"fs.{name}", value, {"year": y})
        for y in (year, year - 1)
        for name, value in books(whose or org, y, **changed).items()
    ]
    return upload(name_of(org, year), Kind.AUDIT_REPORT, None, rows, subject=subject, source=source)


def with_reports(*reports: Upload, ratios: Mapping[str, Mapping[str, str]] | None = None) -> Submission:
    """The whole proposal with these statements instead of those of their organisations."""
    gone = {one.name.rpartition("_")[2] for one in reports}
    uploads = [u for u in proposal() if "[서식-14]" not in u.name or u.name.rpartition("_")[2] not in gone]
    for org, declared in (ratios or {}).items():
        document = CALL.document(8)
        assert document
        rows = [(f"declared.{name}", value, {"year": 2022}) for name, value in declared.items()]
        name = f"[서식-8] {document.title}_{SHORT[org]}.pdf"
        uploads = [u for u in uploads if u.name != name]
        uploads.append(upload(name, document.kinds[0], org, rows))
    return settled([*uploads, *reports])


def years(org: str, subject: Subject, **more: object) -> list[Upload]:
    return [report(org, year, subject, **more) for year in CALL.fiscal_years]  # type: ignore[arg-type]


def file(submission: Submission, name: str) -> SubmittedFile:
    return next(f for f in submission.files if f.name == name)


def codes(submission: Submission, name: str) -> set[Code]:
    return {problem.code for problem in file(submission, name).problems}


def content(submission: Submission, org: str, year: int) -> Outcome:
    return about_file(submission, "document_content", name_of(org, year)).outcome


def confirmed(submission: Submission, org: str | None, name: str = "fs.liabilities") -> set[object]:
    return {f.value for f in submission.fields if f.name == name and f.organisation == org and f.confirmed}


def named(org: str) -> Subject:
    return Subject(name=NAMES[org])


@pytest.mark.parametrize("source", [SCAN, DIGITAL])
def test_swapped_statements_are_said_and_counted_for_the_right_company(source: TextSource) -> None:
    mine = years("lead", named("partner"), whose="partner", source=source)
    theirs = years("partner", named("lead"), whose="lead", source=source)
    submission = with_reports(*mine, *theirs)
    assert codes(submission, name_of("lead", 2021)) == {Code.OTHER_COMPANY}
    assert content(submission, "lead", 2021) is Outcome.FAIL
    for org in NAMES:
        assert confirmed(submission, org) == {books(org, y)["liabilities"] for y in range(2019, 2023)}


def test_one_readable_year_proves_the_years_beside_it() -> None:
    first, *others = years("lead", NONE)
    known = first.model_copy(update={"reading": report("lead", 2020, named("lead")).reading})
    submission = with_reports(known, *others)
    assert [content(submission, "lead", y) for y in CALL.fiscal_years] == [Outcome.PASS] * 3
    assert len(confirmed(submission, "lead")) == 4


def test_the_years_beside_a_swapped_one_are_swapped_too() -> None:
    first, *others = years("lead", NONE, whose="partner", **HEAVY)
    known = first.model_copy(update={"reading": report("lead", 2020, named("partner"), "partner", **HEAVY).reading})
    submission = with_reports(known, *others)
    assert codes(submission, name_of("lead", 2022)) == {Code.OTHER_COMPANY}
    assert not confirmed(submission, "lead")
    assert outcomes(submission, "debt_ratio_two_years")["lead"] is Outcome.UNDETERMINED


@pytest.mark.parametrize("source", [SCAN, DIGITAL])
def test_statements_that_show_nobody_decide_nothing(source: TextSource) -> None:
    submission = with_reports(*years("lead", NONE, source=source, **HEAVY))
    assert [content(submission, "lead", y) for y in CALL.fiscal_years] == [Outcome.UNDETERMINED] * 3
    assert not confirmed(submission, "lead")
    doubted = [f for f in submission.fields if f.name == "fs.liabilities" and f.organisation == "lead"]
    assert {f.note for f in doubted} == {NOBODYS}
    assert outcomes(submission, "debt_ratio_two_years")["lead"] is Outcome.UNDETERMINED
    assert outcomes(submission, "fiscal_years_complete")["lead"] is Outcome.UNDETERMINED


FITTING = {"debt_ratio": "150.0", "current_ratio": "150.0"}
OTHERS = {"debt_ratio": "88.1", "current_ratio": "170.2"}


def test_declared_ratios_prove_a_statement() -> None:
    latest = report("lead", 2022, NONE)
    ours = with_reports(latest, ratios={"lead": FITTING, "partner": OTHERS})
    assert content(ours, "lead", 2022) is Outcome.PASS and confirmed(ours, "lead")
    one = with_reports(latest, ratios={"lead": {"debt_ratio": "150.0"}, "partner": OTHERS})
    assert content(one, "lead", 2022) is Outcome.UNDETERMINED
    half = with_reports(latest, ratios={"lead": {**FITTING, "current_ratio": "151.0"}, "partner": OTHERS})
    assert content(half, "lead", 2022) is Outcome.UNDETERMINED
    both = with_reports(latest, ratios={"lead": FITTING, "partner": FITTING})
    assert content(both, "lead", 2022) is Outcome.UNDETERMINED


def test_figures_prove_only_the_pages_on_which_they_stand() -> None:
    """A stranger's balance sheet of one year before our own income statement, and no company to be read on either."""
    known = report("lead", 2021, named("lead"))
    income = {"revenue", "operating_income", "interest_expense", "net_income"}
    rows = [
        (f"fs.{name}", value, {"year": year, "evidence": page(name_of("lead", 2022), 2)})
        for year in (2022, 2021)
        for name, value in books("lead", year).items()
        if name in income
    ]
    rows += [
        (f"fs.{name}", value, {"year": 2022, "evidence": page(name_of("lead", 2022), 1)})
        for name, value in books("stranger", 2022).items()
        if name not in income
    ]
    made = upload(name_of("lead", 2022), Kind.AUDIT_REPORT, None, rows, subject=NONE, source=SCAN)
    segments = tuple(s.model_copy(update={"last_page": 2}) for s in made.reading.segments)
    made = made.model_copy(update={"reading": made.reading.model_copy(update={"segments": segments, "pages": 2})})
    submission = with_reports(known, made)
    sure = {f.name for f in submission.fields if f.organisation == "lead" and f.year == 2022 and f.confirmed}
    assert {name for name in sure if name.startswith("fs.")} == {f"fs.{name}" for name in income}
    assert outcomes(submission, "capital_impairment")["lead"] is Outcome.UNDETERMINED
    assert content(submission, "lead", 2022) is Outcome.UNDETERMINED


def page(file: str, number: int) -> Region:
    return Region(file=file, page=number, box=Box(left=0, top=0, right=10, bottom=10))


def test_declared_ratios_tell_a_swapped_statement() -> None:
    swapped = with_reports(report("lead", 2022, NONE), ratios={"lead": OTHERS, "partner": FITTING})
    assert codes(swapped, name_of("lead", 2022)) == {Code.OTHER_COMPANY}
    assert not confirmed(swapped, "lead") and confirmed(swapped, "partner")


def test_a_declaration_that_is_not_proven_proves_nothing() -> None:
    document = CALL.document(8)
    assert document
    rows = [(f"declared.{name}", value, {"year": 2022}) for name, value in FITTING.items()]
    name = f"[서식-8] {document.title}_{SHORT['lead']}.pdf"
    nameless = upload(name, document.kinds[0], None, rows, source=SCAN)
    uploads = [u for u in proposal() if u.name != name and not u.name.endswith(f"({2022}년)_{SHORT['lead']}.pdf")]
    submission = settled([*uploads, nameless, report("lead", 2022, NONE)])
    assert content(submission, "lead", 2022) is Outcome.UNDETERMINED


STRANGER = Subject(name="주식회사 한별나래금속")


@pytest.mark.parametrize("source", [SCAN, DIGITAL])
def test_a_strangers_statement_counts_for_nobody(source: TextSource) -> None:
    submission = with_reports(*years("lead", STRANGER, whose="stranger", source=source, **HEAVY))
    # By its name alone: it may be our own one, changed since.
    assert codes(submission, name_of("lead", 2022)) == {Code.COMPANY_UNCLEAR}
    assert content(submission, "lead", 2022) is Outcome.UNDETERMINED
    assert not confirmed(submission, "lead")
    assert outcomes(submission, "debt_ratio_two_years")["lead"] is Outcome.UNDETERMINED
    numbered = STRANGER.model_copy(update={"business_number": "1018112342"})
    submission = with_reports(*years("lead", numbered, whose="stranger", source=DIGITAL))
    assert codes(submission, name_of("lead", 2022)) == {Code.OTHER_COMPANY}
    assert content(submission, "lead", 2022) is Outcome.FAIL


def test_a_name_changed_since_is_looked_at_and_its_figures_count() -> None:
    old = report("lead", 2020, Subject(name="주식회사 한별나래금속"), source=DIGITAL)
    submission = with_reports(old, *[report("lead", y, named("lead"), source=DIGITAL) for y in (2021, 2022)])
    assert content(submission, "lead", 2020) is Outcome.UNDETERMINED
    assert books("lead", 2019)["liabilities"] in confirmed(submission, "lead")
    numbered = Subject(name="주식회사 한별나래금속", business_number=NUMBERS["lead"])
    submission = with_reports(report("lead", 2020, numbered, source=DIGITAL))
    assert content(submission, "lead", 2020) is Outcome.PASS


def test_a_bent_name_that_is_nearest_to_ours_keeps_its_figures_and_is_looked_at() -> None:
    bent = Subject(name="주식회사 가은정밀")
    submission = with_reports(*years("lead", bent))
    assert content(submission, "lead", 2022) is Outcome.UNDETERMINED
    assert not codes(submission, name_of("lead", 2022)) and confirmed(submission, "lead")


def test_a_name_that_is_far_from_ours_or_near_to_both_keeps_nothing() -> None:
    for name in ("주식회사 가은정빌", "나래정밀"):
        submission = with_reports(*years("lead", Subject(name=name)))
        assert content(submission, "lead", 2022) is Outcome.UNDETERMINED
        assert not confirmed(submission, "lead")


def test_another_reading_of_the_name_or_the_number_proves_it() -> None:
    for also in ((NAMES["lead"],), (NUMBERS["lead"],)):
        bent = Subject(name="주식회사 가은정빌", also=also)
        assert content(with_reports(*years("lead", bent)), "lead", 2022) is Outcome.PASS
    both = Subject(also=(NAMES["lead"], NAMES["partner"]))
    assert content(with_reports(*years("lead", both)), "lead", 2022) is Outcome.UNDETERMINED


def test_the_same_figures_under_two_names_are_nobodys() -> None:
    copied = report("partner", 2022, named("partner"), whose="lead")
    submission = with_reports(report("lead", 2022, named("lead")), copied)
    for org in NAMES:
        assert codes(submission, name_of(org, 2022)) == {Code.COMPANY_UNCLEAR}
        assert content(submission, org, 2022) is Outcome.UNDETERMINED
        assert not confirmed(submission, org)


def test_two_companies_in_one_file_are_nobodys() -> None:
    mixed = report("lead", 2022, NONE)
    problem = upload("x", Kind.AUDIT_REPORT, None, problems=(Code.SEVERAL_COMPANIES,)).reading.problems
    mixed = mixed.model_copy(update={"reading": mixed.reading.model_copy(update={"problems": problem})})
    submission = with_reports(mixed, report("lead", 2021, named("lead")), report("lead", 2020, named("lead")))
    assert file(submission, name_of("lead", 2022)).organisation is None
    assert books("lead", 2022)["liabilities"] not in confirmed(submission, "lead")


def test_a_file_that_is_hardly_ours_is_not_found_under_our_name() -> None:
    submission = with_reports(*years("lead", STRANGER))
    papers = Papers(submission.files)
    assert not papers.of(Kind.AUDIT_REPORT, "lead")
    assert len(papers.of(Kind.AUDIT_REPORT, None)) == 3


def test_a_lone_cover_before_a_proven_statement_may_name_nobody() -> None:
    one = report("lead", 2022, named("lead"))
    (statement,) = one.reading.segments
    cover = statement.model_copy(update={"subject": NONE})
    shifted = statement.model_copy(update={"first_page": 2, "last_page": 2})
    box = Box(left=0, top=0, right=10, bottom=10)
    fields = tuple(
        f.model_copy(update={"evidence": Region(file=f.file or "", page=2, box=box)}) for f in one.reading.fields
    )

    def read(*segments: Segment) -> Outcome:
        reading = one.reading.model_copy(update={"segments": segments, "fields": fields, "pages": 2})
        return content(with_reports(one.model_copy(update={"reading": reading})), "lead", 2022)

    assert read(cover, shifted) is Outcome.PASS
    assert read(statement, shifted.model_copy(update={"subject": NONE})) is Outcome.UNDETERMINED


def test_where_no_company_is_known_nothing_is_doubted() -> None:
    alone = report("lead", 2022, named("lead")).model_copy(update={"name": "2022.pdf"})
    alone = alone.model_copy(update={"name_reading": upload("2022.pdf", None, None).name_reading})
    submission = settled([alone])
    assert not submission.organisations
    assert all(f.confirmed for f in submission.fields if f.name.startswith("fs."))
