"""개인정보·과세정보 이용·제공 동의 및 청렴서약서: every participant signs in his own row, or on a sheet of his own.

The list may stand on a second page ("과제 참여자 서명"). Each row's cell "서명 또는 날인" prints (서명) or (인) in
small grey type, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.values import dates
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.checks import read_checks
from jeopsu.extractors.kinds.closeness import allowed, distance
from jeopsu.extractors.kinds.examples import EXAMPLE, NOBODY, is_example
from jeopsu.extractors.kinds.layout import Ink, Sheet, compact
from jeopsu.extractors.kinds.reading import KindReading, Reader
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.subjects import subject_on_form
from jeopsu.extractors.kinds.tables import column_cells, goes_on, header_rows, inks_in, inset, row_part
from jeopsu.extractors.marks.signatures import Place, like_print, look_at

NAME_HEADS = ("성명", "이름", "참여자성명", "참여연구자성명", "성명(한글)")
SIGN_HEADS = (
    "서명또는날인", "서명", "자필서명", "서명(날인)", "날인", "서명/날인", "서명·날인", "서명(인)", "서명또는인",
    "서명또는(인)", "(서명)", "(인)", "서명란", "날인또는서명", "인또는서명",
)  # fmt: skip
STOPS = (
    "과제명",
    "대표자",
    "연구책임자",
    "사업자등록번호",
    "주관연구개발기관",
    "공동연구개발기관",
    "직위",
    "생년월일",
    "소속",
)
# Letters of which the printed hint in a signature cell consists: "(서명 또는 인)", "(날인)", "(印)".
_HINT = set("()（）[]서명또는날인印자필/·. ")
TYPED = 0.68  # of the correlation with the printed name: above it the cell holds print
NAME_INK = 6.0  # square points of ink in a name's cell: a name of two letters in small print has 20 and more
ROWS_BELOW = "서명표의 나머지 줄을 읽지 못함"
UNSURE = "서명란에 있는 것이 서명인지 알 수 없음"


def read_consent(reader: Reader) -> KindReading:
    """signoff.name, kind and date for each participant's row, check.* for the consents."""
    reader.stops = STOPS
    fields: list[FieldValue] = []
    for sheet in reader.sheets:
        fields += signed_rows(reader, sheet, len({f.index for f in fields}))
    if not fields:  # a sheet a person: signed at the foot
        fields = list(read_signoffs(reader))
    else:
        fields += _dates(reader, sorted({f.index for f in fields if f.index is not None}))
    fields += read_checks(reader)
    return KindReading(fields=tuple(fields), subject=subject_on_form(reader))


def signed_rows(reader: Reader, sheet: Sheet, start: int, name_heads: Sequence[str] = NAME_HEADS) -> list[FieldValue]:
    """signoff.name and kind for each row of a page's signature tables: one, one for each organisation, or two halves
    side by side."""
    fields: list[FieldValue] = []
    heads = _heads(reader, sheet, name_heads)
    for name_head, sign_head in heads:
        beside = [s for n, s in heads if abs(n.top - name_head.top) < 6]  # this table's and its neighbours'
        left = max((s.right for s in beside if s.right < name_head.left + 4), default=0.0)
        right = sign_head.right if any(s.left > sign_head.right for s in beside) else sheet.width
        half = Box(left=left, top=0, right=right, bottom=sheet.height)
        fields += _rows_under(reader, sheet, start + len({f.index for f in fields}), name_head, sign_head, half)
    return fields


