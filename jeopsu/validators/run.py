"""Runs a call's rules on a submission. What is not known becomes `undetermined` here.

Where a doubtful field has several readings, the rule is tried with each: the same outcome for all is decided.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from jeopsu.domain.base import Record
from jeopsu.domain.calls import Call, Rule, RuleVersion, Scope
from jeopsu.domain.fields import Value
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.submissions import Organisation, Submission
from jeopsu.domain.text import Text
from jeopsu.validators.facts import Facts, Key, Need, Unknown
from jeopsu.validators.matter import CHECKS, Answer, Conclusion, Matter
from jeopsu.validators.rules import load_checks

_COMBINATIONS = 64  # of doubtful readings; beyond them a person looks
_ROUNDS = 4  # a reading taken as given may bring up the next doubtful field


class Bound(NamedTuple):
    """A rule on one day: the version in force, and its check with the parameters in the check's own shape."""

    rule: Rule
    version: RuleVersion
    function: Callable[[Any], Answer]
    params: Record


_CALLS = 16  # so many calls and days are kept bound; a worker sees one or two
_bound_calls: dict[tuple[int, date], tuple[Call, tuple[Bound, ...]]] = {}


def evaluate(
    call: Call,
    submission: Submission,
    *,
    only: str | None = None,
    on: date | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """Every rule (or `only` one) for every organisation it applies to, in the order of the call. Never silent.

    `on`: the day whose parameters hold; without it the day of receipt, within the call's window. `today`: the day on
    which what staff looked up must still hold; without it answers do not grow old.
    """
    facts = Facts(submission, today)
    asked = {scope: _asked(scope, submission) for scope in Scope}
    found: list[Finding] = []
    for bound in _bound(call, on or _day(call, submission)):
        if only is None or only == bound.rule.id:
            for organisation in asked[bound.rule.scope]:
                found += _findings(call, bound, organisation, facts)
    return tuple(found)


def _bound(call: Call, day: date) -> tuple[Bound, ...]:
    """A call's rules tied to their checks: once for all proposals of a day."""
    key = (id(call), day)
    known = _bound_calls.get(key)
    if known is None or known[0] is not call:
        load_checks()
        rows = []
        for rule in call.rules:
            check, version = CHECKS[rule.check], rule.on(day) or rule.versions[0]
            rows.append(Bound(rule, version, check.function, check.params.model_validate(version.params)))
        if len(_bound_calls) >= _CALLS:
            _bound_calls.clear()
        known = _bound_calls[key] = call, tuple(rows)
    return known[1]


def _day(call: Call, submission: Submission) -> date:
    """The day whose parameters hold: that of receipt, within the call's window."""
    if submission.received is None:
        return call.closes.date()
    return min(max(call.day(submission.received), call.opens.date()), call.closes.date())


def _asked(scope: Scope, submission: Submission) -> tuple[Organisation | None, ...]:
    organisations = submission.organisations
    if scope in (Scope.EACH, Scope.EACH_AND_PROJECT):
        return organisations or (None,)
    if scope is Scope.LEAD:
        return tuple(o for o in organisations if o.key == "lead") or (None,)
    if scope is Scope.PARTNER:
        return tuple(o for o in organisations if o.key != "lead") or (None,)
    return (None,)


_NOBODY = Need(words_ko="참여기관(연구개발계획서에서 읽지 못함)", words_en="the organisations (the plan was not read)")
_OF_ORGANISATIONS = (Scope.EACH, Scope.LEAD, Scope.PARTNER)
Told = tuple[tuple[Conclusion, ...], tuple[Need, ...], Facts]  # what a check said, or what it lacks, and what it read


def _findings(call: Call, bound: Bound, organisation: Organisation | None, facts: Facts) -> list[Finding]:
    if organisation is None and bound.rule.scope in _OF_ORGANISATIONS:
        return [_open(bound, None, (_NOBODY,), facts.begin())]
    conclusions, needs, seen = _told(call, bound, organisation, facts.begin())
    if needs:
        decided = _over_candidates(lambda assumed: _told(call, bound, organisation, facts.again(assumed)), needs)
        if decided is None:
            return [_open(bound, organisation, needs, seen)]
        conclusions, seen = decided
    return [_finding(bound, organisation, conclusion, seen) for conclusion in conclusions]


def _told(call: Call, bound: Bound, organisation: Organisation | None, seen: Facts) -> Told:
    """What the check says, or what it lacks."""
    key = organisation.key if organisation else None
    matter = Matter(call, bound.rule, bound.version, bound.params, organisation, seen.submission, seen, key)
    try:
        answer = bound.function(matter)
    except Unknown as gap:
        return (), gap.needs, seen
    return answer if not isinstance(answer, Conclusion) else (answer,), (), seen


def _over_candidates(
    told: Callable[[dict[Key, Value]], Told], needs: tuple[Need, ...]
) -> tuple[tuple[Conclusion, ...], Facts] | None:
    """The conclusion, if it is the same whichever reading of the doubtful fields is right; else None."""
    choices: dict[Key, tuple[Value, ...]] = {}
    pending = needs
    for _ in range(_ROUNDS):
        for need in pending:
            if need.key is None or len(need.candidates) < 2:
                return None
            choices[need.key] = need.candidates
        combinations = 1
        for candidates in choices.values():
            combinations *= len(candidates)
        if combinations > _COMBINATIONS:
            return None
        results = [told(dict(zip(choices, values, strict=True))) for values in product(*choices.values())]
        pending = tuple(need for _, gaps, _ in results for need in gaps if need.key not in choices)
        if any(gaps for _, gaps, _ in results):
            if not pending:
                return None
            continue
        outcomes = {tuple((c.outcome, c.about, c.organisation) for c in conclusions) for conclusions, _, _ in results}
        if len(outcomes) != 1 or any(c.outcome is Outcome.UNDETERMINED for c in results[0][0]):
            return None
        ko = f" (불확실한 값 {len(choices)}개가 읽힐 수 있는 어느 값이어도 결과가 같음)"
        en = f" (the same whichever reading of {len(choices)} doubtful values is right)"
        first, _, seen = results[0]
        return tuple(c._replace(ko=c.ko + ko, en=c.en + en) for c in first), seen
    return None


def _open(bound: Bound, organisation: Organisation | None, needs: tuple[Need, ...], seen: Facts) -> Finding:
    """The one place where what is not known becomes `undetermined`: with the shortest list that would settle it."""
    ko = "; ".join(dict.fromkeys([need.words_ko for need in needs]))
    en = "; ".join(dict.fromkeys([need.words_en for need in needs]))
    staff = tuple(dict.fromkeys([need.staff for need in needs if need.staff]))
    words_ko, words_en = f"확인 필요: {ko}", f"To be settled: {en}"
    return _finding(bound, organisation, Conclusion(Outcome.UNDETERMINED, words_ko, words_en, staff=staff), seen)


_made, _said = Finding.trusted, Text.trusted  # of the hundreds of findings each look-up counts


def _finding(bound: Bound, organisation: Organisation | None, conclusion: Conclusion, seen: Facts) -> Finding:
    rule = bound.rule
    outcome, ko, en, about, whose, inputs, files, evidence, staff = conclusion
    if inputs is None:
        inputs = tuple(seen.read.values())
    if inputs and not (files and evidence):
        # By identity: comparing boxes costs more than the rule itself, and two values seldom stand in one.
        places = {id(place := field.evidence): place for field in inputs}.values()
        files = files or tuple(dict.fromkeys([file for place in places if (file := place.file)]))
        evidence = evidence or tuple(places)
    return _made(
        rule=rule.id,
        title=rule.title,
        organisation=whose or (organisation.key if organisation else None),
        outcome=outcome,
        effect=rule.effect,
        message=_said(ko=ko, en=en),
        clause=bound.version.clause,
        about=about,
        inputs=inputs,
        files=files,
        evidence=evidence or (seen.everything(),),  # at least one: else what was looked through
        staff=staff,
    )
