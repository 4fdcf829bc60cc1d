"""Statements bound into one file: told apart by their covers, by the names over their tables, by their figures."""

from __future__ import annotations

import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.kinds import Kind, Segment, Subject
from jeopsu.domain.problems import Code
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds import identify
from jeopsu.extractors.statements import read_statements
from jeopsu.extractors.statements.read import StatementReading
from tests.extractors.drawn_pages import Drawn, DrawnSource, asked
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


def _page(title: str, *lines: str, size: float = 18, source: TextSource = TextSource.DIGITAL) -> Drawn:
    page = Drawn(source).text(150, 80, title, size)
    for number, line in enumerate((*lines, "보통 크기로 적은 본문 한 줄", "보통 크기로 적은 본문 또 한 줄")):
        page.text(60, 160 + 25 * number, line)
    return page


def report(source: TextSource = TextSource.DIGITAL) -> list[Drawn]:
    return [
        _page("재무제표에 대한 감사보고서", "한빛회계법인", source=source),
        _page("독립된 감사인의 감사보고서", "주주 및 이사회 귀중", "감사의견", source=source),
        _page("재 무 상 태 표", "유동자산 100", source=source),
        _page("손 익 계 산 서", "매출액 100", source=source),
    ]


def ranges(*pages: Drawn) -> list[tuple[int, int]]:
    return [(s.first_page, s.last_page) for s in identify(DrawnSource(*pages), asked())]


@pytest.mark.parametrize("source", [TextSource.DIGITAL, TextSource.OCR])
def test_a_cover_behind_figures_begins_the_next_report(source: TextSource) -> None:
    assert ranges(*report(source)) == [(1, 4)]
    assert ranges(*report(source), *report(source)) == [(1, 4), (5, 8)]


def test_a_running_head_begins_nothing() -> None:
    notes = _page("감사보고서", "주석 1. 회계법인의 감사의견", size=10)
    assert ranges(*report(), notes, notes) == [(1, 6)]


def test_a_heading_over_each_table_of_closing_statements_begins_nothing_until_both_are_there() -> None:
    first, second = _page("가결산서", "재무상태표", "세무사"), _page("재무상태표", "유동자산")
    third, fourth = _page("가결산서", "손익계산서", "세무사"), _page("손익계산서", "매출액")
    assert ranges(first, second, third, fourth) == [(1, 4)]
    assert ranges(first, second, fourth, first, second, fourth) == [(1, 3), (4, 6)]


def test_the_tax_offices_form_begins_again_with_a_title_that_comes_back() -> None:
    balance = _page("표준재무상태표", "일반법인용", "법인세법 시행규칙")
    income = _page("표준손익계산서", "일반법인용", "법인세법 시행규칙")
    assert ranges(balance, balance, income, income) == [(1, 4)]
    assert ranges(balance, income, balance, income) == [(1, 2), (3, 4)]


def read(*leaves: Leaf, scanned: bool = False, hint_year: int | None = None) -> StatementReading:
    source = MadeSource(leaves, scanned=scanned)
    segment = Segment(kind=Kind.AUDIT_REPORT, first_page=1, last_page=len(leaves), confidence=0.97)
    request = ReadRequest(path="", name="[서식-14] 감사보고서_아무개.pdf", hint_year=hint_year)
    return read_statements(source, segment, request)


def statements(first: int, second: int, name: str = "", over_income: str | None = None) -> list[Leaf]:
    """Balance sheet and income statement of 2022, with the books of two seeds."""
    books = accounts(first), accounts(second)
    other = name if over_income is None else over_income
    return [
        Leaf((*HEAD[:3], f"{name} (단위 : 천원)"), [COLUMNS, *balance_rows(*books)], ruled=True),
        Leaf((*INCOME_HEAD[:3], f"{other} (단위 : 천원)"), [COLUMNS, *income_rows(*books)], ruled=True),
    ]


@pytest.mark.parametrize("scanned", [False, True])
def test_two_books_of_one_year_are_two_companies(scanned: bool) -> None:
    found = read(*statements(1, 2), *statements(3, 4), scanned=scanned)
    assert [(p.code, p.page) for p in found.problems] == [(Code.SEVERAL_COMPANIES, 3)]
    assert found.subject == Subject()
    assert not read(*statements(1, 2), *statements(1, 2), scanned=scanned).problems


