"""The second opinion on what a page is: small, shipped, and never louder than a person."""

import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.kinds import Kind
from jeopsu.extractors.kinds import identify
from jeopsu.extractors.kinds.second_opinion import CLEAR, LEAST, MODEL, Opinion, opinion
from tests.extractors.drawn_pages import Drawn, DrawnSource, asked

EMPLOYMENT = (
    "재직증명서성명홍길동생년월일1980.1.1.소속주식회사가나다부서연구소직위부장재직기간2015년3월2일부터현재까지"
    "용도국가연구개발과제신청위와같이재직하고있음을증명합니다2023년4월10일주식회사가나다대표이사김철수"
)


def _page(title: str, *lines: str, source: TextSource = TextSource.DIGITAL) -> Drawn:
    page = Drawn(source).text(150, 80, title, 18)
    for number, line in enumerate(lines):
        page.text(60, 160 + 25 * number, line)
    return page


def test_the_model_is_small_enough_to_ship():
    assert MODEL.stat().st_size < 1 << 20


def test_a_page_is_known_by_its_letters_alone():
    pytest.importorskip("spacy")
    said = opinion(EMPLOYMENT)
    assert said is not None
    assert said.kind is Kind.EMPLOYMENT_CERTIFICATE


def test_a_page_with_few_letters_has_no_second_opinion():
    assert opinion("가" * (LEAST - 1)) is None


def _says(monkeypatch, kind: Kind | None, share: float = 0.95) -> None:
    # The package's function bears the module's name: the module is reached through it.
    monkeypatch.setitem(identify.__globals__, "opinion", lambda letters: Opinion(kind, share))


CERTIFICATE = _page("중 견 기 업 확 인 서", *["신청 기관의 사정을 적은 본문 한 줄"] * 3)


def test_a_sure_other_opinion_leaves_the_kind_to_a_person(monkeypatch):
    _says(monkeypatch, Kind.EMPLOYMENT_CERTIFICATE)
    (segment,) = identify(DrawnSource(CERTIFICATE), asked())
    assert segment.kind is Kind.MIDSIZE_CERTIFICATE
    assert segment.confidence < 0.8


@pytest.mark.parametrize(
    ("kind", "share"), [(Kind.MIDSIZE_CERTIFICATE, 0.95), (Kind.EMPLOYMENT_CERTIFICATE, CLEAR - 0.1)]
)
def test_the_same_opinion_or_an_unsure_one_changes_nothing(monkeypatch, kind, share):
    _says(monkeypatch, kind, share)
    (segment,) = identify(DrawnSource(CERTIFICATE), asked())
    assert segment.confidence >= 0.8


def test_a_merged_scan_is_split_where_a_title_was_lost(monkeypatch):
    lost = (
        Drawn(TextSource.OCR)
        .text(60, 160, "개업연월일 2010")
        .text(60, 200, "사업장소재지 서울")
        .text(60, 240, "세무서장")
    )
    first = _page("재 직 증 명 서", "위와 같이 재직하고 있음을 증명", source=TextSource.OCR)
    opinions = {"개": Opinion(Kind.BUSINESS_REGISTRATION, 0.97)}
    monkeypatch.setitem(identify.__globals__, "opinion", lambda letters: opinions.get(letters[:1]))
    segments = identify(DrawnSource(first, lost), asked())
    assert [s.first_page for s in segments] == [1, 2]
    assert segments[1].kind is not Kind.EMPLOYMENT_CERTIFICATE
