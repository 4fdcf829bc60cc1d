"""A form in any typeface, and what a person would read of it; one value may be corrected by hand: for `strange_forms`.

Corrections are laid over the finished page as a pen, an editor or correction tape would, so that any printed value of
any PDF can be corrected, statements of `samples/` too.
"""
# ruff: noqa: E501  (lines of SVG)

from __future__ import annotations

import html
import io
from dataclasses import dataclass, field
from random import Random

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import weasyprint

from benchmarks.strange_common import Habits
from benchmarks.strange_paper import FONTS
from jeopsu.samples.ink import company_seal, personal_seal, signature
from jeopsu.samples.sheet import Made, Sheet
from jeopsu.samples.truth import Spot
from jeopsu.samples.world import World

CSS = """
td,th{padding:2pt 4pt} table{margin:2mm 0} .k{white-space:nowrap} .no td{border:none} h1{font-size:15pt}
.f{white-space:nowrap} .fixed{table-layout:fixed;overflow-wrap:anywhere} .eg{color:#777} .wide td,.wide th{padding:6pt 4pt}
"""
WAYS = ("line", "double", "pen", "red pen", "cross", "covered", "tape", "overtyped", "line, no new value")


@dataclass
class Form(Habits):
    """One form while it is written. `truth`: field@row → values that may be confirmed; none: no value may."""

    kind: str
    rng: Random
    world: World
    habits: list[str] = field(default_factory=list)
    truth: dict[str, tuple[str, ...]] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)  # who stands in a row
    wrong: set[str] = field(default_factory=set)  # names that stand on the form and are nobody's
    size: str = "A4"
    sheet: Sheet = field(init=False)
    corrected: str = ""
    pdf: bytes = b""
    made: Made | None = None  # a statement of `samples/`
    _new: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheet = Sheet(self.rng)

    def put(self, key: str, printed: str, *allowed: object, new: tuple[object, str] | None = None) -> str:
        """A value as HTML. `allowed`: what may be confirmed of it; `new`: what it may be corrected to, and how."""
        self.truth[key] = tuple(str(one) for one in allowed)
        if new is not None:
            self._new[key] = (str(new[0]), new[1])
        return self.sheet.put(key, printed)

    def seal(self, whose: str, wide: float = 45) -> str:
        picture = company_seal(whose, self.rng) if wide > 25 else personal_seal(whose, self.rng)
        return f'<span class="stamp">{self.sheet.seal(whose, picture, wide=wide)}</span>'

    def sign(self, whose: str) -> str:
        return self.sheet.sign(whose, signature(whose, self.rng), high=18)

    def make(self, body: str, correct: bool = False) -> None:
        font = self.pick("font", *FONTS)
        size = self.rng.choice((8, 9, 10, 11))
        page = f"@page{{size:{self.size};margin:15mm 14mm}}"
        made = self.sheet.make(body, css=f"{CSS}{page} body{{font-family:'{font}';font-size:{size}pt}}")
        self.pdf = made.pdf
        keys = [key for key in self._new if made.field_boxes.get(key)]
        if correct and keys:
            self.corrected = self.rng.choice(keys)
            value, shown = self._new[self.corrected]
            way = self.pick("correction", *WAYS)
            self.pdf = correct_at(self.pdf, made.field_boxes[self.corrected][0], way, shown, self.rng)
            self.truth[self.corrected] = () if way in ("overtyped", "line, no new value") else (value,)

    def correct_statement(self) -> None:
        """One figure of a statement of `samples/` corrected."""
        assert self.made is not None
        keys = [key for key in self.truth if key.removeprefix("fs.").partition("@")[2]]
        self.corrected = key = self.rng.choice(keys)
        concept, _, year = key.removeprefix("fs.").partition("@")
        spot = self.made.figures[f"{year}.{concept}"]
        way = self.pick("correction", *WAYS)
        digits = [n for n, c in enumerate(spot.printed) if c.isdigit()]
        place = self.rng.choice(digits[1:] or digits)
        new = (
            spot.printed[:place]
            + str((int(spot.printed[place]) + self.rng.randint(1, 8)) % 10)
            + spot.printed[place + 1 :]
        )
        self.pdf = correct_at(self.pdf, spot, way, new, self.rng)
        digits_ = "".join(c for c in new if c.isdigit())
        won = int(self.truth[key][0]) * int(digits_) // int("".join(c for c in spot.printed if c.isdigit()))
        self.truth[key] = (str(won),) if way in ("covered", "tape") else ()


