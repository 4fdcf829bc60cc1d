"""Who answers for statements with a seal: the auditor, or the tax agent who kept the books (공고 7, document 14: "표지
(회계사 직인 포함)", "결산재무제표 확인원(세무사 혹은 공인회계사 확인)"). 표준재무제표증명 of the tax office needs none.

One sign-off for a file's statements: a seal beside any of these names answers for all of its pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jeopsu.domain.evidence import Evidence, Region, Searched
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.layout import Sheet
from jeopsu.extractors.kinds.signoffs import HINT, UNSURE, Signer, places_of, words_of, zone
from jeopsu.extractors.marks.signatures import SPECKS, Place
from jeopsu.extractors.pages import PageSource

CERTIFIED = frozenset({Kind.AUDIT_REPORT, Kind.CLOSING_STATEMENTS})
UNSEEN = "회계사·세무사의 날인란을 찾지 못함"
_FIRM = r"[가-힣A-Za-z&]{1,14}(?:회계법인|세무법인|감사반|회계사무소|세무사사무소|회계사사무소|세무회계)"
_ROLE = r"(?:대표|담당|담당이사|책임|업무집행이사|확인자|확인인|성명)?[:：]?(?:공인회계사|세무사|세무대리인)"
_TITLE = r"(?:대표이사|대표사원|대표|업무집행이사|담당이사)"
_NUMBER = r"(?:\(?(?:등록|관리|세무사)번호[^가-힣()]{0,12}호?\)?)?"
_TAIL = rf"(?P<hint>{HINT.pattern})?[.,'’|]{{0,2}}"
_WHO = rf"(?:{_FIRM})?{_ROLE}[:：]?(?:성명)?[:：]?"
_PERSON = re.compile(rf"{_WHO}(?P<name>[가-힣]{{2,4}}?){_NUMBER}{_TAIL}")
_UNDER_A_SEAL = re.compile(rf"{_WHO}(?P<name>[가-힣]{{2,3}})(?P<hint>.{{0,8}})")  # a scan's, with what OCR makes of it
_HEAD = re.compile(rf"(?:{_FIRM})?{_TITLE}[:：]?(?P<name>[가-힣]{{2,4}}?){_TAIL}")  # under or behind a firm's name
_OFFICE = re.compile(rf"(?:감사인|세무대리인|회계사)?[:：]?(?P<name>{_FIRM}){_TAIL}")
_TOP = 0.25  # of a page's height: above it a firm's name is a letter's head
_NEAR = 3  # lines from a firm's name to its head's
_REACH = 90.0


def certifiers(sheet: Sheet) -> list[Signer]:
    """Lines that name an accountant, a tax agent or their firm, top to bottom."""
    found: list[Signer] = []
    firm = -_NEAR - 1
    for number, line in enumerate(sheet.lines):
        if line.box.top < _TOP * sheet.height:
            continue
        office = _OFFICE.fullmatch(line.letters)
        match = office or _PERSON.fullmatch(line.letters) or _HEAD.fullmatch(line.letters)
        if match is None and sheet.scanned:
            match = _UNDER_A_SEAL.fullmatch(line.letters)
        if match is None or (office is None and names.person(match["name"]) is None):
            continue
        if match.re is _HEAD and number - firm > _NEAR and not re.match(_FIRM, line.letters):
            continue  # the company's own head
        if office or re.match(_FIRM, line.letters):
            firm = number
        inks = words_of(line, match.start("name"), match.end("name"))
        last = inks[-1].box
        spot = last.model_copy(update={"left": last.right, "right": last.right + 30})
        hinted = bool(match["hint"]) and match.re is not _UNDER_A_SEAL
        if hinted:
            marks = words_of(line, match.start("hint"), match.end("hint"))
            spot = marks[0].box.union(marks[-1].box)
        found.append(Signer(sheet, number, inks, match["name"], spot, hinted, _REACH))
    return found


def certified(source: PageSource, pages: Sequence[int], segment: Segment, request: ReadRequest) -> FieldValue | None:
    """The sign-off of a segment's statements (`pages`: those before its tables). None where none is asked for."""
    if segment.kind not in CERTIFIED:
        return None
    found: list[tuple[Signer, Place]] = []
    for number in pages:
        sheet = Sheet(source, number)
        lines = certifiers(sheet)
        found += zip(lines, places_of(sheet, lines), strict=True)
        if any(place.kind not in ("", "none") for _, place in found):
            break
    evidence: Evidence = Searched(files=(request.name,), pages=tuple(pages) or (segment.first_page,))
    printed, kind, confidence, note = "", "", 0.0, UNSEEN
    if found:
        signer, place = max(found, key=_weight)
        box = signer.sheet.shown(place.box if place.box is not None else zone(signer))
        evidence = Region(file=request.name, page=signer.sheet.number, box=box)
        printed, kind, confidence, note = signer.name, place.kind, place.confidence, UNSURE
    return FieldValue(
        name="signoff.kind",
        value=kind or None,
        printed=printed,
        status=FieldStatus.CONFIRMED if kind else FieldStatus.UNCERTAIN,
        confidence=confidence,
        evidence=evidence,
        how="ink",
        index=(segment.first_page - 1) * 100,
        note="" if kind else note,
    )


def _weight(one: tuple[Signer, Place]) -> tuple[int, float]:
    """A mark answers for all. A place that may hold one comes before those that are surely empty, and a printed (인)
    that is empty before a name beside which nothing was ever to stand."""
    signer, place = one
    if place.kind not in ("", "none"):
        return 3, place.confidence
    if place.kind == "none":
        return 1, place.confidence
    bare = not signer.hinted and not signer.sheet.scanned and place.ink <= SPECKS
    return 0 if bare and (place.box is None or _is_print(signer.sheet, place.box)) else 2, place.confidence


def _is_print(sheet: Sheet, box: Box) -> bool:
    """Whether a piece of ink is one of a text layer's own words."""
    area = box.width * box.height
    return any(ink.box.overlap(box) >= 0.8 * area for ink in sheet.inks)
