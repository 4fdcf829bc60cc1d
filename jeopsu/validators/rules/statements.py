"""Statements (document 14): the years that are there, and whether their figures explain one another (공고 4-2, 7)."""

from __future__ import annotations

from jeopsu.domain.base import Record
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import About
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Size, SubmittedFile
from jeopsu.domain.values import won
from jeopsu.validators.facts import Need, Unknown, same
from jeopsu.validators.labels import described, labelled
from jeopsu.validators.lookup import kinds_in
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

STATEMENTS = (Kind.AUDIT_REPORT, Kind.CLOSING_STATEMENTS, Kind.STANDARD_STATEMENTS)


class Years(Record):
    """Whether the last year may be an estimate."""

    estimate_last: bool = True


@check()
def statements_consistent(matter: Matter[NoParams]) -> Answer:
    """자산 = 부채 + 자본, parts within their totals, and last year's column equal to the year before's statement."""
    wrong: list[str] = []
    needs: list[Need] = []
    checked: list[int] = []
    for year in matter.call.fiscal_years:
        wrong += _restated(matter, year)
        try:
            assets, liabilities, equity = (
                matter.facts.won(f"fs.{n}", matter.key, year) for n in ("assets", "liabilities", "equity")
            )
        except Unknown as gap:
            needs += gap.needs
            continue
        if assets != liabilities + equity:
            wrong.append(
                f"{year}년 자산총계 {won.shown(assets)} ≠ 부채총계 {won.shown(liabilities)} + 자본총계 "
                f"{won.shown(equity)} = {won.shown(liabilities + equity)}"
            )
        wrong += _parts(matter, year, assets, liabilities, needs)
        checked.append(year)
    if wrong:
        text = "; ".join(wrong)
        return failed(f"{text}. 재무제표를 확인하여 바른 것을 내 주십시오.", f"Statements do not agree: {text}")
    if needs:
        raise Unknown(*needs)
    return passed(
        f"{', '.join(map(str, checked))}년 자산총계 = 부채총계 + 자본총계",
        "Assets equal liabilities plus equity in every year.",
    )


def _parts(matter: Matter[NoParams], year: int, assets: int, liabilities: int, needs: list[Need]) -> list[str]:
    wrong = []
    for part, whole, total in (
        ("fs.current_assets", "자산총계", assets),
        ("fs.current_liabilities", "부채총계", liabilities),
    ):
        try:
            value = matter.facts.maybe(part, matter.key, year)
        except Unknown as gap:
            needs += gap.needs
            continue
        if isinstance(value, int) and value > total:
            wrong.append(f"{year}년 {labelled(part, None).ko} {won.shown(value)} > {whole} {won.shown(total)}")
    return wrong


def _restated(matter: Matter[NoParams], year: int) -> list[str]:
    """Confirmed values of one year that two files give differently."""
    wrong = []
    for name in ("assets", "liabilities", "equity", "current_assets", "current_liabilities", "revenue"):
        sure: dict[object, FieldValue] = {}
        for field in matter.facts.entries(f"fs.{name}", matter.key, year):
            if field.confirmed:
                sure.setdefault(same(field), field)
        if len(sure) > 1:
            matter.facts.note(*sure.values())
            wrong.append(f"{labelled(f'fs.{name}', None, year).ko}: " + " ≠ ".join(described(f) for f in sure.values()))
    return wrong


def statement_years(file: SubmittedFile, fields: list[FieldValue]) -> tuple[set[int], bool]:
    """The fiscal years whose statement a file is, and whether that is sure.

    A statement shows last year's column too: the year is the latest one read, or what the name says where both agree.
    """
    read = {
        f.year for f in fields if f.file == file.name and f.name.startswith("fs.") and f.year and f.value is not None
    }
    named = set(file.years)
    if not read:
        return named, False
    latest = max(read)
    if not named:
        return ({latest}, True) if len(read) <= 2 else (read, False)
    if len(named) == 1:
        return ({latest}, True) if named == {latest} else (named & read, False)
    return named & read, named <= read


@check(Years)
def fiscal_years_complete(matter: Matter[Years]) -> Answer:
    """Statements of each fiscal year of the call; the last may be an estimate."""
    return _years(matter)


def _years(matter: Matter[Years]) -> Conclusion:
    wanted = set(matter.call.fiscal_years)
    fields = [f for f in matter.submission.fields if f.name.startswith("fs.")]
    sure: set[int] = set()
    maybe: set[int] = set()
    files = [file for kind in STATEMENTS for file in matter.files(kind, matter.key)]
    files = list({file.name: file for file in files}.values())
    # A file under this organisation's name that is not surely a statement may still be one.
    unclear = [
        file
        for file in matter.live()
        if file.claimed == matter.key
        and file.claimed_document is not None
        and file not in files
        and file.claimed_document == _number(matter)
        and not kinds_in(file) - set(STATEMENTS)
    ]
    for file in files:
        years, certain = statement_years(file, fields)
        (sure if certain else maybe).update(years)
        if not years:
            unclear.append(file)
    words = ", ".join(map(str, sorted(sure & wanted))) or "없음"
    names = tuple(file.name for file in files)
    if wanted <= sure:
        estimated = [y for y in sorted(wanted) if matter.facts.maybe("fs.estimated", matter.key, y) is True]
        if any(year != max(wanted) for year in estimated) or (estimated and not matter.params.estimate_last):
            return failed(
                f"추정 재무제표는 {max(wanted)}년만 낼 수 있음: {estimated}",
                "Only the last year may be estimated.",
                files=names,
            )
        note = f" ({estimated[0]}년은 추정)" if estimated else ""
        return passed(f"{words}년 재무제표가 모두 있음{note}", f"Statements of {words} are there.", files=names)
    missing = sorted(wanted - sure)
    if set(missing) <= maybe or unclear:
        raise Unknown(
            Need(
                words_ko=f"{', '.join(map(str, missing))}년 재무제표: 확실히 읽은 해는 {words}. 파일을 열어 "
                f"사업연도를 확인: {', '.join(names + tuple(f.name for f in unclear)) or '없음'}",
                words_en=f"statements of {missing}: open the files and see which year they are",
            )
        )
    return failed(
        f"{', '.join(map(str, missing))}년 재무제표가 없음(있는 해: {words}). 제출해 주십시오.",
        f"Statements of {missing} are missing. Hand them in.",
        files=names,
        about=About(document=_number(matter), year=missing[0]),
    )


def _number(matter: Matter[Years]) -> int | None:
    document = matter.call.document_of(Kind.AUDIT_REPORT) or matter.call.document_of(Kind.CLOSING_STATEMENTS)
    return document.number if document else None


@check(Years)
def candidate_statements(matter: Matter[Years]) -> Answer:
    """A candidate gives the statements of all fiscal years."""
    if matter.size() is not Size.MIDSIZE_CANDIDATE:
        return not_applicable("중견기업 후보기업으로 신청하지 않음", "Not a candidate.")
    return _years(matter)
