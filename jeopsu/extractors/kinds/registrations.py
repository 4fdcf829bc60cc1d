"""사업자등록증 (부가가치세법 시행규칙 별지 제7호서식) and 등기사항전부증명서 (법인).

The registration prints its labels with letter spacing and a colon ("대    표    자 : …"); older ones in a table. The
registry extract prints officers one below the other; with 말소사항 포함 resigned ones stand among them, struck out.
"""

from __future__ import annotations

import re

from jeopsu.domain.fields import ONE_READING, FieldStatus, FieldValue
from jeopsu.domain.values import dates
from jeopsu.extractors.kinds import names, strikes
from jeopsu.extractors.kinds.form_parts import Found, Label
from jeopsu.extractors.kinds.forms import Form
from jeopsu.extractors.kinds.issuers import issuers
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet, rows_of
from jeopsu.extractors.kinds.reading import MANY, KindReading, Reader
from jeopsu.extractors.kinds.registry_entries import is_struck, read_entries, read_unfit
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.subjects import subject_of

BIZREG = {
    "number": ("등록번호", "사업자등록번호"),
    "name": ("법인명(단체명)", "법인명", "상호", "상호(법인명)", "단체명", "상호(단체명)"),
    "representative": ("대표자", "성명(대표자)", "대표자성명", "성명", "대표자(성명)", "대표자명", "대표이사"),
    "opened": ("개업연월일", "개업일", "개업년월일"),
    "address": ("사업장소재지", "소재지", "사업장주소", "사업장"),
    "corporate": ("법인등록번호", "법인(주민)등록번호"),
}
BIZREG_STOPS = tuple(label for labels in BIZREG.values() for label in labels) + (
    "본점소재지", "본점", "사업의종류", "업태", "종목", "발급사유", "교부사유", "공동사업자", "생년월일",
    "사업자단위과세적용사업자여부", "전자세금계산서전용전자우편주소", "주류판매신고번호",
)  # fmt: skip
REGISTRY = {
    "number": ("등록번호", "법인등록번호"),
    "name": ("상호", "명칭"),
}
REGISTRY_STOPS = (
    "등기번호",
    "등록번호",
    "상호",
    "본점",
    "공고방법",
    "1주의금액",
    "발행할주식의총수",
    "명칭",
    "주사무소",
)
# An officer's entry ends with one of these when he no longer holds the office.
_GONE = ("사임", "해임", "퇴임", "임기만료", "사망", "말소", "자격상실", "폐지", "해산")
_LEGAL_FORM = re.compile(r"(?:주식|유한|합자|합명|유한\s*책임)\s*회사")
_OFFICER = re.compile(r"^(?:공동|각자)?대표이사(?:공동대표이사)?([가-힣]{2,5})(\d{6}|$|[A-Za-z*])")
# On a scan a speck may come before or after, read as a letter or a dot, and the first letter may be lost.
_BENT_OFFICER = re.compile(r"^.{0,2}?(?:공동|각자)?대?표이사([가-힣]{2,4})[^\w\s]{0,2}(\d{2,6}|$)")
_OFFICE = re.compile(
    r"^(?:공동|각자)?(?:대표이사|사내이사|사외이사|기타비상무이사|이사|감사위원|감사|지배인|청산인|대표청산인)"
)


def read_business_registration(reader: Reader) -> KindReading:
    """bizreg.number, name, representative, opened, address."""
    reader.stops = BIZREG_STOPS
    number = reader.number_field("bizreg.number", _numbered(reader, BIZREG["number"]))
    found = reader.find(BIZREG["name"])
    name = reader.name_field("bizreg.name", found, names.company(found.text) if found else None, company=True)
    found = reader.find(BIZREG["representative"], lambda text: names.person(text) is not None) or reader.find(
        BIZREG["representative"]
    )
    head = reader.name_field("bizreg.representative", found, names.person(found.text) if found else None)
    opened = reader.date_field(
        "bizreg.opened", reader.find(BIZREG["opened"], lambda text: bool(dates.find_alone(text))), 0
    )
    address = _address(reader)
    corporate = reader.find(BIZREG["corporate"])
    other = reader.number_field("corpreg.number", corporate, corporate=True) if corporate else None
    fields = (number, name, head, opened, address, *_sealed(reader))
    return KindReading(fields=fields, subject=subject_of(name, number, other))


