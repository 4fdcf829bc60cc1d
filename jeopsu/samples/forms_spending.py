"""Forms that go with a kind of spending: 16 시설·장비, 17 외주 용역, 18 신규 채용, 19 시약·재료 of call kiat-2023-265."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from html import escape
from random import Random

from jeopsu.samples.companies import Company
from jeopsu.samples.parts import about, end, head, plain, rows, thousands
from jeopsu.samples.sheet import Made, Sheet
from jeopsu.samples.titles import TITLES
from jeopsu.samples.world import World

_EQUIPMENT = ("엣지 데이터 수집 게이트웨이", "산업용 비전 카메라 모듈", "실시간 분석 서버", "진동 센서 세트")
_MATERIALS = ("온습도 센서 소자", "통신 케이블 및 커넥터", "시험용 시편", "제어 보드 부품")


def _shares(rng: Random, total: int, count: int) -> list[int]:
    """A sum in won cut into amounts of whole 천원."""
    cuts = sorted(rng.sample(range(1, total // 1000), count - 1))
    edges = [0, *cuts, total // 1000]
    return [(b - a) * 1000 for a, b in zip(edges, edges[1:], strict=False)]


def _spending(world: World, company: Company, number: int, names: tuple[str, ...], total: int, purpose: str) -> Made:
    sheet = Sheet(world.rng("form", number, company.key))
    count = sheet.rng.randint(2, len(names))
    lines = []
    for i, (name, won) in enumerate(zip(names, _shares(sheet.rng, total, count), strict=False), 1):
        lines.append(
            f'<tr><td class="c">{i}</td><td>{sheet.put(f"item:{i}", name)}</td><td class="c">{sheet.rng.randint(1, 12)}</td>'
            f'<td class="r">{sheet.put(f"amount:{i}", won, thousands(won))}</td><td class="small">{escape(purpose)}</td></tr>'
        )
    body = (
        head(world, number, TITLES[number])
        + about(sheet, world, company)
        + '<p class="small" style="text-align:right;margin:5mm 0 1mm">(단위 : 천원, 부가가치세 포함)</p><table>'
        + '<tr><th style="width:10mm">번호</th><th>품명</th><th style="width:15mm">수량</th><th style="width:28mm">금액</th>'
        + '<th style="width:52mm">용도</th></tr>'
        + "".join(lines)
        + f'<tr><th colspan="3">합 계</th><td class="r">{sheet.put("total", total, thousands(total))}</td><td></td></tr></table>'
        + f"<p class='gap'>활용 계획 : 주관연구개발기관의 {escape(world.goal)} 공정에 설치하여 과제 기간 동안 쓰고, 과제 뒤에는 양산 라인에서 계속 활용합니다.</p>"
        + end(sheet, world, company)
    )
    return sheet.make(body, sans=world.taste.sans)


def make_equipment(world: World, company: Company) -> Made:
    """16; the sum equals the plan's 연구시설·장비비."""
    return _spending(world, company, 16, _EQUIPMENT, world.budget(company.key).equipment, "공정 데이터 수집 및 분석")


def make_materials(world: World, company: Company) -> Made:
    """19; the sum equals the plan's 연구재료비."""
    return _spending(world, company, 19, _MATERIALS, world.budget(company.key).materials, "실증 시험")


def make_outsourcing(world: World, company: Company) -> Made:
    """17; the sum equals the plan's 외주 용역비."""
    sheet = Sheet(world.rng("form", 17, company.key))
    total = world.budget(company.key).outsourcing
    body = (
        head(world, 17, TITLES[17])
        + about(sheet, world, company)
        + '<div class="gap">'
        + rows(
            ("용역명", sheet.put("service", "설비 데이터 수집장치 단순 제작·설치")),
            ("수행업체", sheet.put("vendor", "누리마루제작소 (예정)")),
            ("용역 기간", "2023. 06. 01. ~ 2023. 09. 30."),
            ("용역 금액", f"{sheet.put('total', total, thousands(total))} 천원 (부가가치세 포함)"),
            ("용역 내용", "수집장치 함체 가공, 배선과 취부, 현장 설치. 핵심 분석 기술의 개발은 포함하지 않음"),
            ("활용 계획", f"설치한 장치에서 모은 데이터를 {escape(world.solution)}의 학습과 검증에 사용"),
        )
        + "</div>"
        + end(sheet, world, company)
    )
    return sheet.make(body, sans=world.taste.sans)


def make_new_hires(world: World, company: Company) -> Made:
    """18; one row for each new hire of the organisation."""
    sheet = Sheet(world.rng("form", 18, company.key))
    lines = []
    for i, p in enumerate((p for p in world.people_of(company.key) if p.new_hire), 1):
        youth = sheet.check(f"{i}:청년", True, world.taste.box)
        lines.append(
            f'<tr><td class="c">{i}</td><td class="c">{sheet.put(f"name:{i}", p.name)}</td>'
            f'<td class="c n">{sheet.put(f"birth:{i}", p.birth.isoformat(), f"{p.birth:%Y. %m. %d.}")}</td>'
            f'<td class="c n">{sheet.put(f"hired:{i}", p.joined.isoformat(), f"{p.joined:%Y. %m. %d.}")}</td>'
            f'<td class="c">{sheet.put(f"rate:{i}", plain(p.rate), f"{p.rate}%")}</td>'
            f'<td class="r">{sheet.put(f"cash:{i}", p.personnel_cash, thousands(p.personnel_cash))}</td>'
            f'<td class="c">{youth} 청년</td><td class="small">{escape(world.goal)} 모델 운영</td></tr>'
        )
    body = (
        head(world, 18, TITLES[18])
        + about(sheet, world, company)
        + '<p class="small" style="text-align:right;margin:5mm 0 1mm">(단위 : 천원)</p><table class="small">'
        + "<tr><th>번호</th><th>성명</th><th>생년월일</th><th>채용(예정)일</th><th>계상률</th><th>인건비(현금)</th><th>구분</th><th>담당 업무</th></tr>"
        + "".join(lines)
        + "</table><p class='gap'>위 사람을 과제 수행을 위하여 신규 채용하였음(채용할 예정임)을 확인합니다.</p>"
        + end(sheet, world, company)
    )
    return sheet.make(body, sans=world.taste.sans)
