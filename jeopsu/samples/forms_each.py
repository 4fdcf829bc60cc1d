"""The agency's forms that each organisation gives: documents 8, 9, 10 and 11 of call kiat-2023-265."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from html import escape

from jeopsu.samples.companies import Company
from jeopsu.samples.ink import personal_seal, signature
from jeopsu.samples.parts import about, checklist, end, head, question, rows, shown_date, thousands
from jeopsu.samples.sheet import Made, Sheet
from jeopsu.samples.titles import TITLES
from jeopsu.samples.world import World


def _ratio(part: int, whole: int) -> str:
    """Percent to two places, cut off as a form-filler's calculator rounds it: half up."""
    if whole <= 0:  # no equity left
        return "자본잠식"
    hundredths = (part * 20000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def make_eligibility(world: World, company: Company) -> Made:
    """8 신청자격 적정성 확인서: declarations, and the ratios as the applicant computed them."""
    sheet = Sheet(world.rng("form", 8, company.key))
    names = (
        "접수 마감일 현재 국가연구개발사업에 참여제한 중인 기관·대표자·연구책임자가 있음",
        "기업의 부도가 발생하였음",
        "국세 또는 지방세의 체납처분을 받았음",
        "채무불이행자로 등재·등록되어 있음",
        "파산·회생절차·개인회생절차의 개시 신청이 있음",
        "최근 2개 회계연도 말 부채비율이 연속 500% 이상이거나 유동비율이 연속 50% 이하임",
        "최근 회계연도 말 결산 기준 자본전액잠식임",
        "최근 회계연도 말 감사의견이 의견거절 또는 부적정임",
        "보고서 제출, 기술료·정산금·환수금 납부 의무를 이행하지 않고 있음",
    )
    books = {a.year: a for a in world.accounts[company.key]}
    heavy = all(books[y]["liabilities"] >= 5 * books[y]["equity"] for y in (2021, 2022))
    admitted = world.admitted.get(company.key, ())
    items = [(words, 0 if (i == 5 and heavy) or i in admitted else 1) for i, words in enumerate(names)]
    ratios = "".join(
        f'<tr><td class="c">{y}</td>'
        f'<td class="r">{sheet.put(f"debt_ratio:{y}", _ratio(books[y]["liabilities"], books[y]["equity"]))}</td>'
        f'<td class="r">{sheet.put(f"current_ratio:{y}", _ratio(books[y]["current_assets"], books[y]["current_liabilities"]))}</td></tr>'
        for y in (2021, 2022)
    )
    kinds = ("대기업", "중견기업", "중견기업 후보기업", "중소기업")
    body = (
        head(world, 8, TITLES[8].split(" 및")[0])
        + about(sheet, world, company)
        + rows(
            ("사업자등록번호", sheet.put("business_number", company.brn)),
            (
                "사업개시일",
                sheet.put("business_start", company.founded.isoformat(), shown_date(world, company.founded)),
            ),
            ("기업 유형", question(sheet, world, "유형", kinds, kinds.index(company.size_words))),
            *_projects(sheet, world, company),
        )
        + checklist(sheet, world, "확인 사항", ("해당", "미해당"), items)
        + '<table class="gap"><tr><th>회계연도</th><th>부채비율(%)</th><th>유동비율(%)</th></tr>'
        + ratios
        + "</table><p>위 내용이 사실과 다르면 지원제외, 협약 해약 등의 조치에 이의가 없음을 확인합니다.</p>"
        + end(sheet, world, company)
    )
    return sheet.make(body, css=".closing{margin-top:4mm}", sans=world.taste.sans)


def _projects(sheet: Sheet, world: World, company: Company) -> tuple[tuple[str, str], ...]:
    """Whether an audit is due, and the ministry's projects that it leads; not every year's form asks."""
    count = world.motie_projects.get(company.key)
    if count is None:
        return ()
    due = question(sheet, world, "외부감사", ("대상", "비대상"), 0 if company.key == "lead" else 1)
    words = "접수마감일 기준 주관연구개발기관으로 수행 중인 산업통상자원부 소관 과제 수"
    return ("외부감사 대상", due), ("동시 수행과제", f"{words} : {sheet.put('motie_projects', count)} 건")


def make_letter(world: World, *companies: Company) -> Made:
    """9 대표의 참여의사 확인서: one organisation's, or both on one sheet."""
    sheet = Sheet(world.rng("form", 9, *(c.key for c in companies)))
    lines = []
    for company in companies:
        budget = world.budget(company.key)
        role = "주관" if company.key == "lead" else "공동"
        amounts = (
            ("grant", budget.government),
            ("own_cash", budget.cash),
            ("own_in_kind", budget.in_kind),
            ("total", budget.total),
        )
        cells = "".join(
            f'<td class="r">{sheet.put(f"{name}:{company.key}", won, thousands(won))}</td>' for name, won in amounts
        )
        lines.append(
            f'<tr><td class="c">{role}</td><td>{sheet.put(f"org_name:{company.key}", company.name)}</td>'
            f'<td class="c">{sheet.put(f"representative:{company.key}", company.representative)}</td>{cells}</tr>'
        )
    body = (
        head(world, 9, TITLES[9])
        + rows(
            ("연구개발과제명", sheet.put("title", world.title)),
            ("연구개발기간", f"{world.start:%Y. %m. %d.} ~ {world.end:%Y. %m. %d.} (8개월)"),
            ("연구책임자", f"{escape(world.people[0].name)} ({escape(world.lead.name)})"),
        )
        + '<p class="small" style="text-align:right;margin:5mm 0 1mm">(단위 : 천원)</p><table>'
        + '<tr><th rowspan="2">구분</th><th rowspan="2">기관명</th><th rowspan="2">대표자</th><th rowspan="2">정부지원<br>연구개발비</th>'
        + '<th colspan="2">기관부담연구개발비</th><th rowspan="2">합계</th></tr><tr><th>현금</th><th>현물</th></tr>'
        + "".join(lines)
        + "</table><p class='gap' style='line-height:2'>당 기관은 2023년도 디지털 혁신 중견기업 육성사업에 위 과제로 참여할 뜻이 있으며, "
        "선정되면 기관부담연구개발비를 부담하고 과제를 성실히 수행할 것을 확인합니다.</p>"
        + end(sheet, world, *companies)
    )
    return sheet.make(body, sans=world.taste.sans)


_CONSENTS = (
    (
        "개인정보의 수집·이용",
        "과제의 선정·협약·평가·정산과 참여제한 확인을 위하여 성명, 생년월일, 소속, 학력과 경력, 연락처를 과제 종료 후 5년까지 이용합니다.",
    ),
    (
        "개인정보의 제3자 제공",
        "범부처통합연구지원시스템 운영기관과 산업통상자원부에 같은 목적으로 제공합니다.",
    ),
    (
        "과세정보의 제공",
        "연구개발비 사용의 확인을 위하여 세금계산서, 원천징수 등 과세정보를 세무관서로부터 제공받아 이용합니다.",
    ),
)


def make_consent(world: World, company: Company) -> Made:
    """10 개인정보·과세정보 동의 및 청렴서약서: every participant of the organisation signs its row."""
    sheet = Sheet(world.rng("form", 10, company.key))
    parts = "".join(
        f"<p style='margin:3mm 0 0'><b>{i}. {escape(title)}</b></p><p style='margin:0'>{escape(words)}</p>"
        f"<p style='text-align:right;margin:0'>{question(sheet, world, title, ('동의함', '동의하지 않음'), int(10 in world.refused))}</p>"
        for i, (title, words) in enumerate(_CONSENTS, 1)
    )
    lines = []
    for i, p in enumerate(world.people_of(company.key), 1):
        ink = sheet.rng.random()
        if p.name in world.unsigned:
            mark = "(인)" + sheet.unsigned(p.name)
        elif ink < 0.45:
            seal = sheet.seal(p.name, personal_seal(p.name, sheet.rng), wide=23, left=-12, top=-16)
            mark = f'<span class="stamp">(인){seal}</span>'
        else:
            mark = sheet.sign(p.name, signature(p.name, sheet.rng))
        lines.append(
            f'<tr style="height:34pt"><td class="c">{i}</td><td class="c">{escape(p.department)}<br>{escape(p.title)}</td>'
            f'<td class="c">{escape(p.role)}</td><td class="c n">{sheet.put(f"name:{i}", p.name)}</td>'
            f'<td class="c n">{sheet.put(f"birth:{i}", p.birth.isoformat(), f"{p.birth:%Y. %m. %d.}")}</td><td class="c">{mark}</td></tr>'
        )
    body = (
        head(world, 10, TITLES[10])
        + about(sheet, world, company)
        + parts
        + "<p style='margin:3mm 0 0'><b>4. 청렴서약</b></p><p style='margin:0'>연구윤리를 지키고 연구개발비를 정한 용도로만 쓰며, "
        "평가위원과 담당자에게 금품·향응을 제공하지 않겠습니다. 어기면 협약 해약과 참여제한을 받아들이겠습니다.</p>"
        + '<table class="gap small"><tr><th style="width:10mm">연번</th><th>부서/직위</th><th>구분</th><th style="width:20mm">성명</th>'
        + '<th style="width:25mm">생년월일</th><th style="width:34mm">서명 또는 날인</th></tr>'
        + "".join(lines)
        + "</table>"
        + f'<div class="closing">{sheet.put("date", world.signed.isoformat(), shown_date(world, world.signed))}'
        + '<div style="font-size:13pt;font-weight:bold">산업통상자원부장관 · 한국산업기술진흥원장 귀하</div></div>'
    )
    return sheet.make(body, sans=world.taste.sans)


def make_security(world: World, company: Company) -> Made:
    """11 과제 보안등급 자가점검표: nothing applies, so 일반과제."""
    sheet = Sheet(world.rng("form", 11, company.key))
    items = [
        ("세계 초일류 기술제품의 개발과 관련되는 과제", 1),
        ("외국이 기술이전을 거부하여 국산화를 추진 중이거나 미래핵심기술로서 보호가 필요한 과제", 1),
        ("「산업기술의 유출방지 및 보호에 관한 법률」의 국가핵심기술과 관련된 과제", 1),
        ("「대외무역법」에 따른 수출허가 등의 제한이 필요한 기술과 관련된 과제", 1),
    ]
    body = (
        head(world, 11, TITLES[11])
        + about(sheet, world, company)
        + checklist(sheet, world, "보안과제 분류 기준", ("해당", "미해당"), items)
        + '<div class="gap">'
        + rows(("점검 결과", question(sheet, world, "보안등급", ("보안과제", "일반과제"), 1)))
        + "</div><p>산업기술혁신사업 보안관리요령에 따라 보안등급을 스스로 점검한 결과가 위와 같음을 확인합니다.</p>"
        + end(sheet, world, company)
    )
    return sheet.make(body, sans=world.taste.sans)
