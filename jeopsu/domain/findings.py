"""Findings: what a rule says about one organisation, and on which places it rests."""

from __future__ import annotations

from enum import StrEnum

from jeopsu.domain.base import Record
from jeopsu.domain.evidence import Evidence
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.text import Text


class Outcome(StrEnum):
    """A rule's verdict: three values of Kleene logic, and "does not apply"."""

    PASS = "pass"
    FAIL = "fail"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class Effect(StrEnum):
    """What a failed rule leads to, in the notice's words."""

    EXCLUDE = "exclude"  # 사전지원제외 대상으로 처리됨
    MAY_EXCLUDE = "may_exclude"  # 처리할 수 있음
    SUPPLEMENT = "supplement"  # 보완
    SCORE = "score"  # 우대/감점
    INFORMATION = "information"


class Verdict(StrEnum):
    """The whole proposal's, worst first: excluded > exclusion_possible > supplement > undetermined > clear."""

    CLEAR = "clear"
    SUPPLEMENT = "supplement"
    EXCLUSION_POSSIBLE = "exclusion_possible"
    EXCLUDED = "excluded"
    UNDETERMINED = "undetermined"


class About(Record):
    """What the finding is about, beyond its organisation."""

    document: int | None = None
    part: str | None = None
    file: str | None = None
    person: str | None = None
    year: int | None = None


class Clause(Record):
    """The place in the notice that sets a rule, with our own one-line summary."""

    document: str = "공고"
    section: str
    page: int | None = None
    says: str

    def shown(self) -> str:
        page = f" {self.page}쪽" if self.page else ""
        return f"{self.document} {self.section}{page}: {self.says}"


class Finding(Record):
    """One rule, one organisation (or the project), one outcome. Silence is no verdict."""

    rule: str
    title: Text
    organisation: str | None
    outcome: Outcome
    effect: Effect
    message: Text  # the computation in words; for undetermined: what would settle it
    clause: Clause
    about: About = About()
    inputs: tuple[FieldValue, ...] = ()
    files: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    staff: tuple[str, ...] = ()  # ids of the call's staff inputs that would settle it

    @property
    def needs_person(self) -> bool:
        """Whether staff must settle it: whatever is undetermined, and fails that exclude or must be mended."""
        return self.outcome is Outcome.UNDETERMINED or (
            self.outcome is Outcome.FAIL and self.effect in (Effect.EXCLUDE, Effect.MAY_EXCLUDE, Effect.SUPPLEMENT)
        )
