"""Money: the cap, the shares, the sums, the allowance, personnel in cash (공고 1-3, 3, 8). Won are integers; no quotient decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jeopsu.domain.base import Record
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import share, won
from jeopsu.validators.dates import years_after
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.labels import SIZES, labelled
from jeopsu.validators.lookup import files_of
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
from jeopsu.validators.people import people

_SOURCES = ("budget.government", "budget.cash", "budget.in_kind")
_ITEMS = (
    "budget.personnel_cash", "budget.personnel_in_kind", "budget.equipment", "budget.materials", "budget.outsourcing",
    "budget.research_allowance", "budget.indirect",
)  # fmt: skip


class Amount(Record):
    """A limit in won."""

    most: int


class Period(Record):
    """When a project may run."""

    first: date
    last: date
    months: int


class Shares(Record):
    """Limits in percent by size. `midsize_like_small`: mid-size companies below `small_revenue` won of mean revenue."""

    large: Decimal
    midsize: Decimal
    midsize_candidate: Decimal
    small: Decimal
    small_revenue: int
    midsize_like_small: Decimal
    midsize_like_small_open: Decimal  # between the two the call can be read either way
    crisis_midsize: Decimal | None = None
    crisis_small: Decimal | None = None

    def of(self, size: Size) -> Decimal:
        return Decimal(getattr(self, size.value))


class CashShares(Record):
    """Floors of cash within the own contribution, in percent."""

    large: Decimal
    midsize: Decimal
    midsize_candidate: Decimal
    small: Decimal
    small_revenue: int
    midsize_like_small: Decimal

    def of(self, size: Size) -> Decimal:
        return Decimal(getattr(self, size.value))


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


@check(Amount)
def grant_cap(matter: Matter[Amount]) -> Answer:
    """Government money of the whole project stays within the cap."""
    total, needs = 0, []
    for organisation in matter.submission.organisations:
        try:
            total += matter.facts.won("budget.government", organisation.key)
        except Unknown as gap:
            needs += gap.needs
    cap = matter.params.most
    if total > cap:
        at_least = "이상" if needs else ""
        return failed(
            f"정부지원연구개발비 합계 {won.shown(total)}{at_least} > 한도 {won.shown(cap)}. {won.shown(total - cap)} 이상 줄여 다시 편성해 주십시오.",
            f"Government money {won.shown(total)} exceeds the cap of {won.shown(cap)}. Reduce it.",
        )
    if needs or not matter.submission.organisations:
        raise Unknown(*needs or [Need(words_ko="참여기관의 연구개발비", words_en="the organisations' budgets")])
    return passed(
        f"정부지원연구개발비 합계 {won.shown(total)} ≤ 한도 {won.shown(cap)}",
        f"Government money {won.shown(total)} is within the cap of {won.shown(cap)}.",
    )


@check(Period)
def project_period(matter: Matter[Period]) -> Answer:
    """The project runs within the call's period and no longer than its months."""
    start, end = matter.facts.day("plan.start", None), matter.facts.day("plan.end", None)
    p = matter.params
    after = date.fromordinal(end.toordinal() + 1)
    months = (after.year - start.year) * 12 + after.month - start.month + (1 if after.day > start.day else 0)
    words = f"{start} ~ {end} ({months}개월)"
    if start >= p.first and end <= p.last and months <= p.months and start <= end:
        return passed(f"연구개발기간 {words}: {p.first} ~ {p.last}, {p.months}개월 이내", f"Period {start}–{end} fits.")
    return failed(
        f"연구개발기간 {words}이 {p.first} ~ {p.last}, {p.months}개월을 벗어남. 기간을 고쳐 주십시오.",
        f"Period {start}–{end} ({months} months) is outside {p.first}–{p.last} or over {p.months} months. Correct it.",
    )


