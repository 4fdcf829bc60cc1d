"""One file, whole: what it is, what stands on it. Runs inside the sandboxed child.

A part that fails is a problem of that part; the rest of the file is still read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from jeopsu.domain.documents import Document, FileType, TextSource
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import STATEMENTS, Kind, Segment, Subject
from jeopsu.domain.problems import Code, DocumentProblem, Problem
from jeopsu.domain.reading import FileReading, PageSummary, ReadRequest
from jeopsu.extractors import sniff
from jeopsu.extractors.kinds import identify, plan, read_kind, second_opinion
from jeopsu.extractors.kinds.reading import KindReading
from jeopsu.extractors.ocr import engines
from jeopsu.extractors.pages import PageSource
from jeopsu.extractors.readers import hwp, hwp_pictures, pdf
from jeopsu.extractors.statements import read_statements
from jeopsu.extractors.statements.read import StatementReading

Report = Callable[[int, int], None]
_HWP = (FileType.HWP, FileType.HWPX)
_PAGED = (FileType.PDF, FileType.JPEG, FileType.PNG, FileType.TIFF)
# What a file may be called by its type; another extension is "wrong type".
_EXTENSIONS = {
    FileType.PDF: {".pdf"},
    FileType.HWP: {".hwp"},
    FileType.HWPX: {".hwpx"},
    FileType.JPEG: {".jpg", ".jpeg"},
    FileType.PNG: {".png"},
    FileType.TIFF: {".tif", ".tiff"},
}
_DOCUMENTS = frozenset({".pdf", ".hwp", ".hwpx"})
_ARCHIVES = frozenset({".zip", ".7z", ".rar", ".alz", ".egg", ".tar", ".gz", ".tgz"})
ENGINES = ("pypdfium2", "rapidocr", "onnxruntime", "tesserocr", "unhwp", "pyhwp", "rhwp-python")


def warm_up() -> None:
    """Loads what every file needs, once, before the nursery forks."""
    pdf.warm_up()
    second_opinion.warm_up()


def versions() -> dict[str, str]:
    """Versions of everything that reads."""
    return {name: version(name) for name in ENGINES}


def read_file(request: ReadRequest, report: Report) -> FileReading:
    """Reads the file at `request.path`. Raises DocumentProblem where nothing at all can be read."""
    start = time.monotonic()
    if os.path.getsize(request.path) == 0:
        raise DocumentProblem(Code.EMPTY)
    if os.path.getsize(request.path) > request.limits.file_mb << 20:
        raise DocumentProblem(Code.TOO_LARGE)
    kind = sniff.sniff(Path(request.path).read_bytes(), request.name)
    problems: list[Problem] = []
    extension = os.path.splitext(request.name)[1].lower()
    if kind in _EXTENSIONS and extension not in _EXTENSIONS[kind]:
        problems.append(Problem(code=Code.WRONG_TYPE, detail=kind.value))
    try:
        if kind in _HWP or kind in (FileType.HWP3, FileType.HWPML):
            reading = _read_hwp(request, kind, report)
        elif kind in _PAGED:
            reading = _read_paged(request, kind, report)
        elif kind is FileType.EMPTY:
            raise DocumentProblem(Code.EMPTY)
        else:
            raise DocumentProblem(_no_document(kind, extension), kind.value)
    except DocumentProblem as error:
        reading = FileReading(type=kind, problems=(error.problem,))
    seen = {(p.code, p.page) for p in reading.problems}
    return reading.model_copy(
        update={
            "problems": tuple(p for p in problems if (p.code, p.page) not in seen) + reading.problems,
            "seconds": time.monotonic() - start,
            "engines": versions(),
        }
    )


def _no_document(kind: FileType, extension: str) -> Code:
    """What is wrong with a file that nothing here reads: its name promises a document, or does not."""
    if extension in {known for names in _EXTENSIONS.values() for known in names}:
        return Code.TRUNCATED if kind is FileType.OTHER and extension in _DOCUMENTS else Code.WRONG_TYPE
    return Code.ARCHIVE if kind is FileType.ZIP or extension in _ARCHIVES else Code.UNSUPPORTED


def _read_hwp(request: ReadRequest, kind: FileType, report: Report) -> FileReading:
    document = hwp.read_hwp(request.path, request.name, request.limits)
    report(1, max(1, document.page_count))
    segment = _hwp_segment(document, request)
    fields = plan.read_plan(document, request) if segment.kind is Kind.RESEARCH_PLAN else ()
    missing = _unfilled(document, request, segment, fields)
    if missing is not None and missing.code is Code.BLANK_FORM and segment.kind is Kind.RESEARCH_PLAN:
        segment = segment.model_copy(update={"blank_form": True})
    problems = document.problems + ((missing,) if missing is not None else ())
    return FileReading(
        type=document.type,
        pages=document.page_count,
        text_source=document.source,
        segments=(segment,),
        fields=fields,
        problems=problems,
    )


def _unfilled(
    document: Document, request: ReadRequest, segment: Segment, fields: tuple[FieldValue, ...]
) -> Problem | None:
    """What an HWP lacks as a whole: its text, or what the plan's form asks for."""
    if document.source is TextSource.NONE:
        return Problem(code=Code.PICTURES_ONLY if hwp_pictures.sealed_page(document) else Code.NO_TEXT)
    if segment.kind is not Kind.RESEARCH_PLAN and request.hint is not Kind.RESEARCH_PLAN:
        return None
    filled = plan.how_filled(document, fields)
    if filled.blank:
        return Problem(code=Code.BLANK_FORM)
    if filled.missing and segment.kind is Kind.RESEARCH_PLAN:
        return Problem(code=Code.BLANK_PARTS, detail=", ".join(filled.missing))
    return None


