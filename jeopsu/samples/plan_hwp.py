"""Document 2, 연구개발계획서, as HWP 5: the sealed first page as a picture, then the plan with its tables in 천원."""
# ruff: noqa: E501  (paragraphs of Korean: each letter counts twice)

from __future__ import annotations

import tempfile
from base64 import b64encode
from html import escape
from pathlib import Path

from hwp_converter_ai import BlockNode, BlockType, DocumentIR, HwpWriter, InlineNode, InlineType
from hwp_converter_ai.ir_schema import ParagraphStyle, TextStyle

from jeopsu.domain.base import Record
from jeopsu.samples.budgets import Budget
from jeopsu.samples.hwp_layout import layout
from jeopsu.samples.parts import end, head, rows, thousands
from jeopsu.samples.scan import page_picture
from jeopsu.samples.sheet import Sheet
from jeopsu.samples.titles import TITLES
from jeopsu.samples.truth import Value
from jeopsu.samples.world import World, make_world

Cell = tuple[int, int, int, int, str]  # row, column, row span, column span, text


class MadePlan(Record):
    """The plan's bytes, its fields as in truth.json, and each table as the grid of cells that was written."""

    hwp: bytes
    fields: dict[str, Value]
    tables: dict[str, tuple[Cell, ...]]


def text_block(words: str, *, size: float = 10.5, bold: bool = False, centre: bool = False) -> BlockNode:
    style = TextStyle(font_size=size, bold=bold)
    kind = InlineType.BOLD if bold else InlineType.TEXT
    return BlockNode(
        type=BlockType.PARAGRAPH,
        children=[InlineNode(kind, words, style)],
        style=ParagraphStyle(alignment="center" if centre else "left"),
    )


def table_block(cells: tuple[Cell, ...], widths: list[int]) -> BlockNode:
    """A ruled table; cells of the first row and numbers are aligned as forms do it."""
    made = []
    for row, column, down, across, words in cells:
        number = words.replace(",", "").isdigit() and row > 0
        made.append(
            {
                "r": row, "c": column, "rowspan": down, "colspan": across, "text": words, "size": 9.5,
                "align": "right" if number else "center" if row == 0 or column == 0 else "left",
                **({"bg": "#E8EDF2", "bold": True} if row == 0 else {}),
            }
        )  # fmt: skip
    n_rows = max(r + d for r, _, d, _, _ in cells)
    n_columns = max(c + a for _, c, _, a, _ in cells)
    lines = [max(words.count("\n") for r, _, _, _, words in cells if r == row) + 1 for row in range(n_rows)]
    data = {
        "cells": made,
        "n_rows": n_rows,
        "n_cols": n_columns,
        "colw": widths,
        "row_h_pt": [6 + 14 * n for n in lines],
    }
    return BlockNode(type=BlockType.TABLE, metadata=data)


def _grid(lines: list[list[str]]) -> list[Cell]:
    return [(r, c, 1, 1, words) for r, line in enumerate(lines) for c, words in enumerate(line)]


def _cover_picture(world: World) -> BlockNode:
    """The plan's first page, sealed and scanned in (공고 6 ③)."""
    sheet = Sheet(world.rng("plan", "cover"))
    body = (
        head(world, 2, TITLES[2])
        + rows(
            ("사업명", "디지털 혁신 중견기업 육성사업"),
            ("연구개발과제명", escape(world.title)),
            ("주관연구개발기관", escape(world.lead.name)),
            ("공동연구개발기관", escape(world.partner.name)),
            ("연구책임자", escape(world.people[0].name)),
        )
        + "<p class='gap'>관계 규정을 지키며 이 연구개발계획서에 따라 과제를 수행하고자 신청합니다.</p>"
        + end(sheet, world, *world.handing_in)
    )
    made = sheet.make(body, sans=world.taste.sans)
    source = "data:image/png;base64," + b64encode(page_picture(made.pdf, dpi=110)).decode()
    return BlockNode(type=BlockType.IMAGE, metadata={"src": source, "w_mm": 158, "h_mm": 223})


