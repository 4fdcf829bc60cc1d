"""The whole way: two invented companies' uploads from their folder to a verdict, marked against the truth.

Confirmed and wrong is never allowed; what was planted must be found.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from jeopsu.domain.findings import Finding, Outcome, Verdict
from jeopsu.domain.problems import Code
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import Status
from jeopsu.flows.check import check_files
from jeopsu.flows.folder import uploads_in
from jeopsu.reports import contract
from jeopsu.samples.make import make_proposal
from jeopsu.samples.truth import Truth
from tests.marking import Marks

RECEIVED = datetime.fromisoformat("2023-04-24T10:00:00+09:00")
BUDGET = {
    "grant": "government",
    "own_cash": "cash",
    "own_in_kind": "in_kind",
    "total": "total",
    "personnel_cash": "personnel_cash",
    "personnel_in_kind": "personnel_in_kind",
    "allowance": "research_allowance",
    "equipment": "equipment",
    "materials": "materials",
    "outsourcing": "outsourcing",
    "indirect": "indirect",
}


def checked(folder: Path, *, seed: int, scenario: str, scan: str = "digital", **more: object) -> tuple[Report, Truth]:
    folder.mkdir(exist_ok=True)
    truth = make_proposal(folder, seed=seed, scenario=scenario, scan=scan, **more)  # type: ignore[arg-type]
    report = check_files(
        uploads_in(folder), call_id="kiat-2023-265", proposal="P", received=RECEIVED, jobs=1 if more else 2
    )
    return report, truth


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Truth]:
    return checked(tmp_path_factory.mktemp("good"), seed=1, scenario="good")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Truth]:
    return checked(tmp_path_factory.mktemp("faulty"), seed=4, scenario="faulty")


def mark(report: Report, truth: Truth) -> dict[str, Marks]:
    """Figures, budget, identity and people, each value against the truth."""
    groups = {name: Marks() for name in ("figures", "budget", "identity", "people")}
    fields = report.submission.fields
    for year in truth.financials:
        for name, figure in year.figures.items():
            found = [f for f in fields if (f.name, f.organisation, f.year) == (f"fs.{name}", year.org_role, year.year)]
            groups["figures"].value(f"{year.org_role} {year.year} {name}", figure.value, found)
    for money in truth.budget:
        for key, name in BUDGET.items():
            found = [f for f in fields if (f.name, f.organisation) == (f"budget.{name}", money.org_role)]
            groups["budget"].value(f"{money.org_role} {name}", getattr(money, key), found)
    for organisation in truth.organisations:
        for name in ("name", "business_number", "corporate_number", "representative", "size"):
            found = [f for f in fields if (f.name, f.organisation) == (f"org.{name}", organisation.role)]
            groups["identity"].value(f"{organisation.role} {name}", getattr(organisation, name), found)
    for person in truth.participants:
        rows = {(f.file, f.index) for f in fields if f.name == "participant.name" and f.value == person.name}
        for name, want in (
            ("rate", person.rate),
            ("rate_total", person.total_rate),
            ("projects", person.projects),
        ):
            found = [f for f in fields if f.name == f"participant.{name}" and (f.file, f.index) in rows]
            groups["people"].value(f"{person.name} {name}", want, found)
    return groups


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Truth]:
    return checked(tmp_path_factory.mktemp("edges"), seed=6, scenario="edges", only={2, 5, 13})


def test_what_lies_just_beyond_its_limit_fails_and_nothing_else(edges: tuple[Report, Truth]) -> None:
    report, _ = edges
    rules = {
        "participation_rate_min", "participation_rate_total", "concurrent_projects", "cash_share", "government_share",
        "budget_adds_up", "research_allowance_exact", "registry_fresh", "identity_consistent", "consortium_one_to_one",
    }  # fmt: skip
    fails = {(f.rule, f.organisation) for f in report.findings if f.outcome is Outcome.FAIL and f.rule in rules}
    assert fails == {
        ("participation_rate_total", "lead"),
        ("concurrent_projects", "partner"),
        ("cash_share", "partner"),
        ("registry_fresh", "partner"),
    }
    open_ = {(f.rule, f.organisation) for f in report.findings if f.outcome is Outcome.UNDETERMINED and f.rule in rules}
    assert open_ == set()


@pytest.mark.parametrize("scenario", ["good", "faulty"])
def test_no_value_is_confirmed_and_wrong(scenario: str, request: pytest.FixtureRequest) -> None:
    report, truth = request.getfixturevalue(scenario)
    for name, marks in mark(report, truth).items():
        assert not marks.silent, f"{name}: {marks}"
        assert marks.share >= 0.9, f"{name}: {marks}"


def test_a_good_proposal_has_nothing_to_mend(good: tuple[Report, Truth]) -> None:
    report, truth = good
    assert {f.name: f.document for f in report.submission.files} == {f.file: f.document for f in truth.files}
    assert [f.message.ko for f in report.findings if f.outcome is Outcome.FAIL] == []
    assert report.verdict in (Verdict.CLEAR, Verdict.UNDETERMINED)


def test_what_was_planted_is_found(faulty: tuple[Report, Truth]) -> None:
    report, truth = faulty

    def fails(rule: str) -> list[Finding]:
        return [f for f in report.findings if f.rule == rule and f.outcome is Outcome.FAIL]

    assert [f.about.document for f in fails("document_missing")] == [7]
    assert fails("participation_rate_min") and fails("research_allowance_exact") and fails("midsize_certificate")
    damaged = {f.file: f.damage for f in truth.files if f.damage}
    files = {f.name: f for f in report.submission.files}
    expected = {
        "empty": Code.EMPTY,
        "truncated": Code.TRUNCATED,
        "encrypted": Code.ENCRYPTED,
        "wrong_type": Code.WRONG_TYPE,
    }
    for name, damage in damaged.items():
        assert expected[damage] in {p.code for p in files[name].problems}, name
    told = {f.about.file for f in report.findings if f.rule == "document_content" and f.outcome is not Outcome.PASS}
    assert set(damaged) <= told
    unread = {f.name for f in report.submission.files if f.status is Status.UNREADABLE}
    assert unread == {name for name, damage in damaged.items() if damage != "wrong_type"}
    assert any(f.about.file and "안전관리형" in f.about.file for f in fails("file_name"))


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "part"
    folder.mkdir()
    make_proposal(folder, seed=2, scenario="good", only={2, 12, 15})
    files = uploads_in(folder)
    one, other = (
        contract.contents(check_files(order, call_id="kiat-2023-265", proposal="P", received=RECEIVED))
        for order in (files, files[::-1])
    )
    del one["run"], other["run"]
    assert one == other


@pytest.mark.slow
@pytest.mark.parametrize("scan", ["clean", "office", "poor"])
def test_scans_are_never_silently_wrong(tmp_path: Path, scan: str) -> None:
    report, truth = checked(tmp_path / scan, seed=3, scenario="good", scan=scan)
    for name, marks in mark(report, truth).items():
        assert not marks.silent, f"{name}: {marks}"
