"""Plans in the many layouts that applicants' forms have: the same proposal, its tables turned, split, merged, nested.

A layout is drawn from a seed: organisations across or down, sources and cost items down or across, totals first or
last, 원 or 천원, shares beside the amounts, empty cells, "-" or 해당없음 for nothing, lists that go on over the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from jeopsu.samples.budgets import Budget, Person
from jeopsu.samples.companies import Company
from jeopsu.samples.plan_hwp import Cell, table_block, text_block, written
from jeopsu.samples.world import World

Row = list[str]
Part = str | list[Row]  # a paragraph, or a table: "<" is merged with the cell to its left, "^" with the one above
_UNITS = {"원": 1, "천원": 1000}
_SIZES = {"midsize": ("중견기업", "중견"), "small": ("중소기업", "중소")}


@dataclass(frozen=True)
class Layout:
    """What a seed decides."""

    chance: Random
    unit: str
    unit_place: str  # "above" | "cell" | "label"
    zero: str
    roles_only: bool  # 주관, 공동 in place of the names in budgets
    people_apart: bool  # a table of participants for each organisation
    cut: bool  # the list of participants goes on in a second table
    shares: bool

    @classmethod
    def of(cls, seed: int) -> Layout:
        chance = Random(f"layout/{seed}")
        return cls(
            chance=chance,
            unit=chance.choice(("천원", "천원", "원")),
            unit_place=chance.choice(("above", "above", "cell", "label")),
            zero=chance.choice(("0", "0", "-", "", "해당없음")),
            roles_only=chance.random() < 0.3,
            people_apart=chance.random() < 0.35,
            cut=chance.random() < 0.3,
            shares=chance.random() < 0.3,
        )

    def won(self, amount: int) -> str:
        return f"{amount // _UNITS[self.unit]:,}" if amount else self.zero

    def label(self, words: str) -> str:
        return f"{words}({self.unit})" if self.unit_place == "label" else words

    def pick(self, *spellings: str) -> str:
        return self.chance.choice(spellings)


def varied_plan(world: World, seed: int) -> list[Part]:
    """Paragraphs and tables of a plan in the layout of a seed."""
    layout = Layout.of(seed)
    parts: list[Part] = ["연구개발계획서", _cover(world, layout)]
    parts += ["1. 연구개발기관 현황", _organisations(world, layout)]
    parts += ["2. 연구개발비 지원·부담 계획", *_noted(layout, _by_source(world, layout))]
    parts += ["3. 비목별 연구개발비 사용계획", *_by_item(world, layout)]
    parts += ["4. 참여연구자 현황", *_people(world, layout)]
    return parts


def varied_plan_hwp(world: World, seed: int) -> bytes:
    """The same as an HWP file."""
    blocks = []
    for part in varied_plan(world, seed):
        if isinstance(part, str):
            blocks.append(text_block(part))
        else:
            across = len(part[0])
            blocks.append(table_block(cells_of(part), [100 // across] * across))
    return written(blocks)


def cells_of(rows: list[Row]) -> tuple[Cell, ...]:
    """Cells with their spans: (row, column, rows down, columns across, words)."""
    cells = []
    for row, line in enumerate(rows):
        for column, words in enumerate(line):
            if words not in ("<", "^"):
                across = next((n for n in range(1, len(line) - column) if line[column + n] != "<"), len(line) - column)
                down = next((n for n in range(1, len(rows) - row) if rows[row + n][column] != "^"), len(rows) - row)
                cells.append((row, column, down, across, words))
    return tuple(cells)


def _noted(layout: Layout, table: list[Row]) -> list[Part]:
    note = layout.pick(f"(단위: {layout.unit})", f"(단위 : {layout.unit}, %)", f"[단위:{layout.unit}]")
    if layout.unit_place == "cell":
        return [[[note, *["<"] * (len(table[0]) - 1)], *table]]
    return [note, table] if layout.unit_place == "above" else [table]


def _cover(world: World, layout: Layout) -> list[Row]:
    lead, partner, head = world.lead, world.partner, world.people[0]
    period = layout.pick(
        f"{world.start:%Y. %m. %d.} ~ {world.end:%Y. %m. %d.} (8개월)",
        f"{world.start:%Y.%m.%d} - {world.end:%Y.%m.%d}(0년 8개월)",
        f"{world.start:%Y-%m-%d} ~ {world.end:%Y-%m-%d}",
        f"{world.start.year}년 {world.start.month}월 {world.start.day}일 ~ {world.end.year}년 {world.end.month}월 31일",
    )
    rows = [
        ["사업명", "디지털 혁신 중견기업 육성사업", "<", "<"],
        [layout.pick("연구개발과제명", "과 제 명", "연구개발\n과제명"), world.title, "<", "<"],
        [layout.pick("주관연구개발기관", "주관기관", "주관연구개발\n기관명"), lead.name, "대표자", lead.representative],
        [layout.pick("공동연구개발기관", "공동기관"), partner.name, "대표자", partner.representative],
        [layout.pick("연구책임자", "과제책임자", "총괄책임자"), head.name, "직위", head.title],
        [layout.pick("연구개발기간", "연구기간", "총 연구개발기간"), period, "<", "<"],
        ["보안등급", layout.pick("□ 보안  ■ 일반", "일반[√], 보안[ ]", "일반"), "<", "<"],
    ]
    return rows


def _dashed(digits: str, *cuts: int) -> str:
    parts = [digits[a:b] for a, b in zip((0, *cuts), (*cuts, None), strict=True)]
    return "-".join(parts)


def _organisations(world: World, layout: Layout) -> list[Row]:
    long = layout.chance.random() < 0.5

    def facts(company: Company) -> Row:
        nation = layout.chance.choice(("", "", " / 대한민국", "(한국)"))
        return [
            company.name,
            _dashed(company.business_number, 3, 5),
            _dashed(company.corporate_number, 6),
            company.representative + nation,
            _SIZES[company.size][0 if long else 1],
        ]

    heads = [
        layout.pick("기관명", "업체명", "연구개발기관명"),
        layout.pick("사업자등록번호", "사업자번호"),
        layout.pick("법인등록번호", "법인(주민)등록번호"),
        layout.pick("대표자", "대표자 성명", "대표자\n성명"),
        layout.pick("기업유형", "기관유형", "기업 규모"),
    ]
    table = [["구분", "주관연구개발기관", "공동연구개발기관"]]
    table += [list(row) for row in zip(heads, facts(world.lead), facts(world.partner), strict=True)]
    if layout.chance.random() < 0.5:
        table = [list(row) for row in zip(*table, strict=True)]
    return table


def _who(world: World, layout: Layout) -> Row:
    if layout.roles_only:
        return layout.chance.choice(
            (["주관", "공동"], ["주관연구개발기관", "공동연구개발기관"], ["주관기관", "공동기관"])
        )
    return [world.lead.name, world.partner.name]


def _by_source(world: World, layout: Layout) -> list[Row]:
    government = layout.label(layout.pick("정부지원연구개발비", "정부지원\n연구개발비", "정부출연금"))
    own = layout.pick("기관부담연구개발비", "기관부담\n연구개발비", "민간부담금")
    total = layout.label(layout.pick("총 연구개발비", "합계", "총사업비", "연구개발비 합계"))
    first = layout.chance.random() < 0.25
    who, budgets = _who(world, layout), world.budgets

    def figures(get: Callable[[Budget], int]) -> Row:
        both = [get(budget) for budget in budgets]
        return [layout.won(v) for v in (*both, sum(both))]

    lines = [
        ([government, "<"], figures(lambda b: b.government)),
        ([own, layout.label("현금")], figures(lambda b: b.cash)),
        (["^", layout.label("현물")], figures(lambda b: b.in_kind)),
    ]
    if layout.chance.random() < 0.4:
        lines.append((["^", "소계"], figures(lambda b: b.cash + b.in_kind)))
    whole = ([total, "<"], figures(lambda b: b.total))
    lines = [whole, *lines] if first else [*lines, whole]
    table = [["구분", "<", *who, "합계"], *([*labels, *values] for labels, values in lines)]
    if layout.chance.random() < 0.5:
        return _turned(table)
    if layout.shares:
        grand = sum(b.total for b in budgets)
        parts = {"government": 0, "cash": 1, "in_kind": 2}
        table[0].append("비율(%)")
        for row in table[1:]:
            share = next((n for n, at in parts.items() if row[2] == lines[at][1][0]), None)
            amount = sum(getattr(b, share) for b in budgets) if share else grand
            row.append(f"{amount * 100 / grand:.1f}")
    return table


def _turned(table: list[Row]) -> list[Row]:
    """Rows and columns exchanged; "<" and "^" with them."""
    swap = {"<": "^", "^": "<"}
    return [[swap.get(cell, cell) for cell in row] for row in zip(*table, strict=True)]


_ITEMS = (
    ("equipment", ("연구시설·장비비", "연구시설‧장비비", "시설장비비")),
    ("materials", ("연구재료비", "재료비")),
    ("activity", ("연구활동비",)),
    ("research_allowance", ("연구수당",)),
    ("indirect", ("간접비", "간접비(L)")),
)


def _by_item(world: World, layout: Layout) -> list[Part]:
    pay = layout.pick("인건비", "내부인건비")
    spelling = [(name, layout.pick(*words)) for name, words in _ITEMS]
    total = layout.pick("합계", "총 연구개발비", "연구개발비 총액")

    def lines(budget: Budget) -> list[tuple[Row, int]]:
        rows = [
            ([pay, layout.label("현금")], budget.personnel_cash),
            (["^", layout.label("현물")], budget.personnel_in_kind),
        ]
        rows += [([layout.label(words), "<"], getattr(budget, name)) for name, words in spelling]
        return [*rows, ([layout.label(total), "<"], budget.items)]

    if layout.chance.random() < 0.4:  # a table for each organisation
        parts: list[Part] = []
        for company, budget in zip((world.lead, world.partner), world.budgets, strict=True):
            role = "주관" if company.key == "lead" else "공동"
            parts.append(layout.pick(f"[{role}연구개발기관 : {company.name}]", f"({company.name})"))
            made = lines(budget)
            parts += _noted(layout, [["비목", "<", "금액"], *([*labels, layout.won(won)] for labels, won in made)])
        return parts
    if layout.chance.random() < 0.3:
        return _noted(layout, _cash_beside_kind(world, layout, spelling, pay, total))
    first, second = (lines(budget) for budget in world.budgets)
    table = [["비목", "<", *_who(world, layout), "합계"]]
    for (labels, a), (_, b) in zip(first, second, strict=True):
        table.append([*labels, *(layout.won(v) for v in (a, b, a + b))])
    return _noted(layout, _turned(table) if layout.chance.random() < 0.3 else table)


def _cash_beside_kind(world: World, layout: Layout, spelling: list[tuple[str, str]], pay: str, total: str) -> list[Row]:
    """Each organisation with a column for cash and one for what it brings in kind."""
    table = [["비목", *(cell for name in _who(world, layout) for cell in (name, "<", "<"))]]
    table.append(["^", *[layout.label("현금"), layout.label("현물"), layout.label("소계")] * 2])
    rows: list[tuple[str, list[tuple[int, int]]]] = [
        (pay, [(b.personnel_cash, b.personnel_in_kind) for b in world.budgets]),
        *((words, [(getattr(b, name), 0) for b in world.budgets]) for name, words in spelling),
        (total, [(b.items - b.personnel_in_kind, b.personnel_in_kind) for b in world.budgets]),
    ]
    for words, parts in rows:
        cells = [layout.won(v) for cash, kind in parts for v in (cash, kind, cash + kind)]
        table.append([words, *cells])
    return table


def _people(world: World, layout: Layout) -> list[Part]:
    percent = layout.chance.random() < 0.5
    yes, no = layout.chance.choice((("신규", "기존"), ("O", "X"), ("○", "-"), ("예", "아니오")))
    columns: list[tuple[str, Callable[[Person], str]]] = [
        (layout.pick("성명", "이름", "성명\n(국적)"), lambda p: p.name),
        (layout.pick("직위", "직급"), lambda p: p.title),
        (layout.pick("역할", "참여구분"), lambda p: p.role),
        (
            layout.pick("인건비계상률(%)", "참여율(%)", "본 과제\n인건비계상률\n(%)", "인건비\n계상률"),
            lambda p: f"{p.rate}{'%' * percent}",
        ),
        (
            layout.pick("신규채용", "신규채용 여부", "신규/기존" if yes == "신규" else "신규채용"),
            lambda p: yes if p.new_hire else no,
        ),
    ]
    more: list[tuple[str, Callable[[Person], str]]] = [
        ("생년월일", lambda p: f"{p.birth:%y.%m.%d}"),
        ("최종학위", lambda p: "학사"),
        ("타 과제\n인건비계상률(%)", lambda p: str(p.other_rate)),
        ("담당업무", lambda p: "공정 분석"),
        ("참여기간", lambda p: "23.05~23.12"),
    ]
    extra = layout.chance.sample(more, layout.chance.randint(0, 3))
    if not layout.people_apart:
        columns.insert(1, (layout.pick("소속", "소속기관", "기관명"), lambda p: world.company(p.organisation).name))
    columns = [columns[0], *layout.chance.sample([*columns[1:], *extra], len(columns) - 1 + len(extra))]

    def table(people: tuple[Person, ...]) -> list[Row]:
        head = ["번호", *(words for words, _ in columns)]
        return [head, *([str(n), *(get(p) for _, get in columns)] for n, p in enumerate(people, 1))]

    if layout.people_apart:
        parts: list[Part] = []
        for company in (world.lead, world.partner):
            parts += [f"가. {company.name} 참여연구자", table(world.people_of(company.key))]
        return parts
    whole = table(world.people)
    return [whole[:5], whole[5:]] if layout.cut else [whole]
