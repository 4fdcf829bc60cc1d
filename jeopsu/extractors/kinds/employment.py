"""재직증명서: no statutory form; every office prints its own. Labels in a table, or with colons; 재직기간 or 입사일.

Issued by the company over its own name at the foot: "주식회사 ○○ / 대표이사 ○○○ (인)".
"""

from __future__ import annotations

import re

from jeopsu.domain.documents import Word
from jeopsu.domain.fields import ONE_READING, FieldStatus, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.values import company_name, dates
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.closeness import find_near
from jeopsu.extractors.kinds.form_parts import Found, Label, runs_of
from jeopsu.extractors.kinds.issue_dates import issue_date
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet
from jeopsu.extractors.kinds.reading import MANY, NOT_WELL_FORMED, KindReading, Reader, digits
from jeopsu.extractors.kinds.signoffs import read_signoffs, words_of
from jeopsu.extractors.kinds.subjects import subject_of

NAME = ("성명", "성명(한글)", "이름", "성명(국문)", "한글성명")
COMPANY = (
    "회사명",
    "근무처",
    "상호",
    "기관명",
    "업체명",
    "직장명",
    "근무회사",
    "재직회사",
    "회사(기관)명",
    "소속회사",
    "소속기관",
)
JOINED = (
    "입사일",
    "입사일자",
    "입사년월일",
    "입사연월일",
    "채용일",
    "임용일",
    "재직기간",
    "근무기간",
    "근속기간",
    "재직일",
    "재직기간(입사일)",
)
LEFT = ("퇴사일", "퇴사일자", "퇴직일", "퇴직일자", "퇴사연월일", "퇴직연월일")
_DAY = 4  # figures behind the first day: a second one that was not made out
STOPS = NAME + COMPANY + JOINED + LEFT + (
    "생년월일", "주민등록번호", "소속", "직위", "직급", "부서", "부서/직위", "직책", "주소", "현주소", "연락처", "용도",
    "담당업무", "발급번호", "사업자등록번호", "제출처", "발급일", "발행일", "전화번호", "인적사항", "재직사항",
    "사업장소재지",
)  # fmt: skip
_COMPANY_LINE = re.compile(r"주식회사|㈜|\(주\)|유한회사|\(유\)|유한책임회사|재단법인|사단법인")
_CLOSED = re.compile(r"(?!주식|유한)[가-힣A-Za-z0-9&·\s]{2,}?(?:주식\s*회사|유한\s*회사|㈜|\(주\))")
# "주식회사 ○○ 대표이사 ○○○" on one line.
_BOTH = re.compile(r"(?:주식회사|유한회사|㈜|\(주\)).*?(?P<head>대표이사|대표자|대표)")
_REPRESENTATIVE = re.compile(r"^(?:대표이사|대표자|대표|회장|사장|원장)")


def read_employment(reader: Reader) -> KindReading:
    """employment.name, organisation, joined, issued; left where it is printed."""
    reader.stops = STOPS
    found = reader.find(NAME, lambda text: names.person(text) is not None) or reader.find(NAME)
    name = reader.name_field("employment.name", found, names.person(found.text) if found else None)
    period = reader.find(JOINED, lambda text: bool(dates.find_alone(text)))
    joined = reader.date_field("employment.joined", period, 0)
    organisation = _organisation(reader)
    issued = issue_date(reader, "employment.issued")
    fields = (name, organisation, joined, issued, *_left(reader, period))
    fields += () if reader.linewise else tuple(read_signoffs(reader))
    return KindReading(fields=fields, subject=subject_of(organisation, None, None))


def _left(reader: Reader, period: Found | None) -> tuple[FieldValue, ...]:
    """The end of the period ("… 부터 2023년 2월 28일까지"), or the day of leaving; nothing for "… 현재"."""
    gone = reader.find(LEFT, lambda text: bool(dates.find_alone(text)))
    if gone is not None:
        return (reader.date_field("employment.left", gone, -1),)
    if period is not None and len(dates.find_alone(period.text)) > 1 and "현재" not in period.text:
        return (reader.date_field("employment.left", period, 1),)
    if period is not None and len(digits(period.text.split(dates.find_alone(period.text)[0][1], 1)[-1])) >= _DAY:
        return (reader.made("employment.left", None, period.sheet, period.inks, False, NOT_WELL_FORMED),)
    return ()


