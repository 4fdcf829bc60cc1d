"""검토표: every rule and its outcome for each organisation, with people's decisions, as it is printed and filed."""

from __future__ import annotations

from dataclasses import dataclass, field

from jeopsu.domain.findings import Outcome
from jeopsu.review import glance
from jeopsu.review.workspace import Workspace
from jeopsu.storage.standing import Standing

# The worst of a rule's findings is what its box shows.
_ORDER = (Outcome.FAIL, Outcome.UNDETERMINED, Outcome.PASS, Outcome.NOT_APPLICABLE)
MARKS = {Outcome.PASS: "○", Outcome.FAIL: "×", Outcome.UNDETERMINED: "△", Outcome.NOT_APPLICABLE: "–"}


@dataclass
class SheetRow:
    """One rule: a mark per column, and a note for whatever is not simply in order."""

    rule: str
    first: Standing
    marks: list[tuple[str, str]] = field(default_factory=list)  # (outcome, mark) per column
    notes: list[Standing] = field(default_factory=list)


def columns(desk: Workspace) -> list[str | None]:
    """None: the project; then each organisation's key."""
    return [None, *(o.key for o in desk.report.submission.organisations)] if desk.report else []


def rows(desk: Workspace) -> list[SheetRow]:
    """In the order of the call's rules; rules that the call does not list any more come last."""
    assert desk.report
    call = glance.call_of(desk.report.call)
    place = {rule.id: number for number, rule in enumerate(call.rules)} if call else {}
    by_rule: dict[str, list[Standing]] = {}
    for point in desk.points:
        by_rule.setdefault(point.finding.rule, []).append(point)
    found = []
    for rule, points in sorted(by_rule.items(), key=lambda pair: (place.get(pair[0], len(place)), pair[0])):
        row = SheetRow(rule, points[0])
        for column in columns(desk):
            mine = [p.outcome for p in points if p.finding.organisation == column]
            worst = min(mine, key=_ORDER.index) if mine else None
            row.marks.append((worst.value, MARKS[worst]) if worst else ("", ""))
        row.notes = [p for p in points if p.outcome in _ORDER[:2] or p.decision]
        found.append(row)
    return found
