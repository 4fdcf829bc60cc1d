"""Names that come from outside: proposals' (they become folders and keys) and files' (kept as they came)."""

from __future__ import annotations

import re
import unicodedata

from jeopsu.storage.errors import BadName

_PROPOSAL = re.compile(r"[\w][\w.\-]{0,99}")
_PARTIAL = re.compile(r"^(\.|~\$|#)|\.(part|partial|tmp|crdownload|download|filepart|swp)$|~$", re.IGNORECASE)


def proposal_id(untrusted_name: str) -> str:
    """A proposal's identifier in NFC: letters (Korean too), digits, `_ . -`, at most 100. Raises BadName."""
    name = unicodedata.normalize("NFC", untrusted_name.strip())
    if not _PROPOSAL.fullmatch(name) or ".." in name:
        raise BadName(
            f"과제 이름 {untrusted_name!r}을(를) 쓸 수 없습니다. 글자·숫자와 . _ - 만으로 100자 안에서 지어 주십시오."
        )
    return name


def file_name(untrusted_name: str) -> str:
    """The last part of a path as it came (NFD stays NFD: the name itself is checked later). Raises BadName."""
    name = re.split(r"[/\\]", untrusted_name)[-1]
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cs"))
    if name.strip() in ("", ".", "..") or len(name) > 255:
        raise BadName(f"파일 이름 {untrusted_name[:80]!r}을(를) 쓸 수 없습니다. 255자 안에서 지어 주십시오.")
    return name


def slot(name: str) -> str:
    """What makes two uploads versions of one another: the same name, whether composed (NFC) or not (NFD)."""
    return unicodedata.normalize("NFC", name)


def is_partial(name: str) -> bool:
    """Names that programs give to files they are still writing, and hidden files: not uploads."""
    return bool(_PARTIAL.search(name)) or name in ("Thumbs.db", "desktop.ini")
