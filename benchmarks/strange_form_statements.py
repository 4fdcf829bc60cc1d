"""Statements of which one figure was corrected by hand: for `strange_forms`."""

from __future__ import annotations

from benchmarks.strange_form_paper import Form
from jeopsu.samples.accounts import REPORTED
from jeopsu.samples.statements import make_statement_pdf


def statement(form: Form) -> str:
    """A statement of `samples/`; empty: it is drawn already."""
    paper = form.pick("paper", "audit", "closing", "standard")
    form.made = make_statement_pdf(seed=form.world.seed, year=2022, paper=paper)
    form.pdf = form.made.pdf
    for key, _spot in form.made.figures.items():
        year, _, concept = key.partition(".")
        if concept in REPORTED:
            value = next(a for a in form.world.accounts["lead"] if a.year == int(year))[concept]
            form.truth[f"fs.{concept}@{year}"] = (str(value),)
    return ""
