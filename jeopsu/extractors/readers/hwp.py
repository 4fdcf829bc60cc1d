"""HWP and HWPX → Document: through the gate, then by two independent readers whose differences are kept."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

from jeopsu.domain.documents import Document, FileType
from jeopsu.domain.problems import Code, DocumentProblem, Problem
from jeopsu.domain.reading import Limits
from jeopsu.extractors.readers import hwp_body, hwp_pyhwp, hwp_unhwp, hwpx
from jeopsu.extractors.readers.hwp_body import Body
from jeopsu.extractors.readers.hwp_gate import HwpBody, open_hwp
from jeopsu.extractors.sniff import sniff

_PACKAGES = {"pyhwp": "pyhwp", "unhwp": "unhwp", "hwpx": "jeopsu"}


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
    problems = []
    wanted = {FileType.HWP: ".hwp", FileType.HWPX: ".hwpx"}.get(kind)
    if wanted and not name.lower().endswith(wanted):
        problems.append(Problem(code=Code.WRONG_TYPE, detail=kind.value))
    if kind is FileType.HWPX:
        bodies = _read(lambda: hwpx.read(data), path)
    else:
        opened = open_hwp(data)
        if opened.distribution:
            problems.append(Problem(code=Code.DISTRIBUTION_LOCKED))
        if opened.script:
            problems.append(Problem(code=Code.SCRIPT))
        bodies = _read_records(opened, path)
        kind = FileType.HWP
    body, differing = hwp_body.compare(*bodies) if len(bodies) == 2 else (hwp_body.alone(bodies[0]), 0)
    if differing or len(bodies) == 1:
        problems.append(Problem(code=Code.READERS_DIFFER, detail=str(differing) if differing else "one reader"))
    return Document(
        file=name,
        type=kind,
        paragraphs=tuple(body.paragraphs),
        tables=tuple(body.tables),
        pictures=tuple(body.pictures),
        problems=tuple(problems),
        readers=tuple(f"{b.engine} {version(_PACKAGES[b.engine])}" for b in bodies),
    )


def _read_records(opened: HwpBody, path: str) -> tuple[Body, ...]:
    """pyhwp in its own process while unhwp reads here."""
    run = hwp_pyhwp.Run(opened)
    try:
        # unhwp sees only the notice that stands in a locked document's BodyText, not the text behind it.
        second = None if opened.distribution else _attempt(lambda: hwp_unhwp.read(path))
    except BaseException:
        run.stop()
        raise
    return _both(_attempt(run.finish), second)


def _read(first: object, path: str) -> tuple[Body, ...]:
    return _both(_attempt(first), _attempt(lambda: hwp_unhwp.read(path)))


def _both(first: Body | DocumentProblem, second: Body | DocumentProblem | None) -> tuple[Body, ...]:
    bodies = tuple(body for body in (first, second) if isinstance(body, Body))
    if not bodies:
        raise first if isinstance(first, DocumentProblem) else DocumentProblem(Code.READER_FAILED)
    return bodies


def _attempt(read: object) -> Body | DocumentProblem:
    """A reader that fails is one reader less; what is wrong with the file itself is raised."""
    try:
        return read()  # type: ignore[operator]
    except DocumentProblem as problem:
        if problem.problem.code is not Code.READER_FAILED:
            raise
        return problem
    except (RecursionError, KeyError, TypeError, ValueError, IndexError) as error:
        return DocumentProblem(Code.READER_FAILED, type(error).__name__)
