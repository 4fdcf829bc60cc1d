"""Examples that were left standing in a form: "(예시) 홍길동", "작성예)". They are nobody's."""

from __future__ import annotations

import re

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Sheet, compact

_MARK = re.compile(r"[(\[<〈【](?:작성)?예시?[)\]>〉】]|^※?(?:작성)?예시?[):：]|작성예시|작성례")
NOBODY = "홍길동"  # the name of forms' examples, borne by few
EXAMPLE = "서식의 예시에 쓰이는 이름"


def is_example(sheet: Sheet, name: Box, left: float = 0.0) -> bool:
    """Whether a row of a list says that it is one: in the cell of its name, or in its first cell right of `left`.

    Text layers only: on a scan the name stays doubtful anyway.
    """
    if sheet.scanned:
        return False
    row = [i for i in sheet.inks if name.top - 1 < i.box.centre[1] < name.bottom + 1 and i.box.centre[0] > left]
    own = [i for i in row if name.left - 1 < i.box.centre[0] < name.right + 1]
    first = min((i.box.left for i in row), default=0.0)
    cell = sheet.canvas.cell_around(*min(row, key=lambda i: i.box.left).box.centre) if row else None
    edge = cell.right if cell is not None else first
    head = [i for i in row if i.box.centre[0] <= edge]
    return any(_MARK.search(compact("".join(i.text for i in inks))) for inks in (own, head))
