"""The engines of this process: made once, before processes are forked, and handed out here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from jeopsu.extractors.ocr.base import EngineMissing, LineEngine, WordEngine
from jeopsu.extractors.ocr.null import NullEngine


@dataclass(frozen=True)
class Engines:
    """`words` reads pages, `figures` and `second` read lines."""

    words: WordEngine
    figures: LineEngine
    second: LineEngine


@cache
def engines(tessdata: str | None = None) -> Engines:
    """The real ones, or the null engine where one is missing (`jeopsu doctor` says how to mend that)."""
    from jeopsu.extractors.ocr import ppocr, tesseract

    nothing = NullEngine()
    words: WordEngine = nothing
    second: LineEngine = nothing
    figures: LineEngine = nothing
    with suppress(EngineMissing):
        words = second = tesseract.tesseract(tessdata)
    with suppress(EngineMissing):
        figures = ppocr.recogniser()
    return Engines(words, figures, second)


def complete() -> bool:
    """Whether this machine can recognise scans at all; without, every scanned page is a person's."""
    made = engines()
    return not any(isinstance(engine, NullEngine) for engine in (made.words, made.figures, made.second))


def warm_up() -> None:
    """Loads models and runs them once. No threads are left behind: what is made here works after a fork."""
    cv2.setNumThreads(1)
    made = engines()
    blank = np.full((48, 160), 255, np.uint8)
    made.figures.read_lines([blank])
    made.second.read_lines([blank])
    prepare = getattr(made.words, "prepare", None)
    if prepare is not None:
        prepare()
