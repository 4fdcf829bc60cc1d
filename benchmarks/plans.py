"""The ministry's blank plan form, filled in by our record editor in several habits, and read back: right, open, SILENT.

    python -m benchmarks.plans FORM.hwp [--hwpx]

`FORM.hwp` is the blank 연구개발계획서 (145 tables), which is no part of this project. `--hwpx`: the filled form turned
into HWPX by rhwp first. Boxes: values that are right and have a page and a box on the drawn pages.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import hwp_records, ministry_form
from jeopsu.domain.reading import Limits, ReadRequest
from jeopsu.domain.values import company_name
from jeopsu.extractors.kinds.plan import read_plan
from jeopsu.extractors.readers.hwp import read_hwp
from jeopsu.extractors.readers.hwp_render import as_hwpx
from jeopsu.samples.world import make_world


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("form")
    parser.add_argument("--hwpx", action="store_true")
    asked = parser.parse_args()
    form = Path(asked.form).read_bytes()
    silent = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed, (name, habit) in enumerate(ministry_form.HABITS.items(), 1):
            made = ministry_form.fill(make_world(seed), habit)
            path = Path(folder) / "plan.hwp"
            path.write_bytes(hwp_records.filled(form, made.answers))
            if asked.hwpx:
                other = path.with_suffix(".hwpx")
                other.write_bytes(as_hwpx(str(path), 60))
                path = other
            right, open_, wrong, boxes = score(path, made.truth)
            silent += len(wrong)
            print(f"{name:20} right {right} open {len(open_)} SILENT {len(wrong)} boxes {boxes}")
            for line in (*wrong, *open_):
                print("   ", line)
    return 1 if silent else 0


def score(path: Path, truth: ministry_form.Truth) -> tuple[int, list[str], list[str], int]:
    """(right, what is open, what is confirmed and wrong, right ones with a box)."""
    document = read_hwp(str(path), path.name, Limits())
    fields = read_plan(document, ReadRequest(path=str(path), name=path.name))
    found = {(f.name, f.index if f.index is not None else f.organisation): f for f in fields}
    right, boxes = 0, 0
    open_: list[str] = []
    wrong: list[str] = []
    for key, value in truth.items():
        field = found.get(key)
        said = field.value if field is not None else None
        if key[0] == "participant.organisation" and isinstance(said, str):
            said = company_name.plain(said)
        if field is None or not field.confirmed:
            open_.append(f"{key}: {value} ({field.note if field else 'not found'})")
        elif said != value:
            wrong.append(f"SILENT {key}: {value}, read {field.value}")
        else:
            right += 1
            boxes += field.box is not None
    return right, open_, wrong, boxes


if __name__ == "__main__":
    sys.exit(main())
