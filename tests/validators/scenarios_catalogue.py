"""Entries of the rule catalogue that no other scenario holds: just inside and just outside of what each asks."""

from __future__ import annotations

from jeopsu.domain.kinds import Kind, Subject
from jeopsu.domain.submissions import Registration, Upload
from tests.validators.proposals import SHORT, field, upload
from tests.validators.scenario import (
    Change,
    F,
    Files,
    M,
    N,
    P,
    Scenario,
    U,
    budget,
    fact,
    files,
    fs,
    gone,
    has,
    of,
    without,
)

LEAD, PARTNER = "lead", "partner"
_SOLE = "1013412347"  # middle digits 01 to 79: a sole proprietor's


def marked(word: str, *rows: tuple[str, str], whose: str = "", signed: bool = True) -> Files:
    """A paper whose items are marked so; it is signed."""

    def edit(uploads: list[Upload]) -> list[Upload]:
        found = next(u for u in uploads if word in u.name and whose in u.name)
        more = [field("signoff.kind", "seal", found.name, index=50)] if signed else []
        for number, (item, mark) in enumerate(rows):
            more.append(field("check.item", item, found.name, index=60 + number))
            more.append(field("check.marked", mark, found.name, index=60 + number))
        reading = found.reading.model_copy(update={"fields": (*found.reading.fields, *more)})
        return [found.model_copy(update={"reading": reading}) if u is found else u for u in uploads]

    return files(edit)


def bare(word: str) -> Files:
    """A paper on which nobody signs."""

    def edit(uploads: list[Upload]) -> list[Upload]:
        found = next(u for u in uploads if word in u.name)
        kept = tuple(f for f in found.reading.fields if not f.name.startswith("signoff."))
        reading = found.reading.model_copy(update={"fields": kept})
        return [found.model_copy(update={"reading": reading}) if u is found else u for u in uploads]

    return files(edit)


def sole(whose: str) -> Files:
    """A sole proprietor's firm: a name without a company's form, a person's number, no registry extract."""
    new = {"org.business_number": _SOLE, "bizreg.number": _SOLE, "org.name": "나래소프트", "bizreg.name": "나래소프트"}

    def edit(uploads: list[Upload]) -> list[Upload]:
        made = []
        for one in uploads:
            own = SHORT[whose] in one.name
            if own and "법인등기부등본" in one.name:
                continue
            fields = []
            for f in one.reading.fields:
                if f.name in new and whose in (f.organisation, whose if own else None):
                    f = f.model_copy(update={"value": new[f.name], "printed": new[f.name]})
                if (f.name, f.organisation) != ("org.corporate_number", whose):
                    fields.append(f)
            segments = one.reading.segments
            if own:
                known = Subject(name="나래소프트", business_number=_SOLE)
                segments = tuple(s.model_copy(update={"subject": known}) for s in segments)
            reading = one.reading.model_copy(update={"fields": tuple(fields), "segments": segments})
            made.append(one.model_copy(update={"reading": reading}))
        return made

    return files(edit)


def entered(**values: object) -> Change:
    """The applicant's online entry."""
    entry = Registration.model_validate(values)
    return lambda submission: submission.model_copy(update={"registration": entry})


_CONSENT, _SAFE, _SECRET = "[서식-7]", "[서식-4]", "[서식-11]"
_PEOPLES = "[서식-10]"
_HAZARD, _CORE = "고압가스, 고온·고압 설비를 사용하는 과제인가?", "국가핵심기술과 관련된 연구개발과제"
_CERTIFICATE = upload(f"[서식-15] 중견기업 확인서_{SHORT[PARTNER]}.pdf", Kind.MIDSIZE_CERTIFICATE, PARTNER)

