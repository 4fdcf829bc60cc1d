"""Papers that others issue: 재직증명서 (12), 사업자등록증 and 등기사항전부증명서 (13), 중견기업 확인서 (15)."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from jeopsu.domain.values import business_number
from jeopsu.samples.companies import Company, invent_business_number, invent_date
from jeopsu.samples.ink import company_seal, office_seal
from jeopsu.samples.parts import rows
from jeopsu.samples.sheet import Made, Sheet
from jeopsu.samples.world import World, make_world

# What each paper's fields are called here → in a report.
REPORTED: dict[str, dict[str, str]] = {
    "employment": {
        "name": "employment.name",
        "org_name": "employment.organisation",
        "employed_from": "employment.joined",
        "date": "employment.issued",
    },
    "bizreg": {
        "business_number": "bizreg.number",
        "org_name": "bizreg.name",
        "representative": "bizreg.representative",
        "business_start": "bizreg.opened",
    },
    "registry": {
        "corporate_number": "corpreg.number",
        "org_name": "corpreg.name",
        "representative": "corpreg.representative",
        "date": "corpreg.issued",
    },
    "midsize": {
        "org_name": "midsize.name",
        "business_number": "midsize.business_number",
        "valid_from": "midsize.valid_from",
        "valid_until": "midsize.valid_to",
        "date": "midsize.issued",
        "cert_number": "midsize.number",
    },
}


def _long(day: date) -> str:
    return f"{day.year}년 {day.month:02d}월 {day.day:02d}일"


def make_employment(world: World, company: Company) -> Made:
    """12 재직증명서 of the organisation's responsible person, on the company's own paper."""
    sheet = Sheet(world.rng("form", 12, company.key))
    person = world.people_of(company.key)[0]
    issued = world.signed - timedelta(days=sheet.rng.randint(0, 12))
    employer, number = company.name, company.brn
    if company.key in world.employers:
        employer = world.employers[company.key]
        number = business_number.shown(invent_business_number(world.rng("employer")))
    until = _long(world.left[company.key]) + " " if company.key in world.left else "현재"
    body = (
        f'<p class="small">제 {issued.year}-{sheet.rng.randint(10, 400):03d} 호</p>'
        '<h1 style="margin:14mm 0 12mm;letter-spacing:14pt">재직증명서</h1><div style="line-height:2.3">'
        + rows(
            ("성 명", sheet.put("name", person.name)),
            ("생 년 월 일", _long(person.birth)),
            ("소 속 / 직 위", f"{escape(person.department)} / {escape(person.title)}"),
            (
                "재 직 기 간",
                f"{sheet.put('employed_from', person.joined.isoformat(), _long(person.joined))} 부터 {until}까지",
            ),
            ("용 도", "국가연구개발사업 신청 제출용"),
        )
        + '</div><p class="c" style="margin:20mm 0 12mm;font-size:12pt">위 사람은 당사에 재직하고 있음을 증명합니다.</p>'
        + f'<p class="c">{sheet.put("date", issued.isoformat(), _long(issued))}</p>'
        + '<div class="closing" style="font-size:12pt"><table style="width:auto;margin:0 auto;text-align:left"><tr>'
        + f'<td style="border:none">회사명</td><td style="border:none">{sheet.put("org_name", employer)}</td></tr>'
        + f'<tr><td style="border:none">사업자등록번호</td><td style="border:none">{number}</td></tr>'
        + f'<tr><td style="border:none">주 소</td><td style="border:none">{escape(company.address)}</td></tr>'
        + '<tr><td style="border:none">대표이사</td><td style="border:none">'
        + f'{sheet.put("representative", company.representative)} &nbsp; <span class="stamp">(직인)'
        + f"{sheet.seal(company.key, company_seal(company.short, sheet.rng), wide=62)}</span></td></tr></table></div>"
    )
    return sheet.make(body, css="td,th{padding:5pt 7pt}", sans=not world.taste.sans)


def make_business_registration(world: World, company: Company) -> Made:
    """13 사업자등록증 (법인사업자): 부가가치세법 시행규칙 별지 제7호서식(2)."""
    sheet = Sheet(world.rng("form", 13, "bizreg", company.key))
    issued = invent_date(sheet.rng, date(2018, 1, 2), date(2022, 12, 20))
    issued = max(issued, company.founded + timedelta(days=3))

    def line(label: str, value: str) -> str:
        return f'<tr><td class="k">{label}</td><td>: {value}</td></tr>'

    body = (
        '<div class="frame"><h1 style="letter-spacing:9pt;margin:6mm 0 0">사업자등록증</h1>'
        '<p class="c">( 법인사업자 )</p>'
        f'<p class="c" style="font-size:13pt">등록번호 : {sheet.put("business_number", company.brn)}</p><table class="plain">'
        + line("법인명(단체명)", sheet.put("org_name", company.name))
        + line("대 표 자", sheet.put("representative", company.representative))
        + line("개 업 연 월 일", sheet.put("business_start", company.founded.isoformat(), _long(company.founded)))
        + line("법인등록번호", sheet.put("corporate_number", company.crn))
        + line("사업장 소재지", sheet.put("address", company.address))
        + line("본 점 소 재 지", escape(company.address))
        + line("사업의 종류", f"업태 {escape(company.industry)} &nbsp;&nbsp; 종목 {escape(company.item)}")
        + line("발 급 사 유", sheet.rng.choice(("정정", "재발급", "신규")))
        + line("사업자 단위 과세 적용사업자 여부", "여( ) 부(∨)")
        + line("전자세금계산서 전용 전자우편주소", f"tax{sheet.rng.randint(10, 99)}@example.co.kr")
        + f'</table><p class="c" style="margin-top:16mm">{sheet.put("date", issued.isoformat(), _long(issued))}</p>'
        f'<p class="c" style="font-size:17pt;margin-top:10mm"><span class="stamp">{" ".join(company.tax_office)}'
        f"{sheet.seal('issuer', office_seal(company.tax_office, sheet.rng), wide=58, left=98, top=-18)}</span></p>"
        '<p class="c" style="margin-top:16mm;letter-spacing:5pt">국세청</p></div>'
        '<p class="small" style="text-align:right"><span class="stamp" style="border:1pt solid #333;padding:1mm 3mm">원본대조필'
        f"{sheet.seal(company.key, company_seal(company.short, sheet.rng), wide=40, left=20, top=-14)}</span></p>"
    )
    css = ".frame{border:2.5pt double #6a5a2a;padding:8mm 12mm;height:215mm}.plain td{border:none;padding:4.5pt 3pt}.k{width:44mm}"
    return sheet.make(body, css=css, sans=False)


def make_midsize(world: World, company: Company) -> Made:
    """15 중견기업 확인서. `world.midsize_valid` says from when to when it holds."""
    sheet = Sheet(world.rng("form", 15, company.key))
    first, last = world.midsize_valid
    issued = first + timedelta(days=sheet.rng.randint(2, 12))
    number = f"제{first.year}-{sheet.rng.randint(1000, 4999):04d}호"
    body = (
        f'<p class="small">발급번호 : {sheet.put("cert_number", number)}</p>'
        '<h1 style="margin:16mm 0 14mm;letter-spacing:8pt;font-size:24pt">중견기업 확인서</h1><div style="line-height:2.2">'
        + rows(
            ("기 업 명", sheet.put("org_name", company.name)),
            ("대 표 자", sheet.put("representative", company.representative)),
            ("사업자등록번호", sheet.put("business_number", company.brn)),
            ("법인등록번호", sheet.put("corporate_number", company.crn)),
            ("소 재 지", escape(company.address)),
            ("주 업 종", escape(f"{company.item} {company.industry}")),
            (
                "유 효 기 간",
                f"{sheet.put('valid_from', first.isoformat(), f'{first:%Y. %m. %d.}')} ~ "
                f"{sheet.put('valid_until', last.isoformat(), f'{last:%Y. %m. %d.}')}",
            ),
            ("용 도", "정부 지원사업 신청"),
            wide="40mm",
        )
        + '</div><p style="margin-top:18mm;line-height:2">위 기업은 「중견기업 성장촉진 및 경쟁력 강화에 관한 특별법」 제2조제1호에 따른 '
        "중견기업에 해당함을 확인합니다.</p>"
        + f'<p class="c" style="margin-top:14mm">{sheet.put("date", issued.isoformat(), _long(issued))}</p>'
        + '<p class="c" style="margin-top:12mm;font-size:18pt;font-weight:bold"><span class="stamp">한국중견기업연합회장'
        + f"{sheet.seal('issuer', office_seal('한국중견기업연합회장', sheet.rng), wide=62, left=132, top=-20)}</span></p>"
    )
    return sheet.make(body, css="td,th{padding:4pt 7pt}", sans=world.taste.sans)


def make_certificate_pdf(kind: str, *, seed: int = 1, role: str = "lead", scenario: str = "good") -> Made:
    """One certificate alone. kind: "employment", "bizreg", "registry" or "midsize"."""
    from jeopsu.samples.registry import make_registry

    world = make_world(seed, scenario)
    makers = {
        "employment": make_employment,
        "bizreg": make_business_registration,
        "registry": make_registry,
        "midsize": make_midsize,
    }
    return makers[kind](world, world.company(role))
