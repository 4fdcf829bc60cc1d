"""Who signed: rows of a list, sign-off lines with seals; check lists; participants' rates."""

from decimal import Decimal

import cv2

from jeopsu.domain.documents import TextSource
from jeopsu.domain.fields import FieldStatus
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.kinds import read_kind
from tests.extractors.drawn_pages import BLACK, SCALE, Drawn, DrawnSource, asked

XS = [60, 100, 240, 320, 420, 540]
HEADS = ("연번", "소속기관", "성 명", "생년월일", "서명 또는 날인")


def _read(kind: Kind, page: Drawn):
    segment = Segment(kind=kind, first_page=1, last_page=1, confidence=1)
    return read_kind(DrawnSource(page), segment, asked()).fields


def _list(rows: list[str]) -> Drawn:
    ys = [200.0 + 30 * n for n in range(len(rows) + 2)]
    page = Drawn().table(XS, ys)
    for x, head in zip(XS, HEADS, strict=False):
        page.text(x + 4, 208, head, 8)
    for number, name in enumerate(rows):
        y = ys[number + 1] + 9
        page.text(70, y, str(number + 1)).text(104, y, "주식회사 동우산업", 8).text(250, y, name).text(
            326, y, "1973.02.01", 8
        )
        page.text(490, y, "(서명)", 8)
    return page


def test_each_row_is_signed_sealed_or_empty():
    page = _list(["황준호", "곽종필", "한동혁", "조민준"])
    page.scribble(430, 237).seal(450, 275, 22).scribble(430, 327, BLACK)
    fields = _read(Kind.PERSONAL_CONSENT, page)
    kinds = {f.index: (f.value, f.status) for f in fields if f.name == "signoff.kind"}
    names = {f.index: f.value for f in fields if f.name == "signoff.name"}
    assert names == {0: "황준호", 1: "곽종필", 2: "한동혁", 3: "조민준"}
    assert kinds[0] == ("signature", FieldStatus.CONFIRMED)
    assert kinds[1] == ("seal", FieldStatus.CONFIRMED)
    assert kinds[2] == ("none", FieldStatus.CONFIRMED)
    assert kinds[3] == ("signature", FieldStatus.CONFIRMED)


def _scanned(page: Drawn) -> Drawn:
    page.source = TextSource.OCR
    return page


def test_a_row_that_ocr_lost_is_a_row_where_its_ink_says_so():
    page = _scanned(_list(["황준호", "곽종필", "한동혁", "조민준"]))
    page.scribble(430, 237).seal(450, 275, 22).scribble(430, 297, BLACK)
    page.words = [word for word in page.words if not 260 <= word.box.centre[1] < 290 and word.box.centre[1] < 320]
    fields = _read(Kind.PERSONAL_CONSENT, page)
    names = {f.index: (f.value, f.status) for f in fields if f.name == "signoff.name"}
    kinds = {f.index: f.value for f in fields if f.name == "signoff.kind"}
    assert names[1] == (None, FieldStatus.UNCERTAIN)  # sealed, its words unread
    assert kinds[1] == "seal"
    assert names[3] == (None, FieldStatus.UNCERTAIN)  # a name is printed there; nobody signed


def test_an_empty_row_of_a_scanned_list_is_none():
    page = _scanned(_list(["황준호", ""]))
    page.words = [word for word in page.words if word.box.centre[1] < 260]
    page._fill(61, 261, 539, 289, (255, 255, 255))
    fields = _read(Kind.PERSONAL_CONSENT, page.scribble(430, 237))
    assert [f.value for f in fields if f.name == "signoff.name"] == ["황준호"]


def test_rows_below_the_last_one_that_can_be_walked_to_are_for_a_person():
    page = _scanned(_list(["황준호", "곽종필", "한동혁"])).scribble(430, 237)
    page._fill(61, 288, 539, 292, (255, 255, 255))
    page._fill(61, 318, 539, 324, (255, 255, 255))  # the rules around the last row are gone, its sides are not
    for x in XS:
        page._fill(x, 286, x + 0.8, 320, BLACK)
    fields = _read(Kind.PERSONAL_CONSENT, page)
    last = max(f.index for f in fields if f.name == "signoff.kind")
    (kind,) = [f for f in fields if f.name == "signoff.kind" and f.index == last]
    assert (kind.value, kind.status) == (None, FieldStatus.UNCERTAIN)


def test_a_name_that_is_typed_in_the_cell_is_for_a_person_to_judge():
    page = _list(["황준호"]).text(430, 238, "황준호", 9)
    (kind,) = [f for f in _read(Kind.PERSONAL_CONSENT, page) if f.name == "signoff.kind"]
    assert kind.status is FieldStatus.UNCERTAIN


def _letter() -> Drawn:
    page = Drawn().text(60, 60, "연구개발기관 대표의 참여의사 확인서", 16).text(60, 150, "과 제 명 디지털 혁신")
    page.text(220, 400, "2023년 04월 14일")
    page.text(100, 460, "○ 주관연구개발기관 주식회사 동우산업").text(120, 480, "대표자 허상철 (인감)")
    return page.text(100, 560, "○ 공동연구개발기관 주식회사 성우데이터랩").text(120, 580, "대표자 고동혁 (인감)")


