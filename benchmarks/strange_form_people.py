"""Forms of people as nobody here would print them: rates and projects (서식 5), lists of signers (서식 6, 10), sign-offs."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from datetime import timedelta

from benchmarks.strange_form_paper import Form, table
from benchmarks.strange_paper import STYLES, day_in
from jeopsu.samples.budgets import Person
from jeopsu.samples.companies import invent_name

Heads = list[tuple[str, str]]


def rates(form: Form) -> str:
    """과제 참여자 인건비계상률 및 참여과제 수 확인서."""
    rng, world = form.rng, form.world
    people = list(world.people)
    if form.chance("many people", 0.3):
        people += [p.model_copy(update={"name": invent_name(rng, {q.name for q in people})}) for p in people[1:]] * 2
        names: set[str] = set()
        people = [
            p
            if p.name not in names and not names.add(p.name)
            else p.model_copy(update={"name": invent_name(rng, names)})
            for p in people
        ]  # type: ignore[func-returns-value]
    if form.chance("one name twice", 0.15):
        people[-1] = people[-1].model_copy(update={"name": people[1].name})
    if form.chance("wide sheet", 0.4):
        form.size = "A4 landscape"
    columns = _columns(form)
    rows = [(p, _row(form, n, p, columns)) for n, p in enumerate(people)]
    layout = form.pick(
        "layout",
        "one table",
        "one table",
        "by organisation",
        "by organisation, on pages",
        "cards",
        "merged organisation",
    )
    unit = form.pick("unit", "", "", "(단위: %)", "(단위 : %, 건)")
    body = f"<h1>{form.pick('title', '과제 참여자 인건비계상률 및 참여과제 수 확인서', '참여연구자 인건비계상률 및 참여과제 수 확인서', '인건비계상률 및 참여과제수 확인서')}</h1>"
    body += f"<table><tr><th>과제명</th><td>{world.title}</td></tr><tr><th>주관연구개발기관</th><td>{world.lead.name}</td></tr></table>"
    if form.chance("example in words", 0.2):
        body += "<p class=eg>※ 작성예시 : 홍길동 / 본 과제 20% / 타 과제 30% / 합계 50% / 과제 수 2건</p>"
    heads = [(c[0], c[1]) for c in columns]
    lines = [cells for _, cells in rows]
    extra = _extra(form, columns, people)
    if layout == "cards":
        body += "".join(_card(columns, cells) for cells in lines)
    elif layout.startswith("by organisation"):
        for key, words in (("lead", "주관연구개발기관"), ("partner", "공동연구개발기관")):
            own = [cells for p, cells in rows if p.organisation == key]
            cut = ' style="break-before:page"' if key == "partner" and "pages" in layout else ""
            body += f"<p{cut}>□ {words} : {world.company(key).name} {unit}</p>{table(heads, own + (extra if key == 'partner' else []))}"
    elif layout == "merged organisation":
        merged = []
        for key in ("lead", "partner"):
            own = [cells for p, cells in rows if p.organisation == key]
            own[0] = [f"<td rowspan={len(own)}>{world.company(key).short}</td>", *own[0]]
            merged += own
        body += f'<p style="text-align:right">{unit}</p>{table([("", "기관명"), *heads], merged + [["", *line] for line in extra])}'
    else:
        cut = form.pick("second page", "", "", "heading again", "no heading") if len(lines) > 6 else ""
        if cut:
            body += table(heads, lines[:5], "fixed") + '<div style="break-before:page"></div>'
            again = table(heads, lines[5:] + extra, "fixed")
            body += (
                again
                if cut == "heading again"
                else again.replace(again[again.index("<thead>") : again.index("</thead>") + 8], "")
            )
        else:
            body += f'<p style="text-align:right">{unit}</p>{table(heads, lines + extra)}'
    if form.chance("list of running projects", 0.25):
        other = [
            [people[0].name, "스마트공장 고도화", "책임", "2022.03~2024.02", "15"],
            [people[1].name, "뿌리기업 지원", "참여", "2022.06~2023.12", "10"],
        ]
        body += "<p>【참고】 수행 중인 과제 목록</p>" + table(
            [("", "성명"), ("", "과제명"), ("", "역할"), ("", "기간"), ("", "참여율(%)")], other
        )
    return body + sign_lines(form, ("lead",), len(people))


def _columns(form: Form) -> list[tuple[str, str, str]]:
    """(group, heading, key) of each column."""
    this = form.pick(
        "this",
        "본 과제",
        "본과제 인건비계상률(%)",
        "당해 과제",
        "신청과제 참여율",
        "이 과제 계상률(A)",
        "금번 신청과제",
        "해당 과제",
    )
    other = form.pick(
        "other", "타 과제", "기존 수행과제(B)", "수행 중인 과제", "타 국가R&D", "기타 과제 참여율", "다른 과제"
    )
    whole = form.pick("whole", "합계", "총 참여율(%)", "계", "총계상률", "A+B", "국가R&D 전체 참여율", "누계")
    group = form.pick("rate group", "", "인건비계상률(%)", "참여율(%)", "인건비 계상률")
    rates = [(group, this, "rate"), (group, other, "other"), (group, whole, "total")]
    if form.chance("only this and all", 0.2):
        del rates[1]
    elif form.chance("cash and kind", 0.15):
        rates = [
            (this, "현금", "rate cash"),
            (this, "현물", "rate kind"),
            (this, "소계", "rate"),
            ("", other, "other"),
            ("", whole, "total"),
        ]
    elif form.chance("total first", 0.25):
        rates.reverse()
    inside = form.pick(
        "counted",
        "동시수행 과제 수(본 과제 포함)",
        "참여 과제 수",
        "국가연구개발과제 수행 현황(건)",
        "과제 수(신청과제 포함)",
    )
    counts = {
        "lead, all": [(inside, "책임자", "lead"), (inside, "전체", "projects")],
        "all, lead": [(inside, "전체", "projects"), (inside, "연구책임자", "lead")],
        "three": [(inside, "연구책임자", "lead"), (inside, "참여연구자", "member"), (inside, "계", "projects")],
        "without": [
            ("동시수행 과제 수(본 과제 제외)", "책임", "lead out"),
            ("동시수행 과제 수(본 과제 제외)", "전체", "projects out"),
        ],
        "running": [("", "현재 수행 중인 과제 수", "projects out")],
        "one": [("", "참여과제 수", "projects")],
        "in one": [("", "참여과제 수(책임)", "both")],
        "lead, member": [(inside, "책임자", "lead"), (inside, "참여자", "projects")],
        "none": [],
    }[
        form.pick(
            "counts", "lead, all", "all, lead", "three", "without", "running", "one", "in one", "lead, member", "none"
        )
    ]
    parts = [rates, counts] if not form.chance("counts first", 0.25) else [counts, rates]
    more = [("", "생년월일", "birth"), ("", "직위", "title"), ("", "참여기간(개월)", "months"), ("", "월급여(천원)", "pay"), ("", "인건비 합계(천원)", "cost"), ("", "참여구분", "new"),
            ("", "책임급 여부", "grade"), ("", "역할", "role"), ("", "참여시작일", "start"), ("", "연구자번호", "number")]  # fmt: skip
    chosen = [one for one in more if rng_often(form, one[2])]
    front = [c for c in chosen if c[2] in ("birth", "title", "role", "new", "number", "grade")]
    late = [c for c in chosen if c not in front]
    middle = parts[0] + (late if form.chance("money between", 0.4) else []) + parts[1]
    name = ("", form.pick("name head", "성명", "이름", "참여연구자", "참여자 성명", "연구자명", "성 명"), "name")
    columns = [("", "연번", "no")] * form.chance("numbers", 0.5) + [name] + front + middle
    columns += [c for c in late if c not in columns]
    if form.chance("role first", 0.15):
        columns.insert(0, ("", "구분", "role"))
    return columns + [("", form.pick("last head", "서명", "비고"), "last")]


def rng_often(form: Form, what: str) -> bool:
    return form.chance(f"column {what}", 0.22)


def _row(form: Form, n: int, p: Person, columns: list[tuple[str, str, str]]) -> list[str]:
    rng = form.rng
    cash = p.rate // 2
    zero = rng.choice(("-", "0", "해당없음", "", "없음", "0%"))
    style = form.__dict__.setdefault("style", rng.choice(("{}", "{}", "{}%", "{} %", "{}.0", "fraction")))
    if style == "fraction" and not form.chance("fractions", 0.4):
        style = form.__dict__["style"] = "{}"
    tail = form.__dict__.setdefault("tail", rng.choice(("", "", "건", "개", " 건")))
    spaced = form.__dict__.setdefault("spaced", rng.random() < 0.15)
    form.people[n] = p.name
    total = p.rate_total

    def share(value: int) -> str:
        return f"{value / 100:.2f}" if style == "fraction" else style.format(value) if value else zero

    def count(value: int) -> str:
        return f"{value}{tail}" if value else rng.choice(("0", "-", f"0{tail}"))

    name = " ".join(p.name) if spaced else p.name
    cells: dict[str, str] = {
        "no": str(n + 1), "birth": p.birth.strftime("%y%m%d"), "title": p.title, "role": p.role, "months": "8", "pay": f"{rng.randint(3200, 9900)}",
        "cost": f"{rng.randint(900, 9900)}", "new": "신규" if p.new_hire else "기존", "grade": rng.choice(("책임", "선임", "전임")), "start": "2023.5.1", "number": str(rng.randint(10_000_000, 12_999_999)),
        "last": "", "rate cash": share(cash), "rate kind": share(p.rate - cash), "other": share(p.other_rate), "member": count(p.projects - p.projects_as_lead),
    }  # fmt: skip
    new = rng.choice((10, 15, 35, 45, 60))
    for _, _, key in columns:
        if key == "name":
            other = invent_name(rng, {q.name for q in form.world.people})
            cells[key] = form.put(f"participant.name@{n}", name, p.name, new=(other, other))
        elif key == "rate":
            cells[key] = form.put(f"participant.rate@{n}", share(p.rate), p.rate, new=(new, share(new)))
        elif key == "total":
            told = (total,) if style == "fraction" or total else ()
            cells[key] = form.put(f"participant.rate_total@{n}", share(total), *told, new=(new + 20, share(new + 20)))
        elif key in ("projects", "lead"):
            field = "participant.projects" if key == "projects" else "participant.projects_as_lead"
            value = p.projects if key == "projects" else p.projects_as_lead
            cells[key] = form.put(f"{field}@{n}", count(value), value, new=(value + 2, count(value + 2)))
        elif key in ("projects out", "lead out"):
            field = "participant.projects" if key == "projects out" else "participant.projects_as_lead"
            cells[key] = form.put(f"{field}@{n}", count(p.projects - 1))
        elif key == "both":
            form.truth[f"participant.projects_as_lead@{n}"] = (str(p.projects_as_lead),)
            cells[key] = form.put(f"participant.projects@{n}", f"{p.projects}({p.projects_as_lead})", p.projects)
    return [cells[key] for _, _, key in columns]


def _extra(form: Form, columns: list[tuple[str, str, str]], people: list[Person]) -> list[list[str]]:
    """Rows of nobody: sums, means, an example that was left standing, empty rows."""
    rows = []
    if form.chance("row of sums", 0.3):
        words = form.pick("sums", "합계", "총계", "계", "평균", "소계", "총인원", "총 8명")
        form.wrong.add(words)
        told = {
            "rate": str(sum(p.rate for p in people)),
            "total": str(sum(p.rate_total for p in people)),
            "other": str(sum(p.other_rate for p in people)),
            "projects": "9",
            "name": words,
        }
        rows.append([told.get(key, "") for _, _, key in columns])
    if form.chance("example row", 0.2):
        words = form.pick("example", "(예시) 홍길동", "홍길동(예시)", "예) 홍길동", "○○○", "홍길동", "김○○")
        form.wrong |= {"홍길동", "예시", "김"}
        told = {"rate": "20", "other": "30", "total": "50", "projects": "2", "lead": "1", "name": words}
        rows.append([told.get(key, "") for _, _, key in columns])
    return rows + [[""] * len(columns)] * (2 if form.chance("empty rows", 0.2) else 0)


def _card(columns: list[tuple[str, str, str]], cells: list[str]) -> str:
    pairs = [(words, cell) for (_, words, _), cell in zip(columns, cells, strict=True)]
    cut = [pairs[n : n + 4] for n in range(0, len(pairs), 4)]
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<th>{k}</th><td class=c>{v}</td>" for k, v in row) + "</tr>" for row in cut)
        + "</table>"
    )


def sign_lines(form: Form, keys: tuple[str, ...], start: int = 100) -> str:
    """A day and a sign-off for each organisation."""
    rng, world = form.rng, form.world
    day = world.signed
    style = form.pick("date", *STYLES)
    other = day + timedelta(days=30)
    where = form.pick("foot", "day above", "day beside", "day for each", "table", "name first", "no label")
    out = ""
    for n, key in enumerate(keys):
        one = world.company(key)
        row = 1000 + n
        form.people[row] = one.representative
        name = form.put(
            f"signoff.name@{row}",
            one.representative,
            one.representative,
            new=(stranger := invent_name(rng, {one.representative}), stranger),
        )
        told = day + timedelta(days=n if where == "day for each" else 0)
        if n == 0 or where not in ("day above", "name first", "no label"):
            date_ = form.put(
                f"signoff.date@{row}",
                day_in(style, told),
                told.isoformat(),
                new=(other.isoformat(), day_in(style, other)),
            )
        else:  # printed once, for both
            date_ = ""
            form.truth[f"signoff.date@{row}"] = (told.isoformat(),)
        mark = f"(인){form.seal(one.short)}"
        head = form.pick("role", "대표자", "대표이사", "대 표 자", "대표자 성명")
        if where == "table":
            out += table(
                [("", "기관명"), ("", head), ("", "작성일"), ("", "직인")],
                [[one.name, name, date_, mark + "<br><br><br>"]],
                "wide",
            )
        elif where == "day beside":
            out += f"<p>{date_} &nbsp;&nbsp; {one.name} &nbsp; {head} {name} {mark}</p><br><br>"
        elif where == "name first":
            out += (
                f"<p class=c>{date_}</p>" if date_ else ""
            ) + f"<p class=c>{one.name}</p><p class=c>{name} {head} {mark}</p><br>"
        elif where == "no label":
            out += (
                f"<p class=c>{date_}</p>" if date_ else ""
            ) + f"<p class=c>{one.name} &nbsp; {name} {mark}</p><br><br>"
        else:
            out += (
                f"<p class=c>{date_}</p>" if date_ else ""
            ) + f"<p class=r>{one.name}</p><p class=r>{head} : {name} {mark}</p><br>"
    return out
