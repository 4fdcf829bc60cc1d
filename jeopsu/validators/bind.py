"""Ties a call's rules to the checks: each names one, with parameters of its shape. Part of `jeopsu calls check`."""

from __future__ import annotations

from jeopsu.domain.base import misfits
from jeopsu.domain.calls import Call, Rule, RuleVersion, Scope
from jeopsu.domain.field_names import FIELD_KINDS
from jeopsu.validators.matter import CHECKS, Check
from jeopsu.validators.rules import load_checks

_OF_ORGANISATIONS = (Scope.EACH, Scope.EACH_AND_PROJECT, Scope.LEAD, Scope.PARTNER)


def problems(call: Call) -> list[str]:
    """What does not fit, each as "rules.yaml:12: …"; empty if everything does."""
    load_checks()
    found: list[str] = []
    asked: dict[str, tuple[str, str]] = {}  # staff input → type and where it was first declared
    for rule in call.rules:
        check = CHECKS.get(rule.check)
        if check is None:
            found.append(f"{rule.at}: {rule.id}: no such check '{rule.check}'; there are: {', '.join(sorted(CHECKS))}")
            continue
        for version in rule.versions:
            found += _params(rule, check, version)
        found += _staff(rule, check)
        if check.organisation and rule.scope not in _OF_ORGANISATIONS:
            scopes = ", ".join(_OF_ORGANISATIONS)
            found.append(f"{rule.at}: {rule.id}: '{rule.check}' is asked of an organisation: scope is one of {scopes}")
        for item in rule.staff:
            kind, at = asked.setdefault(item.id, (item.type, item.at))
            if kind != item.type:
                found.append(f"{item.at}: {rule.id}: staff input {item.id} is a {item.type} here and a {kind} at {at}")
    for document in call.documents:
        field = document.condition.field
        if field is not None and field not in FIELD_KINDS:
            found.append(f"{document.at}: no such field '{field}'")
    return found + _cases(call)


def _params(rule: Rule, check: Check, version: RuleVersion) -> list[str]:
    """Parameters that the check does not know, misses or cannot use, each with its own line."""
    found = []
    for name, what in misfits(check.params, version.params):
        line = version.lines.get(name)
        at = f"{version.at.rpartition(':')[0]}:{line}" if line else version.at
        found.append(f"{at}: {rule.id} {version.since}: params.{what}")
    field = version.params.get("field")
    if field is not None and field not in FIELD_KINDS:
        found.append(f"{version.at}: {rule.id}: no such field '{field}'")
    return found


def _staff(rule: Rule, check: Check) -> list[str]:
    """Staff inputs that the check asks for and the rule does not declare, and the other way round."""
    declared = [item.id for item in rule.staff]
    twice = [item for i, item in enumerate(rule.staff) if item.id in declared[:i]]
    found = [f"{item.at}: {rule.id}: staff input '{item.id}' stands twice" for item in twice]
    facts = {str(version.params["fact"]) for version in rule.versions if "fact" in version.params}
    needed = {*check.asks, *facts}
    found += [f"{rule.at}: {rule.id}: staff input '{one}' is missing" for one in sorted(needed - set(declared))]
    if check.name == "staff_judge" and not declared:
        found.append(f"{rule.at}: {rule.id}: 'staff_judge' needs a staff input")
    if not check.exceptions and check.name != "staff_judge":
        known = needed | set(check.may_ask)
        for item in (item for item in rule.staff if item.id not in known):
            found.append(f"{item.at}: {rule.id}: '{rule.check}' asks for no staff input '{item.id}'")
    for item in rule.staff:
        if (item.type == "choice") != bool(item.choices):
            found.append(f"{item.at}: {rule.id}: staff input {item.id}: a choice names its choices, and no other does")
    return found


def _cases(call: Call) -> list[str]:
    """Cases that speak of staff inputs which their rule does not have."""
    inputs = {rule.id: {item.id for item in rule.staff} for rule in call.rules}
    for rule in call.rules:  # a rule may look into another's questions
        if rule.check == "lead_is_midsize_or_candidate":
            inputs[rule.id] |= {i for r in call.rules if r.check == "candidate_conditions" for i in inputs[r.id]}
    return [
        f"{example.at}: {example.rule} has no staff input '{word.removeprefix('fact:')}'"
        for example in call.examples
        for word in example.given
        if word.startswith("fact:") and word.removeprefix("fact:") not in inputs.get(example.rule, set())
    ]
