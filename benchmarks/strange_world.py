"""An invented proposal for `strange_plans`: organisations, their years and budgets, people, the hand that writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

Row = list[str]  # "<" is merged with the cell to its left, "^" with the one above
Part = str | list[Row]
_STEMS = ("한울", "다온", "가온누리", "세림", "미래", "동방", "해솔", "누리", "태성", "한빛", "우진", "대륙", "청마")
_TAILS = ("정밀", "소프트", "테크", "산업", "시스템즈", "에이아이", "전자", "하이텍", "이엔지", "정공")
_FAMILY, _GIVEN = "김이박최정강조윤장임한오서신권황안송류전홍", "가나다라민서준우지현수영진호연경태성은희"
ITEMS = ("personnel_cash", "personnel_in_kind", "equipment", "materials", "activity", "research_allowance", "indirect")
SOURCES = ("government", "cash", "in_kind")
UNITS = {"원": 1, "천원": 1_000, "만원": 10_000, "백만원": 1_000_000}


@dataclass(frozen=True)
class Organisation:
    key: str
    name: str
    business_number: str
    corporate_number: str
    representative: str
    size: str
    years: tuple[dict[str, int], ...]  # won, of each year: sources, items, outsourcing (a part of activity)

    def won(self, name: str, year: int | None = None) -> int:
        chosen = self.years if year is None else self.years[year : year + 1]
        names = SOURCES if name == "total" else (name,)
        return sum(one[n] for one in chosen for n in names)


@dataclass(frozen=True)
class Person:
    name: str
    organisation: Organisation
    role: str
    rate: int
    new_hire: bool
    cash: int
    in_kind: int


@dataclass(frozen=True)
class Plan:
    title: str
    start: date
    end: date
    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    security: str


@dataclass
class Hand:
    """How one applicant writes."""

    chance: Random
    unit: str
    place: str  # where the unit is named: "above", "cell", "head", "figure", "" (nowhere)
    figure: str  # "commas", "plain", "blanks", "wide", "tail"
    zero: str
    who: str = "name"  # "name", "role", "both"

    def pick(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def won(self, amount: int) -> str:
        if amount == 0:
            return self.zero
        number = f"{amount // UNITS[self.unit]:,}"
        if amount % UNITS[self.unit]:
            number = f"{Decimal(amount) / UNITS[self.unit]:,}"
        made = {
            "commas": number, "plain": number.replace(",", ""), "blanks": number.replace(",", ", "),
            "wide": "".join(chr(ord(c) + 0xFEE0) if c.isdigit() or c == "," else c for c in number),
            "tail": f" {number} ",
        }[self.figure]  # fmt: skip
        return made + self.unit if self.place == "figure" else made

    def head(self, words: str) -> str:
        return f"{words}({self.unit})" if self.place == "head" else words

    def called(self, one: Organisation, others: int) -> str:
        number = int(one.key.removeprefix("partner") or 1) if one.key != "lead" else 0
        role = "주관" if number == 0 else "공동" if others == 1 else f"공동{number}"
        long = role.replace("공동", "공동연구개발기관").replace("주관", "주관연구개발기관")
        if self.who == "role":
            return self.chance.choice((role, long)) if others == 1 else long
        return f"{one.name}({role})" if self.who == "both" else one.name


# --- the proposal -----------------------------------------------------------------------------------------------------


def make_plan(chance: Random, step: int) -> Plan:
    years = 2 if chance.random() < 0.35 else 1
    taken: set[str] = set()
    keys = ["lead", "partner", "partner2"][: 3 if chance.random() < 0.3 else 2]
    stems = chance.sample(_STEMS, len(keys))
    if chance.random() < 0.25:  # one name within the other
        stems[1] = stems[0]
    organisations = []
    for number, key in enumerate(keys):
        tail = chance.choice([t for t in _TAILS if stems[number] + t not in taken])
        taken.add(stems[number] + tail)
        legal = chance.choice(("주식회사 {}", "{} 주식회사", "㈜{}", "(주){}", "{}(주)"))
        organisations.append(
            Organisation(
                key, legal.format(stems[number] + tail), _digits(chance, 10), _digits(chance, 13), _name(chance, taken),
                "midsize" if number == 0 else chance.choice(("small", "small", "large")),
                tuple(_budget(chance, step) for _ in range(years)),
            )
        )  # fmt: skip
    people = []
    for one in organisations:
        for number in range(chance.randint(2, 4)):
            role = ("연구책임자" if one.key == "lead" else "공동연구책임자") if number == 0 else "참여연구자"
            cash, in_kind = (chance.randrange(5, 40) * step for _ in range(2))
            people.append(
                Person(
                    _name(chance, taken), one, role, chance.choice((10, 15, 20, 25, 30, 40, 50, 100)),
                    number > 0 and chance.random() < 0.3, cash, in_kind,
                )
            )  # fmt: skip
    title = chance.choice(
        ("공정 이상을 미리 아는 지능형 관제 실증", "비전 검사 자동화 솔루션 도입", "디지털 트윈 기반 설비 관리")
    )
    end = date(2023, 12, 31) if years == 1 else date(2024, 12, 31)
    return Plan(
        title, date(2023, 5, 1), end, tuple(organisations), tuple(people), chance.choice(("general", "security"))
    )


def _digits(chance: Random, count: int) -> str:
    return str(chance.randrange(1, 10)) + "".join(str(chance.randrange(10)) for _ in range(count - 1))


def _name(chance: Random, taken: set[str]) -> str:
    while True:
        name = chance.choice(_FAMILY) + "".join(chance.sample(_GIVEN, 2))
        if name not in taken:
            taken.add(name)
            return name


def _budget(chance: Random, step: int) -> dict[str, int]:
    made = {name: chance.randrange(8, 90) * step for name in ITEMS}
    if chance.random() < 0.4:
        made[chance.choice(("equipment", "materials", "personnel_in_kind"))] = 0
    made["outsourcing"] = chance.choice((0, made["activity"] // 2 // step * step))
    whole = sum(made[name] for name in ITEMS)
    cash = chance.randrange(1, 8) * step
    made |= {"in_kind": made["personnel_in_kind"], "cash": cash}
    made["government"] = whole - cash - made["in_kind"]
    return made
