"""원본대조필 on a copy: the words with a seal on them; words alone are for a person."""

from __future__ import annotations

import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds import copies
from jeopsu.extractors.kinds.layout import Sheet
from jeopsu.extractors.marks.seals import Mark
from tests.extractors.drawn_pages import Drawn, DrawnSource


def sheet(words: str, source: TextSource = TextSource.DIGITAL, seal: float | None = None) -> Sheet:
    page = Drawn(source).text(60, 80, "사업자등록증", 18).text(300, 700, words)
    made = Sheet(DrawnSource(page), 1)
    box = Box(left=300 + (seal or 0), top=690, right=340 + (seal or 0), bottom=730)
    marks = () if seal is None else (Mark(kind="seal", box=box, colour="red", confidence=0.95),)
    made.__dict__["seals"] = marks  # as if colour had shown it
    return made


@pytest.mark.parametrize("words", ["원본대조필", "원 본 대 조 필", "사본은 원본과 같음을 확인함", "원본과 상위없음"])
def test_the_words_with_a_seal_are_a_stamp(words: str) -> None:
    found = copies.certified_copy([sheet(words, seal=10)], "a.pdf")
    assert found is not None and found.confirmed and found.value is True and found.page == 1


def test_without_a_seal_by_them_the_words_are_for_a_person() -> None:
    for far in (None, 200.0):
        found = copies.certified_copy([sheet("원본대조필", seal=far)], "a.pdf")
        assert found is not None and not found.confirmed and found.note == copies.NO_SEAL


def test_bent_words_of_a_scan_are_never_sure() -> None:
    found = copies.certified_copy([sheet("원본대초필", TextSource.OCR, seal=10)], "a.pdf")
    assert found is not None and not found.confirmed and found.note == copies.DOUBTFUL
    assert copies.certified_copy([sheet("원본대초필", seal=10)], "a.pdf") is None


@pytest.mark.parametrize(
    "words", ["등기기록의 내용과 틀림없음을 증명합니다", "재무제표와 상위 없음을 확인함", "원본 1부"]
)
def test_other_words_are_no_stamp(words: str) -> None:
    assert copies.certified_copy([sheet(words, TextSource.OCR, seal=10)], "a.pdf") is None
