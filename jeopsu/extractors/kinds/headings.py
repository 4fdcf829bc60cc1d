"""The heading of a page: which known title its head bears, also bent by OCR or set in a frame beside its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jeopsu.domain.kinds import Kind
from jeopsu.extractors.kinds.closeness import allowed, distance, find_near
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet, compact, union
from jeopsu.extractors.kinds.titles import INNER, OTHERS, WORDS
from jeopsu.extractors.pages import PageSource

Titles = tuple[tuple[str, Kind | None, bool], ...]  # letters, kind, whether it heads an inner page
HEAD = 0.45  # a title stands in the upper part of its page; covers of audit reports print it lowest
_LARGE = 1.4  # of the page's usual print
_PAPER = re.compile(r"(?:확인서|증명서|증명원|확인원|등록증|인정서|지정서|인증서|신청서|동의서|서약서|확약서|점검표)$")
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
    known: str = ""  # the known title that it is, in letters

    @property
    def text(self) -> str:
        return " ".join(ink.text for ink in self.inks)


def plain(text: str) -> str:
    """A title reduced to its letters: brackets, dots and dashes differ from print to print."""
    return _ODD.sub("", compact(text)).casefold()


@lru_cache(maxsize=8)
def known_titles(extra: tuple[tuple[Kind, tuple[str, ...]], ...]) -> Titles:
    """All titles as (letters, kind, inner), longest first: the longest that fits names the page."""
    found: dict[str, tuple[Kind | None, bool]] = {plain(title): (None, False) for title in OTHERS}
    found |= {plain(title): (kind, True) for title, kind in INNER.items()}
    for kind, words in WORDS.items():
        found |= {plain(title): (kind, False) for title in words.titles}
    for kind, titles in extra:
        # A call's title may name several papers ("사업자등록증, 법인등기부등본"); only titles of one paper are its own.
        found |= {plain(title): (kind, False) for title in titles if "," not in title and plain(title) not in found}
    return tuple((title, *what) for title, what in sorted(found.items(), key=lambda item: -len(item[0])) if title)


_BEHIND = re.compile(r"(?:추정|가결산)?(?:(?:금액)?단위:?.{0,2}원)?")


def _usual_height(sheet: Sheet) -> float:
    """The height of most letters (points), counted by letter: a title in spaced letters is many short words."""
    heights = sorted(ink.box.height for ink in sheet.inks for _ in ink.text)
    return heights[len(heights) // 2] if heights else 1.0


def is_unknown_paper(sheet: Sheet, titles: Titles) -> bool:
    """Whether the page's large heading names a paper, and none of ours: "예비 ○○기업 확인서" is not a bent "○○기업
    확인서", however much of that form's words follow."""
    usual = _usual_height(sheet)
    for line in sheet.lines[:15]:
        letters = plain(line.letters)
        if line.box.top > HEAD * sheet.height or not 5 <= len(letters) <= 24:
            continue
        if line.height > _LARGE * usual and _PAPER.search(letters):
            near = max(2, len(letters) // 3)
            return all(inner or not kind or distance(letters, title, near) > near for title, kind, inner in titles)
    return False


def bent_towards(sheet: Sheet, titles: Titles) -> Kind | None:
    """Of a scan's large heading that fits no title: the kind whose title it is nearest to, two letters of five lost at
    most, and nearer than to any other paper's. It says little alone."""
    usual = _usual_height(sheet)
    for line in sheet.lines[:15]:
        letters = plain(line.letters)
        if line.box.top > HEAD * sheet.height or not 5 <= len(letters) <= 40 or line.height <= 1.2 * usual:
            continue
        limit = 2 * len(letters) // 5
        near = sorted((distance(letters, title, limit), str(kind), kind) for title, kind, _ in titles if len(title) > 4)
        others = [edits for edits, _, kind in near if kind != near[0][2]]
        if near[0][0] <= limit and near[0][2] and (not others or near[0][0] < others[0]):
            return near[0][2]
    return None


def read_again(sheet: Sheet, source: PageSource, titles: Titles) -> Title | None:
    """The title of a scan's largest heading that fits none as it was read: the one kind that its line, read at other
    sizes, names. Never taken for spelled right: the form's own words must bear it out."""
    usual = _usual_height(sheet)
    heads = [line for line in sheet.lines[:15] if line.box.top < HEAD * sheet.height and 4 <= len(line.letters) <= 40]
    line = max(heads, key=lambda line: line.height, default=None)
    if line is None or line.height <= _LARGE * usual:
        return None
    found = {}
    for reading in source.again(sheet.number, union(line.inks)):
        match = _match(plain(_FORM_TAG.sub("", compact(reading.text))), titles, True)
        if match is not None:
            found[match[1], match[2]] = match
    if len(found) != 1:
        return None
    ((title, kind, inner, edits),) = found.values()
    return Title(kind, inner, max(1, edits), len(title), line.height / usual, tuple(line.inks), title)


def heading_of(sheet: Sheet, titles: Titles, spoken: frozenset[Kind]) -> Title | None:
    """The best title among the lines of the page's head; large print and few edits win, then the upper one.

    `spoken`: kinds whose words fill the page. A list of papers names them all in print that OCR may take for large.
    """
    lines = sheet.lines
    if not lines:
        return None
    usual = _usual_height(sheet)
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
            candidate = Title(kind, inner, edits, len(title), large, tuple(inks), title)
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


def _match(letters: str, titles: Titles, scanned: bool) -> tuple[str, Kind | None, bool, int] | None:
    """The title nearest to these letters. Between two equally near ones of different kinds: none."""
    if not 2 <= len(letters) <= 60:
        return None
    if scanned and (bare := _SPECKS.sub("", letters)) != letters and (found := _match(bare, titles, False)):
        return found  # a frame's corner or a stain before the title, read as a figure or a letter
    best: tuple[str, Kind | None, bool, int] | None = None
    tie = False
    for title, kind, inner in titles:
        limit = allowed(title) if scanned else 0
        if limit == 0 and letters.startswith(title) and _only_tail(letters[len(title) :], inner):
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


def _only_tail(rest: str, inner: bool) -> bool:
    """What may follow a title on its line and change nothing: of a statement's, a forecast's word and its unit."""
    if inner:
        return _BEHIND.fullmatch(rest) is not None
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
