"""What a page is: titles spaced, bent, in a box beside their number; papers that only sound alike; merged scans."""

import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.kinds import Kind
from jeopsu.extractors.kinds import identify
from jeopsu.extractors.kinds.closeness import distance, find_near
from tests.extractors.drawn_pages import Drawn, DrawnSource, asked


def _page(title: str, *lines: str, size: float = 18, source: TextSource = TextSource.DIGITAL) -> Drawn:
    page = Drawn(source).text(150, 80, title, size)
    for number, line in enumerate(lines):
        page.text(60, 160 + 25 * number, line)
    return page


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("재 직 증 명 서", Kind.EMPLOYMENT_CERTIFICATE),
        ("사 업 자 등 록 증", Kind.BUSINESS_REGISTRATION),
        ("등기사항전부증명서(말소사항 포함) [제출용]", Kind.CORPORATE_REGISTRY),
        ("중 견 기 업 확 인 서", Kind.MIDSIZE_CERTIFICATE),
        ("우대/감점사항 확인서", Kind.BONUS_PENALTY),
        ("연구개발기관 대표의 참여의사 확인서", Kind.PARTICIPATION_LETTER),
        ("외주 용역 활용계획서", Kind.OUTSOURCING_PLAN),
        ("독립된 감사인의 감사보고서", Kind.AUDIT_REPORT),
    ],
)
def test_titles_of_a_text_layer(title, kind):
    (segment,) = identify(DrawnSource(_page(title, *["신청 기관의 사정을 적은 본문 한 줄"] * 3)), asked())
    assert segment.kind is kind
    assert segment.confidence >= 0.9


@pytest.mark.parametrize("title", ["중소기업 확인서", "경력증명서", "납세증명서", "법인인감증명서", "벤처기업확인서"])
def test_papers_that_sound_alike_are_nothing(title):
    for source in (TextSource.DIGITAL, TextSource.OCR):
        (segment,) = identify(DrawnSource(_page(title, "유효기간 2023.04.01", source=source)), asked())
        assert segment.kind is None


def test_a_bent_title_alone_is_not_sure_and_with_its_forms_words_is():
    bare = _page("중견기임확인서", "본문", source=TextSource.OCR)
    (segment,) = identify(DrawnSource(bare), asked())
    assert segment.confidence < 0.8
    full = _page(
        "중견기임확인서",
        "유효기간 2023.04.05 ~ 2024.03.31",
        "중견기업임을 확인합니다",
        "한국중견기업연합회장",
        source=TextSource.OCR,
    )
    (segment,) = identify(DrawnSource(full), asked())
    assert segment.kind is Kind.MIDSIZE_CERTIFICATE
    assert segment.confidence >= 0.8


def test_a_merged_scan_is_split_and_its_later_pages_follow():
    pages = [
        _page("등기사항전부증명서(현재 유효사항) - 제출용", "등기번호 050478", "등록번호 110111-1234567"),
        Drawn().text(60, 60, "임원에 관한 사항").text(60, 90, "대표이사 홍길동"),
        Drawn(),
        _page("사 업 자 등 록 증", "등록번호 : 123-45-67890"),
    ]
    segments = identify(DrawnSource(*pages), asked())
    assert [(s.kind, s.first_page, s.last_page) for s in segments] == [
        (Kind.CORPORATE_REGISTRY, 1, 3),
        (Kind.BUSINESS_REGISTRATION, 4, 4),
    ]


def test_titles_in_a_list_of_documents_are_not_titles():
    page = _page("온라인 제출 최종 확인서", "사업명 디지털 혁신", "접수번호 2023-1", size=14)
    for number, row in enumerate(("재직증명서", "중견기업 확인서", "연구개발계획서")):
        page.text(60, 250 + 20 * number, row, 9)
    (segment,) = identify(DrawnSource(page), asked())
    assert segment.kind is Kind.SUBMISSION_CONFIRMATION


_LIST = ("접수번호 2023-1", "접수상태 최종제출", "서류명", "재직증명서")


def test_a_speck_before_a_scans_title_is_no_edit():
    page = _page("1 온라인 제출 최종 확인서", *_LIST, source=TextSource.OCR)
    page.text(150, 300, "연구개발계획서", 18)
    (segment,) = identify(DrawnSource(page), asked())
    assert segment.kind is Kind.SUBMISSION_CONFIRMATION


@pytest.mark.parametrize("source", [TextSource.DIGITAL, TextSource.OCR])
def test_a_heading_that_the_page_does_not_bear_out_is_not_sure(source):
    """A list of papers whose own title was lost: one row of it, in large print, says nothing."""
    (segment,) = identify(DrawnSource(_page("연구개발계획서", *_LIST, source=source)), asked())
    assert segment.confidence < 0.8


def test_an_empty_page_is_no_kind():
    (segment,) = identify(DrawnSource(Drawn()), asked())
    assert segment.kind is None
    assert segment.confidence == 0


