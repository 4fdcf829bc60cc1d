"""Reads a call's folder of YAML into a `Call`. Whatever is unknown, double, or leaves a gap is refused with its line.

`check` names and their parameters are bound in `validators/bind.py`; this room knows nothing of rules' functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from jeopsu.domain.calls import Call

HOME = Path(__file__).parent
FILES = ("call.yaml", "documents.yaml", "rules.yaml", "cases.yaml")
# Which file holds which of a call's lists; everything else stands in call.yaml.
_LISTS = {"documents": "documents.yaml", "rules": "rules.yaml", "examples": "cases.yaml"}


class CallFileError(Exception):
    """A call's file is wrong: which file, which line, what, and what to write instead."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        self.file, self.line, self.what = file, line, what
        super().__init__(f"{file}:{line}: {what}" if line else f"{file}: {what}")


class CallNotFound(CallFileError):
    """No such call."""


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
    data = dict(trees["call.yaml"])
    for key in set(_LISTS) & set(data):
        problems.append(
            CallFileError("call.yaml", _line(trees["call.yaml"], [key]), f"'{key}' stands in {_LISTS[key]}")
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
    problems += _inspect(call)
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
        raise CallFileError(path.name, line, str(error.problem or error.context).split("\n")[0]) from None


def _entry(item: Any, at: str, problems: list[CallFileError], file: str) -> Any:
    """An entry with its place, and a rule's `versions` (dates as keys) as a list."""
    line = int(at.rsplit(":", 1)[1])
    if not isinstance(item, CommentedMap):
        problems.append(CallFileError(file, line, "an entry with 'name: value' lines is expected"))
        return None
    entry = dict(item)
    if "at" in entry:
        problems.append(CallFileError(file, _line(item, ["at"]), "unknown key 'at'"))
    entry["at"] = at
    versions = entry.get("versions")
    if isinstance(versions, CommentedMap):
        rows = []
        for since, version in versions.items():
            if not isinstance(since, date):
                problems.append(
                    CallFileError(file, _line(versions, [since]), f"'{since}' is no date: write 2023-03-15")
                )
            elif not isinstance(version, CommentedMap):
                problems.append(CallFileError(file, _line(versions, [since]), "a version has 'params' and 'clause'"))
            else:
                rows.append({"since": since, **version})
        entry["versions"] = rows
    return entry


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
        return CallFileError(file, _line(trees[file], path), f"unknown key '{path[-1]}' ({words})")
    if kind == "missing":
        return CallFileError(file, _line(trees[file], path[:-1]), f"'{path[-1]}' is missing ({words})")
    return CallFileError(file, _line(trees[file], path), f"{words}: {message}")


def _line(tree: Any, path: Sequence[Any]) -> int | None:
    """The line on which the deepest part of a path that can be found stands."""
    line: int | None = None
    node = tree
    for part in path:
        if isinstance(node, CommentedMap):
            keys = list(node)
            key = part if part in node else keys[part] if isinstance(part, int) and part < len(keys) else None
            if key is None:
                break
            line = node.lc.key(key)[0] + 1
            node = node[key]
        elif isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
            line = node.lc.item(part)[0] + 1
            node = node[part]
        else:
            break
    return line if line is not None else 1


def _inspect(call: Call) -> Iterator[CallFileError]:
    """What types cannot say: doubles, gaps and overlaps of dates, references to nothing."""
    yield from _doubles("documents.yaml", call.documents, lambda d: d.number, "document number")
    yield from _doubles("rules.yaml", call.rules, lambda r: r.id, "rule id")
    titles = [(title, d) for d in call.documents for title in {d.title, *d.aliases, *(p.title for p in d.parts)}]
    yield from _doubles("documents.yaml", titles, lambda pair: pair[0], "document title", lambda pair: pair[1].at)
    kinds = [(kind, d) for d in call.documents for kind in d.kinds]
    yield from _doubles("documents.yaml", kinds, lambda pair: pair[0], "kind", lambda pair: pair[1].at)
    for document in call.documents:
        differing = {kind for part in document.parts for kind in part.kinds} ^ set(document.kinds)
        if document.parts and differing:
            yield _error(document.at, f"parts and kinds differ: {', '.join(sorted(differing))}")
        if (document.condition.when == "amount") != (document.condition.field is not None):
            yield _error(document.at, "a condition on an amount names its field, and no other does")
        if (document.condition.when == "size") != bool(document.condition.sizes):
            yield _error(document.at, "a condition on size names the sizes, and no other does")
    readings = {reading.number for reading in call.readings}
    if call.opens >= call.closes:
        yield CallFileError("call.yaml", None, "'opens' is not before 'closes'")
    for rule in call.rules:
        if unknown := set(rule.readings) - readings:
            yield _error(rule.at, f"{rule.id}: no such reading: {sorted(unknown)}")
        yield from _dates(call, rule.at, rule.id, [(v.since, v.until) for v in rule.versions])
    known = {rule.id for rule in call.rules}
    for example in call.examples:
        if example.rule not in known:
            yield _error(example.at, f"no such rule: {example.rule}")


def _dates(call: Call, at: str, rule: str, spans: list[tuple[date, date | None]]) -> Iterator[CallFileError]:
    """Versions must follow one another without a gap or an overlap, and cover the call's window."""
    if not spans:
        yield _error(at, f"{rule}: no version at all")
        return
    if spans != sorted(spans, key=lambda span: span[0]):
        yield _error(at, f"{rule}: versions are not in the order of their dates")
    for (since, until), (following, _) in zip(spans, spans[1:], strict=False):
        if until is not None and until < since:
            yield _error(at, f"{rule}: the version of {since} ends before it begins")
        elif until is not None and until >= following:
            yield _error(at, f"{rule}: versions overlap: {since}–{until} and {following}")
        elif until is not None and until + timedelta(days=1) < following:
            yield _error(at, f"{rule}: no version between {until} and {following}")
    if spans[0][0] > call.opens.date():
        yield _error(at, f"{rule}: no version on {call.opens.date()}, when the call opens")
    last = spans[-1][1]
    if last is not None and last < call.closes.date():
        yield _error(at, f"{rule}: no version on {call.closes.date()}, when the call closes")


def _doubles(
    file: str,
    items: Sequence[Any],
    key: Callable[[Any], Any],
    what: str,
    at: Callable[[Any], str] = lambda item: item.at,
) -> Iterator[CallFileError]:
    seen: dict[Any, str] = {}
    for item in items:
        name = key(item)
        if name in seen:
            yield _error(at(item), f"{what} {name} stands twice (also at {seen[name]})")
        seen.setdefault(name, at(item))


def _error(at: str, what: str) -> CallFileError:
    file, _, line = at.rpartition(":")
    return CallFileError(file, int(line), what)
