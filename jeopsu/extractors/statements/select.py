"""Which pages of a file are worth reading: the auditor's report, the balance sheet, the income statement.

An audit report runs to 60 pages, nearly all of them notes. A glance at each page is enough to leave those out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jeopsu.domain.documents import TextSource
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.pages import PageSource, UprightSource
from jeopsu.extractors.statements import headings, labels
from jeopsu.extractors.statements.model import StatementKind
from jeopsu.extractors.statements.paper import Paper

_KNOWN_LINES = 2  # lines with an item's label that make a page part of a statement
_LABEL = re.compile(r"^[^\d,]*[가-힣)]")
_STANDARD = re.compile(r"표준(?:대차대조표|재무상태표|손익계산서)")
_REPORT = re.compile(r"감사의견|감사보고서|독립된감사인|감사를실시|회계법인|우리의의견")
_COVER = re.compile(r"확인원|제표증명|재무제표를?확인|발급번호")
_NOTES = re.compile(r"(?:연결)?(?:재무제표(?:에대한)?)?주석")
_GLANCED = 0.38  # of a page's height, as a glance sees it
_FEW = 10  # a scan of so few pages is read where a glance leaves a page open


@dataclass(frozen=True)
class Pages:
    """Page numbers, in order. Statements may also begin at the foot of a front page."""

    front: list[int]  # cover and auditor's report
    statements: list[int]
    looked: int = 0  # the last page that was surely glanced at

    @property
    def all(self) -> list[int]:
        return sorted({*self.front, *self.statements})


def choose(source: PageSource, segment: Segment) -> Pages:
    """Sorts the pages of a segment into front matter, statements and the rest."""
    front: list[int] = []
    statements: list[int] = []
    number = segment.first_page
    few = segment.last_page - segment.first_page < _FEW
    for number in range(segment.first_page, min(segment.last_page, source.count) + 1):
        paper = _titled(source, number) if few else None
        if paper is None and few and segment.kind is Kind.AUDIT_REPORT and not statements:
            paper = _upper(source, number)
        paper = paper or Paper(source, number, glance=True)
        if paper.page.blank:
            continue
        if statements and _notes_begin(paper):
            break
        if _is_statement(paper):
            statements.append(number)
        elif not statements and (not paper.scanned or _REPORT.search(paper.text)):
            front.append(number)
        elif paper.scanned and few and not _other_statement(paper):
            (statements if statements else front).append(number)
    return Pages(front, statements, segment.first_page if few else number)


def _titled(source: PageSource, number: int) -> Paper | None:
    """A scan's ruled page by the words over its table, if they hold a statement's title, or by its first rows, if they
    are a statement's."""
    head = _head(source, number)
    if head is None:
        return None
    if _titles(head):
        # Under a 현금흐름표 may stand one of ours.
        return _head(source, number, last=True) if _other_statement(head) else head
    head = _head(source, number, rows=True)
    return head if head is not None and (_titles(head) or _is_statement(head)) else None


def _head(source: PageSource, number: int, last: bool = False, rows: bool = False) -> Paper | None:
    page = source.head(number, last, rows) if isinstance(source, UprightSource) else None
    return None if page is None else Paper(source, number, glance=True, page=page)


def _upper(source: PageSource, number: int) -> Paper | None:
    """What a glance at a page of an auditor's report would see: without a table, such a page is read whole anyway."""
    if not isinstance(source, UprightSource) or source.ruled(number):
        return None
    page, upright = source.page(number), source.upright(number)
    if page.source is TextSource.DIGITAL:
        return None
    pairs = zip(page.words, upright.words, strict=True)
    upper = tuple(word for word, own in pairs if own.box.bottom < _GLANCED * upright.height)
    return Paper(source, number, glance=True, page=page.model_copy(update={"words": upper}))


def _titles(paper: Paper) -> list[headings.Title]:
    return [title for line in paper.lines if (title := headings.title_of(line.text, paper.scanned))]


def is_cover(glance: Paper) -> bool:
    """A certificate that a tax agent or the tax office laid over the statements: a glance at it shows all it says."""
    return bool(_COVER.search(glance.text)) and not _REPORT.search(glance.text)


def _notes_begin(paper: Paper) -> bool:
    """The notes' own title page or first page."""
    return any(_NOTES.fullmatch(line.letters) for line in paper.lines[:6])


def _other_statement(paper: Paper) -> bool:
    """Its first title is that of a statement which is none of ours, such as 현금흐름표."""
    titles = _titles(paper)
    return bool(titles) and all(t.kind is StatementKind.OTHER for t in titles)


def _is_statement(paper: Paper) -> bool:
    known = 0
    for line in paper.lines:
        title = headings.title_of(line.text, paper.scanned)
        if title is not None and title.kind is not StatementKind.OTHER:
            return True
        if len(_STANDARD.findall(line.letters)) == 1 and not headings.is_listing(line.letters):
            return True
        match = _LABEL.match(line.text)
        if match and labels.is_item(match[0], paper.scanned):
            known += 1
    return known >= _KNOWN_LINES
