"""What changed between two runs, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from jeopsu.domain.findings import Outcome, Verdict
from jeopsu.domain.report import Report
from jeopsu.flows import cli, cli_platform, diff, platform, work
from jeopsu.flows.diff import Why
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from jeopsu.storage.rows import DecisionRow
from tests.flows.builders import Reader
from tests.storage.builders import report


def decision(of: Report, id_: int = 1, undoes: int | None = None) -> DecisionRow:
    finding = of.findings[0]
    prints = records.fingerprint(finding, {file.name: file.sha256 for file in of.submission.files})
    return DecisionRow(
        id=id_,
        proposal="P-1",
        run=1,
        subject="finding",
        key=records.finding_key(finding),
        fingerprint=prints,
        kind="override",
        value=None,
        reason="because",
        by="kim",
        at=of.run.started,
        undoes=undoes,
    )


def other_value(of: Report, value: int) -> Report:
    (field,) = of.submission.fields
    changed = field.model_copy(update={"value": value})
    (finding,) = of.findings
    return of.model_copy(
        update={
            "submission": of.submission.model_copy(update={"fields": (changed,)}),
            "findings": (finding.model_copy(update={"inputs": (changed,), "outcome": Outcome.FAIL}),),
            "verdict": Verdict.SUPPLEMENT,
        }
    )


def run_with(of: Report, **changes: object) -> Report:
    return of.model_copy(update={"run": of.run.model_copy(update=changes)})


def compare(old: Report, new: Report, *decisions: DecisionRow) -> diff.RunDiff:
    return diff.compare("P-1", 1, 2, old, new, decisions)


def test_equal_runs_differ_in_nothing() -> None:
    found = compare(report(), report(), decision(report()))
    assert (found.verdict, found.causes, found.files, found.fields, found.findings) == (None, (), (), (), ())
    assert [one.holds for one in found.decisions] == [True]


def test_another_file_explains_its_values_and_findings() -> None:
    old, new = report(content=b"a"), other_value(report(content=b"b"), 5)
    found = compare(old, new, decision(old))
    assert [change.what for change in found.files] == ["a.pdf"]
    (field,) = found.fields
    assert (field.what, field.before, field.after) == ("budget.cash 2023", "1000000 (confirmed)", "5 (confirmed)")
    assert field.why == (Why.FILE,)
    (finding,) = found.findings
    assert (finding.what, finding.before, finding.after) == ("cash_share", "undetermined", "fail")
    assert finding.why == (Why.FILE, Why.VALUE)
    assert found.verdict and (found.verdict.before, found.verdict.after) == ("undetermined", "supplement")
    assert [one.holds for one in found.decisions] == [False]


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"version": "0.2"}, Why.CODE), ({"engine": {"e": "2"}}, Why.ENGINE)],
)
def test_the_same_files_read_otherwise_are_the_programs_doing(changes: dict[str, object], why: Why) -> None:
    found = compare(report(), run_with(other_value(report(), 5), **changes))
    assert found.causes == (why,)
    assert found.fields[0].why == (why,)


def test_an_undone_decision_is_no_decision() -> None:
    first = decision(report())
    assert compare(report(), report(), first, decision(report(), 2, undoes=1)).decisions == ()


def test_runs_that_are_not_there_are_said(given: object) -> None:
    from tests.storage.builders import upload

    upload()
    with pytest.raises(diff.NoSuchRun, match="7번째"):
        diff.diff(given, "P-1", 7, 8)  # type: ignore[arg-type]


def test_a_run_that_is_not_there_is_said_and_no_crash(given: Settings, reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"1")
    platform.submit(given, "P-1", [tmp_path / "a.pdf"])
    work.work("P-1", platform.open_files(given), given)
    cli_platform.register(cli.app)
    result = CliRunner().invoke(cli.app, ["diff", "P-1", "1", "99", "--data", str(given.data)])
    assert result.exit_code == 2
    assert "99번째" in result.output
