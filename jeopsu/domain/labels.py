"""What fields and organisations are called in sentences for people."""

from __future__ import annotations

from jeopsu.domain.field_names import FieldKind
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.text import Language, Text
from jeopsu.domain.values import business_number, corporate_number, won

_FIELDS: dict[str, tuple[str, str]] = {
    "plan.title": ("과제명", "project title"), "plan.start": ("연구개발 시작일", "project start"),
    "plan.end": ("연구개발 종료일", "project end"), "plan.lead_researcher": ("연구책임자", "lead researcher"),
    "plan.security_grade": ("보안등급", "security grade"), "org.name": ("기관명", "organisation's name"),
    "org.role": ("기관 역할", "organisation's role"), "org.size": ("기업 규모", "company size"),
    "org.business_number": ("사업자등록번호", "business number"),
    "org.corporate_number": ("법인등록번호", "corporate number"), "org.representative": ("대표자", "representative"),
    "budget.government": ("정부지원연구개발비", "government money"), "budget.cash": ("기관부담 현금", "own cash"),
    "budget.in_kind": ("기관부담 현물", "own in kind"), "budget.total": ("연구개발비 합계", "total budget"),
    "budget.personnel_cash": ("인건비 현금", "personnel in cash"),
    "budget.personnel_in_kind": ("인건비 현물", "personnel in kind"),
    "budget.equipment": ("연구시설·장비비", "equipment"), "budget.materials": ("연구재료비", "materials"),
    "budget.outsourcing": ("외주 용역비", "outsourcing"),
    "budget.research_allowance": ("연구수당", "research allowance"),
    "budget.indirect": ("간접비", "indirect cost"), "participant.name": ("참여연구자", "participant"),
    "participant.rate": ("인건비계상률", "participation rate"),
    "participant.rate_total": ("총 인건비계상률", "total rate"),
    "participant.projects": ("참여과제 수", "number of projects"),
    "participant.projects_as_lead": ("책임자 과제 수", "projects as lead"),
    "participant.new_hire": ("신규채용 여부", "new hire"), "participant.role": ("역할", "role"),
    "employment.name": ("재직증명서의 성명", "name on the employment certificate"),
    "employment.organisation": ("재직증명서의 회사", "employer on the certificate"),
    "employment.joined": ("입사일", "date of joining"),
    "employment.issued": ("재직증명서 발급일", "certificate's date"),
    "employment.left": ("재직기간의 끝", "end of employment"),
    "bizreg.number": ("사업자등록증의 등록번호", "number on the business registration"),
    "bizreg.name": ("사업자등록증의 상호", "name on the business registration"),
    "bizreg.representative": ("사업자등록증의 대표자", "representative on the business registration"),
    "bizreg.opened": ("개업연월일", "date of opening"), "bizreg.address": ("사업장 소재지", "address"),
    "corpreg.number": ("등기부의 법인등록번호", "number on the registry extract"),
    "corpreg.name": ("등기부의 상호", "name on the registry extract"),
    "corpreg.representative": ("등기부의 대표이사", "representative on the registry extract"),
    "corpreg.issued": ("등기부등본 발급일", "registry extract's date"),
    "corpreg.unfit": ("등기부의 쓰임과 쪽 수", "purpose and pages of the registry extract"),
    "corpreg.entry": ("등기부의 해산·파산·회생 기재", "entry of dissolution or insolvency on the registry extract"),
    "fs.current_assets": ("유동자산", "current assets"), "fs.assets": ("자산총계", "total assets"),
    "fs.current_liabilities": ("유동부채", "current liabilities"), "fs.liabilities": ("부채총계", "total liabilities"),
    "fs.capital_stock": ("자본금", "capital stock"), "fs.equity": ("자본총계", "equity"),
    "fs.revenue": ("매출액", "revenue"),
    "fs.operating_income": ("영업이익", "operating income"), "fs.interest_expense": ("이자비용", "interest expense"),
    "fs.net_income": ("당기순이익", "net income"), "fs.rnd_expense": ("연구개발비", "R&D expense"),
    "fs.audit_opinion": ("감사의견", "audit opinion"), "fs.auditor": ("감사인", "auditor"),
    "fs.basis": ("회계기준", "accounting standard"), "fs.estimated": ("추정 여부", "whether estimated"),
    "midsize.name": ("중견기업 확인서의 기업명", "name on the mid-size certificate"),
    "midsize.business_number": ("중견기업 확인서의 사업자등록번호", "number on the mid-size certificate"),
    "midsize.issued": ("확인서 발급일", "certificate's date"),
    "midsize.valid_from": ("확인서 유효 시작일", "valid from"),
    "midsize.valid_to": ("확인서 유효 종료일", "valid to"), "midsize.number": ("확인서 번호", "certificate's number"),
    "signoff.kind": ("서명·날인", "sign-off"), "signoff.name": ("서명란 성명", "signer's name"),
    "signoff.date": ("서명한 날", "day of signing"),
    "participant.organisation": ("참여연구자 소속", "participant's organisation"),
    "budget.activity": ("연구활동비", "activities"), "budget.student_personnel": ("학생인건비", "students' personnel"),
    "plan.outsourcing_described": ("외주 용역의 설명", "description of the outsourcing"),
    "participant.personnel_cash": ("참여연구자 현금 인건비", "participant's pay in cash"),
    "participant.personnel_in_kind": ("참여연구자 현물 인건비", "participant's pay in kind"),
    "outsourcing.name": ("외주 용역명", "outsourced work"), "outsourcing.amount": ("외주 용역 금액", "its amount"),
    "equipment.name": ("연구시설·장비명", "equipment"), "equipment.amount": ("연구시설·장비 금액", "its amount"),
    "materials.name": ("연구재료명", "materials"), "materials.amount": ("연구재료 금액", "their amount"),
    "schedule.task": ("추진 내용", "task"), "schedule.start": ("추진 시작", "task's start"),
    "schedule.end": ("추진 종료", "task's end"),
    "spending.total": ("집행계획서의 합계", "total of the outlays"),
    "declared.debt_ratio": ("신고한 부채비율", "declared debt ratio"),
    "declared.current_ratio": ("신고한 유동비율", "declared current ratio"),
    "declared.motie_lead_projects": ("신고한 산업부 주관 과제 수", "declared MOTIE projects as lead"),
    "check.item": ("점검 항목", "checklist item"), "check.marked": ("표시한 답", "marked answer"),
}  # fmt: skip
_WHO = {"lead": ("주관", "lead"), "partner": ("공동", "partner"), None: ("과제", "project")}
SIZES = {
    "large": ("대기업", "large"), "midsize": ("중견기업", "mid-size"),
    "midsize_candidate": ("중견기업 후보기업", "mid-size candidate"), "small": ("중소기업", "small"),
}  # fmt: skip


