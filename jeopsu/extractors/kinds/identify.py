"""What each page of a file is: titles at the head of a page first, phrases of its body second; never the file's name.

A wrong kind must not be stated with confidence: a bent title (OCR) counts only with phrases of the same form beside it,
and a paper that merely sounds alike (중소기업 확인서) is known by its own title.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jeopsu.domain.documents import TextSource
from jeopsu.domain.evidence import Evidence, Region
from jeopsu.domain.kinds import STATEMENTS, Kind, Segment
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.closeness import find_near
from jeopsu.extractors.kinds.headings import (
    Title,
    Titles,
    bent_towards,
    heading_of,
    is_unknown_paper,
    known_titles,
    read_again,
)
from jeopsu.extractors.kinds.layout import Sheet, union
from jeopsu.extractors.kinds.second_opinion import CLEAR, opinion
from jeopsu.extractors.kinds.titles import STATEMENT_HEADS, WORDS
from jeopsu.extractors.pages import PageSource

SURE, LIKELY = 0.97, 0.85
_OUTSPOKEN = 3  # phrases by which another kind speaks louder on a page than the one its heading names
_AGAIN = 3  # phrases of a form's first page that stand on a later one where the form begins again
_COVER = 1.2  # of the page's usual print
_STATEMENTS_OF = {"balance": ("재무상태표", "대차대조표"), "income": ("손익계산서", "포괄손익계산서")}
DOUBTED = 0.7  # below what counts as certain anywhere: a person looks


@dataclass(frozen=True)
class Look:
    """What one page says of itself."""

    number: int
    title: Title | None
    hints: dict[Kind, int]
    blank: bool
    source: TextSource
    letters: str = ""  # its text without blanks
    bent: Kind | None = None  # whose title its heading resembles, where it fits none
    unknown: bool = False  # headed in large print as a paper that is none of the known ones

    @property
    def kind(self) -> Kind | None:
        return self.title.kind if self.title else None


def look(sheet: Sheet, request: ReadRequest) -> Look:
    """One page's heading and the phrases of its body."""
    titles = _titles(request)
    text = "".join(line.letters for line in sheet.lines)
    counts = {kind: sum(phrase in text for phrase in words.phrases) for kind, words in WORDS.items()}
    title = heading_of(sheet, titles, _spoken(counts) if sheet.scanned else frozenset())
    # Bent phrases are looked for only where the title is in doubt: it takes a tenth of a second a page.
    if sheet.scanned and not (title and title.kind and title.edits == 0):
        counts = {kind: sum(_nearly_in(phrase, text) for phrase in words.phrases) for kind, words in WORDS.items()}
    return Look(
        number=sheet.number,
        title=title,
        hints={kind: count for kind, count in counts.items() if count},
        blank=sheet.page.blank or not sheet.inks,
        source=sheet.page.source,
        letters=text,
        bent=bent_towards(sheet, titles) if title is None and sheet.scanned else None,
        unknown=title is None and is_unknown_paper(sheet, titles),
    )


def _spoken(counts: dict[Kind, int]) -> frozenset[Kind]:
    """The kinds whose phrases stand most often in a page's text, letter for letter; none where that says little."""
    most = max(counts.values())
    return frozenset(kind for kind, count in counts.items() if count == most) if most >= 2 else frozenset()


def _nearly_in(phrase: str, text: str) -> bool:
    return phrase in text or (len(phrase) >= 5 and find_near(phrase, text, 1) is not None)


def identify(source: PageSource, request: ReadRequest) -> tuple[Segment, ...]:
    """Runs of pages, each one document, in order. Every page belongs to exactly one segment.

    Kind None with confidence 0 where nothing is recognised. Blank pages belong to the segment before them.
    """
    looks = [_look_at(source, number, request) for number in range(1, source.count + 1)]
    runs: list[list[Look]] = []
    for page in looks:
        if runs and _continues(runs[-1], page):
            runs[-1].append(page)
        else:
            runs.append([page])
    return tuple(_segment(source, run, request) for run in runs)


def _look_at(source: PageSource, number: int, request: ReadRequest) -> Look:
    seen = look(Sheet(source, number, glance=True), request)
    sure = seen.title is not None and seen.title.kind is not None and seen.title.edits == 0 and not seen.title.inner
    if sure or seen.blank or seen.source is TextSource.DIGITAL:
        return seen
    if number > 1 and seen.title is not None and seen.title.inner:
        return seen  # a statement's inner page: its reader reads it in full
    sheet = Sheet(source, number)
    full = look(sheet, request)
    if full.title is None and (title := read_again(sheet, source, _titles(request))) is not None:
        return replace(full, title=title, unknown=False)
    return full


def _titles(request: ReadRequest) -> Titles:
    return known_titles(tuple(sorted((kind, tuple(titles)) for kind, titles in request.titles.items())))


def _continues(run: list[Look], page: Look) -> bool:
    """Whether a page goes on with the document before it."""
    kind = next((seen.kind for seen in run if seen.kind and seen.title and not seen.title.inner), None)
    if page.blank or page.title is None or page.title.inner:
        if page.blank or page.title is not None or kind is None:
            return True
        return not _belongs_elsewhere(kind, page) and not _begins_again(kind, run, page)
    if page.title.kind is None:  # another paper: evidence attached to the form before it
        return True
    if page.title.kind in STATEMENTS and kind in STATEMENTS:
        # An audit report's cover and its opinion carry the same title.
        return page.title.kind == kind and not _next_statement(run, page, page.title)
    if page.title.kind is kind and _begins_again(kind, run, page):
        return False
    return _trust(page, page.title) < 0.8


