"""What each upload is, by its name and by its content, and whose it is.

Content that is sure wins over the name, and says so; content that is not sure leaves the name's word, marked as such.
Nothing swapped, misnamed or foreign is taken for right.
"""

from __future__ import annotations

from collections.abc import Sequence

from jeopsu.domain.base import Record
from jeopsu.domain.calls import By, Call, RequiredDocument
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.kinds import STATEMENTS, Kind, Segment
from jeopsu.domain.problems import FATAL, Code, Problem
from jeopsu.domain.submissions import IdentifiedBy, Organisation, Status, SubmittedFile, Upload
from jeopsu.domain.values import company_name
from jeopsu.validators import projects
from jeopsu.validators.corroborate import corroborate
from jeopsu.validators.lookup import SURE, doubted
from jeopsu.validators.naming import match_title
from jeopsu.validators.replacing import replaced
from jeopsu.validators.signers import guessed
from jeopsu.validators.statement_owners import NOBODYS, settle_statements
from jeopsu.validators.whose import owners, surely_foreign, unclear, whose, with_owners

_PARTLY = frozenset({Code.PAGE_UNREADABLE})
_UNREAD = frozenset({Code.NO_TEXT, Code.WRONG_TYPE, Code.ARCHIVE, Code.UNSUPPORTED})


class _Content(Record):
    """What the pages say."""

    segment: Segment | None
    document: RequiredDocument | None
    part: str | None
    organisation: str | None  # a key of the consortium
    foreign: bool  # surely a company outside it


class _What(Record):
    """Which document of the call a file is, and whether that is its name's word, its content's or both."""

    document: RequiredDocument | None
    part: str | None
    kind: Kind | None
    by: IdentifiedBy
    problems: tuple[Problem, ...]


def settle(
    call: Call, organisations: Sequence[Organisation], uploads: Sequence[Upload]
) -> tuple[tuple[SubmittedFile, ...], tuple[FieldValue, ...]]:
    """Every upload settled, in the order of their names, and every field with its organisation filled in."""
    ordered = sorted(uploads, key=lambda upload: upload.name)
    title = _title(ordered)
    files = [_file(call, organisations, upload, title) for upload in ordered]
    files, nobodys = settle_statements(files, organisations, ordered)
    files = [
        _with_partners(file, upload.name_reading.organisation, organisations)
        for file, upload in zip(files, ordered, strict=True)
    ]
    files = replaced(call, files, ordered)
    strange = {
        file.name: projects.papers_of_others(file.segments, file.text_source, title)
        for file in files
        if any(problem.code is Code.OTHER_PROJECT for problem in file.problems)
    }
    fields: list[FieldValue] = []
    for file, upload in zip(files, ordered, strict=True):
        parts = owners(file, organisations, upload)
        for field in upload.reading.fields:
            if field.organisation is None and not _of_project(field):
                whose = next((owner for pages, owner in parts if field.page in pages), file.organisation)
                field = field.model_copy(update={"organisation": whose})
            if field.name.startswith("fs."):
                field = doubted(field, nobodys, NOBODYS)
            fields.append(doubted(field, strange, projects.NOT_OF_THIS))
    return tuple(files), guessed(corroborate(_joined(files, fields)))


def _of_project(field: FieldValue) -> bool:
    """Facts of the project or of a person, whatever company's name the file bears."""
    return field.name.startswith(("plan.", "participant.", "budget.", "org."))


def _title(uploads: Sequence[Upload]) -> str | None:
    """The project's title by the plan; None where none or several are sure."""
    said = {str(f.value) for u in uploads for f in u.reading.fields if f.name == "plan.title" and f.confirmed}
    return said.pop() if len(said) == 1 else None


