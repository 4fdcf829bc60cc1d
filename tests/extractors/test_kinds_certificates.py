"""Certificates' fields in several layouts: on a text layer confirmed, on a scan only when read twice."""

from datetime import date

import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.fields import FieldStatus
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.problems import Code
from jeopsu.extractors.kinds import names, read_kind
from jeopsu.extractors.kinds.midsize import certificate_number
from jeopsu.extractors.kinds.rates_columns import COLUMNS
from jeopsu.extractors.kinds.reading import CHECK_DIGIT, Reader
from tests.extractors.drawn_pages import Drawn, DrawnSource, asked


def _read(kind: Kind, *pages: Drawn, name: str = "file.pdf", second=None):
    segment = Segment(kind=kind, first_page=1, last_page=len(pages), confidence=1)
    reading = read_kind(DrawnSource(*pages, file=name, second=second), segment, asked(name))
    return reading, {field.name: field for field in reading.fields}


def _registration(source=TextSource.DIGITAL, number="269-87-56399") -> Drawn:
    page = Drawn(source).text(200, 80, "사 업 자 등 록 증", 18)
    page.text(60, 130, f"등록번호 : {number}", 12)
    page.text(60, 160, "법인명(단체명) : 주식회사 동우산업")
    page.text(60, 180, "대 표 자 : 허상철")
    page.text(60, 200, "개 업 연 월 일 : 2005년 12월 02일 법인등록번호 : 141411-4155727")
    page.text(60, 220, "사 업 장 소 재 지 : 경상남도 창원시 성산구 공단로 169")
    page.text(60, 240, "본 점 소 재 지 : 경상남도 창원시 성산구 공단로 169")
    page.text(200, 340, "2021년 01월 04일", 12)
    return page.text(180, 380, "창 원 세 무 서 장", 16)


def test_business_registration_with_colons():
    _, fields = _read(Kind.BUSINESS_REGISTRATION, _registration())
    assert fields["bizreg.number"].value == "2698756399"
    assert fields["bizreg.name"].value == "주식회사 동우산업"
    assert fields["bizreg.representative"].value == "허상철"
    assert fields["bizreg.opened"].value == date(2005, 12, 2)
    assert fields["bizreg.address"].value.startswith("경상남도")
    assert all(fields[name].confirmed for name in ("bizreg.number", "bizreg.name", "bizreg.representative"))


def test_a_wrong_check_digit_warns_and_changes_nothing():
    _, fields = _read(Kind.BUSINESS_REGISTRATION, _registration(number="269-87-56398"))
    assert fields["bizreg.number"].value == "2698756398"
    assert fields["bizreg.number"].confirmed
    assert fields["bizreg.number"].note == CHECK_DIGIT
    _, fields = _read(Kind.BUSINESS_REGISTRATION, _registration(TextSource.OCR, number="269-87-56398"))
    assert fields["bizreg.number"].status is FieldStatus.UNCERTAIN


def test_a_scan_is_confirmed_only_where_the_second_reading_agrees():
    _, fields = _read(Kind.BUSINESS_REGISTRATION, _registration(TextSource.OCR))
    assert fields["bizreg.number"].confirmed
    assert fields["bizreg.opened"].confirmed
    assert not fields["bizreg.representative"].confirmed  # printed once, read once
    second = {"269-87-56399": "259-87-56399"}
    _, fields = _read(Kind.BUSINESS_REGISTRATION, _registration(TextSource.OCR), second=second)
    assert not fields["bizreg.number"].confirmed
    assert fields["bizreg.number"].value == "2698756399"


@pytest.mark.parametrize("number", ["269-87-5+639+9", "269-87-56399 =", "_ 269-87-56399"])
def test_a_scans_number_among_what_a_stroke_leaves_is_no_value(number: str) -> None:
    """A pen through a number is read as signs that no number has; the plan must not bring the old value back."""
    _, fields = _read(Kind.BUSINESS_REGISTRATION, _registration(TextSource.OCR, number=number))
    assert fields["bizreg.number"].value is None and not fields["bizreg.number"].confirmed
    assert fields["bizreg.opened"].confirmed


def test_a_company_read_alike_in_the_files_name_is_confirmed_on_a_scan():
    name = "[서식-13] 사업자등록증_㈜동우산업.pdf"
    _, fields = _read(Kind.BUSINESS_REGISTRATION, _registration(TextSource.OCR), name=name)
    assert fields["bizreg.name"].confirmed


