"""The tables of a strange plan, and what stands in real plans beside them: figures of other things."""
# ruff: noqa: E501  (rows of tables: each Korean letter counts twice)

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from benchmarks.strange_world import ITEMS, SOURCES, Hand, Organisation, Part, Person, Plan, Row, make_plan

_SIZES = {"midsize": "중견기업", "small": "중소기업", "large": "대기업"}


# --- its tables -------------------------------------------------------------------------------------------------------


def turned(table: list[Row]) -> list[Row]:
    swap = {"<": "^", "^": "<"}
    return [[swap.get(cell, cell) for cell in row] for row in zip(*table, strict=True)]


def noted(hand: Hand, table: list[Row]) -> list[Part]:
    note = hand.pick(f"(단위: {hand.unit})", f"(단위 : {hand.unit}, %)", f"[단위:{hand.unit}]", f"※ 단위 {hand.unit}")
    if hand.place == "cell":
        return [[[note, *["<"] * (len(table[0]) - 1)], *table]]
    return [note, table] if hand.place == "above" else [table]


def cover(plan: Plan, hand: Hand) -> list[Row]:
    lead, *partners = plan.organisations
    start, end = plan.start, plan.end
    period = hand.pick(
        f"{start:%Y. %m. %d.} ~ {end:%Y. %m. %d.}", f"{start:%Y.%m.%d}. ∼ {end:%Y.%m.%d}.", f"‘{start:%y.%m.%d} ~ ‘{end:%y.%m.%d}",
        f"{start.year}년 {start.month}월 {start.day}일부터 {end.year}년 {end.month}월 {end.day}일까지",
    )  # fmt: skip
    mark = plan.security == "general"
    grade = hand.pick(
        f"일반[{'√' if mark else '  '}] 보안[{'  ' if mark else '√'}]", f"{'■' if mark else '□'} 일반 {'□' if mark else '■'} 보안",
        f"보안({'  ' if mark else 'V'}), 일반({'V' if mark else '  '})", "일반" if mark else "보안과제",
        f"{'☑' if mark else '☐'} 일반  {'☐' if mark else '☑'} 보안",
    )  # fmt: skip
    head = next(p.name for p in plan.people if p.role == "연구책임자")
    rows = [
        [hand.pick("과제명", "연구개발 과제명", "과제의 명칭"), plan.title, "<", "<"],
        [hand.pick("주관연구개발기관", "주관기관", "주관기업"), lead.name, hand.pick("대표자", "대표이사"), lead.representative],
        *([hand.pick("공동연구개발기관", "공동기관", "참여기업"), one.name, "대표자", one.representative] for one in partners[:1]),
        [hand.pick("연구책임자", "총괄책임자"), head, "직위", "부장"],
        [hand.pick("연구개발기간", "총 연구개발기간", "사업기간"), period, "<", "<"],
        [hand.pick("보안등급", "과제 보안등급"), grade, "<", "<"],
    ]  # fmt: skip
    if hand.often(0.5):
        hand.chance.shuffle(rows)
    whole = [sum(o.won(n) for o in plan.organisations) for n in (*SOURCES, "total")]
    if hand.often(0.5):  # the project's money on the cover
        rows += [["연구개발비(천원)", "정부지원", "현금", "현물"], ["^", *(f"{won // 1000:,}" for won in whole[:3])]]
    return rows


def who_table(plan: Plan, hand: Hand) -> list[Row]:
    several = len(plan.organisations) > 2
    table = [[hand.pick("구분", "항목"), *(
        "주관연구개발기관" if n == 0 else f"공동연구개발기관{n if several else ''}" for n, _ in enumerate(plan.organisations)
    )]]  # fmt: skip
    facts: list[tuple[str, Callable[[Organisation], str]]] = [
        (hand.pick("기관명", "업체명", "상호(법인명)"), lambda o: o.name),
        (
            hand.pick("사업자등록번호", "사업자번호"),
            lambda o: f"{o.business_number[:3]}-{o.business_number[3:5]}-{o.business_number[5:]}",
        ),
        (hand.pick("법인등록번호", "법인번호"), lambda o: f"{o.corporate_number[:6]}-{o.corporate_number[6:]}"),
        (hand.pick("대표자", "대표자 성명"), lambda o: o.representative),
        (hand.pick("기업유형", "기업규모"), lambda o: _SIZES[o.size]),
    ]
    more: list[tuple[str, Callable[[Organisation], str]]] = [
        ("설립일", lambda o: "2010.03.02"), ("매출액(백만원)", lambda o: "12,300"), ("주소", lambda o: "서울시 강남구 1"),
        ("자본금", lambda o: "500"), ("상시근로자 수", lambda o: "35명"),
    ]  # fmt: skip
    rows = [facts[0], *hand.chance.sample([*facts[1:], *more], len(facts) - 1 + len(more))]
    table += [[words, *(get(o) for o in plan.organisations)] for words, get in rows]
    return turned(table) if hand.often(0.4) else table


