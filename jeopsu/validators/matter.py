"""What a check is handed and what it hands back; and the list of checks that a call's rules may name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from jeopsu.domain.base import Record
from jeopsu.domain.calls import Call, Rule, RuleVersion, StaffInput
from jeopsu.domain.evidence import Evidence, FileName
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import About, Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Organisation, Size, StaffFact, Submission, SubmittedFile
from jeopsu.validators.facts import Facts, Need, Unknown
from jeopsu.validators.lookup import Places
from jeopsu.validators.people import Person, people

P = TypeVar("P", bound=Record)


class NoParams(Record):
    """For checks whose rule has no numbers."""


_NOTHING = About()


class Conclusion(NamedTuple):
    """One outcome of a check, in words. `inputs` None: everything the check looked at."""

    outcome: Outcome
    ko: str
    en: str
    about: About = _NOTHING
    organisation: str | None = None  # where a check speaks of several; else the matter's
    inputs: tuple[FieldValue, ...] | None = None
    files: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    staff: tuple[str, ...] = ()


@dataclass(slots=True)  # a hundred for each proposal: `frozen` would double what each costs
class Matter(Generic[P]):
    """One rule asked of one organisation (None: the project) on one submission. Checks leave it as it is."""

    call: Call
    rule: Rule
    version: RuleVersion
    params: P
    organisation: Organisation | None
    submission: Submission
    facts: Facts
    key: str | None  # the organisation's

    def live(self) -> tuple[SubmittedFile, ...]:
        """Files that count: not superseded."""
        return self.facts.papers.live

    def files(self, kind: Kind, organisation: str | None) -> tuple[SubmittedFile, ...]:
        """Live files that are (or hold) a kind of document of one organisation."""
        return self.facts.papers.of(kind, organisation)

    def places(self, files: Iterable[SubmittedFile], *kinds: Kind) -> Places:
        """Where some kinds of document stand in some of the files."""
        return self.facts.papers.places(files, *kinds)

    def people(self) -> list[Person]:
        """Everyone in the plan, and whose confirmed name stands elsewhere."""
        return self.facts.once("people", lambda: people(self.facts, self.submission.organisations))

    def place(self, file: SubmittedFile) -> tuple[About, tuple[str, ...], tuple[FileName, ...]]:
        """What a finding on a file itself is about, its file and its place: made once for all rules on files."""
        return self.facts.once("places", self._places)[file.name]

    def _places(self) -> dict[str, tuple[About, tuple[str, ...], tuple[FileName, ...]]]:
        return {
            name: (
                About.trusted(document=file.document, part=file.part, file=name, person=None, year=None),
                (name,),
                (FileName.trusted(kind="file_name", file=name),),
            )
            for name, file in self.facts.papers.named.items()
        }

    def form(self, kind: Kind) -> str:
        """A kind of document as this call numbers it: "[서식-18]"."""
        document = self.call.document_of(kind)
        return self.call.form(document.number) if document else kind.value

    def size(self) -> Size:
        """The organisation's size as the plan says it. Raises Unknown."""
        return Size(self.facts.text("org.size", self.key))

    def ask(self, staff_input: str, organisation: str | None = None, *, since: str = "") -> str | int | bool:
        """A staff fact of this rule, by the call's question. Raises Unknown where nobody looked it up.

        `since`: the computation that led to the question, in Korean.
        """
        asked = next(item for item in self.rule.staff if item.id == staff_input)
        whom = None if asked.per == "project" else organisation or self.key
        given = self.facts.staff(staff_input, whom)
        stale = "", ""
        if given is not None:
            if not fits(asked, given.value):
                stale = f" (입력된 값 '{given.value}'의 형식이 맞지 않음)", f" ('{given.value}' is no {asked.type})"
            elif (
                (last := last_day(self.call, asked, given)) is not None and self.facts.today and self.facts.today > last
            ):
                stale = (
                    f" ({given.by}의 확인은 {last}까지만 유효함: 다시 확인)",
                    f" (looked up, but only good until {last})",
                )
            else:
                self.facts.looked_up.append(given)
                return given.value
        raise Unknown(
            Need(
                words_ko=f"{since}{'. ' if since else ''}{asked.question.ko} [{asked.where.ko}]{stale[0]}",
                words_en=f"{asked.question.en} [{asked.where.en}]{stale[1]}",
                staff=staff_input,
            )
        )

    def declares(self, staff_input: str) -> bool:
        """Whether this call asks staff for it at all."""
        return any(item.id == staff_input for item in self.rule.staff)

    def looked_up(self) -> str:
        """ " (담당자 확인: 값, 누가, 언제)" for the facts that decided."""
        return "".join(dict.fromkeys(_said(self.call, fact) for fact in self.facts.looked_up))


