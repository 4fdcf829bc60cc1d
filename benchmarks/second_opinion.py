"""Whole digital proposals against a second opinion: every rule of every organisation, and the verdict.

    python -m benchmarks.second_opinion --seeds 4 [--only marginal] [--scan office]

The opinion is `tests/validators/oracle`: written from the notice, it imports no rule. Each scenario bends a made
proposal, prints it, has it checked and compares what the rules say with what the facts mean. With `--scan` the papers
that the scenario is about are scanned: a rule may then stay open, but must not say the contrary (SILENT).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from benchmarks.bends import (
    Bend,
    K,
    budget,
    cash,
    coverage,
    current,
    debt,
    equity,
    grant,
    head,
    person,
    share,
    statements,
    world,
)
from benchmarks.mishaps import Kept
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.flows import check
from jeopsu.samples.companies import Company as Invented
from jeopsu.samples.make import make_proposal
from jeopsu.samples.world import World, make_world
from tests.validators.oracle import facts
from tests.validators.oracle.opinion import effect, opinion, verdict

KST = timezone(timedelta(hours=9))
MONEY, PEOPLE, BOOKS = (1, 2, 9, 16, 17, 19), (2, 5, 10, 12, 18), (8, 14)
_OPINIONS = {"적정": "unqualified", "한정": "qualified", "부적정": "adverse", "의견거절": "disclaimer"}
_RANK = [Outcome.FAIL, Outcome.UNDETERMINED, Outcome.PASS, Outcome.NOT_APPLICABLE]
_GOOD = {"pass", "not_applicable"}


class Scenario(NamedTuple):
    """What is bent, the documents that are printed anew (none: all), and uploads that are then taken away."""

    what: str
    bend: Bend
    papers: tuple[int, ...] = ()
    gone: tuple[str, ...] = ()  # parts of file names
    received: datetime | None = None


def both(*bends: Bend) -> Bend:
    def bend(made: World) -> World:
        for one in bends:
            made = one(made)
        return made

    return bend


def company(key: str, **change: object) -> Bend:
    def bend(made: World) -> World:
        one: Invented = made.company(key).model_copy(update=change)
        return made.model_copy(update={key: one})

    return bend


def own(key: str, government: int, cash_: int, in_kind: int) -> Bend:
    """A budget by source in 천원; what is spent follows."""
    return budget(key, lambda one: {"government": government * K, "cash": cash_ * K, "in_kind": in_kind * K})


def hires(key: str, new: bool) -> Bend:
    def bend(made: World) -> World:
        people = tuple(p.model_copy(update={"new_hire": new}) if p.organisation == key else p for p in made.people)
        return made.model_copy(update={"people": people})

    return bend


def scenarios() -> Iterator[Scenario]:
    yield Scenario("as it is", world())
    yield from _money()
    yield from _kinds()
    yield from _books()
    yield from _people()
    yield from _papers()


def _money() -> Iterator[Scenario]:
    for more in (0, K):
        yield Scenario(f"grant at the cap {more:+d}", grant(200_000 * K + more), MONEY)
        yield Scenario(f"lead's share at 65 % {more:+d}", share("lead", 13, 7, more), MONEY)
        yield Scenario(f"partner's share at 80 % {more:+d}", share("partner", 4, 1, more), MONEY)
        yield Scenario(f"partner's cash at 10 % {-more:+d}", cash(-more), MONEY)
        bare = both(cash(-more), hires("partner", False))
        yield Scenario(f"the same without new hires {-more:+d}", bare, (*MONEY, *PEOPLE), ("[서식-18]",))
    for key in ("lead", "partner"):
        for more in (K, -K):
            change = budget(key, lambda b, m=more: {"research_allowance": b.research_allowance + m})
            yield Scenario(f"{key}'s allowance {more:+d}", change, MONEY)
        fifth = budget(key, lambda b: {"research_allowance": b.research_allowance * 2})
        yield Scenario(f"{key}'s allowance of a fifth", fifth, MONEY)
        for amount in (27_272, 27_273, 29_999, 30_000):
            bought = budget(key, lambda b, a=amount: {"outsourcing": a * K})
            yield Scenario(f"{key}'s outsourcing {amount}", bought, MONEY)
    big = budget("lead", lambda b: {"outsourcing": 30_000 * K})
    yield Scenario("outsourcing of 30,000 without its form", big, MONEY, ("[서식-17]",))
    yield Scenario("equipment without its form", world(), (), ("[서식-16]",))
    yield Scenario("materials without their form", world(), (), ("[서식-19]",))
    yield Scenario("new hires without their form", world(), (), ("[서식-18]",))
    yield Scenario("partner buys materials", budget("partner", lambda b: {"materials": 20 * K}), MONEY)
    paid = budget("lead", lambda b: {"personnel_cash": b.government // 2 // (20 * K) * 20 * K})
    tenth = budget("lead", lambda b: {"research_allowance": (b.personnel_cash + b.personnel_in_kind) // 10})
    yield Scenario("lead pays half of the grant in cash", both(paid, tenth), MONEY)


def _kinds() -> Iterator[Scenario]:
    mid = company("partner", size="midsize")
    for more in (0, K):
        yield Scenario(f"a mid-size partner at 67 % {more:+d}", both(mid, share("partner", 67, 33, more)))
        large = company("partner", size="large")
        yield Scenario(
            f"a large partner at 33 % {more:+d}", both(large, own("partner", 33_000 + more // K, 42_000, 25_000))
        )
        yield Scenario(
            f"a large partner's cash at 60 % {-more:+d}",
            both(large, own("partner", 30_000, 42_000 - more // K, 28_000)),
        )
    candidate = company("lead", size="midsize_candidate")
    yield Scenario("a candidate at 80 %", both(candidate, share("lead", 4, 1), grant(180_000 * K)))
    yield Scenario("a small lead", company("lead", size="small"))
    yield Scenario("a large lead", company("lead", size="large"))
    yield Scenario("a mid-size partner without certificate", mid, (), ("[서식-15] 중견기업 확인서_partner",))
    for first, last in (("2022-04-01", "2023-04-25"), ("2022-04-01", "2023-04-24"), ("2023-04-26", "2024-03-31")):
        valid = (date.fromisoformat(first), date.fromisoformat(last))
        yield Scenario(f"certificate {first} to {last}", world(midsize_valid=valid), (15,))
    yield Scenario("no certificate", world(), (), ("[서식-15]",))
    for key in ("lead", "partner"):
        yield Scenario(f"{key}'s researcher is another's", world(employers={key: "주식회사 먼바다테크"}), (12,))


def _books() -> Iterator[Scenario]:
    for kind in ("한정", "부적정", "의견거절"):
        yield Scenario(f"{kind} of 2022", world(opinions={2022: kind}), (14,))
        yield Scenario(f"{kind} of 2021", world(opinions={2021: kind}), (14,))
    for key in ("lead", "partner"):
        heavy = statements(key, y2021=debt(5000), y2022=debt(5000))
        tight = statements(key, y2021=current(1), y2022=current(1))
        yield Scenario(f"{key}'s debt of 500 %", heavy, BOOKS)
        yield Scenario(f"{key}'s debt a unit under", statements(key, y2021=debt(5000), y2022=debt(5000, -1)), BOOKS)
        yield Scenario(f"{key}'s liquidity of 50 %", tight, BOOKS)
        yield Scenario(f"{key}'s liquidity a unit over", statements(key, y2021=current(1, 1), y2022=current(1)), BOOKS)
        yield Scenario(f"{key}'s equity gone", statements(key, y2022=equity(0)), BOOKS)
        yield Scenario(f"{key}'s equity gone twice", statements(key, y2021=equity(-3), y2022=equity(-7)), BOOKS)
        yield Scenario(f"{key}'s equity of one", statements(key, y2022=equity(1)), BOOKS)
        for year in (2020, 2021, 2022):
            yield Scenario(f"{key}'s {year} not there", world(), (), (f"{key} {year}",))
            yield Scenario(f"{key}'s {year} not there, debt of 500 %", heavy, BOOKS, (f"{key} {year}",))
    poor = statements("partner", y2021=debt(5000), y2022=debt(5000))
    for day in (date(2018, 4, 24), date(2018, 4, 25), date(2018, 4, 26)):
        yield Scenario(f"debt of 500 %, opened {day}", both(poor, company("partner", founded=day)), (2, 8, 13, 14))
    low = coverage(-1)
    marginal = statements("lead", y2020=low, y2021=low, y2022=low)
    for count in (0, 3, 4):
        yield Scenario(
            f"marginal, {count} projects", both(marginal, world(motie_projects={"lead": count, "partner": 0})), BOOKS
        )
    yield Scenario("marginal in two years", statements("lead", y2020=low, y2021=coverage(0), y2022=low), BOOKS)
    guess = world(estimated=("partner",))
    yield Scenario("2022 estimated", guess, BOOKS, ("표준재무제표증명(2022", "결산재무제표 확인원(2022"))
    closing = ("표준재무제표증명(2022", "결산재무제표 확인원(2022")
    yield Scenario("2022 estimated, debt of 500 %", both(guess, poor), BOOKS, closing)
    lasting = statements("partner", y2020=debt(5000), y2021=debt(5000), y2022=debt(5000))
    yield Scenario("2022 estimated, debt of 500 % thrice", both(guess, lasting), BOOKS, closing)


def _people() -> Iterator[Scenario]:
    for key in ("lead", "partner"):
        for rate in (10, 9):
            yield Scenario(f"{key}: rate {rate} %", person(key, rate=rate), PEOPLE)
        for other in (60, 61):
            yield Scenario(f"{key}: {40 + other} % in all", person(key, rate=40, other_rate=other), PEOPLE)
        for projects in (5, 6, 7):
            yield Scenario(f"{key}: {projects} projects", person(key, projects=projects, projects_as_lead=0), PEOPLE)
    for led in (3, 4, 5):
        yield Scenario(f"lead of {led}", head(projects=led, projects_as_lead=led), PEOPLE)
    yield Scenario("a participant leads 4 others", person("lead", projects=5, projects_as_lead=4), PEOPLE)


def _papers() -> Iterator[Scenario]:
    for key in ("lead", "partner"):
        for day in (date(2023, 1, 25), date(2023, 1, 24), date(2022, 4, 10)):
            yield Scenario(f"{key}'s registry of {day}", world(registry_issued={key: day}), (13,))
    for number in (1, 3, 4, 5, 6, 7):
        yield Scenario(f"no document {number}", world(), (), (f"[서식-{number}]",))
    yield Scenario("ends on a leap day", world(end=date(2024, 2, 29)), MONEY)
    yield Scenario("starts a day early", world(start=date(2023, 4, 30)), MONEY)
    for number, admitted in enumerate(("banned", "defaulted", "in arrears", "registered", "filed")):
        yield Scenario(f"declares itself {admitted}", world(admitted={"lead": (number,)}), (8,))
    for minute in (0, 1):
        late = datetime(2023, 4, 25, 18, minute, tzinfo=KST)
        yield Scenario(f"handed in at {late}", world(), (), (), late)


# -- facts and comparison ---------------------------------------------------------------------------------------------

_ADMITTED = ("participation_ban", "bankruptcy", "tax_arrears", "credit_default")


def _year(made: World, key: str, year: int, shown: bool) -> facts.Year:
    a = next(one for one in made.accounts[key] if one.year == year)
    guess = key in made.estimated and year == 2022
    audited = key == "lead" and shown and not guess
    names = ("current_assets", "current_liabilities", "liabilities", "equity", "revenue", "operating_income",
             "interest_expense", "rnd_expense")  # fmt: skip
    told = _OPINIONS[made.opinions.get(year, "적정")] if audited else None
    return facts.Year(**{name: a[name] for name in names}, opinion=told, estimated=guess)


def facts_of(made: World, gone: tuple[str, ...], received: datetime) -> facts.Proposal:
    """What a made proposal says, for the oracle."""
    return facts.Proposal(
        tuple(_company(made, key, gone) for key in ("lead", "partner")),
        received=received,
        start=made.start,
        end=made.end,
        lacks=tuple(n for n in range(1, 8) if f"[서식-{n}]" in gone),
    )


def _company(made: World, key: str, gone: tuple[str, ...]) -> facts.Company:
    one, money = made.company(key), made.budget(key)
    people = tuple(
        facts.Person(
            name=p.name, role=p.role, rate=str(p.rate), rate_total=str(p.rate_total), projects=p.projects,
            as_lead=p.projects_as_lead, new_hire=p.new_hire, pay_in_cash=p.personnel_cash if p.new_hire else 0,
        )
        for p in made.people_of(key)
    )  # fmt: skip
    missing = {y for y in facts.YEARS if f"{key} {y}" in gone}
    compared = key == "lead" or made.taste.partner_paper == "closing"
    known = [y for y in facts.YEARS if y not in missing or (compared and y + 1 in facts.YEARS and y + 1 not in missing)]
    first, last = made.midsize_valid
    without = "[서식-15]" in gone or (key == "partner" and any("partner" in name for name in gone if "15" in name))
    paper = None if one.size != "midsize" or without else facts.Certificate(first, last)
    return facts.Company(
        key, one.size, people, government=money.government, cash=money.cash, in_kind=money.in_kind,
        personnel_cash=money.personnel_cash, personnel_in_kind=money.personnel_in_kind, equipment=money.equipment,
        materials=money.materials, outsourcing=money.outsourcing, allowance=money.research_allowance,
        indirect=money.indirect, activity=money.activity, audited=key == "lead",
        declared_projects=made.motie_projects.get(key), opened=one.founded, certificate=paper,
        years={y: _year(made, key, y, y not in missing) for y in known}, unfiled=frozenset(missing & set(known)),
        registry_issued=made.registry_issued.get(key, date(2023, 3, 2)), employer=made.employers.get(key),
        lacks=tuple(str(n) for n in range(8, 20) if f"[서식-{n}]" in gone and n != 15),
    )  # fmt: skip


def _wrong(found: tuple[Finding, ...], said: str, p: facts.Proposal, made: World, scanned: bool) -> Iterator[str]:
    right = opinion(p)
    for key, items in made.admitted.items():
        right |= {(rule, key): facts.one(facts.F) for n, rule in enumerate(_ADMITTED) if n in items}
        if 4 in items:
            right |= {(rule, key): facts.one(facts.F) for rule in ("bankruptcy", "rehabilitation")}
    for (rule, whose), outcomes in right.items():
        own = [f for f in found if (f.rule, f.organisation) == (rule, whose)]
        worst = min((f.outcome for f in own), key=_RANK.index, default=None)
        words = "; ".join(f.message.ko[:160] for f in own if f.outcome is worst)
        good = worst in outcomes or (worst in _GOOD and bool(outcomes & _GOOD))
        if not good and not (scanned and worst in ("undetermined", None)):
            yield f"{rule} {whose}: {worst} for {sorted(outcomes)}: {words}"
        if any(f.effect.value != effect(rule) for f in own):
            yield f"{rule}: {own[0].effect} for {effect(rule)}"
    whole = set(verdict(p)) | ({"excluded"} if made.admitted else set())
    if said not in whole and not scanned:
        failed = sorted({f.rule for f in found if f.outcome == "fail" and f.effect not in ("score", "information")})
        yield f"the whole: {said} for {sorted(whole)}; failed: {failed}"


def _print(base: Path, place: Path, seed: int, scenario: Scenario, scan: str, made: World) -> None:
    """The proposal's files: those of the scenario anew, the others as they were."""
    bend = both(world(motie_projects={"lead": 1, "partner": 0}), scenario.bend)
    only = scenario.papers or None
    if only:
        shutil.copytree(base, place, dirs_exist_ok=True)
        for path in list(place.iterdir()):
            if any(path.name.startswith(f"[서식-{n}]") for n in only):
                path.unlink()
    if scenario.papers or scenario.bend(made) != made:
        make_proposal(place, seed=seed, bend=bend, only=only, scan=scan if only else "digital")
    else:
        shutil.copytree(base, place, dirs_exist_ok=True)
    for part in scenario.gone:
        for path in list(place.iterdir()):
            key, _, year = part.rpartition(" ")
            whose = made.company(key).file_name if key in ("lead", "partner") else ""
            if part in path.name or (whose and path.name.endswith(f"_{whose}.pdf") and f"{year}년" in path.name):
                path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[4])
    parser.add_argument("--only", default="")
    parser.add_argument("--scan", default="digital")
    given = parser.parse_args()
    scanned = given.scan != "digital"
    asked = wrong = 0
    for seed in given.seeds:
        kept, plain = Kept(), make_world(seed).model_copy(update={"motie_projects": {"lead": 1, "partner": 0}})
        with tempfile.TemporaryDirectory() as root:
            base = Path(root) / "base"
            make_proposal(base, seed=seed, bend=lambda made, plain=plain: plain)
            for number, scenario in enumerate(scenarios()):
                if given.only not in scenario.what or (scanned and not scenario.papers):
                    continue
                place = Path(root) / str(number)
                try:
                    made = scenario.bend(plain)
                except AssertionError:  # this proposal has not the money for it
                    print(f"seed {seed}, {scenario.what}: cannot be made", flush=True)
                    continue
                _print(base, place, seed, scenario, given.scan, plain)
                received = scenario.received or plain.submitted
                files = [check.on_disk(path, path.name) for path in sorted(place.iterdir())]
                report = check.check_files(
                    files, call_id="kiat-2023-265", proposal="P", received=received, cache=kept, jobs=1
                )
                p = facts_of(made, scenario.gone, received)
                differences = list(_wrong(report.findings, report.verdict.value, p, made, scanned))
                asked, wrong = asked + 1, wrong + bool(differences)
                for words in differences:
                    print(f"seed {seed}, {scenario.what}: {words}", flush=True)
                shutil.rmtree(place)
    print(f"{asked} proposals, {wrong} not as expected")


if __name__ == "__main__":
    main()
