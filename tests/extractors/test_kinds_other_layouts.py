"""Certificates laid out, worded and corrected as no form is: what stands there is read, or handed to a person."""

from datetime import date
from random import Random

import pytest

from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.kinds import names, read_kind
from jeopsu.extractors.kinds.strikes import STRUCK
from jeopsu.extractors.readers.pdf import open_pdf
from jeopsu.samples.scan import scan_pdf
from jeopsu.samples.sheet import Sheet
from tests.extractors.drawn_pages import asked

FOOT = "<p class=c>위와 같이 재직하고 있음을 증명합니다.</p><p class=c>2023. 4. 10.</p><p class=c>주식회사 동우산업<br>대표이사 허상철 (인)</p>"  # noqa: E501
GIVEN = "<p>위 기업은 중견기업에 해당함을 확인합니다.</p><p class=c>2023. 4. 5.</p><p class=c>한국중견기업연합회장</p>"


@pytest.fixture
def read(tmp_path):
    def _read(kind: Kind, html: str, css: str = "", scan: str = "digital"):
        path = tmp_path / "file.pdf"
        path.write_bytes(scan_pdf(Sheet(Random(1)).make(html, css=css).pdf, scan, 1))
        source = open_pdf(str(path), "file.pdf")
        segment = Segment(kind=kind, first_page=1, last_page=source.count, confidence=1)
        return {field.name: field for field in read_kind(source, segment, asked()).fields}

    return _read


def _rows(*pairs: tuple[str, str]) -> str:
    return "<table>" + "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in pairs) + "</table>"


def test_values_stand_under_labels_that_head_columns(read):
    heads = "<tr><th>회사명</th><th>대표이사</th><th>사업자등록번호</th><th>유효기간</th></tr>"
    row = (
        "<tr><td>주식회사 동우산업</td><td>허상철</td><td>269-87-56399</td><td>2023. 4. 1. ~<br>2024. 3. 31.</td></tr>"
    )
    fields = read(Kind.MIDSIZE_CERTIFICATE, f"<table>{heads}{row}</table>{GIVEN}")
    assert fields["midsize.name"].value == "주식회사 동우산업"
    assert fields["midsize.business_number"].value == "2698756399"
    assert (fields["midsize.valid_from"].value, fields["midsize.valid_to"].value) == (
        date(2023, 4, 1),
        date(2024, 3, 31),
    )
    assert fields["midsize.issued"].value == date(2023, 4, 5)
    assert all(fields[name].confirmed for name in ("midsize.name", "midsize.valid_to", "midsize.issued"))


def test_a_period_s_second_line_is_no_day_of_issue(read):
    table = _rows(("기업명", "주식회사 동우산업"), ("유효기간", "2023. 4. 1. ~<br>2024. 3. 31."))
    foot = "<p>위 기업은 중견기업에 해당함을 확인합니다.</p><p class=c>한국중견기업연합회장</p>"
    field = read(Kind.MIDSIZE_CERTIFICATE, table + foot)["midsize.issued"]
    assert not field.confirmed


def test_the_head_of_the_company_is_not_the_employee(read):
    head = _rows(("회사명", "주식회사 동우산업"), ("대표자 성명", "허상철"))
    html = head + "<p></p>" + _rows(("성명", "고서연"), ("담당자 성명", "박철수"), ("입사일", "2015. 3. 2.")) + FOOT
    fields = read(Kind.EMPLOYMENT_CERTIFICATE, html)
    assert fields["employment.name"].value == "고서연"
    assert fields["employment.organisation"].value == "주식회사 동우산업"
    assert fields["employment.issued"].value == date(2023, 4, 10)


@pytest.mark.parametrize(
    ("period", "left"),
    [
        ("2015. 3. 2. ~ 현재", None),
        ("2015. 3. 2. ~ 2022. 12. 30.", date(2022, 12, 30)),
        ("2015. 3. 2. ~<br>2022. 12. 30.", date(2022, 12, 30)),
    ],
)
def test_the_end_of_a_period_in_one_line_or_two(read, period, left):
    fields = read(Kind.EMPLOYMENT_CERTIFICATE, _rows(("성명", "고서연"), ("재직기간", period)) + FOOT)
    assert fields["employment.joined"].value == date(2015, 3, 2)
    assert (fields["employment.left"].value if left else fields.get("employment.left")) == left


