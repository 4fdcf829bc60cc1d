"""The plans for single outlays (서식 16, 17, 19) held against the budget of the research plan (공고 6, 7)."""

from __future__ import annotations

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import described, labelled
from jeopsu.domain.values import won
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.lookup import stands_in
from jeopsu.validators.matter import Answer, Matter, NoParams, check, not_applicable, passed

_PAPERS = (
    (Kind.EQUIPMENT_PLAN, "budget.equipment"),
    (Kind.OUTSOURCING_PLAN, "budget.outsourcing"),
    (Kind.MATERIALS_PLAN, "budget.materials"),
)


@check(organisation=True)
def spending_agrees(matter: Matter[NoParams]) -> Answer:
    """What the plans for equipment, services and materials cost is the budget's amount; value added tax may differ.

    Where they differ both amounts are shown to a person; neither is taken for the right one.
    """
    agreed: list[str] = []
    needs: list[Need] = []
    for kind, item in _PAPERS:
        where = matter.places(matter.files(kind, matter.key), kind)
        if not where:
            continue
        totals = [f for f in matter.facts.all("spending.total") if stands_in(f, where)]
        matter.facts.note(*totals)
        planned, label = matter.facts.won(item, matter.key), labelled(item, None).ko
        values = [f.value for f in totals if isinstance(f.value, int)]
        if len(values) == len(where) and (how := _same(sum(values), planned)) is not None:
            agreed.append(f"{label} {won.shown(planned)}{how}")
        else:
            needs.append(_differs(matter.form(kind), label, totals, planned))
    if needs:
        raise Unknown(*needs)
    if not agreed:
        return not_applicable("집행계획서(장비·용역·재료)가 없음", "No plans for single outlays.")
    return passed(f"집행계획서의 합계 = 계획서의 금액: {', '.join(agreed)}", "The outlays are the budget's.")


def _same(total: int, planned: int) -> str | None:
    """How two amounts agree: to the won, or with value added tax in one of them. None: they do not."""
    if total == planned:
        return ""
    if planned and total and (total * 10 == planned * 11 or total * 11 == planned * 10):
        return f" (서식에는 {won.shown(total)}: 부가가치세 차이)"
    return None


def _differs(form: str, label: str, totals: list[FieldValue], planned: int) -> Need:
    told = ", ".join(described(f) for f in totals if f.value is not None)
    slip = next((f for f in totals if isinstance(f.value, int) and f.value and _slip(f.value, planned)), None)
    words = f"{form}의 합계 {told} ≠ 계획서의 {label} {won.shown(planned)}" if told else f"{form}의 합계를 읽지 못함"
    return Need(
        words_ko=f"{words}{' (꼭 천 배 차이: 단위를 볼 것)' if slip else ''}",
        words_en=f"the total of {form} and the budget's {label} differ, or the total was not read",
        field=totals[0] if totals else None,
    )


def _slip(total: int, planned: int) -> bool:
    return total * 1000 == planned or total == planned * 1000
