"""Document 14 as an auditor (감사보고서) or a tax accountant (결산재무제표 확인원) hands it over: cover, opinion, 재무상태표,
손익계산서, with this year's and last year's column."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from datetime import date
from html import escape

from jeopsu.samples.accounts import REPORTED, YearAccounts
from jeopsu.samples.companies import Company
from jeopsu.samples.ink import office_seal, personal_seal
from jeopsu.samples.printed_amounts import amount_of, printed_amount
from jeopsu.samples.sheet import Made, Sheet
from jeopsu.samples.standard_statements import make_standard_statements
from jeopsu.samples.statement_labels import (
    GAAP_BALANCE,
    GAAP_INCOME,
    IFRS_BALANCE,
    IFRS_FINANCE_NOTE,
    IFRS_INCOME,
    NOTE_NUMBERS,
    Row,
)
from jeopsu.samples.world import FISCAL_YEARS, Taste, World, make_world

UNIT_WORDS = {1: "원", 1000: "천원", 1_000_000: "백만원"}
_BEGAN_AGO = 1  # the first fiscal year is the year after the founding


def _label(words: str, level: int, number: int, taste: Taste) -> str:
    if level == 2:
        return f"{number}. {words}" if taste.header == 0 else f"({number}) {words}" if taste.header == 1 else words
    mark, _, rest = words.rpartition(" ")
    if taste.spaced and len(rest) <= 5:
        rest = " ".join(rest)
    return f"{mark} {rest}".strip()


def _table(
    sheet: Sheet,
    taste: Taste,
    lines: tuple[Row, ...],
    now: YearAccounts,
    before: YearAccounts | None,
    term: int,
    unit: int,
) -> str:
    """The statement's table. With `two_columns` lines stand in the inner, totals in the outer column of a year."""
    years = [(now, term), (before, term - 1)] if before else [(now, term)]
    inner = taste.two_columns
    span = 2 if inner else 1
    heads = "".join(f'<th colspan="{span}">제 {n}({"당" if i == 0 else "전"})기</th>' for i, (_, n) in enumerate(years))
    note_head = '<th style="width:12mm">주석</th>' if taste.notes else ""
    out = [
        f'<table class="fs {taste.ruled}"><thead><tr><th class="what">과&nbsp;&nbsp;&nbsp;목</th>{note_head}{heads}</tr></thead><tbody>'
    ]
    number = 0
    for concept, words, level in lines:
        number = number + 1 if level == 2 else 0 if level in (0, 1, 9) else number
        cells = [f'<td class="l{level}">{escape(_label(words, level, number, taste))}</td>']
        if taste.notes:
            cells.append(f'<td class="c">{NOTE_NUMBERS.get(concept, "")}</td>')
        for accounts, _ in years:
            shown = ""
            if concept and accounts:
                amount = amount_of(accounts, concept)
                shown = printed_amount(amount, unit, taste.negative)
                if concept in REPORTED:
                    shown = sheet.figure(accounts.year, concept, amount, shown)
            pair = ("", shown) if level != 2 else (shown, "")
            cells += [f'<td class="r">{part}</td>' for part in pair] if inner else [f'<td class="r">{shown}</td>']
        out.append(f'<tr class="k{level}">{"".join(cells)}</tr>')
    return "".join(out) + "</tbody></table>"


_CSS = """
.fs { font-size: 9pt; line-height: 1.25 } .fs td, .fs th { padding: 1.9pt 4pt } .fs .what { width: 56mm }
.fs .l1 { padding-left: 3mm } .fs .l2 { padding-left: 8mm } .fs .l9 { text-align: center } .fs .k0 td { font-weight: bold }
.fs.half td { border-top: none; border-bottom: none } .fs.half tbody { border-bottom: 1pt solid #111 }
.fs.half tr.k0 td { border-top: .5pt solid #222; border-bottom: .5pt solid #222 }
.fs.open, .fs.open td { border: none } .fs.open th { background: none; border: none; border-top: 1.2pt solid #111;
border-bottom: .6pt solid #111 } .fs.open tr.k0 td.r { border-top: .5pt solid #111; border-bottom: 1.4pt double #111 }
.cover { text-align: center; padding-top: 34mm } .cover h1 { font-size: 25pt; letter-spacing: 9pt; margin: 22mm 0 }
.term { line-height: 1.9 } h2 { font-size: 13pt; margin: 6mm 0 1mm } p { margin: 1mm 0 3mm }
.fs-head { text-align: center } .fs-head b { font-size: 15pt; letter-spacing: 7pt } .fs-head div { font-size: 9pt }
.fs-line { display: flex; justify-content: space-between; font-size: 9pt; margin-top: 2mm }
"""


