"""The rules against a second opinion: what the notice says of each scenario, of every rule and organisation."""

from __future__ import annotations

import pytest

from jeopsu.domain.findings import Finding, Outcome
from jeopsu.validators import run, verdict
from tests.validators.oracle import cases_money, cases_people, cases_sound, papers
from tests.validators.oracle.cases import Case
from tests.validators.oracle.chance import drawn
from tests.validators.oracle.facts import Proposal
from tests.validators.oracle.opinion import effect, opinion
from tests.validators.oracle.opinion import verdict as whole
from tests.validators.proposals import CALL

Key = tuple[str, str | None]
CASES = [*cases_sound.cases(), *cases_money.cases(), *cases_people.cases()]
_RANK = [Outcome.FAIL, Outcome.UNDETERMINED, Outcome.PASS, Outcome.NOT_APPLICABLE]
_GOOD = {"pass", "not_applicable"}


def _worst(findings: list[Finding]) -> Outcome | None:
    return min((f.outcome for f in findings), key=_RANK.index, default=None)


def _right(said: str | None, right: frozenset[str]) -> bool:
    """Whether a rule passes or does not apply is no matter of the notice's where it forbids nothing."""
    return said in right or (said in _GOOD and bool(right & _GOOD))


def _said(proposal: Proposal) -> tuple[dict[Key, list[Finding]], dict[Key, str]]:
    """What the rules say, and what of it the notice does not."""
    findings = run.evaluate(CALL, papers.submission(proposal))
    said: dict[Key, list[Finding]] = {}
    for finding in findings:
        said.setdefault((finding.rule, finding.organisation), []).append(finding)
    found, wrong = opinion(proposal), dict[Key, str]()
    for key, right in found.items():
        worst = _worst(said.get(key, []))
        if not _right(worst, right):
            wrong[key] = f"{worst} for {sorted(right)}: {'; '.join(f.message.ko for f in said.get(key, []))}"
    given, right = verdict.of(findings).value, whole(proposal)
    if given not in right:
        wrong["verdict", None] = f"{given} for {sorted(right)}"
    for finding in findings:
        if (finding.rule, finding.organisation) in found and finding.effect.value != effect(finding.rule):
            wrong[finding.rule, finding.organisation] = f"leads to {finding.effect}"
    return said, wrong


@pytest.mark.parametrize("case", CASES, ids=[f"{c.rule}-{c.whose}-{c.what}" for c in CASES])
def test_every_rule_says_what_the_notice_says(case: Case) -> None:
    key = (case.rule, case.whose)
    own = opinion(case.proposal).get(key)
    assert own is None or _right(case.outcome, own), f"the oracle against its own scenario: {own}"
    said, wrong = _said(case.proposal)
    assert not wrong
    assert _right(_worst(said.get(key, [])), frozenset({case.outcome})), [f.message.ko for f in said.get(key, [])]


@pytest.mark.parametrize("seed", range(120))
def test_many_facts_at_their_limits_at_once(seed: int) -> None:
    assert not _said(drawn(seed))[1]


def test_a_scenario_stands_once() -> None:
    assert len({(c.rule, c.whose, c.what) for c in CASES}) == len(CASES)
