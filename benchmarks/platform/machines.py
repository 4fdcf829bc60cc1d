"""Two workers on two machines share 20 proposals, one machine is cut off and killed: all 20 finish, each once.

    python -m benchmarks.platform.machines [--proposals 20]       (as root: network namespaces)

Each "machine" is a network namespace with an address of its own, a process namespace and a host name: a lease of one
says nothing to the other, and only the heartbeat tells that its machine is gone. PostgreSQL, SeaweedFS, Prefect's
server and the site are on the host.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from benchmarks.platform import shapes
from benchmarks.platform.programs import descendants, end_in_order_on_sigterm, until
from benchmarks.platform.proposals import Client, sample
from jeopsu.storage import records
from jeopsu.storage.rows import RunRow, State

_HOST = "10.213.{}.1"


def ip(*words: str) -> None:
    subprocess.run(("ip", *words), check=True, capture_output=True)


class Machine:
    """A network namespace, joined to the host by a pair of virtual cards."""

    def __init__(self, number: int) -> None:
        self.number, self.name = number, f"jeopsu{os.getpid() % 10000}-{number}"
        card, other = f"jv{os.getpid() % 10000}h{number}", f"jv{os.getpid() % 10000}w{number}"
        ip("netns", "add", self.name)
        ip("link", "add", card, "type", "veth", "peer", "name", other, "netns", self.name)
        ip("addr", "add", f"10.213.{number}.1/24", "dev", card)
        ip("link", "set", card, "up")
        ip("-n", self.name, "addr", "add", f"10.213.{number}.2/24", "dev", other)
        ip("-n", self.name, "link", "set", other, "up")
        ip("-n", self.name, "link", "set", "lo", "up")
        ip("-n", self.name, "route", "add", "default", "via", f"10.213.{number}.1")
        self.card = card

    @property
    def prefix(self) -> tuple[str, ...]:
        """What a command is started with to run on this machine, with processes and a name of its own."""
        name = f'hostname {self.name} && exec "$@"'
        alone = ("unshare", "--uts", "--pid", "--fork", "--mount-proc", "--kill-child=KILL")
        return ("ip", "netns", "exec", self.name, *alone, "sh", "-c", name, "sh")

    def cut(self) -> None:
        """The cable is pulled."""
        ip("link", "set", self.card, "down")

    def gone(self) -> None:
        with suppress(subprocess.CalledProcessError):
            ip("netns", "del", self.name)


def main() -> None:
    """Prints who did what; exit code 1 where a proposal is not finished exactly once."""
    end_in_order_on_sigterm()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--proposals", type=int, default=20)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jeopsu-machines-"))
    machines = [Machine(1), Machine(2)]
    shape = shapes.many(folder, workers=0, host=_HOST.format(1), quiet_seconds=0.5)
    wrong = True
    try:
        client = Client(shape)
        files = sample(folder / "sample", only=(12, 13))
        names = [f"P-{number:02}" for number in range(1, given.proposals + 1)]
        programs = [shapes.worker(folder, shape.given, m.number, m.prefix) for m in machines]
        for program in programs:
            program.start()
        began = time.monotonic()
        for name in names:
            client.hand_in(name, files, "site")
        until(lambda: working(names) == 2, 300, "both machines have a proposal")
        until(lambda: len(finished(names)) >= given.proposals // 5, 600, "a fifth is done")
        until(lambda: any(run.host.startswith(machines[1].name) for run in running(names)), 300, "the second has one")
        held = [run.proposal for run in running(names) if run.host.startswith(machines[1].name)]
        machines[1].cut()
        assert programs[1].process
        for pid in reversed([programs[1].process.pid, *descendants(programs[1].process.pid)]):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        print(json.dumps({"killed after": round(time.monotonic() - began, 1), "it held": held}), flush=True)
        until(lambda: len(finished(names)) == len(names), 900, "all are done", pause=1)
        took = round(time.monotonic() - began, 1)
        wrong = tell(names, files, client, took)
        programs[0].process.terminate()  # type: ignore[union-attr]
    finally:
        shape.keeper.close()
        records.disconnect()
        for machine in machines:
            machine.gone()
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(wrong)


def tell(names: list[str], files: list[Path], client: Client, took: float) -> bool:
    """Who finished how many; what was lost or doubled. True where anything is wrong."""
    runs = [run for name in names for run in records.runs(name)]
    hosts = Counter(run.host.split(":")[0] for run in runs if run.state is State.DONE)
    reports = {client.report(name, finished([name])[0].number) for name in names}
    troubles = [f"{name}: {one}" for name in names for one in client.troubles(name, files, None)]
    states = Counter(run.state.value for run in runs)
    print(json.dumps({"seconds": took, "done by": hosts, "runs": states, "different reports": len(reports)}))
    print(json.dumps({"troubles": troubles}, ensure_ascii=False))
    return bool(troubles) or len(reports) != 1


def finished(names: list[str]) -> list[RunRow]:
    return [run for name in names for run in records.runs(name) if run.state is State.DONE]


def running(names: list[str]) -> list[RunRow]:
    return [run for name in names for run in records.runs(name) if run.state is State.RUNNING]


def working(names: list[str]) -> int:
    """How many machines have a proposal now."""
    return len({run.host for run in running(names)})


if __name__ == "__main__":
    main()
