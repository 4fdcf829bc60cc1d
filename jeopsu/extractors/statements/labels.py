"""From the words of a line to the item it is: numbering, blanks and bracketed additions away, then the table of labels.

On scans a label may be bent; it is then taken only when it is near one item's label and clearly farther from every
other's, neighbours such as 비유동자산 or 자본잉여금 included.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from jeopsu.extractors.kinds.closeness import distance
from jeopsu.extractors.statements.model import OURS, StatementKind

_BRACKETS = re.compile(r"[(\[{<〈「](.*?)[)\]}>〉」]")
# Ⅰ. 1. (1) 가. ① in front of a label; the letters of a label itself are never taken (가 needs its point).
_NUMBERING = re.compile(
    r"^(?:[(\[]?(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]+|[IVXivxl]{1,5}|\d{1,3}|[가-하](?=[.)]))[)\].,、:·]*|[①-⑳㉠-㉻][.]?|[-·•*○□■▪※]+)+"
)
_FILL = re.compile(r"[.·…_\-~=|'`‘’“”\"*:;,]+")


@dataclass(frozen=True)
class Item:
    """What a label stands for."""

    name: str
    loss: bool = False  # the wording itself names a loss
    near: float = 1.0  # 1: exactly this label; less: how alike
    both: bool = False  # 당기순손실(이익): a plain amount is a loss, a bracketed one a profit


@dataclass(frozen=True)
class KnownLabel:
    """One spelling of an item's label in labels.yaml."""

    label: str  # as `plain` gives it
    jamo: str
    name: str  # of the item
    loss: bool
    telling: tuple[str, ...]  # the words in it that tell it from its neighbours (see `_telling`)


@dataclass(frozen=True)
class Vocabulary:
    """All labels of one statement. `gains`, `costs`: items that are groups of income and of expense."""

    entries: tuple[KnownLabel, ...]
    exact: dict[str, Item]  # by the label's plain letters
    gains: frozenset[str]
    costs: frozenset[str]


def plain(text: str) -> str:
    """A label without blanks, numbering and brackets: " Ⅷ. 법인세비용차감전 순이익(손실) " → 법인세비용차감전순이익."""
    s = re.sub(r"\s", "", unicodedata.normalize("NFC", text))
    s = s.replace("（", "(").replace("）", ")").replace("ㆍ", "·")
    while True:
        shorter = _NUMBERING.sub("", s, count=1)
        if shorter == s or not shorter:
            break
        s = shorter
    s = _BRACKETS.sub("", s)
    s = s.lstrip("([{)]}")  # "[.비유동자산": what OCR made of Ⅱ, no bracket
    s = re.sub(r"[(\[{].*$", "", s)  # a bracket that never closes
    return _FILL.sub("", unicodedata.normalize("NFKC", s)).strip(")]}>")


def bracketed(text: str) -> str:
    """What stands in brackets behind a label: (손실), (Ⅰ+Ⅱ), (주석 3)."""
    return "".join(_BRACKETS.findall(re.sub(r"\s", "", text)))


def level(text: str) -> str:
    """The style of a label's numbering: "Ⅰ", "1", "(1)", "가", "①" or "" where it has none."""
    s = re.sub(r"\s", "", unicodedata.normalize("NFC", text))
    if re.match(r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]", s) or re.match(r"[IVX]{1,5}[.,]", s):
        return "Ⅰ"
    if re.match(r"\(\d{1,2}\)", s):
        return "(1)"
    if re.match(r"\d{1,2}[.,)]", s):
        return "1"
    if re.match(r"[가-하][.)]", s):
        return "가"
    if re.match(r"[①-⑳]", s):
        return "①"
    return ""


