"""Papers and files (공고 6, 7): the window, each document from each who gives it, names, formats, doubles."""

from __future__ import annotations

from datetime import UTC, datetime

from jeopsu.domain.documents import FileType
from jeopsu.domain.kinds import Kind, Subject
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import Upload
from tests.validators.proposals import CALL, NAMES, SHORT, upload
from tests.validators.scenario import (
    F,
    N,
    P,
    Scenario,
    U,
    also,
    budget,
    files,
    has,
    of,
    person,
    received,
    renamed,
    without,
)  # fmt: skip

LEAD, PARTNER = "lead", "partner"
EACH = (8, 9, 10, 11, 12)
FOREIGN = Subject(name="주식회사 다른상사", business_number="1018112342")


def missing(number: int, whose: str | None, outcome: object, says: str, *changes: object, **more: object) -> Scenario:
    return of("document_missing", whose, outcome, says, *changes, document=number, **more)  # type: ignore[arg-type]


def swapped(word: str, kind: Kind | None, whose: str | None, **more: object) -> object:
    """The upload with this word holds something else."""

    def edit(uploads: list[Upload]) -> list[Upload]:
        return [upload(u.name, kind, whose, **more) if word in u.name else u for u in uploads]  # type: ignore[arg-type]

    return files(edit)


def at(minutes: int) -> datetime:
    return datetime(2023, 4, 20, 0, minutes, tzinfo=UTC)


def timed(word: str, minutes: int) -> object:
    def edit(uploads: list[Upload]) -> list[Upload]:
        return [u.model_copy(update={"uploaded": at(minutes)}) if word in u.name else u for u in uploads]

    return files(edit)


def paper(number: int, whose: str = LEAD, **more: object) -> Upload:
    """One more upload of a document, under the name it should have."""
    document = CALL.document(number)
    assert document
    name = str(more.pop("name", f"[서식-{number}] {document.title.replace('/', '·')}_{SHORT[whose]}.pdf"))
    return upload(name, document.kinds[0], whose, **more)  # type: ignore[arg-type]


WINDOW: list[Scenario] = [
    of("submitted_in_window", None, outcome, moment, received(moment))
    for moment, outcome in (
        ("2023-03-15T08:59:59+09:00", F),
        ("2023-03-15T09:00:00+09:00", P),
        ("2023-04-25T18:00:00+09:00", P),
        ("2023-04-25T09:00:00+00:00", P),  # 18:00 in Seoul
        ("2023-04-25T18:00:01+09:00", U),  # "18시 이후": the minute is staff's
        ("2023-04-25T18:00:59+09:00", U),
        ("2023-04-25T18:01:00+09:00", F),
        ("2023-04-25T18:00:00+00:00", F),  # the next morning in Seoul
        ("2023-04-26T09:00:00+09:00", F),
        ("2022-04-20T09:00:00+09:00", F),
    )
]
WINDOW.append(of("submitted_in_window", None, U, "시각을 모름", received(None)))

DOCUMENTS: list[Scenario] = [
    *(missing(n, None, F, f"서식-{n} 없음", without(f"[서식-{n}]")) for n in (1, 3, 4, 5, 6, 7)),
    *(missing(n, None, P, f"서식-{n} 있음") for n in range(1, 8)),
    *(missing(n, who, F, f"서식-{n} 없음", without(f"[서식-{n}]", SHORT[who])) for n in (8, 11, 12) for who in NAMES),
    *(missing(n, who, P, f"서식-{n} 있음") for n in EACH for who in NAMES),
    missing(9, LEAD, F, "둘 다 없음", without("[서식-9]")),
    missing(9, PARTNER, U, "공동의 것이 한 장인지", without("[서식-9]", SHORT[PARTNER])),
    missing(10, PARTNER, F, "공동의 동의서 없음", without("[서식-10]", SHORT[PARTNER])),
    *(missing(13, who, F, "사업자등록증 없음", without("사업자등록증", SHORT[who]), part="bizreg") for who in NAMES),
    *(missing(13, who, F, "등기부 없음", without("법인등기부등본", SHORT[who]), part="registry") for who in NAMES),
    missing(13, LEAD, P, "등기부만 없음: 사업자등록증은 있음", without("법인등기부등본", SHORT[LEAD]), part="bizreg"),
    missing(14, LEAD, P, "한 해만 없음", without("2020년", SHORT[LEAD])),
    missing(14, LEAD, F, "모두 없음", without("[서식-14]", SHORT[LEAD])),
    missing(15, LEAD, F, "중견, 없음", without("[서식-15]")),
    missing(15, PARTNER, N, "중소"),
    missing(15, PARTNER, F, "공동도 중견", has("org.size", PARTNER, "midsize")),
    missing(15, PARTNER, N, "대기업", has("org.size", PARTNER, "large")),
    missing(16, LEAD, F, "장비, 없음", without("[서식-16]")),
    missing(16, PARTNER, N, "장비 0원"),
    missing(17, LEAD, N, "외주 0원"),
    missing(17, LEAD, F, "외주 3천만원", budget(LEAD, outsourcing=30_000_000)),
    missing(17, LEAD, U, "외주 3천만원 미만", budget(LEAD, outsourcing=29_999_999)),
    missing(18, LEAD, F, "신규채용", person(1, new_hire=True)),
    missing(18, PARTNER, N, "신규채용 없음"),
    missing(19, PARTNER, F, "재료 1원", budget(PARTNER, materials=1)),
    # Something is handed in under the name, but holds something else.
    missing(7, None, U, "다른 서류가 들어 있음", swapped("[서식-7]", Kind.SAFETY_SELF_CHECK, LEAD)),
    missing(7, None, P, "읽지 못함", swapped("[서식-7]", None, None, problems=(Code.ENCRYPTED,))),
    missing(12, LEAD, P, "다른 이름으로 낸 것", renamed("재직증명서_가온", "scan001.pdf")),
]  # fmt: skip

