"""재직증명서: no statutory form; every office prints its own. Labels in a table, or with colons; 재직기간 or 입사일.

Issued by the company over its own name at the foot: "주식회사 ○○ / 대표이사 ○○○ (인)".
"""

from __future__ import annotations

import re

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.values import dates
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.forms import Found, Label
from jeopsu.extractors.kinds.layout import Line, Sheet
from jeopsu.extractors.kinds.reading import MANY, KindReading, Reader
from jeopsu.extractors.kinds.signoffs import read_signoffs
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
STOPS = NAME + COMPANY + JOINED + (
    "생년월일", "주민등록번호", "소속", "직위", "직급", "부서", "부서/직위", "직책", "주소", "현주소", "연락처", "용도",
    "담당업무", "발급번호", "사업자등록번호", "제출처", "발급일", "발행일", "전화번호", "인적사항", "재직사항",
    "사업장소재지",
)  # fmt: skip
_COMPANY_LINE = re.compile(r"주식회사|㈜|\(주\)|유한회사|\(유\)|유한책임회사|재단법인|사단법인")
_REPRESENTATIVE = re.compile(r"^(?:대표이사|대표자|대표|회장|사장|원장)")


def read_employment(reader: Reader) -> KindReading:
    """employment.name, organisation, joined, issued."""
    reader.stops = STOPS
    found = reader.find(NAME, lambda text: names.person(text) is not None) or reader.find(NAME)
    name = reader.name_field("employment.name", found, names.person(found.text) if found else None)
    joined = reader.date_field("employment.joined", reader.find(JOINED, lambda text: bool(dates.find(text))), 0)
    organisation = _organisation(reader)
    issued = _issued(reader)
    fields = (name, organisation, joined, issued, *(() if reader.linewise else read_signoffs(reader)))
    return KindReading(fields=fields, subject=subject_of(organisation, None, None))


def _foot(reader: Reader) -> tuple[Sheet, int] | None:
    """The line of the representative at the foot, above which the company and the day of issue stand."""
    for sheet in reversed(reader.sheets):
        for number in range(len(sheet.lines) - 1, -1, -1):
            if _REPRESENTATIVE.match(sheet.lines[number].letters.lstrip("○·")):
                return sheet, number
    return None


def _organisation(reader: Reader) -> FieldValue:
    """The issuing company at the foot; a 회사명 in the body must agree with it."""
    body = reader.find(COMPANY, lambda text: names.company(text) is not None)
    foot = _company_at_foot(reader)
    best = foot or body
    if best is None:
        return reader.missing("employment.organisation")
    value = names.company(best.text)
    made = reader.name_field("employment.organisation", best, value, company=True)
    return made


def _company_at_foot(reader: Reader) -> Found | None:
    place = _foot(reader)
    if place is None:
        return None
    sheet, number = place
    for above in range(number, max(-1, number - 4), -1):
        line = sheet.lines[above]
        if above == number:
            inks = _before_representative(line)
            if not inks or not _COMPANY_LINE.search("".join(i.text for i in inks)):
                continue
        else:
            inks = line.inks
            if not _COMPANY_LINE.search(line.letters) or dates.find(line.text):
                continue
        return Found(sheet, tuple(inks), Label(above, 0, 0, "", 0, "", inks[0].box))
    if number > 0:  # no legal form printed: the line just above the representative, if it is no address and no date
        line = sheet.lines[number - 1]
        if not dates.find(line.text) and not re.search(r"\d", line.letters) and len(line.letters) <= 25:
            return Found(sheet, line.inks, Label(number - 1, 0, 0, "", 0, "", line.inks[0].box))
    return None


def _before_representative(line: Line) -> tuple:
    for number, ink in enumerate(line.inks):
        if _REPRESENTATIVE.match(ink.text):
            return line.inks[:number]
    return ()


def _issued(reader: Reader) -> FieldValue:
    """The day of issue: the last date that stands alone on its line."""
    alone: list[tuple[Sheet, Line, tuple]] = []
    for sheet in reader.sheets:
        for line in sheet.lines:
            days = dates.find(line.text)
            rest = re.sub(r"[\s.\-년월일:]|발급일자?|발행일자?|작성일자?|서기", "", line.text)
            if len(days) == 1 and rest.isdigit() and len(rest) <= 8:
                alone.append((sheet, line, days[0]))
    if not alone:
        found = reader.find(("발급일", "발급일자", "발행일", "발행일자", "작성일"), lambda text: bool(dates.find(text)))
        return reader.date_field("employment.issued", found, 0)
    sheet, line, (day, printed) = alone[-1]
    made = reader.day_field("employment.issued", day, printed, sheet, line.inks)
    if len({days[0] for _, _, days in alone}) > 1:
        return made.model_copy(update={"status": "uncertain", "note": MANY})
    return made
