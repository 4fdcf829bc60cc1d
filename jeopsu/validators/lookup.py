"""Finding files of a submission by what they are and whose."""

from __future__ import annotations

from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Status, Submission, SubmittedFile

SURE = 0.8  # a segment's kind is taken for certain from here on


def kinds_in(file: SubmittedFile) -> frozenset[Kind]:
    """Every kind of document that stands in a file, its own first."""
    found = {segment.kind for segment in file.segments if segment.kind and segment.confidence >= SURE}
    return frozenset(found | ({file.kind} if file.kind else set()))


def live(submission: Submission) -> tuple[SubmittedFile, ...]:
    """Files that count: not superseded."""
    return tuple(file for file in submission.files if file.status is not Status.SUPERSEDED)


def files_of(submission: Submission, kind: Kind, organisation: str | None) -> tuple[SubmittedFile, ...]:
    """Live files that are (or hold) a kind of document of one organisation, by content or, unread, by name."""
    return tuple(
        file
        for file in live(submission)
        if kind in kinds_in(file)
        and organisation in (file.organisation, file.claimed if not file.organisation else None)
    )
