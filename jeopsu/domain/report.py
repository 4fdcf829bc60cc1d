"""The result of one run on one proposal. `reports/` writes it down; the contract's JSON is its shape for others."""

from __future__ import annotations

from datetime import datetime

from jeopsu.domain.base import Record
from jeopsu.domain.findings import Finding, Verdict
from jeopsu.domain.submissions import Submission


class Run(Record):
    """When and by what this was made. The only part of a report that differs between equal runs."""

    started: datetime
    seconds: float
    version: str
    engine: dict[str, str] = {}


class Report(Record):
    """A submission with the verdict on it."""

    call: str
    run: Run
    submission: Submission
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
