"""Field values: one fact read from one file, with the place it was read and how far it can be trusted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator, model_validator

from jeopsu.domain.base import Record
from jeopsu.domain.evidence import Anchor, Evidence, Region
from jeopsu.domain.field_names import FIELD_KINDS, FieldKind
from jeopsu.domain.geometry import Box
from jeopsu.domain.values.person_name import masked

# The note of a name on a scan that one engine read, once: another document may prove it (validators/corroborate.py).
ONE_READING = "스캔본에서 한 번만 읽힘"

Value = int | Decimal | date | bool | str


class FieldStatus(StrEnum):
    CONFIRMED = "confirmed"  # the program stands behind it: it may decide a rule
    UNCERTAIN = "uncertain"  # a person must look: it may not decide one
    MISSING = "missing"  # looked for and absent


class Reading(Record):
    """What one engine read, kept also where it was not taken."""

    engine: str
    text: str
    confidence: float | None = None

    @field_validator("text")
    @classmethod
    def _discreet(cls, text: str) -> str:
        return masked(text)


def typed(kind: FieldKind, value: Any) -> Value | None:
    """The value in the type of its kind. Raises ValueError where it does not fit.

    Money: int won. Share: Decimal percent. Date: date. Count: int. Flag: bool. Everything else: text.
    """
    if value is None:
        return None
    if kind in (FieldKind.WON, FieldKind.COUNT):
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"{value!r} is not an integer")
        return value
    if kind is FieldKind.SHARE:
        if isinstance(value, float):
            raise ValueError("shares are never binary floats")
        return Decimal(str(value))
    if kind is FieldKind.DATE:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if kind is FieldKind.FLAG:
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is no flag")
        return value
    text = str(value)
    if kind in (FieldKind.BUSINESS_NUMBER, FieldKind.CORPORATE_NUMBER) and not text.isdigit():
        raise ValueError("registration numbers are digits only")
    return masked(text) if kind is FieldKind.TEXT else text


class FieldValue(Record):
    """One fact. `name` is one of the contract's field names and decides the type of `value`."""

    name: str
    value: Value | None  # None: looked for and absent, or not to be made out
    printed: str  # the characters as they stand on the page
    status: FieldStatus
    confidence: float = Field(ge=0, le=1)
    evidence: Evidence
    how: str  # "digital", "ocr", "derived", "hwp", …
    organisation: str | None = None  # "lead", "partner"; set once the file's company is known
    year: int | None = None
    index: int | None = None
    readings: tuple[Reading, ...] = ()
    alternatives: tuple[Value, ...] = ()  # other values it could be; rules are tried with each
    note: str = ""  # why it is uncertain, in Korean, for staff

    @model_validator(mode="before")
    @classmethod
    def _typed(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        kind = FIELD_KINDS.get(data.get("name", ""))
        if kind is None:
            raise ValueError(f"no such field: {data.get('name')!r}")
        data = dict(data)
        data["value"] = typed(kind, data.get("value"))
        # What an upload says of a person beyond his name goes no further than the reader: no output can forget it.
        data["printed"] = masked(str(data.get("printed", "")))
        data["note"] = masked(str(data.get("note", "")))
        data["alternatives"] = tuple(typed(kind, v) for v in data.get("alternatives", ()))
        return data

    @model_validator(mode="after")
    def _honest(self) -> FieldValue:
        if self.status is FieldStatus.CONFIRMED and self.value is None:
            raise ValueError("a confirmed field has a value")
        return self

    @property
    def kind(self) -> FieldKind:
        return FIELD_KINDS[self.name]

    @property
    def confirmed(self) -> bool:
        return self.status is FieldStatus.CONFIRMED

    @property
    def file(self) -> str | None:
        return self.evidence.file

    @property
    def page(self) -> int | None:
        return self.evidence.page if isinstance(self.evidence, Region | Anchor) else None

    @property
    def box(self) -> Box | None:
        return self.evidence.box if isinstance(self.evidence, Region | Anchor) else None
