"""What came with a form as its evidence (증빙서류): pages behind it, or files that are no document of the call."""

from __future__ import annotations

from typing import Any

from jeopsu.domain.kinds import Kind
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import SubmittedFile
from jeopsu.validators.matter import Matter


def evidence_files(matter: Matter[Any], *kinds: Kind) -> list[str]:
    """Names of the organisation's files in which something may stand that proves what a form of `kinds` says.

    What it is, nobody here reads: a person must look, so rather one file too many.
    """
    found = [file.name for kind in kinds for file in matter.files(kind, matter.key) if _more_than(matter, file, kind)]
    found += [
        f.name for f in matter.live() if f.document is None and (f.claimed or f.organisation) in (matter.key, None)
    ]
    return list(dict.fromkeys(found))


def _more_than(matter: Matter[Any], file: SubmittedFile, kind: Kind) -> bool:
    """Whether a file holds more than the form: another paper, or pages from which nothing of the form was read."""
    if any(segment.kind is not kind for segment in file.segments):
        return True
    read = {field.page for field in matter.facts.in_file(file.name)}
    blank = {problem.page for problem in file.problems if problem.code is Code.BLANK_PAGE}
    return any(page not in read | blank for page in range(2, file.pages + 1))
