"""Charts as shapes with places, for templates to draw as SVG. A table with the same figures stands beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jeopsu.review import values
from jeopsu.storage.tallies import Rate

_LINE = 26.0
_LEFT, _WIDTH, _RIGHT = 190.0, 420.0, 60.0


@dataclass(frozen=True)
class Bar:
    """One row: a dot for the rate, a line for what so few samples can vouch for."""

    rate: Rate
    label: str
    y: float
    x: float
    low: float
    high: float

    @property
    def words(self) -> float:
        """Where the label's baseline lies."""
        return self.y + 4


@dataclass(frozen=True)
class Chart:
    """Rates from `base` to 100 percent."""

    rows: list[Bar]
    ticks: list[tuple[float, int]]
    height: float

    left, right, width = _LEFT, _LEFT + _WIDTH, _LEFT + _WIDTH + _RIGHT

    @property
    def foot(self) -> float:
        return self.height - 24


def agreement(rates: Sequence[Rate]) -> Chart | None:
    """How often people agreed, per field; the worst first. None where nobody has checked anything."""
    if not rates:
        return None
    ordered = sorted(rates, key=lambda rate: (rate.percent, rate.at_least, rate.name))
    base = min(90, int(min(rate.at_least for rate in ordered) // 10) * 10)

    def at(percent: float) -> float:
        return round(_LEFT + _WIDTH * (percent - base) / (100 - base), 1)

    rows = [
        Bar(
            rate,
            values.label_of(rate.name, None, None),
            14 + _LINE * n,
            *map(at, (rate.percent, rate.at_least, rate.at_most)),
        )
        for n, rate in enumerate(ordered)
    ]
    step = 2 if base >= 90 else 5 if base >= 75 else 10 if base >= 40 else 20
    ticks = [(at(percent), percent) for percent in range(base, 101, step)]
    return Chart(rows, ticks, _LINE * len(rows) + 34)
