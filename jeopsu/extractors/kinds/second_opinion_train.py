"""Training of the second opinion. Not part of reading: `make models` calls it (benchmarks/models.py)."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

from jeopsu.extractors.kinds.second_opinion import blank, page

EPOCHS = 12


def train(examples: Sequence[tuple[str, str]], seed: int = 0) -> bytes:
    """The model's bytes from (letters of a page, label). Equal examples and seed give equal bytes on one machine."""
    import spacy
    from spacy.training import Example

    spacy.util.fix_random_seed(seed)  # type: ignore[attr-defined]
    language = blank()
    textcat: Any = language.get_pipe("textcat")
    labels = sorted({label for _, label in examples})
    for label in labels:
        textcat.add_label(label)
    ready = [
        Example.from_dict(page(language, letters), {"cats": {name: float(name == label) for name in labels}})
        for letters, label in examples
    ]
    optimizer = language.initialize(lambda: ready[: len(labels) * 4])
    chance = random.Random(seed)
    for _ in range(EPOCHS):
        chance.shuffle(ready)
        for start in range(0, len(ready), 64):
            textcat.update(ready[start : start + 64], sgd=optimizer, drop=0.2)
    names = json.dumps(labels).encode()
    return len(names).to_bytes(4, "big") + names + bytes(textcat.model.to_bytes())
