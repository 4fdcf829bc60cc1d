"""First reader of HWPX (OWPML, KS X 6101): our own bounded walk over its XML."""

from __future__ import annotations

from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.extractors.readers.hwp_body import Body

ENGINE = "hwpx"


def read(data: bytes) -> Body:
    raise DocumentProblem(Code.READER_FAILED, "todo")