def _registry() -> list[Drawn]:
    first = Drawn().text(120, 60, "등기사항전부증명서(말소사항 포함) [제출용]", 16)
    first.text(60, 100, "등기번호").text(150, 100, "088415").text(60, 120, "등록번호").text(150, 120, "141411-4155727")
    first.text(60, 150, "상 호").text(150, 150, "명신식품 주식회사").text(450, 150, "1978.04.04 등기", 8)
    first.text(60, 180, "본 점").text(150, 180, "부산광역시 강서구")
    second = Drawn().text(60, 60, "등기번호 088415")
    second.text(60, 100, "대표이사 박철수 560903-*******").text(
        60, 118, "2014 년 03 월 28 일 사임 2014 년 04 월 02 일 등기", 8
    )
    second.text(60, 136, "대표이사 고서연 561216-******* 부산광역시").text(60, 154, "2020 년 03 월 27 일 중임", 8)
    second.text(60, 172, "사내이사 최종호 690218-*******")
    second.text(60, 300, "이 증명서는 등기기록의 내용과 틀림없음을 증명합니다.")
    second.text(200, 340, "서기 2023년 04월 10일").text(120, 380, "법원행정처 등기정보중앙관리소 전산운영책임관", 12)
    return [first, second]


def test_registry_extract_leaves_out_officers_who_resigned():
    _, fields = _read(Kind.CORPORATE_REGISTRY, *_registry())
    assert fields["corpreg.number"].value == "1414114155727"
    assert fields["corpreg.name"].value == "명신식품 주식회사"
    assert fields["corpreg.representative"].value == "고서연"
    assert fields["corpreg.issued"].value == date(2023, 4, 10)
    assert fields["corpreg.issued"].page == 2


def test_an_officer_of_the_family_im_has_not_resigned():
    """대표이사 임도윤 holds the letters of 사임 (made sample 45001)."""
    page = Drawn().text(60, 60, "등기번호 088415")
    page.text(60, 100, "대표이사 임도윤 561216-*******").text(60, 118, "2020 년 03 월 27 일 중임", 8)
    page.text(60, 136, "사내이사 최종호 690218-*******").text(60, 154, "2020 년 03 월 27 일 취임", 8)
    _, fields = _read(Kind.CORPORATE_REGISTRY, page)
    assert fields["corpreg.representative"].value == "임도윤"


def test_an_officer_whose_birth_is_bent_is_still_the_representative():
    first, second = _registry()
    for page in (first, second):
        page.source = TextSource.OCR
    second.words = [
        w.model_copy(update={"text": "56]2(6-ㅡ***"}) if w.text.startswith("561216") else w for w in second.words
    ]
    segment = Segment(kind=Kind.CORPORATE_REGISTRY, first_page=1, last_page=2, confidence=1)
    fields = {f.name: f for f in read_kind(DrawnSource(first, second), segment, asked()).fields}
    assert fields["corpreg.representative"].value == "고서연"
    assert not fields["corpreg.representative"].confirmed


def test_a_seal_that_took_the_name_under_it_along_is_still_a_seal():
    """Made sample 7, poor: of "대표이사 윤서준 (직인)" only the role was left to read."""
    page = Drawn(TextSource.OCR, grey=True).text(150, 60, "재 직 증 명 서", 18).text(80, 150, "성 명 홍길동")
    page.text(144, 560, "회사명 주식회사 동우산업").text(144, 600, "대표이사").seal(280, 606, 56, (0, 0, 0))
    _, fields = _read(Kind.EMPLOYMENT_CERTIFICATE, page)
    assert fields["signoff.kind"].value == "seal" and fields["signoff.name"].value is None
    bare = Drawn(TextSource.OCR, grey=True).text(80, 150, "성 명 홍길동").text(144, 600, "대표이사")
    _, fields = _read(Kind.EMPLOYMENT_CERTIFICATE, bare)
    assert not fields["signoff.kind"].confirmed


