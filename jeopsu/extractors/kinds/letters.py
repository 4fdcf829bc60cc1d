"""The forms that are read for their sign-offs and their check marks: confirmations, pledges, declarations, lists.

온라인 제출 최종 확인서, 우대/감점사항 확인서, 자가점검표, 확약서, 동의서, 적정성 확인서, 참여의사 확인서 and the
plans for equipment, services, hiring and materials.
"""

from __future__ import annotations

from jeopsu.extractors.kinds.checks import read_checks
from jeopsu.extractors.kinds.consent import signed_rows
from jeopsu.extractors.kinds.counts import read_counts
from jeopsu.extractors.kinds.ratios import read_ratios
from jeopsu.extractors.kinds.reading import KindReading, Reader
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.subjects import BUSINESS, COMPANY, CORPORATE, project_on_form, subject_on_form

STOPS = COMPANY + BUSINESS + CORPORATE + (
    "과제명", "사업명", "대표자", "연구책임자", "연구개발기간", "접수번호", "접수상태", "최종제출일시", "기업유형",
    "사업개시일", "외부감사대상", "동시수행과제", "정부지원연구개발비", "보안등급", "점검결과", "용역명", "용역기간",
)  # fmt: skip


def read_signed_form(reader: Reader) -> KindReading:
    """signoff.* for each sign-off line."""
    reader.stops = STOPS
    return KindReading(fields=read_signoffs(reader), subject=subject_on_form(reader))


def read_checked_form(reader: Reader) -> KindReading:
    """check.* for each item, then signoff.* for each sign-off line."""
    reader.stops = STOPS
    checks = tuple(read_checks(reader))
    return KindReading(fields=checks + read_signoffs(reader), subject=subject_on_form(reader))


def read_declaration(reader: Reader) -> KindReading:
    """A checked form that also states ratios and a number of projects: declared.* after its check.* and signoff.*."""
    form = read_checked_form(reader)
    return form.model_copy(update={"fields": (*form.fields, *read_ratios(reader), *read_counts(reader))})


def read_rollout(reader: Reader) -> KindReading:
    """signoff.* of the organisation that pledges, then of each company in the list (대표자 and its (인))."""
    reader.stops = STOPS
    fields = list(read_signoffs(reader))
    start = len({field.index for field in fields})
    for sheet in reader.sheets:
        rows = signed_rows(reader, sheet, start, ("대표자", "대표자명", "대표", "대표자성명", "성명"))
        start += len({field.index for field in rows})
        fields += rows
    return KindReading(fields=tuple(fields), subject=project_on_form(reader))
