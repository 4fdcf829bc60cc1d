"""Answers for the ministry's blank plan form (연구개발계획서, 145 tables), and what a reader must find in it then.

The form itself is no part of this project. Where its cells are is known here by position, on purpose: the plan reader
knows labels only. Variants stand for habits of applicants (years, blanks, leftovers, how a role or a rate is written).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.hwp_records import Place
from jeopsu.domain.values import company_name
from jeopsu.samples.budgets import Budget, Person
from jeopsu.samples.companies import Company
from jeopsu.samples.world import World

K = 1000
Truth = dict[tuple[str, str | int | None], object]
_COVER, _SUMMARY, _HIRES, _PEOPLE, _COMPANIES, _SOURCES, _ALL, _PROGRAMME = 0, 2, 32, 70, 80, 86, 88, 123
_ITEMS = {"lead": 90, "partner": 98}
_PAY = {"lead": 94, "partner": 102}
_OUTSOURCED, _EQUIPMENT, _MATERIALS = 110, 106, 108
_SOURCE_ROWS = {1: {"lead": 4, "partner": 6}, 2: {"lead": 12, "partner": 13}}
_SIZES = {"midsize": "중견기업", "small": "중소기업", "midsize_candidate": "중견기업 후보기업", "large": "대기업"}


@dataclass(frozen=True)
class Habit:
    """How one applicant fills the form in."""

    years: int = 1
    zero: str = ""  # what stands where nothing is spent
    percent: bool = True  # "30%" or "30" under the rate
    nation: str = "\n(한국)"
    role: str = "\n({})"  # behind the organisation's name
    sums: bool = True  # whether 소계 and 총계 are filled in
    leftovers: bool = False  # the form's examples stay where they stand
    short_dates: bool = False
    star: str = ""  # between names and roles

    def day(self, text: str) -> str:
        return text.replace("-", ".") if self.short_dates else text.replace("-", ". ")


HABITS = {
    "one year": Habit(),
    "zeros": Habit(zero="0", percent=False, nation="", role="({})"),
    "dashes": Habit(zero="-", role=" ({})", short_dates=True),
    "two years": Habit(years=2),
    "two years, no sums": Habit(years=2, sums=False, zero="0"),
    "examples left": Habit(leftovers=True, nation="(한국)"),
}


@dataclass
class Filled:
    answers: dict[Place, str] = field(default_factory=dict)
    truth: Truth = field(default_factory=dict)


def people_of(world: World) -> tuple[Person, ...]:
    """As many as the form has rows for: three of each organisation, the newly hired among them."""
    chosen = []
    for key in ("lead", "partner"):
        own = world.people_of(key)
        chosen += [*own[:2], own[-1]]
    return tuple(chosen)


def fill(world: World, habit: Habit) -> Filled:
    """The answers of a world's proposal; money in won in the truth, in 천원 on the form."""
    made = Filled()
    _cover(world, habit, made)
    _companies(world, habit, made)
    _people(world, habit, made)
    _sources(world, habit, made)
    for key in ("lead", "partner"):
        _items(world.budget(key), habit, made, _ITEMS[key])
        _pay(world, key, habit, made)
    _details(world, habit, made)
    if not habit.leftovers:
        _clear(made)
    return made


def shares(won: int, years: int) -> list[int]:
    """An amount over the years, in whole 천원."""
    if years == 1:
        return [won]
    first = won * 6 // 10 // K * K
    return [first, won - first]


def shown(won: int, habit: Habit) -> str:
    return f"{won // K:,}" if won else habit.zero


def _cover(world: World, habit: Habit, made: Filled) -> None:
    lead, partner, head = world.lead, world.partner, world.people[0]
    start, end = habit.day(str(world.start)), habit.day(str(world.end))
    period = f"{start} - {end} (0년 8개월)"
    secret = "일반[ √ ] 보안[  ]"
    words = {
        (1, 24): secret, (12, 10): world.title, (13, 10): "Introduction and Demonstration of a Solution",
        (10, 10): "", (14, 10): lead.name, (14, 26): _dashed(lead.business_number, 3, 2),
        (15, 10): f"(우)06236 {lead.address}", (15, 26): _dashed(lead.corporate_number, 6), (16, 26): _SIZES[lead.size],
        (17, 13): head.name, (17, 26): head.title, (18, 13): "02-555-0101", (20, 13): period, (21, 13): period,
        (39, 5): partner.name, (39, 10): next(p for p in world.people if p.organisation == "partner").name,
        (39, 25): "공동", (39, 28): _SIZES[partner.size], (40, 25): "", (45, 12): world.people[1].name,
    }  # fmt: skip
    made.answers |= {(_COVER, *place): text for place, text in words.items()}
    whole = [getattr(world.budgets[0], n) + getattr(world.budgets[1], n) for n in ("government", "cash", "in_kind")]
    for row, parts in _rows([shares(won, habit.years) for won in whole], habit, (31, 32), 36):
        government, cash, in_kind = parts
        line = (government, cash, in_kind, 0, 0, government + cash, in_kind, government + cash + in_kind)
        for column, won in zip((4, 5, 7, 13, 16, 19, 23, 27), line, strict=True):
            made.answers[_COVER, row, column] = shown(won, habit)
    made.answers |= {(_SUMMARY, 6, 3): world.title, (_SUMMARY, 7, 3): period, (_PROGRAMME, 0, 1): world.title}
    made.truth["participant.role", 0] = "lead"
    made.truth |= {
        ("plan.title", None): world.title, ("plan.start", None): world.start, ("plan.end", None): world.end,
        ("plan.lead_researcher", None): head.name, ("plan.security_grade", None): "general",
    }  # fmt: skip


