"""Kinds of value: what is read, what is refused, what is shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeopsu.domain.values import business_number, company_name, corporate_number, dates, person_name, share, won


@pytest.mark.parametrize(
    ("printed", "unit", "amount"),
    [
        ("1,234,567", 1, 1_234_567),
        ("91,107", 1000, 91_107_000),
        ("(1,234)", 1, -1234),
        ("△47", 1000, -47_000),
        ("▲ 1,000", 1, -1000),
        ("-5", 1, -5),
        ("−5", 1, -5),
        ("-", 1000, 0),
        ("0", 1, 0),
        ("１２３", 1, 123),
        ("1.5", 1000, 1500),
        ("2,000원", 1, 2000),
    ],
)
def test_money_is_read_exactly(printed: str, unit: int, amount: int) -> None:
    assert won.parse(printed, unit) == amount


@pytest.mark.parametrize(
    "printed", ["", "12,34", "1,2345", "12a", "l23", "1 234,", "(12", "1.5", "--5", "(-1)", ",123"]
)
def test_what_is_no_figure_is_refused(printed: str) -> None:
    assert won.parse(printed) is None


@given(st.integers(-(10**15), 10**15), st.sampled_from([1, 1000, 1_000_000]))
def test_money_survives_printing(amount: int, unit: int) -> None:
    printed = f"({-amount:,})" if amount < 0 else f"{amount:,}"
    assert won.parse(printed, unit) == amount * unit


@pytest.mark.parametrize(
    ("note", "unit"),
    [
        ("(단위 : 천원)", 1000),
        ("(단위:백만원)", 1_000_000),
        ("(단 위 : 원)", 1),
        ("[단위：백만 원]", 1_000_000),
        ("원", None),
    ],
)
def test_unit_notes(note: str, unit: int | None) -> None:
    assert won.unit_in(note) == unit


@pytest.mark.parametrize("number", ["124-81-00998", "120-81-47521", "220-81-62517", "101-81-09147"])
def test_known_business_numbers_fit(number: str) -> None:
    digits = business_number.clean(number)
    assert digits and business_number.check_digit_fits(digits)
    assert business_number.shown(digits) == number


@given(st.from_regex(r"[1-9]\d{8}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_business_number_is_nearly_always_seen(nine: str, place: int, shift: int) -> None:
    fitting = [nine + str(d) for d in range(10) if business_number.check_digit_fits(nine + str(d))]
    assert len(fitting) == 1
    if place < 8:  # the ninth digit's weight folds two changes into one
        digits = list(fitting[0])
        digits[place] = str((int(digits[place]) + shift) % 10)
        assert not business_number.check_digit_fits("".join(digits))


@pytest.mark.parametrize("number", ["130111-0006246", "110111-1129497", "110111-1707178", "110111-0085450"])
def test_known_corporate_numbers_fit(number: str) -> None:
    digits = corporate_number.clean(number)
    assert digits and corporate_number.check_digit_fits(digits)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023. 4. 5.", date(2023, 4, 5)),
        ("2023년 04월 05일", date(2023, 4, 5)),
        ("2023년4월5일", date(2023, 4, 5)),
        ("'23.4.5", date(2023, 4, 5)),
        ("2023-04-05", date(2023, 4, 5)),
        ("20230405", date(2023, 4, 5)),
        ("발급일 2023/4/5 입니다", date(2023, 4, 5)),
    ],
)
def test_dates_in_korean_forms(text: str, day: date) -> None:
    assert dates.parse(text) == day


@pytest.mark.parametrize("text", ["2023년 2월 30일", "2023.13.1", "4월 5일", "2023.4.5 ~ 2023.4.6", "202304051"])
def test_what_is_no_single_date(text: str) -> None:
    assert dates.parse(text) is None


def test_a_period_gives_both_dates_in_order() -> None:
    assert [day for day, _ in dates.find("2023.05.01 ~ 2023년 12월 31일")] == [date(2023, 5, 1), date(2023, 12, 31)]


@pytest.mark.parametrize(
    "name",
    ["㈜대한정밀", "(주)대한정밀", "주식회사 대한정밀", "대한정밀 주식회사", "대한 정밀(주)", "（주）대한정밀",
     "농업회사법인 주식회사 대한정밀", "사단법인 대한정밀", "재단 법인 대한정밀"],
)  # fmt: skip
def test_spellings_of_one_company(name: str) -> None:
    assert company_name.same(name, "대한정밀")
    assert not company_name.same(name, "대한정밀공업")


def test_two_empty_names_are_no_company() -> None:
    assert not company_name.same("㈜", "주식회사")


def test_shares_are_exact_and_cut() -> None:
    assert share.parse("67.0 %") == Decimal("67.0")
    assert share.parse("약 30%") is None
    assert share.of(1, 3) == Fraction(100, 3)
    assert share.shown(Fraction(499_996, 1000)) == "499.99%"


def test_personal_numbers_are_masked() -> None:
    text = "홍길동 800101-1234567, 010-1234-5678"
    assert person_name.masked(text) == "홍길동 80****-*******, 010-****-5678"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("고서연 561216-2345678 부산", "고서연 56****-******* 부산"),
        ("고서연 561216-*******", "고서연 56****-*******"),
        ("561216 – 2******", "56****-*******"),
        ("561216-2", "56****-*"),
        ("5612162345678", "56****-*******"),
        ("030405-4567890", "03****-*******"),  # born in this century
        ("생년월일 : 1973.02.01", "생년월일 : ****"),
        ("생 년 월 일 1973년 2월 1일", "생 년 월 일 ****"),
        ("생년월일 730201", "생년월일 ****"),
        ("배태영(1973. 2. 1.생)", "배태영(****생)"),
        ("+82-10-1234-5678", "+82-10-****-5678"),
        ("010 1234 5678", "010-****-5678"),
        ("８００１０１－１２３４５６７", "80****-*******"),  # wide digits
        ("800101  -  1234567", "80****-*******"),
        ("800101-\n1234567", "80****-*******"),  # broken over two lines
        ("800101 1234567", "80****-*******"),  # the hyphen lost
        ("8 0 0 1 0 1 - 1 2 3 4 5 6 7", "80****-*******"),  # a box a digit
        ("8 0 0 1 0 1 1 2 3 4 5 6 7", "80****-*******"),
        ("80O1O1-l23456S", "80****-*******"),  # bent by OCR
        ("800101\u200b-1234567", "80****-*******"),  # parted by a letter that nobody sees
        ("800101-1●●●●●●", "80****-*******"),
        ("800101-1**", "80****-*"),
        ("외국인등록번호 800101-6123456", "외국인등록번호 80****-*******"),
        ("생년월일(6자리): 800101-1", "생년월일(6자리): 80****-*"),
        ("출생일자 1980-01-02", "출생일자 ****"),
        ("Date of Birth: 1980.01.02", "Date of Birth: ****"),
        ("80. 1. 2.생, 남", "****생, 남"),
        ("０１０－１２３４－５６７８", "010-****-5678"),
        ("010)1234-5678", "010-****-5678"),
        ("010.1234.\n5678", "010-****-5678"),
        ("O10-1234-5678", "010-****-5678"),
        ("+82(0)10-1234-5678", "+82(0)10-****-5678"),
    ],
)
def test_what_is_masked(text: str, shown: str) -> None:
    assert person_name.masked(text) == shown
    assert person_name.masked(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "127111-1673619",  # corporate numbers: no such month,
        "110111-1234567",  # nobody born in 1911 takes part,
        "110111-3234567",  # nor in 2011
        "269-87-56399",
        "2023.04.05 생산 시작",
        "제 2023-04815 호",
        "1,234,567,890,123",
        "회사성립연월일 1978년 01월 02일",
        "800,101 1,234,567",
        "2023-0104-1234567",
        "2023. 5. 1. 생성",
        "02-1234-5678",
        "등록번호 180111-4304729",
        "801301-1234567",
        "솔루션 20230405 1234567",
    ],
)
def test_what_is_nobodys_number_stays(text: str) -> None:
    assert person_name.masked(text) == text


@pytest.mark.parametrize(
    "text", ["합계", "소 계", "대표의 참여의사 확인서", "재 직 증 명 서", "㈜", "해당 없음", "대표자"]
)
def test_what_is_no_company(text: str) -> None:
    assert not company_name.plausible(text)


@pytest.mark.parametrize("text", ["동우산업", "㈜성우데이터랩", "대한보고", "LG CNS", "계양전기"])
def test_what_may_be_a_company(text: str) -> None:
    assert company_name.plausible(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("23.04.01 ~ 24.03.31", [date(2023, 4, 1), date(2024, 3, 31)]),
        ("01.08.26", [date(2001, 8, 26)]),
        ("99-12-31", [date(1999, 12, 31)]),
        ("'84. 2. 4.", [date(1984, 2, 4)]),
        ("2023. 4. 5.", [date(2023, 4, 5)]),
        ("031-123-4567", []),
        ("23.04.01 외 3건", []),
        ("10.20.30", []),
        ("3.1.2", []),
    ],
)
def test_years_of_two_digits_count_where_nothing_but_dates_stands(text, days):
    assert [day for day, _ in dates.find_alone(text)] == days
