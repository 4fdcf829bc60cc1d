"""What must hold for every submission: more debt never helps, less knowledge never decides, order does not matter."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.submissions import Submission
from jeopsu.validators import run, verdict
from tests.validators.proposals import CALL, changed, doubtful, outcomes, proposal, settled

SOUND = settled(proposal())
MONEY = st.integers(min_value=-(10**13), max_value=10**13)
POSITIVE = st.integers(min_value=0, max_value=10**13)
SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
# A rule asks for these only where they are there; their absence is no doubt about them.
OPTIONAL = {"fs.estimated", "signoff.kind", "signoff.name", "check.item", "check.marked"}


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
    seed=st.integers(min_value=0, max_value=10**6), share=st.floats(min_value=0.02, max_value=0.9), drop=st.booleans()
)
def test_less_knowledge_never_decides(seed: int, share: float, drop: bool) -> None:
    """A fail or an open question never becomes a pass, and no new fail appears, by doubting or dropping values."""
    chance = random.Random(seed)
    spoiled = SOUND
    for name, year in (("fs.equity", 2022), ("budget.total", None), ("corpreg.issued", None)):
        if chance.random() < 0.3:
            value = "2022-01-01" if name == "corpreg.issued" else 1
            spoiled = changed(spoiled, name, chance.choice(["lead", "partner"]), year, value=value)
    fields: list[FieldValue] = []
    for field in spoiled.fields:
        if field.name in OPTIONAL or chance.random() > share:
            fields.append(field)
        elif not drop:
            fields.append(doubtful(field))
    less = spoiled.model_copy(update={"fields": tuple(fields)})
    before, after = worst(run.evaluate(CALL, spoiled)), worst(run.evaluate(CALL, less))
    for key, outcome in after.items():
        known = before.get(key)
        if outcome is Outcome.PASS:
            assert known in (Outcome.PASS, Outcome.NOT_APPLICABLE), key
        if outcome is Outcome.FAIL and key[0] not in ("fiscal_years_complete", "participants_agree"):
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