def _rows(parts: list[list[int]], habit: Habit, rows: tuple[int, ...], total: int) -> list[tuple[int, list[int]]]:
    lines = [(rows[year], [part[year] for part in parts]) for year in range(habit.years)]
    return [*lines, (total, [sum(part) for part in parts])] if habit.sums else lines


def _dashed(digits: str, *groups: int) -> str:
    parts, rest = [], digits
    for group in groups:
        parts.append(rest[:group])
        rest = rest[group:]
    return "-".join([*parts, rest])


def _companies(world: World, habit: Habit, made: Filled) -> None:
    for column, company in ((3, world.lead), (4, world.partner)):
        lines = (
            company.name, _dashed(company.business_number, 3, 2), _dashed(company.corporate_number, 6),
            f"{company.representative} / 대한민국", _SIZES[company.size], f"{company.representative}(한국)",
            habit.day(str(company.founded)), company.item, f"{company.employees}명",
        )  # fmt: skip
        made.answers |= {(_COMPANIES, row, column): text for row, text in enumerate(lines)}
        made.truth |= {
            ("org.name", company.key): company.name, ("org.business_number", company.key): company.business_number,
            ("org.corporate_number", company.key): company.corporate_number, ("org.size", company.key): company.size,
            ("org.representative", company.key): company.representative, ("org.role", company.key): company.key,
        }  # fmt: skip
    made.answers[_COMPANIES, 0, 5] = ""


def _named(company: Company, habit: Habit) -> str:
    return company.name + habit.role.format("주관" if company.key == "lead" else "공동")


def _people(world: World, habit: Habit, made: Filled) -> None:
    rows = (2, 3, 4, 6, 7, 8)
    people = people_of(world)
    # the form's example merges the organisation of the first two
    for index, (row, one) in enumerate(zip(rows, people, strict=True)):
        company = world.company(one.organisation)
        other = f"{one.other_rate}%" if one.other_rate else "-"
        line = {
            0: str(index + 1), 2: ("신규\n(청년기본)" if one.new_hire else "기존"), 3: one.name + habit.nation,
            4: one.title, 5: f"‘{one.birth:%y.%m.%d}\n(남)", 6: "학사", 7: "공학", 8: "‘10",
            9: "연구총괄" if index == 0 else "공정 분석", 10: "‘23.5~\n23.12", 11: f"{one.rate}{'%' * habit.percent}",
            12: other, 13: f"{one.rate_total}%", 14: f"{one.projects}\n({one.projects_as_lead}/{one.projects})",
        }  # fmt: skip
        if row != 3:
            line[1] = _named(company, habit)
        made.answers |= {(_PEOPLE, row, column): text for column, text in line.items()}
        if row == 4:  # two periods in the example; one is needed
            made.answers |= {(_PEOPLE, 5, column): "" for column in range(10, 15)}
        made.truth |= {
            ("participant.name", index): one.name,
            ("participant.organisation", index): company_name.plain(company.name),
            ("participant.rate", index): one.rate, ("participant.new_hire", index): one.new_hire,
        }  # fmt: skip


def _sources(world: World, habit: Habit, made: Filled) -> None:
    made.answers |= {(_SOURCES, row, column): "" for row in (8, 10) for column in (2, 3)}
    grand = [[0, 0, 0] for _ in range(habit.years)]
    for company in (world.lead, world.partner):
        budget = world.budget(company.key)
        parts = [shares(won, habit.years) for won in (budget.government, budget.cash, budget.in_kind)]
        for year in range(habit.years):
            row = _SOURCE_ROWS[year + 1][company.key]
            numbers = [part[year] for part in parts]
            grand[year] = [a + b for a, b in zip(grand[year], numbers, strict=True)]
            made.answers |= {(_SOURCES, row, 2): company.name, (_SOURCES, row, 3): _SIZES[company.size]}
            made.answers |= {(_SOURCES, row, c): text for c, text in _line(numbers, habit).items()}
            if year == 0:
                government, cash, in_kind = numbers
                own, total = cash + in_kind, sum(numbers)
                rates = (
                    (4, government, total, "A/E"),
                    (5, cash, own, "B/D"),
                    (6, in_kind, own, "C/D"),
                    (7, own, total, "D/E"),
                )
                made.answers |= {(_SOURCES, row + 1, c): f"{a * 100 / b:.1f}%\n({word})" for c, a, b, word in rates}
        key = company.key
        made.truth |= {
            ("budget.government", key): budget.government, ("budget.cash", key): budget.cash,
            ("budget.in_kind", key): budget.in_kind, ("budget.total", key): budget.total,
        }  # fmt: skip
    if habit.sums:
        whole = [sum(numbers) for numbers in zip(*grand, strict=True)]
        for row in (16, 20):
            made.answers |= {(_SOURCES, row, c): text for c, text in _line(whole, habit).items()}


