"""The base of every domain type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

# The models are frozen: what one made without a second look consists of is written past their guard, slot by slot.
_set_values, _set_given, _set_extra, _set_private = (
    BaseModel.__dict__[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


class Record(BaseModel):
    """Immutable, and closed to unknown keys: what crosses a room's border is exactly what its type says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    if TYPE_CHECKING:

        @classmethod
        def trusted(cls, **values: Any) -> Self:
            """One made without looking at its values again: every field given, each made by our own code in its type.

            Findings are made by the hundred; checking each a second time was half the cost of the rules.
            """

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.trusted = _trusted(cls)  # type: ignore[method-assign]


def _trusted(record: type[Record]) -> Any:
    """`Record.trusted` of one class: what never changes for it is looked up once."""
    given = set(record.__pydantic_fields__)  # one for all: pydantic copies it before it changes it
    number, new = len(given), object.__new__

    def trusted(**values: Any) -> Record:
        assert len(values) == number, given ^ values.keys()
        made = new(record)
        _set_values(made, values)
        _set_given(made, given)
        _set_extra(made, None)
        _set_private(made, None)
        return made

    return staticmethod(trusted)


def misfits(shape: type[Record], data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Why data do not fit a shape, each as (name, "name: what is wrong"); empty if they do."""
    try:
        shape.model_validate(data)
    except ValidationError as error:
        return [
            (str(one["loc"][0]) if one["loc"] else "", f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}")
            for one in error.errors()
        ]
    return []
