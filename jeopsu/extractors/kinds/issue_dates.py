"""The day a certificate was given: it stands after the sentence that certifies, or beside its own label.

Other days stand alone on a line too (the second line of a period, a day of joining under its heading), so that the last
lone date of a page alone proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.values import dates
from jeopsu.extractors.kinds.label_words import LABELS
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet
from jeopsu.extractors.kinds.reading import MANY, Reader

_CLOSING = re.compile(
    r"(?:증명|확인)(?:합니다|하여드립니다|해드립니다|함|하고|하였습니다|하는바)|재직하고있음|재직중임을|틀림없음을"
)
_CLOSING_BENT = re.compile(r"(?:증명|확인).?(?:합니|니다)|재직.{0,4}음을|위.{0,2}같이")
# A day with one of these on its line is the end of a period, a day of printing, a day the paper runs out.
_OTHER_DAY = re.compile(r"까지|부터|유효|[~∼〜～]|인쇄|출력|열람|기준|시행|개정|제정|법률|공고|접수일")
_WORDS = re.compile(
    r"발급(?:일자?)?|발행(?:일자?)?|작성(?:일자?)?|교부(?:일자?)?|확인(?:일자?)?|증명일자?|서기|[\s.,\-/:년월일'’()]"
)
_LABELS = (
    "발급일",
    "발급일자",
    "발급연월일",
    "발행일",
    "발행일자",
    "작성일",
    "작성일자",
    "교부일",
    "교부일자",
    "증명일자",
    "확인일자",
)
UNPLACED = "발급일로 볼 자리인지 알 수 없음"


@dataclass(frozen=True)
class _Day:
    sheet: Sheet
    number: int
    line: Line
    day: date
    printed: str
    alone: bool


def issue_date(reader: Reader, name: str) -> FieldValue:
    """A certificate's day of issue; two that differ, or one that may be another day, are a person's."""
    days = list(_days(reader))
    close = _closing(reader)
    after = [d for d in days if close and (d.sheet.number, d.number) > close]
    best = _best([d for d in after if d.alone]) or _best(after)
    labelled = reader.find(_LABELS, lambda text: len(dates.find_alone(text)) == 1)
    beside = reader.date_field(name, labelled, 0) if labelled else None
    placed = best is not None
    if best is None:
        best = _best([d for d in days if d.alone])
    if beside is not None and (best is None or not placed or beside.value == best.day):
        return beside
    if best is None:
        return reader.missing(name)
    inks = _inks(best)
    made = reader.day_field(name, best.day, best.printed, best.sheet, inks)
    if beside is not None or len({d.day for d in (after if placed else days) if d.alone or placed}) > 1:
        return made.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": MANY})
    if not placed and (close is not None or not _below_all_labels(best)):
        return made.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": UNPLACED})
    return made


def _days(reader: Reader) -> Iterator[_Day]:
    """Lines with one date that may be the day of issue."""
    for sheet in reader.sheets:
        for number, line in enumerate(sheet.lines):
            found = dates.find_alone(line.text)
            if len(found) != 1 or _OTHER_DAY.search(line.letters):
                continue
            day, printed = found[0]
            rest = _WORDS.sub("", line.text.replace(printed, "", 1))
            if not rest or dates.find(line.text):  # "10.2.1" beside words is a section's number
                yield _Day(sheet, number, line, day, printed, alone=not rest)


def _closing(reader: Reader) -> tuple[int, int] | None:
    """(page, line) of the last sentence that certifies."""
    for bent in (False, True):
        for sheet in reversed(reader.sheets):
            if bent and not sheet.scanned:
                continue
            for number in range(len(sheet.lines) - 1, -1, -1):
                own = sheet.lines[number].letters
                after = sheet.lines[number + 1].letters[:12] if number + 1 < len(sheet.lines) else ""
                match = (_CLOSING_BENT if bent else _CLOSING).search(own + after)
                if match and match.start() < len(own):  # a narrow column breaks the sentence anywhere
                    return sheet.number, number
    return None


def _best(days: list[_Day]) -> _Day | None:
    return days[-1] if days else None


def _inks(day: _Day) -> tuple[Ink, ...]:
    inks = [ink for ink in day.line.inks if re.search(r"\d|[년월일]", ink.text)]
    return day.line.inks if day.alone or not inks else tuple(inks)


def _below_all_labels(day: _Day) -> bool:
    """Whether no label of a certificate stands on the day's line or below, but for those of who gives it."""
    x, y = day.line.box.centre
    if any(cell.box.contains(x, y) for grid in day.sheet.grids if grid.ruled for cell in grid.cells):
        return False
    givers = ("회사", "상호", "대표", "기관", "사업자", "주소", "소재지", "전화", "기업", "법인", "업체", "성명")
    for line in day.sheet.lines[day.number + 1 :]:
        if any(line.letters.startswith(label) for label in LABELS if not label.startswith(givers)):
            return False
    return True
