"""Entries of the rule catalogue that no other scenario holds: just inside and just outside of what each asks."""

from __future__ import annotations

from jeopsu.domain.kinds import Kind, Subject
from jeopsu.domain.submissions import Upload
from tests.validators.proposals import SHORT, field, upload
from tests.validators.scenario import F, Files, N, P, Scenario, U, files, fs, of, without

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
]  # fmt: skip
