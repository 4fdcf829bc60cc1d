"""Document 14 as the tax office issues it: 표준재무제표증명, two blocks of (계정과목, 코드, 금액) side by side, one year, in won.

Line codes: 법인세법 시행규칙 별지 제3호의2서식(1) and 제3호의3서식(1).
"""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from html import escape

from jeopsu.samples.accounts import REPORTED, YearAccounts
from jeopsu.samples.companies import Company
from jeopsu.samples.ink import office_seal
from jeopsu.samples.printed_amounts import amount_of, printed_amount
from jeopsu.samples.sheet import Made, Sheet
from jeopsu.samples.world import World

Line = tuple[str, str, str]  # concept, label, code

_ASSETS: tuple[Line, ...] = (
    ("current_assets", "Ⅰ. 유동자산", "01"), ("quick", "(1) 당좌자산", "02"), ("cash", "1. 현금 및 현금성자산", "03"),
    ("short_deposits", "2. 단기예금", "04"), ("receivables", "3. 매출채권", "14"), ("other_receivables", "4. 미수금", "32"),
    ("advances", "5. 선급금", "38"), ("inventories", "(2) 재고자산", "44"), ("noncurrent_assets", "Ⅱ. 비유동자산", "68"),
    ("long_investments", "(1) 투자자산", "69"), ("tangibles", "(2) 유형자산", "110"), ("intangibles", "(3) 무형자산", "169"),
    ("other_noncurrent", "(4) 기타비유동자산", "194"), ("assets", "자산총계(Ⅰ+Ⅱ)", "228"),
)  # fmt: skip
_CLAIMS: tuple[Line, ...] = (
    ("current_liabilities", "Ⅰ. 유동부채", "229"), ("payables", "1. 매입채무", "230"), ("short_loans", "2. 단기차입금", "234"),
    ("other_payables", "3. 미지급금", "242"), ("withholdings", "4. 예수금", "249"), ("current_long_loans", "5. 유동성장기부채", "253"),
    ("noncurrent_liabilities", "Ⅱ. 비유동부채", "284"), ("long_loans", "1. 장기차입금", "289"),
    ("retirement", "2. 퇴직급여충당부채", "312"), ("liabilities", "부채총계(Ⅰ+Ⅱ)", "333"), ("capital_stock", "Ⅲ. 자본금", "334"),
    ("capital_surplus", "Ⅳ. 자본잉여금", "337"), ("other_comprehensive", "Ⅵ. 기타포괄손익누계액", "361"),
    ("retained", "Ⅶ. 이익잉여금", "372"), ("equity", "자본총계(Ⅲ+Ⅳ+Ⅴ+Ⅵ+Ⅶ)", "382"),
    ("liabilities_and_equity", "부채와 자본총계", "383"),
)  # fmt: skip
_INCOME_LEFT: tuple[Line, ...] = (
    ("revenue", "Ⅰ. 매출액", "01"), ("cost_of_sales", "Ⅱ. 매출원가", "35"), ("gross_profit", "Ⅲ. 매출총이익", "66"),
    ("sga", "Ⅳ. 판매비와 관리비", "67"), ("salaries", "1. 급여", "68"), ("severance", "2. 퇴직급여", "75"),
    ("welfare", "3. 복리후생비", "76"), ("depreciation", "4. 감가상각비", "82"), ("fees", "5. 지급수수료", "88"),
    ("rnd_expense", "6. 경상연구개발비", "94"), ("freight", "7. 운반비", "102"), ("other_sga", "8. 기타판매비와관리비", "128"),
)  # fmt: skip
_INCOME_RIGHT: tuple[Line, ...] = (
    ("operating_income", "Ⅴ. 영업손익", "129"), ("other_income", "Ⅵ. 영업외수익", "130"), ("interest_income", "1. 이자수익", "131"),
    ("fx_gain", "2. 외환차익", "134"), ("misc_income", "3. 잡이익", "178"), ("other_expense", "Ⅶ. 영업외비용", "179"),
    ("interest_expense", "1. 이자비용", "180"), ("fx_loss", "2. 외환차손", "181"), ("donations", "3. 기부금", "184"),
    ("pretax_income", "Ⅷ. 법인세비용차감전손익", "217"), ("tax", "Ⅸ. 법인세비용", "218"), ("net_income", "Ⅹ. 당기순손익", "219"),
)  # fmt: skip

_CSS = """
.nts { font-size: 8.5pt; line-height: 1.3 } .nts td, .nts th { padding: 2.2pt 3pt }
.nts .code { width: 9mm; text-align: center } .nts .amount { width: 33mm } .nts .total td { background: #f2f2f2 }
.info td, .info th { padding: 4pt 5pt } .spread { letter-spacing: 8pt }
"""


