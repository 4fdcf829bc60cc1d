"""Sign-off lines at a form's foot: "대 표 자 : 홍길동 (직인)", one a signer, and the seal or signature beside it.

A seal is stamped over the end of the line, often over the line above and the next one. Each seal belongs to the line
nearest to its middle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.values import dates
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.form_parts import Found, Label
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet
from jeopsu.extractors.kinds.reading import Reader
from jeopsu.extractors.marks.grey import grey_seals
from jeopsu.extractors.marks.seals import SURE
from jeopsu.extractors.marks.signatures import Place

UNSURE = "날인 여부를 알 수 없음"
# The role that opens a sign-off, the name after it, and the hint where the seal goes.
_ROLE = re.compile(
    r"(?:대표이사|대표자|대표|연구책임자|책임자|작성자|확인자|점검자|서약자|동의자|제출자|원장|이사장|총장|회장)(?:성명)?[:：]?"
)
HINT = re.compile(r"[(（\[〔]?(?:직인|인감|법인인감|서명또는인|서명또는날인|서명|날인|인|印)[)）\]〕]")
_LINE = re.compile(
    r"(?P<role>" + _ROLE.pattern + r")(?P<name>[가-힣]{2,5}?)(?P<hint>" + HINT.pattern + r")?[.,'’|]{0,2}$"
)
_EMPTY = re.compile(r"(?P<role>" + _ROLE.pattern + r")(?P<hint>" + HINT.pattern + r")[.,'’|]{0,2}$")
_ROLE_ALONE = re.compile(r"(?:대표이사|대표자)[:：]?$")
_ORGANISATION = re.compile(r"^.{0,3}?(?:주관|공동)(?:연구개발)?기관[:：]?.{2,}")
FOOT = 0.3  # sign-offs stand below the head of a page


@dataclass(frozen=True)
class Signer:
    """One sign-off line: the words of the name, and where the hint (직인) stands or would stand."""

    sheet: Sheet
    line: int
    inks: tuple[Ink, ...]
    name: str
    spot: Box
    hinted: bool  # its place is printed, so that emptiness means something
    reach: float = 70.0  # points to the right of its place where a seal may still lie


def signers(sheet: Sheet) -> list[Signer]:
    """Sign-off lines of a page, top to bottom. A name at a form's head has no hint and is none."""
    found = []
    for number, line in enumerate(sheet.lines):
        if line.box.top < FOOT * sheet.height:
            continue
        match = _LINE.search(line.letters)
        named = match and names.person(match["name"]) is not None
        if not named and (empty := _EMPTY.search(line.letters)):
            found.append(_nameless(sheet, number, line, empty))
            continue
        if not match or match["name"] in ("귀하", "귀중"):  # the addressee: "○○원장 귀하"
            continue
        hinted = match["hint"] is not None
        if not hinted and not _free_to_the_right(sheet, line):
            continue
        inks = words_of(line, match.start("name"), match.end("name"))
        if not inks or names.person(match["name"]) is None:
            continue
        if hinted:
            spot = _box(words_of(line, match.start("hint"), match.end("hint")))
        else:
            last = inks[-1].box
            spot = Box(left=last.right, top=last.top, right=last.right + 30, bottom=last.bottom)
        found.append(Signer(sheet, number, inks, match["name"], spot, hinted))
    hinted_ones = [signer for signer in found if signer.hinted]
    found = hinted_ones or [signer for signer in found if signer.line > 0.5 * len(sheet.lines)]
    return found + _unread(sheet, found) if sheet.scanned else found


def _nameless(sheet: Sheet, number: int, line: Line, match: re.Match[str]) -> Signer:
    """A sign-off whose name was never filled in: "대표자 (인)"."""
    inks = words_of(line, match.start("role"), match.end("role"))
    spot = _box(words_of(line, match.start("hint"), match.end("hint")))
    return Signer(sheet, number, inks, "", spot, True)


def _unread(sheet: Sheet, found: Sequence[Signer]) -> list[Signer]:
    """Sign-offs whose own line a seal made unreadable: known by the organisation's line just above it, or by the role
    that is left of them."""
    more = [] if found else _roles_alone(sheet)
    for number, line in enumerate(sheet.lines):
        match = _ORGANISATION.match(line.letters)
        if not match or line.box.top < 0.4 * sheet.height:
            continue
        if any(-2 < (signer.spot.centre[1] - line.box.centre[1]) / max(line.height, 6.0) < 4 for signer in found):
            continue
        beside = line.letters.find("대표자") >= 0
        left = line.inks[0].box.left + 0.25 * sheet.width * (2 if beside else 0.4)
        top = line.box.top if beside else line.box.bottom + 0.5 * line.height
        spot = Box(left=left, top=top, right=left + 50, bottom=top + line.height)
        more.append(Signer(sheet, number, line.inks, "", spot, False))
    return more


