"""What certificates ask for, as words: a cell that holds one of them holds no value, whatever form it stands on.

Office forms differ in what they ask; a reader's own labels are not enough to tell a row of headings from values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jeopsu.extractors.kinds.closeness import allowed, distance
from jeopsu.extractors.kinds.layout import Line, compact

_LABELS = """
성명 성명(한글) 한글성명 영문성명 성명(영문) 성명(한자) 이름 한자 생년월일 주민등록번호 주민번호 성별
국적 주소 현주소 본적 연락처 전화 전화번호 휴대전화 이메일 전자우편 최종학력 학력 소속 소속부서 부서
부서명 소속/직위 부서/직위 직위 직급 직책 직위(급) 직종 담당업무 업무 업무내용 입사일 입사일자
입사년월일 입사연월일 채용일 임용일 퇴사일 퇴사일자 퇴직일 퇴직일자 재직기간 근무기간 근속기간 재직일
근속연수 근속년수 재직상태 재직구분 고용형태 용도 사용목적 제출처 발급용도 발급번호 발급일 발급일자 발행일
발행일자 발행번호 인적사항 재직사항 경력사항 비고 기타 참고사항 회사명 회사 상호 상호명 상호(법인명)
상호(단체명) 법인명 법인명(단체명) 단체명 기업명 기업체명 업체명 기관명 직장명 근무처 근무지 사업장명
사업자명 대표자 대표자명 대표자성명 대표이사 대표 성명(대표자) 대표자(성명) 사업자등록번호 사업자번호
법인등록번호 법인번호 등록번호 법인(주민)등록번호 주민(법인)등록번호 소재지 사업장소재지 사업장주소
본점소재지 본사소재지 본점 본사 업태 종목 업종 주업종 주생산품 사업의종류 개업일 개업연월일 개업년월일
설립일 설립일자 설립연월일 사업자등록일 발급사유 교부사유 공동사업자 유효기간 확인서유효기간 증명유효기간
확인번호 증명번호 확인서번호 확인일 확인일자 기업유형 기업구분 상시근로자수 매출액 자산총액 결산일 사업연도
담당자 담당자성명 발급담당자 확인자 확인자성명 서명 날인 직인
"""
LABELS = frozenset(_LABELS.split())
# Said before a label, they make it another person's, company's or time's: "담당자 성명", "구 상호", "직전 유효기간".
_OTHERS_WORDS = """
구 전 옛 종전 이전 직전 기존 변경전 변경전의 전회 대표자 대표이사 대표 담당자 담당 발급담당자 발급자
확인자 작성자 신청자 신청인 추천인 부서장 위임자 수임자 대리인 보증인 세대주 배우자 공동대표 공동사업자
모회사 모기업 지배회사 지배기업 계열사 계열회사 최대주주 거래처 원청 발주처 세무대리인 그룹 최초 전직장
이전직장 파견 파견지 원소속
"""
_ANOTHERS = tuple(sorted(_OTHERS_WORDS.split(), key=len, reverse=True))
_BULLETS = "ㅇ○●◯◦▷▶□■※*·-–—.)]0123456789①②③④⑤⑥⑦⑧⑨:："
_APART = 2.6  # heights of print: what stands further off belongs to another column


def is_label(text: str, stops: Iterable[str] = (), scanned: bool = False) -> bool:
    """Whether a cell's whole text is a form's label. `stops`: further labels, without blanks."""
    letters = compact(text).strip(_BULLETS)
    if len(letters) < 2:
        return False
    if letters in LABELS or letters in stops:
        return True
    return scanned and any(
        distance(letters, label, 1) <= min(allowed(label), 1) for label in (*LABELS, *stops) if len(label) >= 4
    )


def is_anothers(line: Line, start: int, end: int, names: Iterable[str]) -> bool:
    """Whether the words right before a label (letters `start`..`end` of its line) make it a label of somebody or
    something else. `names`: the labels asked for, which may begin with such a word themselves."""
    before = line.letters[:start]
    for word in _ANOTHERS:
        if not before.endswith(word) or word in names:
            continue
        at = start - len(word)
        if at > 0 and not line.starts_word(at) and before[at - 1] not in "([（":
            continue
        last, first = line.inks[line.owner[start - 1]], line.inks[line.owner[start]]
        return first.box.left - last.box.right < _APART * max(5.0, min(last.box.height, first.box.height))
    return False


_OTHERS = re.compile(r"(?<=[가-힣]{2})외(?:\d{1,2}(?:명|인)?|(?:[일이삼사오육칠팔구]|여러)(?:명|인|분))$")


def without_others(name: str) -> str:
    """A head's name without "외 2인"."""
    return _OTHERS.sub("", name)
