"""A readable way to say "a whole sound proposal, but …": one scenario is a rule, whose, an outcome and what is changed.

The sound proposal is `proposals.py`'s: lead 중견 (mean revenue under 3,000억), partner 중소, everything confirmed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.submissions import StaffFact, Submission, Upload
from jeopsu.validators import run
from tests.validators.proposals import CALL, field, proposal, settled

P, F, U, N = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
M = 1_000_000
TODAY = date(2023, 5, 2)
_WORST = (F, U, P, N)
Files = Callable[[list[Upload]], list[Upload]]
Change = Callable[[Submission], Submission]


class Scenario(NamedTuple):
    """What is changed in a sound proposal, and what one rule must then say of whom."""

    rule: str
    whose: str | None
    outcome: Outcome
    says: str
    changes: tuple[Change, ...] = ()
    files: tuple[Files, ...] = ()
    document: int | None = None  # for rules that speak of several papers
    part: str | None = None


def of(rule: str, whose: str | None, outcome: Outcome, says: str, *changes: Change | Files, **more: object) -> Scenario:
    """A scenario from its changes; those made by `files` work on the uploads, before anything is settled."""
    early = tuple(c for c in changes if getattr(c, "early", False))
    late = tuple(c for c in changes if not getattr(c, "early", False))
    return Scenario(rule, whose, outcome, says, late, early, **more)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _sound() -> Submission:
    return settled(proposal())


def made(scenario: Scenario) -> Submission:
    """The scenario's submission."""
    submission = _sound()
    if scenario.files:
        uploads = proposal()
        for edit in scenario.files:
            uploads = edit(uploads)
        submission = settled(uploads)
    for change in scenario.changes:
        submission = change(submission)
    return submission


def outcome(scenario: Scenario, submission: Submission) -> tuple[Outcome, str]:
    """The worst that the rule says of the one the scenario is about, and its words."""
    findings = [
        f
        for f in run.evaluate(CALL, submission, only=scenario.rule, today=TODAY)
        if f.organisation == scenario.whose or scenario.whose is None
        if scenario.document in (None, f.about.document) and scenario.part in (None, f.about.part)
    ]
    for worst in _WORST:
        for finding in findings:
            if finding.outcome is worst:
                return worst, finding.message.ko
    raise AssertionError(f"{scenario.rule} says nothing of {scenario.whose}")


# --- changes of values


def has(name: str, whose: str | None, value: object, year: int | None = None) -> Change:
    """A confirmed value, in place of what was read or beside it."""

    def change(submission: Submission) -> Submission:
        here = [f for f in submission.fields if (f.name, f.organisation, f.year) == (name, whose, year)]
        new = [FieldValue.model_validate({**f.model_dump(), "value": value, "printed": str(value)}) for f in here]
        if not here:
            group = name.split(".")[0]
            beside = next(
                (f.file for f in submission.fields if f.organisation == whose and f.year == year and group in f.name),
                submission.files[0].name,
            )
            new = [field(name, value, beside or "", organisation=whose, year=year)]
        rest = tuple(f for f in submission.fields if f not in here)
        return submission.model_copy(update={"fields": (*rest, *new)})

    return change


def fs(whose: str, year: int, **values: object) -> Change:
    """Figures of one year's statement, in 백만원 (texts and flags as they are)."""

    def change(submission: Submission) -> Submission:
        for name, value in values.items():
            won = value * M if isinstance(value, int) and not isinstance(value, bool) else value
            submission = has(f"fs.{name}", whose, won, year)(submission)
        return submission

    return change


def budget(whose: str, **won: int) -> Change:
    """Amounts of the plan's budget, in won."""

    def change(submission: Submission) -> Submission:
        for name, value in won.items():
            submission = has(f"budget.{name}", whose, value)(submission)
        return submission

    return change


def person(index: int, **values: object) -> Change:
    """What stands in the rows of one person (plan and rates form), by the row's number."""

    def change(submission: Submission) -> Submission:
        def bend(f: FieldValue) -> FieldValue:
            kind = f.name.removeprefix("participant.")
            if f.name.startswith("participant.") and f.index == index and kind in values:
                return FieldValue.model_validate({**f.model_dump(), "value": values[kind]})
            return f

        return submission.model_copy(update={"fields": tuple(bend(f) for f in submission.fields)})

    return change


def fact(name: str, value: str | int | bool, whose: str | None = "lead", on: str = "2023-04-28") -> Change:
    """What staff looked up."""
    told = StaffFact(
        fact=name, organisation=whose, value=value, by="김담당", at=datetime.fromisoformat(on).replace(tzinfo=UTC)
    )
    return lambda submission: submission.model_copy(update={"facts": (*submission.facts, told)})


def received(moment: str | None) -> Change:
    """The final submission."""
    when = datetime.fromisoformat(moment) if moment else None
    return lambda submission: submission.model_copy(update={"received": when})


def gone(name: str, whose: str | None = None, year: int | None = None) -> Change:
    """A value that was not found."""

    def keeps(f: FieldValue) -> bool:
        return (f.name, f.organisation) != (name, whose) or year not in (None, f.year)

    return lambda s: s.model_copy(update={"fields": tuple(f for f in s.fields if keeps(f))})


def both(change: Callable[..., Change], *years: int, **values: object) -> Change:
    """The same figures of the lead in several years."""

    def changed(submission: Submission) -> Submission:
        for year in years:
            submission = change("lead", year, **values)(submission)
        return submission

    return changed


# --- changes of the uploads


def files(edit: Files) -> Files:
    edit.early = True  # type: ignore[attr-defined]
    return edit


def without(word: str, whose: str = "") -> Files:
    """The upload whose name has a word (and a company's) is not there."""
    return files(lambda uploads: [u for u in uploads if not (word in u.name and whose in u.name)])


def renamed(word: str, new: str) -> Files:
    """One upload under another name."""
    from jeopsu.validators import naming

    def edit(uploads: list[Upload]) -> list[Upload]:
        found = next(u for u in uploads if word in u.name)
        fields = tuple(
            f.model_copy(update={"evidence": f.evidence.model_copy(update={"file": new})}) for f in found.reading.fields
        )
        reading = found.reading.model_copy(update={"fields": fields})
        other = found.model_copy(update={"name": new, "name_reading": naming.read_name(new, CALL), "reading": reading})
        return [other if u is found else u for u in uploads]

    return files(edit)


def also(*more: Upload) -> Files:
    """Further uploads."""
    return files(lambda uploads: [*uploads, *more])


def longer(word: str, whose: str = "", *, blank: bool = False) -> Files:
    """An upload with one more page, from which nothing was read."""

    def edit(uploads: list[Upload]) -> list[Upload]:
        found = next(u for u in uploads if word in u.name and whose in u.name)
        (run,) = found.reading.segments
        reading = found.reading.model_copy(
            update={
                "pages": 2,
                "segments": (run.model_copy(update={"last_page": 2}),),
                "problems": (Problem(code=Code.BLANK_PAGE, page=2),) if blank else (),
            }
        )
        other = found.model_copy(update={"reading": reading})
        return [other if u is found else u for u in uploads]

    return files(edit)
