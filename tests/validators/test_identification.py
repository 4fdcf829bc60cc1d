"""Name and content together: nothing swapped, misnamed or foreign is taken for right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment, Subject
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import IdentifiedBy, Organisation, Status, Submission, SubmittedFile, Upload
from jeopsu.validators import proof, run
from tests.validators.proposals import (
    CALL,
    NAMES,
    NUMBERS,
    PARTNER,
    SHORT,
    about_file,
    field,
    outcomes,
    proposal,
    settled,
    upload,
)

NOWHERE = Box(left=0, top=0, right=10, bottom=10)
WEEK = datetime(2023, 4, 18, tzinfo=UTC)


def named(submission: Submission, name: str) -> SubmittedFile:
    return next(file for file in submission.files if file.name == name)


def replaced(uploads: list[Upload], new: Upload) -> list[Upload]:
    assert any(one.name == new.name for one in uploads)
    return [new if one.name == new.name else one for one in uploads]


def codes(file: SubmittedFile) -> set[Code]:
    return {problem.code for problem in file.problems}


def test_a_sound_proposal() -> None:
    submission = settled(proposal())
    assert [(o.key, o.size) for o in submission.organisations] == [("lead", "midsize"), ("partner", "small")]
    assert all(file.identified_by is IdentifiedBy.BOTH and not file.problems for file in submission.files)
    assert {f.organisation for f in submission.fields if f.name == "fs.equity"} == {"lead", "partner"}


def test_another_document_under_a_right_name() -> None:
    name = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']}.pdf"
    submission = settled(replaced(proposal(), upload(name, Kind.SAFETY_SELF_CHECK, "lead")))
    file = named(submission, name)
    assert (file.document, file.identified_by) == (4, IdentifiedBy.CONTENT)
    assert Code.CONTENT_IS_OTHER_DOCUMENT in codes(file)
    assert about_file(submission, "document_content", name).outcome is Outcome.FAIL
    assert outcomes(submission, "document_missing")[None] is not Outcome.PASS


def test_the_other_companys_paper_under_a_right_name() -> None:
    name = f"[서식-13] 사업자등록증_{SHORT['partner']}.pdf"
    submission = settled(replaced(proposal(), upload(name, Kind.BUSINESS_REGISTRATION, "lead")))
    file = named(submission, name)
    assert (file.document, file.organisation, file.claimed) == (13, "lead", "partner")
    assert Code.OTHER_COMPANY in codes(file)
    assert about_file(submission, "document_content", name).outcome is Outcome.FAIL
    assert outcomes(submission, "document_missing")["partner"] is Outcome.UNDETERMINED


def test_a_foreign_companys_figures_count_for_nobody() -> None:
    name = f"[서식-14] 표준재무제표증명(2022년)_{SHORT['partner']}.pdf"
    foreign = Subject(name="주식회사 다른상사", business_number="1018112342")
    rows = [("fs.equity", -5, {"year": 2022})]
    submission = settled(replaced(proposal(), upload(name, Kind.STANDARD_STATEMENTS, None, rows, subject=foreign)))
    assert Code.OTHER_COMPANY in codes(named(submission, name))
    assert [f.organisation for f in submission.fields if f.value == -5] == [None]
    assert outcomes(submission, "capital_impairment")["partner"] is Outcome.UNDETERMINED


def test_a_misread_name_on_a_scan_is_not_foreign() -> None:
    name = f"[서식-12] 연구개발기관 책임자의 재직증명서_{SHORT['partner']}.pdf"
    subject = Subject(name="나래소프르 주식회사")
    paper = upload(name, Kind.EMPLOYMENT_CERTIFICATE, None, subject=subject, source=TextSource.OCR)
    file = named(settled(replaced(proposal(), paper)), name)
    assert (file.organisation, codes(file)) == ("partner", set())


def test_doubtful_content_leaves_the_name_and_says_so() -> None:
    name = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']}.pdf"
    submission = settled(replaced(proposal(), upload(name, Kind.SAFETY_SELF_CHECK, "lead", confidence=0.6)))
    assert (named(submission, name).document, named(submission, name).identified_by) == (7, IdentifiedBy.NAME)
    assert about_file(submission, "document_content", name).outcome is Outcome.UNDETERMINED


def test_content_names_a_file_without_a_name() -> None:
    uploads = [one for one in proposal() if "서식-7]" not in one.name]
    submission = settled([*uploads, upload("scan0001.pdf", Kind.DATA_CONSENT, "lead")])
    assert (named(submission, "scan0001.pdf").document, named(submission, "scan0001.pdf").identified_by) == (
        7,
        IdentifiedBy.CONTENT,
    )
    assert outcomes(submission, "document_missing")[None] is Outcome.PASS


def test_the_later_upload_replaces_the_earlier_and_both_are_shown() -> None:
    first = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']}.pdf"
    second = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']}_수정.pdf"
    others = [one for one in proposal() if one.name != first]
    early = upload(first, Kind.DATA_CONSENT, "lead", sha256="a", uploaded=WEEK)
    late = upload(second, Kind.DATA_CONSENT, "lead", sha256="b", uploaded=WEEK + timedelta(hours=1))
    submission = settled([*others, early, late])
    assert named(submission, first).status is Status.SUPERSEDED
    assert named(submission, first).superseded_by == second
    assert named(submission, second).status is Status.READ
    assert outcomes(submission, "one_per_document") == {"lead": Outcome.FAIL}


def test_without_times_two_different_uploads_both_stay() -> None:
    extra = upload(f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']} (1).pdf", Kind.DATA_CONSENT, "lead")
    submission = settled([*proposal(), extra])
    assert all(file.status is Status.READ for file in submission.files)
    assert Code.DUPLICATE in codes(named(submission, extra.name))


def test_years_and_parts_do_not_replace_one_another() -> None:
    uploads = [one.model_copy(update={"uploaded": WEEK + timedelta(minutes=i)}) for i, one in enumerate(proposal())]
    assert not [file.name for file in settled(uploads).files if file.status is Status.SUPERSEDED]


def test_a_partners_name_on_a_projects_paper() -> None:
    wrong = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['partner']}.pdf"
    uploads = [one for one in proposal() if "서식-7]" not in one.name]
    submission = settled([*uploads, upload(wrong, Kind.DATA_CONSENT, "lead")])
    assert about_file(submission, "file_name", wrong).outcome is Outcome.FAIL
    assert outcomes(submission, "document_missing")[None] is Outcome.PASS


def test_without_a_plan_the_names_tell_the_consortium() -> None:
    uploads = [one for one in proposal() if "서식-2]" not in one.name]
    broken = upload(f"[서식-2] 연구개발계획서_{SHORT['lead']}.hwp", None, None, problems=(Code.ENCRYPTED,))
    submission = settled([*uploads, broken])
    assert [(o.key, o.name, o.size) for o in submission.organisations] == [
        ("lead", SHORT["lead"], None),
        ("partner", "(주)나래소프트", None),
    ]
    assert about_file(submission, "document_content", broken.name).outcome is Outcome.FAIL
    assert outcomes(submission, "document_missing")[None] is Outcome.PASS
    assert outcomes(submission, "consortium_one_to_one")[None] is Outcome.UNDETERMINED


def test_a_total_row_is_no_company() -> None:
    uploads = proposal()
    plan = next(one for one in uploads if "서식-2]" in one.name)
    row = upload(
        plan.name, Kind.RESEARCH_PLAN, None, [("org.name", "합 계", {"organisation": "partner2"})]
    ).reading.fields
    more = plan.model_copy(update={"reading": plan.reading.model_copy(update={"fields": plan.reading.fields + row})})
    submission = settled(replaced(uploads, more))
    assert [o.key for o in submission.organisations] == ["lead", "partner"]
    assert outcomes(submission, "consortium_one_to_one")[None] is Outcome.PASS


def test_numbers_win_over_names() -> None:
    name = f"[서식-13] 법인등기부등본_{SHORT['partner']}.pdf"
    old = Subject(name="옛이름소프트 주식회사", business_number=NUMBERS["partner"])
    rows = [("corpreg.name", "옛이름소프트 주식회사", {})]
    submission = settled(replaced(proposal(), upload(name, Kind.CORPORATE_REGISTRY, None, rows, subject=old)))
    assert named(submission, name).organisation == "partner"
    assert outcomes(submission, "identity_consistent")["partner"] is Outcome.FAIL, PARTNER


def merged(name: str, *parts: tuple[Kind, Subject, list]) -> Upload:
    """A file of several papers, one a page, each with its subject and its fields."""
    whole = upload(name, parts[0][0], None)
    segments, fields = [], []
    for page, (kind, subject, rows) in enumerate(parts, 1):
        segments.append(Segment(kind=kind, first_page=page, last_page=page, confidence=0.97, subject=subject))
        for field_name, value in rows:
            made = field(field_name, value, name)
            fields.append(made.model_copy(update={"evidence": made.evidence.model_copy(update={"page": page})}))
    reading = whole.reading.model_copy(
        update={"segments": tuple(segments), "fields": tuple(fields), "pages": len(parts)}
    )
    return whole.model_copy(update={"reading": reading})


def about(key: str) -> Subject:
    return Subject(name=NAMES[key], business_number=NUMBERS[key])


def test_both_companies_papers_in_one_file_are_each_ones_own() -> None:
    ours, theirs = (f"[서식-13] 사업자등록증_{SHORT[key]}.pdf" for key in ("lead", "partner"))
    both = merged(
        ours,
        (Kind.BUSINESS_REGISTRATION, about("lead"), [("bizreg.number", NUMBERS["lead"])]),
        (Kind.BUSINESS_REGISTRATION, about("partner"), [("bizreg.number", NUMBERS["partner"])]),
    )
    submission = settled([one for one in replaced(proposal(), both) if one.name != theirs])
    assert {(f.organisation, f.value) for f in submission.fields if f.name == "bizreg.number"} == set(NUMBERS.items())
    assert not named(submission, ours).problems
    missing = [f for f in run.evaluate(CALL, submission, only="document_missing") if f.about.part == "bizreg"]
    assert {f.outcome for f in missing} == {Outcome.PASS}


def test_a_strangers_paper_bound_in_with_ours_is_said_and_counts_for_nobody() -> None:
    ours = f"[서식-13] 사업자등록증_{SHORT['lead']}.pdf"
    stranger = Subject(name="주식회사 다른상사", business_number="1018112342")
    both = merged(
        ours,
        (Kind.BUSINESS_REGISTRATION, about("lead"), [("bizreg.number", NUMBERS["lead"])]),
        (Kind.CORPORATE_REGISTRY, stranger, [("corpreg.name", "주식회사 다른상사")]),
    )
    submission = settled(replaced(proposal(), both))
    assert Code.OTHER_COMPANY in codes(named(submission, ours))
    assert [f.organisation for f in submission.fields if f.value == "주식회사 다른상사"] == [None]


def scan_of(name: str, kind: Kind, subject: Subject) -> Upload:
    return upload(name, kind, None, [("corpreg.issued", "2023-04-01", {})], subject=subject, source=TextSource.OCR)


def test_a_scan_that_names_another_company_is_looked_at_and_counts_for_nobody() -> None:
    name = f"[서식-13] 법인등기부등본_{SHORT['lead']}.pdf"
    other = scan_of(name, Kind.CORPORATE_REGISTRY, Subject(name="주식회사 한별나래금속"))
    submission = settled(replaced(proposal(), other))
    assert codes(named(submission, name)) == {Code.COMPANY_UNCLEAR}
    assert about_file(submission, "document_content", name).outcome is Outcome.UNDETERMINED
    assert outcomes(submission, "registry_fresh")["lead"] is Outcome.UNDETERMINED
    bent_ours = scan_of(name, Kind.CORPORATE_REGISTRY, Subject(name="주식회사 가은정빌"))
    assert not codes(named(settled(replaced(proposal(), bent_ours)), name))


def test_a_sound_corporate_number_that_is_none_of_ours_is_a_strangers() -> None:
    name = f"[서식-13] 법인등기부등본_{SHORT['lead']}.pdf"
    other = scan_of(name, Kind.CORPORATE_REGISTRY, Subject(name="주식회사 한별", corporate_number="1311111201943"))
    assert Code.OTHER_COMPANY in codes(named(settled(replaced(proposal(), other)), name))


def test_one_paper_over_two_files_is_neither_a_double_nor_half_read() -> None:
    name = f"[서식-13] 법인등기부등본_{SHORT['lead']}"
    sound = next(one for one in proposal() if one.name == f"{name}.pdf")

    def part(number: int, title: str, *lacking: str) -> Upload:
        made = upload(f"{name}({number}).pdf", Kind.CORPORATE_REGISTRY, "lead")
        segment = made.reading.segments[0].model_copy(update={"title": title})
        fields = []
        for one in sound.reading.fields:
            moved = {"evidence": one.evidence.model_copy(update={"file": made.name})}
            lost = {"value": None, "printed": "", "status": "missing"} if one.name in lacking else {}
            fields.append(FieldValue.model_validate({**one.model_dump(), **moved, **lost}))
        reading = made.reading.model_copy(update={"segments": (segment,), "fields": tuple(fields)})
        return made.model_copy(update={"reading": reading})

    others = [one for one in proposal() if one.name != sound.name]
    halves = [
        part(1, "등기사항전부증명서", "corpreg.representative", "corpreg.issued"),
        part(2, "", "corpreg.number", "corpreg.name"),
    ]
    submission = settled([*others, *halves])
    assert outcomes(submission, "one_per_document") == {None: Outcome.PASS}
    assert outcomes(submission, "identity_consistent")["lead"] is Outcome.PASS
    # Two with a heading of their own are two papers, and people choose.
    again = settled([*others, halves[0], part(2, "등기사항전부증명서")])
    assert Outcome.UNDETERMINED in outcomes(again, "one_per_document").values()


PROJECT = "가온 공정 데이터 솔루션"  # the plan's
ANOTHER = "물류창고 자율이송 로봇 관제 고도화"


@pytest.mark.parametrize("source", [TextSource.DIGITAL, TextSource.OCR])
def test_our_own_paper_for_another_project_is_looked_at(source: TextSource) -> None:
    name = f"[서식-8] 연구개발기관의 신청자격 적정성 확인서_{SHORT['lead']}.pdf"
    for title, outcome in ((PROJECT, Outcome.PASS), (ANOTHER, Outcome.UNDETERMINED)):
        paper = upload(
            name,
            Kind.ELIGIBILITY_DECLARATION,
            None,
            subject=about("lead").model_copy(update={"projects": (title,)}),
            source=source,
        )
        others = [one for one in proposal() if one.name_reading.document != 8 or "lead" not in one.name]
        submission = settled([*(one for one in others if one.name != name), paper])
        assert (Code.OTHER_PROJECT in codes(named(submission, name))) is (title == ANOTHER)
        assert about_file(submission, "document_content", name).outcome is outcome


def test_another_projects_paper_neither_counts_nor_replaces_ours() -> None:
    name = f"[서식-5] 과제 참여자 인건비계상률 및 참여과제 수 확인서_{SHORT['lead']}.pdf"
    ours = next(one for one in proposal() if one.name == name)
    subject = about("lead").model_copy(update={"projects": (ANOTHER,)})
    rows = [(f.name, f.value, {"index": f.index}) for f in ours.reading.fields]
    old = upload(name, Kind.PARTICIPATION_RATES, None, rows, subject=subject)
    alone = settled(replaced(proposal(), old))
    assert {f.confirmed for f in alone.fields if f.file == name} == {False}
    assert outcomes(alone, "participation_rate_total")["lead"] is Outcome.UNDETERMINED
    again = upload(
        name.replace(".pdf", "_수정.pdf"),
        Kind.PARTICIPATION_RATES,
        None,
        rows,
        subject=subject,
        sha256="b",
        uploaded=WEEK,
    )
    both = settled([*replaced(proposal(), ours.model_copy(update={"uploaded": WEEK - timedelta(hours=1)})), again])
    assert named(both, name).status is Status.READ


@pytest.mark.parametrize(
    ("document", "kind", "subject", "outcome"),
    [
        # The project's title alone proves a paper of the project,
        ("[서식-7] 비식별 데이터 공개 동의서", Kind.DATA_CONSENT, Subject(projects=(PROJECT,)), Outcome.PASS),
        ("[서식-7] 비식별 데이터 공개 동의서", Kind.DATA_CONSENT, Subject(), Outcome.UNDETERMINED),
        # of a company's own paper it says nothing of which company's,
        (
            "[서식-11] 과제 보안등급 자가점검표",
            Kind.SECURITY_SELF_CHECK,
            Subject(projects=(PROJECT,)),
            Outcome.UNDETERMINED,
        ),
        # unless its name is read, if not letter for letter.
        (
            "[서식-11] 과제 보안등급 자가점검표",
            Kind.SECURITY_SELF_CHECK,
            Subject(name="주식회사 가온정말", projects=(PROJECT,)),
            Outcome.PASS,
        ),
        (
            "[서식-11] 과제 보안등급 자가점검표",
            Kind.SECURITY_SELF_CHECK,
            Subject(name="나래소프르 주식회사", projects=(PROJECT,)),
            Outcome.UNDETERMINED,
        ),
    ],
)
def test_what_a_projects_title_proves(document: str, kind: Kind, subject: Subject, outcome: Outcome) -> None:
    name = f"{document}_{SHORT['lead']}.pdf"
    paper = upload(name, kind, None, subject=subject, source=TextSource.OCR)
    submission = settled([*(one for one in proposal() if one.name != name), paper])
    assert about_file(submission, "document_content", name).outcome is outcome


@pytest.mark.parametrize(
    ("day", "page", "outcome"),
    [
        ("2023-03-14", 1, Outcome.UNDETERMINED),  # the call was published on the 15th
        ("2023-03-15", 1, Outcome.PASS),
        ("2022-06-30", 2, Outcome.PASS),  # a certificate behind the declaration
        ("2023-04-20", 1, Outcome.PASS),  # handed in on that day
        ("2023-04-21", 1, Outcome.UNDETERMINED),
    ],
)
def test_a_form_signed_before_there_was_a_call_or_after_it_was_handed_in(day: str, page: int, outcome: Outcome) -> None:
    name = f"[서식-8] 연구개발기관의 신청자격 적정성 확인서 및 증빙서류_{SHORT['lead']}.pdf"
    paper = upload(name, Kind.ELIGIBILITY_DECLARATION, "lead")
    (segment,) = paper.reading.segments
    signed = field("signoff.date", day, name, evidence=Region(file=name, page=page, box=NOWHERE))
    reading = paper.reading.model_copy(
        update={"segments": (segment.model_copy(update={"last_page": 2}),), "fields": (signed,), "pages": 2}
    )
    others = [one for one in proposal() if one.name != name]
    submission = settled([*others, paper.model_copy(update={"reading": reading})])
    assert about_file(submission, "document_content", name).outcome is outcome


def test_a_namesake_with_another_number_is_looked_at() -> None:
    name = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']}.pdf"
    for number, outcome in ((NUMBERS["lead"], Outcome.PASS), ("1018112341", Outcome.UNDETERMINED)):
        paper = upload(name, Kind.DATA_CONSENT, None, subject=Subject(name=NAMES["lead"], business_number=number))
        submission = settled(replaced(proposal(), paper))
        assert about_file(submission, "document_content", name).outcome is outcome


def test_latin_letters_that_were_read_as_hangul_leave_a_company_known() -> None:
    ours = [Organisation(key="lead", name="주식회사 대륭AI테크"), Organisation(key="partner", name="나래소프트")]
    for name, key, same in (
        ("주식회사 대륭시테크", "lead", True),
        ("주식회사 대륭시테크", "partner", False),
        ("주식회사 대동시테그", "lead", False),
        (None, "lead", False),
    ):
        assert proof.nearly(name, {key}, ours) is same


def test_a_paper_bound_in_must_show_whose_it_is_too() -> None:
    name = f"[서식-7] 비식별 데이터 공개 동의서_{SHORT['lead']}.pdf"
    both = merged(name, (Kind.DATA_CONSENT, about("lead"), []), (Kind.DATA_CONSENT, Subject(), []))
    submission = settled(replaced(proposal(), both))
    assert about_file(submission, "document_content", name).outcome is Outcome.UNDETERMINED


def test_the_other_companys_people_prove_nothing() -> None:
    name = f"[서식-10] 과제 참여자의 개인정보·과세정보 이용·제공 동의 및 청렴서약서_{SHORT['lead']}.pdf"
    for people, outcome in ((("박하나", "최두리"), Outcome.PASS), (("정세나",), Outcome.UNDETERMINED)):
        rows = [("signoff.name", person, {"index": n}) for n, person in enumerate(people)]
        paper = upload(name, Kind.PERSONAL_CONSENT, None, rows, subject=Subject(), source=TextSource.OCR)
        submission = settled(replaced(proposal(), paper))
        assert about_file(submission, "document_content", name).outcome is outcome
