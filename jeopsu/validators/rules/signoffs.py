"""Sign-offs: a seal or signature wherever a form asks for one, and stamps on copies (공고 6 ③, 7)."""

from __future__ import annotations

from collections import defaultdict

from jeopsu.domain.calls import By
from jeopsu.domain.documents import TextSource
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import About
from jeopsu.domain.kinds import STATEMENTS, Kind
from jeopsu.domain.submissions import Status
from jeopsu.domain.values import person_name
from jeopsu.validators.matter import (
    Answer,
    Conclusion,
    Matter,
    NoParams,
    check,
    failed,
    passed,
    undetermined,
)
from jeopsu.validators.signers import GUESSED, PARTNERS_LINE

_OFFICES = frozenset(
    {Kind.BUSINESS_REGISTRATION, Kind.CORPORATE_REGISTRY, Kind.STANDARD_STATEMENTS, Kind.SUBMISSION_CONFIRMATION}
)
# Papers that bear a sign-off by the call's own words (공고 6 ③, 7): without a place for it they are looked at.
_SIGNED = (
    Kind.PARTICIPATION_LETTER,
    Kind.PERSONAL_CONSENT,
    Kind.EMPLOYMENT_CERTIFICATE,
    Kind.BUSINESS_REGISTRATION,
    Kind.CORPORATE_REGISTRY,
    Kind.MIDSIZE_CERTIFICATE,
)

Names = dict[tuple[str | None, int | None], FieldValue]  # by file and line

# What others issued, and what a company may hand in a copy of. The forms of a call are signed for it.
_ISSUED = STATEMENTS | {
    Kind.BUSINESS_REGISTRATION, Kind.CORPORATE_REGISTRY, Kind.EMPLOYMENT_CERTIFICATE, Kind.MIDSIZE_CERTIFICATE,
}  # fmt: skip


@check(organisation=True)
def signoff_present(matter: Matter[NoParams]) -> Answer:
    """A seal or signature wherever a form asks for one; every participant of the plan on document 10; on statements the
    accountant's (`certified.py`)."""
    names, owners = matter.facts.once("signoffs", lambda: _lines(matter))
    kinds = [f for f in matter.facts.all("signoff.kind") if owners[id(f)] == matter.key]
    missing: list[Conclusion] = []
    open_: list[str] = []
    for mark in kinds:
        name = names.get((mark.file, mark.index))
        if mark.confirmed and mark.value == "none" and not _issued_elsewhere(matter, mark):
            missing.append(_missing(matter, mark, name))
        elif doubt := _doubt(matter, mark, name):
            open_.append(doubt)
    marked = {(mark.file, mark.index) for mark in kinds}
    open_ += [
        f"{name.value or '서명란'} ({name.file} {name.page or '?'}쪽)"
        for place, name in names.items()
        if place not in marked and owners[id(name)] == matter.key
    ]
    open_ += _unsigned_people(matter, names)
    open_ += _nowhere_signed(matter)
    open_ += _without_lead(matter, kinds)
    if not kinds:
        open_.append(
            f"{matter.form(Kind.RESEARCH_PLAN)} 첫 장, {matter.form(Kind.PARTICIPATION_LETTER)}, "
            f"{matter.form(Kind.PERSONAL_CONSENT)}과 증명서의 서명·날인"
        )
    if open_:
        words = ", ".join(open_)
        look = undetermined(f"서명·날인 확인 필요: {words}", f"Look at the sign-offs: {words}", inputs=tuple(kinds))
        return (*missing, look)
    signed = tuple(mark for mark in kinds if mark.confirmed and mark.value != "none")
    if not signed:
        return tuple(missing)
    count = len(signed)
    good = passed(f"읽은 서명·날인 {count}곳이 모두 있음", f"All {count} sign-offs are there.", inputs=signed)
    return (*missing, good)


def _whose(mark: FieldValue, name: FieldValue | None) -> str:
    return str(name.value) if name and name.value else mark.printed or "서명란"


