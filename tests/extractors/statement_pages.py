"""Hand-made statement pages: a stand-in `PageSource` whose words and tables are written line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from jeopsu.domain.documents import Cell, FigureReading, Page, Table, TextSource, Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.pages import FigureCell, Picture

STEP = 14.0  # from line to line
LETTER = 6.0  # width of a letter


@dataclass
class Leaf:
    """One page: free lines, then a table of rows (label, amounts …)."""

    above: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    rights: Sequence[float] = (300.0, 420.0)  # right edges of the amount columns
    ruled: bool = False
    below: Sequence[str] = ()


@dataclass
class MadeSource:
    """A digital source, or a scan: then `figures` answers from `misread` or the page's own words."""

    leaves: Sequence[Leaf]
    scanned: bool = False
    misread: dict[str, tuple[str, str]] = field(default_factory=dict)  # printed → what the two engines read
    file: str = "made.pdf"

    def __post_init__(self) -> None:
        self._made = [self._make(n, leaf) for n, leaf in enumerate(self.leaves, 1)]
        self.count = len(self._made)

    def glance(self, number: int) -> Page:
        return self._made[number - 1]

    page = glance

    def tables(self, number: int) -> tuple[Table, ...]:
        return self._made[number - 1].tables

    def figures(self, number: int, boxes: Sequence[Box]) -> tuple[FigureCell, ...]:
        return tuple(self._figure(number, box) for box in boxes)

    def again(self, number: int, box: Box, darkest: bool = False) -> tuple[FigureReading, ...]:
        return ()

    def picture(self, number: int, dpi: float = 150) -> Picture:
        """Nothing is drawn: paper."""
        page = self._made[number - 1]
        scale = dpi / 72
        paper = np.full((round(page.height * scale), round(page.width * scale), 3), 255, np.uint8)
        return Picture(paper, dpi, number, np.array([[1 / scale, 0, 0], [0, 1 / scale, 0]]))

    def pieces_upright(self, number: int) -> np.ndarray:
        return np.empty((0, 4))

    def _figure(self, number: int, box: Box) -> FigureCell:
        inside = [w.text for w in self._made[number - 1].words if box.contains(*w.box.centre)]
        text = "".join(inside)
        both = self.misread.get(text, (text, text))
        readings = tuple(
            FigureReading(engine=engine, text=read, confidence=0.95, weakest=0.9)
            for engine, read in zip(("ppocr", "tesseract"), both, strict=True)
            if text
        )
        return FigureCell(box, readings, False, not text)

    def _make(self, number: int, leaf: Leaf) -> Page:
        words: list[Word] = []
        cells: list[Cell] = []
        y = 40.0
        for line in leaf.above:
            words += _words(line, 60, y)
            y += STEP
        for row_number, row in enumerate(leaf.rows):
            label, *amounts = row
            words += _words(label, 60, y)
            left = 50.0
            edges = [(left, leaf.rights[0] - 90)] + [(r - 90, r + 5) for r in leaf.rights]
            for amount, right in zip(amounts, leaf.rights, strict=False):
                if amount:
                    words.append(_word(amount, right - LETTER * len(amount), y))
            for column, (a, b) in enumerate(edges):
                cells.append(Cell(row=row_number, column=column, text="", box=_box(a, y - 2, b, y + STEP - 2)))
            y += STEP
        for line in leaf.below:
            words += _words(line, 60, y)
            y += STEP
        tables = ()
        if leaf.ruled and cells:
            tables = (Table(rows=len(leaf.rows), columns=1 + len(leaf.rights), cells=tuple(cells)),)
        source = TextSource.OCR if self.scanned else TextSource.DIGITAL
        return Page(number=number, width=595, height=842, words=tuple(words), tables=tables, source=source)


def _words(line: str, x: float, y: float) -> list[Word]:
    words = []
    for text in line.split(" "):
        if text:
            words.append(_word(text, x, y))
        x += LETTER * (len(text) + 1)
    return words


def _word(text: str, x: float, y: float) -> Word:
    return Word(text=text, box=_box(x, y, x + LETTER * len(text), y + 10))


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    return Box(left=left, top=top, right=right, bottom=bottom)


HEAD = (
    "재 무 상 태 표",
    "제 18(당)기 2022년 12월 31일 현재",
    "제 17(전)기 2021년 12월 31일 현재",
    "주식회사 가온 (단위 : 천원)",
)
INCOME_HEAD = (
    "손 익 계 산 서",
    "제 18(당)기 2022년 1월 1일부터 2022년 12월 31일까지",
    "제 17(전)기 2021년 1월 1일부터 2021년 12월 31일까지",
    "주식회사 가온 (단위 : 천원)",
)
COLUMNS = ("과 목", "제18(당)기", "제17(전)기")


