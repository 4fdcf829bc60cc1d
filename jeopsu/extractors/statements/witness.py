"""Lets the sums speak: which value of each figure they leave, which figures they confirm, which they contradict.

A figure of a trusted text layer stands unless a sum that must hold speaks against it. A figure of a scan needs more
(see `settle`). Sums never change a digit; they only choose between what was really read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from math import prod

from jeopsu.extractors.statements.identities import Identity
from jeopsu.extractors.statements.model import Figure

_LEAST_DERIVED = 1_000  # printed units: smaller amounts may meet by chance
_MOST = 4096  # assignments tried for one sum


def settle(figures: Sequence[Figure], identities: Sequence[Identity]) -> None:
    """Sets `chosen`, `witnesses`, `broken` and `doubt` of every figure."""
    for figure in figures:  # a second go starts anew, with more figures read
        figure.chosen, figure.witnesses, figure.broken, figure.derived = None, 0, False, False
    _choose(identities)
    for figure in figures:
        if not figure.digital and not figure.solid:
            derive(figure, identities)
    for figure in figures:
        if figure.chosen is None and len(figure.candidates) == 1:
            figure.chosen = figure.candidates[0]
    open_ = [identity for identity in identities if not _witness(identity)]
    for identity in open_:
        _contradict(identity)


def _choose(identities: Sequence[Identity]) -> None:
    """Where several readings stand against each other, the only one with which a sum holds is taken."""
    changed = True
    while changed:
        changed = False
        for identity in identities:
            if not _substantial(identity) or all(f.chosen is not None for f in identity.figures):
                continue
            options = [_options(f) for f in identity.figures]
            if any(not o for o in options) or prod(len(o) for o in options) > _MOST:
                continue
            signs = [s for s, _ in identity.terms]
            exact = [c for c in product(*options) if sum(s * v for s, v in zip(signs, c, strict=True)) == 0]
            if len(exact) != 1:
                continue
            for figure, value in zip(identity.figures, exact[0], strict=True):
                if figure.chosen is None and len(figure.candidates) > 1:
                    figure.chosen, changed = value, True


def derive(figure: Figure, identities: Sequence[Identity]) -> None:
    """A figure that cannot be made out (a seal lies over it) from two sums that share no other figure and lead to the
    same amount. What was read must go with it: a total that says something else clearly may have been altered."""
    led: dict[int, list[frozenset[int]]] = {}
    for identity in identities:
        mine = [sign for sign, other in identity.terms if other is figure]
        others = [(sign, other) for sign, other in identity.terms if other is not figure]
        if len(mine) != 1 or len(others) < 2:
            continue
        values = [o.chosen if o.chosen is not None else next(iter(o.candidates), None) for _, o in others]
        if any(
            v is None or len(o.candidates) > 1 for v, (_, o) in zip(values, others, strict=True) if o.chosen is None
        ):
            continue
        total = sum(sign * value for (sign, _), value in zip(others, values, strict=True) if value is not None)
        led.setdefault(-mine[0] * total, []).append(frozenset(id(o) for _, o in others))
    proven = [v for v, ways in led.items() if any(not a & b for a in ways for b in ways) and abs(v) >= _LEAST_DERIVED]
    if len(proven) == 1 and proven[0] not in figure.candidates and _goes_with(figure, proven[0]):
        figure.chosen, figure.derived = proven[0], True
        figure.doubt = ""


def _goes_with(figure: Figure, value: int) -> bool:
    """Some reading's digits are the value's, but for what is hidden, and the two engines do not agree on another."""
    digits = str(abs(value))
    read = [re.sub(r"\D", "", reading.text) for reading in figure.readings]
    if len(read) >= 2 and len(set(read)) == 1 and read[0] != digits:
        return False
    return any(_common_end(one, digits) >= 0.5 * len(digits) for one in read)


def _common_end(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), min(len(one), len(other))
    )


def _options(figure: Figure) -> tuple[int, ...]:
    return (figure.chosen,) if figure.chosen is not None else figure.candidates


def _substantial(identity: Identity) -> bool:
    """At least three figures other than zero: two equal ones may be misread alike."""
    return len(identity.terms) >= 3


def _rest(identity: Identity) -> int | None:
    values = [f.chosen for f in identity.figures]
    if any(v is None for v in values):
        return None
    return sum(sign * value for (sign, _), value in zip(identity.terms, values, strict=True) if value is not None)


def _witness(identity: Identity) -> bool:
    """Whether the sum holds; then it is a witness of its figures."""
    if _rest(identity) != 0:
        return False
    nonzero = sum(1 for f in identity.figures if f.chosen)
    for figure in identity.figures:
        if nonzero >= 3 or figure.digital:
            figure.witnesses += 1
    return True


def _contradict(identity: Identity) -> None:
    """A sum that must hold and does not speaks against its figures, unless one of them was not read well."""
    rest = _rest(identity)
    if rest is None or abs(rest) <= identity.slack or not identity.decisive:
        return
    weak = [f for f in identity.figures if not f.solid and not (f.witnesses and not f.digital)]
    if weak and not weak[0].digital:
        return  # the weak reading may be wrong; without a witness of its own it is not confirmed anyway
    for figure in weak or identity.figures:
        figure.broken = True
        figure.doubt = figure.doubt or f"합계가 맞지 않습니다: {identity.name}"
