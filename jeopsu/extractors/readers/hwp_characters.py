"""Private-use characters of Hangul's fonts → the characters a person sees; everything else stays as it was written.

A fifth of real files hold some: bullets and boxes of the Wingdings fonts (U+F0xx), Hangul's own symbols (U+F02xx up).
Only those are mapped that a renderer (rhwp) draws so, and the boxed figures; an unknown one stays as it is.
"""

from __future__ import annotations

UNREAD = "\ufffc"  # something stands here that is read by nobody

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x9E: "·", 0x9F: "•", 0xA0: "·", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xE8: "➔",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_HANGUL = {
    0xF02EF: "·", 0xF0827: "■", 0xF03C5: "□", 0xF0854: "《", 0xF0855: "》", 0xF00DA: "▸", 0xF080F: "━", 0xF012B: "(인)",
    0xF53A: "ᄒᆞᆫ",
}  # fmt: skip
_TABLE = {0xF000 + code: shown for code, shown in _WINGDINGS.items()} | _HANGUL
# U+F02B1… are figures in a box (1 … 20), used as list numbers
_TABLE |= {0xF02B1 + i: chr(0x2460 + i) for i in range(20)}
_TABLE |= {0x00A0: " ", 0x3000: " ", 0x200B: "", 0xFEFF: "", 0x00AD: "", 0x2007: " ", 0x2009: " ", 0x202F: " "}


def normalised(text: str) -> str:
    """`text` as a person sees it: known private-use characters replaced, odd blanks made plain ones."""
    return text.translate(_TABLE) if not text.isascii() else text
