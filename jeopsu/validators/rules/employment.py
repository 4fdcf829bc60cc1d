"""Employment of the responsible people: by the certificates of document 12 (공고 4-3 9쪽, 7)."""

from __future__ import annotations

from datetime import date

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import About
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import labelled
from jeopsu.domain.values import company_name, person_name
from jeopsu.validators.attached import evidence_files
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.logic import known
from jeopsu.validators.lookup import Places, stands_in
from jeopsu.validators.matter import Answer, Matter, NoParams, check, failed, passed, undetermined


def _certificates(matter: Matter[NoParams]) -> Places:
    """The employment certificates given for this organisation, whoever issued them."""

    def work() -> Places:
        mine = [file for file in matter.live() if matter.key == (file.claimed or file.organisation)]
        return matter.places(mine, Kind.EMPLOYMENT_CERTIFICATE)

    return matter.facts.once(("employment certificates", matter.key), work)


def certificate_fields(matter: Matter[NoParams], name: str) -> list[FieldValue]:
    """A field of the employment certificates given for this organisation, whoever issued them."""
    where = _certificates(matter)
    found = [f for f in matter.facts.all(name) if stands_in(f, where)]
    matter.facts.note(*found)
    return found


def _sure(matter: Matter[NoParams], name: str, what: tuple[str, str]) -> str:
    found = certificate_fields(matter, name)
    values = {str(f.value) for f in found if f.confirmed}
    if len(values) == 1:
        return values.pop()
    doubtful = next((f for f in found if not f.confirmed), None)
    raise Unknown(Need(words_ko=what[0], words_en=what[1], field=doubtful))


def _responsible(matter: Matter[NoParams]) -> list[str]:
    """Who leads the organisation's part by the plan. Raises Unknown where it names nobody."""
    leads = [p.name for p in matter.people() if p.organisation == matter.key and p.role in ("lead", "co_lead")]
    if matter.key == "lead" and (planned := matter.facts.maybe("plan.lead_researcher", None)) is not None:
        leads.append(str(planned))
    if not leads:
        raise Unknown(Need(words_ko="계획서의 책임자 이름", words_en="the responsible person's name in the plan"))
    return leads


def _is_one_of(name: str, leads: list[str]) -> bool:
    return any(person_name.plain(name) == person_name.plain(lead) for lead in leads)


@check(may_ask=("double_post_permitted",), organisation=True)
def lead_affiliation(matter: Matter[NoParams]) -> Answer:
    """The responsible person's employer, by the employment certificate, is the applying organisation."""
    employer = _sure(
        matter, "employment.organisation", ("재직증명서의 회사명", "the employer on the employment certificate")
    )
    name = _sure(matter, "employment.name", ("재직증명서의 성명", "the name on the employment certificate"))
    if not _is_one_of(name, _responsible(matter)):
        raise Unknown(
            Need(
                words_ko=f"책임자의 재직증명서(낸 것은 {name}의 것)",
                words_en=f"the responsible person's employment certificate (this one is {name}'s)",
            )
        )
    organisation = matter.organisation
    assert organisation is not None
    if ended := _ended(matter):
        raise Unknown(
            Need(
                words_ko=f"{name}이(가) 재직 중인지: 재직증명서의 재직기간이 {ended.value}에 끝남",
                words_en=f"whether {name} is still employed: by the certificate until {ended.value}",
                field=ended,
            )
        )
    if any(company_name.same(employer, own) for own in (organisation.name, *organisation.aliases)):
        return passed(
            f"{name}의 재직증명서 발급 회사 {employer} = {organisation.name}", f"{name} is employed by {employer}."
        )
    if matter.declares("double_post_permitted") and known(lambda: bool(matter.ask("double_post_permitted"))):
        return passed(
            f"{name}의 소속은 {employer}이나 겸임·겸직 허가가 확인됨{matter.looked_up()}", "A double post is permitted."
        )
    evidence = evidence_files(matter, Kind.EMPLOYMENT_CERTIFICATE, Kind.ELIGIBILITY_DECLARATION)
    if matter.declares("double_post_permitted") and evidence and not matter.facts.looked_up:
        return undetermined(
            f"{name}의 소속 {employer} ≠ 신청기관 {organisation.name}. 함께 낸 증빙({', '.join(evidence)})이 "
            "겸임·겸직 허가인지 담당자가 보아야 함",
            f"{name} is employed by {employer}. Staff must see whether the evidence is a permission for a double post.",
            about=About(person=name),
            files=tuple(evidence),
            staff=("double_post_permitted",),
        )
    return failed(
        f"{name}의 소속 {employer} ≠ 신청기관 {organisation.name}. 소속을 바로잡거나 겸임·겸직 허가를 내 주십시오.",
        f"{name} is employed by {employer}, not by {organisation.name}. Correct it or hand in the permission.",
        about=About(person=name),
    )


