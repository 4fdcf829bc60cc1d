"""Turns ledgers and what the auditor says into field values, each with its place and an honest status."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jeopsu.domain.documents import TextSource
from jeopsu.domain.evidence import Evidence, Region, Searched
from jeopsu.domain.fields import FieldStatus, FieldValue, Reading
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.pages import UNREAD
from jeopsu.extractors.statements.ledger import Entry, Ledger
from jeopsu.extractors.statements.model import Figure, StatementKind
from jeopsu.extractors.statements.opinion import Said
from jeopsu.extractors.statements.paper import Paper
from jeopsu.extractors.statements.wanted import BALANCE_ITEMS, INCOME_ITEMS, SINGLE_LINES

Shown = Callable[[int, Box], Box]  # (page, upright box) → box on the page as shown


def fields_of(ledger: Ledger, file: str, shown: Shown, pages: tuple[int, ...], unit: int | None) -> list[FieldValue]:
    """What a call asks for of one statement in one year. An absent line is told of the statement's own year only."""
    names = BALANCE_ITEMS if ledger.kind is StatementKind.BALANCE else INCOME_ITEMS
    fields: list[FieldValue] = []
    for name in names:
        entries = ledger.all(name)
        if entries:
            fields.append(_figure(name, entries, ledger, file, shown, unit))
        elif ledger.place == 0:
            note = "재무제표 본문에 이 항목이 없습니다"
            fields.append(missing(f"fs.{name}", ledger.year, file, pages, note))
    return fields


def note_field(note: Ledger, file: str, shown: Shown) -> FieldValue:
    """이자비용 of one year as a note prints it."""
    return _figure("interest_expense", note.all("interest_expense"), note, file, shown, note.statement.unit)


def _figure(
    name: str, entries: Sequence[Entry], ledger: Ledger, file: str, shown: Shown, unit: int | None
) -> FieldValue:
    entry = entries[0]
    figure = entry.figure
    assert figure is not None
    doubt = figure.doubt or _doubt(name, entries, ledger, unit)
    value = figure.chosen if figure.chosen is not None else (figure.candidates[0] if figure.candidates else None)
    sure = not doubt and figure.chosen is not None and not figure.broken and _earned(figure, ledger)
    if not sure and not doubt:
        doubt = "두 판독이 다르거나 합계로 확인되지 않았습니다" if not figure.digital else "확인되지 않았습니다"
    scale = unit or figure.unit
    won = value * scale if value is not None else None
    others = tuple(c * scale for c in figure.candidates if c != value)
    return FieldValue(
        name=f"fs.{name}",
        value=won,
        printed=printed_of(figure),
        status=FieldStatus.CONFIRMED if sure else FieldStatus.UNCERTAIN,
        confidence=_confidence(figure, sure),
        evidence=Region(file=file, page=figure.slot.page, box=shown(figure.slot.page, _box(figure))),
        how="derived" if figure.derived else "digital" if figure.digital else "ocr",
        year=ledger.year,
        readings=tuple(Reading(engine=r.engine, text=r.text, confidence=r.confidence) for r in figure.readings),
        alternatives=() if sure else others,
        note="" if sure else doubt,
    )


def _box(figure: Figure) -> Box:
    """The figure's ink, or its cell where the page's OCR saw only a part of it."""
    whole = (
        figure.digital or figure.slot.text == UNREAD or len(figure.slot.text) >= 0.7 * len(printed_of(figure).strip())
    )
    return figure.slot.ink if whole else figure.slot.cell


def printed_of(figure: Figure) -> str:
    """The characters as they stand on the page: the text layer's, or the reading that gave the value."""
    if figure.digital or not figure.readings:
        return figure.slot.text
    return figure.readings[0].text


def _earned(figure: Figure, ledger: Ledger) -> bool:
    """A text layer is believed unless contradicted. A scan's figure needs a sum that holds with it.

    Lines that no total hangs on may do with the gate alone: of 159 values that passed it in three scanned packs none
    was wrong. A total without a sum stays open: it may have been altered. And where no sum of the statement holds at
    all, its figures may stand beside other lines' labels.
    """
    if figure.digital:
        return figure.solid
    if figure.witnesses:
        return True
    in_line = any(e.figure is not None and e.figure.witnesses for e in ledger.entries)
    return figure.solid and figure.name in SINGLE_LINES and in_line