@check(Shares)
def government_share(matter: Matter[Shares]) -> Answer:
    """Government money of each organisation within its share of the organisation's own total."""
    government = matter.facts.won("budget.government", matter.key)
    total = matter.facts.won("budget.total", matter.key)
    if total <= 0:
        raise Unknown(
            Need(words_ko=f"연구개발비 합계가 {won.shown(total)}로 읽힘", words_en="the total reads as not above 0")
        )
    ratio = f"{won.shown(government)} ÷ {won.shown(total)} = {share.shown(share.of(government, total))}"
    within = [_within_share(matter, size, government, total) for size in _sizes(matter)]
    if all(within):
        caps = _caps(matter)
        return passed(f"정부지원 비율 {ratio} ≤ {caps}{matter.looked_up()}", f"Government share {ratio} within {caps}.")
    if any(within):
        raise Unknown(_size_need())
    caps = _caps(matter)
    return failed(
        f"정부지원 비율 {ratio} > {caps}. 정부지원연구개발비를 줄이거나 기관부담을 늘려 주십시오.{matter.looked_up()}",
        f"Government share {ratio} exceeds {caps}. Lower it or raise the own contribution.",
    )


def _within_share(matter: Matter[Shares], size: Size, government: int, total: int) -> bool:
    p, part = matter.params, Decimal(government * 100)
    if part <= p.of(size) * total:
        return True
    crisis = p.crisis_midsize if size is Size.MIDSIZE else p.crisis_small if size is not Size.LARGE else None
    if crisis is not None and part <= crisis * total and matter.ask("crisis_region"):
        return True
    if size is not Size.MIDSIZE or part > p.midsize_like_small_open * total:
        return False
    if not _like_small(matter, p.small_revenue):
        return False
    if part <= p.midsize_like_small * total:
        return True
    raise Unknown(
        Need(
            words_ko=f"평균매출액 {won.shown(p.small_revenue)} 미만 중견기업의 한시 기준이 {p.midsize_like_small}%인지 {p.midsize_like_small_open}%인지 담당자가 정해야 함(읽기 3)",
            words_en="staff decide which special limit holds for a mid-size company with low revenue (reading 3)",
        )
    )


def _like_small(matter: Matter[Shares] | Matter[CashShares], limit: int) -> bool:
    """Mean revenue of the call's fiscal years below the limit. An approximation of the decree's figure: say so."""
    years = matter.call.fiscal_years
    return sum(matter.facts.won("fs.revenue", matter.key, year) for year in years) < limit * len(years)


def _sizes(matter: Matter[Shares] | Matter[CashShares]) -> tuple[Size, ...]:
    """The size, or every size that it may be: a rule that comes out alike for all is decided."""
    try:
        return (matter.size(),)
    except Unknown:
        return tuple(Size)


def _caps(matter: Matter[Shares] | Matter[CashShares]) -> str:
    sizes = _sizes(matter)
    if len(sizes) > 1:
        return "모든 기업 유형의 기준"
    return f"{matter.params.of(sizes[0])}% ({SIZES[sizes[0].value][0]})"


def _size_need() -> Need:
    return Need(words_ko="기업 규모(계획서의 기관 유형)", words_en="the company's size (plan)")


@check(CashShares)
def cash_share(matter: Matter[CashShares]) -> Answer:
    """Cash in the own contribution at or above the floor."""
    cash, in_kind = matter.facts.won("budget.cash", matter.key), matter.facts.won("budget.in_kind", matter.key)
    own = cash + in_kind
    if own == 0:
        return not_applicable("기관부담연구개발비가 0원임", "There is no own contribution.")
    ratio = f"{won.shown(cash)} ÷ ({won.shown(cash)} + {won.shown(in_kind)}) = {share.shown(share.of(cash, own))}"
    enough = [_cash_enough(matter, size, cash, own) for size in _sizes(matter)]
    if all(enough):
        floor = _caps(matter)
        return passed(f"현금부담 비율 {ratio} ≥ {floor}", f"Cash share {ratio} is at or above {floor}.")
    if any(enough):
        raise Unknown(_size_need())
    sizes = _sizes(matter)
    if sizes != (Size.LARGE,) and (papers := files_of(matter.submission, Kind.NEW_HIRE_CONFIRMATION, matter.key)):
        return undetermined(
            f"현금부담 비율 {ratio} < {_caps(matter)}. 청년 신규채용 인건비로 현금을 대체하였는지 서식-18에서 채용인력의 나이와 해당연도 인건비를 확인해야 함",
            f"Cash share {ratio} is below {_caps(matter)}; see in form 18 whether young new hires' pay replaces cash.",
            files=tuple(file.name for file in papers),
        )
    return failed(
        f"현금부담 비율 {ratio} < {_caps(matter)}. 현금을 늘리거나 청년 신규채용 대체라면 서식-18을 내 주십시오.",
        f"Cash share {ratio} is below {_caps(matter)}. Raise the cash or hand in form 18.",
    )


