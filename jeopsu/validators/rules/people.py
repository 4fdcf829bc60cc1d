"""People: rates, numbers of projects, the same people everywhere (공고 4-3 9쪽, 8 15쪽)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from jeopsu.domain.base import Record
from jeopsu.domain.fields import FieldValue, Value
from jeopsu.domain.findings import About
from jeopsu.domain.kinds import Kind
from jeopsu.domain.values import person_name
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.logic import any_of
from jeopsu.validators.lookup import stands_in
from jeopsu.validators.matter import Answer, Matter, NoParams, check, failed, passed
from jeopsu.validators.people import Person


class Rate(Record):
    """A limit in percent."""

    percent: Decimal


class Projects(Record):
    """How many projects; `counts_this`: whether the form's number includes the one applied for."""

    researcher: int
    lead: int
    counts_this: bool


def _members(matter: Matter[Rate] | Matter[Projects] | Matter[NoParams]) -> list[Person]:
    """The organisation's people. Raises Unknown where the plan's table could not be read at all."""
    everyone = matter.people()
    mine = [person for person in everyone if person.organisation == matter.key]
    if not mine:
        raise Unknown(Need(words_ko="계획서의 참여연구자 명단", words_en="the plan's list of participants"))
    return mine


def _judge(
    matter: Matter[Rate] | Matter[Projects],
    bad: Callable[[Person], bool],
    good: Callable[[], tuple[str, str]],
    wrong: Callable[[list[Person]], tuple[str, str]],
) -> Answer:
    """One look at everybody: a certain violation decides, otherwise everybody must be known."""
    guilty: list[Person] = []
    needs: list[Need] = []
    for person in _members(matter):
        try:
            if bad(person):
                guilty.append(person)
        except Unknown as gap:
            needs += gap.needs
    strangers = [p for p in matter.people() if p.organisation is None]
    if guilty:
        ko, en = wrong(guilty)
        more = f" (그 밖에 확인할 사람 {len(needs)}명)" if needs else ""
        return failed(ko + more, en, about=About(person=guilty[0].name if len(guilty) == 1 else None))
    needs += [Need(words_ko=f"{p.name}의 소속기관", words_en=f"the organisation of {p.name}") for p in strangers]
    if needs:
        raise Unknown(*needs)
    return passed(*good())


def _rates(
    matter: Matter[Rate],
    field: str,
    *,
    bad: Callable[[Decimal], bool],
    nearest: Callable[[list[Decimal]], Decimal],
    wrong: Callable[[str], tuple[str, str]],
    good: Callable[[int, str, Decimal], tuple[str, str]],
) -> Answer:
    """One rate of each participant against a limit. `wrong` gets the names and rates beyond it; `good` the number of
    people, and of the one nearest to the limit the name and rate."""

    def rate(person: Person) -> Decimal:
        return Decimal(str(person.value(matter.facts, field, person.name)))

    def guilty(people: list[Person]) -> tuple[str, str]:
        return wrong(", ".join(f"{person.name} {rate(person)}%" for person in people))

    def everybody() -> tuple[str, str]:
        members = _members(matter)
        most = nearest([rate(person) for person in members])
        return good(len(members), next(person.name for person in members if rate(person) == most), most)

    return _judge(matter, lambda person: bad(rate(person)), everybody, guilty)


@check(Rate, organisation=True)
def participation_rate_min(matter: Matter[Rate]) -> Answer:
    """Each participant's rate in this project at or above the floor."""
    least = matter.params.percent
    return _rates(
        matter,
        "participant.rate",
        bad=lambda rate: rate < least,
        nearest=min,
        wrong=lambda shown: (
            f"인건비계상률 {least}% 미만: {shown}. {least}% 이상으로 고쳐 주십시오.",
            f"Participation rate below {least} %: {shown}. Raise it.",
        ),
        good=lambda people, name, rate: (
            f"참여연구자 {people}명의 인건비계상률 ≥ {least}% (가장 낮은 사람 {name} {rate}%)",
            f"All rates are at or above {least} %; the lowest is {rate} %.",
        ),
    )


@check(Rate, organisation=True)
def participation_rate_total(matter: Matter[Rate]) -> Answer:
    """Each participant's total over all projects within 100 %; every listed project counts."""
    most = matter.params.percent
    return _rates(
        matter,
        "participant.rate_total",
        bad=lambda rate: rate > most,
        nearest=max,
        wrong=lambda shown: (
            f"총 인건비계상률 {most}% 초과: {shown}. 계상률을 줄여 주십시오.",
            f"Total rate above {most} %: {shown}. Lower it.",
        ),
        good=lambda people, name, rate: (
            f"참여연구자 {people}명의 총 인건비계상률 ≤ {most}% (가장 높은 사람 {name} {rate}%; "
            f"{matter.form(Kind.PARTICIPATION_RATES)} 신고 기준, NTIS 대조는 담당자)",
            f"All total rates are within {most} % as declared; the highest is {rate} %.",
        ),
    )


