"""One suite for every line engine; what is made before a fork works after it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from jeopsu.extractors.ocr import ppocr, tesseract
from jeopsu.extractors.ocr.base import EngineMissing, LineReading
from jeopsu.extractors.ocr.null import NullEngine
from jeopsu.extractors.ocr.recorded import RecordedEngine

measured_model = pytest.mark.skipif(
    not (Path(sys.prefix) / "share/tessdata/kor.traineddata").is_file(),
    reason="the distribution's Korean model reads commas as points: make ocr-data",
)


def line(text: str) -> np.ndarray:
    page = np.full((64, 24 * len(text) + 40), 250, np.uint8)
    cv2.putText(page, text, (20, 45), cv2.FONT_HERSHEY_DUPLEX, 1.1, 15, 2)
    return page


def second():
    try:
        return tesseract.tesseract()
    except EngineMissing as missing:
        pytest.skip(str(missing))


ENGINES = [ppocr.recogniser, second]


@measured_model
@pytest.mark.parametrize("make", ENGINES)
def test_figures_are_read_in_order(make):
    texts = ["12,345,678", "907", "1,000,000"]
    readings = make().read_lines([line(t) for t in texts])
    assert [r.text for r in readings] == texts
    assert all(0.0 <= r.weakest <= r.mean <= 1.0 for r in readings)


# Tesseract is left out: it reads something into an empty line, which is why blank cells are never shown to it.
@pytest.mark.parametrize("make", [ppocr.recogniser, NullEngine])
def test_nothing_to_read(make):
    assert make().read_lines([]) == []
    (reading,) = make().read_lines([np.full((48, 100), 255, np.uint8)])
    assert reading.text == ""


@measured_model
@pytest.mark.parametrize("make", ENGINES)
def test_engines_survive_a_fork(make):
    engine = make()
    picture = line("12,345,678")
    assert engine.read_lines([picture])[0].text == "12,345,678"
    child = os.fork()
    if child == 0:
        os._exit(0 if engine.read_lines([picture])[0].text == "12,345,678" else 3)
    assert os.waitpid(child, 0)[1] == 0
    assert engine.read_lines([picture])[0].text == "12,345,678"


@measured_model
def test_page_words_have_boxes():
    page = np.full((400, 900), 250, np.uint8)
    cv2.putText(page, "12,345", (100, 120), cv2.FONT_HERSHEY_DUPLEX, 1.3, 15, 2)
    cv2.putText(page, "67,890", (500, 320), cv2.FONT_HERSHEY_DUPLEX, 1.3, 15, 2)
    words = second().read_page(page, 300)
    found = {w.text: w for w in words}
    assert {"12,345", "67,890"} <= set(found)
    assert 480 < found["67,890"].left < 520 and found["67,890"].top > 250


def test_recorded_readings_are_played_back(tmp_path):
    class Once(NullEngine):
        def read_lines(self, lines):
            return [LineReading("7", (0.9,)) for _ in lines]

    path = tmp_path / "lines.json"
    RecordedEngine(path, lines=Once()).read_lines([line("7")])
    assert RecordedEngine(path).read_lines([line("7")]) == [LineReading("7", (0.9,))]
    with pytest.raises(KeyError):
        RecordedEngine(path).read_lines([line("8")])


def test_a_missing_model_says_what_mends_it(monkeypatch, tmp_path):
    monkeypatch.setattr(tesseract, "_PLACES", (tmp_path,))
    with pytest.raises(EngineMissing, match="make setup"):
        tesseract.tessdata()
