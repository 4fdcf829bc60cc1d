"""Who gives a certificate, as printed under it: the office whose seal is stamped over the end of its name."""

from __future__ import annotations

import re

import numpy as np

from jeopsu.domain.documents import Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Ink, Sheet, compact
from jeopsu.extractors.kinds.signoffs import COMPANY_SEAL, FOOT, Signer, words_of
from jeopsu.extractors.marks.grey import grey_seals

ISSUERS = (
    re.compile(r"^(?P<name>[가-힣]{1,6}세무서장)"),
    re.compile(r"(?P<name>(?:사단법인)?한국중견기업연합회(?:회)?장)"),
    re.compile(r"^(?P<name>법원행정처등기정보중앙관리소(?:전산운영책임관)?|[가-힣]{2,12}등기소?등기관)"),
)
# A scan's seal swallows or bends the end of the name: what is left still tells the office, and only a seal there signs.
_CUT_ISSUERS = (
    re.compile(r"^(?P<name>[가-힣]{1,6}세무(?:[서세](?=.{0,3}$)|$))"),
    re.compile(r"(?P<name>한국중견기업연[가-힣]{0,4})"),
    re.compile(r"^(?P<name>법원행정처등기정보)"),
)
ISSUER_REACH = 190.0


def issuers(sheet: Sheet) -> list[Signer]:
    """The office that gives a certificate; its seal is stamped over the end of its name."""
    found = []
    for number, line in enumerate(sheet.lines):
        if line.box.top < FOOT * sheet.height:
            continue
        for pattern in (*ISSUERS, *_CUT_ISSUERS) if sheet.scanned else ISSUERS:
            match = pattern.search(line.letters)
            if match and len(line.letters) <= len(match["name"]) + 8:
                inks = words_of(line, match.start("name"), match.end("name"))
                last = inks[-1].box
                # On a scan the rest of the title (전산운영책임관) may be unread: the seal lies beyond it.
                found.append(Signer(sheet, number, inks, match["name"], last, not sheet.scanned, ISSUER_REACH))
                break
    return found or (_issuers_under_seals(sheet) if sheet.scanned else [])


def _issuers_under_seals(sheet: Sheet) -> list[Signer]:
    """Scans whose issuer page-wide OCR lost under its seal: the line of print that runs into a seal at the foot is read
    alone, by its darkest ink."""
    foot = Box(left=0, top=0.45 * sheet.height, right=sheet.width, bottom=sheet.height)
    seals = sheet.seals if sheet.canvas.coloured else grey_seals(sheet.canvas, foot)
    for seal in seals:
        if min(seal.box.width, seal.box.height) < COMPANY_SEAL or seal.box.centre[1] < foot.top:
            continue
        strip = _print_before(sheet, seal.box)
        for reading in sheet.source.again(sheet.number, sheet.shown(strip), darkest=True) if strip else ():
            letters = compact(reading.text)
            match = next((m for m in (pattern.search(letters) for pattern in (*ISSUERS, *_CUT_ISSUERS)) if m), None)
            if match and strip:
                word = Word(text=match["name"], box=sheet.shown(strip), confidence=max(0.0, min(1.0, reading.weakest)))
                spot = strip.model_copy(update={"left": seal.box.left, "right": seal.box.centre[0]})
                return [Signer(sheet, 1, (Ink(match["name"], strip, word),), match["name"], spot, False, ISSUER_REACH)]
    return []


def _print_before(sheet: Sheet, seal: Box) -> Box | None:
    """The line of print just left of a seal, with what of it lies under the seal; the one nearest to its middle."""
    canvas = sheet.canvas
    area = Box(
        left=max(0.0, seal.left - 240),
        top=max(0.0, seal.top - 14),
        right=max(1.0, seal.left - 3),
        bottom=min(sheet.height, seal.bottom + 14),
    )
    rows, columns = canvas.window(area)
    ink = canvas.dark[rows, columns]
    filled = np.flatnonzero(ink.sum(axis=1) > 1)
    if not len(filled):
        return None
    best: tuple[float, Box] | None = None
    for run in np.split(filled, np.flatnonzero(np.diff(filled) > 1.5 * canvas.scale) + 1):
        top, bottom = (rows.start + run[0]) / canvas.scale, (rows.start + run[-1] + 1) / canvas.scale
        across = np.flatnonzero(ink[run[0] : run[-1] + 1].any(axis=0))
        if not 8 <= bottom - top <= 30:
            continue
        left = (columns.start + across[0]) / canvas.scale
        box = Box(left=max(0.0, left - 4), top=top - 2, right=min(sheet.width, seal.right + 6), bottom=bottom + 2)
        off = abs((top + bottom) / 2 - seal.centre[1])
        if best is None or off < best[0]:
            best = (off, box)
    return best[1] if best else None
