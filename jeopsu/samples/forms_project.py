"""The agency's forms that the lead gives once for the project: documents 1, 3, 4, 5, 6, 7 of call kiat-2023-265."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from decimal import Decimal
from html import escape

from jeopsu.samples.budgets import Person
from jeopsu.samples.companies import invent_business_number, invent_name
from jeopsu.samples.ink import company_seal, personal_seal, signature
from jeopsu.samples.parts import about, checklist, end, head, plain, question, rows, thousands
from jeopsu.samples.sheet import Made, Sheet
from jeopsu.samples.titles import TITLES
from jeopsu.samples.world import World


def _sheet(world: World, number: int) -> Sheet:
    return Sheet(world.rng("form", number))


def make_confirmation(world: World) -> Made:
    """1 온라인 제출 최종 확인서."""
    sheet = _sheet(world, 1)
    at = world.submitted
    money = sum(b.government for b in world.budgets)
    listed = [
        (number, TITLES[number])
        for number in range(1, 20)
        if number < 16 or (number in (16, 17, 19) or any(p.new_hire for p in world.people))
    ]
    body = [
        head(world, 1, TITLES[1]),
        rows(
            ("사업명", "2023년도 디지털 혁신 중견기업 육성사업 (산업통상자원부 공고 제2023-265호)"),
            ("접수번호", sheet.put("receipt", world.receipt)),
            ("연구개발과제명", sheet.put("title", world.title)),
            ("주관연구개발기관", sheet.put("org_name", world.lead.name)),
            ("공동연구개발기관", sheet.put("partner_name", world.partner.name)),
            ("연구책임자", sheet.put("pi", world.people[0].name)),
            ("정부지원연구개발비", sheet.put("grant_total", money, thousands(money)) + " 천원"),
            ("최종제출 일시", sheet.put("submitted_at", at.isoformat(), f"{at:%Y-%m-%d %H:%M:%S}")),
            wide="38mm",
        ),
        '<table class="gap small"><tr><th style="width:12mm">번호</th><th>제출서류</th><th style="width:18mm">제출</th>'
        '<th style="width:20mm">해당없음</th></tr>',
    ]
    for number, title in listed:
        boxes = [sheet.check(f"{number}:{w}", w == "제출", world.taste.box) for w in ("제출", "해당없음")]
        cells = "".join(f'<td class="c">{box}</td>' for box in boxes)
        body.append(f'<tr><td class="c">{number}</td><td>{escape(title)}</td>{cells}</tr>')
    body.append(
        "</table><p class='small'>위와 같이 온라인으로 최종 제출하였으며, 올린 파일이 원본과 같음을 확인합니다.</p>"
    )
    return sheet.make(
        "".join(body) + end(sheet, world),
        css=".closing{margin-top:1mm;line-height:1.6} td,th{padding:2pt 5pt} h1{margin:1mm 0 3mm}",
        sans=world.taste.sans,
    )


def make_bonus(world: World) -> Made:
    """3 우대/감점사항 확인서: nothing claimed, nothing admitted."""
    sheet = _sheet(world, 3)
    bonus = [
        ("2022년 「디지털 카라반」 지원을 받아 결과보고서를 제출한 수요-공급기업의 컨소시엄 (우대 1점)", 1),
        ("2022년 「중견기업-스타트업 상생 라운지」 지원을 받아 협업한 기업의 컨소시엄 (우대 1점)", 1),
    ]
    malus = [
        ("최근 3년 이내 「국가연구개발혁신법」 제32조제1항제3호의 사유로 제재처분을 받은 사실 (감점 3점)", 1),
        ("최근 3년 이내 정당한 사유 없이 연구개발과제 수행을 포기한 사실 (감점 3점)", 1),
    ]
    body = (
        head(world, 3, TITLES[3].split(",")[0])
        + about(sheet, world)
        + checklist(sheet, world, "우대·감점 사항", ("해당", "미해당"), bonus + malus)
        + "<p class='gap'>해당하는 우대사항이 있으면 증빙서류를 붙입니다. 기재 내용이 사실과 다르면 선정 취소 등의 조치를 받아들이겠습니다.</p>"
        + end(sheet, world)
    )
    return sheet.make(body, sans=world.taste.sans)


def make_safety(world: World) -> Made:
    """4 안전관리형 과제 자가점검표."""
    sheet = _sheet(world, 4)
    items = [
        ("「산업안전보건법」에 따른 유해·위험 기계·기구나 설비를 새로 제작·개조하는 내용이 있습니까?", 1),
        ("화학물질관리법의 유해화학물질을 다루거나 저장합니까?", 1),
        ("고압가스, 위험물 또는 화약류를 사용하는 실험이 있습니까?", 1),
        ("밀폐공간, 고소(2 m 이상), 고온·고전압 작업이 포함됩니까?", 1),
        ("방사선, 생물체 등 별도 허가가 필요한 시험을 수행합니까?", 1),
        ("현장 실증 중 작업자와 설비의 협동 작업이 예정되어 있습니까?", 1),
    ]
    body = (
        head(world, 4, TITLES[4])
        + about(sheet, world)
        + checklist(sheet, world, "점검 항목", ("예", "아니오"), items)
        + "<p class='gap'>판정 : "
        + question(sheet, world, "판정", ("안전관리형 과제", "해당 없음"), 1)
        + "</p><p>'예'가 하나라도 있으면 과제별 안전관리계획을 함께 제출합니다.</p>"
        + end(sheet, world)
    )
    return sheet.make(body, sans=world.taste.sans)


def _rates(person: Person) -> tuple[tuple[str, int | Decimal], ...]:
    return ("rate", person.rate), ("other_rate", person.other_rate), ("total_rate", person.rate_total)


def make_rates(world: World) -> Made:
    """5 과제 참여자 인건비계상률 및 참여과제 수 확인서. Project counts include this project."""
    sheet = _sheet(world, 5)
    lines = []
    for i, p in enumerate(world.people, 1):
        company = world.company(p.organisation)
        percent = "%" if world.taste.header == 2 else ""
        rates = (
            *((name, plain(rate), f"{rate}{percent}") for name, rate in _rates(p)),
            ("projects", p.projects, str(p.projects)),
            ("pi_projects", p.projects_as_lead, str(p.projects_as_lead)),
        )
        cells = "".join(f'<td class="c">{sheet.put(f"{name}:{i}", value, shown)}</td>' for name, value, shown in rates)
        ink = sheet.rng.random()
        mark = (
            f'<span class="stamp">(인){sheet.seal(p.name, personal_seal(p.name, sheet.rng), wide=20, left=-8, top=-10)}</span>'
            if ink < 0.5
            else sheet.sign(p.name, signature(p.name, sheet.rng), high=15)
        )
        lines.append(
            f'<tr><td class="c">{i}</td><td class="small">{escape(company.short)}</td>'
            f'<td class="c n">{sheet.put(f"name:{i}", p.name)}</td><td class="c small">{sheet.put(f"role:{i}", p.role)}</td>'
            f'{cells}<td class="c" style="height:22pt">{mark}</td></tr>'
        )
    table = (
        '<p class="small" style="text-align:right;margin:4mm 0 1mm">(기준일 : 2023. 4. 25. / 단위 : %, 건)</p><table class="small">'
        '<tr><th rowspan="2" style="width:8mm">연번</th><th rowspan="2" style="width:29mm">소속기관</th><th rowspan="2" style="width:15mm">성명</th>'
        '<th rowspan="2" style="width:21mm">구분</th><th colspan="3">인건비계상률</th><th colspan="2">동시수행 과제 수<br>(본 과제 포함)</th>'
        '<th rowspan="2" style="width:20mm">서명 또는 날인</th></tr>'
        '<tr><th style="width:12mm">본 과제</th><th style="width:12mm">타 과제</th><th style="width:12mm">합계</th>'
        f'<th style="width:12mm">전체</th><th style="width:13mm">책임자</th></tr>{"".join(lines)}</table>'
    )
    body = (
        head(world, 5, TITLES[5])
        + about(sheet, world)
        + table
        + "<p class='small'>참여자별 인건비계상률과 과제 수가 위와 같음을 확인하며, 사실과 다를 경우 지원제외 등의 조치에 따르겠습니다.</p>"
        + end(sheet, world, *world.handing_in)
    )
    return sheet.make(body, css=".closing{margin-top:3mm}", sans=world.taste.sans)


def make_rollout(world: World) -> Made:
    """6 협력사/계열사 솔루션 도입 확약서: two invented suppliers of the lead, each with its seal."""
    sheet = _sheet(world, 6)
    pages = []
    for i, kind in enumerate(("협력사", "계열사"), 1):
        taken = {p.name for p in world.people}
        name = ("다온누리", "솔찬빛")[i - 1] + ("부품", "테크")[sheet.rng.randrange(2)]
        boss = invent_name(sheet.rng, taken)
        number = invent_business_number(sheet.rng)
        shown = f"{number[:3]}-{number[3:5]}-{number[5:]}"
        day = sheet.put(
            "date", world.signed.isoformat(), f"{world.signed.year}. {world.signed.month}. {world.signed.day}."
        )
        pages.append(
            (head(world, 6, TITLES[6]) if i == 1 else f'<div class="break">{head(world, 6, TITLES[6])}</div>')
            + rows(
                ("연구개발과제명", sheet.put("title", world.title)),
                ("주관연구개발기관", sheet.put("org_name", world.lead.name)),
                ("도입 솔루션", f"{escape(world.solution)} ({escape(world.goal)})"),
                ("확약기업", f"주식회사 {sheet.put(f'affiliate:{i}', name)} ({kind})"),
                ("사업자등록번호", sheet.put(f"affiliate_number:{i}", number, shown)),
                ("도입 시기·범위", f"2024년 {sheet.rng.randint(1, 9)}월 / {sheet.rng.randint(1, 4)}개 공정"),
            )
            + "<p class='gap' style='line-height:2'>당사는 위 과제의 실증이 끝난 뒤 과제에서 검증한 솔루션을 당사 공정에 도입하고, "
            "도입에 필요한 데이터와 인력을 제공할 것을 확약합니다.</p>"
            + f'<div class="closing"><div>{day}</div><div style="margin-top:8mm">주식회사 {name} &nbsp; 대표이사 {boss} &nbsp;'
            f'<span class="stamp">(인){sheet.seal(name, company_seal(name, sheet.rng))}</span></div>'
            '<div style="margin-top:14mm;font-size:13pt;font-weight:bold">한국산업기술진흥원장 귀하</div></div>'
        )
    return sheet.make("".join(pages), sans=world.taste.sans)


def make_data_consent(world: World) -> Made:
    """7 비식별 데이터 공개 동의서, sealed by both organisations."""
    sheet = _sheet(world, 7)
    terms = (
        "과제 수행 중 모은 공정·설비 데이터를 비식별 조치한 뒤 전문기관이 정하는 방법으로 공개하는 것",
        "공개한 데이터를 제3자가 연구·산업 목적으로 이용하는 것",
        "과제가 끝난 뒤 3년 동안 데이터의 품질 확인 요청에 협조하는 것",
    )
    items = "".join(
        f"<tr><td>{escape(t)}</td><td class='c n'>{question(sheet, world, str(i), ('동의', '부동의'), int(7 in world.refused))}</td></tr>"
        for i, t in enumerate(terms, 1)
    )
    body = (
        head(world, 7, TITLES[7])
        + about(sheet, world)
        + f'<table class="gap"><tr><th>동의 사항</th><th style="width:44mm">동의 여부</th></tr>{items}</table>'
        + "<p class='gap'>데이터의 범위 : 설비 가동 로그, 공정 조건, 품질 검사 결과 (개인정보와 영업비밀은 제외)</p>"
        + end(sheet, world, *world.handing_in)
    )
    return sheet.make(body, sans=world.taste.sans)
