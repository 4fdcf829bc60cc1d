"""Statements (document 14): the years that are there, and whether their figures explain one another (공고 4-2, 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from jeopsu.domain.base import Record
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import About
from jeopsu.domain.kinds import STATEMENTS, Kind
from jeopsu.domain.labels import described, labelled, million
from jeopsu.domain.submissions import Size, SubmittedFile
from jeopsu.domain.values import won
from jeopsu.validators.facts import Need, Unknown, same
from jeopsu.validators.matter import (
    Answer,
    Conclusion,
    Matter,
    NoParams,
    check,
    failed,
    not_applicable,
    passed,
)

_STATEMENTS = tuple(sorted(STATEMENTS))
_BALANCE = ("fs.assets", "fs.liabilities", "fs.equity")
_COMPARED = (*_BALANCE, "fs.current_assets", "fs.current_liabilities", "fs.revenue")
_INCOME = ("fs.revenue", "fs.operating_income", "fs.net_income")


class Years(Record):
    """Whether the last year may be an estimate."""

    estimate_last: bool = True


@check(organisation=True)
def statements_consistent(matter: Matter[NoParams]) -> Answer:
    """자산 = 부채 + 자본, parts within their totals, and last year's column equal to the year before's statement."""
    wrong: list[str] = []
    needs: list[Need] = []
    checked: list[str] = []
    absent = _absent(matter)
    for year in matter.call.fiscal_years:
        if year in absent:
            continue
        wrong += _restated(matter, year)
        try:
            assets, liabilities, equity = (
                matter.facts.won(f"fs.{n}", matter.key, year) for n in ("assets", "liabilities", "equity")
            )
        except Unknown as gap:
            needs += _at_odds(matter, year) or gap.needs
            continue
        if assets != liabilities + equity:
            wrong.append(
                f"{year}년 자산총계 {won.shown(assets)} ≠ 부채총계 {won.shown(liabilities)} + 자본총계 "
                f"{won.shown(equity)} = {won.shown(liabilities + equity)}"
            )
        wrong += _parts(matter, year, assets, liabilities, needs)
        checked.append(f"{year}년 {million(assets)} = {million(liabilities)} + {million(equity)}")
    if wrong:
        text = "; ".join(wrong)
        return failed(f"{text}. 재무제표를 확인하여 바른 것을 내 주십시오.", f"Statements do not agree: {text}")
    if needs:
        raise Unknown(*needs)
    without = f" ({_listed(sorted(absent))}년 재무제표는 없음)" if absent else ""
    return passed(
        f"자산총계 = 부채총계 + 자본총계: {', '.join(checked)}; 유동자산·유동부채는 총계 이내{without}",
        "Assets equal liabilities plus equity in every year that is there.",
    )


def _absent(matter: Matter[NoParams]) -> set[int]:
    """Years of which surely nothing was handed in, where another year was: that is `fiscal_years_complete`'s matter."""
    sure, unclear, _ = _handed_in(matter)
    years = set(matter.call.fiscal_years) - sure
    read = {year for name in _BALANCE for year in years if matter.facts.entries(name, matter.key, year)}
    return years - read if sure and not unclear else set()


def _at_odds(matter: Matter[NoParams], year: int) -> list[Need]:
    """The three totals, where each was read as one amount and they do not add up: misread, or the paper's fault."""
    found = [matter.facts.entries(name, matter.key, year) for name in _BALANCE]
    amounts = [one[0].value for one in found if len({f.value for f in one}) == 1 and isinstance(one[0].value, int)]
    if len(amounts) < 3 or amounts[0] == amounts[1] + amounts[2]:
        return []
    assets, liabilities, equity = amounts
    return [
        Need(
            words_ko=f"{year}년 자산총계 {won.shown(assets)} ≠ 부채총계 {won.shown(liabilities)} + 자본총계 "
            f"{won.shown(equity)} (차이 {won.shown(assets - liabilities - equity)}): 잘못 읽었는지, 재무제표가 맞지 "
            f"않는지 볼 것 ({found[0][0].file} {found[0][0].page}쪽)",
            words_en=f"{year}: assets are not liabilities plus equity; see whether the paper or its reading is wrong",
            field=found[0][0],
        )
    ]


def _parts(matter: Matter[NoParams], year: int, assets: int, liabilities: int, needs: list[Need]) -> list[str]:
    wrong = []
    for part, whole, total in (
        ("fs.current_assets", "자산총계", assets),
        ("fs.current_liabilities", "부채총계", liabilities),
    ):
        try:
            value = matter.facts.won(part, matter.key, year)
        except Unknown as gap:
            needs += gap.needs
            continue
        if value > total:
            wrong.append(f"{year}년 {labelled(part, None).ko} {won.shown(value)} > {whole} {won.shown(total)}")
    return wrong


def _restated(matter: Matter[NoParams], year: int) -> list[str]:
    """Confirmed values of one year that two files give differently."""
    wrong = []
    for name in _COMPARED:
        found = matter.facts.entries(name, matter.key, year)
        if len(found) < 2:
            continue
        sure: dict[object, FieldValue] = {}
        for field in found:
            if field.confirmed:
                sure.setdefault(same(field), field)
        if len(sure) > 1:
            matter.facts.note(*sure.values())
            wrong.append(f"{labelled(name, None, year).ko}: " + " ≠ ".join(described(f) for f in sure.values()))
    return wrong


