"""What runs found, and lists of proposals. Part of `records`. A report is kept whole; its rows are an index of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from jeopsu.domain.findings import Outcome
from jeopsu.domain.report import Report
from jeopsu.storage import decisions, models, queue, reviews
from jeopsu.storage.errors import UnknownProposal
from jeopsu.storage.rows import EventRow, Job, Progress, ProposalRow, RunRow, State

CORRECTED = "corrected"  # the kind of run that takes in what people said and reads nothing
_ACTIVE = (State.QUEUED, State.RUNNING)


def finish(job: Job, report: Report, progress: Progress) -> RunRow:
    """Keeps a run's result; all of it or nothing. Raises LeaseLost where another process has taken over."""
    with transaction.atomic():
        run = queue.end_locked(job, State.DONE)
        for name, value in progress.model_dump().items():
            setattr(run, name, value)
        run.stage, run.seconds_left = "done", None
        return keep(run, report)


def keep(run: models.Run, report: Report) -> RunRow:
    """Writes a finished run and its result, inside the caller's transaction, which holds the proposal's row."""
    sha256_of = {file.name: file.sha256 for file in report.submission.files}
    run.version, run.engines, run.call = report.run.version, report.run.engine, report.call
    run.verdict = report.verdict.value
    run.open_points = sum(finding.outcome is Outcome.UNDETERMINED for finding in report.findings)
    run.gaps = sum(finding.outcome is Outcome.FAIL for finding in report.findings)
    run.save()
    models.RunReport.objects.create(run=run, body=report.model_dump_json())
    models.Finding.objects.bulk_create(
        models.Finding(
            run=run,
            position=position,
            key=decisions.finding_key(finding),
            fingerprint=decisions.fingerprint(finding, sha256_of),
            rule=finding.rule,
            organisation=finding.organisation or "",
            outcome=finding.outcome.value,
            effect=finding.effect.value,
            body=finding.model_dump_json(),
        )
        for position, finding in enumerate(report.findings)
    )
    models.Field.objects.bulk_create(
        (
            models.Field(
                run=run,
                position=position,
                name=field.name,
                organisation=field.organisation or "",
                year=field.year,
                index=field.index,
                value=None if field.value is None else str(field.value),
                status=field.status.value,
                file=(field.file or "")[:255],
                page=field.page,
                body=field.model_dump_json(),
            )
            for position, field in enumerate(report.submission.fields)
        ),
        batch_size=500,
    )
    models.Event.objects.create(
        proposal_id=run.proposal_id,
        kind="run.done",
        at=run.finished,
        body={"run": run.number, "verdict": run.verdict, "open_points": run.open_points},
    )
    models.Proposal.objects.filter(pk=run.proposal_id).update(
        last_done=run, touched=run.finished, title=report.submission.title or ""
    )
    reviews.refresh(run.proposal_id, run.pk, report, verdict=run.verdict)
    return _run(run)


def keep_recheck(proposal: str, report: Report, *, by: str) -> RunRow:
    """Keeps a recheck that was made at once (rules only) as a run of its own."""
    with transaction.atomic():
        row = models.Proposal.objects.select_for_update().get(pk=proposal)
        now = timezone.now()
        last = models.Run.objects.filter(proposal=row, state=State.DONE).order_by("-number").first()
        run = models.Run(
            proposal=row,
            number=row.runs_made + 1,
            kind=CORRECTED,
            by=by,
            state=State.DONE,
            requested=now,
            started=now,
            finished=now,
            stage="done",
            last_upload=last.last_upload if last else 0,
            files_total=len(report.submission.files),
        )
        models.Proposal.objects.filter(pk=proposal).update(runs_made=run.number)
        return keep(run, report)


def report(proposal: str, number: int | None = None) -> Report | None:
    """A run's report; the last one's without `number`. None where there is none."""
    rows = models.RunReport.objects.filter(run__proposal_id=proposal)
    rows = rows.filter(run__number=number) if number is not None else rows.order_by("-run__number")
    row = rows.first()
    return Report.model_validate_json(row.body) if row else None


def checked(call: str) -> tuple[str, ...]:
    """The proposals of a call that have a finished run, by name."""
    rows = models.Proposal.objects.filter(call=call, last_done__isnull=False).order_by("id")
    return tuple(rows.values_list("id", flat=True))


def runs(proposal: str) -> tuple[RunRow, ...]:
    """All runs of a proposal, newest first."""
    return tuple(_run(run) for run in models.Run.objects.filter(proposal_id=proposal).order_by("-number"))


def proposals(
    *, search: str = "", verdict: str = "", offset: int = 0, limit: int = 100
) -> tuple[tuple[ProposalRow, ...], int]:
    """A page of proposals, the last touched first, and how many there are in all."""
    rows = models.Proposal.objects.all()
    if search:
        rows = rows.filter(Q(id__icontains=search) | Q(title__icontains=search))
    if verdict:
        rows = rows.filter(last_done__verdict=verdict)
    total = rows.count()
    page = _with_runs(rows.order_by("-touched", "id"))[offset : offset + limit]
    return tuple(_proposal(row) for row in page), total


def proposal(name: str) -> ProposalRow:
    """One proposal. Raises UnknownProposal."""
    row = _with_runs(models.Proposal.objects.filter(pk=name)).first()
    if row is None:
        raise UnknownProposal(name)
    return _proposal(row)


def timeline(proposal: str, limit: int = 200) -> tuple[EventRow, ...]:
    """What happened, newest first."""
    rows = models.Event.objects.filter(proposal_id=proposal).order_by("-pk")[:limit]
    return tuple(EventRow(id=row.pk, kind=row.kind, at=row.at, body=row.body) for row in rows)


def _with_runs(rows: QuerySet[Any]) -> QuerySet[Any]:
    active = models.Run.objects.filter(state__in=_ACTIVE).order_by("state")  # "queued" before "running"
    return (
        rows.select_related("last_done")
        .prefetch_related(Prefetch("runs", queryset=active, to_attr="active_runs"))
        .annotate(files=Count("uploads__slot", distinct=True))
    )


def _proposal(row: models.Proposal) -> ProposalRow:
    active = row.active_runs[-1] if row.active_runs else None
    return ProposalRow(
        id=row.pk,
        call=row.call,
        title=row.title,
        received=row.received,
        created=row.created,
        touched=row.touched,
        files=row.files,
        active=_run(active) if active else None,
        last=_run(row.last_done) if row.last_done else None,
    )


def _run(run: models.Run) -> RunRow:
    return RunRow(
        **{
            name: run.pk if name == "id" else run.proposal_id if name == "proposal" else getattr(run, name)
            for name in RunRow.model_fields
        }
    )