def correct_at(pdf: bytes, spot: Spot, way: str, new: str, rng: Random) -> bytes:
    """The PDF with the print at one spot corrected by hand or by an editor."""
    left, top, right, bottom = spot.bbox_pt
    high, wide = bottom - top, right - left
    size = min(11.0, 0.72 * high)
    new = html.escape(new)
    ink, out, text = "#1c1c24", "", ""
    if way in ("line", "double", "line, no new value"):
        lines = (0.5,) if way != "double" else (0.42, 0.58)
        out = "".join(_line(left - 1, top + y * high, right + 1, top + y * high, ink, 0.9) for y in lines)
    elif way in ("pen", "red pen"):
        colour = "#c8281e" if way == "red pen" else ink
        a, b = rng.uniform(0.4, 0.6), rng.uniform(0.4, 0.6)
        out = _line(left - 3, top + a * high, right + 4, top + b * high, colour, 1.3)
    elif way == "cross":
        out = _line(left, top + 1, right, bottom - 1, ink, 1.1) + _line(left, bottom - 1, right, top + 1, ink, 1.1)
    elif way in ("covered", "tape"):
        grey = "#fff" if way == "covered" else "#fbfbf8"
        room = 0.45 * size * len(new)
        out = f'<rect x="{left - 2:.1f}" y="{top:.1f}" width="{max(wide + 4, room + 4):.1f}" height="{high:.1f}" fill="{grey}"/>'
    if way in ("covered", "tape", "overtyped"):
        text = _text(left, top + 0.8 * high, size, new, way == "tape")
    elif way != "line, no new value":
        above = rng.random() < 0.5
        text = _text(left + 2, top + 0.1 * size, 0.85 * size, new, True) if above else _text(
            right + 3, top + 0.8 * high, size, new, True
        )  # fmt: skip
    return _over(pdf, spot.page - 1, out + text)


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, wide: float) -> str:
    return f'<path d="M{x:.1f} {y:.1f} L{to_x:.1f} {to_y:.1f}" stroke="{colour}" stroke-width="{wide}" fill="none"/>'


def _text(x: float, y: float, size: float, words: str, hand: bool) -> str:
    style = 'fill="#223a8c" font-style="italic"' if hand else 'fill="#111"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" font-family="NanumBarunGothic" {style}>{words}</text>'


def _over(pdf: bytes, number: int, drawing: str) -> bytes:
    document = pdfium.PdfDocument(pdf)
    page = document[number]
    wide, high = page.get_size()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}">{drawing}</svg>'
    css = f"<style>@page{{size:{wide}pt {high}pt;margin:0}}body{{margin:0}}</style>"
    layer = pdfium.PdfDocument(weasyprint.HTML(string=f"{css}<body>{svg}</body>").write_pdf())
    source = raw.FPDF_NewXObjectFromPage(document, layer, 0)
    form = raw.FPDF_NewFormObjectFromXObject(source)
    raw.FPDFPage_InsertObject(page, form)
    raw.FPDF_CloseXObject(source)
    raw.FPDFPage_GenerateContent(page)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table(heads: list[tuple[str, str]], rows: list[list[str]], css: str = "") -> str:
    """A ruled table; a heading is (group, words), neighbours of one group are merged above."""
    out = [f'<table class="{css}"><thead>'] if css else ["<table><thead>"]
    if any(group for group, _ in heads):
        top, n = "", 0
        while n < len(heads):
            group, words = heads[n]
            span = 1
            while group and n + span < len(heads) and heads[n + span][0] == group:
                span += 1
            top += f"<th rowspan=2>{words}</th>" if not group else f"<th colspan={span}>{group}</th>"
            n += span
        out.append(f"<tr>{top}</tr><tr>" + "".join(f"<th>{words}</th>" for group, words in heads if group) + "</tr>")
    else:
        out.append("<tr>" + "".join(f"<th>{words}</th>" for _, words in heads) + "</tr>")
    out.append("</thead><tbody>")
    out += [
        "<tr>" + "".join(c if c.startswith("<td") else f"<td class=c>{c}</td>" for c in row) + "</tr>" for row in rows
    ]
    return "".join(out) + "</tbody></table>"
