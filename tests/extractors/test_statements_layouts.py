"""Columns, units, signs and periods as other offices' programs print them (see benchmarks/strange_statements.py)."""

from __future__ import annotations

import unicodedata

import pytest

from jeopsu.domain.kinds import Kind
from jeopsu.domain.values import won
from jeopsu.extractors.statements.columns import unit_over, years_by_words, years_of
from jeopsu.extractors.statements.headings import title_of
from jeopsu.extractors.statements.model import Column, Period
from jeopsu.extractors.statements.periods import cover_periods, periods_of
from tests.extractors.statement_pages import COLUMNS, HEAD, INCOME_HEAD, Leaf, accounts, balance_rows, income_rows
from tests.extractors.test_statements import BALANCE, read, values

TITLE, *_, COMPANY = HEAD


def columns(*heads: str) -> tuple[Column, ...]:
    return tuple(Column(0, 1, head) for head in heads)


@pytest.mark.parametrize("day", ["출력일자 : 2023-03-02", "2023/03/31 15:22:01", "작성일: 2023. 4. 30.", "2023. 3. 2."])
def test_the_day_of_the_print_is_no_period(day: str) -> None:
    assert periods_of(day) == []
    now = accounts(1)
    found = read(Leaf(above=(day, TITLE, COMPANY), rows=[("과 목", "당기"), *balance_rows(now)], rights=(300.0,)))
    assert not [f for f in found if f.year == 2023]


def test_the_cover_names_the_years_that_the_pages_leave_out() -> None:
    now, before = accounts(1), accounts(2)
    cover = Leaf(above=("결산보고서", "제 18 기", "2022년 1월 1일부터 2022년 12월 31일까지", "2023년 3월 2일"))
    for heads in (("당기", "전기"), ("제18(당)기", "제17(전)기"), ("제18기", "제17기")):
        found = values(read(cover, Leaf(above=(TITLE, COMPANY), rows=[("과 목", *heads), *balance_rows(now, before)])))
        assert {found[name, 2022] for name in BALANCE} == {now[name] * 1000 for name in BALANCE}
        assert {found[name, 2021] for name in BALANCE} == {before[name] * 1000 for name in BALANCE}
    turned = values(
        read(cover, Leaf(above=(TITLE, COMPANY), rows=[("과 목", "전기", "당기"), *balance_rows(now, before)]))
    )
    assert turned["assets", 2021] == now["assets"] * 1000  # whichever stands first


def test_only_a_whole_year_is_a_covers_period() -> None:
    assert cover_periods(["제 9 기", "2022. 1. 1. ~ 2022. 12. 31."]) == [Period(9, 2022)]
    assert cover_periods([unicodedata.normalize("NFD", "제 9 기 2022년 1월 1일부터 2022년 12월 31일까지")]) == [
        Period(9, 2022)
    ]
    assert cover_periods(["2022년 4월 1일부터 2023년 3월 31일까지"]) == [Period(None, 2023)]
    assert cover_periods(["2022년 1월 1일부터 2022년 6월 30일까지"]) == []
    assert cover_periods(["사업기간 2022. 1. 1., 제출 2022. 12. 31."]) == []


def test_changes_and_shares_are_of_no_year() -> None:
    periods = [Period(18, 2022), Period(17, 2021)]
    assert years_by_words(columns("제18(당)기", "제17(전)기", "증감"), periods) == (2022, 2021, None)
    assert years_by_words(columns("당기 금액", "당기 구성비(%)"), periods) == (2022, None)
    assert years_by_words(columns("당기", "제16(전)기"), periods) is None  # a number of another year


def test_a_heading_of_several_years_is_none() -> None:
    periods = [Period(None, 2022), Period(None, 2021)]
    assert years_of(columns("2022년2021년", "금액"), periods) == (None, None)
    assert years_of(columns("2021.4.1~2022.3.31", "2020.4.1~2021.3.31"), periods) == (2022, 2021)


def test_a_unit_over_every_column() -> None:
    assert unit_over(columns("제18(당)기(천원)", "제17(전)기(천원)", "증감")) == 1000
    assert unit_over(columns("당기(원) 금액", "전기(원) 금액")) == 1
    assert unit_over(columns("당기(천원)", "전기")) is None
    assert unit_over(columns("당기(천원)", "전기(원)")) is None


def test_a_unit_beside_the_title() -> None:
    for text in ("재 무 상 태 표 (단위 : 천원)", "재무상태표 [단위:원]", "재무상태표 단위: 원"):
        title = title_of(text)
        assert title is not None and title.exact
    bent = title_of("재 무 상 태 표 [단위:윈", True)
    assert bent is not None and bent.exact


