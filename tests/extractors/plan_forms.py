"""Plans of invented companies as a reader would give them: tables drawn as rows of words, in the layouts forms use."""

from __future__ import annotations

from jeopsu.domain.documents import Cell, Document, FigureReading, FileType, Paragraph, Table
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.plan import read_plan

LEAD, PARTNER = "한울정밀 주식회사", "주식회사 다온소프트"
Row = list[str]


def table(rows: list[Row], anchor: int, paragraph: int, differing: tuple[tuple[int, int, str], ...] = ()) -> Table:
    """A grid: "<" is merged with the cell to its left, "^" with the one above. `differing`: what reader two read."""
    others = {(row, column): text for row, column, text in differing}
    cells = []
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            if text in ("<", "^"):
                continue
            right = column + 1
            while right < len(line) and line[right] == "<":
                right += 1
            down = row + 1
            while down < len(rows) and rows[down][column] == "^":
                down += 1
            readings = ()
            if (row, column) in others:
                both = (("pyhwp", text), ("unhwp", others[row, column]))
                readings = tuple(FigureReading(engine=e, text=t, confidence=1, weakest=1) for e, t in both)
            cells.append(
                Cell(
                    row=row,
                    column=column,
                    row_span=down - row,
                    column_span=right - column,
                    text=text,
                    readings=readings,
                )
            )
    return Table(rows=len(rows), columns=len(rows[0]), cells=tuple(cells), anchor=anchor, paragraph=paragraph)


def document(*parts: str | list[Row] | Table) -> Document:
    """Paragraphs and tables in order."""
    paragraphs, tables = [], []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            paragraphs.append(Paragraph(number=number, text=part))
        elif isinstance(part, Table):
            tables.append(part.model_copy(update={"anchor": len(tables), "paragraph": number}))
        else:
            tables.append(table(part, len(tables), number))
    return Document(
        file="plan.hwp",
        type=FileType.HWP,
        paragraphs=tuple(paragraphs),
        tables=tuple(tables),
        readers=("pyhwp", "unhwp"),
    )


def fields(*parts: str | list[Row] | Table) -> dict[tuple[str, str | int | None], FieldValue]:
    """What the plan reader says, by (name, organisation); participants by (name, index)."""
    made = read_plan(document(*parts), ReadRequest(path="", name="plan.hwp"))
    return {(f.name, f.index if f.index is not None else f.organisation): f for f in made}


COVER: list[Row] = [
    ["사업명", "디지털 혁신 중견기업 육성사업", "<", "<"],
    ["연구개발과제명", "지능형 공정관리 솔루션 도입 실증", "<", "<"],
    ["주관연구개발기관", LEAD, "대표자", "김가람"],
    ["공동연구개발기관", PARTNER, "대표자", "이나래"],
    ["연구책임자", "박다솜", "직위", "부장"],
    ["연구개발기간", "2023. 05. 01. ~ 2023. 12. 31. (8개월)", "<", "<"],
]  # fmt: skip
SOURCES = {"lead": (100_000, 20_000, 40_000, 160_000), "partner": (60_000, 5_000, 15_000, 80_000)}


def confirmed(found: dict[tuple[str, str | int | None], FieldValue], name: str, key: str | int | None) -> object:
    """The value of a confirmed field; a word for why it is none."""
    field = found.get((name, key))
    if field is None:
        return "absent"
    return field.value if field.confirmed else f"uncertain: {field.note}"
