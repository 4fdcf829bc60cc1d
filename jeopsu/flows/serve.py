"""`jeopsu serve`: the whole platform in one command. Prefect's server, the review site, a worker, and the doors.

This process itself takes in what lies in the inboxes, announces what has settled and mends what broke; the others are
its children, started again when they die and stopped in order.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from jeopsu.domain.base import Record
from jeopsu.domain.values.person_name import masked
from jeopsu.flows import platform, resume, sweep, triggers, webhooks
from jeopsu.flows import settings as environment
from jeopsu.flows.children import Child, Children, end_leftovers
from jeopsu.flows.settings import Settings
from jeopsu.flows.worker import prefect_environment, register, stop_on_signals, worker_child
from jeopsu.storage import knocks, records
from jeopsu.storage.errors import StorageUnavailable
from jeopsu.storage.files import Files
from jeopsu.storage.inbox import LocalInbox

_TICK = 0.5
_MEND_EVERY = 3.0
_TELL_EVERY = 2.0
_TIDY_EVERY = 60.0


class Addresses(Record):
    """Where the platform can be reached, for whoever prints it."""

    site: str
    prefect: str
    inbox: Path
    data: Path


class AlreadyServing(Exception):
    """Another `serve` works on the same data folder."""


def serve(
    settings: Settings, *, ready: Callable[[Addresses], None] | None = None, stop: threading.Event | None = None
) -> None:
    """Runs until SIGTERM, SIGINT or `stop`. Raises AlreadyServing, OSError (port taken), StorageUnavailable.

    `ready` is called once, when the site answers and flows can start.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(settings.data):
        stop = stop or stop_on_signals()
        ledger = settings.data / "serve.children"
        end_leftovers(ledger)
        settings = settings.model_copy(update={"port": settings.port or _free_port()})
        _must_be_free(settings.host, settings.port)
        files = platform.prepare(settings)
        settings = settings.model_copy(update={"secret_key": environment.kept_secret(settings)})
        api = settings.prefect_api or f"http://127.0.0.1:{_prefect_port(settings.data)}/api"
        children = Children([], ledger)
        try:
            if not settings.prefect_api:
                children.add(_prefect_child(settings, api))
            children.add(_site_child(settings, api))
            _until(lambda: triggers.healthy(api), children, stop, 300)
            if not stop.is_set():
                register(settings, api)
                if settings.flows:
                    children.add(worker_child(settings, api))
                _until(lambda: _answers(settings), children, stop, 300)
            if ready and not stop.is_set():
                ready(
                    Addresses(
                        site=settings.url,
                        prefect=api.removesuffix("/api"),
                        inbox=settings.inbox,
                        data=settings.data,
                    )
                )
            Doors(settings, files, api).run(children, stop)
        finally:
            children.stop()


class Doors:
    """Takes in, announces, mends; whatever fails for now is tried again at the next turn."""

    def __init__(self, settings: Settings, files: Files, api: str) -> None:
        self._settings, self._files, self._api = settings, files, api
        self._inboxes = platform.open_inboxes(settings)
        self._partials = resume.waiting_room(settings)
        self._next_mend = 0.0
        self._next_sweep = 0.0
        self._next_tidy = time.monotonic() + _TIDY_EVERY
        self._next_tell = 0.0
        self._telling: threading.Thread | None = None
        self._works: dict[str, bool] = {}  # what is looked at, as it went the last time
        self._told: dict[str, bool] = {}  # the same as the operator's page has it

    def run(self, children: Children, stop: threading.Event) -> None:
        while not stop.wait(_TICK):
            children.tend()
            self.turn()

    def turn(self) -> None:
        """One look at everything that is due."""
        now = time.monotonic()
        far = now >= self._next_sweep
        if far:
            self._next_sweep = now + self._settings.sweep_seconds
        for inbox in self._inboxes:
            # A folder costs nothing to look through; a bucket is asked when a notice says so, and from time to time.
            if far or isinstance(inbox, LocalInbox):
                self._try(inbox.door, partial(sweep.take_in, inbox, self._files, self._settings))
        self._try("pieces", lambda: resume.finish_all(self._partials, self._files, self._settings))
        self._try("announce", lambda: triggers.announce(self._api))
        self._tell()
        if now >= self._next_mend:
            self._next_mend = now + _MEND_EVERY
            self._try("mend", lambda: sweep.mend(self._settings, self._api))
        if now >= self._next_tidy:
            self._next_tidy = now + _TIDY_EVERY
            self._try("tidy", lambda: sweep.tidy(self._api))

    def _tell(self) -> None:
        """Webhooks, in a thread of their own: an address that does not answer must hold up nothing here."""
        if not self._settings.webhook_url or (self._telling and self._telling.is_alive()):
            return
        if time.monotonic() < self._next_tell:
            return
        self._next_tell = time.monotonic() + _TELL_EVERY

        def tell() -> None:
            try:
                self._try("webhooks", lambda: webhooks.send(self._settings))
            finally:
                records.disconnect()

        self._telling = threading.Thread(target=tell, daemon=True)
        self._telling.start()

    def _try(self, what: str, action: Callable[[], object]) -> None:
        works = True
        try:
            action()
        except (StorageUnavailable, records.Unavailable, triggers.PrefectUnavailable, OSError) as error:
            works = False
            if self._works.get(what, True):
                _say(f"{what}: {type(error).__name__}: {error}")
            records.close_old_connections()
        if works and not self._works.get(what, True):
            _say(f"{what}: 다시 됩니다 (works again)")
        self._works[what] = works
        if self._told.get(what) is not works and _noted(what, works):
            self._told[what] = works


def _noted(what: str, works: bool) -> bool:
    """Whether the operator's page could be told; not while the database does not answer."""
    try:
        knocks.turned(what, works, socket.gethostname())
    except records.Unavailable:
        records.close_old_connections()
        return False
    return True


def _say(words: str) -> None:
    """To whoever reads this process's output."""
    sys.stderr.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {masked(words)}\n")


def _prefect_child(settings: Settings, api: str) -> Child:
    port = api.rsplit(":", 1)[1].partition("/")[0]
    return Child(
        name="prefect",
        command=(
            *(sys.executable, "-m", "prefect", "server", "start"),
            *("--host", "127.0.0.1", "--port", port),
        ),
        environment=prefect_environment(settings, api),
        log=settings.data / "logs" / "prefect.log",
    )


def _site_child(settings: Settings, api: str) -> Child:
    return Child(
        name="site",
        command=(
            *(sys.executable, "-m", "uvicorn", "jeopsu.review.asgi:application"),
            *("--host", settings.host, "--port", str(settings.port), "--no-access-log", "--lifespan", "off"),
        ),
        environment={**os.environ, **settings.environment(), "JEOPSU_PREFECT_API": api},
        log=settings.data / "logs" / "site.log",
    )


def _until(done: Callable[[], bool], children: Children, stop: threading.Event, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not stop.is_set() and not done():
        if time.monotonic() > deadline:
            raise TimeoutError("a part of the platform did not start; see the logs folder")
        children.tend()
        stop.wait(0.2)


def _answers(settings: Settings) -> bool:
    try:
        host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host
        socket.create_connection((host, settings.port), timeout=1).close()
        return True
    except OSError:
        return False


def _prefect_port(data: Path) -> int:
    """The same port as last time, where it is free: people keep its pages open."""
    path = data / "prefect" / "port"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        port = int(path.read_text())
        _must_be_free("127.0.0.1", port)
    except (OSError, ValueError):
        port = _free_port()
        path.write_text(str(port))
    return port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _must_be_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    with open(data / "serve.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyServing(str(data)) from error
        yield
