"""Samples are a second opinion to the packs only if they are true themselves: sums, names, boxes, plan, faults."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
import unhwp
from hypothesis import given, settings
from hypothesis import strategies as st

from jeopsu.domain.values import business_number, corporate_number
from jeopsu.samples import faults
from jeopsu.samples.accounts import breaks
from jeopsu.samples.certificates import make_certificate_pdf
from jeopsu.samples.make import make_proposal
from jeopsu.samples.plan_hwp import MadePlan, make_plan_hwp
from jeopsu.samples.scan import Move, scan_pdf, scan_with_moves
from jeopsu.samples.sheet import Made
from jeopsu.samples.statements import make_statement_pdf
from jeopsu.samples.titles import TITLES
from jeopsu.samples.truth import Points, Truth
from jeopsu.samples.world import CLOSES, make_world

NAME = re.compile(r"\[서식-(\d+)\] (.+)_([^_]+)\.(pdf|hwp)")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("good")
    return folder, make_proposal(folder, seed=1)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("faulty")
    return folder, make_proposal(folder, seed=2, scenario="faulty")


def text_in(document: pypdfium2.PdfDocument, page: int, box: Points) -> str:
    """The characters whose middles lie in a box, without blanks."""
    sheet = document[page - 1]
    text = sheet.get_textpage()
    high = sheet.get_height()
    found = []
    for i in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(i, loose=True)
        x, y = (left + right) / 2, high - (bottom + top) / 2
        if box[0] - 0.5 <= x <= box[2] + 0.5 and box[1] - 0.5 <= y <= box[3] + 0.5:
            found.append(text.get_text_range(i, 1))
    return re.sub(r"\s", "", unicodedata.normalize("NFC", "".join(found)))


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


# --- what is true ---------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["good", "debt", "late"]))
def test_every_identity_holds(seed: int, scenario: str) -> None:
    world = make_world(seed, scenario)
    for years in world.accounts.values():
        assert [breaks(year) for year in years] == [[]] * 4
        for before, now in zip(years, years[1:], strict=False):
            assert now["retained"] == before["retained"] + now["net_income"]
    for budget in world.budgets:
        people = world.people_of(budget.organisation)
        assert budget.items == budget.total
        assert budget.personnel_cash + budget.personnel_in_kind == sum(
            p.personnel_cash + p.personnel_in_kind for p in people
        )
        assert budget.research_allowance * 10 == budget.personnel_cash + budget.personnel_in_kind
        assert all(won % 1000 == 0 and won >= 0 for won in budget.model_dump(exclude={"organisation"}).values())
    assert sum(budget.government for budget in world.budgets) <= 200_000_000
    assert len({p.name for p in world.people}) == len(world.people)
    for company in (world.lead, world.partner):
        assert business_number.check_digit_fits(company.business_number)
        assert corporate_number.check_digit_fits(company.corporate_number)


@pytest.mark.parametrize("seed", range(8))
def test_debt_means_five_hundred_percent_twice(seed: int) -> None:
    years = make_world(seed, "debt").accounts["lead"]
    assert all(year["liabilities"] >= 5 * year["equity"] > 0 for year in years[-2:])
    assert not all(year["liabilities"] >= 5 * year["equity"] for year in make_world(seed).accounts["lead"][-2:])


@pytest.mark.parametrize("seed", range(8))
def test_late_is_after_the_deadline_and_good_before(seed: int) -> None:
    assert make_world(seed, "late").submitted > CLOSES > make_world(seed).submitted


# --- a whole proposal -----------------------------------------------------------------------------------------


def test_a_good_proposal_has_every_document_under_its_right_name(good: tuple[Path, Truth]) -> None:
    folder, truth = good
    assert sorted(path.name for path in folder.iterdir()) == sorted(file.file for file in truth.files)
    organisations = {o.role: o.file_name_form for o in truth.organisations}
    for file in truth.files:
        match = NAME.fullmatch(file.file)
        assert match and unicodedata.is_normalized("NFC", file.file)
        number, title, organisation, extension = match.groups()
        assert (int(number), organisation) == (file.document, organisations[file.org_role])
        assert extension == ("hwp" if file.document == 2 else "pdf")
        if file.document not in (13, 14):
            assert title == TITLES[file.document]
    assert {file.document for file in truth.files} == set(range(1, 20))
    assert truth.missing_documents == ()
    assert {e.status for e in truth.expected} == {"pass"}


def test_boxes_lie_on_the_characters_they_name(good: tuple[Path, Truth]) -> None:
    folder, truth = good
    checked = 0
    for year in truth.financials:
        for figure in year.figures.values():
            for source, spot in [(figure.source, figure), *((again.source, again) for again in figure.also)]:
                document = pypdfium2.PdfDocument(folder / source)
                assert text_in(document, spot.page, spot.bbox_pt) == squeezed(spot.printed)
                checked += 1
    assert checked == 2 * 11 * (3 + 2)
    for file in truth.files:
        if file.document in (5, 13, 15):
            document = pypdfium2.PdfDocument(folder / file.file)
            for spots in file.field_boxes.values():
                for spot in spots:
                    assert squeezed(spot.printed) in text_in(document, spot.page, spot.bbox_pt)


def test_everybody_signed(good: tuple[Path, Truth]) -> None:
    _, truth = good
    for file in truth.files:
        if file.document == 10:
            people = {p.name for p in truth.participants if p.org_role == file.org_role}
            assert {ink.whose for ink in (*file.seals, *file.signatures)} == people


def test_truth_is_written_in_the_scorers_shape(good: tuple[Path, Truth], tmp_path: Path) -> None:
    _, truth = good
    truth.write(tmp_path / "truth.json")
    data = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    year = data["financials"][0]
    assert year["figures"]["assets"]["value"] == year["assets"] and len(year["figures"]["assets"]["bbox_pt"]) == 4
    assert Truth.model_validate(truth.model_dump()) == truth


def test_the_same_seed_gives_the_same_bytes(good: tuple[Path, Truth], tmp_path: Path) -> None:
    folder, truth = good
    again = make_proposal(tmp_path, seed=1, only={2, 10, 15})
    assert {file.document for file in again.files} == {2, 10, 15}
    for file in again.files:
        assert (tmp_path / file.file).read_bytes() == (folder / file.file).read_bytes()
        assert file in truth.files


# --- the plan -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MadePlan]:
    made = make_plan_hwp(seed=3)
    path = tmp_path_factory.mktemp("plan") / "plan.hwp"
    path.write_bytes(made.hwp)
    return path, made


def test_pyhwp_reads_every_cell_with_its_span(plan: tuple[Path, MadePlan]) -> None:
    path, made = plan
    program = "from hwp5.hwp5proc import main; main()"
    command = [sys.executable, "-c", program, "models", str(path), "BodyText/Section0"]
    done = subprocess.run(command, capture_output=True, check=True)
    tables: list[list[tuple[int, int, int, int, str]]] = []
    for model in json.loads(done.stdout):
        content = model["content"]
        if model["type"] == "TableBody":
            tables.append([])
        elif model["type"] == "TableCell":
            spot = tuple(content[key] for key in ("row", "col", "rowspan", "colspan"))
            tables[-1].append((*spot, ""))
        elif model["type"] == "ParaText" and model["level"] > 2:
            words = "".join(chunk for _, chunk in content["chunks"] if isinstance(chunk, str)).strip()
            *spot, before = tables[-1][-1]
            tables[-1][-1] = (*spot, f"{before}\n{words}".strip())
    assert [sorted(table) for table in tables] == [sorted(cells) for cells in made.tables.values()]
    assert any(cell[2] > 1 for cell in tables[3]) and any(cell[3] > 1 for cell in tables[3])


def test_pyhwp_writes_the_plan_as_xml(plan: tuple[Path, MadePlan]) -> None:
    path, made = plan
    command = [sys.executable, "-c", "from hwp5.hwp5proc import main; main()", "xml", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    text = "".join(node.text or "" for node in ElementTree.fromstring(done.stdout).iter("Text"))
    assert str(made.fields["title"]) in text and "활용 및 확산 계획" in text


def test_unhwp_reads_every_cell(plan: tuple[Path, MadePlan]) -> None:
    path, made = plan
    text = squeezed(unhwp.parse(str(path)).plain_text)
    for cells in made.tables.values():
        for *_, words in cells:
            assert squeezed(words) in text


# --- scans ----------------------------------------------------------------------------------------------------


def test_a_scan_keeps_the_page_and_loses_the_text() -> None:
    made = make_certificate_pdf("midsize")
    scanned = scan_pdf(made.pdf, "poor", 1)
    assert scanned == scan_pdf(made.pdf, "poor", 1) != scan_pdf(made.pdf, "poor", 2)
    before, after = pypdfium2.PdfDocument(made.pdf)[0], pypdfium2.PdfDocument(scanned)[0]
    assert after.get_size() == pytest.approx(before.get_size(), abs=1)
    assert after.get_textpage().count_chars() == 0
    assert scan_pdf(made.pdf, "digital", 1) == made.pdf


@pytest.mark.parametrize("profile", ["clean", "office", "poor"])
def test_boxes_follow_the_ink_of_a_scan(profile: str) -> None:
    """The seal's red (or dark) ink lies in the moved box."""
    made = make_certificate_pdf("midsize", seed=4)
    scanned, moves = scan_with_moves(made.pdf, profile, 7)
    (seal,) = made.seals
    left, top, right, bottom = (int(v * 2) for v in moves[0].box(seal.bbox_pt))
    picture = pypdfium2.PdfDocument(scanned)[0].render(scale=2).to_pil().convert("L")
    wide, high = picture.size

    def ink(box: tuple[int, int, int, int]) -> float:
        data = picture.crop(box).tobytes()
        return sum(value < 200 for value in data) / len(data)

    assert ink((left, top, right, bottom)) > 0.05
    # right beside the seal there is paper
    assert ink((right + 16, top, min(wide, right + 60), bottom)) < 0.03