def _file(call: Call, organisations: Sequence[Organisation], upload: Upload, title: str | None) -> SubmittedFile:
    name, reading = upload.name_reading, upload.reading
    named = call.document(name.document) if name.document else None
    claimed = _by_words(name.organisation, organisations)
    content = _content(call, organisations, upload, named, claimed)
    segments = with_owners(reading.segments, organisations, upload)
    what = _what(upload, named, content)
    organisation, whose_problems = _whose(organisations, upload, claimed, content, segments, what.document)
    problems = [
        *name.problems,
        *reading.problems,
        *_name_problems(name.organisation, named, claimed, organisations),
        *what.problems,
        *whose_problems,
    ]
    if projects.papers_of_others(segments, reading.text_source, title):
        problems.append(Problem(code=Code.OTHER_PROJECT))
    blank = any(s.blank_form and s.confidence >= SURE for s in reading.segments)
    if blank and not any(problem.code is Code.BLANK_FORM for problem in problems):
        problems.append(Problem(code=Code.BLANK_FORM))
    return SubmittedFile(
        name=upload.name,
        sha256=upload.sha256,
        bytes=upload.bytes,
        type=reading.type,
        pages=reading.pages,
        document=what.document.number if what.document else None,
        kind=what.kind,
        part=what.part,
        identified_by=what.by,
        organisation=organisation,
        claimed=claimed,
        claimed_document=name.document,
        years=name.years,
        name_extra=name.extra,
        status=_status(reading.problems, upload),
        problems=tuple(dict.fromkeys(problems)),
        text_source=reading.text_source,
        segments=segments,
        uploaded=upload.uploaded,
    )


def _what(upload: Upload, named: RequiredDocument | None, content: _Content) -> _What:
    """Which document of the call a file is: what its pages surely are, else what its name says."""
    name = upload.name_reading
    document, by = named, IdentifiedBy.NAME if named else IdentifiedBy.NONE
    part, kind = name.part, name.kind
    problems: tuple[Problem, ...] = ()
    if content.document is not None:
        document = content.document
        by = IdentifiedBy.BOTH if named and named.number == document.number else IdentifiedBy.CONTENT
        part = content.part if named is None or content.part or named.number != document.number else name.part
        kind = content.segment.kind if content.segment else kind
        if named and (named.number != document.number or (name.part and part and name.part != part)):
            problems = (Problem(code=Code.CONTENT_IS_OTHER_DOCUMENT, detail=str(document.number)),)
    if document and document.parts and _several(document, upload.reading.segments, name.part):
        part = None  # more than one part stands in the file, or may stand in it
    return _What(document=document, part=part, kind=kind, by=by, problems=problems)


def _whose(
    organisations: Sequence[Organisation],
    upload: Upload,
    claimed: str | None,
    content: _Content,
    segments: Sequence[Segment],
    document: RequiredDocument | None,
) -> tuple[str | None, list[Problem]]:
    """The organisation that a file counts for (`claimed`: the one its name says), and what speaks against that."""
    organisation = claimed
    problems: list[Problem] = []
    if content.organisation:
        organisation = content.organisation
        if claimed and claimed != organisation and (document is None or document.by is By.EACH):
            problems.append(Problem(code=Code.OTHER_COMPANY, detail=organisation))
    elif content.foreign:
        organisation = None
        problems.append(Problem(code=Code.OTHER_COMPANY))
    elif Code.SEVERAL_COMPANIES in {problem.code for problem in upload.reading.problems}:
        organisation = None
    elif content.segment and unclear(content.segment, organisations, upload):
        organisation = None
        problems.append(Problem(code=Code.COMPANY_UNCLEAR))
    if not content.foreign and any(
        s.confidence >= SURE and not s.organisation and surely_foreign(s, organisations, upload) for s in segments
    ):
        problems.append(Problem(code=Code.OTHER_COMPANY))  # a stranger's paper bound in with ours
    if document and document.by is By.PROJECT:
        organisation = organisation or _lead(organisations)
    return organisation, problems


def _several(document: RequiredDocument, segments: Sequence[Segment], named_part: str | None) -> bool:
    """Whether a file holds several parts of its document, or pages that may be another part."""
    sure = {s.kind for s in segments if s.kind in document.kinds and s.confidence >= SURE}
    vague = any(s.kind is None or s.confidence < SURE for s in segments)
    return len(sure) > 1 or (vague and named_part is None)


def _status(problems: Sequence[Problem], upload: Upload) -> Status:
    codes = {problem.code for problem in problems}
    if codes & FATAL or (codes & _UNREAD and not upload.reading.segments and not upload.reading.fields):
        return Status.UNREADABLE
    unread = any(not page.read for page in upload.reading.page_list)
    return Status.PARTLY_READ if codes & _PARTLY and unread else Status.READ