def jamo(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@lru_cache(1)
def _data() -> dict[str, Any]:
    source = files("jeopsu.extractors.statements").joinpath("labels.yaml").read_text("utf-8")
    data: dict[str, Any] = YAML(typ="safe").load(source)
    return data


@lru_cache(4)
def vocabulary(kind: StatementKind) -> Vocabulary:
    items: dict[str, dict[str, Any]] = _data()[kind.value]
    entries, exact = [], {}
    for name, item in items.items():
        target, loss = item.get("of", name), bool(item.get("loss"))
        for label in item["labels"]:
            key = plain(label)
            entries.append(KnownLabel(key, jamo(key), target, loss, _telling(key)))
            exact[key] = Item(target, loss)
    return Vocabulary(
        tuple(entries),
        exact,
        frozenset(name for name, item in items.items() if item.get("gain")),
        frozenset(name for name, item in items.items() if item.get("cost")),
    )


@lru_cache(1)
def foreign() -> frozenset[str]:
    """Labels that only other statements print."""
    return frozenset(_data()["foreign"])


@lru_cache(4096)
def edits(one: str, other: str, most: int) -> int:
    """Letters (jamo) to insert, drop or change between two labels; `most` + 1 when there are more."""
    return distance(one, other, most)


@lru_cache(4096)
def find(text: str, kind: StatementKind, bent: bool = False) -> Item | None:
    """The item a label names. `bent`: it comes from OCR, so the nearest label is taken if no other comes close."""
    words = vocabulary(kind)
    key = plain(text)
    if not key:
        return None
    if key in words.exact:
        item = words.exact[key]
        return Item(item.name, True, both=True) if item.loss and "이익" in bracketed(text) else item
    if not bent:
        return None
    key = re.sub(r"^[^가-힣]+|[^가-힣]+$", "", key)  # what OCR made of the numbering: |1. ㅣ \\/.
    found = words.exact.get(key) or (_nearest(key, words) if key else None)
    if found is None and (head := re.match(r"(.*?[가-힣]{2})\s*[(\[{]", text)):
        # "자본총계()+1/ +비+베)": a formula in brackets, bent beyond them.
        short = plain(head[1])
        found = words.exact.get(re.sub(r"^[^가-힣]+", "", short)) if short != plain(text) else None
    return found


def is_item(text: str, bent: bool = False) -> bool:
    """Whether a label names an item of a balance sheet or of an income statement; `bent`: it comes from OCR."""
    return any(find(text, kind, bent) for kind in OURS)


def resembles(text: str, name: str, kind: StatementKind) -> float:
    """How like a bent label is to an item's nearest one, 0 to 1, for labels whose account code names the item; 0 where
    a wording that names a loss is as near: a sign hangs on it."""
    key = re.sub(r"^[^가-힣]+|[^가-힣]+$", "", plain(text))
    like = {True: 0.0, False: 0.0}
    for entry in vocabulary(kind).entries:
        if entry.name == name and _telling(key) == entry.telling:
            near = 1 - edits(jamo(key), entry.jamo, len(entry.jamo)) / len(entry.jamo)
            like[entry.loss] = max(like[entry.loss], near)
    return like[False] if like[False] > like[True] else 0.0


# First syllables that make another item of the same words; OCR must not bend one into the other.
_TELLING = ("기타", "비유", "이연", "미지급", "미수", "선급", "장기", "단기", "계속", "중단")


def _telling(key: str) -> tuple[str, ...]:
    return tuple(syllables for syllables in _TELLING if key.startswith(syllables))


def _nearest(key: str, words: Vocabulary) -> Item | None:
    letters, telling = jamo(key), _telling(key)
    scored: list[tuple[float, KnownLabel]] = []
    for entry in words.entries:
        if entry.telling != telling:
            continue
        most = max(1, int(0.34 * len(entry.jamo)))
        cost = edits(letters, entry.jamo, most)
        if cost <= most:
            scored.append((cost / len(entry.jamo), entry))
    if not scored:
        return None
    scored.sort(key=lambda pair: pair[0])
    best, entry = scored[0]
    # A quarter of the letters may be bent; chosen on scanned pages so that no neighbour's label slips in.
    if best > 0.25:
        return None
    rival = next((score for score, other in scored[1:] if (other.name, other.loss) != (entry.name, entry.loss)), 1.0)
    if rival - best < 0.12:
        return None
    return Item(entry.name, entry.loss, 1 - best)


@lru_cache(1)
def standard_codes() -> dict[tuple[StatementKind, int], str]:
    """(form, code) → item of 표준재무제표."""
    text = files("jeopsu.extractors.statements").joinpath("standard_codes.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith(("#", "form\t"))]
    return {(StatementKind(form), int(code)): name for form, code, name in rows}
