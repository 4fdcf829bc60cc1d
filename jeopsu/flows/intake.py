"""The flows that Prefect runs: `intake` after uploads, `recheck` after a decision, `rerun` when someone asks, `sweep`.

They wrap `work` and `sweep`; tasks are coarse, because each costs milliseconds and an entry in Prefect's database.
Whichever flow comes first takes the proposal's queued run; one that finds nothing to do ends at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from prefect import flow, get_run_logger, tags, task
from prefect.runtime import flow_run

from jeopsu.domain.report import Report
from jeopsu.flows import platform, settings, work
from jeopsu.flows import sweep as sweeping
from jeopsu.flows.lease import Lease
from jeopsu.flows.prefect_pages import Pages
from jeopsu.storage import records
from jeopsu.storage.errors import StorageUnavailable
from jeopsu.storage.files import Files
from jeopsu.storage.rows import Job, RunRow

T = TypeVar("T")
# Temporary: a store or a database that does not answer. Anything else would fail again.
_TEMPORARY = (StorageUnavailable, records.Unavailable)


def _is_temporary(task: Any, task_run: Any, state: Any) -> bool:
    try:
        state.result()
    except _TEMPORARY:
        records.close_old_connections()  # the next attempt asks with a new connection
        return True
    except BaseException:
        return False
    return False


_RETRIED: dict[str, Any] = {
    "retries": 4,
    "retry_delay_seconds": [2, 5, 15, 30],
    "retry_condition_fn": _is_temporary,
    "persist_result": False,
    "cache_policy": None,
}


class _Step(Generic[T]):
    """What a task does, closed: Prefect walks through all that it is given, and a report has thousands of values."""

    def __init__(self, function: Callable[..., T], *arguments: Any) -> None:
        self._function, self._arguments = function, arguments
        self.raised: BaseException | None = None
        self.done: tuple[T] | None = None  # its result, once there is one

    def __call__(self) -> T:
        self.raised = None
        try:
            result = self._function(*self._arguments)
        except BaseException as error:
            self.raised = error
            raise
        self.done = (result,)
        return result


@task(name="read and check", **_RETRIED)
def _examine(step: _Step[Report]) -> Report:
    return step()


@task(name="record", **_RETRIED)
def _record(step: _Step[RunRow]) -> RunRow:
    return step()


def _through(task: Callable[[_Step[T]], T], step: _Step[T]) -> T:
    """The step's result, as a task. Raises what the step raises; EngineFailed where it is Prefect that failed.

    A server that dies under a task ends it with errors of many names ("unable to acquire concurrency slots"): none of
    them says anything of the proposal. What was done before it died is done.
    """
    try:
        return task(step)
    except Exception as error:
        if step.done:
            return step.done[0]
        if step.raised is None and not work.told_to_stop(error):
            raise work.EngineFailed(type(error).__name__) from error
        raise


@flow(name="intake", flow_run_name="{proposal}", persist_result=False)
def intake(proposal: str) -> None:
    """Uploads came in: read what is new, evaluate, record."""
    _run(proposal)


@flow(name="rerun", flow_run_name="{proposal} again", persist_result=False)
def rerun(proposal: str) -> None:
    """Someone asked for another run."""
    _run(proposal)


@flow(name="recheck", flow_run_name="{proposal} rules", persist_result=False)
def recheck(proposal: str) -> None:
    """A decision or a fact changed: rules only, since everything was read before."""
    _run(proposal)


@flow(name="sweep", persist_result=False)
def sweep(proposal: str | None = None) -> None:
    """Looks through the inboxes and for lost runs, where no `serve` does so all the time."""
    given = settings.load()
    files = platform.prepare(given)
    log = get_run_logger()
    for inbox in platform.open_inboxes(given):
        for name in sweeping.take_in(inbox, files, given, proposal):
            log.info("new uploads: %s", name)
    mended = sweeping.mend(given, given.prefect_api)
    log.info("lost: %s, announced again: %s", mended.lost, mended.announced_again)


def _run(proposal: str) -> None:
    given = settings.load()
    platform.connect(given)
    log, pages = get_run_logger(), Pages(given, proposal)

    def examine(job: Job, files: Files, given: settings.Settings, lease: Lease) -> Report:
        pages.begin(job)
        return _through(_examine, _Step(work.examine, job, files, given, lease))

    def record(job: Job, report: Report, lease: Lease) -> RunRow:
        return _through(_record, _Step(work.record, job, report, lease))

    with tags(f"proposal:{proposal}"):
        done = work.work(
            proposal,
            platform.open_files(given),
            given,
            prefect_run=str(flow_run.id or ""),
            examine=examine,
            record=record,
            on_beat=pages.beat,
        )
    if done is None:
        log.info("nothing waits, or another run is at it")
        return
    log.info("run %d: %s, %d open points, %d gaps", done.number, done.verdict, done.open_points, done.gaps)
    pages.end(done)
