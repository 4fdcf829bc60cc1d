"""`jeopsu calls try`: what another version of a call would make of the proposals that were checked already.

Nothing is read again and nothing is kept. The call in force and the one on trial both run today on what the last run of
each proposal read, so that whatever differs is the call's doing.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from jeopsu.calls.load import load_call
from jeopsu.domain.base import Record
from jeopsu.domain.calls import Call
from jeopsu.domain.findings import Outcome, Verdict
from jeopsu.domain.report import Report
from jeopsu.flows import platform
from jeopsu.flows.diff import paired
from jeopsu.flows.memory import collect_seldom
from jeopsu.flows.settings import Settings, cores
from jeopsu.storage import records
from jeopsu.validators import run, verdict

_ALONE = 40  # fewer proposals than that are done before another process has started
_SHARE = 25  # proposals that a process takes at a time


class Turn(Record):
    """A finding that comes out otherwise. None: the call does not say it."""

    rule: str
    organisation: str | None
    before: Outcome | None
    after: Outcome | None
    message: str  # of the call on trial, in Korean; where it says nothing, of the one in force


class Tried(Record):
    """One proposal under both calls."""

    proposal: str
    before: Verdict
    after: Verdict
    turns: tuple[Turn, ...]


def trial(settings: Settings, path: Path, instead_of: str | None = None) -> Iterator[Tried]:
    """Every checked proposal of a call (default: the one with the same id), in the order of their names.

    `path`: the folder of the call on trial. Raises CallFileError.
    """
    tried = load_call(path)
    load_call(instead_of or tried.id)
    platform.prepare(settings)
    names = records.checked(instead_of or tried.id)
    if len(names) < _ALONE or cores() < 2:
        yield from _share(path, names)
        return
    with ProcessPoolExecutor(
        cores(), mp_context=get_context("spawn"), initializer=_begin, initargs=(settings,)
    ) as processes:
        shares = [names[start : start + _SHARE] for start in range(0, len(names), _SHARE)]
        for found in processes.map(partial(_share, path), shares):
            yield from found


def _begin(settings: Settings) -> None:
    collect_seldom()
    platform.connect(settings)


def _share(path: Path, names: tuple[str, ...]) -> list[Tried]:
    call = load_call(path)
    return [compare(report, call) for name in names if (report := records.report(name)) is not None]


def compare(report: Report, tried: Call) -> Tried:
    """What a proposal's last run read, under the call that it was checked by and under the one on trial."""
    now = datetime.now(UTC)
    before, after = (
        run.evaluate(call, report.submission, today=call.day(now)) for call in (load_call(report.call), tried)
    )
    turns = []
    for one, other in paired(before, after):
        told = other or one
        assert told is not None
        if (one and one.outcome) is not (other and other.outcome):
            turns.append(
                Turn(
                    rule=told.rule,
                    organisation=told.organisation,
                    before=one and one.outcome,
                    after=other and other.outcome,
                    message=told.message.ko,
                )
            )
    return Tried(
        proposal=report.submission.proposal, before=verdict.of(before), after=verdict.of(after), turns=tuple(turns)
    )