def test_each_seal_belongs_to_the_line_it_stands_beside():
    fields = _read(Kind.PARTICIPATION_LETTER, _letter().seal(215, 480))
    kinds = {f.index: (f.value, f.status) for f in fields if f.name == "signoff.kind"}
    names = {f.index: f.value for f in fields if f.name == "signoff.name"}
    assert names == {0: "허상철", 1: "고동혁"}
    assert kinds[0] == ("seal", FieldStatus.CONFIRMED)
    assert kinds[1][0] != "seal"


def test_a_line_without_any_ink_beside_it_is_none():
    fields = _read(Kind.PARTICIPATION_LETTER, _letter())
    assert [(f.value, f.status) for f in fields if f.name == "signoff.kind"] == [("none", FieldStatus.CONFIRMED)] * 2


def test_check_list_by_columns_and_by_options_in_a_line():
    page = Drawn().table([60, 400, 470, 540], [200, 225, 250, 275])
    page.text(64, 205, "확인 항목").text(415, 205, "해당").text(480, 205, "해당없음")
    page.text(64, 230, "1. 기업의 부도").text(430, 230, "□").text(500, 230, "☒")
    page.text(64, 255, "2. 체납처분").text(430, 255, "□").text(500, 255, "□")
    page.text(60, 300, "기업유형 ☐ 대기업 ☑ 중견기업 ☐ 중소기업")
    fields = _read(Kind.ELIGIBILITY_DECLARATION, page)
    items = {f.index: f.value for f in fields if f.name == "check.item"}
    marked = {f.index: f.value for f in fields if f.name == "check.marked"}
    assert items == {0: "기업의 부도", 1: "체납처분", 2: "기업유형"}
    assert marked == {0: "해당없음", 1: "", 2: "중견기업"}


def test_the_number_of_an_item_that_wraps_is_none_of_its_words():
    page = Drawn().table([60, 90, 400, 470, 540], [200, 225, 275])
    page.text(64, 205, "순번").text(200, 205, "확인 항목").text(415, 205, "해당").text(480, 205, "해당없음")
    page.text(70, 245, "1").text(430, 245, "□").text(500, 245, "☒")
    page.text(94, 232, "접수 마감일 현재 참여제한 중인").text(94, 258, "자가 있음")
    items = [f.value for f in _read(Kind.ELIGIBILITY_DECLARATION, page) if f.name == "check.item"]
    assert items == ["접수 마감일 현재 참여제한 중인 자가 있음"]


def test_rates_and_projects_by_their_headings():
    xs = [60, 90, 190, 260, 330, 370, 410, 450, 500, 550]
    page = Drawn().table(xs, [200, 230, 260, 290])
    for x, head in zip(
        xs, ("No", "기관명", "성명", "역할", "본과제(A)", "타과제(B)", "합계(A+B)", "책임자", "참여자"), strict=False
    ):
        page.text(x + 2, 208, head, 6)
    for row, values in enumerate((("배태영", 25, 30, 55, 2, 2), ("노상철", 20, 40, 61, 0, 2))):
        y = 238 + 30 * row
        page.text(66, y, str(row + 1), 8).text(194, y, values[0], 8)
        for x, value in zip(xs[4:], values[1:], strict=False):
            page.text(x + 10, y, str(value), 8)
    fields = _read(Kind.PARTICIPATION_RATES, page)
    got = {(f.index, f.name.split(".")[1]): f.value for f in fields if f.name.startswith("participant")}
    assert got[0, "name"] == "배태영"
    assert got[0, "rate"] == Decimal(25)
    assert got[0, "rate_total"] == Decimal(55)
    assert (got[0, "projects_as_lead"], got[0, "projects"]) == (2, 2)
    doubtful = [f for f in fields if f.index == 1 and f.name == "participant.rate_total"]
    assert doubtful[0].note and not doubtful[0].confirmed  # 20 + 40 is not 61: which one was meant nobody knows
    assert doubtful[0].value == Decimal(61)


def test_numbers_of_the_other_projects_only_are_a_persons():
    xs = [60, 150, 220, 260, 300, 360, 420]
    for words, sure in (("동시수행(본 과제 포함)", True), ("동시수행(본 과제 제외)", False), ("타 과제 수", False)):
        page = Drawn().table(xs, [200, 230, 260])
        for x, head in zip(xs, ("성명", "본과제", "타과제", "합계", "책임자", "참여자"), strict=False):
            page.text(x + 2, 219, head, 6)
        page.text(302, 208, words, 6).text(64, 242, "배태영", 8)
        for x, value in zip(xs[1:], (25, 30, 55, 1, 2), strict=False):
            page.text(x + 10, 242, str(value), 8)
        fields = {f.name: f for f in _read(Kind.PARTICIPATION_RATES, page)}
        assert fields["participant.projects"].value == 2
        assert fields["participant.projects"].confirmed is fields["participant.projects_as_lead"].confirmed is sure


