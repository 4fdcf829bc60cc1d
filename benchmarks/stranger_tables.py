"""A second family of strange plans: letters spaced out, groups over items, items crossed with sources or with years, a
fourth organisation that takes no part, pages that repeat their heads, rates by year, one table an organisation.
"""
# ruff: noqa: E501  (rows of tables: each Korean letter counts twice)

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.strange_tables import asides, noted, people, sources, turned
from benchmarks.strange_world import SOURCES, Hand, Organisation, Part, Person, Plan, Row, make_plan

_SIZES = {"midsize": ("중견기업", "중견"), "small": ("중소기업", "중소"), "large": ("대기업", "대기업")}


def spaced(hand: Hand, words: str) -> str:
    """기 관 명, or broken over two lines, as forms stretch short labels."""
    if len(words) <= 4 and hand.often(0.4):
        return " ".join(words)
    if len(words) >= 6 and hand.often(0.3):
        return f"{words[: len(words) // 2]}\n{words[len(words) // 2 :]}"
    return words


def short(one: Organisation) -> str:
    return one.name.replace("주식회사", "").replace("㈜", "").replace("(주)", "").strip()


def named(hand: Hand, one: Organisation) -> str:
    return hand.pick(one.name, short(one), f"㈜{short(one)}", f"{short(one)}\n(주)")


def cover(plan: Plan, hand: Hand) -> list[Row]:
    lead, partner = plan.organisations[:2]
    start, end = plan.start, plan.end
    head = next(p.name for p in plan.people if p.role == "연구책임자")
    other = next(p.name for p in plan.people if p.organisation is partner)
    mark = plan.security == "general"
    period = hand.pick(
        f"{start:%Y-%m-%d} ~ {end:%Y-%m-%d}",
        f"{start:%Y. %m. %d} - {end:%Y. %m. %d}( 년 8개월)",
        f"{start:%Y.%m.%d}~{end:%Y.%m.%d}",
    )
    rows = [
        [spaced(hand, "사업명"), "<", "디지털 혁신 중견기업 육성사업", "<", "<"],
        [spaced(hand, "연구개발과제명"), "국문", plan.title, "<", "<"],
        ["^", "영문", "Demonstration of a Solution", "<", "<"],
        [spaced(hand, "주관연구개발기관"), "기관명", lead.name, "사업자등록번호", dashed(lead.business_number, 3, 5)],
        ["^", "대표자", lead.representative, "법인등록번호", dashed(lead.corporate_number, 6)],
        [spaced(hand, "연구책임자"), spaced(hand, "성명"), head, "직위", "이사"],
        ["^", "전화", "02-555-0101", "전자우편", "a@b.kr"],
        ["공동연구개발기관", "기관명", partner.name, "책임자", other],
        ["연구개발기간", "전체", period, "<", "<"],
    ]  # fmt: skip
    if len(plan.organisations[0].years) > 1:
        rows += [
            ["^", "1차년도", "2023.05.01 ~ 2023.12.31", "<", "<"],
            ["^", "2차년도", "2024.01.01 ~ 2024.12.31", "<", "<"],
        ]
    rows.append(
        [
            "보안등급",
            "<",
            hand.pick(
                f"일반[{'√' if mark else ' '}], 보안[{' ' if mark else '√'}]",
                f"{'☑' if mark else '□'}일반 {'□' if mark else '☑'}보안",
            ),
            "<",
            "<",
        ]
    )
    return rows


def dashed(digits: str, *cuts: int) -> str:
    return "-".join(digits[a:b] for a, b in zip((0, *cuts), (*cuts, None), strict=True))


def companies(plan: Plan, hand: Hand) -> list[Part]:
    """A table of key and value for each organisation, or a list of them all with a stranger in it."""
    parts: list[Part] = []
    several = len(plan.organisations) > 2
    if hand.often(0.5):
        for number, one in enumerate(plan.organisations):
            role = "주관연구개발기관" if number == 0 else f"공동연구개발기관{number if several else ''}"
            parts += [f"({number + 1}) {role} 현황", [
                [role, one.name, "대표자", one.representative],
                ["사업자등록번호", dashed(one.business_number, 3, 5), "법인등록번호", dashed(one.corporate_number, 6)],
                ["기업유형", _SIZES[one.size][hand.chance.randrange(2)], "설립일", "2011.4.1"],
                ["주소", "경기도 화성시 1", "상시근로자수", "40"],
            ]]  # fmt: skip
        return parts
    table = [
        ["역할", spaced(hand, "기관명"), "사업자등록번호", "법인등록번호", spaced(hand, "대표자"), "기업유형", "비고"]
    ]
    for number, one in enumerate(plan.organisations):
        role = "주관" if number == 0 else f"공동{number if several else ''}"
        table.append(
            [
                role,
                one.name,
                dashed(one.business_number, 3, 5),
                dashed(one.corporate_number, 6),
                one.representative,
                _SIZES[one.size][0],
                "",
            ]
        )
    if hand.often(0.4):
        table.append(["수요처", "(주)큰손유통", "111-22-33333", "110111-0000001", "구매자", "중견기업", "구매의향"])
    return ["1-1. 연구개발기관", table]