def _missing(matter: Matter[NoParams], mark: FieldValue, name: FieldValue | None) -> Conclusion:
    """A place for a sign-off that is surely empty."""
    whose = _whose(mark, name)
    person = str(name.value) if name and name.value else None
    return failed(
        f"{whose}의 서명·날인이 없음 ({mark.file} {mark.page}쪽). 서명·날인하여 다시 내 주십시오.",
        f"No sign-off of {whose} in {mark.file}.",
        about=About(document=_document(matter, mark.file), file=mark.file, person=person),
        inputs=(mark, name) if name else (mark,),
        files=(mark.file or "",),
    )


def _doubt(matter: Matter[NoParams], mark: FieldValue, name: FieldValue | None) -> str:
    """What a person must look at on a sign-off's line, in Korean; "" where it is in order."""
    whose, page = _whose(mark, name), mark.page or "?"
    if not mark.confirmed:
        return f"{whose} ({mark.file} {mark.page}쪽)" if mark.page else f"{mark.note or whose} ({mark.file})"
    if mark.value == "none":
        # Papers drawn from an office's own site bear a number to verify in place of a seal.
        return f"{whose} 직인이 보이지 않음, 온라인 발급본이면 문제없음 ({mark.file} {page}쪽)"
    if _illegible(matter, mark, name):
        return f"서명은 있으나 이름을 읽지 못한 줄 ({mark.file} {page}쪽)"
    return ""


def _lines(matter: Matter[NoParams]) -> tuple[Names, dict[int, str | None]]:
    """The names on the lines of all sheets, and of each mark and each name (by identity) whose line it stands on."""
    names = {(f.file, f.index): f for f in matter.facts.all("signoff.name")}
    owners = {id(f): _owner(matter, f, names.get((f.file, f.index))) for f in matter.facts.all("signoff.kind")}
    return names, owners | {id(f): _owner(matter, f, f) for f in matter.facts.all("signoff.name")}


def _owner(matter: Matter[NoParams], mark: FieldValue, name: FieldValue | None) -> str | None:
    """Whose line it is: on a sheet for several, the organisation whose head is named; else the file's."""
    file = matter.facts.papers.named.get(mark.file or "")
    document = matter.call.document(file.document or 0) if file else None
    if name is not None and document and document.by is not By.EACH:
        signer = person_name.plain(str(name.value)) if name.value is not None else ""
        partners = [o.key for o in matter.submission.organisations if o.key != "lead"]
        for organisation in matter.submission.organisations:
            if signer and organisation.representative and person_name.plain(organisation.representative) == signer:
                return organisation.key
        if not signer and len(partners) == 1 and PARTNERS_LINE in person_name.plain(name.printed):
            return partners[0]
    return mark.organisation or ((file.organisation or file.claimed) if file else None)


def _illegible(matter: Matter[NoParams], mark: FieldValue, name: FieldValue | None) -> bool:
    """Whether a row of the participants' list is signed by nobody knows whom."""
    file = matter.facts.papers.named.get(mark.file or "")
    consent = file is not None and file.kind is Kind.PERSONAL_CONSENT
    return consent and name is not None and name.value is None and name.how.startswith("ocr")


def _issued_elsewhere(matter: Matter[NoParams], mark: FieldValue) -> bool:
    file = matter.facts.papers.named.get(mark.file or "")
    return file is not None and file.kind in _OFFICES


def _document(matter: Matter[NoParams], name: str | None) -> int | None:
    file = matter.facts.papers.named.get(name or "")
    return file.document if file else None


def _unsigned_people(matter: Matter[NoParams], names: Names) -> list[str]:
    """People of the plan for whom no line was found on this organisation's document 10."""
    files = {file.name for file in matter.files(Kind.PERSONAL_CONSENT, matter.key)}
    if not files:
        return []
    listed = {
        person_name.plain(str(f.value))
        for (file, _), f in names.items()
        if file in files and f.value is not None and f.note != GUESSED
    }
    mine = [p for p in matter.people() if p.organisation == matter.key and p.planned]
    return [f"{p.name} ({matter.form(Kind.PERSONAL_CONSENT)})" for p in mine if person_name.plain(p.name) not in listed]


