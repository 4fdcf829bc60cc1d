"""The base of every domain type."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Immutable, and closed to unknown keys: what crosses a room's border is exactly what its type says."""

    model_config = ConfigDict(frozen=True, extra="forbid")
