"""The contract's field names, each with its kind. A name that is not here cannot be reported."""

from __future__ import annotations

from enum import StrEnum


class FieldKind(StrEnum):
    WON = "won"  # integer won, whatever unit was printed
    SHARE = "share"  # percent, exact decimal
    DATE = "date"
    COUNT = "count"
    FLAG = "flag"
    TEXT = "text"
    CHOICE = "choice"
    BUSINESS_NUMBER = "business_number"  # 사업자등록번호, 10 digits
    CORPORATE_NUMBER = "corporate_number"  # 법인등록번호, 13 digits


_W, _S, _D, _C, _F = FieldKind.WON, FieldKind.SHARE, FieldKind.DATE, FieldKind.COUNT, FieldKind.FLAG
_T, _X, _B, _L = FieldKind.TEXT, FieldKind.CHOICE, FieldKind.BUSINESS_NUMBER, FieldKind.CORPORATE_NUMBER

FIELD_KINDS: dict[str, FieldKind] = {
    # document 2, the plan (연구개발계획서)
    "plan.title": _T, "plan.start": _D, "plan.end": _D, "plan.lead_researcher": _T, "plan.security_grade": _X,
    "plan.outsourcing_described": _F,  # beyond the contract
    "org.name": _T, "org.role": _X, "org.size": _X, "org.business_number": _B, "org.corporate_number": _L,
    "org.representative": _T,
    "budget.government": _W, "budget.cash": _W, "budget.in_kind": _W, "budget.total": _W,
    "budget.personnel_cash": _W, "budget.personnel_in_kind": _W, "budget.equipment": _W, "budget.materials": _W,
    "budget.outsourcing": _W, "budget.research_allowance": _W, "budget.indirect": _W,
    "budget.activity": _W, "budget.student_personnel": _W,  # beyond the contract: what else adds up to the total
    "participant.name": _T, "participant.organisation": _T, "participant.role": _X, "participant.rate": _S,
    "participant.new_hire": _F,
    # beyond the contract: pay of each participant, single outlays that the plan describes, its schedule by task
    "participant.personnel_cash": _W, "participant.personnel_in_kind": _W,
    "outsourcing.name": _T, "outsourcing.amount": _W, "equipment.name": _T, "equipment.amount": _W,
    "materials.name": _T, "materials.amount": _W, "schedule.task": _T, "schedule.start": _D, "schedule.end": _D,
    # document 5
    "participant.rate_total": _S, "participant.projects": _C, "participant.projects_as_lead": _C,
    # sign-offs (9, 10 and wherever a form asks)
    "signoff.name": _T, "signoff.kind": _X, "signoff.date": _D,
    # checklists (3, 4, 8, 11): the item's words, and the words of the option that is marked ("" none)
    "check.item": _T, "check.marked": _T,
    # beyond the contract, on document 8: the ratios by year, the ministry's projects that it leads
    "declared.debt_ratio": _S, "declared.current_ratio": _S, "declared.motie_lead_projects": _C,
    "spending.total": _W,  # beyond the contract: documents 16, 17, 19, each its own sum
    # document 12
    "employment.name": _T, "employment.organisation": _T, "employment.joined": _D, "employment.issued": _D,
    "employment.left": _D,  # beyond the contract: a period's end, or the day somebody left, where one is printed
    # document 13
    "bizreg.number": _B, "bizreg.name": _T, "bizreg.representative": _T, "bizreg.opened": _D, "bizreg.address": _T,
    "corpreg.number": _L, "corpreg.name": _T, "corpreg.representative": _T, "corpreg.issued": _D,
    "corpreg.unfit": _X,  # beyond the contract: viewing_only (열람용), incomplete (fewer pages than it counts)
    "corpreg.entry": _X,  # beyond the contract: 해산, 청산, 파산, 회생 in force, by row
    # document 14, per fiscal year
    "fs.current_assets": _W, "fs.assets": _W, "fs.current_liabilities": _W, "fs.liabilities": _W,
    "fs.capital_stock": _W, "fs.equity": _W, "fs.revenue": _W, "fs.operating_income": _W, "fs.interest_expense": _W,
    "fs.net_income": _W, "fs.rnd_expense": _W, "fs.audit_opinion": _X, "fs.auditor": _T, "fs.basis": _X,
    "fs.estimated": _F,
    # document 15
    "midsize.name": _T, "midsize.business_number": _B, "midsize.issued": _D, "midsize.valid_from": _D,
    "midsize.valid_to": _D, "midsize.number": _T,
    "copy.certified": _F,  # beyond the contract: 원본대조필 on what others issued (12 to 15)
}  # fmt: skip
