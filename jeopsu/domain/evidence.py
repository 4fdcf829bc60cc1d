"""Where a statement comes from. Every value and every finding has at least one of these four."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jeopsu.domain.base import Record
from jeopsu.domain.geometry import Box


class Region(Record):
    """A box on a page."""

    kind: Literal["region"] = "region"
    file: str
    page: int
    box: Box


class Anchor(Record):
    """A place inside an HWP: a paragraph or a table's cell; page and box too once the file is rendered."""

    kind: Literal["anchor"] = "anchor"
    file: str
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    box: Box | None = None


class FileName(Record):
    """The name of a file itself."""

    kind: Literal["file_name"] = "file_name"
    file: str


class Searched(Record):
    """What was looked through when a thing is absent."""

    kind: Literal["searched"] = "searched"
    files: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    @property
    def file(self) -> str | None:
        return self.files[0] if self.files else None


Evidence = Annotated[Region | Anchor | FileName | Searched, Field(discriminator="kind")]
