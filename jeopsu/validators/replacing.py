"""Which uploads replace one another: doubles, later versions of one paper, and one paper over several files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from jeopsu.domain.calls import By, Call
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.submissions import Status, SubmittedFile, Upload
from jeopsu.validators.whose import NOT_OURS

# Seconds. A folder that was copied has file times a blink apart in any order; people need longer to send a new version.
_APART = 60.0
_ORDINAL = re.compile(r"(?:\s*[_(（]\s*(\d{1,2})\s*[)）]?)?")


def replaced(call: Call, files: list[SubmittedFile], uploads: Sequence[Upload]) -> list[SubmittedFile]:
    """Doubles marked, and earlier uploads of one paper superseded by the latest; without times both stay."""
    result = list(files)
    seen: dict[str, int] = {}
    for i, file in enumerate(files):
        if file.sha256 in seen and file.bytes:
            result[i] = result[i].with_problem(Problem(code=Code.DUPLICATE, detail=files[seen[file.sha256]].name[-60:]))
        seen.setdefault(file.sha256, i)
    groups: dict[tuple[object, ...], list[int]] = {}
    for i, upload in enumerate(uploads):
        if slot := _slot(call, result[i], upload):
            groups.setdefault(slot, []).append(i)
    for members in groups.values():
        if len(members) > 1 and not _one_paper([result[i] for i in members]):
            _supersede(result, members)
    return result


def _slot(call: Call, file: SubmittedFile, upload: Upload) -> tuple[object, ...] | None:
    """What two uploads must share to be two of the same paper; None where several papers of a kind are in order."""
    number = upload.name_reading.document or file.document
    document = call.document(number) if number else None
    if document is None or document.several and not upload.name_reading.extra:
        return None
    if any(
        problem.code in {Code.CONTENT_IS_OTHER_DOCUMENT, Code.OTHER_PROJECT, *NOT_OURS} for problem in file.problems
    ):
        return None  # nothing that is not what it says replaces, or is replaced by, what is
    if document.by is By.PROJECT:
        return (number,)
    return (number, file.part, file.claimed or file.organisation, file.years)


def _one_paper(files: Sequence[SubmittedFile]) -> bool:
    """Whether uploads of one slot are one paper over several files: numbered 1 … n behind the name, different in
    bytes, and the first alone headed."""
    numbers = [_ORDINAL.fullmatch(file.name_extra) for file in files]
    if not all(numbers) or len({file.sha256 for file in files}) < len(files):
        return False
    headed = {
        int(number[1] or 1): any(s.title for s in file.segments)
        for number, file in zip(numbers, files, strict=True)
        if number
    }
    if sorted(headed) != list(range(1, len(files) + 1)):
        return False
    return headed[1] and not any(headed[n] for n in headed if n > 1)


def _supersede(files: list[SubmittedFile], members: list[int]) -> None:
    """Marks all but the latest. Without times only equal bytes may be merged; else both stay, and people choose."""
    times = sorted(_time(files[i].uploaded) for i in members)
    known = times[0] >= 0 and all(later - time >= _APART for time, later in zip(times, times[1:], strict=False))
    same_bytes = len({files[i].sha256 for i in members}) == 1
    if not known and not same_bytes:
        for i in members:
            files[i] = files[i].with_problem(Problem(code=Code.DUPLICATE, detail="which"))
        return
    latest = max(members, key=lambda i: _time(files[i].uploaded)) if known else members[0]
    for i in members:
        if i != latest:
            files[i] = files[i].model_copy(update={"status": Status.SUPERSEDED, "superseded_by": files[latest].name})


def _time(uploaded: datetime | None) -> float:
    """Seconds, for comparing only; -1 where the time is not known."""
    return uploaded.timestamp() if uploaded else -1.0
