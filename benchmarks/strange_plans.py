"""Plans in layouts that no form we know has, with tables beside them that are none of the plan's own figures.

Two or three organisations, one or two years, amounts in 원, 천원, 백만원 or 만원, blanks and full-width digits in
figures, columns in any order, tables turned or one for each organisation; and what stands in real plans beside them:
earlier projects, plans to invest later, a budget before its change, single outlays, pay of single people. Whatever is
confirmed must be true; what the words do not decide may stay open.

    python -m benchmarks.strange_plans [--family 1|2] [--seeds 500] [--first 0] [--show]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks import strange_tables, stranger_tables
from benchmarks.strange_world import ITEMS, SOURCES, Part, Plan
from jeopsu.domain.documents import Cell, Document, FileType, Paragraph, Table
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.reading import Limits, ReadRequest
from jeopsu.domain.values import company_name
from jeopsu.extractors.kinds.plan import read_plan
from jeopsu.extractors.readers.hwp import read_hwp
from jeopsu.extractors.readers.hwp_render import as_hwpx
from jeopsu.samples import plan_layouts
from jeopsu.samples.plan_hwp import table_block, text_block, written

# --- reading and marking ----------------------------------------------------------------------------------------------


def document(parts: list[Part]) -> Document:
    """Paragraphs and tables as both readers would give them."""
    paragraphs, tables = list[Paragraph](), list[Table]()
    for number, part in enumerate(parts):
        if isinstance(part, str):
            paragraphs.append(Paragraph(number=number, text=part))
        else:
            cells = tuple(
                Cell(row=r, column=c, row_span=d, column_span=a, text=text.strip())
                for r, c, d, a, text in plan_layouts.cells_of(part)
            )
            tables.append(
                Table(rows=len(part), columns=len(part[0]), cells=cells, anchor=len(tables), paragraph=number)
            )
    return Document(
        file="plan.hwp", type=FileType.HWP, paragraphs=tuple(paragraphs), tables=tuple(tables), readers=("a", "b")
    )


def truth(plan: Plan) -> dict[tuple[str, str | None], object]:
    head = next(p.name for p in plan.people if p.role == "연구책임자")
    told: dict[tuple[str, str | None], object] = {
        ("plan.title", None): plan.title, ("plan.start", None): plan.start, ("plan.end", None): plan.end,
        ("plan.lead_researcher", None): head, ("plan.security_grade", None): plan.security,
    }  # fmt: skip
    for one in plan.organisations:
        told |= {
            ("org.name", one.key): company_name.plain(one.name), ("org.business_number", one.key): one.business_number,
            ("org.corporate_number", one.key): one.corporate_number, ("org.size", one.key): one.size,
            ("org.representative", one.key): one.representative,
            ("org.role", one.key): "lead" if one.key == "lead" else "partner",
        }  # fmt: skip
        told |= {(f"budget.{n}", one.key): one.won(n) for n in (*SOURCES, "total", *ITEMS, "outsourcing")}
    return told


_ROLES = {"연구책임자": "lead", "공동연구책임자": "co_lead", "참여연구자": "researcher"}


def marked(plan: Plan, found: Iterable[FieldValue]) -> tuple[Counter[str], list[str], list[str]]:
    """(right and open by name, SILENT lines, open lines)."""
    told = truth(plan)
    fields = list(found)
    counts: Counter[str] = Counter()
    silent, open_ = list[str](), list[str]()
    rows = {f.index: f for f in fields if f.name == "participant.name"}
    people = {p.name: p for p in plan.people}
    for f in fields:
        if f.name.startswith("participant."):
            name = rows.get(f.index)
            one = people.get(str(name.value)) if name is not None else None
            if not f.confirmed:
                continue
            if one is None:
                silent.append(f"{f.name} {f.index}: {f.value} of {name.value if name else None}, who takes no part")
                continue
            want: object = {
                "participant.name": one.name, "participant.rate": one.rate, "participant.new_hire": one.new_hire,
                "participant.organisation": company_name.plain(one.organisation.name),
                "participant.role": _ROLES[one.role],
                "participant.personnel_cash": one.cash, "participant.personnel_in_kind": one.in_kind,
            }[f.name]  # fmt: skip
            said = company_name.plain(str(f.value)) if f.name.endswith("organisation") else f.value
            if said == want:
                counts["right participant"] += 1
            else:
                silent.append(f"{f.name} of {one.name}: {want}, read {f.value} ({f.printed!r})")
        elif f.confirmed:
            want = told.get((f.name, f.organisation), "nothing")
            said = company_name.plain(str(f.value)) if f.name == "org.name" else f.value
            if f.name == "materials.name" and f.value not in ("센서", "케이블"):
                silent.append(f"{f.name}: {f.value}")
            if f.name == "plan.outsourcing_described" or f.name.startswith("materials."):
                continue
            if said == want:
                counts[f"right {f.name}"] += 1
            else:
                silent.append(f"{f.name} {f.organisation}: {want}, read {f.value} ({f.printed!r})")
    sure = {(f.name, f.organisation) for f in fields if f.confirmed}
    notes = {(f.name, f.organisation): f.note for f in fields if not f.confirmed}
    for key, want in told.items():
        if key not in sure:
            counts[f"open {key[0]}"] += 1
            open_.append(f"{key}: {want} ({notes.get(key, 'not found')})")
    read = {str(f.value) for f in rows.values() if f.confirmed}
    open_ += [f"person {p.name}" for p in plan.people if p.name not in read]
    counts["open participant"] += sum(p.name not in read for p in plan.people)
    return counts, silent, open_


def _read(parts: list[Part]) -> tuple[FieldValue, ...]:
    return read_plan(document(parts), ReadRequest(path="", name="plan.hwp"))


def through_files(parts: list[Part]) -> list[tuple[FieldValue, ...]]:
    """The plan written as HWP, and as HWPX by rhwp, each read as an upload is."""
    blocks = [
        text_block(part)
        if isinstance(part, str)
        else table_block(plan_layouts.cells_of(part), [100 // len(part[0])] * len(part[0]))
        for part in parts
    ]
    readings = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.hwp"
        path.write_bytes(written(blocks))
        other = path.with_suffix(".hwpx")
        other.write_bytes(as_hwpx(str(path), 60))
        for file in (path, other):
            read = read_hwp(str(file), file.name, Limits())
            readings.append(read_plan(read, ReadRequest(path=str(file), name=file.name)))
    return readings


def shown(parts: list[Part]) -> str:
    lines = []
    for part in parts:
        lines += (
            [part] if isinstance(part, str) else ["  " + " | ".join(c.replace("\n", "⏎") for c in row) for row in part]
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--family", type=int, choices=(1, 2), default=1)
    parser.add_argument("--hwp", action="store_true", help="write each plan as HWP and HWPX and read the files")
    parser.add_argument("--show", action="store_true", help="print each plan that has a SILENT")
    parser.add_argument("--open", action="store_true", help="print what is open")
    asked = parser.parse_args()
    whole: Counter[str] = Counter()
    wrong = 0
    for seed in range(asked.first, asked.first + asked.seeds):
        plan, parts = (strange_tables if asked.family == 1 else stranger_tables).draw(seed)
        readings = through_files(parts) if asked.hwp else [_read(parts)]
        counts, silent, open_ = Counter[str](), list[str](), list[str]()
        for fields in readings:
            one, wrong_ones, left_open = marked(plan, fields)
            counts, silent, open_ = counts + one, silent + wrong_ones, open_ + left_open
            sure = [f for f in fields if f.confirmed and f.how != "filename"]
            whole["boxes with"] += sum(f.box is not None for f in sure)
            whole["boxes without"] += sum(f.box is None for f in sure)
        whole += counts
        wrong += len(silent)
        for line in silent:
            print(f"SILENT {seed}: {unicodedata.normalize('NFC', line)}")
        if asked.show and silent:
            print(shown(parts))
        for line in open_ if asked.open else ():
            print(f"open {seed}: {line}")
    right, left = (sum(v for k, v in whole.items() if k.startswith(word)) for word in ("right", "open"))
    print(f"{asked.seeds} plans: right {right}, open {left}, SILENT {wrong}")
    print(f"  confirmed with a box {whole.pop('boxes with', 0)}, without {whole.pop('boxes without', 0)}")
    for name in sorted({key.partition(" ")[2] for key in whole}):
        print(f"  {name}: right {whole[f'right {name}']}, open {whole[f'open {name}']}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
