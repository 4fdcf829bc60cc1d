"""A call's files: what is right is read, and each mistake an author can make is refused with its line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from jeopsu.calls import load
from jeopsu.validators import bind, examples

HOUSE = load.HOME / "kiat_2023_265"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HOUSE, tmp_path / "call"))


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old`; the line on which it stood."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("call", load.list_calls(), ids=lambda call: call.id)
def test_every_call_of_the_house_is_right_and_its_cases_come_out(call: object) -> None:
    found = load.load_call(call.id)  # type: ignore[attr-defined]
    assert load.check_call(found.id) == []
    assert bind.problems(found) == []
    assert examples.problems(found) == []


def test_the_special_rule_of_2023_is_a_dated_version() -> None:
    rule = next(rule for rule in load.load_call("kiat-2023-265").rules if rule.id == "government_share")
    small = [
        version.params["small"]
        for day in ("2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01")
        if (version := rule.on(date.fromisoformat(day)))
    ]
    assert small == ["67", "80", "80", "67"]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("rules.yaml", "effect: may_exclude", "efect: may_exclude", "unknown key 'efect'"),
        ("rules.yaml", "effect: may_exclude", "effect: perhaps", "effect"),
        ("rules.yaml", "- id: grant_cap", "- id: project_period", "stands twice"),
        ("rules.yaml", "until: 2022-12-31", "until: 2022-11-30", "no version between 2022-11-30 and 2023-01-01"),
        ("rules.yaml", "until: 2022-12-31", "until: 2023-06-30", "versions overlap"),
        ("rules.yaml", "readings: [1, 2]", "readings: [1, 77]", "no such reading"),
        ("documents.yaml", "- number: 3", "- number: 2", "document number 2 stands twice"),
        ("documents.yaml", "  by: project", "  by: project\n  by: each", "duplicate key"),
        ("documents.yaml", "title: 연구개발계획서", "title: 온라인 제출 최종 확인서", "document title"),
        ("documents.yaml", "sizes: [midsize]", "sizes: []", "condition on size"),
        ("call.yaml", "agency:", "agncy:", "agncy"),
        ("call.yaml", "closes: 2023-04-25T18:00:00+09:00", "closes: soon", "closes"),
        ("cases.yaml", "- rule: grant_cap", "- rule: grant_cup", "no such rule"),
    ],
)
def test_a_mistake_is_refused_with_its_file(folder: Path, file: str, old: str, new: str, words: str) -> None:
    spoil(folder, file, old, new)
    problems = load.check_call(folder)
    assert any(problem.file == file and words in str(problem) for problem in problems), problems
    with pytest.raises(load.CallFileError):
        load.load_call(folder)


def test_the_line_is_the_line(folder: Path) -> None:
    line = spoil(folder, "rules.yaml", "params:\n        most: 200000000", "parms:\n        most: 200000000")
    assert any(problem.line == line for problem in load.check_call(folder))


def test_a_rule_that_starts_after_the_call_opens_leaves_a_gap(folder: Path) -> None:
    spoil(folder, "rules.yaml", "2023-01-01:", "2023-03-16:")
    assert any("when the call opens" in str(problem) for problem in load.check_call(folder))


def test_a_missing_file_and_an_unknown_call_are_named(folder: Path) -> None:
    (folder / "rules.yaml").unlink()
    assert [problem.file for problem in load.check_call(folder)] == ["rules.yaml"]
    with pytest.raises(load.CallNotFound):
        load.load_call("no-such-call")


def test_checks_and_parameters_are_bound(folder: Path) -> None:
    line = spoil(folder, "rules.yaml", "check: grant_cap", "check: grant_cupp")
    spoil(folder, "rules.yaml", "months: 8", "months: eight")
    found = bind.problems(load.load_call(folder))
    assert any(f"rules.yaml:{line - 1}" in one and "grant_cupp" in one for one in found)
    assert any("params.months" in one for one in found)


def test_a_changed_limit_changes_the_outcome_without_code(folder: Path) -> None:
    spoil(folder, "rules.yaml", "most: 200000000", "most: 100000000")
    assert any("grant_cap" in one for one in examples.problems(load.load_call(folder)))