COVER = Leaf(("주식회사 가온정밀", "재무제표에 대한 감사보고서", "한빛회계법인"))


def test_a_scans_page_under_another_companys_name_is_not_outvoted() -> None:
    found = read(COVER, *statements(1, 2, "주식회사 가온정밀", over_income="주식회사 한별나래금속"), scanned=True)
    assert [(p.code, p.page) for p in found.problems] == [(Code.SEVERAL_COMPANIES, 3)]
    tied = read(*statements(1, 2, "주식회사 가온정밀", over_income="주식회사 한별나래금속"), scanned=True)
    assert [(p.code, p.page) for p in tied.problems] == [(Code.SEVERAL_COMPANIES, 2)]
    bent = read(COVER, *statements(1, 2, "주식회사 가온정밀", over_income="주식회사 가온정일"), scanned=True)
    assert not bent.problems and bent.subject.name == "주식회사 가온정밀"
    twice = "주식회사 수식외사 가온정밀 가온정일"  # a line that OCR read twice
    assert not read(COVER, *statements(1, 2, "주식회사 가온정밀", over_income=twice), scanned=True).problems
    alike = read(*statements(1, 2, "명신정밀공업 주식회사", over_income="진명중공업 주식회사"), scanned=True)
    assert [p.code for p in alike.problems] == [Code.SEVERAL_COMPANIES]


def _opinion(day: str) -> Leaf:
    return Leaf(("감사의견", f"우리의 의견으로는 회사의 {day} 현재의 재무상태를", "공정하게 표시하고 있습니다."))


@pytest.mark.parametrize(("day", "sure"), [("2022년 12월 31일", True), ("2021년 12월 31일", False), ("결산일", True)])
def test_an_opinion_on_another_years_statements_is_not_sure(day: str, sure: bool) -> None:
    fields = read(_opinion(day), *statements(1, 2)).fields
    (opinion,) = [f for f in fields if f.name == "fs.audit_opinion"]
    assert (opinion.value, opinion.year, opinion.confirmed) == ("unqualified", 2022, sure)


def test_a_name_beside_its_label_that_was_not_made_out_is_not_ours() -> None:
    def labelled(name: str) -> list[Leaf]:
        return statements(1, 2, "법인명 : 주식회사 가온정밀", over_income=f"법인명 : {name}")

    found = read(*labelled("주식회사 대륭^1테크"), scanned=True)
    assert [(p.code, p.page) for p in found.problems] == [(Code.SEVERAL_COMPANIES, 2)]
    assert not read(*labelled("주식회사 가온정^밀"), scanned=True).problems
    assert not read(*labelled("2022 ^ 년"), scanned=True).problems
    assert not read(*labelled("주식회사 가온정밀 -사업자등록번호 406-81-37311"), scanned=True).problems


def test_a_page_with_the_number_of_the_others_is_the_same_companys_whatever_its_name_reads_like() -> None:
    def both(number: str, name: str) -> list[Leaf]:
        balance, income = statements(1, 2, "주식회사 가온정밀", over_income=f"주식회사 {name}")
        for leaf, printed in ((balance, "123-45-67891"), (income, number)):
            leaf.above = (*leaf.above, f"사업자등록번호 {printed}")
        return [balance, income]

    assert not read(*both("123-45-67B91", "거운징빌"), scanned=True).problems
    assert read(*both("", "거운징빌"), scanned=True).problems


@pytest.mark.parametrize("scanned", [False, True])
def test_another_companys_number_over_a_table_is_not_ours(scanned: bool) -> None:
    def numbered(number: str) -> list[Leaf]:
        return statements(1, 2, "사업자등록번호 123-45-67891", over_income=f"사업자등록번호 {number}")

    found = read(*numbered("234-81-56784"), scanned=scanned)
    assert [(p.code, p.page) for p in found.problems] == [(Code.SEVERAL_COMPANIES, 2)]
    assert not read(*numbered("123-45-07B91"), scanned=True).problems
    assert not read(*numbered("123-45-67891"), scanned=scanned).problems
