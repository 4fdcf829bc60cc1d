"""Where a printed number's digits stand in words of OCR, whose boxes are a letter too wide or too narrow at times."""

from __future__ import annotations

import re
from dataclasses import replace

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Ink


def trimmed(ink: Ink, start: int, end: int) -> Ink:
    """A word's letters `start`..`end`, its box cut by the letters' usual widths."""
    widths = [1.0 if ord(letter) > 0x2000 else 0.3 if letter in ".,'’" else 0.55 for letter in ink.text]
    whole = sum(widths) or 1.0
    box = ink.box
    left = box.left + box.width * sum(widths[:start]) / whole
    right = box.left + box.width * sum(widths[:end]) / whole
    return replace(ink, text=ink.text[start:end], box=Box(left=left, top=box.top, right=right, bottom=box.bottom))


def airy(box: Box) -> Box:
    """With paper above and below: in a crop no taller than its print, a 1 at its side is taken for a rule."""
    room = 0.35 * box.height
    return Box(left=box.left, top=max(0.0, box.top - room), right=box.right, bottom=box.bottom + room)


# Word boxes of the first engine are a letter too wide or too narrow at times: three cuts are tried.
def _as_it_is(text: str, box: Box) -> Box:
    return box


def _wider(text: str, box: Box) -> Box:
    return Box(left=max(0.0, box.left - 2), top=max(0.0, box.top - 1), right=box.right + 2, bottom=box.bottom + 1)


def _by_letters(text: str, box: Box) -> Box:
    right = min(box.right, box.left + len(text) * 0.58 * box.height)
    return Box(left=box.left, top=box.top, right=max(box.left + 1, right), bottom=box.bottom)


CUTS = (_as_it_is, _wider, _by_letters)


def digit_runs(ink: Ink) -> list[tuple[str, Box]]:
    """The runs of digits in a word with their upright boxes, cut by the letters' usual widths."""
    widths = [1.0 if ord(letter) > 0x2000 else 0.55 for letter in ink.text]
    whole = sum(widths) or 1.0
    runs = []
    for match in re.finditer(r"\d+", ink.text):
        left = ink.box.left + ink.box.width * sum(widths[: match.start()]) / whole
        right = ink.box.left + ink.box.width * sum(widths[: match.end()]) / whole
        runs.append((match[0], Box(left=left, top=ink.box.top, right=right, bottom=ink.box.bottom)))
    return runs
