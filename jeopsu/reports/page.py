"""The report as one HTML file that needs nothing else: for the screen, for print, for sending on."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

from jeopsu.domain.labels import labelled
from jeopsu.domain.report import Report
from jeopsu.domain.text import Language
from jeopsu.domain.values import person_name
from jeopsu.reports import words
from jeopsu.reports.agenda import agenda
from jeopsu.reports.contract import plain

_MOST = 12  # values shown under a finding; the JSON report has them all
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(), trim_blocks=True
)


def to_html(report: Report, language: Language = "ko") -> str:
    """The whole report, worst first, with the place of every value it rests on."""
    return _TEMPLATES.get_template("report.html").render(
        report=report,
        submission=report.submission,
        todo=agenda(report),
        language=language,
        ko=language == "ko",
        words=words,
        plain=plain,
        masked=person_name.masked,
        labelled=labelled,
        most=_MOST,
    )
