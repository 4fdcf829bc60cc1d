"""What the pages say is what the program does: commands, problem codes, the two commands of the README."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from jeopsu.domain.problems import SENTENCES, Code
from jeopsu.flows import cli, cli_platform

ROOT = Path(__file__).resolve().parent.parent


def commands() -> set[str]:
    cli_platform.register(cli.app)
    group = typer.main.get_command(cli.app)
    return set(group.commands)  # type: ignore[attr-defined]


def test_every_command_is_documented_and_every_documented_one_is_there() -> None:
    page = (ROOT / "docs/commands.md").read_text()
    documented = set(re.findall(r"^\| `jeopsu (\w+)", page, re.MULTILINE))
    assert documented == commands()


def test_every_problem_has_its_sentence_and_its_row() -> None:
    page = (ROOT / "docs/commands.md").read_text()
    assert set(SENTENCES) == set(Code)
    for code, sentence in SENTENCES.items():
        assert f"| `{code.value}` | {sentence.ko} |" in page


def test_the_readme_names_its_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "make demo" in readme and "make test" in readme


def test_no_registry_address_stands_in_the_lock() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_every_room_lists_its_members() -> None:
    missing = []
    for init in sorted((ROOT / "jeopsu").rglob("__init__.py")):
        if init.parent.name in ("migrations", "jeopsu"):
            continue
        text = init.read_text(encoding="utf-8").split('"""')[1]
        listed = set(re.findall(r"\w+", text))
        missing += [str(p.relative_to(ROOT)) for p in init.parent.glob("*.py") if p.stem not in {"__init__", *listed}]
    assert not missing, "name them in the docstring of their room's __init__.py"
