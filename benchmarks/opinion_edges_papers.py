"""Edges of `second_opinion.py` that statements and papers show: their years, exceptions, estimates, second uploads."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.bends import Bend, Year, coverage, current, debt, equity, statements, world
from benchmarks.opinion_scenarios import BOOKS, Hand, Scenario, both, company
from jeopsu.samples.accounts import YearAccounts
from jeopsu.samples.make import make_proposal
from jeopsu.samples.world import World

F, P, U, N = "fail", "pass", "undetermined", "not_applicable"
CLOSING = ("표준재무제표증명(2022", "결산재무제표 확인원(2022", "2022년 회계감사보고서")


def papers() -> Iterator[Scenario]:
    yield from _books()
    yield from _bases()
    yield from _estimates()
    yield from _papers()
    yield from _twice()


# -- statements ------------------------------------------------------------------------------------------------------


def nothing_owed(year: YearAccounts) -> Year:
    return Year(current_liabilities=0, current_assets=year["current_assets"] // year.unit)


def no_interest(income: int) -> Callable[[YearAccounts], Year]:
    return lambda year: Year(coverage=(income, 0))


def _books() -> Iterator[Scenario]:
    for key in ("lead", "partner"):
        for what, bend in {
            "debt of 500 % in 2022 alone": {"y2022": debt(5000)},
            "debt of 500 % in 2021 alone": {"y2021": debt(5000)},
            "debt of 500 % in 2020 and 2022": {"y2020": debt(5000), "y2022": debt(5000)},
            "debt of 500 %, then no equity": {"y2021": debt(5000), "y2022": equity(0)},
            "no equity, then debt of 500 %": {"y2021": equity(0), "y2022": debt(5000)},
            "no equity, then debt of 499.9 %": {"y2021": equity(-5), "y2022": debt(4999)},
            "much debt, then little liquidity": {"y2021": debt(5000), "y2022": current(1)},
            "liquidity of 50 % in 2022 alone": {"y2022": current(1)},
            "nothing owed at short term": {"y2021": nothing_owed, "y2022": nothing_owed},
            "equity of minus one": {"y2022": equity(-1)},
            "equity gone in 2021 alone": {"y2021": equity(-1)},
        }.items():  # fmt: skip
            yield Scenario(f"{key}: {what}", statements(key, **bend), BOOKS)
    tight = statements("partner", y2021=current(1), y2022=current(1))
    for day in (date(2018, 4, 24), date(2018, 4, 25), date(2018, 4, 26)):
        opened = company("partner", founded=day)
        yield Scenario(f"liquidity of 50 %, opened {day}", both(tight, opened), (2, 8, 13, 14))
    gone = both(statements("partner", y2022=equity(-1)), company("partner", founded=date(2019, 6, 3)))
    yield Scenario("equity gone in a young company", gone, (2, 8, 13, 14))
    heavy = statements("lead", y2021=debt(5000), y2022=debt(5000))
    for fact in ("credit_rating_bbb", "foreign_invested", "crisis_region", "debt_adjusted"):
        for value in (True, False):
            yield Scenario(f"debt of 500 %, {fact}: {value}", heavy, BOOKS, staff=((fact, "lead", value),))
    low, even = coverage(-1), coverage(0)
    for what, years in {
        "coverage of exactly one, three years": (even, even, even), "no interest, three losses": (no_interest(-3),) * 3,
        "no interest in one year": (low, no_interest(-3), low), "losses and interest": (no_interest(-3), low, low),
    }.items():  # fmt: skip
        yield Scenario(what, statements("lead", **dict(zip(("y2020", "y2021", "y2022"), years, strict=True))), BOOKS)
    marginal = statements("lead", y2020=low, y2021=low, y2022=low)
    for year in (2020, 2021, 2022):
        yield Scenario(
            f"marginal, {year} not there",
            both(marginal, world(motie_projects={"lead": 4, "partner": 0})),
            BOOKS,
            (f"lead {year}년",),
        )
    for count in (3, 4):
        yield Scenario(
            f"marginal, staff count {count}", marginal, BOOKS, staff=(("motie_lead_projects", "lead", count),)
        )
    for key in ("lead", "partner"):
        years = [f"{key} {y}년" for y in (2020, 2021, 2022)]
        yield Scenario(f"{key}: only 2022 there", world(), (), tuple(years[:2]))
        yield Scenario(f"{key}: 2021 and 2022 not there", world(), (), (years[1], years[2]))
        yield Scenario(f"{key}: no statement at all", world(), (), tuple(years))
    for day in (date(2020, 12, 31), date(2021, 1, 1), date(2021, 6, 1)):
        yield Scenario(f"opened {day}, no 2020", company("partner", founded=day), (2, 8, 13, 14), ("partner 2020년",))


def basis(made: World, k_ifrs: bool) -> World:
    return made.model_copy(update={"taste": made.taste.model_copy(update={"k_ifrs": k_ifrs})})


def audited(year: int, bend: Bend, to: str = "") -> Hand:
    """The lead's audit report of a year, printed otherwise: in place of its own, or beside it (`to`)."""

    def hand(folder: Path, made: World) -> None:
        other = folder.with_name("second")
        make_proposal(other, seed=made.seed, bend=lambda _: bend(made), only={14})
        path = next(p for p in other.iterdir() if f"{year}년 회계감사보고서" in p.name)
        shutil.move(path, folder / path.name.replace("보고서", f"보고서{to}"))
        shutil.rmtree(other)

    return hand


