"""Tesseract for Korean words, in this process (tesserocr) or, where that is missing, by its command (pytesseract)."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from jeopsu.extractors.ocr.base import EngineMissing, LineReading, PageWord

# More than one thread makes a page slower, and a thread pool would not survive a fork. Read when libgomp is loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

LANGUAGE = "kor"
_PAGE, _LINE = 4, 7  # page segmentation modes: a column of text of many sizes, one line
_PLACES = (
    Path(sys.prefix) / "share" / "tessdata",
    Path("/usr/share/tesseract-ocr/5/tessdata"),
    Path("/usr/share/tessdata"),
    Path("/usr/local/share/tessdata"),
)


def tessdata(given: str | None = None) -> Path:
    """The first folder that holds the Korean model: the one given, the environment's own, the system's."""
    places = ([Path(given)] if given else []) + list(_PLACES)
    for place in places:
        if (place / f"{LANGUAGE}.traineddata").is_file():
            return place
    raise EngineMissing("kor.traineddata is missing; `make setup` fetches it (or apt-get install tesseract-ocr-kor)")


class TesserocrEngine:
    """One API a page mode, kept for the process's life."""

    name = "tesseract"

    def __init__(self, folder: Path) -> None:
        import tesserocr

        self._lib = tesserocr
        self._folder = str(folder)
        self._apis: dict[int, Any] = {}

    def _api(self, mode: int) -> Any:
        if mode not in self._apis:
            # OEM 1: the model is an LSTM's.
            api = self._lib.PyTessBaseAPI(path=self._folder, lang=LANGUAGE, psm=mode, oem=1)
            if mode == _LINE:
                # Lines come dark on light: a weak one need not be read again as if it were light on dark.
                api.SetVariable("invert_threshold", "0.0")
            self._apis[mode] = api
        return self._apis[mode]

    def prepare(self) -> None:
        self._api(_PAGE)
        self._api(_LINE)

    def read_page(self, grey: np.ndarray, dpi: float) -> list[PageWord]:
        api = self._api(_PAGE)
        height, width = grey.shape
        api.SetImageBytes(np.ascontiguousarray(grey).tobytes(), width, height, 1, width)
        api.SetSourceResolution(round(dpi))
        found = _words(api.GetTSVText(0))
        api.Clear()
        return found

    def read_lines(self, lines: Sequence[np.ndarray]) -> list[LineReading]:
        api, found = self._api(_LINE), []
        level = self._lib.RIL.SYMBOL
        for line in lines:
            height, width = line.shape
            api.SetImageBytes(np.ascontiguousarray(line).tobytes(), width, height, 1, width)
            api.SetSourceResolution(300)
            api.Recognize()
            text = (api.GetUTF8Text() or "").strip()
            confidences = []
            walk = api.GetIterator() if text else None
            if walk is not None:
                for symbol in self._lib.iterate_level(walk, level):
                    confidences.append(symbol.Confidence(level) / 100)
            found.append(LineReading(text, tuple(confidences)))
        api.Clear()
        return found


class CommandEngine:
    """The same by the `tesseract` command: slower, and there wherever the command is."""

    name = "tesseract"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _tsv(self, grey: np.ndarray, mode: int, dpi: float) -> str:
        import pytesseract
        from PIL import Image

        config = f'--tessdata-dir "{self._folder}" --psm {mode} --oem 1 --dpi {round(dpi)}'
        return str(pytesseract.image_to_data(Image.fromarray(grey), lang=LANGUAGE, config=config))

    def prepare(self) -> None:
        pass

    def read_page(self, grey: np.ndarray, dpi: float) -> list[PageWord]:
        return _words(self._tsv(grey, _PAGE, dpi))

    def read_lines(self, lines: Sequence[np.ndarray]) -> list[LineReading]:
        found = []
        for line in lines:
            words = _words(self._tsv(line, _LINE, 300))
            # The command gives confidences by word only.
            found.append(LineReading(" ".join(w.text for w in words), tuple(w.confidence for w in words)))
        return found


def _words(tsv: str) -> list[PageWord]:
    found = []
    for row in csv.reader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != "5" or not row[11].strip():
            continue
        left, top, width, height = (float(v) for v in row[6:10])
        confidence = max(0.0, min(1.0, float(row[10]) / 100))
        found.append(PageWord(row[11].strip(), left, top, left + width, top + height, confidence))
    return found


@cache
def tesseract(given: str | None = None) -> TesserocrEngine | CommandEngine:
    """The engine of this process. EngineMissing where neither library nor command nor model is there."""
    folder = tessdata(given)
    try:
        return TesserocrEngine(folder)
    except ImportError:
        import shutil

        if shutil.which("tesseract") is None:
            raise EngineMissing("tesseract is missing; apt-get install tesseract-ocr") from None
        return CommandEngine(folder)
