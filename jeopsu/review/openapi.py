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
    "value": {"type": ["string", "integer", "boolean"]},
    "source": {"type": "string"},
}

# name of the address, path, method, summary, properties of the body
OPERATIONS: tuple[tuple[str, str, str, str, dict[str, Any] | None], ...] = (
    ("api_proposals", "/api/v1/proposals", "get", "Proposals, filtered, a page at a time", None),
    ("api_proposal", "/api/v1/proposals/{name}", "get", "One proposal and where its review stands", None),
    ("api_report", "/api/v1/proposals/{name}/report", "get", "The last run's report (schema jeopsu-report/1)", None),
    ("api_points", "/api/v1/proposals/{name}/points", "get", "Findings with what became of them", None),
    ("api_decision", "/api/v1/proposals/{name}/points/{key}/decisions", "post", "Decide on a finding", _DECISION),
    ("api_fact", "/api/v1/proposals/{name}/facts", "post", "What staff looked up; rules run at once", _FACT),
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
                for part in ("name", "key")
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
            schema = {"type": "object", "properties": body, "required": ["seen"]}
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
