"""What the types of a call cannot say: times without offset, doubles, gaps of dates, references to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from jeopsu.domain.calls import Call


class CallFileError(Exception):
    """A call's file is wrong: which file, which line, what, and what to write instead."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        self.file, self.line, self.what = file, line, what
        super().__init__(f"{file}:{line}: {what}" if line else f"{file}: {what}")


class CallNotFound(CallFileError):
    """No such call."""


def line_of(tree: Any, path: Sequence[Any]) -> int | None:
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


def inspect(call: Call, tree: Any) -> Iterator[CallFileError]:
    """Everything that is wrong with a call whose parts have their types. `tree`: call.yaml as it was parsed."""
    yield from _frame(call, tree)
    yield from _inspect(call)


def _frame(call: Call, tree: Any) -> Iterator[CallFileError]:
    """The call's own lines: times with their offset, years in order, readings once."""

    def wrong(key: str, what: str) -> CallFileError:
        return CallFileError("call.yaml", line_of(tree, [key]), what)

    for key, moment in (("opens", call.opens), ("closes", call.closes)):
        if moment.tzinfo is None:
            yield wrong(key, f"'{key}' needs its offset: 2023-04-25T18:00:00+09:00")
    if call.opens.replace(tzinfo=None) >= call.closes.replace(tzinfo=None):
        yield wrong("opens", "'opens' is not before 'closes'")
    years = call.fiscal_years
    if not years or list(years) != list(range(years[0], years[0] + len(years))):
        yield wrong("fiscal_years", "fiscal years stand in order without a gap: [2020, 2021, 2022]")
    numbers = [reading.number for reading in call.readings]
    for number in sorted({n for n in numbers if numbers.count(n) > 1}):
        yield wrong("readings", f"reading {number} stands twice")


def _inspect(call: Call) -> Iterator[CallFileError]:
    """Doubles, gaps and overlaps of dates, references to nothing."""
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
