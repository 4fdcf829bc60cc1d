"""Money: the cap, the period, the shares (공고 1-3, 3-1). Won are integers; no quotient decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from jeopsu.domain.base import Record
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import SIZES
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import share, won
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.matter import (
    Answer,
    Matter,
    check,
    failed,
    not_applicable,
    passed,
    undetermined,
)


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


@check(Amount)
def grant_cap(matter: Matter[Amount]) -> Answer:
    """Government money of the whole project stays within the cap."""
    total = 0
    needs: list[Need] = []
    for organisation in matter.submission.organisations:
        try:
            total += matter.facts.won("budget.government", organisation.key)
        except Unknown as gap:
            needs += gap.needs
    cap = matter.params.most
    if total > cap:
        at_least = "이상" if needs else ""
        return failed(
            f"정부지원연구개발비 합계 {won.shown(total)}{at_least} > 한도 {won.shown(cap)}. "
            f"{won.shown(total - cap)} 이상 줄여 다시 편성해 주십시오.",
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
    words = f"{start} ~ {end} ({months}개월{_beyond(matter, start, end)})"
    if start >= p.first and end <= p.last and months <= p.months and start <= end:
        return passed(f"연구개발기간 {words}: {p.first} ~ {p.last}, {p.months}개월 이내", f"Period {start}–{end} fits.")
    return failed(
        f"연구개발기간 {words}이 {p.first} ~ {p.last}, {p.months}개월을 벗어남. 기간을 고쳐 주십시오.",
        f"Period {start}–{end} ({months} months) is outside {p.first}–{p.last} or over {p.months} months. Correct it.",
    )


def _beyond(matter: Matter[Period], start: date, end: date) -> str:
    """Tasks of the plan's schedule in months outside its own period."""
    days = [f for name in ("schedule.start", "schedule.end") for f in matter.facts.all(name) if f.confirmed]
    strange = [f for f in days if isinstance(f.value, date) and not _month(start) <= _month(f.value) <= _month(end)]
    matter.facts.note(*strange)
    return (
        f"; 추진 일정은 이 기간을 벗어남: {', '.join(sorted({f'{f.value:%Y-%m}' for f in strange}))}" if strange else ""
    )


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


@check(Shares, may_ask=("crisis_region",), organisation=True)
def government_share(matter: Matter[Shares]) -> Answer:
    """Government money of each organisation within its share of the organisation's own total."""
    government = matter.facts.won("budget.government", matter.key)
    total = matter.facts.won("budget.total", matter.key)
    if total <= 0:
        raise Unknown(
            Need(words_ko=f"연구개발비 합계가 {won.shown(total)}으로 읽힘", words_en="the total reads as not above 0")
        )
    ratio = share.of(government, total)
    words = f"{won.shown(government)} ÷ {won.shown(total)}"
    sizes = _sizes(matter)
    within = [_within_share(matter, size, government, total, f"정부지원 비율 {words}") for size in sizes]
    if all(within):
        cap, name = min(cap for cap in within if cap)
        shown = f"{words} = {share.shown_against(ratio, cap)} ≤ {cap}% ({_known(sizes, name)})"
        return passed(f"정부지원 비율 {shown}{matter.looked_up()}", f"Government share {shown}.")
    if any(within):
        raise Unknown(_size_need())
    cap, name = max(_passed_cap(matter, size, ratio) for size in sizes)
    shown = f"{words} = {share.shown_against(ratio, cap)} > {cap}% ({_known(sizes, name)})"
    return failed(
        f"정부지원 비율 {shown}. 정부지원연구개발비를 줄이거나 기관부담을 늘려 주십시오.{matter.looked_up()}",
        f"Government share {shown}. Lower it or raise the own contribution.",
    )


def _passed_cap(matter: Matter[Shares], size: Size, ratio: Fraction) -> tuple[Decimal, str]:
    """The cap that is passed, and in words whose it is."""
    p, name = matter.params, SIZES[size.value][0]
    if size is not Size.MIDSIZE or p.midsize_like_small_open <= p.midsize:
        return p.of(size), name
    if ratio > p.midsize_like_small_open:
        return p.midsize_like_small_open, f"중소기업 수준으로 지원하는 {name}이라도"
    return p.midsize, f"3개년 평균매출액(근사)이 {won.shown(p.small_revenue)} 이상인 {name}"


