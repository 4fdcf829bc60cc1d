"""The words around the figures: labels, titles, units, periods, and what the auditor says."""

from __future__ import annotations

import pytest

from jeopsu.domain.documents import FigureReading
from jeopsu.domain.values import won
from jeopsu.extractors.statements import emit, labels
from jeopsu.extractors.statements.amounts import guesses, is_clean
from jeopsu.extractors.statements.columns import years_of
from jeopsu.extractors.statements.grids import like_figure
from jeopsu.extractors.statements.headings import title_of
from jeopsu.extractors.statements.ledger import Ledger
from jeopsu.extractors.statements.model import Column, Grid, Statement, StatementKind
from jeopsu.extractors.statements.opinion import auditor_in, basis_in, opinion_in
from jeopsu.extractors.statements.paper import Paper
from jeopsu.extractors.statements.periods import periods_of
from tests.extractors.statement_pages import Leaf, MadeSource


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Ⅰ. 유동자산", "current_assets"),
        ("Ⅱ. 비유동자산", "noncurrent_assets"),
        ("자 산 총 계", "assets"),
        ("자산총계(Ⅰ+Ⅱ)", "assets"),
        ("부채와 자본총계", "liabilities_and_equity"),
        ("부 채 및 자 본 총 계", "liabilities_and_equity"),
        ("6. 유동성장기부채", "current_long_debt"),
        ("Ⅰ. 자본금 (주석 21)", "capital_stock"),
        ("Ⅱ. 자본잉여금", "capital_surplus"),
        ("자본총계", "equity"),
        ("가. 유형자산", "tangible"),
    ],
)
def test_labels_of_the_balance_sheet(label: str, name: str) -> None:
    found = labels.find(label, StatementKind.BALANCE)
    assert found is not None and found.name == name and not found.loss


@pytest.mark.parametrize(
    ("label", "name", "loss"),
    [
        ("Ⅰ. 매 출 액", "revenue", False),
        ("매출액(수익)", "revenue", False),
        ("Ⅲ. 매출총이익", "gross_profit", False),
        ("Ⅴ. 영업이익(손실)", "operating_income", False),
        ("Ⅴ. 영업손실", "operating_income", True),
        ("Ⅵ. 영업외수익", "nonoperating_income", False),
        ("Ⅷ. 법인세비용차감전\n순이익", "pretax", False),
        ("당기순이익(손실)", "net_income", False),
        ("Ⅹ. 당기순손실", "net_income", True),
        ("(2) 이자비용", "interest_expense", False),
        ("금융비용", "finance_expense", False),
    ],
)
def test_labels_of_the_income_statement(label: str, name: str, loss: bool) -> None:
    found = labels.find(label, StatementKind.INCOME)
    assert found is not None and (found.name, found.loss) == (name, loss)


OURS = ("revenue", "interest_expense", "capital_stock", "equity", "net_income")


@pytest.mark.parametrize("label", ["매출채권", "영업외이익", "이자비용의 지급", "개발비", "자본변동", "주당순자산"])
def test_other_lines_are_none_of_ours(label: str) -> None:
    for kind in (StatementKind.BALANCE, StatementKind.INCOME):
        found = labels.find(label, kind, True)
        assert found is None or found.name not in OURS


@pytest.mark.parametrize(
    ("bent", "name"), [("유동자신", "current_assets"), ("비유동자신", "noncurrent_assets"), ("자본총게", "equity")]
)
def test_a_bent_label_goes_to_the_nearest(bent: str, name: str) -> None:
    found = labels.find(bent, StatementKind.BALANCE, True)
    assert found is not None and found.name == name
    assert labels.find(bent, StatementKind.BALANCE) is None


def test_bent_noncurrent_stays_noncurrent() -> None:
    found = labels.find("비 유 통 자산", StatementKind.BALANCE, True)
    assert found is not None and found.name == "noncurrent_assets"


def test_a_label_between_two_is_nobodys() -> None:
    assert labels.find("자홍총계", StatementKind.BALANCE, True) is None


@pytest.mark.parametrize(
    ("line", "kind", "consolidated", "estimated"),
    [
        ("재 무 상 태 표", StatementKind.BALANCE, False, False),
        ("연 결 재 무 상 태 표", StatementKind.BALANCE, True, False),
        ("추정 손익계산서", StatementKind.INCOME, False, True),
        ("손익계산서(추정)", StatementKind.INCOME, False, True),
        ("표준대차대조표 (일반법인용)", StatementKind.BALANCE, False, False),
        ("자 본 변 동 표", StatementKind.OTHER, False, False),
    ],
)
def test_titles(line: str, kind: StatementKind, consolidated: bool, estimated: bool) -> None:
    title = title_of(line)
    assert title is not None
    assert (title.kind, title.consolidated, title.estimated) == (kind, consolidated, estimated)


@pytest.mark.parametrize(
    "line",
    [
        "첨부서류 재무상태표, 손익계산서 각 1부",
        "붙임: 표준대차대조표, 표준손익계산서 각 1부",
        "재무상태표는 다음과 같습니다",
    ],
)
def test_lines_that_only_name_a_statement(line: str) -> None:
    assert title_of(line) is None