def test_a_seal_in_a_row_parts_no_cell():
    page = _list(["황준호", "곽종필"])
    cv2.line(page.pixels, (round(470 * SCALE), round(232 * SCALE)), (round(470 * SCALE), round(260 * SCALE)), BLACK, 4)
    page.seal(452, 245, 26, BLACK)
    kinds = [f.value for f in _read(Kind.PERSONAL_CONSENT, page) if f.name == "signoff.kind"]
    assert len(kinds) == 2
    assert kinds[0] in ("seal", "signature")


def test_an_office_whose_seal_is_not_found_on_a_scan_is_open_and_never_none():
    page = Drawn(TextSource.OCR).text(60, 60, "등기사항전부증명서(현재 유효사항)", 16).text(60, 120, "등기번호 050478")
    page.text(120, 500, "법원행정처 등기정보중앙관리소 전산운영")
    kinds = [f for f in _read(Kind.CORPORATE_REGISTRY, page) if f.name == "signoff.kind"]
    assert [f.status for f in kinds] == [FieldStatus.UNCERTAIN]
    far = page.seal(420, 505, 66)
    kinds = [f for f in _read(Kind.CORPORATE_REGISTRY, far) if f.name == "signoff.kind"]
    assert [f.value for f in kinds] == ["seal"]


def test_a_seal_over_the_rule_between_two_rows_joins_no_rows():
    page = _list(["황준호", "곽종필", "한동혁"])
    page.seal(450, 260, 30)  # stamped low in the first row, over the rule to the second
    kinds = [f.value for f in _read(Kind.PERSONAL_CONSENT, page) if f.name == "signoff.kind"]
    assert len(kinds) == 3
    assert kinds[2] == "none"


def test_a_line_without_a_name_is_unsigned():
    page = Drawn().text(60, 60, "안전관리형 과제 자가점검표", 16).text(220, 500, "2023년 04월 14일")
    page.text(100, 560, "주관연구개발기관 : 대표자 (인)")
    fields = _read(Kind.SAFETY_SELF_CHECK, page)
    (kind,) = [f for f in fields if f.name == "signoff.kind"]
    (name,) = [f for f in fields if f.name == "signoff.name"]
    assert (kind.value, kind.status, name.value) == ("none", FieldStatus.CONFIRMED, None)


def test_a_pledge_is_about_the_projects_lead_and_not_about_who_pledges():
    page = Drawn().text(60, 60, "협력사·계열사 솔루션 도입 확약서", 16)
    page.text(60, 150, "주관연구개발기관 주식회사 동우산업").text(60, 180, "확약기업 주식회사 남해부품")
    page.text(60, 210, "사업자등록번호 123-45-67891")
    segment = Segment(kind=Kind.ROLLOUT_PLEDGE, first_page=1, last_page=1, confidence=1)
    subject = read_kind(DrawnSource(page), segment, asked()).subject
    assert (subject.name, subject.business_number) == ("주식회사 동우산업", None)


def _question_list(marks: dict[int, str], rows: int = 4) -> Drawn:
    """A numbered check list without boxes: a mark is written under 예 or 아니오."""
    xs, ys = [50, 80, 400, 450, 510], [200.0 + 30 * n for n in range(rows + 2)]
    page = Drawn().text(60, 60, "안전관리형 과제 자가점검표", 16).table(xs, ys)
    page.text(55, 208, "번호", 8).text(90, 208, "점검 항목").text(415, 208, "예").text(460, 208, "아니오")
    for number in range(1, rows + 1):
        y = ys[number] + 9
        page.text(60, y, str(number)).text(90, y, f"위험 설비를 새로 만드는 내용이 있습니까 {number}번")
        if number in marks:
            page.text(475, y, marks[number])
    return page


def test_an_item_that_nobody_answered_is_not_passed_over():
    fields = _read(Kind.SAFETY_SELF_CHECK, _question_list({1: "√", 2: "√", 4: "√"}))
    marks = {f.index: (f.value, f.status) for f in fields if f.name == "check.marked"}
    items = {f.index: str(f.value) for f in fields if f.name == "check.item"}
    unanswered = [index for index, (value, _) in marks.items() if value == ""]
    assert len(marks) == 4
    assert [items[index].endswith("3번") for index in unanswered] == [True]
    assert marks[unanswered[0]][1] is FieldStatus.CONFIRMED


def test_an_office_whose_name_ends_under_its_seal_is_still_the_office():
    """The seal swallowed "서장": a seal where it lies signs for the office; without one nothing is said."""
    for sealed, expected in ((True, ("seal", FieldStatus.CONFIRMED)), (False, (None, FieldStatus.UNCERTAIN))):
        page = Drawn(TextSource.OCR).text(150, 60, "사 업 자 등 록 증", 18).text(240, 540, "안 산 세 무", 16)
        if sealed:
            page.seal(360, 550, 58, square=True)
        fields = _read(Kind.BUSINESS_REGISTRATION, page)
        (kind,) = [f for f in fields if f.name == "signoff.kind"]
        assert (kind.value, kind.status) == expected
