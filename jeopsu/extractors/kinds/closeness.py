"""How alike two short Korean texts are: edit distance, for labels and titles that OCR has bent.

Values are never matched this way; only the words of the form itself.
"""

from __future__ import annotations


def distance(one: str, other: str, limit: int) -> int:
    """Edits (insert, delete, replace) from one text to another, or `limit` + 1 once it is clear there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != against)))
        if min(now) > limit:
            return limit + 1
        before = now
    return min(before[-1], limit + 1)


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