def _sealed(reader: Reader) -> tuple[FieldValue, ...]:
    """The issuer and its seal, looked for once."""
    return () if reader.linewise else read_signoffs(reader, lines_of=issuers)


def _numbered(reader: Reader, labels: tuple[str, ...]) -> Found | None:
    return reader.find(labels, lambda text: len(re.sub(r"\D", "", text)) == 10) or reader.find(labels)


def _address(reader: Reader) -> FieldValue:
    found = reader.find(BIZREG["address"])
    if found is None:
        return reader.missing("bizreg.address")
    value = " ".join(found.text.split())
    sure = not found.sheet.scanned and not found.wrapped
    return reader.made("bizreg.address", value, found.sheet, found.inks, sure, "" if sure else ONE_READING)


def read_corporate_registry(reader: Reader) -> KindReading:
    """corpreg.number, name, representative, issued, entry. Former names and officers are left out."""
    reader.stops = REGISTRY_STOPS
    found = reader.find(REGISTRY["number"], lambda text: len(re.sub(r"\D", "", text)) == 13)
    number = reader.number_field("corpreg.number", found or reader.find(REGISTRY["number"]), corporate=True)
    name = _current_name(reader)
    entries = () if reader.linewise else read_entries(reader) + read_unfit(reader)
    fields = (number, name, _representative(reader), _issued(reader), *entries, *_sealed(reader))
    return KindReading(fields=fields, subject=subject_of(name, None, number))


def _current_name(reader: Reader) -> FieldValue:
    """상호: the last one where former names are still printed (말소사항 포함)."""
    for sheet in reader.sheets:
        form = reader.form(sheet)
        values = [found for found in map(form.beside, form.labels(REGISTRY["name"])) if found]
        if not values and sheet.scanned:
            values = _over_the_seat(form) or _under_the_number(form)
        if not values:
            continue
        found = _without_dates(values[0])
        listed = _names_in_cell(sheet, values[0])
        in_force = [row for row in listed if not strikes.is_struck(sheet, row.inks)]
        if len(listed) > 1 and len(in_force) == 1 and in_force[0].inks == listed[-1].inks:
            found, listed = in_force[0], in_force  # the registry strikes out what no longer holds
        value = names.company(found.text)
        if len(listed) > 1:
            return reader.made("corpreg.name", value, sheet, found.inks, False, MANY)
        return reader.name_field("corpreg.name", found, value, company=True)
    return reader.missing("corpreg.name")


def _over_the_seat(form: Form) -> list[Found]:
    """What stands over 본점, where the label 상호 is not to be read: the extract's order is the statute's."""
    for seat in form.labels(("본점", "주사무소")):
        beside = form.beside(seat)
        if beside is None or not beside.inks or seat.line == 0:
            continue
        left = beside.inks[0].box.left
        # A change of the seat's own date may stand between: it begins far to the right.
        for number in range(seat.line - 1, max(-1, seat.line - 4), -1):
            found = _right_of(form, number, left - 6)
            if found and abs(found.inks[0].box.left - left) <= 12 and names.company(_without_dates(found).text):
                return [found]
    return []


def _under_the_number(form: Form) -> list[Found]:
    """The company that the next line under 등록번호 names, where neither 상호 nor 본점 is to be read."""
    for label in form.labels(REGISTRY["number"]):
        beside = form.beside(label)
        if beside is None or not beside.inks:
            continue
        for number in range(label.line + 1, min(len(form.lines), label.line + 3)):
            found = _right_of(form, number, beside.inks[0].box.left)
            text = _without_dates(found).text if found else ""
            if found and _LEGAL_FORM.search(text) and names.company(text):
                return [found]
    return []


def _right_of(form: Form, number: int, left: float) -> Found | None:
    """A line's words right of a place, as what stands beside an unread 상호."""
    line = form.lines[number]
    inks = tuple(ink for ink in line.inks if ink.box.left > left)
    return Found(form.sheet, inks, Label(number, 0, 0, "상호", 0, "", line.inks[0].box)) if inks else None


def _without_dates(found: Found) -> Found:
    """The value without the column of dates ("2005.12.02 등기") beside it."""
    inks: list[Ink] = []
    for ink in found.inks:
        if re.match(r"\d{4}[.년]", ink.text):
            break
        inks.append(ink)
    return found.only(inks) if inks else found