def _confidence(figure: Figure, sure: bool) -> float:
    if figure.broken or not figure.candidates:
        return 0.1
    if sure:
        return 0.99 if figure.digital or figure.witnesses else 0.95
    return round(min(0.9, 0.5 * figure.confidence), 2)


def _doubt(name: str, entries: Sequence[Entry], ledger: Ledger, unit: int | None) -> str:
    """What stands against a figure apart from its digits."""
    statement, entry = ledger.statement, entries[0]
    if len({e.figure.candidates for e in entries if e.figure}) > 1:
        return "같은 이름의 항목이 둘 이상이고 금액이 다릅니다"
    if unit is None:
        return "금액 단위 표시를 찾지 못했습니다"
    if statement.year_doubted:
        return "읽은 사업연도가 파일 이름의 연도와 다릅니다"
    if statement.interim:
        return "중간(반기·분기) 재무제표의 금액입니다"
    if statement.consolidated:
        return "연결재무제표의 금액입니다. 별도(개별) 재무제표를 확인해야 합니다"
    if not statement.title:
        return "재무제표의 제목을 찾지 못했습니다"
    if entry.code_fits is False:
        return "계정과목과 코드가 서로 맞지 않습니다"
    if name.startswith("current_") and not ledger.digital and not (ledger.all(f"non{name}") or _leads(entry, ledger)):
        return "비유동 항목을 읽지 못해 유동 항목인지 확실하지 않습니다"
    return ""


def _leads(entry: Entry, ledger: Ledger) -> bool:
    """Lines that only current items have stand right under this one."""
    at = next(n for n, e in enumerate(ledger.entries) if e is entry)
    return any(e.name in ("cash", "receivables", "quick_assets", "payables") for e in ledger.entries[at + 1 : at + 4])


def missing(name: str, year: int | None, file: str, pages: tuple[int, ...], note: str) -> FieldValue:
    return FieldValue(
        name=name,
        value=None,
        printed="",
        status=FieldStatus.MISSING,
        confidence=0.9,
        evidence=Searched(files=(file,), pages=pages),
        how="searched",
        year=year,
        note=note,
    )


def said(name: str, words: Said, year: int | None, file: str, paper: Paper) -> FieldValue:
    """Opinion, auditor or framework, where the report says it."""
    box = around(
        [ink.word.box for line in words.lines for ink in line.inks if line in paper.lines] or [paper.inks[0].word.box]
    )
    sure = words.sure and year is not None
    return FieldValue(
        name=name,
        value=words.value,
        printed=" ".join(line.text for line in words.lines)[:300],
        status=FieldStatus.CONFIRMED if sure else FieldStatus.UNCERTAIN,
        confidence=0.95 if sure else 0.5,
        evidence=Region(file=file, page=words.page, box=box),
        how="digital" if paper.page.source is TextSource.DIGITAL else "ocr",
        year=year,
        note="" if sure else words.note or "사업연도를 찾지 못했습니다",
    )


def estimated(ledgers: Sequence[Ledger], audited: bool, file: str, shown: Shown, cover: bool = False) -> FieldValue:
    """추정 or 결산 of one year, from titles and headings.

    Its balance sheet and its income statement are of one making: the one whose title was read whole speaks for both,
    if neither says otherwise. An auditor reports on closed statements only (외부감사법 제6조). `cover`: it speaks of a
    forecast, which no title may contradict without a person.
    """
    ledger = next((g for g in ledgers if g.statement.title and g.statement.sure_title), ledgers[0])
    statement = ledger.statement
    said = cover or any(g.statement.estimated for g in ledgers)
    evidence: Evidence = Searched(files=(file,), pages=(statement.grids[0].page,))
    if statement.title_box is not None:
        evidence = Region(file=file, page=statement.title_page, box=shown(statement.title_page, statement.title_box))
    sure = bool(statement.title) and statement.sure_title and said == statement.estimated
    sure = sure or (audited and not said)
    return FieldValue(
        name="fs.estimated",
        value=said,
        printed=statement.title,
        status=FieldStatus.CONFIRMED if sure else FieldStatus.UNCERTAIN,
        confidence=0.95 if sure else 0.5,
        evidence=evidence,
        how="digital" if ledger.digital else "ocr",
        year=ledger.year,
        note="" if sure else "재무제표의 제목을 확실히 읽지 못했습니다",
    )
