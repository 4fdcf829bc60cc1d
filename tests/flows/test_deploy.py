"""The files for many machines speak of what is there: settings, secrets, commands, packages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jeopsu.flows.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return YAML(typ="safe").load((ROOT / "docker-compose.yml").read_text())  # type: ignore[no-any-return]


def test_every_variable_is_a_setting(compose: dict[str, Any]) -> None:
    known = {f"JEOPSU_{name.upper()}" for name in Settings.model_fields}
    for name, service in compose["services"].items():
        told = {key.removesuffix("_FILE") for key in service.get("environment", {}) if key.startswith("JEOPSU_")}
        assert told <= known, name


def test_every_secret_is_made_and_mounted_where_it_is_read(compose: dict[str, Any], tmp_path: Path) -> None:
    for service in compose["services"].values():
        assert set(service.get("secrets", ())) <= set(compose["secrets"])
        read = set(re.findall(r"/run/secrets/(\w+)", str(service.get("environment")) + str(service.get("command"))))
        assert read <= set(service.get("secrets", ()))
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "deploy/make-secrets.sh", tmp_path / "deploy")
    made: list[dict[str, str]] = []
    for _ in range(2):  # the second time it keeps what is there
        subprocess.run(["sh", "deploy/make-secrets.sh"], cwd=tmp_path, check=True)
        made.append({path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()})
    assert made[0] == made[1] and set(made[0]) == set(compose["secrets"])
    assert all(len(secret) >= 32 and secret == secret.strip() for secret in made[0].values())
    assert f":{made[0]['postgres_password']}@postgres/jeopsu" in made[0]["database_url"]


def test_nobody_runs_as_root_and_everything_is_watched(compose: dict[str, Any]) -> None:
    assert "\nUSER jeopsu\n" in (ROOT / "Dockerfile").read_text()
    for name, service in compose["services"].items():
        assert "healthcheck" in service or name == "worker"  # a worker's sign of life is its run's heartbeat
        assert not service.get("privileged") and service["restart"] == "unless-stopped"
    assert compose["services"]["prefect"]["ports"] == ["127.0.0.1:4200:4200"]  # its pages have no log-in


def test_the_image_has_the_packages_that_set_up_installs() -> None:
    script = (ROOT / "scripts/setup.sh").read_text()
    wanted = set(re.search(r"run_packages=\(([^)]*)\)", script).group(1).split())  # type: ignore[union-attr]
    final = (ROOT / "Dockerfile").read_text().rpartition("FROM ")[2]
    # The base image has Python; libatomic1 is for a browser's driver.
    missing = {package for package in wanted - {"python3-venv", "libatomic1"} if f" {package}" not in final}
    assert not missing
