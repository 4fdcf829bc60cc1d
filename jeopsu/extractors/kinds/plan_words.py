"""Labels of plan forms taken apart into known words: which form said it how stands in `plan_labels.yaml`."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

from ruamel.yaml import YAML

_UNITS = r"(?:백만원|천원|만원|억원|원|%|개월|명|년|월)"
# What stands in brackets and says nothing about the meaning: units, formulas, footnotes, "where it applies".
_ASIDE = re.compile(
    rf"\((?:단위[^()]*|{_UNITS}|[A-Za-z0-9=+\-/×*÷,.%·~\s]+|해당시[^()]*|해당시작성|VAT[^()]*|부가세[^()]*)\)"
    r"|\[[A-Za-z0-9=+\-/×*÷,.%·~≦≤\s]+\]"
)
_FOOTNOTE = re.compile(r"(?<=[가-힣)])\d{1,2}(?:-\d{1,2})?[)」](?=$|\n)|[*※†]+$")
_BULLET = re.compile(
    r"^(?:[(\[]?(?:\d{1,2}|[가나다라마바사아자차카타파하]|[IVXivx]{1,4})[.)\]]|[①-⑳○◦ㅇ□■◇◆▷▶•·\-*]+)(?=\D)"
)
_SEPARATORS = re.compile(r"[\s·ㆍ‧∙・・․.:,/|\-–—_+&'\"‘’“”「」\[\]<>]+")
# Years and stages of a project, however they are counted: 1차년도, 2년차, 제1단계, 2023년도.
_PERIOD = re.compile(r"제?(?:\d{1,2}|[Nn])(?:차년도|차연도|년차|연차|단계|차)|20\d\d(?:년도|연도|년)")
_FORMULA = re.compile(r"=?[A-Z]\d?(?:[=+\-/×*][A-Z]?\d?)*$")


@functools.cache
def lexicon() -> dict[str, dict[str, list[str]]]:
    """The file of words, read once."""
    with open(Path(__file__).with_name("plan_labels.yaml"), encoding="utf-8") as file:
        loaded: dict[str, dict[str, list[str]]] = YAML(typ="safe").load(file)
    return loaded


@functools.cache
def _words(part: str) -> dict[str, str]:
    return {squeezed(word): concept for concept, words in lexicon()[part].items() for word in words}


@functools.cache
def _longest(part: str) -> int:
    return max(len(word) for word in _words(part))


def squeezed(text: str) -> str:
    """Characters that carry meaning: no blanks, middle dots, dashes, slashes, quotes."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def plain_label(text: str) -> str:
    """A label without numbering, footnote marks, units and formulas; brackets with words in them stay."""
    label = unicodedata.normalize("NFKC", text.replace("\n", " ")).strip()
    label = _BULLET.sub("", label).strip()
    label = _FOOTNOTE.sub("", label)
    tight = re.sub(r"\s+", "", label)
    before = None
    while before != tight:
        before = tight
        tight = _ASIDE.sub("", tight)
    tight = _FOOTNOTE.sub("", tight)
    return _FORMULA.sub("", tight) if re.search(r"[가-힣]", tight) else tight


@functools.lru_cache(maxsize=20_000)
def tokens(text: str, part: str) -> tuple[str, ...] | None:
    """The concepts that a label of `part` ("budget", "identity", "people") is made of; None if it is no label.

    `("sum",)` of "합계(A+B)", `("personnel", "cash")` of "인건비(현금)", `("government",)` of "정부지원 연구개발비".
    """
    label = plain_label(text)
    if not label or len(label) > 40:
        return None
    if part == "budget":
        label = _PERIOD.sub("n년차", label)
    found = _cut(squeezed(label.replace("(", "").replace(")", "")), part)
    if found is None and "(" in label:
        # A remark in brackets that is no known word does not change what the label says.
        found = _cut(squeezed(re.sub(r"\([^()]*\)", "", label)), part)
    if found is None:
        return None
    return tuple(concept for concept in dict.fromkeys(found) if concept != "filler") or ("filler",)


def _cut(text: str, part: str) -> list[str] | None:
    """Cuts a text wholly into known words; fewest words win (총연구개발비 is one word)."""
    if not text or len(text) > 40:
        return None
    words, longest = _words(part), _longest(part)
    best: list[list[str] | None] = [None] * (len(text) + 1)
    best[0] = []
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            before, word = best[start], words.get(text[start:end])
            if before is None or word is None:
                continue
            shortest = best[end]
            if shortest is None or len(before) + 1 < len(shortest):
                best[end] = [*before, word]
    return best[len(text)]


def one_of(text: str, part: str) -> str | None:
    """The choice of a flat list (`sizes`, `roles`) that a value names; None where it names none or two."""
    label = squeezed(re.sub(r"[()]", "", unicodedata.normalize("NFKC", text)))
    hits: dict[str, int] = {}
    rest = label
    for choice, words in lexicon()[part].items():
        for word in sorted(words, key=len, reverse=True):
            if word in rest:
                hits[choice] = len(word)
                rest = rest.replace(word, "|")
    return next(iter(hits)) if len(hits) == 1 else None
