"""Runs a call's rules on a submission. What is not known becomes `undetermined` here.

Where a doubtful field has several readings, the rule is tried with each: the same outcome for all is decided.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

from jeopsu.domain.base import Record
from jeopsu.domain.calls import Call, Rule, RuleVersion, Scope
from jeopsu.domain.evidence import Evidence, Searched
from jeopsu.domain.fields import FieldValue, Value
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.submissions import Organisation, Submission
from jeopsu.domain.text import Text
from jeopsu.validators.facts import Facts, Key, Need, Unknown
from jeopsu.validators.matter import CHECKS, Conclusion, Matter
from jeopsu.validators.rules import load_checks

_COMBINATIONS = 64  # of doubtful readings; beyond them a person looks
_ROUNDS = 4  # a reading taken as given may bring up the next doubtful field


def evaluate(
    call: Call, submission: Submission, *, only: str | None = None, on: date | None = None
) -> tuple[Finding, ...]:
    """Every rule (or `only` one) for every organisation it applies to, in the order of the call. Never silent.

    `on`: the day whose parameters hold; without it the day of receipt, within the call's window.
    """
    load_checks()
    day = on or _day(call, submission)
    facts = Facts(submission)
    found: list[Finding] = []
    for rule in call.rules:
        if only not in (None, rule.id):
            continue
        version = rule.on(day) or rule.versions[0]
        for organisation in _asked(rule, submission):
            found += _findings(call, rule, version, organisation, submission, facts)
    return tuple(found)


def _day(call: Call, submission: Submission) -> date:
    """The day whose parameters hold: that of receipt, within the call's window."""
    if submission.received is None:
        return call.closes.date()
    return min(max(submission.received.date(), call.opens.date()), call.closes.date())


def _asked(rule: Rule, submission: Submission) -> tuple[Organisation | None, ...]:
    organisations = submission.organisations
    if rule.scope in (Scope.EACH, Scope.EACH_AND_PROJECT):
        return organisations or (None,)
    if rule.scope is Scope.LEAD:
        return tuple(o for o in organisations if o.key == "lead") or (None,)
    if rule.scope is Scope.PARTNER:
        return tuple(o for o in organisations if o.key != "lead") or (None,)
    return (None,)


def _findings(
    call: Call,
    rule: Rule,
    version: RuleVersion,
    organisation: Organisation | None,
    submission: Submission,
    facts: Facts,
) -> list[Finding]:
    check = CHECKS[rule.check]
    params = _params(check.name, rule.id, version, facts)

    def once(assumed: dict[Key, Value]) -> tuple[tuple[Conclusion, ...], tuple[Need, ...], Facts]:
        seen = facts.again(assumed)
        matter = Matter(call, rule, version, params, organisation, submission, seen)
        if organisation is None and rule.scope in (Scope.EACH, Scope.LEAD, Scope.PARTNER):
            return (
                (),
                (
                    Need(
                        words_ko="참여기관(연구개발계획서에서 읽지 못함)",
                        words_en="the organisations (the plan was not read)",
                    ),
                ),
                seen,
            )
        try:
            answer = check.function(matter)
        except Unknown as gap:
            return (), gap.needs, seen
        return answer if isinstance(answer, tuple) else (answer,), (), seen

    conclusions, needs, seen = once({})
    if needs:
        decided = _over_candidates(once, needs)
        if decided is None:
            return [_open(rule, version, organisation, needs, seen)]
        conclusions, seen = decided
    return [_finding(rule, version, organisation, conclusion, seen) for conclusion in conclusions]


def _params(check: str, rule: str, version: RuleVersion, facts: Facts) -> Record:
    """A version's parameters in the check's own shape, made once for all organisations."""
    key = ("params", rule, version.since)
    if key not in facts.memo:
        facts.memo[key] = CHECKS[check].params.model_validate(version.params)
    found: Record = facts.memo[key]
    return found


def _over_candidates(once, needs: tuple[Need, ...]) -> tuple[tuple[Conclusion, ...], Facts] | None:  # type: ignore[no-untyped-def]
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
        results = [once(dict(zip(choices, values, strict=True))) for values in product(*choices.values())]
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
        return tuple(replace(c, ko=c.ko + ko, en=c.en + en) for c in first), seen
    return None


def _open(
    rule: Rule, version: RuleVersion, organisation: Organisation | None, needs: tuple[Need, ...], seen: Facts
) -> Finding:
    """The one place where what is not known becomes `undetermined`: with the shortest list that would settle it."""
    ko = list(dict.fromkeys(need.words_ko for need in needs))
    en = list(dict.fromkeys(need.words_en for need in needs))
    conclusion = Conclusion(
        outcome=Outcome.UNDETERMINED,
        ko=f"확인 필요: {'; '.join(ko)}",
        en=f"To be settled: {'; '.join(en)}",
        staff=tuple(dict.fromkeys(need.staff for need in needs if need.staff)),
    )
    return _finding(rule, version, organisation, conclusion, seen)


def _finding(
    rule: Rule, version: RuleVersion, organisation: Organisation | None, conclusion: Conclusion, seen: Facts
) -> Finding:
    inputs = tuple(seen.read.values()) if conclusion.inputs is None else conclusion.inputs
    key = conclusion.organisation or (organisation.key if organisation else None)
    files = conclusion.files or tuple(dict.fromkeys(f.file for f in inputs if f.file))
    evidence = _evidence(conclusion, inputs, seen)
    return Finding(
        rule=rule.id,
        title=rule.title,
        organisation=key,
        outcome=conclusion.outcome,
        effect=rule.effect,
        message=Text(ko=conclusion.ko, en=conclusion.en),
        clause=version.clause,
        about=conclusion.about,
        inputs=inputs,
        files=files,
        evidence=evidence,
        staff=conclusion.staff,
    )


def _evidence(conclusion: Conclusion, inputs: tuple[FieldValue, ...], seen: Facts) -> tuple[Evidence, ...]:
    """At least one: the values' places, or what was looked through."""
    places = conclusion.evidence or tuple(dict.fromkeys(field.evidence for field in inputs))
    return places or (Searched(files=tuple(file.name for file in seen.submission.files)),)
