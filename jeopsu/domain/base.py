"""The base of every domain type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

_set = object.__setattr__  # the models are frozen


class Record(BaseModel):
    """Immutable, and closed to unknown keys: what crosses a room's border is exactly what its type says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def trusted(cls, **values: Any) -> Self:
        """One made without looking at its values again: every field given, each made by our own code in its type.

        Findings are made by the hundred; checking each a second time was half the cost of the rules.
        """
        fields = cls.__pydantic_fields__
        assert len(values) == len(fields), fields.keys() ^ values.keys()
        made = cls.__new__(cls)
        _set(made, "__dict__", values)
        _set(made, "__pydantic_fields_set__", set(fields))
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", None)
        return made


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
