"""How alike two short Korean texts are: edit distance, for labels and titles that OCR has bent.

Values are never matched this way; only the words of the form itself.
"""

from __future__ import annotations

from functools import lru_cache


def distance(one: str, other: str, limit: int) -> int:
    """Edits (insert, delete, replace) from one text to another, or `limit` + 1 once it is clear there are more.

    A column of the table of edits at a time, its steps up and down held as the bits of two numbers (Myers 1999).
    """
    if one == other:
        return 0
    tall = len(other)
    if abs(len(one) - tall) > limit or not other:
        return limit + 1 if abs(len(one) - tall) > limit else len(one)
    places = _places(other)
    if sum(letter not in places for letter in one) > limit:
        return limit + 1
    all_, top = (1 << tall) - 1, 1 << (tall - 1)
    up, down, edits = all_, 0, tall
    for left, letter in zip(range(len(one) - 1, -1, -1), one, strict=True):
        same = places.get(letter, 0)
        along = (((same & up) + up) ^ up) | same
        more, less = down | ~(along | up), up & along
        if more & top:
            edits += 1
        elif less & top:
            edits -= 1
        if edits - left > limit:
            return limit + 1
        more, across = (more << 1) | 1, same | down
        up, down = ((less << 1) | ~(across | more)) & all_, more & across & all_
    return edits if edits <= limit else limit + 1


@lru_cache(4096)
def _places(text: str) -> dict[str, int]:
    """Each letter's places in a text, as bits."""
    places: dict[str, int] = {}
    for n, letter in enumerate(text):
        places[letter] = places.get(letter, 0) | 1 << n
    return places


def allowed(label: str) -> int:
    """How many edits a label may have lost to OCR: none below four characters, where one edit makes another word."""
    return 0 if len(label) < 4 else 1 if len(label) < 8 else 2 if len(label) < 16 else 3


def find_near(label: str, text: str, limit: int) -> tuple[int, int, int] | None:
    """The place in `text` nearest to `label`: (start, end, edits), leftmost of the best; None beyond `limit`."""
    exact = text.find(label)
    if exact >= 0:
        return exact, exact + len(label), 0
    if limit == 0 or len(text) < len(label) - limit:
        return None
    # One pass: edits to match the whole label ending at each character, the start may be anywhere (Sellers 1980).
    costs, starts = list(range(len(label) + 1)), [0] * (len(label) + 1)
    best: tuple[int, int, int] | None = None
    for end, letter in enumerate(text, 1):
        new_costs, new_starts = [0], [end]
        for row, wanted in enumerate(label, 1):
            choices = (
                (costs[row - 1] + (wanted != letter), starts[row - 1]),
                (costs[row] + 1, starts[row]),
                (new_costs[row - 1] + 1, new_starts[row - 1]),
            )
            cost, start = min(choices, key=lambda choice: choice[0])
            new_costs.append(cost)
            new_starts.append(start)
        costs, starts = new_costs, new_starts
        if costs[-1] <= limit and (best is None or costs[-1] < best[2]):
            best = (starts[-1], end, costs[-1])
    return best
