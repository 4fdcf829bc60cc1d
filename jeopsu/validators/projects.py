"""Whether the title of a project on a paper is this project's, or another one's."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

_RUN = 4  # letters in a row that no scan bends: of another title in the same words ("금속가공제품" for "산업용전동기")
_UNLIKE = 0.6
_SHORT = 8  # letters: shorter titles are too easily hit, or missed, by chance
_ONE_IN = 8  # letters of which OCR may have bent one in a title that still proves itself


class Fit(StrEnum):
    OURS = "ours"  # letter for letter; on a scan but for letters bent one by one
    UNCLEAR = "unclear"
    OTHER = "other"


def fit(printed: Sequence[str], title: str | None, scanned: bool) -> Fit:
    """What the titles on a paper say, the one at its head first. Without a sure title of the plan: nothing."""
    ours = _letters(title or "")
    if len(ours) < _SHORT or not printed:
        return Fit.UNCLEAR
    fits = [_fit(_letters(one), ours, scanned) for one in printed]
    return Fit.OURS if Fit.OURS in fits else fits[0]


def _letters(title: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", title).casefold() if c.isalnum())


def _fit(read: str, ours: str, scanned: bool) -> Fit:
    if read == ours:
        return Fit.OURS
    if len(read) < _SHORT or ours in read or (read in ours and len(read) >= _UNLIKE * len(ours)):
        return Fit.UNCLEAR  # a part of it, or more than it: a line was lost, a subtitle was added
    matcher = SequenceMatcher(None, ours, read, autojunk=False)
    edits = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if not scanned:
        one = len(edits) == 1 and max(edits[0][2] - edits[0][1], edits[0][4] - edits[0][3]) <= 1
        return Fit.UNCLEAR if one else Fit.OTHER
    if all(max(i2 - i1, j2 - j1) <= 1 for _, i1, i2, j1, j2 in edits) and len(edits) <= max(1, len(ours) // _ONE_IN):
        return Fit.OURS
    torn = any(min(i2 - i1, j2 - j1) >= _RUN for _, i1, i2, j1, j2 in edits)
    return Fit.OTHER if torn or matcher.ratio() < _UNLIKE else Fit.UNCLEAR
