"""Check lists: every item with the words of the option that is marked.

Two layouts: a table with a column an option (해당 ▏해당없음), one item a row; and options in a row of text, each after
its box ("□ 대기업 ☑ 중견기업").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import ONE_READING, FieldStatus, FieldValue
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.checks_lines import ScanItem
from jeopsu.extractors.kinds.checks_rows import empty_rows, numbered
from jeopsu.extractors.kinds.checks_scan import scanned_items
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet, compact, union
from jeopsu.extractors.kinds.options import ITEMS
from jeopsu.extractors.kinds.reading import Reader
from jeopsu.extractors.marks import boxes

TWO_MARKS = "두 곳 이상에 표시됨"
NO_MARK = "표시가 없음"
LOST = "번호가 매겨진 항목 가운데 찾지 못한 것이 있음"
UNCLEAR_MARK = "표시를 분명히 알아볼 수 없음"
_NUMBER = re.compile(r"\d{1,2}[.)]?")
OPTIONS = (
    "해당없음", "해당사항없음", "비해당", "미해당", "해당", "아니오", "아니요", "예", "제출", "미제출", "동의함",
    "동의하지않음", "동의", "미동의", "있음", "없음", "여", "부", "적합", "부적합",
)  # fmt: skip


@dataclass(frozen=True)
class Option:
    """A box with the words it stands for."""

    words: str
    marked: bool
    inks: tuple[Ink, ...]


def read_checks(reader: Reader, start: int = 0) -> list[FieldValue]:
    """check.item and check.marked for every item of the segment, in order."""
    fields: list[FieldValue] = []
    index = start
    for sheet in reader.sheets:
        if sheet.scanned:
            items = scanned_items(reader, sheet)
            for found in items:
                fields += _scanned(reader, sheet, found, index)
                index += 1
            if numbered(sheet, [found.box for found in items]) > len(items):
                fields.append(_lost(reader, sheet, index))
                index += 1
            continue
        for item, options, inks in _items(sheet):
            fields += _fields(reader, sheet, item, options, inks, index)
            index += 1
        for inks, around_ in _unanswered(sheet):
            fields += _empty(reader, sheet, inks, around_, index)
            index += 1
    return fields


def _unanswered(sheet: Sheet) -> list[tuple[list[Ink], list[Ink]]]:
    """Rows under a heading of choices in which no mark stands."""
    heads = _option_heads(sheet)
    marked = [line for line in sheet.lines if _marks(line)]
    return [row for _, head in heads for row in empty_rows(sheet, head, marked)]


def _empty(reader: Reader, sheet: Sheet, inks: list[Ink], there: list[Ink], index: int) -> list[FieldValue]:
    """An item without a mark; where something else stands in its choices' cells, what it says is a person's."""
    printed = " ".join(ink.text for ink in there)
    return [
        reader.made("check.item", _item(inks), sheet, inks, True, "", index),
        FieldValue(
            name="check.marked",
            value="" if not there else None,
            printed=printed,
            status=FieldStatus.CONFIRMED if not there else FieldStatus.UNCERTAIN,
            confidence=1.0 if not there else 0.5,
            evidence=Region(file=reader.request.name, page=sheet.number, box=union(inks)),
            how="digital",
            index=index,
            note=NO_MARK if not there else UNCLEAR_MARK,
        ),
    ]


def _fields(
    reader: Reader, sheet: Sheet, item: str, options: Sequence[Option], inks: Sequence[Ink], index: int
) -> list[FieldValue]:
    marked = [option for option in options if option.marked]
    place = around([union(option.inks) for option in options])
    note = TWO_MARKS if len(marked) > 1 else NO_MARK if not marked else ""
    value = ", ".join(option.words for option in marked)
    return [
        reader.made("check.item", item, sheet, inks, bool(item), "", index),
        FieldValue(
            name="check.marked",
            value=value,
            printed=" ".join(ink.text for option in options for ink in option.inks),
            status=FieldStatus.CONFIRMED,
            confidence=1.0,
            evidence=Region(file=reader.request.name, page=sheet.number, box=place),
            how="digital",
            index=index,
            note=note,
        ),
    ]


def _scanned(reader: Reader, sheet: Sheet, item: ScanItem, index: int) -> list[FieldValue]:
    """An item of a scan. Its words were read once, and are sure where they are a known question's; its mark is
    confirmed where every choice's place is clear."""
    box = sheet.shown(item.box)
    words = _item(item.inks)
    clear = None not in item.states
    marked = [word for word, state in zip(item.choices, item.states, strict=True) if state]
    note = UNCLEAR_MARK if not clear else TWO_MARKS if len(marked) > 1 else NO_MARK if not marked else ""
    if item.inks:
        known = re.sub(r"\s", "", words) in ITEMS
        named = reader.made("check.item", words, sheet, item.inks, known, "" if known else ONE_READING, index)
    else:
        named = reader.missing("check.item", index)
    return [
        named,
        FieldValue(
            name="check.marked",
            value=", ".join(marked) if clear or marked else None,
            printed=" ".join(item.choices),
            status=FieldStatus.CONFIRMED if clear else FieldStatus.UNCERTAIN,
            confidence=0.95 if clear else 0.5,
            evidence=Region(file=reader.request.name, page=sheet.number, box=box),
            how="ink",
            index=index,
            note=note,
        ),
    ]


def _lost(reader: Reader, sheet: Sheet, index: int) -> FieldValue:
    """What stands for items that are numbered on a scan and were not found: their marks are to be looked at."""
    return FieldValue(
        name="check.item",
        value=None,
        printed="",
        status=FieldStatus.UNCERTAIN,
        confidence=0.0,
        evidence=Region(
            file=reader.request.name,
            page=sheet.number,
            box=sheet.shown(Box(left=0, top=0, right=sheet.width, bottom=sheet.height)),
        ),
        how="ink",
        index=index,
        note=LOST,
    )


