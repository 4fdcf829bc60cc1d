"""The truth about a made proposal: what every file is, what stands in it and where, and what a right report says."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from jeopsu.domain.base import Record

Points = tuple[float, float, float, float]  # left, top, right, bottom in PDF points from the top left
Value = str | int | bool


class Spot(Record):
    """Characters on a page. `bbox_pt` is in points of the page as it was written."""

    page: int
    bbox_pt: Points
    printed: str = ""


class Seen(Record):
    """Characters on a page of a named file."""

    source: str
    page: int
    bbox_pt: Points
    printed: str = ""


class Figure(Record):
    """A figure of a statement in won, where it is printed, and where other years' reports repeat it."""

    value: int
    printed: str
    source: str
    page: int
    bbox_pt: Points
    also: tuple[Seen, ...] = ()


class YearTruth(Record):
    """One fiscal year of one company. Money in won."""

    org: str
    org_role: str
    year: int
    unit: int
    layout: str  # "audited", "closing", "standard"
    basis: str  # "k-ifrs", "k-gaap", "unknown"
    estimated: bool = False
    source: str
    amounts: dict[str, int]
    audit_opinion: str | None = None  # the Korean word
    figures: dict[str, Figure] = {}


class InkTruth(Record):
    """A seal or a signature that stands on a page. `whose` is an organisation's role, a person's name or an issuer."""

    page: int
    bbox_pt: Points
    whose: str


class CheckTruth(Record):
    label: str
    checked: bool
    page: int
    bbox_pt: Points


class FileTruth(Record):
    """One upload."""

    file: str
    document: int
    part: str | None = None
    org: str | None = None
    org_role: str
    naming_ok: bool = True
    naming_problem: str | None = None
    pages: int | None = None
    scan: str = "digital"
    format: str = "pdf"
    damage: str | None = None
    superseded: bool = False
    fields: dict[str, Value] = {}
    field_boxes: dict[str, tuple[Spot, ...]] = {}
    seals: tuple[InkTruth, ...] = ()
    signatures: tuple[InkTruth, ...] = ()
    signatures_missing: tuple[str, ...] = ()
    checkboxes: tuple[CheckTruth, ...] = ()


class OrganisationTruth(Record):
    role: str
    name: str
    file_name_form: str
    size: str
    business_number: str
    corporate_number: str
    representative: str
    founded: str
    address: str


class BudgetTruth(Record):
    """One organisation's money in won; `printed_unit` is 1000 (천원)."""

    org: str
    org_role: str
    printed_unit: int = 1000
    grant: int
    own_cash: int
    own_in_kind: int
    total: int
    personnel_cash: int
    personnel_in_kind: int
    allowance: int
    equipment: int
    materials: int
    outsourcing: int
    activity: int  # with outsourcing in it
    indirect: int


class ParticipantTruth(Record):
    name: str
    org: str
    org_role: str
    role: str
    title: str
    rate: int | Decimal
    other_rate: int | Decimal
    total_rate: int | Decimal
    projects: int
    pi_projects: int
    new_hire: bool
    personnel_cash: int
    personnel_in_kind: int


class MissingTruth(Record):
    document: int
    part: str | None = None
    org_role: str | None = None


class Expected(Record):
    """What a right report says of one rule. `org` is a role; None: the project."""

    rule: str
    org: str | None
    status: str
    why: str
    document: int | None = None
    part: str | None = None
    file: str | None = None
    person: str | None = None
    accept: tuple[str, ...] = ()


class ProposalTruth(Record):
    title: str
    start: str
    end: str
    receipt: str
    pi: str


class Truth(Record):
    """Everything that is true of a made proposal."""

    seed: int
    scenario: str
    scan: str
    deadline: str
    submitted: str
    proposal: ProposalTruth
    organisations: tuple[OrganisationTruth, ...]
    files: tuple[FileTruth, ...]
    financials: tuple[YearTruth, ...]
    budget: tuple[BudgetTruth, ...]
    participants: tuple[ParticipantTruth, ...]
    missing_documents: tuple[MissingTruth, ...]
    expected: tuple[Expected, ...]

    def file(self, document: int, role: str = "lead", part: str | None = None) -> FileTruth:
        """The first file of a document. KeyError where there is none."""
        for file in self.files:
            if file.document == document and file.org_role == role and part in (None, file.part):
                return file
        raise KeyError((document, role, part))

    def as_json(self) -> str:
        """truth.json: `financials` carry their amounts beside `figures`, as scoring tools expect."""
        data = self.model_dump(mode="json")
        for year in data["financials"]:
            year.update(year.pop("amounts"))
        for row in data["expected"]:
            for key in ("document", "part", "file", "person", "accept"):
                if not row[key]:
                    del row[key]
        return json.dumps(data, ensure_ascii=False, indent=1)

    def write(self, path: Path) -> None:
        path.write_text(self.as_json(), encoding="utf-8")
