"""Every rule at its limit, just under, just over, with each exception; and no doubt that turns a verdict round."""

from __future__ import annotations

import pytest

from jeopsu.domain.findings import Outcome
from jeopsu.domain.submissions import Submission
from jeopsu.validators import run
from tests.validators.oracle import cases_money, cases_people, cases_sound
from tests.validators.proposals import CALL, doubtful
from tests.validators.scenario import Scenario, made, outcome
from tests.validators.scenarios_catalogue import CATALOGUE
from tests.validators.scenarios_money import MONEY, PEOPLE
from tests.validators.scenarios_papers import CONTENT, DOCUMENTS, DOUBLES, NAMED, SIGNED, WINDOW
from tests.validators.scenarios_sound import CANDIDATES, SHAPE, SOUND

ALL = [
    *MONEY,
    *PEOPLE,
    *SOUND,
    *SHAPE,
    *CANDIDATES,
    *WINDOW,
    *DOCUMENTS,
    *CONTENT,
    *DOUBLES,
    *NAMED,
    *SIGNED,
    *CATALOGUE,
]
CASES = [*cases_money.cases(), *cases_people.cases(), *cases_sound.cases()]
OPPOSITE = {Outcome.PASS: Outcome.FAIL, Outcome.FAIL: Outcome.PASS}
# Where it is not printed there is none: an estimate says so, and companies have no student personnel.
ABSENT = {"fs.estimated", "budget.student_personnel"}


def named(scenario: Scenario) -> str:
    return f"{scenario.rule}-{scenario.whose}-{scenario.says}".replace(" ", "_")


@pytest.mark.parametrize("scenario", ALL, ids=named)
def test_the_rule_says_what_the_notice_says(scenario: Scenario) -> None:
    found, words = outcome(scenario, made(scenario))
    assert found is scenario.outcome, words


@pytest.mark.parametrize("scenario", [s for s in ALL if s.outcome in OPPOSITE], ids=named)
def test_one_doubtful_or_missing_value_never_turns_a_verdict_round(scenario: Scenario) -> None:
    submission = made(scenario)
    # Who is on no line of a digital list is not on it.
    lists = {"signoff.name", "participant.name"} if scenario.rule == "participants_agree" else set()
    read = run.evaluate(CALL, submission, only=scenario.rule)
    families = {f.name.split(".")[0] for finding in read for f in finding.inputs} | {"org"}
    for index, field in enumerate(submission.fields):
        if field.name.split(".")[0] not in families:  # nothing that this rule looks at
            continue
        rest = submission.fields[:index] + submission.fields[index + 1 :]
        for fields in ((*rest, doubtful(field)), rest if field.name not in ABSENT | lists else submission.fields):
            less = Submission.model_construct(**{**dict(submission), "fields": fields})
            found, words = outcome(scenario, less)
            assert found is not OPPOSITE[scenario.outcome], f"{field.name} {field.organisation} {field.year}: {words}"


def test_every_rule_of_the_call_has_a_scenario() -> None:
    assert {rule.id for rule in CALL.rules} == {scenario.rule for scenario in ALL} | {case.rule for case in CASES}
