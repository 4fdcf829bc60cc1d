"""Document 14: from the pages of one file to the figures of its statements, the auditor's opinion and the framework."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment, Subject
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.copies import certified_copy
from jeopsu.extractors.kinds.strikes import STRUCK
from jeopsu.extractors.pages import PageSource
from jeopsu.extractors.statements import emit, headings, wanted
from jeopsu.extractors.statements.amounts import read_in
from jeopsu.extractors.statements.certified import certified
from jeopsu.extractors.statements.company import company_in
from jeopsu.extractors.statements.gather import statements_in
from jeopsu.extractors.statements.identities import identities_of
from jeopsu.extractors.statements.ledger import Ledger, ledgers_of, name_by_sum, print_in
from jeopsu.extractors.statements.model import OURS, Statement, StatementKind
from jeopsu.extractors.statements.notes import read_notes
from jeopsu.extractors.statements.opinion import Said, auditor_in, basis_in, is_audit_report, opinion_in
from jeopsu.extractors.statements.other_books import other_books
from jeopsu.extractors.statements.paper import Paper
from jeopsu.extractors.statements.select import Pages, choose, is_cover
from jeopsu.extractors.statements.struck import is_figure_struck
from jeopsu.extractors.statements.titles import read_titles
from jeopsu.extractors.statements.units import prove_units, read_units
from jeopsu.extractors.statements.witness import settle

_TITLE = 25  # letters of a title's line; a longer one is prose
_AUDITED = 0.85  # how surely a file must be an audit report to speak for its statements


@dataclass(frozen=True)
class StatementReading:
    """What a file of statements says."""

    fields: tuple[FieldValue, ...]
    problems: tuple[Problem, ...] = ()
    subject: Subject = Subject()


def read_statements(source: PageSource, segment: Segment, request: ReadRequest) -> StatementReading:
    """The fs.* fields of one segment. Only the pages that matter are read in full."""
    pages = choose(source, segment)
    glanced = {n: paper for n in pages.front if (paper := Paper(source, n, glance=True)).scanned and is_cover(paper)}
    if segment.kind is Kind.AUDIT_REPORT:
        glanced = {}
    papers = {number: glanced.get(number) or Paper(source, number) for number in pages.all}
    statements = statements_in([papers[n] for n in pages.all])
    read_titles(statements, papers)
    read_units(statements, papers)
    statements = _ours(statements)
    for statement in statements:
        if request.hint_year and papers[statement.grids[0].page].scanned:
            statement.year_doubted = _lone_other_year(statement, request.hint_year)
    fields: list[FieldValue] = []

    def shown(page: int, box: Box) -> Box:
        return papers[page].shown(box)

    ledgers = _figures([g for s in statements for g in _ledgers(s, papers)], papers)
    _doubt_struck(ledgers, papers)
    prove_units(ledgers, papers)
    looked = tuple(pages.statements)
    for ledger in ledgers:
        fields += emit.fields_of(ledger, request.name, shown, looked, ledger.statement.unit)
    last = min(segment.last_page, source.count)
    notes = read_notes(ledgers, source, papers, pages.looked, last)
    _doubt_struck(notes, papers)
    for note in notes:
        fields.append(emit.note_field(note, request.name, shown))
    own = [g for g in ledgers if g.place == 0]
    audited = segment.kind is Kind.AUDIT_REPORT and segment.confidence >= _AUDITED
    forecast = segment.kind is not Kind.AUDIT_REPORT and _forecast(papers[n] for n in pages.front)
    for year in sorted({g.year for g in own}):
        ledgers_of_year = [g for g in own if g.year == year]
        fields.append(emit.estimated(ledgers_of_year, audited, request.name, shown, forecast))
    fields += _auditor(pages, papers, own, segment, request)
    if (signed := certified(source, pages.front, segment, request)) is not None:
        fields.append(signed)
    if (stamp := certified_copy([papers[n] for n in pages.all], request.name)) is not None:
        fields.append(stamp)
    subject, problems = company_in([papers[n] for n in pages.all], pages.statements, source, segment, request)
    if not problems and (page := other_books(ledgers)) is not None:
        subject, problems = Subject(), (Problem(code=Code.SEVERAL_COMPANIES, page=page),)
    return StatementReading(tuple(_tidy(fields)), problems, subject)


def _forecast(cover: Iterable[Paper]) -> bool:
    """A line of the cover names the statements as a forecast or not yet closed: 추정재무제표 확인원, 가결산 보고서."""
    lines = (line.letters for paper in cover for line in paper.lines)
    return any(headings.estimated(line) and re.search(r"재무제표|결산", line) and len(line) < _TITLE for line in lines)


def _lone_other_year(statement: Statement, named: int) -> bool:
    """The statement's only year is not the one that its file is named for. Two periods bear each other out; a misread
    digit of a single one moves all its figures to another year."""
    years = {year for some in statement.years.values() for year in some}
    return len(years) == 1 and named not in years


def _ours(statements: list[Statement]) -> list[Statement]:
    """Separate statements win over consolidated ones, titled over untitled. A missing unit is the file's only one."""
    whole = list(statements)
    wins: tuple[Callable[[Statement], bool], ...] = (lambda s: not s.consolidated, lambda s: bool(s.title))
    for better in wins:
        for kind in StatementKind:
            if any(better(s) for s in statements if s.kind is kind):
                statements = [s for s in statements if s.kind is not kind or better(s)]
    _adopt(statements, whole)
    units = {s.unit for s in statements if s.unit is not None}
    for statement in statements:
        if statement.unit is None and not statement.unit_doubted and len(units) == 1:
            statement.unit = next(iter(units))
    return statements


