"""Text boxes, notes, heads, fields, nested tables, check boxes: nothing is lost, and what is doubtful is not sure."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from benchmarks.hwp_records import Record
from jeopsu.domain.documents import Document
from jeopsu.domain.problems import Code
from jeopsu.domain.reading import Limits
from jeopsu.extractors.readers.hwp import read_hwp
from jeopsu.extractors.readers.hwp_body import every_table
from jeopsu.extractors.readers.hwp_characters import UNREAD
from tests.extractors import hwp_parts as parts
from tests.extractors.hwp_parts import IN_CELL, IN_TEXT, control


def read(folder: Path, data: bytes) -> Document:
    path = folder / ("plan.hwpx" if data.startswith(b"PK") else "plan.hwp")
    path.write_bytes(data)
    return read_hwp(str(path), path.name, Limits())


def answer(document: Document) -> tuple[str, bool]:
    """The cell beside 기관명, and whether both readers gave it."""
    cell = document.tables[0].at(0, 1)
    assert cell is not None
    return cell.text, not cell.readings


def placed(document: Document, place: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.place == place]


def words(text: str) -> bytes:
    return text.encode("utf-16-le")


def note(mark: str) -> list[bytes]:
    inside = words("한울") + control(17, b"  nf") + words("정밀")
    return [parts.hwp(mark, inside, parts.note), parts.hwpx(mark, f"<hp:t>한울정밀</hp:t>{parts.NOTE_X}")]


@pytest.mark.parametrize("made", [0, 1])
def test_a_note_in_a_cell_is_not_the_cells_own(tmp_path: Path, made: int) -> None:
    document = read(tmp_path, note(IN_CELL)[made])
    assert answer(document) == ("한울정밀", True) and placed(document, "footnote") == ["각주 글"]
    assert not document.problems


@pytest.mark.parametrize("made", [0, 1])
def test_a_note_in_the_text(tmp_path: Path, made: int) -> None:
    document = read(tmp_path, note(IN_TEXT)[made])
    assert "한울정밀" in placed(document, "body") and placed(document, "footnote") == ["각주 글"]


def box(mark: str, own: str) -> list[bytes]:
    inside = words(own) + control(11, b" osg")
    content = f"<hp:t>{own}</hp:t>{parts.BOX_X}" if own else parts.BOX_X
    return [parts.hwp(mark, inside, parts.text_box), parts.hwpx(mark, content)]


@pytest.mark.parametrize("made", [0, 1])
def test_a_text_box_alone_in_a_cell_is_what_the_cell_says(tmp_path: Path, made: int) -> None:
    document = read(tmp_path, box(IN_CELL, "")[made])
    assert answer(document) == ("상자 글", True) and placed(document, "textbox") == ["상자 글"]
    assert not document.problems


@pytest.mark.parametrize("made", [0, 1])
def test_a_text_box_over_a_cells_words_makes_them_doubtful(tmp_path: Path, made: int) -> None:
    document = read(tmp_path, box(IN_CELL, "한울정밀")[made])
    assert answer(document) == ("한울정밀", False)


@pytest.mark.parametrize("made", [0, 1])
def test_a_text_box_in_the_text(tmp_path: Path, made: int) -> None:
    document = read(tmp_path, box(IN_TEXT, "")[made])
    assert [p.text for p in document.paragraphs if p.place == "textbox" and p.alike] == ["상자 글"]


@pytest.mark.parametrize("made", [0, 1])
def test_a_header(tmp_path: Path, made: int) -> None:
    files = [
        parts.hwp(IN_TEXT, control(16, b"daeh") + words("본문"), parts.header),
        parts.hwpx(IN_TEXT, f"{parts.HEADER_X}<hp:t>본문</hp:t>"),
    ]
    document = read(tmp_path, files[made])
    assert placed(document, "header") == ["머리 글"] and "본문" in placed(document, "body")
    # unhwp drops what follows a head in its paragraph of an HWPX: those words are read once
    assert [p.text for p in document.paragraphs if p.place == "body" and not p.alike] == ["본문"] * made


@pytest.mark.parametrize("mark", [IN_CELL, IN_TEXT])
@pytest.mark.parametrize("made", [0, 1])
def test_a_field_shows_what_was_filled_in(tmp_path: Path, made: int, mark: str) -> None:
    files = [
        parts.hwp(mark, control(3, b"klc%") + words("한울정밀") + control(4, b"klc%"), parts.field),
        parts.hwpx(mark, parts.FIELD_X.format("<hp:t>한울정밀</hp:t>")),
    ]
    document = read(tmp_path, files[made])
    assert answer(document) == ("한울정밀", True) if mark == IN_CELL else "한울정밀" in placed(document, "body")
    assert not any("누르시오" in p.text for p in document.paragraphs) and not document.problems


BOXES = "□ 예 ■ 아니오 ☐ ☑ √ [√] ✔ \uf0fe \uf0a8"


@pytest.mark.parametrize("made", [0, 1])
def test_boxes_to_check_are_characters(tmp_path: Path, made: int) -> None:
    files = [parts.hwp(IN_CELL, words(BOXES)), parts.hwpx(IN_CELL, f"<hp:t>{BOXES}</hp:t>")]
    assert answer(read(tmp_path, files[made])) == ("□ 예 ■ 아니오 ☐ ☑ √ [√] ✔ ☑ □", True)


@pytest.mark.parametrize("made", [0, 1])
def test_a_table_in_a_cell(tmp_path: Path, made: int) -> None:
    files = [
        parts.hwp(IN_CELL, words("밖") + control(11, b" lbt"), parts.table),
        parts.hwpx(IN_CELL, f"<hp:t>밖</hp:t>{parts.table_x()}"),
    ]
    document = read(tmp_path, files[made])
    outer, inner = every_table(document.tables)
    assert answer(document) == ("밖", True) and [c.text for c in inner.cells] == ["기관명", IN_CELL, "대표자", "김가람"]
    assert not any(c.readings for t in (outer, inner) for c in t.cells) and not document.problems


def test_characters_that_no_reader_gives_are_not_passed_over(tmp_path: Path) -> None:
    """덧말 and 글자 겹침: the words beside them would be taken for the whole."""
    base = "<hp:dutmal posType='TOP'><hp:mainText>한울</hp:mainText><hp:subText>漢</hp:subText></hp:dutmal>"
    assert answer(read(tmp_path, parts.hwpx(IN_CELL, f"{base}<hp:t>정밀</hp:t>"))) == ("한울정밀", False)
    gloss = lambda level: [Record(71, level, b"tudt" + struct.pack("<H", 2) + words("한울") + bytes(22))]  # noqa: E731
    made = parts.hwp(IN_CELL, control(23, b"tudt") + words("정밀"), gloss)
    assert answer(read(tmp_path, made)) == ("한울정밀", False)
    over = "<hp:t>한울</hp:t><hp:compose composeText='인'/>"
    assert answer(read(tmp_path, parts.hwpx(IN_CELL, over))) == (f"한울{UNREAD}", False)


def test_words_that_were_struck_out_are_not_read(tmp_path: Path) -> None:
    content = (
        '<hp:t>1<hp:deleteBegin Id="1" TcId="1"/>0<hp:deleteEnd Id="1" TcId="1" paraend="0"/>0,000</hp:t>'
        '<hp:t><hp:insertBegin Id="2" TcId="2"/>원<hp:insertEnd Id="2" TcId="2" paraend="0"/></hp:t>'
    )
    assert answer(read(tmp_path, parts.hwpx(IN_CELL, content))) == ("10,000원", False)


@pytest.mark.parametrize("made", [0, 1])
def test_a_document_with_changes_still_tracked_confirms_nothing(tmp_path: Path, made: int) -> None:
    mark = "<hh:trackChanges itemCnt='1'><hh:trackChange type='Delete' id='1'/></hh:trackChanges>"
    document = read(tmp_path, [parts.tracked_hwp(), parts.hwpx(IN_CELL, "<hp:t>값</hp:t>", mark)][made])
    assert [(p.code, p.detail) for p in document.problems] == [(Code.READERS_DIFFER, "tracked changes")]
    assert all(cell.readings for cell in document.tables[0].cells)
