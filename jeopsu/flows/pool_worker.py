"""The process that polls the work pool: Prefect's own process worker, whose flow runs are forked from a warm process.

`python -m jeopsu.flows.pool_worker --name N`, started by `worker` and `serve`.
"""

from __future__ import annotations

import asyncio
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from jeopsu.flows import settings

# In a folder that nobody else can enter: what goes through it holds the passwords of our environment. Not in the data
# folder, whose path may be longer than a socket's name can be.
_SOCKET = Path(tempfile.mkdtemp(prefix="jeopsu-")) / "warm"
_PATIENCE = 12.0


class _Configuration(ProcessJobConfiguration):
    """Every flow run is started by `warm_client.py`, unless its deployment says otherwise."""

    def prepare_for_flow_run(self, *args: Any, **kwargs: Any) -> None:
        client = Path(__file__).with_name("warm_client.py")
        self.command = self.command or shlex.join(
            (sys.executable, "-I", "-S", str(client), str(_SOCKET), sys.executable)
        )
        super().prepare_for_flow_run(*args, **kwargs)


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Prefect says that this worker takes the place of its own: it does, here

    class _Worker(ProcessWorker):
        job_configuration = _Configuration


async def _work(name: str) -> None:
    given = settings.load()
    warm = _start_warm()
    while warm.poll() is None and not _SOCKET.exists():  # a run that came first would import everything by itself
        await asyncio.sleep(0.1)
    worker = _Worker(name=name, work_pool_name=given.pool, limit=max(1, given.flows))
    task = asyncio.ensure_future(worker.start(printer=lambda *words, **_: print(*words, flush=True)))
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(which, stop.set)
    waiting = asyncio.ensure_future(stop.wait())
    while not task.done() and not stop.is_set():
        await asyncio.wait((task, waiting), timeout=2, return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set() and warm.poll() is not None:
            warm = _start_warm()
    # First the flows: each puts its proposal back into the queue. Then the worker, which sees them end.
    warm.terminate()
    with suppress(subprocess.TimeoutExpired):
        await asyncio.to_thread(warm.wait, _PATIENCE)
    warm.kill()
    if not task.done():
        task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _start_warm() -> subprocess.Popen[bytes]:
    return subprocess.Popen((sys.executable, "-m", "jeopsu.flows.warm", str(_SOCKET)), stdin=subprocess.DEVNULL)


def main() -> None:
    """Until SIGTERM or SIGINT."""
    try:
        asyncio.run(_work(sys.argv[sys.argv.index("--name") + 1]))
    finally:
        shutil.rmtree(_SOCKET.parent, ignore_errors=True)


if __name__ == "__main__":
    main()
