"""From a drop to a verdict, again, after one change; and 200 uploads at once: on real programs, with what it took.

    python -m benchmarks.platform.speed --shape embedded|many [--documents 1,2,…]

*Start*: from the moment the last upload has settled (`JEOPSU_QUIET_SECONDS` after it) to the lease of the run, which
is taken in the flow. *Work*: from the lease to the record. One line of JSON each; the machine's load stands beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import httpx

from benchmarks.platform import shapes
from benchmarks.platform.programs import end_in_order_on_sigterm, until
from benchmarks.platform.proposals import Client, sample
from jeopsu.flows import platform
from jeopsu.storage import records
from jeopsu.storage.rows import RunRow

CLIENTS, EACH, PROPOSALS = 20, 10, 7


def say(what: str, **told: object) -> None:
    print(json.dumps({"what": what, "load": round(os.getloadavg()[0], 1), **told}, ensure_ascii=False), flush=True)


def settled(shape: shapes.Shape, proposal: str) -> datetime:
    """When the last upload of a proposal had been quiet for long enough."""
    uploads = [event.at for event in records.timeline(proposal) if event.kind == records.UPLOADED]
    return max(uploads) + shape.given.quiet


def finished(client: Client, proposal: str, number: int = 1) -> RunRow:
    def there() -> bool:
        run = client.done(proposal)
        return run is not None and run.number >= number

    until(there, 900, f"run {number} of {proposal}")
    run = client.done(proposal)
    assert run is not None and run.started is not None
    return run


def drop(shape: shapes.Shape, client: Client, files: list[Path], door: str, proposal: str) -> RunRow:
    client.forget_readings()
    began = time.time()
    client.hand_in(proposal, files, door)
    run = finished(client, proposal)
    assert run.started and run.finished
    say(
        "drop",
        door=door,
        files=len(files),
        verdict=run.verdict,
        start=round((run.started - settled(shape, proposal)).total_seconds(), 2),
        work=round(run.seconds or 0, 1),
        from_drop_to_verdict=round(run.finished.timestamp() - began, 1),
    )
    return run


def again(shape: shapes.Shape, client: Client, proposal: str, files: list[Path], door: str) -> None:
    """The same again; then with one file changed."""
    for what in ("rerun, nothing changed", "one file changed"):
        began, last = time.time(), records.runs(proposal)[0].number
        if what.startswith("rerun"):
            platform.rerun(shape.given, proposal)
        else:
            changed = files[-1].parent.parent / "changed" / files[-1].name
            changed.parent.mkdir(exist_ok=True)
            changed.write_bytes(files[-1].read_bytes() + b"\n% another version\n")
            client.hand_in(proposal, [changed], door)
        until(lambda last=last: records.runs(proposal)[0].number > last, 60, "the next run")
        run = finished(client, proposal, last + 1)
        assert run.finished
        say(
            what,
            files=run.files_total,
            reused=run.files_reused,
            work=round(run.seconds or 0, 2),
            from_asking_to_verdict=round(run.finished.timestamp() - began, 1),
        )


def crowd(shape: shapes.Shape, client: Client) -> bool:
    """200 uploads at once from 20 clients through the site; returns whether every one is there, once."""
    answers: list[tuple[int, float]] = []

    def one(number: int) -> None:
        with httpx.Client(headers=client._header, timeout=300) as line:
            for file in range(EACH):
                began = time.monotonic()
                address = f"{shape.site}/api/v1/proposals/C-{(number + file) % PROPOSALS}/files"
                body = {"files": (f"[서식-{file + 1}] {number}.pdf", b"%%PDF-1.4 %d-%d" % (number, file))}
                answer = line.post(address, files=body)
                answers.append((answer.status_code, time.monotonic() - began))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(CLIENTS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    kept = [u.name for n in range(PROPOSALS) for u in records.uploads(f"C-{n}", every_version=True)]
    wanted = {f"[서식-{file + 1}] {number}.pdf" for number in range(CLIENTS) for file in range(EACH)}
    times = sorted(seconds for _, seconds in answers)
    say(
        "200 uploads at once",
        database=shape.given.database_url.partition(":")[0],
        answers=Counter(status for status, _ in answers),
        seconds=round(took, 1),
        median=round(times[len(times) // 2], 2),
        longest=round(times[-1], 2),
        lost=len(wanted - set(kept)),
        doubled=len(kept) - len(set(kept)),
    )
    for number in range(PROPOSALS):
        finished(client, f"C-{number}")
    return set(kept) == wanted and len(kept) == len(wanted) and {status for status, _ in answers} == {201}


def main() -> None:
    """Exit code 1 where an upload was lost, doubled or refused."""
    end_in_order_on_sigterm()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=("embedded", "many"), default="embedded")
    parser.add_argument("--documents", default="", help="numbers of documents; all without")
    given = parser.parse_args()
    only = [int(part) for part in given.documents.split(",") if part] or None
    folder = Path(tempfile.mkdtemp(prefix="jeopsu-speed-"))
    shape = getattr(shapes, given.shape)(folder)
    good = False
    try:
        client = Client(shape)
        files = sample(folder / "sample", only=only)
        for door in shape.doors:
            drop(shape, client, files, door, f"D-{door}")
        again(shape, client, f"D-{shape.doors[-1]}", files, shape.doors[-1])
        good = crowd(shape, client)
    finally:
        stopped = shape.keeper.close()
        records.disconnect()
        say("stopped", seconds=round(stopped, 1))
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(not good)


if __name__ == "__main__":
    main()
