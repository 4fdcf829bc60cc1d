"""What a company admits on its own declaration (document 8) against figures that say otherwise (reading 16)."""

from __future__ import annotations

from typing import Any

from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import described
from jeopsu.validators.checklists import lines_of
from jeopsu.validators.matter import Answer, Conclusion, Matter, undetermined


def unless_admitted(matter: Matter[Any], found: Conclusion, *words: str, beside: tuple[str, ...] = ()) -> Answer:
    """`found` passes, unless an item of these words is marked 해당: then one of the two was misread or mistaken.

    `beside`: words by which an item is of another rule as well, so that its mark says nothing of this one alone.
    """
    for line in lines_of(matter, Kind.ELIGIBILITY_DECLARATION)[1]:
        if line.yes and line.item.confirmed and line.asks(words) and not line.asks(beside):
            matter.facts.note(*line.fields)
            return undetermined(
                f"{found.ko}. 그러나 신청자는 '해당'으로 신고함: {described(line.item)}. 두 곳을 볼 것",
                f"{found.en} But the applicant declares otherwise: look at both.",
                files=found.files,
            )
    return found
