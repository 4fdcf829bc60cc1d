"""What all rules of a call cost on the fields of many proposals; against the cost of loading those fields.

    python -m benchmarks.rules --proposals 1000

First in this process alone, in processor time: the ratio compares the rules with reading the same submissions from
their JSON, which every run does too, and says the same on a slow machine as on a fast one. Then by the clock, the
proposals shared out to a process a core as `jeopsu calls try` shares them.
"""

from __future__ import annotations

import argparse
import random
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.submissions import Submission
from jeopsu.flows.memory import collect_seldom
from jeopsu.flows.settings import cores
from jeopsu.validators import run, verdict
from tests.validators.proposals import CALL, bent, doubtful, proposal, settled

_held: list[Submission] = []  # by a process


def submissions(number: int) -> list[Submission]:
    """Proposals alike in their papers and different in their figures; one field in fifty is doubtful."""
    sound, made = settled(proposal()), []
    for seed in range(number):
        chance = random.Random(seed)

        def bend(field: FieldValue, chance: random.Random = chance) -> FieldValue:
            if chance.random() < 0.02:
                return doubtful(field)
            if isinstance(field.value, int) and field.name.startswith("fs."):
                return field.model_copy(update={"value": field.value + chance.randrange(-1000, 1000)})
            return field

        made.append(bent(sound, bend))
    return made


def hold(written: list[str]) -> int:
    """Loads a share of the proposals into this process."""
    _held.extend(Submission.model_validate_json(text) for text in written)
    run.evaluate(CALL, _held[0])
    return len(_held)


def judge() -> list[verdict.Verdict]:
    """The verdicts of the proposals that this process holds."""
    return [verdict.of(run.evaluate(CALL, submission)) for submission in _held]


def by_the_clock(written: list[str], processes: int) -> float:
    """Seconds until the last verdict is back. The processes are there already and hold the fields."""
    with ExitStack() as stack:
        context = get_context("spawn")
        pools = [
            stack.enter_context(ProcessPoolExecutor(1, mp_context=context, initializer=collect_seldom))
            for _ in range(processes)
        ]
        for loaded in [pool.submit(hold, written[n::processes]) for n, pool in enumerate(pools)]:
            loaded.result()
        before = time.perf_counter()
        for judged in [pool.submit(judge) for pool in pools]:
            judged.result()
        return time.perf_counter() - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proposals", type=int, default=1000)
    number = parser.parse_args().proposals
    collect_seldom()  # as the program's own processes do
    given = submissions(number)
    run.evaluate(CALL, given[0])  # binds the call
    before = time.process_time()
    found = sum(len(run.evaluate(CALL, submission)) for submission in given)
    rules = time.process_time() - before
    written = [submission.model_dump_json() for submission in given]
    before = time.process_time()
    for text in written:
        Submission.model_validate_json(text)
    loading = time.process_time() - before
    print(
        f"{number} proposals, {found} findings: {rules:.2f} s of processor time, "
        f"{rules / number * 1000:.2f} ms a proposal, {rules / found * 1e6:.1f} µs a finding; "
        f"{rules / loading:.2f} of the time that loading their fields takes ({loading:.2f} s)"
    )
    alone, together = by_the_clock(written, 1), by_the_clock(written, cores())
    print(f"by the clock: {alone:.2f} s in one process, {together:.2f} s in {cores()}")


if __name__ == "__main__":
    main()
