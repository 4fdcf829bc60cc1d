"""Shape of the consortium: who may lead, who may join, certificates (공고 1-3, 2, 4-2)."""

from __future__ import annotations

import re
from dataclasses import replace

from jeopsu.domain.base import Record
from jeopsu.domain.findings import Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import SIZES, who
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import business_number, company_name, corporate_number
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.matter import Answer, Conclusion, Matter, NoParams, check, failed, not_applicable, passed
from jeopsu.validators.rules import candidates

_PROFIT = re.compile(r"주식\s*회사|유한\s*(책임\s*)?회사|합자\s*회사|합명\s*회사|\(\s*[주유]\s*\)|㈜")
_NON_PROFIT = re.compile(r"재단\s*법인|사단\s*법인|\(\s*[재사]\s*\)|학교\s*법인|산학\s*협력단|대학교|연구원$|협회$|㈔")


class Partners(Record):
    """How many partners a lead may have."""

    least: int = 1
    most: int = 1


class Sizes(Record):
    """Sizes that may take part in a role."""

    sizes: tuple[Size, ...]


@check(Partners)
def consortium_one_to_one(matter: Matter[Partners]) -> Answer:
    """Exactly one lead, and as many partners in the plan as the call asks for: one to one, unless it says otherwise."""
    p = matter.params
    ours = {o.key for o in matter.submission.organisations}
    names = {f.organisation: f for f in matter.facts.all("org.name") if f.confirmed and f.organisation in ours}
    matter.facts.note(*names.values())
    leads = [key for key in names if key == "lead"]
    partners = [key for key in names if key and key != "lead"]
    words = ", ".join(f"{'주관' if key == 'lead' else '공동'} {names[key].value}" for key in names)
    doubtful = [f for f in matter.facts.all("org.name") if not f.confirmed and f.organisation in ours - set(names)]
    asked = "1:1 컨소시엄" if p.least == p.most == 1 else f"주관 1, 공동 {p.least}~{p.most} 컨소시엄"
    if len(leads) == 1 and p.least <= len(partners) <= p.most and not doubtful and ours == set(names):
        for partner in partners:
            if same := _one_company(matter, "lead", partner):
                return failed(f"주관과 공동이 한 회사임({same}): {words}", "Lead and partner are one company.")
        return passed(
            f"주관 1개, 공동 {len(partners)}개, 서로 다른 회사: {words}", f"One lead and {len(partners)} partner(s)."
        )
    if len(leads) > 1 or len(partners) > p.most:
        return failed(
            f"{asked}이 아님(주관 {len(leads)}, 공동 {len(partners)}): {words}. 구성을 고쳐 다시 신청하여야 합니다.",
            f"{len(leads)} leads and {len(partners)} partners: not the consortium that the call asks for.",
        )
    if len(leads) == 1 and not partners and not doubtful and _alone(matter) and p.least:
        return failed(
            f"공동연구개발기관이 없음({asked}이어야 함): {words}. 구성을 고쳐 다시 신청하여야 합니다.",
            "There is no partner.",
        )
    raise Unknown(
        Need(words_ko="계획서의 주관·공동연구개발기관 목록", words_en="the plan's list of organisations"),
        *[Need(words_ko=f"기관명: {f.printed}", words_en=f"name: {f.printed}", field=f) for f in doubtful],
    )


def _one_company(matter: Matter[Partners], one: str, other: str) -> str:
    """What shows lead and partner to be one legal person; "" if nothing does. Raises Unknown without their numbers."""
    corporate = [_number(matter, "corporate", key) for key in (one, other)]
    if corporate[0] is not None and corporate[0] == corporate[1]:
        return f"법인등록번호 {corporate_number.shown(corporate[0])}이 같음"
    business = [_number(matter, "business", key) for key in (one, other)]
    if business[0] is not None and business[0] == business[1]:
        return f"사업자등록번호 {business_number.shown(business[0])}이 같음"
    needs = []
    for key, number, registered in zip((one, other), business, corporate, strict=True):
        if number is None:
            needs.append(_distinct(key, "사업자등록번호", "business number"))
        if registered is None and not (number and business_number.of_a_person(number)):
            needs.append(_distinct(key, "법인등록번호", "corporate number"))
    if needs:
        raise Unknown(*needs)
    return ""


