"""The base of every domain type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


class Record(BaseModel):
    """Immutable, and closed to unknown keys: what crosses a room's border is exactly what its type says."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def misfits(shape: type[Record], data: Mapping[str, Any]) -> list[str]:
    """Why data do not fit a shape, each as "name: what is wrong"; empty if they do."""
    try:
        shape.model_validate(data)
    except ValidationError as error:
        return [f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()]
    return []