def _ended(matter: Matter[NoParams]) -> FieldValue | None:
    """A last day of employment before the closing day, however surely it was read. The day of issue is none: "… 부터
    2023년 4월 10일 현재까지"."""
    issued = {f.value for f in certificate_fields(matter, "employment.issued")}
    ends = [f for f in certificate_fields(matter, "employment.left") if f.value not in issued]
    closing = matter.call.closes.date()
    return next((f for f in ends if f.value is None or (isinstance(f.value, date) and f.value < closing)), None)


@check(organisation=True)
def employment_matches(matter: Matter[NoParams]) -> Answer:
    """The employment certificate is the responsible person's of this organisation."""
    name = _sure(matter, "employment.name", ("재직증명서의 성명", "the name on the employment certificate"))
    leads = _responsible(matter)
    if _is_one_of(name, leads):
        return passed(f"책임자 {name}의 재직증명서", f"The certificate of {name}.", about=About(person=name))
    return failed(
        f"재직증명서의 {name} ≠ 책임자 {', '.join(sorted(set(leads)))}. 책임자의 재직증명서를 내 주십시오.",
        f"The certificate is of {name}, not of the responsible person. Hand in the right one.",
        about=About(person=name),
    )


@check(organisation=True)
def employment_dates(matter: Matter[NoParams]) -> Answer:
    """The employment certificate was given after the person joined, and not after the submission."""
    if not _certificates(matter):
        raise Unknown(Need(words_ko="재직증명서의 입사일과 발급일", words_en="the dates on the employment certificate"))
    joined, issued = _days(matter, "employment.joined"), _days(matter, "employment.issued")
    last = matter.call.day(matter.submission.received or matter.call.closes)
    for file, day in issued.items():
        if day > last:
            return _bad_dates(f"발급일 {day} > 제출일 {last}")
        if file in joined and joined[file] > day:
            return _bad_dates(f"입사일 {joined[file]} > 발급일 {day}")
    unread = [
        Need(words_ko=f"{labelled(name, None).ko}: {file}", words_en=f"{labelled(name, None).en}: {file}")
        for name, days in (("employment.joined", joined), ("employment.issued", issued))
        for file in _certificates(matter)
        if file not in days
    ]
    if unread:
        raise Unknown(*unread)
    words = ", ".join(f"입사일 {joined[file]} ≤ 발급일 {day} ≤ 제출일 {last}" for file, day in issued.items())
    return passed(words, "Joined before the certificate was given, and that before the submission.")


def _bad_dates(slip: str) -> Answer:
    return failed(f"재직증명서의 날짜가 맞지 않음: {slip}. 바른 증명서를 내 주십시오.", f"Its dates do not fit: {slip}")


def _days(matter: Matter[NoParams], name: str) -> dict[str, date]:
    """The one confirmed day of each certificate."""
    days: dict[str, set[date]] = {}
    for field in certificate_fields(matter, name):
        if field.confirmed and isinstance(field.value, date) and field.file:
            days.setdefault(field.file, set()).add(field.value)
    return {file: found.pop() for file, found in days.items() if len(found) == 1}