def _line(numbers: list[int], habit: Habit) -> dict[int, str]:
    government, cash, in_kind = numbers
    line = (government, cash, in_kind, cash + in_kind, government + cash, in_kind, sum(numbers))
    return {column: shown(won, habit) for column, won in enumerate(line, 4)}


def _items(budget: Budget, habit: Habit, made: Filled, table: int) -> None:
    pay = budget.personnel_cash + budget.personnel_in_kind
    direct = pay + budget.equipment + budget.materials + budget.activity + budget.research_allowance
    rows = {
        2: budget.personnel_cash, 3: budget.personnel_in_kind, 4: 0, 5: 0, 6: pay, 7: 0, 8: 0, 9: pay, 10: pay,
        11: budget.equipment, 12: 0, 13: 0, 14: budget.materials, 15: 0, 16: budget.activity, 17: 0,
        18: budget.research_allowance, 20: 0, 21: 0, 22: direct, 23: budget.indirect, 25: direct + budget.indirect,
    }  # fmt: skip
    for row, won in rows.items():
        for year, part in enumerate(shares(won, habit.years)):
            made.answers[table, row, 4 + year] = shown(part, habit)
        made.answers[table, row, 10] = shown(won, habit)
    made.answers |= {(table, 19, c): "10.0%" for c in (4, 10)} | {(table, 24, c): "7.0%" for c in (4, 10)}
    key = budget.organisation
    made.truth |= {
        ("budget.personnel_cash", key): budget.personnel_cash,
        ("budget.personnel_in_kind", key): budget.personnel_in_kind,
        ("budget.equipment", key): budget.equipment, ("budget.materials", key): budget.materials,
        ("budget.research_allowance", key): budget.research_allowance, ("budget.indirect", key): budget.indirect,
        ("budget.activity", key): budget.activity,
    }  # fmt: skip


def _pay(world: World, key: str, habit: Habit, made: Filled) -> None:
    own = [p for p in people_of(world) if p.organisation == key]
    for row, one in zip((2, 3, 6), own, strict=True):
        cash, in_kind = one.personnel_cash, one.personnel_in_kind
        line = {
            1: one.name + habit.nation.replace("\n", ""), 2: one.title, 3: "내부",
            4: "신규(청년기본)" if one.new_hire else "기존", 5: "48,000", 6: "8", 7: str(one.rate),
            8: shown(cash, habit), 9: shown(in_kind, habit), 10: shown(cash + in_kind, habit),
        }  # fmt: skip
        made.answers |= {(_PAY[key], row, column): text for column, text in line.items()}
        index = people_of(world).index(one)
        if cash or habit.zero:
            made.truth["participant.personnel_cash", index] = cash
        if in_kind or habit.zero:
            made.truth["participant.personnel_in_kind", index] = in_kind
    made.answers |= {(_PAY[key], 9, column): "" for column in (1, 2, 3, 4)}


def _details(world: World, habit: Habit, made: Filled) -> None:
    lead = world.lead
    budget = world.budget("lead")
    made.answers |= {
        (_OUTSOURCED, 1, 0): lead.name, (_OUTSOURCED, 1, 1): "2023", (_OUTSOURCED, 1, 2): "현장 시험·분석",
        (_OUTSOURCED, 1, 3): "현장 실증 설비의 시험과 분석을 맡긴다", (_OUTSOURCED, 1, 4): "미정",
        (_OUTSOURCED, 1, 5): shown(budget.outsourcing, habit), (_OUTSOURCED, 2, 1): "",
        (_EQUIPMENT, 1, 0): lead.name, (_EQUIPMENT, 1, 1): "2023", (_EQUIPMENT, 1, 2): "엣지 서버",
        (_EQUIPMENT, 1, 6): shown(budget.equipment, habit), (_EQUIPMENT, 1, 7): "‘23년6월",
        (_EQUIPMENT, 1, 8): f"{lead.name} 공장", (_MATERIALS, 1, 0): lead.name, (_MATERIALS, 1, 1): "2023",
        (_MATERIALS, 1, 2): "센서 모듈", (_MATERIALS, 1, 5): shown(budget.materials, habit),
    }  # fmt: skip


def _clear(made: Filled) -> None:
    """What a careful applicant takes out: the examples of the list of new hires."""
    for row in range(1, 6):
        made.answers |= {(_HIRES, row, column): "" for column in range(1 if row in (2, 3, 4) else 0, 6)}
