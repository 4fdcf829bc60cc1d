"""Participants and budgets of both organisations, within every rule of the call (공고 3, 4-3) until a fault comes.

All money is in won and a multiple of 1,000, because the plan prints 천원.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from jeopsu.domain.base import Record
from jeopsu.samples.companies import Company, invent_date, invent_name

K = 1000
_LEAD_TITLES = ("이사", "부장", "차장", "과장", "선임연구원", "대리")
_DEPARTMENTS = {
    "lead": ("생산혁신팀", "기술연구소", "품질보증팀", "설비보전팀"),
    "partner": ("솔루션사업부", "AI연구소", "플랫폼개발팀"),
}


class Person(Record):
    """참여연구자. `rate` is the 인건비계상률 in this project, in percent."""

    name: str
    birth: date
    organisation: str  # "lead" | "partner"
    role: str
    title: str
    department: str
    joined: date
    rate: int | Decimal
    other_rate: int | Decimal
    projects: int  # with this one
    projects_as_lead: int
    new_hire: bool
    personnel_cash: int
    personnel_in_kind: int

    @property
    def rate_total(self) -> int | Decimal:
        return self.rate + self.other_rate


class Budget(Record):
    """One organisation's 연구개발비 in won. `activity` includes `outsourcing`."""

    organisation: str
    government: int
    cash: int
    in_kind: int
    personnel_cash: int
    personnel_in_kind: int
    equipment: int
    materials: int
    activity: int
    outsourcing: int
    research_allowance: int
    indirect: int

    @property
    def total(self) -> int:
        return self.government + self.cash + self.in_kind

    @property
    def items(self) -> int:
        """The sum of the cost items; equals `total` unless a fault was planted."""
        own = self.personnel_cash + self.personnel_in_kind + self.equipment + self.materials
        return own + self.activity + self.research_allowance + self.indirect


def make_people(rng: Random, company: Company, taken: set[str]) -> tuple[Person, ...]:
    """The responsible person first; one new hire last."""
    lead = company.key == "lead"
    count = rng.randint(5, 6) if lead else rng.randint(4, 5)
    people = []
    for i in range(count):
        head, new = i == 0, i == count - 1
        rate = rng.choice((20, 25, 30)) if head else rng.choice((20, 30, 40, 50))
        pay = rng.randrange(62_000, 90_000, 1_200) if head else rng.randrange(36_000, 60_000, 1_200)  # 천원 a year
        # eight months of pay at this rate, to a multiple of 10 천원 so that a tenth of the sum is whole
        cost = pay * 8 * rate // 1200 // 10 * 10 * K
        others = 0 if new else rng.randint(0, 2)
        birth = (
            invent_date(rng, date(1994, 1, 1), date(1999, 12, 31))
            if new
            else invent_date(rng, date(1969, 1, 1), date(1993, 12, 31))
        )
        people.append(
            Person(
                name=invent_name(rng, taken),
                birth=birth,
                organisation=company.key,
                role=("연구책임자" if lead else "공동연구책임자") if head else "참여연구자",
                title=_LEAD_TITLES[i] if i < len(_LEAD_TITLES) else "사원",
                department=rng.choice(_DEPARTMENTS[company.key]),
                joined=invent_date(rng, date(2022, 9, 5), date(2023, 2, 28))
                if new
                else invent_date(rng, max(company.founded, date(birth.year + 25, 1, 1)), date(2020, 12, 31)),
                rate=rate,
                other_rate=others * rng.choice((10, 20)),
                projects=others + 1,
                projects_as_lead=min(others, rng.randint(0, 1)) + (head and lead),
                new_hire=new,
                personnel_cash=cost if new else 0,
                personnel_in_kind=0 if new else cost,
            )
        )
    return tuple(people)


def make_budget(rng: Random, company: Company, people: tuple[Person, ...]) -> Budget:
    """A budget inside the shares of 2023: government ≤ 65 % (mid-size) or 80 % (small), cash ≥ 10 % of own."""
    lead = company.key == "lead"
    cash_pay = sum(p.personnel_cash for p in people)
    kind_pay = sum(p.personnel_in_kind for p in people)
    allowance = (cash_pay + kind_pay) // 10
    cash = kind_pay * rng.randint(16, 24) // 84 // K * K
    own = cash + kind_pay
    share = rng.randint(56, 63) if lead else rng.randint(60, 74)
    government = min(own * share // (100 - share), 112_000_000 if lead else 84_000_000) // K * K
    total = government + own
    rest = total - cash_pay - kind_pay - allowance
    indirect = total * rng.randint(4, 7) // 100 // K * K
    equipment = rest * rng.randint(22, 34) // 100 // K * K if lead else 0
    materials = rest * rng.randint(10, 20) // 100 // K * K if lead else 0
    activity = rest - indirect - equipment - materials
    outsourcing = min(activity * 6 // 10, 29_000_000) // K * K if lead else 0
    return Budget(
        organisation=company.key,
        government=government,
        cash=cash,
        in_kind=kind_pay,
        personnel_cash=cash_pay,
        personnel_in_kind=kind_pay,
        equipment=equipment,
        materials=materials,
        activity=activity,
        outsourcing=outsourcing,
        research_allowance=allowance,
        indirect=indirect,
    )
