"""연구개발계획서 (the research plan, an HWP): organisations, cover, budget and participants by what the form says.

Forms known: the ministry's 연구개발계획서 (국가연구개발혁신법 시행규칙, 별지), IITP's 2026 form, KIAT's of
2021–2023. Tables are found by their headings in either direction; spellings stand in `plan_labels.yaml`.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable
from datetime import date

from jeopsu.domain.documents import Document
from jeopsu.domain.evidence import Anchor
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.kinds import Kind
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.plan_blank import Filling, filling
from jeopsu.extractors.kinds.plan_budget import PlanBudget
from jeopsu.extractors.kinds.plan_details import Outlay, amounts_of, fields_of, outlays
from jeopsu.extractors.kinds.plan_grid import Grid, grids
from jeopsu.extractors.kinds.plan_organisations import PlanCover
from jeopsu.extractors.kinds.plan_pay import proven
from jeopsu.extractors.kinds.plan_people import PlanPeople
from jeopsu.extractors.kinds.plan_roles import Organisations
from jeopsu.extractors.kinds.plan_schedule import schedule
from jeopsu.extractors.kinds.plan_seals import read_sealed_page
from jeopsu.extractors.kinds.plan_words import squeezed, tokens
from jeopsu.extractors.readers.hwp_render import drawing

_TITLE = re.compile(
    r"[^가-힣]*(?:서식[^가-힣]*)?(?:신청용|협약용|기술개발)?(?:연구개발|연구|사업)계획서(?:\([^)]*\))?[^가-힣]*"
)
_OUTSOURCING_HEAD = re.compile(
    r"외주\s*용역[^\n]{0,12}(?:내용|계획|활용|내역|현황)|외부\s*용역[^\n]{0,12}(?:내용|계획|활용|내역)"
)
_NEXT_SECTION = re.compile(r"\s*(?:\d{1,2}\.|[가-하]\.)\s")
_LARGE = 30_000_000  # 공고 3-3: an outsourcing from here on, VAT included, must be described in the plan
_SECTIONS = ("연구개발기관", "연구개발비", "참여연구자", "연구개발과제명", "주관연구개발기관", "정부지원연구개발비")


def read_plan(document: Document, request: ReadRequest) -> tuple[FieldValue, ...]:
    """All fields of a plan: plan.*, org.*, budget.* (per organisation) and participant.* (index: row). Money in won."""
    tables = _without_guides(grids(document))
    cover = PlanCover(tables, request.name)
    people = PlanPeople(tables, cover.organisations, request.name)
    front = cover.fields()
    budget = PlanBudget(tables, cover.organisations, request.name, _years(front))
    people.name_lead(next((f for f in front if f.name == "plan.lead_researcher"), None))
    fields = [*front, *budget.fields(), *people.fields()]
    single = outlays(tables, cover.organisations)
    shown = frozenset(f.organisation for f in fields if f.name == "budget.outsourcing" and f.organisation)
    fields += amounts_of(single, shown, request.name)
    outsourced = [one for one in single if one.kind == "outsourcing"]
    described = _outsourcing(document, request, cover.organisations, fields) or _tabled(outsourced, request, fields)
    if described is not None:
        fields.append(described)
    fields += fields_of(single, request.name) + schedule(tables, _years(front), request.name)
    return tuple(_shown(_one_lead(proven(fields), people), document, request))


def how_filled(document: Document, fields: Iterable[FieldValue]) -> Filling:
    """What the plan's form asks for and nobody filled in; `fields` as `read_plan` gave them."""
    return filling(document, _without_guides(grids(document)), fields)


def _years(front: list[FieldValue]) -> range | None:
    """The years in which the project runs."""
    days = {f.name: f.value for f in front if f.name in ("plan.start", "plan.end") and f.confirmed}
    start, end = days.get("plan.start"), days.get("plan.end")
    return range(start.year, end.year + 1) if isinstance(start, date) and isinstance(end, date) else None


def _shown(fields: list[FieldValue], document: Document, request: ReadRequest) -> list[FieldValue]:
    """Fields with page and box of their cell, where the file can be drawn, and what the sealed first page shows."""
    if not (fields or document.pictures) or not os.path.exists(request.path):
        return fields
    drawn = drawing(request.path, document.tables)
    made = []
    for field in fields:
        at = field.evidence
        if isinstance(at, Anchor) and at.table is not None and at.row is not None and at.column is not None:
            spot = drawn.cells.get((at.table, at.row, at.column))
            if spot is not None:
                at = at.model_copy(update={"page": spot.page, "box": spot.box})
                field = field.model_copy(update={"evidence": at})
        made.append(field)
    return made + read_sealed_page(document, request, fields, drawn.picture)


