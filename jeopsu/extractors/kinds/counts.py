"""신청자격 적정성 확인서: how many 산업통상자원부 projects the applicant leads by its own word (공고 4-3, 10쪽).

"주관연구개발기관으로 수행 중인 산업통상자원부 소관 과제 수 : 3 건". It counts against a marginal company; one digit
on a scan is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jeopsu.domain.fields import ONE_READING, FieldValue
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet, rows_of
from jeopsu.extractors.kinds.reading import MANY, Reader

# As lead, of the ministry, how many: nothing else may stand between the words and the number.
_COUNT = re.compile(
    r"주관[^\d:：]{0,30}(?:산업통상자원부|산업부)소관[^\d:：]{0,12}(?:과제|과제의)수[:：]?[\[(]?(\d{1,2})[\])]?(?:건|개)"
)


def read_counts(reader: Reader) -> list[FieldValue]:
    """declared.motie_lead_projects, once; two numbers that differ are sure of nothing."""
    found = [(count, sheet, ink) for sheet in reader.sheets for count, ink in _on(sheet)]
    if not found:
        return []
    count, sheet, ink = found[0]
    many = len({number for number, _, _ in found}) > 1
    sure = not sheet.scanned and not many
    note = MANY if many else "" if sure else ONE_READING
    return [reader.made("declared.motie_lead_projects", count, sheet, (ink,), sure, note)]


def _on(sheet: Sheet) -> Iterator[tuple[int, Ink]]:
    """A number stands in a cell, whose words may wrap, or on a line."""
    cells = (cell for grid in sheet.grids for cell in grid.cells)
    runs = [[ink for row in rows_of(cell.inks) for ink in row] for cell in cells if cell.inks]
    for line in [*map(Line, runs), *sheet.lines]:
        for match in _COUNT.finditer(line.letters):
            yield int(match[1]), line.inks[line.owner[match.start(1)]]
