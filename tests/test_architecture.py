"""The picture of the house, kept true: imports run one way, each outside library has one home, files stay small."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "jeopsu"

# room → the rooms it may import. review → flows → extractors | validators | storage | calls | reports → domain
ALLOWED = {
    "domain": set(),
    "calls": {"domain"},
    "extractors": {"domain"},
    "validators": {"domain"},
    "reports": {"domain"},
    "storage": {"domain"},
    "samples": {"domain"},
    "flows": {"domain", "calls", "extractors", "validators", "reports", "storage", "samples", "review"},
    "review": {"domain", "calls", "extractors", "validators", "reports", "storage", "flows"},
}
# flows starts the review site's server; nothing else of flows may know of it.
FLOWS_THAT_START_REVIEW = {"serve.py", "site.py", "demo.py"}

HOMES = {
    # The types are domain's; other rooms catch its ValidationError at their borders.
    "pydantic": {"domain", "calls", "extractors", "flows", "storage", "review", "samples"},
    "cryptography": {"extractors"},  # distribution-locked HWP bodies are AES-128 under a key in the file
    "ruamel": {"calls", "extractors"},  # extractors: label tables of forms are YAML too
    "pypdfium2": {"extractors", "samples"},
    "rapidocr": {"extractors"},
    "onnxruntime": {"extractors"},
    "cv2": {"extractors", "samples"},
    "numpy": {"extractors", "samples"},
    "PIL": {"extractors", "samples"},
    "pytesseract": {"extractors"},
    "tesserocr": {"extractors"},
    "unhwp": {"extractors", "samples"},
    "rhwp": {"extractors"},
    "hwpx": {"extractors", "reports"},
    "lxml": {"extractors"},
    "olefile": {"extractors"},
    "magic": {"extractors"},
    "spacy": {"extractors"},
    "openpyxl": {"reports"},
    "jinja2": {"reports", "samples"},
    "minio": {"storage"},
    "urllib3": {"storage"},
    "django": {"storage", "review"},
    "whitenoise": {"review"},
    "django_otp": {"review"},
    "segno": {"review"},
    "authlib": {"review"},
    "requests": {"review"},
    "psycopg": {"storage"},
    "prefect": {"flows"},
    "typer": {"flows"},
    "rich": {"flows"},
    "uvicorn": {"flows"},
    "httpx": {"flows"},
    "anyio": {"flows"},
    "asgiref": {"review"},
    "weasyprint": {"samples"},
    "hwp_converter_ai": {"samples"},
}
NEVER = {"hwp5", "pyhwp"}  # AGPL: run as an outside program, never imported (docs/design_notes.md)
LONGEST = 350
LONG_WITH_REASON: dict[str, str] = {}


def files() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else "__init__"


def imports(source: str) -> list[str]:
    """Every module that a file imports, wherever in the file; `from x import y` counts as x.y."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def complaints(room: str, name: str, source: str) -> list[str]:
    """What one file's imports do that the picture forbids."""
    wrong = []
    for module in imports(source):
        top, *rest = module.split(".")
        if top == "jeopsu":
            target = rest[0] if rest else ""
            if target in (room, "", "__version__"):
                continue
            if target not in ALLOWED[room] or (
                room == "flows" and target == "review" and name not in FLOWS_THAT_START_REVIEW
            ):
                wrong.append(f"{room}/{name} imports jeopsu.{target}")
        elif top in NEVER:
            wrong.append(f"{room}/{name} imports {top}")
        elif top in HOMES:
            if room not in HOMES[top]:
                wrong.append(f"{room}/{name} imports {top}, whose home is {sorted(HOMES[top])}")
        elif top not in sys.stdlib_module_names and top != "__future__":
            wrong.append(f"{room}/{name} imports {top}, which has no home")
    return wrong


def test_imports_run_one_way_and_libraries_stay_home() -> None:
    wrong = []
    for path in files():
        if room_of(path) != "__init__":
            wrong += complaints(room_of(path), path.name, path.read_text())
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("domain", "import jeopsu.extractors.sandbox"),
        ("validators", "from jeopsu.extractors import sandbox"),
        ("extractors", "from jeopsu.validators import naming"),
        ("reports", "import prefect"),
        ("validators", "import cv2"),
        ("extractors", "def f():\n    import hwp5"),
        ("calls", "import requests"),
        ("storage", "from jeopsu import flows"),
    ],
)
def test_a_forbidden_import_is_seen(room: str, line: str) -> None:
    assert complaints(room, "x.py", line)


def test_files_have_one_subject() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in files()
        if "migrations" not in path.parts and (count := len(path.read_text().splitlines())) > LONGEST
    }
    assert set(long) <= set(LONG_WITH_REASON), long


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in files()
        if "migrations" not in path.parts and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent, silent
