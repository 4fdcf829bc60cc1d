"""A call for proposals as data: its documents, its rules and their dated parameters (see `calls/`)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from jeopsu.domain.base import Record
from jeopsu.domain.documents import FileType
from jeopsu.domain.findings import Clause, Effect
from jeopsu.domain.kinds import Kind
from jeopsu.domain.text import Text

Param = str | int | bool | tuple[str, ...] | tuple[int, ...] | dict[str, str]


class By(StrEnum):
    """Who gives a document."""

    PROJECT = "project"  # one for the proposal, under the lead's name
    EACH = "each"  # each organisation its own
    EACH_OR_JOINT = "each_or_joint"  # on one sheet, or each its own


class Scope(StrEnum):
    """Whom a rule is asked of."""

    PROJECT = "project"
    EACH = "each"
    LEAD = "lead"
    PARTNER = "partner"


class Part(Record):
    """A separate paper within one document (document 13: 사업자등록증 and 법인등기부등본)."""

    id: str
    title: str
    kinds: tuple[Kind, ...]
    aliases: tuple[str, ...] = ()


class RequiredDocument(Record):
    """A row of the call's list of documents (공고 7)."""

    number: int
    title: str  # the call's own words
    title_en: str
    aliases: tuple[str, ...] = ()  # other titles that are right in a file name
    kinds: tuple[Kind, ...]
    by: By
    formats: tuple[FileType, ...]
    condition: str = "always"  # a condition of validators/completeness.py: always, midsize, equipment, …
    parts: tuple[Part, ...] = ()
    per_year: bool = False
    clause: Clause


class RuleVersion(Record):
    """A rule's parameters from one date on."""

    since: date
    params: dict[str, Param] = {}
    clause: Clause


class StaffInput(Record):
    """What only staff can look up for a rule, and where."""

    id: str
    type: str  # "flag", "count", "text", "date"
    question: Text
    where: Text


class Rule(Record):
    """One rule of the call. `check` names a function of validators/rules; its parameters stand in `versions`."""

    id: str
    check: str
    title: Text
    effect: Effect
    scope: Scope
    reads: tuple[str, ...] = ()
    versions: tuple[RuleVersion, ...]
    staff: tuple[StaffInput, ...] = ()
    reading: str = ""  # where the notice is open: which reading was taken, and why

    def at(self, day: date) -> RuleVersion | None:
        """The version in force on a day; None before the first."""
        current = [version for version in self.versions if version.since <= day]
        return max(current, key=lambda version: version.since) if current else None


class Call(Record):
    """One call for proposals (공고)."""

    id: str
    title: Text
    notice: str
    agency: str
    opens: datetime
    closes: datetime
    fiscal_years: tuple[int, ...]
    name_template: str  # "[서식-{number}] {title}_{organisation}.{extension}"
    documents: tuple[RequiredDocument, ...]
    rules: tuple[Rule, ...]
