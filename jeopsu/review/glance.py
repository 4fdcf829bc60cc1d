"""What a proposal is in one glance: its organisations, money and people, and which documents are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from jeopsu.calls.inspection import CallFileError
from jeopsu.calls.load import load_call
from jeopsu.domain.calls import By, Call, StaffInput
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import Organisation, Status, SubmittedFile
from jeopsu.domain.values import business_number, corporate_number
from jeopsu.storage.standing import Standing

MONEY = (
    ("budget.government", "정부지원"),
    ("budget.cash", "현금"),
    ("budget.in_kind", "현물"),
    ("budget.total", "합계"),
)


IDENTITY = ("과제명", "기관", "사업자등록번호", "법인등록번호", "대표자", "연구책임자")


@lru_cache(maxsize=16)
def call_of(call: str) -> Call | None:
    """The call's data; None where its files are gone or wrong (the pages then do without)."""
    try:
        return load_call(call)
    except CallFileError:
        return None


@lru_cache(maxsize=16)
def staff_inputs(call: str) -> dict[str, StaffInput]:
    """What only staff can look up for this call, by id."""
    data = call_of(call)
    return {given.id: given for rule in data.rules for given in rule.staff} if data else {}


@lru_cache(maxsize=16)
def inputs_of(call: str) -> dict[str, tuple[StaffInput, ...]]:
    """What each rule of a call may have looked up."""
    data = call_of(call)
    return {rule.id: rule.staff for rule in data.rules} if data else {}


@dataclass
class Party:
    """One organisation's row."""

    organisation: Organisation
    money: list[FieldValue | None] = field(default_factory=list)
    people: int = 0
    new_hires: int = 0


@dataclass
class Cell:
    """One document of one organisation."""

    state: str  # there, wrong, gone, maybe, na
    files: list[SubmittedFile] = field(default_factory=list)
    point: Standing | None = None

    @property
    def pages(self) -> int:
        return sum(file.pages for file in self.files)


@dataclass
class MatrixRow:
    number: int
    title: str
    title_en: str
    cells: list[Cell]


def parties(report: Report) -> list[Party]:
    """Each organisation with its budget and the number of its people."""
    found = []
    for organisation in report.submission.organisations:
        mine = [f for f in report.submission.fields if f.organisation == organisation.key]
        money = [_best([f for f in mine if f.name == name]) for name, _ in MONEY]
        found.append(
            Party(
                organisation,
                money,
                people=sum(f.name == "participant.name" for f in mine),
                new_hires=sum(f.name == "participant.new_hire" and f.value is True for f in mine),
            )
        )
    return found


def _best(values: list[FieldValue]) -> FieldValue | None:
    """The one to show: a confirmed one before others."""
    return next((v for v in values if v.confirmed), values[0] if values else None)


def identity(report: Report, key: str | None) -> list[tuple[str, str]]:
    """What somebody types into another system to look an organisation (or the project) up: label, value."""
    if key is None:
        return [(IDENTITY[0], report.submission.title or report.submission.proposal)]
    found = next((o for o in report.submission.organisations if o.key == key), None)
    if found is None:
        return []
    heads = [f for f in report.submission.fields if f.name == "plan.lead_researcher"] if key == "lead" else []
    head = _best(heads)
    told = (
        found.name,
        business_number.shown(found.business_number) if found.business_number else "",
        corporate_number.shown(found.corporate_number) if found.corporate_number else "",
        found.representative or "",
        str(head.value) if head and head.confirmed else "",
    )
    return [(label, value) for label, value in zip(IDENTITY[1:], told, strict=True) if value]


def matrix(report: Report, points: list[Standing]) -> tuple[list[str | None], list[MatrixRow]]:
    """Columns (None: the project, then each organisation's key) and the call's documents with what is there."""
    call = call_of(report.call)
    columns: list[str | None] = [None, *(o.key for o in report.submission.organisations)]
    if call is None:
        return columns, []
    rows = []
    for document in call.documents:
        files = [f for f in report.submission.files if f.document == document.number]
        about = [p for p in points if p.finding.about.document == document.number]
        cells = []
        for column in columns:
            if (document.by is By.PROJECT) != (column is None):
                cells.append(Cell("na"))
                continue
            mine = [f for f in files if column is None or f.organisation in (column, None)]
            told = [p for p in about if column is None or p.finding.organisation in (column, None)]
            cells.append(_cell(mine, told))
        rows.append(MatrixRow(document.number, document.title, document.title_en, cells))
    return columns, rows


def _cell(files: list[SubmittedFile], about: list[Standing]) -> Cell:
    current = [f for f in files if f.status is not Status.SUPERSEDED]
    fails = [p for p in about if p.outcome is Outcome.FAIL]
    open_ = [p for p in about if p.outcome is Outcome.UNDETERMINED]
    if current:
        if fails or any(f.status is Status.UNREADABLE for f in current):
            return Cell("wrong", current, fails[0] if fails else None)
        return Cell("maybe" if open_ else "there", current, open_[0] if open_ else None)
    if fails:
        return Cell("gone", files, fails[0])
    if open_:
        return Cell("maybe", files, open_[0])
    needed = any(p.outcome is Outcome.PASS for p in about)
    return Cell("there" if needed else "na", files)
