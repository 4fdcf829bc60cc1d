"""File names: every code of the contract, and the forms that are equal (reading 13)."""

from __future__ import annotations

import unicodedata

import pytest

from jeopsu.calls.load import load_call
from jeopsu.domain.kinds import Kind
from jeopsu.validators.naming import read_name

CALL = load_call("kiat-2023-265")


def codes(name: str) -> list[str]:
    return sorted(problem.code.value for problem in read_name(name, CALL).problems)


@pytest.mark.parametrize(
    ("name", "document", "part"),
    [
        ("[서식-2] 연구개발계획서_가온.hwp", 2, None),
        ("[서식-2] 연구개발계획서_가온.HWP", 2, None),
        ("[서식-3] 우대·감점사항 확인서, 증빙서류_㈜가온.pdf", 3, None),
        ("[서식-3] 우대감점사항 확인서, 증빙서류_(주)가온.pdf", 3, None),
        ("[서식-3] 우대 감점사항 확인서_주식회사 가온.pdf", 3, None),
        ("[서식-3] 우대_감점사항 확인서_가온.pdf", 3, None),
        ("[서식-6] 협력사,계열사 솔루션 도입 확약서_가온.pdf", 6, None),
        ("[서식-8] 연구개발기관의 신청자격 적정성 확인서_가온.pdf", 8, None),
        ("[서식-8] 연구개발기관의 신청자격 적정성 확인서 및 증빙서류_가온 주식회사.pdf", 8, None),
        ("[서식-13] 사업자등록증_가온.pdf", 13, "bizreg"),
        ("[서식-13] 등기사항전부증명서_가온.pdf", 13, "registry"),
        ("[서식-13] 사업자등록증, 법인등기부등본_가온.pdf", 13, None),
        ("[서식-14] 표준재무제표증명(2020년)_가온.pdf", 14, None),
        ("[서식-14] 2021년 회계감사보고서_가온.pdf", 14, None),
        ("[서식-14] 최근 3개년 결산재무제표 확인원_가온.pdf", 14, None),
        ("[서식-19] 시약·재료 구입 및 활용계획서_가온.pdf", 19, None),
    ],
)
def test_right_names(name: str, document: int, part: str | None) -> None:
    reading = read_name(name, CALL)
    assert (reading.document, reading.part, codes(name)) == (document, part, [])


@pytest.mark.parametrize(
    ("name", "document", "code"),
    [
        ("서식-11 과제 보안등급 자가점검표_가온.pdf", 11, "name_no_brackets"),
        ("(서식-11) 과제 보안등급 자가점검표_가온.pdf", 11, "name_no_brackets"),
        ("11. 과제 보안등급 자가점검표_가온.pdf", 11, "name_no_brackets"),
        ("[서식-12] 과제 보안등급 자가점검표_가온.pdf", 11, "name_wrong_number"),
        ("[서식-99] 과제 보안등급 자가점검표_가온.pdf", 11, "name_wrong_number"),
        ("[서식-12] 재직증명서_가온.pdf", 12, "name_wrong_title"),
        ("[서식-7] 동의서입니다_가온.pdf", 7, "name_wrong_title"),
        ("[서식-2] 연구개발계획서.hwp", 2, "name_unknown_organisation"),
        ("［서식－2］ 연구개발계획서_가온.hwp", 2, "name_fullwidth"),
        ("[서식-2]연구개발계획서_가온.hwp", 2, "name_spacing"),
        ("[서식-2] 연구개발계획서 _가온.hwp", 2, "name_spacing"),
        ("[서식-2] 연구개발계획서-가온.hwp", 2, "name_spacing"),
        ("[서식-02] 연구개발계획서_가온.hwp", 2, "name_spacing"),
        ("[서식-2] 연구개발계획서_가온.pdf", 2, "extension_not_allowed"),
        ("[서식-7] 비식별 데이터 공개 동의서_가온.jpg", 7, "extension_not_allowed"),
        (unicodedata.normalize("NFD", "[서식-2] 연구개발계획서_가온.hwp"), 2, "name_not_nfc"),
    ],
)
def test_each_code(name: str, document: int, code: str) -> None:
    assert read_name(name, CALL).document == document
    assert codes(name) == [code]


def test_a_name_that_says_nothing() -> None:
    reading = read_name("scan0001.pdf", CALL)
    assert (reading.document, reading.organisation) == (None, "")


def test_years_and_kinds_are_hints() -> None:
    assert read_name("[서식-14] 결산재무제표 확인원(2020년)_가온.pdf", CALL).years == (2020,)
    assert read_name("[서식-14] 2020~2022년 회계감사보고서_가온.pdf", CALL).years == (2020, 2021, 2022)
    assert read_name("[서식-14] 최근 3개년 결산재무제표 확인원_가온.pdf", CALL).years == CALL.fiscal_years
    assert read_name("[서식-14] 2021년 회계감사보고서_가온.pdf", CALL).kind is Kind.AUDIT_REPORT
    assert read_name("[서식-14] 표준재무제표증명(2021년)_가온.pdf", CALL).kind is Kind.STANDARD_STATEMENTS


def test_words_behind_the_organisation_are_kept_apart() -> None:
    for name, extra in (
        ("[서식-2] 연구개발계획서_가온_최종.hwp", "_최종"),
        ("[서식-2] 연구개발계획서_가온 (1).hwp", " (1)"),
    ):
        reading = read_name(name, CALL)
        assert (reading.organisation, reading.extra, reading.problems) == ("가온", extra, ())
    assert read_name("[서식-2] 연구개발계획서_대성(주).hwp", CALL).organisation == "대성(주)"


@pytest.mark.parametrize("document", CALL.documents, ids=lambda d: str(d.number))
def test_the_calls_own_titles_are_right_and_never_another_documents(document: object) -> None:
    for title in (document.title, *document.aliases):  # type: ignore[attr-defined]
        reading = read_name(
            f"[서식-{document.number}] {title.replace('/', '·')}_가온.{document.formats[0].value}", CALL
        )  # type: ignore[attr-defined]
        assert (reading.document, reading.problems) == (document.number, ())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "document", "organisation", "found"),
    [
        ("(서식01) 연구개발계획서_R2024-0007(주식회사 가온).hwpx", 1, "주식회사 가온", []),
        ("(서식07) 법인등기사항증명서_R2024-0007((주)가온).pdf", 7, "(주)가온", []),
        ("(서식08) 표준재무제표증명(2021년)_R1(가온).pdf", 8, "가온", []),
        ("(서식1) 연구개발계획서_R1(가온).hwpx", 1, "가온", ["name_spacing"]),
        ("(서식01) 연구개발계획서_가온.hwpx", 1, "가온", ["name_spacing"]),
        ("[서식-1] 연구개발계획서_R1(가온).hwpx", 1, "가온", ["name_no_brackets"]),
    ],
)
def test_another_call_names_its_files_otherwise(name: str, document: int, organisation: str, found: list[str]) -> None:
    reading = read_name(name, load_call("example-2024-101"))
    assert (reading.document, reading.organisation) == (document, organisation)
    assert sorted(problem.code.value for problem in reading.problems) == found
