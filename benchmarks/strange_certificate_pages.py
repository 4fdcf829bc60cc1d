"""Certificates in layouts, typefaces and words that `samples/` never prints: for `strange_certificates`."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.strange_paper import LAYOUTS, STYLES, Paper, day_in, laid_out, spaced
from jeopsu.samples.companies import invent_date, invent_name
from jeopsu.samples.ink import company_seal, office_seal
from jeopsu.samples.world import make_world


def employment(paper: Paper) -> str:
    rng, world, company = paper.rng, paper.world, paper.company
    person = world.people_of(company.key)[0]
    issued = world.signed - timedelta(days=rng.randint(0, 20))
    style = paper.pick("date", *STYLES)
    say = lambda day: day_in(style, day)  # noqa: E731
    other = invent_name(rng, {person.name, company.representative})
    new_day = person.joined + timedelta(days=400)
    joined = paper.value(
        "employment.joined", person.joined.isoformat(), say(person.joined), new_day.isoformat(), say(new_day)
    )
    until = paper.pick("until", "now", "issued", "open", "two lines", "ended", "none")
    long = {"now": f"{joined} ~ 현재", "issued": f"{joined} ~ {say(issued)}", "open": f"{joined} 부터 재직 중",
            "two lines": f"{joined}<br>~ 현재", "none": joined}  # fmt: skip
    ended = date(2022, 12, 30)
    span = long.get(until, f"{joined} ~ {say(ended)}")
    if until == "ended":
        paper.truth["employment.left"] = (ended.isoformat(),)
    label = (
        paper.pick("joined label", "입사일", "입사일자", "재직기간", "근무기간", "입사년월일")
        if until != "none"
        else paper.pick("joined label", "입사일", "입사연월일", "채용일")
    )
    name = paper.value("employment.name", person.name, person.name, other)
    if paper.chance("hanja", 0.15):
        name += " (洪吉童)"
    rows = [(paper.pick("name label", "성명", "이름", "성명(한글)"), name), ("생년월일", day_in("dots", person.birth)),
            ("주소", "경기도 성남시 분당구 판교로 12"), ("소속", person.department), ("직위", person.title), (label, span)]  # fmt: skip
    if paper.chance("company in the body", 0.4):
        rows.insert(
            3, (paper.pick("company label", "회사명", "근무처", "상호", "기업명", "법인명", "기관명"), _company(paper))
        )
    if paper.chance("contact person", 0.25):
        rows.append(
            (paper.pick("contact label", "담당자 성명", "발급담당자", "확인자 성명", "담당자"), invent_name(rng, set()))
        )
    if paper.chance("valid until", 0.15):
        rows.append(("증명서 유효기간", f"{say(issued + timedelta(days=90))} 까지"))
    rows.append(("용도", "정부과제 제출용"))
    head = ""
    if paper.chance("company block at the head", 0.2):
        block = [("회사명", company.name), ("대표자 성명", company.representative), ("사업자등록번호", company.brn)]
        head = laid_out(paper, block, rng.choice(("table", "colons", "lines"))) + "<br>"
    body = f'<h1 style="letter-spacing:8pt;margin:10mm 0">{paper.pick("title", "재직증명서", "재직확인서", "재직 증명서")}</h1>{head}'
    body += laid_out(paper, rows, paper.pick("layout", *LAYOUTS))
    body += '<p class="c" style="margin:14mm 0">위와 같이 재직하고 있음을 증명합니다.</p>'
    return body + _employment_foot(paper, issued, say)


def _company(paper: Paper) -> str:
    name = paper.company.name
    if paper.chance("name in two lines", 0.2):
        return "<br>".join(name.split(" ", 1))
    return name


def _employment_foot(paper: Paper, issued: date, say: Callable[[date], str]) -> str:
    rng, company = paper.rng, paper.company
    foot = paper.pick("foot", "three lines", "one line", "block", "date in a row", "date beside", "name of the head")
    new_day = issued - timedelta(days=31)
    day = paper.value("employment.issued", issued.isoformat(), say(issued), new_day.isoformat(), say(new_day))
    paper.truth.setdefault("employment.organisation", (company.name,))
    seal = f'<span class="stamp">(인){paper.sheet.seal(company.key, company_seal(company.short, rng), wide=55)}</span>'
    head = f"{company.representative} &nbsp; {seal}"
    if foot == "three lines":
        return f'<p class=c>{day}</p><p class=c style="font-size:14pt">{company.name}</p><p class=c>대표이사 {head}</p>'
    if foot == "one line":
        return f"<p class=c>{day}</p><p class=c>{company.name} 대표이사 {head}</p>"
    if foot == "block":
        rows = [
            ("회 사 명", company.name),
            ("사업자등록번호", company.brn),
            ("주 소", company.address),
            ("대표이사", head),
        ]
        return f'<p class=c>{day}</p><div style="margin-left:40mm">{laid_out(paper, rows, "colons")}</div>'
    if foot == "date in a row":
        return (
            f'<p>발급일자 : {day}</p><p class=c style="font-size:14pt">{company.name}</p><p class=c>대표이사 {head}</p>'
        )
    if foot == "date beside":
        return f'<table class=no><tr><td>{day}</td><td style="font-size:13pt">{company.name}</td></tr><tr><td></td><td>대표이사 {head}</td></tr></table>'
    rows = [("상호", company.name), ("대표자 성명", head)]
    return f"<p class=c>{day}</p>{laid_out(paper, rows, 'lines')}"


def registration(paper: Paper) -> str:
    rng, company = paper.rng, paper.company
    style = paper.pick("date", *STYLES)
    say = lambda day: day_in(style, day)  # noqa: E731
    other = invent_name(rng, {company.representative})
    new_day = company.founded + timedelta(days=800)
    number = paper.pick("number", "hyphens", "bare", "apart", "wide")
    shown = {
        "hyphens": company.brn,
        "bare": company.business_number,
        "apart": company.brn.replace("-", " - "),
        "wide": company.brn.replace("-", "－"),
    }[number]
    number_value = paper.value("bizreg.number", company.business_number, shown, "1018100015", "101-81-00015")
    head = paper.value("bizreg.representative", company.representative, company.representative, other)
    if paper.corrected != "bizreg.representative":
        extra = paper.pick(
            "heads", "one", "one", "one", "and others", "and others apart", "two", "each", "foreign note"
        )
        head += {
            "and others": " 외 1명",
            "and others apart": "외 2인",
            "two": f", {other}",
            "each": f", {other} (각자대표)",
            "foreign note": " (한국)",
        }.get(extra, "")
        if extra in ("two", "each"):
            paper.truth["bizreg.representative"] = (f"{company.representative}, {other}",)
        elif extra.startswith("and others"):
            paper.truth["bizreg.representative"] = (
                company.representative,
                f"{company.representative} 외 1명",
                f"{company.representative} 외 2인",
            )
    opened = paper.value(
        "bizreg.opened", company.founded.isoformat(), say(company.founded), new_day.isoformat(), say(new_day)
    )
    name = paper.value("bizreg.name", company.name, _company(paper), f"{company.short}홀딩스 주식회사")
    issued = max(company.founded + timedelta(days=3), invent_date(rng, date(2018, 1, 2), date(2022, 12, 20)))
    form = paper.pick("form", "statute", "statute", "proof", "table", "pairs")
    name_label = paper.pick("company label", "법인명(단체명)", "법인명", "상호", "상호(법인명)", "상 호(법인명)")
    head_label = paper.pick("head label", "대표자", "성명(대표자)", "대표자 성명", "성 명", "대표이사")
    seat = f"{company.address}"
    if paper.chance("seat in two lines", 0.3):
        seat += "<br>(남면동, 온새미빌딩 3층)"
    if form == "proof":
        rows = [("상호(법인명)", name), ("사업자등록번호", number_value), ("성명(대표자)", head), ("주민(법인)등록번호", company.crn),
                ("사업장소재지", seat), ("사업자등록일", say(company.founded + timedelta(days=9))), ("개업일", opened), ("업태", company.industry), ("종목", company.item), ("공동사업자", "")]  # fmt: skip
        body = f"<p>발급번호 5012-334-7781-{rng.randint(100, 999)} &nbsp; 처리기간 즉시</p><h1>사업자등록증명</h1>"
        body += laid_out(paper, rows, paper.pick("layout", "table", "pairs"))
        body += f"<p>위와 같이 사업자등록이 되어 있음을 증명합니다.</p><p class=c>{say(date(2023, 3, 20))}</p>"
    else:
        rows = [(name_label, name), (head_label, head), ("개업연월일", opened), ("법인등록번호", company.crn), ("사업장소재지", seat), ("본점소재지", company.address),
                ("사업의종류", f"업태 {company.industry} 종목 {company.item}"), ("발급사유", paper.pick("why", "정정", "신규", "상호변경 (구 상호 : 옛날산업 주식회사)", "대표자 변경"))]  # fmt: skip
        body = f'<h1 style="letter-spacing:8pt">사업자등록증</h1><p class=c>( 법인사업자 )</p><p class=c style="font-size:13pt">등록번호 : {number_value}</p>'
        if form == "statute":
            pair = f"<tr><td class=k>개 업 연 월 일</td><td>: {opened}</td><td class=k>법인등록번호 : {company.crn}</td></tr>"
            lines = "".join(
                f"<tr><td class=k>{spaced(rng, k)}</td><td colspan=2>: {v}</td></tr>"
                for k, v in rows
                if k not in ("개업연월일", "법인등록번호")
            )
            first, rest = lines.split("</tr>", 2)[:2], lines.split("</tr>", 2)[2]
            body += f"<table class=no>{'</tr>'.join(first)}</tr>{pair}{rest}</table>"
        else:
            body += laid_out(paper, rows, form)
        body += f"<p class=c>{say(issued)}</p>"
    seal = paper.sheet.seal("issuer", office_seal(company.tax_office, rng), wide=55, left=98, top=-18)
    return (
        body
        + f'<p class=c style="font-size:17pt"><span class="stamp">{" ".join(company.tax_office)}{seal}</span></p><p class=c>국세청</p>'
    )


def midsize(paper: Paper) -> str:
    rng, company = paper.rng, paper.company
    style = paper.pick("date", *STYLES)
    say = lambda day: day_in(style, day)  # noqa: E731
    first, last = paper.world.midsize_valid
    issued = first + timedelta(days=rng.randint(2, 12))
    name = paper.value("midsize.name", company.name, _company(paper), f"{company.short}홀딩스 주식회사")
    number = company.business_number if paper.chance("bare number", 0.2) else company.brn
    business = paper.value("midsize.business_number", company.business_number, number, "1018100015", "101-81-00015")
    new_last = last + timedelta(days=365)
    a = paper.value("midsize.valid_from", first.isoformat(), say(first))
    b = paper.value("midsize.valid_to", last.isoformat(), say(last), new_last.isoformat(), say(new_last))
    span = {"tilde": f"{a} ~ {b}", "two lines": f"{a} ~<br>{b}", "from to": f"{a} 부터 {b} 까지", "tight": f"{a}~{b}", "wave": f"{a} ∼ {b}", "two lines words": f"{a} 부터<br>{b} 까지"}[
        paper.pick("span", "tilde", "two lines", "from to", "tight", "wave", "two lines words")]  # fmt: skip
    serial = f"{rng.randint(1000, 4999):04d}"
    cert = paper.pick(
        "serial",
        f"제{first.year}-{serial}호",
        f"제 {first.year}-{serial} 호",
        f"{first.year}-{serial}",
        f"0010-{first.year}-{serial}",
    )
    paper.truth["midsize.number"] = (cert,)
    rows = [(paper.pick("company label", "기업명", "회사명", "법인명", "상호", "업체명"), name), (paper.pick("head label", "대표자", "대표자명", "대표이사", "성명"), company.representative), ("사업자등록번호", business),
            ("법인등록번호", company.crn), ("소재지", company.address), ("주업종", company.item)]  # fmt: skip
    if paper.chance("other period", 0.25):
        rows.append(
            (
                paper.pick("other label", "확인 대상 사업연도", "직전 확인서 유효기간", "설립일"),
                f"{say(date(2021, 1, 1))} ~ {say(date(2021, 12, 31))}",
            )
        )
    rows += [(paper.pick("valid label", "유효기간", "확인서 유효기간", "유 효 기 간"), span), ("용도", "정부사업 신청")]
    if paper.chance("number in a row", 0.2):
        rows.insert(0, ("발급번호", cert))
        top = ""
    else:
        top = f"<p class=small>{paper.pick('number label', '발급번호 : ', '확인번호 : ', '')}{cert}</p>"
    body = f'{top}<h1 style="letter-spacing:6pt;margin:12mm 0">중견기업 확인서</h1>{laid_out(paper, rows, paper.pick("layout", "table", "pairs", "colons", "lines", "heads"))}'
    body += "<p>위 기업은 「중견기업 성장촉진 및 경쟁력 강화에 관한 특별법」 제2조제1호에 따른 중견기업에 해당함을 확인합니다.</p>"
    day = paper.value(
        "midsize.issued",
        issued.isoformat(),
        say(issued),
        (issued + timedelta(days=2)).isoformat(),
        say(issued + timedelta(days=2)),
    )
    seal = paper.sheet.seal("issuer", office_seal("한국중견기업연합회장", rng), wide=55, left=120, top=-18)
    issuer = f'<span class="stamp" style="font-size:17pt">한국중견기업연합회장{seal}</span>'
    foot = paper.pick("foot", "lines", "beside", "label")
    if foot == "beside":
        return body + f"<table class=no><tr><td>{day}</td><td>{issuer}</td></tr></table>"
    return body + f"<p class=c>{'발급일 : ' if foot == 'label' else ''}{day}</p><p class=c>{issuer}</p>"


MAKERS = {"employment": employment, "bizreg": registration, "midsize": midsize}
CORRECTIBLE = {
    "employment": ("employment.joined", "employment.name", "employment.issued"),
    "bizreg": ("bizreg.number", "bizreg.representative", "bizreg.opened", "bizreg.name"),
    "midsize": ("midsize.name", "midsize.business_number", "midsize.valid_to", "midsize.issued"),
}


def draw(kind: str, seed: int, corrected: bool = False) -> Paper:
    """One paper of a seed; `corrected`: one of its values was struck out or pasted over."""
    rng = Random(f"strange {kind} {seed} {corrected}")
    world = make_world(seed)
    paper = Paper(kind, rng, world, world.lead)
    if corrected:
        paper.corrected = rng.choice(CORRECTIBLE[kind])
        paper.habits.append(f"corrected={paper.corrected}")
    paper.make(MAKERS[kind](paper))
    return paper
