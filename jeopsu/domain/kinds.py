"""Kinds of document. A call's data maps its numbers and titles to these; extractors know nothing of numbers."""

from __future__ import annotations

from enum import StrEnum

from jeopsu.domain.base import Record
from jeopsu.domain.evidence import Evidence


class Kind(StrEnum):
    """What a document is, whatever number a call gives it (Korean labels: docs/glossary.md)."""

    SUBMISSION_CONFIRMATION = "submission_confirmation"  # 온라인 제출 최종 확인서
    RESEARCH_PLAN = "research_plan"  # 연구개발계획서
    BONUS_PENALTY = "bonus_penalty"  # 우대/감점사항 확인서
    SAFETY_SELF_CHECK = "safety_self_check"  # 안전관리형 과제 자가점검표
    PARTICIPATION_RATES = "participation_rates"  # 인건비계상률 및 참여과제 수 확인서
    ROLLOUT_PLEDGE = "rollout_pledge"  # 협력사/계열사 솔루션 도입 확약서
    DATA_CONSENT = "data_consent"  # 비식별 데이터 공개 동의서
    ELIGIBILITY_DECLARATION = "eligibility_declaration"  # 신청자격 적정성 확인서
    PARTICIPATION_LETTER = "participation_letter"  # 대표의 참여의사 확인서
    PERSONAL_CONSENT = "personal_consent"  # 개인정보·과세정보 동의 및 청렴서약서
    SECURITY_SELF_CHECK = "security_self_check"  # 과제 보안등급 자가점검표
    EMPLOYMENT_CERTIFICATE = "employment_certificate"  # 재직증명서
    BUSINESS_REGISTRATION = "business_registration"  # 사업자등록증
    CORPORATE_REGISTRY = "corporate_registry"  # 법인등기부등본, 등기사항전부증명서
    AUDIT_REPORT = "audit_report"  # 회계감사보고서
    CLOSING_STATEMENTS = "closing_statements"  # 결산재무제표 확인원
    STANDARD_STATEMENTS = "standard_statements"  # 표준재무제표증명 (국세청)
    MIDSIZE_CERTIFICATE = "midsize_certificate"  # 중견기업 확인서
    EQUIPMENT_PLAN = "equipment_plan"  # 연구시설/장비 구입 및 활용계획서
    OUTSOURCING_PLAN = "outsourcing_plan"  # 외주 용역 활용계획서
    NEW_HIRE_CONFIRMATION = "new_hire_confirmation"  # 신규 참여연구자 채용(예정) 확인서
    MATERIALS_PLAN = "materials_plan"  # 시약·재료 구입 및 활용계획서


# Document 14: what a company's figures are read from.
STATEMENTS = frozenset({Kind.AUDIT_REPORT, Kind.CLOSING_STATEMENTS, Kind.STANDARD_STATEMENTS})


class Subject(Record):
    """The company a document is about, as printed on it. None: not found or not sure."""

    name: str | None = None
    business_number: str | None = None  # digits only
    corporate_number: str | None = None  # digits only
    also: tuple[str, ...] = ()  # other readings of name and numbers: one may prove it ours, none makes it a stranger's
    projects: tuple[str, ...] = ()  # titles of projects that stand on it, the one at its head first
    evidence: tuple[Evidence, ...] = ()


class Segment(Record):
    """A run of pages that is one document. Most files have one; a merged scan has several."""

    kind: Kind | None  # None: not recognised
    first_page: int
    last_page: int
    confidence: float  # 0..1 that `kind` is right
    title: str = ""  # the words that gave it away
    subject: Subject = Subject()
    organisation: str | None = None  # "lead", "partner": whose it surely is; set once all uploads are known
    blank_form: bool = False  # the form's fields are empty
    evidence: tuple[Evidence, ...] = ()

    @property
    def pages(self) -> range:
        return range(self.first_page, self.last_page + 1)

    def holds(self, page: int | None) -> bool:
        """Whether a page is one of its own; what has no page may stand anywhere."""
        return page is None or page in self.pages
