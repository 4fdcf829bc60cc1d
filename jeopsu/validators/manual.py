"""The checks that a call's rules may name, as a page for its author (docs/checks.md)."""

from __future__ import annotations

import typing
from collections.abc import Iterator

from jeopsu.domain.base import Record
from jeopsu.validators.matter import CHECKS, Check
from jeopsu.validators.rules import load_checks


def manual() -> str:
    """Every check with its parameters and the staff inputs its rule declares; a test keeps the page equal."""
    load_checks()
    lines = [
        "# Checks",
        "",
        "What a rule in a call's `rules.yaml` may name as its `check`. Written from the code:",
        "`python -m jeopsu.validators.manual > docs/checks.md`. `jeopsu calls check FOLDER` holds a call against it,",
        "line by line, and runs its `cases.yaml`. Shares and dates stand in quotes; money is whole won. A parameter",
        "with `=` may be left out.",
    ]
    for check in sorted(CHECKS.values(), key=lambda check: check.name):
        lines += ["", *_entry(check)]
    return "\n".join(lines) + "\n"


def _entry(check: Check) -> Iterator[str]:
    yield f"## {check.name}"
    yield ""
    yield " ".join((check.function.__doc__ or "").split())
    yield ""
    yield f"- asked of: {'an organisation (`each`, `lead`, `partner`)' if check.organisation else 'any scope'}"
    for name, words in _params(check.params):
        yield f"- `{name}`: {words}"
    if check.asks:
        yield f"- staff inputs it needs: {', '.join(f'`{one}`' for one in check.asks)}"
    if check.may_ask:
        yield f"- staff inputs it may have: {', '.join(f'`{one}`' for one in check.may_ask)}"
    if check.exceptions:
        yield "- every staff input of type `flag` that its rule declares is an exception; give each a `title`"


def _params(shape: type[Record]) -> Iterator[tuple[str, str]]:
    kinds = typing.get_type_hints(shape)
    for name, field in shape.model_fields.items():
        default = "" if field.is_required() else f" = {field.default}"
        yield name, f"{_words(kinds[name])}{default}"


def _words(kind: object) -> str:
    """A parameter's type in an author's words."""
    known = {"int": "whole number", "Decimal": "share in quotes", "date": "date in quotes", "bool": "true or false"}
    if isinstance(kind, type):
        members = getattr(kind, "__members__", None)
        if members and len(members) <= 6:
            return " or ".join(f"`{m.value}`" for m in members.values())
        return known.get(kind.__name__, "text" if kind is str else kind.__name__.lower())
    parts = [_words(part) for part in typing.get_args(kind) if part not in (type(None), Ellipsis)]
    return f"list of {parts[0]}" if typing.get_origin(kind) is tuple else ", ".join(parts)


if __name__ == "__main__":
    print(manual(), end="")
