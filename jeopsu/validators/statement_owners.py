"""Whose the statements are (document 14): by what is printed on them (`whose.py`), else by what their figures say.

Two more witnesses prove a statement: the ratios that a company declares on its own form, and another statement, proven
already, that prints the same figures for the same years. A statement with none of them is nobody's for certain: its
figures decide no rule, and a person looks whose it is. So is each page of a statement that figures alone prove, where
none of the page's own figures is among them: another company's page may be bound in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jeopsu.domain.field_names import FieldKind
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import STATEMENTS, Kind
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.submissions import Organisation, SubmittedFile, Upload
from jeopsu.domain.values import share
from jeopsu.validators.declared import RATIOS, is_rounded
from jeopsu.validators.lookup import Places
from jeopsu.validators.proof import nearly
from jeopsu.validators.whose import is_mixed, surely_foreign

_ALIKE = 3  # equal figures that make two statements one company's; round ones (자본금) are not counted
_TELLING = 1_000  # printed units that an amount must have to tell companies apart
_RATIOS_ALIKE = 2
_ROUND = "fs.capital_stock"
NOBODYS = "어느 회사의 재무제표인지 확인하지 못했습니다"

Figures = dict[tuple[str, int], FieldValue]  # by name and fiscal year


@dataclass(frozen=True)
class _Statement:
    """A run of pages of a file with the figures on them."""

    file: int
    segment: int
    figures: Figures
    owner: str | None
    open: bool  # its owner may still be found: no stranger's, and no two companies' pages


def settle_statements(
    files: Sequence[SubmittedFile], organisations: Sequence[Organisation], uploads: Sequence[Upload]
) -> tuple[list[SubmittedFile], Places]:
    """The files with the owners that their figures prove, and the statements that nothing proves.

    `files` and `uploads` in one order; `files` as identified one by one.
    """
    if not organisations:  # nobody to tell apart
        return list(files), {}
    statements = list(_statements(files, organisations, uploads))
    declared = _declared(files, uploads)
    printed = [s.owner for s in statements]
    statements = [s if s.owner or not s.open else replace(s, owner=_by_ratios(s.figures, declared)) for s in statements]
    alike = _neighbours(statements)
    contradicted = {
        n for n, others in alike.items() for m in others
        if statements[n].owner and statements[m].owner and statements[n].owner != statements[m].owner
    }  # fmt: skip
    found = [_by_neighbours(n, statements, alike, contradicted) for n in range(len(statements))]
    settled = list(files)
    doubted: dict[str, list[range]] = defaultdict(list)
    for n, (statement, owner) in enumerate(zip(statements, found, strict=True)):
        file = settled[statement.file]
        part = file.segments[statement.segment]
        if n in contradicted:
            settled[statement.file] = _nobodys(file)
            continue
        if owner and owner != part.organisation:
            settled[statement.file] = _owned(file, statement.segment, owner)
        if owner and not printed[n]:
            for page in _unproven(n, statements, alike, declared[owner]):
                doubted[file.name].append(range(page, page + 1))
        elif owner is None and statement.open and not _nearly(part.subject.name, file.claimed, organisations):
            doubted[file.name].append(part.pages)
    return settled, {name: tuple(pages) for name, pages in doubted.items()}


def _nearly(name: str | None, claimed: str | None, organisations: Sequence[Organisation]) -> bool:
    """A name that is hardly another company's than the one in the file's name, only misread: its figures may stand."""
    return claimed is not None and nearly(name, (claimed,), organisations)


def _statements(
    files: Sequence[SubmittedFile], organisations: Sequence[Organisation], uploads: Sequence[Upload]
) -> Iterator[_Statement]:
    for number, (file, upload) in enumerate(zip(files, uploads, strict=True)):
        for place, segment in enumerate(file.segments):
            if segment.kind not in STATEMENTS:
                continue
            figures = {
                (f.name, f.year): f
                for f in upload.reading.fields
                if f.kind is FieldKind.WON and f.name.startswith("fs.") and f.confirmed and f.year is not None
                and segment.holds(f.page)
            }  # fmt: skip
            mixed, stranger = is_mixed(segment, upload), surely_foreign(segment, organisations, upload)
            yield _Statement(number, place, figures, segment.organisation, not mixed and not stranger)


def _declared(files: Sequence[SubmittedFile], uploads: Sequence[Upload]) -> dict[str, list[FieldValue]]:
    """The ratios of each company whose own declaration is proven to be its."""
    found: dict[str, list[FieldValue]] = defaultdict(list)
    for file, upload in zip(files, uploads, strict=True):
        for segment in file.segments:
            if segment.kind is Kind.ELIGIBILITY_DECLARATION and segment.organisation:
                found[segment.organisation] += [
                    f for f in upload.reading.fields
                    if f.name.startswith("declared.") and f.confirmed and segment.holds(f.page)
                ]  # fmt: skip
    return found


def _by_ratios(figures: Figures, declared: dict[str, list[FieldValue]]) -> str | None:
    """The one company whose declared ratios are all those of the figures, two at least."""
    fit = [
        key
        for key, ratios in declared.items()
        if len(answers := _compared(figures, ratios)) >= _RATIOS_ALIKE and all(answers)
    ]
    return fit[0] if len(fit) == 1 else None


def _compared(figures: Figures, ratios: Sequence[FieldValue]) -> list[bool]:
    answers = []
    for field in ratios:
        for name, _, above, below in RATIOS:
            if field.name != name or field.year is None or not isinstance(field.value, Decimal):
                continue
            part, whole = figures.get((above, field.year)), figures.get((below, field.year))
            if part is None or whole is None or not isinstance(part.value, int) or not isinstance(whole.value, int):
                continue
            answers.append(whole.value > 0 and is_rounded(field.value, share.of(part.value, whole.value)))
    return answers


def _neighbours(statements: Sequence[_Statement]) -> dict[int, list[int]]:
    """Statements that print the same figures for the same years."""
    found: dict[int, list[int]] = defaultdict(list)
    for n, one in enumerate(statements):
        for m in range(n + 1, len(statements)):
            if _same_books(one.figures, statements[m].figures):
                found[n].append(m)
                found[m].append(n)
    return found


def _same_books(one: Figures, other: Figures) -> bool:
    """Three figures alike, and twice as many as differ: a year's figures may be restated in the next one's report."""
    alike, shared = len(_alike(one, other)), len(_shared(one, other))
    return alike >= _ALIKE and alike >= 2 * (shared - alike)


def _shared(one: Figures, other: Figures) -> list[tuple[str, int]]:
    return [key for key in one.keys() & other.keys() if key[0] != _ROUND and one[key].value and other[key].value]


def _alike(one: Figures, other: Figures) -> list[tuple[str, int]]:
    return [key for key in _shared(one, other) if _equal(one[key].value, other[key].value)]


def _equal(one: object, other: object) -> bool:
    """One amount, of which one paper may print thousands or millions only."""
    if one == other:
        return True
    if not isinstance(one, int) or not isinstance(other, int):
        return False
    return any(
        (one % unit == 0) != (other % unit == 0) and abs(one - other) < unit and abs(one) >= _TELLING * unit
        for unit in (1_000, 1_000_000)
    )


def _unproven(
    n: int, statements: Sequence[_Statement], alike: dict[int, list[int]], declared: Sequence[FieldValue]
) -> list[int]:
    """The pages of a statement of whose figures none is declared so, or printed by a statement of the same books."""
    figures = statements[n].figures
    told = {key for m in alike.get(n, ()) for key in _alike(figures, statements[m].figures)}
    for field in declared:
        for name, _, above, below in RATIOS:
            if field.name == name and field.year is not None and any(_compared(figures, [field])):
                told |= {(above, field.year), (below, field.year)}
    proven = {figures[key].page for key in told}
    return sorted({f.page for f in figures.values() if f.page is not None} - proven)


def _by_neighbours(
    start: int, statements: Sequence[_Statement], alike: dict[int, list[int]], contradicted: set[int]
) -> str | None:
    """The one owner of the proven statements that an unproven one leads to, from neighbour to neighbour."""
    if statements[start].owner or not statements[start].open:
        return statements[start].owner
    owners: set[str] = set()
    seen, todo = {start}, [start]
    while todo:
        for n in alike.get(todo.pop(), ()):
            if n in seen or n in contradicted:
                continue
            seen.add(n)
            if owner := statements[n].owner:
                owners.add(owner)
            elif statements[n].open:
                todo.append(n)
    return owners.pop() if len(owners) == 1 else None


def _owned(file: SubmittedFile, segment: int, owner: str) -> SubmittedFile:
    """The file with a statement's owner. Its own problems stay: a name that is none of ours is still to be seen."""
    segments = tuple(
        s.model_copy(update={"organisation": owner}) if n == segment else s for n, s in enumerate(file.segments)
    )
    file = file.model_copy(update={"segments": segments})
    owners = {s.organisation for s in segments if s.kind in STATEMENTS}
    if owners != {owner} or file.kind not in STATEMENTS:
        return file
    file = file.model_copy(update={"organisation": owner})
    strange = file.claimed and file.claimed != owner
    return file.with_problem(Problem(code=Code.OTHER_COMPANY, detail=owner)) if strange else file


def _nobodys(file: SubmittedFile) -> SubmittedFile:
    """One company's figures under another one's name: whose they are, nobody can say but a person."""
    parts = tuple(s.model_copy(update={"organisation": None}) if s.kind in STATEMENTS else s for s in file.segments)
    file = file.model_copy(update={"organisation": None, "segments": parts})
    return file.with_problem(Problem(code=Code.COMPANY_UNCLEAR))
