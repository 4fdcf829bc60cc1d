"""The page for a call's author is what the code says."""

from __future__ import annotations

from pathlib import Path

from jeopsu.validators.manual import manual
from jeopsu.validators.matter import CHECKS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"


def test_the_page_of_checks_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual()
    assert all(check.function.__doc__ for check in CHECKS.values())
