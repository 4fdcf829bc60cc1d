"""Columns of the list of participants that are read as a whole: rates (인건비계상률), new hires (신규채용), pay."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from jeopsu.extractors.kinds.plan_fields import Candidate
from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_money import UNIT_GUESSED, Unit, label_unit, parse
from jeopsu.extractors.kinds.plan_values import person
from jeopsu.extractors.kinds.plan_words import lexicon, squeezed

PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*(%?)")
_SHARE = re.compile(r"0?\.\d{1,4}|1\.0{1,4}")


def _printed(grid: Grid, name: Spot, column: int) -> list[Spot]:
    """What is printed in a column on the lines of a person's name, each cell once."""
    beside = (grid.at(row, column) for row in range(name.row, name.row + name.row_span))
    return list(dict.fromkeys(spot for spot in beside if spot is not None and not spot.blank))


class RateColumn:
    """인건비계상률 of each row. 0.3 for 30 % is told by the whole column; a head that says % beside it is a doubt."""

    def __init__(self, grid: Grid, places: list[int], first: int) -> None:
        self._grid, self._places = grid, places
        texts = [
            s.tight for p in places[:1] for row in range(first, grid.rows) if (s := grid.at(row, p)) and s.row >= first
        ]
        figures = [text for text in texts if re.fullmatch(r"[\d.]+%?", text)]
        self._shares = bool(figures) and all(_SHARE.fullmatch(text) or text in ("1", "0") for text in figures)
        head = "".join(s.text for p in places[:1] for row in range(first) if (s := grid.at(row, p)))
        self._percent_head = "%" in head or "％" in head

    def of(self, name: Spot) -> Candidate:
        spots = _printed(self._grid, name, self._places[0])
        if not spots:
            return Candidate(None, "", (name,), ("계상률이 비어 있음",))
        values = [self._parse(spot.text) for spot in spots]
        known = [value for value in values if value is not None]
        doubts: list[str] = []
        if len(set(values)) > 1 or len(known) != len(values):
            doubts.append("계상률이 하나로 정해지지 않음")
        if self._shares and self._percent_head:
            doubts.append("계상률이 비율인지 퍼센트인지 분명하지 않음")
        if len(self._places) > 1:
            doubts.append("계상률로 보이는 열이 둘 이상임")
        if any(value > 100 for value in known):
            doubts.append("100%를 넘는 계상률")
        value = known[0] if known else None
        others = tuple(v for v in known[1:] if v != value)
        if self._shares and self._percent_head and value is not None:
            others = (*others, value / 100)
        return Candidate(value, spots[0].text, tuple(spots[:1]), tuple(doubts), others)

    def _parse(self, text: str) -> Decimal | None:
        tight = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        match = PERCENT.fullmatch(tight)
        if match is None:
            return None
        value = Decimal(match[1])
        return (value * 100).normalize() + 0 if self._shares and not match[2] else value


class PayColumn:
    """인건비 of each row in cash or in kind, in won; a person's several lines or columns (years) are for a person."""

    def __init__(self, grid: Grid, places: list[int], first: int, unit: Unit) -> None:
        self._grid, self._places, self._unit = grid, places, unit
        heads = [s for row in range(first) if places and (s := grid.at(row, places[0])) is not None]
        self._own = label_unit(heads)

    def of(self, name: Spot) -> Candidate | None:
        """None where nothing is printed."""
        spots = _printed(self._grid, name, self._places[0])
        if not spots:
            return None
        value, named = parse(spots[0].text, self._own or self._unit.won)
        doubts = [] if value is not None else ["금액을 가려내지 못함"]
        if not (named or self._own or self._unit.named) and value != 0:
            doubts.append(self._unit.doubt or UNIT_GUESSED)
        if len(spots) > 1 or len(self._places) > 1:
            doubts.append("한 사람의 인건비가 여러 칸에 있음")
        return Candidate(value, spots[0].text, tuple(spots[:1]), tuple(doubts))


class HireColumn:
    """신규채용 of each row. Blank is no where the column marks somebody as yes and nobody as no."""

    def __init__(self, grid: Grid, places: list[int], name: int, first: int) -> None:
        self._grid, self._places = grid, places
        cells = [
            s
            for p in places[:1]
            for row in range(first, grid.rows)
            if (s := grid.at(row, p)) and person_at(grid, row, name)
        ]
        answers = {yes_or_no(s.text) for s in cells if not s.blank}
        self._blank_is_no = answers == {True}

    def of(self, row: int) -> Candidate | None:
        spot = self._grid.at(row, self._places[0])
        if spot is None:
            return None
        if spot.blank:
            doubts = () if self._blank_is_no else ("신규채용 여부가 비어 있음",)
            return Candidate(False, "", (spot,), doubts)
        answer = yes_or_no(spot.text)
        return Candidate(answer, spot.text, (spot,), () if answer is not None else ("신규채용 표시를 가려내지 못함",))


def person_at(grid: Grid, row: int, column: int) -> bool:
    spot = grid.at(row, column)
    return spot is not None and person(spot.text) is not None


def yes_or_no(text: str) -> bool | None:
    """A mark or a word for yes or no; None for anything else."""
    tight = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    answer = _marked(re.sub(r"[()]", "", tight))
    if answer is None and "(" in tight:  # 신규(청년의무): a remark that denies it would be an answer of its own
        remarks = {_marked(part) for part in re.findall(r"\(([^()]*)\)", tight)}
        answer = _marked(re.sub(r"\([^()]*\)", "", tight)) if remarks <= {None, True} else None
    return answer


def _marked(plain: str) -> bool | None:
    for answer, part in ((True, "marks_yes"), (False, "marks_no")):
        words = lexicon()[part]
        if plain in words or (squeezed(plain) and squeezed(plain) in {squeezed(w) for w in words}):
            return answer
    return None
