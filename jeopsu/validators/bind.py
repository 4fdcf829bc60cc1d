"""Ties a call's rules to the checks: each names one, with parameters of its shape. Part of `jeopsu calls check`."""

from __future__ import annotations

from jeopsu.domain.base import misfits
from jeopsu.domain.calls import Call
from jeopsu.domain.field_names import FIELD_KINDS
from jeopsu.validators.matter import CHECKS
from jeopsu.validators.rules import load_checks


def problems(call: Call) -> list[str]:
    """What does not fit, each as "rules.yaml:12: …"; empty if everything does."""
    load_checks()
    found: list[str] = []
    for rule in call.rules:
        check = CHECKS.get(rule.check)
        if check is None:
            found.append(f"{rule.at}: {rule.id}: no such check '{rule.check}'; there are: {', '.join(sorted(CHECKS))}")
            continue
        for version in rule.versions:
            wrong = misfits(check.params, version.params)
            found += [f"{rule.at}: {rule.id} {version.since}: params.{one}" for one in wrong]
        asked = [item.id for item in rule.staff]
        if len(asked) != len(set(asked)):
            found.append(f"{rule.at}: {rule.id}: a staff input stands twice")
    for document in call.documents:
        field = document.condition.field
        if field is not None and field not in FIELD_KINDS:
            found.append(f"{document.at}: no such field '{field}'")
    return found