def test_a_value_that_was_left_empty_is_not_the_next_label():
    """Blanks of a text layer: no letters of a neighbouring label, and no title of an office, is anybody's name."""
    page = Drawn().text(150, 60, "사 업 자 등 록 증", 18).text(60, 150, "등록번호 : 120-87-57190")
    page.text(60, 180, "대 표 자").text(60, 200, "개 업 연 월 일 : 2001년 02월 03일")
    _, fields = _read(Kind.BUSINESS_REGISTRATION, page)
    assert fields["bizreg.representative"].value is None
    page = (
        Drawn().text(150, 60, "재 직 증 명 서", 18).text(80, 150, "성 명").text(60, 170, "생 년 월 일 1980년 01월 02일")
    )
    page.text(200, 500, "대표이사 (직인)")
    _, fields = _read(Kind.EMPLOYMENT_CERTIFICATE, page)
    assert fields["employment.name"].value is None
    assert fields["signoff.name"].value is None and fields["signoff.kind"].value == "none"


def test_registry_entries_against_a_company_are_fields_with_their_place():
    first, second = _registry()
    second.text(60, 420, "2022년 03월 04일 서울회생법원의 회생절차개시 결정").text(60, 445, "청산인 홍길동")
    second.text(60, 470, "2021년 05월 06일 파산선고").strike(55, 260, 476)
    second.text(60, 495, "3. 기업회생 및 파산선고 관련 컨설팅업").text(60, 520, "2022년 12월 01일 회생절차종결")
    segment = Segment(kind=Kind.CORPORATE_REGISTRY, first_page=1, last_page=2, confidence=1)
    fields = read_kind(DrawnSource(first, second), segment, asked()).fields
    entries = [f for f in fields if f.name == "corpreg.entry"]
    assert [f.value for f in entries] == ["rehabilitation", "liquidation", "rehabilitation_ended"]
    assert all(f.confirmed and f.page == 2 and f.box for f in entries)


def test_an_extract_for_viewing_or_without_all_its_pages_says_so():
    for head, foot, unfit in (
        ("[제출용]", "- 2 / 2 - 발행번호 5049340705", []),
        ("[열람용]", "- 2 / 2 -", ["viewing_only"]),
        ("[제출용]", "- 2 / 3 - 발행번호 5049340705", ["incomplete"]),
        ("[제출용]", "2023/04/10", []),
    ):
        first, second = _registry()
        first.text(400, 90, head)
        second.text(280, 800, foot)
        segment = Segment(kind=Kind.CORPORATE_REGISTRY, first_page=1, last_page=2, confidence=1)
        fields = read_kind(DrawnSource(first, second), segment, asked()).fields
        assert [f.value for f in fields if f.name == "corpreg.unfit"] == unfit


def test_an_officer_who_is_struck_out_no_longer_represents():
    first, second = _registry()
    second.text(60, 150, "대표이사 홍길동 700101-*******").strike(55, 300, 156)
    segment = Segment(kind=Kind.CORPORATE_REGISTRY, first_page=1, last_page=2, confidence=1)
    fields = {f.name: f for f in read_kind(DrawnSource(first, second), segment, asked()).fields}
    assert fields["corpreg.representative"].value == "고서연"


def test_employment_certificate_with_a_period_and_with_a_day():
    for line, left in (
        ("재직기간 : 2014년 5월 6일 부터 현재까지", None),
        ("입 사 일 : 2014.05.06", None),
        ("재직기간 : 2014.05.06 ~ 2023.04.08 현재", None),
        ("재직기간 : 2014년 5월 6일 부터 2023년 2월 28일까지", date(2023, 2, 28)),
        ("입 사 일 : 2014.05.06   퇴 사 일 : 2023.02.28", date(2023, 2, 28)),
    ):
        page = (
            Drawn()
            .text(200, 80, "재 직 증 명 서", 20)
            .text(60, 150, "성 명 : 배태영")
            .text(60, 170, "생년월일 : 1973.02.01")
        )
        page.text(60, 190, line).text(60, 250, "상기와 같이 재직하고 있음을 증명합니다.")
        page.text(220, 290, "2023년 04월 09일").text(220, 330, "경상남도 창원시 공단로 169", 8)
        page.text(220, 350, "주식회사 동우산업").text(220, 370, "대표이사 허상철 (인)")
        _, fields = _read(Kind.EMPLOYMENT_CERTIFICATE, page)
        assert fields["employment.name"].value == "배태영"
        assert fields["employment.organisation"].value == "주식회사 동우산업"
        assert fields["employment.joined"].value == date(2014, 5, 6)
        assert fields["employment.issued"].value == date(2023, 4, 9)
        assert (fields["employment.left"].value if "employment.left" in fields else None) == left


