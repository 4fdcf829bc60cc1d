"""One proposal in many layouts: whatever the tables look like, what is confirmed is right, and all of it is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.reading import Limits, ReadRequest
from jeopsu.extractors.kinds.plan import read_plan
from jeopsu.extractors.readers.hwp import read_hwp
from jeopsu.extractors.readers.hwp_render import as_hwpx
from jeopsu.samples.plan_layouts import varied_plan, varied_plan_hwp
from jeopsu.samples.world import World, make_world
from tests.extractors.plan_forms import fields

Key = tuple[str, str | int | None]
_ROLES = {"연구책임자": "lead", "공동연구책임자": "co_lead", "참여연구자": "researcher"}
_ITEMS = (
    "government", "cash", "in_kind", "total", "personnel_cash", "personnel_in_kind", "equipment", "materials",
    "activity", "research_allowance", "indirect",
)  # fmt: skip


def truth(world: World) -> dict[Key, object]:
    told: dict[Key, object] = {
        ("plan.title", None): world.title,
        ("plan.start", None): world.start,
        ("plan.end", None): world.end,
        ("plan.lead_researcher", None): world.people[0].name,
        ("plan.security_grade", None): "general",
    }
    for company in (world.lead, world.partner):
        for name in ("name", "business_number", "corporate_number", "representative", "size"):
            told[f"org.{name}", company.key] = getattr(company, name)
        for name in _ITEMS:
            told[f"budget.{name}", company.key] = getattr(world.budget(company.key), name)
    for index, one in enumerate(world.people):
        told |= {
            ("participant.name", index): one.name,
            ("participant.organisation", index): world.company(one.organisation).name,
            ("participant.rate", index): one.rate,
            ("participant.role", index): _ROLES[one.role],
            ("participant.new_hire", index): one.new_hire,
        }
    return told


def confirmed(found: dict[Key, FieldValue]) -> dict[Key, object]:
    return {key: field.value for key, field in found.items() if field.confirmed}


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**6))
def test_every_layout_says_the_same(seed: int) -> None:
    world = make_world(seed)
    said = confirmed(fields(*varied_plan(world, seed)))
    told = truth(world)
    assert {key: said.get(key) for key in told} == told


@pytest.mark.parametrize("seed", [3, 8])
def test_as_files(seed: int, tmp_path: Path) -> None:
    """HWP through both its readers, HWPX through its own: the same values as from the tables themselves."""
    world = make_world(seed)
    path = tmp_path / "plan.hwp"
    path.write_bytes(varied_plan_hwp(world, seed))
    other = tmp_path / "plan.hwpx"
    other.write_bytes(as_hwpx(str(path)))
    told = truth(world)
    for file in (path, other):
        document = read_hwp(str(file), file.name, Limits())
        assert not document.problems and len(document.readers) == 2
        made = read_plan(document, ReadRequest(path="", name=file.name))
        said = {(f.name, f.index if f.index is not None else f.organisation): f.value for f in made if f.confirmed}
        assert {key: said.get(key) for key in told} == told