def _amount(accounts: YearAccounts, concept: str) -> int:
    if concept == "quick":
        return accounts["current_assets"] - accounts["inventories"]
    if concept == "other_noncurrent":
        return accounts["deposits"] + accounts["deferred_tax"]
    return amount_of(accounts, concept)


def _half(sheet: Sheet, accounts: YearAccounts, line: Line | None) -> str:
    if line is None:
        return "<td></td><td></td><td></td>"
    concept, label, code = line
    amount = _amount(accounts, concept)
    shown = printed_amount(amount, 1, "-")
    if concept in REPORTED:
        shown = sheet.figure(accounts.year, concept, amount, shown)
    return f'<td>{escape(label)}</td><td class="code">{code}</td><td class="r">{shown}</td>'


def _blocks(sheet: Sheet, accounts: YearAccounts, left: tuple[Line, ...], right: tuple[Line, ...]) -> str:
    head = '<th>계정과목</th><th class="code">코드</th><th class="amount">금액</th>'
    rows = []
    for i in range(max(len(left), len(right))):
        pair = (left[i] if i < len(left) else None, right[i] if i < len(right) else None)
        rows.append(f"<tr>{''.join(_half(sheet, accounts, line) for line in pair)}</tr>")
    return f'<table class="nts"><tr>{head}{head}</tr>{"".join(rows)}</table>'


def make_standard_statements(world: World, company: Company, year: int) -> Made:
    """표준재무제표증명 of one fiscal year. It shows no comparative column."""
    sheet = Sheet(world.rng("standard", company.key, year))
    accounts = next(a for a in world.accounts[company.key] if a.year == year)
    rng = sheet.rng
    number = f"{rng.randint(1000, 9999)}-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}-{rng.randint(100, 999)}"
    day = world.signed
    office = company.tax_office
    cover = (
        '<table class="small" style="width:auto"><tr><th>발급번호</th>'
        f"<td>{sheet.put('issue_number', number)}</td><th>처리기간</th><td>즉시</td></tr></table>"
        '<h1 style="margin:16mm 0 10mm;letter-spacing:5pt">표준재무제표증명<div style="font-size:12pt">(개인, 법인)</div></h1>'
        '<table class="info">'
        f'<tr><th style="width:34mm">상호(법인명)</th><td>{sheet.put("org_name", company.name)}</td>'
        f'<th style="width:30mm">사업자등록번호</th><td>{sheet.put("business_number", company.brn)}</td></tr>'
        f"<tr><th>성명(대표자)</th><td>{sheet.put('representative', company.representative)}</td>"
        f"<th>법인등록번호</th><td>{sheet.put('corporate_number', company.crn)}</td></tr>"
        f'<tr><th>사업장 소재지</th><td colspan="3">{escape(company.address)}</td></tr>'
        f'<tr><th>업태 / 종목</th><td colspan="3">{escape(company.industry)} / {escape(company.item)}</td></tr>'
        f"<tr><th>사업연도</th><td>{year}. 01. 01. ~ {year}. 12. 31.</td><th>신고일</th><td>{year + 1}. 03. {20 + rng.randrange(11)}.</td></tr>"
        "<tr><th>사용목적</th><td>관공서제출용</td><th>제출처</th><td>한국산업기술진흥원</td></tr></table>"
        '<p style="margin-top:14mm;font-size:12pt;line-height:2">붙임의 표준재무제표는 국세청에 신고된 내용과 다름없음을 증명합니다.</p>'
        f'<div class="closing">{sheet.put("date", day.isoformat(), f"{day.year}년 {day.month:02d}월 {day.day:02d}일")}'
        f'<div style="margin-top:14mm;font-size:18pt"><span class="stamp"><span class="spread">{office}</span>'
        f"{sheet.seal('issuer', office_seal(office, rng), wide=62, left=118, top=-20)}</span></div></div>"
    )
    who = f'<p class="small">법인명 : {escape(company.name)} &nbsp; 사업자등록번호 : {company.brn} &nbsp; 사업연도 : {year}년</p>'
    unit = '<p class="small" style="text-align:right;margin:0">(단위 : 원)</p>'
    title = '<h1 class="break" style="font-size:15pt;margin:2mm 0 3mm;letter-spacing:4pt">{}</h1>'
    body = (
        cover
        + title.format("표준재무상태표(일반법인용)") + who + unit + _blocks(sheet, accounts, _ASSETS, _CLAIMS)
        + title.format("표준손익계산서(일반법인용)") + who + unit + _blocks(sheet, accounts, _INCOME_LEFT, _INCOME_RIGHT)
    )  # fmt: skip
    return sheet.make(body, css=_CSS)
