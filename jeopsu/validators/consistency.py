"""One fact, several documents: names and numbers, statements and their years, the online entry (documents.md's keys).

Two values in two documents are both reported with their places; none is picked (reading 16).
"""

from __future__ import annotations

from jeopsu.domain.base import Record
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import About
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Size, SubmittedFile
from jeopsu.domain.values import business_number, company_name, person_name, won
from jeopsu.validators.facts import Need, Unknown, same
from jeopsu.validators.labels import described, labelled
from jeopsu.validators.lookup import files_of, kinds_in, live
from jeopsu.validators.matter import (
    Answer,
    Conclusion,
    Matter,
    NoParams,
    check,
    failed,
    not_applicable,
    passed,
    undetermined,
)

STATEMENTS = (Kind.AUDIT_REPORT, Kind.CLOSING_STATEMENTS, Kind.STANDARD_STATEMENTS)
_IDENTITY: dict[str, tuple[str, ...]] = {
    "기관명": ("org.name", "bizreg.name", "corpreg.name", "midsize.name"),
    "사업자등록번호": ("org.business_number", "bizreg.number", "midsize.business_number"),
    "법인등록번호": ("org.corporate_number", "corpreg.number"),
    "대표자": ("org.representative", "bizreg.representative", "corpreg.representative"),
}


class Years(Record):
    """Whether the last year may be an estimate."""

    estimate_last: bool = True


def _comparable(field: FieldValue) -> object:
    if field.name.endswith(".name"):
        return company_name.plain(str(field.value))
    if field.name.endswith(".representative"):
        # Several representatives stand in one line: as a set.
        return frozenset(
            person_name.plain(part) for part in str(field.value).replace("·", ",").replace("、", ",").split(",")
        )
    return field.value


@check()
def identity_consistent(matter: Matter[NoParams]) -> Answer:
    """Name, numbers and representative agree over all documents of one organisation."""
    differing: list[str] = []
    open_: list[Need] = []
    agreed: list[str] = []
    inputs: list[FieldValue] = []
    for what, names in _IDENTITY.items():
        found = [f for name in names for f in matter.facts.entries(name, matter.key)]
        inputs += found
        sure: dict[object, FieldValue] = {}
        for field in found:
            if field.confirmed:
                sure.setdefault(_comparable(field), field)
        if len(sure) > 1 and not (what == "대표자" and _overlap(list(sure))):
            differing.append(f"{what}: " + " ≠ ".join(described(field) for field in sure.values()))
        elif len({f.name for f in found if f.confirmed}) >= 2:
            agreed.append(what)
        if doubtful := [f for f in found if not f.confirmed]:
            open_.append(
                Need(words_ko=f"{what} {described(doubtful[0])}", words_en=described(doubtful[0]), field=doubtful[0])
            )
    if differing:
        text = "; ".join(differing)
        return failed(
            f"서류마다 다름: {text}. 맞는 값으로 고쳐 주십시오.", f"Documents differ: {text}.", inputs=tuple(inputs)
        )
    for field in (f for name in _IDENTITY["사업자등록번호"] for f in matter.facts.entries(name, matter.key)):
        if field.confirmed and not business_number.check_digit_fits(str(field.value)):
            open_.append(
                Need(
                    words_ko=f"사업자등록번호의 검증숫자가 맞지 않음(오기 의심): {described(field)}",
                    words_en=f"check digit fails: {described(field)}",
                    field=field,
                )
            )
    for what in ("기관명", "사업자등록번호"):
        if what not in agreed and not open_:
            open_.append(Need(words_ko=f"두 서류 이상에서 읽은 {what}", words_en="the same fact from two documents"))
    if open_:
        words = ", ".join(need.words_ko for need in open_)
        return undetermined(
            f"확인할 곳: {words}", f"To look at: {', '.join(n.words_en for n in open_)}", inputs=tuple(inputs)
        )
    return passed(f"서류마다 같음: {', '.join(agreed)}", "Name and numbers agree.", inputs=tuple(inputs))


def _overlap(values: list[object]) -> bool:
    """Representatives of one company may be listed in part: sets that share a member do not contradict."""
    sets = [value for value in values if isinstance(value, frozenset)]
    return all(one & other for one in sets for other in sets)


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
                f"{year}년 자산총계 {won.shown(assets)} ≠ 부채총계 {won.shown(liabilities)} + 자본총계 {won.shown(equity)} = {won.shown(liabilities + equity)}"
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
    files = [file for kind in STATEMENTS for file in files_of(matter.submission, kind, matter.key)]
    files = list({file.name: file for file in files}.values())
    # A file under this organisation's name that is not surely a statement may still be one.
    unclear = [
        file for file in live(matter.submission)
        if file.claimed == matter.key and file.claimed_document is not None and file not in files
        and file.claimed_document == _number(matter) and not kinds_in(file) - set(STATEMENTS)
    ]  # fmt: skip
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
                words_ko=f"{', '.join(map(str, missing))}년 재무제표: 확실히 읽은 해는 {words}. 파일을 열어 사업연도를 확인: {', '.join(names + tuple(f.name for f in unclear)) or '없음'}",
                words_en=f"statements of {missing}: open the files and see which year they are",
            )
        )
    return failed(
        f"{', '.join(map(str, missing))}년 재무제표가 없음(있는 해: {words}). 제출해 주십시오.",
        f"Statements of {missing} are missing. Hand them in.", files=names, about=About(document=_number(matter), year=missing[0]),
    )  # fmt: skip


