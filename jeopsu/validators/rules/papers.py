"""The files themselves: content, doubles, the window, dates of issue (공고 6, 7). Their names: `names.py`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from jeopsu.domain.base import Record
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.kinds import STATEMENTS, Kind, Segment
from jeopsu.domain.problems import FATAL, SENTENCES, Code
from jeopsu.domain.submissions import Status, SubmittedFile
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.lookup import SURE
from jeopsu.validators.matter import (
    Answer,
    Conclusion,
    Matter,
    NoParams,
    check,
    failed,
    not_applicable,
    passed,
    undetermined,
)
from jeopsu.validators.proof import is_ours, of_plan, signed_after, signed_before, signing_days
from jeopsu.validators.reconcile import STRANGE
from jeopsu.validators.rules.names import codes_of, said
from jeopsu.validators.statement_owners import NOBODYS

# Ours, not the applicant's: the file may be sound though it could not be read here.
_OURS = frozenset({Code.TIME_LIMIT, Code.MEMORY_LIMIT, Code.READER_FAILED, Code.TOO_LARGE})
_WRONG = (Code.CONTENT_IS_OTHER_DOCUMENT, Code.OTHER_COMPANY, Code.BLANK_FORM, Code.NO_TEXT)
_LOOK = (
    Code.COMPANY_UNCLEAR,
    Code.SEVERAL_COMPANIES,
    Code.PARTNERS_TOO,
    Code.OTHER_PROJECT,
    Code.PAGE_UNREADABLE,
    Code.BLANK_PAGE,
    Code.BLANK_PARTS,
    Code.PICTURES_ONLY,
    Code.WRONG_TYPE,
    Code.ARCHIVE,
    Code.UNSUPPORTED,
)
_BEHIND = (Code.SEVERAL_COMPANIES, Code.PARTNERS_TOO)  # of which the page is told
_UNFIT = {"viewing_only": "열람용이라 법적 효력이 없음", "incomplete": "적힌 쪽 수보다 쪽이 적음"}


class IssuedFrom(Record):
    """The first day of issue that is fresh enough."""

    first: date


@check()
def document_content(matter: Matter[NoParams]) -> Answer:
    """What stands in each file is the document its name says, complete and readable."""
    return tuple([_content(matter, file) for file in matter.live()])


class _Verdict(NamedTuple):
    """What is to be said of a file's content, and the values that say so."""

    outcome: Outcome
    ko: str
    en: str
    inputs: tuple[FieldValue, ...] = ()


def _content(matter: Matter[NoParams], file: SubmittedFile) -> Conclusion:
    about, files, evidence = matter.place(file)
    found = next(chain(_unread(file), _not_ours(matter, file), _misdated(matter, file)), None) or _in_order(file)
    ko, en = f"{file.name}: {found.ko}", f"{file.name}: {found.en}"
    return Conclusion(found.outcome, ko, en, about, file.claimed or file.organisation, found.inputs, files, evidence)


def _in_order(file: SubmittedFile) -> _Verdict:
    title = next((segment.title for segment in _sure(file) if segment.title), "")
    shown = f" (표제: {title})" if title else ""
    return _Verdict(Outcome.PASS, f"내용이 서류와 맞음{shown}", "the content is the document's")


def _sure(file: SubmittedFile) -> list[Segment]:
    return [segment for segment in file.segments if segment.kind and segment.confidence >= SURE]


def _unread(file: SubmittedFile) -> Iterator[_Verdict]:
    """What reading found wrong with the file, the worst first; or that it could not be told what the file is."""
    codes = codes_of(file)
    if fatal := sorted(codes & FATAL):
        yield _Verdict(Outcome.UNDETERMINED if set(fatal) <= _OURS else Outcome.FAIL, *said(fatal))
    if wrong := [code for code in _WRONG if code in codes]:
        yield _Verdict(Outcome.FAIL, *said(wrong))
    if look := [code for code in _LOOK if code in codes]:
        ko, en = said(look)
        parts = next((p.detail for p in file.problems if p.code is Code.BLANK_PARTS), "")
        if begins := next((p.page for p in file.problems if p.code in _BEHIND and p.page), None):
            ko, en = f"{ko} ({begins}쪽부터)", f"{en} (from page {begins})"
        yield _Verdict(Outcome.UNDETERMINED, f"{ko} (빠진 항목: {parts})" if parts else ko, en)
    if file.status is Status.UNREADABLE:
        yield _Verdict(
            Outcome.UNDETERMINED, "읽지 못함. 사람이 파일을 열어 확인해야 합니다.", "not read: a person must open it"
        )
    if file.document is None or not _sure(file):
        yield _Verdict(
            Outcome.UNDETERMINED,
            "내용으로 어느 서류인지 확인하지 못함. 파일을 열어 확인해야 합니다.",
            "its content could not be told: open it",
        )