def _statement(
    sheet: Sheet,
    world: World,
    company: Company,
    now: YearAccounts,
    before: YearAccounts | None,
    *,
    income: bool,
    unit: int,
    ifrs: bool,
) -> str:
    term = now.year - company.founded.year + _BEGAN_AGO
    name = ("포괄손익계산서" if ifrs else "손익계산서") if income else "재무상태표"
    times = []
    for accounts, n, word in ((now, term, "당"), (before, term - 1, "전")):
        if accounts:
            y = accounts.year
            when = f"{y}년 1월 1일부터 {y}년 12월 31일까지" if income else f"{y}년 12월 31일 현재"
            times.append(f"<div>제 {n}({word})기 {when}</div>")
    lines = (IFRS_INCOME if ifrs else GAAP_INCOME) if income else (IFRS_BALANCE if ifrs else GAAP_BALANCE)
    name = f"추정{name}" if _estimated(world, company, now.year) else name
    title = " ".join(name) if world.taste.spaced else name
    return (
        f'<div class="break"><div class="fs-head"><b>{title}</b>{"".join(times)}</div>'
        f'<div class="fs-line"><span>{"회사명 : " if world.taste.header else ""}{escape(company.name)}</span>'
        f"<span>(단위 : {UNIT_WORDS[unit]})</span></div>"
        f"{_table(sheet, world.taste, lines, now, before, term, unit)}</div>"
    )


def _estimated(world: World, company: Company, year: int) -> bool:
    return company.key in world.estimated and year == FISCAL_YEARS[-1]


def _judgement(kind: str, basis: str) -> tuple[str, str]:
    """The heading and the sentence of an opinion (회계감사기준 700, 705)."""
    shown = f"회사의 재무상태와 재무성과 및 현금흐름을 {basis}에 따라 중요성의 관점에서 공정하게"
    if kind == "의견거절":
        return kind, (
            "우리는 이 재무제표에 대하여 의견을 표명하지 않습니다. 의견거절근거 단락에 기술된 사항의 유의성 때문에 감사의견의 근거가 되는 "
            "충분하고 적합한 감사증거를 입수할 수 없었습니다."
        )
    if kind == "부적정":
        return "부적정의견", (
            f"우리의 의견으로는, 부적정의견근거 단락에 기술된 사항의 유의성 때문에 이 재무제표는 {shown} 표시하고 있지 않습니다."
        )
    if kind == "한정":
        return "한정의견", (
            f"우리의 의견으로는, 한정의견근거 단락에 기술된 사항이 미치는 영향을 제외하고는, 이 재무제표는 {shown} 표시하고 있습니다."
        )
    return "감사의견", f"우리의 의견으로는, 이 재무제표는 {shown}\n표시하고 있습니다."


def _opinion(world: World, company: Company, year: int, day: date) -> str:
    basis = "한국채택국제회계기준" if world.taste.k_ifrs else "일반기업회계기준"
    heading, judged = _judgement(world.opinions.get(year, "적정"), basis)
    return f"""
<div class="break"><h1 style="letter-spacing:1pt;font-size:17pt">독립된 감사인의 감사보고서</h1>
<p>{escape(company.name)}<br>주주 및 이사회 귀중</p>
<h2>{heading}</h2>
<p>우리는 {escape(company.name)}(이하 '회사')의 재무제표를 감사하였습니다. 감사한 재무제표는 {year}년 12월 31일과 {year - 1}년
12월 31일 현재의 재무상태표, 같은 날로 끝나는 두 보고기간의 손익계산서, 자본변동표, 현금흐름표 그리고 중요한 회계정책을 담은 주석입니다.</p>
<p>{judged}</p>
<h2>{heading}의 근거</h2>
<p>우리는 대한민국의 회계감사기준에 따라 감사하였으며, 그 책임은 아래 감사인의 책임 단락에 적었습니다. 우리는 회사로부터 독립되어
있고, 얻은 감사증거가 의견의 근거로 충분하고 적합하다고 믿습니다.</p>
<h2>경영진과 감사인의 책임</h2>
<p>경영진은 재무제표를 {basis}에 따라 작성할 책임이 있습니다. 감사인은 부정이나 오류로 인한 중요한 왜곡표시가 없는지 합리적인
확신을 얻어 의견을 내는 것을 목적으로 하며, 의견거절이나 부적정의견을 낼 사유가 있는지도 판단합니다.</p>
<p class="c" style="margin-top:14mm">{day.year}년 {day.month}월 {day.day}일</p>"""


def _seal(sheet: Sheet, world: World, company: Company, whose: str, svg: str, place: tuple[float, float, float]) -> str:
    """An accountant's seal (`place`: how wide, left, top in points); nothing where `world.unsigned` names him."""
    if company.auditor_name in world.unsigned:
        return sheet.unsigned(company.auditor_name)
    wide, left, top = place
    return sheet.seal(whose, svg, wide=wide, left=left, top=top)


