"""The two shapes of the platform, started by hand with the settings of docker-compose.yml.

Embedded: `jeopsu serve` with its folder and SQLite. Many: PostgreSQL, SeaweedFS, Prefect's server on PostgreSQL,
`jeopsu serve` without flows, workers with nothing of their own.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.platform.programs import Keeper, Program, answers, free_port, until
from jeopsu.flows import settings
from jeopsu.flows.settings import Settings
from jeopsu.flows.triggers import healthy

ACCESS, SECRET = "jeopsu", "a-secret-for-this-run"
_JEOPSU = str(Path(sys.executable).with_name("jeopsu"))


@dataclass
class Shape:
    """A running platform: `roles` are the programs and processes that may be killed."""

    name: str
    given: Settings
    keeper: Keeper
    roles: tuple[str, ...]
    doors: tuple[str, ...]
    ready_after: float = 0.0
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.given.port}"


def base_environment(given: Settings, **more: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("JEOPSU_", "PREFECT_", "DJANGO_"))}
    return {**clean, **given.environment(), "OMP_THREAD_LIMIT": "1", "DO_NOT_TRACK": "1", **more}


def embedded(folder: Path, **options: object) -> Shape:
    """One command on one machine."""
    given = settings.load({}, data=folder / "data", port=free_port(), **options)
    keeper = Keeper()
    with keeper.closed_on_failure():
        keeper.add(Program("serve", (_JEOPSU, "serve"), base_environment(given), folder / "serve.log"))
        took = until(lambda: _ready(given), 600, "the embedded platform")
    return Shape(
        name="embedded",
        given=given,
        keeper=keeper,
        roles=("web", "flow", "pool", "warm", "prefect", "serve", "reader"),
        doors=("inbox", "site"),
        ready_after=took,
    )


def many(
    folder: Path,
    *,
    workers: int = 2,
    host: str = "127.0.0.1",
    before: Callable[[Settings], None] | None = None,
    **options: object,
) -> Shape:
    """Everything apart. `host`: the address that workers reach the servers under. `before` the site starts, e.g. to
    restore what was kept, the servers' settings are handed over."""
    keeper = Keeper()
    with keeper.closed_on_failure():
        given, took = _start_many(folder, keeper, host, before, options)
        for number in range(1, workers + 1):
            keeper.add(worker(folder, given, number))
    return Shape(
        name="many",
        given=given,
        keeper=keeper,
        roles=("web", "flow", "worker", "pool", "warm", "prefect", "store", "database", "serve", "reader"),
        doors=("bucket", "site"),
        ready_after=took,
    )


def _start_many(
    folder: Path, keeper: Keeper, host: str, before: Callable[[Settings], None] | None, options: Mapping[str, object]
) -> tuple[Settings, float]:
    folder.chmod(0o755)
    database = _postgresql(folder, keeper, host)
    weed = _seaweedfs(folder, keeper, host)
    prefect = free_port()
    given = settings.load(
        {},
        data=folder / "web",
        port=free_port(),
        database=f"{database}/jeopsu",
        s3_endpoint=f"http://{host}:{weed}",
        s3_access_key=ACCESS,
        s3_secret_key=SECRET,
        prefect_api=f"http://{host}:{prefect}/api",
        flows=0,
        **{"sweep_seconds": 5, "silence_seconds": 15, **options},
    )
    keeper.add(
        Program(
            "prefect",
            (sys.executable, "-m", "prefect", "server", "start", "--host", _bind(host), "--port", str(prefect)),
            base_environment(
                given,
                PREFECT_HOME=str(folder / "prefect"),
                PREFECT_SERVER_DATABASE_CONNECTION_URL=f"postgresql+asyncpg{database.removeprefix('postgresql')}/prefect",
                PREFECT_SERVER_DATABASE_TIMEOUT="60",
                PREFECT_SERVER_ANALYTICS_ENABLED="false",
            ),
            folder / "prefect.log",
        )
    )
    until(lambda: healthy(given.prefect_api), 600, "Prefect's server")
    if before:
        before(given)
    keeper.add(Program("serve", (_JEOPSU, "serve"), base_environment(given), folder / "serve.log"))
    took = until(lambda: _ready(given), 600, "the site")
    return given, took


