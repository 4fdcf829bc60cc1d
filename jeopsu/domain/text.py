"""A sentence for people in both languages of the program."""

from __future__ import annotations

from typing import Literal

from jeopsu.domain.base import Record

Language = Literal["ko", "en"]


class Text(Record):
    """Korean first; English beside it."""

    ko: str
    en: str

    def in_(self, language: Language) -> str:
        return self.ko if language == "ko" else self.en