def _cash_enough(matter: Matter[CashShares], size: Size, cash: int, own: int) -> bool:
    p = matter.params
    if Decimal(cash * 100) >= p.of(size) * own:
        return True
    if size is Size.MIDSIZE and Decimal(cash * 100) >= p.midsize_like_small * own:
        return _like_small(matter, p.small_revenue)
    return False


@check()
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
            f"{words} ≠ 합계 {won.shown(total)} (차이 {won.shown(total - summed)}{_slip(summed, total)}). 계획서의 금액을 고쳐 주십시오.",
            f"Sources add up to {won.shown(summed)}, not to {won.shown(total)}{_slip(summed, total)}. Correct the plan.",
        )
    return _items(matter, total, words)


def _items(matter: Matter[NoParams], total: int, words: str) -> Conclusion:
    """The cost items against the total. Without 연구활동비 (not always readable) only an excess is certain."""
    items = {name: value for name in _ITEMS if (value := matter.facts.maybe(name, matter.key)) is not None}
    activity = matter.facts.maybe("budget.activity", matter.key)
    students = matter.facts.maybe("budget.student_personnel", matter.key) or 0
    known = sum(int(value) for name, value in items.items() if isinstance(value, int))
    if isinstance(activity, int) and len(items) == len(_ITEMS):
        # Outsourcing is a part of 연구활동비.
        outsourcing = items["budget.outsourcing"]
        whole = known + activity + (students if isinstance(students, int) else 0)
        inside = whole - (outsourcing if isinstance(outsourcing, int) else 0)
        if total not in (inside, whole):
            return failed(
                f"비목 합계 {won.shown(inside)} ≠ 연구개발비 합계 {won.shown(total)} (차이 {won.shown(total - inside)}{_slip(inside, total)}). 비목별 금액을 고쳐 주십시오.",
                f"Items add up to {won.shown(inside)}, not to {won.shown(total)}. Correct the items.",
            )
        return passed(
            f"{words} = 합계, 비목 합계도 {won.shown(total)}으로 같음", "Sources and items add up to the total."
        )
    if known > total:
        return failed(
            f"비목의 합 {won.shown(known)} > 연구개발비 합계 {won.shown(total)}. 비목별 금액을 고쳐 주십시오.",
            f"Items exceed the total: {won.shown(known)} > {won.shown(total)}. Correct them.",
        )
    return passed(
        f"{words} = 합계 {won.shown(total)} (읽은 비목의 합 {won.shown(known)})",
        f"Sources add up to the total of {won.shown(total)}.",
    )


def _slip(one: int, other: int) -> str:
    """A factor of exactly 1,000 or 1,000,000 is a unit slip (reading 16)."""
    big, small = max(abs(one), abs(other)), min(abs(one), abs(other))
    for factor in (1_000, 1_000_000):
        if small and big == small * factor:
            return f", 꼭 {factor:,}배: 단위(원·천원·백만원) 오기로 보임"
    return ""


@check(Percent)
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
        f"{words}: 차이 {abs(allowance - right).normalize():,f}원. 연구수당을 {right.normalize():,f}원으로 고쳐 주십시오.",
        f"Allowance {won.shown(allowance)} is not {percent} % of {won.shown(base)}. Set it to {right.normalize():,f} won.",
    )


