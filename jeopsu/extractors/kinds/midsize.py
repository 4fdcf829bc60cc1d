"""중견기업 확인서 (중견기업 성장촉진 및 경쟁력 강화에 관한 특별법 시행규칙), given by 한국중견기업연합회.

Two layouts: a table (기업명, 대표자, …, 유효기간) and lines with bullets ("○ 기 업 명 : …").
"""

from __future__ import annotations

import re
from datetime import date

from jeopsu.domain.fields import FieldStatus, FieldValue, Reading
from jeopsu.domain.values import dates
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.issue_dates import issue_date
from jeopsu.extractors.kinds.issuers import issuers
from jeopsu.extractors.kinds.layout import compact
from jeopsu.extractors.kinds.reading import NOT_WELL_FORMED, TWO_READINGS, KindReading, Reader, digits
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.subjects import subject_of

NAME = ("기업명", "회사명", "상호", "법인명", "기업체명", "업체명", "상호(법인명)")
BUSINESS = ("사업자등록번호", "사업자번호")
CORPORATE = ("법인등록번호", "법인번호")
VALID = ("유효기간", "확인서유효기간", "확인유효기간", "증명유효기간")
NUMBER = ("발급번호", "확인번호", "증명번호", "확인서번호", "발행번호")
STOPS = NAME + BUSINESS + CORPORATE + VALID + NUMBER + (
    "대표자", "대표자명", "본사소재지", "소재지", "주소", "주업종", "용도", "설립일", "발급일", "업종",
)  # fmt: skip
_NUMBER = re.compile(r"(?:제)?([0-9A-Z]{2,6}(?:[-–][0-9A-Z]{1,8}){1,3})(?:호)?")
_YEAR = re.compile(r"20\d\d[-–]")


def read_midsize(reader: Reader) -> KindReading:
    """midsize.name, business_number, valid_from, valid_to, issued, number."""
    reader.stops = STOPS
    found = reader.find(NAME, lambda text: names.company(text) is not None)
    name = reader.name_field("midsize.name", found, names.company(found.text) if found else None, company=True)
    business = reader.number_field("midsize.business_number", reader.find(BUSINESS))
    corporate = reader.find(CORPORATE)
    other = reader.number_field("corpreg.number", corporate, corporate=True) if corporate else None
    span = reader.find(VALID, lambda text: len(dates.find_alone(text)) == 2) or reader.find(VALID)
    valid_from = reader.date_field("midsize.valid_from", span, 0)
    valid_to = reader.date_field("midsize.valid_to", span, 1)
    both = span is not None and len(dates.find_alone(span.text)) == 2
    if isinstance(first := valid_from.value, date) and isinstance(last := valid_to.value, date) and first >= last:
        both = False
    if span is not None and not both:  # one of the two was not read: which one, cannot be told
        valid_from, valid_to = _doubt(valid_from), _doubt(valid_to)
    sealed = () if reader.linewise else read_signoffs(reader, lines_of=issuers)
    fields = (
        name,
        business,
        valid_from,
        valid_to,
        issue_date(reader, "midsize.issued"),
        certificate_number(reader),
        *sealed,
    )
    return KindReading(fields=fields, subject=subject_of(name, business, other))


def _doubt(value: FieldValue) -> FieldValue:
    return value.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": NOT_WELL_FORMED})


def certificate_number(reader: Reader) -> FieldValue:
    """발급번호 "제 2023-01816 호": its figures, without 제 and 호."""
    found = reader.find(NUMBER)
    if found is None:
        return reader.missing("midsize.number")
    inks = [ink for ink in found.inks if any(c.isdigit() for c in ink.text)]
    match = _NUMBER.search(compact(found.text))
    if not match and inks and found.sheet.scanned:
        # A hyphen that one engine lost the other may have seen; the figures must be the same.
        seen = [_NUMBER.search(compact(r.text)) for r in reader.second_figures(found.sheet, inks)]
        match = next((m for m in seen if m and digits(m[1]) == digits(found.text)), None)
    if not match:
        return reader.made("midsize.number", None, found.sheet, found.inks, False, NOT_WELL_FORMED)
    value = match[1].replace("–", "-")
    agree, readings = reader.digits_agree(found.sheet, inks, digits(value))
    if not agree and (better := _by_year(value, readings)):
        value = better
        agree, readings = reader.digits_agree(found.sheet, inks, digits(value))
    return reader.made(
        "midsize.number", value, found.sheet, inks, agree, "" if agree else TWO_READINGS, readings=readings
    )


def _by_year(value: str, readings: tuple[Reading, ...]) -> str | None:
    """The number as it is read alone, where the page's reading lost the year at its head to the 제 before it
    ("제7023-1723호", "제72023-1723호"): all figures but the first must be the same."""
    tail = digits(value)[1:]
    for reading in readings:
        match = _NUMBER.search(compact(reading.text))
        if match and _YEAR.match(match[1]) and not _YEAR.match(value) and digits(match[1])[1:] in (tail, tail[1:]):
            return match[1].replace("–", "-")
    return None
