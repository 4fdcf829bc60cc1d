"""Check marks: which option of a row is marked, by its character on a text layer and by its ink on a scan.

Printed boxes come as one character (□ ☐ ■ ☑ ☒ √ ✓ ○ ●) or as brackets with or without something between them.
"""

from __future__ import annotations

import re
import unicodedata

MARKED = set("■☑☒✓✔√●◉▣◼⬛∨Ⅴ✗✘⊠☓◆◙VvO○◯〇")
EMPTY = set("□☐◻⬜▢")
_BRACKETS = re.compile(r"^[\[(（［〔]\s*(.?)\s*[\])）］〕]$")


def state(text: str) -> bool | None:
    """True marked, False empty, None where the word is no check box.

    A bare ○ is a mark: forms print an empty box as □ or ( ), and a circle is drawn into it.
    """
    text = unicodedata.normalize("NFC", text).strip()
    match = _BRACKETS.match(text)
    if match:
        inside = match[1]
        return False if inside == "" else True if inside in MARKED or inside in "xX*＊" else None
    if len(text) == 1:
        if text in EMPTY:
            return False
        if text in MARKED and text not in "VvO":
            return True
    return None