def _names_in_cell(sheet: Sheet, found: Found) -> list[Found]:
    """The names in the cell of 상호, one a line, former ones first; changes are dated beside them."""
    label, lines = found.label, sheet.lines
    rows = [found.only(row) for row in rows_of(found.inks)]
    left, right = min(ink.box.left for ink in found.inks), max(ink.box.right for ink in found.inks)
    bottom = max(ink.box.bottom for ink in found.inks)
    for line in lines[label.line + 1 : label.line + 4]:
        if line.inks[0].box.left < label.box.right + 4:  # the next label of the first column
            break
        under = [ink for ink in line.inks if left - 6 <= ink.box.left <= max(right, left + 60)]
        if under and under[0].box.centre[1] > bottom:
            rows.append(found.only(under))
    named = [_without_dates(row) for row in rows]
    return [row for row in named if re.search(r"[가-힣]{2,}", row.text) and not re.match(r"\d{4}", row.text)]


def _representative(reader: Reader) -> FieldValue:
    """대표이사 in office: entries that end with 사임, 퇴임, … are former ones."""
    entries: list[tuple[Sheet, Line, str, str]] = []
    for sheet in reader.sheets:
        lines = sheet.lines
        for number, line in enumerate(lines):
            match = _OFFICER.match(line.letters.lstrip("○·-")) or (sheet.scanned and _BENT_OFFICER.match(line.letters))
            if not match or is_struck(sheet, line):
                continue
            until = number + 1
            while until < len(lines) and until < number + 5 and not _OFFICE.match(lines[until].letters):
                until += 1
            # What follows the name: 대표이사 임○○ has the letters of 사임.
            rest = line.letters[line.letters.find(match[1]) + len(match[1]) :]
            more = " ".join((rest, *(row.letters for row in lines[number + 1 : until])))
            entries.append((sheet, line, match[1], more))
    current = [entry for entry in entries if not any(word in entry[3] for word in _GONE)]
    if not current:
        return reader.missing("corpreg.representative")
    sheet, line, _, _ = current[-1]
    found_names = list(dict.fromkeys(entry[2] for entry in current))
    inks = _inks_of(line, current[-1][2])
    found = Found(sheet, inks, Label(0, 0, 0, "대표이사", 0, "", inks[0].box))
    if len(found_names) > 1:
        value = ", ".join(found_names)
        return reader.made(
            "corpreg.representative", value, sheet, inks, not sheet.scanned, "" if not sheet.scanned else MANY
        )
    return reader.name_field("corpreg.representative", found, found_names[0])


def _inks_of(line: Line, text: str) -> tuple[Ink, ...]:
    start = line.letters.find(text)
    owners = sorted(set(line.owner[start : start + len(text)])) if start >= 0 else range(len(line.inks))
    return tuple(line.inks[number] for number in owners)


_ISSUED = ("서기", "발행일", "발급일", "발행일자", "발급일자", "열람일시", "발행일시", "작성일")


def _issued(reader: Reader) -> FieldValue:
    """발급일: "서기 2023년 03월 18일" above the registrar's seal, repeated at the foot as 발행일."""
    seen: list[FieldValue] = []
    for sheet in reversed(reader.sheets):
        form = reader.form(sheet)
        for label in form.labels(_ISSUED):
            found = form._on_line(label)
            if found and dates.find(found.text):
                seen.append(reader.date_field("corpreg.issued", found, 0))
        if not seen:
            seen += _date_above_registrar(reader, sheet)
    days = {value.value for value in seen if value.value is not None}
    if not seen or not days:
        return reader.missing("corpreg.issued")
    best = max(seen, key=lambda value: (value.confirmed, value.confidence))
    if len(days) > 1:
        return best.model_copy(
            update={"status": FieldStatus.UNCERTAIN, "note": MANY, "alternatives": tuple(sorted(days))}
        )
    if len(seen) > 1 and not best.confirmed:  # printed twice on the extract, read alike in both places
        return best.model_copy(update={"status": FieldStatus.CONFIRMED, "note": ""})
    return best


def _date_above_registrar(reader: Reader, sheet: Sheet) -> list[FieldValue]:
    lines = sheet.lines
    for number, line in enumerate(lines):
        if "등기정보중앙관리소" not in line.letters and "전산운영책임관" not in line.letters:
            continue
        for above in reversed(lines[max(0, number - 3) : number + 1]):
            days = dates.find(above.text)
            if len(days) == 1 and "등기" not in above.letters:
                day, printed = days[0]
                return [reader.day_field("corpreg.issued", day, printed, sheet, above.inks)]
    return []
