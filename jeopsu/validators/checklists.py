"""Lines of checklists and declarations, each with its mark, as rules ask for them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind
from jeopsu.validators.facts import Facts
from jeopsu.validators.lookup import Places, stands_in
from jeopsu.validators.matter import Matter

_YES = {"해당", "해당있음", "해당함", "예", "있음", "유", "여", "yes", "y", "o"}
_NO = {
    "해당없음", "해당사항없음", "해당하지않음", "비해당", "미해당", "아니오", "아니요", "없음",
    "무", "부", "no", "n", "x",
}  # fmt: skip


_REFUSED = re.compile(r"동의(?:하지|를하지|안)|[부미비]동의|거부")
_RESULT = re.compile(r"결과|판정|등급|종합의견")  # the line that sums the others up
_SHORT = 12  # letters: questions that happen to hold such a word are longer
_NOTHING = re.compile(r"없음|비해당|미해당|해당하지|일반|아님|아니")


class Item(NamedTuple):
    """A line of a checklist."""

    item: FieldValue
    mark: FieldValue | None
    words: str  # of the item, without blanks
    yes: bool | None  # 해당, 해당없음; None: not sure or neither

    @property
    def fields(self) -> tuple[FieldValue, ...]:
        return (self.item, self.mark) if self.mark else (self.item,)

    def asks(self, words: tuple[str, ...]) -> bool:
        """Whether one of some words stands in the item."""
        for word in words:  # noqa: SIM110 (every rule asks it of every line: a generator costs three times as much)
            if word in self.words:
                return True
        return False


def all_items(facts: Facts) -> dict[str | None, list[Item]]:
    """Every line of a checklist, by file."""
    return facts.once("checklist items", lambda: _items(facts))


def items(matter: Matter[Any], where: Places) -> list[Item]:
    """Checklist items in some places, each with its mark."""
    found = all_items(matter.facts)
    return [
        line
        for file, pages in where.items()
        for line in found.get(file, ())
        if not pages or stands_in(line.item, where)
    ]


def lines_of(matter: Matter[Any], kind: Kind) -> tuple[Places, list[Item]]:
    """Where the organisation's papers of a kind stand, and the lines on them."""

    def work() -> tuple[Places, list[Item]]:
        where = matter.places(matter.files(kind, matter.key), kind)
        return where, items(matter, where)

    return matter.facts.once(("lines", kind, matter.key), work)


def _items(facts: Facts) -> dict[str | None, list[Item]]:
    marks = {(f.file, f.index): f for f in facts.all("check.marked")}
    found: dict[str | None, list[Item]] = defaultdict(list)
    for item in facts.all("check.item"):
        mark = marks.get((file := item.file, item.index))
        found[file].append(Item(item, mark, "".join(str(item.value or item.printed).split()), answer(mark)))
    return found


def refusal(matter: Matter[Any], where: Places) -> FieldValue | None:
    """A sure mark for "동의하지 않음" in some places, whatever item it answers."""
    for mark in matter.facts.all("check.marked"):
        words = "".join(str(mark.value).split()) if mark.confirmed and stands_in(mark, where) else ""
        if _REFUSED.search(words):
            return mark
    return None


def at_odds(rows: list[Item]) -> str:
    """How the result of a self-check contradicts its own items, in Korean; "" where it does not or one is not sure."""
    results = [row for row in rows if len(row.words) <= _SHORT and _RESULT.search(row.words)]
    asked = [row for row in rows if row not in results]
    if not asked or any(row.yes is None for row in asked):
        return ""
    found = [row for row in asked if row.yes]
    for row in results:
        said = "".join(str(row.mark.value).split()) if row.mark and row.mark.confirmed else ""
        if said and bool(_NOTHING.search(said)) is bool(found):
            which = (
                f"'{str(found[0].item.value)[:30]}' 등 {len(found)}개 항목에 표시함" if found else "해당 항목이 없음"
            )
            return f"{which}, 결과는 '{said}'"
    return ""


def answer(mark: FieldValue | None) -> bool | None:
    """True 해당, False 해당없음, None: not sure or neither."""
    return likely_answer(mark) if mark is not None and mark.confirmed else None


def likely_answer(mark: FieldValue | None) -> bool | None:
    """As `answer`, of a mark that is not sure as well."""
    if mark is None:
        return None
    words = re.sub(r"[\s()（）]", "", str(mark.value)).lower()
    return True if words in _YES else False if words in _NO else None
