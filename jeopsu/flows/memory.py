"""How often Python looks through everything that a process holds for circles that nobody refers to."""

from __future__ import annotations

import gc

_NEW, _YOUNG, _OLD = 20_000, 20, 50  # Python's own: 700, 10, 10


def collect_seldom() -> None:
    """For processes that make many small frozen objects and hardly ever a circle: a third of what rules cost was
    looking for them (`benchmarks.rules`)."""
    gc.set_threshold(_NEW, _YOUNG, _OLD)
