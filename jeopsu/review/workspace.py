"""One proposal as it lies on the reviewer's desk: the last result, what people decided on it, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from jeopsu.domain.calls import StaffInput
from jeopsu.domain.evidence import Anchor, Region
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Effect, Finding, Outcome, Verdict
from jeopsu.domain.geometry import Box
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import StaffFact
from jeopsu.flows import corrections
from jeopsu.reports.agenda import agenda
from jeopsu.review import glance
from jeopsu.review.wanted import where
from jeopsu.storage import records, samples, views
from jeopsu.storage.rows import DecisionRow, ProposalRow, RunRow
from jeopsu.storage.samples import SampleRow
from jeopsu.storage.standing import Standing, in_force, standings


@dataclass(frozen=True)
class Place:
    """Somewhere to look: a page of a file, and the box on it where there is one."""

    file: str
    sha256: str
    page: int | None
    box: Box | None
    field: FieldValue | None = None
    key: str = ""  # of the field
    words: str = ""  # a place in an HWP that is not on a page: "표 3 · 2행 4열"


@dataclass(frozen=True)
class Group:
    """Points that ask the same of a person."""

    id: str
    title: str
    points: list[Standing]

    @property
    def left(self) -> int:
        return sum(point.needs_person for point in self.points)


class Workspace:
    """Everything the pages of one proposal show. Made once a request."""

    def __init__(self, row: ProposalRow, number: int | None = None, *, two_persons: bool = True) -> None:
        self.row = row
        found = views.latest(row.id, number)
        self.run: RunRow | None = found[0] if found else None
        self.report: Report | None = found[1] if found else None
        self.earlier = number is not None
        self.review = views.review(row.id)
        self.decisions: tuple[DecisionRow, ...] = records.decisions(row.id)
        self._two = two_persons

    @cached_property
    def sha256_of(self) -> dict[str, str]:
        return {file.name: file.sha256 for file in self.report.submission.files} if self.report else {}

    @cached_property
    def points(self) -> list[Standing]:
        """Every finding, in the agenda's order."""
        if self.report is None:
            return []
        todo = agenda(self.report)
        ordered = (*todo.exclusions, *todo.gaps, *todo.open, *todo.notes, *todo.passed, *todo.not_applicable)
        return standings(ordered, self.decisions, self.sha256_of, two_persons=self._two)

    @cached_property
    def by_key(self) -> dict[str, Standing]:
        return {point.key: point for point in reversed(self.points)}

    @cached_property
    def groups(self) -> list[Group]:
        """By what a person must do, the blockers first."""
        wanted: list[Group] = []
        for name, title, belongs in _GROUPS:
            points = [point for point in self.points if belongs(point)]
            if points:
                wanted.append(Group(name, title, points))
        return wanted

    @cached_property
    def todo(self) -> list[Standing]:
        """What needs or needed a person, blockers first: the list on the workbench."""
        every = [point for group in self.groups for point in group.points]
        return [p for p in every if p.finding.needs_person or p.decision is not None or p.key in self.answered]

    @cached_property
    def facts(self) -> dict[tuple[str, str | None], StaffFact]:
        """What staff looked up, by fact and organisation."""
        return {(fact.fact, fact.organisation): fact for fact in records.facts(self.row.id)}

    def inputs(self, point: Standing) -> list[tuple[StaffInput, str | None]]:
        """What is looked up for a point, and for whom: what it waits for, and what was answered and may be changed."""
        assert self.report
        found = []
        for given in glance.inputs_of(self.report.call).get(point.finding.rule, ()):
            organisation = point.finding.organisation if given.per == "organisation" else None
            if given.id in point.finding.staff or (given.id, organisation) in self.facts:
                found.append((given, organisation))
        return found

    @cached_property
    def answered(self) -> frozenset[str]:
        """Points that an answer of staff settled: done by a person, though no decision stands on them."""
        if not self.facts:
            return frozenset()
        return frozenset(
            point.key
            for point in self.points
            if not point.finding.needs_person
            and any((given.id, whom) in self.facts for given, whom in self.inputs(point))
        )

    @cached_property
    def left(self) -> list[Standing]:
        return [point for point in self.todo if point.needs_person]

    @cached_property
    def verdict(self) -> Verdict | None:
        """With people's decisions taken in."""
        return corrections.with_decisions(self.points)[0] if self.report else None

    @cached_property
    def field_keys(self) -> dict[FieldValue, str]:
        return corrections.field_keys(self.report.submission) if self.report else {}

    @cached_property
    def fields_by_key(self) -> dict[str, FieldValue]:
        return {key: field for field, key in self.field_keys.items()}

    @cached_property
    def field_decisions(self) -> dict[str, DecisionRow]:
        """The latest word of a person on each value."""
        return {row.key: row for row in in_force(self.decisions) if row.subject == "field"}

    @cached_property
    def samples(self) -> tuple[SampleRow, ...]:
        """What was drawn for people to check though the program settled it alone. Holds nothing up."""
        return samples.of(self.row.id)

    @property
    def samples_left(self) -> int:
        return sum(one.agreed is None for one in self.samples)

    def after(self, key: str) -> Standing | None:
        """The next point that needs a person, going round; None where none is left."""
        keys = [point.key for point in self.todo]
        start = keys.index(key) + 1 if key in keys else 0
        for point in self.todo[start:] + self.todo[:start]:
            if point.needs_person and point.key != key:
                return point
        return None

    def places(self, point: Standing) -> list[Place]:
        """Where a finding rests: the values it turns on first, then the others, its other evidence, its files."""
        found: list[Place] = []
        for field in point.finding.inputs:
            place = self.place(field)
            if place:
                found.append(place)
        boxes = {(p.file, p.page, p.box) for p in found}
        for evidence in point.finding.evidence:
            if isinstance(evidence, Region | Anchor) and (evidence.file, evidence.page, evidence.box) not in boxes:
                found.append(
                    Place(evidence.file, self.sha256_of.get(evidence.file, ""), evidence.page, evidence.box,
                          words=anchor_words(evidence))
                )  # fmt: skip
        assert self.report
        seen = {place.file for place in found}
        for file, page in where(point.finding, self.report):
            if file.name not in seen:
                found.append(Place(file.name, file.sha256, page, None))
        named = {place.file for place in found}
        for name in point.finding.files:  # what cannot be read can still be saved
            if name not in named and name in self.sha256_of:
                found.append(Place(name, self.sha256_of[name], 1, None))
        return sorted(found, key=lambda place: -telling(place, point.finding))  # stable

    def place(self, field: FieldValue) -> Place | None:
        if not field.file:
            return None
        words = anchor_words(field.evidence) if isinstance(field.evidence, Anchor) else ""
        key = self.field_keys.get(field, "")
        return Place(field.file, self.sha256_of.get(field.file, ""), field.page, field.box, field, key, words)


