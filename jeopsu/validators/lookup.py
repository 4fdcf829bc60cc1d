"""Finding files of a submission by what they are and whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import Status, Submission, SubmittedFile

SURE = 0.8  # a segment's kind is taken for certain from here on


def kinds_in(file: SubmittedFile) -> frozenset[Kind]:
    """Every kind of document that stands in a file, its own first."""
    found = {segment.kind for segment in file.segments if segment.kind and segment.confidence >= SURE}
    return frozenset(found | ({file.kind} if file.kind else set()))


def owners_of(file: SubmittedFile, kinds: Iterable[Kind]) -> frozenset[str | None]:
    """Whose papers of some kinds stand in a file: of a merged one its parts say, else the file."""
    parts = _parts(file, frozenset(kinds))
    if len(file.segments) < 2 or not any(part.organisation for part in parts):
        return frozenset({file.organisation})
    return frozenset(part.organisation or file.organisation for part in parts)


def _parts(file: SubmittedFile, kinds: Collection[Kind]) -> list[Segment]:
    """The runs of a file's pages that surely are of some kinds."""
    return [s for s in file.segments if s.kind in kinds and s.confidence >= SURE]


Places = dict[str, tuple[range, ...]]  # a file's name and the pages in it


def places(files: Iterable[SubmittedFile], *kinds: Kind) -> Places:
    """Where some kinds of document stand: whole files, and of merged ones their pages."""
    found: Places = {}
    for file in files:
        if not kinds_in(file).isdisjoint(kinds):
            parts = _parts(file, kinds)
            whole = len(file.segments) < 2 or not parts
            found[file.name] = () if whole else tuple(range(s.first_page, s.last_page + 1) for s in parts)
    return found


def stands_in(field: FieldValue, where: Places) -> bool:
    """Whether a field was read in one of the places."""
    if field.file not in where:
        return False
    pages = where[field.file]
    return not pages or field.page is None or any(field.page in run for run in pages)


def live(submission: Submission) -> tuple[SubmittedFile, ...]:
    """Files that count: not superseded."""
    return tuple(file for file in submission.files if file.status is not Status.SUPERSEDED)


def by_kind(files: Iterable[SubmittedFile]) -> dict[tuple[Kind, str | None], list[SubmittedFile]]:
    """Files by each kind of document they are (or hold) and whose; unread, by name. Under None: everybody's."""
    found: dict[tuple[Kind, str | None], list[SubmittedFile]] = defaultdict(list)
    for file in files:
        # A stranger's paper under our name is nobody's of ours.
        by_name = None if any(p.code is Code.OTHER_COMPANY for p in file.problems) else file.claimed
        for kind in kinds_in(file):
            for owner in {*owners_of(file, (kind,)), by_name if not file.organisation else None}:
                found[kind, owner].append(file)
    return found