def _distinct(key: str, ko: str, en: str) -> Need:
    return Need(words_ko=f"{who(key)[0]}의 {ko}(두 기관이 다른 회사인지)", words_en=f"{en} of the {who(key)[1]}")


def _number(matter: Matter[Partners], which: str, key: str) -> str | None:
    """An organisation's number by plan and certificate; None where neither says it. Raises Unknown if they differ."""
    papers = {"business": "bizreg.number", "corporate": "corpreg.number"}
    found = {str(v) for n in (f"org.{which}_number", papers[which]) if (v := matter.facts.maybe(n, key)) is not None}
    if len(found) > 1:
        shown = business_number.shown if which == "business" else corporate_number.shown
        raise Unknown(
            Need(
                words_ko=f"{who(key)[0]}의 번호가 서류마다 다름({', '.join(map(shown, sorted(found)))})",
                words_en=f"numbers of the {who(key)[1]} differ",
            )
        )
    return found.pop() if found else None


def _alone(matter: Matter[Partners]) -> bool:
    """Whether nothing at all speaks of a second organisation."""
    return len(matter.submission.organisations) == 1


@check(Sizes, organisation=True)
def size_allowed(matter: Matter[Sizes]) -> Answer:
    """The organisation's size, as the plan says it, is one that may take part so."""
    size, allowed = matter.size(), ", ".join(SIZES[s.value][0] for s in matter.params.sizes)
    words = f"계획서의 기관 유형 {SIZES[size.value][0]}, 신청할 수 있는 유형: {allowed}"
    if size in matter.params.sizes:
        return passed(words, f"{size.value} may apply.")
    return failed(f"{words}. 신청할 수 없는 유형임", f"{size.value} may not apply.")


@check(organisation=True)
def lead_is_midsize_or_candidate(matter: Matter[NoParams]) -> Answer:
    """The lead is 중견기업 (certificate valid on the closing date) or 중견기업 후보기업."""
    size = matter.size()
    if size is Size.LARGE or size is Size.SMALL:
        ko = "대기업" if size is Size.LARGE else "중소기업(후보기업이 아님)"
        return failed(
            f"주관연구개발기관이 계획서에서 {ko}으로 신고됨: 중견기업 또는 중견기업 후보기업이어야 함",
            f"The lead declares itself {size.value}: it must be mid-size or a candidate.",
        )
    if size is Size.MIDSIZE:
        certificate = certificate_state(matter)
        if certificate.outcome is Outcome.PASS:
            return passed(f"중견기업: {certificate.ko}", f"Mid-size: {certificate.en}")
        raise Unknown(
            Need(
                words_ko=f"접수 마감일에 유효한 중견기업 확인서({certificate.ko})",
                words_en=f"a mid-size certificate valid on the closing date ({certificate.en})",
            )
        )
    rule = next((rule for rule in matter.call.rules if rule.check == "candidate_conditions"), None)
    version = rule.on(matter.call.closes.date()) if rule else None
    if rule is None or version is None:
        raise Unknown(Need(words_ko="후보기업 조건", words_en="the conditions of a candidate"))
    asking = replace(matter, rule=rule)  # the questions to staff are that rule's
    return candidates.met(matter, candidates.Candidate.model_validate(version.params), asking)


@check(organisation=True)
def midsize_certificate(matter: Matter[NoParams]) -> Answer:
    """Every mid-size organisation gives its certificate: right company, right number, valid on the closing date."""
    if matter.size() is not Size.MIDSIZE:
        return not_applicable("중견기업이 아님", "Not a mid-size company.")
    return certificate_state(matter)


