"""Reads a call's folder of YAML into a `Call`. Whatever is unknown, double, or leaves a gap is refused with its line.

`check` names and their parameters are bound in `validators/bind.py`; this room knows nothing of rules' functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from jeopsu.calls.inspection import CallFileError, CallNotFound, inspect, line_of
from jeopsu.domain.calls import Call

HOME = Path(__file__).parent
FILES = ("call.yaml", "documents.yaml", "rules.yaml", "cases.yaml")
# Which file holds which of a call's lists; everything else stands in call.yaml.
_LISTS = {"documents": "documents.yaml", "rules": "rules.yaml", "examples": "cases.yaml"}


def list_calls() -> tuple[Call, ...]:
    """Every call of the house, by id."""
    folders = sorted(folder for folder in HOME.iterdir() if (folder / "call.yaml").is_file())
    return tuple(sorted((load_call(folder) for folder in folders), key=lambda call: call.id))


def load_call(id_or_path: str | Path) -> Call:
    """The call with this id, or the one in this folder (or the folder of this file). Raises CallFileError."""
    folder = _folder(id_or_path)
    stamps = tuple((folder / file).stat().st_mtime_ns if (folder / file).is_file() else 0 for file in FILES)
    return _loaded(folder.resolve(), stamps)


@lru_cache(maxsize=32)
def _loaded(folder: Path, stamps: tuple[int, ...]) -> Call:
    """A call as its files stood at these times: reading YAML with its lines takes half a second."""
    problems: list[CallFileError] = []
    call = _read(folder, problems)
    if problems or call is None:
        raise problems[0]
    return call


def check_call(id_or_path: str | Path) -> list[CallFileError]:
    """Everything that is wrong with a call's files; empty if nothing is."""
    try:
        folder = _folder(id_or_path)
    except CallFileError as error:
        return [error]
    problems: list[CallFileError] = []
    _read(folder, problems)
    return problems


def _folder(id_or_path: str | Path) -> Path:
    path = Path(id_or_path)
    if path.is_file():
        return path.parent
    if (path / "call.yaml").is_file():
        return path
    for folder in HOME.iterdir():
        if (folder / "call.yaml").is_file() and folder.name.replace("_", "-") == str(id_or_path):
            return folder
    raise CallNotFound(str(id_or_path), None, "그런 공고가 없습니다 / no such call")


def _read(folder: Path, problems: list[CallFileError]) -> Call | None:
    trees: dict[str, Any] = {}
    for file in FILES:
        try:
            trees[file] = _parse(folder / file)
        except CallFileError as error:
            problems.append(error)
    if problems:
        return None
    if not isinstance(trees["call.yaml"], CommentedMap):
        problems.append(CallFileError("call.yaml", 1, "'name: value' lines are expected"))
        return None
    data = dict(trees["call.yaml"])
    for key in set(_LISTS) & set(data):
        problems.append(
            CallFileError("call.yaml", line_of(trees["call.yaml"], [key]), f"'{key}' stands in {_LISTS[key]}")
        )
    for name, file in _LISTS.items():
        tree = trees[file]
        if not isinstance(tree, CommentedSeq):
            problems.append(CallFileError(file, 1, "a list is expected: each entry begins with '- '"))
            continue
        data[name] = [_entry(item, f"{file}:{tree.lc.item(i)[0] + 1}", problems, file) for i, item in enumerate(tree)]
    if problems:
        return None
    try:
        call = Call.model_validate(_plain(data))
    except ValidationError as error:
        for one in error.errors():
            problems.append(_located(one["loc"], one["msg"], one["type"], trees))
        return None
    problems += inspect(call, trees["call.yaml"])
    return call


def _parse(path: Path) -> Any:
    yaml = YAML(typ="rt")
    yaml.allow_duplicate_keys = False
    try:
        return yaml.load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CallFileError(path.name, None, "the file is missing") from None
    except UnicodeDecodeError:
        raise CallFileError(path.name, None, "the file is not UTF-8") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise CallFileError(path.name, line, _syntax(str(error.problem or error.context))) from None


def _syntax(problem: str) -> str:
    """What the parser says, in the author's words where they are known."""
    first = problem.split("\n")[0]
    if "'\\t'" in first:
        return "a tab: YAML is indented with blanks"
    return first.split(" with value ")[0]


def _entry(item: Any, at: str, problems: list[CallFileError], file: str) -> Any:
    """An entry with its place, and a rule's `versions` (dates as keys) as a list."""
    line = int(at.rsplit(":", 1)[1])
    if not isinstance(item, CommentedMap):
        problems.append(CallFileError(file, line, "an entry with 'name: value' lines is expected"))
        return None
    entry = dict(item)
    if "at" in entry:
        problems.append(CallFileError(file, line_of(item, ["at"]), "unknown key 'at'"))
    entry["at"] = at
    staff = entry.get("staff")
    if isinstance(staff, CommentedSeq):
        entry["staff"] = [
            {**one, "at": f"{file}:{staff.lc.item(i)[0] + 1}"} if isinstance(one, CommentedMap) else one
            for i, one in enumerate(staff)
        ]
    versions = entry.get("versions")
    if isinstance(versions, CommentedMap):
        rows = []
        for since, version in versions.items():
            if not isinstance(since, date):
                problems.append(
                    CallFileError(file, line_of(versions, [since]), f"'{since}' is no date: write 2023-03-15")
                )
            elif not isinstance(version, CommentedMap):
                problems.append(CallFileError(file, line_of(versions, [since]), "a version has 'params' and 'clause'"))
            else:
                rows.append(_version(since, version, line_of(versions, [since]), file, problems))
        entry["versions"] = rows
    return entry


def _version(
    since: date, version: CommentedMap, line: int | None, file: str, problems: list[CallFileError]
) -> dict[str, Any]:
    """One version of a rule with the lines of its parameters."""
    for key in ("at", "lines", "since"):
        if key in version:
            problems.append(CallFileError(file, line_of(version, [key]), f"unknown key '{key}'"))
    row: dict[str, Any] = {"since": since, **version, "at": f"{file}:{line}"}
    params = version.get("params")
    if isinstance(params, CommentedMap):
        row["lines"] = {str(name): line_of(params, [name]) for name in params}
        for name, value in params.items():
            if isinstance(value, float | date):
                words = f'params.{name}: write it in quotes, "{value}": shares and dates are exact texts'
                problems.append(CallFileError(file, line_of(params, [name]), words))
    elif params is not None:
        problems.append(CallFileError(file, line_of(version, ["params"]), "'params' has 'name: value' lines"))
    return row


def _plain(node: Any) -> Any:
    """Without ruamel's own types (its strings and numbers are subclasses that Pydantic's unions may not like)."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, str):
        if isinstance(node, kind):
            return kind(node)
    return node


def _located(loc: Sequence[int | str], message: str, kind: str, trees: dict[str, Any]) -> CallFileError:
    """A validation error with the file and line it comes from."""
    path: list[Any] = list(loc)
    file = _LISTS.get(str(path[0]), "call.yaml") if path else "call.yaml"
    if file != "call.yaml":
        path = path[1:]
    words = ".".join(str(part) for part in loc)
    if kind == "extra_forbidden":
        return CallFileError(file, line_of(trees[file], path), f"unknown key '{path[-1]}' ({words})")
    if kind == "missing":
        return CallFileError(file, line_of(trees[file], path[:-1]), f"'{path[-1]}' is missing ({words})")
    return CallFileError(file, line_of(trees[file], path), f"{words}: {message}")
