"""§1-3, §2, §4-2: who may be in the consortium, the mid-size certificate, the candidate's five conditions."""

from __future__ import annotations

from tests.validators.oracle import soundness
from tests.validators.oracle.facts import CLOSING_DAY, EOK, YEARS, Company, F, N, Outcomes, P, Proposal, U, of, one

# 중견기업법 시행령 별표 1: last year's revenue from, in 억원, for the industries used here.
_FLOOR = {"C24": 1000, "C28": 1000, "C26": 700, "C29": 700, "G": 700, "C27": 550, "C21": 550, "M": 400, "I": 300}
_DISPUTED = {"J": (400, 550), "J58": (400, 550), "H": (400, 550)}  # two sources name two floors


def one_to_one(p: Proposal) -> Outcomes:
    leads = sum(c.key == "lead" for c in p.companies)
    return of(leads == 1 and len(p.companies) == 2)


def certificate(c: Company) -> Outcomes:
    """A mid-size company gives its own certificate, valid on the closing day (reading 2)."""
    if c.size != "midsize":
        return one(N)
    paper = c.certificate
    return of(paper is not None and paper.own and paper.first <= CLOSING_DAY <= paper.last)


def lead_type(c: Company) -> Outcomes:
    """A mid-size lead whose certificate does not prove it stays open: the gap is the certificate's."""
    if c.size == "midsize":
        return one(P) if certificate(c) == {P} else one(U)
    return candidate(c) if c.size == "midsize_candidate" else one(F)


def _and(*parts: bool | None) -> bool | None:
    return False if False in parts else None if None in parts else True


def _or(*parts: bool | None) -> bool | None:
    return True if True in parts else None if None in parts else False


Window = tuple[int, ...]


def _sales(c: Company, window: Window) -> list[int] | None:
    return [c.years[y].revenue for y in window] if all(y in c.years for y in window) else None


def _small(c: Company, window: Window) -> bool | None:
    """① Whatever the industry, an average over 1,500억원 or assets of 5,000억원 are not small; else staff know."""
    sales, last = _sales(c, window), c.years.get(window[-1])
    if (sales and sum(sales) > 3 * 1500 * EOK) or (last and last.assets >= 5000 * EOK):
        return False
    said = c.staff.get("is_small_company")
    return None if said is None or not sales or not last else bool(said)


def _industry(c: Company, window: Window) -> bool | None:
    """③ Whatever the industry, 1,000억원 are enough and under 300억원 are not."""
    if window[-1] not in c.years:
        return None
    revenue = c.years[window[-1]].revenue
    code = str(c.staff.get("main_industry", ""))
    low, high = _DISPUTED.get(code, (_FLOOR.get(code, 300), _FLOOR.get(code, 1000)))
    return True if revenue >= high * EOK else False if revenue < low * EOK else None


def _growth(c: Company, window: Window) -> bool | None:
    """④ ≥ 15 % (reading 12): the two-interval compound rate and the mean of the yearly rates must agree."""
    sales = _sales(c, window)
    if not sales or min(sales[:2]) <= 0:
        return None
    a, b, d = sales
    compound = d * 10_000 >= a * 13_225
    mean = 100 * (b * b + a * d) >= 230 * a * b
    return compound if compound == mean else None


def _research(c: Company, window: Window) -> bool | None:
    """⑤ mean of the yearly shares ≥ 2 %. The income statement's line is a lower bound: it proves, never disproves."""
    sales = _sales(c, window)
    spent = [c.years[y].rnd_expense for y in window if y in c.years]
    if not sales or None in spent or min(sales) <= 0:
        return None
    (a, b, d), (x, y, z) = sales, (amount or 0 for amount in spent)
    return True if 50 * (x * b * d + y * a * d + z * a * b) >= 3 * a * b * d else None


def candidate(c: Company) -> Outcomes:
    """①∧(②∨(③∧(④∨⑤))); ① holds for a company that is deemed small because of ② (reading 1)."""
    grown = c.staff.get("outgrown_year")
    two = None if grown is None else int(grown) in (2020, 2021, 2022)

    def holds(window: Window) -> bool | None:
        way = _and(_industry(c, window), _or(_growth(c, window), _research(c, window)))
        return _and(_or(two, _small(c, window)), _or(two, way))

    found = {holds(YEARS)}
    if 2022 in c.years and c.years[2022].estimated:
        found.add(holds((2019, 2020, 2021)))  # reading 9
    (answer,) = found if len(found) == 1 else (None,)
    return one(U) if answer is None else of(answer)


def candidate_statements(c: Company) -> Outcomes:
    return soundness.complete(c) if c.size == "midsize_candidate" else one(N)


def candidate_conditions(c: Company) -> Outcomes:
    return candidate(c) if c.size == "midsize_candidate" else one(N)


def demonstration(c: Company) -> Outcomes:
    """Only a supplier that finished a 2022 demonstration project, as staff know, owes its agreement."""
    finished, given = c.staff.get("finished_demonstration"), c.staff.get("agreement_given")
    if finished is None:
        return one(N, P, U)
    if not finished:
        return one(N, P)
    return one(U) if given is None else of(bool(given))
