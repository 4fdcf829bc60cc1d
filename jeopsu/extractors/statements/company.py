"""Whose statements these are: the company as the pages name it (`mentions.py`).

Where two places name two companies, none is named: a person looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from jeopsu.domain.evidence import Region
from jeopsu.domain.kinds import Segment, Subject
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.reading import ReadRequest
from jeopsu.domain.values import company_name
from jeopsu.extractors.kinds.closeness import distance, find_near
from jeopsu.extractors.kinds.forms import Form
from jeopsu.extractors.kinds.layout import Ink, Line, compact, union
from jeopsu.extractors.kinds.reading import Reader, digits, name_in_file
from jeopsu.extractors.pages import PageSource
from jeopsu.extractors.statements.mentions import (
    BUSINESS,
    CORPORATE,
    STOPS,
    Mention,
    audited,
    companys,
    mentions_on,
    once,
    over_tables,
    read_otherwise,
    unread_names,
)
from jeopsu.extractors.statements.paper import Paper

_LIKE = 0.5  # of two names that may be one, bent on a scan
_ONE_COMPANY = 0.6  # of a name over one page's table and another page's: two companies may end in 공업 or 소프트
_DIGITS, _BENT_DIGITS = 10, 3  # of a business number; so many of them OCR may bend


def company_in(
    papers: Sequence[Paper], statements: Iterable[int], source: PageSource, segment: Segment, request: ReadRequest
) -> tuple[Subject, tuple[Problem, ...]]:
    """The company of one segment's pages (`statements`: the numbers of those with tables). Two companies: none, and
    a problem that says so."""
    tables = set(statements)
    parts = [(paper, over_tables(paper) if paper.number in tables else paper.lines) for paper in papers]
    mentions = once(m for paper, lines in parts for m in mentions_on(paper, lines, paper.number in tables))
    mentions += audited([(p, lines) for p, lines in parts if p.number not in tables])
    mentioned, groups = mentions, _groups(mentions)
    told = [group for group in groups if _sure(group)]
    if len(told) > 1:
        return Subject(), (Problem(code=Code.SEVERAL_COMPANIES, page=told[1][0].paper.number),)
    mentions = _main(groups)
    first = mentions or (groups[0] if groups else [])  # two named as often: one of them is looked at
    numbers = _printed_numbers(parts)
    alone = [(paper, lines) for paper, lines in parts if paper.number in tables and not _borne_out(paper, numbers)]
    other = (
        _over_a_page([m for m in mentioned if not _borne_out(m.paper, numbers)], first, source)
        or _unread(alone, first, source)
        or _other_number(numbers)
    )
    if other is not None:
        return Subject(), (Problem(code=Code.SEVERAL_COMPANIES, page=other),)
    claimed = company_name.plain(name_in_file(request.name))
    name = _chosen(mentions, claimed)
    spelled = {company_name.plain(name): name} if name else {}
    for mention in mentions:
        spelled.setdefault(mention.plain, mention.name)
    printed = _Numbers()
    if claimed not in spelled or any(not paper.scanned for paper in papers):  # on a scan more is asked only in doubt
        for reading in read_otherwise(mentions, source):
            spelled.setdefault(company_name.plain(reading), reading)
        printed = _numbers(parts, Reader(source, segment, request))
    subject = Subject(
        name=name,
        business_number=printed.business,
        corporate_number=printed.corporate,
        also=(*(reading for reading in spelled.values() if reading != name), *printed.also),
        evidence=tuple(Region(file=request.name, page=m.paper.number, box=union(m.inks)) for m in mentions[:2]),
    )
    return subject, ()


class _Numbers(NamedTuple):
    """The numbers that stand beside a company's labels, digits only. `also`: readings that are not sure."""

    business: str | None = None
    corporate: str | None = None
    also: tuple[str, ...] = ()


def _numbers(parts: Sequence[tuple[Paper, Sequence[Line]]], reader: Reader) -> _Numbers:
    """사업자등록번호 and 법인등록번호 that are sure, and readings that are not. What stands under a tax agent's name is
    his own number. Two numbers of a kind are both not sure."""
    sure: tuple[list[str], list[str]] = ([], [])
    also: list[str] = []
    for paper, lines in parts:
        form = Form(paper, STOPS, companys(lines))
        for corporate, labels, length in ((False, BUSINESS, 10), (True, CORPORATE, 13)):
            for label in form.labels(labels):
                found = form.beside(label)
                if found is None or abs(len(digits(found.text)) - length) > 1:
                    continue
                field = reader.number_field("corpreg.number" if corporate else "bizreg.number", found, corporate)
                if field.value is not None:
                    (sure[corporate] if field.confirmed else also).append(str(field.value))
    business, other = (list(dict.fromkeys(values)) for values in sure)
    also += [number for numbers in (business, other) if len(numbers) > 1 for number in numbers]
    first, second = (numbers[0] if len(numbers) == 1 else None for numbers in (business, other))
    return _Numbers(first, second, tuple(dict.fromkeys(also)))