def budget(plan: Plan, hand: Hand) -> list[Part]:
    """Items of each organisation, crossed with cash and in kind, with sources, or with years."""
    shape = hand.pick("kinds", "years", "groups")
    several = len(plan.organisations) > 2
    years = len(plan.organisations[0].years)
    if shape == "groups":
        lines: list[tuple[str, str, Callable[[Organisation], int]]] = [
            ("직접비", hand.pick("인건비(현금)", "인건비 현금"), lambda o: o.won("personnel_cash")),
            ("^", hand.pick("인건비(현물)", "인건비 현물"), lambda o: o.won("personnel_in_kind")),
            ("^", "연구시설·장비비", lambda o: o.won("equipment")), ("^", "연구재료비", lambda o: o.won("materials")),
            ("^", "연구활동비", lambda o: o.won("activity")), ("^", "연구수당", lambda o: o.won("research_allowance")),
            ("^", "소계", lambda o: o.won("total") - o.won("indirect")), ("간접비", "<", lambda o: o.won("indirect")),
            (hand.pick("연구개발비 총액", "합계"), "<", lambda o: o.won("total")),
        ]  # fmt: skip
        who = [named(hand, o) for o in plan.organisations]
        stranger = hand.often(0.3)
        table = [["비목", "<", *who, *(["한국시험원"] if stranger else []), "합계"]]
        for group, words, get in lines:
            figures = [get(o) for o in plan.organisations]
            extra = [hand.won(9_000_000)] if stranger else []
            table.append([group, words, *map(hand.won, figures), *extra, hand.won(sum(figures) + 9_000_000 * stranger)])
        if hand.often(0.3) and hand.place == "above":  # the head again on a second page
            note = f"(단위: {hand.unit})"
            rest = [["직접비" if row is table[5] else row[0], *row[1:]] for row in table[5:]]
            return [note, table[:5], "(계속)", note, [table[0], *rest]]
        return noted(hand, table)
    parts: list[Part] = []
    for number, one in enumerate(plan.organisations):
        role = "주관연구개발기관" if number == 0 else f"공동연구개발기관{number if several else ''}"
        parts.append(hand.pick(f"□ {role}", f"[{role}: {one.name}]", f"{number + 1}) {named(hand, one)}"))
        if shape == "kinds":
            rows = [["비목", "현금", "현물", "합계"]]
            rows.append(
                [
                    "인건비",
                    *map(
                        hand.won,
                        (
                            one.won("personnel_cash"),
                            one.won("personnel_in_kind"),
                            one.won("personnel_cash") + one.won("personnel_in_kind"),
                        ),
                    ),
                ]
            )
            for name, words in (
                ("equipment", "연구시설·장비비"),
                ("materials", "연구재료비"),
                ("activity", "연구활동비"),
                ("research_allowance", "연구수당"),
                ("indirect", "간접비"),
            ):
                rows.append([words, hand.won(one.won(name)), hand.zero, hand.won(one.won(name))])
            rows.append(
                [
                    "합계",
                    *map(
                        hand.won,
                        (
                            one.won("total") - one.won("personnel_in_kind"),
                            one.won("personnel_in_kind"),
                            one.won("total"),
                        ),
                    ),
                ]
            )
        else:
            heads = (
                [f"{n + 1}차년도\n({plan.start.year + n})" for n in range(years)]
                if years > 1
                else [hand.pick("금액", "당해연도")]
            )
            rows = [["구분", *heads, *(["총계"] if years > 1 else []), "산출근거"]]
            for words, name in (
                ("인건비 현금", "personnel_cash"),
                ("인건비 현물", "personnel_in_kind"),
                ("시설장비비", "equipment"),
                ("재료비", "materials"),
                ("연구활동비", "activity"),
                ("연구수당", "research_allowance"),
                ("간접비", "indirect"),
                ("총액", "total"),
            ):
                figures = [one.won(name, n) for n in range(years)] + ([one.won(name)] if years > 1 else [])
                rows.append([words, *map(hand.won, figures), hand.pick("별첨", "월 2,000 x 8", "")])
        parts += noted(hand, turned(rows) if hand.often(0.2) else rows)
    return parts


