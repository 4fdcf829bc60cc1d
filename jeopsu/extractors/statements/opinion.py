"""The auditor's report: opinion, auditor and framework, each from the words that may say it and no others.

"부적정" contains "적정", and a report on internal controls (내부회계관리제도) speaks of its own 적정의견: only the
section 감사의견 (or its qualified kin) counts, and its heading and its sentence must agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from jeopsu.extractors.kinds.closeness import find_near
from jeopsu.extractors.kinds.layout import Line, Sheet

_HEADINGS = {
    "감사의견": "",
    "적정의견": "unqualified",
    "한정의견": "qualified",
    "부적정의견": "adverse",
    "의견거절": "disclaimer",
}
_NEXT = (
    "감사의견근거", "적정의견근거", "한정의견근거", "부적정의견근거", "의견거절근거", "핵심감사사항", "강조사항",
    "기타사항",
    "경영진의책임", "감사인의책임", "계속기업관련중요한불확실성", "재무제표에대한경영진", "연결재무제표에대한경영진",
    "재무제표감사에대한감사인의책임",
)  # fmt: skip
_FAIR = "공정하게표시하고있습니다"
_UNFAIR = ("공정하게표시하고있지아니합니다", "공정하게표시하고있지않습니다", "공정하게표시하지아니하고")
_EXCEPT = ("영향을제외하고는", "제외하고는")
_NONE = ("의견을표명하지아니합니다", "의견을표명하지않습니다", "의견을표명할수없습니다")
_BASES = {"한국채택국제회계기준": "k-ifrs", "일반기업회계기준": "k-gaap", "중소기업회계기준": "k-gaap"}
_FIRM = re.compile(r"[가-힣A-Za-z&]{1,12}(?:회계법인|감사반)")
_AUDIT = "감사하였습니다"
_DAY = re.compile(r"((?:19|20)\d\d)[년.]\d{1,2}[월.]")


@dataclass(frozen=True)
class Said:
    """A thing the report says, with the lines it stands in. `sure`: the words leave no doubt."""

    value: str
    page: int
    lines: tuple[Line, ...]
    sure: bool
    note: str = ""
    years: frozenset[int] = frozenset()  # of the days that the opinion's own words name


def opinion_in(papers: Sequence[Sheet]) -> Said | None:
    """unqualified, qualified, adverse or disclaimer, from the opinion section; None where there is no such section."""
    for number, paper in enumerate(papers):
        for n, line in enumerate(paper.lines):
            heading = re.sub(r"[^가-힣]", "", line.letters)
            if heading not in _HEADINGS:
                continue
            pages = [(paper, paper.lines[n + 1 :])]
            if number + 1 < len(papers):
                pages.append((papers[number + 1], papers[number + 1].lines))
            said = _weigh(heading, paper.number, line, _section(pages), paper.scanned)
            if said is not None:
                return said
    return None


def _section(pages: Sequence[tuple[Sheet, Sequence[Line]]]) -> list[Line]:
    """The lines from the heading to the next one."""
    lines: list[Line] = []
    for _, part in pages:
        for line in part:
            words = re.sub(r"[^가-힣]", "", line.letters)
            if words in _HEADINGS or _ends_section(words):
                return lines
            lines.append(line)
    return lines


def _ends_section(words: str) -> bool:
    """The heading of another section; a sentence that begins with such words (한정의견근거 단락에 …) is none."""
    starts = [n for n in _NEXT if words.startswith(n)]
    return any(len(words) <= len(n) + 2 or (len(words) <= 30 and words.endswith("책임")) for n in starts)


def _weigh(heading: str, page: int, at: Line, lines: Sequence[Line], scanned: bool) -> Said | None:
    text = re.sub(r"[^가-힣]", "", "".join(line.letters for line in lines))
    text = re.sub(r"내부회계관리제도.{0,80}?의견을표명하였습니다", "", text)
    slip = 2 if scanned else 0  # letters that OCR may have bent in a telltale sentence
    says = []
    if any(find_near(phrase, text, slip if len(phrase) > 6 else 0) for phrase in _NONE):
        says.append("disclaimer")
    if any(find_near(phrase, text, 1 if scanned else 0) for phrase in _UNFAIR):
        says.append("adverse")
    fair = _FAIR in text
    excepted = any(find_near(phrase, text, 1 if scanned else 0) for phrase in _EXCEPT)
    if fair and excepted:
        says.append("qualified")
    elif fair:
        says.append("unqualified")
    named = _HEADINGS[heading]
    if not says and not named:
        return None
    value = named or says[0]
    # A heading that is not "감사의견" and its sentence must say the same; two sentences must not differ.
    sure = len(says) == 1 and says[0] == value and (named == value or value == "unqualified")
    note = "" if sure else "감사의견 단락의 제목과 문장이 서로 맞지 않거나 문장을 다 읽지 못했습니다"
    telling = tuple(line for line in lines if "공정하게" in line.letters or "표명" in line.letters)[:3]
    days = "".join(line.letters for line in lines)
    years = frozenset(int(year) for year in _DAY.findall(days))
    return Said(value, page, (at, *[t for t in telling if t in lines]), sure, note, years)


def basis_in(papers: Sequence[Sheet]) -> Said | None:
    """한국채택국제회계기준 → k-ifrs, 일반기업회계기준 → k-gaap; unsure where both are named."""
    found: dict[str, tuple[int, Line]] = {}
    for paper in papers:
        for line, following in zip_longest(paper.lines, paper.lines[1:]):
            text = line.letters + (following.letters if following else "")
            for words, basis in _BASES.items():
                if words in text and basis not in found:
                    found[basis] = (paper.number, line)
    if not found:
        return None
    value, (page, line) = next(iter(found.items()))
    return Said(value, page, (line,), len(found) == 1, "" if len(found) == 1 else "회계기준이 둘 이상 적혀 있습니다")


def auditor_in(papers: Sequence[Sheet]) -> Said | None:
    """The audit firm: the name that stands alone on its line, on the cover and under the report."""
    names: Counter[str] = Counter()
    places: dict[str, tuple[int, Line]] = {}
    for paper in papers:
        for line in paper.lines:
            letters = line.letters
            match = _FIRM.search(letters)
            if match and len(letters) <= len(match[0]) + 12:
                names[match[0]] += 1
                places.setdefault(match[0], (paper.number, line))
    if not names:
        return None
    (name, count), *others = names.most_common()
    page, line = places[name]
    sure = not others and (count >= 2 or not papers[0].scanned)
    return Said(name, page, (line,), sure, "" if sure else "감사인 이름을 사람이 확인해야 합니다")


def is_audit_report(papers: Sequence[Sheet]) -> bool:
    return any("감사보고서" in paper.text or _AUDIT in paper.text for paper in papers)
