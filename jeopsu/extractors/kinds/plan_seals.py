"""The plan's first page, sealed and scanned into the HWP (공고 6 ③): whose seals stand on it.

The plan's text names its lead researcher and its organisations' heads; a line of the scan that holds one of these
names, letter by letter or but for one, is that person's sign-off. A name bent further is nobody's.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from jeopsu.domain.documents import Document
from jeopsu.domain.evidence import Anchor
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.problems import DocumentProblem
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.closeness import find_near
from jeopsu.extractors.kinds.layout import Sheet, union
from jeopsu.extractors.kinds.reading import Reader
from jeopsu.extractors.kinds.signoffs import Signer, read_signoffs, signers
from jeopsu.extractors.ocr import engines
from jeopsu.extractors.readers.hwp_pictures import picture_bytes, sealed_page
from jeopsu.extractors.readers.hwp_places import Spot
from jeopsu.extractors.readers.pdf import open_pdf

_BODY = 0.35  # the cover's table, which names the same people, stands above
_BENT = "?"  # before a name that was read but for one letter
_HEAD = re.compile(r"기관의?장|대표|책임자|원장|총장")


def read_sealed_page(
    document: Document, request: ReadRequest, fields: Sequence[FieldValue], place: Spot | None
) -> list[FieldValue]:
    """signoff.name, kind and date of the scan; `place`: where it is drawn on the file's first page."""
    picture = sealed_page(document)
    content = picture_bytes(request.path, picture.name) if picture is not None else None
    if picture is None or content is None or not engines.complete():
        return []
    known = _names(fields)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "first-page"
        path.write_bytes(content)
        try:
            source = open_pdf(str(path), request.name, request.limits)
            segment = Segment(kind=Kind.RESEARCH_PLAN, first_page=1, last_page=1, confidence=1.0)
            reader = Reader(source, segment, request)
            # A plan of pictures alone tells no names: whatever the scan itself says beside its seals is offered then.
            found = read_signoffs(reader, lines_of=(lambda sheet: _signers(sheet, known)) if known else signers)
            size = source.page(1)
        except DocumentProblem:
            return []  # a picture in a format of its own (EMF, OLE): nothing is said of it
    return [_placed(_named(field, known), picture.paragraph, (size.width, size.height), place) for field in found]


def _names(fields: Sequence[FieldValue]) -> dict[str, str | None]:
    """Who may have signed → the organisation, as the plan's text says it."""
    known: dict[str, str | None] = {}
    for field in fields:
        if field.name in ("org.representative", "plan.lead_researcher") and field.confirmed:
            known.setdefault(str(field.value), field.organisation)
    return known


def _signers(sheet: Sheet, known: dict[str, str | None]) -> list[Signer]:
    """A line for each known name in the page's lower part, best match first; every name once."""
    found: list[tuple[tuple[int, bool, int], str, Signer]] = []
    for number, line in enumerate(sheet.lines):
        if line.box.top < _BODY * sheet.height or not _HEAD.search(line.letters):
            continue
        for name in known:
            near = find_near(name, line.letters, 1 if len(name) >= 3 else 0)
            if near is not None:
                start, end, edits = near
                signer = _signer(sheet, number, (start, end), name if edits == 0 else f"{_BENT}{name}")
                # a cover's table names the same people further up, without a place for a seal
                found.append(((edits, not signer.hinted, -number), name, signer))
    chosen: dict[str, Signer] = {}
    for _, name, signer in sorted(found, key=lambda one: one[0]):
        if name not in chosen and not any(set(signer.inks) & set(other.inks) for other in chosen.values()):
            chosen[name] = signer
    return sorted(chosen.values(), key=lambda signer: signer.line)


def _signer(sheet: Sheet, number: int, place: tuple[int, int], name: str) -> Signer:
    line = sheet.lines[number]
    start, end = place
    inks = tuple(line.inks[n] for n in sorted(set(line.owner[start:end])))
    behind = [line.inks[n] for n in sorted(set(line.owner[end:])) if line.inks[n] not in inks]
    last = inks[-1].box
    spot = union(behind) if behind else Box(left=last.right, top=last.top, right=last.right + 30, bottom=last.bottom)
    return Signer(sheet, number, inks, name, spot, bool(re.search(r"[인(印]", line.letters[end:])))


def _named(field: FieldValue, known: dict[str, str | None]) -> FieldValue:
    """A name that scan and text say alike is confirmed; one that the scan says but for one letter is offered."""
    if field.name != "signoff.name" or not isinstance(field.value, str):
        return field
    bent = field.value.startswith(_BENT)
    name = field.value.removeprefix(_BENT)
    if name not in known:  # the scan alone says it
        doubt = "그림으로만 된 계획서에서 읽은 이름"
        return field.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": field.note or doubt})
    return field.model_copy(
        update={
            "value": name,
            "status": FieldStatus.UNCERTAIN if bent else FieldStatus.CONFIRMED,
            "note": "스캔본의 이름이 계획서 본문과 한 글자 다르게 읽힘" if bent else "",
            "organisation": known.get(name),
        }
    )


def _placed(field: FieldValue, paragraph: int, size: tuple[float, float], place: Spot | None) -> FieldValue:
    """The field with its place in the file, and on the drawn page where the scan is drawn there."""
    box = field.box
    at = Anchor(file=field.file or "", paragraph=paragraph)
    if box is not None and place is not None and size[0] and size[1]:
        across, down = place.box.width / size[0], place.box.height / size[1]
        shown = Box(
            left=place.box.left + box.left * across,
            top=place.box.top + box.top * down,
            right=place.box.left + box.right * across,
            bottom=place.box.top + box.bottom * down,
        )
        at = at.model_copy(update={"page": place.page, "box": shown})
    return field.model_copy(update={"evidence": at})
