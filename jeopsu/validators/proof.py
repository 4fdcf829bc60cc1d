"""What proves that a paper is this proposal's, and the company's whose name its file bears: never the file's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jeopsu.domain.calls import By, Call
from jeopsu.domain.documents import TextSource
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import STATEMENTS, Kind, Segment
from jeopsu.domain.submissions import Organisation, SubmittedFile
from jeopsu.domain.values import business_number, company_name, person_name
from jeopsu.validators.facts import Facts
from jeopsu.validators.lookup import SURE
from jeopsu.validators.projects import Fit, fit
from jeopsu.validators.whose import like_ours

# The plan names everybody; whose a statement is, `statement_owners` says.
_NAMED_OTHERWISE = STATEMENTS | {Kind.RESEARCH_PLAN}
# What others issued, whenever it was: no form of a call.
_ISSUED = {
    Kind.BUSINESS_REGISTRATION, Kind.CORPORATE_REGISTRY, Kind.EMPLOYMENT_CERTIFICATE, Kind.MIDSIZE_CERTIFICATE,
}  # fmt: skip
_FORMS = frozenset(Kind) - _NAMED_OTHERWISE - _ISSUED
_WITH_EVIDENCE = frozenset({Kind.BONUS_PENALTY, Kind.ELIGIBILITY_DECLARATION})  # of some years ago, on later pages
_PEOPLE = frozenset({"signoff.name", "participant.name", "employment.name"})
_COMPANIES = frozenset({"employment.organisation", "midsize.name"})
_NAMING = _PEOPLE | _COMPANIES
_LATIN = re.compile(r"[A-Za-z]+")
_SHARE = 3  # one name in so many must be ours: a stranger's list may hold a namesake


class Names(NamedTuple):
    """As they are compared: without blanks, companies without their legal form."""

    people: frozenset[str]
    companies: frozenset[str]


@dataclass(frozen=True)
class Ours:
    """Who and what a proposal is, by its plan alone: what a paper says of itself proves nothing."""

    title: str | None
    organisations: tuple[Organisation, ...]
    keys: frozenset[str]  # the organisations'
    names: dict[str | None, Names]  # by organisation; None: of all of them

    def named(self, keys: frozenset[str]) -> Names:
        """People and companies of one organisation or of all, as they are compared."""
        return self.names[next(iter(keys)) if len(keys) == 1 else None]


def of_plan(facts: Facts) -> Ours:
    submission = facts.submission
    plans = {file.name for file in submission.files if file.kind is Kind.RESEARCH_PLAN}
    people: dict[str | None, set[str]] = defaultdict(set)
    for field in facts.all("participant.name"):
        if field.confirmed and field.file in plans:
            people[field.organisation].add(person_name.plain(str(field.value)))
    names: dict[str | None, Names] = {}
    for one in submission.organisations:
        heads = {person_name.plain(one.representative)} if one.representative else set()
        names[one.key] = Names(frozenset(people[one.key] | heads), frozenset({company_name.plain(one.name)}))
    names[None] = Names(
        frozenset().union(*(n.people for n in names.values())),
        frozenset().union(*(n.companies for n in names.values())),
    )
    return Ours(
        title=next((str(f.value) for f in facts.all("plan.title") if f.confirmed), None),
        organisations=submission.organisations,
        keys=frozenset(one.key for one in submission.organisations),
        names=names,
    )


def is_ours(file: SubmittedFile, call: Call, fields: Sequence[FieldValue], ours: Ours) -> bool:
    """Whether every paper in a file shows that it is ours: by a number or name of the company, a person whom the plan
    names, or the project's title. Of a company's papers one at least must be that of the file's name."""
    scanned = file.text_source is not TextSource.DIGITAL
    unproven = [s for s in file.segments if s.kind and s.kind not in _NAMED_OTHERWISE and s.confidence >= SURE]
    if file.claimed:
        single, mine = [s for s in unproven if not _of_project(s, call)], frozenset({file.claimed})
        proven = [s for s in single if _shows(s, mine, False, scanned, fields, ours)]
        if single and not proven:
            return False
        unproven = [s for s in unproven if not any(s is one for one in proven)]
    return all(_shows(s, ours.keys, _of_project(s, call), scanned, fields, ours) for s in unproven)


def signed_before(signed: Iterable[list[FieldValue]], published: date) -> FieldValue | None:
    """The day on which a form of the call was signed, where that is before there was a call: last year's form."""
    for days in signed:
        if all(isinstance(f.value, date) and f.value < published for f in days):
            return days[0]
    return None


def signed_after(signed: Iterable[list[FieldValue]], handed_in: date) -> FieldValue | None:
    """A day on which a form of the call was signed, where that is after it was handed in."""
    for days in signed:
        for field in days:
            if isinstance(field.value, date) and field.value > handed_in:
                return field
    return None


def signing_days(file: SubmittedFile, fields: Sequence[FieldValue]) -> list[list[FieldValue]]:
    """The confirmed days of signing of each form of the call in a file; the day of its evidence is another matter."""
    dated = [f for f in fields if f.name == "signoff.date" and f.confirmed]
    found = []
    for part in file.segments if dated else ():
        if part.kind not in _FORMS or part.confidence < SURE:
            continue
        last = part.first_page if part.kind in _WITH_EVIDENCE else part.last_page
        pages = range(part.first_page, last + 1)
        if days := [f for f in dated if f.page in pages]:
            found.append(days)
    return found


def _of_project(part: Segment, call: Call) -> bool:
    document = call.document_of(part.kind) if part.kind else None
    return document is None or document.by is By.PROJECT


def _shows(
    part: Segment, keys: frozenset[str], of_project: bool, scanned: bool, fields: Iterable[FieldValue], ours: Ours
) -> bool:
    """Whether a paper shows that it is one of these organisations', or the project's."""
    if part.organisation in keys:
        return not _namesake(part, ours.organisations)
    if _names(ours.named(keys), [f for f in fields if f.name in _NAMING and part.holds(f.page)]):
        return True
    if fit(part.subject.projects, ours.title, scanned) is not Fit.OURS:
        return False
    return of_project or nearly(part.subject.name, keys, ours.organisations)


def _namesake(part: Segment, organisations: Sequence[Organisation]) -> bool:
    """Whether a paper bears a company's name and a sound business number that is not that company's."""
    number = part.subject.business_number
    own = next((o.business_number for o in organisations if o.key == part.organisation), None)
    return bool(number and own and number != own and business_number.check_digit_fits(number))


def nearly(name: str | None, keys: Iterable[str], organisations: Sequence[Organisation]) -> bool:
    """Whether a misread name stands for one of these companies. The engine for Hangul reads Latin letters as whatever
    ("대륭시테크" of "대륭AI테크"): they are left out of both as well."""
    bare = [o.model_copy(update={"name": _LATIN.sub("", o.name)}) for o in organisations]
    without = _LATIN.sub("", name or "")
    return any(like_ours(name, key, organisations) or like_ours(without, key, bare) for key in keys)


def _names(known: Names, fields: Sequence[FieldValue]) -> bool:
    """Whether the names on a paper are known: a company's, or enough of its people's."""
    people, companies = known
    if any(f.confirmed and f.name in _COMPANIES and company_name.plain(str(f.value)) in companies for f in fields):
        return True
    listed = [f for f in fields if f.name in _PEOPLE and f.value]
    sure = [f for f in listed if f.confirmed]
    if any(company_name.plain(str(f.value)) in companies for f in sure):
        return True
    hits = sum(person_name.plain(str(f.value)) in people for f in sure)
    return hits > 0 and hits * _SHARE >= len(listed)
