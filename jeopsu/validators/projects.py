"""Whether the title of a project on a paper is this project's, or another one's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from jeopsu.domain.documents import TextSource
from jeopsu.domain.kinds import Segment
from jeopsu.validators.lookup import SURE

NOT_OF_THIS = "다른 과제의 서류에서 읽은 값"
_RUN = 4  # letters in a row that no scan bends: of another title in the same words ("금속가공제품" for "산업용전동기")
_LATIN, _WORD = re.compile(r"[a-z0-9]+"), "@"
_UNLIKE = 0.6  # of the letters read
_SHORT = 8  # letters: shorter titles are too easily hit, or missed, by chance
_ONE_IN = 8  # letters of which OCR may have bent one in a title that still proves itself


class Fit(StrEnum):
    OURS = "ours"  # letter for letter; on a scan but for letters bent one by one
    UNCLEAR = "unclear"
    OTHER = "other"


def fit(printed: Sequence[str], title: str | None, scanned: bool) -> Fit:
    """What the titles on a paper say, the one at its head first. Without a sure title of the plan: nothing."""
    ours = _letters(title or "", scanned)
    if len(ours) < _SHORT or not printed:
        return Fit.UNCLEAR
    fits = [_fit(_letters(one, scanned), ours, scanned) for one in printed]
    return Fit.OURS if Fit.OURS in fits else fits[0]


def papers_of_others(segments: Sequence[Segment], source: TextSource, title: str | None) -> tuple[range, ...]:
    """The pages of a file's papers that name another project."""
    scanned = source is not TextSource.DIGITAL
    return tuple(
        s.pages for s in segments if s.confidence >= SURE and fit(s.subject.projects, title, scanned) is Fit.OTHER
    )


def _letters(title: str, scanned: bool) -> str:
    """A title's letters. On a scan the engine for Hangul makes anything of Latin words ("465-68" of MES-ERP): each is
    one sign, and figures are none."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", title).casefold() if c.isalnum())
    if not scanned:
        return letters
    return _LATIN.sub(lambda run: _WORD if any(c.isalpha() for c in run[0]) else "", letters)


def _fit(read: str, ours: str, scanned: bool) -> Fit:
    if read == ours:
        return Fit.OURS
    if len(read) < _SHORT or ours in read or read in ours:
        return Fit.UNCLEAR  # a part of it, or more than it: a line was lost, a subtitle or its English was added
    matcher = SequenceMatcher(None, ours, read, autojunk=False)
    edits = [(ours[i1:i2], read[j1:j2]) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]
    if not scanned:
        one = len(edits) == 1 and max(len(edits[0][0]), len(edits[0][1])) <= 1
        return Fit.UNCLEAR if one else Fit.OTHER
    edits = [edit for edit in _settled(edits) if not _is_latin(*edit)]
    if all(max(len(lost), len(new)) <= 1 for lost, new in edits) and len(edits) <= max(1, len(ours) // _ONE_IN):
        return Fit.OURS
    torn = any(min(len(lost), len(new)) >= _RUN for lost, new in edits)
    known = sum(block.size for block in matcher.get_matching_blocks())
    return Fit.OTHER if torn or known < _UNLIKE * len(read) else Fit.UNCLEAR


def _is_latin(lost: str, new: str) -> bool:
    """Whether letters differ where a Latin word stands, or was seen."""
    return lost == _WORD and len(new) <= _RUN or not lost and new == _WORD


def _settled(edits: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without a word that is lost in one place and stands in another: of two lines aslant, one word changed its row."""
    lost, new = [one for one, other in edits if not other], [other for one, other in edits if not one]
    moved = {word for word in lost if len(word) > 1 and lost.count(word) == new.count(word)}
    return [edit for edit in edits if not ({edit[0], edit[1]} - {""} <= moved)]
