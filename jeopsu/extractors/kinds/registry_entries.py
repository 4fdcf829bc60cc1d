"""등기사항전부증명서: what it says against a company (해산, 청산, 파산, 회생), and which of its entries are struck out.

The registry strikes out what no longer holds with a line through the words (말소사항 포함); an ended procedure has an
entry of its own (종결, 폐지). An entry in force is a field with its place; what it means for a proposal is the rules'.
"""

from __future__ import annotations

import re

from jeopsu.domain.fields import ONE_READING, FieldValue
from jeopsu.extractors.kinds.layout import Line, Sheet
from jeopsu.extractors.kinds.reading import Reader

# By the words of 상업등기규칙's entries. A purpose of the company ("기업회생 컨설팅업") has none of them.
_ENTRIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rehabilitation_ended", re.compile(r"회생(?:절차)?(?:종결|폐지|취소)(?:결정)?|회생계획불인가")),
    ("bankruptcy_ended", re.compile(r"파산(?:절차)?(?:종결|폐지|취소)(?:결정)?")),
    ("rehabilitation", re.compile(r"회생절차개시|회생계획인가|회생절차(?:가)?개시|보전관리인|관리인에의한관리")),
    ("bankruptcy", re.compile(r"파산선고|파산관재인|파산절차개시")),
    ("liquidation", re.compile(r"^(?:대표)?청산인[가-힣]{2,5}|청산종결")),
    (
        "dissolution",
        re.compile(r"해산간주|결의(?:에의하여|로|에따라)?해산|만료(?:로|에의하여)?해산|해산명령|^해산$|\d일해산"),
    ),
)
_PURPOSE = re.compile(r"^\d{1,2}[.)]|업$|컨설팅|자문")
_PAGE = re.compile(r"[-–—]?(\d{1,2})/(\d{1,2})[-–—]?(?!\d)")
_STRUCK = 0.93  # of a line's breadth that is inked in one row of pixels: print has gaps between its letters


def read_entries(reader: Reader) -> tuple[FieldValue, ...]:
    """corpreg.entry for each entry in force, in the order of the extract. Values: `registry_entries._ENTRIES`."""
    found: list[FieldValue] = []
    for sheet in reader.sheets:
        for line in sheet.lines:
            if _PURPOSE.search(line.letters) or is_struck(sheet, line):
                continue
            kind = next((name for name, words in _ENTRIES if words.search(line.letters)), None)
            if kind is not None:
                sure = not sheet.scanned
                note = "" if sure else ONE_READING
                found.append(reader.made("corpreg.entry", kind, sheet, line.inks, sure, note, index=len(found)))
    return tuple(found)


def read_unfit(reader: Reader) -> tuple[FieldValue, ...]:
    """corpreg.unfit: viewing_only where the extract says 열람용 (it proves nothing), incomplete where its pages are
    numbered beyond those that are there. Of scans only the former: one digit of a page number is easily misread."""
    found: list[FieldValue] = []
    pages: list[tuple[int, int, Sheet, Line]] = []
    for sheet in reader.sheets:
        for line in sheet.lines:
            if "열람용" in line.letters and not found:
                note = ONE_READING if sheet.scanned else ""
                found.append(reader.made("corpreg.unfit", "viewing_only", sheet, line.inks, not sheet.scanned, note))
            if (match := _PAGE.match(line.letters)) and not sheet.scanned:
                pages.append((int(match[1]), int(match[2]), sheet, line))
    if pages and {count for _, count, _, _ in pages} == {pages[0][1]} and pages[0][1] > len(reader.sheets):
        _, _, sheet, line = pages[-1]
        found.append(reader.made("corpreg.unfit", "incomplete", sheet, line.inks, True, "", index=len(found)))
    return tuple(found)


def is_struck(sheet: Sheet, line: Line) -> bool:
    """Whether a rule runs through the middle of a line of words from end to end."""
    canvas, box = sheet.canvas, line.box
    rows, columns = canvas.window(box)
    ink = (canvas.dark | canvas.red)[rows, columns] if canvas.coloured else canvas.dark[rows, columns]
    if ink.shape[0] < 6 or ink.shape[1] < 3 * ink.shape[0]:
        return False
    middle = ink[int(0.3 * ink.shape[0]) : int(0.7 * ink.shape[0]) + 1]
    # A line that is a little aslant on a scan crosses two rows of pixels: neighbours count together.
    pairs = middle[:-1] | middle[1:]
    return bool(len(pairs)) and float(pairs.mean(axis=1).max()) >= _STRUCK