def certificate_state(matter: Matter[NoParams]) -> Conclusion:
    """The certificate of an organisation that is (or says it is) mid-size."""
    facts, key, closing = matter.facts, matter.key, matter.call.closes.date()
    papers = matter.files(Kind.MIDSIZE_CERTIFICATE, key)
    claimed = [f for f in matter.submission.files if f.claimed == key and f.kind is Kind.MIDSIZE_CERTIFICATE]
    if not papers and not claimed:
        return failed("중견기업 확인서가 없음. 발급받아 제출해 주십시오.", "No mid-size certificate. Hand it in.")
    files = tuple(file.name for file in papers or claimed)
    if not papers:
        return failed(
            "이 기관 이름의 중견기업 확인서에 다른 회사의 내용이 들어 있음. 이 기관의 확인서로 바꿔 주십시오.",
            "The certificate under this organisation's name is another company's. Replace it.",
            files=files,
        )
    own = matter.organisation.name if matter.organisation else ""
    gaps: list[Need] = []  # a certificate that has run out has run out, whatever else of it was not read
    name = _text(matter, "midsize.name", gaps)
    if (
        name
        and matter.organisation
        and not any(company_name.same(name, n) for n in (own, *matter.organisation.aliases))
    ):
        return failed(
            f"확인서의 기업명 {name} ≠ {own}. 이 기관의 확인서로 바꿔 주십시오.",
            f"The certificate is for {name}. Replace it.",
            files=files,
        )
    number = _text(matter, "midsize.business_number", gaps)
    planned = facts.maybe("org.business_number", key) or _text(matter, "bizreg.number", gaps)
    if number and planned and planned != number:
        return failed(
            f"확인서의 사업자등록번호 {business_number.shown(number)} ≠ {business_number.shown(str(planned))}. "
            "이 기관의 확인서로 바꿔 주십시오.",
            "The certificate's business number differs. Replace it.",
            files=files,
        )
    first, last = facts.day("midsize.valid_from", key), facts.day("midsize.valid_to", key)
    words = f"유효기간 {first} ~ {last}, 접수 마감일 {closing}"
    if first <= closing <= last:
        if gaps:
            raise Unknown(*gaps)
        return passed(f"중견기업 확인서 {words}: 유효함", f"Certificate valid {first}–{last}.", files=files)
    return failed(
        f"중견기업 확인서 {words}: 마감일에 유효하지 않음. 새로 발급받아 제출해 주십시오.",
        f"Certificate valid {first}–{last}, not on {closing}. Get a new one.",
        files=files,
    )


def _text(matter: Matter[NoParams], name: str, gaps: list[Need]) -> str | None:
    """A text that is known, or None, with what would settle it put to the gaps."""
    try:
        return matter.facts.text(name, matter.key)
    except Unknown as gap:
        gaps += gap.needs
        return None


@check(asks=("for_profit",), organisation=True)
def partner_is_profit_company(matter: Matter[NoParams]) -> Answer:
    """The partner is a company for profit, by the legal form in its name, or a sole proprietor's firm."""
    sources = ("corpreg.name", "bizreg.name", "org.name")
    for source in sources:
        value = known_text(matter, source)
        if value and _PROFIT.search(value):  # "주식회사 한국미래연구원" is a company, whatever it calls itself
            return passed(f"영리법인: {value}", f"A company for profit: {value}.")
        if value and _NON_PROFIT.search(value):
            return failed(
                f"공동연구개발기관이 영리기업이 아님(법인 이름의 형태): {value}", f"Not a company for profit: {value}."
            )
    if matter.organisation and matter.organisation.sole_proprietor:
        return passed("개인사업자(사업자등록번호의 가운데 두 자리)", "A sole proprietor's firm.")
    if matter.ask("for_profit"):
        return passed(f"담당자가 영리기업으로 확인함{matter.looked_up()}", "Staff confirmed a company for profit.")
    return failed(f"영리기업이 아님{matter.looked_up()}", "Not a company for profit.")


def known_text(matter: Matter[NoParams], name: str) -> str | None:
    """A confirmed text, or None."""
    try:
        return matter.facts.text(name, matter.key)
    except Unknown:
        return None


@check(asks=("finished_demonstration", "agreement_given"), organisation=True)
def demonstration_agreement(matter: Matter[NoParams]) -> Answer:
    """A partner that finished a 2022 demonstration project gives its agreement: staff know who did."""
    if not matter.ask("finished_demonstration"):
        return not_applicable(f"실증과제를 수행하지 않음{matter.looked_up()}", "No demonstration project.")
    if matter.ask("agreement_given"):
        return passed(f"실증과제 협약서가 있음{matter.looked_up()}", "The agreement is there.")
    return failed(
        f"실증과제 협약서가 없음{matter.looked_up()}. 제출해 주십시오.", "The agreement is missing. Hand it in."
    )
