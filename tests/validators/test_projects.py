"""A project's title on a paper: this project's, bent by OCR, cut, or another one's."""

import pytest

from jeopsu.validators.projects import Fit, fit

TITLE = "금속가공제품 에너지·설비 데이터 기반 스마트 공정관리 솔루션 도입"


@pytest.mark.parametrize(
    ("printed", "scanned", "said"),
    [
        ([TITLE], False, Fit.OURS),
        ([TITLE.replace(" ", "")], False, Fit.OURS),
        (["금속가공체품 에너지 설비 데이더 기반 스마트 공정관리 솔루션 도입"], True, Fit.OURS),  # bent one by one
        (
            ["금속가공체품 에너지·설비 데이터 기반 스마트 공정관리 솔루션 도입"],
            False,
            Fit.UNCLEAR,
        ),  # a slip of the keys
        (["산업용전동기 에너지·설비 데이터 기반 스마트 공정관리 솔루션 도입"], True, Fit.OTHER),  # in the same words
        (
            ["금속가공제품 에너지·설비 기반 스마트 공정관리 솔루션 데이터 도입"],
            True,
            Fit.OURS,
        ),  # a word changed its line
        (["식품 에너지·설비 데이터 기반 스마트 공정관리 솔루션 도입"], False, Fit.OTHER),
        (["물류대행 생산라인 예지보전을 위한 디지털 트윈 플랫폼 적용 실증"], True, Fit.OTHER),
        ([TITLE + " (Smart Process Control)"], False, Fit.UNCLEAR),
        ([TITLE[:26]], True, Fit.UNCLEAR),  # its second line is lost
        ([TITLE[:13].replace("설", "실")], True, Fit.UNCLEAR),
        ([TITLE[:14]], False, Fit.UNCLEAR),  # the plan's title has a subtitle
        (["물류창고 자율이송 로봇 관제 고도화", TITLE], True, Fit.OURS),  # a list of earlier projects above it
        (["연구기간"], False, Fit.UNCLEAR),
        ([], True, Fit.UNCLEAR),
    ],
)
def test_what_a_title_says(printed: list[str], scanned: bool, said: Fit) -> None:
    assert fit(printed, TITLE, scanned) is said


LATIN = "클라우드 MES-ERP 연계를 통한 의약품 통합 운영 디지털 전환"


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("클라우드 465-68 연 계 를 통한 의약품 통합 운영 디지털 전환", Fit.OURS),  # kifrs-mixed, office
        ("클라우드 \\[85-8080 연 계 를 통한 의약품 통합 운영 디지털 전환", Fit.OURS),
        ("클라우드 버58물 연계를 통한 의약품 통합 운영 디지털 전환", Fit.OURS),
        ("클라우드 MES-ERP 연계를 통한 의약품 통합 운영 디지털 전환", Fit.OURS),
        ("클라우드 MES-ERP 연계를 통한 식료품공장 통합 운영 디지털 전환", Fit.UNCLEAR),
        ("클라우드 MES-ERP 연계를 통한 수출물류창고 자율이송 디지털 전환", Fit.OTHER),
    ],
)
def test_latin_words_of_a_scan_are_anything(printed: str, said: Fit) -> None:
    assert fit([printed], LATIN, True) is said


def test_without_a_sure_title_of_the_plan_nothing_is_said() -> None:
    assert fit([TITLE], None, True) is Fit.UNCLEAR
    assert fit(["다른 과제의 이름입니다"], "짧은 이름", False) is Fit.UNCLEAR
