"""HWP and HWPX → Document: through the gate, then by two independent readers whose differences are kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from jeopsu.domain.documents import Document, FileType
from jeopsu.domain.problems import Code, DocumentProblem, Problem
from jeopsu.domain.reading import Limits
from jeopsu.extractors.readers import hwp_body, hwp_pyhwp, hwp_unhwp, hwpx
from jeopsu.extractors.readers.hwp_body import Body
from jeopsu.extractors.readers.hwp_gate import HwpBody, open_hwp, records
from jeopsu.extractors.readers.hwp_render import PageCount, as_hwpx
from jeopsu.extractors.readers.hwpx_gate import HwpxArchive
from jeopsu.extractors.sniff import sniff

# pyhwp takes about 0.12 ms a record: with more than these (a form of 145 tables has 13,600) unhwp and rhwp read alone.
_RECORDS = 50_000
_PACKAGES = {"pyhwp": "pyhwp", "unhwp": "unhwp", "hwpx": "jeopsu", "rhwp": "rhwp-python"}


def read_hwp(path: str, name: str, limits: Limits) -> Document:
    """The document at `path`. Problems that leave it readable stand in `problems` (WRONG_TYPE, DISTRIBUTION_LOCKED,
    SCRIPT, READERS_DIFFER); raises DocumentProblem where nothing can be read (EMPTY, ENCRYPTED, DRM, OLD_FORMAT,
    TRUNCATED, TOO_LARGE, READER_FAILED).
    """
    if os.path.getsize(path) > limits.file_mb << 20:
        raise DocumentProblem(Code.TOO_LARGE, "bytes")
    data = Path(path).read_bytes()
    kind = sniff(data, name)
    if kind is FileType.EMPTY:
        raise DocumentProblem(Code.EMPTY)
    if kind in (FileType.HWP3, FileType.HWPML):
        raise DocumentProblem(Code.OLD_FORMAT, kind.value)
    problems: list[Problem] = []
    opened = HwpxArchive(data) if kind is FileType.HWPX else open_hwp(data)
    pages = PageCount(path)
    try:
        return _document(path, name, kind, opened, problems, pages)
    finally:
        pages.stop()


def _document(
    path: str, name: str, kind: FileType, opened: HwpBody | HwpxArchive, problems: list[Problem], pages: PageCount
) -> Document:
    wanted = {FileType.HWP: ".hwp", FileType.HWPX: ".hwpx"}.get(kind)
    if wanted and not name.lower().endswith(wanted):
        problems.append(Problem(code=Code.WRONG_TYPE, detail=kind.value))
    if isinstance(opened, HwpxArchive):
        bodies = _both(_attempt(lambda: hwpx.read(opened)), _attempt(lambda: hwp_unhwp.read(path)), path)
    else:
        if opened.distribution:
            problems.append(Problem(code=Code.DISTRIBUTION_LOCKED))
        try:
            bodies = _read_records(opened, path)
        except DocumentProblem as problem:
            if opened.inconsistent:  # no reader's fault
                raise DocumentProblem(Code.TRUNCATED, "records") from problem
            raise
    if opened.has_script:
        problems.append(Problem(code=Code.SCRIPT))
    body, differing = hwp_body.compare(*bodies) if len(bodies) == 2 else (hwp_body.alone(bodies[0]), 0)
    damaged = isinstance(opened, HwpBody) and opened.inconsistent
    if damaged or opened.tracked:
        body = hwp_body.alone(body)  # both readers read what stands there; whether it was written so is another thing
        why = "damaged records" if damaged else "tracked changes"
        problems.append(Problem(code=Code.READERS_DIFFER, detail=why))
    elif differing or len(bodies) == 1:
        problems.append(Problem(code=Code.READERS_DIFFER, detail=str(differing) if differing else "one reader"))
    return Document(
        file=name,
        type=FileType.HWPX if isinstance(opened, HwpxArchive) else FileType.HWP,
        page_count=pages.finish(),
        paragraphs=tuple(body.paragraphs),
        tables=tuple(body.tables),
        pictures=tuple(body.pictures),
        problems=tuple(problems),
        readers=tuple(f"{b.engine} {version(_PACKAGES[b.engine])}" for b in bodies),
    )


def _read_records(opened: HwpBody, path: str) -> tuple[Body, ...]:
    """pyhwp in its own process while unhwp reads here."""
    if not opened.distribution and sum(1 for _ in records(opened.records)) > _RECORDS:
        too_many = DocumentProblem(Code.READER_FAILED, "pyhwp: records")
        return _both(too_many, _attempt(lambda: hwp_unhwp.read(path)), path)
    run = hwp_pyhwp.Run(opened)
    try:
        # unhwp sees only the notice that stands in a locked document's BodyText, not the text behind it.
        second = None if opened.distribution else _attempt(lambda: hwp_unhwp.read(path))
    except BaseException:
        run.stop()
        raise
    return _both(_attempt(run.finish), second, path)


def _both(first: Body | DocumentProblem, second: Body | DocumentProblem | None, path: str) -> tuple[Body, ...]:
    """Two readings, or the one there is. A reader that finds nothing where another finds something has failed."""
    bodies = [body for body in (first, second) if isinstance(body, Body)]
    if any(not body.empty for body in bodies):
        bodies = [body for body in bodies if not body.empty]
    if len(bodies) == 1:
        spare = _attempt(lambda: _spare(path))
        bodies += [spare] if isinstance(spare, Body) and not spare.empty else []
    if not bodies:
        raise first if isinstance(first, DocumentProblem) else DocumentProblem(Code.READER_FAILED)
    return tuple(bodies)


def _spare(path: str) -> Body:
    """What rhwp reads, by way of the HWPX it writes: for locked documents, and where one reader gave up."""
    written = as_hwpx(path)
    if not written:
        raise DocumentProblem(Code.READER_FAILED, "rhwp")
    try:
        body = hwpx.read(HwpxArchive(written))
    except DocumentProblem as problem:  # its writing is at fault then, not the applicant's file
        raise DocumentProblem(Code.READER_FAILED, "rhwp") from problem
    body.engine = "rhwp"
    return body


def _attempt(read: Callable[[], Body]) -> Body | DocumentProblem:
    """A reader that fails is one reader less; what is wrong with the file itself is raised."""
    try:
        return read()
    except DocumentProblem as problem:
        if problem.problem.code is not Code.READER_FAILED:
            raise
        return problem
    except (RecursionError, KeyError, TypeError, ValueError, IndexError) as error:
        return DocumentProblem(Code.READER_FAILED, type(error).__name__)