CONTENT: list[Scenario] = [
    of("document_content", LEAD, F, "다른 서류", swapped("[서식-7]", Kind.SAFETY_SELF_CHECK, LEAD)),
    of("document_content", LEAD, F, "다른 회사", swapped("사업자등록증_가온", Kind.BUSINESS_REGISTRATION, None,
       subject=FOREIGN)),
    of("document_content", LEAD, F, "공동의 서류", swapped("사업자등록증_가온", Kind.BUSINESS_REGISTRATION, PARTNER)),
    *(of("document_content", LEAD, F, code.value, swapped("[서식-7]", None, None, problems=(code,)))
      for code in (Code.EMPTY, Code.TRUNCATED, Code.ENCRYPTED)),
    *(of("document_content", LEAD, U, code.value, swapped("[서식-2]", Kind.RESEARCH_PLAN, LEAD, problems=(code,)))
      for code in (Code.BLANK_PARTS, Code.PICTURES_ONLY)),
    of("document_content", LEAD, U, "시간이 모자람", swapped("[서식-7]", None, None, problems=(Code.TIME_LIMIT,))),
    of("document_content", LEAD, U, "무엇인지 모름", swapped("[서식-7]", Kind.DATA_CONSENT, LEAD, confidence=0.5)),
    of("midsize_certificate", LEAD, F, "다른 회사의 확인서",
       swapped("[서식-15]", Kind.MIDSIZE_CERTIFICATE, None, subject=FOREIGN)),
    of("fiscal_years_complete", LEAD, U, "한 해가 다른 회사의 것", swapped(
        "(2021년)_가온", Kind.STANDARD_STATEMENTS, None, subject=FOREIGN)),
    of("registry_fresh", LEAD, P, "꼭 3개월", has("corpreg.issued", LEAD, "2023-01-25")),
    of("registry_fresh", LEAD, F, "하루 넘음", has("corpreg.issued", LEAD, "2023-01-24")),
    of("registry_fresh", LEAD, F, "지난해", has("corpreg.issued", LEAD, "2022-12-20")),
    of("registry_fresh", LEAD, P, "제출일", has("corpreg.issued", LEAD, "2023-04-20")),
    of("registry_fresh", LEAD, U, "제출 다음 날", has("corpreg.issued", LEAD, "2023-04-21")),
    of("registry_fresh", PARTNER, U, "등기부 없음", without("법인등기부등본", SHORT[PARTNER])),
    of("identity_consistent", LEAD, P, "같음"),
    of("identity_consistent", LEAD, P, "표기만 다름", has("corpreg.name", LEAD, "㈜가온 정밀")),
    of("identity_consistent", LEAD, F, "상호가 다름", has("corpreg.name", LEAD, "주식회사 가온정공")),
    of("identity_consistent", LEAD, F, "번호가 다름", has("bizreg.number", LEAD, "1018112342")),
    of("identity_consistent", LEAD, F, "법인번호가 다름", has("corpreg.number", LEAD, "1101110000099")),
    of("identity_consistent", LEAD, F, "대표자가 다름", has("bizreg.representative", LEAD, "박타인")),
    of("identity_consistent", LEAD, P, "각자대표", has("corpreg.representative", LEAD, "김가온, 박공동")),
    of("file_format", LEAD, U, "계획서가 HWPX", swapped("[서식-2]", Kind.RESEARCH_PLAN, LEAD, type=FileType.HWPX)),
    of("file_format", LEAD, F, "계획서가 PDF", renamed("[서식-2]", "[서식-2] 연구개발계획서_가온정밀.pdf"),
       swapped("[서식-2]", Kind.RESEARCH_PLAN, LEAD, type=FileType.PDF)),
    of("file_format", LEAD, F, "동의서가 HWP", swapped("[서식-7]", Kind.DATA_CONSENT, LEAD, type=FileType.HWP)),
]  # fmt: skip

