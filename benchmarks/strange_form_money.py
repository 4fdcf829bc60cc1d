"""Plans for single outlays (서식 16, 17, 19) as nobody here would print them: for `strange_forms`."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from decimal import Decimal

from benchmarks.strange_form_lists import head
from benchmarks.strange_form_paper import Form, table
from benchmarks.strange_form_people import sign_lines

_UNITS = {"원": 1, "천원": 1000, "백만원": 1_000_000}
_GOODS = (
    "진동센서",
    "산업용 PC",
    "비전 카메라",
    "GPU 서버",
    "PLC 모듈",
    "게이트웨이",
    "데이터 수집장치",
    "온도센서",
    "시약 A-200",
    "절삭유",
)


def spending(form: Form, kind: str) -> str:
    """연구시설/장비 구입, 시약·재료 구입, 외주 용역 활용계획서: what it costs in all."""
    rng = form.rng
    title = {
        "equipment": "연구시설/장비 구입 및 활용계획서",
        "materials": "시약·재료구입 및 활용계획서",
        "outsourcing": "외주 용역 활용계획서",
    }[kind]
    unit = form.pick("unit", "원", "천원", "천원", "백만원")
    place = form.pick("unit place", "above", "head", "figure", "none", "above, another table's too")
    body = head(form, title)
    step = 1000 if unit != "백만원" else 1_000_000
    amounts = [
        rng.randrange(2, 9) * 100 * step * rng.choice((1, 3)) // (1 if step == 1000 else 50)
        for _ in range(rng.randint(1, 5))
    ]
    amounts = [max(step, a // step * step) for a in amounts]

    def won(amount: int) -> str:
        if _UNITS[unit] > amount or amount % _UNITS[unit]:
            return f"{Decimal(amount) / _UNITS[unit]:,f}" + (unit if place == "figure" else "")
        return f"{amount // _UNITS[unit]:,}" + (unit if place == "figure" else "")

    total = sum(amounts)
    vat = form.pick("vat", "none", "none", "none", "row", "columns", "words")
    allowed: tuple[object, ...] = (total,) if place != "none" or unit == "원" else ()
    if kind == "outsourcing" and form.chance("as pairs", 0.6):
        return body + _contract(form, unit, place, total, won) + sign_lines(form, ("lead",))
    amount_head = form.pick("amount", "금액", "소요금액", "구입금액", "합계", "예상금액") + (
        f"({unit})" if place == "head" else ""
    )
    heads = [
        ("", "품명"),
        ("", "규격"),
        ("", "수량"),
        ("", f"단가{f'({unit})' if place == 'head' else ''}"),
        ("", amount_head),
        ("", "용도"),
    ]
    rows = []
    for n, amount in enumerate(amounts):
        count = rng.choice((1, 1, 2, 4)) if amount % 4 == 0 else 1
        rows.append(
            [
                _GOODS[(n + form.rng.randrange(3)) % 10],
                rng.choice(("DN-100", "i7/32GB", "-")),
                str(count),
                won(amount // count),
                won(amount),
                rng.choice(("실증", "시험 2회", "")),
            ]
        )
    cash = form.chance("cash and in kind", 0.15)
    if cash:
        heads[4:5] = [("소요금액", "현금"), ("소요금액", "현물"), ("소요금액", "계")]
        for row, amount in zip(rows, amounts, strict=True):
            row[4:5] = [won(amount // 2), won(amount - amount // 2), won(amount)]
    wide = len(heads)
    new = total + 500 * step
    shown = form.put("spending.total@0", won(total), *allowed, new=(new, won(new)) if allowed else None)
    sums = [form.pick("sum words", "합계", "계", "총계", "합 계", "총액", "소계"), "", "", ""]
    sums += ([won(total // 2), won(total - total // 2), shown] if cash else [shown]) + [""]
    if form.chance("sum merged", 0.5):
        sums = [f"<td colspan=4 class=c>{sums[0]}</td>", *sums[4:]]
    if form.chance("counted", 0.2) and len(sums) == wide:
        sums[2] = str(sum(int(row[2]) for row in rows))
    if vat == "row":
        part = total // 10
        rows += [["부가세", "", "", "", *([""] * 2 if cash else []), won(part), ""]]
        form.truth["spending.total@0"] = ()  # the printed sum leaves it out: whatever is meant
    if form.chance("example row", 0.2):
        rows.insert(
            0, ["(예시) 노트북", "15인치", "1", won(2000 * step), *([""] * 2 if cash else []), won(2000 * step), "예시"]
        )
        form.truth["spending.total@0"] = (*form.truth["spending.total@0"],)
    if form.chance("sum at the head", 0.15):
        rows.insert(0, sums)
    elif form.chance("no sum", 0.1):
        form.sheet._notes.pop()  # it is printed nowhere
        form._new.pop("spending.total@0", None)
        form.truth["spending.total@0"] = (str(total),) if allowed and vat != "row" else ()
    else:
        rows.append(sums)
    if "another" in place and form.chance("other table first", 0.6):
        first = table(
            [("", "구분"), ("", "보유 장비"), ("", "취득가(백만원)")],
            [["1", "3차원 측정기", "120"], ["합계", "", "120"]],
        )
        body += f'<p style="text-align:right">(단위 : 백만원)</p>{first}'
    if place.startswith("above"):
        body += f'<p style="text-align:right">{form.pick("note", f"(단위 : {unit})", f"(단위: {unit}, 부가세 포함)", f"[단위:{unit}]", f"단위 {unit}")}</p>'
    body += table(heads, rows)
    if form.chance("second list", 0.2):
        form.truth["spending.total@0"] = ()
        more = [["시험기", "-", "1", won(700 * step), *([won(700 * step), "0"] if cash else []), won(700 * step), ""]]
        body += "<p>2. 임차</p>" + table(
            heads, [*more, ["합계", "", "", "", *([won(700 * step), "0"] if cash else []), won(700 * step), ""]]
        )
    if form.chance("note", 0.3):
        body += f"<p>※ 견적가 합계 {won(total + 300 * step)} 이내에서 조정될 수 있음</p>"
    return body + sign_lines(form, ("lead",))


def _contract(form: Form, unit: str, place: str, total: int, won: object) -> str:
    """A service as labels and values."""
    assert callable(won)
    figure = f"{total // _UNITS[unit]:,}" if total % _UNITS[unit] == 0 else f"{Decimal(total) / _UNITS[unit]:,f}"
    tail = form.pick("vat words", "", " (부가가치세 포함)", " (VAT 별도)", "(VAT포함)", "정")
    unit_here = unit if place != "head" else ""
    label = form.pick("fee", "용역금액", "계약금액", "용역비", "총 용역비", "소요예산", "외주용역비") + (
        f"({unit})" if place == "head" else ""
    )
    allowed = (total,) if not (place == "none" and unit != "원") else (total,)
    value = form.put(
        "spending.total@0",
        figure + unit_here,
        *allowed,
        new=(total + 5_000_000, f"{(total + 5_000_000) / _UNITS[unit]:,.0f}{unit_here}")
        if total % 1_000_000 == 0
        else None,
    )
    before = form.pick("before", "", "금 ", "일금 ", "총 ")
    rows = [
        ("용역명", "데이터 표준화 용역"),
        ("수행업체", "주식회사 다온테크"),
        ("용역기간", "2023. 6. 1. ~ 2023. 9. 30."),
        (label, f"{before}{value}{tail}"),
        ("용역내용", "데이터 정제 12,000건"),
    ]
    if form.chance("paid in parts", 0.3):
        part = total // 2 // _UNITS[unit]
        rows.insert(3, ("계약금액 지급", f"착수금 {part:,}{unit} / 잔금 {part:,}{unit}"))
    out = "<table>" + "".join(f"<tr><th class=k>{k}</th><td>{v}</td></tr>" for k, v in rows) + "</table>"
    if form.chance("two services", 0.2):
        form.truth["spending.total@0"] = ()
        out += f"<table><tr><th>용역명</th><td>보안 진단 용역</td></tr><tr><th>{label}</th><td>{before}3,000{unit_here}</td></tr></table>"
    return out