@pytest.mark.parametrize("sign", ["△", "▲", "("])
def test_a_sign_apart_from_its_figure_is_its_own(sign: str) -> None:
    now, before = accounts(1), accounts(2)
    rows = income_rows(now, before)
    label = rows[-1][0]
    lost = f"{sign}  1,234,567" + (" )" if sign == "(" else "")
    ended = label + lost.rjust(40 - len(label))  # word by word: sign, gap, figure, at the first column's right edge
    leaf = Leaf(above=INCOME_HEAD, rows=[COLUMNS, *rows[:-1]], below=(ended,))
    found = [f for f in read(leaf) if f.name == "fs.net_income" and f.value is not None]
    assert [f.value for f in found] == [-1_234_567_000]


def test_contra_accounts_without_a_sign_lessen_all_the_same() -> None:
    now, before = accounts(1), accounts(2)
    rows = balance_rows(now, before)
    at = next(n for n, row in enumerate(rows) if "매출채권" in row[0])
    gross = [f"{year['receivables'] + 5_000:,}" for year in (now, before)]
    rows[at : at + 1] = [["2. 매출채권", *gross], ["3. 대손충당금", "5,000", "5,000"]]
    found = values(read(Leaf(above=HEAD, rows=[COLUMNS, *rows], ruled=True)))
    assert found["current_assets", 2022] == now["current_assets"] * 1000


@pytest.mark.parametrize(
    ("text", "amount"),
    [("₩1,234", 1234), ("￦ 1,234", 1234), ("△₩1,234", -1234), ("(₩1,234)", -1234), ("1,234원", 1234), ("₩₩1", None)],
)
def test_won_signs(text: str, amount: int | None) -> None:
    assert won.parse(text) == amount


def test_an_account_form_without_rules_is_two_halves() -> None:
    a = accounts(3)
    left = balance_rows(a)[1:8]
    right = [row for row in balance_rows(a)[9:20] if row[1]]
    rows = []
    for n in range(max(len(left), len(right))):
        one, other = (half[n] if n < len(half) else ["", ""] for half in (left, right))
        rows.append((one[0].replace(" ", ""), one[1], other[0].replace(" ", ""), other[1]))
    leaf = Leaf(above=(TITLE, HEAD[1], COMPANY), rows=rows, rights=(220.0, 340.0, 500.0))
    found = values(read(leaf))
    assert found["assets", 2022] == a["assets"] * 1000
    assert found["liabilities", 2022] == a["liabilities"] * 1000
    assert found["current_assets", 2022] == a["current_assets"] * 1000
    assert found["current_liabilities", 2022] == a["current_liabilities"] * 1000


def test_the_latest_year_is_the_statements_own_whichever_column_stands_first() -> None:
    now, before = accounts(1), accounts(2)
    rows = [("과 목", "제17(전)기", "제18(당)기"), *balance_rows(before, now)]
    fields = read(Leaf(above=HEAD, rows=rows))
    assert values(fields)["assets", 2022] == now["assets"] * 1000
    assert [(f.year, f.value) for f in fields if f.name == "fs.estimated"] == [(2022, False)]


@pytest.mark.parametrize("where", ["cover", "column"])
def test_a_forecast_may_be_named_by_the_cover_or_the_column_alone(where: str) -> None:
    now, before = accounts(1), accounts(2)
    head = "제18(당)기(추정)" if where == "column" else "제18(당)기"
    sheet = Leaf(above=HEAD, rows=[("과 목", head, "제17(전)기"), *balance_rows(now, before)])
    leaves = [Leaf(above=("추정재무제표 확인원", "주식회사 가온")), sheet] if where == "cover" else [sheet]
    (field,) = [f for f in read(*leaves, kind=Kind.CLOSING_STATEMENTS) if f.name == "fs.estimated"]
    assert field.value is True
    assert field.confirmed is (where == "column")


def test_a_summary_in_another_unit_is_no_part_of_the_statement_before_it() -> None:
    now, before = accounts(1), accounts(2)
    rounded = [
        [label, *(f"{int(f.replace(',', '')) // 1000:,}" for f in row)]
        for label, *row in balance_rows(now, before)[1:8]
    ]
    summary = Leaf(above=("요약 재무상황", "(단위 : 백만원)"), rows=[("구 분", "2022년", "2021년"), *rounded])
    fields = read(Leaf(above=HEAD, rows=[COLUMNS, *balance_rows(now, before)]), summary)
    assert {f.value for f in fields if f.name == "fs.assets" and f.confirmed} <= {
        now["assets"] * 1000,
        before["assets"] * 1000,
    }
