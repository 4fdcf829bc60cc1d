"""What all rules of a call cost on the fields of many proposals; against the cost of loading those fields.

    python -m benchmarks.rules --proposals 1000

Processor time, not the clock's. The ratio compares the rules with reading the same submissions from their JSON, which
every run does too: it says the same on a slow machine as on a fast one.
"""

from __future__ import annotations

import argparse
import random
import time

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.submissions import Submission
from jeopsu.validators import run
from tests.validators.proposals import CALL, bent, doubtful, proposal, settled


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proposals", type=int, default=1000)
    number = parser.parse_args().proposals
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


if __name__ == "__main__":
    main()
