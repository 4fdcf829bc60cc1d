"""Read models of the review site: the board, one proposal's last result, letters, who else is here.

Every query touches a bounded number of rows by an index: the board must not slow down at ten thousand proposals.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.domain.findings import Verdict
from jeopsu.domain.report import Report
from jeopsu.storage import models
from jeopsu.storage.errors import UnknownProposal
from jeopsu.storage.models_review import Presence, Receipt, Review, SavedView, SupplementRequest
from jeopsu.storage.results import _run
from jeopsu.storage.rows import RunRow, State

HERE = timedelta(seconds=45)  # a page tells when it comes and every 20 s that it is open
SAID = timedelta(seconds=15)  # … and is believed for this long without being written down again


class Filter(Record):
    """What the board is asked for. `calls` and `proposals`: what the person may see; None: everything."""

    search: str = ""
    call: str = ""
    verdict: str = ""
    assigned: str = ""  # a name, or "-" for nobody
    todo: str = ""  # "open": points left, "running", "second", "due", "done", "failed"
    sort: str = "touched"
    calls: tuple[str, ...] | None = None
    proposals: tuple[str, ...] | None = None


class BoardRow(Record):
    """A line of the board."""

    id: str
    call: str
    title: str
    received: datetime | None
    touched: datetime
    files: int
    verdict: str
    points: int
    left: int
    second: int
    gaps: int
    assigned: str
    outcome: str
    due: datetime | None
    state: str  # of the run that is active, else of the last one
    pages_done: int = 0
    pages_total: int = 0
    seconds_left: int | None = None
    names: str = ""


class ReviewRow(Record):
    """Where a proposal's review stands."""

    version: int = 0
    assigned: str = ""
    points: int = 0
    left: int = 0
    second: int = 0
    verdict: str = ""
    outcome: str = ""
    due: datetime | None = None


class SupplementRow(Record):
    """A 보완요청 as it was sent."""

    number: int
    deadline: datetime
    points: list[dict[str, Any]]
    note: str
    token: str
    by: str
    at: datetime
    proposal: str


class ReceiptRow(Record):
    """A 접수증."""

    number: int
    files: list[dict[str, Any]]
    by: str
    at: datetime


_SORTS = {
    "touched": ("-touched", "id"),
    "received": ("received", "id"),
    "left": ("-review__left", "id"),
    "due": ("review__due", "id"),
    "title": ("title", "id"),
    "id": ("id",),
}


def board(wanted: Filter, *, offset: int = 0, limit: int = 50) -> tuple[tuple[BoardRow, ...], int]:
    """A page of the board and how many lines there are in all."""
    rows = _filtered(wanted)
    total = rows.count()
    page = list(
        rows.select_related("review", "last_done").order_by(*_SORTS.get(wanted.sort, _SORTS["touched"]))[
            offset : offset + limit
        ]
    )
    ids = [row.pk for row in page]
    files = dict(
        models.Upload.objects.filter(proposal_id__in=ids)
        .values_list("proposal_id")
        .annotate(n=Count("slot", distinct=True))
    )
    active: dict[str, models.Run] = {}
    for run in models.Run.objects.filter(proposal_id__in=ids, state__in=(State.QUEUED, State.RUNNING)).order_by(
        "state"
    ):
        active[run.proposal_id] = run
    return tuple(_line(row, files.get(row.pk, 0), active.get(row.pk)) for row in page), total


def facets(wanted: Filter) -> dict[str, int]:
    """How many proposals of each verdict there are, whatever is asked for now, and how many have points left."""
    rows = _filtered(wanted.model_copy(update={"verdict": "", "todo": ""}))
    asked: dict[str, Any] = {one.value: Count("pk", filter=Q(review__verdict=one.value)) for one in Verdict}
    asked["open"] = Count("pk", filter=Q(review__left__gt=0))
    asked["second"] = Count("pk", filter=Q(review__second__gt=0))
    asked["due"] = Count("pk", filter=Q(review__due__isnull=False, review__outcome="supplement"))
    asked["done"] = Count("pk", filter=Q(review__outcome__in=("accept", "exclude")))
    found: dict[str, int] = rows.aggregate(**asked)  # one walk over the table for all of them
    found["running"] = rows.filter(pk__in=_running()).count()
    return found


def calls() -> tuple[str, ...]:
    """The calls that have proposals."""
    return tuple(models.Proposal.objects.order_by("call").values_list("call", flat=True).distinct())


def people() -> tuple[str, ...]:
    """Accounts that may have a proposal."""
    staff = models.User.objects.filter(is_active=True, groups__name__in=("reviewer", "lead_reviewer"))
    return tuple(staff.order_by("username").values_list("username", flat=True).distinct())


def review(proposal: str) -> ReviewRow:
    """Raises UnknownProposal."""
    row = Review.objects.filter(pk=proposal).first()
    if row is None:
        if not models.Proposal.objects.filter(pk=proposal).exists():
            raise UnknownProposal(proposal)
        return ReviewRow()
    return ReviewRow(**{name: getattr(row, name) for name in ReviewRow.model_fields})


_reports: OrderedDict[int, Report] = OrderedDict()  # by run; a run's report never changes
_KEPT = 48


