"""Every Korean sentence of the site that has to have an English one beside it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import jeopsu.review
from jeopsu.review import codes, glance, values, workspace

_ROOT = Path(jeopsu.review.__file__).parent
_TAG = re.compile(r"""\{%\s*t\s+(?:"([^"]*)"|'([^']*)')""")


def korean(text: str) -> bool:
    return bool(re.search("[가-힣]", text))


def sentences() -> list[str]:
    """In the order of the files, each once."""
    found: dict[str, None] = {}
    for path in sorted((_ROOT / "templates").glob("*.html")):
        for one, other in _TAG.findall(path.read_text(encoding="utf-8")):
            found[one or other] = None
    for path in sorted(_ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("t", "translated"):
                for argument in ast.walk(node.args[0]):
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        found[argument.value] = None
    tables = [
        *codes.WORDS.values(),
        *codes.CAUSES.values(),
        *codes.VERDICTS.values(),
        *codes.EFFECTS.values(),
        *codes.KNOCKS.values(),
        *values._HINTS.values(),
    ]
    tables += [*glance.IDENTITY]
    tables += [word for options in values.CHOICES.values() for _, word in options]
    tables += [title for _, title, _ in workspace._GROUPS] + [label for _, label in glance.MONEY]
    return [text for text in dict.fromkeys([*found, *tables]) if korean(text)]
