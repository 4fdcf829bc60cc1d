"""What the forms share: the head with its number, the table about the project, dates, check boxes, the signed end."""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape

from jeopsu.samples.companies import Company
from jeopsu.samples.ink import company_seal
from jeopsu.samples.sheet import Sheet
from jeopsu.samples.world import World

TO = "한국산업기술진흥원장 귀하"


def shown_date(world: World, day: date) -> str:
    """A date in the taste of this proposal."""
    return (
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{day.year}. {day.month}. {day.day}.",
        f"{day.year}년 {day.month:02d}월 {day.day:02d}일",
    )[world.taste.date_style]


def thousands(amount: int) -> str:
    """Won as 천원."""
    return f"{amount // 1000:,}"


def plain(rate: int | Decimal) -> int | str:
    """A rate as the truth names it: a number, or its digits where it has decimals."""
    return rate if isinstance(rate, int) else str(rate)


def head(world: World, number: int, title: str) -> str:
    """The form's number and title, in one of three looks."""
    if world.taste.header == 0:
        return (
            f'<p class="small" style="margin:0">[서식 제{number}호]</p>'
            f'<h1 style="letter-spacing:0;border-bottom:2.2pt double #222;padding-bottom:3mm">{escape(title)}</h1>'
        )
    if world.taste.header == 1:
        return (
            '<table style="margin-bottom:6mm"><tr>'
            f'<td class="c" style="width:17mm;background:#dfe7ef;font-weight:bold">서식<br>{number}</td>'
            f'<td style="font-size:15.5pt;font-weight:bold;padding:3mm 5mm">{escape(title)}</td></tr></table>'
        )
    return (
        f'<p class="small" style="text-align:right;margin:0">【서식-{number}】</p>'
        f'<h1 style="letter-spacing:0;font-size:17.5pt;background:#f1f1ee;border:1pt solid #555;padding:3mm">{escape(title)}</h1>'
    )


def rows(*pairs: tuple[str, str], wide: str = "32mm") -> str:
    """A table of labels and (ready HTML) values."""
    body = "".join(f'<tr><th style="width:{wide}">{escape(label)}</th><td>{value}</td></tr>' for label, value in pairs)
    return f"<table>{body}</table>"


def about(sheet: Sheet, world: World, company: Company | None = None) -> str:
    """과제명, 기관명, 대표자, 연구책임자."""
    company = company or world.lead
    label = "주관연구개발기관" if company.key == "lead" else "공동연구개발기관"
    return (
        '<table><colgroup><col style="width:33mm"><col><col style="width:24mm"><col style="width:32mm"></colgroup>'
        f'<tr><th>연구개발과제명</th><td colspan="3">{sheet.put("title", world.title)}</td></tr>'
        f"<tr><th>{label}</th><td>{sheet.put('org_name', company.name)}</td>"
        f'<th>대표자</th><td class="c">{sheet.put("representative", company.representative)}</td></tr></table>'
    )


def end(sheet: Sheet, world: World, *companies: Company, lines: str = "", to: str = TO) -> str:
    """Date, each organisation with its representative's seal, and the addressee."""
    day = sheet.put("date", world.signed.isoformat(), shown_date(world, world.signed))
    signed = []
    for company in companies or (world.lead,):
        label = "주관연구개발기관" if company.key == "lead" else "공동연구개발기관"
        seal = sheet.seal(company.key, company_seal(company.short, sheet.rng))
        signed.append(
            f'<div class="n">{label} : {escape(company.name)} &nbsp;&nbsp; 대표자 {escape(company.representative)} '
            f'&nbsp;<span class="stamp">(인){seal}</span></div>'
        )
    return (
        f'<div class="closing"><div>{day}</div>{lines}<div style="margin-top:4mm;line-height:4.4">{"".join(signed)}</div>'
        f'<div style="margin-top:6mm;font-size:13pt;font-weight:bold">{escape(to)}</div></div>'
    )


def question(sheet: Sheet, world: World, label: str, options: tuple[str, ...], chosen: int | None) -> str:
    """Options in a row, each after its box."""
    return " &nbsp; ".join(
        f'<span class="n">{sheet.check(f"{label}:{option}", i == chosen, world.taste.box)} {escape(option)}</span>'
        for i, option in enumerate(options)
    )


def checklist(
    sheet: Sheet, world: World, head_words: str, options: tuple[str, str], items: Sequence[tuple[str, int | None]]
) -> str:
    """A numbered table with one column for each option; each item with the option that is marked."""
    body = []
    for number, (words, chosen) in enumerate(items, 1):
        cells = "".join(
            f'<td class="c">{sheet.check(f"{number}:{option}", i == chosen, world.taste.box)}</td>'
            for i, option in enumerate(options)
        )
        body.append(f'<tr><td class="c">{number}</td><td>{escape(words)}</td>{cells}</tr>')
    names = "".join(f'<th style="width:17mm">{option}</th>' for option in options)
    return f'<table class="gap"><tr><th style="width:11mm">번호</th><th>{escape(head_words)}</th>{names}</tr>{"".join(body)}</table>'
