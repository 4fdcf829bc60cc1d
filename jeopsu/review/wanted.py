"""What a point lacks that a person can supply: the values it says were not found, and the pages to look for them on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jeopsu.domain.field_names import FIELD_KINDS
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.labels import labelled
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import Status, SubmittedFile
from jeopsu.review import values

# On which of the call's documents a kind of field stands (the contract's table).
_DOCUMENTS: dict[str, tuple[int, ...]] = {
    "plan": (2,), "org": (2,), "budget": (2,), "participant": (2, 5), "signoff": (9, 10), "check": (3, 4, 8, 11),
    "employment": (12,), "bizreg": (13,), "corpreg": (13,), "fs": (14,), "midsize": (15,),
    "outsourcing": (2, 17), "equipment": (2, 16), "materials": (2, 19), "schedule": (2,),
}  # fmt: skip
_LOST = ": 찾지 못함"  # as `validators.facts` says it
_MOST_PAGES = 12  # of one file, as places to leaf through
_ROWS = (
    "participant.",
    "signoff.",
    "check.",
    "outsourcing.",
    "equipment.",
    "materials.",
    "schedule.",
)  # a value of a list has no meaning without its row


@dataclass(frozen=True)
class Wanted:
    """A value that the program looked for and did not find."""

    name: str
    organisation: str | None
    year: int | None
    label: str
    kind: str
    hint: str
    choices: list[tuple[str, str]]

    @property
    def id(self) -> str:
        return f"{self.name}|{self.organisation or ''}|{self.year or ''}"


def wanted(finding: Finding, report: Report) -> list[Wanted]:
    """In the order in which the message names them."""
    if finding.outcome is not Outcome.UNDETERMINED or _LOST not in finding.message.ko:
        return []
    years = tuple(sorted({int(year) for year in re.findall(r"(20\d\d)년", finding.message.ko)}))
    known = _labels((None, *(o.key for o in report.submission.organisations)), (None, *years))
    parts = [part.removeprefix("확인 필요: ").strip() for part in finding.message.ko.split(";")]
    keys = [known[part.removesuffix(_LOST)] for part in parts if part.removesuffix(_LOST) in known]
    return [_wanted(*key) for key in dict.fromkeys(keys)]


@lru_cache(maxsize=256)
def _labels(
    organisations: tuple[str | None, ...], years: tuple[int | None, ...]
) -> dict[str, tuple[str, str | None, int | None]]:
    """What messages call each value, back to its name."""
    return {
        labelled(name, organisation, year).ko: (name, organisation, year)
        for organisation in organisations
        for year in years
        for name in FIELD_KINDS
        if not name.startswith(_ROWS)
    }


def _wanted(name: str, organisation: str | None, year: int | None) -> Wanted:
    return Wanted(
        name,
        organisation,
        year,
        label=values.label_of(name, organisation, year),
        kind=FIELD_KINDS[name].value,
        hint=values.example(name),
        choices=values.choices(name),
    )


def where(finding: Finding, report: Report) -> list[tuple[SubmittedFile, int]]:
    """Files and pages to look through where a finding rests on no place of its own."""
    current = [f for f in report.submission.files if f.status not in (Status.SUPERSEDED, Status.UNREADABLE) and f.pages]
    told = {*finding.files, finding.about.file}
    named = [f for f in current if f.name in told or f.name in finding.message.ko]
    if not named:
        numbers = {finding.about.document} if finding.about.document else set()
        for one in wanted(finding, report):
            numbers |= set(_DOCUMENTS.get(one.name.split(".")[0], ()))
        numbers |= {int(number) for number in re.findall(r"\[서식-(\d+)\]", finding.message.ko)}
        if finding.staff and not numbers:  # whom to look up: the registrations; what: the plan
            numbers = {13} if finding.organisation else {2}
        owners = (finding.organisation, None) if finding.organisation else tuple({f.organisation for f in current})
        named = [f for f in current if f.document in numbers and f.organisation in owners]
        years = [str(one.year) for one in wanted(finding, report) if one.year]
        named.sort(key=lambda f: next((n for n, year in enumerate(years) if year in f.name), len(years)))
    return [(file, page) for file in named for page in range(1, min(file.pages, _MOST_PAGES) + 1)]
