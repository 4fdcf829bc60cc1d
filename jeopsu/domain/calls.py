"""A call for proposals as data: its documents, its rules and their dated parameters (see `calls/`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, NamedTuple, Self

from pydantic import field_validator

from jeopsu.domain.base import Record
from jeopsu.domain.documents import FileType
from jeopsu.domain.findings import About, Clause, Effect, Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.domain.name_rule import name_rule
from jeopsu.domain.submissions import Size
from jeopsu.domain.text import Text

Param = bool | int | str | tuple[int, ...] | tuple[str, ...] | dict[str, int | str]


class By(StrEnum):
    """Who gives a document."""

    PROJECT = "project"  # one for the proposal, under the lead's name
    EACH = "each"  # each organisation its own
    EACH_OR_JOINT = "each_or_joint"  # on one sheet, or each its own


class Scope(StrEnum):
    """Whom a rule is asked of."""

    PROJECT = "project"
    EACH = "each"
    EACH_AND_PROJECT = "each_and_project"
    LEAD = "lead"
    PARTNER = "partner"
    FILES = "files"  # each uploaded file
    DOCUMENTS = "documents"  # each row of the list of documents, for whoever gives it


class Part(Record):
    """A separate paper within one document (document 13: 사업자등록증 and 법인등기부등본)."""

    id: str
    title: str
    kinds: tuple[Kind, ...]
    aliases: tuple[str, ...] = ()


class Condition(Record):
    """When a document must be there: always, by the organisation's size, by an amount in its budget, by new hires."""

    when: Literal["always", "size", "amount", "new_hire"] = "always"
    sizes: tuple[Size, ...] = ()
    field: str | None = None  # "amount": the budget field that must be above 0
    sure_from: int | None = None  # "amount": below this many won the call does not say; at or above it does


class RequiredDocument(Record):
    """A row of the call's list of documents (공고 7)."""

    number: int
    title: str  # the call's own words
    title_en: str
    aliases: tuple[str, ...] = ()  # other titles that are right in a file name
    shorthands: tuple[str, ...] = ()  # titles by which it is recognised, though the name is then not right
    kinds: tuple[Kind, ...]
    by: By
    formats: tuple[FileType, ...]
    perhaps: tuple[FileType, ...] = ()  # formats of which the call leaves open whether they are right
    condition: Condition = Condition()
    parts: tuple[Part, ...] = ()
    per_year: bool = False
    several: bool = False  # one paper per item or company: two files need not replace one another
    reading: str = ""  # where the notice is open: which reading was taken, and why
    clause: Clause
    at: str = ""  # "documents.yaml:12"


class Requirement(NamedTuple):
    """One paper that a call asks for: a document without parts, or a part of one. `form`: "[서식-13]"."""

    document: RequiredDocument
    part: Part | None
    kinds: frozenset[Kind]
    form: str
    title: str
    about: About


class RuleVersion(Record):
    """A rule's parameters from one date on."""

    since: date
    until: date | None = None  # its last day; None: until the next version
    params: dict[str, Param] = {}
    clause: Clause
    at: str = ""  # "rules.yaml:14"
    lines: dict[str, int] = {}  # the line of each parameter


class StaffInput(Record):
    """What only staff can look up for a rule, and where. Kept with who, when and for how long it holds."""

    id: str
    type: Literal["flag", "count", "choice", "date", "text"]
    choices: tuple[str, ...] = ()
    per: Literal["organisation", "project"] = "organisation"
    title: Text | None = None  # in a few words, where it is one of several exceptions
    question: Text
    where: Text
    if_yes: Text | None = None  # a flag: what "yes" states, in a sentence that can be read without the question
    if_no: Text | None = None
    holds_days: int | None = None  # after that it must be looked up again
    at: str = ""  # "rules.yaml:31"


class Rule(Record):
    """One rule of the call. `check` names a function of validators/; its parameters stand in `versions`."""

    id: str
    check: str
    title: Text
    effect: Effect
    scope: Scope
    versions: tuple[RuleVersion, ...]
    staff: tuple[StaffInput, ...] = ()
    readings: tuple[int, ...] = ()  # numbers of the call's readings that it follows
    note: str = ""
    at: str = ""  # "rules.yaml:12"

    def on(self, day: date) -> RuleVersion | None:
        """The version in force on a day; None before the first."""
        current = [version for version in self.versions if version.since <= day]
        return max(current, key=lambda version: version.since) if current else None


class Interpretation(Record):
    """Where the notice is open: the reading taken, and why."""

    number: int
    says: str
    why: str


class Example(Record):
    """A case just inside or just outside a limit: facts in, outcome out."""

    rule: str
    organisation: str | None = None
    size: Size | None = None
    on: date | None = None  # the day whose parameters apply; default: the closing day
    given: dict[str, int | str | bool] = {}  # "fs.equity@2022": 100; a file: "file:17": true; a fact: "fact:id": 3
    outcome: Outcome
    says: str
    at: str = ""


class Call(Record):
    """One call for proposals (공고)."""

    id: str
    title: Text
    notice: str
    agency: str
    published: date
    opens: datetime
    closes: datetime
    fiscal_years: tuple[int, ...]
    sample_percent: Decimal | None = None  # of what is settled alone, for a person to check; None: the site's setting
    name_template: str  # "[서식-{number}] {title}_{organisation}.{extension}"
    readings: tuple[Interpretation, ...] = ()
    documents: tuple[RequiredDocument, ...]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...] = ()

    @field_validator("sample_percent")
    @classmethod
    def _is_a_share(cls, percent: Decimal | None) -> Decimal | None:
        if percent is not None and not 0 <= percent <= 100:
            raise ValueError("a share in percent, 0 to 100, is expected")
        return percent

    @field_validator("name_template")
    @classmethod
    def _readable(cls, template: str) -> str:
        name_rule(template)
        return template

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Without what was worked out from the old values and kept (`cached_property`)."""
        copied = super().model_copy(update=update, deep=deep)
        for derived in copied.__dict__.keys() - type(self).model_fields:
            del copied.__dict__[derived]
        return copied

    def day(self, moment: datetime) -> date:
        """The day on the wall of the agency: a database gives times in UTC, nine hours behind."""
        return (moment.astimezone(self.closes.tzinfo) if moment.tzinfo and self.closes.tzinfo else moment).date()

    def form(self, number: int) -> str:
        """A document's number as the call writes it: "[서식-7]"."""
        return name_rule(self.name_template).form(number)

    @cached_property
    def requirements(self) -> tuple[tuple[RequiredDocument, tuple[Requirement, ...]], ...]:
        """Every document with its papers, in the call's order."""
        return tuple((document, tuple(self._requirements(document))) for document in self.documents)

    def _requirements(self, document: RequiredDocument) -> Iterator[Requirement]:
        for part in document.parts or (None,):
            kinds, title = (part.kinds, part.title) if part else (document.kinds, document.title)
            about = About(document=document.number, part=part.id if part else None)
            yield Requirement(document, part, frozenset(kinds), self.form(document.number), title, about)

    def document(self, number: int) -> RequiredDocument | None:
        return self._numbered.get(number)

    @cached_property
    def _numbered(self) -> dict[int, RequiredDocument]:
        return {document.number: document for document in reversed(self.documents)}

    def document_of(self, kind: Kind) -> RequiredDocument | None:
        """The row that a kind of document fills; None where this call asks for no such thing."""
        return self._filled_by.get(kind)

    @cached_property
    def _filled_by(self) -> dict[Kind, RequiredDocument]:
        return {kind: document for document in reversed(self.documents) for kind in document.kinds}
