"""Books of an invented company, account by account, for `strange_statements`: written from the model statements of
일반기업회계기준 and K-IFRS, without a look at `samples/`.

Contra accounts (대손충당금, 감가상각누계액, 정부보조금, 퇴직연금운용자산) stand beside what they lessen, companies lose
money and capital, and several accounts have names that are nearly an item's (개발비, 이자비용 of another statement).
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

Amounts = dict[str, int]
QUICK = (
    "현금및현금성자산",
    "단기금융상품",
    "외상매출금",
    "-대손충당금",
    "미수금",
    "선급금",
    "선급비용",
    "부가세대급금",
)
STOCKS = ("제품", "원재료", "재공품")
INVESTED = ("장기금융상품", "매도가능증권")
TANGIBLE = ("토지", "건물", "-감가상각누계액 ", "기계장치", "-감가상각누계액  ", "-정부보조금", "비품")
INTANGIBLE = ("개발비", "특허권", "소프트웨어")
OTHERS = ("임차보증금", "이연법인세자산")
DUE = ("외상매입금", "단기차입금", "미지급금", "예수금", "부가세예수금", "미지급비용", "유동성장기부채")
LATER = ("장기차입금", "퇴직급여충당부채", "-퇴직연금운용자산")
SALES = ("제품매출", "상품매출", "용역매출")
COSTS = ("기초제품재고액", "당기제품제조원가", "-기말제품재고액")
SELLING = (
    "급여", "상여금", "퇴직급여", "복리후생비", "여비교통비", "접대비", "통신비", "세금과공과금", "감가상각비",
    "지급임차료", "보험료", "차량유지비", "경상연구개발비", "운반비", "교육훈련비", "소모품비", "지급수수료",
    "광고선전비", "대손상각비",
)  # fmt: skip
GAINS = ("이자수익", "외환차익", "외화환산이익", "유형자산처분이익", "잡이익")
LOSSES = ("이자비용", "외환차손", "외화환산손실", "기부금", "재고자산감모손실", "잡손실")


@dataclass(frozen=True)
class Year:
    """One fiscal year: every account (contra accounts as positive amounts) and every total, in won."""

    year: int
    amounts: Amounts

    def __getitem__(self, name: str) -> int:
        return self.amounts[name]


REPORTED = {
    "current_assets": "유동자산",
    "assets": "자산총계",
    "current_liabilities": "유동부채",
    "liabilities": "부채총계",
    "capital_stock": "자본금",
    "equity": "자본총계",
    "revenue": "매출액",
    "operating_income": "영업이익",
    "interest_expense": "이자비용",
    "net_income": "당기순이익",
    "rnd_expense": "경상연구개발비",
}


def _split(rng: Random, whole: int, names: tuple[str, ...], unit: int) -> Amounts:
    """Shares of a whole; contra accounts take away, what is left over falls to the first."""
    made: Amounts = {}
    for name in names[1:]:
        share = int(whole * rng.uniform(0.02, 0.9 / len(names))) // unit * unit
        made[name] = 0 if rng.random() < 0.08 else share
    rest = whole - sum(-won if name.startswith("-") else won for name, won in made.items())
    return {names[0]: rest, **made}


def books(rng: Random, years: tuple[int, ...], unit: int, fate: str) -> dict[int, Year]:
    """Years of one company. `fate`: "sound", "losses" (operating and net), "impaired" (equity below zero)."""

    def whole(won: float) -> int:
        return int(won) // unit * unit

    made: dict[int, Year] = {}
    sizes = {1: (3e8, 2e9, 9e9, 6e10, 4e11), 1_000: (4e9, 2e10, 3e11), 1_000_000: (6e10, 4e11, 2e12)}
    sales = rng.choice(sizes[unit]) * rng.uniform(0.6, 1.7)
    capital = max(whole(sales * rng.uniform(0.05, 0.3)), unit * 50)
    surplus = whole(capital * rng.uniform(0.1, 0.9)) if rng.random() < 0.7 else 0
    adjustment = -whole(capital * rng.uniform(0.01, 0.08)) if rng.random() < 0.3 else 0
    other = whole(capital * rng.uniform(-0.05, 0.08)) if rng.random() < 0.4 else 0
    retained = -whole(2.5 * capital + 2 * surplus) if fate == "impaired" else whole(sales * rng.uniform(0.1, 0.4))
    with_interest, with_research = rng.random() < 0.9, rng.random() < 0.85
    for year in years:
        a: Amounts = {}
        sales *= rng.uniform(0.85, 1.25)
        a["매출액"] = whole(sales)
        a |= _split(rng, a["매출액"], SALES, unit)
        a["매출원가"] = whole(a["매출액"] * rng.uniform(0.6, 0.85))
        a |= _split(rng, a["매출원가"], ("당기제품제조원가", "기초제품재고액", "-기말제품재고액"), unit)
        a["매출총이익"] = a["매출액"] - a["매출원가"]
        losing = fate != "sound" and rng.random() < 0.8
        a["판매비와관리비"] = whole(a["매출총이익"] * (rng.uniform(1.02, 1.4) if losing else rng.uniform(0.5, 0.95)))
        a |= _split(rng, a["판매비와관리비"], SELLING, unit)
        if not with_research:
            a["급여"] += a["경상연구개발비"]
            a["경상연구개발비"] = 0
        a["영업이익"] = a["매출총이익"] - a["판매비와관리비"]
        a["영업외수익"] = whole(sales * rng.uniform(0.002, 0.02))
        a |= _split(rng, a["영업외수익"], GAINS, unit)
        a["영업외비용"] = whole(sales * rng.uniform(0.003, 0.03))
        a |= _split(rng, a["영업외비용"], LOSSES, unit)
        if not with_interest:
            a["외환차손"] += a["이자비용"]
            a["이자비용"] = 0
        a["법인세차감전순이익"] = a["영업이익"] + a["영업외수익"] - a["영업외비용"]
        taxed = a["법인세차감전순이익"] > 0
        a["법인세등"] = whole(a["법인세차감전순이익"] * rng.uniform(0.08, 0.22)) if taxed else 0
        a["당기순이익"] = a["법인세차감전순이익"] - a["법인세등"]
        retained += a["당기순이익"]
        a |= {"자본금": capital, "자본잉여금": surplus, "자본조정": adjustment, "기타포괄손익누계액": other}
        a["이익잉여금"] = retained
        a["자본총계"] = capital + surplus + adjustment + other + retained
        a["부채총계"] = whole(max(abs(a["자본총계"]), capital) * rng.uniform(0.3, 6)) + (
            2 * abs(a["자본총계"]) if a["자본총계"] < 0 else 0
        )
        a["유동부채"] = whole(a["부채총계"] * rng.uniform(0.35, 0.85))
        a["비유동부채"] = a["부채총계"] - a["유동부채"]
        a |= _split(rng, a["유동부채"], DUE, unit) | _split(rng, a["비유동부채"], LATER, unit)
        a["자산총계"] = a["부채총계"] + a["자본총계"]
        a["유동자산"] = whole(a["자산총계"] * rng.uniform(0.3, 0.7))
        a["당좌자산"] = whole(a["유동자산"] * rng.uniform(0.5, 0.9))
        a["재고자산"] = a["유동자산"] - a["당좌자산"]
        a["비유동자산"] = a["자산총계"] - a["유동자산"]
        a["투자자산"] = whole(a["비유동자산"] * 0.2)
        a["무형자산"] = whole(a["비유동자산"] * 0.1)
        a["기타비유동자산"] = whole(a["비유동자산"] * 0.05)
        a["유형자산"] = a["비유동자산"] - a["투자자산"] - a["무형자산"] - a["기타비유동자산"]
        parts = (("당좌자산", QUICK), ("재고자산", STOCKS), ("투자자산", INVESTED), ("유형자산", TANGIBLE))
        for total, names in (*parts, ("무형자산", INTANGIBLE), ("기타비유동자산", OTHERS)):
            a |= _split(rng, a[total], names, unit)
        made[year] = Year(year, a)
    return made


@dataclass(frozen=True)
class Line:
    """One line of a statement: its account, how deep it stands (0 total, 1 group, 2 subgroup, 3 account)."""

    name: str
    level: int


def _under(names: tuple[str, ...]) -> list[Line]:
    return [Line(name, 3) for name in names]


def balance_lines() -> tuple[list[Line], list[Line], list[Line]]:
    """재무상태표: assets, liabilities, equity."""
    assets = [Line("유동자산", 1), Line("당좌자산", 2), *_under(QUICK), Line("재고자산", 2), *_under(STOCKS)]
    assets += [Line("비유동자산", 1)]
    for total, names in (
        ("투자자산", INVESTED), ("유형자산", TANGIBLE), ("무형자산", INTANGIBLE), ("기타비유동자산", OTHERS)
    ):  # fmt: skip
        assets += [Line(total, 2), *_under(names)]
    debts = [Line("유동부채", 1), *_under(DUE), Line("비유동부채", 1), *_under(LATER), Line("부채총계", 0)]
    equity = [Line(name, 1) for name in ("자본금", "자본잉여금", "자본조정", "기타포괄손익누계액", "이익잉여금")]
    return [*assets, Line("자산총계", 0)], debts, [*equity, Line("자본총계", 0)]


def income_lines() -> list[Line]:
    """손익계산서."""
    lines = [Line("매출액", 1), *_under(SALES), Line("매출원가", 1), *_under(COSTS), Line("매출총이익", 1)]
    lines += [Line("판매비와관리비", 1), *_under(SELLING), Line("영업이익", 1)]
    lines += [Line("영업외수익", 1), *_under(GAINS), Line("영업외비용", 1), *_under(LOSSES)]
    return [*lines, *(Line(name, 1) for name in ("법인세차감전순이익", "법인세등", "당기순이익"))]
