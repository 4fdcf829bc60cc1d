"""Which reader reads which kind."""

from __future__ import annotations

from collections.abc import Callable

from jeopsu.domain.kinds import Kind, Segment, Subject
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.consent import read_consent
from jeopsu.extractors.kinds.copies import certified_copy
from jeopsu.extractors.kinds.employment import read_employment
from jeopsu.extractors.kinds.letters import read_checked_form, read_declaration, read_rollout, read_signed_form
from jeopsu.extractors.kinds.merge import merged
from jeopsu.extractors.kinds.midsize import read_midsize
from jeopsu.extractors.kinds.rates import read_rates
from jeopsu.extractors.kinds.reading import KindReading, Reader
from jeopsu.extractors.kinds.registrations import read_business_registration, read_corporate_registry
from jeopsu.extractors.kinds.spending import read_spending
from jeopsu.extractors.pages import PageSource

READERS: dict[Kind, Callable[[Reader], KindReading]] = {
    Kind.BUSINESS_REGISTRATION: read_business_registration,
    Kind.CORPORATE_REGISTRY: read_corporate_registry,
    Kind.EMPLOYMENT_CERTIFICATE: read_employment,
    Kind.MIDSIZE_CERTIFICATE: read_midsize,
    Kind.PARTICIPATION_RATES: read_rates,
    Kind.PERSONAL_CONSENT: read_consent,
    Kind.SUBMISSION_CONFIRMATION: read_checked_form,
    Kind.BONUS_PENALTY: read_checked_form,
    Kind.SAFETY_SELF_CHECK: read_checked_form,
    Kind.SECURITY_SELF_CHECK: read_checked_form,
    Kind.ELIGIBILITY_DECLARATION: read_declaration,
    Kind.DATA_CONSENT: read_checked_form,
    Kind.NEW_HIRE_CONFIRMATION: read_checked_form,
    Kind.PARTICIPATION_LETTER: read_signed_form,
    Kind.ROLLOUT_PLEDGE: read_rollout,
    Kind.EQUIPMENT_PLAN: read_spending,
    Kind.OUTSOURCING_PLAN: read_spending,
    Kind.MATERIALS_PLAN: read_spending,
}


# Read twice where they are scans: what they say is a handful of values, and each is asked for.
LINEWISE = frozenset(
    {
        Kind.BUSINESS_REGISTRATION,
        Kind.CORPORATE_REGISTRY,
        Kind.EMPLOYMENT_CERTIFICATE,
        Kind.MIDSIZE_CERTIFICATE,
    }
)

# What a filled-in document always has. A form on a text layer that has none of it was not filled in.
_FILLED = frozenset(
    {
        "bizreg.number", "bizreg.name", "corpreg.number", "corpreg.name", "employment.name", "midsize.name",
        "participant.name", "signoff.name",
    }
)  # fmt: skip


def read_kind(source: PageSource, segment: Segment, request: ReadRequest) -> KindReading:
    """The fields of one segment by its kind; nothing for a kind that is read elsewhere or not recognised.

    `index` counts from 0 in the file's first segment; in a later one (a merged scan) from 100 × the pages before it,
    so that rows of two documents in one file never share a number.
    """
    read = READERS.get(segment.kind) if segment.kind else None
    if read is None:
        return KindReading()
    reader = Reader(source, segment, request)
    reading = read(reader)
    if segment.kind in LINEWISE:
        if any(sheet.scanned for sheet in reader.sheets):
            reading = _read_again(read, reader, reading)
        if (stamp := certified_copy(reader.sheets, request.name)) is not None:
            reading = reading.model_copy(update={"fields": (*reading.fields, stamp)})
    if _is_blank(reader, reading):
        problem = Problem(code=Code.BLANK_FORM, page=segment.first_page)
        reading = reading.model_copy(update={"problems": (*reading.problems, problem), "blank_form": True})
    shift = 100 * (segment.first_page - 1)
    if shift:
        fields = tuple(
            field if field.index is None else field.model_copy(update={"index": field.index + shift})
            for field in reading.fields
        )
        reading = reading.model_copy(update={"fields": fields})
    return reading


def _read_again(read: Callable[[Reader], KindReading], reader: Reader, first: KindReading) -> KindReading:
    """A scan's certificate read run by run of print as well, where that can still add something."""
    if all(field.confirmed for field in first.fields if field.index is None):
        return first
    second = read(Reader(reader.source, reader.segment, reader.request, linewise=True))
    subject = Subject(
        name=first.subject.name or second.subject.name,
        business_number=first.subject.business_number or second.subject.business_number,
        corporate_number=first.subject.corporate_number or second.subject.corporate_number,
        evidence=first.subject.evidence or second.subject.evidence,
    )
    return first.model_copy(update={"fields": merged(first.fields, second.fields), "subject": subject})


def _is_blank(reader: Reader, reading: KindReading) -> bool:
    subject = reading.subject
    if subject.name or subject.business_number or subject.corporate_number:
        return False
    if any(field.name in _FILLED and field.printed.strip() for field in reading.fields):
        return False
    # On a scan the filling may simply not have been read: nothing is said of it.
    return all(not sheet.scanned for sheet in reader.sheets) and sum(len(sheet.inks) for sheet in reader.sheets) >= 8
