"""The sums that a balance sheet and an income statement must keep, as equations between the figures of one year.

재무상태표: 자산 = 유동 + 비유동 = 부채 + 자본 …; 손익계산서: the chain from 매출액 to 당기순이익; and every total with
the lines that it is made of. An equation that a statement's layout leaves open is only a witness, never a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jeopsu.extractors.statements import labels
from jeopsu.extractors.statements.ledger import Entry, Ledger
from jeopsu.extractors.statements.model import Figure, StatementKind

_KOREAN = {"assets": "자산", "liabilities": "부채"}
BALANCE_TOTALS = (
    "current_assets",
    "noncurrent_assets",
    "held_for_sale_assets",
    "assets",
    "current_liabilities",
    "noncurrent_liabilities",
    "held_for_sale_liabilities",
    "liabilities",
    "equity",
    "liabilities_and_equity",
)
_CONTRA = re.compile(
    r"대손충당금$|평가충당금$|상각누계액$|차손누계액$|보조금$|할인차금$|퇴직연금운용자산$|국민연금전환금$|자기주식$"
)
Signed = tuple[int, Entry]  # 1 or -1, and a row


@dataclass(frozen=True)
class Identity:
    """Σ sign × figure = 0. `decisive`: where it fails, something is misread or altered."""

    name: str
    terms: tuple[tuple[int, Figure], ...]
    decisive: bool
    slack: int = 0  # printed units that rounding may leave over; never used to confirm

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for _, figure in self.terms)


def identities_of(ledgers: Sequence[Ledger]) -> list[Identity]:
    """Every equation among the ledgers of one year and one kind (separate or consolidated)."""
    found: list[Identity] = []
    for ledger in ledgers:
        found += _balance(ledger) if ledger.kind is StatementKind.BALANCE else _income(ledger)
    return found


def _sum(
    ledger: Ledger, name: str, total: str, parts: Sequence[tuple[int, str]], optional: Sequence[str] = ()
) -> list[Identity]:
    """total = Σ parts where every part is printed; optional parts join in where they are."""
    whole = ledger.one(total)
    found = [(sign, ledger.one(part)) for sign, part in parts]
    if whole is None or any(figure is None for _, figure in found):
        return []
    terms = [(-1, whole), *((s, f) for s, f in found if f), *((1, f) for part in optional if (f := ledger.one(part)))]
    return [Identity(name, tuple(terms), True, _slack(ledger, len(terms)))]


def _slack(ledger: Ledger, terms: int) -> int:
    """천원 and 백만원 are rounded: a sum may be off by a unit for each two of its terms."""
    return terms // 2 if (ledger.statement.unit or 1) > 1 else 0


def _balance(ledger: Ledger) -> list[Identity]:
    found: list[Identity] = []
    for total in ("assets", "liabilities"):
        parts = [(1, f"current_{total}"), (1, f"noncurrent_{total}")]
        found += _sum(ledger, f"{_KOREAN[total]} = 유동 + 비유동", total, parts, [f"held_for_sale_{total}"])
    found += _sum(ledger, "자산 = 부채 + 자본", "assets", [(1, "liabilities"), (1, "equity")])
    found += _sum(ledger, "부채와자본 = 부채 + 자본", "liabilities_and_equity", [(1, "liabilities"), (1, "equity")])
    found += _sum(ledger, "부채와자본 = 자산", "liabilities_and_equity", [(1, "assets")])
    for name in ("current_assets", "noncurrent_assets", "current_liabilities", "noncurrent_liabilities"):
        found += _made_of(ledger, name, _after(ledger, name, BALANCE_TOTALS))
    if ledger.one("owners_equity") is None:
        found += _made_of(ledger, "equity", _before(ledger, "equity", BALANCE_TOTALS))
    return found


def _income(ledger: Ledger) -> list[Identity]:
    words = labels.vocabulary(StatementKind.INCOME)
    found = _sum(ledger, "매출총이익 = 매출액 - 매출원가", "gross_profit", [(1, "revenue"), (-1, "cogs")])
    found += _operating(ledger, words)
    found += _sum(
        ledger, "영업이익 = 영업수익 - 영업비용", "operating_income", [(1, "revenue"), (-1, "operating_expenses")]
    )
    found += _before_tax(ledger, words)
    bottom = "continuing_income" if ledger.one("continuing_income") else "net_income"
    if ledger.one("discontinued_income") is None or bottom == "continuing_income":
        found += _sum(ledger, "당기순이익 = 법인세차감전이익 - 법인세비용", bottom, [(1, "pretax"), (-1, "tax")])
    if (
        bottom == "continuing_income"
        and ledger.one("discontinued_income") is None
        and ledger.one("continuing_income") is not None
    ):
        found += _sum(ledger, "당기순이익 = 계속영업이익", "net_income", [(1, "continuing_income")])
    found += _sum(
        ledger, "당기순이익 = 계속 + 중단영업이익", "net_income", [(1, "continuing_income"), (1, "discontinued_income")]
    )
    majors = ("revenue", "cogs", "gross_profit", "sga", "operating_expenses", "operating_income", "pretax", "tax",
              "net_income", "continuing_income", *words.gains, *words.costs)  # fmt: skip
    for name in ("sga", "operating_expenses", *sorted(words.costs), *sorted(words.gains)):
        if ledger.one(name) is not None:
            found += _made_of(ledger, name, _after(ledger, name, majors))
    return found


def _operating(ledger: Ledger, words: labels.Vocabulary) -> list[Identity]:
    """영업이익 = 매출총이익 − 판매비와관리비, or − every line that stands between (경상연구개발비 of its own)."""
    operating, gross = ledger.one("operating_income"), ledger.one("gross_profit")
    rows = [e for e in _between(ledger, "gross_profit", "operating_income") if e.figure is not None]
    if operating is None or gross is None or not rows:
        return []
    name = "영업이익 = 매출총이익 - 판매비와관리비"
    if not ledger.digital:
        rows = [e for e in rows if e.name]
    for choice in ([e for e in rows if e.name == "sga"], rows, without_children(rows)):
        signed = [(1 if e.name in words.gains else -1, e.figure) for e in choice if e.figure]
        terms = ((-1, operating), (1, gross), *signed)
        if choice and _holds(terms):
            return [Identity(name, terms, True)]
    plain = any(e.name == "sga" for e in rows) and not any(e.name in words.gains | words.costs for e in rows)
    terms = ((-1, operating), (1, gross), *((-1, e.figure) for e in rows if e.name == "sga" and e.figure))
    return [Identity(name, terms, plain, _slack(ledger, len(terms)))]


def _before_tax(ledger: Ledger, words: labels.Vocabulary) -> list[Identity]:
    """법인세차감전이익 = 영업이익 + income groups − expense groups that stand between the two."""
    pretax, operating = ledger.one("pretax"), ledger.one("operating_income")
    if pretax is None or operating is None:
        return []
    between = _between(ledger, "operating_income", "pretax")
    groups = [e for e in between if e.name in words.gains | words.costs]
    terms = [(-1, pretax), (1, operating)]
    terms += [(1 if e.name in words.gains else -1, e.figure) for e in groups if e.figure]
    plain = [e for e in between if e not in groups and e.figure is not None]
    two = [e.name for e in groups] == ["nonoperating_income", "nonoperating_expense"]
    return [
        Identity("법인세차감전이익 = 영업이익 + 영업외손익", tuple(terms), two or not plain, _slack(ledger, len(terms)))
    ]


def _between(ledger: Ledger, upper: str, lower: str) -> list[Entry]:
    start, end = ledger.position(upper), ledger.position(lower)
    return ledger.entries[start + 1 : end] if start is not None and end is not None and start < end else []


def _after(ledger: Ledger, name: str, majors: Sequence[str]) -> list[Entry]:
    """The rows under a total up to the next total: what it is made of."""
    start = ledger.position(name)
    if start is None:
        return []
    rows: list[Entry] = []
    for entry in ledger.entries[start + 1 :]:
        if entry.name in majors or entry.name.startswith("heading_"):
            break
        if entry.figure is not None:
            rows.append(entry)
    return rows


def _before(ledger: Ledger, name: str, majors: Sequence[str]) -> list[Entry]:
    """The rows over a total back to the total before it."""
    end = ledger.position(name)
    rows: list[Entry] = []
    for entry in reversed(ledger.entries[: end or 0]):
        if entry.name in majors or entry.name.startswith("heading_"):
            break
        if entry.figure is not None:
            rows.append(entry)
    return rows[::-1]


def _made_of(ledger: Ledger, total: str, rows: Sequence[Entry]) -> list[Identity]:
    """total = Σ its lines. Lines under lines are left out, by numbering or because they add up to the line above."""
    whole = ledger.one(total)
    if whole is None or not rows:
        return []
    name = f"{whole.label} = 세부 항목의 합"
    ways = _signed(rows)
    choices = [chosen for signed in ways for chosen in (_outer(signed), signed, _without_children(signed))]
    if not ledger.digital:
        # Numbering and completeness of scanned lines are not sure: a sum that holds is a witness. None holds, and every
        # figure was read clean: then it is a verdict.
        clean = whole.solid and all(e.figure is not None and e.figure.solid for e in rows)
        flat = ledger.kind is StatementKind.INCOME or total == "equity"  # 유동자산 has sub-totals within
        fails = clean and flat and len(rows) >= 2 and not any(_holds(_terms(whole, choice)) for choice in choices)
        return [Identity(name, _terms(whole, choice), fails) for choice in choices if len(choice) >= 2]
    for choice in choices:
        terms = _terms(whole, choice)
        if choice and _holds(terms):
            return [Identity(name, terms, True)]
    styles = {e.level for e in rows}
    clear = len(styles) == 1 and len(rows) >= 2 and all(e.figure and e.figure.candidates for e in rows)
    clear = clear and len(ways) == 1  # an account's net amount may stand in its contra's line
    slack = max(1, len(choices[0])) if (ledger.statement.unit or 1) > 1 else 0
    return [Identity(name, _terms(whole, choices[0]), clear, slack)]


def _lessens(entry: Entry) -> bool:
    """A contra account: it lessens the account over it, also where it is printed without a sign."""
    return _CONTRA.search(labels.plain(entry.row.label)) is not None


def _signed(rows: Sequence[Entry]) -> list[list[Signed]]:
    """The rows as they are printed; with contra accounts among them also as they are meant."""
    printed = [(1, entry) for entry in rows]
    lessens = [_lessens(entry) for entry in rows]
    if not any(lessens):
        return [printed]
    return [printed, [(-1 if less and _first(e) > 0 else 1, e) for less, e in zip(lessens, rows, strict=True)]]


def _first(entry: Entry) -> int:
    return entry.figure.candidates[0] if entry.figure and entry.figure.candidates else 0


def _terms(whole: Figure, rows: Sequence[Signed]) -> tuple[tuple[int, Figure], ...]:
    return ((-1, whole), *((sign, e.figure) for sign, e in rows if e.figure))


def _holds(terms: Sequence[tuple[int, Figure]]) -> bool:
    return all(f.candidates for _, f in terms) and sum(s * f.candidates[0] for s, f in terms) == 0


def _outer(rows: Sequence[Signed]) -> list[Signed]:
    """The rows numbered in the style of the first one."""
    return [(sign, e) for sign, e in rows if e.level == rows[0][1].level]


def without_children(rows: Sequence[Entry]) -> list[Entry]:
    """Rows with every run left out that adds up to the row above it (Ⅰ.자본금 over 1.우선주 and 2.보통주)."""
    return [entry for _, entry in _without_children([(1, entry) for entry in rows])]


def _without_children(rows: Sequence[Signed]) -> list[Signed]:
    kept: list[Signed] = []
    n = 0
    values = [s * e.figure.candidates[0] if e.figure and e.figure.candidates else None for s, e in rows]
    while n < len(rows):
        kept.append(rows[n])
        total, running, end = values[n], 0, None
        for m in range(n + 1, len(rows)):
            value = values[m]
            if value is None or total is None:
                break
            running += value
            if running == total and m > n + 1:
                end = m
                break
        n = (end if end is not None else n) + 1
    return kept
