"""How a call wants its files named, read from its template: "[서식-{number}] {title}_{organisation}.{extension}"."""

from __future__ import annotations

import re
from functools import lru_cache

from jeopsu.domain.base import Record

_TEMPLATE = re.compile(
    r"(?P<open>[\[(<]?)(?P<prefix>[^\W\d_]*)(?P<join>[-. ]?)\{number(?::0(?P<width>\d))?\}(?P<close>[\])>]?)"
    r"(?P<gap>[. _]*)\{title\}(?P<separator>[_-])(?P<tail>.*\{organisation\}.*)\.\{extension\}"
)


class NameRule(Record):
    """The parts of a template. `tail` is what follows the separator, with the organisation and perhaps a receipt."""

    open: str
    prefix: str
    join: str
    width: int
    close: str
    gap: str
    separator: str
    tail: str

    def form(self, number: int) -> str:
        """A form's number as it stands in a name: "[서식-7]"."""
        return f"{self.open}{self.prefix}{self.join}{number:0{self.width}d}{self.close}"

    def organisation(self, words: str) -> str | None:
        """The organisation in what stands behind the separator; None where that is not written as asked."""
        if self.tail == "{organisation}":
            return words or None
        pattern = re.escape(self.tail).replace(r"\{organisation\}", "(?P<organisation>.+?)")
        match = re.fullmatch(pattern.replace(r"\{receipt\}", r"[\w-]+?"), words)
        return match["organisation"] if match else None


@lru_cache(maxsize=32)
def name_rule(template: str) -> NameRule:
    """Raises ValueError for a template without number, title, organisation and extension in this order."""
    match = _TEMPLATE.fullmatch(template)
    if match is None:
        raise ValueError('a name template is like "[서식-{number}] {title}_{organisation}.{extension}"')
    parts = match.groupdict()
    return NameRule(**{**parts, "width": int(parts["width"] or 1)})
