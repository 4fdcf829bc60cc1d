"""Interest that only a note prints: taken where its table is the breakdown of the statement's 금융비용, else open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.statements import read_statements
from tests.extractors.statement_pages import COLUMNS, INCOME_HEAD, Leaf, MadeSource, accounts, money

TITLE = ("24. 금융수익 및 금융비용", "당기 및 전기의 금융비용의 내역은 다음과 같습니다.", "(단위 : 천원)")


def statement(now: dict[str, int], before: dict[str, int]) -> Leaf:
    """An income statement that shows 금융비용 and no interest."""
    lines = [
        ("매출액", "revenue"), ("매출원가", "cogs"), ("매출총이익", "gross"), ("판매비와관리비", "sga"),
        ("영업이익", "operating_income"), ("금융수익", "gains"), ("금융비용", "costs"),
        ("법인세비용차감전순이익", "pretax"), ("법인세비용", "tax"), ("당기순이익", "net_income"),
    ]  # fmt: skip
    rows = [[label, money(now[key]), money(before[key])] for label, key in lines]
    return Leaf(INCOME_HEAD, [COLUMNS, *rows], ruled=True)


def interest(*leaves: Leaf, **more) -> dict[int | None, FieldValue]:
    source = MadeSource(leaves, **more)
    segment = Segment(kind=Kind.AUDIT_REPORT, first_page=1, last_page=source.count, confidence=1.0)
    found = read_statements(source, segment, ReadRequest(path="", name="made.pdf")).fields
    return {f.year: f for f in found if f.name == "fs.interest_expense"}


def confirmed(fields: dict[int | None, FieldValue]) -> dict[int | None, object]:
    return {year: f.value for year, f in fields.items() if f.confirmed}


def table(now: dict, before: dict, *lines: tuple[str, str], head=("구 분", "당기", "전기")) -> list[list[str]]:
    return [list(head), *([label, *(money(y[key]) if key else "" for y in (now, before))] for label, key in lines)]


NOW, BEFORE = accounts(1), accounts(2)
TRUE = {2022: NOW["interest_expense"] * 1000, 2021: BEFORE["interest_expense"] * 1000}
PLAIN = (("이자비용", "interest_expense"), ("외환차손", "donations"), ("합 계", "costs"))
PARENT = (("금융비용", "costs"), ("이자비용", "interest_expense"), ("외환차손", "donations"))
BOTH = (("금융수익", ""), ("이자수익", "gains"), ("계", "gains"), ("금융비용", ""), *PLAIN)
PARTS = (("이자비용", "interest_expense"), ("- 차입금", "one"), ("- 리스부채", "two"), *PLAIN[1:])
for _books in (NOW, BEFORE):
    _books["one"] = _books["interest_expense"] // 3
    _books["two"] = _books["interest_expense"] - _books["one"]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("scanned", [True, False])
@pytest.mark.parametrize("lines", [PLAIN, PARENT, BOTH, PARTS])
def test_interest_from_the_breakdown_of_finance_cost(lines, scanned: bool, ruled: bool) -> None:
    found = interest(statement(NOW, BEFORE), Leaf(TITLE, table(NOW, BEFORE, *lines), ruled=ruled), scanned=scanned)
    assert confirmed(found) == TRUE
    assert found[2022].page == 2 and found[2022].printed == money(NOW["interest_expense"])


@pytest.mark.parametrize("ruled", [True, False])
def test_a_note_that_prints_no_total_is_held_against_the_statement_itself(ruled: bool) -> None:
    note = Leaf(TITLE, table(NOW, BEFORE, *PLAIN[:2]), ruled=ruled)
    assert confirmed(interest(statement(NOW, BEFORE), note)) == TRUE
    more = Leaf(TITLE, table(NOW, BEFORE, *PLAIN[:2], ("기타", "tax")), ruled=ruled)
    assert confirmed(interest(statement(NOW, BEFORE), more)) == {}


def test_a_note_with_its_columns_the_other_way_round_and_another_unit() -> None:
    won = [{k: v * 1000 for k, v in books.items()} for books in (BEFORE, NOW)]
    rows = table(won[0], won[1], *PLAIN, head=("구 분", "제17(전)기", "제18(당)기"))
    assert confirmed(interest(statement(NOW, BEFORE), Leaf((*TITLE[:2], "(단위 : 원)"), rows, ruled=True))) == TRUE


LEASE = Leaf(
    ("15. 리스", "포괄손익계산서에 인식된 금액은 다음과 같습니다.", "(단위 : 천원)"),
    table(NOW, BEFORE, ("사용권자산 감가상각비", "salaries"), ("이자비용", "two"), ("합 계", "sga")),
    ruled=True,
)
FLOWS = Leaf(
    ("33. 현금흐름", "영업에서 창출된 현금은 다음과 같습니다.", "(단위 : 천원)"),
    table(
        NOW,
        BEFORE,
        ("당기순이익", "net_income"),
        ("법인세비용", "tax"),
        ("이자비용", "two"),
        ("감가상각비", "salaries"),
    ),
    ruled=True,
)


@pytest.mark.parametrize("scanned", [True, False])
@pytest.mark.parametrize("other", [LEASE, FLOWS])
def test_interest_of_another_scope_is_never_taken(other: Leaf, scanned: bool) -> None:
    assert confirmed(interest(statement(NOW, BEFORE), other, scanned=scanned)) == {}
    note = Leaf(TITLE, table(NOW, BEFORE, *PLAIN), ruled=True)
    assert confirmed(interest(statement(NOW, BEFORE), other, note, scanned=scanned)) == TRUE


@pytest.mark.parametrize(
    "lines",
    [
        (("이자비용", "one"), ("이자비용", "two"), ("외환차손", "donations"), ("합 계", "costs")),
        (("이자비용", "one"), ("리스부채이자", "two"), ("외환차손", "donations"), ("합 계", "costs")),
        (("이자비용(리스부채)", "two"), ("차입금", "one"), ("외환차손", "donations"), ("합 계", "costs")),
    ],
)
def test_interest_in_several_lines_is_for_a_person(lines) -> None:
    assert confirmed(interest(statement(NOW, BEFORE), Leaf(TITLE, table(NOW, BEFORE, *lines), ruled=True))) == {}


@settings(max_examples=40, deadline=None)
@given(
    line=st.integers(0, 2),
    column=st.integers(1, 2),
    change=st.integers(1, 10**6),
    scanned=st.booleans(),
    lines=st.sampled_from([PLAIN, BOTH]),
)
def test_an_altered_note_confirms_nothing_of_its_year(line, column, change, scanned, lines) -> None:
    rows = table(NOW, BEFORE, *lines)
    at = len(rows) - 3 + line
    rows[at][column] = money(int(rows[at][column].replace(",", "")) + change)
    found = confirmed(interest(statement(NOW, BEFORE), Leaf(TITLE, rows, ruled=True), scanned=scanned))
    year = {1: 2022, 2: 2021}[column]
    assert year not in found
    assert all(found[y] == TRUE[y] for y in found)


def test_two_notes_that_differ_are_for_a_person() -> None:
    other = {**NOW, "interest_expense": NOW["donations"], "donations": NOW["interest_expense"]}
    leaves = [Leaf(TITLE, table(books, BEFORE, *PLAIN), ruled=True) for books in (NOW, other)]
    assert set(confirmed(interest(statement(NOW, BEFORE), *leaves))) == {2021}


def test_a_note_alone_without_the_statements_cost_confirms_nothing() -> None:
    leaf = statement(NOW, BEFORE)
    rows = [r for r in leaf.rows if r[0] != "금융비용"]
    note = Leaf(TITLE, table(NOW, BEFORE, *PLAIN), ruled=True)
    assert confirmed(interest(Leaf(leaf.above, rows, ruled=True), note)) == {}