CATALOGUE: list[Scenario] = [
    # BUD.ROYALTY, DOC.DATA_DUTY: without consent there is no premise for waiving the royalties
    *(of("data_disclosure_consent", None, outcome, f"'{mark}'에 표시", marked(_CONSENT, ("비식별 데이터 제공", mark)))
      for mark, outcome in (("동의함", P), ("동의", P), ("동의하지 않음", F), ("동의 안 함", F), ("미동의", F),
                            ("부동의", F))),
    of("data_disclosure_consent", None, U, "동의하고 날인란을 못 찾음",
       marked(_CONSENT, ("비식별 데이터 제공", "동의함"), signed=False)),
    # DOC.SIGN.PARTICIPANTS: consents on document 10
    of("consents_given", LEAD, P, "모두 동의",
       marked(_PEOPLES, ("개인정보 수집·이용·제공에", "동의함"), whose=SHORT[LEAD])),
    of("consents_given", LEAD, F, "과세정보에 동의하지 않음", marked(_PEOPLES,
       ("개인정보 수집·이용·제공에", "동의함"), ("과세정보 제공·이용에", "동의하지 않음"), whose=SHORT[LEAD])),
    of("consents_given", PARTNER, N, "주관만 동의하지 않음",
       marked(_PEOPLES, ("과세정보 제공·이용에", "동의하지 않음"), whose=SHORT[LEAD])),
    of("consents_given", LEAD, U, "표시하지 않음",
       marked(_PEOPLES, ("과세정보 제공·이용 동의", ""), whose=SHORT[LEAD])),
    of("consents_given", LEAD, N, "표시하는 칸이 없음"),
    of("consents_given", LEAD, U, "서식-10 없음", without(_PEOPLES, SHORT[LEAD])),
    # DOC.SAFETY, DOC.SECURITY: the result follows from the items
    *(of("safety_self_check", None, outcome, f"{item}, 결과 {result}",
         marked(_SAFE, (_HAZARD, item), ("점검결과", result)))
      for item, result, outcome in (
          ("아니오", "해당 없음", P), ("예", "안전관리형 과제 해당", P), ("예", "해당 없음", U),
          ("아니오", "안전관리형 과제 해당", U))),
    *(of("security_grade", None, outcome, f"{item}, {grade}", *(
        marked(_SECRET, (_CORE, item), ("보안등급", grade), whose=SHORT[who]) for who in (LEAD, PARTNER)))
      for item, grade, outcome in (("비해당", "일반과제", P), ("해당", "일반과제", U), ("비해당", "보안과제", U))),
    of("security_grade", None, F, "서식끼리 맞으나 계획서와 다름", *(
        marked(_SECRET, (_CORE, "해당"), ("보안등급", "보안과제"), whose=SHORT[who]) for who in (LEAD, PARTNER))),
    # DOC.MIDSIZE.COND: the certificate of a company that says it is not mid-size
    of("declared_type_consistent", PARTNER, U, "중소라면서 중견기업 확인서",
       marked("[서식-8]", ("기업유형", "중소기업"), whose=SHORT[PARTNER]), files(lambda u: [*u, _CERTIFICATE])),
    of("declared_type_consistent", PARTNER, P, "중소, 확인서 없음",
       marked("[서식-8]", ("기업유형", "중소기업"), whose=SHORT[PARTNER])),
    of("declared_type_consistent", PARTNER, F, "확인서에는 중견",
       marked("[서식-8]", ("기업유형", "중견기업"), whose=SHORT[PARTNER])),
    # DOC.13, ELIG.CO.TYPE, XDOC.CRN: a sole proprietor has no registry extract
    of("document_missing", PARTNER, N, "개인사업자의 등기부", sole(PARTNER), document=13, part="registry"),
    of("document_missing", PARTNER, P, "개인사업자의 사업자등록증", sole(PARTNER), document=13, part="bizreg"),
    of("registry_fresh", PARTNER, N, "개인사업자", sole(PARTNER)),
    of("partner_is_profit_company", PARTNER, P, "개인사업자", sole(PARTNER)),
    of("identity_consistent", PARTNER, P, "개인사업자", sole(PARTNER)),
    of("consortium_one_to_one", None, P, "개인사업자인 공동", sole(PARTNER)),
    # DOC.REGISTRY_3M, DOC.REGISTRY_FULL
    *(of("registry_fresh", LEAD, outcome, f"{unfit}, {day}", has("corpreg.issued", LEAD, day),
         has("corpreg.unfit", LEAD, unfit))
      for unfit in ("viewing_only", "incomplete") for day, outcome in (("2023-01-25", U), ("2023-01-24", F))),
    # DOC.FMT.PLAN_SEAL: the plan's first page, sealed and scanned into the file
    of("signoff_present", LEAD, U, "계획서에 날인한 맨 앞장이 없음", bare("[서식-2]")),
    of("signoff_present", PARTNER, P, "주관의 계획서에 날인이 없음", bare("[서식-2]")),
    # FIN.YEARS: a missing year is no inconsistency of the others
    of("statements_consistent", LEAD, P, "2020년 재무제표 없음", without("2020년", SHORT[LEAD])),
    of("statements_consistent", LEAD, F, "2020년 재무제표 없음, 2021년이 맞지 않음", without("2020년", SHORT[LEAD]),
       fs(LEAD, 2021, assets=1001)),
    of("statements_consistent", LEAD, U, "재무제표가 하나도 없음", without("[서식-14]", SHORT[LEAD])),
    # XDOC.FS_ID: what does not add up is open, and said
    of("statements_consistent", LEAD, F, "자산이 부채와 자본의 합과 다름", fs(LEAD, 2022, assets=1001)),
    # BON.*, PEN.*: claimed and declared on document 3, granted and looked up by staff
    *(of("bonus_points", None, outcome, f"카라반 {caravan}, 라운지 {lounge}", marked(
        "[서식-3]", ("2022년 디지털 카라반 결과보고서 제출", caravan), ("중견기업-스타트업 상생 라운지", lounge)))
      for caravan, lounge, outcome in (("해당없음", "해당없음", N), ("해당", "해당없음", U), ("해당", "해당", U))),
    of("bonus_points", None, P, "담당자가 1점을 인정", fact("bonus_granted", 1, None)),
    *(of("penalty_points", LEAD, outcome, f"신고 {said}, 조회 {looked}",
         marked("[서식-3]", ("국가연구개발혁신법 제32조에 따른 제재처분", said)),
         *(() if looked is None else (fact("penalised", looked),)))
      for said, looked, outcome in (("해당없음", None, U), ("해당", None, F), ("해당없음", False, P),
                                    ("해당없음", True, F), ("해당", False, U))),
    # WIN.REQUIRED_FIELDS: an item that nobody marked
    of("checklist_answered", LEAD, F, "표시하지 않은 항목", marked(_SAFE, (_HAZARD, "아니오"), ("다른 항목", ""))),
    of("checklist_answered", LEAD, U, "표시를 읽지 못한 점검표"),
    # DOC.SPREAD_COMMIT
    of("rollout_pledge", None, P, "날인한 확약서", marked("[서식-6]")),
    of("rollout_pledge", None, F, "확약서 없음", without("[서식-6]")),
    # XDOC.EQUIP: the plans for single outlays against the budget, value added tax apart
    *(of("spending_agrees", LEAD, outcome, f"장비비 {amount}", budget(LEAD, equipment=amount))
      for amount, outcome in ((10_000_000, P), (11_000_000, P), (10_001_000, U), (10_000, U), (0, U))),
    of("spending_agrees", PARTNER, N, "집행계획서 없음"),
    # XDOC.FS_ID: declared ratios, to their last printed place (600 / 400, 300 / 200)
    *(of("declared_ratios", LEAD, outcome, f"부채비율 {ratio}", has("declared.debt_ratio", LEAD, ratio, 2022))
      for ratio, outcome in (("150.0", P), ("150.04", U), ("150", P), ("150.1", U), ("149.9", U), ("1500", U))),
    of("declared_ratios", LEAD, N, "신고한 비율 없음"),
    # EXX.AUDIT_OPINION: whether there had to be an auditor, by the year before the last (외감법 시행령 제5조)
    *(of("external_audit_status", LEAD, outcome, f"자산 {assets}, 부채 {owed}, 매출 {sales}",
         fs(LEAD, 2021, assets=assets, liabilities=owed, revenue=sales))
      for assets, owed, sales, outcome in (
          (11_999, 6_999, 9_999, P), (12_000, 0, 0, U), (0, 7_000, 0, U), (0, 0, 10_000, U), (50_000, 0, 0, U),
          (0, 0, 50_000, U))),
    of("external_audit_status", LEAD, U, "2021년 매출을 모름", gone("fs.revenue", LEAD, 2021)),
    # XDOC.TITLE, XDOC.TOTALS, WIN.AMOUNT_UNIT: the online entry against the plan
    of("online_entry_matches", None, N, "전산 등록이 주어지지 않음"),
    *(of("online_entry_matches", None, outcome, says, entered(**given))
      for says, outcome, given in (
          ("같음", P, {"government": 145 * M, "total": 200 * M, "start": "2023-05-01", "lead_name": "㈜가온정밀"}),
          ("과제명의 띄어쓰기", P, {"title": "가온 공정데이터 솔루션"}),
          ("다른 과제명", F, {"title": "가온 설비 솔루션"}),
          ("1천원 차이", F, {"total": 200 * M + 1000}), ("원을 천원으로", F, {"total": 200_000}),
          ("다른 책임자", F, {"lead_researcher": "김다름"}), ("다른 시작일", F, {"start": "2023-05-02"}))),
    of("online_entry_matches", None, U, "계획서의 금액을 모름", entered(total=200 * M), gone("budget.total", PARTNER)),
    # DOC.COPY_STAMP: what a program made is no copy of paper; staff may have seen otherwise
    of("certified_copy", None, P, "모두 전자 문서"),
    of("certified_copy", None, F, "담당자가 사본을 봄", fact("copies_certified", False, None)),
]  # fmt: skip