def money(value: int) -> str:
    return f"({-value:,})" if value < 0 else f"{value:,}"


def balance_rows(*years: dict[str, int]) -> list[list[str]]:
    """The lines of a balance sheet; `years` from `accounts`, newest first."""
    lines = [
        ("자 산", None),
        ("Ⅰ. 유동자산", "current_assets"),
        ("1. 현금및현금성자산", "cash"),
        ("2. 매출채권", "receivables"),
        ("Ⅱ. 비유동자산", "noncurrent_assets"),
        ("1. 유형자산", "tangible"),
        ("2. 무형자산", "intangible"),
        ("자 산 총 계", "assets"),
        ("부 채", None),
        ("Ⅰ. 유동부채", "current_liabilities"),
        ("1. 매입채무", "payables"),
        ("2. 유동성장기부채", "current_long_debt"),
        ("Ⅱ. 비유동부채", "noncurrent_liabilities"),
        ("1. 장기차입금", "long_debt"),
        ("부 채 총 계", "liabilities"),
        ("자 본", None),
        ("Ⅰ. 자본금", "capital_stock"),
        ("Ⅱ. 자본잉여금", "surplus"),
        ("Ⅲ. 이익잉여금", "retained"),
        ("자 본 총 계", "equity"),
        ("부 채 와 자 본 총 계", "both"),
    ]
    return [[label, *(money(y[key]) if key else "" for y in years)] for label, key in lines]


def income_rows(*years: dict[str, int], loss: bool = False) -> list[list[str]]:
    """The lines of an income statement. `loss`: the label says 당기순손실 and the amounts have no sign."""
    lines = [
        ("Ⅰ. 매출액", "revenue"),
        ("Ⅱ. 매출원가", "cogs"),
        ("Ⅲ. 매출총이익", "gross"),
        ("Ⅳ. 판매비와관리비", "sga"),
        ("급여", "salaries"),
        ("경상연구개발비", "rnd_expense"),
        ("Ⅴ. 영업이익", "operating_income"),
        ("Ⅵ. 영업외수익", "gains"),
        ("이자수익", "gains"),
        ("Ⅶ. 영업외비용", "costs"),
        ("이자비용", "interest_expense"),
        ("기부금", "donations"),
        ("Ⅷ. 법인세비용차감전순이익", "pretax"),
        ("Ⅸ. 법인세비용", "tax"),
        ("Ⅹ. 당기순손실" if loss else "Ⅹ. 당기순이익", "net_income"),
    ]
    shown = [dict(y) for y in years]
    if loss:
        for year in shown:
            year["net_income"] = -year["net_income"]
    return [[label, *(money(y[key]) for y in shown)] for label, key in lines]


def accounts(seed: int) -> dict[str, int]:
    """One year's books whose sums hold, different for each seed (천원)."""

    def part(n: int) -> int:
        return 1_000_003 + (seed * 7919 + n * 104_729) % 88_888_883

    a = {name: part(n) for n, name in enumerate(("cash", "receivables", "tangible", "intangible", "payables",
         "current_long_debt", "long_debt", "capital_stock", "surplus"))}  # fmt: skip
    a["current_assets"] = a["cash"] + a["receivables"]
    a["noncurrent_assets"] = a["tangible"] + a["intangible"]
    a["assets"] = a["current_assets"] + a["noncurrent_assets"]
    a["current_liabilities"] = a["payables"] + a["current_long_debt"]
    a["noncurrent_liabilities"] = a["long_debt"]
    a["liabilities"] = a["current_liabilities"] + a["noncurrent_liabilities"]
    a["equity"] = a["assets"] - a["liabilities"]
    a["retained"] = a["equity"] - a["capital_stock"] - a["surplus"]
    a["both"] = a["assets"]
    a["revenue"], a["cogs"], a["salaries"], a["rnd_expense"] = part(20) * 3, part(21), part(22), part(23)
    a["gross"] = a["revenue"] - a["cogs"]
    a["sga"] = a["salaries"] + a["rnd_expense"]
    a["operating_income"] = a["gross"] - a["sga"]
    a["gains"], a["interest_expense"], a["donations"] = part(24), part(25), part(26) // 100
    a["costs"] = a["interest_expense"] + a["donations"]
    a["pretax"] = a["operating_income"] + a["gains"] - a["costs"]
    a["tax"] = part(27) // 10
    a["net_income"] = a["pretax"] - a["tax"]
    return a
