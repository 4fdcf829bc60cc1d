"""Shape of the consortium: who may lead, who may join, certificates and candidates (공고 1-3, 2, 4-2)."""

from __future__ import annotations

import re
from fractions import Fraction

from jeopsu.domain.base import Record
from jeopsu.domain.findings import Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import company_name, won
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.logic import all_of, any_of, known
from jeopsu.validators.matter import Answer, Conclusion, Matter, NoParams, check, failed, not_applicable, passed

_PROFIT = re.compile(r"주식\s*회사|유한\s*(책임\s*)?회사|합자\s*회사|합명\s*회사|\(\s*[주유]\s*\)|㈜")
_NON_PROFIT = re.compile(r"재단\s*법인|사단\s*법인|\(\s*[재사]\s*\)|학교\s*법인|산학\s*협력단|대학교|연구원$|협회$|㈔")


class Candidate(Record):
    """Numbers of the candidate's conditions (시행령 제2조, 별표 1·2). Won and percent."""

    small_mean_revenue: int  # above it a company is small in no industry
    small_assets: int
    outgrown_years: int
    revenue_any: int  # from here on ③ holds in every industry
    revenue_none: int  # below it in none
    revenue_by_industry: dict[str, int]  # KSIC → won; those whose source is doubtful are left out
    growth: int
    rnd: int


@check()
def consortium_one_to_one(matter: Matter[NoParams]) -> Answer:
    """Exactly one lead and one partner in the plan."""
    ours = {o.key for o in matter.submission.organisations}
    names = {f.organisation: f for f in matter.facts.all("org.name") if f.confirmed and f.organisation in ours}
    matter.facts.note(*names.values())
    leads = [key for key in names if key == "lead"]
    partners = [key for key in names if key and key != "lead"]
    words = ", ".join(f"{'주관' if key == 'lead' else '공동'} {names[key].value}" for key in names)
    doubtful = [f for f in matter.facts.all("org.name") if not f.confirmed and f.organisation in ours - set(names)]
    if len(leads) == 1 and len(partners) == 1 and not doubtful:
        one, other = (matter.facts.maybe("org.corporate_number", key) for key in ("lead", partners[0]))
        if one is not None and one == other:
            return failed(f"주관과 공동의 법인등록번호가 같아 한 회사임: {words}", "Lead and partner are one company.")
        return passed(f"주관 1개, 공동 1개: {words}", "One lead and one partner.")
    if len(leads) > 1 or len(partners) > 1:
        return failed(
            f"1:1 컨소시엄이 아님(주관 {len(leads)}, 공동 {len(partners)}): {words}",
            f"Not a one-to-one consortium: {len(leads)} leads, {len(partners)} partners.",
        )
    if len(leads) == 1 and not partners and not doubtful and _alone(matter):
        return failed(f"공동연구개발기관이 없음: {words}", "There is no partner.")
    raise Unknown(
        Need(words_ko="계획서의 주관·공동연구개발기관 목록", words_en="the plan's list of organisations"),
        *[Need(words_ko=f"기관명: {f.printed}", words_en=f"name: {f.printed}", field=f) for f in doubtful],
    )


def _alone(matter: Matter[NoParams]) -> bool:
    """Whether nothing at all speaks of a second organisation."""
    return len(matter.submission.organisations) == 1


@check()
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
    return _candidate(matter, Candidate.model_validate(version.params), matter_of(matter, rule))


def matter_of(matter: Matter[NoParams], rule: object) -> Matter[NoParams]:
    """The same matter under another rule, so that its staff questions can be asked."""
    from dataclasses import replace

    return replace(matter, rule=rule)  # type: ignore[arg-type]


@check(Candidate)
def candidate_conditions(matter: Matter[Candidate]) -> Answer:
    """①∧② or ①∧③∧④ or ①∧③∧⑤; ① holds for companies deemed small too (reading 1)."""
    if matter.size() is not Size.MIDSIZE_CANDIDATE:
        return not_applicable("중견기업 후보기업으로 신청하지 않음", "Not a candidate.")
    return _candidate(matter, matter.params, matter)


