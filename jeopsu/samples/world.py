"""One invented proposal: what all its papers agree on, and the taste (layout, wording) they are printed with."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from random import Random

from jeopsu.domain.base import Record
from jeopsu.samples.accounts import YearAccounts, make_accounts
from jeopsu.samples.budgets import Budget, Person, make_budget, make_people
from jeopsu.samples.companies import Company, invent_date, make_companies

KST = timezone(timedelta(hours=9))
CLOSES = datetime(2023, 4, 25, 18, tzinfo=KST)
FISCAL_YEARS = (2020, 2021, 2022)
_GOALS = ("품질 예측", "설비 이상 감지", "에너지 사용 최적화", "생산계획 자동화")
_TOOLS = ("스마트비전 S", "팩토리렌즈", "옵티플로우 3", "데이터온실")


class Taste(Record):
    """How this proposal's papers look; drawn from the seed so that samples differ from one another."""

    unit: int  # won per printed unit of the lead's statements
    k_ifrs: bool
    partner_paper: str  # "closing" (확인원) | "standard" (표준재무제표증명)
    ruled: str  # "ruled" | "half" | "open"
    two_columns: bool  # inner and outer amount column
    notes: bool
    negative: str  # "△", "()" or "-"
    spaced: bool  # labels with letters apart
    box: tuple[str, str]  # an empty and a marked check box
    date_style: int
    header: int
    sans: bool
    joint_letter: bool  # document 9 on one sheet
    grade: str = "일반"


class World(Record):
    """The proposal."""

    seed: int
    title: str
    goal: str
    solution: str
    start: date
    end: date
    receipt: str
    signed: date
    submitted: datetime
    lead: Company
    partner: Company
    people: tuple[Person, ...]
    budgets: tuple[Budget, Budget]
    accounts: dict[str, tuple[YearAccounts, ...]]
    taste: Taste
    third: tuple[Company, Budget] | None = None  # a second partner: in the plan, and with papers where it has accounts
    unsigned: tuple[str, ...] = ()  # people without a sign in document 10, accountants without a seal in 14
    registry_issued: dict[str, date] = {}  # where it is not drawn
    opinions: dict[int, str] = {}  # the lead's auditor, by year: "한정", "부적정", "의견거절"; else 적정
    estimated: tuple[str, ...] = ()  # whose last year is not closed yet: 추정재무제표
    motie_projects: dict[str, int] = {}  # declared in document 8, with whether an audit is due
    admitted: dict[str, tuple[int, ...]] = {}  # items of document 8 that are marked 해당
    employers: dict[str, str] = {}  # who employs the responsible person, where it is somebody else
    left: dict[str, date] = {}  # the day on which the responsible person's employment ended
    refused: tuple[int, ...] = ()  # documents (7, 10) on which every consent is refused
    midsize_valid: tuple[date, date] = (date(2023, 4, 1), date(2024, 3, 31))

    def company(self, key: str) -> Company:
        return next(company for company, _ in self.parties if company.key == key)

    @property
    def handing_in(self) -> tuple[Company, ...]:
        """Everyone who hands in papers of its own."""
        return tuple(company for company, _ in self.parties if company.key in self.accounts)

    @property
    def parties(self) -> tuple[tuple[Company, Budget], ...]:
        """Everyone in the plan, with its budget."""
        both = ((self.lead, self.budgets[0]), (self.partner, self.budgets[1]))
        return (*both, self.third) if self.third else both

    def budget(self, key: str) -> Budget:
        return next(budget for company, budget in self.parties if company.key == key)

    def people_of(self, key: str) -> tuple[Person, ...]:
        return tuple(p for p in self.people if p.organisation == key)

    def rng(self, *what: object) -> Random:
        """A stream of chance of its own for each paper, so that making one file alone gives the same file."""
        return Random(f"{self.seed}/{'/'.join(map(str, what))}")


def make_world(seed: int, scenario: str = "good", **taste_changes: object) -> World:
    """The proposal of a seed. Scenarios: good, faulty, debt, late (see `faults`, which plants the rest of `faulty`).

    `taste_changes` override fields of `Taste` before anything is drawn that depends on them.
    """
    rng = Random(seed)
    taken: set[str] = set()
    lead, partner = make_companies(rng, taken)
    people = make_people(rng, lead, taken) + make_people(rng, partner, taken)
    budgets = (
        make_budget(rng, lead, people[: sum(p.organisation == "lead" for p in people)]),
        make_budget(rng, partner, tuple(p for p in people if p.organisation == "partner")),
    )
    taste = Taste(
        unit=(1000, 1, 1_000_000)[seed % 3],
        k_ifrs=seed % 2 == 0,
        partner_paper="standard" if seed % 4 in (2, 3) else "closing",
        ruled=rng.choice(("ruled", "half", "open")),
        two_columns=seed % 5 in (1, 3),
        notes=rng.random() < 0.7,
        negative=rng.choice(("△", "()", "()", "-")),
        spaced=rng.random() < 0.6,
        box=rng.choice((("□", "■"), ("☐", "☑"), ("□", "☑"))),
        date_style=rng.randrange(3),
        header=rng.randrange(3),
        sans=rng.random() < 0.5,
        joint_letter=rng.random() < 0.5,
    )
    taste = Taste.model_validate(taste.model_dump() | taste_changes)
    goal, solution = rng.choice(_GOALS), rng.choice(_TOOLS)
    signed = invent_date(rng, date(2023, 4, 10), date(2023, 4, 18))
    submitted = datetime(
        2023, 4, rng.randint(20, 24), rng.randint(9, 17), rng.randint(0, 59), rng.randint(0, 59), tzinfo=KST
    )
    if scenario == "late":
        submitted = datetime(2023, 4, 25, 18, rng.randint(3, 40), rng.randint(0, 59), tzinfo=KST)
    return World(
        seed=seed,
        title=f"{lead.item} 제조공정 {goal} 솔루션({solution}) 도입 및 실증",
        goal=goal,
        solution=solution,
        start=date(2023, 5, 1),
        end=date(2023, 12, 31),
        receipt=f"P{rng.randint(100000, 999999):06d}-2023",
        signed=signed,
        submitted=submitted,
        lead=lead,
        partner=partner,
        people=people,
        budgets=budgets,
        accounts={
            "lead": make_accounts(
                rng,
                unit=taste.unit,
                revenue=rng.randrange(320_000_000_000, 560_000_000_000, 1_000_000),
                capital_stock=lead.capital_stock,
                debt_ratio=5.8 if scenario == "debt" else rng.uniform(0.7, 1.9),
            ),
            "partner": make_accounts(
                rng,
                unit=1,
                revenue=rng.randrange(3_200_000_000, 9_800_000_000),
                capital_stock=partner.capital_stock,
                debt_ratio=rng.uniform(0.6, 1.6),
            ),
        },
        taste=taste,
    )
