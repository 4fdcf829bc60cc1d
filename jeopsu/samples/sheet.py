"""Composes one PDF from HTML and knows where each noted thing was printed (boxes come from the layout itself)."""

from __future__ import annotations

from hashlib import md5
from html import escape
from random import Random
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from jeopsu.domain.base import Record
from jeopsu.samples.ink import data_url
from jeopsu.samples.truth import CheckTruth, InkTruth, Spot, Value

_PX = 0.75  # a CSS pixel in points

BASE = """
@page { size: A4; margin: 18mm 19mm 16mm }
body { font-size: 10pt; line-height: 1.45; color: #111; margin: 0; }
table { border-collapse: collapse; width: 100% }
td, th { border: 0.5pt solid #222; padding: 3pt 5pt; font-weight: normal; vertical-align: middle }
th { background: #ececec; text-align: center }
.c { text-align: center } .r { text-align: right; white-space: nowrap } .n { white-space: nowrap }
.f { display: inline-block } .small { font-size: 8.5pt }
h1 { text-align: center; font-size: 19pt; letter-spacing: 2pt; margin: 4mm 0 7mm }
.gap { margin-top: 5mm } .break { break-before: page }
.closing { margin-top: 8mm; text-align: center; line-height: 2.1 }
.stamp { position: relative; white-space: nowrap }
.stamp img { position: absolute; opacity: .95 }
"""
MYEONGJO = "body { font-family: 'Nanum Myeongjo','NanumMyeongjo','Noto Serif CJK KR',serif }"
GOTHIC = "body { font-family: 'Nanum Gothic','NanumGothic','Noto Sans CJK KR',sans-serif }"


class Made(Record):
    """A composed PDF and what is true of its pages."""

    pdf: bytes
    pages: int
    fields: dict[str, Value] = {}
    field_boxes: dict[str, tuple[Spot, ...]] = {}
    figures: dict[str, Spot] = {}  # "2022.assets" → where it is printed
    seals: tuple[InkTruth, ...] = ()
    signatures: tuple[InkTruth, ...] = ()
    signatures_missing: tuple[str, ...] = ()
    checkboxes: tuple[CheckTruth, ...] = ()


class Sheet:
    """Notes what is put on a page while its HTML is written; `make` lays it out."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._notes: list[tuple[str, str, Any, str]] = []  # kind, name, value, printed
        self._missing: list[str] = []

    def _note(self, kind: str, name: str, value: Any, printed: str) -> str:
        self._notes.append((kind, name, value, printed))
        return f"t{len(self._notes) - 1}"

    def put(self, name: str, value: Value, printed: str | None = None) -> str:
        """A field: its value as a program should read it, and the characters printed for it."""
        shown = str(value) if printed is None else printed
        # a block of its own, so that the box of a wrapped field holds all its lines
        return f'<span class="f" id="{self._note("field", name, value, shown)}">{escape(shown)}</span>'

    def figure(self, year: int, concept: str, value: int, printed: str) -> str:
        """A figure of a statement."""
        return (
            f'<span class="n" id="{self._note("figure", f"{year}.{concept}", value, printed)}">{escape(printed)}</span>'
        )

    def check(self, label: str, on: bool, boxes: tuple[str, str]) -> str:
        return f'<span id="{self._note("check", label, on, boxes[on])}">{boxes[on]}</span>'

    def seal(self, whose: str, svg: str, *, wide: float = 52, left: float = -22, top: float = -20) -> str:
        """A seal over the word (인); sizes in points, the place relative to the enclosing `.stamp`."""
        ident = self._note("seal", whose, None, "")
        turn = self.rng.uniform(-9, 9)
        left, top = left + self.rng.uniform(-5, 5), top + self.rng.uniform(-4, 4)
        return (
            f'<img id="{ident}" src="{data_url(svg)}" style="width:{wide}pt;left:{left:.1f}pt;top:{top:.1f}pt;'
            f'transform:rotate({turn:.1f}deg)">'
        )

    def sign(self, whose: str, svg: str, *, high: float = 24) -> str:
        """A signature in the flow of the line."""
        ident = self._note("sign", whose, None, "")
        return f'<img id="{ident}" src="{data_url(svg)}" style="height:{high}pt;vertical-align:middle">'

    def unsigned(self, whose: str) -> str:
        self._missing.append(whose)
        return ""

    def make(self, body: str, *, css: str = "", sans: bool = False) -> Made:
        """Lays the body out. Equal HTML gives equal bytes."""
        style = BASE + (GOTHIC if sans else MYEONGJO) + css
        html = f'<html lang="ko"><head><style>{style}</style></head><body>{body}</body></html>'
        # Pictures come as data URLs only: composing a page never reads the disk or the network.
        fetcher = URLFetcher(allowed_protocols={"data"})
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(font_config=FontConfiguration())
        spots: dict[str, Spot] = {}
        for number, page in enumerate(document.pages, 1):
            for ident, (left, top, right, bottom) in page.anchors.items():
                box = tuple(round(v * _PX, 1) for v in (left, top, right, bottom))
                spots[ident] = Spot(page=number, bbox_pt=box)
        pdf = document.write_pdf(pdf_identifier=md5(html.encode(), usedforsecurity=False).digest())
        return self._made(pdf, len(document.pages), spots)

    def _made(self, pdf: bytes, pages: int, spots: dict[str, Spot]) -> Made:
        fields: dict[str, Value] = {}
        boxes: dict[str, tuple[Spot, ...]] = {}
        figures: dict[str, Spot] = {}
        seals: list[InkTruth] = []
        signs: list[InkTruth] = []
        checks: list[CheckTruth] = []
        for i, (kind, name, value, printed) in enumerate(self._notes):
            spot = spots[f"t{i}"].model_copy(update={"printed": printed})
            if kind == "field":
                fields[name] = value
                boxes[name] = (*boxes.get(name, ()), spot)
            elif kind == "figure":
                figures[name] = spot
            elif kind == "check":
                checks.append(CheckTruth(label=name, checked=value, page=spot.page, bbox_pt=spot.bbox_pt))
            else:
                ink = InkTruth(page=spot.page, bbox_pt=spot.bbox_pt, whose=name)
                (seals if kind == "seal" else signs).append(ink)
        return Made(
            pdf=pdf,
            pages=pages,
            fields=fields,
            field_boxes=boxes,
            figures=figures,
            seals=tuple(seals),
            signatures=tuple(signs),
            signatures_missing=tuple(self._missing),
            checkboxes=tuple(checks),
        )