def _foot(reader: Reader) -> tuple[Sheet, int] | None:
    """The line of the representative at the foot, above which the company and the day of issue stand."""
    for bent in (False, True):
        for sheet in reversed(reader.sheets):
            for number in range(len(sheet.lines) - 1, -1, -1):
                letters = sheet.lines[number].letters.lstrip("○·")
                if (
                    _REPRESENTATIVE.match(letters)
                    or _BOTH.search(letters)
                    or (bent and sheet.scanned and _nearly(letters))
                ):
                    return sheet, number
    return None


def _nearly(letters: str) -> bool:
    """ "대표이사" with a letter lost or bent, at a line's start."""
    return find_near("대표이사", letters[:6], 1) is not None


def _organisation(reader: Reader) -> FieldValue:
    """The issuing company: over its representative at the foot, and where a form asks for it, in the body.

    Two places that differ are a person's. On a scan a seal lies over the foot: the body is taken first, and the other
    readings stay known for the plan to prove.
    """
    name = "employment.organisation"
    body = reader.find(COMPANY, lambda text: names.company(text) is not None)
    places = [found for found in (body, *_company_at_foot(reader)) if found is not None]
    if not places:
        return reader.missing(name)
    scanned = places[0].sheet.scanned
    best = places[0] if scanned else places[-1]
    made = reader.name_field(name, best, names.company(best.text), company=True)
    values = [value for found in places if (value := names.company(found.text)) is not None]
    values += [str(value) for value in made.alternatives]
    others = [value for value in values if made.value is None or not company_name.same(value, str(made.value))]
    if not others or (made.confirmed and scanned):
        return made
    if not scanned:
        return made.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": MANY})
    if made.value is None:
        proven = made.model_copy(update={"value": others[0], "note": ONE_READING})
        return proven.model_copy(update={"alternatives": tuple(dict.fromkeys(others[1:]))})
    return made.model_copy(update={"alternatives": tuple(dict.fromkeys(others))})


def _company_at_foot(reader: Reader) -> list[Found]:
    """The line over the representative's. On a scan read by its darkest ink first: the seal is paler than print."""
    place = _foot(reader)
    if place is None:
        return []
    sheet, number = place
    before = _before_representative(sheet.lines[number])
    if before and _COMPANY_LINE.search("".join(ink.text for ink in before)):
        return [Found(sheet, tuple(before), Label(number, 0, 0, "", 0, "", before[0].box))]
    above = _line_above(sheet, number)
    if above is None:
        return []
    # A date may stand at the left of it.
    inks = next((tuple(r) for r in runs_of(sheet.lines[above].inks) if names.company("".join(i.text for i in r))), ())
    if not inks:
        return []
    found = Found(sheet, inks, Label(above, 0, 0, "", 0, "", inks[0].box))
    return [*(_darkest(reader, found, sheet.lines[number]) if sheet.scanned else ()), found]


def _line_above(sheet: Sheet, number: int) -> int | None:
    """The nearest line above with a company's legal form, else the nearest one that is no address and no date."""
    head = sheet.lines[number]
    near = [
        place
        for place in range(number - 1, max(-1, number - 6), -1)
        if head.box.top - sheet.lines[place].box.bottom < 4 * max(head.height, 8.0)
        and sheet.lines[place].box.left < head.box.left + 4 * max(head.height, 8.0)
    ]
    legal = [place for place in near if _COMPANY_LINE.search(sheet.lines[place].letters)]
    near = [place for place in near if not dates.find_alone(sheet.lines[place].text)]
    plain = [place for place in near if re.fullmatch(r"\D{2,25}", sheet.lines[place].letters)]
    return next(iter(legal or plain), None)


def _darkest(reader: Reader, found: Found, head: Line) -> list[Found]:
    box = found.inks[0].box
    for ink in found.inks[1:]:
        box = box.union(ink.box)
    # A seal's strokes may have parted the name's end from its beginning.
    right = min(found.sheet.width, max(box.right, head.box.right) + 2 * box.height)
    wide = Box(left=max(0.0, box.left - 5), top=max(0.0, box.top - 1), right=right, bottom=box.bottom + 1)
    shown = found.sheet.shown(wide)
    readings = []
    for reading in reader.source.again(found.sheet.number, shown, darkest=True):
        if names.company(reading.text):
            closed = _CLOSED.match(
                reading.text
            )  # a name that ends with its legal form ends there: the rest is a seal's
            text = closed[0] if closed else reading.text
            word = Word(text=text, box=shown, confidence=max(0.0, min(1.0, reading.weakest)))
            readings.append(found.only([Ink(text=text, box=wide, word=word)]))
    return readings


def _before_representative(line: Line) -> tuple[Ink, ...]:
    match = _BOTH.search(line.letters)
    return words_of(line, 0, match.start("head")) if match else ()
