"""What stands above a statement: its title, its unit, and whether it is of a part of a year or a forecast."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jeopsu.domain.values import won
from jeopsu.extractors.kinds.closeness import find_near
from jeopsu.extractors.statements.labels import edits, jamo, plain
from jeopsu.extractors.statements.model import StatementKind
from jeopsu.extractors.statements.periods import mended_dates

TITLES: dict[str, StatementKind] = {
    "재무상태표": StatementKind.BALANCE,
    "대차대조표": StatementKind.BALANCE,
    "손익계산서": StatementKind.INCOME,
    "포괄손익계산서": StatementKind.INCOME,
    "자본변동표": StatementKind.OTHER,
    "현금흐름표": StatementKind.OTHER,
    "이익잉여금처분계산서": StatementKind.OTHER,
    "이익잉여금처리계산서": StatementKind.OTHER,
    "결손금처리계산서": StatementKind.OTHER,
    "제조원가명세서": StatementKind.OTHER,
    "공사원가명세서": StatementKind.OTHER,
    "합계잔액시산표": StatementKind.OTHER,
    "판매비와관리비명세서": StatementKind.OTHER,
    "매출원가명세서": StatementKind.OTHER,
    "매출원가명세": StatementKind.OTHER,
    "재무정보": StatementKind.OTHER,
    "재무현황": StatementKind.OTHER,
    "재무비율": StatementKind.OTHER,
    "부문별정보": StatementKind.OTHER,
    "부문정보": StatementKind.OTHER,
    "재무제표에대한주석": StatementKind.OTHER,
    "주석": StatementKind.OTHER,
}
_PREFIX = re.compile(r"^(?:첨부|연결|별도|개별|요약|표준|추정|예상|가결산|결산|중간|비교식?|약식|기업회계기준)+")
_ESTIMATED = re.compile(r"추정|가결산|예상|잠정")
_INTERIM = re.compile(
    r"(?:반기|분기|중간)(?:말|연결|별도|재무|대차|포괄|손익)|제\d{1,3}기[^가-힣\d]?(?:반|[1-3]?/?4?분)기|"
    r"((?:19|20)\d\d)[년.]0?1[월.]0?1일?[.]?(?:부터|~|-)\1[년.](?:0?3[월.]31|0?6[월.]30|0?9[월.]30)"
)
_NOTE = re.compile(r"\d{1,2}[.,)](?:금융(?:수익|비용|원가)(?:및|과|와)|리스|현금흐름|차입|특수관계|법인세비용및)")
_LISTING = re.compile(r"붙임|첨부서류|각\d|\d부$|및|,|、")


@dataclass(frozen=True)
class Title:
    """A statement's title line."""

    kind: StatementKind
    consolidated: bool
    estimated: bool
    standard: bool
    exact: bool
    text: str


def is_listing(text: str) -> bool:
    """A line that names statements without being one's title: 붙임, 첨부서류, "각 1부"."""
    return bool(_LISTING.search(text))


def title_of(text: str, bent: bool = False) -> Title | None:
    """The statement that a line is the title of; None for every other line. `bent`: it comes from OCR."""
    squeezed = re.sub(r"[(\[]?(?:금액)?단위[:;].{0,3}원[)\]]?$", "", re.sub(r"\s", "", text))
    if bent:  # the unit beside a title, whatever OCR made of it
        squeezed = re.sub(r"(?<=.{4})(?:[(\[{]?단위|[(\[{].?위).*$", "", squeezed)
    if len(squeezed) > 34 or is_listing(squeezed):
        return None
    key = plain(squeezed)
    core = _PREFIX.sub("", key)
    prefix = key[: len(key) - len(core)]
    core = re.sub(r"(?:추정|가결산|계속)$", "", core)
    kind, exact = TITLES.get(core), True
    if kind is None and bent and 4 <= len(core) <= 18:
        exact = False
        # The first letters read twice: 손-손익계산서.
        core = next((t for t in TITLES if len(t) > 4 and core.endswith(t) and t.startswith(core[: -len(t)])), core)
        letters = jamo(core)
        near = sorted((edits(letters, jamo(t), 4), t) for t in TITLES if len(t) >= 5)
        if near[0][0] <= 0.2 * len(jamo(near[0][1])):
            kind = TITLES[near[0][1]]
    if kind is None:
        return None
    return Title(
        kind,
        "연결" in prefix,
        bool(_ESTIMATED.search(squeezed)),
        "표준" in prefix,
        exact,
        text.strip(),
    )


def is_note(text: str) -> bool:
    """A line that introduces a table of the notes: "… 내역은 다음과 같습니다.", "24. 금융수익 및 금융비용"."""
    squeezed = re.sub(r"\s", "", text)
    return bool(find_near("다음과같", squeezed, 1) or _NOTE.match(squeezed))


def estimated(text: str) -> bool:
    """The words say that the figures are a forecast or not yet closed (추정, 가결산)."""
    return bool(_ESTIMATED.search(re.sub(r"\s", "", text)))


def interim(text: str) -> bool:
    """The words tell of a part of a year: 반기, 분기, 중간; January to March, June or September."""
    return bool(_INTERIM.search(re.sub(r"\s", "", mended_dates(text))))


def unit_of(text: str) -> int | None:
    """The unit that a "(단위 : 천원)" note names, in won."""
    return won.unit_in(text)