@given(st.floats(-3, 3), st.floats(0, 500), st.floats(0, 800))
def test_moving_a_box_keeps_what_it_held(angle: float, left: float, top: float) -> None:
    move = Move(angle=angle, width=595, height=842)
    x0, y0, x1, y1 = move.box((left, top, left + 60, top + 12))
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    back = Move(angle=-angle, width=595, height=842).box((x, y, x, y))
    assert back[0] == pytest.approx(left + 30, abs=0.3) and back[1] == pytest.approx(top + 6, abs=0.3)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_boxes_follow_a_page_fed_any_way_round(quarters: int) -> None:
    picture = np.zeros((842, 595), np.uint8)
    picture[100:120, 40:200] = 255
    move = Move(angle=0, width=595, height=842, quarters=quarters)
    rows, columns = np.nonzero(np.rot90(picture, quarters))
    ink = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert move.box((40, 100, 200, 120)) == pytest.approx(ink)


def test_the_worst_scanner_feeds_some_pages_lying() -> None:
    pdf = make_certificate_pdf("midsize").pdf
    scans = [scan_with_moves(pdf, "shaded", seed) for seed in range(8)]
    lying = [moves[0].quarters % 2 for _, moves in scans]
    assert 0 < sum(lying) < len(lying)
    for (scanned, _), lies in zip(scans, lying, strict=True):
        width, height = pypdfium2.PdfDocument(scanned)[0].get_size()
        assert (width > height) == bool(lies)


