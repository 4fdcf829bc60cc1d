"""Where a statement's pages name the company: by their own words and never by the file's name.

It is named at known places only: beside a label (상호, 회사명), alone on a line of the cover or over a statement's
table, over "주주 및 이사회 귀중", and in the auditor's sentence. Whoever else stands there (auditor, tax agent, bank, a
group's members) is not the company.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jeopsu.domain.values import company_name
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.form_parts import Found
from jeopsu.extractors.kinds.forms import Form
from jeopsu.extractors.kinds.layout import Ink, Line, compact, union
from jeopsu.extractors.pages import PageSource
from jeopsu.extractors.statements import headings
from jeopsu.extractors.statements.paper import Paper

NAMES = (
    "상호(법인명)", "법인명(상호)", "법인명(단체명)", "상호(단체명)", "상호또는법인명", "법인명", "상호", "회사명",
    "회사의명칭", "회사명칭", "기업명", "업체명", "단체명",
)  # fmt: skip
BUSINESS = ("사업자등록번호", "사업자번호")
CORPORATE = ("법인등록번호", "법인번호")
STOPS = (
    *NAMES, *BUSINESS, *CORPORATE, "성명(대표자)", "대표자", "대표이사", "성명", "사업장소재지", "소재지", "주소",
    "사업연도", "회계연도", "결산기", "업태", "종목", "업종", "개업일", "전화번호", "발급번호", "처리기간",
    "표준대차대조표", "표준재무상태표", "표준손익계산서", "단위", "계정과목",
)  # fmt: skip
_LEGAL = r"(?:주식회사|유한책임회사|유한회사|합자회사|합명회사|\([주유합]\)|㈜)"
_CORE = r"[가-힣A-Za-z0-9&.,·'’‧-]{1,30}"
_FARM = r"(?:농업회사법인|어업회사법인)?"
_ALONE = re.compile(rf"{_FARM}(?:{_LEGAL}{_CORE}|{_CORE}{_LEGAL})")
_UNIT = re.compile(r"[(\[]단위[^)\]]{0,8}[)\]]")
_BENT_FORM = re.compile(r"[주쥬추즈][식석삭씩][회희][사시]")  # as OCR has it
_FORMER = re.compile(r"\((?:구|舊|변경전)[^)]*\)")
# Behind a name: its former or English one, the group it leads, its head, number, the period or unit of the table below.
_BEHIND = re.compile(
    r"(?:\((?:구|舊|변경전|영문)|\(?이하|(?:와|과|및)그?(?:의)?종속(?:기업|회사)|\(?단위|대표이사|"
    r"[-:|]*(?:사업자|법인)(?:등록)?번호|"
    r"제\d{1,3}(?:\([당전]+\))?기(?:$|[^가-힣]|재무|감사|결산)|(?:19|20)\d\d[.년]|\([A-Za-z][^가-힣)]*\)$|"
    r"\(?[A-Za-z][A-Za-z&.,]*(?:Co|CO|Ltd|LTD|Inc|INC|Corp|CORP)\b).*$"
)
# These act for a company or lend to it; and the words that name another one's part.
_OTHERS = re.compile(
    r"회계법인|세무법인|감사반|(?:회계|세무)(?:사|사무소)|세무회계|세무서|은행$|진흥원|공단$|귀중|귀하|지배|종속|관계기업|관계회사|"
    r"^우리는|모회사|자회사|특수관계|제출처|거래처|주주|피투자|감사보고|재무제표|확인원|증명$|첨부"
)
_AGENT = re.compile(r"세무대리인|기장대리|확인자|세무사|공인회계사|회계법인|세무법인|감사반|세무회계")
_AUDITED = re.compile(
    rf"우리는(?:별첨된|첨부된)?({_FARM}(?:{_LEGAL}[가-힣A-Za-z0-9&.,·-]{{1,30}}?|[가-힣A-Za-z0-9&.,·-]{{1,30}}?{_LEGAL}))"
    r"(?:\([^)]{0,30}\)|[와과및]그?종속(?:기업|회사)들?)*의.{0,40}?(?:재무제표|재무상태표|대차대조표)"
)
_ADDRESSED = re.compile(r"^(.{0,40}?)(?:주주(?:및이사회|및사원|여러분)?|이사회|사원총회)(?:귀중|귀하)")
_LABELLED = re.compile(r"^[^가-힣]{0,2}(?:회사명|법인명|상호|기업명|업체명)[^가-힣(㈜A-Za-z]{0,2}")
_UNDER_TITLE = 8  # lines
_LOOKED_AGAIN = 3  # names of a scan that are read at other sizes


@dataclass(frozen=True)
class Mention:
    """A place that names the company."""

    name: str
    paper: Paper
    inks: tuple[Ink, ...]
    telling: bool  # beside a label, or over a table: no other company is named there

    @property
    def plain(self) -> str:
        return company_name.plain(self.name)


def once(mentions: Iterable[Mention]) -> list[Mention]:
    """Without what was found twice at one place: by its label and by its line."""
    kept: list[Mention] = []
    for mention in mentions:
        if not any(m.paper is mention.paper and set(m.inks) & set(mention.inks) for m in kept):
            kept.append(mention)
    return kept


def over_tables(paper: Paper) -> list[Line]:
    """A statement page's lines over its first table, and those close under a later statement's title."""
    top = min((cell.box.top for grid in paper.grids for cell in grid.cells), default=None)
    titled = [n for n, line in enumerate(paper.lines) if headings.title_of(line.text, paper.scanned)]
    return [
        line
        for n, line in enumerate(paper.lines)
        if (top is not None and line.box.centre[1] < top) or any(t <= n <= t + _UNDER_TITLE for t in titled)
        or (n < _UNDER_TITLE)
    ]  # fmt: skip


def mentions_on(paper: Paper, lines: Sequence[Line], over_table: bool) -> Iterator[Mention]:
    form = Form(paper, STOPS, lines)
    for label in form.labels(NAMES):
        found = form.beside(label)
        if found is not None and (name := _labelled(found)):
            yield Mention(name, paper, found.inks, True)
    for number, line in enumerate(lines):
        if name := _alone(line.letters):
            yield Mention(name, paper, line.inks, over_table)
        elif match := _ADDRESSED.match(line.letters):
            before = line if match[1] else lines[number - 1] if number else None
            if before is None or line.box.top - before.box.bottom > 2.5 * line.height:
                continue
            if name := _plain_name(match[1] or before.letters):
                yield Mention(name, paper, before.inks, True)


def companys(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines over the first one that names a tax agent or an auditor: what stands under it may be theirs."""
    return lines[: next((n for n, line in enumerate(lines) if _AGENT.search(line.letters)), len(lines))]


