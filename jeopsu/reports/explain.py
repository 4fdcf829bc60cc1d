"""`jeopsu explain`: why a rule came out as it did, from a report's JSON alone: the computation, clause, places."""

from __future__ import annotations

from typing import Any

from jeopsu.domain.findings import Outcome
from jeopsu.domain.text import Language
from jeopsu.reports import words


class NoSuchFinding(ValueError):
    """The report has no finding of this rule for this organisation."""


def explain(report: dict[str, Any], rule: str, organisation: str | None, language: Language = "ko") -> str:
    """Text for people. Raises NoSuchFinding, naming the rules that are there."""
    found = [
        f
        for f in report["findings"]
        if f["rule"] == rule and (organisation is None or f["organisation"] == organisation)
    ]
    if not found:
        rules = sorted({f["rule"] for f in report["findings"]})
        raise NoSuchFinding(f"{rule} ({organisation or '-'}): " + ", ".join(rules))
    return "\n\n".join(_one(report, finding, language) for finding in found)


def _one(report: dict[str, Any], finding: dict[str, Any], language: Language) -> str:
    ko = language == "ko"
    outcome = words.OUTCOMES[Outcome(finding["status"])].in_(language)
    lines = [
        f"{finding['title']} ({finding['rule']}) · {words.role(finding['organisation'], language)} · {outcome}",
        f"  {finding['message']}",
        f"  {'근거 조항' if ko else 'clause'}: {finding['clause']}",
    ]
    for index in finding["inputs"]:
        field = report["fields"][index]
        year = f" {field['year']}" if field["year"] else ""
        page = f" {field['page']}{'쪽' if ko else ' p.'}" if field["page"] else ""
        note = f" — {field['note']}" if field.get("note") else ""
        lines.append(f"  · {field['name']}{year} = {field['value']} [{field['status']}] {field['file']}{page}{note}")
    if finding["files"]:
        lines.append(f"  {'파일' if ko else 'files'}: " + ", ".join(finding["files"]))
    return "\n".join(lines)