def _not_ours(matter: Matter[NoParams], file: SubmittedFile) -> Iterator[_Verdict]:
    """What leaves open whether the paper is this organisation's and this project's."""
    if not _statements_proven(matter, file):
        yield _Verdict(
            Outcome.UNDETERMINED,
            "어느 회사의 재무제표인지 확인하지 못함. 파일을 열어 이 기관의 것인지 확인해야 합니다.",
            "statements that do not show whose they are: open them",
        )
    fields = matter.facts.in_file(file.name)
    strange = next((f for f in fields if f.note.startswith((STRANGE, NOBODYS))), None)
    if file.kind in STATEMENTS and strange is not None:
        yield _Verdict(
            Outcome.UNDETERMINED,
            f"{strange.page}쪽: {strange.note}. 파일을 열어 이 기관의 것인지 확인해야 합니다.",
            f"page {strange.page} is not shown to be this organisation's by its other statements: see whether it is",
            (strange,),
        )
    if not is_ours(file, matter.call, fields, matter.facts.once("ours", lambda: of_plan(matter.facts))):
        yield _Verdict(
            Outcome.UNDETERMINED,
            "어느 회사의 서류인지 내용에서 확인하지 못함. 파일을 열어 이 과제의 것인지 확인해야 합니다.",
            "its content does not show whose paper it is: open it",
        )


def _misdated(matter: Matter[NoParams], file: SubmittedFile) -> Iterator[_Verdict]:
    """A day of signing before the call was published or after the paper was handed in."""
    days = signing_days(file, matter.facts.in_file(file.name))
    if not days:
        return
    if early := signed_before(days, matter.call.published):
        yield _Verdict(
            Outcome.UNDETERMINED,
            f"작성일 {early.value}이 공고일 {matter.call.published}보다 앞섬. 이 공고의 서류인지 확인해야 합니다.",
            f"signed on {early.value}, before the call was published: see whether it is this call's",
            (early,),
        )
    handed_in = matter.call.day(matter.submission.received or matter.call.closes)
    if late := signed_after(days, handed_in):
        yield _Verdict(
            Outcome.UNDETERMINED,
            f"작성일 {late.value}이 제출일 {handed_in}보다 늦음. 날짜를 확인해야 합니다.",
            f"signed on {late.value}, after it was handed in on {handed_in}: see which day is wrong",
            (late,),
        )


def _statements_proven(matter: Matter[NoParams], file: SubmittedFile) -> bool:
    """Whether every statement in a file is surely one company's of this proposal (`statement_owners`); a lone cover
    may say nothing."""
    statements = [segment for segment in file.segments if segment.kind in STATEMENTS]
    if not matter.submission.organisations or all(segment.organisation for segment in statements):
        return True
    read = {f.page for f in matter.facts.in_file(file.name) if f.name.startswith("fs.") and f.value is not None}
    figures = [s for s in statements if read & {None, *s.pages}] or statements
    return all(segment.organisation for segment in figures)


class PageLimit(Record):
    """The most pages that documents of a kind may have."""

    kind: Kind
    most: int


@check(PageLimit)
def page_limit(matter: Matter[PageLimit]) -> Answer:
    """No file of a kind has more pages than the call allows."""
    files = [file for file in matter.live() if file.kind is matter.params.kind]
    counted = [file for file in files if file.pages > 0]
    shown = ", ".join(f"{file.name} {file.pages}쪽" for file in counted)
    if long := [file for file in counted if file.pages > matter.params.most]:
        return failed(
            f"{shown} > {matter.params.most}쪽. 줄여서 다시 내 주십시오.",
            f"More than {matter.params.most} pages. Shorten it.",
            files=tuple(file.name for file in long),
            inputs=(),
        )
    if not files or len(counted) < len(files):
        raise Unknown(Need(words_ko=f"{matter.form(matter.params.kind)}의 쪽 수", words_en="its number of pages"))
    return passed(
        f"{shown} ≤ {matter.params.most}쪽", "Within the page limit.", files=tuple(f.name for f in files), inputs=()
    )


