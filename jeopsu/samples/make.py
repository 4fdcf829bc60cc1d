"""The door of the room: writes one invented proposal's uploads into a folder and returns the truth about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from jeopsu.domain.base import Record
from jeopsu.samples import certificates, faults, forms_each, forms_project, forms_spending, registry, statements
from jeopsu.samples import standard_statements as standard
from jeopsu.samples.accounts import REPORTED
from jeopsu.samples.companies import Company
from jeopsu.samples.expected import expected, missing_documents
from jeopsu.samples.plan_hwp import MadePlan, make_plan, truth_names
from jeopsu.samples.scan import PROFILES, Move, scan_with_moves
from jeopsu.samples.sheet import Made
from jeopsu.samples.titles import TITLES, file_name
from jeopsu.samples.truth import (
    BudgetTruth,
    Figure,
    FileTruth,
    OrganisationTruth,
    ParticipantTruth,
    ProposalTruth,
    Seen,
    Spot,
    Truth,
    YearTruth,
)
from jeopsu.samples.world import CLOSES, FISCAL_YEARS, World, make_world

SCENARIOS = ("good", "faulty", "edges", "debt", "late")
SCANS = (*PROFILES, "mixed")


class _Order(Record):
    """One upload to be made."""

    document: int
    title: str
    company: Company
    maker: Callable[[], Made | MadePlan]
    part: str | None = None
    year: int | None = None
    of_project: bool = False


def _orders(world: World) -> Iterator[_Order]:
    lead = world.lead

    def order(n: int, company: Company, maker: Callable[..., Any], *args: Any, title: str = "", **more: Any) -> _Order:
        return _Order(document=n, title=title or TITLES[n], company=company, maker=lambda: maker(world, *args), **more)

    project = {
        1: forms_project.make_confirmation,
        2: make_plan,
        3: forms_project.make_bonus,
        4: forms_project.make_safety,
        5: forms_project.make_rates,
        6: forms_project.make_rollout,
        7: forms_project.make_data_consent,
    }
    for n, maker in project.items():
        yield order(n, lead, maker, of_project=True)
    if world.taste.joint_letter:
        yield order(9, lead, forms_each.make_letter, *world.handing_in, of_project=True)
    for company in world.handing_in:
        yield order(8, company, forms_each.make_eligibility, company)
        if not world.taste.joint_letter:
            yield order(9, company, forms_each.make_letter, company)
        yield order(10, company, forms_each.make_consent, company)
        yield order(11, company, forms_each.make_security, company)
        yield order(12, company, certificates.make_employment, company)
        yield order(13, company, certificates.make_business_registration, company, title="사업자등록증", part="bizreg")
        yield order(13, company, registry.make_registry, company, title="법인등기부등본", part="registry")
        for year in FISCAL_YEARS:
            title, maker = _statement_paper(world, company, year)
            yield order(14, company, maker, company, year, title=title, part="fs", year=year)
        budget = world.budget(company.key)
        if company.size == "midsize":
            yield order(15, company, certificates.make_midsize, company)
        if budget.equipment:
            yield order(16, company, forms_spending.make_equipment, company)
        if budget.outsourcing:
            yield order(17, company, forms_spending.make_outsourcing, company)
        if any(p.new_hire for p in world.people_of(company.key)):
            yield order(18, company, forms_spending.make_new_hires, company)
        if budget.materials:
            yield order(19, company, forms_spending.make_materials, company)


def _statement_paper(world: World, company: Company, year: int) -> tuple[str, Callable[..., Made]]:
    if company.key in world.estimated and year == FISCAL_YEARS[-1]:
        return f"추정재무제표({year}년)", statements.make_closing_statements
    if company.key == "lead":
        return f"{year}년 회계감사보고서", statements.make_audit_report
    if world.taste.partner_paper == "standard":
        return f"표준재무제표증명({year}년)", standard.make_standard_statements
    return f"결산재무제표 확인원({year}년)", statements.make_closing_statements


def _moved(made: Made, moves: tuple[Move, ...]) -> Made:
    """The truth of a scan: every box where its ink came to lie."""
    if not moves:
        return made

    def move(spot: Any) -> Any:
        return spot.model_copy(update={"bbox_pt": moves[spot.page - 1].box(spot.bbox_pt)})

    return made.model_copy(
        update={
            "field_boxes": {name: tuple(move(s) for s in spots) for name, spots in made.field_boxes.items()},
            "figures": {name: move(s) for name, s in made.figures.items()},
            "seals": tuple(map(move, made.seals)),
            "signatures": tuple(map(move, made.signatures)),
            "checkboxes": tuple(map(move, made.checkboxes)),
        }
    )


_Figures = dict[tuple[str, int], tuple[str, dict[str, Spot]]]  # company and year → file, figure → where it stands


def _upload(
    order: _Order, world: World, seed: int, scenario: str, scan: str
) -> tuple[bytes, FileTruth, dict[str, Spot] | None]:
    """One upload: its bytes, the truth about it and where its figures stand (None: document 2)."""
    n, key = order.document, order.company.key
    made = order.maker()
    name = file_name(n, order.title, order.company.file_name, "hwp" if n == 2 else "pdf")
    facts: dict[str, Any] = {"document": n, "part": order.part, "org_role": key, "fields": made.fields}
    if not order.of_project:
        facts["org"] = order.company.name
    if scenario == "faulty" and n == faults.NO_BRACKETS:
        name = name.replace("[", "").replace("]", "")
        facts |= {"naming_ok": False, "naming_problem": "missing_brackets"}
    spots = None
    if isinstance(made, MadePlan):
        data, facts["format"] = made.hwp, "hwp"
    else:
        profile = world.rng("scan", name).choice(("digital", "clean", "office")) if scan == "mixed" else scan
        data, moves = scan_with_moves(made.pdf, profile, f"{seed}/{name}")
        made = _moved(made, moves)
        shared = ("pages", "field_boxes", "seals", "signatures", "signatures_missing", "checkboxes")
        facts |= {"scan": profile, **{field: getattr(made, field) for field in shared}}
        spots = made.figures
    whose, damage = faults.DAMAGE.get(n, ("", ""))
    if scenario == "faulty" and whose == key:
        data, facts["damage"] = faults.spoil(data, damage), damage
    return data, FileTruth(file=name, **facts), spots


def make_proposal(
    folder: Path,
    *,
    seed: int = 1,
    scenario: str = "good",
    scan: str = "digital",
    only: Collection[int] | None = None,
    bend: Callable[[World], World] | None = None,
) -> Truth:
    """Writes a proposal's uploads into `folder` (made if it is not there) and returns the truth.

    scenario: "good"; "faulty" and "edges" (see `faults`); "debt" (debt ratio ≥ 500 % in two years); "late" (submitted
    after the deadline). scan: a profile of `scan.PROFILES`, or "mixed": each file its own. only: numbers of the
    documents to make; the truth then knows those alone and expects nothing. bend: changes the proposal before it is
    printed. The same arguments give the same bytes.
    Errors: ValueError for an unknown scenario or scan.
    """
    if scenario not in SCENARIOS or scan not in SCANS:
        raise ValueError(f"scenario: {SCENARIOS}; scan: {SCANS}")
    folder.mkdir(parents=True, exist_ok=True)
    world = make_world(seed, scenario)
    if scenario == "faulty":
        world = faults.plant(world)
    elif scenario == "edges":
        world = faults.cross(world)
    if bend is not None:
        world = bend(world)
    files: list[FileTruth] = []
    figures: _Figures = {}
    for order in _orders(world):
        if (only is not None and order.document not in only) or (
            scenario == "faulty" and order.document == faults.MISSING
        ):
            continue
        data, truth, spots = _upload(order, world, seed, scenario, scan)
        (folder / truth.file).write_bytes(data)
        files.append(truth)
        if order.year and spots is not None:
            figures[order.company.key, order.year] = (truth.file, spots)
    missing = missing_documents(world, files) if only is None else ()
    return Truth(
        seed=seed,
        scenario=scenario,
        scan=scan,
        deadline=CLOSES.isoformat(),
        submitted=world.submitted.isoformat(),
        proposal=ProposalTruth(
            title=world.title,
            start=world.start.isoformat(),
            end=world.end.isoformat(),
            receipt=world.receipt,
            pi=world.people[0].name,
        ),
        organisations=tuple(_organisation(company) for company in (world.lead, world.partner)),
        files=tuple(files),
        financials=tuple(_years(world, figures)),
        budget=tuple(
            BudgetTruth(org=world.company(b.organisation).name, org_role=b.organisation, **truth_names(b))
            for b in world.budgets
        ),
        participants=tuple(_participants(world)),
        missing_documents=missing,
        expected=expected(world, files, missing) if only is None else (),
    )


def _organisation(company: Company) -> OrganisationTruth:
    return OrganisationTruth(
        role=company.key,
        name=company.name,
        file_name_form=company.file_name,
        size=company.size,
        business_number=company.brn,
        corporate_number=company.crn,
        representative=company.representative,
        founded=company.founded.isoformat(),
        address=company.address,
    )


def _participants(world: World) -> Iterator[ParticipantTruth]:
    for p in world.people:
        yield ParticipantTruth(
            name=p.name,
            org=world.company(p.organisation).name,
            org_role=p.organisation,
            role=p.role,
            title=p.title,
            rate=p.rate,
            other_rate=p.other_rate,
            total_rate=p.rate_total,
            projects=p.projects,
            pi_projects=p.projects_as_lead,
            new_hire=p.new_hire,
            personnel_cash=p.personnel_cash,
            personnel_in_kind=p.personnel_in_kind,
        )


def _years(world: World, figures: dict[tuple[str, int], tuple[str, dict[str, Spot]]]) -> Iterator[YearTruth]:
    """Each company's fiscal years; a year's own file first, the next year's comparative column under `also`."""
    for key in ("lead", "partner"):
        company = world.company(key)
        audited = key == "lead" and key not in world.estimated
        for accounts in world.accounts[key]:
            if (key, accounts.year) not in figures:
                continue
            source, spots = figures[key, accounts.year]
            later, later_spots = figures.get((key, accounts.year + 1), ("", {}))
            found = {}
            for concept in REPORTED:
                spot = spots[f"{accounts.year}.{concept}"]
                again = later_spots.get(f"{accounts.year}.{concept}")
                found[concept] = Figure(
                    value=accounts[concept],
                    source=source,
                    also=(Seen(source=later, **again.model_dump()),) if again else (),
                    **spot.model_dump(),
                )
            yield YearTruth(
                org=company.name,
                org_role=key,
                year=accounts.year,
                unit=accounts.unit,
                layout="audited" if audited else world.taste.partner_paper,
                basis=("k-ifrs" if world.taste.k_ifrs else "k-gaap") if audited else "k-gaap",
                source=source,
                amounts={concept: accounts[concept] for concept in REPORTED},
                audit_opinion=world.opinions.get(accounts.year, "적정") if audited else None,
                figures=found,
            )