def latest(proposal: str, number: int | None = None, *, as_read: bool = False) -> tuple[RunRow, Report] | None:
    """The last finished run (or the one with this number) with its report; None where there is none.

    `as_read`: the last one that read files, without what people said since.
    """
    rows = models.Run.objects.filter(proposal_id=proposal, report__isnull=False)
    if as_read:
        rows = rows.exclude(kind="corrected")
    run = (rows.filter(number=number) if number is not None else rows.order_by("-number")).first()
    if run is None:
        return None
    report = _reports.get(run.pk)
    if report is None or report.submission.proposal != proposal:
        report = Report.model_validate_json(models.RunReport.objects.get(run=run).body)
        _reports[run.pk] = report
        while len(_reports) > _KEPT:
            _reports.popitem(last=False)
    return _run(run), report


def forget() -> None:
    """Empties the cache of reports: for a process that goes on to another database."""
    _reports.clear()


def supplements(proposal: str) -> tuple[SupplementRow, ...]:
    """Newest first."""
    return tuple(_supplement(r) for r in SupplementRequest.objects.filter(proposal_id=proposal).order_by("-number"))


def supplement_of(token: str) -> SupplementRow | None:
    """The letter behind an applicant's link."""
    row = SupplementRequest.objects.filter(token=token).first()
    return _supplement(row) if row else None


def receipts(proposal: str) -> tuple[ReceiptRow, ...]:
    """Newest first."""
    rows = Receipt.objects.filter(proposal_id=proposal).order_by("-number")
    return tuple(ReceiptRow(number=r.number, files=r.files, by=r.by, at=r.at) for r in rows)


def here(proposal: str, name: str, *, say: bool = False) -> tuple[str, ...]:
    """Who else looks at a proposal; `say`: notes that this one does.

    Only the page's own sign of life says so: a page that is read must not wait for the disk.
    """
    now = timezone.now()
    seen = dict(Presence.objects.filter(proposal_id=proposal).order_by("name").values_list("name", "seen"))
    if say and (name not in seen or now - seen[name] > SAID):
        Presence.objects.update_or_create(proposal_id=proposal, name=name, defaults={"seen": now})
    return tuple(other for other, at in seen.items() if other != name and at > now - HERE)


def _supplement(row: SupplementRequest) -> SupplementRow:
    return SupplementRow(
        **{name: row.proposal_id if name == "proposal" else getattr(row, name) for name in SupplementRow.model_fields}
    )


def _filtered(wanted: Filter) -> QuerySet[models.Proposal]:
    rows = models.Proposal.objects.all()
    if wanted.calls is not None:
        rows = rows.filter(call__in=wanted.calls)
    if wanted.proposals is not None:
        rows = rows.filter(pk__in=wanted.proposals)
    if wanted.call:
        rows = rows.filter(call=wanted.call)
    for word in wanted.search.split():
        rows = rows.filter(Q(id__icontains=word) | Q(title__icontains=word) | Q(review__names__icontains=word))
    if wanted.verdict:
        rows = rows.filter(review__verdict="" if wanted.verdict == "none" else wanted.verdict)
    if wanted.assigned:
        rows = rows.filter(review__assigned="" if wanted.assigned == "-" else wanted.assigned)
    match wanted.todo:
        case "open":
            rows = rows.filter(review__left__gt=0)
        case "second":
            rows = rows.filter(review__second__gt=0)
        case "due":
            rows = rows.filter(review__due__isnull=False, review__outcome="supplement")
        case "done":
            rows = rows.filter(review__outcome__in=("accept", "exclude"))
        case "failed":
            rows = rows.filter(last_done__state=State.FAILED)
        case "running":
            rows = rows.filter(pk__in=_running())
    return rows


def _running() -> QuerySet[Any]:
    return models.Run.objects.filter(state__in=(State.QUEUED, State.RUNNING)).values("proposal_id")


def _line(row: models.Proposal, files: int, active: models.Run | None) -> BoardRow:
    review = getattr(row, "review", None)
    last = row.last_done
    return BoardRow(
        id=row.pk,
        call=row.call,
        title=row.title,
        received=row.received,
        touched=row.touched,
        files=files,
        verdict=(review.verdict if review else "") or (last.verdict if last else ""),
        points=review.points if review else 0,
        left=review.left if review else 0,
        second=review.second if review else 0,
        gaps=review.gaps if review else 0,
        assigned=review.assigned if review else "",
        outcome=review.outcome if review else "",
        due=review.due if review else None,
        state=active.state if active else last.state if last else "",
        pages_done=active.pages_done if active else 0,
        pages_total=active.pages_total if active else 0,
        seconds_left=active.seconds_left if active else None,
        names=review.names if review else "",
    )


MOST_VIEWS = 20


def save_view(user: int, name: str, query: str) -> bool:
    """Keeps a board filter; False where there are too many."""
    if SavedView.objects.filter(user_id=user).exclude(name=name).count() >= MOST_VIEWS:
        return False
    SavedView.objects.update_or_create(user_id=user, name=name, defaults={"query": query})
    return True


def drop_view(user: int, number: int) -> None:
    SavedView.objects.filter(user_id=user, pk=number).delete()


def saved_views(user: int) -> tuple[tuple[int, str, str], ...]:
    """(id, name, query) of the board filters someone keeps."""
    return tuple(SavedView.objects.filter(user_id=user).order_by("name").values_list("id", "name", "query"))