def test_periods_and_the_years_of_columns() -> None:
    periods = periods_of("제 54 기 : 2022년 1월 1일부터 2022년 12월 31일까지")
    periods += periods_of("제 53(전)기 2021년 1월 1일부터 2021년 12월 31일까지")
    assert [(p.number, p.year) for p in periods] == [(54, 2022), (53, 2021)]

    def years(*heads: str) -> tuple[int | None, ...]:
        return years_of(tuple(Column(0, 1, h) for h in heads), periods)

    assert years("제54(당)기", "제53(전)기") == (2022, 2021)
    assert years("제53기", "제54기") == (2021, 2022)
    assert years("당기", "전기") == (2022, 2021)
    assert years("제54", "(당)기", "제53", "(전)기") == (2022, 2022, 2021, 2021)
    assert years("제54기", "제99기") == (2022, None)
    assert years("제53(당)기", "제54(전)기") == (None, None)  # number and word disagree


@pytest.mark.parametrize(("text", "figure"), [("1,234", True), ("(17,004)", True), ("13,14", False), ("8", False),
                                              ("2022.12.31", False), ("△5,000", True)])  # fmt: skip
def test_what_looks_like_an_amount(text: str, figure: bool) -> None:
    assert like_figure(text) is figure


def _readings(*texts: str, weakest: float = 0.9) -> tuple[FigureReading, ...]:
    engines = ("ppocr", "tesseract")
    return tuple(
        FigureReading(engine=e, text=t, confidence=0.9, weakest=weakest) for e, t in zip(engines, texts, strict=False)
    )


def test_the_gate_wants_two_equal_clean_readings() -> None:
    assert is_clean(_readings("1,234", "1,234"), False)
    assert not is_clean(_readings("1,234", "1,284"), False)
    assert not is_clean(_readings("1,234"), False)
    assert not is_clean(_readings("1,234", "1,234"), True)
    assert not is_clean(_readings("1,234", "1,234", weakest=0.3), False)
    assert not is_clean(_readings("1,23", "1,23"), False)


def test_guesses_are_well_formed_and_never_from_whole_readings() -> None:
    assert guesses("1,234") == ()
    assert guesses("1.234,567") == ()  # commas whose tails were lost: a whole reading
    assert 1234567 in guesses("1234,567")
    assert set(guesses("(1,234")) == {-1234, 1234}
    assert won.parse("1.234.567") is None


def _papers(*lines: str) -> list[Paper]:
    source = MadeSource([Leaf(above=lines)])
    return [Paper(source, 1)]


FAIR = (
    "우리의 의견으로는 별첨된 회사의 재무제표는 일반기업회계기준에 따라,",
    "중요성의 관점에서 공정하게 표시하고 있습니다.",
)


@pytest.mark.parametrize(
    ("lines", "value", "sure"),
    [
        (("감사의견", *FAIR, "감사의견근거"), "unqualified", True),
        (("한정의견", "한정의견근거 단락의 영향을 제외하고는", *FAIR, "한정의견근거"), "qualified", True),
        (("부적정의견", "재무제표는", "공정하게 표시하고 있지 아니합니다.", "부적정의견근거"), "adverse", True),
        (("의견거절", "우리는 재무제표에 대하여 의견을 표명하지 않습니다.", "의견거절근거"), "disclaimer", True),
        (("의견거절", *FAIR), "disclaimer", False),
        (("한정의견", *FAIR), "qualified", False),
        (
            ("감사의견", *FAIR, "내부회계관리제도는 부적정의견을 표명하였습니다", "감사의견근거"),
            "unqualified",
            True,
        ),
    ],
)
def test_the_opinion_is_what_its_section_says(lines: tuple[str, ...], value: str, sure: bool) -> None:
    said = opinion_in(_papers(*lines))
    assert said is not None and (said.value, said.sure) == (value, sure)


def test_no_opinion_section_no_opinion() -> None:
    assert opinion_in(_papers("내부회계관리제도 감사보고서에서 적정의견을 표명하였습니다.")) is None


def test_auditor_and_framework() -> None:
    papers = _papers("안 진 회 계 법 인", "대 표 이 사 홍길동", "한국채택국제회계기준에 따라 작성되었습니다")
    auditor, basis = auditor_in(papers), basis_in(papers)
    assert auditor is not None and auditor.value == "안진회계법인" and auditor.sure
    assert basis is not None and basis.value == "k-ifrs" and basis.sure


def _year(title: str, sure: bool, estimated: bool = False, sheet: StatementKind = StatementKind.BALANCE) -> Ledger:
    grid = Grid(page=1, top=0, columns=(), rows=())
    statement = Statement(sheet, title=title, sure_title=sure, estimated=estimated, grids=[grid])
    return Ledger(statement, 2022, 0, digital=False)


@pytest.mark.parametrize(
    ("ledgers", "audited", "value", "sure"),
    [
        ([_year("재무상태표", True)], False, False, True),
        ([_year("재무상대표", False)], False, False, False),
        ([_year("재무상대표", False), _year("손익계산서", True, sheet=StatementKind.INCOME)], False, False, True),
        ([_year("재무상대표", False)], True, False, True),
        ([_year("재무상대표", False, estimated=True)], True, True, False),
        ([_year("추정재무상태표", True, estimated=True)], False, True, True),
        ([_year("재무상대표", False, estimated=True), _year("손익계산서", True)], False, True, False),
    ],
)
def test_whether_a_year_is_estimated_is_said_by_the_title_read_whole(ledgers, audited, value, sure) -> None:
    field = emit.estimated(ledgers, audited, "a.pdf", lambda page, box: box)
    assert (field.value, field.confirmed) == (value, sure)
