"""`kill -9` at random moments of real runs: nothing lost, nothing stuck, nothing doubled, the same report.

    python -m benchmarks.platform.chaos --shape embedded --kills 50 --seed 1 [--only flow,prefect]

Each round hands in a proposal through a random door, kills one process of a random role at a random moment of the
time that an undisturbed round took, waits for the report, decides one point, and compares. The cache of readings is
emptied first, so that every round really reads. What dies is started again after a second, as systemd or compose do.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.platform import shapes
from benchmarks.platform.programs import descendants, end_in_order_on_sigterm, kill, until
from benchmarks.platform.proposals import DOCUMENTS, Client, sample
from jeopsu.storage import records

STUCK = 900.0  # seconds without a report: stuck, even on a machine that has much else to do


class Storm:
    """Rounds on one running platform."""

    def __init__(self, shape: shapes.Shape, files: list[Path], seed: int, roles: tuple[str, ...]) -> None:
        self._shape, self._files, self._roles = shape, files, roles
        self._client = Client(shape)
        self._chance = random.Random(seed)
        self._calm, self.wanted = self._undisturbed()

    def _undisturbed(self) -> tuple[float, str]:
        """How long a round takes, and what its report says."""
        took, report = 0.0, ""
        for number in range(2):  # the first one also warms everything up
            self._client.forget_readings()
            began = time.monotonic()
            report, _, troubles = self._round(f"calm-{number}", self._shape.doors[0])
            took = time.monotonic() - began
            if troubles:
                raise SystemExit(f"undisturbed: {troubles}")
        return took, report

    def _round(self, proposal: str, door: str) -> tuple[str, int, list[str]]:
        self._client.hand_in(proposal, self._files, door)
        until(lambda: self._client.done(proposal), STUCK, f"a report of {proposal}")
        run = self._client.done(proposal)
        assert run is not None
        report = self._client.report(proposal, run.number)
        mark = self._client.decide(proposal)
        return report, run.number, self._client.troubles(proposal, self._files, mark)

    def strike(self, number: int) -> dict[str, object]:
        """One round with one kill."""
        role, door = self._chance.choice(self._roles), self._chance.choice(self._shape.doors)
        moment, which = self._chance.uniform(0, self._calm), self._chance.randrange(1 << 16)
        hit = {"pid": 0, "at": 0.0}
        over = threading.Event()

        def hunter() -> None:
            over.wait(moment)
            began = time.monotonic()
            # A role without a process now (no flow runs yet) is waited for; what is over is over.
            while not hit["pid"] and not over.is_set():
                hit["pid"] = kill(role, self._shape.keeper.programs, which)
                hit["at"] = time.monotonic() - began + moment
                over.wait(0.05)

        self._client.forget_readings()
        thread = threading.Thread(target=hunter, daemon=True)
        began = time.monotonic()
        thread.start()
        told: dict[str, object] = {"round": number, "role": role, "door": door, "moment": round(moment, 2)}
        try:
            report, _, troubles = self._round(f"P-{number:03}", door)
            if report != self.wanted:
                troubles.append("another report")
                Path(tempfile.gettempdir(), f"chaos-{self._shape.name}-{number}.json").write_text(report)
        except TimeoutError as error:
            troubles = [f"stuck: {error}"]
        over.set()
        thread.join()
        runs = records.runs(f"P-{number:03}")
        if not hit["pid"] and not troubles:  # a busy machine may have become an idle one: what is undisturbed now
            self._calm = time.monotonic() - began
        return told | {
            "hit": bool(hit["pid"]),
            "killed_at": round(hit["at"], 2),
            "seconds": round(time.monotonic() - began, 1),
            "runs": " ".join(f"{run.state.value}" for run in reversed(runs)),
            "troubles": troubles,
        }


def main() -> None:
    """Prints a line for each round and a table in the end; exit code 1 where anything was wrong."""
    end_in_order_on_sigterm()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=("embedded", "many"), default="embedded")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="roles, parted by commas")
    parser.add_argument("--documents", default="", help="numbers of documents, parted by commas")
    parser.add_argument("--keep", type=Path, help="a folder that stays, to look at")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="jeopsu-chaos-"))
    folder.mkdir(parents=True, exist_ok=True)
    shape = getattr(shapes, given.shape)(folder)
    rounds: list[dict[str, object]] = []
    try:
        roles = tuple(given.only.split(",")) if given.only else shape.roles
        only = [int(part) for part in given.documents.split(",") if part] or DOCUMENTS
        storm = Storm(shape, sample(folder / "sample", only=only), given.seed, roles)
        print(json.dumps({"calm": round(storm._calm, 1), "ready": round(shape.ready_after, 1)}), flush=True)
        number = 0
        while sum(bool(one["hit"]) for one in rounds) < given.kills and number < 2 * given.kills:
            number += 1
            rounds.append(storm.strike(number))
            print(json.dumps(rounds[-1], ensure_ascii=False), flush=True)
        table(rounds)
    finally:
        stopped = shape.keeper.close()
        records.disconnect()
        print(json.dumps({"stopped_after": round(stopped, 1), "left": len(descendants())}), flush=True)
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(any(one["troubles"] for one in rounds))


def table(rounds: list[dict[str, object]]) -> None:
    """Kills by role, the longest round, what was wrong."""
    print("role       kills  troubles  median s  longest s")
    for role in dict.fromkeys(str(one["role"]) for one in rounds):
        own = [one for one in rounds if one["role"] == role]
        seconds = sorted(float(str(one["seconds"])) for one in own)
        kills, bad = sum(bool(one["hit"]) for one in own), sum(bool(one["troubles"]) for one in own)
        print(f"{role:10} {kills:5}  {bad:8}  {seconds[len(seconds) // 2]:8.1f}  {seconds[-1]:9.1f}")


if __name__ == "__main__":
    main()
