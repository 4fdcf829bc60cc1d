"""The PP-OCRv6 small recogniser (its model comes with the `rapidocr` wheel), run directly so that each character keeps
its confidence and one thread does it. It knows figures, △ ▲ □ ☑ and Chinese; it knows no Hangul."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from jeopsu.extractors.ocr.base import EngineMissing, LineReading

HEIGHT = 48  # what the model was trained on
_WIDEST = 1600
_BATCH = 8


def model_path(name: str) -> Path:
    """A model file of the rapidocr wheel, found without importing the package."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise EngineMissing("rapidocr is not installed")
    path = Path(spec.origin).parent / "models" / name
    if not path.exists():
        raise EngineMissing(f"rapidocr has no model {name}")
    return path


def session(name: str) -> onnxruntime.InferenceSession:
    """One thread and no pools: sessions made before a fork work after it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(model_path(name)), options, providers=["CPUExecutionProvider"])


class PpocrLines:
    """Reads line pictures in batches of like widths."""

    name = "ppocr"

    def __init__(self) -> None:
        self.session = session("PP-OCRv6_rec_small.onnx")
        letters = self.session.get_modelmeta().custom_metadata_map["character"].split("\n")
        # Class 0 is CTC's blank, the last one the space that the list leaves out.
        self.letters = ["", *letters, " "]

    def read_lines(self, lines: Sequence[np.ndarray]) -> list[LineReading]:
        ready = [_scaled(line) for line in lines]
        order = sorted(range(len(lines)), key=lambda n: ready[n].shape[1])
        found: list[LineReading] = [LineReading("", ())] * len(lines)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            width = max(64, max(ready[n].shape[1] for n in batch))
            block = np.zeros((len(batch), 3, HEIGHT, width), np.float32)
            for place, number in enumerate(batch):
                line = ready[number]
                block[place, :, :, : line.shape[1]] = line.astype(np.float32) / 127.5 - 1.0
            answer = self.session.run(None, {self.session.get_inputs()[0].name: block})[0]
            for place, number in enumerate(batch):
                found[number] = self._decoded(answer[place])
        return found

    def _decoded(self, steps: np.ndarray) -> LineReading:
        best = steps.argmax(axis=1)
        text: list[str] = []
        confidences: list[float] = []
        last = 0
        for step, letter in enumerate(best):
            if letter == last:
                if letter and confidences:
                    confidences[-1] = max(confidences[-1], float(steps[step, letter]))
                continue
            last = letter
            if letter and letter < len(self.letters):
                text.append(self.letters[letter])
                confidences.append(float(steps[step, letter]))
        return LineReading("".join(text), tuple(confidences))


def _scaled(line: np.ndarray) -> np.ndarray:
    height, width = line.shape[:2]
    wide = int(min(_WIDEST, max(8, round(width * HEIGHT / max(1, height)))))
    way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC
    return cv2.resize(line, (wide, HEIGHT), interpolation=way)


@cache
def recogniser() -> PpocrLines:
    """The one of this process."""
    return PpocrLines()
