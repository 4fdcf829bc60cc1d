"""Whose statements: the company that the pages name, and nobody else who stands on them."""

from __future__ import annotations

import pytest

from jeopsu.domain.kinds import Kind, Segment, Subject
from jeopsu.domain.problems import Code
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.statements import read_statements
from tests.extractors.statement_pages import (
    COLUMNS,
    HEAD,
    INCOME_HEAD,
    Leaf,
    MadeSource,
    accounts,
    balance_rows,
    income_rows,
)

BALANCE = [COLUMNS, *balance_rows(accounts(1), accounts(2))]
INCOME = [COLUMNS, *income_rows(accounts(1), accounts(2))]


def named(*heads: str) -> list[str]:
    """A cover's lines with the auditor under them."""
    return [*heads, "제 18 기", "2022년 01월 01일 부터", "2022년 12월 31일 까지", "한빛회계법인", "대표이사 김감사"]


def over(head: tuple[str, ...], name: str) -> tuple[str, ...]:
    return (*head[:3], name)


def read(*leaves: Leaf, scanned: bool = False, kind: Kind = Kind.AUDIT_REPORT, **more: object):
    source = MadeSource(leaves, scanned=scanned, **more)  # type: ignore[arg-type]
    segment = Segment(kind=kind, first_page=1, last_page=len(leaves), confidence=0.97)
    return read_statements(source, segment, ReadRequest(path="", name="[서식-14] 감사보고서_아무개.pdf"))


def statements(name: str = "") -> list[Leaf]:
    return [
        Leaf(over(HEAD, f"{name} (단위 : 천원)"), BALANCE, ruled=True),
        Leaf(over(INCOME_HEAD, f"{name} (단위 : 천원)"), INCOME, ruled=True),
    ]


@pytest.mark.parametrize(
    ("cover", "name"),
    [
        (("주식회사 가온정밀", "재 무 제 표 에 대 한", "감 사 보 고 서"), "주식회사 가온정밀"),
        (("재무제표에 대한 감사보고서", "가온정밀주식회사"), "가온정밀 주식회사"),
        (("㈜가온정밀과 그 종속기업", "연결재무제표에 대한 감사보고서"), "(주)가온정밀"),
        (("주식회사 가온정밀 (구, 주식회사 옛이름)", "감사보고서"), "주식회사 가온정밀"),
        (("독립된 감사인의 감사보고서", "가온정밀", "주주 및 이사회 귀중"), "가온정밀"),
        (("독립된 감사인의 감사보고서", "가온정밀 주주 및 이사회 귀중"), "가온정밀"),
        (('우리는 별첨된 주식회사 가온정밀(이하 "회사")의', "재무제표를 감사하였습니다."), "주식회사 가온정밀"),
    ],
)
def test_the_company_on_an_auditors_pages(cover: tuple[str, ...], name: str) -> None:
    found = read(Leaf(named(*cover)), *statements())
    assert (found.subject.name, found.problems) == (name, ())
    assert found.subject.evidence


def test_the_company_over_each_statement_and_beside_its_label() -> None:
    assert read(*statements("주식회사 가온정밀")).subject.name == "주식회사 가온정밀"
    unit_first = [Leaf((*HEAD[:3], "(단위 : 천원) 주식회사 가온정밀"), BALANCE, ruled=True)]
    assert read(*unit_first).subject.name == "주식회사 가온정밀"
    assert read(*statements("회사명 : 가온정밀"), kind=Kind.CLOSING_STATEMENTS).subject.name == "가온정밀"


@pytest.mark.parametrize(
    "line",
    [
        "주식회사 가온정밀 2022.12.31 현재", "주식회사 가온정밀 제 18 기", "주식회사 가온정밀(GAON)",
        "[주식회사 가온정밀]",
        "회 사 명 : 주식회사 가온정밀 대표이사 : 김가온", "주식회사 가온정밀 (구 옛이름 주식회사)",
        "주식회사 가온정밀 및 종속회사", "주식회사 가온정밀 (GAON PRECISION CO., LTD.)",
    ],
)  # fmt: skip
def test_what_stands_behind_a_name_is_no_part_of_it(line: str) -> None:
    assert read(*statements(line)).subject.name == "주식회사 가온정밀"


def test_whoever_else_stands_there_is_not_the_company() -> None:
    others = ("한빛회계법인", "주식회사 한빛은행 귀중", "제출처 : 한국산업기술진흥원", "주식회사 한빛세무회계")
    assert read(Leaf(named("재무제표에 대한 감사보고서", *others)), *statements()).subject == Subject()


def test_a_tax_agents_number_is_not_the_companys() -> None:
    cover = Leaf(
        (
            "결산재무제표 확인원", "상 호 : 주식회사 가온정밀", "사업자등록번호 : 123-45-67891",
            "법인등록번호 : 110111-0000018", "2023년 4월 11일", "다빈세무회계사무소", "사업자등록번호 : 234-81-56784",
            "세무사 김세무 (인)",
        )
    )  # fmt: skip
    subject = read(cover, *statements(), kind=Kind.CLOSING_STATEMENTS).subject
    assert (subject.name, subject.business_number) == ("주식회사 가온정밀", "1234567891")
    assert subject.corporate_number == "1101110000018"


def test_two_numbers_of_a_kind_are_both_unsure() -> None:
    cover = Leaf(("결산재무제표 확인원", "사업자등록번호 : 123-45-67891", "사업자등록번호 : 234-81-56784"))
    subject = read(cover, *statements(), kind=Kind.CLOSING_STATEMENTS).subject
    assert subject.business_number is None and subject.also == ("1234567891", "2348156784")


def test_one_companys_opinion_on_anothers_statements_names_nobody() -> None:
    opinion = Leaf(named("독립된 감사인의 감사보고서", "주식회사 가온정밀", "주주 및 이사회 귀중"))
    cover = Leaf(named("주식회사 가온정밀", "재무제표에 대한 감사보고서"))
    found = read(cover, opinion, *statements("주식회사 한별나래금속"))
    assert found.subject == Subject()
    assert [p.code for p in found.problems] == [Code.SEVERAL_COMPANIES]
    # A cover alone does not say whose the statements are.
    assert read(cover, *statements("주식회사 가온정일")).subject.name == "주식회사 가온정일"
    assert read(cover, *statements("주식회사 가온정일")).subject.also == ()


def test_no_name_is_no_subject() -> None:
    assert read(*statements(), scanned=True).subject == Subject()
    assert read(Leaf(named("재무제표에 대한 감사보고서")), *statements()).subject == Subject()


def test_a_scans_readings_are_all_kept_and_the_name_is_what_most_say() -> None:
    pages = statements("주식회사 가온정밀")
    bent = Leaf(named("주식회사 가온정일", "재무제표에 대한 감사보고서"))
    subject = read(bent, *pages, scanned=True).subject
    assert (subject.name, subject.also) == ("주식회사 가온정밀", ("주식회사 가온정일",))
    lone = read(bent, *statements(), scanned=True).subject
    assert (lone.name, lone.also) == (None, ("주식회사 가온정일",))


def test_a_bent_legal_form_is_still_one() -> None:
    subject = read(*statements("추식회사 가온정밀"), scanned=True).subject
    assert subject.name == "주식회사 가온정밀"


def test_companies_in_the_notes_are_not_looked_at() -> None:
    notes = Leaf(("재무제표에 대한 주석", "31. 특수관계자", "주식회사 한별나래금속", "주식회사 한별나래금속"))
    assert read(*statements("주식회사 가온정밀"), notes).subject.name == "주식회사 가온정밀"
