"""Marks a reading against the truth of a sample: right, open (handed to a person) or silent (confirmed and wrong)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.values import company_name


def plain(value: object) -> str:
    """Equal values give equal text: digits of numbers, company names without legal form, no blanks."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    text = re.sub(r"^제(.+)호$", r"\1", re.sub(r"\s", "", str(value)))
    if re.fullmatch(r"[\d-]+", text) and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return ("-" if text[0] == "-" else "") + re.sub(r"\D", "", text)
    return company_name.plain(text)


@dataclass
class Marks:
    """Counts and the rows that are not right."""

    right: int = 0
    open: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    def value(self, what: str, want: object, found: Iterable[FieldValue]) -> None:
        entries = list(found)
        sure = [f for f in entries if f.confirmed]
        if wrong := [f for f in sure if plain(f.value) != plain(want)]:
            self.silent.append(f"{what}: {want!r}, read {[str(f.value) for f in wrong]}")
        elif sure:
            self.right += 1
        else:
            self.open.append(f"{what}: {want!r}, {[(str(f.value), f.note) for f in entries]}")

    @property
    def share(self) -> float:
        return self.right / max(1, self.right + len(self.open) + len(self.silent))

    def __str__(self) -> str:
        rows = [f"SILENT {row}" for row in self.silent] + [f"open   {row}" for row in self.open]
        return "\n".join([f"{self.right} right, {len(self.open)} open, {len(self.silent)} silent", *rows])