def _number(matter: Matter[Years]) -> int | None:
    document = matter.call.document_of(Kind.AUDIT_REPORT) or matter.call.document_of(Kind.CLOSING_STATEMENTS)
    return document.number if document else None


@check(Years)
def candidate_statements(matter: Matter[Years]) -> Answer:
    """A candidate gives the statements of all fiscal years."""
    if matter.size() is not Size.MIDSIZE_CANDIDATE:
        return not_applicable("중견기업 후보기업으로 신청하지 않음", "Not a candidate.")
    return _years(matter)


@check()
def online_entry_matches(matter: Matter[NoParams]) -> Answer:
    """The online entry, where it was given, equals the plan; a unit slip is named."""
    entry = matter.submission.registration
    if entry is None:
        return not_applicable("전산 등록 내용이 주어지지 않아 비교하지 않음", "No online entry was given.")
    facts, wrong, needs = matter.facts, [], []
    pairs: list[tuple[str, object, object]] = []

    def compare(name: str, given: object, key: str | None = None) -> None:
        if given is None:
            return
        try:
            pairs.append((labelled(name, key).ko, given, facts.value(name, key)))
        except Unknown as gap:
            needs.extend(gap.needs)

    compare("plan.title", entry.title)
    compare("plan.lead_researcher", entry.lead_researcher)
    compare("plan.start", entry.start)
    compare("plan.end", entry.end)
    compare("org.name", entry.lead_name, "lead")
    compare("org.name", entry.partner_name, "partner")
    for name, given in (
        ("government", entry.government),
        ("cash", entry.cash),
        ("in_kind", entry.in_kind),
        ("total", entry.total),
    ):
        if given is None:
            continue
        try:
            planned = sum(facts.won(f"budget.{name}", o.key) for o in matter.submission.organisations)
            pairs.append((f"{labelled(f'budget.{name}', None).ko} 합계", given, planned))
        except Unknown as gap:
            needs += gap.needs
    for label, given, planned in pairs:
        if not _alike(given, planned):
            wrong.append(f"{label}: 전산 {given} ≠ 계획서 {planned}{_slip(given, planned)}")
    if wrong:
        text = "; ".join(wrong)
        return failed(
            f"{text}. 전산 등록 또는 계획서를 고쳐 주십시오.", f"The online entry differs from the plan: {text}"
        )
    if needs:
        raise Unknown(*needs)
    return passed(f"전산 등록과 계획서가 같음({len(pairs)}개 항목)", f"{len(pairs)} entries equal the plan.")


def _alike(given: object, planned: object) -> bool:
    if isinstance(given, str):
        return person_name.plain(given) == person_name.plain(str(planned)) or company_name.same(given, str(planned))
    return given == planned


def _slip(given: object, planned: object) -> str:
    if isinstance(given, int) and isinstance(planned, int) and given and planned:
        big, small = max(given, planned), min(given, planned)
        for factor in (1_000, 1_000_000):
            if big == small * factor:
                return f" (꼭 {factor:,}배: 단위 오기로 보임)"
    return ""


@check()
def security_grade(matter: Matter[NoParams]) -> Answer:
    """The grade on each document 11 is the plan's."""
    files = [file for file in live(matter.submission) if file.kind is Kind.SECURITY_SELF_CHECK]
    if not files:
        return failed(
            "과제 보안등급 자가점검표가 없음. 제출해 주십시오.", "The security self-check is missing. Hand it in."
        )
    names = {file.name for file in files}
    marks = {(f.file, f.index): f for f in matter.facts.all("check.marked")}
    grades = [
        marks.get((f.file, f.index))
        for f in matter.facts.all("check.item")
        if f.file in names and "등급" in str(f.value or "")
    ]
    sure = [g for g in grades if g is not None and g.confirmed]
    matter.facts.note(*sure)
    planned = matter.facts.text("plan.security_grade", None)
    said = {_grade(str(g.value)) for g in sure} | {_grade(planned)}
    if len(said) > 1:
        shown = ", ".join(described(g) for g in sure)
        return failed(
            f"보안등급이 다름: 계획서 {planned}, 서식-11 {shown}. 맞추어 주십시오.",
            "Security grades differ.",
            files=tuple(sorted(names)),
        )
    if len({g.file for g in sure}) < len(names):
        raise Unknown(Need(words_ko="서식-11의 보안등급 표시", words_en="the grade marked on document 11"))
    return passed(f"보안등급 {planned}: 계획서와 서식-11이 같음", "The grades agree.", files=tuple(sorted(names)))


def _grade(words: str) -> str:
    return (
        "보안"
        if "보안" in words.replace("보안등급", "") and "일반" not in words
        else "일반"
        if "일반" in words
        else words.strip()
    )
