"""Whole digital proposals against a second opinion: every rule of every organisation, and the verdict.

    python -m benchmarks.second_opinion --seeds 4 [--only marginal "registry of"] [--scan office]

The opinion is `tests/validators/oracle`: written from the notice, it imports no rule. Each scenario bends a made
proposal, prints it, has it checked and compares what the rules say with what the facts mean. With `--scan` the papers
that the scenario is about are scanned: a rule may then stay open, but must not say the contrary (SILENT).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from benchmarks.bends import world
from benchmarks.mishaps import Kept
from benchmarks.opinion_scenarios import Scenario, both, scenarios
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.flows import check
from jeopsu.samples.make import make_proposal
from jeopsu.samples.world import World, make_world
from tests.validators.oracle import facts
from tests.validators.oracle.opinion import effect, opinion, verdict

_OPINIONS = {"적정": "unqualified", "한정": "qualified", "부적정": "adverse", "의견거절": "disclaimer"}
_RANK = [Outcome.FAIL, Outcome.UNDETERMINED, Outcome.PASS, Outcome.NOT_APPLICABLE]
_GOOD = {"pass", "not_applicable"}


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
    missing = {y for y in facts.YEARS if f"{key} {y}년" in gone}
    compared = key == "lead" or made.taste.partner_paper == "closing"
    known = [y for y in facts.YEARS if y not in missing or (compared and y + 1 in facts.YEARS and y + 1 not in missing)]
    first, last = made.midsize_valid
    without = "[서식-15]" in gone or f"{key} [서식-15]" in gone
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
    if made.third:  # what is not handed in of the third is no matter here
        right = {("consortium_one_to_one", None): facts.one(facts.F)}
    right |= {("lead_affiliation", key): facts.one(facts.U) for key in made.left}
    if 7 in made.refused:
        right["data_disclosure_consent", None] = facts.one(facts.F)
    if 10 in made.refused:
        right |= {("consents_given", key): facts.one(facts.F) for key in ("lead", "partner")}
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
    whole = set(verdict(p)) | ({"excluded"} if made.admitted else set()) | ({"supplement"} if made.refused else set())
    if said not in whole and not scanned and not made.third:
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
        key, _, words = part.partition(" ")
        whose = f"_{made.company(key).file_name}.pdf" if key in ("lead", "partner") else ""
        for path in list(place.iterdir()):
            if (words if whose else part) in path.name and path.name.endswith(whose):
                path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[4])
    parser.add_argument("--only", nargs="+", default=[""])
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
                if not any(words in scenario.what for words in given.only) or (scanned and not scenario.papers):
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
