"""More forms: lists of signers (서식 6, 10), letters of two organisations (서식 9), outlays (서식 16, 17, 19), declarations
(서식 8)."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from decimal import Decimal

from benchmarks.strange_form_paper import Form, table
from benchmarks.strange_form_people import sign_lines
from benchmarks.strange_paper import STYLES, day_in
from jeopsu.samples.companies import invent_name

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


def head(form: Form, title: str) -> str:
    world = form.world
    rows = [("과제명", world.title), ("주관연구개발기관", world.lead.name), ("연구책임자", world.people[0].name)]
    return f"<h1>{title}</h1><table>" + "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in rows) + "</table>"


def consent(form: Form) -> str:
    """과제 참여자의 개인정보·과세정보 이용·제공 동의 및 청렴서약서: its list of signers."""
    rng, world = form.rng, form.world
    people = list(world.people)
    if form.chance("one name twice", 0.2):
        people[-1] = people[-1].model_copy(update={"name": people[0].name})
    style = form.pick("date", *STYLES)
    each = form.chance("a day in each row", 0.3)
    rows = []
    for n, p in enumerate(people):
        form.people[n] = p.name
        other = invent_name(rng, {q.name for q in people})
        name = form.put(f"signoff.name@{n}", p.name, p.name, new=(other, other))
        row = [world.company(p.organisation).short, name, form.sign(p.name)]
        if each:
            row.append(form.put(f"signoff.date@{n}", day_in(style, world.signed), world.signed.isoformat()))
        rows.append(row)
    heads = [
        ("", form.pick("company head", "소속", "기관명")),
        ("", form.pick("name head", "성명", "이름", "참여자 성명", "성 명")),
        ("", form.pick("sign head", "서명", "서명 또는 날인", "(인)")),
    ]
    heads += [("", form.pick("day head", "일자", "동의일", "서명일"))] * each
    if form.chance("example row", 0.25):
        rows.insert(
            0,
            ["○○기업", form.pick("example", "홍길동(예시)", "(예시) 홍길동", "○○○", "홍길동"), "(서명)"] + [""] * each,
        )
        form.wrong.add("홍길동")
    if form.chance("row of sums", 0.2):
        rows.append(["계", form.pick("sums", "총 9명", "합계", "총인원", "9명"), ""] + [""] * each)
        form.wrong |= {"총인원", "합계"}
    layout = form.pick("layout", "one", "one", "two beside", "by organisation", "two pages")
    body = head(form, "과제 참여자의 개인정보·과세정보 이용·제공 동의 및 청렴서약서")
    body += "<p>본인은 「개인정보 보호법」 제15조에 따라 개인정보의 수집·이용 및 「국세기본법」에 따른 과세정보 제공에 동의하며 연구수행에 청렴할 것을 서약합니다.</p>"
    after = ""
    if not each:
        day = form.put("signoff.date@0", day_in(style, world.signed), world.signed.isoformat())
        for n in range(len(people)):
            form.truth[f"signoff.date@{n}"] = (world.signed.isoformat(),)
        after = f"<p class=c>{day}</p>"
        if form.chance("kept until", 0.3):
            body += f"<p>개인정보 보유기간 : {day_in(style, world.start)} ~ {day_in(style, world.end.replace(year=2028))}</p>"
    if layout == "two beside":
        half = (len(rows) + 1) // 2
        pad = rows[half:] + [[""] * len(heads)] * (2 * half - len(rows))
        body += table(heads * 2, [a + b for a, b in zip(rows[:half], pad, strict=True)])
    elif layout == "by organisation":
        cut = len(world.people_of("lead"))
        body += (
            "<p>□ 주관연구개발기관</p>"
            + table(heads, rows[:cut])
            + "<p>□ 공동연구개발기관</p>"
            + table(heads, rows[cut:])
        )
    elif layout == "two pages":
        again = table(heads, rows[5:])
        if form.chance("no heading again", 0.5):
            again = again.replace(again[again.index("<thead>") : again.index("</thead>") + 8], "")
        body += table(heads, rows[:5]) + f'<div style="break-before:page"></div>{again}'
    else:
        body += table(heads, rows)
    return body + after + "<p class=c>전담기관장 귀하</p>"


def rollout(form: Form) -> str:
    """협력사/계열사 솔루션 도입 확약서: the companies that pledge."""
    rng = form.rng
    rows = []
    taken: set[str] = set()
    for n in range(rng.randint(2, 4)):
        name = invent_name(rng, taken)
        form.people[n] = name
        company = f"주식회사 {rng.choice(('다온', '해솔', '미르', '가람'))}{rng.choice(('정공', '테크', '산업'))}"
        other = invent_name(rng, taken)
        rows.append(
            [
                company,
                form.put(f"signoff.name@{n}", name, name, new=(other, other)),
                "2024.3",
                f"(인){form.seal(name, 18)}",
            ]
        )
    heads = [
        ("", form.pick("company head", "확약기업", "기업명", "회사명")),
        ("", form.pick("name head", "대표자", "대표자 성명", "대표")),
        ("", "도입 예정시기"),
        ("", form.pick("sign head", "날인", "(인)", "서명 또는 날인")),
    ]
    if form.chance("example row", 0.3):
        rows.insert(0, ["(예시) ○○산업", form.pick("example", "홍길동", "○○○", "김철수(예시)"), "2024.1", "(인)"])
        form.wrong |= {"홍길동", "김철수"}
    body = head(form, "협력사/계열사 솔루션 도입 확약서")
    body += f"<p>아래 기업은 본 과제의 솔루션({form.world.solution})을 도입할 것을 확약합니다.</p>" + table(
        heads, rows, "wide"
    )
    return body + sign_lines(form, ("lead",))


def letter(form: Form) -> str:
    """연구개발기관 대표의 참여의사 확인서: both organisations on one sheet."""
    body = head(form, "연구개발기관 대표의 참여의사 확인서")
    if form.chance("receipt day", 0.3):
        body += f"<p>접수일자 : {day_in(form.pick('receipt', *STYLES), form.world.start)}</p>"
    body += "<p>위 과제의 연구개발계획서를 충분히 검토하였으며 성실히 수행할 것을 확인합니다.</p>"
    example = '<p class="r eg">(예시) ○○주식회사 대표자 : 홍길동 (인)</p>' if form.chance("example", 0.25) else ""
    form.wrong.add("홍길동")
    return body + example + sign_lines(form, ("lead", "partner") if form.chance("both", 0.6) else ("lead",))


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


def declaration(form: Form) -> str:
    """연구개발기관의 신청자격 적정성 확인서: ratios by year and the ministry's projects that it leads."""
    rng, world = form.rng, form.world
    one = world.lead
    body = head(form, "연구개발기관의 신청자격 적정성 확인서")
    if form.chance("company table", 0.5):
        body += f"<table><tr><th>기관명</th><td>{one.name}</td><th>사업자등록번호</th><td>{one.brn}</td></tr><tr><th>기업유형</th><td>☐ 대기업 ☑ 중견기업 ☐ 중소기업</td><th>사업개시일</th><td>{one.founded:%Y.%m.%d}</td></tr></table>"
    count = rng.randint(0, 4)
    words = form.pick(
        "count words",
        "주관연구개발기관으로 수행 중인 산업통상자원부 소관 과제 수",
        "주관기관으로 수행중인 산업부 소관 과제 수",
        "주관으로 수행 중인 산업통상자원부 소관 과제의 수",
        "주관연구개발기관 자격으로 수행 중인 산업통상자원부 소관 과제 수",
        "공동기관으로 참여 중인 산업통상자원부 소관 과제 수",
    )
    shown = f"{count}{rng.choice(('건', ' 건', '개', ''))}"
    told = (count,) if not words.startswith("공동") else ()
    value = form.put(
        "declared.motie_lead_projects@0", shown, *told, new=(count + 2, f"{count + 2}건") if told else None
    )
    sentence = form.pick("count place", "line", "cell", "table")
    sure = {"line": f"<p>○ {words} : {value}</p>", "cell": f"<table><tr><th>{words}</th><td>{value}</td></tr></table>",
            "table": table([("", "구분"), ("", "과제 수")], [[words, value], ["전체 수행과제 수", "7건"]])}[sentence]  # fmt: skip
    years = [2020, 2021, 2022] if form.chance("three years", 0.4) else [2021, 2022]
    if form.chance("latest first", 0.4):
        years.reverse()
    debt = {y: Decimal(rng.randrange(300, 9000)) / 10 for y in years}
    current = {y: Decimal(rng.randrange(300, 3000)) / 10 for y in years}
    sign = form.pick("percent", "", "%", " %")
    called = {
        "year": form.pick("year words", "{}년", "{}", "{}년도", "FY{}", "{}년말", "{}. 12. 31.", "'{}"),
        "last": "",
    }

    def year(y: int) -> str:
        return called["year"].format(str(y)[2:] if "'" in called["year"] else y)

    def put(name: str, y: int, v: Decimal) -> str:
        other = v + Decimal("37.5")
        return form.put(f"declared.{name}@{y}", f"{v:,}{sign}", v, new=(other, f"{other:,}{sign}"))

    layout = form.pick("ratios", "across", "down", "with amounts", "both in one", "more ratios", "example")
    names = ("부채비율", "유동비율") if not form.chance("current first", 0.3) else ("유동비율", "부채비율")
    which = {"부채비율": ("debt_ratio", debt), "유동비율": ("current_ratio", current)}
    label = {n: n + form.pick("head tail", "", "(%)", " (%)") for n in names}
    if layout == "down":
        ratios = table(
            [("", "회계연도"), *(("", label[n]) for n in names)],
            [[year(y), *(put(which[n][0], y, which[n][1][y]) for n in names)] for y in years],
        )
    elif layout == "with amounts":
        rows = [
            ["부채총계(천원)", *(f"{rng.randint(1000, 9999):,},000" for _ in years)],
            ["자본총계(천원)", *(f"{rng.randint(1000, 9999):,},000" for _ in years)],
        ]
        rows += [[label[n], *(put(which[n][0], y, which[n][1][y]) for y in years)] for n in names]
        ratios = table([("", "구분"), *(("", year(y)) for y in years)], rows)
    elif layout == "both in one":
        rows = [[" / ".join(names), *(" / ".join(put(which[n][0], y, which[n][1][y]) for n in names) for y in years)]]
        ratios = table([("", "구분"), *(("", year(y)) for y in years)], rows)
    else:
        rows = [[label[n], *(put(which[n][0], y, which[n][1][y]) for y in years)] for n in names]
        if layout == "more ratios":
            rows.insert(1, ["이자보상비율(%)", *("312.0" for _ in years)])
            rows.append(["기준", "부채비율 500% 이상, 유동비율 50% 이하 제외", *("" for _ in years[1:])])
        if layout == "example":
            rows.append(["(예시) 부채비율", *("150.0" for _ in years)])
        ratios = table([("", "구분"), *(("", year(y)) for y in years)], rows)
    body += ratios + sure if rng.random() < 0.5 else sure + ratios
    return body + sign_lines(form, ("lead",))
