"""The budget's inside: sums, the allowance, personnel in cash, and papers that an amount calls for (공고 3, 7, 8).

Won are integers; no quotient decides.
"""

from __future__ import annotations

from decimal import Decimal

from jeopsu.domain.base import Record
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import won
from jeopsu.validators.dates import years_after
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.labels import labelled
from jeopsu.validators.matter import (
    Answer,
    Conclusion,
    Matter,
    NoParams,
    check,
    failed,
    not_applicable,
    passed,
    undetermined,
)

_SOURCES = ("budget.government", "budget.cash", "budget.in_kind")
_ITEMS = (
    "budget.personnel_cash", "budget.personnel_in_kind", "budget.equipment", "budget.materials", "budget.outsourcing",
    "budget.research_allowance", "budget.indirect",
)  # fmt: skip
_ACTIVITY, _STUDENTS = "budget.activity", "budget.student_personnel"


class Percent(Record):
    """One percentage."""

    percent: Decimal


class PersonnelCash(Record):
    """Personnel in cash without further proof: so much of the government's money, for these sizes; start-up age."""

    of_government: Decimal
    sizes: tuple[Size, ...]
    startup_years: int


class Threshold(Record):
    """From this amount on (won)."""

    least: int


@check(organisation=True)
def budget_adds_up(matter: Matter[NoParams]) -> Answer:
    """Government + cash + in kind = total, and the items read do not exceed it."""
    government, cash, in_kind = (matter.facts.won(name, matter.key) for name in _SOURCES)
    total = matter.facts.won("budget.total", matter.key)
    summed = government + cash + in_kind
    words = (
        f"정부지원 {won.shown(government)} + 현금 {won.shown(cash)} + 현물 {won.shown(in_kind)} = {won.shown(summed)}"
    )
    if summed != total:
        return failed(
            f"{words} ≠ 합계 {won.shown(total)} (차이 {won.shown(total - summed)}{_slip(summed, total)}). "
            "계획서의 금액을 고쳐 주십시오.",
            f"Sources add up to {won.shown(summed)}, not to {won.shown(total)}{_slip(summed, total)}. "
            "Correct the plan.",
        )
    return _items(matter, total, words)


def _items(matter: Matter[NoParams], total: int, words: str) -> Conclusion:
    """The cost items against the total. Items that no row shows are nothing, if the others make up the total."""
    found = {name: matter.facts.maybe(name, matter.key) for name in (*_ITEMS, _ACTIVITY, _STUDENTS)}
    amounts = {name: value for name, value in found.items() if isinstance(value, int)}
    whole = sum(amounts.values())
    # Outsourcing is a part of 연구활동비, and some forms show it beside.
    inside = whole - amounts.get("budget.outsourcing", 0) if _ACTIVITY in amounts else whole
    if total in (inside, whole):
        return passed(
            f"{words} = 합계, 비목 합계도 {won.shown(total)}으로 같음", "Sources and items add up to the total."
        )
    missing = [labelled(name, None).ko for name in (*_ITEMS, _ACTIVITY) if name not in amounts]
    if missing and inside < total:
        raise Unknown(
            Need(
                words_ko=f"찾지 못한 비목 {', '.join(missing)} "
                f"(읽은 비목의 합 {won.shown(inside)}, 합계 {won.shown(total)})",
                words_en=f"the items that were not found (those read add up to {won.shown(inside)})",
            )
        )
    return failed(
        f"비목 합계 {won.shown(inside)} ≠ 연구개발비 합계 {won.shown(total)} (차이 "
        f"{won.shown(total - inside)}{_slip(inside, total)}). 비목별 금액을 고쳐 주십시오.",
        f"Items add up to {won.shown(inside)}, not to {won.shown(total)}. Correct the items.",
    )


def _slip(one: int, other: int) -> str:
    """A factor of exactly 1,000 or 1,000,000 is a unit slip (reading 16)."""
    big, small = max(abs(one), abs(other)), min(abs(one), abs(other))
    for factor in (1_000, 1_000_000):
        if small and big == small * factor:
            return f", 꼭 {factor:,}배: 단위(원·천원·백만원) 오기로 보임"
    return ""


@check(Percent, organisation=True)
def research_allowance_exact(matter: Matter[Percent]) -> Answer:
    """연구수당 is exactly its percentage of personnel, cash and in kind."""
    allowance = matter.facts.won("budget.research_allowance", matter.key)
    cash = matter.facts.won("budget.personnel_cash", matter.key)
    in_kind = matter.facts.won("budget.personnel_in_kind", matter.key)
    students = matter.facts.maybe("budget.student_personnel", matter.key)
    base = cash + in_kind + (students if isinstance(students, int) else 0)
    percent = matter.params.percent
    right = percent * base / 100
    words = f"연구수당 {won.shown(allowance)}, 인건비 {won.shown(base)}의 {percent}% = {right.normalize():,f}원"
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
    if matter.ask("personnel_cash_grounds"):
        return passed(
            f"{words}. 담당자가 현금 산정 근거를 확인함{matter.looked_up()}", "Staff found the grounds sufficient."
        )
    return failed(
        f"{words}. 현금 산정 근거가 인정되지 않음{matter.looked_up()}. 현물로 바꾸거나 근거를 내 주십시오.",
        "Personnel in cash exceeds what the grounds allow. Move it to in kind or hand in proof.",
    )


