"""Real programs, kept alive as systemd or compose would keep them, and the processes that stand behind a role."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_PAUSE = 1.0  # before a program that died is started again


@dataclass
class Program:
    """One program. `stop`: the signal that asks it to end; PostgreSQL waits for its clients on SIGTERM."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    stop: int = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    starts: int = 0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.starts += 1


class Keeper:
    """Starts programs in their order and starts again whichever dies, until it is closed."""

    def __init__(self) -> None:
        # What a killed program leaves behind becomes our child: it is found, and ended at the end.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
        self.programs: list[Program] = []
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def add(self, program: Program) -> Program:
        program.start()
        self.programs.append(program)
        if not self._thread.is_alive():
            self._thread.start()
        return program

    @contextmanager
    def closed_on_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def close(self, seconds: float = 60) -> float:
        """Stops all in the reverse order; returns how long that took. What does not stop is killed."""
        began = time.monotonic()
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()
        for program in reversed(self.programs):
            process = program.process
            if process is None or process.poll() is not None:
                continue
            process.send_signal(program.stop)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=seconds)
        took = time.monotonic() - began
        for pid in descendants():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return took

    def _keep(self) -> None:
        while not self._closing.wait(_PAUSE):
            for program in list(self.programs):
                if program.process is not None and program.process.poll() is not None:
                    program.start()


def end_in_order_on_sigterm() -> None:
    """So that `finally` is reached, and no program of ours stays behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def descendants(of: int | None = None) -> list[int]:
    """Every living process that this one started, or that came to it when its parent died."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                rest = (entry / "stat").read_text().rpartition(")")[2].split()
                if rest[0] not in ("Z", "X"):
                    parents.setdefault(int(rest[1]), []).append(int(entry.name))
    found, todo = [], [of or os.getpid()]
    while todo:
        below = parents.get(todo.pop(), [])
        found += below
        todo += below
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def processes(role: str, programs: Sequence[Program]) -> list[int]:
    """The processes of a role: a program's own, or those whose command line says what they are."""
    own = [p.process.pid for p in programs if p.name == role and p.process is not None and p.process.poll() is None]
    if own:
        return own
    commands = {pid: command_of(pid) for pid in descendants()}
    warm = [pid for pid, command in commands.items() if "jeopsu.flows.warm " in command]
    flows = [pid for one in warm for pid in descendants(one) if "jeopsu.flows.warm " in commands.get(pid, "")]
    if role == "flow":
        return flows
    if role == "warm":
        return [pid for pid in warm if pid not in flows]
    mark = {
        "web": "jeopsu.review.asgi",
        "pool": "jeopsu.flows.pool_worker",
        "prefect": "prefect server",
        "reader": "jeopsu.extractors.child",
    }[role]
    return [pid for pid, command in commands.items() if mark in command]


def kill(role: str, programs: Sequence[Program], chosen: int) -> int:
    """SIGKILL to one process of a role; returns its number, 0 where there is none now."""
    found = processes(role, programs)
    if not found:
        return 0
    pid = found[chosen % len(found)]
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return pid


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, host: str = "127.0.0.1") -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
        return True
    except OSError:
        return False


def until(done, seconds: float, what: str, pause: float = 0.1) -> float:  # type: ignore[no-untyped-def]
    """Waits; returns how long it took. Raises TimeoutError, which says for what."""
    began = time.monotonic()
    while not done():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        time.sleep(pause)
    return time.monotonic() - began
