"""Which reader reads which kind."""

from __future__ import annotations

from collections.abc import Callable

from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.consent import read_consent
from jeopsu.extractors.kinds.employment import read_employment
from jeopsu.extractors.kinds.letters import read_checked_form, read_signed_form
from jeopsu.extractors.kinds.midsize import read_midsize
from jeopsu.extractors.kinds.rates import read_rates
from jeopsu.extractors.kinds.reading import KindReading, Reader
from jeopsu.extractors.kinds.registrations import read_business_registration, read_corporate_registry
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
    Kind.ELIGIBILITY_DECLARATION: read_checked_form,
    Kind.DATA_CONSENT: read_checked_form,
    Kind.NEW_HIRE_CONFIRMATION: read_checked_form,
    Kind.PARTICIPATION_LETTER: read_signed_form,
    Kind.ROLLOUT_PLEDGE: read_signed_form,
    Kind.EQUIPMENT_PLAN: read_signed_form,
    Kind.OUTSOURCING_PLAN: read_signed_form,
    Kind.MATERIALS_PLAN: read_signed_form,
}


def read_kind(source: PageSource, segment: Segment, request: ReadRequest) -> KindReading:
    """The fields of one segment by its kind; nothing for a kind that is read elsewhere or not recognised."""
    reader = READERS.get(segment.kind) if segment.kind else None
    if reader is None:
        return KindReading()
    return reader(Reader(source, segment, request))