def _hwp_segment(document: Document, request: ReadRequest) -> Segment:
    kind, title, confidence = plan.recognise(document, request)
    return Segment(kind=kind, first_page=1, last_page=max(1, document.page_count), confidence=confidence, title=title)


def _read_paged(request: ReadRequest, kind: FileType, report: Report) -> FileReading:
    source = pdf.open_pdf(request.path, request.name, request.limits)
    report(0, source.count)
    segments = identify(source, request)
    fields: list[FieldValue] = []
    problems: list[Problem] = []
    told: list[Segment] = []
    for segment in segments:
        told.append(segment)
        try:
            part = _read_segment(source, segment, request)
        except DocumentProblem as error:
            problems.append(error.problem)
            continue
        except MemoryError:
            problems.append(Problem(code=Code.MEMORY_LIMIT, page=segment.first_page))
            continue
        fields += part.fields
        problems += part.problems
        if part.subject != Subject():
            told[-1] = segment.model_copy(update={"subject": part.subject})
        report(segment.last_page, source.count)
    pages = [source.glance(number) for number in range(1, source.count + 1)]
    problems += [problem for page in pages for problem in page.problems]
    if any(page.source is not TextSource.DIGITAL and not page.blank for page in pages) and not engines.complete():
        problems.append(Problem(code=Code.READER_FAILED, detail="no OCR engine"))  # ours: `jeopsu doctor` says why
    if pages and all(page.blank for page in pages):
        problems.append(Problem(code=Code.NO_TEXT))
    else:
        problems += [Problem(code=Code.BLANK_PAGE, page=page.number) for page in pages if page.blank]
    return FileReading(
        type=kind,
        pages=source.count,
        page_list=tuple(
            PageSummary(
                number=page.number,
                width=page.width,
                height=page.height,
                source=page.source,
                turned=page.turned,
                blank=page.blank,
                read=page.read,
            )
            for page in pages
        ),
        text_source=_source([page.source for page in pages]),
        segments=tuple(told),
        fields=tuple(fields),
        problems=tuple(dict.fromkeys(problems)),
    )


def _read_segment(source: PageSource, segment: Segment, request: ReadRequest) -> KindReading | StatementReading:
    if segment.kind in STATEMENTS:
        return read_statements(source, segment, request)
    return read_kind(source, segment, request)


def _source(sources: list[TextSource]) -> TextSource:
    kinds = {source for source in sources if source is not TextSource.NONE}
    if not kinds:
        return TextSource.NONE
    return kinds.pop() if len(kinds) == 1 else TextSource.MIXED
