"""Who is who in a plan: organisations by name, by role word (주관, 공동) and by the headings above a table."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from jeopsu.domain.values import company_name
from jeopsu.extractors.kinds.plan_values import BRACKETS
from jeopsu.extractors.kinds.plan_words import plain_label, squeezed

_ROLE = re.compile(
    r"(주관|공동|참여)(?:연구개발기관|연구기관|기관|기업)?(?:명|현황|등)?(?:제?(?:No\.?)?(\d))?(?:기관|번)?"
)


_NUMBERED = re.compile(r"(?:공동|참여)\s*(?:연구개발|연구)?\s*(?:기관|기업)\s*(?:제\s*)?\(?(\d)\)?(?!\d)")


@dataclass
class Organisations:
    """Keys and printed names: `lead`, `partner`, `partner2`, …"""

    names: dict[str, list[str]] = field(default_factory=dict)

    def key_of(self, text: str) -> str | None:
        """The organisation that a text names, by name or by role word; None where none or two."""
        known = company_name.plain(text)
        hits = {
            key: max(len(company_name.plain(name)) for name in names if company_name.plain(name) in known)
            for key, names in self.names.items()
            if any(len(company_name.plain(name)) >= 2 and company_name.plain(name) in known for name in names)
        }
        if hits:
            longest = max(hits.values())
            best = [key for key, length in hits.items() if length == longest]
            return best[0] if len(best) == 1 else None
        return None

    def role_of(self, text: str) -> str | None:
        """The key behind a role word: 주관…, 공동… (공동2 is the second partner)."""
        return role_key(text, max(1, len(self.names) - ("lead" in self.names)))

    def home_of(self, text: str) -> str | None:
        """The one organisation that a heading is about: "나. 공동연구개발기관 참여연구자", "(1) 한울정밀"."""
        if (key := self.key_of(text)) is not None:
            return key
        numbered = {f"partner{n}".removesuffix("1") for n in _NUMBERED.findall(unicodedata.normalize("NFKC", text))}
        if len(numbered) == 1 and len(self.partners) > 1:
            return numbered.pop() if numbered <= set(self.partners) else None
        lead, partner = (re.search(rf"{word}\s*(?:연구개발|연구)?\s*(?:기관|기업)", text) for word in ("주관", "공동"))
        if bool(lead) == bool(partner):
            return self.role_of(plain_label(text))
        return "lead" if lead else self.partners[0] if len(self.partners) == 1 else None

    @property
    def partners(self) -> list[str]:
        return [key for key in self.names if key != "lead"]


def numbered_role(text: str) -> bool:
    """Whether a text is nothing but a partner's role word with its number: 공동연구개발기관 2, 제1 공동기관, 공동①."""
    match = _ROLE.fullmatch(_bare_role(text))
    return match is not None and match[1] != "주관" and bool(match[2])


def roles_in(heading: str) -> frozenset[str]:
    """The roles that a heading names: `lead`, `partner` (no number), `partner1`, `partner2`."""
    plain = unicodedata.normalize("NFKC", heading)
    found = re.findall(r"(주관|공동|참여)\s*(?:연구개발|연구)?\s*(?:기관|기업)\s*(?:제\s*)?\(?(\d?)\)?", plain)
    return frozenset("lead" if word == "주관" else f"partner{number}" for word, number in found)


def _bare_role(text: str) -> str:
    """The role word first, its number behind it, no brackets."""
    plain = re.sub(r"\((\d)\)", r"\1", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(?:제|#)?(\d)[.)]?((?:공동|참여)\D*)$", r"\2\1", squeezed(BRACKETS.sub("", plain)))


def role_key(text: str, partners: int = 1) -> str | None:
    """`lead` or `partner`/`partner2` for a text that is a role word (with or without a number or name in brackets)."""
    match = _ROLE.fullmatch(_bare_role(text))
    if match is None:
        inner = re.findall(r"\(([^()]*)\)", unicodedata.normalize("NFKC", text))
        keys = {key for part in inner if (key := role_key(part, partners))}
        return keys.pop() if len(keys) == 1 else None
    if match[1] == "주관":
        return "lead"
    number = int(match[2] or 0)
    if number <= 1:
        return "partner" if number == 1 or partners <= 1 else None
    return f"partner{number}"
