"""A process that has everything imported and forks one child for every flow run.

Importing Prefect takes 3 to 4 s of processor time, for each flow run anew; a forked child begins at once. The
worker starts `warm_client.py` as the run's command, which hands its environment and outputs over a socket, passes
signals on and ends as the child ended, so that Prefect sees an ordinary process. This one is a single thread.
"""

from __future__ import annotations

import ctypes
import json
import os
import runpy
import selectors
import signal
import socket
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LARGEST = 1 << 20  # bytes of a request: an environment


@dataclass
class _Client:
    """A connection; `pid` once its child runs."""

    link: socket.socket
    received: bytes = b""
    outputs: list[int] = field(default_factory=list)
    pid: int | None = None


class Warm:
    """Listens on a Unix socket; forks on request; reports how each child ended."""

    def __init__(self, path: Path) -> None:
        with suppress(FileNotFoundError):
            path.unlink()
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(path))
        path.chmod(0o600)
        self._door.listen(64)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._door, selectors.EVENT_READ)
        self._clients: dict[socket.socket, _Client] = {}
        self._wake, tell = socket.socketpair()
        for end in (self._wake, tell):
            end.setblocking(False)
        signal.set_wakeup_fd(tell.fileno())
        self._tell = tell
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._stopping = False
        self._parent = os.getppid()
        for which in (signal.SIGTERM, signal.SIGINT):
            signal.signal(which, self._stop)

    def run(self) -> None:
        """Until told to stop and all children have ended."""
        while not (self._stopping and not self._clients):
            for key, _ in self._selector.select(timeout=1.0):
                if key.fileobj is self._door:
                    self._accept()
                elif key.fileobj is self._wake:
                    with suppress(BlockingIOError):
                        self._wake.recv(4096)
                else:
                    self._hear(self._clients[key.fileobj])  # type: ignore[index]
            self._reap()
            if os.getppid() != self._parent and not self._stopping:
                self._stop()  # the worker was killed: nobody else would ever end this process

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for client in self._clients.values():
            _signal(client.pid, signal.SIGTERM)

    def _accept(self) -> None:
        link, _ = self._door.accept()
        if self._stopping:
            link.close()
            return
        self._clients[link] = _Client(link)
        self._selector.register(link, selectors.EVENT_READ)

    def _hear(self, client: _Client) -> None:
        try:
            data, outputs, _, _ = socket.recv_fds(client.link, 1 << 16, 4)
        except OSError:
            data, outputs = b"", []
        client.outputs += outputs
        if not data:  # the client was killed: so is the child
            _signal(client.pid, signal.SIGKILL)
            if client.pid is None:
                self._forget(client)
            else:
                self._selector.unregister(client.link)
            return
        if client.pid is not None:
            for number in data:  # one byte for each signal to pass on
                _signal(client.pid, number)
            return
        client.received += data
        if client.received.endswith(b"\n"):
            self._fork(client)
        elif len(client.received) > _LARGEST:
            self._forget(client)

    def _fork(self, client: _Client) -> None:
        request = json.loads(client.received)
        client.received = b""
        pid = os.fork()
        if pid == 0:
            self._become(request, client)
        client.pid = pid
        for output in client.outputs:
            os.close(output)
        client.outputs = []

    def _become(self, request: dict[str, object], client: _Client) -> None:
        """In the child: an ordinary `python -m prefect.engine`, with the modules already there. Never returns."""
        code = 70
        try:
            signal.set_wakeup_fd(-1)
            for which in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(which, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            with suppress(Exception):
                ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            for number, output in enumerate(client.outputs, start=1):
                os.dup2(output, number)
                os.close(output)
            for end in (self._door, self._wake, self._tell, *self._clients):
                end.close()
            self._selector.close()
            os.environ.clear()
            os.environ.update(request["environment"])  # type: ignore[call-overload]
            os.chdir(str(request["folder"]))
            import random

            random.seed()
            sys.argv = ["prefect.engine"]
            warnings.filterwarnings("ignore", message="'prefect.engine' found in sys.modules")
            runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)
            code = 0
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else (0 if leave.code is None else 1)
        except KeyboardInterrupt:
            code = 130
        except BaseException:
            import traceback

            traceback.print_exc()
            code = 1
        finally:
            with suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for client in [c for c in self._clients.values() if c.pid == pid]:
                with suppress(OSError):
                    client.link.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
                self._forget(client)

    def _forget(self, client: _Client) -> None:
        for output in client.outputs:
            os.close(output)
        with suppress(KeyError, ValueError):
            self._selector.unregister(client.link)
        client.link.close()
        self._clients.pop(client.link, None)


def _signal(pid: int | None, number: int) -> None:
    if pid is not None:
        with suppress(ProcessLookupError, ValueError, OSError):
            os.kill(pid, number)


def main() -> None:
    """`python -m jeopsu.flows.warm SOCKET`."""
    import prefect.events.clients
    import prefect.flow_engine
    import prefect.main
    import prefect.task_engine  # noqa: F401

    from jeopsu.flows import deployments, intake, work  # noqa: F401 (for the children)

    work.reader_versions()  # hashes some hundred files of ours: once, and not in every child

    Warm(Path(sys.argv[1])).run()


if __name__ == "__main__":
    main()
