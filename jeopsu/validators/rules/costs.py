"""Single cost items: the allowance, indirect cost, personnel in cash (공고 3-3, 8). No quotient decides."""

from __future__ import annotations

from decimal import Decimal

from jeopsu.domain.base import Record
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import won
from jeopsu.validators.dates import years_after
from jeopsu.validators.matter import Answer, Matter, check, failed, passed, undetermined


class Allowance(Record):
    """연구수당 in percent of personnel: just that, or at most that much."""

    percent: Decimal
    at_most: bool = False


class Percent(Record):
    """One percentage."""

    percent: Decimal


class PersonnelCash(Record):
    """Personnel in cash without further proof: so much of the government's money, for these sizes; start-up age."""

    of_government: Decimal
    sizes: tuple[Size, ...]
    startup_years: int


@check(Allowance, organisation=True)
def research_allowance_exact(matter: Matter[Allowance]) -> Answer:
    """연구수당 is exactly its percentage of personnel, cash and in kind, or in other calls at most that."""
    allowance = matter.facts.won("budget.research_allowance", matter.key)
    cash = matter.facts.won("budget.personnel_cash", matter.key)
    in_kind = matter.facts.won("budget.personnel_in_kind", matter.key)
    students = matter.facts.maybe("budget.student_personnel", matter.key)
    base = cash + in_kind + (students if isinstance(students, int) else 0)
    percent = matter.params.percent
    right = percent * base / 100
    words = f"연구수당 {won.shown(allowance)}, 인건비 {won.shown(base)}의 {percent}% = {right.normalize():,f}원"
    if matter.params.at_most:
        if Decimal(allowance) <= right:
            return passed(f"{words} 이내", f"Allowance {won.shown(allowance)} is within {percent} % of personnel.")
        return failed(
            f"{words}: {(allowance - right).normalize():,f}원 초과. 연구수당을 {right.normalize():,f}원 이하로 "
            "고쳐 주십시오.",
            f"Allowance {won.shown(allowance)} exceeds {percent} % of {won.shown(base)}. Lower it.",
        )
    if Decimal(allowance) == right:
        return passed(words, f"Allowance {won.shown(allowance)} is {percent} % of {won.shown(base)}.")
    if abs(Decimal(allowance) - right) < 1000 and allowance % 1000 == 0:
        return undetermined(
            f"{words}: 천원 단위 끝수 차이 {abs(allowance - right).normalize():,f}원. 인정 여부를 담당자가 정해야 함",
            f"Off by less than 1,000 won ({words}): staff decide whether rounding is accepted.",
        )
    if Decimal(allowance) == percent * cash / 100:
        return undetermined(
            f"{words}. 현금 인건비 {won.shown(cash)}만의 {percent}%와는 같음: 어느 기준인지 담당자가 정해야 함(읽기 4)",
            f"The allowance is {percent} % of cash personnel only: staff decide on the base (reading 4).",
        )
    return failed(
        f"{words}: 차이 {abs(allowance - right).normalize():,f}원. 연구수당을 {right.normalize():,f}원으로 "
        "고쳐 주십시오.",
        f"Allowance {won.shown(allowance)} is not {percent} % of {won.shown(base)}. Set it to "
        f"{right.normalize():,f} won.",
    )


