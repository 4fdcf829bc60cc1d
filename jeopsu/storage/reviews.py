"""What people do on the review site, each in one transaction with its audit entry. Part of `records`' writers.

Whoever writes says which version of the review they saw; where another person was faster, nothing is written and
`Stale` says who did what.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from jeopsu.domain.base import Record
from jeopsu.domain.findings import Outcome
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import StaffFact
from jeopsu.storage import audit, models
from jeopsu.storage.decisions import add_fact, decide, decisions, withdraw_fact
from jeopsu.storage.models_review import Receipt, Review, SupplementRequest
from jeopsu.storage.rows import DecisionRow
from jeopsu.storage.standing import Settled, standings


class Stale(Exception):
    """Another person decided something on this proposal since the page was made."""

    def __init__(self, version: int, since: tuple[DecisionRow, ...]) -> None:
        super().__init__(f"review is at version {version}")
        self.version, self.since = version, since


class NewDecision(Record):
    """A decision that is to be added; see `models.Decision`."""

    subject: str  # finding, field, file, proposal
    key: str
    kind: str
    value: Any = None
    reason: str = ""
    fingerprint: str = ""
    run: int | None = None
    undoes: int | None = None
    title: str = ""  # what it speaks of, in words, for the audit log


def settle(
    proposal: str,
    *,
    seen: int,
    by: str,
    new: tuple[NewDecision, ...] = (),
    facts: tuple[StaffFact, ...] = (),
    withdrawn: tuple[tuple[str, str | None], ...] = (),
) -> int:
    """Adds decisions and facts, takes answers back (fact, organisation); returns the new version. Raises Stale."""
    with transaction.atomic():
        review = locked(proposal)
        if review.version != seen:
            raise Stale(review.version, decisions(proposal)[-(review.version - seen) :])
        for one in new:
            given = one.model_dump(exclude={"title"})
            row = decide(proposal, by=by, **given)
            stored = models.Decision.objects.get(pk=row.id)
            audit.add("decision", by, proposal, {**audit.decision_body(stored), "title": one.title})
        for fact in facts:
            add_fact(proposal, fact)
            audit.add("fact", by, proposal, fact.model_dump(mode="json"))
        for name, organisation in withdrawn:
            withdraw_fact(proposal, name, organisation, by=by)
            body = {"fact": name, "organisation": organisation, "value": None, "withdrawn": True}
            audit.add("fact", by, proposal, body)
        review.version += len(new) + len(facts) + len(withdrawn)
        review.save()
        models.Proposal.objects.filter(pk=proposal).update(touched=timezone.now())
        return review.version


@transaction.atomic
def refresh(proposal: str, run: int, report: Report, *, verdict: str) -> None:
    """Counts anew what is left for people: after a run, and after decisions. `verdict`: with decisions taken in."""
    sha256_of = {file.name: file.sha256 for file in report.submission.files}
    found = standings(report.findings, decisions(proposal), sha256_of)
    review = locked(proposal)
    review.run, review.verdict = run, verdict
    review.points = sum(one.finding.needs_person for one in found)
    review.left = sum(one.needs_person for one in found)
    review.second = sum(one.state is Settled.SECOND for one in found)
    review.gaps = sum(one.outcome is Outcome.FAIL for one in found)
    words: list[str] = []
    for organisation in report.submission.organisations:
        number = organisation.business_number or ""
        words += [organisation.name, *organisation.aliases, number]
        words += [f"{number[:3]}-{number[3:5]}-{number[5:]}"] if len(number) == 10 else []
    review.names = " ".join(dict.fromkeys(word for word in words if word))
    review.save()


def assign(proposals: list[str], to: str, *, by: str) -> int:
    """Gives proposals to a person ("" takes them back). Returns how many."""
    with transaction.atomic():
        for proposal in proposals:
            review = locked(proposal)
            review.assigned = to
            review.save()
            audit.add("assign", by, proposal, {"to": to})
    return len(proposals)


def close(proposal: str, *, seen: int, outcome: str, reason: str, by: str, run: int | None) -> int:
    """The final decision on a proposal: accept, supplement, exclude, or "" to open it again. Raises Stale."""
    with transaction.atomic():
        new = NewDecision(subject="proposal", key="outcome", kind="outcome", value=outcome, reason=reason, run=run)
        version = settle(proposal, seen=seen, by=by, new=(new,))
        Review.objects.filter(pk=proposal).update(outcome=outcome)
        body = {"outcome": outcome, "by": by}
        models.Event.objects.create(proposal_id=proposal, kind="outcome", at=timezone.now(), body=body)
        return version


def request_supplement(
    proposal: str, *, points: list[dict[str, Any]], deadline: datetime, note: str, by: str, run: int | None
) -> SupplementRequest:
    """Keeps a letter to the applicant as it is sent."""
    with transaction.atomic():
        review = locked(proposal)
        number = SupplementRequest.objects.filter(proposal_id=proposal).count() + 1
        row = SupplementRequest.objects.create(
            proposal_id=proposal,
            number=number,
            run_id=run,
            deadline=deadline,
            points=points,
            note=note,
            token=secrets.token_urlsafe(24),
            by=by,
            at=timezone.now(),
        )
        review.outcome, review.due, review.version = "supplement", deadline, review.version + 1
        review.save()
        body = {"number": number, "deadline": deadline.isoformat(), "points": [p["key"] for p in points]}
        audit.add("supplement", by, proposal, body)
        models.Event.objects.create(proposal_id=proposal, kind="supplement", at=row.at, body={"number": number})
        return row


def receipt(proposal: str, *, by: str) -> Receipt:
    """The applicant's final submission: what lies there now, listed with its sha256. Sets `received`."""
    from jeopsu.storage.versions import uploads

    with transaction.atomic():
        row = models.Proposal.objects.select_for_update().get(pk=proposal)
        now = timezone.now()
        files = [
            {"name": u.name, "bytes": u.bytes, "sha256": u.sha256, "uploaded": u.uploaded.isoformat()}
            for u in uploads(proposal)
        ]
        number = Receipt.objects.filter(proposal=row).count() + 1
        made = Receipt.objects.create(proposal=row, number=number, files=files, by=by, at=now)
        models.Proposal.objects.filter(pk=proposal).update(received=now, touched=now)
        audit.add("receipt", by, proposal, {"number": number, "files": files})
        models.Event.objects.create(proposal_id=proposal, kind="receipt", at=now, body={"number": number})
        return made


def locked(proposal: str) -> Review:
    """The review's row, held until the transaction ends; the proposal's before it, as runs do, so nobody deadlocks."""
    models.Proposal.objects.select_for_update().get(pk=proposal)
    Review.objects.get_or_create(proposal_id=proposal)
    return Review.objects.select_for_update().get(pk=proposal)
