"""One company's figures from all its files, side by side: the same figure printed twice must be the same figure.

Last year's column of this year's report stands beside last year's own report. Where the two differ, one of them is
misread, altered or restated; which of these it is, only a person can say, so neither may decide a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from jeopsu.domain.field_names import FieldKind
from jeopsu.domain.fields import FieldStatus, FieldValue, Reading
from jeopsu.domain.values import won

Key = tuple[str | None, int | None]  # organisation, fiscal year

# Never more than the whole they are part of.
_PART_OF = {"fs.current_assets": "fs.assets", "fs.current_liabilities": "fs.liabilities"}
STRANGE = "같은 쪽의 다른 해 금액이"  # how the note begins of a page that may be another company's
_ENOUGH = 3  # figures that tell whether two pages are one company's
_ROUNDED = (1_000, 1_000_000, 100_000_000)  # 천원, 백만원, 억원: printed without what is below
_LABELS = {
    "fs.current_assets": "유동자산",
    "fs.assets": "자산총계",
    "fs.current_liabilities": "유동부채",
    "fs.liabilities": "부채총계",
    "fs.capital_stock": "자본금",
    "fs.equity": "자본총계",
    "fs.revenue": "매출액",
    "fs.operating_income": "영업이익",
    "fs.interest_expense": "이자비용",
    "fs.net_income": "당기순이익",
    "fs.rnd_expense": "연구개발비",
    "fs.audit_opinion": "감사의견",
}


def reconcile(fields: tuple[FieldValue, ...]) -> tuple[FieldValue, ...]:
    """The same fields in the same order; figures that contradict one another come back `uncertain`, each saying why."""
    doubts: dict[int, str] = {}
    others: dict[int, list[FieldValue]] = defaultdict(list)
    for group in _groups(fields).values():
        _compare_places(fields, group, doubts, others)
    for rows in _years(fields).values():
        _balance(fields, rows, doubts)
    _strange_pages(fields, doubts)
    return tuple(_doubted(field, doubts[n], others[n]) if n in doubts else field for n, field in enumerate(fields))


def _groups(fields: Sequence[FieldValue]) -> dict[tuple[str, Key], list[int]]:
    """Places of each fs.* value of a year."""
    groups: dict[tuple[str, Key], list[int]] = defaultdict(list)
    for n, field in enumerate(fields):
        if field.name in _LABELS and field.year is not None and field.confirmed:
            groups[field.name, (field.organisation, field.year)].append(n)
    return groups


def _compare_places(
    fields: Sequence[FieldValue], group: list[int], doubts: dict[int, str], others: dict[int, list[FieldValue]]
) -> None:
    first = fields[group[0]]
    if all(_same(first, fields[n]) for n in group):
        return
    where = "; ".join(f"{_place(fields[n])} {_shown(fields[n])}" for n in group)
    for n in group:
        label = _LABELS[fields[n].name]
        doubts[n] = f"{fields[n].year}년 {label}이(가) 파일마다 다릅니다(판독 오류, 수정 또는 재작성): {where}"
        others[n] = [fields[m] for m in group if m != n]


def _strange_pages(fields: Sequence[FieldValue], doubts: dict[int, str]) -> None:
    """A page of which most figures are others in last year's statement, and that no statement bears out, may be another
    company's, bound in with ours: its own year's figures, which nothing contradicts, are no surer than the rest."""
    pages: dict[tuple[str, str | None, int | None], dict[tuple[str, int | None], int]] = defaultdict(dict)
    for n, field in enumerate(fields):
        if field.name in _LABELS and field.kind is FieldKind.WON and field.confirmed and field.page is not None:
            pages[str(field.file), field.organisation, field.page][field.name, field.year] = n
    strange: dict[tuple[str, str | None, int | None], tuple[str, str | None, int | None]] = {}
    sound = set()
    for one, other in combinations(pages, 2):
        if one[1] != other[1]:
            continue
        alike, differing = _compared(fields, pages[one], pages[other])
        if alike >= _ENOUGH and alike >= 2 * differing:
            sound |= {one, other}
        elif alike + differing >= _ENOUGH and differing > alike:
            strange[one], strange[other] = other, one
    for page in strange.keys() - sound:
        file, _, number = strange[page]
        for n in pages[page].values():
            doubts.setdefault(
                n, f"같은 쪽의 다른 해 금액이 {file} {number}쪽과 달라 이 회사의 재무제표인지 확실하지 않습니다"
            )


def _compared(
    fields: Sequence[FieldValue], one: dict[tuple[str, int | None], int], other: dict[tuple[str, int | None], int]
) -> tuple[int, int]:
    """How many figures of the same year two pages print alike and otherwise; zeros and round ones say nothing."""
    same = [
        _same(fields[one[key]], fields[other[key]])
        for key in one.keys() & other.keys()
        if key[0] != "fs.capital_stock" and fields[one[key]].value and fields[other[key]].value
    ]
    return sum(same), len(same) - sum(same)


def _same(one: FieldValue, other: FieldValue) -> bool:
    """Equal, or equal once the finer one is rounded to the unit that the coarser one is printed in."""
    a, b = one.value, other.value
    if a == b:
        return True
    if one.kind is not FieldKind.WON or not isinstance(a, int) or not isinstance(b, int):
        return False
    return any((a % unit == 0) != (b % unit == 0) and abs(a - b) < unit for unit in _ROUNDED)


def _years(fields: Sequence[FieldValue]) -> dict[Key, dict[str, list[int]]]:
    years: dict[Key, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, field in enumerate(fields):
        if field.kind is FieldKind.WON and field.name.startswith("fs.") and field.year is not None and field.confirmed:
            years[field.organisation, field.year][field.name].append(n)
    return years


def _balance(fields: Sequence[FieldValue], rows: dict[str, list[int]], doubts: dict[int, str]) -> None:
    """자산 = 부채 + 자본 and part ≤ whole, over whatever files the figures come from."""
    one = {name: value for name, places in rows.items() if (value := _only(fields, places)) is not None}
    whole = ("fs.assets", "fs.liabilities", "fs.equity")
    if all(name in one for name in whole):
        assets, liabilities, equity = (one[name] for name in whole)
        rest = assets - liabilities - equity
        if rest and not _rounding(rest, (assets, liabilities, equity)):
            _mark(rows, whole, doubts, f"자산총계 ≠ 부채총계 + 자본총계 (차이 {won.shown(rest)})")
    for part, total in _PART_OF.items():
        if part in one and total in one and one[part] > one[total] >= 0:
            _mark(rows, (part, total), doubts, f"{_LABELS[part]}이(가) {_LABELS[total]}보다 큽니다")


def _only(fields: Sequence[FieldValue], places: Sequence[int]) -> int | None:
    values = {value for n in places if isinstance(value := fields[n].value, int)}
    return values.pop() if len(values) == 1 else None


def _rounding(rest: int, values: Sequence[int]) -> bool:
    """Off by no more than a printed unit."""
    return any(abs(rest) <= unit and all(value % unit == 0 for value in values) for unit in _ROUNDED)


def _mark(rows: dict[str, list[int]], names: Sequence[str], doubts: dict[int, str], why: str) -> None:
    for name in names:
        for n in rows[name]:
            doubts.setdefault(n, why)


def _place(field: FieldValue) -> str:
    return f"{field.file} {field.page}쪽" if field.page else str(field.file)


def _shown(field: FieldValue) -> str:
    return won.shown(field.value) if isinstance(field.value, int) else str(field.value)


def _doubted(field: FieldValue, why: str, others: Sequence[FieldValue]) -> FieldValue:
    values = tuple(dict.fromkeys(o.value for o in others if o.value is not None and o.value != field.value))
    readings = field.readings + tuple(Reading(engine=_place(o), text=o.printed or _shown(o)) for o in others)
    return field.model_copy(
        update={
            "status": FieldStatus.UNCERTAIN,
            "confidence": min(field.confidence, 0.3),
            "note": why,
            "alternatives": field.alternatives + tuple(v for v in values if v not in field.alternatives),
            "readings": readings,
        }
    )
