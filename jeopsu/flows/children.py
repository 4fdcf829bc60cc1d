"""Child processes that are started, watched, started again when they die, and stopped in order."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from jeopsu.flows import life

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
# A child that dies at once is not started again at once: 1, 2, 4, … at most 30 s.
_LONGEST_WAIT = 30.0
_LOG_BYTES = 20 << 20


@dataclass
class Child:
    """One program that is to run all the time. `patience`: seconds it gets to stop by itself."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    patience: float = 10.0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    deaths: int = 0
    started: float = 0.0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone; we stop the others in order
                preexec_fn=_die_with_parent,
            )
        self.started = time.monotonic()

    def tend(self) -> None:
        """Starts it again when it has died, after a pause that grows with each death in a row."""
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            self.deaths = 0 if time.monotonic() - self.started > 60 else self.deaths + 1
            self.process = None
        if time.monotonic() - self.started >= min(_LONGEST_WAIT, 2.0**self.deaths - 1):
            self.start()

    def stop(self) -> None:
        process = self.process
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=self.patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # and whatever it left behind
        process.wait()
        self.process = None


class Children:
    """Children in the order in which they start; they stop in the reverse order.

    `ledger` is a file with the living ones: should we be killed, the next of us ends them first (`end_leftovers`).
    """

    def __init__(self, children: Sequence[Child], ledger: Path | None = None) -> None:
        self._children, self._ledger, self._noted = list(children), ledger, ""

    def start(self) -> None:
        for child in self._children:
            if child.process is None:
                child.start()
        self._note()

    def add(self, child: Child) -> None:
        child.start()
        self._children.append(child)
        self._note()

    def tend(self) -> None:
        for child in self._children:
            child.tend()
        self._note()

    def stop(self) -> None:
        for child in reversed(self._children):
            child.stop()
        self._note()

    def _note(self) -> None:
        living = "\n".join(str(child.process.pid) for child in self._children if child.process is not None)
        if self._ledger is not None and living != self._noted:
            self._noted = living
            self._ledger.write_text("\n".join(life.process_name(int(pid)) for pid in living.split()))


def end_leftovers(ledger: Path, patience: float = 30.0) -> int:
    """Waits for the children of a killed predecessor, which were told to stop by its death; returns how many lived.

    Two of them at once would fight over ports and tables. Those that do not stop are killed with all they started.
    """
    try:
        left = [name for name in ledger.read_text().split() if life.lives(name)]
    except OSError:
        return 0
    for name in left:
        with suppress(ProcessLookupError):
            os.kill(_pid(name), signal.SIGTERM)
    deadline = time.monotonic() + patience
    while any(life.lives(name) for name in left) and time.monotonic() < deadline:
        time.sleep(0.1)
    for name in left:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(_pid(name), signal.SIGKILL)
    return len(left)


def _pid(process: str) -> int:
    return int(process.partition(":")[0])


def _die_with_parent() -> None:
    # Should we be killed ourselves, the children must not live on and hold ports. Linux only; nothing elsewhere.
    with suppress(Exception):
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
