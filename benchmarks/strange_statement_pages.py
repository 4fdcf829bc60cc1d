"""Financial statements as some office's program prints them: columns, labels, units, signs and what stands beside them."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from benchmarks.strange_common import Habits
from benchmarks.strange_statement_books import (
    COSTS,
    REPORTED,
    SELLING,
    Line,
    Year,
    balance_lines,
    books,
    income_lines,
)
from jeopsu.samples.sheet import Sheet

UNITS = {"원": 1, "천원": 1_000, "백만원": 1_000_000, "USD": 1}
FONTS = ("Nanum Myeongjo", "NanumGothic", "NanumBarunGothic", "NanumGothicCoding", "NanumSquareRound")
COMPANY = "주식회사 가온누리정밀"
LAST = 2022
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_CSS = """
.s{margin-top:2mm} .s td,.s th{padding:1.2pt 3pt} .l3{padding-left:7mm!important} .l2{padding-left:4mm!important}
.bare,.bare td,.bare th{border:none;background:none} .bare th{border-bottom:.7pt solid #111;border-top:1pt solid #111}
.rows td{border-left:none;border-right:none} .cols td{border-top:none;border-bottom:none} .cols{border-bottom:.7pt solid #111}
.t{text-align:center;font-size:15pt;margin:0 0 1mm} .p{text-align:center;font-size:9pt}
.u{display:flex;justify-content:space-between;font-size:9pt} .b td{font-weight:bold} h1{margin-top:60mm}
"""
_WORDS: dict[str, tuple[str, ...]] = {
    "자산총계": ("자산총계", "자산총계", "자산 총계", "자산합계", "자 산 총 계"),
    "부채총계": ("부채총계", "부채총계", "부채 총계", "부채합계", "부 채 총 계"),
    "자본총계": ("자본총계", "자본총계", "자본 총계", "자본합계", "자 본 총 계"),
    "매출액": ("매출액", "매출액", "매출", "수익(매출액)", "영업수익"),
    "이익잉여금": ("이익잉여금", "이익잉여금(결손금)", "미처분이익잉여금", "결손금"),
    "경상연구개발비": ("경상연구개발비", "연구개발비", "경상개발비", "경상연구개발비"),
    "판매비와관리비": ("판매비와관리비", "판매비와 관리비", "판매관리비"),
    "법인세차감전순이익": ("법인세차감전순이익", "법인세비용차감전순이익", "법인세차감전이익"),
    "법인세등": ("법인세등", "법인세비용", "법인세 등"),
    "당기순이익": ("당기순이익", "당기순이익", "당기순이익(손실)"),
    "영업이익": ("영업이익", "영업이익", "영업이익(손실)"),
}  # fmt: skip
_LOSS = {"영업이익": "영업손실", "당기순이익": "당기순손실", "법인세차감전순이익": "법인세차감전순손실", "매출총이익": "매출총손실"}  # fmt: skip


@dataclass
class Paper(Habits):
    """One file while it is drawn, and what may be confirmed of it."""

    rng: Random
    years: tuple[int, ...]  # as printed from left to right
    unit: str
    books: dict[int, Year]
    habits: list[str] = field(default_factory=list)
    truth: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    pdf: bytes = b""
    look: dict[str, str] = field(default_factory=dict)

    def pick(self, name: str, *choices: str) -> str:
        if name not in self.look:
            self.look[name] = self.rng.choice(choices)
            self.habits.append(f"{name}={self.look[name]}")
        return self.look[name]

    def term(self, year: int) -> int:
        return year - 2009

    # --- figures and labels

    def shown(self, won: int) -> str:
        if won == 0:
            return self.pick("zero", "0", "-", "")
        number = f"{abs(won) // UNITS[self.unit]:,}"
        sign = self.pick("negative", "({})", "△{}", "-{}", "▲{}", "({})", "△ {}")
        made = sign.format(number) if won < 0 else number
        tail = "tail" if self.unit == "원" else "plain"
        return {"plain": made, "won": f"₩{made}", "tail": f"{made}원"}[
            self.pick("figures", *["plain"] * 9, "won", tail)
        ]

    def label(self, name: str, level: int, number: int, losing: bool) -> tuple[str, bool]:
        """What is printed for an account, and whether the words themselves say that it is a loss."""
        words = name.strip()
        contra, words = words.startswith("-"), words.removeprefix("-").strip()
        loss = losing and words in _LOSS and self.pick("losses", "words", "sign") == "words"
        words = _LOSS[words] if loss else self.pick(f"label {words}", *_WORDS[words]) if words in _WORDS else words
        style = self.pick("numbers", "roman", "roman dot", "plain", "none", "arabic")
        head = ""
        if level == 1 and number:
            head = {
                "roman": f"{_ROMAN[number - 1]}. ",
                "roman dot": f"{_ROMAN[number - 1]}.",
                "arabic": f"{number}. ",
            }.get(style, "")
        elif level == 2:
            head = {"roman": f"({number}) ", "roman dot": f"{number}. ", "arabic": f"{number}) "}.get(style, "")
        if level == 3 and self.pick("spread", "no", "no", "yes") == "yes" and len(words) <= 5:
            words = "   ".join(words)
        return f"{head}{words}".replace(" ", "&nbsp;" if level == 3 and not contra else " "), loss

    # --- tables

    def heads(self, income: bool) -> list[str]:
        made = []
        style = self.pick("heads", "term word", "term word", "word", "date", "year", "term")
        for year in self.years:
            n, word = self.term(year), {0: "당", 1: "전", 2: "전전"}[max(self.years) - year]
            day = f"{year}. 1. 1 ~ {year}. 12. 31" if income else f"{year}.12.31"
            made.append(
                {
                    "term word": f"제 {n}({word})기",
                    "word": f"{word}기",
                    "date": day,
                    "year": f"{year}년",
                    "term": f"제{n}기",
                }[style]
            )
        if self.look["estimated at"] == "head":
            made = [f"{h}(추정)" if year == LAST else h for h, year in zip(made, self.years, strict=True)]
        return [f"{h}({self.unit})" for h in made] if self.look["unit at"] == "head" else made

    def table(self, lines: list[Line], income: bool, *, share: Year | None = None) -> str:
        """A statement's lines under one head; with two columns a year accounts stand in the inner one."""
        two = self.pick("columns", "one", "one", "two") == "two"
        change = self.look.get("change") == "yes" and len(self.years) > 1
        percent = self.look.get("percent") == "yes"
        note = self.look.get("notes") == "yes"
        wide = (2 if two else 1) + (1 if percent else 0)
        what = self.pick("item", "과&nbsp;&nbsp;목", "계정과목", "구분", "과목")
        out = [
            f"<tr><th>{what}</th>"
            + ("<th>주석</th>" if note else "")
            + "".join(f"<th colspan={wide}>{h}</th>" for h in self.heads(income))
            + ("<th>증감</th>" if change else "")
            + "</tr>"
        ]
        if percent and self.rng.random() < 0.7:
            out.append(
                "<tr><th></th>"
                + ("<th></th>" if note else "")
                + ("<th>금액</th>" * (wide - 1) + "<th>구성비(%)</th>") * len(self.years)
                + ("<th></th>" if change else "")
                + "</tr>"
            )
        numbers = {1: 0, 2: 0}
        for line in lines:
            if line.level in numbers:
                numbers[line.level] += 1
                if line.level == 1:
                    numbers[2] = 0
            amounts = [self.books[year].amounts[line.name] for year in self.years]
            if line.level == 3 and not any(amounts):
                continue
            losing = all(won < 0 for won in amounts)
            words, loss = self.label(line.name, line.level, numbers.get(line.level, 0), losing)
            cells = [f"<td class=l{line.level}>{words}</td>"]
            if note:
                cells.append(f"<td class=c>{self.rng.choice(('', '', '3,12', '15', '4'))}</td>")
            for year, won in zip(self.years, amounts, strict=True):
                printed = self.shown(
                    -won
                    if loss
                    or line.name.startswith("-")
                    and line.level == 3
                    and self.pick("contra", "minus", "plus") == "minus"
                    else won
                )
                cells += (
                    [f"<td class=r>{part}</td>" for part in ((printed, "") if line.level == 3 else ("", printed))]
                    if two
                    else [f"<td class=r>{printed}</td>"]
                )
                if percent:
                    base = self.books[year].amounts["매출액" if income else "자산총계"]
                    cells.append(f"<td class=r>{100 * won / base:.1f}</td>")
            if change:
                cells.append(f"<td class=r>{self.shown(amounts[0] - amounts[1])}</td>")
            out.append(f"<tr{' class=b' if line.level == 0 else ''}>{''.join(cells)}</tr>")
        ruled = self.pick("ruled", "full", "full", "bare", "rows", "cols")
        return f"<table class='s {ruled}'>{''.join(out)}</table>"

    def side_by_side(self) -> str:
        """계정식: assets on the left, liabilities and equity on the right; one year."""
        left, debts, equity = balance_lines()
        right = [*debts, *equity]
        left = [x for x in left if x.level < 3 or self.books[self.years[0]].amounts[x.name]]
        right = [x for x in right if x.level < 3 or self.books[self.years[0]].amounts[x.name]]
        rows, year = [], self.books[self.years[0]].amounts
        bottom = left.pop()
        for n in range(max(len(left), len(right))):
            cells = ""
            for side in (left, right):
                line = side[n] if n < len(side) else None
                words = self.label(line.name, line.level, 0, False)[0] if line else ""
                won = (-1 if line.name.startswith("-") else 1) * year[line.name] if line else 0
                cells += f"<td>{words}</td><td class=r>{self.shown(won) if line else ''}</td>"
            rows.append(f"<tr>{cells}</tr>")
        both = self.shown(year["자산총계"])
        rows.append(
            f"<tr class=b><td>{self.label(bottom.name, 0, 0, False)[0]}</td><td class=r>{both}</td><td>부채와자본총계</td><td class=r>{both}</td></tr>"
        )
        head = self.heads(False)[0]
        return f"<table class=s><tr><th>자산</th><th>{head}</th><th>부채 및 자본</th><th>{head}</th></tr>{''.join(rows)}</table>"

    def titled(self, title: str, income: bool, table: str, *, last: bool = False) -> str:
        words = " ".join(title) if self.pick("title", "spread", "tight") == "spread" else title
        periods = ""
        if self.look["periods"] == "yes":
            for year in self.years:
                when = f"{year}년 1월 1일부터 {year}년 12월 31일까지" if income else f"{year}년 12월 31일 현재"
                periods += f"<div class=p>제 {self.term(year)} 기 {when}</div>"
        at, unit = self.look["unit at"], self.unit
        said = self.pick("unit said", "(단위 : {})", "(단위: {})", "[단위:{}]", "단위: {}", "(금액단위: {})").format(
            unit
        )
        shown = said if at in ("line", "title") or at == "once" and not last else ""
        day = self.pick("printed on", *[""] * 5, "출력일자 : 2023-03-02", "작성일: 2023. 4. 3.", "2023/03/15 15:22:01")
        head = f"<div class=small>{day}</div><p class=t>{words}{f' {shown}' if at == 'title' else ''}</p>{periods}"
        return f"<div class=break>{head}<div class=u><span>{self.look['company']}</span><span>{shown if at != 'title' else ''}</span></div>{table}</div>"


def _noise(paper: Paper) -> list[str]:
    """Other tables that stand in such files."""
    now, rng = paper.books[max(paper.years)].amounts, paper.rng
    year = max(paper.years)

    def rows(pairs: list[tuple[str, int]]) -> str:
        return (
            "<table class=s><tr><th>과목</th><th>금액</th></tr>"
            + "".join(f"<tr><td>{k}</td><td class=r>{paper.shown(v)}</td></tr>" for k, v in pairs)
            + "</table>"
        )

    def page(title: str, table: str, unit: str = "") -> str:
        return f"<div class=break><p class=t>{title}</p><div class=u><span>{COMPANY}</span><span>(단위 : {unit or paper.unit})</span></div>{table}</div>"

    made = rng.randrange(10**6, 10**8) * UNITS[paper.unit] // 1000
    some = {
        "cost": page("제 조 원 가 명 세 서", rows([("Ⅰ. 재료비", 5 * made), ("Ⅱ. 노무비", 3 * made), ("Ⅲ. 경비", 4 * made), ("경상연구개발비", made), ("감가상각비", made), ("이자비용", 0), ("Ⅳ. 당기총제조비용", 12 * made), ("Ⅴ. 당기제품제조원가", 12 * made)])),
        "disposal": page("이익잉여금처분계산서", rows([("Ⅰ. 미처분이익잉여금", now["이익잉여금"]), ("1. 전기이월미처분이익잉여금", now["이익잉여금"] - now["당기순이익"]), ("2. 당기순이익", now["당기순이익"]), ("Ⅱ. 이익잉여금처분액", 0), ("Ⅲ. 차기이월미처분이익잉여금", now["이익잉여금"])])),
        "cash": page("현 금 흐 름 표", rows([("Ⅰ. 영업활동으로 인한 현금흐름", 3 * made), ("당기순이익", now["당기순이익"]), ("이자비용", 2 * made), ("이자의 지급", -made), ("Ⅱ. 투자활동으로 인한 현금흐름", -made), ("자본금의 증가", made), ("Ⅲ. 재무활동으로 인한 현금흐름", made)])),
        "trial": page("합 계 잔 액 시 산 표", "<table class=s><tr><th>잔액</th><th>합계</th><th>계정과목</th><th>합계</th><th>잔액</th></tr>" + "".join(f"<tr><td class=r>{paper.shown(a)}</td><td class=r>{paper.shown(a * 7)}</td><td class=c>{k}</td><td class=r>{paper.shown(a * 6)}</td><td></td></tr>" for k, a in (("유동자산", 3 * made), ("자본금", 2 * made), ("매출액", 9 * made), ("이자비용", made), ("경상연구개발비", 2 * made))) + "</table>"),
        "summary": page("요약 재무정보", "<table class=s><tr><th>구분</th>" + "".join(f"<th>{y}년</th>" for y in (year, year - 1)) + "</tr>" + "".join(f"<tr><td>{k}</td><td class=r>{now[k] // 10**6:,}</td><td class=r>{now[k] // 10**6 + 7:,}</td></tr>" for k in ("유동자산", "자산총계", "부채총계", "자본총계", "매출액", "영업이익", "당기순이익")) + "</table>", "백만원"),
        "segments": page("부문별 정보", "<table class=s><tr><th>구분</th><th>국내</th><th>해외</th><th>합계</th></tr>" + "".join(f"<tr><td>{k}</td><td class=r>{paper.shown(2 * made)}</td><td class=r>{paper.shown(made)}</td><td class=r>{paper.shown(3 * made)}</td></tr>" for k in ("매출액", "영업이익", "자산총계", "부채총계")) + "</table>"),
        "sga": page("판매비와관리비 명세서", rows([(k, now[k]) for k in SELLING if now[k]] + [("합계", now["판매비와관리비"])])),
        "costs": page("매출원가 명세", rows([(k.removeprefix("-"), now[k]) for k in COSTS])),
        "equity": page("자 본 변 동 표", "<table class=s><tr><th>구분</th><th>자본금</th><th>자본잉여금</th><th>이익잉여금</th><th>총계</th></tr>" + "".join(f"<tr><td>{k}</td><td class=r>{paper.shown(now['자본금'])}</td><td class=r>{paper.shown(now['자본잉여금'])}</td><td class=r>{paper.shown(won)}</td><td class=r>{paper.shown(now['자본금'] + won)}</td></tr>" for k, won in ((f"{year}.1.1", made), ("당기순이익", now["당기순이익"]), (f"{year}.12.31", made + now["당기순이익"]))) + "</table>"),
    }  # fmt: skip
    chosen = rng.sample(sorted(some), rng.choice((0, 0, 1, 2, 3)))
    paper.habits += [f"beside={name}" for name in chosen]
    return [some[name] for name in chosen]


def draw(seed: int) -> Paper:
    """One file; the same seed gives the same bytes."""
    rng = Random(f"strange statement {seed}")
    unit = rng.choice(("원", "원", "원", "천원", "백만원"))
    count = rng.choice((1, 2, 2, 2, 3))
    newest = rng.choice((LAST, LAST, LAST - 1, LAST - 2))
    years = tuple(range(newest, newest - count, -1))
    fate = rng.choice(("sound", "sound", "sound", "losses", "impaired"))
    kept = books(rng, tuple(range(2018, LAST + 1)), UNITS[unit], fate)
    paper = Paper(rng, tuple(reversed(years)) if rng.random() < 0.2 else years, unit, kept)
    paper.habits += [f"unit={unit}", f"years={paper.years}", fate]
    paper.pick("unit at", *["line"] * 9, "title", "title", "head", "head", "once", "once", "nowhere")
    paper.pick("periods", *(("yes", "yes", "yes", "no") if count < 3 else ("yes", "no")))
    paper.pick(
        "company",
        f"회사명 : {COMPANY}",
        COMPANY,
        f"회사명: {COMPANY}",
        f"{COMPANY}  (단독)" if rng.random() < 0.1 else COMPANY,
    )
    for name, share in (("change", 0.12), ("percent", 0.12), ("notes", 0.2)):
        paper.look[name] = "yes" if paper.chance(name, share) else "no"
    kind = "annual"
    if paper.chance("dollars", 0.04):
        paper.unit, kind = "USD", "none"
    elif paper.chance("consolidated", 0.06) or paper.chance("interim", 0.05):
        kind = "none"
    before = "연결" if "consolidated" in paper.habits else ""
    if newest == LAST and paper.chance("estimated", 0.12):
        paper.pick("estimated at", "title", "title", "behind", "head", "company", "cover")
    estimated_at = paper.look.setdefault("estimated at", "")
    estimated = {"title": rng.choice(("추정", "가결산 "))}.get(estimated_at, "")
    behind = "(추정)" if estimated_at == "behind" else ""
    if estimated_at == "company":
        paper.look["company"] += " (가결산)"
    if "interim" in paper.habits:
        estimated = rng.choice(("3분기 ", "반기 "))
    assets, debts, equity = balance_lines()
    lines = [*assets, *debts, *equity]
    title = paper.pick("balance title", "재무상태표", "재무상태표", "대차대조표") + behind
    if count == 1 and paper.chance("side by side", 0.3):
        pages = [paper.titled(before + estimated + title, False, paper.side_by_side())]
    elif paper.chance("broken in two", 0.25):
        both = paper.titled(before + estimated + title, False, paper.table(assets, False))
        rest = paper.table([*debts, *equity], False)
        again = paper.chance("title again", 0.4)
        pages = [
            both,
            paper.titled(before + estimated + title, False, rest, last=True)
            if again
            else f"<div class=break>{rest}</div>",
        ]
    else:
        pages = [paper.titled(before + estimated + title, False, paper.table(lines, False))]
    income = income_lines()
    if paper.chance("short income", 0.25):
        income = [line for line in income if line.level < 3 or line.name in ("이자비용", "이자수익")]
    pages.append(paper.titled(before + estimated + "손익계산서" + behind, True, paper.table(income, True), last=True))
    if paper.chance("income first", 0.1):
        pages = [pages[-1], *pages[:-1]]
    undated = paper.look["periods"] == "no" and paper.look["heads"] not in ("date", "year")
    if estimated_at == "cover" or paper.chance("cover", 0.95 if undated else 0.5):
        end = f"{newest}년 1월 1일부터 {newest}년 12월 31일까지"
        words = (
            "추정재무제표 확인원"
            if estimated_at == "cover"
            else rng.choice(("결산재무제표 확인원", "재 무 제 표", "결 산 보 고 서", "재무제표 확인원"))
        )
        pages.insert(
            0,
            f"<h1>{words}</h1><p class=c style='font-size:14pt;line-height:3'>제 {paper.term(newest)} 기<br>{end}<br><br>{COMPANY}</p>",
        )
    pages += _noise(paper)
    size = rng.choice((7.5, 8, 8.5, 9))
    font = paper.pick("font", *FONTS)
    css = f"{_CSS} body{{font-family:'{font}';font-size:{size}pt;line-height:1.15}}"
    paper.pdf = Sheet(rng).make("".join(pages), css=css).pdf
    if kind == "annual":
        _tell(paper, income)
    paper.truth["fs.estimated", newest] = (bool(estimated_at),)
    return paper


def _tell(paper: Paper, income: list[Line]) -> None:
    """What may be confirmed: every reported amount whose line is printed."""
    printed = {line.name for line in [*income, *(x for part in balance_lines() for x in part)]}
    for year in paper.years:
        a = paper.books[year].amounts
        for concept, name in REPORTED.items():
            if name in printed and (
                name not in ("이자비용", "경상연구개발비") or any(paper.books[y].amounts[name] for y in paper.years)
            ):
                paper.truth[f"fs.{concept}", year] = (a[name],)
