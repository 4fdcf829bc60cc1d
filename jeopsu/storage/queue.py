"""The queue of runs and the outbox of events. Part of `records`.

At most one run of a proposal is queued and one is running; the database keeps it so. Who runs one holds a lease (a
token and a heartbeat) and can write a result only while holding it. Nothing here depends on Prefect: it is told what
is due, and whatever it forgets is found again by `overdue` and `lost`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min
from django.db.models.functions import Now
from django.utils import timezone

from jeopsu.domain.submissions import Registration
from jeopsu.storage import decisions, versions
from jeopsu.storage.errors import LeaseLost, UnknownProposal
from jeopsu.storage.models import Event, Proposal, Run
from jeopsu.storage.rows import Job, Notice, Progress, State

UPLOADED, RERUN, DECIDED, WAITING = "proposal.uploaded", "proposal.rerun", "proposal.decided", "proposal.waiting"

# Uploads that never stop must not keep a proposal from ever being looked at.
LONGEST_QUIET = timedelta(seconds=60)
# A run whose process died eight times without reading a file will kill the ninth, too: staff must see it.
ATTEMPTS = 8


def enqueue_locked(proposal: Proposal, kind: str, reread: str = "", by: str = "", attempt: int = 1) -> Run:
    """The proposal's queued run; one that waits already takes the wish in. The caller holds the proposal's row."""
    queued = Run.objects.filter(proposal=proposal, state=State.QUEUED).first()
    if queued:
        queued.reread = _both(queued.reread, reread)
        queued.kind = queued.kind if queued.kind == "intake" else kind
        queued.save(update_fields=["reread", "kind"])
        return queued
    number = proposal.runs_made + 1
    Proposal.objects.filter(pk=proposal.pk).update(runs_made=number, touched=timezone.now())
    proposal.runs_made = number
    return Run.objects.create(
        proposal=proposal,
        number=number,
        kind=kind,
        state=State.QUEUED,
        reread=reread,
        by=by,
        attempt=attempt,
        requested=timezone.now(),
    )


def request_run(proposal: str, kind: str, *, event: str, reread: str = "", by: str = "") -> int:
    """Queues a run and its event; returns the run's number. Raises UnknownProposal."""
    with transaction.atomic():
        run = enqueue_locked(_locked(proposal), kind, reread, by)
        now = timezone.now()
        Event.objects.create(
            proposal_id=proposal, kind=event, at=now, due=now, body={"run": run.number, "reread": reread, "by": by}
        )
        return run.number


def claim(proposal: str, *, host: str, process: str, prefect_run: str = "") -> Job | None:
    """The lease of the proposal's queued run; None where none waits or another one is running."""
    with transaction.atomic():
        row = _locked(proposal)
        if Run.objects.filter(proposal=row, state=State.RUNNING).exists():
            return None
        run = Run.objects.filter(proposal=row, state=State.QUEUED).first()
        if run is None:
            return None
        now = timezone.now()
        files = versions.uploads(proposal)
        run.state, run.started, run.beat = State.RUNNING, now, Now()
        run.token, run.host, run.process, run.prefect_run = str(uuid.uuid4()), host, process, prefect_run
        run.call, run.stage = row.call, "start"
        run.last_upload = max((file.id for file in files), default=0)
        run.files_total = len(files)
        run.save()
        # Whatever was announced or not: this run has seen it.
        Event.objects.filter(proposal=row, announced__isnull=True, due__isnull=False).update(announced=now)
        return Job(
            run=run.pk,
            number=run.number,
            token=run.token,
            proposal=row.pk,
            kind=run.kind,
            call=row.call,
            received=row.received,
            registration=Registration.model_validate(row.registration) if row.registration else None,
            facts=decisions.facts(proposal),
            uploads=files,
            reread_all=run.reread == "all",
            reread_documents=tuple(int(part) for part in run.reread.split(",") if part.isdigit()),
            attempt=run.attempt,
            last_upload=run.last_upload,
        )


def beat(job: Job, progress: Progress) -> None:
    """A sign of life, with the progress. Raises LeaseLost."""
    # The database's clock: machines' own may differ by more than a silence.
    changed = Run.objects.filter(pk=job.run, token=job.token, state=State.RUNNING).update(
        beat=Now(), **progress.model_dump()
    )
    if not changed:
        raise LeaseLost(f"{job.proposal} #{job.number}")


def newer_waits(job: Job) -> bool:
    """Whether uploads came in since the run was claimed."""
    return Run.objects.filter(proposal_id=job.proposal, state=State.QUEUED, kind="intake").exists()


def end_locked(job: Job, state: State, error: str = "") -> Run:
    """Ends a run whose lease we hold, inside the caller's transaction. Raises LeaseLost."""
    _locked(job.proposal)
    run = Run.objects.filter(pk=job.run, token=job.token, state=State.RUNNING).first()
    if run is None:
        raise LeaseLost(f"{job.proposal} #{job.number}")
    run.state, run.finished, run.error = state, timezone.now(), error
    return run


def end(job: Job, state: State, error: str = "") -> None:
    """Ends a run without a result: failed or superseded. Raises LeaseLost."""
    with transaction.atomic():
        run = end_locked(job, state, error)
        run.save()
        Event.objects.create(
            proposal_id=job.proposal, kind=f"run.{state}", at=run.finished, body={"run": job.number, "error": error}
        )
        if state is State.FAILED:
            Proposal.objects.filter(pk=job.proposal).update(last_done=run, touched=run.finished)


