"""A paper in any layout, typeface and date, its values corrected by hand or not: for `strange_certificate_pages`.

Each paper knows what a person would read of it: the values that may be confirmed, field by field. A value that was
corrected by hand has only its new one, or none.
"""
# ruff: noqa: E501  (lines of Korean HTML: each letter counts twice)

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from benchmarks.strange_common import Habits
from jeopsu.samples.companies import Company
from jeopsu.samples.ink import data_url, personal_seal
from jeopsu.samples.sheet import Sheet
from jeopsu.samples.world import World

FONTS = ("Nanum Myeongjo", "NanumGothic", "NanumBarunGothic", "NanumGothicCoding", "NanumSquareRound")
CSS = """
td,th{padding:4pt 6pt} .no td,.no th{border:none;background:none;text-align:left} .k{white-space:nowrap}
.old{text-decoration:line-through;text-decoration-thickness:1pt} .old2{text-decoration:line-through double}
.pen{position:relative} .pen img{position:absolute;left:-3pt;top:0;height:100%;width:calc(100% + 6pt)}
.hand{font-family:NanumBarunGothic;font-style:italic;color:#223a8c}
.pencil{font-family:NanumBarunGothic;font-style:italic;color:#8a8a8a}
.over{position:relative}.over b{position:absolute;left:-2pt;top:-1pt;background:#fff;font-weight:normal;padding:1pt 20pt 2pt 2pt;white-space:nowrap}
"""
Allowed = tuple[str, ...]


@dataclass
class Paper(Habits):
    """One certificate while it is written."""

    kind: str
    rng: Random
    world: World
    company: Company
    habits: list[str] = field(default_factory=list)
    truth: dict[str, Allowed] = field(default_factory=dict)  # field → values that may be confirmed; none: no value
    sheet: Sheet = field(init=False)
    corrected: str = ""  # the field whose value was struck out
    pdf: bytes = b""

    def __post_init__(self) -> None:
        self.sheet = Sheet(self.rng)

    def value(self, name: str, value: str, printed: str, new: str = "", shown: str = "") -> str:
        """A field's value as HTML; the one to be corrected is struck out, covered or written over."""
        if self.corrected != name or not new:
            self.truth.setdefault(name, (value,))
            return printed
        way = self.pick("correction", "line", "double", "pen", "red pen", "covered", "line, no new value")
        self.truth[name] = () if way == "line, no new value" else (new,)
        hand = f'<span class="hand">{shown or new}</span>'
        if way == "covered":
            return f'<span class="over">{printed}<b>{shown or new}</b></span>'
        seal = f'<span class="stamp">&nbsp;{self.sheet.seal("correction", personal_seal("정정", self.rng), wide=15, left=0, top=-8)}</span>'
        if way == "line, no new value":
            return f'<span class="old">{printed}</span>{seal}'
        if "pen" in way:
            return f'<span class="pen">{printed}<img src="{_stroke(self.rng, way)}"></span> {hand} {seal}'
        where = f"{hand} {seal}<br>" if self.rng.random() < 0.4 else ""
        old = f'<span class="{"old2" if way == "double" else "old"}">{printed}</span>'
        return f"{where}{old} {'' if where else hand + seal}"

    def make(self, body: str) -> None:
        font = self.pick("font", *FONTS)
        size = self.rng.choice((9, 10, 11, 12))
        self.pdf = self.sheet.make(body, css=f"{CSS} body{{font-family:'{font}';font-size:{size}pt}}").pdf


def _stroke(rng: Random, way: str) -> str:
    """A hand's line through what is printed."""
    colour = "#c8281e" if way == "red pen" else "#1c1c24"
    y = [rng.uniform(8, 12) for _ in range(4)]
    body = (
        f'<path d="M1 {y[0]:.1f} C 30 {y[1]:.1f} 70 {y[2]:.1f} 99 {y[3]:.1f}" fill="none" stroke="{colour}" stroke-width="1.4"/>'
        if rng.random() < 0.7
        else f'<path d="M1 6 L99 {y[0]:.1f} M1 14 L99 {y[1]:.1f}" fill="none" stroke="{colour}" stroke-width="1.2"/>'
    )
    return data_url(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20" viewBox="0 0 100 20" preserveAspectRatio="none">{body}</svg>'
    )


