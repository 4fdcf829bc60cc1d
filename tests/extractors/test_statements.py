"""Statements on hand-made pages: layouts, units, years, signs; no altered or contradicted figure is confirmed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.kinds import Kind, Segment
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
    money,
)

BALANCE = ("current_assets", "assets", "current_liabilities", "liabilities", "capital_stock", "equity")
INCOME = ("revenue", "operating_income", "interest_expense", "net_income", "rnd_expense")


def read(*leaves: Leaf, kind: Kind = Kind.AUDIT_REPORT, **more) -> list[FieldValue]:
    source = MadeSource(leaves, **more)
    segment = Segment(kind=kind, first_page=1, last_page=source.count, confidence=1.0)
    return list(read_statements(source, segment, ReadRequest(path="", name="made.pdf")).fields)


def values(
    fields: list[FieldValue], status: FieldStatus = FieldStatus.CONFIRMED
) -> dict[tuple[str, int | None], object]:
    return {(f.name.removeprefix("fs."), f.year): f.value for f in fields if f.status is status}


def two_years(rows=balance_rows, ruled: bool = False, head=HEAD) -> tuple[Leaf, dict, dict]:
    now, before = accounts(1), accounts(2)
    return Leaf(above=head, rows=[COLUMNS, *rows(now, before)], ruled=ruled), now, before


@pytest.mark.parametrize("ruled", [True, False])
def test_both_periods_of_a_balance_sheet_in_thousands(ruled: bool) -> None:
    leaf, now, before = two_years(ruled=ruled)
    found = values(read(leaf))
    for name in BALANCE:
        assert found[name, 2022] == now[name] * 1000
        assert found[name, 2021] == before[name] * 1000


@pytest.mark.parametrize("ruled", [True, False])
def test_the_income_statement(ruled: bool) -> None:
    leaf, now, before = two_years(income_rows, ruled, INCOME_HEAD)
    found = values(read(leaf))
    for name in INCOME:
        assert found[name, 2022] == now[name] * 1000
        assert found[name, 2021] == before[name] * 1000


def test_a_figure_stands_where_its_box_says() -> None:
    leaf, now, _ = two_years(ruled=True)
    source = MadeSource([leaf])
    assets = next(f for f in read(leaf) if f.name == "fs.assets" and f.year == 2022)
    word = next(w for w in source.page(1).words if w.text == money(now["assets"]))
    assert assets.box == word.box
    assert assets.printed == money(now["assets"])


def test_three_periods_named_by_dates() -> None:
    years = [accounts(n) for n in (3, 4, 5)]
    head = ("재무상태표", "제 7(당)기 2022년 12월 31일 현재", "제 6(전)기 2021년 12월 31일 현재",
            "제 5(전전)기 2020년 12월 31일 현재", "(단위 : 원)")  # fmt: skip
    columns = ("과 목", "제7기(2022.12.31)", "제6기(2021.12.31)", "제5기(2020.12.31)")
    leaf = Leaf(head, [columns, *balance_rows(*years)], rights=(290, 410, 530), ruled=True)
    found = values(read(leaf))
    for year, books in zip((2022, 2021, 2020), years, strict=True):
        assert found["equity", year] == books["equity"]


def test_details_and_totals_in_two_columns_of_a_period() -> None:
    now, before = accounts(6), accounts(7)
    rows = []
    for label, *amounts in balance_rows(now, before):
        detail = label[:1].isdigit()
        rows.append([label, *(cell for a in amounts for cell in ((a, "") if detail else ("", a)))])
    columns = ("과 목", "제18(당)기", "제18(당)기", "제17(전)기", "제17(전)기")
    leaf = Leaf(HEAD, [columns, *rows], rights=(250, 340, 430, 520), ruled=True)
    found = values(read(leaf))
    assert found["assets", 2022] == now["assets"] * 1000
    assert found["capital_stock", 2021] == before["capital_stock"] * 1000


def test_a_statement_runs_over_two_pages() -> None:
    now, before = accounts(8), accounts(9)
    rows = balance_rows(now, before)
    found = values(read(Leaf(HEAD, [COLUMNS, *rows[:12]], ruled=True), Leaf((), [COLUMNS, *rows[12:]], ruled=True)))
    for name in BALANCE:
        assert found[name, 2022] == now[name] * 1000


def test_net_loss_written_in_the_label_is_negative() -> None:
    now = accounts(10)
    for name in ("tax", "net_income"):
        now.pop(name)
    now["tax"] = now["pretax"] + 777
    now["net_income"] = -777
    leaf = Leaf(
        (*INCOME_HEAD[:2], INCOME_HEAD[3]), [("과 목", "제18(당)기"), *income_rows(now, loss=True)], (300,), True
    )
    assert values(read(leaf))["net_income", 2022] == -777_000


def test_separate_statements_win_over_consolidated_ones() -> None:
    separate, now, _ = two_years()
    other = accounts(30), accounts(31)
    consolidated = Leaf(("연 결 재 무 상 태 표", *HEAD[1:]), [COLUMNS, *balance_rows(*other)])
    found = values(read(consolidated, separate))
    assert found["assets", 2022] == now["assets"] * 1000


def test_consolidated_figures_alone_are_for_a_person() -> None:
    leaf = Leaf(("연 결 재 무 상 태 표", *HEAD[1:]), [COLUMNS, *balance_rows(accounts(1), accounts(2))])
    assert not [f for f in read(leaf) if f.confirmed and f.name in {f"fs.{n}" for n in BALANCE}]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_statement_of_another_kind_whose_labels_end_in_figures_is_passed_over(ruled: bool) -> None:
    leaf, now, _ = two_years()
    flows = [
        ("영업활동현금흐름", "1,000", "2,000"),
        ("재고자산의 감소 120", "3,000", "4,000"),
        ("기초의현금", "5,000", "6,000"),
    ]
    foreign = Leaf((), [COLUMNS, *flows], ruled=ruled)
    assert values(read(foreign, leaf))["assets", 2022] == now["assets"] * 1000


def test_a_line_of_a_few_digits_stands_in_its_column() -> None:
    now, before = accounts(1), accounts(2)
    rows = balance_rows(now, before)
    at = next(n for n, row in enumerate(rows) if "이익잉여금" in row[0])
    rows[at : at + 1] = [
        ["Ⅲ. 자본조정", "(451)", "48"],
        ["Ⅳ. 이익잉여금", money(now["retained"] + 451), money(before["retained"] - 48)],
    ]
    found = values(read(Leaf(HEAD, [COLUMNS, *rows])))
    assert found["equity", 2022] == now["equity"] * 1000
    assert found["equity", 2021] == before["equity"] * 1000


def test_forecasts_are_told_from_closed_years() -> None:
    leaf, *_ = two_years()
    forecast = Leaf(("추정 재무상태표", *HEAD[1:]), leaf.rows)
    assert values(read(leaf))["estimated", 2022] is False
    assert values(read(forecast))["estimated", 2022] is True


def test_an_absent_line_is_missing_not_zero() -> None:
    leaf, now, before = two_years(income_rows, True, INCOME_HEAD)
    rows = [r for r in leaf.rows if r[0] != "이자비용"]
    fields = read(Leaf(leaf.above, rows, ruled=True))
    assert [f.status for f in fields if f.name == "fs.interest_expense"] == [FieldStatus.MISSING]


def test_without_a_unit_nothing_is_confirmed() -> None:
    leaf, *_ = two_years()
    fields = read(Leaf((*HEAD[:3], "주식회사 가온"), leaf.rows))
    assert not [f for f in fields if f.confirmed and f.name == "fs.assets"]


@pytest.mark.parametrize("columns", [("과 목", "", ""), ("과 목", "금액", "금액")])
def test_years_come_from_headings_only(columns: tuple[str, ...]) -> None:
    """Two columns that no heading names, under one period: nobody knows which is which."""
    leaf, *_ = two_years(ruled=True)
    fields = read(Leaf((HEAD[0], HEAD[1], HEAD[3]), [columns, *leaf.rows[1:]], ruled=True))
    assert len({f.value for f in fields if f.name == "fs.assets" and f.confirmed}) <= 1


TOTALS = ("assets", "current_assets", "liabilities", "current_liabilities", "equity", "noncurrent_assets", "both",
          "capital_stock", "retained", "surplus")  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    name=st.sampled_from(TOTALS),
    change=st.integers(1, 9),
    place=st.integers(2, 7),
    scanned=st.booleans(),
)
def test_an_altered_figure_is_never_confirmed(seed: int, name: str, change: int, place: int, scanned: bool) -> None:
    now, before = accounts(seed), accounts(seed + 1)
    printed = dict(now)
    printed[name] += change * 10**place
    leaf = Leaf(HEAD, [COLUMNS, *balance_rows(printed, before)], ruled=True)
    found = values(read(leaf, scanned=scanned))
    assert (name, 2022) not in found or found[name, 2022] == now[name] * 1000
    for other in BALANCE:
        assert found.get((other, 2022), now[other] * 1000) == now[other] * 1000
        assert found[other, 2021] == before[other] * 1000


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    name=st.sampled_from(
        ("revenue", "cogs", "gross", "sga", "operating_income", "costs", "pretax", "net_income", "interest_expense")
    ),
    change=st.integers(1, 9),
    place=st.integers(2, 6),
    scanned=st.booleans(),
)
def test_an_altered_income_figure_is_never_confirmed(
    seed: int, name: str, change: int, place: int, scanned: bool
) -> None:
    now, before = accounts(seed), accounts(seed + 1)
    printed = dict(now)
    printed[name] += change * 10**place
    found = values(read(Leaf(INCOME_HEAD, [COLUMNS, *income_rows(printed, before)], ruled=True), scanned=scanned))
    for item in INCOME:
        assert found.get((item, 2022), now[item] * 1000) == now[item] * 1000


def _bent(text: str, at: int, digit: str) -> str:
    places = [n for n, c in enumerate(text) if c.isdigit()]
    n = places[at % len(places)]
    return text[:n] + (digit if text[n] != digit else str((int(digit) + 1) % 10)) + text[n + 1 :]


@settings(max_examples=80, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    bends=st.lists(
        st.tuples(
            st.integers(0, 40), st.integers(0, 9), st.sampled_from("0123456789"), st.sampled_from(("one", "other"))
        ),
        max_size=6,
    ),
)
def test_misread_scans_are_never_silently_wrong(seed: int, bends: list[tuple[int, int, str, str]]) -> None:
    """Any figure may be misread by one engine; whatever is confirmed afterwards is what was printed."""
    now, before = accounts(seed), accounts(seed + 1)
    rows = [COLUMNS, *balance_rows(now, before)]
    printed = [cell for row in rows[1:] for cell in row[1:] if cell]
    misread: dict[str, tuple[str, str]] = {}
    for which, at, digit, who in bends:
        text = printed[which % len(printed)]
        bent = _bent(text, at, digit)
        misread[text] = (bent, text) if who == "one" else (text, bent)
    found = values(read(Leaf(HEAD, rows, ruled=True), scanned=True, misread=misread))
    for books, year in ((now, 2022), (before, 2021)):
        for name in BALANCE:
            assert found.get((name, year), books[name] * 1000) == books[name] * 1000


def test_a_clean_scan_is_confirmed() -> None:
    leaf, now, before = two_years(ruled=True)
    found = values(read(leaf, scanned=True))
    for name in BALANCE:
        assert found[name, 2022] == now[name] * 1000


def test_the_sum_chooses_between_two_readings() -> None:
    leaf, now, _ = two_years(ruled=True)
    text = money(now["assets"])
    found = values(read(leaf, scanned=True, misread={text: (_bent(text, 0, "3"), text)}))
    assert found["assets", 2022] == now["assets"] * 1000
