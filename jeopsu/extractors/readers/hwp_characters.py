"""Private-use characters of Hangul's fonts → the characters a person sees; everything else stays as it was written.

A fifth of real files hold some: bullets and boxes of the Wingdings fonts (U+F0xx), Hangul's own symbols (U+F02xx up).
Only those are mapped whose look was checked; an unknown one stays, so that nothing is guessed.
"""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•",
    0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_HANGUL = {
    0xF02EF: "·", 0xF0827: "■", 0xF03C5: "□", 0xF03DA: "□", 0xF0854: "『", 0xF0855: "』", 0xF0832: "「", 0xF0833: "」",
    0xF00DA: "⇒", 0xF012B: "▷", 0xF02FA: "◦", 0xF02FC: "▸", 0xF080F: "-", 0xF0852: "·",
}  # fmt: skip
_TABLE = {0xF000 + code: shown for code, shown in _WINGDINGS.items()} | _HANGUL
# U+F02B1… are figures in a box (1 … 20), U+F02E0 the same in a circle: as list numbers they read as the figure
_TABLE |= {0xF02B1 + i: chr(0x2460 + i) for i in range(20)}
_TABLE |= {0x00A0: " ", 0x3000: " ", 0x200B: "", 0xFEFF: "", 0x00AD: "", 0x2007: " ", 0x2009: " ", 0x202F: " "}


def normalised(text: str) -> str:
    """`text` as a person sees it: known private-use characters replaced, odd blanks made plain ones."""
    return text.translate(_TABLE) if not text.isascii() else text