def _groups(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions that may be of one company, the most frequent name first."""
    counts = Counter(m.plain for m in mentions)
    groups: list[list[Mention]] = []
    for mention in sorted(mentions, key=lambda m: -counts[m.plain]):
        group = next((group for group in groups if _may_be_one(mention, group[0])), None)
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    return groups


def _may_be_one(one: Mention, other: Mention) -> bool:
    """A scan bends letters; on a text layer a name is what it is, or a part of the longer one."""
    if one.paper.scanned or other.paper.scanned:
        return _alike(one.plain, other.plain)
    return one.plain in other.plain or other.plain in one.plain


def _alike(one: str, other: str, least: float = _LIKE) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


def _sure(group: Sequence[Mention]) -> bool:
    """Whether a company is surely named: read alike twice, or where no other one is named, on a text layer."""
    counts = Counter(m.plain for m in group)
    return max(counts.values()) > 1 or any(m.telling and not m.paper.scanned for m in group)


def _main(groups: Sequence[list[Mention]]) -> list[Mention]:
    """The mentions of the company that the pages speak of; none where two are named as often."""
    ranked = sorted(groups, key=_weight, reverse=True)
    if not ranked or (len(ranked) > 1 and _weight(ranked[0]) == _weight(ranked[1])):
        return []
    return ranked[0]


def _over_a_page(mentions: Sequence[Mention], main: Sequence[Mention], source: PageSource) -> int | None:
    """The scanned page over whose table a company is named that no other page names: read at other sizes, too, it is
    not what OCR made of theirs. It would be outvoted, and the figures under it taken for ours."""
    for mention in mentions:
        elsewhere = [m for m in main if m.paper.number != mention.paper.number]
        if not mention.telling or not mention.paper.scanned or not elsewhere:
            continue
        if not _speaks_of(elsewhere, mention.plain, mention.paper, mention.inks, source):
            return mention.paper.number
    return None


def _unread(parts: Sequence[tuple[Paper, Sequence[Line]]], main: Sequence[Mention], source: PageSource) -> int | None:
    """The scanned page whose label names a company that was not made out, and surely is not the main one."""
    told = {m.paper.number for m in main if m.telling}
    for paper, lines in parts:
        if not main or not paper.scanned or paper.number in told:
            continue
        for inks, letters in unread_names(paper, lines):
            if not _speaks_of(main, letters, paper, inks, source):
                return paper.number
    return None


def _speaks_of(
    mentions: Sequence[Mention], letters: str, paper: Paper, inks: Sequence[Ink], source: PageSource
) -> bool:
    """Whether print on a scan may be one of these names: as it was read, or at other sizes; also where OCR read a line
    twice or went on into the next label."""
    names = {m.plain for m in mentions}
    if _holds_one(letters, names):
        return True
    return any(_holds_one(compact(one.text), names) for one in source.again(paper.number, union(inks)))


def _holds_one(letters: str, names: Iterable[str]) -> bool:
    bare = company_name.plain(letters)
    return any(
        _alike(bare, name, _ONE_COMPANY) or find_near(name, letters, int((1 - _ONE_COMPANY) * len(name)))
        for name in names
    )


def _printed_numbers(parts: Sequence[tuple[Paper, Sequence[Line]]]) -> dict[int, str]:
    """The first 사업자등록번호 of each page as its words give it."""
    found = {}
    for paper, lines in parts:
        form = Form(paper, STOPS, companys(lines))
        printed = (digits(one.text) for label in form.labels(BUSINESS) if (one := form.beside(label)))
        if number := next((one for one in printed if abs(len(one) - _DIGITS) <= 1), ""):
            found[paper.number] = number
    return found


def _other_number(numbers: dict[int, str]) -> int | None:
    """The page whose number is not that of a page before it: more digits differ than OCR bends."""
    first = next(iter(numbers.values()), "")
    return next((page for page, number in numbers.items() if not _one_number(first, number)), None)


def _borne_out(paper: Paper, numbers: dict[int, str]) -> bool:
    """Whether a page bears the number of another page: whatever OCR made of its name, it is the same company's."""
    own = numbers.get(paper.number)
    return own is not None and any(
        page != paper.number and _one_number(own, number) for page, number in numbers.items()
    )


def _one_number(one: str, other: str) -> bool:
    return distance(one, other, _BENT_DIGITS) <= _BENT_DIGITS


def _weight(group: Sequence[Mention]) -> tuple[int, int]:
    return sum(m.telling for m in group), len(group)


def _chosen(mentions: Sequence[Mention], claimed: str) -> str | None:
    """The name that all places give; of a scan the one that most give: two at least, or one and the file's name."""
    digital = [m for m in mentions if not m.paper.scanned]
    if digital or not mentions:
        return digital[0].name if len({m.plain for m in digital}) == 1 else None
    (plain, count), *rest = Counter(m.plain for m in mentions).most_common()
    if (count < 2 and plain != claimed) or any(other == count for _, other in rest):
        return None
    return next(m.name for m in mentions if m.plain == plain)
