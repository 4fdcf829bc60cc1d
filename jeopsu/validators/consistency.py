"""One fact, several documents: names and numbers, the online entry, the grade.

Two values in two documents are both reported with their places; none is picked (reading 16).
"""

from __future__ import annotations

import re

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import SIZES, described, labelled
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import business_number, company_name, person_name
from jeopsu.validators.checklists import all_items, at_odds, items
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.matter import (
    Answer,
    Matter,
    NoParams,
    check,
    failed,
    not_applicable,
    passed,
    undetermined,
)

_IDENTITY: dict[str, tuple[str, ...]] = {
    "기관명": ("org.name", "bizreg.name", "corpreg.name", "midsize.name"),
    "사업자등록번호": ("org.business_number", "bizreg.number", "midsize.business_number"),
    "법인등록번호": ("org.corporate_number", "corpreg.number"),
    "대표자": ("org.representative", "bizreg.representative", "corpreg.representative"),
}


_PREFIXES = {
    Kind.RESEARCH_PLAN: "org.", Kind.BUSINESS_REGISTRATION: "bizreg.", Kind.CORPORATE_REGISTRY: "corpreg.",
    Kind.MIDSIZE_CERTIFICATE: "midsize.",
}  # fmt: skip
_PAPERS = {
    kind: [name for names in _IDENTITY.values() for name in names if name.startswith(prefix)]
    for kind, prefix in _PREFIXES.items()
}


def _comparable(field: FieldValue) -> object:
    if field.name.endswith(".name"):
        return company_name.plain(str(field.value))
    if field.name.endswith(".representative"):
        # Several representatives stand in one line: as a set.
        return frozenset(
            person_name.plain(part) for part in str(field.value).replace("·", ",").replace("、", ",").split(",")
        )
    return field.value


@check(organisation=True)
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
                Need(
                    words_ko=f"{what} {described(doubtful[0])}",
                    words_en=described(doubtful[0], "en"),
                    field=doubtful[0],
                )
            )
    if differing:
        text = "; ".join(differing)
        return failed(
            f"서류마다 다름: {text}. 맞는 값으로 고쳐 주십시오.", f"Documents differ: {text}.", inputs=tuple(inputs)
        )
    open_ += _unread(matter)
    numbers = [f for name in _IDENTITY["사업자등록번호"] for f in matter.facts.entries(name, matter.key) if f.confirmed]
    if numbers and not business_number.check_digit_fits(str(numbers[0].value)):
        shown = described(numbers[0])
        words = f"사업자등록번호의 검증숫자가 맞지 않음(오기 의심): {shown}"
        open_.append(Need(words_ko=words, words_en=f"check digit fails: {shown}", field=numbers[0]))
    for what in ("기관명", "사업자등록번호"):
        if what not in agreed and not open_:
            open_.append(Need(words_ko=f"두 서류 이상에서 읽은 {what}", words_en="the same fact from two documents"))
    if open_:
        words = ", ".join(need.words_ko for need in open_)
        return undetermined(
            f"확인할 곳: {words}", f"To look at: {', '.join(n.words_en for n in open_)}", inputs=tuple(inputs)
        )
    return passed(f"서류마다 같음: {', '.join(agreed)}", "Name and numbers agree.", inputs=tuple(inputs))


def _unread(matter: Matter[NoParams]) -> list[Need]:
    """What was not found at all in papers that are there: it could be another value."""
    needs = []
    sole = matter.organisation is not None and matter.organisation.sole_proprietor
    for kind, names in _PAPERS.items():
        for name in names:
            if name == "org.corporate_number" and sole:
                continue
            if not matter.facts.entries(name, matter.key) and _may_be_there(matter, kind):
                label = labelled(name, None)
                needs.append(Need(words_ko=f"{label.ko}: 찾지 못함", words_en=f"{label.en} was not found"))
    return needs


def _may_be_there(matter: Matter[NoParams], kind: Kind) -> bool:
    """Whether a live file is, or is called, this paper of the organisation."""
    if kind is Kind.RESEARCH_PLAN or matter.files(kind, matter.key):
        return True
    document = matter.call.document_of(kind)
    part = next((p.id for p in document.parts if kind in p.kinds), None) if document else None
    return document is not None and any(
        file.claimed_document == document.number and file.claimed == matter.key and part in (None, file.part)
        for file in matter.live()
    )


def _overlap(values: list[object]) -> bool:
    """Representatives of one company may be listed in part: sets that share a member do not contradict."""
    sets = [value for value in values if isinstance(value, frozenset)]
    return all(one & other for one in sets for other in sets)


