"""Company names: with and without legal form, NFC or NFD, blanks or none, the same company."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LEGAL_FORMS = re.compile(
    r"주식\s*회사|유한\s*책임\s*회사|유한\s*회사|합자\s*회사|합명\s*회사"
    r"|(?:농업|어업)\s*회사\s*법인|(?:사단|재단)\s*법인"
    r"|\(\s*주\s*\)|\(\s*유\s*\)|㈜|㈔|\(\s*사\s*\)|\(\s*재\s*\)"
)


def plain(name: str) -> str:
    """The name without legal form, blanks, case and width: two spellings of one company give the same text."""
    return _plain(name)


@lru_cache(maxsize=4096)  # the rules ask for the same few names again and again
def _plain(name: str) -> str:
    text = unicodedata.normalize("NFC", name).replace("㈜", "(주)").replace("㈔", "(사)")
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))  # titles and scans space letters out
    return re.sub(r"[·.,'\"]", "", _LEGAL_FORMS.sub("", text)).casefold()


def same(one: str, other: str) -> bool:
    return plain(one) == plain(other) != ""


def has_legal_form(name: str) -> bool:
    """Whether a text bears 주식회사 or the like, and so surely names a company."""
    return _LEGAL_FORMS.search(unicodedata.normalize("NFC", name)) is not None


# Words of forms and tables that stand where a name is expected; no company is called so.
_NO_NAME = re.compile(
    r"^(?:합계|총계|소계|총합계|계|구분|비고|기관명|회사명|상호|법인명|성명|대표자?|직위|주소|서명|날인|연락처|사업자등록번호|법인등록번호|해당없음|없음|미정)$"
    r"|(?:확인서|증명서|증명원|확인원|계획서|동의서|서약서|확약서|점검표|등록증|등본|보고서)$"
)


def plausible(text: str) -> bool:
    """Whether a text can be a company's name at all: no total row, no label, no title of a form."""
    squeezed = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return len(plain(text)) >= 2 and not _NO_NAME.search(squeezed)
