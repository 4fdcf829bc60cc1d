"""What must hold for every submission: more debt never helps, less knowledge never decides, order does not matter."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.submissions import Submission
from jeopsu.validators import run, verdict
from tests.validators.proposals import CALL, changed, doubtful, outcomes, proposal, settled
from tests.validators.scenario import Change, Scenario, both, budget, fs, has, made, person
from tests.validators.test_scenarios import ABSENT, ALL

SOUND = settled(proposal())
MONEY = st.integers(min_value=-(10**13), max_value=10**13)
POSITIVE = st.integers(min_value=0, max_value=10**13)
SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
# A rule asks for these only where they are there; their absence is no doubt about them.
OPTIONAL = ABSENT | {"check.item", "check.marked"}


def with_years(**years: tuple[int, int]) -> Submission:
    submission = SOUND
    for word, (liabilities, equity) in years.items():
        year = int(word.removeprefix("y"))
        submission = changed(submission, "fs.liabilities", "lead", year, value=liabilities)
        submission = changed(submission, "fs.equity", "lead", year, value=equity)
    return submission


@SLOW
@given(one=st.tuples(POSITIVE, MONEY), other=st.tuples(POSITIVE, MONEY), more=POSITIVE)
def test_more_debt_never_turns_fail_into_pass(one: tuple[int, int], other: tuple[int, int], more: int) -> None:
    before = outcomes(with_years(y2021=one, y2022=other), "debt_ratio_two_years")["lead"]
    after = outcomes(with_years(y2021=one, y2022=(other[0] + more, other[1])), "debt_ratio_two_years")["lead"]
    assert not (before is Outcome.FAIL and after is Outcome.PASS)
    bad = all(equity <= 0 or liabilities >= 5 * equity for liabilities, equity in (one, other))
    assert before is (Outcome.FAIL if bad else Outcome.PASS)


@SLOW
@given(government=POSITIVE, total=st.integers(min_value=1, max_value=10**13), more=POSITIVE)
def test_more_government_money_never_turns_fail_into_pass(government: int, total: int, more: int) -> None:
    def at(amount: int) -> Outcome:
        submission = changed(
            changed(SOUND, "budget.government", "partner", value=amount), "budget.total", "partner", value=total
        )
        return outcomes(submission, "government_share")["partner"]

    assert at(government) is (Outcome.PASS if government * 100 <= 80 * total else Outcome.FAIL)
    assert not (at(government) is Outcome.FAIL and at(government + more) is Outcome.PASS)


def days(name: str, whose: str | None) -> Callable[[int], Change]:
    return lambda number: has(name, whose, (date(2023, 4, 25) - timedelta(days=number)).isoformat())


# From good to bad: a rule, whose, and what a growing number changes for the worse.
LADDERS: list[tuple[str, str | None, Callable[[int], Change]]] = [
    ("grant_cap", None, lambda n: budget("lead", government=n * 10_000)),
    ("government_share", "lead", lambda n: budget("lead", government=n * 2000)),
    ("government_share", "partner", lambda n: budget("partner", government=n * 2000)),
    ("cash_share", "partner", lambda n: budget("partner", in_kind=n * 1000)),
    ("personnel_cash_cap", "lead", lambda n: budget("lead", personnel_cash=n * 1000)),
    ("outsourcing_detail", "lead", lambda n: budget("lead", outsourcing=1 + n * 1000)),
    ("participation_rate_min", "lead", lambda n: person(1, rate=f"{max(0, 30000 - n)}e-3")),
    ("participation_rate_total", "lead", lambda n: person(1, rate_total=f"{n}e-2")),
    ("concurrent_projects", "lead", lambda n: person(1, projects=n // 5000)),
    ("concurrent_projects", "lead", lambda n: person(0, projects_as_lead=n // 5000)),
    ("debt_ratio_two_years", "lead", lambda n: both(fs, 2021, 2022, liabilities=n)),
    ("current_ratio_two_years", "lead", lambda n: both(fs, 2021, 2022, current_liabilities=n)),
    ("capital_impairment", "lead", lambda n: fs("lead", 2022, equity=25_000 - n)),
    ("marginal_company_projects", "lead", lambda n: both(fs, 2020, 2021, 2022, interest_expense=n // 100)),
    ("registry_fresh", "lead", lambda n: days("corpreg.issued", "lead")(6 + n // 200)),
    ("midsize_certificate", "lead", lambda n: days("midsize.valid_to", "lead")(n // 500 - 50)),
    ("project_period", None, lambda n: has("plan.end", None, date.fromordinal(738_800 + n // 100).isoformat())),
]
RANK = {Outcome.NOT_APPLICABLE: 0, Outcome.PASS: 0, Outcome.UNDETERMINED: 1, Outcome.FAIL: 2}


@settings(SLOW, max_examples=200)
@given(
    ladder=st.sampled_from(LADDERS),
    steps=st.tuples(st.integers(min_value=0, max_value=50_000), st.integers(min_value=0, max_value=50_000)),
)
def test_worse_is_never_better(ladder: tuple[str, str | None, Callable[[int], Change]], steps: tuple[int, int]) -> None:
    rule, whose, at = ladder
    good, bad = (outcomes(at(n)(SOUND), rule)[whose] for n in sorted(steps))
    assert RANK[good] <= RANK[bad]


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder[0])
def test_each_ladder_goes_from_pass_to_fail(ladder: tuple[str, str | None, Callable[[int], Change]]) -> None:
    rule, whose, at = ladder
    ends = [RANK[outcomes(at(n)(SOUND), rule)[whose]] for n in (0, 50_000)]
    # Beyond their limits these two wait for staff: the grounds, the number of projects.
    assert ends == [0, 1 if rule in ("personnel_cash_cap", "marginal_company_projects") else 2]


FIGURES = st.tuples(*[st.integers(min_value=-500, max_value=1000)] * 8)


@SLOW
@given(lead=FIGURES, partner=FIGURES)
def test_soundness_does_not_ask_who_it_is(lead: tuple[int, ...], partner: tuple[int, ...]) -> None:
    """The same figures say the same of lead and partner."""
    names = ("liabilities", "equity", "current_assets", "current_liabilities")

    def told(of_lead: tuple[int, ...], of_partner: tuple[int, ...]) -> list[dict[str | None, Outcome]]:
        submission = SOUND
        for whose, figures in (("lead", of_lead), ("partner", of_partner)):
            for year, values in ((2021, figures[:4]), (2022, figures[4:])):
                submission = fs(whose, year, **dict(zip(names, values, strict=True)))(submission)
        return [outcomes(submission, rule) for rule in SOUNDNESS]

    for straight, crossed in zip(told(lead, partner), told(partner, lead), strict=True):
        assert (straight["lead"], straight["partner"]) == (crossed["partner"], crossed["lead"])


SOUNDNESS = ("debt_ratio_two_years", "current_ratio_two_years", "capital_impairment", "statements_consistent")


def worst(findings: tuple[Finding, ...]) -> dict[tuple[object, ...], Outcome]:
    rank = [Outcome.FAIL, Outcome.UNDETERMINED, Outcome.PASS, Outcome.NOT_APPLICABLE]
    found: dict[tuple[object, ...], Outcome] = {}
    for f in findings:
        key = (
            f.rule,
            f.organisation,
            f.about.document,
            f.about.part,
            f.about.file if f.rule.startswith("file") else None,
        )
        if key not in found or rank.index(f.outcome) < rank.index(found[key]):
            found[key] = f.outcome
    return found


@SLOW
@given(
    scenario=st.sampled_from(ALL),
    seed=st.integers(min_value=0, max_value=10**6),
    share=st.floats(min_value=0.02, max_value=0.9),
    drop=st.booleans(),
)
@example(  # a doubtful mark against what staff looked up: it had become a pass
    scenario=next(one for one in ALL if (one.rule, one.says) == ("penalty_points", "신고 해당, 조회 False")),
    seed=0,
    share=0.75,
    drop=False,
)
def test_less_knowledge_never_decides(scenario: Scenario, seed: int, share: float, drop: bool) -> None:
    """A fail or an open question never becomes a pass, and no new fail appears, by doubting or dropping values."""
    chance = random.Random(seed)
    spoiled = made(scenario)
    fields: list[FieldValue] = []
    for field in spoiled.fields:
        if chance.random() > share:
            fields.append(field)
        elif not drop or field.name in OPTIONAL:
            fields.append(doubtful(field))
    less = spoiled.model_copy(update={"fields": tuple(fields)})
    before, after = worst(run.evaluate(CALL, spoiled)), worst(run.evaluate(CALL, less))
    for key, outcome in after.items():
        known = before.get(key)
        if outcome is Outcome.PASS:
            assert known in (Outcome.PASS, Outcome.NOT_APPLICABLE), key
        if (
            outcome is Outcome.FAIL and key[0] != "participants_agree"
        ):  # who is on no line of a digital list is not on it
            assert known is Outcome.FAIL, key


@SLOW
@given(seed=st.integers(min_value=0, max_value=10**6))
def test_the_order_of_files_does_not_matter(seed: int) -> None:
    uploads = proposal()
    random.Random(seed).shuffle(uploads)
    submission = settled(uploads)
    assert submission.files == SOUND.files
    assert submission.organisations == SOUND.organisations
    assert run.evaluate(CALL, submission) == run.evaluate(CALL, SOUND)


def test_every_rule_speaks_for_everybody() -> None:
    for submission in (SOUND, Submission(proposal="empty")):
        found = run.evaluate(CALL, submission)
        assert {f.rule for f in found} >= {rule.id for rule in CALL.rules} - {
            "file_name",
            "file_format",
            "document_content",
        }
        assert all(f.message.ko and f.message.en and f.evidence and f.clause.says for f in found)
    spoken = {(f.rule, f.organisation) for f in run.evaluate(CALL, SOUND)}
    for rule in CALL.rules:
        if rule.scope == "each":
            assert {(rule.id, "lead"), (rule.id, "partner")} <= spoken


def test_the_verdict_is_the_worst_certain_one() -> None:
    assert verdict.of(run.evaluate(CALL, SOUND)) is verdict.Verdict.UNDETERMINED  # staff have looked nothing up
    impaired = changed(SOUND, "fs.equity", "lead", 2022, value=0)
    assert verdict.of(run.evaluate(CALL, impaired)) is verdict.Verdict.EXCLUDED
    late = SOUND.model_copy(update={"received": CALL.closes.replace(hour=23)})
    assert verdict.of(run.evaluate(CALL, late)) is verdict.Verdict.EXCLUDED
    old = changed(SOUND, "corpreg.issued", "lead", value="2022-01-01")
    assert verdict.of(run.evaluate(CALL, old)) is verdict.Verdict.SUPPLEMENT