def day_in(style: str, day: date) -> str:
    y, m, d = day.year, day.month, day.day
    return {
        "dots": f"{y}. {m}. {d}.",
        "dots tight": f"{y}.{m:02d}.{d:02d}",
        "dots bare": f"{y}. {m}. {d}",
        "words": f"{y}년 {m}월 {d}일",
        "words padded": f"{y}년 {m:02d}월 {d:02d}일",
        "words tight": f"{y}년{m:02d}월{d:02d}일",
        "words apart": f"{y} 년 {m:02d} 월 {d:02d} 일",
        "hyphens": f"{y}-{m:02d}-{d:02d}",
        "slashes": f"{y}/{m:02d}/{d:02d}",
        "short": f"'{y % 100:02d}. {m}. {d}",
        "short bare": f"{y % 100:02d}.{m:02d}.{d:02d}",
        "figures": f"{y}{m:02d}{d:02d}",
    }[style]


STYLES = ("dots", "dots tight", "dots bare", "words", "words padded", "words tight", "words apart", "hyphens", "slashes",
          "short", "short bare", "figures")  # fmt: skip


def spaced(rng: Random, label: str) -> str:
    return " ".join(label) if len(label) <= 4 and rng.random() < 0.5 else label


def laid_out(paper: Paper, rows: list[tuple[str, str]], layout: str) -> str:
    """Labels and values in a layout."""
    rng = paper.rng
    named = [(spaced(rng, label), value) for label, value in rows]
    if layout == "table":
        return "<table>" + "".join(f"<tr><th class=k>{k}</th><td>{v}</td></tr>" for k, v in named) + "</table>"
    if layout == "pairs":
        pairs = [named[n : n + 2] for n in range(0, len(named), 2)]
        line = lambda p: "".join(f"<th class=k>{k}</th><td{' colspan=3' if len(p) == 1 else ''}>{v}</td>" for k, v in p)  # noqa: E731
        return "<table>" + "".join(f"<tr>{line(p)}</tr>" for p in pairs) + "</table>"
    if layout == "heads":
        cut = [named[n : n + 4] for n in range(0, len(named), 4)]
        return "".join(
            "<table style='margin-bottom:3mm'><tr>" + "".join(f"<th>{k}</th>" for k, _ in part) + "</tr><tr>"
            + "".join(f"<td class=c>{v}</td>" for _, v in part) + "</tr></table>"
            for part in cut
        )  # fmt: skip
    if layout == "sections":
        half = (len(named) + 1) // 2
        out = []
        for head, part in (("인적<br>사항", named[:half]), ("재직<br>사항", named[half:])):
            pairs = [part[n : n + 2] for n in range(0, len(part), 2)]
            for n, pair in enumerate(pairs):
                first = f"<th rowspan={len(pairs)} style='width:10mm'>{head}</th>" if n == 0 else ""
                cells = "".join(
                    f"<th class=k>{k}</th><td{' colspan=3' if len(pair) == 1 else ''}>{v}</td>" for k, v in pair
                )
                out.append(f"<tr>{first}{cells}</tr>")
        return f"<table>{''.join(out)}</table>"
    if layout == "colons":
        return (
            "<table class=no>" + "".join(f"<tr><td class=k>{k}</td><td>: {v}</td></tr>" for k, v in named) + "</table>"
        )
    bullet = rng.choice(("○ ", "□ ", "- ", "1) ", ""))
    return "".join(f"<p style='margin:2.5mm 0'>{bullet}{k} : {v}</p>" for k, v in named)


LAYOUTS = ("table", "pairs", "heads", "sections", "colons", "lines")