def _budget_by_source(world: World) -> tuple[Cell, ...]:
    names = ("정부지원연구개발비", "government"), ("현금", "cash"), ("현물", "in_kind"), ("합계", "total")
    cells: list[Cell] = [(0, 0, 1, 2, "구분"), *_companies(world), (2, 0, 2, 1, "기관부담\n연구개발비")]
    for row, (label, get) in enumerate(names, 1):
        inside = row in (2, 3)
        cells.append((row, 1 if inside else 0, 1, 1 if inside else 2, label))
        cells += [(row, c, 1, 1, amount) for c, amount in enumerate(_amounts(world, get), 2)]
    return tuple(sorted(cells))


def _companies(world: World) -> list[Cell]:
    """The heads of a budget's columns."""
    names = [company.name for company, _ in world.parties]
    return [(0, c, 1, 1, words) for c, words in enumerate((*names, "합계"), 2)]


def _amounts(world: World, get: str) -> list[str]:
    """One line of a budget: each party's amount and the sum."""
    amounts = [getattr(budget, get) for _, budget in world.parties]
    return [thousands(won) for won in (*amounts, sum(amounts))]


def _budget_by_item(world: World) -> tuple[Cell, ...]:
    def line(label: str, get: str) -> list[str]:
        return [label, *_amounts(world, get)]

    labels = (
        ("연구시설·장비비", "equipment"), ("연구재료비", "materials"), ("연구활동비", "activity"),
        ("(외주 용역비)", "outsourcing"), ("연구수당", "research_allowance"), ("간접비", "indirect"), ("합계", "total"),
    )  # fmt: skip
    cells: list[Cell] = [(0, 0, 1, 2, "비목"), *_companies(world), (1, 0, 2, 1, "인건비")]
    pay = (line("현금", "personnel_cash"), line("현물", "personnel_in_kind"))
    for row, words in enumerate((*pay, *(line(*pair) for pair in labels)), 1):
        cells.append((row, 1 if row < 3 else 0, 1, 1 if row < 3 else 2, words[0]))
        cells += [(row, c, 1, 1, amount) for c, amount in enumerate(words[1:], 2)]
    return tuple(sorted(cells))


