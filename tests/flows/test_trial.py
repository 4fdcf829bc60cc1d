"""A changed call is tried on proposals that were checked: only what it changes is told, nothing is kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jeopsu.calls.load import load_call
from jeopsu.domain.findings import Outcome
from jeopsu.flows import cli, trial
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from tests.review.builders import CALL, keep

SOURCE = Path(__file__).resolve().parents[2] / "jeopsu/calls/kiat_2023_265"


def changed_call(folder: Path, before: str = "percent: 500", after: str = "percent: 80") -> Path:
    """The call with another limit of the debt ratio."""
    copy = Path(shutil.copytree(SOURCE, folder / "call"))
    rules = copy / "rules.yaml"
    text = rules.read_text()
    start = text.index("- id: debt_ratio_two_years")
    assert before in text[start : start + 400]
    rules.write_text(text[:start] + text[start:].replace(before, after, 1))
    return copy


def test_only_what_the_changed_limit_turns_is_told(given: Settings, tmp_path: Path) -> None:
    keep(given, "P-1", equity=500_000_000, sure=True)
    keep(given, "P-2", equity=5_000_000_000, sure=True)
    runs = records.runs("P-1")
    found = {one.proposal: one for one in trial.trial(given, changed_call(tmp_path))}
    assert list(found) == ["P-1", "P-2"]
    (turn,) = found["P-1"].turns
    assert (turn.rule, turn.organisation, turn.before, turn.after) == (
        "debt_ratio_two_years",
        "lead",
        Outcome.PASS,
        Outcome.UNDETERMINED,
    )
    assert "80.00%" in turn.message
    assert not found["P-2"].turns
    assert records.runs("P-1") == runs


def test_the_same_call_changes_nothing_in_one_process_or_in_several(
    given: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        keep(given, f"P-{number}")
    alone = list(trial.trial(given, SOURCE))
    assert [one.proposal for one in alone] == ["P-0", "P-1", "P-2", "P-3"] and not any(one.turns for one in alone)
    monkeypatch.setattr(trial, "_ALONE", 1)
    monkeypatch.setattr(trial, "_SHARE", 3)
    monkeypatch.setattr(trial, "cores", lambda: 2)
    assert list(trial.trial(given, SOURCE)) == alone


def test_the_command_says_it_in_words_and_refuses_a_broken_call(given: Settings, tmp_path: Path) -> None:
    keep(given, "P-1", equity=500_000_000, sure=True)
    call = changed_call(tmp_path)
    told = CliRunner().invoke(cli.app, ["calls", "try", str(call), "--data", str(given.data)])
    assert told.exit_code == 0, told.output
    assert "debt_ratio_two_years lead: 적합 → 확인 필요" in told.output
    assert "확인한 과제 1개 가운데 1개가 달라짐" in told.output
    (call / "rules.yaml").write_text("- id: x\n  nonsense: 1\n")
    refused = CliRunner().invoke(cli.app, ["calls", "try", str(call), "--data", str(given.data)])
    assert refused.exit_code == 2 and "rules.yaml:" in refused.output
    assert load_call(CALL).id == CALL
