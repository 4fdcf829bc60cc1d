"""Scenarios of §4-3 page 10: ratios, capital, opinions, marginal companies; each year present, missing, estimated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.validators.oracle.cases import Case, bent, lead, opened, years
from tests.validators.oracle.facts import EOK, F, M, N, P, U

_D500: dict[str, Any] = {"liabilities": 2000 * M, "equity": 400 * M}
_UNDER: dict[str, Any] = {"liabilities": 2000 * M - 1, "equity": 400 * M}
_GONE: dict[str, Any] = {"liabilities": 2000 * M, "equity": -1}
_C50: dict[str, Any] = {"current_assets": 100 * M, "current_liabilities": 200 * M}
_C51: dict[str, Any] = {"current_assets": 100 * M + 1, "current_liabilities": 200 * M}
_LOW: dict[str, Any] = {"operating_income": 10 * M - 1, "interest_expense": 10 * M}
_ONE: dict[str, Any] = {"operating_income": 10 * M, "interest_expense": 10 * M}


def cases() -> Iterator[Case]:
    yield from _debt()
    yield from _current()
    yield from _exceptions()
    yield from _capital()
    yield from _opinions()
    yield from _marginal()
    yield from _years()
    yield from _admitted()


def _admitted() -> Iterator[Case]:
    for rule in ("debt_ratio_two_years", "current_ratio_two_years", "capital_impairment", "marginal_company_projects"):
        yield Case("declared, and not so", rule, "lead", U, lead(admits=rule))
    audited = bent("lead", years("lead", all={"opinion": "unqualified"}), audited=True, admits="audit_opinion")
    yield Case("declared, and not so", "audit_opinion", "lead", U, audited)
    poor = years("lead", y2021=_D500, y2022=_D500)
    rule = "debt_ratio_two_years"
    yield Case("declared, and so it is", rule, "lead", F, bent("lead", poor, admits=rule))
    for rule in ("participation_ban", "tax_arrears", "credit_default", "obligations_unmet"):
        yield Case("declared", rule, "lead", F, lead(admits=rule))


def _debt() -> Iterator[Case]:
    rule = "debt_ratio_two_years"
    for key in ("lead", "partner"):
        yield Case("500.0 % in both", rule, key, F, years(key, y2021=_D500, y2022=_D500))
        yield Case("a won under in 2022", rule, key, P, years(key, y2021=_D500, y2022=_UNDER))
        yield Case("a won under in 2021", rule, key, P, years(key, y2021=_UNDER, y2022=_D500))
        yield Case("over 500 % in 2020 and 2021 only", rule, key, P, years(key, y2020=_D500, y2021=_D500))
        yield Case("equity gone in both", rule, key, F, years(key, y2021=_GONE, y2022=_GONE))
        yield Case("equity gone, then 500 %", rule, key, F, years(key, y2021=_GONE, y2022=_D500))
    none = {"liabilities": 0, "equity": 0}
    yield Case("equity of nothing, no debt", rule, "lead", F, years("lead", y2021=none, y2022=none))
    free = {"liabilities": 0, "current_liabilities": 0}
    yield Case("debt-free", rule, "lead", P, years("lead", y2021=free, y2022=free))
    yield Case("2021 missing, 2022 over", rule, "lead", U, years("lead", without=(2021,), y2022=_D500))
    yield Case("2021 missing, 2022 under", rule, "lead", P, years("lead", without=(2021,)))
    yield Case("2022 missing, 2021 over", rule, "partner", U, years("partner", without=(2022,), y2021=_D500))
    yield Case("2022 missing, 2021 under", rule, "partner", P, years("partner", without=(2022,)))
    yield Case("2020 missing, both over", rule, "lead", F, years("lead", without=(2020,), y2021=_D500, y2022=_D500))
    guess = {"estimated": True}
    yield Case("estimated over, 2020 under", rule, "lead", U, years("lead", y2021=_D500, y2022=_D500 | guess))
    yield Case("estimated over, 2020 over", rule, "lead", F, years("lead", all=_D500, y2022=guess))
    yield Case("estimated under, 2020 over", rule, "lead", U, years("lead", y2020=_D500, y2021=_D500, y2022=guess))
    yield Case("estimated under, 2021 under", rule, "lead", P, years("lead", y2020=_D500, y2022=guess))
    yield Case("one ratio each year", rule, "lead", P, years("lead", y2021=_D500, y2022=_C50))


def _current() -> Iterator[Case]:
    rule = "current_ratio_two_years"
    for key in ("lead", "partner"):
        yield Case("50.0 % in both", rule, key, F, years(key, y2021=_C50, y2022=_C50))
        yield Case("a won over in 2022", rule, key, P, years(key, y2021=_C50, y2022=_C51))
        yield Case("a won over in 2021", rule, key, P, years(key, y2021=_C51, y2022=_C50))
    none = {"current_assets": 0, "current_liabilities": 0}
    yield Case("nothing owed short-term", rule, "lead", P, years("lead", y2021=none, y2022=none))
    nothing = {"current_assets": 0}
    yield Case("no current assets", rule, "lead", F, years("lead", y2021=nothing, y2022=nothing))
    yield Case("2021 missing, 2022 under", rule, "lead", U, years("lead", without=(2021,), y2022=_C50))
    yield Case("one ratio each year", rule, "lead", P, years("lead", y2021=_D500, y2022=_C50))
    odd = {"current_assets": 99, "current_liabilities": 199}  # 49.7 % rounds to 50 %, and is under it
    yield Case("49.7 % in both", rule, "lead", F, years("lead", y2021=odd, y2022=odd))
    odd = {"current_assets": 100, "current_liabilities": 199}  # 50.3 %
    yield Case("50.3 % in both", rule, "lead", P, years("lead", y2021=odd, y2022=odd))


def _exceptions() -> Iterator[Case]:
    for rule, low in (("debt_ratio_two_years", _D500), ("current_ratio_two_years", _C50)):
        poor = years("partner", y2021=low, y2022=low)
        yield Case("a day under five years", rule, "partner", N, opened("partner", date(2018, 4, 26), poor))
        yield Case("five years to the day", rule, "partner", U, opened("partner", date(2018, 4, 25), poor))
        yield Case("a day over five years", rule, "partner", F, opened("partner", date(2018, 4, 24), poor))
        yield Case("opening day not known", rule, "partner", U, bent("partner", poor, opened=None))
        for name in ("credit_rating_bbb", "foreign_invested", "crisis_region"):
            yield Case(f"staff: {name}", rule, "partner", P, bent("partner", poor, staff={name: True}))
            yield Case(f"staff: no {name}", rule, "partner", F, bent("partner", poor, staff={name: False}))
    poor = years("partner", y2021=_D500, y2022=_D500)
    yield Case(
        "CB left out", "debt_ratio_two_years", "partner", P, bent("partner", poor, staff={"debt_adjusted": True})
    )
    tight = bent("partner", years("partner", y2021=_C50, y2022=_C50), staff={"debt_adjusted": True})
    yield Case("CB is no matter of liquidity", "current_ratio_two_years", "partner", F, tight)
    leap = bent("partner", poor, opened=date(2016, 2, 29))
    yield Case("opened on a leap day", "debt_ratio_two_years", "partner", F, leap)


def _capital() -> Iterator[Case]:
    rule = "capital_impairment"
    for key in ("lead", "partner"):
        yield Case("no equity", rule, key, F, years(key, y2022={"equity": 0}))
        yield Case("a won of equity", rule, key, P, years(key, y2022={"equity": 1}))
        yield Case("a won under nothing", rule, key, F, years(key, y2022={"equity": -1}))
    yield Case("under nothing a year ago", rule, "lead", P, years("lead", y2021={"equity": -1}))
    yield Case("partial impairment", rule, "lead", P, years("lead", y2022={"equity": 10 * M}))
    yield Case("2022 missing", rule, "lead", U, years("lead", without=(2022,)))
    young = opened("partner", date(2022, 1, 3), years("partner", y2022={"equity": -1}))
    yield Case("a young company, too", rule, "partner", F, young)
    rated = bent("partner", years("partner", y2022={"equity": -1}), staff={"credit_rating_bbb": True})
    yield Case("a good rating does not help", rule, "partner", F, rated)
    gaap = bent("lead", years("lead", y2022={"equity": -1}), staff={"gaap_not_impaired": True})
    yield Case("K-GAAP says otherwise", rule, "lead", P, gaap)
    no = bent("lead", years("lead", y2022={"equity": -1}), staff={"gaap_not_impaired": False})
    yield Case("K-GAAP says the same", rule, "lead", F, no)
    guess = {"equity": -1, "estimated": True}
    yield Case("estimated impairment", rule, "lead", U, years("lead", y2022=guess))
    yield Case("impaired, and estimated so", rule, "lead", F, years("lead", y2021={"equity": -1}, y2022=guess))


def _opinions() -> Iterator[Case]:
    rule, who = "audit_opinion", "lead"

    def audited(last: str | None, before: str = "unqualified", audited: bool = True, **of: Any) -> Any:
        made = years(who, y2020={"opinion": before}, y2021={"opinion": before}, y2022={"opinion": last} | of)
        return bent(who, made, audited=audited)

    yield Case("적정", rule, who, P, audited("unqualified"))
    yield Case("한정", rule, who, P, audited("qualified"))
    yield Case("부적정", rule, who, F, audited("adverse"))
    yield Case("의견거절", rule, who, F, audited("disclaimer"))
    yield Case("부적정 a year ago", rule, who, P, audited("unqualified", before="adverse"))
    yield Case("audited, 국세청 statements only", rule, who, U, lead(audited=True))
    yield Case("not audited", rule, who, N, lead(audited=False))
    yield Case("audited, 2022 estimated", rule, who, U, audited(None, estimated=True))
    missing = bent(who, years(who, without=(2022,), all={"opinion": "unqualified"}), audited=True)
    yield Case("audited, 2022 missing", rule, who, U, missing)


def _marginal() -> Iterator[Case]:
    rule, who = "marginal_company_projects", "lead"
    low = years(who, all=_LOW)
    yield Case("under 1 in three years", rule, who, U, low)
    yield Case("1 in the first year", rule, who, P, years(who, y2020=_ONE, y2021=_LOW, y2022=_LOW))
    yield Case("1 in the last year", rule, who, P, years(who, y2020=_LOW, y2021=_LOW, y2022=_ONE))
    yield Case("1 in each year", rule, who, P, years(who, all=_ONE))
    for run, outcome in ((3, P), (4, F), (0, P), (9, F)):
        yield Case(f"{run} projects as lead", rule, who, outcome, bent(who, low, staff={"motie_lead_projects": run}))
    small = bent(who, low, size="midsize_candidate", certificate=None)
    for run, outcome in ((1, P), (2, F)):
        yield Case(
            f"candidate: {run} as lead", rule, who, outcome, bent(who, small, staff={"motie_lead_projects": run})
        )
    for said, outcome in ((0, U), (3, U), (4, F)):
        yield Case(f"{said} declared", rule, who, outcome, bent(who, low, declared_projects=said))
    corrected = bent(who, low, declared_projects=4, staff={"motie_lead_projects": 3})
    yield Case("4 declared, 3 looked up", rule, who, P, corrected)
    loss = {"operating_income": -50 * M, "interest_expense": 0}
    yield Case("losses, no interest", rule, who, P, years(who, all=loss))
    yield Case("no interest in one year", rule, who, P, years(who, y2020=_LOW, y2021=_LOW, y2022=loss))
    deep = {"operating_income": -50 * M, "interest_expense": 1}
    yield Case("losses, a won of interest", rule, who, U, years(who, all=deep))
    yield Case("2020 missing, then low", rule, who, U, years(who, without=(2020,), all=_LOW))
    yield Case("2020 missing, 1 in 2021", rule, who, P, years(who, without=(2020,), y2021=_ONE, y2022=_LOW))
    ran = bent(who, years(who, without=(2020,), all=_LOW), staff={"motie_lead_projects": 4})
    yield Case("2020 missing, 4 projects", rule, who, U, ran)
    guess = bent(who, years(who, all=_LOW, y2022={"estimated": True}), staff={"motie_lead_projects": 4})
    yield Case("estimated 2022, 4 projects", rule, who, U, guess)
    yield Case("a marginal partner", "marginal_company_projects", who, P, years("partner", all=_LOW))


def _years() -> Iterator[Case]:
    rule = "fiscal_years_complete"
    for key in ("lead", "partner"):
        for year in (2020, 2021, 2022):
            yield Case(f"{year} missing", rule, key, F, years(key, without=(year,)))
    yield Case("2022 estimated", rule, "lead", P, years("lead", y2022={"estimated": True}))
    yield from _young()
    yield Case("all three missing", rule, "partner", F, bent("partner", years("partner"), years={}))


def _young() -> Iterator[Case]:
    """Companies that did not exist in each of the three years."""
    rule, who = "fiscal_years_complete", "partner"
    for day, without, outcome in (
        (date(2021, 1, 4), (2020,), P),
        (date(2020, 12, 31), (2020,), F),
        (date(2021, 7, 1), (2020, 2021), F),
        (date(2022, 3, 2), (2020, 2021), P),
        (date(2022, 3, 2), (2020, 2021, 2022), F),
        (date(2022, 3, 2), (2020, 2022), F),
        (None, (2020,), U),
    ):
        made = bent(who, years(who, without=without), opened=day)
        yield Case(f"opened {day}, without {without}", rule, who, outcome, made)
    heavy = years(who, without=(2020, 2021), y2022=_D500 | _C50)
    for rule in ("debt_ratio_two_years", "current_ratio_two_years"):
        yield Case("one year old, over the limit", rule, who, N, opened(who, date(2022, 3, 2), heavy))
        yield Case("two years missing, not young", rule, who, U, heavy)
    gone = years(who, without=(2020, 2021), y2022=_GONE)
    yield Case("one year old, impaired", "capital_impairment", who, F, opened(who, date(2022, 3, 2), gone))
    rule, low = "marginal_company_projects", years("lead", without=(2020,), all=_LOW)
    yield Case("two years old, both low", rule, "lead", U, opened("lead", date(2021, 1, 4), low))
    good = years("lead", without=(2020,), y2021=_LOW, y2022=_ONE)
    yield Case("two years old, one good", rule, "lead", P, opened("lead", date(2021, 1, 4), good))
    half = bent("lead", years("lead", without=(2020,), all={"revenue": 3000 * EOK}), government=66 * M, cash=34 * M)
    yield Case("average of two years only, 66 %", "government_share", "lead", U, bent("lead", half, in_kind=0))