def _items(sheet: Sheet) -> list[tuple[str, list[Option], list[Ink]]]:
    """(item, options, words of the item) of a page's text layer."""
    found = []
    heads = _option_heads(sheet)
    for number, line in enumerate(sheet.lines):
        marks = _marks(line)
        if not marks:
            continue
        head = _head_over(heads, number)
        options = _in_columns(line, marks, head) if head else None
        if options:
            inks = _row_words(sheet, line, marks)
            found.append((_item(inks), options, inks))
            continue
        before, options = _in_text(line, marks)
        if len(options) >= 2:
            inks = before or [line.inks[0]]
            found.append((_item(before) if before else _above(sheet, number), options, inks))
    return found


def _option_heads(sheet: Sheet) -> list[tuple[int, list[tuple[str, Box]]]]:
    """Heading rows: two or more options side by side ("해당 ▏해당없음")."""
    heads = []
    for number, line in enumerate(sheet.lines):
        row = []
        for ink in line.inks:
            if compact(ink.text) in OPTIONS:
                row.append((compact(ink.text), ink.box))
        if len(row) >= 2 and not _marks(line):
            heads.append((number, row))
    return heads


def _head_over(heads: list[tuple[int, list[tuple[str, Box]]]], number: int) -> list[tuple[str, Box]] | None:
    above = [row for place, row in heads if place < number]
    return above[-1] if above else None


def _marks(line: Line) -> list[tuple[int, int, bool]]:
    """(first word, last word, marked) of each box of a line; "( )" may come as two words, "[ ]" as one."""
    marks = []
    number = 0
    while number < len(line.inks):
        text = line.inks[number].text
        state = boxes.state(text)
        if state is None and text in ("(", "[", "（") and number + 1 < len(line.inks):
            for width in (2, 3):
                joined = "".join(ink.text for ink in line.inks[number : number + width])
                if boxes.state(joined) is not None:
                    marks.append((number, number + width - 1, bool(boxes.state(joined))))
                    number += width
                    break
            else:
                number += 1
            continue
        if state is not None and not (number == 0 and text in "□■○●◯" and len(line.inks) > 1 and _bullet(line)):
            marks.append((number, number, state))
        number += 1
    return marks


def _bullet(line: Line) -> bool:
    """A lone □ or ○ that opens a line is a bullet, not a box."""
    return sum(boxes.state(ink.text) is not None for ink in line.inks) == 1


def _in_columns(line: Line, marks: list[tuple[int, int, bool]], head: list[tuple[str, Box]]) -> list[Option] | None:
    """Options by the heading over each box; None where a box stands under no heading."""
    options = []
    for first, last, marked in marks:
        inks = line.inks[first : last + 1]
        middle = (inks[0].box.left + inks[-1].box.right) / 2
        words = [text for text, box in head if abs(box.centre[0] - middle) < max(box.width, 16)]
        if len(words) != 1:
            return None
        options.append(Option(words[0], marked, tuple(inks)))
    if len({option.words for option in options}) != len(options):
        return None
    if len(options) < 2 and all(option.marked for option in options):
        # No boxes are printed: a mark stands under one choice, and nothing under the others.
        left, right = head[0][1].left - 8, head[-1][1].right + 8
        there = [ink for ink in line.inks if left < ink.box.centre[0] < right]
        if len(there) == 1:
            options += [Option(text, False, tuple(there)) for text, _ in head if text != options[0].words]
    return options if len(options) >= 2 else None


def _in_text(line: Line, marks: list[tuple[int, int, bool]]) -> tuple[list[Ink], list[Option]]:
    """Options whose words follow their box, and the words before the first box."""
    options = []
    for place, (first, last, marked) in enumerate(marks):
        end = marks[place + 1][0] if place + 1 < len(marks) else len(line.inks)
        words = " ".join(ink.text for ink in line.inks[last + 1 : end])
        if words:
            options.append(Option(words, marked, tuple(line.inks[first:end])))
    return list(line.inks[: marks[0][0]]), options


def _row_words(sheet: Sheet, line: Line, marks: list[tuple[int, int, bool]]) -> list[Ink]:
    """The item's words: what stands left of the boxes in the same ruled row, over several lines."""
    first = line.inks[marks[0][0]]
    cell = sheet.canvas.cell_around(*first.box.centre)
    top, bottom = (cell.top, cell.bottom) if cell else (line.box.top, line.box.bottom)
    inks = [i for i in sheet.inks if top < i.box.centre[1] < bottom and i.box.right <= first.box.left + 2]
    # A running number in a cell of its own stands beside the middle of an item that wraps, not before its first word.
    left = min(inks, key=lambda i: i.box.left, default=None)
    others = [i.box.left for i in inks if i is not left]
    apart = left is not None and _NUMBER.fullmatch(left.text) and left.box.right < min(others, default=0.0)
    number = left if apart else None
    inks.sort(key=lambda i: (i is not number, round(i.box.centre[1] / 4), i.box.left))
    return inks or [first]


def _item(inks: Sequence[Ink]) -> str:
    """The item's words without its running number, its points and its kind (우대, 3점)."""
    words = [ink.text for ink in inks]
    if words and _NUMBER.fullmatch(words[0]) and len(words) > 1:
        words = words[1:]
    if words and re.fullmatch(r"\d점", words[-1]):
        words = words[:-1]
    return " ".join(words)


def _above(sheet: Sheet, number: int) -> str:
    return sheet.lines[number - 1].text if number else ""
