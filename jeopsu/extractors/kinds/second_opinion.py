"""A second opinion on what a page is: spaCy's bag-of-words classifier over pairs of letters, trained from `samples/`.

It sees the page's letters and nothing else: not where a title stands, not the file's name. `identify` asks it after its
own rules; where the two disagree a person looks. Trained and measured by `make models` (docs/accuracy.md).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jeopsu.domain.kinds import Kind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = Path(__file__).with_name("second_opinion.bin")
OTHER = "other"  # a paper that is none of the call's
MOST = 1500  # letters of a page that are looked at: its head and what follows
CLEAR = 0.8  # a share from which the opinion counts; below it says nothing
LEAST = 60  # a page with fewer letters says too little
# Buckets of the classifier's weights: 23 labels × 8192 × 4 bytes stay under a megabyte.
BUCKETS = 8192


@dataclass(frozen=True)
class Opinion:
    """The likeliest kind (None: another paper) and how likely, 0..1."""

    kind: Kind | None
    share: float


def opinion(letters: str) -> Opinion | None:
    """What a page with these letters (blanks left out) is. None: too few letters, or no spaCy or model here."""
    if len(letters) < LEAST:
        return None
    language = _loaded()
    if language is None:
        return None
    shares = language(page(language, letters)).cats
    label = max(shares, key=lambda name: shares[name])
    return Opinion(None if label == OTHER else Kind(label), float(shares[label]))


def warm_up() -> None:
    """Loads spaCy and the model once, before processes are forked."""
    _loaded()


def page(language: Language, letters: str) -> Doc:
    """A page's letters as overlapping pairs: OCR sets blanks anywhere, and Korean words need a dictionary to part."""
    from spacy.tokens import Doc

    text = letters[:MOST]
    return Doc(language.vocab, words=[text[place : place + 2] for place in range(len(text) - 1)])


def blank() -> Language:
    """The empty pipeline. spaCy's own Korean tokenizer wants MeCab and its dictionary; the rule-based one does not."""
    import spacy

    language = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}})
    model = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "length": BUCKETS,
        "ngram_size": 2,
        "no_output_layer": False,
    }
    language.add_pipe("textcat", config={"model": model})
    return language


@cache
def _loaded() -> Language | None:
    try:
        language = blank()
    except ImportError:
        return None
    if not MODEL.exists():
        return None
    data = MODEL.read_bytes()
    size = int.from_bytes(data[:4], "big")
    textcat: Any = language.get_pipe("textcat")
    textcat.cfg["labels"] = tuple(json.loads(data[4 : 4 + size]))
    textcat.model.from_bytes(data[4 + size :])
    return language
