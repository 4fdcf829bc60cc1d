"""An estimated last year (추정 재무제표) is judged with it and without it; if they differ, nobody knows (reading 9)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.logic import all_of
from jeopsu.validators.matter import Matter

Window = tuple[int, ...]


def windows_of(matter: Matter[Any], length: int) -> list[Window]:
    """The last `length` fiscal years; where the latest is an estimate, also as many that end a year before it."""
    latest = tuple(matter.call.fiscal_years[-length:])
    if matter.facts.maybe("fs.estimated", matter.key, latest[-1]) is not True:
        return [latest]
    return [latest, tuple(year - 1 for year in latest)]


def judged(windows: list[Window], judge: Callable[[Window], bool]) -> bool:
    """What `judge` says of every window. Raises Unknown where they differ or one is open."""
    answer, latest = judge(windows[0]), windows[0][-1]
    for window in windows[1:]:
        try:
            other = judge(window)
        except Unknown as gap:
            raise Unknown(
                *(
                    need._replace(
                        words_ko=f"추정 {latest}년을 빼고 보려면 {need.words_ko}",
                        words_en=f"to judge without the estimated {latest}: {need.words_en}",
                    )
                    for need in gap.needs
                )
            ) from None
        if other is not answer:
            raise Unknown(
                Need(
                    words_ko=f"추정 {latest}년을 넣으면 {_hit(answer)}, 빼면 {_hit(other)}: "
                    f"{latest}년 확정 결산(읽기 9)",
                    words_en=f"with the estimated {latest} and without it the outcome differs: closed statements "
                    f"of {latest}",
                )
            )
    return answer


def every_year(windows: list[Window], bad: Callable[[int], bool]) -> bool:
    """Whether every year of a window is bad."""
    return judged(windows, lambda window: all_of([partial(bad, year) for year in window]))


def _hit(answer: bool) -> str:
    return "해당" if answer else "비해당"