def crossed(plan: Plan, hand: Hand) -> list[Part]:
    """Sources by year and organisation, with groups over them and sub-totals of the years."""
    years = len(plan.organisations[0].years)
    top = [
        hand.pick("연차", "연도"),
        spaced(hand, "기관명"),
        hand.pick("정부지원연구개발비(A)", "정부지원"),
        hand.pick("기관부담연구개발비(B)", "기관부담"),
        "<",
        "<",
        "합계(A+B)",
    ]
    table = [top, ["^", "^", "^", "현금", "현물", "소계", "^"]]

    def line(won: Callable[[str], int]) -> Row:
        return [
            hand.won(v)
            for v in (
                won("government"),
                won("cash"),
                won("in_kind"),
                won("cash") + won("in_kind"),
                sum(map(won, SOURCES)),
            )
        ]

    for year in range(years):
        for row, one in enumerate(plan.organisations):
            table.append(
                [str(year + 1) if row == 0 else "^", named(hand, one), *line(lambda n, o=one, y=year: o.won(n, y))]
            )  # type: ignore[misc]
        table.append(["^", "소계", *line(lambda n, y=year: sum(o.won(n, y) for o in plan.organisations))])  # type: ignore[misc]
    if years > 1:
        for one in plan.organisations:
            table.append(["총계", one.name, *line(lambda n, o=one: o.won(n))])  # type: ignore[misc]
    table.append(["총계" if years == 1 else "전체", "<", *line(lambda n: sum(o.won(n) for o in plan.organisations))])
    return noted(hand, table)


def team(plan: Plan, hand: Hand) -> list[Part]:
    """Participants with group heads over their rates, or two rows for each."""
    sign = hand.pick("", "%", " %")
    if hand.often(0.5):
        head = [
            ["구분", spaced(hand, "성명"), spaced(hand, "소속"), "인건비계상률(%)", "<", "<", "신규\n채용"],
            ["^", "^", "^", "본 과제", "타 과제", "합계", "^"],
        ]
        rows = [
            [
                p.role,
                f"{p.name}{hand.pick('', chr(10) + '(한국)')}",
                short(p.organisation),
                f"{p.rate}{sign}",
                f"{(100 - p.rate) // 2}{sign}",
                f"{p.rate + (100 - p.rate) // 2}{sign}",
                "O" if p.new_hire else "X",
            ]
            for p in plan.people
        ]
        cut = len(rows) // 2
        if hand.often(0.3):
            return [[*head, *rows[:cut]], [*head, *rows[cut:]]]
        return [[*head, *rows]]
    head = [
        ["번호", "국적", "소속기관", "생년월일", "역할", "본 과제\n참여율(%)"],
        ["^", "성명", "직위", "과학기술인\n등록번호", "신규채용 여부", "총 참여율(%)"],
    ]

    def two(number: int, p: Person) -> list[Row]:
        return [
            [str(number), "한국", p.organisation.name, "80.01.01", p.role, str(p.rate)],
            ["^", p.name, "과장", "1000", "신규" if p.new_hire else "기존", str((p.rate + 100) // 2)],
        ]

    return [[*head, *(row for n, p in enumerate(plan.people, 1) for row in two(n, p))]]


def draw(seed: int) -> tuple[Plan, list[Part]]:
    chance = Random(f"stranger/{seed}")
    unit = chance.choice(("천원", "천원", "원", "백만원"))
    step = {"원": 1_000, "천원": 1_000, "백만원": 1_000_000}[unit]
    hand = Hand(
        chance, unit, chance.choice(("above", "above", "cell", "figure")), chance.choice(("commas", "plain", "blanks", "wide")),
        chance.choice(("0", "-", "", "해당없음", "－", "해당 없음")), chance.choice(("name", "role", "both")),
    )  # fmt: skip
    plan = make_plan(chance, step)
    sections: list[list[Part]] = [
        ["1. 기관", *companies(plan, hand)], ["2. 연구개발비 지원 및 부담", *(crossed(plan, hand) if hand.often(0.6) else sources(plan, hand))],
        ["3. 비목별 사용계획", *budget(plan, hand)], ["4. 참여연구자", *(team(plan, hand) if hand.often(0.7) else people(plan, hand))],
    ]  # fmt: skip
    for aside in asides(plan, hand):
        sections.insert(chance.randint(0, len(sections)), aside)
    parts: list[Part] = ["연구개발계획서", cover(plan, hand)]
    for section in sections:
        parts += section
    return plan, parts