def _candidate(matter: Matter[NoParams] | Matter[Candidate], p: Candidate, asking: object) -> Conclusion:
    facts, key, years = matter.facts, matter.key, matter.call.fiscal_years
    ask = asking if isinstance(asking, Matter) else matter
    last = years[-1]

    def revenue(year: int) -> int:
        return facts.won("fs.revenue", key, year)

    def outgrown() -> bool:  # ②
        year = int(ask.ask("outgrown_year"))
        return year > 0 and year + 1 <= matter.call.closes.year <= year + p.outgrown_years

    def too_big() -> bool:
        return any_of(
            [
                lambda: sum(revenue(year) for year in years) > p.small_mean_revenue * len(years),
                lambda: facts.won("fs.assets", key, last) >= p.small_assets,
            ]
        )

    def small() -> bool:  # ①: provably not, else only staff can say
        return any_of([outgrown, lambda: not too_big() and bool(ask.ask("is_small_company"))])

    def industry() -> bool:  # ③
        if revenue(last) >= p.revenue_any:
            return True
        if revenue(last) < p.revenue_none:
            return False
        code = str(ask.ask("main_industry")).upper()
        least = p.revenue_by_industry.get(code, p.revenue_by_industry.get(code[:1]))
        if least is None:
            raise Unknown(
                Need(words_ko=f"업종 {code}의 매출액 기준(별표 1)", words_en=f"the threshold of industry {code}")
            )
        return revenue(last) >= least

    def growth() -> bool:  # ④
        first, middle, final = (revenue(year) for year in years)
        if min(first, middle) <= 0:
            raise Unknown(Need(words_ko="매출액이 0인 해가 있어 증가율", words_en="growth with a year without revenue"))
        target = Fraction(100 + p.growth, 100)
        compound = Fraction(final, first) >= target**2
        mean = (Fraction(middle, first) + Fraction(final, middle)) / 2 >= target
        if compound != mean:
            raise Unknown(
                Need(
                    words_ko="매출액 증가율 산식(별표 2): 두 산식의 결과가 다름(읽기 12)",
                    words_en="the formula of growth",
                )
            )
        return compound

    def research() -> bool:  # ⑤: what stands in the income statement is a lower bound
        if sum(_ratio(facts.won("fs.rnd_expense", key, y), revenue(y)) for y in years) / len(years) * 100 >= p.rnd:
            return True
        raise Unknown(
            Need(
                words_ko="제조원가·자산화분을 더한 연구개발투자액", words_en="R&D spending beyond the income statement"
            )
        )

    parts = {"①": small, "②": outgrown, "③": industry, "④": growth, "⑤": research}
    words = ", ".join(f"{name} {_tri(known(part))}" for name, part in parts.items())
    met = all_of([small, lambda: any_of([outgrown, lambda: all_of([industry, lambda: any_of([growth, research])])])])
    shown = f"{last}년 매출액 {won.shown(revenue(last))}, {words}{matter.looked_up()}"
    if met:
        return passed(f"후보기업 조건 충족: {shown}", f"Conditions of a candidate met ({words}).")
    return failed(f"후보기업 조건을 충족하지 않음: {shown}", f"Conditions of a candidate not met ({words}).")


def _ratio(part: int, whole: int) -> Fraction:
    if whole <= 0:
        raise Unknown(Need(words_ko="매출액이 0인 해가 있음", words_en="a year without revenue"))
    return Fraction(part, whole)


def _tri(value: bool | None) -> str:
    return "확인 필요" if value is None else "충족" if value else "미충족"


@check()
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
    name, own = facts.text("midsize.name", key), matter.organisation.name if matter.organisation else ""
    if matter.organisation and not any(company_name.same(name, n) for n in (own, *matter.organisation.aliases)):
        return failed(f"확인서의 기업명 {name} ≠ {own}", f"The certificate is for {name}.", files=files)
    number = facts.text("midsize.business_number", key)
    planned = facts.maybe("org.business_number", key)
    if planned is not None and planned != number:
        return failed(
            "확인서의 사업자등록번호가 계획서와 다름", "The certificate's business number differs.", files=files
        )
    first, last = facts.day("midsize.valid_from", key), facts.day("midsize.valid_to", key)
    words = f"유효기간 {first} ~ {last}, 접수 마감일 {closing}"
    if first <= closing <= last:
        return passed(f"중견기업 확인서 {words}: 유효함", f"Certificate valid {first}–{last}.", files=files)
    return failed(
        f"중견기업 확인서 {words}: 마감일에 유효하지 않음. 새로 발급받아 제출해 주십시오.",
        f"Certificate valid {first}–{last}, not on {closing}. Get a new one.",
        files=files,
    )


@check()
def partner_is_profit_company(matter: Matter[NoParams]) -> Answer:
    """The partner is a company for profit, by the legal form in its name."""
    sources = ("corpreg.name", "bizreg.name", "org.name")
    for source in sources:
        value = known_text(matter, source)
        if value and _NON_PROFIT.search(value):
            return failed(
                f"공동연구개발기관이 영리기업이 아닌 것으로 보임: {value}", f"Not a company for profit: {value}."
            )
        if value and _PROFIT.search(value):
            return passed(f"영리법인: {value}", f"A company for profit: {value}.")
    if matter.ask("for_profit"):
        return passed(f"담당자가 영리기업으로 확인함{matter.looked_up()}", "Staff confirmed a company for profit.")
    return failed(f"영리기업이 아님{matter.looked_up()}", "Not a company for profit.")


def known_text(matter: Matter[NoParams], name: str) -> str | None:
    """A confirmed text, or None."""
    try:
        return matter.facts.text(name, matter.key)
    except Unknown:
        return None


@check()
def demonstration_agreement(matter: Matter[NoParams]) -> Answer:
    """A partner that finished a 2022 demonstration project gives its agreement: staff know who did."""
    if not matter.ask("finished_demonstration"):
        return not_applicable(f"실증과제를 수행하지 않음{matter.looked_up()}", "No demonstration project.")
    if matter.ask("agreement_given"):
        return passed(f"실증과제 협약서가 있음{matter.looked_up()}", "The agreement is there.")
    return failed("실증과제 협약서가 없음. 제출해 주십시오.", "The agreement is missing. Hand it in.")
