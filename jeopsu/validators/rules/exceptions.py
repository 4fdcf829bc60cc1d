"""A limit that is hit, against its exceptions: the flags that the call lets staff set, age, what is attached.

Each exception is looked at, and the message says which were and why none applied.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from jeopsu.domain.calls import StaffInput
from jeopsu.domain.kinds import Kind
from jeopsu.validators.attached import evidence_files
from jeopsu.validators.dates import years_after
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.logic import known
from jeopsu.validators.matter import Answer, Matter, failed, not_applicable, undetermined


def unless_exempt(
    matter: Matter[Any], ko: str, en: str, *, young_years: int | None = None, by_attachment: bool = True
) -> Answer:
    """A fail, unless an exception holds (not applicable) or may hold (undetermined).

    `young_years`: companies younger than that on the closing day are exempt. `by_attachment`: whether papers beside the
    declaration may be the proof of an exception.
    """
    answers = _answers(matter)
    if granted := _granted(matter, answers):
        return not_applicable(
            f"{ko}이나 예외에 해당: {_title(granted)}{matter.looked_up()}", f"{en}, but an exception holds."
        )
    age = ""
    if young_years is not None:
        try:
            opened = matter.facts.day("bizreg.opened", matter.key)
        except Unknown as gap:  # the limit is hit for certain: say so beside what is open
            words = f"{ko}. 사업개시일이 {young_years}년 미만이면 적용하지 않음: "
            raise Unknown(*[need._replace(words_ko=words + need.words_ko) for need in gap.needs]) from None
        closing, limit = matter.call.closes.date(), years_after(opened, young_years)
        if closing == limit:
            raise Unknown(
                Need(
                    words_ko=f"{ko}. 사업개시일 {opened}부터 접수 마감일까지 꼭 {young_years}년: "
                    "'미만'인지 담당자가 정해야 함",
                    words_en="the company is exactly as old as the exception's limit",
                )
            )
        if closing < limit:
            return not_applicable(
                f"{ko}이나, 사업개시일 {opened}부터 접수 마감일 {closing}까지 {young_years}년 미만이어서 적용하지 않음",
                f"{en}, but the company opened on {opened}, less than {young_years} years before the closing date.",
            )
        age = f"사업개시일 {opened}({young_years}년 이상이어서 예외 아님)"
    open_ = [item for item in _flags(matter) if answers[item.id] is None]
    return _without(
        matter,
        ko,
        en,
        age,
        open_,
        evidence_files(matter, Kind.ELIGIBILITY_DECLARATION) if open_ and by_attachment else [],
    )


def exempt_whatever(matter: Matter[Any], gap: Unknown, *, young_years: int) -> Answer:
    """Where the figures leave a limit open: an exception that holds settles it all the same. Else raises the gap."""
    if granted := _granted(matter, _answers(matter)):
        return not_applicable(
            f"재무제표의 금액과 관계없이 예외에 해당: {_title(granted)}{matter.looked_up()}",
            "Whatever the statements say, an exception holds.",
        )
    try:
        opened = matter.facts.day("bizreg.opened", matter.key)
    except Unknown:
        raise gap from None
    closing = matter.call.closes.date()
    if closing < years_after(opened, young_years):
        return not_applicable(
            f"재무제표의 금액과 관계없이, 사업개시일 {opened}부터 접수 마감일 {closing}까지 {young_years}년 미만이어서 "
            "적용하지 않음",
            f"Whatever the statements say, the company opened on {opened}, less than {young_years} years before the "
            "closing date.",
        )
    raise gap


def _flags(matter: Matter[Any]) -> list[StaffInput]:
    return [item for item in matter.rule.staff if item.type == "flag"]


def _answers(matter: Matter[Any]) -> dict[str, bool | None]:
    """What staff say of each exception; None: nobody has looked."""
    return {item.id: known(partial(_holds, matter, item.id)) for item in _flags(matter)}


def _granted(matter: Matter[Any], answers: dict[str, bool | None]) -> StaffInput | None:
    """The first exception that holds by the word of staff."""
    return next((item for item in _flags(matter) if answers[item.id]), None)


def _without(matter: Matter[Any], ko: str, en: str, age: str, open_: list[StaffInput], attached: list[str]) -> Answer:
    """No exception is known to hold; those in `open_` nobody has looked up."""
    form = matter.form(Kind.ELIGIBILITY_DECLARATION)
    names, staff = ", ".join(_title(item) for item in open_), tuple(item.id for item in open_)
    if attached:
        return undetermined(
            f"{ko}. 함께 낸 증빙({', '.join(attached)})이 예외({names})에 해당하는지 담당자가 보아야 함."
            f"{' ' if age else ''}{age}",
            f"{en}. Evidence came with the declaration: staff must see whether an exception holds.",
            files=tuple(attached),
            staff=staff,
        )
    looked = [words for words in (age, f"{names}: 증빙이 제출되지 않음" if names else "") if words]
    looked_up = matter.looked_up()
    ask = f" 예외에 해당하면 증빙을 {form}에 붙여 내 주십시오." if names else ""
    return failed(
        f"{ko}." + (f" 살펴본 예외: {'; '.join(looked)}.{ask}" if looked else "") + looked_up,
        f"{en}. No exception is proven; if one holds, attach its proof to the declaration.",
        staff=staff,
    )


def _title(item: StaffInput) -> str:
    return item.title.ko if item.title else item.question.ko


def _holds(matter: Matter[Any], fact: str) -> bool:
    return bool(matter.ask(fact))