def last_day(call: Call, asked: StaffInput, given: StaffFact) -> date | None:
    """The last day on which an answer still holds; None: for good."""
    return None if asked.holds_days is None else call.day(given.at) + timedelta(days=asked.holds_days)


def fits(asked: StaffInput, value: str | int | bool) -> bool:
    """Whether an answer has the type that the call asks for: "아니오" must never pass for a true flag."""
    if asked.type == "flag":
        return isinstance(value, bool)
    if asked.type == "count":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if asked.type == "choice":
        return value in asked.choices
    if asked.type == "date":
        try:
            return bool(datetime.strptime(str(value), "%Y-%m-%d"))
        except ValueError:
            return False
    return isinstance(value, str) and bool(value.strip())


def _said(call: Call, fact: StaffFact) -> str:
    source = f", {fact.source}" if fact.source else ""
    value = {True: "예", False: "아니오"}[fact.value] if isinstance(fact.value, bool) else fact.value
    return f" (담당자 확인: {value}, {fact.by}, {call.day(fact.at)}{source})"


Answer = Conclusion | tuple[Conclusion, ...]


class Check(Record):
    """A check as a rule names it: its function, the shape of its parameters, and what it asks of the rule."""

    name: str
    function: Callable[[Any], Answer]
    params: type[Record]
    asks: tuple[str, ...]  # staff inputs that its rule must declare
    may_ask: tuple[str, ...]  # staff inputs that its rule may declare
    exceptions: bool  # whether every flag of its rule is an exception from it
    organisation: bool  # whether it is asked of one organisation


CHECKS: dict[str, Check] = {}
F = TypeVar("F", bound=Callable[[Any], Answer])


def check(
    params: type[Record] = NoParams,
    *,
    asks: tuple[str, ...] = (),
    may_ask: tuple[str, ...] = (),
    exceptions: bool = False,
    organisation: bool = False,
) -> Callable[[F], F]:
    """Lists a function under its own name in CHECKS, with what `jeopsu calls check` must find in its rules."""

    def listed(function: F) -> F:
        name = function.__name__
        assert name not in CHECKS, name
        CHECKS[name] = Check(
            name=name,
            function=function,
            params=params,
            asks=asks,
            may_ask=may_ask,
            exceptions=exceptions,
            organisation=organisation,
        )
        return function

    return listed


def passed(ko: str, en: str, **more: Any) -> Conclusion:
    return Conclusion(outcome=Outcome.PASS, ko=ko, en=en, **more)


def failed(ko: str, en: str, **more: Any) -> Conclusion:
    return Conclusion(outcome=Outcome.FAIL, ko=ko, en=en, **more)


def undetermined(ko: str, en: str, **more: Any) -> Conclusion:
    return Conclusion(outcome=Outcome.UNDETERMINED, ko=ko, en=en, **more)


def not_applicable(ko: str, en: str, **more: Any) -> Conclusion:
    return Conclusion(outcome=Outcome.NOT_APPLICABLE, ko=ko, en=en, **more)


__all__ = [
    "CHECKS", "Answer", "Check", "Conclusion", "Matter", "NoParams", "Unknown", "check", "failed", "not_applicable",
    "passed", "undetermined",
]  # fmt: skip