def give_back(job: Job) -> None:
    """Puts a run that was told to stop back into the queue, as if it had not begun."""
    with transaction.atomic():
        proposal = _locked(job.proposal)
        run = Run.objects.filter(pk=job.run, token=job.token, state=State.RUNNING).first()
        if run is not None:
            _start_again(proposal, run, run.attempt, "stopped")


def lost(alive: Callable[[str, str], bool | None], silence: timedelta) -> list[tuple[str, str]]:
    """Finds runs whose process died and queues them again; returns (proposal, Prefect's run id) of each.

    `alive(host, process)` may answer None where it cannot know (another machine): then the heartbeat decides.
    """
    found = []
    for seen in Run.objects.filter(state=State.RUNNING).annotate(now=Now()):
        life = alive(seen.host, seen.process)
        if life or (life is None and seen.beat is not None and seen.now - seen.beat < silence):
            continue
        with transaction.atomic():
            proposal = _locked(seen.proposal_id)
            run = Run.objects.filter(pk=seen.pk, token=seen.token, state=State.RUNNING).first()
            if run is None:
                continue
            _try_again(proposal, run, "died")
        found.append((seen.proposal_id, seen.prefect_run))
    return found


def put_off(job: Job, why: str, delay: timedelta) -> None:
    """Ends a run that could not go on for now (the store was away) and queues it again for later."""
    with transaction.atomic():
        proposal = _locked(job.proposal)
        run = Run.objects.filter(pk=job.run, token=job.token, state=State.RUNNING).first()
        if run is not None:
            _try_again(proposal, run, why, delay)


def notices(now: datetime | None = None) -> list[Notice]:
    """What is to be announced: one notice per proposal and kind, once the last of its uploads is `quiet` old."""
    now = now or timezone.now()
    open_events = Event.objects.filter(announced__isnull=True, due__isnull=False)
    due = []
    groups = open_events.values("proposal_id", "kind").annotate(first=Min("at"), last=Max("at"), settled=Max("due"))
    for group in groups.order_by("first"):
        if group["settled"] <= now or now - group["first"] > LONGEST_QUIET:
            ids = open_events.filter(proposal_id=group["proposal_id"], kind=group["kind"]).values_list("pk", flat=True)
            if ids:
                due.append(
                    Notice(
                        ids=tuple(ids),
                        proposal=group["proposal_id"],
                        kind=group["kind"],
                        first=group["first"],
                        last=group["last"],
                    )
                )
    return due


def announced(ids: Iterable[int]) -> None:
    """Takes events out of the outbox, after they were sent: a kill in between sends them twice, never not at all."""
    Event.objects.filter(pk__in=list(ids), announced__isnull=True).update(announced=timezone.now())


def overdue(age: timedelta) -> list[str]:
    """Proposals with a queued run, none running and nothing left to announce: their event must have got lost."""
    busy = Run.objects.filter(state=State.RUNNING).values("proposal_id")
    told = Event.objects.filter(announced__isnull=True, due__isnull=False).values("proposal_id")
    recently = Event.objects.filter(announced__gt=timezone.now() - age).values("proposal_id")
    rows = Run.objects.filter(state=State.QUEUED, requested__lt=timezone.now() - age)
    rows = rows.exclude(proposal_id__in=busy).exclude(proposal_id__in=told).exclude(proposal_id__in=recently)
    return list(rows.order_by("requested").values_list("proposal_id", flat=True))


def flow_runs() -> set[str]:
    """Prefect's ids of the flow runs that hold a lease."""
    return set(Run.objects.filter(state=State.RUNNING).values_list("prefect_run", flat=True))


def announce_again(proposal: str) -> None:
    """Puts an event for a queued run back into the outbox."""
    now = timezone.now()
    Event.objects.create(proposal_id=proposal, kind=WAITING, at=now, due=now)


def counts() -> tuple[int, int]:
    """How many runs are queued, how many running."""
    return (
        Run.objects.filter(state=State.QUEUED).count(),
        Run.objects.filter(state=State.RUNNING).count(),
    )


def _try_again(proposal: Proposal, run: Run, why: str, delay: timedelta = timedelta(0)) -> None:
    """One more attempt, unless there were enough. Those that got something read, which is kept, do not count."""
    attempt = run.attempt if run.files_done > run.files_reused else run.attempt + 1
    if attempt <= ATTEMPTS:
        _start_again(proposal, run, attempt, why, delay)
        return
    now = timezone.now()
    run.state, run.finished, run.error = State.FAILED, now, f"{run.attempt}번 시도했으나 끝나지 않음 ({why})"
    run.save()
    Proposal.objects.filter(pk=proposal.pk).update(last_done=run, touched=now)
    Event.objects.create(proposal=proposal, kind="run.failed", at=now, body={"run": run.number})


def _start_again(proposal: Proposal, run: Run, attempt: int, why: str, delay: timedelta = timedelta(0)) -> None:
    run.state, run.finished, run.error = State.LOST, timezone.now(), why
    run.save()
    again = enqueue_locked(proposal, run.kind, run.reread, run.by, attempt)
    now = timezone.now()
    Event.objects.create(
        proposal=proposal,
        kind=WAITING,
        at=now,
        due=now + delay,
        body={"run": again.number, "instead": run.number, "why": why},
    )


def _locked(proposal: str) -> Proposal:
    row = Proposal.objects.select_for_update().filter(pk=proposal).first()
    if row is None:
        raise UnknownProposal(proposal)
    return row


def _both(one: str, other: str) -> str:
    """The wish that covers both: "" reads nothing again, "all" everything, "3,14" these documents."""
    if "all" in (one, other):
        return "all"
    return ",".join(sorted({*one.split(","), *other.split(",")} - {""}, key=int))