@check(PersonnelCash, asks=("personnel_cash_grounds",), organisation=True)
def personnel_cash_cap(matter: Matter[PersonnelCash]) -> Answer:
    """Personnel in cash within what needs no further proof; beyond it staff weigh the grounds of 3-3."""
    p = matter.params
    cash = matter.facts.won("budget.personnel_cash", matter.key)
    if cash == 0:
        return passed("현금 인건비가 0원임", "There is no personnel in cash.")
    government = matter.facts.won("budget.government", matter.key)
    size = matter.size()
    limit = p.of_government * government / 100
    shown = f"정부지원연구개발비 {won.shown(government)}의 {p.of_government}% = {limit.normalize():,f}원"
    words = f"현금 인건비 {won.shown(cash)}, {shown}"
    if size in p.sizes and Decimal(cash) <= limit:
        return passed(
            f"{words} 이내", f"Personnel in cash {won.shown(cash)} is within {p.of_government} % of government money."
        )
    if size is Size.SMALL and matter.facts.entries("bizreg.opened", matter.key):
        opened, start = matter.facts.day("bizreg.opened", matter.key), matter.facts.day("plan.start", None)
        if start <= years_after(opened, p.startup_years):
            return passed(
                f"{words}. 사업개시 {opened}, 연구개발 시작 {start}: {p.startup_years}년 이내 창업초기 "
                "기업으로 현금 산정 가능",
                f"A start-up of {p.startup_years} years or less (opened {opened}) may pay its staff in cash.",
            )
    new = _new_hires(matter, cash)
    form = matter.form(Kind.NEW_HIRE_CONFIRMATION)
    if size in p.sizes and new and cash - new <= limit and matter.files(Kind.NEW_HIRE_CONFIRMATION, matter.key):
        return passed(
            f"현금 인건비 {won.shown(cash)} - {form}의 신규채용 {won.shown(new)} = 기존인력 {won.shown(cash - new)}, "
            f"{shown} 이내",
            f"Besides the new hires' {won.shown(new)}, personnel in cash is within {p.of_government} % of government "
            "money.",
        )
    since = f"{words} {'초과' if cash > limit else '(중소·중견기업만)'}{_hired(matter, cash)}"
    if matter.ask("personnel_cash_grounds", since=since):
        return passed(
            f"{words}. 담당자가 현금 산정 근거를 확인함{matter.looked_up()}", "Staff found the grounds sufficient."
        )
    return failed(
        f"{words}. 현금 산정 근거가 인정되지 않음{matter.looked_up()}. 현물로 바꾸거나 근거를 내 주십시오.",
        "Personnel in cash exceeds what the grounds allow. Move it to in kind or hand in proof.",
    )


def _new_hires(matter: Matter[PersonnelCash], cash: int) -> int:
    """New hires' pay in cash by the plan; 0 where not everybody's is sure, or all together is not what is budgeted."""
    mine = [p for p in matter.people() if p.organisation == matter.key]
    new = whole = 0
    for person in mine:
        pay, hired = person.maybe("participant.personnel_cash"), person.maybe("participant.new_hire")
        if not isinstance(pay, int) or hired is None:
            return 0
        whole += pay
        new += pay if hired else 0
    matter.facts.note(
        *[f for p in mine for f in (*p.all("participant.personnel_cash"), *p.all("participant.new_hire"))]
    )
    return new if whole == cash else 0


def _hired(matter: Matter[PersonnelCash], cash: int) -> str:
    """What the plan says of new hires' pay in cash, for whoever weighs the grounds: as much again may go to others."""
    mine = [p for p in matter.people() if p.organisation == matter.key]
    paid = [(p, p.maybe("participant.personnel_cash"), p.maybe("participant.new_hire")) for p in mine]
    if not mine or any(not isinstance(pay, int) or hired is None for _, pay, hired in paid):
        return ""
    matter.facts.note(*[f for p in mine for f in p.all("participant.personnel_cash")])
    new = sum(pay for _, pay, hired in paid if hired and isinstance(pay, int))
    whole = sum(pay for _, pay, _ in paid if isinstance(pay, int))
    differs = f", 참여연구자별 현금 인건비의 합 {won.shown(whole)}과(와) 다름" if whole != cash else ""
    return f". 계획서의 신규채용 현금 인건비 {won.shown(new)}, 같은 금액의 기존인력까지 {won.shown(2 * new)}{differs}"


@check(Percent, organisation=True)
def indirect_cap(matter: Matter[Percent]) -> Answer:
    """간접비 within its percentage of the direct cost, what is given in kind left out."""
    indirect, total = matter.facts.won("budget.indirect", matter.key), matter.facts.won("budget.total", matter.key)
    in_kind = matter.facts.won("budget.in_kind", matter.key)
    direct, percent = total - indirect - in_kind, matter.params.percent
    words = (
        f"간접비 {won.shown(indirect)}, 직접비(현물 제외) {won.shown(total)} - {won.shown(indirect)} - "
        f"{won.shown(in_kind)} = {won.shown(direct)}의 {percent}% = {(percent * direct / 100).normalize():,f}원"
    )
    if Decimal(indirect * 100) <= percent * direct:
        return passed(f"{words} 이내", f"Indirect cost {won.shown(indirect)} is within {percent} % of direct cost.")
    return failed(
        f"{words} 초과. 간접비를 줄여 주십시오.", f"Indirect cost exceeds {percent} % of direct cost. Lower it."
    )
