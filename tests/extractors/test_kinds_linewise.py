"""A scan read a second time, run by run: what page-wide reading lost is found, and two readings are weighed."""

from __future__ import annotations

from datetime import date

import pytest

from jeopsu.domain.documents import Page, TextSource
from jeopsu.domain.evidence import Searched
from jeopsu.domain.fields import ONE_READING, FieldStatus, FieldValue, Reading
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.kinds import read_kind
from jeopsu.extractors.kinds.linewise import LinewiseSheet, _boxes, print_of, runs_of_print
from jeopsu.extractors.kinds.merge import DIFFER, merged
from tests.extractors.drawn_pages import Drawn, DrawnSource, asked


class Lossy(Drawn):
    """A scan of which page-wide reading loses some words; they can still be read alone."""

    lost: frozenset[str] = frozenset()

    def page(self, number: int) -> Page:
        page = super().page(number)
        return page.model_copy(update={"words": tuple(w for w in page.words if w.text not in self.lost)})


def _registration(*lost: str) -> Lossy:
    page = Lossy(TextSource.OCR)
    page.lost = frozenset(lost)
    page.text(200, 80, "사 업 자 등 록 증", 18).text(60, 130, "등록번호 : 269-87-56399", 12)
    page.text(60, 160, "법인명(단체명) : 주식회사 동우산업").text(60, 180, "대표자 : 허상철")
    return page.text(60, 200, "개업연월일 : 2005년12월02일")


def _field(name: str, value: object, **other: object) -> FieldValue:
    made: dict = {
        "printed": str(value or ""),
        "status": FieldStatus.UNCERTAIN,
        "confidence": 0.5,
        "evidence": Searched(),
        "how": "ocr",
    }
    return FieldValue(name=name, value=value, **(made | other))


def test_a_rule_parts_two_runs_and_a_wide_blank_does_not():
    page = Drawn(TextSource.OCR).text(70, 100, "상 호").text(140, 100, "주식회사").text(400, 100, "등기")
    page.table([60, 120, 300], [90, 130])
    sheet = LinewiseSheet(DrawnSource(page), 1)
    runs = runs_of_print(print_of(sheet), sheet)
    assert [(round(run.left / 10), round(run.right / 10)) for run in runs] == [(7, 9), (14, 18), (40, 42)]


def test_a_label_that_was_lost_is_found_run_by_run():
    segment = Segment(kind=Kind.BUSINESS_REGISTRATION, first_page=1, last_page=1, confidence=1)
    for lost in ("대표자", "법인명(단체명)", "등록번호"):
        reading = read_kind(DrawnSource(_registration(lost)), segment, asked())
        found = {field.name: field.value for field in reading.fields}
        assert found["bizreg.representative"] == "허상철"
        assert str(found["bizreg.name"]).replace(" ", "") == "주식회사동우산업"
        assert found["bizreg.number"] == "2698756399"


def test_words_of_a_run_stand_where_their_ink_is():
    """Wide blanks of a spaced-out label shift no word that follows it."""
    page = Drawn(TextSource.OCR).text(60, 100, "대").text(84, 100, "표").text(108, 100, "자").text(130, 100, "서수빈")
    sheet = LinewiseSheet(DrawnSource(page), 1)
    (run,) = runs_of_print(print_of(sheet), sheet)
    boxes = _boxes(print_of(sheet), sheet, run, ["대", "표", "자", "서수빈"])
    assert [round(box.left) for box in boxes] == pytest.approx([61, 85, 109, 131], abs=1.5)


def test_two_readings_of_a_name_stay_known_and_prove_nothing():
    first = _field("bizreg.name", "주식회사 서홍", confidence=0.9, note=ONE_READING)
    (found,) = merged([first], [_field("bizreg.name", "주식회사 서흥", note=ONE_READING)])
    assert (found.value, found.alternatives) == ("주식회사 서홍", ("주식회사 서흥",))
    assert found.status is FieldStatus.UNCERTAIN and found.note == ONE_READING
    (found,) = merged([first], [first])
    assert found.status is FieldStatus.UNCERTAIN


def test_what_one_reading_lost_the_other_gives():
    sure = _field("bizreg.opened", date(2005, 12, 2), status=FieldStatus.CONFIRMED)
    for pair in (([_field("bizreg.opened", None)], [sure]), ([sure], [_field("bizreg.opened", None)])):
        assert merged(*pair) == (sure,)


def test_two_confirmed_values_that_differ_are_a_persons():
    one = _field("bizreg.opened", date(2005, 12, 2), status=FieldStatus.CONFIRMED)
    other = _field("bizreg.opened", date(2005, 12, 3), status=FieldStatus.CONFIRMED)
    (found,) = merged([one], [other])
    assert found.status is FieldStatus.UNCERTAIN and found.note == DIFFER


def test_where_the_second_engine_was_sure_of_other_figures_no_later_cut_confirms():
    doubt = Reading(engine="ppocr", text="2005.12.03", confidence=0.95)
    open_ = _field("bizreg.opened", date(2005, 12, 2), readings=(doubt,))
    sure = _field("bizreg.opened", date(2005, 12, 2), status=FieldStatus.CONFIRMED)
    for pair in (([open_], [sure]), ([sure], [open_])):
        (found,) = merged(*pair)
        assert found.status is FieldStatus.UNCERTAIN
    unsure = open_.model_copy(update={"readings": (doubt.model_copy(update={"confidence": 0.6}),)})
    assert merged([unsure], [sure]) == (sure,)


def test_a_run_that_gives_nothing_as_a_whole_is_read_in_its_parts():
    """Tesseract gave up "대표이사 장태성   630502-*******" for its stars (made sample 31205, poor)."""
    page = Drawn(TextSource.OCR).text(60, 100, "대표이사 장태성").text(160, 100, "630502-*******")
    page.text(60, 130, "감사 서서준")
    source = DrawnSource(page, second={"대표이사장태성630502-*******": "", "630502-*******": ""})
    lines = [line.text for line in LinewiseSheet(source, 1).lines]
    assert lines == ["대표이사장태성", "감사서서준"]
