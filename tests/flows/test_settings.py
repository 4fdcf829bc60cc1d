"""The environment is read once, and in one place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

import jeopsu
from jeopsu.flows import settings


def test_the_environment_is_taken_and_what_is_given_goes_first(tmp_path: Path) -> None:
    environment = {"JEOPSU_DATA": str(tmp_path), "JEOPSU_PORT": "1234", "JEOPSU_QUIET_SECONDS": "0.5"}
    found = settings.load(environment, port=99)
    assert (found.data, found.port, found.quiet_seconds) == (tmp_path, 99, 0.5)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    found = settings.load({"JEOPSU_DATA": "/d", "JEOPSU_S3_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert found.s3_secret_key == "s3cret"


def test_children_get_the_same_settings() -> None:
    made = settings.load({}, data=Path("/d"), port=1, database="postgresql://u:p@h/n", flows=3)
    assert settings.load(made.environment()) == made


@pytest.mark.parametrize("wrong", [{"port": "x"}, {"port": 70000}, {"flows": -1}, {"silence_seconds": 1}])
def test_nonsense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        settings.load({}, data=Path("/d"), **wrong)


def test_the_signing_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    made = settings.load({}, data=tmp_path)
    key = settings.kept_secret(made)
    assert settings.kept_secret(made) == key
    assert len(key) > 40
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_nobody_else_reads_the_environments_jeopsu_variables() -> None:
    root = Path(jeopsu.__file__).parent
    for path in root.rglob("*.py"):
        if path.name == "settings.py" and path.parent.name == "flows":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("os.environ.get", "os.getenv"):
                name = ast.unparse(node.args[0]).strip("'\"")
                assert not name.startswith("JEOPSU_") or name == "JEOPSU_DEBUG", (path, name)


def test_every_setting_is_on_the_operations_page_and_no_other() -> None:
    page = (Path(jeopsu.__file__).parent.parent / "docs/operations.md").read_text()
    documented = set(re.findall(r"^\| `JEOPSU_(\w+)` \|", page, re.MULTILINE))
    assert documented == {name.upper() for name in settings.Settings.model_fields}


@pytest.mark.parametrize(
    ("said", "cores"), [("100000 100000", 1), ("150000 100000", 2), ("max 100000", None), ("9900000 100000", None)]
)
def test_a_containers_share_of_the_cores_counts(tmp_path: Path, said: str, cores: int | None) -> None:
    quota = tmp_path / "cpu.max"
    quota.write_text(said + "\n")
    here = settings.cores(tmp_path / "no limit")
    assert settings.cores(quota) == min(here, cores or here)