def _adopt(statements: list[Statement], whole: list[Statement]) -> None:
    """One balance sheet and one income statement: the one whose title was not read is of the other's kind.

    Unless it may be a consolidated one: the file must hold as many consolidated statements of either kind.
    """
    consolidated = [sum(1 for s in whole if s.consolidated and s.title and s.kind is kind) for kind in OURS]
    titled = [s for s in statements if s.title and s.sure_title]
    if consolidated[0] == consolidated[1] and len(statements) == 2 and len(titled) == 1:
        other = next(s for s in statements if s is not titled[0])
        alike = other.consolidated == titled[0].consolidated and other.estimated == titled[0].estimated
        if not other.title and alike and other.kind is not titled[0].kind:
            other.title = titled[0].title


def _figures(ledgers: list[Ledger], papers: dict[int, Paper]) -> list[Ledger]:
    """Reads the figures and holds them to their sums: a text layer at once, scans in three goes. The second engine is
    asked about what the sums have not proven by the first one's reading."""
    scans = [g for g in ledgers if not g.digital]
    read_in(scans, papers, wanted.first, 1)
    _settle(ledgers)
    read_in(scans, papers, wanted.unproven)
    _settle(ledgers)
    if any(wanted.second(g) for g in scans):
        read_in(scans, papers, wanted.second)
        _settle(ledgers)
    return ledgers


def _doubt_struck(ledgers: list[Ledger], papers: dict[int, Paper]) -> None:
    """Figures of ours that were struck out, or typed over: the sums still hold with what no longer holds."""
    for ledger in ledgers:
        for entry in ledger.entries:
            figure = entry.figure
            if (
                figure is not None
                and entry.name in wanted.ASKED_FOR
                and is_figure_struck(papers[figure.slot.page], figure)
            ):
                figure.doubt = figure.doubt or STRUCK


def _settle(ledgers: list[Ledger]) -> None:
    for ledger in ledgers:
        name_by_sum(ledger)
        settle([e.figure for e in ledger.entries if e.figure], identities_of([ledger]))


def _ledgers(statement: Statement, papers: dict[int, Paper]) -> list[Ledger]:
    digital = not any(papers[grid.page].scanned for grid in statement.grids)
    ledgers = ledgers_of(statement, digital)
    for ledger in ledgers:
        if digital:
            print_in(ledger)
    return ledgers


def _auditor(
    pages: Pages, papers: dict[int, Paper], own: list[Ledger], segment: Segment, request: ReadRequest
) -> list[FieldValue]:
    """Opinion, auditor, framework. Only an audit report has the first two."""
    front = [papers[n] for n in pages.front]
    years = {g.year for g in own}
    year = max(years) if len(years) == 1 else None
    if year is None:
        year = request.hint_year if request.hint_year in years else None
    fields: list[FieldValue] = []
    if (basis := basis_in(front)) is not None:
        fields += [emit.said("fs.basis", basis, y, request.name, papers[basis.page]) for y in sorted(years)]
    if segment.kind is Kind.AUDIT_REPORT or is_audit_report(front):
        for name, words in (("fs.audit_opinion", opinion_in(front)), ("fs.auditor", auditor_in(front))):
            if words is not None:
                if name == "fs.audit_opinion":
                    words = _of_year(words, year, years)
                fields.append(emit.said(name, words, year, request.name, papers[words.page]))
            else:
                fields.append(
                    emit.missing(name, year, request.name, tuple(pages.front), "감사보고서에서 찾지 못했습니다")
                )
    return fields


def _of_year(opinion: Said, year: int | None, years: set[int]) -> Said:
    """The opinion, in doubt where its own words do not name the year of the figures. Of two years' reports in one file
    it must name one."""
    if not opinion.sure or (year in opinion.years if opinion.years else len(years) < 2):
        return opinion
    return replace(opinion, sure=False, note="감사의견 단락의 사업연도가 재무제표의 연도와 같은지 확인하지 못했습니다")


def _tidy(fields: list[FieldValue]) -> list[FieldValue]:
    """A line that one statement lacks and another has (손익계산서 and 포괄손익계산서) is not missing."""
    there = {(f.name, f.year) for f in fields if f.value is not None}
    kept: list[FieldValue] = []
    for field in fields:
        if field.value is None and ((field.name, field.year) in there or field in kept):
            continue
        kept.append(field)
    return kept