def statement_years(file: SubmittedFile, fields: Iterable[FieldValue]) -> tuple[set[int], bool]:
    """The fiscal years whose statements surely stand in a file, and whether it may hold others.

    Of several statements bound into one file each says its own year; none of them may contradict the file's name.
    """
    parts = [s for s in file.segments if s.kind in STATEMENTS]
    if len(parts) < 2:
        return _own_years(fields, set(file.years))
    read = [f for f in fields if f.value is not None and f.name.startswith("fs.")]
    held = [mine for s in parts if (mine := [f for f in read if s.holds(f.page)])]
    if len(held) < 2:
        return _own_years(read, set(file.years))
    found = [_own_years(mine, set()) for mine in held]
    years = set().union(*(own for own, _ in found))
    return years, any(more for _, more in found) or not set(file.years) <= years


def _own_years(fields: Iterable[FieldValue], named: set[int]) -> tuple[set[int], bool]:
    """A statement shows last year's column too: its own year is the latest one, and the name must not contradict."""
    names: dict[int, set[str]] = defaultdict(set)
    certain: set[int] = set()
    for f in fields:
        if f.year and f.value is not None and f.name.startswith("fs."):
            names[f.year].add(f.name)
            if f.confirmed:
                certain.add(f.year)
    # Both papers must be there: the balance sheet and the income statement.
    sure = {y for y in certain if not (names[y].isdisjoint(_BALANCE) or names[y].isdisjoint(_INCOME))}
    if len(named) > 1 and named <= sure:
        return named, False
    latest = max(names, default=None)
    if latest is None or len(named) > 1 or named and named != {latest} or not named and len(names) > 2:
        return set(), True
    # Where tables of two years head their columns, it may be two statements without a cover between them.
    others = any("fs.estimated" in mine for year, mine in names.items() if year != latest)
    return {latest} & sure, others or latest not in sure


@check(Years, organisation=True)
def fiscal_years_complete(matter: Matter[Years]) -> Answer:
    """Statements of each fiscal year of the call; the last may be an estimate."""
    return _years(matter)


def _years(matter: Matter[Years]) -> Conclusion:
    wanted = set(matter.call.fiscal_years)
    sure, unclear, files = _handed_in(matter)
    words = ", ".join(map(str, sorted(sure & wanted))) or "없음"
    missing = sorted(wanted - sure)
    if not missing:
        return _complete(matter, words, files)
    if unclear:
        raise Unknown(
            Need(
                words_ko=f"{_listed(missing)}년 재무제표(확실히 읽은 해: {words}). 사업연도를 볼 파일: "
                f"{', '.join(unclear)}",
                words_en=f"statements of {missing}: see which year these are: {', '.join(unclear)}",
            )
        )
    if not _before_its_time(matter, missing):
        return failed(
            f"{_listed(missing)}년 재무제표가 없음(있는 해: {words}). 제출해 주십시오.",
            f"Statements of {missing} are missing. Hand them in.",
            files=files,
            about=About(document=_number(matter), year=missing[0]),
        )
    return passed(
        f"{words}년 재무제표가 있음. {_listed(missing)}년은 개업 전이라 없음",
        f"Statements of {words} are there; the company opened after {missing}.",
        files=files,
    )


HandedIn = tuple[set[int], list[str], tuple[str, ...]]


def _handed_in(matter: Matter[Any]) -> HandedIn:
    """The years of which a statement is surely there, the files of which that is not sure, and all statements."""
    return matter.facts.once(("statements", matter.key), lambda: _looked_through(matter))


def _looked_through(matter: Matter[Any]) -> HandedIn:
    sure: set[int] = set()
    unclear: list[str] = []
    files = {file.name: file for kind in _STATEMENTS for file in matter.files(kind, matter.key)}
    for file in files.values():
        mine = (f for f in matter.facts.in_file(file.name) if f.organisation == matter.key)
        years, more = statement_years(file, mine)
        sure |= years
        if more:
            unclear.append(file.name)
    # A file under this organisation's name that could not be told may be a statement too.
    number = _number(matter)
    unclear += [
        file.name
        for file in matter.live()
        if file.claimed_document == number
        and matter.key in (file.claimed, file.organisation)
        and file.name not in files
    ]
    return sure, unclear, tuple(files)


def _complete(matter: Matter[Years], words: str, files: tuple[str, ...]) -> Conclusion:
    years = matter.call.fiscal_years
    estimated = [year for year in years if matter.facts.maybe("fs.estimated", matter.key, year) is True]
    if any(year != years[-1] for year in estimated) or (estimated and not matter.params.estimate_last):
        return failed(
            f"추정 재무제표는 {years[-1]}년만 낼 수 있음: 추정 {_listed(estimated)}년. 확정 재무제표를 내 주십시오.",
            f"Only {years[-1]} may be estimated. Hand in closed statements.",
            files=files,
        )
    note = f" ({estimated[0]}년은 추정)" if estimated else ""
    return passed(f"{words}년 재무제표가 모두 있음{note}", f"Statements of {words} are there.", files=files)


def _listed(years: list[int]) -> str:
    return ", ".join(map(str, years))


def _before_its_time(matter: Matter[Years], missing: list[int]) -> bool:
    """Whether the company was opened only after the missing years. Raises Unknown where its age is doubtful."""
    if any(year not in missing for year in matter.call.fiscal_years if year < max(missing)):
        return False  # a gap after a year that is there has nothing to do with age
    return matter.facts.day("bizreg.opened", matter.key).year > max(missing)


def _number(matter: Matter[Any]) -> int | None:
    document = matter.call.document_of(Kind.AUDIT_REPORT) or matter.call.document_of(Kind.CLOSING_STATEMENTS)
    return document.number if document else None


@check(Years, organisation=True)
def candidate_statements(matter: Matter[Years]) -> Answer:
    """A candidate gives the statements of all fiscal years."""
    if matter.size() is not Size.MIDSIZE_CANDIDATE:
        return not_applicable("중견기업 후보기업으로 신청하지 않음", "Not a candidate.")
    return _years(matter)