def _next_statement(run: list[Look], page: Look, title: Title) -> bool:
    """A cover behind figures: another year's or another company's statement, bound in behind the one before it.

    On the tax office's form each table has a title of its own: it begins again where one comes back behind another.
    """
    heads = [seen.title.known for seen in run if seen.title]
    if title.kind is Kind.STANDARD_STATEMENTS:
        return title.known in heads and heads[-1] != title.known
    told = {head for head in _STATEMENTS_OF if any(seen in _STATEMENTS_OF[head] for seen in heads)}
    if title.kind is Kind.CLOSING_STATEMENTS and len(told) < len(_STATEMENTS_OF):
        return False  # 가결산서 may stand over each of its tables
    return bool(told) and title.large > _COVER  # a running head is no cover


def _begins_again(kind: Kind, run: list[Look], page: Look) -> bool:
    """A page that says once more what its form's first page says, the project's name with it: another copy of the form
    (of a stranger, bound in behind ours) whose title OCR lost. A table's next page repeats its headings alone."""
    first = next((seen for seen in run if not seen.blank), run[0])
    if kind in STATEMENTS or page.hints.get(kind, 0) < _AGAIN or _names_project(first) != _names_project(page):
        return False
    said = [phrase for phrase in WORDS[kind].phrases if _nearly_in(phrase, first.letters)]
    again = sum(_nearly_in(phrase, page.letters) for phrase in said)
    return again >= _AGAIN and 2 * again >= len(said)


def _names_project(page: Look) -> bool:
    return "과제명" in page.letters or _nearly_in("연구개발과제명", page.letters)


def _belongs_elsewhere(kind: Kind, page: Look) -> bool:
    """A page without a title whose body plainly speaks another form's words: of a merged scan whose title OCR lost,
    two of its phrases and the second opinion say so."""
    if kind in STATEMENTS or page.hints.get(kind, 0):
        return False
    if page.source is TextSource.DIGITAL:
        return max((count for name, count in page.hints.items() if name != kind), default=0) >= 4
    said = opinion(page.letters)
    if said is None or said.kind is None or said.share < CLEAR:
        return False
    return said.kind != kind and page.hints.get(said.kind, 0) >= 2


def _trust(page: Look, title: Title) -> float:
    """How sure a page's title makes its kind, 0..1."""
    if title.kind is None or title.inner:
        return 0.0
    hints = page.hints.get(title.kind, 0)
    rival = max((count for kind, count in page.hints.items() if kind != title.kind), default=0)
    if title.edits == 0:
        if rival >= hints + _OUTSPOKEN:
            return 0.6  # a heading that the page does not bear out: a list of papers, whose own title was lost
        return SURE if hints or title.large > 1.2 else 0.6
    if hints >= 2 and hints >= rival:
        return LIKELY
    return 0.6 if hints else 0.4


def _segment(source: PageSource, run: list[Look], request: ReadRequest) -> Segment:
    first, last = run[0].number, run[-1].number
    title, page = None, run[0]
    for seen in run:
        if seen.title and seen.title.kind and not seen.title.inner:
            title, page = seen.title, seen
            break
    kind, confidence, words = None, 0.0, ""
    if title is not None:
        kind, confidence, words = title.kind, _trust(page, title), title.text
        if confidence < LIKELY and title.kind and title.kind == request.hint and page.hints.get(title.kind, 0) >= 1:
            confidence = LIKELY  # the bent title, the form's words and the file's name all say the same
    elif any(seen.title and seen.title.known in STATEMENT_HEADS for seen in run):
        kind, confidence = Kind.CLOSING_STATEMENTS, 0.6
        words = next(seen.title.text for seen in run if seen.title)
    elif run[0].title is not None and run[0].title.kind is None and not run[0].title.inner:
        words = run[0].title.text  # known to be another paper
    else:
        kind, confidence = _by_body(run, request.hint)
    if kind is not None and confidence >= LIKELY and not _agreed(page, kind):
        confidence = DOUBTED
    evidence: tuple[Evidence, ...] = ()
    if title is not None:
        evidence = (Region(file=request.name, page=page.number, box=union(title.inks)),)
    return Segment(kind=kind, first_page=first, last_page=last, confidence=confidence, title=words, evidence=evidence)


def _agreed(page: Look, kind: Kind) -> bool:
    """Whether the second opinion lets a kind stand. Statements share their pages: one for another is no doubt."""
    said = opinion(page.letters)
    if said is None or said.kind is None or said.share < CLEAR:
        return True  # "none of these" is what it says of every form it was not shown
    return said.kind == kind or {said.kind, kind} <= STATEMENTS


def _by_body(run: list[Look], hint: Kind | None) -> tuple[Kind | None, float]:
    """The kind whose phrases fill the first pages, where no title could be read.

    Sure only where the file's name, an independent witness, says the same and no other kind comes near.
    """
    counts: dict[Kind, int] = {}
    for seen in run[:2]:
        for kind, count in seen.hints.items():
            counts[kind] = counts.get(kind, 0) + count
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if not ranked:
        return None, 0.0
    second = ranked[1][1] if len(ranked) > 1 else 0
    best, count = ranked[0]
    if hint is not None and best == hint and count > second and count >= 3 and not run[0].unknown:
        return best, LIKELY
    if hint is not None and hint == run[0].bent and counts.get(hint, 0) >= max(1, second):
        said = opinion(run[0].letters)
        if said is not None and said.kind == hint and said.share >= CLEAR:
            return hint, LIKELY  # the bent title, its words, the second opinion and the file's name say the same
    if count < 3:
        return None, 0.0
    return best, 0.75 if count >= second + 3 else 0.5
