"""Whole digital proposals against a second opinion: every rule of every organisation, and the verdict.

    python -m benchmarks.second_opinion --seeds 4 [--set edges] [--only marginal "registry of"] [--scan office] [--open]

The opinion is `tests/validators/oracle`: written from the notice, it imports no rule. Each scenario bends a made
proposal, prints it, has it checked and compares what the rules say with what the facts mean. With `--scan` the papers
that the scenario is about are scanned: a rule may then stay open, but must not say the contrary (SILENT).

`--open` also lists, beside what the sound proposal says: rules that stay open (with the outcomes that would be right),
and rules that no opinion speaks of and that came out otherwise.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.bends import world
from benchmarks.mishaps import Kept
from benchmarks.opinion_edges import edges
from benchmarks.opinion_scenarios import Scenario, both, scenarios
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.submissions import StaffFact
from jeopsu.flows import check
from jeopsu.samples.make import make_proposal
from jeopsu.samples.world import World, make_world
from tests.validators.oracle import facts
from tests.validators.oracle.opinion import Opinion, effect, opinion, verdict

_OPINIONS = {"적정": "unqualified", "한정": "qualified", "부적정": "adverse", "의견거절": "disclaimer"}
_RANK = [Outcome.FAIL, Outcome.UNDETERMINED, Outcome.PASS, Outcome.NOT_APPLICABLE]
_GOOD = {"pass", "not_applicable"}
# Rules of which the opinion knows nothing, and whose gaps count for the whole.
_UNTOLD = {"signoff_present", "document_content", "document_missing", "identity_consistent", "participants_agree"}
Key = tuple[str, str | None]
_MAY_EXCLUDE: tuple[Key, ...] = (("partner_is_profit_company", "partner"), ("consortium_one_to_one", None))


_PARTS = {"bizreg": "사업자등록증", "registry": "법인등기부등본"}
_ADMITTED = ("participation_ban", "bankruptcy", "tax_arrears", "credit_default")


def _year(made: World, key: str, year: int, shown: bool) -> facts.Year:
    a = next(one for one in made.accounts[key] if one.year == year)
    guess = key in made.estimated and year == 2022
    audited = key == "lead" and shown and not guess
    names = ("current_assets", "current_liabilities", "liabilities", "equity", "revenue", "operating_income",
             "interest_expense", "rnd_expense")  # fmt: skip
    told = _OPINIONS[made.opinions.get(year, "적정")] if audited else None
    return facts.Year(**{name: a[name] for name in names}, opinion=told, estimated=guess)


def facts_of(made: World, scenario: Scenario, received: datetime) -> facts.Proposal:
    """What a made proposal says, for the oracle."""
    gone = scenario.gone
    return facts.Proposal(
        tuple(_company(made, one.key, scenario) for one in made.handing_in),
        received=received,
        start=made.start,
        end=made.end,
        lacks=tuple(n for n in range(1, 8) if f"[서식-{n}]" in gone),
    )


def _company(made: World, key: str, scenario: Scenario) -> facts.Company:
    one, money, gone = made.company(key), made.budget(key), scenario.gone
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
    lacks = {str(n) for n in range(8, 20) if {f"[서식-{n}]", f"{key} [서식-{n}]"} & set(gone)}
    lacks |= {f"13 {part}" for part, words in _PARTS.items() if f"{key} {words}" in gone}
    paper = None if one.size != "midsize" or "15" in lacks else facts.Certificate(first, last)
    return facts.Company(
        key, one.size, people, government=money.government, cash=money.cash, in_kind=money.in_kind,
        personnel_cash=money.personnel_cash, personnel_in_kind=money.personnel_in_kind, equipment=money.equipment,
        materials=money.materials, outsourcing=money.outsourcing, allowance=money.research_allowance,
        indirect=money.indirect, activity=money.activity, audited=key == "lead",
        declared_projects=None if "8" in lacks else made.motie_projects.get(key),
        opened=None if "13 bizreg" in lacks else one.founded, certificate=paper,
        years={y: _year(made, key, y, y not in missing) for y in known}, unfiled=frozenset(missing & set(known)),
        registry_issued=made.registry_issued.get(key, date(2023, 3, 2)), employer=made.employers.get(key),
        lacks=tuple(lacks - {"15"}), staff={name: value for name, whose, value in scenario.staff if whose == key},
    )  # fmt: skip


def _right(p: facts.Proposal, made: World, scenario: Scenario) -> Opinion:
    """What the facts mean, with what only this benchmark knows of them."""
    right = opinion(p)
    if _bare(made):  # what is not handed in of the third is no matter here
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
    return right | {(str(rule), whose): frozenset(map(str, told)) for rule, whose, *told in scenario.says}


def _bare(made: World) -> bool:
    """A third party that stands in the plan alone."""
    return made.third is not None and made.third[0].key not in made.accounts


def _worst(found: tuple[Finding, ...]) -> dict[Key, Outcome]:
    said: dict[Key, Outcome] = {}
    for one in sorted(found, key=lambda f: _RANK.index(f.outcome)):
        said.setdefault((one.rule, one.organisation), one.outcome)
    return said


def _words(found: tuple[Finding, ...], key: Key, outcome: Outcome | None) -> str:
    return "; ".join(f.message.ko[:160] for f in found if (f.rule, f.organisation) == key and f.outcome is outcome)


def _wrong(
    found: tuple[Finding, ...], said: str, p: facts.Proposal, made: World, right: Opinion, scanned: bool
) -> Iterator[str]:
    for (rule, whose), outcomes in right.items():
        own = [f for f in found if (f.rule, f.organisation) == (rule, whose)]
        worst = min((f.outcome for f in own), key=_RANK.index, default=None)
        words = _words(found, (rule, whose), worst)
        good = worst in outcomes or (worst in _GOOD and bool(outcomes & _GOOD))
        if not good and not (scanned and worst in ("undetermined", None)):
            yield f"{rule} {whose}: {worst} for {sorted(outcomes)}: {words}"
        if any(f.effect.value != effect(rule) for f in own):
            yield f"{rule}: {own[0].effect} for {effect(rule)}"
    whole = set(verdict(p)) | ({"excluded"} if made.admitted else set()) | ({"supplement"} if made.refused else set())
    whole |= {"exclusion_possible"} if any(right.get(key) == {facts.F} for key in _MAY_EXCLUDE) else set()
    whole |= {"supplement"} if any(f.rule in _UNTOLD and f.outcome == "fail" for f in found) else set()
    if said not in whole and not scanned and not _bare(made):
        failed = sorted({f.rule for f in found if f.outcome == "fail" and f.effect not in ("score", "information")})
        yield f"the whole: {said} for {sorted(whole)}; failed: {failed}"


def _open(found: tuple[Finding, ...], right: Opinion, sound: dict[Key, Outcome]) -> Iterator[str]:
    """What stays open, and what else came out otherwise than of the sound proposal."""
    for key, worst in _worst(found).items():
        outcomes = right.get(key)
        if worst == sound.get(key) or (key not in sound and worst in _GOOD) or (outcomes and worst != "undetermined"):
            continue
        if outcomes is None or outcomes != {"undetermined"}:
            told = f"open, {sorted(outcomes)} would be right" if outcomes else f"{sound.get(key)} -> {worst}"
            yield f"({key[0]} {key[1]}: {told}: {_words(found, key, worst)})"


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
    if scenario.hand:
        scenario.hand(place, scenario.bend(made))
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
    parser.add_argument("--set", choices=("limits", "edges", "all"), default="all")
    parser.add_argument("--open", action="store_true")
    given = parser.parse_args()
    scanned = given.scan != "digital"
    asked = wrong = 0
    every = {"limits": [*scenarios()], "edges": [*scenarios()][:1] + [*edges()], "all": [*scenarios(), *edges()]}
    for seed in given.seeds:
        kept, plain = Kept(), make_world(seed).model_copy(update={"motie_projects": {"lead": 1, "partner": 0}})
        with tempfile.TemporaryDirectory() as root:
            base = Path(root) / "base"
            make_proposal(base, seed=seed, bend=lambda made, plain=plain: plain)
            sound: dict[Key, Outcome] = {}
            for number, scenario in enumerate(every[given.set]):
                first = number == 0 and given.open
                asked_for = any(words in scenario.what for words in given.only) and (scenario.papers or not scanned)
                if not asked_for and not first:
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
                answers = [
                    StaffFact(fact=name, organisation=whose, value=value, by="staff", at=datetime.now(UTC))
                    for name, whose, value in scenario.staff
                ]
                report = check.check_files(
                    files, call_id="kiat-2023-265", proposal="P", received=received, facts=answers, cache=kept, jobs=1
                )
                p = facts_of(made, scenario, received)
                right = _right(p, made, scenario)
                differences = list(_wrong(report.findings, report.verdict.value, p, made, right, scanned))
                sound = sound or _worst(report.findings)
                if given.open:
                    for words in _open(report.findings, right, sound):
                        print(f"seed {seed}, {scenario.what}: {words}", flush=True)
                asked, wrong = asked + 1, wrong + bool(differences)
                for words in differences:
                    print(f"seed {seed}, {scenario.what}: {words}", flush=True)
                shutil.rmtree(place)
    print(f"{asked} proposals, {wrong} not as expected")


if __name__ == "__main__":
    main()
