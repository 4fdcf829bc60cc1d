"""Rows and columns from where words stand: for tables without rules, or with rules on one side only.

Rows are lines of words; columns are what the right edges of figures agree on. Used for text layers and scans alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jeopsu.domain.documents import Word
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.pages import UNREAD

# A figure, whole or with a misread letter or two: mostly digits, with what stands around figures in statements.
_FIGURE = re.compile(r"^[\[(（△▲\-–−+]*\s*\d[\d,.·'’\s]*[\])）%]*$")
_DATED = re.compile(r"(?:19|20)\d\d[.년/-]\d{1,2}[.월/-]|\d[년월일](?:부터|까지|현재)|제\d{1,3}\(?[당전]{0,2}\)?기")
_MARK = re.compile(r"^[-–−—△▲()（）]{1,2}$")


def is_figure(text: str) -> bool:
    """Whether a word looks like an amount of a statement (also a lone "-")."""
    text = text.strip()
    if text == UNREAD:
        return True
    if _FIGURE.match(text) or _MARK.match(text):
        return True
    digits = sum(c.isdigit() for c in text)
    return digits >= 4 and digits / len(text) >= 0.55 and not re.search(r"[년월일호번제]", text)


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Upright words as lines, top to bottom, left to right; a line's words share their middles."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.centre[1]):
        for line in reversed(lines[-4:]):
            middle = sum(w.box.centre[1] for w in line) / len(line)
            height = sorted(w.box.height for w in line)[len(line) // 2]
            if abs(word.box.centre[1] - middle) < 0.45 * max(3.0, min(height, word.box.height)):
                line.append(word)
                break
        else:
            lines.append([word])
    lines.sort(key=lambda line: sum(w.box.centre[1] for w in line) / len(line))
    return [sorted(line, key=lambda w: w.box.left) for line in lines]


@dataclass(frozen=True)
class Columns:
    """Borders between columns, left to right, the sides included (n + 1 for n columns)."""

    borders: tuple[float, ...]

    def of(self, x: float) -> int:
        for number in range(len(self.borders) - 2):
            if x < self.borders[number + 1]:
                return number
        return len(self.borders) - 2


def figure_columns(lines: Sequence[Sequence[Word]], left: float, right: float) -> Columns | None:
    """Columns of the lines between two sides: one for the labels, one for each right edge that figures share.

    Only rows of a statement have a say: the days and periods of a heading stand in no column's line.
    """
    rows = [line for line in lines if any(is_amount(w.text) for w in line) and not _dated(line)]
    lines = rows if len(rows) >= 2 else lines
    figures = [merged for line in lines for merged in _figures(line)]
    amounts = [box for box in figures if box.width > 0]
    if len(amounts) < 3:
        return None
    height = sorted(box.height for box in amounts)[len(amounts) // 2]
    groups: list[list[Box]] = []
    for box in sorted(amounts, key=lambda b: b.right):
        if groups and box.right - groups[-1][-1].right < 0.9 * height:
            groups[-1].append(box)
        else:
            groups.append([box])
    groups = _overlapping_joined([g for g in groups if len(g) >= 2])
    if not groups:
        return None
    borders = [left]
    labels_end = max(
        (w.box.right for line in lines for w in line if w.box.right <= min(b.left for b in groups[0])), default=left
    )
    borders.append(max((labels_end + min(b.left for b in groups[0])) / 2, min(b.left for b in groups[0]) - 2 * height))
    boxes = [w.box for line in lines for w in line]
    for one, next_ in zip(groups, groups[1:], strict=False):
        borders.append(_between(one, next_, boxes))
    borders.append(max(right, max(b.right for b in groups[-1])))
    if borders[1] <= left + 1:
        del borders[1]
    return Columns(tuple(borders))


def _between(one: Sequence[Box], next_: Sequence[Box], boxes: Sequence[Box]) -> float:
    """Where two columns are parted: in the widest of the gaps between their edges that cut the fewest words."""
    start = sorted(b.right for b in one)[len(one) // 2]
    end = sorted(b.left for b in next_)[len(next_) // 2]
    edges = sorted({start, end, *(x for b in boxes for x in (b.left, b.right) if start < x < end)})
    gaps = [(a, b) for a, b in pairwise(edges) if b > a]
    if not gaps:
        return (start + end) / 2

    def cuts(gap: tuple[float, float]) -> tuple[int, float]:
        middle = (gap[0] + gap[1]) / 2
        return sum(b.left < middle < b.right for b in boxes), gap[0] - gap[1]

    left, right = min(gaps, key=cuts)
    return (left + right) / 2


def _dated(line: Sequence[Word]) -> bool:
    return bool(_DATED.search("".join(w.text for w in line)))


def _overlapping_joined(groups: list[list[Box]]) -> list[list[Box]]:
    """Edge groups whose figures lie over each other are one column (centred or left-aligned figures)."""
    joined: list[list[Box]] = []
    for group in groups:
        if joined:
            middle = sorted(b.left for b in group)[len(group) // 2]
            end = sorted(b.right for b in joined[-1])[len(joined[-1]) // 2]
            if middle < end - 1:
                joined[-1] += group
                continue
        joined.append(list(group))
    return joined


def _figures(line: Sequence[Word]) -> list[Box]:
    """Figures of a line; pieces a blank's width apart ("1,234 ,567", "( 123 )") are one."""
    found: list[list[Word]] = []
    for word in line:
        if not is_figure(word.text):
            continue
        if found and word.box.left - found[-1][-1].box.right < 0.45 * word.box.height:
            found[-1].append(word)
        else:
            found.append([word])
    return [around([w.box for w in group]) for group in found]


def is_amount(text: str) -> bool:
    """A figure with a thousands comma or of five digits: no year, no number of a note."""
    return is_figure(text) and (bool(re.search(r"\d[,.]\d{3}", text)) or sum(c.isdigit() for c in text) >= 5)


def figure_lines(lines: Sequence[Sequence[Word]]) -> list[int]:
    """Numbers of the lines that carry at least one amount (a lone dash or note number is none)."""
    return [
        number
        for number, line in enumerate(lines)
        if any(is_figure(w.text) and sum(c.isdigit() for c in w.text) >= 3 for w in line)
    ]
