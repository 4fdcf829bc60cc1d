"""More forms: lists of signers (서식 6, 10), letters of two organisations (서식 9), declarations
(서식 8)."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from decimal import Decimal

from benchmarks.strange_form_paper import Form, table
from benchmarks.strange_form_people import sign_lines
from benchmarks.strange_paper import STYLES, day_in
from jeopsu.samples.companies import invent_name


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