def make_audit_report(world: World, company: Company, year: int) -> Made:
    """감사보고서 of one fiscal year: cover, opinion (적정), 재무상태표, 손익계산서, under K-IFRS the note on 금융원가."""
    sheet = Sheet(world.rng("audit", company.key, year))
    taste = world.taste
    books = {a.year: a for a in world.accounts[company.key]}
    now, before = books[year], books[year - 1]
    term = year - company.founded.year + _BEGAN_AGO
    day = date(year + 1, 3, 8 + sheet.rng.randrange(18))
    firm = sheet.put("auditor_firm", company.auditor)
    cover = (
        f'<div class="cover"><div style="font-size:17pt">{sheet.put("org_name", company.name)}</div>'
        f"<h1>감사보고서</h1><div class='term'>제 {term} 기<br>{year}년 1월 1일부터<br>{year}년 12월 31일까지</div>"
        f"<div class='term gap'>제 {term - 1} 기<br>{year - 1}년 1월 1일부터<br>{year - 1}년 12월 31일까지</div>"
        f'<div style="margin-top:30mm;font-size:17pt"><span class="stamp">{firm}'
        f"{_seal(sheet, world, company, 'auditor', office_seal(company.auditor, sheet.rng), (58, 96, -20))}"
        "</span></div></div>"
    )
    opinion = _opinion(world, company, year, day) + (
        f'<div style="text-align:right;line-height:2">{escape(company.auditor)}<br>'
        f'대표이사 {escape(company.auditor_name)} <span class="stamp">(인)'
        f"{_seal(sheet, world, company, 'auditor_name', personal_seal(company.auditor_name, sheet.rng), (28, -12, -8))}"
        "</span></div></div>"
    )
    unit = taste.unit
    body = cover + opinion
    for income in (False, True):
        body += _statement(sheet, world, company, now, before, income=income, unit=unit, ifrs=taste.k_ifrs)
    if taste.k_ifrs:
        body += (
            '<div class="break"><h2>24. 금융수익 및 금융원가</h2><p>당기와 전기의 금융원가 내역은 다음과 같습니다.</p>'
            f'<div class="fs-line"><span></span><span>(단위 : {UNIT_WORDS[unit]})</span></div>'
            + _table(
                sheet,
                taste.model_copy(update={"two_columns": False, "notes": False}),
                IFRS_FINANCE_NOTE,
                now,
                before,
                term,
                unit,
            )
            + "</div>"
        )
    return sheet.make(body, css=_CSS, sans=taste.sans)


def make_closing_statements(world: World, company: Company, year: int) -> Made:
    """결산재무제표 확인원 of one fiscal year, confirmed by a tax accountant unless `world.unsigned` names him; in won."""
    sheet = Sheet(world.rng("closing", company.key, year))
    books = {a.year: a for a in world.accounts[company.key]}
    day = world.signed
    title = "추정재무제표 확인원" if _estimated(world, company, year) else "결산재무제표 확인원"
    person, firm = personal_seal(company.auditor_name, sheet.rng), company.auditor[:4] + "회계사무소"
    seal = _seal(sheet, world, company, "accountant", person, (30, -14, -8))
    office = _seal(sheet, world, company, "accountant", office_seal(firm, sheet.rng), (56, 84, -16))
    body = (
        f'<h1 style="margin:22mm 0 14mm;letter-spacing:5pt">{title}</h1><div style="line-height:2.2"><table>'
        f'<tr><th style="width:38mm">상 호</th><td>{sheet.put("org_name", company.name)}</td></tr>'
        f"<tr><th>사업자등록번호</th><td>{sheet.put('business_number', company.brn)}</td></tr>"
        f"<tr><th>대 표 자</th><td>{sheet.put('representative', company.representative)}</td></tr>"
        f"<tr><th>소 재 지</th><td>{escape(company.address)}</td></tr>"
        f"<tr><th>사 업 연 도</th><td>{year}. 1. 1. ~ {year}. 12. 31.</td></tr></table></div>"
        '<p style="margin-top:14mm;line-height:2">붙임 재무제표는 위 법인의 장부에 따라 결산하여 법인세 과세표준 신고 시 제출한 것과 '
        "같음을 확인합니다.</p>"
        '<p class="gap">붙임 : 재무상태표 1부, 손익계산서 1부</p>'
        f'<div class="closing">{sheet.put("date", day.isoformat(), f"{day.year}년 {day.month}월 {day.day}일")}'
        f'<div style="margin-top:8mm"><span class="stamp">{escape(company.auditor)}{office}</span></div>'
        f"<div>세무사 등록번호 제 {sheet.rng.randint(11000, 39999)} 호</div>"
        f'<div>세무사 {sheet.put("accountant", company.auditor_name)} <span class="stamp">(인){seal}</span></div></div>'
    )
    for income in (False, True):
        body += _statement(sheet, world, company, books[year], books[year - 1], income=income, unit=1, ifrs=False)
    return sheet.make(body, css=_CSS, sans=world.taste.sans)


def make_statement_pdf(
    *,
    seed: int = 1,
    year: int = 2022,
    role: str = "lead",
    paper: str = "audit",
    scenario: str = "good",
    **taste: object,
) -> Made:
    """One statement alone. paper: "audit", "closing" or "standard"; `taste` overrides fields of `world.Taste`
    (ruled="open", unit=1000, k_ifrs=True, negative="△" …). With another `unit` amounts are rounded to it."""
    world = make_world(seed, scenario, **taste)
    company = world.company(role)
    maker = {"audit": make_audit_report, "closing": make_closing_statements, "standard": make_standard_statements}[
        paper
    ]
    return maker(world, company, year)