@check(Threshold, asks=("outsourcing_described",), organisation=True)
def outsourcing_detail(matter: Matter[Threshold]) -> Answer:
    """An outsourcing from the threshold on is described in the plan, and document 17 is there."""
    amount, least = matter.facts.won("budget.outsourcing", matter.key), matter.params.least
    if amount == 0:
        return not_applicable("외주 용역비가 없음", "There is no outsourcing.")
    if amount * 11 < least * 10:  # without VAT it could still reach the limit
        return passed(
            f"외주 용역비 {won.shown(amount)} < {won.shown(least)}",
            f"Outsourcing {won.shown(amount)} is below the limit.",
        )
    papers = matter.files(Kind.OUTSOURCING_PLAN, matter.key)
    if amount >= least and not papers:
        return failed(
            f"외주 용역비 {won.shown(amount)} ≥ {won.shown(least)}인데 {matter.form(Kind.OUTSOURCING_PLAN)} "
            "외주 용역 활용계획서가 없음. "
            "제출해 주십시오.",
            f"Outsourcing of {won.shown(amount)} needs its plan. Hand it in.",
        )
    described = matter.facts.maybe("plan.outsourcing_described", None)
    detailed = bool(described) if described is not None else matter.ask("outsourcing_described")
    files = tuple(file.name for file in papers)
    if detailed:
        return passed(
            f"외주 용역비 {won.shown(amount)}, 계획서에 내용이 있음{matter.looked_up()}",
            "Described in the plan.",
            files=files,
        )
    return failed(
        f"외주 용역비 {won.shown(amount)}의 내용이 계획서에 없음{matter.looked_up()}. 계획서에 내용과 "
        "활용계획을 적어 주십시오.",
        "The outsourcing is not described in the plan. Describe it.",
        files=files,
    )


class PaperForAmount(Record):
    """A budget field, and the kind of paper that is due when it is above 0."""

    field: str
    kind: Kind


class PaperForHires(Record):
    """The kind of paper that is due when somebody is newly hired."""

    kind: Kind


@check(PaperForAmount, organisation=True)
def paper_for_amount(matter: Matter[PaperForAmount]) -> Answer:
    """Where the budget has an amount, the form is there."""
    p = matter.params
    amount = matter.facts.won(p.field, matter.key)
    if amount <= 0:
        return not_applicable(f"{labelled(p.field, None).ko} 0원", "The amount is 0.")
    return _paper(matter, p.kind, f"{labelled(p.field, None).ko} {won.shown(amount)}")


@check(PaperForHires, organisation=True)
def paper_for_new_hires(matter: Matter[PaperForHires]) -> Answer:
    """Where the plan has new hires, the form is there."""
    mine = [p for p in matter.people() if p.organisation == matter.key]
    hired = [p.name for p in mine if p.maybe("participant.new_hire") is True]
    matter.facts.note(*[f for p in mine for f in p.fields if f.name == "participant.new_hire"])
    if hired:
        return _paper(matter, matter.params.kind, f"신규채용 {', '.join(hired)}")
    if mine and all(p.maybe("participant.new_hire") is False for p in mine):
        return not_applicable("신규채용 참여연구자 없음", "Nobody is newly hired.")
    raise Unknown(Need(words_ko="계획서의 신규채용 여부", words_en="new hires in the plan"))


def _paper(matter: Matter[PaperForAmount] | Matter[PaperForHires], kind: Kind, why: str) -> Answer:
    papers = matter.files(kind, matter.key)
    document = matter.call.document_of(kind)
    title = f"{matter.call.form(document.number)} {document.title}" if document else kind.value
    if papers:
        return passed(f"{why}: {title} 제출됨", f"The {kind.value} is there.", files=tuple(f.name for f in papers))
    claimed = [
        f.name
        for f in matter.submission.files
        if document and f.claimed_document == document.number and f.claimed == matter.key
    ]
    if claimed:
        return undetermined(
            f"{why}: {title}(으)로 올라온 파일에서 그 내용을 확인하지 못함",
            f"Look at the {kind.value}.",
            files=tuple(claimed),
        )
    return failed(f"{why}: {title}가 없음. 제출해 주십시오.", f"The {kind.value} is missing. Hand it in.")