def source_words(hand: Hand) -> dict[str, str]:
    return {
        "government": hand.head(
            hand.pick("정부지원연구개발비", "정부지원금", "정부출연금", "국비", "정부지원\n연구개발비(A)")
        ),
        "cash": hand.head(hand.pick("현금", "기관부담 현금", "민간부담 현금", "현금(B)")),
        "in_kind": hand.head(hand.pick("현물", "기관부담 현물", "민간부담 현물", "현물(C)")),
        "total": hand.head(hand.pick("총 연구개발비", "합계", "계", "총사업비", "합계(A+B+C)")),
    }


def sources(plan: Plan, hand: Hand) -> list[Part]:
    years = len(plan.organisations[0].years)
    words = source_words(hand)
    order = hand.chance.sample(list(words), 4)
    others = len(plan.organisations) - 1
    shape = hand.pick("down", "across", "blocks", "years", "single")
    if shape == "single":
        parts: list[Part] = []
        for one in plan.organisations:
            heads = [f"1차년도({plan.start.year})", f"2차년도({plan.end.year})"][:years] if years > 1 else []
            table = [["구분", *heads, "합계" if heads else "금액"]]
            for name in order:
                figures = [one.won(name, year) for year in range(years)] if heads else []
                table.append([words[name], *map(hand.won, [*figures, one.won(name)])])
            title = hand.pick(f"○ {one.name}", f"<{hand.called(one, others)}>", f"[{one.name}]")
            parts += [title, *noted(hand, turned(table) if hand.often(0.4) else table)]
        return parts
    if shape == "years" and years > 1:
        top = ["기관명", *(c for y in range(years) for c in (f"{y + 1}차년도", *["<"] * 3)), "총계", "<", "<", "<"]
        table = [top, ["^", *(words[n] for _ in range(years + 1) for n in order)]]
        for one in plan.organisations:
            line = [one.won(n, y) for y in (*range(years), None) for n in order]
            table.append([hand.called(one, others), *map(hand.won, line)])
        return noted(hand, table)
    if shape == "blocks":
        heads = [f"{y + 1}차년도" for y in range(years)] if years > 1 else []
        table = [["기관", "재원", *heads, hand.pick("계", "합계") if heads else "금액"]]
        for one in plan.organisations:
            for row, name in enumerate(order):
                figures = [one.won(name, y) for y in range(years)] if heads else []
                label = hand.called(one, others) if row == 0 else "^"
                table.append([label, words[name], *map(hand.won, [*figures, one.won(name)])])
        return noted(hand, table)
    table = [[hand.pick("기관명", "구분", "연구개발기관"), *(words[n] for n in order)]]
    table += [[hand.called(o, others), *(hand.won(o.won(n)) for n in order)] for o in plan.organisations]
    if hand.often(0.7):
        table.append([hand.pick("합계", "총계"), *(hand.won(sum(o.won(n) for o in plan.organisations)) for n in order)])
    if hand.often(0.3):  # shares
        table[0].insert(3, hand.pick("비율(%)", "지원비율"))
        for row in table[1:]:
            row.insert(3, "45.5")
    return noted(hand, turned(table) if shape == "across" else table)


def item_words(hand: Hand) -> dict[str, str]:
    return {
        "personnel_cash": hand.pick("인건비(현금)", "인건비 현금", "현금 인건비"),
        "personnel_in_kind": hand.pick("인건비(현물)", "인건비 현물", "현물 인건비"),
        "equipment": hand.pick("연구시설·장비비", "연구시설장비비(현금)", "시설·장비비", "연구장비·재료비 중 장비비"),
        "materials": hand.pick("연구재료비", "재료비", "시약·재료비"),
        "activity": hand.pick("연구활동비", "연구활동비 소계", "연구활동비(G)"),
        "research_allowance": hand.pick("연구수당", "연구수당(H)"),
        "indirect": hand.pick("간접비", "간접비 소계", "간접비(I)"),
    }


