"""Whose a paper is: by the numbers and the name that stand on it, never by its file's name alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from jeopsu.domain.documents import TextSource
from jeopsu.domain.kinds import Segment, Subject
from jeopsu.domain.problems import Code
from jeopsu.domain.submissions import Organisation, SubmittedFile, Upload
from jeopsu.domain.values import business_number, company_name, corporate_number

_LIKE = 0.75  # a name this like one of ours is more likely misread or changed than foreign
_UNLIKE = 0.5  # less than this, and no scan misreads one into the other; a person sees whose it is
_COMPANY = re.compile(r"주식\s*회사|유한\s*(?:책임\s*)?회사|합자\s*회사|합명\s*회사|\(\s*[주유]\s*\)|㈜")
NOT_OURS = frozenset({Code.OTHER_COMPANY, Code.COMPANY_UNCLEAR})


def owners(
    file: SubmittedFile, organisations: Sequence[Organisation], upload: Upload
) -> list[tuple[range, str | None]]:
    """Runs of a file's pages that are not its own organisation's: another one's, or a stranger's (None)."""
    foreign = any(problem.code in NOT_OURS for problem in file.problems) and file.organisation is None
    if foreign and len(file.segments) < 2:
        return [(range(1, file.pages + 1), None)]
    return [
        (range(s.first_page, s.last_page + 1), s.organisation)
        for s in file.segments
        if s.organisation or surely_foreign(s.subject, organisations, upload)
    ]


def with_owners(
    segments: Sequence[Segment], organisations: Sequence[Organisation], upload: Upload
) -> tuple[Segment, ...]:
    return tuple(s.model_copy(update={"organisation": whose(s.subject, organisations, upload)[0]}) for s in segments)


def whose(subject: Subject, organisations: Sequence[Organisation], upload: Upload) -> tuple[str | None, bool]:
    """The consortium's company that a paper is about, by number, then by name; or that it is surely another's."""
    for organisation in organisations:
        if subject.business_number and subject.business_number == organisation.business_number:
            return organisation.key, False
        if subject.corporate_number and subject.corporate_number == organisation.corporate_number:
            return organisation.key, False
    if subject.name:
        for organisation in organisations:
            if any(company_name.same(subject.name, name) for name in (organisation.name, *organisation.aliases)):
                return organisation.key, False
    return None, surely_foreign(subject, organisations, upload)


def surely_foreign(subject: Subject, organisations: Sequence[Organisation], upload: Upload) -> bool:
    """Another company's: a sound number that is none of ours, or a sharp company name unlike all of ours."""
    if not organisations:
        return False
    likeness = max((_likeness(subject.name, o.name) for o in organisations), default=0.0) if subject.name else 0.0
    number, other = subject.business_number, subject.corporate_number
    if number and business_number.check_digit_fits(number) and all(o.business_number for o in organisations):
        return likeness < _LIKE
    if other and corporate_number.check_digit_fits(other) and all(o.corporate_number for o in organisations):
        return likeness < _LIKE
    sharp = upload.reading.text_source is TextSource.DIGITAL
    return bool(sharp and subject.name and _COMPANY.search(subject.name) and likeness < _LIKE)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, company_name.plain(one), company_name.plain(other), autojunk=False).ratio()


def unclear(subject: Subject, organisations: Sequence[Organisation]) -> bool:
    """Whether a scan bears a company's name that is hardly a misread one of ours, and no proof of whose it is."""
    if not organisations or not subject.name or not _COMPANY.search(subject.name):
        return False
    return max(_likeness(subject.name, o.name) for o in organisations) < _UNLIKE