def _roles_alone(sheet: Sheet) -> list[Signer]:
    """대표이사 at a page's foot, nothing to be read beside it: the seal took the name and its hint (직인) along."""
    found = []
    for number, line in enumerate(sheet.lines):
        if line.box.top > 0.5 * sheet.height and _ROLE_ALONE.match(line.letters) and _free_to_the_right(sheet, line):
            own = line.box
            spot = Box(left=own.right + 40, top=own.top, right=own.right + 140, bottom=own.bottom)
            found.append(Signer(sheet, number, line.inks, "", spot, False))
    return found


# Points across; names' seals in lists are smaller. On a page without any sign-off line, a name's seal outside of
# lists counts as well.
COMPANY_SEAL, PERSONAL_SEAL = 38.0, 15.0


def _sealed_only(sheet: Sheet, found: Sequence[Signer]) -> list[Signer]:
    """Company seals at a scan's foot under which no sign-off line can be read: signed, by whom a person must see."""
    foot = Box(left=0, top=0.35 * sheet.height, right=sheet.width, bottom=sheet.height)
    seals = sheet.seals if sheet.canvas.coloured else grey_seals(sheet.canvas, foot)
    more = []
    for seal in seals:
        x, y = seal.box.centre
        least = COMPANY_SEAL if found or _in_a_row(sheet, x, y) else PERSONAL_SEAL
        if min(seal.box.width, seal.box.height) < least or y < foot.top or not sheet.inks:
            continue
        if any(zone(signer).contains(x, y) for signer in found):
            continue
        near = min(sheet.inks, key=lambda ink: abs(ink.box.centre[1] - y) + 0.2 * abs(ink.box.centre[0] - x))
        more.append(Signer(sheet, 0, (near,), "", seal.box, False))
    return more


def _in_a_row(sheet: Sheet, x: float, y: float) -> bool:
    """Whether a place lies in a row of a table."""
    cell = sheet.canvas.cell_around(x, y)
    return cell is not None and cell.height < 100


def _free_to_the_right(sheet: Sheet, line: Line) -> bool:
    return line.box.right < 0.85 * sheet.width


def words_of(line: Line, start: int, end: int) -> tuple[Ink, ...]:
    return tuple(line.inks[number] for number in sorted(set(line.owner[start:end])))


def _box(inks: Sequence[Ink]) -> Box:
    box = inks[0].box
    for ink in inks[1:]:
        box = box.union(ink.box)
    return box


def read_signoffs(
    reader: Reader, start: int = 0, lines_of: Callable[[Sheet], list[Signer]] = signers
) -> tuple[FieldValue, ...]:
    """signoff.name, kind, date for each sign-off line of the segment, or for each issuer (`lines_of`)."""
    fields: list[FieldValue] = []
    index = start
    for sheet in reader.sheets:
        lines = lines_of(sheet)
        if sheet.scanned and lines_of is signers:
            lines = lines + _sealed_only(sheet, lines)
        places = places_of(sheet, lines)
        for signer, place in zip(lines, places, strict=True):
            label = Label(signer.line, 0, 0, "", 0, "", signer.spot)
            found = Found(sheet, signer.inks, label)
            fields.append(reader.name_field("signoff.name", found, signer.name or None, index=index))
            fields.append(_kind(reader, signer, place, index))
            day = _day(reader, sheet, signer, index)
            if day is not None:
                fields.append(day)
            index += 1
    return tuple(fields)


def _kind(reader: Reader, signer: Signer, place: Place, index: int) -> FieldValue:
    box = place.box if place.box is not None else zone(signer)
    return FieldValue(
        name="signoff.kind",
        value=place.kind or None,
        printed="",
        status=FieldStatus.CONFIRMED if place.kind else FieldStatus.UNCERTAIN,
        confidence=place.confidence,
        evidence=Region(file=reader.request.name, page=signer.sheet.number, box=signer.sheet.shown(box)),
        how="ink",
        index=index,
        note="" if place.kind else UNSURE,
    )


def zone(signer: Signer) -> Box:
    """Where a seal for this line may lie: around the hint, from the name to well beyond it."""
    if not signer.name and signer.line == 0:  # a seal without a line
        return signer.spot
    middle = signer.spot.centre[1]
    return Box(
        left=max(0.0, signer.inks[0].box.left - 10),
        top=max(0.0, middle - 45),
        right=min(signer.sheet.width, signer.spot.right + signer.reach),
        bottom=min(signer.sheet.height, middle + 45),
    )