def items(plan: Plan, hand: Hand) -> list[Part]:
    years, words = len(plan.organisations[0].years), item_words(hand)
    total = hand.pick("합계", "총계", "연구개발비 총액", "총 연구개발비")
    names = [*ITEMS, "total"]
    if hand.often(0.3):
        names = ["total", *ITEMS]
    if hand.often(0.4):
        names.insert(names.index("activity") + 1, "outsourcing")
    words |= {"total": total, "outsourcing": hand.pick("(외주 용역비)", "- 외주용역비", "외주 용역비")}
    others = len(plan.organisations) - 1
    if hand.often(0.4):
        parts: list[Part] = []
        for one in plan.organisations:
            heads = [f"{y + 1}차년도" for y in range(years)] if years > 1 else []
            table = [["비목", *heads, "합계" if heads else hand.pick("금액", "예산액")]]
            for name in names:
                figures = [one.won(name, y) for y in range(years)] if heads else []
                table.append([words[name], *map(hand.won, [*figures, one.won(name)])])
            if hand.often(0.5):
                for row in table:
                    row.append("산출근거" if row is table[0] else hand.pick("1식 x 12,000", "단가표", ""))
            parts += [hand.pick(f"(1) {hand.called(one, others)}", f"- {one.name}"), *noted(hand, table)]
        return parts
    table = [[hand.pick("비목", "구분"), *(hand.called(o, others) for o in plan.organisations), "합계"]]
    for name in names:
        figures = [o.won(name) for o in plan.organisations]
        table.append([words[name], *map(hand.won, [*figures, sum(figures)])])
    return noted(hand, turned(table) if hand.often(0.4) else table)


def people(plan: Plan, hand: Hand) -> list[Part]:
    sign = "%" if hand.often(0.5) else ""
    yes, no = hand.chance.choice((("신규", "기존"), ("○", "×"), ("Y", "N"), ("해당", "미해당"), ("신규채용", "-")))
    columns: list[tuple[str, Callable[[Person], str]]] = [
        (hand.pick("성명", "연구자명", "참여연구자 성명"), lambda p: p.name),
        (hand.pick("소속", "소속기관"), lambda p: p.organisation.name),
        (hand.pick("역할", "참여구분"), lambda p: p.role),
        (hand.pick("인건비계상률(%)", "참여율(%)", "본 과제 참여율", "계상률"), lambda p: f"{p.rate}{sign}"),
        (hand.pick("신규채용 여부", "신규/기존" if yes == "신규" else "신규채용"), lambda p: yes if p.new_hire else no),
    ]
    more: list[tuple[str, Callable[[Person], str]]] = [
        ("타 과제 참여율(%)", lambda p: f"{(100 - p.rate) // 2}{sign}"), ("총 참여율(%)", lambda p: f"{(100 + p.rate) // 2}{sign}"),
        ("참여 과제 수", lambda p: "2"), ("참여기간(개월)", lambda p: "8"), ("연봉(천원)", lambda p: "48,000"),
        ("인건비 현금", lambda p: hand.won(p.cash)), ("인건비 현물", lambda p: hand.won(p.in_kind)),
        ("담당업무", lambda p: "현장 실증"), ("생년월일", lambda p: "85.01.02"), ("최종학위", lambda p: "석사"),
    ]  # fmt: skip
    chosen = hand.chance.sample([*columns[1:], *hand.chance.sample(more, hand.chance.randint(0, 5))], len(columns) - 1)
    kept = [columns[0], *chosen]
    kept += [c for c in (columns[1], columns[3]) if c not in kept]

    def table(some: Iterable[Person]) -> list[Row]:
        head = [hand.pick("순번", "No."), *(words for words, _ in kept)]
        made = [head, *([str(n), *(get(p) for _, get in kept)] for n, p in enumerate(some, 1))]
        return turned(made) if hand.often(0.15) else made

    if hand.often(0.3):
        parts: list[Part] = []
        for one in plan.organisations:
            parts += [f"□ {one.name}", table(p for p in plan.people if p.organisation is one)]
        return parts
    return [table(plan.people)]


# --- what stands beside them ------------------------------------------------------------------------------------------


