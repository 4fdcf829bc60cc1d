"""Company names: with and without legal form, NFC or NFD, blanks or none, the same company."""

from __future__ import annotations

import re
import unicodedata

_LEGAL_FORMS = re.compile(
    r"주식\s*회사|유한\s*책임\s*회사|유한\s*회사|합자\s*회사|합명\s*회사"
    r"|\(\s*주\s*\)|\(\s*유\s*\)|㈜|㈔|\(\s*사\s*\)|\(\s*재\s*\)"
)


def plain(name: str) -> str:
    """The name without legal form, blanks, case and width: two spellings of one company give the same text."""
    text = unicodedata.normalize("NFC", name).replace("㈜", "(주)").replace("㈔", "(사)")
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s·.,'\"]", "", _LEGAL_FORMS.sub("", text)).casefold()


def same(one: str, other: str) -> bool:
    return plain(one) == plain(other) != ""