def test_midsize_certificate_with_bullets_and_two_numbers_on_a_line():
    page = Drawn().text(60, 50, "발급번호 : 제 2023-04815 호", 8).text(180, 100, "중 견 기 업 확 인 서", 20)
    page.text(60, 160, "○ 기 업 명 : 명신식품 주식회사")
    page.text(60, 185, "○ 사업자등록번호 : 575-81-46474 (법인등록번호 : 188111-9167025)")
    page.text(60, 210, "○ 유 효 기 간 : 2023년 04월 12일 ~ 2024년 03월 31일")
    page.text(220, 300, "2023년 04월 12일").text(200, 340, "한국중견기업연합회장", 14)
    reading, fields = _read(Kind.MIDSIZE_CERTIFICATE, page)
    assert fields["midsize.number"].value == "2023-04815"
    assert fields["midsize.business_number"].value == "5758146474"
    assert (fields["midsize.valid_from"].value, fields["midsize.valid_to"].value) == (
        date(2023, 4, 12),
        date(2024, 3, 31),
    )
    assert fields["midsize.issued"].value == date(2023, 4, 12)
    assert reading.subject.business_number == "5758146474"
    assert reading.subject.corporate_number == "1881119167025"


def test_a_form_that_was_not_filled_in_is_said_to_be_blank():
    page = Drawn().text(200, 80, "재 직 증 명 서", 20).text(60, 150, "성 명 :").text(60, 170, "생년월일 :")
    page.text(60, 190, "소 속 :").text(60, 210, "재직기간 :").text(60, 250, "상기와 같이 재직하고 있음을 증명합니다.")
    reading, fields = _read(Kind.EMPLOYMENT_CERTIFICATE, page)
    assert fields["employment.name"].status is FieldStatus.MISSING
    assert [problem.code for problem in reading.problems] == [Code.BLANK_FORM]
    assert reading.blank_form


def test_of_a_span_with_one_date_unread_nothing_is_confirmed():
    for span in ("2023.04.b8 ~ 2024.03.31", "~ 2024.03.31", "2024.03.31"):
        page = Drawn(TextSource.OCR).text(180, 100, "중 견 기 업 확 인 서", 20).text(60, 160, f"유효기간 : {span}")
        _, fields = _read(Kind.MIDSIZE_CERTIFICATE, page)
        assert not fields["midsize.valid_from"].confirmed
        assert not fields["midsize.valid_to"].confirmed


def test_the_end_of_a_period_is_never_the_day_of_joining():
    page = Drawn(TextSource.OCR).text(200, 80, "재 직 증 명 서", 20).text(60, 170, "재직기간 : 2O14.O5.l6 ~ 2022.12.31")
    _, fields = _read(Kind.EMPLOYMENT_CERTIFICATE, page)
    assert not fields["employment.joined"].confirmed


def test_an_employment_certificate_whose_body_names_another_company_is_a_persons():
    page = (
        Drawn()
        .text(200, 80, "재 직 증 명 서", 20)
        .text(60, 150, "성 명 : 배태영")
        .text(60, 170, "회 사 명 : 주식회사 동우산업")
    )
    page.text(60, 190, "입 사 일 : 2014.05.06").text(220, 290, "2023년 04월 09일")
    page.text(220, 350, "주식회사 다른회사").text(220, 370, "대표이사 허상철 (인)")
    _, fields = _read(Kind.EMPLOYMENT_CERTIFICATE, page)
    assert fields["employment.organisation"].status is FieldStatus.UNCERTAIN


def test_the_company_over_a_bent_representative_line_is_found_on_a_scan():
    page = Drawn(TextSource.OCR).text(200, 80, "재 직 증 명 서", 20).text(60, 150, "성 명 : 배태영")
    page.text(220, 290, "2023년 04월 09일").text(220, 335, "경상남도 창원시 공단로 169", 8)
    page.text(220, 350, "동우산업 주식회사").text(228, 370, "표이사 허상철 (인)")
    _, fields = _read(Kind.EMPLOYMENT_CERTIFICATE, page, name="[서식-12] 재직증명서_㈜동우산업.pdf")
    assert fields["employment.organisation"].value.replace(" ", "") == "동우산업주식회사"
    assert fields["employment.organisation"].confirmed