_TYPE_ITEMS = {"기업유형", "기업규모", "기관유형", "연구개발기관유형"}


@check(organisation=True)
def declared_type_consistent(matter: Matter[NoParams]) -> Answer:
    """The company type marked on the eligibility declaration is the plan's."""
    lines = all_items(matter.facts)
    found = [
        line.mark
        for file in matter.files(Kind.ELIGIBILITY_DECLARATION, matter.key)
        for line in lines.get(file.name, ())
        if line.mark and line.words in _TYPE_ITEMS
    ]
    matter.facts.note(*found)
    planned = SIZES[matter.size().value][0]
    certificates = matter.files(Kind.MIDSIZE_CERTIFICATE, matter.key)
    if certificates and matter.size() is not Size.MIDSIZE:
        raise Unknown(
            Need(
                words_ko=f"기업유형: 계획서에는 {planned}이나 중견기업 확인서를 냄({certificates[0].name})",
                words_en="the type: not mid-size in the plan, and a mid-size certificate is there",
            )
        )
    sure = {re.sub(r"\s", "", str(mark.value)) for mark in found if mark.confirmed and str(mark.value).strip()}
    if not sure:
        raise Unknown(
            Need(words_ko=f"{matter.form(Kind.ELIGIBILITY_DECLARATION)}의 기업유형 표시", words_en="the type marked")
        )
    if sure == {re.sub(r"\s", "", planned)}:
        return passed(f"기업유형 {planned}: 계획서와 확인서가 같음", "The company type agrees.")
    shown = ", ".join(described(mark) for mark in found)
    return failed(
        f"기업유형이 다름: 계획서 {planned}, 확인서 {shown}. 맞추어 다시 내 주십시오.",
        f"The company type differs: {planned} in the plan, {shown} on the declaration.",
    )


@check()
def online_entry_matches(matter: Matter[NoParams]) -> Answer:
    """The online entry, where it was given, equals the plan; a unit slip is named."""
    entry = matter.submission.registration
    if entry is None:
        return not_applicable("전산 등록 내용이 주어지지 않아 비교하지 않음", "No online entry was given.")
    facts = matter.facts
    wrong: list[str] = []
    needs: list[Need] = []
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
    amounts = (entry.government, entry.cash, entry.in_kind, entry.total)
    for name, amount in zip(("government", "cash", "in_kind", "total"), amounts, strict=True):
        if amount is None:
            continue
        try:
            summed = sum(facts.won(f"budget.{name}", o.key) for o in matter.submission.organisations)
            pairs.append((f"{labelled(f'budget.{name}', None).ko} 합계", amount, summed))
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
    names = matter.places(matter.live(), Kind.SECURITY_SELF_CHECK)
    if not names:
        return failed(
            "과제 보안등급 자가점검표가 없음. 제출해 주십시오.", "The security self-check is missing. Hand it in."
        )
    grades = [line.mark for line in items(matter, names) if "등급" in str(line.item.value or "")]
    sure = [g for g in grades if g is not None and g.confirmed]
    matter.facts.note(*sure)
    for file, pages in names.items():
        rows = items(matter, {file: pages})
        if odd := at_odds(rows):
            matter.facts.note(*[field for row in rows for field in row.fields])
            raise Unknown(Need(words_ko=f"{file}: {odd}", words_en=f"{file}: its grade and its items differ"))
    planned = matter.facts.text("plan.security_grade", None)
    said = {_grade(str(g.value)) for g in sure} | {_grade(planned)}
    if len(said) > 1:
        shown = ", ".join(described(g) for g in sure)
        return failed(
            f"보안등급이 다름: 계획서 {planned}, {matter.form(Kind.SECURITY_SELF_CHECK)} {shown}. 맞추어 주십시오.",
            "Security grades differ.",
            files=tuple(sorted(names)),
        )
    if len({g.file for g in sure}) < len(names):
        raise Unknown(
            Need(
                words_ko=f"{matter.form(Kind.SECURITY_SELF_CHECK)}의 보안등급 표시",
                words_en="the grade marked on the self-check",
            )
        )
    return passed(
        f"보안등급 {planned}: 계획서와 {matter.form(Kind.SECURITY_SELF_CHECK)}이 같음",
        "The grades agree.",
        files=tuple(sorted(names)),
    )


def _grade(words: str) -> str:
    return (
        "보안"
        if "보안" in words.replace("보안등급", "") and "일반" not in words
        else "일반"
        if "일반" in words
        else words.strip()
    )
