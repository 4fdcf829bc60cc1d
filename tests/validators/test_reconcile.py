"""The same figure in two files: equal, rounded alike, or for a person to look at."""

from __future__ import annotations

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.validators.reconcile import reconcile


def field(
    name: str, year: int, value: int, file: str = "a.pdf", status: FieldStatus = FieldStatus.CONFIRMED
) -> FieldValue:
    box = Box(left=1, top=1, right=2, bottom=2)
    return FieldValue(
        name=name, year=year, value=value, printed=str(value), status=status, confidence=0.99, organisation="lead",
        evidence=Region(file=file, page=3, box=box), how="digital",
    )  # fmt: skip


def statuses(*fields: FieldValue) -> list[str]:
    return [f.status.value for f in reconcile(fields)]


def test_equal_figures_stay_as_they_are() -> None:
    fields = (
        field("fs.assets", 2021, 500),
        field("fs.assets", 2021, 500, "b.pdf"),
        field("fs.assets", 2022, 700, "b.pdf"),
    )
    assert reconcile(fields) == fields


def test_last_years_column_that_differs_makes_both_uncertain() -> None:
    first, second = reconcile((field("fs.equity", 2021, 500), field("fs.equity", 2021, 530, "b.pdf")))
    assert first.status is second.status is FieldStatus.UNCERTAIN
    assert "b.pdf 3쪽 530원" in first.note and first.alternatives == (530,)
    assert {r.text for r in second.readings} == {"500"}


def test_one_printed_in_thousands_and_one_in_won_agree() -> None:
    assert (
        statuses(field("fs.revenue", 2021, 1_234_000), field("fs.revenue", 2021, 1_234_567, "b.pdf"))
        == ["confirmed"] * 2
    )
    assert (
        statuses(field("fs.revenue", 2021, 1_234_000), field("fs.revenue", 2021, 1_236_567, "b.pdf"))
        == ["uncertain"] * 2
    )


def test_years_and_organisations_are_not_mixed() -> None:
    other = field("fs.assets", 2021, 9).model_copy(update={"organisation": "partner"})
    assert statuses(field("fs.assets", 2021, 5), field("fs.assets", 2020, 6), other) == ["confirmed"] * 3


def test_assets_must_be_liabilities_and_equity_across_files() -> None:
    a, b, c = (
        field("fs.assets", 2022, 1_001),
        field("fs.liabilities", 2022, 600, "b.pdf"),
        field("fs.equity", 2022, 400),
    )
    assert statuses(a, b, c) == ["uncertain"] * 3
    assert statuses(field("fs.assets", 2022, 1_000), b, c) == ["confirmed"] * 3


def test_a_part_is_not_more_than_its_whole() -> None:
    assert statuses(field("fs.assets", 2022, 10), field("fs.current_assets", 2022, 11)) == ["uncertain"] * 2


def test_uncertain_figures_contradict_nobody() -> None:
    doubtful = field("fs.assets", 2021, 7, "b.pdf", FieldStatus.UNCERTAIN)
    assert statuses(field("fs.assets", 2021, 5), doubtful) == ["confirmed", "uncertain"]