def worker(folder: Path, given: Settings, number: int, prefix: tuple[str, ...] = ()) -> Program:
    """A worker with a scratch folder of its own; `prefix` puts it somewhere else (another network namespace)."""
    own = given.model_copy(update={"data": folder / f"worker{number}", "flows": 1, "jobs": 1})
    command = (*prefix, _JEOPSU, "worker", "--name", f"worker-{number}")
    return Program("worker", command, base_environment(own), folder / f"worker{number}.log")


def _ready(given: Settings) -> bool:
    """The site answers and Prefect knows what to run."""
    if not answers(given.port):
        return False
    if given.prefect_api:
        return (given.data / "prefect" / "registered").exists()
    return (given.data / "prefect" / "registered").exists() and (given.data / "logs" / "worker.log").exists()


def _bind(host: str) -> str:
    return "127.0.0.1" if host == "127.0.0.1" else "0.0.0.0"


def _postgresql(folder: Path, keeper: Keeper, host: str) -> str:
    """A server with the databases `jeopsu` and `prefect`; returns its address without a database."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    place = folder / "postgres"
    place.mkdir()
    user = None
    if os.geteuid() == 0:
        user = "postgres" if _exists("postgres") else "nobody"
        shutil.chown(place, user)
    data, port = place / "pg", free_port()
    as_user = ("runuser", "-u", user, "--") if user else ()

    def run(*command: str, env: Mapping[str, str] | None = None) -> None:
        subprocess.run((*as_user, *command), check=True, capture_output=True, cwd=place, env=env)

    run(f"{programs}/initdb", "-D", str(data), "-U", "jeopsu", "-A", "trust", "-E", "UTF8", "--no-locale", "-k")
    with (data / "pg_hba.conf").open("a") as file:
        file.write("host all all 10.0.0.0/8 trust\n")
    keeper.add(
        Program(
            "database",
            _as(user, f"{programs}/postgres", "-D", str(data), "-p", str(port), "-h", _bind(host), "-k", str(place)),
            dict(os.environ),
            folder / "postgres.log",
            stop=signal.SIGINT,
        )
    )
    ready = (f"{programs}/pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q")
    until(lambda: subprocess.run(ready, check=False).returncode == 0, 60, "PostgreSQL")
    for name in ("jeopsu", "prefect"):
        run(f"{programs}/createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "jeopsu", name)
    return f"postgresql://jeopsu@{host}:{port}"


def _as(user: str | None, *command: str) -> tuple[str, ...]:
    """setpriv and not runuser: the process that is killed is then the server itself."""
    if user is None:
        return command
    who = pwd.getpwnam(user)
    return ("setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups", *command)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _seaweedfs(folder: Path, keeper: Keeper, host: str) -> int:
    place = folder / "objects"
    place.mkdir()
    config = folder / "s3.json"
    who = {"name": "jeopsu", "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}], "actions": ["Admin"]}
    config.write_text(json.dumps({"identities": [who]}))
    port = free_port()
    ports = [f"-{kind}.port={free_port()}" for kind in ("master", "volume", "filer")]
    grpc = [f"-{kind}.port.grpc={free_port()}" for kind in ("master", "volume", "filer", "s3")]
    keeper.add(
        Program(
            "store",
            (
                *(str(Path(sys.executable).with_name("weed")), "server", f"-dir={place}", "-s3", f"-s3.port={port}"),
                *(f"-s3.config={config}", f"-ip={host}", f"-ip.bind={_bind(host)}", "-master.telemetry=false"),
                *("-s3.port.iceberg=0", "-s3.port.lance=0", "-volume.max=20", "-master.volumeSizeLimitMB=64"),
                *ports,
                *grpc,
            ),
            {**os.environ, "TZ": "UTC"},
            folder / "weed.log",
        )
    )
    until(lambda: answers(port), 60, "SeaweedFS")
    return port
