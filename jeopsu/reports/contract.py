"""The contract's JSON report: stable order, the same bytes for the same input (times stand only under `run`)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from jeopsu.domain.evidence import Anchor, Region
from jeopsu.domain.fields import FieldValue, Value
from jeopsu.domain.findings import Finding
from jeopsu.domain.geometry import Box
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import Organisation, SubmittedFile
from jeopsu.domain.text import Language
from jeopsu.domain.values.person_name import masked

SCHEMA = "jeopsu-report/1"


def to_json(report: Report, language: Language = "ko") -> str:
    """The report as UTF-8 JSON text."""
    return json.dumps(contents(report, language), ensure_ascii=False, indent=1) + "\n"


def contents(report: Report, language: Language = "ko") -> dict[str, Any]:
    """The report as plain JSON values, in the contract's names."""
    fields = list(report.submission.fields)
    places = {field: number for number, field in reversed(list(enumerate(fields)))}
    for finding in report.findings:  # a value that only a finding names is still listed
        for field in finding.inputs:
            if field not in places:
                places[field] = len(fields)
                fields.append(field)
    submission = report.submission
    return {
        "schema": SCHEMA,
        "call": report.call,
        "run": {
            "started": report.run.started.isoformat(),
            "seconds": round(report.run.seconds, 1),
            "version": report.run.version,
            "engine": dict(sorted(report.run.engine.items())),
        },
        "proposal": {
            "id": submission.proposal,
            "title": submission.title,
            "received": submission.received.isoformat() if submission.received else None,
        },
        "verdict": report.verdict.value,
        "organisations": [_organisation(o) for o in submission.organisations],
        "files": [_file(f) for f in submission.files],
        "fields": [_field(f) for f in fields],
        "findings": [_finding(f, places, language) for f in report.findings],
    }


def _organisation(o: Organisation) -> dict[str, Any]:
    return {
        "key": o.key,
        "name": o.name,
        "size": o.size.value if o.size else None,
        "business_number": o.business_number,
        "corporate_number": o.corporate_number,
        "representative": o.representative,
    }


def _file(f: SubmittedFile) -> dict[str, Any]:
    return {
        "name": f.name,
        "sha256": f.sha256,
        "bytes": f.bytes,
        "type": f.type.value,
        "pages": f.pages,
        "document": f.document,
        "part": f.part,
        "identified_by": f.identified_by.value,
        "organisation": f.organisation,
        "status": f.status.value,
        "superseded_by": f.superseded_by,
        "problems": list(dict.fromkeys(p.code.value for p in f.problems)),
        "text_source": f.text_source.value,
    }


def plain(value: Value | None) -> str | int | bool | None:
    """JSON for a value: money and counts as integers, dates ISO, shares as decimal strings ("67.0")."""
    if isinstance(value, Decimal):
        text = format(value.normalize(), "f")
        return text if "." in text else text + ".0"
    if isinstance(value, date):
        return value.isoformat()
    return value


def _bbox(box: Box) -> list[float]:
    return [round(x, 1) for x in (box.left, box.top, box.right, box.bottom)]


def _field(f: FieldValue) -> dict[str, Any]:
    box = f.box
    entry: dict[str, Any] = {
        "name": f.name,
        "organisation": f.organisation,
        "year": f.year,
        "index": f.index,
        "value": plain(f.value),
        "printed": f.printed,
        "status": f.status.value,
        "confidence": round(f.confidence, 3),
        "file": f.file,
        "page": f.page,
        "bbox": _bbox(box) if box else None,
        "how": f.how,
    }
    if isinstance(f.evidence, Anchor):
        for key in ("table", "row", "column", "paragraph"):
            if (place := getattr(f.evidence, key)) is not None:
                entry[key] = place
    if f.readings:
        entry["readings"] = [{"engine": r.engine, "text": r.text} for r in f.readings]
    if f.note:
        entry["note"] = f.note
    return entry


def _finding(f: Finding, places: dict[FieldValue, int], language: Language) -> dict[str, Any]:
    about = {key: value for key, value in f.about.model_dump().items() if value is not None}
    boxes = [
        {
            "file": e.file,
            "page": e.page,
            "bbox": [round(x, 1) for x in (e.box.left, e.box.top, e.box.right, e.box.bottom)],
        }
        for e in f.evidence
        if isinstance(e, Region)
    ]
    return {
        "rule": f.rule,
        "title": f.title.in_(language),
        "organisation": f.organisation,
        "status": f.outcome.value,
        "effect": f.effect.value,
        "message": masked(f.message.in_(language)),
        "clause": f.clause.shown(),
        "about": about,
        "inputs": sorted({places[field] for field in f.inputs}),
        "files": list(f.files),
        **({"evidence": boxes} if boxes else {}),
    }
