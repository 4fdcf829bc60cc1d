"""Audits: the last opinion, and whether a company had to be audited at all (공고 4-3 10쪽)."""

from __future__ import annotations

from jeopsu.domain.base import Record
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import million
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.logic import any_of
from jeopsu.validators.matter import Answer, Matter, NoParams, check, failed, not_applicable, passed
from jeopsu.validators.rules.admitted import unless_admitted


class Audited(Record):
    """From when on a company must be audited (외감법 시행령 제5조): either of two, or two of four. Won."""

    assets: int
    revenue: int
    some_assets: int
    some_liabilities: int
    some_revenue: int


@check(organisation=True)
def audit_opinion(matter: Matter[NoParams]) -> Answer:
    """An externally audited company's last opinion is neither 의견거절 nor 부적정; 한정 passes with a note."""
    year = matter.call.fiscal_years[-1]
    if matter.facts.entries("fs.audit_opinion", matter.key, year):
        opinion = matter.facts.text("fs.audit_opinion", matter.key, year)
        words = {"unqualified": "적정", "qualified": "한정", "adverse": "부적정", "disclaimer": "의견거절"}.get(
            opinion, opinion
        )
        if opinion in {"adverse", "disclaimer"}:
            return failed(
                f"{year}년 감사의견 {words}: 제외 사유(의견거절·부적정)에 해당", f"Audit opinion of {year}: {opinion}."
            )
        note = " (한정의견: 제외 사유는 아니나 담당자에게 알림)" if opinion == "qualified" else ""
        good = passed(f"{year}년 감사의견 {words}{note}", f"Audit opinion of {year}: {opinion}.")
        return unless_admitted(matter, good, "의견거절", "부적정")
    reports = matter.files(Kind.AUDIT_REPORT, matter.key)
    if reports:
        raise Unknown(
            Need(
                words_ko=f"{year}년 감사보고서의 감사의견 단락",
                words_en=f"the opinion section of the {year} audit report",
            )
        )
    if not _statement_files(matter):
        raise Unknown(
            Need(words_ko=f"{year}년 재무제표 또는 감사보고서", words_en=f"statements or audit report of {year}")
        )
    if _declared_unaudited(matter):
        return not_applicable(
            f"감사보고서가 없고 신청자가 {matter.form(Kind.ELIGIBILITY_DECLARATION)}에서 외부감사 "
            "비대상이라고 신고함. 대상 여부는 외부감사 대상 "
            "여부 항목에서 따로 봄",
            "No audit report; the applicant declares not to be audited. See external_audit_status.",
        )
    raise Unknown(
        Need(
            words_ko="감사보고서가 없음: 외부감사 대상이 "
            f"아닌지({matter.form(Kind.ELIGIBILITY_DECLARATION)}의 신고, 전자공시)",
            words_en="no audit report: whether the company is outside the duty to be audited",
        )
    )


def _statement_files(matter: Matter[NoParams] | Matter[Audited]) -> list[str]:
    kinds = (Kind.CLOSING_STATEMENTS, Kind.STANDARD_STATEMENTS)
    return [file.name for kind in kinds for file in matter.files(kind, matter.key)]


def _declared_unaudited(matter: Matter[NoParams] | Matter[Audited]) -> bool:
    """Whether document 8 says "비대상" for 외부감사 (a confirmed mark)."""
    marked = {(f.file, f.index): f for f in matter.facts.all("check.marked")}
    for item in matter.facts.all("check.item"):
        if item.organisation != matter.key or not item.confirmed:
            continue
        words = str(item.value).replace(" ", "")
        answer = marked.get((item.file, item.index))
        if words.startswith("외부감사") and "의견" not in words and answer and answer.confirmed:
            matter.facts.note(item, answer)
            return "비대상" in str(answer.value).replace(" ", "") or "해당없음" in str(answer.value).replace(" ", "")
    return False


@check(Audited, organisation=True)
def external_audit_status(matter: Matter[Audited]) -> Answer:
    """Where no audit report was handed in: whether the statements say that there should be one."""
    if matter.files(Kind.AUDIT_REPORT, matter.key):
        return passed("감사보고서가 제출됨", "An audit report was handed in.")
    p, key, year = matter.params, matter.key, matter.call.fiscal_years[-2]
    facts = matter.facts
    must = any_of(
        [
            lambda: facts.won("fs.assets", key, year) >= p.assets,
            lambda: facts.won("fs.revenue", key, year) >= p.revenue,
        ]
    )
    assets, revenue = facts.won("fs.assets", key, year), facts.won("fs.revenue", key, year)
    liabilities = facts.won("fs.liabilities", key, year)
    some = (assets >= p.some_assets) + (liabilities >= p.some_liabilities) + (revenue >= p.some_revenue)
    words = f"{year}년 말 자산총계 {million(assets)}, 부채총계 {million(liabilities)}, 매출액 {million(revenue)}"
    if not must and some == 0:
        return passed(
            f"{words}: 외부감사법 시행령 제5조의 기준에 미치지 않음", "Below the thresholds for a compulsory audit."
        )
    raise Unknown(
        Need(
            words_ko=f"감사보고서가 없으나 {words}: 외부감사 대상일 수 있음(외부감사법 시행령 제5조). "
            "전자공시에서 감사보고서 유무 확인",
            words_en="no audit report, though by its size the company may have to be audited: look it up",
        )
    )