def test_a_former_name_is_not_the_companys_name(read):
    lines = "<p>등록번호 : 269-87-56399</p><p>발급사유 : 상호변경 (구 상호 : 옛날산업 주식회사)</p><p>대표자 변경</p>"
    fields = read(Kind.BUSINESS_REGISTRATION, lines)
    assert fields["bizreg.name"].value is None
    assert fields["bizreg.representative"].value is None


def test_a_name_in_two_lines_beside_a_label_in_their_middle(read):
    css = "td{border:none}"
    html = f"<table>{'<tr><td>법인명</td><td>: 주식회사<br>동우산업</td></tr>'}</table><p>개업연월일 : '84. 2. 4.</p>"
    fields = read(Kind.BUSINESS_REGISTRATION, html, css)
    assert names.company(str(fields["bizreg.name"].value)) == "주식회사 동우산업"
    assert fields["bizreg.opened"].value == date(1984, 2, 4)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("강수빈 외 1명", "강수빈"),
        ("강수빈외 2인", "강수빈"),
        ("강수빈", "강수빈"),
        ("남궁외", "남궁외"),
        ("변경", None),
        ("담당업무", None),
    ],
)
def test_a_head_with_others_beside(printed, name):
    assert names.person(printed) == name


STRUCK_WAYS = ("line-through 1pt", "line-through double 1pt", "line-through 1pt red", "line-through wavy 1pt")


@pytest.mark.parametrize("scan", ["digital", "clean", "office"])
@pytest.mark.parametrize("way", STRUCK_WAYS)
def test_what_is_struck_out_is_a_persons(read, way, scan):
    css = f".old{{text-decoration:{way}}}"
    html = _rows(
        ("기업명", "주식회사 동우산업"), ("사업자등록번호", "<span class=old>269-87-56399</span> 101-81-00012")
    )
    fields = read(Kind.MIDSIZE_CERTIFICATE, html + GIVEN, css, scan)
    number = fields["midsize.business_number"]
    assert not number.confirmed or number.value == "1018100012"
    if scan == "digital":
        assert number.note == STRUCK
        assert number.value is None  # nothing may prove it


@pytest.mark.parametrize("scan", ["digital", "clean"])
def test_what_is_underlined_or_ruled_off_is_not_struck_out(read, scan):
    number = "<u>269-87-56399</u>"
    html = _rows(
        ("기업명", "<u>주식회사 동우산업</u>"),
        ("사업자등록번호", number),
        ("유효기간", "<u>2023. 4. 1. ~ 2024. 3. 31.</u>"),
    )
    fields = read(Kind.MIDSIZE_CERTIFICATE, html + GIVEN, "", scan)
    assert fields["midsize.business_number"].value == "2698756399"
    assert fields["midsize.valid_to"].value == date(2024, 3, 31)
    assert all(field.note != STRUCK for field in fields.values())


@pytest.mark.parametrize("font", ["Nanum Myeongjo", "NanumGothic", "NanumBarunGothic", "NanumGothicCoding"])
def test_plain_names_are_not_struck_out(read, font):
    people = ("황은서", "으뜸으로", "홍은호", "조윤호")
    for person in people:
        html = _rows(("성명", person), ("입사일", "2015. 3. 2.")) + FOOT
        fields = read(Kind.EMPLOYMENT_CERTIFICATE, html, f"body{{font-family:'{font}'}}")
        assert fields["employment.name"].note == ""


@pytest.mark.parametrize(
    ("old", "new", "value", "sure"),
    [
        ("<s>주식회사 옛날산업</s>", "주식회사 동우산업", "주식회사 동우산업", True),
        ("주식회사 옛날산업", "주식회사 동우산업", None, False),
        ("<s>주식회사 옛날산업</s>", "<s>주식회사 동우산업</s>", None, False),
    ],
)
def test_a_former_name_that_the_registry_struck_out(read, old, new, value, sure):
    when = "<td>2015.03.02 변경<br>2015.03.05 등기</td>"
    cells = (
        f"<tr><td>상 호</td><td>{old}<br><br>{new}</td>{when}</tr><tr><td>본 점</td><td>부산광역시</td><td></td></tr>"
    )
    title = "<h1>등기사항전부증명서(말소사항 포함)</h1><p>등록번호 &nbsp; 141411-4155727</p>"
    field = read(Kind.CORPORATE_REGISTRY, f"{title}<table>{cells}</table>")["corpreg.name"]
    assert field.confirmed is sure
    if sure:
        assert names.company(str(field.value)) == value