def _rows_under(
    reader: Reader, sheet: Sheet, start: int, name_head: Box, sign_head: Box, half: Box
) -> list[FieldValue]:
    column = sheet.canvas.cell_around(*name_head.centre)
    if column is None:
        return []
    fields: list[FieldValue] = []
    index = start
    rows = _rows(sheet, name_head, sign_head)
    for cell in rows:
        row = Box(left=half.left, top=cell.top, right=half.right, bottom=cell.bottom)
        if is_example(sheet, row_part(cell, column), half.left):
            continue
        own = inks_in(sheet, row_part(cell, column))
        others = [ink for ink in sheet.inks if row.contains(*ink.box.centre) and not _hint(ink.text)]
        unread = not own and not _written(others)
        if unread and not (sheet.scanned and _in_use(sheet, cell, column)):
            continue  # a row left empty
        if own and not sheet.scanned and names.is_sum("".join(ink.text for ink in own)):
            continue
        fields += _signer(reader, sheet, cell, column, index)
        index += 1
    if sheet.scanned and rows and goes_on(sheet, rows[-1]):
        fields += _unread_rows(reader, sheet, rows[-1], column, index)
    return fields


def _in_use(sheet: Sheet, cell: Box, column: Box) -> bool:
    """Whether a row in which nothing was read has ink where its name or its sign-off stands."""
    canvas = sheet.canvas
    ink = canvas.unruled_dark
    name = canvas.blobs(ink, inset(row_part(cell, column), 2.5))
    if sum(blob.area for blob in name) > NAME_INK:
        return True
    seen = look_at(canvas, cell, [], sheet.seals)
    return seen.kind in ("seal", "signature") or any(inset(cell).contains(*seal.box.centre) for seal in sheet.seals)


def _unread_rows(reader: Reader, sheet: Sheet, last: Box, column: Box, index: int) -> list[FieldValue]:
    """A sign-off for the rows below the last one that could be walked to: a person looks."""
    below = Box(left=last.left, top=last.bottom, right=last.right, bottom=min(sheet.height, last.bottom + last.height))
    name = FieldValue(
        name="signoff.name",
        value=None,
        printed="",
        status=FieldStatus.UNCERTAIN,
        confidence=0.5,
        evidence=reader.region(sheet, sheet.shown(row_part(below, column))),
        how="ocr",
        index=index,
        note=ROWS_BELOW,
    )
    kind = name.model_copy(
        update={"name": "signoff.kind", "how": "ink", "evidence": reader.region(sheet, sheet.shown(below))}
    )
    return [name, kind]


def _rows(sheet: Sheet, name_head: Box, sign_head: Box) -> tuple[Box, ...]:
    """The cells to be signed. A seal over the rule between two rows may hide it: the rows are the names' then."""
    cells, names = column_cells(sheet, sign_head), column_cells(sheet, name_head)
    if cells and len(names) > len(cells) and abs(names[-1].bottom - cells[-1].bottom) < 6:
        return tuple(row_part(name, cells[0]) for name in names)
    return cells


def _written(row: Sequence[Ink]) -> bool:
    return any(re.search(r"[가-힣]{2}", ink.text) for ink in row)


def _heads(reader: Reader, sheet: Sheet, name_heads: Sequence[str]) -> list[tuple[Box, Box]]:
    """The headings 성명 and 서명 on one row, of each table."""
    form = reader.form(sheet)
    for sign in form.labels(SIGN_HEADS):
        for name in form.labels(name_heads):
            if abs(name.box.centre[1] - sign.box.centre[1]) < 14 and name.box.right < sign.box.left:
                first = (name.box, sign.box)
                return [first] if sheet.scanned else _heads_in_grids(sheet, name_heads) or [first]
    if not sheet.scanned:
        return _heads_in_grids(sheet, name_heads)
    by_cell = _heads_by_cell(reader, sheet, name_heads)
    return [by_cell] if by_cell is not None else []


def _heads_in_grids(sheet: Sheet, name_heads: Sequence[str]) -> list[tuple[Box, Box]]:
    """A text layer's: cells of one row that hold these words and nothing else; a name's next sign is its own."""
    names_, signs = {compact(head) for head in name_heads}, {compact(head) for head in SIGN_HEADS}
    found: list[tuple[Box, Box]] = []
    for grid in sheet.grids:
        for number in range(grid.rows):
            name: Box | None = None
            for cell in grid.row(number):
                words = compact(cell.text)
                if words in names_:
                    name = cell.box
                elif words in signs and name is not None:
                    found.append((name, cell.box))
                    name = None
    return found