@check(PersonnelCash)
def personnel_cash_cap(matter: Matter[PersonnelCash]) -> Answer:
    """Personnel in cash within what needs no further proof; beyond it staff weigh the grounds of 3-3."""
    p = matter.params
    cash = matter.facts.won("budget.personnel_cash", matter.key)
    if cash == 0:
        return passed("현금 인건비가 0원임", "There is no personnel in cash.")
    government = matter.facts.won("budget.government", matter.key)
    size = matter.size()
    limit = p.of_government * government / 100
    words = f"현금 인건비 {won.shown(cash)}, 정부지원연구개발비 {won.shown(government)}의 {p.of_government}% = {limit.normalize():,f}원"
    if size in p.sizes and Decimal(cash) <= limit:
        return passed(
            f"{words} 이내", f"Personnel in cash {won.shown(cash)} is within {p.of_government} % of government money."
        )
    if size is Size.SMALL and matter.facts.entries("bizreg.opened", matter.key):
        opened, start = matter.facts.day("bizreg.opened", matter.key), matter.facts.day("plan.start", None)
        if start <= years_after(opened, p.startup_years):
            return passed(
                f"{words}. 사업개시 {opened}, 연구개발 시작 {start}: {p.startup_years}년 이내 창업초기 기업으로 현금 산정 가능",
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


@check(Threshold)
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
    papers = files_of(matter.submission, Kind.OUTSOURCING_PLAN, matter.key)
    if amount >= least and not papers:
        return failed(
            f"외주 용역비 {won.shown(amount)} ≥ {won.shown(least)}인데 서식-17 외주 용역 활용계획서가 없음. 제출해 주십시오.",
            f"Outsourcing of {won.shown(amount)} needs document 17. Hand it in.",
        )
    detailed = matter.ask("outsourcing_described")
    files = tuple(file.name for file in papers)
    if detailed:
        return passed(
            f"외주 용역비 {won.shown(amount)}, 계획서에 내용이 있음{matter.looked_up()}",
            "Described in the plan.",
            files=files,
        )
    return failed(
        f"외주 용역비 {won.shown(amount)}의 내용이 계획서에 없음{matter.looked_up()}. 계획서에 내용과 활용계획을 적어 주십시오.",
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


@check(PaperForAmount)
def paper_for_amount(matter: Matter[PaperForAmount]) -> Answer:
    """Where the budget has an amount, the form is there."""
    p = matter.params
    amount = matter.facts.won(p.field, matter.key)
    if amount <= 0:
        return not_applicable(f"{labelled(p.field, None).ko} 0원", "The amount is 0.")
    return _paper(matter, p.kind, f"{labelled(p.field, None).ko} {won.shown(amount)}")


@check(PaperForHires)
def paper_for_new_hires(matter: Matter[PaperForHires]) -> Answer:
    """Where the plan has new hires, the form is there."""
    mine = [p for p in people(matter.facts, matter.submission.organisations) if p.organisation == matter.key]
    hired = [p.name for p in mine if p.maybe("participant.new_hire") is True]
    matter.facts.note(*[f for p in mine for f in p.fields if f.name == "participant.new_hire"])
    if hired:
        return _paper(matter, matter.params.kind, f"신규채용 {', '.join(hired)}")
    if mine and all(p.maybe("participant.new_hire") is False for p in mine):
        return not_applicable("신규채용 참여연구자 없음", "Nobody is newly hired.")
    raise Unknown(Need(words_ko="계획서의 신규채용 여부", words_en="new hires in the plan"))


def _paper(matter: Matter[PaperForAmount] | Matter[PaperForHires], kind: Kind, why: str) -> Answer:
    papers = files_of(matter.submission, kind, matter.key)
    document = matter.call.document_of(kind)
    title = f"[{matter.call.name_prefix}-{document.number}] {document.title}" if document else kind.value
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