def _tables(world: World) -> dict[str, tuple[tuple[Cell, ...], list[int]]]:
    lead, parties = world.lead, [company for company, _ in world.parties]
    period = f"{world.start:%Y. %m. %d.} ~ {world.end:%Y. %m. %d.} (8개월)"
    cover = _grid(
        [
            ["사업명", "디지털 혁신 중견기업 육성사업", "공고번호", "제2023-265호"],
            ["주관연구개발기관", lead.name, "대표자", lead.representative],
            ["연구책임자", world.people[0].name, "직위", world.people[0].title],
        ]
    )
    wide = [("연구개발과제명", world.title), ("연구개발기간", period), ("보안등급", "□ 보안   ■ 일반")]
    cover += [cell for r, (label, words) in enumerate(wide, 3) for cell in ((r, 0, 1, 1, label), (r, 1, 1, 3, words))]
    organisations = _grid(
        [
            ["구분", "주관연구개발기관", *["공동연구개발기관"] * (len(parties) - 1)],
            ["기관명", *(one.name for one in parties)],
            ["사업자등록번호", *(one.brn for one in parties)],
            ["법인등록번호", *(one.crn for one in parties)],
            ["대표자", *(one.representative for one in parties)],
            ["기업유형", *(one.size_words for one in parties)],
            ["설립일", *(f"{one.founded:%Y.%m.%d}" for one in parties)],
            ["상시근로자 수", *(f"{one.employees}명" for one in parties)],
            ["주요 제품·서비스", *(one.item for one in parties)],
        ]
    )
    people = _grid(
        [["번호", "성명", "소속", "직위", "역할", "인건비\n계상률(%)", "신규채용", "인건비(현금)", "인건비(현물)"]]
        + [
            [
                str(i), p.name, world.company(p.organisation).name, p.title, p.role, str(p.rate),
                "신규" if p.new_hire else "기존", thousands(p.personnel_cash), thousands(p.personnel_in_kind),
            ]
            for i, p in enumerate(world.people, 1)
        ]
    )  # fmt: skip
    columns = [*[48 // len(parties)] * len(parties), 22]
    months = [f"{m}월" for m in range(5, 13)]
    steps = (
        ("요구사항 분석", 0, 2),
        ("데이터 수집 환경 구축", 1, 4),
        (f"{world.goal} 모델 적용", 3, 6),
        ("현장 실증 및 확산", 5, 8),
    )
    schedule = _grid(
        [["추진 내용", *months], *([name, *("■" if a <= m < b else "" for m in range(8))] for name, a, b in steps)]
    )
    return {
        "cover": (tuple(cover), [22, 40, 14, 24]),
        "organisations": (tuple(organisations), [24, *[76 // len(parties)] * len(parties)]),
        "schedule": (tuple(schedule), [36, 8, 8, 8, 8, 8, 8, 8, 8]),
        "budget_by_source": (_budget_by_source(world), [16, 14, *columns]),
        "budget_by_item": (_budget_by_item(world), [16, 14, *columns]),
        "participants": (tuple(people), [5, 8, 24, 11, 15, 9, 8, 10, 10]),
    }


def _fields(world: World) -> dict[str, Value]:
    fields: dict[str, Value] = {
        "title": world.title,
        "pi": world.people[0].name,
        "period": f"{world.start}/{world.end}",
        "security_grade": world.taste.grade,
    }
    for company in (world.lead, world.partner):
        fields |= {
            f"org_name:{company.key}": company.name,
            f"business_number:{company.key}": company.brn,
            f"corporate_number:{company.key}": company.crn,
            f"representative:{company.key}": company.representative,
            f"size:{company.key}": company.size_words,
        }
        fields |= {f"{name}:{company.key}": won for name, won in truth_names(world.budget(company.key)).items()}
    return fields


def truth_names(budget: Budget) -> dict[str, int]:
    """A budget under the names of truth.json, in won."""
    return {
        "grant": budget.government, "own_cash": budget.cash, "own_in_kind": budget.in_kind, "total": budget.total,
        "personnel_cash": budget.personnel_cash, "personnel_in_kind": budget.personnel_in_kind,
        "allowance": budget.research_allowance, "equipment": budget.equipment, "materials": budget.materials,
        "outsourcing": budget.outsourcing, "activity": budget.activity, "indirect": budget.indirect,
    }  # fmt: skip


def make_plan(world: World) -> MadePlan:
    """The plan of a proposal."""
    tables = _tables(world)
    unit = text_block("(단위 : 천원)", size=9)

    def table(name: str) -> BlockNode:
        return table_block(*tables[name])

    blocks = [
        # a paragraph before the picture: one that opens the section would share its paragraph, which pyhwp cannot split
        text_block("[서식-2]", size=9),
        _cover_picture(world),
        text_block("연구개발계획서", size=18, bold=True, centre=True),
        table("cover"),
        text_block("1. 연구개발기관 현황", size=13, bold=True), table("organisations"),
        text_block("2. 솔루션 도입의 필요성과 목표", size=13, bold=True),
        text_block(f"주관연구개발기관은 {world.lead.item} 제조업체로서 공정 데이터가 설비마다 흩어져 있어 {world.goal}에 어려움이 있다."),
        text_block(f"공동연구개발기관의 {world.solution} 솔루션을 도입하여 불량률을 20 % 낮추고 설비 가동률을 8 %p 높이는 것을 목표로 한다."),
        text_block("3. 추진 일정", size=13, bold=True), table("schedule"),
        text_block("4. 연구개발비 지원·부담 계획", size=13, bold=True), unit, table("budget_by_source"),
        text_block("5. 비목별 연구개발비", size=13, bold=True), unit, table("budget_by_item"),
        text_block("6. 참여연구자 현황", size=13, bold=True), unit, table("participants"),
        text_block("7. 활용 및 확산 계획", size=13, bold=True),
        text_block("실증이 끝난 뒤 협력사와 계열사 공정으로 솔루션을 넓히고, 비식별 데이터를 공개하여 업종 전반의 디지털 전환에 기여한다."),
    ]  # fmt: skip
    hwp = written(blocks, ("연구개발계획서", "4. ", "6. "))
    return MadePlan(hwp=hwp, fields=_fields(world), tables={name: cells for name, (cells, _) in tables.items()})


def written(blocks: list[BlockNode], new_page_before: tuple[str, ...] = ()) -> bytes:
    """Blocks as an HWP 5 file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.hwp"
        with layout(new_page_before):
            HwpWriter().from_ir(DocumentIR(blocks=blocks), path)
        return path.read_bytes()


def make_plan_hwp(*, seed: int = 1, scenario: str = "good") -> MadePlan:
    """The plan of a seed alone."""
    return make_plan(make_world(seed, scenario))
