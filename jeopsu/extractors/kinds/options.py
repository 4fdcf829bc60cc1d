"""The choices that forms print, as data: in pairs over a table's columns, in groups along a line of text.

Written without blanks. A choice is known by its group, so that a letter bent by OCR names no other choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from jeopsu.extractors.kinds.closeness import distance

# Choices that head two columns, left to right.
PAIRS: tuple[tuple[str, str], ...] = (
    ("해당", "해당없음"), ("해당", "미해당"), ("해당", "비해당"), ("해당", "해당사항없음"), ("예", "아니오"),
    ("예", "아니요"), ("제출", "해당없음"), ("제출", "미제출"), ("동의", "미동의"), ("동의", "부동의"),
    ("동의함", "동의하지않음"), ("동의", "동의하지않음"), ("있음", "없음"), ("여", "부"), ("적합", "부적합"),
    ("유", "무"), ("해당함", "해당하지않음"), ("양호", "미흡"), ("O", "X"), ("○", "×"), ("YES", "NO"), ("Y", "N"),
)  # fmt: skip
# Choices that stand in a line, each after its box. The longer groups first: the first that fits whole is taken.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("대기업", "중견기업", "중견기업후보기업", "중소기업"), ("대기업", "중견기업", "중견후보기업", "중소기업"),
    ("대기업", "중견기업", "중소기업"), ("중견기업", "중견기업후보기업", "중소기업"), ("중견기업", "중소기업"),
    ("안전관리형과제해당", "해당없음"), ("안전관리형과제해당", "미해당"), ("안전관리형과제", "해당없음"),
    ("안전관리형과제", "일반과제"), ("보안과제", "일반과제"), ("보안", "일반"),
    ("동의합니다", "동의하지않습니다"), ("동의함", "동의하지않음"), ("동의함", "부동의"), ("동의", "동의하지않음"),
    ("동의", "부동의"), ("동의", "미동의"), ("대상", "비대상"), ("대상", "대상아님"),
    ("해당함", "해당하지않음"), ("해당", "해당사항없음"), ("해당", "해당없음"), ("해당", "미해당"), ("해당", "비해당"),
    ("있음", "없음"), ("예", "아니오"), ("예", "아니요"), ("적합", "부적합"), ("제출", "미제출"),
    ("채용", "예정"), ("채용", "채용예정"), ("기채용", "채용예정"), ("신규", "기존"), ("구입", "임차"),
)  # fmt: skip
# Items by which rules know a question, as forms word them. Read letter for letter on a scan, an item is that one: its
# own choices (대상/비대상) stand under no other question of the form.
ITEMS: frozenset[str] = frozenset(
    {"외부감사대상", "외부감사대상여부", "외부감사대상기업", "외부감사대상기업여부", "기업유형", "기업의유형"}
)
# Letters between two choices of a line: what OCR makes of a box.
MOST_BETWEEN = 5


def pair_of(left: Sequence[str], right: Sequence[str]) -> tuple[str, str] | None:
    """The pair that two headings are, from what was read of each (several readings). One letter in all may be bent,
    and only where three exact letters vouch for it; two pairs that fit as well as each other are none."""
    best: dict[tuple[str, str], int] = {}
    for pair in PAIRS:
        edits = [_edits(texts, word) for texts, word in zip((left, right), pair, strict=True)]
        if edits == [0, 0]:
            best[pair] = 0
        elif sorted(edits) == [0, 1]:
            exact, bent = pair if edits[0] == 0 else pair[::-1]
            if len(exact) >= 3 or len(bent) >= 3:
                best[pair] = 1
    if not best:
        return None
    least = min(best.values())
    found = [pair for pair, edits in best.items() if edits == least]
    return found[0] if len(found) == 1 else None


def _edits(texts: Sequence[str], word: str) -> int:
    return min((distance(text, word, 1) for text in texts), default=2)


_FIRST = tuple({group[0] for group in GROUPS})


def may_hold(letters: str) -> bool:
    """Cheap: whether a line could hold a group of choices, exact or a letter bent."""
    return any(word in letters for word in _FIRST) or any(
        word in letters for group in GROUPS for word in group[1:] if len(word) >= 2
    )


def in_line(letters: str) -> list[tuple[str, int, int]] | None:
    """The choices of a line of letters as (choice, start, end) in order; None where no group fits whole.

    The last chain that fits is taken: a label before it may hold the first choice's letters (외부감사대상 □대상).
    """
    best: tuple[tuple[int, int], list[tuple[str, int, int]]] | None = None
    for group in GROUPS:
        chain = _chain(letters, group)
        if chain is None:
            continue
        edits, places = chain
        size = sum(len(word) for word in group)
        if best is None or (size, -edits) > best[0]:
            best = ((size, -edits), places)
    return best[1] if best else None


def _chain(letters: str, group: tuple[str, ...]) -> tuple[int, list[tuple[str, int, int]]] | None:
    spots = [_spots(letters, word) for word in group]
    best: tuple[tuple[int, ...], list[tuple[str, int, int]]] | None = None

    def walk(number: int, start: int, edits: int, places: list[tuple[str, int, int]]) -> None:
        nonlocal best
        if edits > max(1, len(group) // 2):
            return
        if number == len(group):
            # The fewest edits; among equals the chain that stands furthest right, word by word.
            rank = (edits, *(-first for _, first, _ in reversed(places)))
            if best is None or rank < best[0]:
                best = (rank, places)
            return
        for first, last, cost in spots[number]:
            if number == 0 or 0 <= first - start <= MOST_BETWEEN:
                walk(number + 1, last, edits + cost, [*places, (group[number], first, last)])

    walk(0, 0, 0, [])
    return (best[0][0], best[1]) if best else None


def _spots(letters: str, word: str) -> list[tuple[int, int, int]]:
    """Where a choice stands: exact, or with one letter bent if it is long enough to stay itself."""
    found = []
    limit = 1 if len(word) >= 3 else 0
    for first in range(len(letters) - len(word) + 1):
        edits = sum(a != b for a, b in zip(letters[first : first + len(word)], word, strict=True))
        if edits <= limit:
            found.append((first, first + len(word), edits))
    return found