def _within_share(
    matter: Matter[Shares], size: Size, government: int, total: int, since: str
) -> tuple[Decimal, str] | None:
    """The cap that is kept, and in words whose it is; None if none is."""
    p, part, name = matter.params, Decimal(government * 100), SIZES[size.value][0]
    if part <= p.of(size) * total:
        return p.of(size), name
    crisis = p.crisis_midsize if size is Size.MIDSIZE else p.crisis_small if size is not Size.LARGE else None
    if (
        crisis is not None
        and part <= crisis * total
        and matter.declares("crisis_region")
        and matter.ask("crisis_region", since=f"{since}: {name} {p.of(size)}% 초과, 산업위기지역이면 {crisis}%까지")
    ):
        return crisis, f"산업위기지역 {name}"
    if size is not Size.MIDSIZE or part > p.midsize_like_small_open * total:
        return None
    if not _like_small(matter, p.small_revenue):
        return None
    low = f"3개년 평균매출액(근사) {won.shown(_mean(matter))} < {won.shown(p.small_revenue)}인 중견기업"
    if part <= p.midsize_like_small * total:
        return p.midsize_like_small, f"{low}: 중소기업 수준"
    raise Unknown(
        Need(
            words_ko=f"{since} = {share.shown_against(share.of(government, total), p.midsize_like_small)}. {low}의 "
            f"한시 기준이 {p.midsize_like_small}%인지 {p.midsize_like_small_open}%인지 담당자가 정해야 함(읽기 3)",
            words_en="staff decide which special limit holds for a mid-size company with low revenue (reading 3)",
        )
    )


def _mean(matter: Matter[Shares]) -> int:
    years = matter.call.fiscal_years
    return sum(matter.facts.won("fs.revenue", matter.key, year) for year in years) // len(years)


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


def _known(sizes: tuple[Size, ...], name: str) -> str:
    """Whose limit it is; where the size is not known, that it would be the same for all."""
    return name if len(sizes) == 1 else f"기업 규모를 확인하지 못하였으나 어느 규모여도 같음: {name}"


def _size_need() -> Need:
    return Need(words_ko="기업 규모(계획서의 기관 유형)", words_en="the company's size (plan)")


@check(CashShares, organisation=True)
def cash_share(matter: Matter[CashShares]) -> Answer:
    """Cash in the own contribution at or above the floor."""
    cash, in_kind = matter.facts.won("budget.cash", matter.key), matter.facts.won("budget.in_kind", matter.key)
    own = cash + in_kind
    if own == 0:
        return not_applicable("기관부담연구개발비가 0원임", "There is no own contribution.")
    ratio, words = share.of(cash, own), f"{won.shown(cash)} ÷ ({won.shown(cash)} + {won.shown(in_kind)})"
    sizes = _sizes(matter)
    enough = [_cash_enough(matter, size, cash, own) for size in sizes]
    floors = [(matter.params.of(size), SIZES[size.value][0]) for size in sizes]
    if all(enough):
        floor, name = max(floors)
        shown = f"{words} = {share.shown_against(ratio, floor)} ≥ {floor}% ({_known(sizes, name)})"
        if Decimal(cash * 100) < floor * own:
            low = f"평균매출액 {won.shown(matter.params.small_revenue)} 미만 중견기업: 중소기업 수준"
            shown = f"{words} = {share.shown(ratio)} ≥ {matter.params.midsize_like_small}% ({low})"
        return passed(f"현금부담 비율 {shown}", f"Cash share {shown}.")
    if any(enough):
        raise Unknown(_size_need())
    floor, name = min(floors)
    shown = f"{words} = {share.shown_against(ratio, floor)} < {floor}% ({_known(sizes, name)})"
    form = matter.form(Kind.NEW_HIRE_CONFIRMATION)
    if sizes != (Size.LARGE,) and (papers := matter.files(Kind.NEW_HIRE_CONFIRMATION, matter.key)):
        return undetermined(
            f"현금부담 비율 {shown}. 청년 신규채용 인건비로 현금을 대체하였는지 {form}에서 채용인력의 나이와 "
            "해당연도 인건비를 확인해야 함",
            f"Cash share {shown}; see in the new-hire form whether young new hires' pay replaces cash.",
            files=tuple(file.name for file in papers),
        )
    youth = "" if sizes == (Size.LARGE,) else f" 청년 신규채용으로 대체하는 것이라면 {form}을 내 주십시오."
    return failed(
        f"현금부담 비율 {shown}. 현금 부담을 늘려 주십시오.{youth}",
        f"Cash share {shown}. Raise the cash or hand in the new-hire form.",
    )


def _cash_enough(matter: Matter[CashShares], size: Size, cash: int, own: int) -> bool:
    p = matter.params
    if Decimal(cash * 100) >= p.of(size) * own:
        return True
    if size is Size.MIDSIZE and Decimal(cash * 100) >= p.midsize_like_small * own:
        return _like_small(matter, p.small_revenue)
    return False