def test_a_label_is_nobodys_name():
    assert names.person("성명(한글)") is None
    assert names.person("참여연구자") is None
    assert names.person("성명 : 배태영") == "배태영"


def _letter(source=TextSource.DIGITAL, heading: str = "기관명") -> Drawn:
    page = Drawn(source).text(120, 60, "연구개발기관 대표의 참여의사 확인서", 16)
    page.text(64, 106, "과제명").text(164, 106, "공정 데이터 기반 솔루션 도입")
    page.table([60, 160, 540], [100, 124])
    for left, head, value in ((64, "구분", "공동"), (124, heading, "주식회사 가온정밀"), (324, "정부지원", "76,583")):
        page.text(left, 206, head).text(left, 230, value)
    return page.table([60, 120, 320, 540], [200, 224, 248])


def test_a_company_under_the_heading_of_a_table_and_the_projects_title_are_the_papers():
    reading, _ = _read(Kind.PARTICIPATION_LETTER, _letter())
    assert (reading.subject.name, reading.subject.projects) == ("주식회사 가온정밀", ("공정 데이터 기반 솔루션 도입",))


def test_what_stands_under_a_forms_label_is_its_next_row():
    page = Drawn().text(120, 60, "과제 보안등급 자가점검표", 16)
    page.text(64, 106, "기관명").text(164, 106, "가온정밀").text(64, 130, "협력사").text(164, 130, "주식회사 다른상사")
    page.table([60, 160, 540], [100, 124, 148])
    reading, _ = _read(Kind.SECURITY_SELF_CHECK, page)
    assert reading.subject.name == "가온정밀"


@pytest.mark.parametrize(
    ("page", "alone", "value", "status"),
    [
        ("제7023-1723호", "제2023-1723호", "2023-1723", FieldStatus.CONFIRMED),
        ("제72023-1723호", "제2023-1723호", "2023-1723", FieldStatus.CONFIRMED),
        ("제7023-1723호", "제2023-1728호", "7023-1723", FieldStatus.UNCERTAIN),  # another figure differs, too
        ("제8123-1723호", "제7123-1723호", "8123-1723", FieldStatus.UNCERTAIN),  # neither is a year
    ],
)
def test_a_certificates_number_whose_year_was_read_otherwise_beside_its_prefix(page, alone, value, status):
    drawn = Drawn(TextSource.OCR).text(60, 60, "발급번호 :").text(120, 60, page)
    segment = Segment(kind=Kind.MIDSIZE_CERTIFICATE, first_page=1, last_page=1, confidence=1)
    found = certificate_number(Reader(DrawnSource(drawn, second={page: alone}), segment, asked()))
    assert (found.value, found.status) == (value, status)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("전체동시수행과제수(본과제포함)", "projects"),
        ("전체동시수행과제나6(본과제포함)", "projects"),  # as a scan has it
        ("전체1스본과제포함)전체", "projects"),
        ("책임자동시수행과제나6(본과제포함)", "lead"),
        ("본과제인건비계상률", "rate"),
        ("동시수행과제나6", None),  # which of the two it is, it does not say
    ],
)
def test_a_bent_heading_of_the_rates_form_names_its_column_or_none(heading: str, column: str | None) -> None:
    fits = [name for name, words in COLUMNS if words.search(heading)]
    assert (column in fits) if column else not fits


@pytest.mark.parametrize("labels", [("상 호", "록렐"), ("창호", "본 점"), ("창호", "록렐")])
def test_a_scans_registry_extract_names_its_company_whatever_became_of_its_labels(labels: tuple[str, str]) -> None:
    page = Drawn(TextSource.OCR).text(180, 60, "등기사항전부증명서(현재 유효사항) - 제출용", 16)
    page.text(60, 110, "등기번호").text(120, 110, "079686").text(60, 128, "등록번호").text(120, 128, "191411-9519168")
    page.text(62, 155, labels[0]).text(152, 155, "주식회사 미리내울아이티")
    page.text(62, 190, labels[1]).text(152, 190, "경상남도 창원시 성산구 남면로 228")
    segment = Segment(kind=Kind.CORPORATE_REGISTRY, first_page=1, last_page=1, confidence=1)
    found = {f.name: f for f in read_kind(DrawnSource(page), segment, asked()).fields}
    assert found["corpreg.name"].value == "주식회사 미리내울아이티"
