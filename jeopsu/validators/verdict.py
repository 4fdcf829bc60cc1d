"""The verdict on a whole proposal, from its findings. Certain fails come first; what is open never hides them."""

from __future__ import annotations

from collections.abc import Iterable

from jeopsu.domain.findings import Effect, Finding, Outcome, Verdict

_BY_EFFECT = (
    (Effect.EXCLUDE, Verdict.EXCLUDED),
    (Effect.MAY_EXCLUDE, Verdict.EXCLUSION_POSSIBLE),
    (Effect.SUPPLEMENT, Verdict.SUPPLEMENT),
)
_SILENT = (Effect.SCORE, Effect.INFORMATION)  # they change no verdict, failed or open


def of(findings: Iterable[Finding]) -> Verdict:
    """excluded > exclusion_possible > supplement > undetermined > clear."""
    heard = [finding for finding in findings if finding.effect not in _SILENT]
    failed = {finding.effect for finding in heard if finding.outcome is Outcome.FAIL}
    for effect, verdict in _BY_EFFECT:
        if effect in failed:
            return verdict
    if any(finding.outcome is Outcome.UNDETERMINED for finding in heard):
        return Verdict.UNDETERMINED
    return Verdict.CLEAR