def _bases() -> Iterator[Scenario]:
    """K-IFRS and K-GAAP: one year in the one, the other in the other; and both of the last year."""
    ifrs, gaap = (lambda made: basis(made, True)), (lambda made: basis(made, False))
    heavy = statements("lead", y2021=debt(5000), y2022=debt(5000))
    yield Scenario("2021 under K-GAAP, the others under K-IFRS", ifrs, BOOKS, hand=audited(2021, gaap))
    yield Scenario("the same with debt of 500 %", both(heavy, ifrs), BOOKS, hand=audited(2021, gaap),
                   says=(("debt_ratio_two_years", "lead", F, U),))  # fmt: skip
    impaired = both(statements("lead", y2022=equity(-1)), ifrs)
    sound = both(statements("lead", y2022=equity(5000)), gaap)
    capital = ("capital_impairment", "lead", U, P)
    both_ways = audited(2022, sound, "(K-GAAP)")
    yield Scenario("equity gone under K-IFRS, not under K-GAAP", impaired, BOOKS, hand=both_ways, says=(capital,))


def _estimates() -> Iterator[Scenario]:
    for key in ("lead", "partner"):
        guess = world(estimated=(key,))
        for what, years in {
            "as they were": {}, "debt of 500 %, the last two": {"y2021": debt(5000), "y2022": debt(5000)},
            "debt of 500 %, the closed two": {"y2020": debt(5000), "y2021": debt(5000)},
            "liquidity of 50 % thrice": {f"y{y}": current(1) for y in (2020, 2021, 2022)},
            "equity gone in the estimate": {"y2022": equity(-1)},
            "equity gone in the closed year": {"y2021": equity(-1)},
            "equity gone in both": {"y2021": equity(-1), "y2022": equity(0)},
        }.items():  # fmt: skip
            yield Scenario(
                f"{key}'s 2022 estimated, {what}",
                both(statements(key, **years), guess),
                BOOKS,
                tuple(f"{key} {w}" for w in CLOSING),
            )


# -- papers ----------------------------------------------------------------------------------------------------------


def moved(part: str, source: str, target: str) -> Hand:
    """The one company's paper under the other one's name, in place of its own."""

    def hand(folder: Path, made: World) -> None:
        names = [f"_{made.company(key).file_name}.pdf" for key in (source, target)]
        for path in list(folder.iterdir()):
            if part in path.name and path.name.endswith(names[0]):
                shutil.copy(path, folder / path.name.replace(*names))

    return hand


