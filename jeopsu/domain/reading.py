"""What goes into the sandboxed reader and what comes out: the only two types that cross that border."""

from __future__ import annotations

from jeopsu.domain.base import Record
from jeopsu.domain.documents import FileType, TextSource
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.problems import Problem


class Limits(Record):
    """What one file may cost. Beyond them it becomes a finding. Seconds are of processor time; three times as long by
    the clock ends a file that only waits."""

    seconds: float = 300.0
    seconds_per_page: float = 20.0
    memory_mb: int = 3072
    pages: int = 400
    output_mb: int = 64
    file_mb: int = 300


class ReadRequest(Record):
    """One file to read. Everything in it but `name` is ours; the bytes at `path` are untrusted."""

    path: str
    name: str  # as submitted (NFC)
    hint: Kind | None = None  # what the name says it is; content wins
    hint_year: int | None = None
    titles: dict[Kind, tuple[str, ...]] = {}  # titles and synonyms that the call uses
    fiscal_years: tuple[int, ...] = ()
    limits: Limits = Limits()


class PageSummary(Record):
    """What the parent needs to know of a page. Sizes in points as shown."""

    number: int
    width: float
    height: float
    source: TextSource
    turned: int = 0
    blank: bool = False
    read: bool = True


class FileReading(Record):
    """Everything the child reports of one file."""

    type: FileType
    pages: int = 0
    page_list: tuple[PageSummary, ...] = ()
    text_source: TextSource = TextSource.NONE
    segments: tuple[Segment, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    problems: tuple[Problem, ...] = ()
    engines: dict[str, str] = {}  # name → version
    seconds: float = 0.0