def asides(plan: Plan, hand: Hand) -> list[list[Part]]:
    """Tables with figures of other things."""
    lead, partner = plan.organisations[:2]
    other = hand.pick("천원", "백만원", "원")
    some: list[list[Part]] = [
        ["수행 중인 과제 현황", [
            ["과제명", "기관명", "연구기간", "정부지원연구개발비", "기관부담 현금", "현물", "합계"],
            ["다른 과제", lead.name, "2021~2022", "900,000", "90,000", "10,000", "1,000,000"],
            ["또 다른 과제", partner.name, "2020~2022", "500,000", "40,000", "10,000", "550,000"]]],
        [f"사업화 투자 계획 (단위: {other})", [
            ["항목", "2024년", "2025년", "2026년", "합계"], ["연구시설·장비비", "100", "200", "300", "600"],
            ["재료비", "10", "20", "30", "60"], ["인건비", "50", "60", "70", "180"], ["합계", "160", "280", "400", "840"]]],
        [f"{lead.name}의 투자 계획 (단위: {other})", [
            ["구분", "2024년", "2025년", "합계"], ["시설·장비비", "1,000", "2,000", "3,000"],
            ["연구재료비", "300", "400", "700"], ["인건비", "500", "600", "1,100"]]],
        ["연구재료비 세부내역", [
            ["기관명", "품명", "규격", "수량", f"단가({other})", f"금액({other})"],
            [lead.name, "센서", "A-1", "10", "1,200", "12,000"], [partner.name, "케이블", "B", "3", "500", "1,500"],
            ["합계", "", "", "", "", "13,500"]]],
        ["인건비 산출 내역", [
            ["기관명", "성명", "직위", f"월 급여({other})", "참여율(%)", "개월", "현금", "현물", "합계"],
            *([p.organisation.name, p.name, "과장", "4,000", str(p.rate), "8", hand.won(p.cash), hand.won(p.in_kind), hand.won(p.cash + p.in_kind)]
              for p in plan.people)]],
        [f"정부지원금 집행 기준 (단위: {other})", [
            ["구분", "대기업", "중견기업", "중소기업"], ["정부지원", "33%", "50%", "67%"], ["기관부담 현금", "60", "50", "40"]]],
        ["재무 현황", [
            ["구분", "2020", "2021", "2022"], ["매출액", "1,000", "1,100", "1,200"], ["자본총계", "500", "600", "700"],
            ["인건비", "50", "60", "70"], ["연구개발비", "40", "41", "42"]]],
        ["타 참여과제 현황", [
            ["성명", "과제명", "참여율(%)", "역할"], [plan.people[0].name, "다른 과제", "45", "참여연구자"],
            [plan.people[1].name, "또 다른 과제", "35", "연구책임자"]]],
        ["자문위원", [["성명", "소속", "역할", "참여율(%)"], ["구자문", "한국대학교", "자문", "5"]]],
        ["수요처 의향", [["기관명", "사업자등록번호", "대표자", "구매금액"], ["(주)큰손유통", "111-22-33333", "구매자", "1,000"]]],
        [f"※ 위 금액의 단위는 {other}임"],
        [f"당사 {partner.name}은 정부지원연구개발비 {lead.won('government'):,}원으로 이 과제를 수행한다."],
        ["세부 일정", [["추진내용", "1", "2", "3", "4", "책임자"], ["설계", "■", "", "", "", plan.people[1].name]]],
    ]  # fmt: skip
    if hand.often(0.5):  # a budget before its change
        some.append([
            "연구개발비 변경 내역 (단위: 천원)",
            [["기관명", "변경 전", "<", "변경 후", "<"], ["^", "정부지원", "현금", "정부지원", "현금"],
             [lead.name, "1,111", "222", f"{lead.won('government') // 1000:,}", f"{lead.won('cash') // 1000:,}"],
             [partner.name, "1,333", "444", "5,555", "666"]],
        ])  # fmt: skip
    return hand.chance.sample(some, hand.chance.randint(0, 5))


def draw(seed: int) -> tuple[Plan, list[Part]]:
    chance = Random(f"strange/{seed}")
    unit = chance.choice(("천원", "천원", "원", "백만원", "만원"))
    step = {"원": 1_000, "천원": 1_000, "만원": 10_000, "백만원": chance.choice((1_000_000, 100_000))}[unit]
    hand = Hand(
        chance, unit, chance.choice(("above", "above", "above", "cell", "head", "figure", "")),
        chance.choice(("commas", "commas", "plain", "blanks", "wide", "tail")),
        chance.choice(("0", "-", "", "해당없음", "–")), chance.choice(("name", "name", "role", "both")),
    )  # fmt: skip
    plan = make_plan(chance, step)
    sections: list[list[Part]] = [
        ["1. 기관 현황", who_table(plan, hand)], ["2. 연구개발비", *sources(plan, hand)],
        ["3. 비목별 연구개발비", *items(plan, hand)], ["4. 참여연구자", *people(plan, hand)],
    ]  # fmt: skip
    for aside in asides(plan, hand):
        sections.insert(chance.randint(0, len(sections)), aside)
    first = chance.random() < 0.8
    parts: list[Part] = ["연구개발계획서"]
    chosen = [[cover(plan, hand)], *sections] if first else [sections[0], [cover(plan, hand)], *sections[1:]]
    for section in chosen:
        parts += section
    return plan, parts