# --- faults ---------------------------------------------------------------------------------------------------


def test_every_fault_is_there(faulty: tuple[Path, Truth]) -> None:
    _, truth = faulty
    failed = {(e.rule, e.document or e.person) for e in truth.expected if e.status == "fail"}
    rules = {rule for rule, _ in failed}
    assert {"document_missing", "file_name", "document_content", "signature_missing"} <= rules
    assert {"participation_rate_min", "research_allowance_exact", "midsize_certificate"} <= rules
    assert ("document_missing", 7) in failed and not any(f.document == 7 for f in truth.files)
    assert truth.file(4).file.startswith("서식-4 ")

    (unsigned,) = truth.file(10).signatures_missing
    assert ("signature_missing", 10) in failed
    assert unsigned not in {ink.whose for ink in (*truth.file(10).seals, *truth.file(10).signatures)}
    assert [p.rate for p in truth.participants if p.rate < 10] == [9]
    lead = truth.budget[0]
    assert lead.allowance - (lead.personnel_cash + lead.personnel_in_kind) // 10 == 1000
    assert truth.file(15).fields["valid_until"] < "2023-04-25"


def test_every_damage_is_there(faulty: tuple[Path, Truth]) -> None:
    folder, truth = faulty
    damaged = {file.damage: (folder / file.file).read_bytes() for file in truth.files if file.damage}
    assert set(damaged) == {"empty", "encrypted", "truncated", "wrong_type"}
    assert damaged["empty"] == b""
    assert damaged["wrong_type"].startswith(b"\xff\xd8\xff")
    assert damaged["truncated"].startswith(b"%PDF") and b"%%EOF" not in damaged["truncated"]
    with pytest.raises(pypdfium2.PdfiumError, match="[Pp]assword"):
        pypdfium2.PdfDocument(damaged["encrypted"])
    assert len(pypdfium2.PdfDocument(damaged["encrypted"], password="jeopsu-2023")) == 1


def test_an_unknown_scenario_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="scenario"):
        make_proposal(tmp_path, scenario="perfect")
    with pytest.raises(ValueError, match="damage"):
        faults.spoil(b"", "wet")


# --- statements -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "role", "taste"),
    [
        ("audit", "lead", {"k_ifrs": True, "unit": 1_000_000, "negative": "△", "ruled": "open"}),
        ("audit", "lead", {"k_ifrs": False, "unit": 1000, "negative": "()", "two_columns": True, "ruled": "half"}),
        ("closing", "partner", {"ruled": "ruled", "spaced": True}),
        ("standard", "partner", {}),
    ],
)
def test_statements_print_what_is_true(paper: str, role: str, taste: dict[str, object]) -> None:
    made: Made = make_statement_pdf(seed=5, year=2021, role=role, paper=paper, **taste)
    document = pypdfium2.PdfDocument(made.pdf)
    years = {a.year: a for a in make_world(5, **taste).accounts[role]}
    assert len(made.figures) == (11 if paper == "standard" else 22)
    for key, spot in made.figures.items():
        year, concept = key.split(".")
        digits = int(re.sub(r"\D", "", spot.printed))
        unit = int(str(taste.get("unit", 1)))
        assert digits * unit == abs(years[int(year)][concept])
        assert text_in(document, spot.page, spot.bbox_pt) == squeezed(spot.printed)
