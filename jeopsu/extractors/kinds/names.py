"""Names of people and companies out of the words found for them."""

from __future__ import annotations

import re

from jeopsu.domain.values import company_name
from jeopsu.extractors.kinds.label_words import LABELS, is_label, without_others
from jeopsu.extractors.kinds.layout import compact

_BEFORE = re.compile(r"^(?:각자|공동)?(?:대표이사|대표자|대표|성명|이사|회장|사장)[:：]?")
_PERSON = re.compile(r"[가-힣]{2,5}")
# Words of forms that stand where a name is looked for; nobody is called so.
_CHANGES = "변경 정정 신규 재발급 갱신 추가 교체 취임 사임 중임 퇴임 전환 승계"
_ROLES = "직장 인적 재직 역할 연구책임자 참여연구자 참여연구원 책임자 참여자 이사 감사 사장 회장 원장 총장 합계 소계"
_SUMS = "합계 소계 총계 누계 계 합 평균 총인원 총원 인원 인원수 총합계 총합"
# Who is not found yet, and headings of lists of people.
_UNNAMED = "채용예정 신규채용 미정 예정 신규 기존 예시 서명 날인 비고 해당없음 없음 전체 기타 구분"
_NO_NAME = re.compile(r"연구자|참여자|과제|기간|참여|계상|해당|없음|평균|총계|누계|연구원$|책임자")
_NOBODY = LABELS.union(_SUMS.split(), _UNNAMED.split(), _ROLES.split(), _CHANGES.split())
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z.,\- ]{2,40}")
# Letters that OCR (or a spaced print) set apart: "주 식 회 사 광 명".
_SPREAD = re.compile(r"(?<![가-힣])(?:[가-힣] ){2,}[가-힣]+")
# A label on the same line, with or without a colon: 회 사 명 : …, 상호(법인명) …
_LABEL = re.compile(
    r"^(?:(?:회\s*사|법\s*인|기\s*업|기\s*관|업\s*체|사\s*업\s*장|단\s*체)\s*명|상\s*호)(?:\s*\([^)]*\))?(?:\s*[:：]\s*|\s+)"
)
_DATED = re.compile(r"\d{2,4}\s*[.\-/년]\s*\d{1,2}\s*[.\-/월]\s*\d{1,2}")
_BULLET = re.compile(r"^[○●◯□■※*·:：;\-–—\s]+")


def person(text: str) -> str | None:
    """One person's name, or several joined by ", ". None where it is no plain name."""
    plain = text.strip()
    if _FOREIGN.fullmatch(plain):
        return plain
    parts = [part for part in re.split(r"[,，、/·]|및", compact(plain)) if part]
    names = [name for name in (_one(part) for part in parts) if name]
    return ", ".join(names) if names and len(names) == len(parts) else None


def _one(part: str) -> str | None:
    part = _BULLET.sub("", part)
    before = _BEFORE.sub("", part)
    part = before if _PERSON.match(before) else part
    part = re.sub(r"[(（\[].*$|\d.*$", "", without_others(part))
    if len(part) > 4:
        part = re.sub(r"(?:귀하|님|印)$", "", part)
    return part if _PERSON.fullmatch(part) and part not in _NOBODY and not _NO_NAME.search(part) else None


def is_sum(text: str) -> bool:
    """Whether a row of a list is called as sums, means and counts are: "합 계", "총 9명"."""
    plain = compact(text)
    return plain in _SUMS.split() or bool(re.fullmatch(r"(?:총|계|합계)?\d{1,3}(?:명|인)", plain))


def company(text: str) -> str | None:
    """A company's name as printed, blanks collapsed; trailing notes in brackets (영문명, 인) left out."""
    plain = _LABEL.sub("", _BULLET.sub("", " ".join(text.split())))
    plain = re.sub(r"\s*[(（\[](?:인|직인|印|법인등록번호|사업자등록번호|이하|영문)[^)）\]]*[)）\]]?.*$", "", plain)
    plain = plain.strip(" .,:;|_~-")
    plain = _SPREAD.sub(lambda match: match[0].replace(" ", ""), plain)
    letters = re.findall(r"[가-힣A-Za-z]", plain)
    if len(letters) < 2 or len(plain) > 60 or is_label(plain) or _DATED.search(plain):
        return None
    return plain if company_name.plausible(plain) else None