def _lead(organisations: Sequence[Organisation]) -> str | None:
    return next((o.key for o in organisations if o.key == "lead"), None)


def _by_words(words: str, organisations: Sequence[Organisation]) -> str | None:
    """The organisation that words in a name stand for; several (a joint sheet) give the first of them."""
    return next(iter(_all_by_words(words, organisations)), None)


def _all_by_words(words: str, organisations: Sequence[Organisation]) -> list[str]:
    if not words:
        return []
    for organisation in organisations:
        if any(company_name.same(words, name) for name in (organisation.name, *organisation.aliases)):
            return [organisation.key]
    plain = company_name.plain(words)
    inside = [
        o.key for o in organisations if len(company_name.plain(o.name)) >= 2 and company_name.plain(o.name) in plain
    ]
    # "A산업, B소프트" on a joint sheet; one name inside a longer word is another company.
    return inside if len(inside) > 1 else []


def _with_partners(file: SubmittedFile, words: str, organisations: Sequence[Organisation]) -> SubmittedFile:
    """A file of statements that says so if another organisation's stand in it too, which none but a joint name tells.
    Each is counted for whose it is: a page on the wrong side would give one the other's figures."""
    held = {s.organisation: s.first_page for s in file.segments if s.kind in STATEMENTS and s.organisation}
    others = held.keys() - {file.claimed, *_all_by_words(words, organisations)}
    if file.claimed not in held or not others:
        return file
    return file.with_problem(Problem(code=Code.PARTNERS_TOO, page=min(held[key] for key in others)))


def _name_problems(
    words: str, named: RequiredDocument | None, claimed: str | None, organisations: Sequence[Organisation]
) -> list[Problem]:
    if not words or not organisations:
        return []
    if claimed is None:
        return [Problem(code=Code.NAME_UNKNOWN_ORGANISATION, detail="other")]
    if named and named.by is By.PROJECT and claimed != "lead" and _lead(organisations):
        return [Problem(code=Code.NAME_UNKNOWN_ORGANISATION, detail="lead_expected")]
    return []


def _content(
    call: Call,
    organisations: Sequence[Organisation],
    upload: Upload,
    named: RequiredDocument | None,
    claimed: str | None,
) -> _Content:
    """The document that the pages surely are. Of several, the one that its name says, and whose."""
    sure = [s for s in upload.reading.segments if s.kind and s.confidence >= SURE and call.document_of(s.kind)]
    if not sure:
        return _Content(segment=None, document=None, part=None, organisation=None, foreign=False)
    wanted = [s for s in sure if named and s.kind in named.kinds]
    titled = match_title(upload.name_reading.title, call)
    if titled and titled.part:
        wanted = [s for s in wanted if s.kind in _part_kinds(named, titled.part)] or wanted
    mine = [s for s in wanted if claimed and whose(s, organisations, upload)[0] == claimed]
    segment = (mine or wanted or sure)[0]
    document = call.document_of(segment.kind) if segment.kind else None
    part = next((p.id for p in document.parts if segment.kind in p.kinds), None) if document else None
    organisation, foreign = whose(segment, organisations, upload)
    return _Content(segment=segment, document=document, part=part, organisation=organisation, foreign=foreign)


def _part_kinds(document: RequiredDocument | None, part: str) -> tuple[Kind, ...]:
    return next((p.kinds for p in document.parts if p.id == part), ()) if document else ()


def _joined(files: Sequence[SubmittedFile], fields: Sequence[FieldValue]) -> list[FieldValue]:
    """The fields without what one file of a paper lacks and another one of it has."""
    papers: dict[str, set[str]] = {}
    for file in files:
        if Code.DUPLICATE not in {problem.code for problem in file.problems}:
            papers.setdefault(file.stem, set()).add(file.name)
    whole = {name: names for names in papers.values() if len(names) > 1 for name in names}
    there = {(f.file, f.name) for f in fields if f.status is not FieldStatus.MISSING}
    return [
        f
        for f in fields
        if f.status is not FieldStatus.MISSING
        or not any((name, f.name) in there for name in whole.get(f.file or "", ()))
    ]
