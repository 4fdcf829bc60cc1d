"""Whose a paper is: by the numbers and the name that stand on it, never by its file's name alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from jeopsu.domain.documents import TextSource
from jeopsu.domain.kinds import STATEMENTS, Segment, Subject
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import Organisation, SubmittedFile, Upload
from jeopsu.domain.values import business_number, company_name, corporate_number

_LIKE = 0.75  # a name this like one of ours is more likely misread or changed than foreign
_UNLIKE = 0.5  # less than this, and no scan misreads one into the other; a person sees whose it is
_COMPANY = re.compile(r"주식\s*회사|유한\s*(?:책임\s*)?회사|합자\s*회사|합명\s*회사|\(\s*[주유]\s*\)|㈜")
NOT_OURS = frozenset({Code.OTHER_COMPANY, Code.COMPANY_UNCLEAR, Code.SEVERAL_COMPANIES})


def owners(
    file: SubmittedFile, organisations: Sequence[Organisation], upload: Upload
) -> list[tuple[range, str | None]]:
    """Runs of a file's pages that are not its own organisation's: another one's, or a stranger's (None)."""
    foreign = any(problem.code in NOT_OURS for problem in file.problems) and file.organisation is None
    if foreign and len(file.segments) < 2:
        return [(range(1, file.pages + 1), None)]
    return [
        (s.pages, s.organisation)
        for s in file.segments
        if s.organisation or is_mixed(s, upload) or surely_foreign(s, organisations, upload)
    ]


def is_mixed(segment: Segment, upload: Upload) -> bool:
    """Whether pages of two companies were read as one paper: they are nobody's."""
    return any(p.code is Code.SEVERAL_COMPANIES and segment.holds(p.page) for p in upload.reading.problems)


def with_owners(
    segments: Sequence[Segment], organisations: Sequence[Organisation], upload: Upload
) -> tuple[Segment, ...]:
    return tuple(s.model_copy(update={"organisation": whose(s, organisations, upload)[0]}) for s in segments)


def whose(segment: Segment, organisations: Sequence[Organisation], upload: Upload) -> tuple[str | None, bool]:
    """The consortium's company that a paper is about, by number, then by name; or that it is surely another's.

    Readings of a scan that name two of the consortium's companies name none.
    """
    subject = segment.subject
    for organisation in organisations:
        if subject.business_number and subject.business_number == organisation.business_number:
            return organisation.key, False
        if subject.corporate_number and subject.corporate_number == organisation.corporate_number:
            return organisation.key, False
    named = {o.key for o in organisations if _names(subject, o)}
    if len(named) == 1:
        return named.pop(), False
    return None, surely_foreign(segment, organisations, upload)


def _names(subject: Subject, organisation: Organisation) -> bool:
    """Whether some reading of a paper's company is this one."""
    readings = (subject.name, *subject.also) if subject.name else subject.also
    numbers = {organisation.business_number, organisation.corporate_number}
    return any(
        reading in numbers
        or any(company_name.same(reading, name) for name in (organisation.name, *organisation.aliases))
        for reading in readings
    )


def surely_foreign(segment: Segment, organisations: Sequence[Organisation], upload: Upload) -> bool:
    """Another company's: a sound number that is none of ours, or a sharp company name unlike all of ours."""
    subject = segment.subject
    if not organisations:
        return False
    likeness = max((_likeness(subject.name, o.name) for o in organisations), default=0.0) if subject.name else 0.0
    number, other = subject.business_number, subject.corporate_number
    if number and business_number.check_digit_fits(number) and all(o.business_number for o in organisations):
        return likeness < _LIKE
    if other and corporate_number.check_digit_fits(other) and all(o.corporate_number for o in organisations):
        return likeness < _LIKE
    # A statement of some years ago may bear a name that was changed since; a number stays.
    telling = segment.kind not in STATEMENTS or number or other
    sharp = upload.reading.text_source is TextSource.DIGITAL and telling
    return bool(sharp and subject.name and _COMPANY.search(subject.name) and likeness < _LIKE)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, company_name.plain(one), company_name.plain(other), autojunk=False).ratio()


def like_ours(name: str | None, key: str | None, organisations: Sequence[Organisation]) -> bool:
    """Whether a name is hardly another company's than the one with that key, only misread or spelled otherwise."""
    likeness = {o.key: _likeness(name, o.name) for o in organisations} if name else {}
    own = likeness.pop(key, 0.0) if key else 0.0
    return own >= _LIKE and own > max(likeness.values(), default=0.0)


def unclear(segment: Segment, organisations: Sequence[Organisation], upload: Upload) -> bool:
    """Whether a paper bears a company's name that is hardly one of ours, and no proof of whose it is.

    A scan may have misread it. A statement of some years ago may bear a name that the company has changed since.
    """
    name = segment.subject.name
    if not organisations or not name or not _COMPANY.search(name):
        return False
    sharp = upload.reading.text_source is TextSource.DIGITAL and segment.kind in STATEMENTS
    return max(_likeness(name, o.name) for o in organisations) < (_LIKE if sharp else _UNLIKE)