def _heads_by_cell(reader: Reader, sheet: Sheet, name_heads: Sequence[str]) -> tuple[Box, Box] | None:
    """The headings read cell by cell, where page-wide OCR lost them."""
    for row in header_rows(sheet):
        read = reader.source.figures(sheet.number, [sheet.shown(inset(cell)) for cell in row])
        texts = [[compact(r.text) for r in cell.readings if r.engine == "tesseract"] for cell in read]
        name = [cell for cell, text in zip(row, texts, strict=True) if _says(text, name_heads)]
        sign = [cell for cell, text in zip(row, texts, strict=True) if _says(text, SIGN_HEADS)]
        if len(name) == 1 and len(sign) == 1 and name[0].right <= sign[0].left + 2:
            return name[0], sign[0]
    return None


def _says(texts: Sequence[str], heads: Sequence[str]) -> bool:
    return any(distance(text, compact(head), allowed(head)) <= allowed(head) for text in texts for head in heads)


def _hint(text: str) -> bool:
    return all(letter in _HINT for letter in compact(text))


def _signer(reader: Reader, sheet: Sheet, cell: Box, column: Box, index: int) -> list[FieldValue]:
    """A row's name and what stands in its signature cell."""
    name = row_part(cell, column)
    name_field = reader.cell_name_field("signoff.name", sheet, name, index)
    kind = sign_field(reader, sheet, cell, index, (str(name_field.value or ""), name))
    if name_field.value == NOBODY:  # perhaps the form's own example, unsigned as it must be
        kind = kind.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": EXAMPLE})
    return [name_field, kind]


def sign_field(reader: Reader, sheet: Sheet, cell: Box, index: int, whose: tuple[str, Box] | None = None) -> FieldValue:
    """signoff.kind of one cell. `whose`: the row's name and the cell it is printed in."""
    printed = [ink.box for ink in sheet.inks if cell.contains(*ink.box.centre, margin=1) and _hint(ink.text)]
    place = look_at(sheet.canvas, cell, printed, sheet.seals)
    if not place.kind and sheet.scanned and whose and _name_by_hand(reader, sheet, cell, *whose):
        place = Place("signature", 0.85, cell)
    status = FieldStatus.CONFIRMED if place.kind else FieldStatus.UNCERTAIN
    return FieldValue(
        name="signoff.kind",
        value=place.kind or None,
        printed="",
        status=status,
        confidence=place.confidence,
        evidence=Region(file=reader.request.name, page=sheet.number, box=sheet.shown(cell)),
        how="ink",
        index=index,
        note="" if place.kind else UNSURE,
    )


def _name_by_hand(reader: Reader, sheet: Sheet, cell: Box, name: str, printed: Box) -> bool:
    """Whether the row's own name stands in the signature's cell, and not in the print of the name's cell.

    Small neat hands leave no longer strokes than print does; what they wrote can be read.
    """
    if len(name) < 2:
        return False
    (read,) = reader.source.figures(sheet.number, [sheet.shown(inset(cell))])
    texts = [compact(r.text) for r in read.readings if r.engine == "tesseract"]
    alike = any(
        sum(a == b for a, b in zip(name, text[start : start + len(name)], strict=False)) >= max(2, len(name) - 1)
        for text in texts
        for start in range(len(text))
    )
    return alike and like_print(sheet.canvas, inset(cell, 2), inset(printed, 2.5)) < TYPED


def _dates(reader: Reader, indices: Sequence[int]) -> list[FieldValue]:
    """The day of signing, printed once under the list, for every signer."""
    for sheet in reversed(reader.sheets):
        for line in reversed(sheet.lines):
            days = dates.find_alone(line.text)
            rest = re.sub(r"[\s.\-/'’‘년월일:]|작성일|서명일", "", line.text)
            if len(days) == 1 and rest.isdigit():
                made = reader.day_field("signoff.date", days[0][0], days[0][1], sheet, line.inks)
                return [made.model_copy(update={"index": index}) for index in indices]
    return []