@check(Projects, organisation=True)
def concurrent_projects(matter: Matter[Projects]) -> Answer:
    """Projects of each participant, and of the lead researcher as lead; exactly at the limit is open (reading 5)."""
    p = matter.params

    def others(person: Person, name: str, limit: int, what: str) -> bool:
        count = person.value(matter.facts, name, person.name)
        assert isinstance(count, int)
        beside = count - 1 if p.counts_this else count
        if beside > limit:
            return True
        if beside == limit:
            raise Unknown(
                Need(
                    words_ko=f"{person.name}: 다른 {what} 꼭 {limit}개여서 이 과제를 더하면 초과. 셈에 "
                    "넣는지 담당자가 정해야 함(읽기 5)",
                    words_en=f"{person.name} has exactly {limit} other projects: does this one count? (reading 5)",
                )
            )
        return False

    def leads_others(person: Person) -> bool:
        """Who does not lead this project may lead too many others; whether that is meant, the notice leaves open."""
        told = [f.value for f in person.all("participant.projects_as_lead")]
        count = max((value for value in told if isinstance(value, int)), default=0)  # doubtful ones, too
        if count > p.lead:
            raise Unknown(
                Need(
                    words_ko=f"{person.name}: 다른 과제의 연구책임자로 {count}개({p.lead}개 초과). 이 과제의 "
                    "연구책임자가 아닌 사람에게도 적용할지 담당자가 정해야 함",
                    words_en=f"{person.name} leads {count} other projects: does the limit of {p.lead} hold for "
                    "somebody who does not lead this one?",
                )
            )
        return False

    def bad(person: Person) -> bool:
        role = person.role
        if role is None:
            raise Unknown(Need(words_ko=f"{person.name}의 역할", words_en=f"the role of {person.name}"))
        if role == "lead":
            return others(person, "participant.projects_as_lead", p.lead, "책임자 과제")
        return any_of(
            [partial(others, person, "participant.projects", p.researcher, "참여 과제"), partial(leads_others, person)]
        )

    def _count(person: Person) -> Value:
        lead = person.role == "lead"
        return person.value(matter.facts, "participant.projects_as_lead" if lead else "participant.projects", "")

    def words(guilty: list[Person]) -> tuple[str, str]:
        shown = ", ".join(f"{person.name} {_count(person)}개" for person in guilty)
        return (
            f"동시 수행 과제 수 초과(기준 참여 {p.researcher}개, 책임 {p.lead}개; "
            f"{'이 과제 포함' if p.counts_this else '이 과제 제외'}): {shown}. 참여를 조정해 주십시오.",
            f"Too many concurrent projects: {shown}. Rearrange the participation.",
        )

    def good() -> tuple[str, str]:
        ko = (
            f"참여연구자 {len(_members(matter))}명 모두 참여 {p.researcher}개·책임 {p.lead}개를 넘지 않음 "
            f"({matter.form(Kind.PARTICIPATION_RATES)} 신고 기준, NTIS 대조는 담당자)"
        )
        return ko, "Nobody has too many projects, as declared."

    return _judge(matter, bad, good, words)


@check()
def participants_agree(matter: Matter[NoParams]) -> Answer:
    """The same people in the plan, in the rates form and in the consents."""
    everyone = matter.people()
    planned = {person_name.plain(p.name): p for p in everyone if p.planned}
    if not planned:
        raise Unknown(Need(words_ko="계획서의 참여연구자 명단", words_en="the plan's list of participants"))
    results = [
        _compare(
            f"{matter.form(Kind.PARTICIPATION_RATES)}",
            planned,
            _names(matter, "participant.rate_total", "participant.name"),
        ),
        _compare(f"{matter.form(Kind.PERSONAL_CONSENT)}", planned, _consenting(matter)),
    ]
    differences = [words for words, open_ in results if words and not open_]
    if differences:
        text = "; ".join(differences)
        return failed(f"{text}. 명단을 맞추어 다시 내 주십시오.", f"The lists of people differ: {text}")
    if gaps := [words for words, open_ in results if open_]:
        raise Unknown(*[Need(words_ko=words, words_en=words) for words in gaps])
    return passed(
        f"계획서, {matter.form(Kind.PARTICIPATION_RATES)}, {matter.form(Kind.PERSONAL_CONSENT)}의 참여자 "
        f"{len(planned)}명이 같음",
        f"The same {len(planned)} people in all three.",
    )


def _names(matter: Matter[NoParams], marker: str, name: str) -> list[FieldValue]:
    """Names in the files that hold `marker` fields (the rates form)."""
    files = {f.file for f in matter.facts.all(marker)}
    plan = {f.file for f in matter.facts.all("org.name")}
    return [f for f in matter.facts.all(name) if f.file in files - plan]


def _consenting(matter: Matter[NoParams]) -> list[FieldValue]:
    where = matter.places(matter.submission.files, Kind.PERSONAL_CONSENT)
    return [f for f in matter.facts.all("signoff.name") if stands_in(f, where)]


def _compare(form: str, planned: dict[str, Person], found: list[FieldValue]) -> tuple[str, bool]:
    """What differs, and whether that is open; new hires need not stand in it.

    Doubtful names may be anybody's, and on a scan a line may have gone unread: a person looks for who is not on it.
    """
    if not found:
        return f"{form}의 이름을 읽지 못함", True
    names = {person_name.plain(str(f.value)): f for f in found if f.value is not None}
    doubtful = any(not f.confirmed for f in found)
    missing = [p.name for key, p in planned.items() if key not in names and p.maybe("participant.new_hire") is not True]
    extra = [str(f.value) for key, f in names.items() if key not in planned and f.confirmed]
    perhaps_new = any(p.name in missing and _perhaps_new(p) for p in planned.values())
    if not missing and not extra:
        return (f"{form}에서 확인되지 않은 이름", True) if doubtful else ("", False)
    scanned = any(f.how.startswith("ocr") for f in found)
    words = f"{form}에 없는 사람 {', '.join(missing)}" if missing else ""
    more = f"{form}에만 있는 사람 {', '.join(extra)}" if extra else ""
    return "; ".join(w for w in (words, more) if w), doubtful or perhaps_new or bool(missing and scanned and not extra)


def _perhaps_new(person: Person) -> bool:
    """Whether the plan's word on a new hire is doubtful."""
    return any(not f.confirmed for f in person.all("participant.new_hire"))