def who(organisation: str | None) -> tuple[str, str]:
    """주관, 공동, 공동 2 …"""
    if organisation in _WHO:
        return _WHO[organisation]
    number = (organisation or "").removeprefix("partner")
    return f"공동 {number}", f"partner {number}"


def labelled(name: str, organisation: str | None, year: int | None = None) -> Text:
    """ "주관 2022년 자본총계"."""
    ko, en = _FIELDS.get(name, (name, name))
    if year:
        ko, en = f"{year}년 {ko}", f"{year} {en}"
    if organisation:
        whose = who(organisation)
        ko, en = f"{whose[0]} {ko}", f"{whose[1]} {en}"
    return Text.trusted(ko=ko, en=en)


def shown(field: FieldValue, language: Language = "ko") -> str:
    """A field's value as people write it."""
    if field.value is None:
        return field.printed or "?"
    if field.kind is FieldKind.WON and isinstance(field.value, int):
        return won.shown(field.value)
    if field.kind is FieldKind.BUSINESS_NUMBER:
        return business_number.shown(str(field.value))
    if field.kind is FieldKind.CORPORATE_NUMBER:
        return corporate_number.shown(str(field.value))
    if field.kind is FieldKind.SHARE:
        return f"{field.value}%"
    if field.kind is FieldKind.FLAG:
        return _FLAGS[language][bool(field.value)]
    return str(field.value)


_FLAGS: dict[Language, tuple[str, str]] = {"ko": ("아니오", "예"), "en": ("no", "yes")}


def described(field: FieldValue, language: Language = "ko") -> str:
    """A value with its place: "5,700,000,000원 (감사보고서.pdf 3쪽)"."""
    page = (f" {field.page}쪽" if language == "ko" else f" p. {field.page}") if field.page else ""
    return f"{shown(field, language)} ({field.file or '?'}{page})"


def million(amount: int) -> str:
    """Won in 백만원 where that loses nothing, else in won."""
    return f"{amount // 1_000_000:,}백만원" if amount % 1_000_000 == 0 and amount else f"{amount:,}원"
