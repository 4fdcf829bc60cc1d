"""Document 13: 등기사항전부증명서 (법인), current entries, issued for submission."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from jeopsu.samples.companies import Company, invent_date, invent_name
from jeopsu.samples.ink import office_seal
from jeopsu.samples.sheet import Made, Sheet
from jeopsu.samples.world import World

_CSS = """
body { line-height: 1.6; font-size: 9.5pt } table { margin-top: 3mm } td { padding: 3.5pt 6pt }
.when { width: 34mm; font-size: 8pt; line-height: 1.35 } .label { width: 28mm }
@page { @bottom-center { content: "- " counter(page) "/" counter(pages) " -"; font-size: 8pt } }
"""


def _dots(day: date) -> str:
    return f"{day:%Y.%m.%d}"


def _long(day: date) -> str:
    return f"{day.year}년 {day.month:02d}월 {day.day:02d}일"


def make_registry(world: World, company: Company) -> Made:
    """등기사항전부증명서(현재 유효사항) - 제출용, issued within three months of the submission."""
    sheet = Sheet(world.rng("form", 13, "registry", company.key))
    rng = sheet.rng
    issued = invent_date(rng, date(2023, 2, 6), world.signed)
    issued = world.registry_issued.get(company.key, issued)
    appointed = invent_date(rng, date(2020, 3, 20), date(2021, 3, 31))
    shares = company.capital_stock // company.par_value
    taken = {p.name for p in world.people} | {company.representative}
    directors = [invent_name(rng, taken) for _ in range(2)]

    def row(label: str, value: str, when: str = "") -> str:
        return f'<table><tr><td class="label">{label}</td><td>{value}</td><td class="when">{when}</td></tr></table>'

    entered = f"{_dots(appointed)} 변경<br>{_dots(appointed + timedelta(days=7))} 등기"
    purposes: tuple[str, ...] = (
        f"{company.item} 제조 및 판매업",
        f"{company.item} 관련 기술 개발 및 용역업",
        "부동산 임대업",
        "각 호에 딸린 사업 일체",
    )
    if company.key == "partner":
        purposes = (f"{company.item} 개발 및 공급업", "정보통신 시스템 구축 및 유지보수업", "각 호에 딸린 사업 일체")
    listed = "<br>".join(f"{i}. {escape(p)}" for i, p in enumerate(purposes, 1))
    born = company.representative_birth
    head_line = (
        f"대표이사 {sheet.put('representative', company.representative)} &nbsp; {born:%y%m%d}-*******<br>"
        f'<span class="small">{_long(appointed)} 중임 &nbsp; {_long(appointed + timedelta(days=7))} 등기</span>'
    )
    others = "".join(f"<br>{title} {name}" for title, name in zip(("사내이사", "감사"), directors, strict=True))
    number = f"{rng.randint(1000, 99999):06d}"
    body = (
        '<h1 style="font-size:16pt;letter-spacing:1pt;margin:3mm 0 6mm">등기사항전부증명서(현재 유효사항) - 제출용</h1>'
        f'<p style="margin:0">등기번호 &nbsp; {number}<br>등록번호 &nbsp; {sheet.put("corporate_number", company.crn)}</p>'
        + row("상 호", sheet.put("org_name", company.name))
        + row("본 점", sheet.put("address", company.address), entered)
        + row(
            "공고방법",
            "서울특별시에서 발행하는 일간신문에 게재한다."
            if company.key == "partner"
            else "회사의 인터넷 홈페이지에 게재한다.",
        )
        + row("1주의 금액", f"금 {company.par_value:,} 원")
        + row("발행할 주식의 총수", f"{shares * 4:,} 주")
        + row(
            "발행주식의 총수와 자본금의 액",
            f"발행주식의 총수 &nbsp; {shares:,} 주 &nbsp; (보통주식 {shares:,} 주)<br>"
            f"자본금의 액 &nbsp; 금 {sheet.put('capital', company.capital_stock, f'{company.capital_stock:,}')} 원",
            f"{_dots(appointed)} 변경",
        )
        + f'<table><tr><td class="c" style="letter-spacing:14pt">목적</td></tr><tr><td>{listed}</td></tr></table>'
        + f'<div class="break"></div><table><tr><td class="c">임원에 관한 사항</td></tr><tr><td>{head_line}{others}</td></tr></table>'
        + row("회사성립연월일", sheet.put("founded", company.founded.isoformat(), _long(company.founded)))
        + row("등기기록의 개설 사유 및 연월일", f"설립 &nbsp; {_long(company.founded)} 등기")
        + '<p class="c" style="margin-top:10mm">--- 이 하 여 백 ---</p>'
        + f"<p>관할등기소 : {company.registry_office} &nbsp; / &nbsp; 발행등기소 : 법원행정처 등기정보중앙관리소</p>"
        + "<p>이 증명서는 등기기록의 내용과 틀림없음을 증명합니다.</p>"
        + f'<p class="c" style="margin-top:8mm">서기 &nbsp; {sheet.put("date", issued.isoformat(), _long(issued))}</p>'
        + '<p class="c" style="font-size:13pt;margin-top:8mm"><span class="stamp">법원행정처 등기정보중앙관리소 &nbsp; 전산운영책임관'
        + f"{sheet.seal('issuer', office_seal('등기정보중앙관리소', rng), wide=54, left=232, top=-18)}</span></p>"
        + f'<p class="small">발급확인번호 {rng.randint(1000, 9999)}-ABCD-{rng.randint(1000, 9999)} &nbsp; 발행일 {issued:%Y/%m/%d}</p>'
    )
    return sheet.make(body, css=_CSS)
