"""추진 일정: a table of tasks with months across and a mark in each month of work; from when to when each task runs.

Only marks that are characters are read (■, ●, ○, →, V): bars that are mere shading have none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date

from jeopsu.domain.fields import FieldValue
from jeopsu.extractors.kinds.plan_fields import Candidate, settle
from jeopsu.extractors.kinds.plan_grid import Grid, Spot

_MONTH = re.compile(r"(?:(20\d\d)[년.])?(1[0-2]|0?[1-9])월")
_MARK = re.compile(r"[■▣◼●◎○▶►→⇒⟶―─━ㅡ☑√✓✔VvOoㅇ◆▪•]+|[-=~∼]{2,}")  # a lone dash says that there is nothing
_TASK = re.compile(r"(?:세부)?(?:추진|개발|연구|수행|사업)?(?:내용|업무|과업|항목|활동|일정)|세부내용|구분")
_GAPS = "추진 일정이 중간에 끊겨 있음"
_LEAST = 3  # months: a table with fewer is no schedule


def schedule(grids: Iterable[Grid], years: range | None, file: str) -> list[FieldValue]:
    """schedule.task, schedule.start and schedule.end (first and last day of its months) of each task, in order."""
    made: list[FieldValue | None] = []
    index = 0
    for grid in grids:
        head = _head(grid, years)
        if head is None:
            continue
        row_of_head, months, task_column = head
        for row in range(row_of_head + 1, grid.rows):
            task = grid.at(row, task_column)
            marked = [spot for column in months if (spot := grid.at(row, column)) is not None and _is_mark(spot)]
            if task is None or task.blank or task.row != row or not marked:
                continue
            first = months[marked[0].column]
            last = months.get(marked[-1].column + marked[-1].column_span - 1, months[marked[-1].column])
            spots = (marked[0], marked[-1])
            covered = {column for spot in marked for column in range(spot.column, spot.column + spot.column_span)}
            gaps = () if len(covered) == 12 * (last[0] - first[0]) + last[1] - first[1] + 1 else (_GAPS,)
            end = date(last[0], last[1], calendar.monthrange(*last)[1])
            made += [
                settle("schedule.task", [Candidate(task.text.strip(), task.text, (task,))], file, index=index),
                settle("schedule.start", [_day(date(*first, 1), spots, gaps)], file, index=index),
                settle("schedule.end", [_day(end, spots[::-1], gaps)], file, index=index),
            ]
            index += 1
    return [field for field in made if field is not None]


def _day(day: date, spots: tuple[Spot, ...], doubts: tuple[str, ...]) -> Candidate:
    printed = " ".join(spot.text.strip() for spot in dict.fromkeys(spots))
    return Candidate(day, printed, spots, doubts, how="derived")


def _is_mark(spot: Spot) -> bool:
    return not spot.blank and bool(_MARK.fullmatch(re.sub(r"\s", "", spot.text)))


def _head(grid: Grid, years: range | None) -> tuple[int, dict[int, tuple[int, int]], int] | None:
    """(row, column → (year, month), column of the tasks); None where months or their years are not clear."""
    for row in range(min(grid.rows - 1, 4)):
        months: dict[int, tuple[int, int]] = {}
        for spot in grid.row(row):
            match = _MONTH.fullmatch(re.sub(r"\s", "", spot.text))
            if match is None or spot.row != row or spot.column_span > 1:
                continue
            year = int(match[1]) if match[1] else _year(grid, spot, years)
            if year is None:
                return None
            months[spot.column] = (year, int(match[2]))
        ordered = [year * 12 + month for _, (year, month) in sorted(months.items())]
        if len(months) >= _LEAST and all(b - a == 1 for a, b in zip(ordered, ordered[1:], strict=False)):
            return row, months, _task_column(grid, row, min(months))
    return None


def _year(grid: Grid, month: Spot, years: range | None) -> int | None:
    """The year over a month; else the only one in which the project runs."""
    for spot in grid.above_of(month):
        if match := re.search(r"20\d\d", spot.text):
            return int(match[0])
    return years[0] if years is not None and len(years) == 1 else None


def _task_column(grid: Grid, row: int, first_month: int) -> int:
    heads = [spot for spot in grid.row(row) if spot.column < first_month]
    named = next((s for s in heads if _TASK.fullmatch(re.sub(r"\s", "", s.text))), None)
    return named.column if named is not None else max(0, first_month - 1)
