"""The API's description in OpenAPI 3.1. One row per operation; a test compares the rows with the addresses."""

from __future__ import annotations

from typing import Any

from jeopsu import __version__

_SEEN = {"seen": {"type": "integer", "description": "version of the review that was seen"}}
_DECISION = {
    **_SEEN,
    "kind": {"enum": ["agree", "override", "supplement", "second", "undo"]},
    "outcome": {"enum": ["pass", "fail", "not_applicable"], "description": "for override"},
    "reason": {"type": "string", "description": "required for override"},
}
_FACT = {
    **_SEEN,
    "fact": {"type": "string"},
    "organisation": {"type": ["string", "null"]},
    "value": {"type": ["string", "integer", "boolean", "null"], "description": "null takes the answer back"},
    "source": {"type": "string"},
}

_VALUE = {
    "value": {"type": "string", "description": "as people write it: 1,234,000 or △1,234; 2023-04-05; 120-87-57190"},
    "unit": {"enum": ["won", "thousand", "million"], "description": "of an amount"},
}
_FIELD = {
    **_SEEN,
    "kind": {"enum": ["confirm", "correct", "unreadable", "absent", "undo"]},
    **_VALUE,
    "reason": {"type": "string"},
}
_LOST = {
    **_SEEN,
    "what": {"type": "string", "description": "field name|organisation|year"},
    "sha256": {"type": "string", "description": "of the file that it was read off"},
    "page": {"type": "integer"},
    **_VALUE,
}
_LETTER = {
    "points": {"type": "array", "items": {"type": "string"}},
    "deadline": {"type": "string", "format": "date"},
    "note": {"type": "string"},
}
_OUTCOME = {**_SEEN, "outcome": {"enum": ["accept", "exclude", "supplement", ""]}, "reason": {"type": "string"}}
_ASSIGN = {"proposals": {"type": "array", "items": {"type": "string"}}, "to": {"type": "string"}}

# name of the address, path, method, summary, properties of the body
OPERATIONS: tuple[tuple[str, str, str, str, dict[str, Any] | None], ...] = (
    ("api_proposals", "/api/v1/proposals", "get", "Proposals, filtered, a page at a time", None),
    ("api_proposal", "/api/v1/proposals/{name}", "get", "One proposal and where its review stands", None),
    ("api_report", "/api/v1/proposals/{name}/report", "get", "The last run's report (schema jeopsu-report/1)", None),
    ("api_points", "/api/v1/proposals/{name}/points", "get", "Findings with what became of them", None),
    ("api_decision", "/api/v1/proposals/{name}/points/{key}/decisions", "post", "Decide on a finding", _DECISION),
    ("api_fact", "/api/v1/proposals/{name}/facts", "post", "What staff looked up; rules run at once", _FACT),
    ("api_fields", "/api/v1/proposals/{name}/fields", "get", "Every value with its key and place", None),
    ("api_field", "/api/v1/proposals/{name}/fields/{key}/decisions", "post", "Confirm or correct a value", _FIELD),
    ("api_lost_value", "/api/v1/proposals/{name}/points/{key}/values", "post", "A value that was not found", _LOST),
    ("api_samples", "/api/v1/proposals/{name}/samples", "get", "What was drawn for people to check", None),
    ("api_supplements", "/api/v1/proposals/{name}/supplements", "get", "Letters to the applicant", None),
    ("api_supplements", "/api/v1/proposals/{name}/supplements", "post", "Ask for a supplement", _LETTER),
    ("api_outcome", "/api/v1/proposals/{name}/outcome", "post", "The final decision", _OUTCOME),
    ("api_assign", "/api/v1/assignments", "post", "Give proposals to somebody", _ASSIGN),
    ("api_history", "/api/v1/proposals/{name}/history", "get", "Decisions, facts and events", None),
    ("api_differences", "/api/v1/proposals/{name}/runs/{before}/{after}", "get", "What changed between runs", None),
    ("api_files", "/api/v1/proposals/{name}/files", "post", "Upload files; the flow starts by itself", {}),
    ("api_runs", "/api/v1/proposals/{name}/runs", "get", "All runs, newest first", None),
    ("api_runs", "/api/v1/proposals/{name}/runs", "post", "Run again", None),
)
_QUERY = ("search", "verdict", "todo", "assigned", "call", "sort", "offset", "limit")


def description(url: str) -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, dict[str, Any]] = {}
    for name, path, method, summary, body in OPERATIONS:
        operation: dict[str, Any] = {
            "operationId": f"{method}_{name.removeprefix('api_')}",
            "summary": summary,
            "parameters": [
                {"name": part, "in": "path", "required": True, "schema": {"type": "string"}}
                for part in ("name", "key", "before", "after")
                if f"{{{part}}}" in path
            ],
            "responses": {
                "200" if method == "get" else "201": {"description": "done"},
                "401": {"description": "no key, or an unknown one"},
                "403": {"description": "no right"},
                "404": {"description": "no such thing, or not yours"},
            },
        }
        if name == "api_proposals":
            operation["parameters"] += [{"name": q, "in": "query", "schema": {"type": "string"}} for q in _QUERY]
        if body:
            schema = {"type": "object", "properties": body, "required": ["seen"] if "seen" in body else []}
            operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
            operation["responses"] |= {
                "400": {"description": "something is missing; `error` says what"},
                "409": {"description": "somebody decided since `seen`; nothing was written"},
            }
        elif name == "api_files":
            files = {"type": "array", "items": {"type": "string", "format": "binary"}}
            schema = {"type": "object", "properties": {"files": files}, "required": ["files"]}
            operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
        paths.setdefault(path, {})[method] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "jeopsu", "version": __version__, "description": "접수: pre-checks of R&D proposals"},
        "servers": [{"url": url}],
        "security": [{"key": []}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "paths": paths,
    }
