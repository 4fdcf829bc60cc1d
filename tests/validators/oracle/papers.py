"""The oracle's facts as uploads of digital papers, all of them read and confirmed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from jeopsu.domain.kinds import Kind, Subject
from jeopsu.domain.submissions import StaffFact, Submission, Upload
from jeopsu.samples.companies import invent_business_number, invent_corporate_number
from tests.validators.oracle.facts import CLOSES, Company, Person, Proposal, Year
from tests.validators.proposals import CALL, settled, upload

Rows = list[tuple[str, object, dict[str, object]]]
KEYS = ("lead", "partner", "partner2", "partner3", "lead2")
NAMES = dict(zip(KEYS, ("가온정밀", "나래소프트", "다올데이터", "라온시스템", "마루기전"), strict=True))
_CHANCE = Random(6)
NUMBERS = {key: invent_business_number(_CHANCE) for key in KEYS}
CORPORATE = {key: invent_corporate_number(_CHANCE, "1101") for key in KEYS}
HEADS = dict(zip(KEYS, ("김가온", "이나래", "정다올", "최라온", "한마루"), strict=True))
ITEMS = {
    "debt_ratio_two_years": "5. 최근 2개 회계연도 말 결산 재무제표상 부채비율이 연속 500% 이상",
    "current_ratio_two_years": "6. 최근 2개 회계연도 말 결산 재무제표상 유동비율이 연속 50% 이하",
    "capital_impairment": "7. 최근 회계연도 말 결산 기준 자본전액잠식",
    "audit_opinion": "8. 외부감사 기업의 최근 회계연도 말 결산 감사의견이 '의견거절' 또는 '부적정'",
    "marginal_company_projects": "9. 최근 3개 회계연도 연속 이자보상비율 1 미만(한계기업)",
    "participation_ban": "10. 접수 마감일 현재 국가연구개발사업에 참여제한 중인 경우",
    "tax_arrears": "2. 국세, 지방세 등의 체납처분을 받은 경우",
    "credit_default": "3. 채무불이행자명부 등재 또는 채무불이행자로 등록된 경우",
    "obligations_unmet": "11. 각종 보고서 제출, 기술료·정산금·환수금 납부 등 의무사항 불이행",
}
_SEAL: Rows = [("signoff.kind", "seal", {"index": 9})]


def full(key: str) -> str:
    return f"주식회사 {NAMES[key]}"


def _paper(number: int, kind: Kind, key: str, rows: Rows, title: str = "") -> Upload:
    document = CALL.document(number)
    assert document
    name = f"[서식-{number}] {title or document.title.replace('/', '·')}_{NAMES[key]}"
    subject = Subject(name=full(key), business_number=NUMBERS[key])
    return upload(f"{name}.{'hwp' if number == 2 else 'pdf'}", kind, None, rows, subject=subject)


def _budget(c: Company) -> Rows:
    amounts = {
        "government": c.government, "cash": c.cash, "in_kind": c.in_kind, "total": c.whole,
        "personnel_cash": c.personnel_cash, "personnel_in_kind": c.personnel_in_kind, "equipment": c.equipment,
        "materials": c.materials, "outsourcing": c.outsourcing, "research_allowance": c.allowance,
        "indirect": c.indirect, "activity": c.activities, "student_personnel": 0,
    }  # fmt: skip
    return [(f"budget.{name}", amount, {"organisation": c.key}) for name, amount in amounts.items()]


def _plan(p: Proposal) -> Rows:
    head = next(x.name for c in p.companies for x in c.people if x.role == "연구책임자")
    rows: Rows = [
        ("plan.title", "가온 공정 데이터 솔루션", {}),
        ("plan.start", p.start.isoformat(), {}),
        ("plan.end", p.end.isoformat(), {}),
        ("plan.lead_researcher", head, {}),
        ("plan.security_grade", "일반", {}),
    ]
    for told in {c.described for c in p.companies} - {None}:
        rows.append(("plan.outsourcing_described", told, {}))
    index = 0
    for c in p.companies:
        own: dict[str, object] = {"organisation": c.key}
        rows += [
            ("org.name", full(c.key), own),
            ("org.role", "lead" if c.key.startswith("lead") else "partner", own),
            ("org.size", c.size, own),
            ("org.business_number", NUMBERS[c.key], own),
            ("org.corporate_number", CORPORATE[c.key], own),
            ("org.representative", HEADS[c.key], own),
        ]
        rows += _budget(c)
        for person in c.people:
            more = {"index": index, **own}
            rows += [
                ("participant.name", person.name, more),
                ("participant.organisation", full(c.key), more),
                ("participant.role", person.role, more),
                ("participant.rate", person.rate, more),
                ("participant.new_hire", person.new_hire, more),
            ]
            if person.pay_in_cash or c.pay_table:
                rows.append(("participant.personnel_cash", person.pay_in_cash, more))
            index += 1
    return rows


def _rates(p: Proposal) -> Rows:
    rows: Rows = []
    for index, person in enumerate(x for c in p.companies for x in c.people if x.in_rates):
        more: dict[str, object] = {"index": index}
        rows += [
            ("participant.name", person.name, more),
            ("participant.rate_total", person.rate_total, more),
            ("participant.projects", person.projects, more),
            ("participant.projects_as_lead", person.as_lead, more),
        ]
    return rows


def _statement(c: Company, number: int, year: Year) -> Upload:
    amounts = {
        "current_assets": year.current_assets, "assets": year.assets, "current_liabilities": year.current_liabilities,
        "liabilities": year.liabilities, "capital_stock": 50_000_000, "equity": year.equity, "revenue": year.revenue,
        "operating_income": year.operating_income, "interest_expense": year.interest_expense,
        "net_income": year.operating_income - year.interest_expense,
    }  # fmt: skip
    if year.rnd_expense is not None:
        amounts["rnd_expense"] = year.rnd_expense
    rows: Rows = [(f"fs.{name}", amount, {"year": number}) for name, amount in amounts.items()]
    rows += _SEAL
    if year.estimated:
        rows.append(("fs.estimated", True, {"year": number}))
        return _paper(14, Kind.CLOSING_STATEMENTS, c.key, rows, f"추정재무제표({number}년)")
    if year.opinion:
        rows.append(("fs.audit_opinion", year.opinion, {"year": number}))
        return _paper(14, Kind.AUDIT_REPORT, c.key, rows, f"{number}년 회계감사보고서")
    return _paper(14, Kind.STANDARD_STATEMENTS, c.key, rows, f"표준재무제표증명({number}년)")


def _consent(people: tuple[Person, ...]) -> Rows:
    rows: Rows = []
    for index, person in enumerate(p for p in people if p.in_consent):
        rows += [
            ("signoff.name", person.name, {"index": index}),
            ("signoff.kind", "signature" if person.signed else "none", {"index": index}),
        ]
    return rows


def _of_company(c: Company, handed_in: datetime) -> list[Upload]:
    key, heads = c.key, [p for p in c.people if p.role != "참여연구자"]
    audited: Rows = [
        ("check.item", "외부감사 대상", {"index": 0}),
        ("check.marked", "대상" if c.audited else "비대상", {"index": 0}),
    ]
    if c.admits:
        audited += [("check.item", ITEMS[c.admits], {"index": 1}), ("check.marked", "해당", {"index": 1})]
    if c.declared_projects is not None:
        audited.append(("declared.motie_lead_projects", c.declared_projects, {}))
    employment: Rows = [
        ("employment.name", c.certified or heads[0].name, {}),
        ("employment.organisation", c.employer or full(key), {}),
        ("employment.joined", "2015-03-02", {}),
        ("employment.issued", min(date(2023, 4, 10), handed_in.date()).isoformat(), {}),
    ]
    bizreg: Rows = [
        ("bizreg.number", NUMBERS[key], {}),
        ("bizreg.name", full(key), {}),
        ("bizreg.representative", HEADS[key], {}),
    ]
    if c.opened:
        bizreg.append(("bizreg.opened", c.opened.isoformat(), {}))
    registry: Rows = [
        ("corpreg.number", CORPORATE[key], {}),
        ("corpreg.name", full(key), {}),
        ("corpreg.representative", HEADS[key], {}),
        ("corpreg.issued", c.registry_issued.isoformat(), {}),
    ]
    made = {
        "8": _paper(8, Kind.ELIGIBILITY_DECLARATION, key, audited),
        "9": _paper(9, Kind.PARTICIPATION_LETTER, key, _SEAL),
        "10": _paper(10, Kind.PERSONAL_CONSENT, key, _consent(c.people)),
        "11": _paper(11, Kind.SECURITY_SELF_CHECK, key, []),
        "12": _paper(12, Kind.EMPLOYMENT_CERTIFICATE, key, employment + _SEAL),
        "13 bizreg": _paper(13, Kind.BUSINESS_REGISTRATION, key, bizreg + _SEAL, "사업자등록증"),
        "13 registry": _paper(13, Kind.CORPORATE_REGISTRY, key, registry + _SEAL, "법인등기부등본"),
    }
    for number, amount, kind in (
        (16, c.equipment, Kind.EQUIPMENT_PLAN),
        (17, c.outsourcing, Kind.OUTSOURCING_PLAN),
        (19, c.materials, Kind.MATERIALS_PLAN),
    ):
        if amount:
            made[str(number)] = _paper(number, kind, key, [("spending.total", amount, {})])
    if c.new_hires:
        made["18"] = _paper(18, Kind.NEW_HIRE_CONFIRMATION, key, [])
    if paper := c.certificate:
        whose = key if paper.own else "lead2"
        rows: Rows = [
            ("midsize.name", full(whose), {}),
            ("midsize.business_number", NUMBERS[whose], {}),
            ("midsize.valid_from", paper.first.isoformat(), {}),
            ("midsize.valid_to", paper.last.isoformat(), {}),
        ]
        made["15"] = _paper(15, Kind.MIDSIZE_CERTIFICATE, key, rows + _SEAL)
    kept = [paper for number, paper in made.items() if number not in c.lacks]
    return kept + [_statement(c, number, year) for number, year in sorted(c.years.items())]


def submission(p: Proposal) -> Submission:
    """The proposal as validators see it."""
    project = {
        1: (Kind.SUBMISSION_CONFIRMATION, []),
        2: (Kind.RESEARCH_PLAN, _plan(p)),
        3: (Kind.BONUS_PENALTY, []),
        4: (Kind.SAFETY_SELF_CHECK, []),
        5: (Kind.PARTICIPATION_RATES, _rates(p)),
        6: (Kind.ROLLOUT_PLEDGE, []),
        7: (Kind.DATA_CONSENT, []),
    }
    made = [_paper(n, kind, "lead", rows) for n, (kind, rows) in project.items() if n not in p.lacks]
    for c in p.companies:
        made += _of_company(c, p.received or CLOSES)
    answers = [(name, value, c.key) for c in p.companies for name, value in c.staff.items()]
    facts = tuple(
        StaffFact(fact=name, organisation=key, value=value, by="staff", at=datetime(2023, 4, 26, tzinfo=UTC))
        for name, value, key in [*answers, *((name, value, None) for name, value in p.staff.items())]
    )
    return settled(made, received=p.received, facts=facts)
