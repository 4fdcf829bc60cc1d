"""Statements bound into one file: each counted for its company and its year, and what does not fit is said."""

from __future__ import annotations

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Segment
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.submissions import Submission, Upload
from jeopsu.validators.reconcile import reconcile
from tests.validators.proposals import CALL, SHORT, about_file, outcomes, proposal, settled, upload
from tests.validators.test_statement_owners import NONE, books, codes, confirmed, content, name_of, named, report

_BOX = Box(left=0, top=0, right=10, bottom=10)


def bound(name: str, *parts: Upload, problems: tuple[Problem, ...] = ()) -> Upload:
    """Several one-page statements in one file."""
    segments: list[Segment] = []
    fields: list[FieldValue] = []
    for page, part in enumerate(parts, 1):
        (segment,) = part.reading.segments
        segments.append(segment.model_copy(update={"first_page": page, "last_page": page}))
        place = Region(file=name, page=page, box=_BOX)
        fields += [f.model_copy(update={"evidence": place}) for f in part.reading.fields]
    first = report("lead", 2022, NONE)
    reading = first.reading.model_copy(
        update={"segments": tuple(segments), "fields": tuple(fields), "pages": len(parts), "problems": problems}
    )
    known = {u.name: u.name_reading for u in parts}
    return first.model_copy(update={"name": name, "reading": reading, "name_reading": known[name]})


def with_lead(*uploads: Upload) -> Submission:
    """The proposal with these statements of the lead."""
    mine = f"_{SHORT['lead']}.pdf"
    return settled([*(u for u in proposal() if not ("[서식-14]" in u.name and u.name.endswith(mine))), *uploads])


def own(year: int) -> Upload:
    return report("lead", year, named("lead"))


def test_two_years_in_one_file_are_both_there() -> None:
    for parts in ((own(2021), own(2022)), (own(2022), own(2021))):
        submission = with_lead(own(2020), bound(name_of("lead", 2022), *parts))
        assert outcomes(submission, "fiscal_years_complete")["lead"] is Outcome.PASS
        assert content(submission, "lead", 2022) is Outcome.PASS


def test_a_file_whose_years_are_not_its_names_is_looked_at() -> None:
    submission = with_lead(own(2020), bound(name_of("lead", 2022), own(2021), own(2020), own(2022)))
    assert outcomes(submission, "fiscal_years_complete")["lead"] is Outcome.PASS
    other = bound(name_of("lead", 2022), own(2021), own(2020), report("lead", 2022, named("partner"), "partner"))
    assert outcomes(with_lead(other), "fiscal_years_complete")["lead"] is Outcome.UNDETERMINED


def test_the_partners_statement_bound_in_is_the_partners_and_said() -> None:
    theirs = report("partner", 2022, named("partner"))
    for parts in ((own(2022), theirs), (theirs, own(2022))):
        submission = with_lead(own(2020), own(2021), bound(name_of("lead", 2022), *parts))
        assert codes(submission, name_of("lead", 2022)) == {Code.PARTNERS_TOO}
        assert content(submission, "lead", 2022) is Outcome.UNDETERMINED
        assert books("partner", 2022)["liabilities"] not in confirmed(submission, "lead")
        assert {books("lead", y)["liabilities"] for y in CALL.fiscal_years} <= confirmed(submission, "lead")
        assert "다른 기관의 재무제표" in about_file(submission, "document_content", name_of("lead", 2022)).message.ko


def test_the_partners_year_is_not_the_leads() -> None:
    theirs = report("partner", 2021, named("partner"))
    submission = with_lead(own(2020), bound(name_of("lead", 2022), theirs, own(2022)))
    assert outcomes(submission, "fiscal_years_complete")["lead"] is Outcome.FAIL


def test_mixed_pages_beside_a_sound_statement_are_nobodys() -> None:
    mixed = report("lead", 2021, NONE, "stranger")
    problem = Problem(code=Code.SEVERAL_COMPANIES, page=2)
    submission = with_lead(own(2020), bound(name_of("lead", 2022), own(2022), mixed, problems=(problem,)))
    assert content(submission, "lead", 2022) is Outcome.UNDETERMINED
    assert books("stranger", 2021)["liabilities"] not in confirmed(submission, "lead")
    assert books("lead", 2022)["liabilities"] in confirmed(submission, "lead")


def _page(file: str, page: int, years: dict[int, tuple[int, int, int]]) -> list[FieldValue]:
    names = ("fs.revenue", "fs.operating_income", "fs.net_income")
    return [
        FieldValue(
            name=name, year=year, value=value, printed=str(value), status="confirmed", confidence=0.99,
            organisation="lead", evidence=Region(file=file, page=page, box=_BOX), how="ocr",
        )
        for year, values in years.items()
        for name, value in zip(names, values, strict=True)
    ]  # fmt: skip


def test_a_page_whose_other_year_is_a_strangers_loses_its_own_year_too() -> None:
    last = _page("2022.pdf", 4, {2022: (901, 92, 93), 2021: (811, 82, 83)})
    before = _page("2021.pdf", 4, {2021: (711, 72, 73), 2020: (611, 62, 63)})
    first = _page("2020.pdf", 4, {2020: (611, 62, 63)})
    after = reconcile((*last, *before, *first))
    assert {f.year for f in after if f.confirmed} == {2020}
    assert not any(f.confirmed for f in after if f.file == "2022.pdf")
    assert all("2021.pdf 4쪽" in f.note for f in after if f.file == "2022.pdf" and f.year == 2022)
    # Without a third year nobody knows which of the two is the stranger's.
    assert not any(f.confirmed for f in reconcile((*last, *before)))


def test_a_file_with_a_strange_page_is_looked_at() -> None:
    salted = [(f"fs.{n}", v + 7, {"year": 2021}) for n, v in books("lead", 2021).items()]
    last = report("lead", 2022, named("lead"))
    fields = [f for f in last.reading.fields if f.year == 2022]
    fields += upload(last.name, None, None, salted).reading.fields
    strange = last.model_copy(update={"reading": last.reading.model_copy(update={"fields": tuple(fields)})})
    submission = with_lead(own(2020), own(2021), strange)
    fields_ = reconcile(submission.fields)
    submission = submission.model_copy(update={"fields": fields_})
    finding = about_file(submission, "document_content", name_of("lead", 2022))
    assert finding.outcome is Outcome.UNDETERMINED and "다른 해 금액이" in finding.message.ko
    assert content(submission, "lead", 2021) is content(submission, "lead", 2020) is Outcome.PASS


def test_a_restated_line_is_no_stranger() -> None:
    last = _page("2022.pdf", 4, {2022: (901, 92, 93), 2021: (711, 72, 99)})
    before = _page("2021.pdf", 4, {2021: (711, 72, 73), 2020: (611, 62, 63)})
    after = reconcile((*last, *before))
    assert {(f.name, f.year) for f in after if not f.confirmed} == {("fs.net_income", 2021)}
