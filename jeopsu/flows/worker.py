"""Joins the work pool of a Prefect server: this machine takes proposals from the queue that all machines share."""

from __future__ import annotations

import hashlib
import os
import platform as machine
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from jeopsu import __version__
from jeopsu.flows import triggers
from jeopsu.flows.children import Child, Children
from jeopsu.flows.settings import Settings


def prefect_environment(settings: Settings, api: str) -> dict[str, str]:
    """What Prefect's programs are told; the rest of the environment stays as it is."""
    home = settings.data / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        **settings.environment(),
        "JEOPSU_PREFECT_API": api,
        "PREFECT_API_URL": api,
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PREFECT_WORKER_HEARTBEAT_SECONDS": "15",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_LOGGING_LEVEL": os.environ.get("PREFECT_LOGGING_LEVEL", "INFO"),
        "PREFECT_CLI_PROMPT": "false",
        # Its own SQLite is busy when a machine is: better late than "database is locked".
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": "60",
        # One thread per OCR process, set before anything starts: a page took 21 s without and 2.7 s with it.
        "OMP_THREAD_LIMIT": "1",
        "PYTHONUNBUFFERED": "1",
    }


def worker_child(settings: Settings, api: str, name: str | None = None) -> Child:
    """The worker's process. Told to stop, it stops its flows, which put their proposals back into the queue."""
    return Child(
        name="worker",
        command=(sys.executable, "-m", "jeopsu.flows.pool_worker", "--name", name or f"{machine.node()}-{os.getpid()}"),
        environment=prefect_environment(settings, api),
        log=settings.data / "logs" / "worker.log",
        patience=20,
    )


def register(settings: Settings, api: str) -> None:
    """Makes the work pool and the deployments, or brings them up to date. Takes some seconds (imports Prefect).

    A server of our own that was told the same before, by the same program, is not told again.
    """
    told = settings.data / "prefect" / "registered"
    source = Path(__file__).with_name("deployments.py").read_bytes()
    mark = f"{__version__} {settings.pool} {hashlib.sha256(source).hexdigest()}"
    own = not settings.prefect_api and (settings.data / "prefect" / "prefect.db").exists()
    if own and told.exists() and told.read_text() == mark:
        return
    subprocess.run(
        (sys.executable, "-m", "jeopsu.flows.deployments"),
        env=prefect_environment(settings, api),
        check=True,
        capture_output=True,
        timeout=240,
    )
    told.write_text(mark)


def worker(
    settings: Settings,
    *,
    name: str | None = None,
    ready: Callable[[], None] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Works until SIGTERM, SIGINT or `stop`. Raises PrefectUnavailable after a minute without a server."""
    api = settings.prefect_api
    deadline = time.monotonic() + 60
    while not triggers.healthy(api):
        if time.monotonic() > deadline:
            raise triggers.PrefectUnavailable(f"no Prefect server at {api}: set JEOPSU_PREFECT_API")
        time.sleep(1)
    stop = stop or stop_on_signals()
    Path(settings.data, "logs").mkdir(parents=True, exist_ok=True)
    children = Children([worker_child(settings, api, name)])
    try:
        children.start()
        if ready:
            ready()
        while not stop.wait(1):
            children.tend()
    finally:
        children.stop()


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = threading.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: stop.set())
    return stop