@check()
def one_per_document(matter: Matter[NoParams]) -> Answer:
    """Two uploads of one document: the later replaces the earlier, both are shown; which is the later may be open."""
    found: list[Conclusion] = []
    for file in matter.submission.files:
        (about, _, _), key = matter.place(file), file.claimed or file.organisation
        if file.status is Status.SUPERSEDED and file.superseded_by:
            found.append(
                failed(
                    f"{file.name}은(는) 나중에 올린 {file.superseded_by}(으)로 대체됨",
                    f"{file.name} is replaced by {file.superseded_by}.",
                    about=about,
                    organisation=key,
                    files=(file.name, file.superseded_by),
                    inputs=(),
                )
            )
        elif Code.DUPLICATE in codes_of(file):
            found.append(
                undetermined(
                    f"{file.name}: {SENTENCES[Code.DUPLICATE].ko} 어느 쪽이 맞는지 확인해 주십시오.",
                    f"{file.name}: {SENTENCES[Code.DUPLICATE].en}",
                    about=about,
                    organisation=key,
                    files=(file.name,),
                    inputs=(),
                )
            )
    return tuple(found) or passed("같은 서류를 두 번 올린 파일이 없음", "No document was uploaded twice.", inputs=())


@check()
def submitted_in_window(matter: Matter[NoParams]) -> Answer:
    """The final submission lies in the window; the minute after the closing hour is staff's to judge."""
    received, opens, closes = matter.submission.received, matter.call.opens, matter.call.closes
    if received is None:
        raise Unknown(
            Need(words_ko="최종제출 일시(사업관리시스템 기록, --received)", words_en="the time of final submission")
        )
    if received.tzinfo is None:
        received = received.replace(tzinfo=closes.tzinfo)
    window = f"접수기간 {opens:%Y-%m-%d %H:%M} ~ {closes:%Y-%m-%d %H:%M}"
    words = f"최종제출 {received.astimezone(closes.tzinfo):%Y-%m-%d %H:%M:%S}, {window}"
    if opens <= received <= closes:
        return passed(words, f"Submitted {received.isoformat()}, in the window.")
    if 0 < (received - closes).total_seconds() < 60:
        return undetermined(
            f"{words}: 마감 시각과 같은 분에 제출됨. 접수 여부를 담당자가 정해야 함",
            "Submitted within the closing minute.",
        )
    return failed(f"{words}: 접수기간 밖에 제출됨", f"Submitted {received.isoformat()}, outside the window.")


@check(IssuedFrom, organisation=True)
def registry_fresh(matter: Matter[IssuedFrom]) -> Answer:
    """The registry extract was issued on or after the given day, and not after the submission."""
    papers = matter.files(Kind.CORPORATE_REGISTRY, matter.key)
    if not papers and matter.organisation and matter.organisation.sole_proprietor:
        return not_applicable("개인사업자라 법인등기가 없음", "A sole proprietor has no registry extract.")
    files = tuple(file.name for file in papers)
    issued, first = matter.facts.day("corpreg.issued", matter.key), matter.params.first
    last = matter.call.day(matter.submission.received or matter.call.closes)
    if issued < first:
        return failed(
            f"등기부등본 발급일 {issued} < {first}(최근 3개월). 새로 발급받아 제출해 주십시오.",
            f"The registry extract of {issued} is older than {first}. Get a new one.",
            files=files,
        )
    if issued > last:
        return undetermined(
            f"등기부등본 발급일 {issued}이 제출일 {last}보다 늦음: 날짜를 확인해야 함",
            f"Issued {issued}, after {last}.",
            files=files,
        )
    if unfit := [f for f in matter.facts.entries("corpreg.unfit", matter.key) if f.value is not None]:
        matter.facts.note(*unfit)
        why = ", ".join(_UNFIT.get(str(f.value), str(f.value)) for f in unfit)
        return undetermined(
            f"등기부등본 발급일 {issued} ≥ {first}이나 {why}: 제출용 전부를 받아야 하는지 담당자가 정해야 함",
            f"Issued {issued}, but for viewing only or without all of its pages.",
            files=files,
        )
    return passed(f"등기부등본 발급일 {issued} ≥ {first}", f"Issued {issued}, not before {first}.", files=files)
