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


def answer(mark: FieldValue | None) -> bool | None:
    """True 해당, False 해당없음, None: not sure or neither."""
    if mark is None or not mark.confirmed:
        return None
    words = re.sub(r"[\s()（）]", "", str(mark.value)).lower()
    return True if words in _YES else False if words in _NO else None
