"""Kleene's three values for rules written as plain predicates: a part that is not known raises `Unknown`.

`all_of` and `any_of` look at every part before they give up: one certain "no" decides an "and" whatever the rest says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jeopsu.validators.facts import Need, Unknown

Part = Callable[[], bool]


def all_of(parts: Iterable[Part]) -> bool:
    """False if any part is certainly false; raises Unknown if none is but some are open; else True."""
    return not any_of([_negated(part) for part in parts])


def any_of(parts: Iterable[Part]) -> bool:
    """True if any part is certainly true; raises Unknown if none is but some are open; else False."""
    needs: list[Need] = []
    for part in parts:
        try:
            if part():
                return True
        except Unknown as gap:
            needs += gap.needs
    if needs:
        raise Unknown(*needs)
    return False


def known(part: Part) -> bool | None:
    """The part's value, or None where it is open."""
    try:
        return part()
    except Unknown:
        return None


def _negated(part: Part) -> Part:
    return lambda: not part()
