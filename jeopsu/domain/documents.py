"""What a reader makes of one file: pages, words with boxes, tables. Nothing here knows what a document means."""

from __future__ import annotations

from enum import StrEnum

from pydantic import model_validator

from jeopsu.domain.base import Record
from jeopsu.domain.geometry import Box, around
from jeopsu.domain.problems import Problem


class FileType(StrEnum):
    """What the bytes are, whatever the name says."""

    PDF = "pdf"
    HWP = "hwp"
    HWPX = "hwpx"
    HWP3 = "hwp3"
    HWPML = "hwpml"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    ZIP = "zip"
    OFFICE = "office"
    TEXT = "text"
    EMPTY = "empty"
    OTHER = "other"


class TextSource(StrEnum):
    """Where the characters of a page come from."""

    DIGITAL = "digital"
    OCR = "ocr"
    MIXED = "mixed"
    NONE = "none"


class Word(Record):
    """A run of characters without blanks, where it stands on the page."""

    text: str
    box: Box
    confidence: float = 1.0  # 0..1; 1 for a trusted text layer
    crossed: bool = False  # a text layer's word with a line or other letters across it


class FigureReading(Record):
    """A figure cell read by more than one means (scans only); `statements/` weighs them."""

    engine: str  # "ppocr", "tesseract"
    text: str
    confidence: float  # the engine's mean, 0..1
    weakest: float  # its weakest character, 0..1


class Cell(Record):
    """A cell of a table; rows and columns count from 0."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str
    box: Box | None = None  # None in an HWP that is not rendered
    words: tuple[Word, ...] = ()
    readings: tuple[FigureReading, ...] = ()  # HWP: only where the two readers differ, what each read
    touches_edge: bool = False  # ink runs over the cell's edge: a character may be cut off
    tables: tuple[Table, ...] = ()  # nested ones


class Table(Record):
    """A grid with merged cells. `cells` lists each real cell once, in reading order."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    box: Box | None = None
    ruled: bool = True
    caption: str = ""  # the paragraph just above, where the reader knows it (HWP)
    anchor: int | None = None  # HWP: running number of the table, nested ones counted after the one that holds them
    paragraph: int | None = None  # HWP: number of the paragraph that holds it

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a grid position, merged ones included."""
        for cell in self.cells:
            if cell.row <= row < cell.row + cell.row_span and cell.column <= column < cell.column + cell.column_span:
                return cell
        return None


class Paragraph(Record):
    """A paragraph of an HWP body, in reading order."""

    number: int
    text: str
    place: str = "body"  # body, header, footer, footnote, textbox
    alike: bool = True  # both readers gave these characters


class EmbeddedPicture(Record):
    """A picture inside an HWP, where it hangs and how large it is shown (points)."""

    name: str  # the stream or zip entry that holds its bytes
    paragraph: int  # number of the paragraph it hangs in
    table: int | None = None  # anchor of the table around it
    width: float
    height: float
    page_share: float = 0.0  # part of the page's area that it covers, 0..1
    first_page: bool = False  # nothing but a few words stands before it


class SealColour(StrEnum):
    RED = "red"
    BLUE = "blue"
    DARK = "dark"


class SealShape(StrEnum):
    ROUND = "round"
    SQUARE = "square"
    OTHER = "other"


class Mark(Record):
    """Ink on a page that is no print: a seal or a signature. Whose it is, `kinds/` says."""

    kind: str  # "seal" | "signature" | "stamp": 원본대조필 and its like, which signs nothing
    box: Box
    colour: SealColour = SealColour.RED
    shape: SealShape = SealShape.OTHER
    confidence: float = 1.0


class Page(Record):
    """A page as shown to a person. Sizes in points."""

    number: int  # first page is 1
    width: float
    height: float
    words: tuple[Word, ...] = ()
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    source: TextSource = TextSource.NONE
    turned: int = 0  # degrees clockwise that the picture had to be turned to stand upright: 0, 90, 180, 270
    skew: float = 0.0  # degrees that were taken out
    grey: bool = False  # no colour on it: seals cannot be told by colour
    blank: bool = False
    read: bool = True  # False: this page was not read (failed or not needed); see problems
    problems: tuple[Problem, ...] = ()

    def text(self) -> str:
        """Words in reading order, lines broken."""
        return "\n".join(" ".join(word.text for word in line) for line in self.lines())

    def lines(self) -> list[list[Word]]:
        """Words grouped into lines by their middles, top to bottom, left to right."""
        lines: list[list[Word]] = []
        for word in sorted(self.words, key=lambda w: (w.box.centre[1], w.box.left)):
            middle = word.box.centre[1]
            if lines:
                last = around([w.box for w in lines[-1]])
                if last.top <= middle <= last.bottom and min(last.height, word.box.height) > 0:
                    lines[-1].append(word)
                    continue
            lines.append([word])
        return [sorted(line, key=lambda w: w.box.left) for line in lines]


class Document(Record):
    """One file as read. A PDF has pages; an HWP has paragraphs and tables, and pages once it is rendered."""

    file: str  # the name it was submitted under
    type: FileType
    pages: tuple[Page, ...] = ()
    page_count: int = 0
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()  # HWP body tables; a PDF's tables stand on its pages
    pictures: tuple[EmbeddedPicture, ...] = ()  # HWP only
    problems: tuple[Problem, ...] = ()
    readers: tuple[str, ...] = ()  # names and versions that read it

    @model_validator(mode="after")
    def _numbered(self) -> Document:
        if len({page.number for page in self.pages}) != len(self.pages):
            raise ValueError("page numbers are not unique")
        return self

    @property
    def source(self) -> TextSource:
        if self.type in (FileType.HWP, FileType.HWPX):
            return TextSource.DIGITAL if self.paragraphs or self.tables else TextSource.NONE
        sources = {page.source for page in self.pages} - {TextSource.NONE}
        if not sources:
            return TextSource.NONE
        return sources.pop() if len(sources) == 1 else TextSource.MIXED


Cell.model_rebuild()