def telling(place: Place, finding: Finding) -> int:
    """How much a place says about why a finding came out as it did; 0: nothing of its own.

    A reviewer's first look must fall on the doubtful value or on the one that the message names, not on the first of
    ten that are in order.
    """
    field = place.field
    if field is None:
        return 0
    told = 4 * (finding.outcome is Outcome.UNDETERMINED and not field.confirmed)
    person = finding.about.person
    if person:
        rows = {f.index for f in finding.inputs if f.value == person and f.index is not None}
        told += 3 * (field.value == person or field.index in rows)
    if re.search(rf"(?<![\d,.]){re.escape(_printed(field))}(?![\d,])", finding.message.ko):
        told += 2
    return told


def _printed(field: FieldValue) -> str:
    """The value as messages write it."""
    if isinstance(field.value, bool) or field.value is None:
        return "\0"
    if isinstance(field.value, Decimal):
        return f"{field.value.normalize():f}%"
    return f"{field.value:,}" if isinstance(field.value, int) else str(field.value)


def anchor_words(evidence: Region | Anchor) -> str:
    """ "표 3 · 2행 4열": for people, rows and columns count from 1."""
    if not isinstance(evidence, Anchor):
        return ""
    parts = []
    if evidence.table is not None:
        parts.append(f"표 {evidence.table + 1}")
    if evidence.row is not None and evidence.column is not None:
        parts.append(f"{evidence.row + 1}행 {evidence.column + 1}열")
    if evidence.table is None and evidence.paragraph is not None:
        parts.append(f"{evidence.paragraph + 1}번째 문단")
    return " · ".join(parts)


_EXCLUDES = (Effect.EXCLUDE, Effect.MAY_EXCLUDE)
_GROUPS: tuple[tuple[str, str, Callable[[Standing], bool]], ...] = (
    ("exclusions", "제외 사유",
     lambda p: p.finding.outcome is Outcome.FAIL and p.finding.effect in _EXCLUDES),
    ("gaps", "보완할 것",
     lambda p: p.finding.outcome is Outcome.FAIL and p.finding.effect is Effect.SUPPLEMENT),
    ("staff", "담당자가 조회할 것",
     lambda p: p.finding.outcome is Outcome.UNDETERMINED and bool(p.finding.staff)),
    ("values", "값을 확인할 것",
     lambda p: p.finding.outcome is Outcome.UNDETERMINED and not p.finding.staff),
    ("notes", "참고",
     lambda p: p.finding.outcome is Outcome.FAIL and p.finding.effect in (Effect.SCORE, Effect.INFORMATION)),
    ("passed", "적합", lambda p: p.finding.outcome is Outcome.PASS),
    ("not_applicable", "해당 없음", lambda p: p.finding.outcome is Outcome.NOT_APPLICABLE),
)  # fmt: skip
