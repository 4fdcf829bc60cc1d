"""원본대조필: the stamp by which a copy says that it is the original's (공고 7 ※ "사본은 원본대조필 날인하여 제출").

The words alone are no stamp: a seal must lie on them or beside them, which only colour shows. Where no such words are
read nothing is said: whether a scan shows an original or a copy of it, nobody can see on the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.closeness import find_near
from jeopsu.extractors.kinds.layout import Line, Sheet
from jeopsu.extractors.kinds.signoffs import words_of
from jeopsu.extractors.marks.seals import SURE

_WORDS = re.compile(r"원본대조필|원본대조(?:하였음|확인|완료)|(?:사본은)?원본과(?:같|동일|상위없|틀림없)")
_BENT = "원본대조필"
_NEAR = 40.0  # points: the width of a company's seal
NO_SEAL = "원본대조필 글자는 있으나 날인을 확인하지 못함"
DOUBTFUL = "원본대조필로 보이는 글자가 있음"


def certified_copy(sheets: Sequence[Sheet], file: str) -> FieldValue | None:
    """The stamp on some pages, the surest one; None where there are no such words."""
    found = [field for sheet in sheets for line in sheet.lines if (field := _on(sheet, line, file))]
    return max(found, key=lambda field: field.confidence, default=None)


def _on(sheet: Sheet, line: Line, file: str) -> FieldValue | None:
    match = _WORDS.search(line.letters)
    if match:
        start, end = match.span()
    elif sheet.scanned and (near := find_near(_BENT, line.letters, 1)):
        start, end = near[0], near[1]
    else:
        return None
    inks = words_of(line, start, end)
    box = around([ink.box for ink in inks])
    sealed = any(mark.confidence >= SURE and _beside(mark.box, box) for mark in sheet.seals)
    sure = sealed and match is not None
    return FieldValue(
        name="copy.certified",
        value=True,
        printed=line.letters[start:end],
        status=FieldStatus.CONFIRMED if sure else FieldStatus.UNCERTAIN,
        confidence=0.95 if sure else 0.5 if match else 0.3,
        evidence=Region(file=file, page=sheet.number, box=sheet.shown(box)),
        how="ocr" if sheet.scanned else "digital",
        note="" if sure else NO_SEAL if match else DOUBTFUL,
    )


def _beside(seal: Box, words: Box) -> bool:
    return (
        seal.left < words.right + _NEAR
        and seal.right > words.left - _NEAR
        and seal.top < words.bottom + _NEAR
        and seal.bottom > words.top - _NEAR
    )