def test_distance_stops_at_its_limit():
    assert distance("재직증명서", "재작증명서", 1) == 1
    assert distance("재직증명서", "납세증명원본", 2) == 3
    assert find_near("사업자등록번호", "등록사엄자등록번호123", 1) == (2, 9, 1)


@pytest.mark.parametrize("title", ["중견기업 후보기업 확인서", "예비 중견기업 지원대상 확인서"])
def test_a_paper_of_another_name_is_not_known_by_its_words(title):
    """Its body speaks the certificate's words and its file is called so: still it is headed as another paper."""
    body = ("유효기간 2023.04.05 ~ 2024.03.31", "중견기업임을 확인합니다", "한국중견기업연합회장", "중견기업 성장촉진")
    for source in (TextSource.DIGITAL, TextSource.OCR):
        request = asked().model_copy(update={"hint": Kind.MIDSIZE_CERTIFICATE})
        (segment,) = identify(DrawnSource(_page(title, *body, source=source)), request)
        assert segment.kind is None or segment.confidence < 0.8


def test_a_badly_bent_title_is_known_by_four_witnesses_and_not_by_three():
    """Two of five letters lost: its own words, the second opinion and the file's name must all say the same."""
    lines = (
        "성 명 류하은",
        "소속 / 직위 연구소 / 이사",
        "재직기간 2014년 01월 25일 부터 현재까지",
        "용도 국가연구개발사업 신청 제출용",
    )
    lines += ("위 사람은 당사에 재직하고 있음을 증명합니다", "회사명 아라누리소프트 주식회사", "대표이사 권서연")
    request = asked().model_copy(update={"hint": Kind.EMPLOYMENT_CERTIFICATE})
    bent = DrawnSource(_page("재적중명서", *lines, source=TextSource.OCR))
    (segment,) = identify(bent, request)
    assert (segment.kind, segment.confidence >= 0.8) == (Kind.EMPLOYMENT_CERTIFICATE, True)
    (segment,) = identify(bent, asked())
    assert segment.confidence < 0.8
    # As near to another paper's title as to its own: nothing is said.
    (segment,) = identify(DrawnSource(_page("토직증명서", *lines[:1], source=TextSource.OCR)), request)
    assert segment.confidence < 0.8


_LETTER = (
    "과 제 명 공정 데이터 솔루션 도입",
    "연구개발계획서를 충분히 검토하였으며",
    "과제에 참여하여 성실히 수행할 것을 확인합니다",
    "기관부담연구개발비를 아래와 같이 부담함",
    "구분 부담 현금 부담 현물",
)


def test_a_second_copy_of_a_form_whose_title_was_lost_is_a_paper_of_its_own():
    """A stranger's letter behind ours: its title is unreadable, its words are the form's first page once more."""
    ours = _page("연구개발기관 대표의 참여의사 확인서", *_LETTER, source=TextSource.OCR)
    theirs = _page("언구계밭긔관 데묘의 첨어의시 획인셔", *_LETTER, source=TextSource.OCR)
    segments = identify(DrawnSource(ours, theirs), asked())
    assert [(s.first_page, s.last_page) for s in segments] == [(1, 1), (2, 2)]


def test_a_tables_next_page_repeats_its_headings_alone():
    ours = _page(
        "시약·재료구입 및 활용계획서", "과 제 명 공정 데이터", "품명 규격 수량 단가 용도", source=TextSource.OCR
    )
    rest = Drawn(TextSource.OCR).text(60, 60, "품명 규격 수량 단가 용도").text(60, 90, "전류센서 300A 1 7,697")
    (segment,) = identify(DrawnSource(ours, rest), asked())
    assert (segment.kind, segment.last_page) == (Kind.MATERIALS_PLAN, 2)


def test_a_heading_that_fits_no_title_is_read_again_at_other_sizes():
    """Three of five letters lost: read alone it says what it is, and the form's own words must bear it out."""
    words = ("재직기간 2018년 09월 07일 부터 현재까지", "위 사람은 당사에 재직하고 있음을 증명합니다")
    for lines, sure in ((words, True), (("성명 박승민", "주소 대전광역시"), False)):
        page = _page("재직종망시", *lines, source=TextSource.OCR)
        (segment,) = identify(DrawnSource(page, second={"재직종망시": "재직증명서"}), asked())
        assert (segment.kind, segment.confidence >= 0.8) == (Kind.EMPLOYMENT_CERTIFICATE, sure)


@pytest.mark.parametrize("title", ["추정 재무제표", "추정재무제표 확인원", "결산재무제표"])
def test_an_estimate_is_no_auditors_report_though_one_document_may_be_either(title: str) -> None:
    """The call gives one document's titles to each of its kinds (document 14)."""
    either = dict.fromkeys((Kind.AUDIT_REPORT, Kind.CLOSING_STATEMENTS), (title, "감사보고서"))
    request = asked().model_copy(update={"titles": either})
    (segment,) = identify(DrawnSource(_page(title, "세무사 등록번호 제 12345 호")), request)
    assert segment.kind is Kind.CLOSING_STATEMENTS
