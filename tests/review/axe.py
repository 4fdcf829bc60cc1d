"""axe-core from npm, to look for what a page keeps from people with other eyes or hands. Not shipped with the site."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

_VERSION = "4.14.1"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def source(folder: Path) -> str:
    """The library as text; skips the test where npm is not there or reaches nothing."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here: axe-core cannot be fetched")
    try:
        subprocess.run([npm, "pack", "--silent", f"axe-core@{_VERSION}"], cwd=folder, check=True, timeout=120)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"npm reaches no axe-core: {error}")
    with tarfile.open(next(folder.glob("axe-core-*.tgz"))) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member
        return member.read().decode()


def serious(page: Any, library: str) -> list[str]:
    """What is serious or critical on the page, each with the first element it was found on."""
    page.evaluate(library)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", _RULES)
    return [
        f"{one['id']} x{len(one['nodes'])}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
