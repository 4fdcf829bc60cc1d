"""What a proposal says, as plain facts. Money in won; the organisations' shares are of the whole budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

KST = timezone(timedelta(hours=9))
OPENS = datetime(2023, 3, 15, 9, tzinfo=KST)
CLOSES = datetime(2023, 4, 25, 18, tzinfo=KST)
CLOSING_DAY = CLOSES.date()
YEARS = (2020, 2021, 2022)
P, F, U, N = "pass", "fail", "undetermined", "not_applicable"
Outcomes = frozenset[str]
K, M, EOK = 1_000, 1_000_000, 100_000_000


def one(outcome: str, *more: str) -> Outcomes:
    """The outcome that is right, or all of several that are."""
    return frozenset((outcome, *more))


def of(holds: bool) -> Outcomes:
    return one(P if holds else F)


@dataclass(frozen=True)
class Year:
    """One fiscal year. `opinion`: unqualified, qualified, adverse, disclaimer; None: no auditor's report."""

    current_assets: int = 300 * M
    current_liabilities: int = 200 * M
    liabilities: int = 600 * M
    equity: int = 400 * M
    revenue: int = 900 * M
    operating_income: int = 50 * M
    interest_expense: int = 10 * M
    rnd_expense: int | None = None
    opinion: str | None = None
    estimated: bool = False

    @property
    def assets(self) -> int:
        return self.liabilities + self.equity


@dataclass(frozen=True)
class Person:
    """A participant. `projects` and `as_lead` count this one."""

    name: str
    role: str = "참여연구자"  # 연구책임자, 공동연구책임자
    rate: str = "30"
    rate_total: str = "60"
    projects: int = 2
    as_lead: int = 0
    new_hire: bool = False
    pay_in_cash: int = 0  # where the plan prints it: a new hire's, or everybody's
    signed: bool = True
    in_rates: bool = True
    in_consent: bool = True


@dataclass(frozen=True)
class Certificate:
    """중견기업 확인서."""

    first: date = date(2023, 4, 1)
    last: date = date(2024, 3, 31)
    own: bool = True  # this company's; else another's


@dataclass(frozen=True)
class Company:
    """One organisation: what its papers say, and what staff have looked up under the call's names for it."""

    key: str
    size: str
    people: tuple[Person, ...]
    government: int = 65 * M
    cash: int = 10 * M
    in_kind: int = 25 * M
    total: int | None = None  # as printed, where it is not the sum
    personnel_cash: int = 20 * M
    pay_table: bool = False  # the plan prints everybody's pay
    personnel_in_kind: int = 20 * M
    equipment: int = 0
    materials: int = 0
    outsourcing: int = 0  # within the activities
    described: bool | None = None  # the plan describes the outsourcing
    allowance: int = 4 * M
    indirect: int = 6 * M
    activity: int | None = None  # what is left, unless given
    years: Mapping[int, Year] = field(default_factory=lambda: {y: Year() for y in YEARS})
    audited: bool = False
    unfiled: frozenset[int] = frozenset()  # years that only the next one's statement shows
    declared_projects: int | None = None  # of the ministry, as lead, by its own declaration
    opened: date | None = date(2001, 2, 3)
    registry_issued: date = date(2023, 4, 1)
    certificate: Certificate | None = None
    admits: str = ""  # a rule whose ground it declares to be 해당
    certified: str | None = None  # whose employment certificate it gives, where it is not the responsible person's
    employer: str | None = None  # who employs the responsible person, where it is not this company
    lacks: tuple[str, ...] = ()  # "10", "13 registry": papers that it does not give
    staff: Mapping[str, str | int | bool] = field(default_factory=dict)

    @property
    def own(self) -> int:
        return self.cash + self.in_kind

    @property
    def whole(self) -> int:
        return self.government + self.own if self.total is None else self.total

    @property
    def personnel(self) -> int:
        return self.personnel_cash + self.personnel_in_kind

    @property
    def items_but_activity(self) -> int:
        return self.personnel + self.equipment + self.materials + self.allowance + self.indirect

    @property
    def activities(self) -> int:
        return self.whole - self.items_but_activity if self.activity is None else self.activity

    @property
    def hired_pay(self) -> int:
        return sum(p.pay_in_cash for p in self.people if p.new_hire)

    @property
    def new_hires(self) -> bool:
        return any(p.new_hire for p in self.people)


@dataclass(frozen=True)
class Proposal:
    companies: tuple[Company, ...]
    received: datetime | None = datetime(2023, 4, 20, 10, tzinfo=KST)
    start: date = date(2023, 5, 1)
    end: date = date(2023, 12, 31)
    lacks: tuple[int, ...] = ()  # documents of the project that are not there
    staff: Mapping[str, bool] = field(default_factory=dict)

    def company(self, key: str) -> Company:
        return next(c for c in self.companies if c.key == key)


def years_after(day: date, years: int) -> date:
    """민법 제160조: the day that answers to it, or the month's last where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
