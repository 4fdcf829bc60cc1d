"""What each page of a file is: titles at the head of a page first, phrases of its body second; never the file's name.

A wrong kind must not be stated with confidence: a bent title (OCR) counts only with phrases of the same form beside it,
and a paper that merely sounds alike (중소기업 확인서) is known by its own title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jeopsu.domain.documents import TextSource
from jeopsu.domain.evidence import Region
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.closeness import allowed, distance, find_near
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet, compact, union
from jeopsu.extractors.kinds.second_opinion import CLEAR, opinion
from jeopsu.extractors.kinds.titles import INNER, OTHERS, STATEMENT_HEADS, WORDS
from jeopsu.extractors.pages import PageSource

STATEMENTS = frozenset({Kind.AUDIT_REPORT, Kind.CLOSING_STATEMENTS, Kind.STANDARD_STATEMENTS})
HEAD = 0.45  # a title stands in the upper part of its page; covers of audit reports print it lowest
SURE, LIKELY = 0.97, 0.85
_OUTSPOKEN = 3  # phrases by which another kind speaks louder on a page than the one its heading names
DOUBTED = 0.7  # below what counts as certain anywhere: a person looks
_FORM_TAG = re.compile(r"^[\[［(〔【]?(?:서식|별지|붙임|양식|별첨)[-–—_제]?\d{0,2}호?(?:서식)?[\]］)〕】]?[.:]?")
_SPECKS = re.compile(r"^[0-9a-z]{1,2}(?=[가-힣])|(?<=[가-힣])[0-9a-z]{1,2}$")
_ODD = re.compile(r"[\s\[\]［］()（）{}<>〈〉「」『』【】〔〕·ㆍ・./,:;'\"“”‘’*\-–—_~|]")


@dataclass(frozen=True)
class Title:
    """A heading found on a page: the kind it names (None: another paper's or an inner page's heading)."""

    kind: Kind | None
    inner: bool
    edits: int
    length: int
    large: float  # its height against the page's usual one
    inks: tuple[Ink, ...]

    @property
    def text(self) -> str:
        return " ".join(ink.text for ink in self.inks)


@dataclass(frozen=True)
class Look:
    """What one page says of itself."""

    number: int
    title: Title | None
    hints: dict[Kind, int]
    blank: bool
    source: TextSource
    letters: str = ""  # its text without blanks
    unknown: bool = False  # headed in large print as a paper that is none of the known ones

    @property
    def kind(self) -> Kind | None:
        return self.title.kind if self.title else None


def plain(text: str) -> str:
    """A title reduced to its letters: brackets, dots and dashes differ from print to print."""
    return _ODD.sub("", compact(text)).casefold()


@lru_cache(maxsize=8)
def _titles(extra: tuple[tuple[Kind, tuple[str, ...]], ...]) -> tuple[tuple[str, Kind | None, bool], ...]:
    """All titles as (letters, kind, inner), longest first: the longest that fits names the page."""
    found: dict[str, tuple[Kind | None, bool]] = {plain(title): (None, False) for title in OTHERS}
    found |= {plain(title): (kind, True) for title, kind in INNER.items()}
    for kind, words in WORDS.items():
        found |= {plain(title): (kind, False) for title in words.titles}
    for kind, titles in extra:
        # A call's title may name several papers ("사업자등록증, 법인등기부등본"); only titles of one paper are its own.
        found |= {plain(title): (kind, False) for title in titles if "," not in title and plain(title) not in found}
    return tuple((title, *what) for title, what in sorted(found.items(), key=lambda item: -len(item[0])) if title)


def look(sheet: Sheet, request: ReadRequest) -> Look:
    """One page's heading and the phrases of its body."""
    extra = tuple(sorted((kind, tuple(titles)) for kind, titles in request.titles.items()))
    text = "".join(line.letters for line in sheet.lines)
    counts = {kind: sum(phrase in text for phrase in words.phrases) for kind, words in WORDS.items()}
    title = _heading(sheet, _titles(extra), _spoken(counts) if sheet.scanned else frozenset())
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
        unknown=title is None and _is_unknown_paper(sheet, _titles(extra)),
    )