def unread_names(paper: Paper, lines: Sequence[Line]) -> Iterator[tuple[tuple[Ink, ...], str]]:
    """What stands beside a company's label and is no name as it was read ("주식회사 대륭^1테크"), though its legal form
    says that it is one."""
    form = Form(paper, STOPS, lines)
    for label in form.labels(NAMES):
        found = form.beside(label)
        letters = compact(found.text) if found else ""
        if found and re.search(_LEGAL, letters) and not _labelled(found) and _whole(letters):
            yield found.inks, letters


def audited(parts: Sequence[tuple[Paper, Sequence[Line]]]) -> Iterator[Mention]:
    """우리는 ○○ 주식회사(이하 "회사")의 재무제표를 감사하였습니다."""
    for paper, lines in parts:
        for number, line in enumerate(lines):
            if "우리는" not in line.letters:
                continue
            text = "".join(after.letters for after in lines[number : number + 3])
            match = _AUDITED.search(re.sub(r"[\"“”'‘’]", "", text))
            if match and not _OTHERS.search(match[1]) and _whole(match[1]):
                yield Mention(_spelled(match[1]), paper, line.inks, False)


def read_otherwise(mentions: Sequence[Mention], source: PageSource) -> Iterator[str]:
    """What a scan's names are read as at other sizes."""
    for mention in [m for m in mentions if m.paper.scanned][:_LOOKED_AGAIN]:
        for reading in source.again(mention.paper.number, union(mention.inks)):
            letters = compact(reading.text)
            if name := _alone(letters) or _plain_name(_LABELLED.sub("", letters)):
                yield name


def _labelled(found: Found) -> str | None:
    return _plain_name(compact(names.company(found.text) or ""))


def _alone(letters: str) -> str | None:
    """The company that a line names and nothing else: its legal form tells it from other words."""
    rest = _bare(_LABELLED.sub("", letters))
    match = _ALONE.fullmatch(rest)
    return _spelled(rest) if match and not _OTHERS.search(rest) and _whole(rest) else None


def _plain_name(letters: str) -> str | None:
    """A name at a place that holds nothing but names: its legal form may be left out."""
    rest = _bare(letters)
    sound = re.fullmatch(rf"{_FARM}{_LEGAL}?{_CORE}{_LEGAL}?", rest) and company_name.plausible(rest)
    return _spelled(rest) if sound and not _OTHERS.search(rest) and _whole(rest) else None


def _bare(letters: str) -> str:
    """A name without what stands behind it."""
    letters = _UNIT.sub("", _FORMER.sub("", unicodedata.normalize("NFKC", letters)))
    letters = _BENT_FORM.sub("주식회사", letters)
    return _BEHIND.sub("", letters).strip("|.,:;'\"-_[]『』「」")


def _whole(letters: str) -> bool:
    """Two letters at least besides the legal form, and not figures alone."""
    return len(re.findall(r"[가-힣A-Za-z]", company_name.plain(letters))) >= 2


def _spelled(letters: str) -> str:
    """A blank between name and legal form, as people write it."""
    return re.sub(r"^(주식회사|유한책임회사|유한회사)|(주식회사|유한책임회사|유한회사)$", r" \1\2 ", letters).strip()
