"""What a person must do about a report, worst first: the order that terminal, page, sheet and letter share."""

from __future__ import annotations

from dataclasses import dataclass

from jeopsu.domain.findings import Effect, Finding, Outcome
from jeopsu.domain.report import Report

# What only staff can look up is no gap of the applicant's; it comes after what can be mended.
_ORDER = (Effect.EXCLUDE, Effect.MAY_EXCLUDE, Effect.SUPPLEMENT, Effect.SCORE, Effect.INFORMATION)


@dataclass(frozen=True)
class Agenda:
    """Findings by what they ask of a person."""

    exclusions: tuple[Finding, ...]  # fails that exclude or may exclude
    gaps: tuple[Finding, ...]  # fails that can be mended
    open: tuple[Finding, ...]  # undetermined: on uncertain values or what staff must look up
    notes: tuple[Finding, ...]  # scores and information
    passed: tuple[Finding, ...]
    not_applicable: tuple[Finding, ...]

    @property
    def to_read(self) -> tuple[Finding, ...]:
        """What is open because of the uploads: a person opens the page."""
        return tuple(f for f in self.open if not f.staff)

    @property
    def look_ups(self) -> tuple[Finding, ...]:
        """What no upload can prove: staff look it up elsewhere (NTIS, 신용정보 …)."""
        return tuple(f for f in self.open if f.staff)


def agenda(report: Report) -> Agenda:
    """Every finding in exactly one list: the worst effect first, of each what is missing altogether (it rests on no
    file), then in the call's order."""
    findings = sorted(report.findings, key=lambda f: (_ORDER.index(f.effect), bool(f.files)))
    fails = [f for f in findings if f.outcome is Outcome.FAIL]
    return Agenda(
        exclusions=tuple(f for f in fails if f.effect in (Effect.EXCLUDE, Effect.MAY_EXCLUDE)),
        gaps=tuple(f for f in fails if f.effect is Effect.SUPPLEMENT),
        open=tuple(f for f in findings if f.outcome is Outcome.UNDETERMINED),
        notes=tuple(f for f in fails if f.effect in (Effect.SCORE, Effect.INFORMATION)),
        passed=tuple(f for f in findings if f.outcome is Outcome.PASS),
        not_applicable=tuple(f for f in findings if f.outcome is Outcome.NOT_APPLICABLE),
    )