TWO = "[서식-7] 비식별 데이터 공개 동의서_가온정밀.pdf"
AGAIN = "[서식-7] 비식별 데이터 공개 동의서_가온정밀_최종.pdf"
PLEDGE = "[서식-6] 협력사·계열사 솔루션 도입 확약서_가온정밀(2).pdf"
DOUBLES: list[Scenario] = [
    of("one_per_document", None, P, "하나씩"),
    of("one_per_document", LEAD, F, "나중 것이 대신함", timed(TWO, 1), also(paper(7, name=AGAIN, uploaded=at(30)))),
    of("one_per_document", LEAD, U, "시각을 몰라 둘 다", also(paper(7, name=AGAIN))),
    missing(7, None, P, "다시 올린 서류", timed(TWO, 1), also(paper(7, name=AGAIN, uploaded=at(30)))),
    of("one_per_document", None, P, "확약서는 여럿", also(paper(6, name=PLEDGE))),
]  # fmt: skip

GOOD = "비식별 데이터 공개 동의서"
NAMED: list[Scenario] = [
    of("file_name", None, outcome, name, renamed("[서식-7]", name))
    for name, outcome in (
        (f"[서식-7] {GOOD}_가온정밀.pdf", P),
        (f"[서식-7] {GOOD}_주식회사 가온정밀.pdf", P),
        (f"[서식-7] {GOOD}_(주)가온정밀.pdf", P),
        (f"[서식-7] {GOOD}_㈜가온정밀.PDF", P),
        (f"서식-7 {GOOD}_가온정밀.pdf", F),
        (f"(서식-7) {GOOD}_가온정밀.pdf", F),
        (f"[서식7] {GOOD}_가온정밀.pdf", F),
        (f"[서식-8] {GOOD}_가온정밀.pdf", F),
        ("[서식-7] 데이터 동의_가온정밀.pdf", F),
        (f"[서식-7] {GOOD}_다른상사.pdf", F),
        (f"[서식-7] {GOOD}_나래소프트.pdf", F),  # a project's paper bears the lead's name
        (f"[서식-7] {GOOD}.pdf", F),
        (f"[서식-7] {GOOD}-가온정밀.pdf", F),
        (f"[서식-7]  {GOOD}_가온정밀.pdf", F),
        (f"［서식－７］ {GOOD}_가온정밀.pdf", F),
        (f"[서식-7] {GOOD}_가온정밀_최종.pdf", U),
        (f"[서식-7] {GOOD}_가온정밀 (1).pdf", U),
    )
]


def row(name: str, index: int, value: object) -> object:
    """One row of a list (signers, checklist items) with another value."""

    def change(submission):  # type: ignore[no-untyped-def]
        def bend(f):  # type: ignore[no-untyped-def]
            return f.model_copy(update={"value": value}) if (f.name, f.index) == (name, index) else f

        return submission.model_copy(update={"fields": tuple(bend(f) for f in submission.fields)})

    return change


SIGNED: list[Scenario] = [
    of("signoff_present", LEAD, P, "모두 서명"),
    of("signoff_present", LEAD, F, "한 사람 없음", row("signoff.kind", 1, "none")),
    of("signoff_present", PARTNER, P, "다른 기관의 사람", row("signoff.kind", 1, "none")),
    of("signoff_present", PARTNER, F, "공동의 책임자 없음", row("signoff.kind", 2, "none")),
    of("signoff_present", LEAD, P, "인감", row("signoff.kind", 1, "seal")),
    of("security_grade", None, U, "등급을 못 읽음"),
]
