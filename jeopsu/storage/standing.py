"""Which decisions hold on which findings of a run. Pure: rows in, standings out. Part of `records`.

A decision holds as long as what it rested on is the same (`fingerprint`); else it is shown as stale and must be taken
again. Undone ones count as never taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from jeopsu.domain.base import Record
from jeopsu.domain.findings import Effect, Finding, Outcome
from jeopsu.storage.decisions import finding_key, fingerprint
from jeopsu.storage.rows import DecisionRow


class Settled(StrEnum):
    """What has become of a finding."""

    OPEN = "open"  # needs a person
    STALE = "stale"  # was settled, but what it rested on has changed
    SECOND = "second"  # an exclusion (or its waiving) waits for a second person
    SETTLED = "settled"
    ALONE = "alone"  # the program settled it; nobody need look


class Standing(Record):
    """One finding with the decision that holds on it."""

    finding: Finding
    key: str
    fingerprint: str
    state: Settled
    decision: DecisionRow | None = None
    seconded_by: str = ""

    @property
    def outcome(self) -> Outcome:
        """The outcome with the person's word taken in."""
        if self.decision and self.decision.kind == "override" and self.state in (Settled.SETTLED, Settled.SECOND):
            return Outcome(self.decision.value)
        return self.finding.outcome

    @property
    def needs_person(self) -> bool:
        return self.state in (Settled.OPEN, Settled.STALE)


def in_force(decisions: Iterable[DecisionRow]) -> list[DecisionRow]:
    """Oldest first, without those that were undone and without the undoing."""
    rows = list(decisions)
    undone = {row.undoes for row in rows if row.undoes}
    return [row for row in rows if row.id not in undone and row.kind != "undo"]


def weighs(finding: Finding, decision: DecisionRow) -> bool:
    """Whether it excludes a proposal, or lets off one that the program would exclude: then two must agree."""
    if finding.effect not in (Effect.EXCLUDE, Effect.MAY_EXCLUDE):
        return False
    outcome = decision.value if decision.kind == "override" else finding.outcome.value
    return outcome == Outcome.FAIL.value or finding.outcome is Outcome.FAIL


def standings(
    findings: Sequence[Finding],
    decisions: Iterable[DecisionRow],
    sha256_of: dict[str, str],
    *,
    two_persons: bool = True,
) -> list[Standing]:
    """Each finding with what became of it, in the order given."""
    latest: dict[str, DecisionRow] = {}
    seconds: dict[int, str] = {}
    for row in in_force(decisions):
        if row.subject != "finding":
            continue
        if row.kind == "second":
            seconds[int(row.value)] = row.by
        else:
            latest[row.key] = row
    found = []
    for finding in findings:
        key, mark = finding_key(finding), fingerprint(finding, sha256_of)
        decision = latest.get(key)
        seconded = seconds.get(decision.id, "") if decision else ""
        if decision is None:
            state = Settled.OPEN if finding.needs_person else Settled.ALONE
        elif decision.fingerprint != mark:
            state = Settled.STALE if finding.needs_person else Settled.ALONE
        elif two_persons and weighs(finding, decision) and not seconded:
            state = Settled.SECOND
        else:
            state = Settled.SETTLED
        found.append(
            Standing(finding=finding, key=key, fingerprint=mark, state=state, decision=decision, seconded_by=seconded)
        )
    return found