def _papers() -> Iterator[Scenario]:
    gone = {8: "[서식-8]", 10: "[서식-10]", 11: "[서식-11]", 12: "[서식-12]"}
    for key in ("lead", "partner"):
        for number, words in gone.items():
            yield Scenario(
                f"{key} without document {number}",
                world(),
                (),
                (f"{key} {words}",),
                says=(("document_missing", key, F),),
            )
        for words in ("사업자등록증", "법인등기부등본"):
            yield Scenario(
                f"{key} without {words}", world(), (), (f"{key} {words}",), says=(("document_missing", key, F),)
            )
    mid = company("partner", size="midsize")
    yield Scenario("the lead's certificate is the partner's", mid, hand=moved("[서식-15]", "partner", "lead"),
                   says=(("midsize_certificate", "lead", F), ("lead_is_midsize_or_candidate", "lead", U)))  # fmt: skip
    for first, last in (("2023-04-25", "2024-03-31"), ("2022-04-01", "2023-03-31")):
        valid = (date.fromisoformat(first), date.fromisoformat(last))
        yield Scenario(f"certificate {first} to {last}", world(midsize_valid=valid), (15,))
    for key in ("lead", "partner"):
        for day in (date(2023, 4, 20), date(2023, 4, 26)):
            yield Scenario(f"{key}'s registry of {day}", world(registry_issued={key: day}), (13,))
        unsealed: Bend = lambda made, k=key: world(unsigned=(made.company(k).auditor_name,))(made)  # noqa: E731
        yield Scenario(f"no seal of {key}'s accountant", unsealed, (14,))


def copied(part: str, key: str, bend: Bend | None = None, to: str = " (1)") -> Hand:
    """A second upload of a paper: the same bytes under another name, or the paper as it would be printed otherwise."""

    def hand(folder: Path, made: World) -> None:
        tail = f"_{made.company(key).file_name}.pdf"
        path = next(p for p in sorted(folder.iterdir()) if part in p.name and p.name.endswith(tail))
        second = path.with_name(path.stem + to + path.suffix)
        if bend is None:
            shutil.copy(path, second)
            return
        number = int(part.partition("-")[2].partition("]")[0])
        other = folder.with_name("second")
        make_proposal(other, seed=made.seed, bend=lambda _: bend(made), only={number})
        shutil.move(other / path.name, second)
        shutil.rmtree(other)

    return hand


def _twice() -> Iterator[Scenario]:
    for part, key in (
        ("[서식-15]", "lead"),
        ("[서식-5]", "lead"),
        ("[서식-12]", "partner"),
        ("[서식-14] 2022", "lead"),
    ):
        yield Scenario(f"{part} of {key} twice, the same", world(), (), hand=copied(part, key))
    expired = world(midsize_valid=(date(2022, 4, 1), date(2023, 3, 31)))
    yield Scenario("the certificate twice, one expired", world(), (), hand=copied("[서식-15]", "lead", expired),
                   says=(("midsize_certificate", "lead", U, F, P),
                         ("lead_is_midsize_or_candidate", "lead", U, P)))  # fmt: skip
    old = world(registry_issued={"lead": date(2022, 4, 10)})
    yield Scenario("the registry twice, one old", world(), (), hand=registry_twice(old),
                   says=(("registry_fresh", "lead", U, F, P),))  # fmt: skip


def registry_twice(bend: Bend) -> Hand:
    def hand(folder: Path, made: World) -> None:
        other = folder.with_name("second")
        make_proposal(other, seed=made.seed, bend=lambda _: bend(made), only={13})
        path = next(
            p for p in other.iterdir() if "법인등기부등본" in p.name and p.name.endswith(f"_{made.lead.file_name}.pdf")
        )
        shutil.move(path, folder / (path.stem + " (1).pdf"))
        shutil.rmtree(other)

    return hand
