"""The ratios on the applicant's own declaration, held against the statements (a check of reading and of the form)."""

from __future__ import annotations

from decimal import Decimal

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind
from jeopsu.domain.values import share
from jeopsu.validators.declared import RATIOS, is_rounded
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.matter import Answer, Matter, NoParams, check, not_applicable, passed


@check(organisation=True)
def declared_ratios(matter: Matter[NoParams]) -> Answer:
    """부채비율 and 유동비율 as declared are those of the statements, to the last printed place.

    Nothing is decided by them: where the two differ, one was misread, mistyped or altered, and a person looks at both.
    """
    form = matter.form(Kind.ELIGIBILITY_DECLARATION)
    agreed: list[str] = []
    needs: list[Need] = []
    for year in matter.call.fiscal_years:
        for name, label, above, below in RATIOS:
            for field in matter.facts.entries(name, matter.key, year):
                if not isinstance(field.value, Decimal):
                    continue
                part = matter.facts.won(above, matter.key, year)
                whole = matter.facts.won(below, matter.key, year)
                matter.facts.note(field)
                if whole > 0 and is_rounded(field.value, share.of(part, whole)):
                    agreed.append(f"{year}년 {label} {field.value}%")
                else:
                    needs.append(_difference(field, form, year, label, part, whole))
    if needs:
        raise Unknown(*needs)
    if not agreed:
        return not_applicable(f"{form}에서 읽은 재무비율이 없음", "No ratios are declared.")
    return passed(f"{form}의 {', '.join(agreed)} = 재무제표로 계산한 값", "The declared ratios are the statements'.")


def _difference(field: FieldValue, form: str, year: int, label: str, part: int, whole: int) -> Need:
    worked = f"{Decimal(100 * part) / Decimal(whole):.2f}%" if whole > 0 else "계산할 수 없음(분모 0 이하)"
    return Need(
        words_ko=f"{form}의 {year}년 {label} {field.value}% ≠ 재무제표로 계산한 {worked} ({field.page}쪽). "
        "신청인이 잘못 적었거나 한쪽을 잘못 읽음: 두 곳을 볼 것",
        words_en=f"{year}: {label} declared {field.value} %, worked out {worked}: look at both",
        field=field,
    )
