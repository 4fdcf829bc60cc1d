"""Finding files of a submission by what they are and whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.submissions import Status, SubmittedFile
from jeopsu.validators.whose import NOT_OURS

SURE = 0.8  # a segment's kind is taken for certain from here on


def kinds_in(file: SubmittedFile) -> frozenset[Kind]:
    """Every kind of document that stands in a file, its own first."""
    found = {segment.kind for segment in file.segments if segment.kind and segment.confidence >= SURE}
    return frozenset(found | ({file.kind} if file.kind else set()))


def owners_of(file: SubmittedFile, kinds: Collection[Kind]) -> frozenset[str | None]:
    """Whose papers of some kinds stand in a file: of a merged one its parts say, else the file."""
    if len(file.segments) < 2:
        return frozenset({file.organisation})
    parts = _parts(file, kinds)
    if not any(part.organisation for part in parts):
        return frozenset({file.organisation})
    return frozenset(part.organisation or file.organisation for part in parts)


def _parts(file: SubmittedFile, kinds: Collection[Kind]) -> list[Segment]:
    """The runs of a file's pages that surely are of some kinds."""
    return [s for s in file.segments if s.kind in kinds and s.confidence >= SURE]


Places = dict[str, tuple[range, ...]]  # a file's name and the pages in it


def stands_in(field: FieldValue, where: Places) -> bool:
    """Whether a field was read in one of the places."""
    if field.file not in where:
        return False
    pages = where[field.file]
    return not pages or field.page is None or any(field.page in run for run in pages)


def doubted(field: FieldValue, where: Places, note: str) -> FieldValue:
    """A field that is no longer certain if it was read in one of the places. `note`: why, in Korean, for staff."""
    if not field.confirmed or not stands_in(field, where):
        return field
    return field.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": note})


class Papers:
    """The files of one submission as rules ask for them. Worked out once for all rules."""

    __slots__ = ("live", "named", "_kinds", "_of")

    def __init__(self, files: Sequence[SubmittedFile]) -> None:
        self.live = tuple(file for file in files if file.status is not Status.SUPERSEDED)  # the files that count
        self.named = {file.name: file for file in reversed(files)}
        self._kinds = {id(file): kinds_in(file) for file in files}
        self._of: dict[tuple[Kind, str | None], list[SubmittedFile]] | None = None

    def kinds(self, file: SubmittedFile) -> frozenset[Kind]:
        """Every kind of document that stands in one of the files."""
        return self._kinds[id(file)]

    def of(self, kind: Kind, organisation: str | None) -> tuple[SubmittedFile, ...]:
        """Live files that are (or hold) a kind of document and whose; unread, by name. Under None: everybody's."""
        if self._of is None:
            self._of = self._by_kind()
        return tuple(self._of.get((kind, organisation), ()))

    def places(self, files: Iterable[SubmittedFile], *kinds: Kind) -> Places:
        """Where some kinds of document stand: whole files, and of merged ones their pages."""
        found: Places = {}
        for file in files:
            if not self._kinds[id(file)].isdisjoint(kinds):
                parts = _parts(file, kinds) if len(file.segments) > 1 else ()
                found[file.name] = tuple(s.pages for s in parts)
        return found

    def _by_kind(self) -> dict[tuple[Kind, str | None], list[SubmittedFile]]:
        found: dict[tuple[Kind, str | None], list[SubmittedFile]] = defaultdict(list)
        for file in self.live:
            # A stranger's paper under our name is nobody's of ours.
            by_name = None if any(p.code in NOT_OURS for p in file.problems) else file.claimed
            for kind in self._kinds[id(file)]:
                for owner in {*owners_of(file, (kind,)), by_name if not file.organisation else None}:
                    found[kind, owner].append(file)
        return found
