"""The budget's inside: sums, and papers that an amount calls for (공고 3, 7).

Won are integers; no quotient decides.
"""

from __future__ import annotations

from jeopsu.domain.base import Record
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import labelled
from jeopsu.domain.values import won
from jeopsu.validators.facts import Need, Unknown
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


class Threshold(Record):
    """From this amount on (won)."""

    least: int


@check(organisation=True)
def budget_adds_up(matter: Matter[NoParams]) -> Answer:
    """Government + cash + in kind = total, and so do the items."""
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


@check(Threshold, asks=("outsourcing_described",), organisation=True)
def outsourcing_detail(matter: Matter[Threshold]) -> Answer:
    """An outsourcing from the threshold on is described in the plan, and document 17 is there."""
    amount, least = matter.facts.won("budget.outsourcing", matter.key), matter.params.least
    if amount == 0:
        return not_applicable("외주 용역비가 없음", "There is no outsourcing.")
    if amount * 11 < least * 10:  # without VAT it could still reach the limit
        return passed(
            f"외주 용역비 {won.shown(amount)}, 부가가치세 10%를 더해도 {won.shown(least)} 미만",
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
    detailed = (
        bool(described)
        if described is not None
        else matter.ask(
            "outsourcing_described", since=f"외주 용역비 {won.shown(amount)}(부가가치세 포함 여부를 알 수 없음)"
        )
    )
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
    return _paper(matter, p.kind, f"{labelled(p.field, None).ko} {won.shown(amount)}{_listed(matter, amount)}")


def _listed(matter: Matter[PaperForAmount], amount: int) -> str:
    """What the plan itself says it is for: single outlays, where its tables list them."""
    kind = matter.params.field.removeprefix("budget.")
    found = [f for f in matter.facts.all(f"{kind}.amount") if f.organisation == matter.key and f.confirmed]
    names = {f.index: f for f in matter.facts.all(f"{kind}.name") if f.organisation == matter.key and f.confirmed}
    if not found:
        return ""
    matter.facts.note(*found, *(names[f.index] for f in found if f.index in names))
    parts = [
        f"{names[f.index].value} {won.shown(f.value)}" for f in found if f.index in names and isinstance(f.value, int)
    ]
    whole = sum(f.value for f in found if isinstance(f.value, int))
    differs = f", 상세 합계 {won.shown(whole)}과(와) 다름" if whole != amount else ""
    return f" (계획서 상세: {', '.join(parts[:5])}{' 등' if len(parts) > 5 else ''}{differs})"


@check(PaperForHires, organisation=True)
def paper_for_new_hires(matter: Matter[PaperForHires]) -> Answer:
    """Where the plan has new hires, the form is there."""
    mine = [p for p in matter.people() if p.organisation == matter.key]
    hired = [p.name for p in mine if p.maybe("participant.new_hire") is True]
    matter.facts.note(*[f for p in mine for f in p.all("participant.new_hire")])
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