def places_of(sheet: Sheet, lines: Sequence[Signer]) -> list[Place]:
    """What stands beside each line. A coloured seal goes to the nearest line, and to no other."""
    if not lines:
        return []
    taken: dict[int, Place] = {}
    seals = list(sheet.seals)
    if sheet.scanned and not sheet.canvas.coloured:
        area = zone(lines[0])
        for signer in lines[1:]:
            area = area.union(zone(signer))
        seals += grey_seals(sheet.canvas, _wider(sheet, area))
    coloured = sheet.canvas.coloured
    for seal in sorted(seals, key=lambda mark: (coloured and mark.confidence < SURE, -mark.box.width)):
        near = [
            (abs(seal.box.centre[1] - signer.spot.centre[1]), number)
            for number, signer in enumerate(lines)
            if zone(signer).contains(*seal.box.centre)
        ]
        if not near:
            continue
        _, number = min(near)
        if number not in taken:
            sure = seal.confidence >= SURE or not coloured
            taken[number] = Place("seal", min(0.97, seal.confidence), seal.box) if sure else Place("", 0.5, seal.box)
    return [taken.get(number) or _ink(sheet, signer, lines) for number, signer in enumerate(lines)]


def _wider(sheet: Sheet, area: Box, by: float = 45.0) -> Box:
    """With room for a whole seal whose middle lies at the area's edge."""
    return Box(
        left=max(0.0, area.left - by),
        top=max(0.0, area.top - by),
        right=min(sheet.width, area.right + by),
        bottom=min(sheet.height, area.bottom + by),
    )


def _ink(sheet: Sheet, signer: Signer, lines: Sequence[Signer]) -> Place:
    """A line without a coloured seal: other ink around it that is no print, or surely none."""
    area = zone(signer)
    canvas = sheet.canvas
    colour = (canvas.red | canvas.blue) if canvas.coloured else None
    mask = canvas.without_rules(canvas.dark if colour is None else canvas.dark | colour, shortest=60)
    whole = canvas.blobs(mask, area)
    large = [b for b in whole if b.reach >= 24 and b.narrow >= 14 and b.reach < 120]
    if large and sheet.scanned and not canvas.coloured:
        return Place("", 0.5, large[0].box)  # no closed rim was found: overprinted letters hang together as well
    if large:
        if len(lines) > 1 and not any(area.contains(*b.box.centre) for b in large):
            return Place("", 0.5)
        best = max(large, key=lambda blob: blob.reach)
        # Seals over one another may be found as one, and given to the other line. What is no seal's is a hand's.
        sealed = any(best.box.overlap(seal.box) > 0 for seal in sheet.seals if seal.confidence >= SURE)
        return Place("seal" if sealed else "", 0.85 if sealed else 0.5, best.box, best.area, best.reach)
    middling = [b for b in whole if b.reach >= 17 and b.narrow > 3]
    if middling:
        return Place("", 0.5, middling[0].box)
    rest = mask.copy()
    for ink in sheet.inks:
        if area.overlap(ink.box) > 0:
            rows, columns = canvas.window(
                Box(
                    left=max(0.0, ink.box.left - 1),
                    top=max(0.0, ink.box.top - 1),
                    right=ink.box.right + 1,
                    bottom=ink.box.bottom + 1,
                )
            )
            rest[rows, columns] = False
    left = sum(blob.area for blob in canvas.blobs(rest, area))
    hued = 0.0
    if colour is not None:
        rows, columns = canvas.window(area)
        hued = float(colour[rows, columns].sum()) / canvas.scale**2
    astray = any(seal.box.centre[1] > 0.4 * sheet.height for seal in sheet.seals if seal.box.width < 100)
    if left <= 6.0 and hued <= 4.0 and signer.hinted and not astray:
        return Place("none", 0.95, None, left)
    return Place("", 0.5, None, left)


def _day(reader: Reader, sheet: Sheet, signer: Signer, index: int) -> FieldValue | None:
    """The date that stands alone above the sign-off."""
    for line in reversed(sheet.lines[: signer.line]):
        days = dates.find_alone(line.text)
        rest = re.sub(r"[\s.\-/'’‘년월일:]|작성일|제출일|서명일", "", line.text)
        if len(days) == 1 and rest.isdigit():
            return reader.day_field("signoff.date", days[0][0], days[0][1], sheet, line.inks, index)
    return None