def _nowhere_signed(matter: Matter[NoParams]) -> list[str]:
    """Papers of this organisation that must be signed, and on whose pages no place for a sign-off was found; the lead's
    plan, whose first page is sealed and scanned into it (공고 6 ③)."""
    seen = matter.facts.once("signoff pages", lambda: _pages(matter))
    found = []
    for kind in _SIGNED:
        for file in matter.files(kind, matter.key):
            pages = [s.pages for s in file.segments if s.kind is kind]
            if file.status is not Status.READ or not pages:
                continue
            here = any(page in run for page in seen.get(file.name, ()) for run in pages)
            # Of a paper over several files, "…(1).pdf" and "…(2).pdf", one is signed.
            if not here and not any(
                other.name in seen and other.name != file.name and other.stem == file.stem
                for other in matter.files(kind, matter.key)
            ):
                found.append(f"서명·날인란을 찾지 못함 ({file.name})")
    if matter.key == "lead":
        plans = matter.facts.papers.of(Kind.RESEARCH_PLAN, "lead")
        unsealed = [file.name for file in plans if file.status is Status.READ and file.name not in seen]
        found += [f"날인하여 스캔한 맨 앞장을 찾지 못함 ({name})" for name in unsealed]
    return found


def _pages(matter: Matter[NoParams]) -> dict[str | None, set[int | None]]:
    """Of each file the pages with a place for a sign-off."""
    seen: dict[str | None, set[int | None]] = defaultdict(set)
    for name in ("signoff.kind", "signoff.name"):
        for field in matter.facts.all(name):
            seen[field.file].add(field.page)
    return seen


def _without_lead(matter: Matter[NoParams], mine: list[FieldValue]) -> list[str]:
    """Scans of the project's papers on which others sign, and the lead's own line was not found."""
    if matter.key != "lead":
        return []
    signed, by_lead = {f.file for f in matter.facts.all("signoff.kind")}, {f.file for f in mine}
    found = []
    for file in matter.live():
        if file.text_source is TextSource.DIGITAL or file.name not in signed or file.name in by_lead:
            continue
        document = matter.call.document(file.document or 0)
        if document and document.by is By.PROJECT:
            found.append(f"주관연구개발기관의 서명·날인란을 찾지 못함 ({file.name})")
    return found


@check(asks=("copies_certified",))
def certified_copy(matter: Matter[NoParams]) -> Answer:
    """Which papers that others issued bear 원본대조필, file by file; the rest is for staff: nobody can see on a scan
    whether it shows an original or a copy. A text layer was made by a program and is no copy of paper."""
    stamps = [f for f in matter.facts.all("copy.certified") if f.confirmed]
    stamped, made, scans = [], 0, []
    for file in matter.live():
        papers = [s for s in file.segments if s.kind in _ISSUED]
        if not papers:
            continue
        mine = [f for f in stamps if f.file == file.name]
        if all(any(paper.holds(f.page) for f in mine) for paper in papers):
            matter.facts.note(*mine)
            stamped.append(f"{file.name} {mine[0].page}쪽")
        elif file.text_source is TextSource.DIGITAL:
            made += 1
        else:
            scans.append(file.name)
    seen = [f"원본대조필을 읽음: {', '.join(stamped)}"] if stamped else []
    seen += [f"전자 문서(텍스트 PDF)라 종이 사본이 아님: {made}개"] if made else []
    if scans:
        seen.append(f"스캔이고 원본대조필을 읽지 못해 원본인지 사본인지 볼 파일 {len(scans)}개: {', '.join(scans)}")
    words = "; ".join(seen)
    if not scans and seen and matter.facts.staff("copies_certified", None) is None:
        return passed(words, "Every paper that others issued bears the stamp or is no scan.")
    if matter.ask("copies_certified", since=words):
        return passed(f"담당자가 원본대조필을 확인함{matter.looked_up()}", "Staff saw the stamps.")
    return failed("원본대조필이 없는 사본이 있음. 날인하여 다시 내 주십시오.", "A copy lacks the stamp. Stamp it.")