def recognise(document: Document, request: ReadRequest) -> tuple[Kind | None, str, float]:
    """(kind, the words that gave it away, confidence): whether an HWP is a research plan at all.

    A notice of the call names the plan and its sections too: the title must stand alone, or a cover table must ask for
    the project's title and its lead organisation.
    """
    head = [p.text for p in document.paragraphs if p.place == "body"][:40]
    cells = [cell.text for table in document.tables[:4] for cell in table.cells]
    title = next((text for text in [*head, *cells[:60]] if _is_title(text)), "")
    everything = squeezed(" ".join(cell.text for table in document.tables for cell in table.cells))
    sections = sum(word in everything for word in _SECTIONS)
    cover = any(_is_cover([cell.text for cell in table.cells]) for table in document.tables[:6])
    if title and (cover or sections >= 3):
        return Kind.RESEARCH_PLAN, title.strip(), 0.99
    if cover and sections >= 2:
        return Kind.RESEARCH_PLAN, title.strip(), 0.8
    if request.hint is Kind.RESEARCH_PLAN and (title or cover or document.pictures):
        return Kind.RESEARCH_PLAN, title.strip(), 0.5
    return None, "", 0.0


def _is_title(text: str) -> bool:
    bare = squeezed(text)
    return len(bare) < 70 and bool(_TITLE.fullmatch(bare) or bare.endswith("연구개발계획서"))


def _is_cover(cells: list[str]) -> bool:
    """Whether a table asks for the project's title and for the lead organisation, as labels of their own."""
    labels = {token for text in cells if len(text) < 40 for token in (tokens(text, "identity") or ())}
    return {"title", "lead"} <= labels


def _without_guides(tables: list[Grid]) -> list[Grid]:
    """Boxes that tell how to fill the form in (작성 요령) are no answers."""
    return [grid for grid in tables if not any("작성요령" in squeezed(spot.text[:60]) for spot in grid.spots[:3])]


def _outsourcing(
    document: Document, request: ReadRequest, organisations: Organisations, fields: list[FieldValue]
) -> FieldValue | None:
    """Whether the plan describes its outsourcing: a section of that name with words for every organisation that must.

    Confirmed only where each organisation with a large outsourcing is named in it. That there is none is never claimed:
    the words may stand elsewhere.
    """
    body = [p for p in document.paragraphs if p.place == "body"]
    heads = [n for n, p in enumerate(body) if len(p.text) < 60 and _OUTSOURCING_HEAD.search(p.text)]
    for place in heads:
        section = list(itertools.takewhile(lambda p: not _NEXT_SECTION.match(p.text), body[place + 1 : place + 12]))
        text = "\n".join(p.text for p in section)
        if len(text) < 30:
            continue
        spent = [f for f in fields if f.name == "budget.outsourcing"]
        large = {f.organisation for f in spent if not isinstance(f.value, int) or f.value * 11 >= _LARGE * 10}
        named = {organisations.home_of(p.text) for p in section} - {None}
        sure = all(f.confirmed for f in spent) and large <= named and all(p.alike for p in section)
        return FieldValue(
            name="plan.outsourcing_described",
            value=True,
            printed=body[place].text,
            status=FieldStatus.CONFIRMED if sure and large else FieldStatus.UNCERTAIN,
            confidence=0.95 if sure and large else 0.7,
            evidence=Anchor(file=request.name, paragraph=body[place].number),
            how="hwp",
            note="" if sure and large else "외주 용역 항목이 있음: 내용이 충분한지는 담당자가 판단",
        )
    return None


def _tabled(single: list[Outlay], request: ReadRequest, fields: list[FieldValue]) -> FieldValue | None:
    """The same from a table of single outsourcings: a row with words for every organisation that must."""
    if not single:
        return None
    told = {outlay.organisation for outlay in single if outlay.described}
    spent = [f for f in fields if f.name == "budget.outsourcing"]
    large = {f.organisation for f in spent if not isinstance(f.value, int) or f.value * 11 >= _LARGE * 10}
    sure = bool(large) and large <= told and all(f.confirmed for f in spent) and all(o.spot.sure for o in single)
    first = single[0].spot
    return FieldValue(
        name="plan.outsourcing_described",
        value=True,
        printed=single[0].what,
        status=FieldStatus.CONFIRMED if sure else FieldStatus.UNCERTAIN,
        confidence=0.95 if sure else 0.7,
        evidence=Anchor(file=request.name, table=first.table, row=first.table_row, column=first.table_column),
        how="hwp",
        note="" if sure else "외주 용역 상세표가 있음: 내용이 충분한지는 담당자가 판단",
    )


def _one_lead(fields: list[FieldValue], people: PlanPeople) -> list[FieldValue]:
    """The cover's 연구책임자 and the one of the list must be the same person."""
    lead = people.lead()
    if lead is None:
        return fields
    return [
        field.model_copy(
            update={
                "status": FieldStatus.UNCERTAIN,
                "confidence": 0.5,
                "alternatives": (lead.name,),
                "note": "표지와 참여연구자 현황의 연구책임자가 다름",
            }
        )
        if field.name == "plan.lead_researcher" and field.confirmed and field.value != lead.name
        else field
        for field in fields
    ]
