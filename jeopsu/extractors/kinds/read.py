"""Which reader reads which kind."""

from __future__ import annotations

from collections.abc import Callable

from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.employment import read_employment
from jeopsu.extractors.kinds.midsize import read_midsize
from jeopsu.extractors.kinds.reading import KindReading, Reader
from jeopsu.extractors.kinds.registrations import read_business_registration, read_corporate_registry
from jeopsu.extractors.pages import PageSource

READERS: dict[Kind, Callable[[Reader], KindReading]] = {
    Kind.BUSINESS_REGISTRATION: read_business_registration,
    Kind.CORPORATE_REGISTRY: read_corporate_registry,
    Kind.EMPLOYMENT_CERTIFICATE: read_employment,
    Kind.MIDSIZE_CERTIFICATE: read_midsize,
}


def read_kind(source: PageSource, segment: Segment, request: ReadRequest) -> KindReading:
    """The fields of one segment by its kind; nothing for a kind that is read elsewhere or not recognised."""
    reader = READERS.get(segment.kind) if segment.kind else None
    if reader is None:
        return KindReading()
    return reader(Reader(source, segment, request))