_PAPER = re.compile(r"(?:확인서|증명서|증명원|확인원|등록증|인정서|지정서|인증서|신청서|동의서|서약서|확약서|점검표)$")
_LARGE = 1.4  # of the page's usual print


def _is_unknown_paper(sheet: Sheet, titles: tuple[tuple[str, Kind | None, bool], ...]) -> bool:
    """Whether the page's large heading names a paper, and none of ours: "예비 ○○기업 확인서" is not a bent "○○기업
    확인서", however much of that form's words follow."""
    heights = sorted(ink.box.height for ink in sheet.inks for _ in ink.text)
    usual = heights[len(heights) // 2] if heights else 1.0
    for line in sheet.lines[:15]:
        letters = plain(line.letters)
        if line.box.top > HEAD * sheet.height or not 5 <= len(letters) <= 24:
            continue
        if line.height > _LARGE * usual and _PAPER.search(letters):
            near = max(2, len(letters) // 3)
            return all(inner or not kind or distance(letters, title, near) > near for title, kind, inner in titles)
    return False


def _spoken(counts: dict[Kind, int]) -> frozenset[Kind]:
    """The kinds whose phrases stand most often in a page's text, letter for letter; none where that says little."""
    most = max(counts.values())
    return frozenset(kind for kind, count in counts.items() if count == most) if most >= 2 else frozenset()


def _nearly_in(phrase: str, text: str) -> bool:
    return phrase in text or (len(phrase) >= 5 and find_near(phrase, text, 1) is not None)


def _heading(sheet: Sheet, titles: tuple[tuple[str, Kind | None, bool], ...], spoken: frozenset[Kind]) -> Title | None:
    """The best title among the lines of the page's head; large print and few edits win, then the upper one.

    `spoken`: kinds whose words fill the page. A list of papers names them all in print that OCR may take for large.
    """
    lines = sheet.lines
    if not lines:
        return None
    # The height of most letters; a title in spaced letters is many short words.
    heights = sorted(ink.box.height for ink in sheet.inks for _ in ink.text)
    usual = heights[len(heights) // 2]
    best: tuple[tuple[float, float], Title] | None = None
    for place, line in enumerate(lines[:30]):
        if line.box.top > HEAD * sheet.height:
            break
        for inks in _candidates(lines, place, usual):
            letters = plain(_FORM_TAG.sub("", compact("".join(ink.text for ink in inks))))
            found = _match(letters, titles, sheet.scanned)
            if found is None:
                continue
            title, kind, inner, edits = found
            large = sorted(ink.box.height for ink in inks)[len(inks) // 2] / usual
            candidate = Title(kind, inner, edits, len(title), large, tuple(inks))
            # A row of a table prints another document's title in small type, further down.
            told = (1.0 if not inner else 0.0) + (1.5 if kind in spoken else 0.0)
            score = (-edits + min(large, 2.0) * 2 + told, -line.box.top)
            if best is None or score > best[0]:
                best = (score, candidate)
    return best[1] if best else None


def _candidates(lines: list[Line], place: int, usual: float) -> list[list[Ink]]:
    """Word groups that could be a whole title: the line, its parts set off by wide gaps, the line with the next."""
    line = list(lines[place].inks)
    groups = [line]
    for wide in (1.2, 2.5):
        parts: list[list[Ink]] = [[line[0]]]
        for before, ink in zip(line, line[1:], strict=False):
            if ink.box.left - before.box.right > wide * max(before.box.height, ink.box.height):
                parts.append([ink])
            else:
                parts[-1].append(ink)
        if len(parts) > 1:
            groups += parts
    if len(line) > 1:
        # "서식 9 ▏연구개발기관 대표의 …": the tag stands in a box of its own.
        heights = sorted({round(ink.box.height, 1) for ink in line})
        if heights[-1] > 1.15 * heights[0]:
            groups.append([ink for ink in line if ink.box.height > 0.9 * heights[-1]])
    if place + 1 < len(lines):
        below = lines[place + 1]
        if below.box.top - lines[place].box.bottom < 1.5 * lines[place].height:
            groups.append(line + list(below.inks))
            tall = [ink for ink in line + list(below.inks) if ink.box.height > 1.25 * usual]
            if len(tall) > 1:
                groups.append(tall)
        if place + 2 < len(lines):
            tall = [i for n in (0, 1, 2) for i in lines[place + n].inks if i.box.height > 1.25 * usual]
            if len(tall) > 1:
                groups.append(tall)
    return [group for group in groups if group]


def _match(
    letters: str, titles: tuple[tuple[str, Kind | None, bool], ...], scanned: bool
) -> tuple[str, Kind | None, bool, int] | None:
    """The title nearest to these letters. Between two equally near ones of different kinds: none."""
    if not 2 <= len(letters) <= 60:
        return None
    if scanned and (bare := _SPECKS.sub("", letters)) != letters and (found := _match(bare, titles, False)):
        return found  # a frame's corner or a stain before the title, read as a figure or a letter
    best: tuple[str, Kind | None, bool, int] | None = None
    tie = False
    for title, kind, inner in titles:
        limit = allowed(title) if scanned else 0
        if not inner and limit == 0 and letters.startswith(title) and _only_tail(letters[len(title) :]):
            edits = 0
        else:
            edits = distance(letters, title, limit)
        if edits > limit and scanned and not inner and len(title) >= 9:
            edits = _within(title, letters, limit)
        if edits > limit:
            continue
        if best is None or edits < best[3]:
            best, tie = (title, kind, inner, edits), False
        elif edits == best[3] and kind != best[1]:
            tie = True
    return None if tie else best


def _within(title: str, letters: str, limit: int) -> int:
    """Edits of a long title inside a line that begins or ends with what OCR made of the form's tag or a frame."""
    if len(letters) > len(title) + 6:
        return limit + 1
    near = find_near(title, letters, limit)
    return max(1, near[2]) if near else limit + 1


def _only_tail(rest: str) -> bool:
    """What may follow a title on its line and change nothing."""
    return rest in {
        "",
        "법인사업자",
        "제출용",
        "현재유효사항제출용",
        "말소사항포함제출용",
        "및증빙서류",
        "증빙서류",
        "원본",
    }


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
    return look(Sheet(source, number), request)


def _continues(run: list[Look], page: Look) -> bool:
    """Whether a page goes on with the document before it."""
    kind = next((seen.kind for seen in run if seen.kind and not seen.title.inner), None)
    if page.blank or page.title is None or page.title.inner:
        return not (page.title is None and not page.blank and kind and _belongs_elsewhere(kind, page))
    if page.title.kind is None:  # another paper: evidence attached to the form before it
        return True
    if page.title.kind in STATEMENTS and kind in STATEMENTS:
        # An audit report's cover and its opinion carry the same title; statements of several years follow each other.
        return page.title.kind == kind
    return _trust(page, page.title) < 0.8


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
        if confidence < LIKELY and title.kind == request.hint and page.hints.get(title.kind, 0) >= 1:
            confidence = LIKELY  # the bent title, the form's words and the file's name all say the same
    elif any(seen.title and plain(seen.title.text) in STATEMENT_HEADS for seen in run):
        kind, confidence = Kind.CLOSING_STATEMENTS, 0.6
        words = next(seen.title.text for seen in run if seen.title)
    elif run[0].title is not None and run[0].title.kind is None and not run[0].title.inner:
        words = run[0].title.text  # known to be another paper
    else:
        kind, confidence = _by_body(run, request.hint)
    if kind is not None and confidence >= LIKELY and not _agreed(page, kind):
        confidence = DOUBTED
    evidence = ()
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
    if not ranked or ranked[0][1] < 2:
        return None, 0.0
    second = ranked[1][1] if len(ranked) > 1 else 0
    best, count = ranked[0]
    if hint is not None and best == hint and count > second and count >= 3 and not run[0].unknown:
        return best, LIKELY
    if count < 3:
        return None, 0.0
    return best, 0.75 if count >= second + 3 else 0.5
