"""Where a proposal stands on its way to a decision, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from jeopsu.domain.findings import Effect, Outcome
from jeopsu.review.language import t
from jeopsu.review.workspace import Workspace
from jeopsu.storage.standing import Standing
from jeopsu.storage.views import SupplementRow


@dataclass(frozen=True)
class Step:
    """One step; exactly one of a proposal's is `now`, unless everything is done."""

    id: str  # read, points, second, letter, close
    title: str
    words: str
    state: str  # done, now, later
    href: str = ""


def asks(point: Standing) -> bool:
    """Whether an applicant can do something about it: what only staff look up is no gap of theirs."""
    if requested(point):
        return True
    return point.outcome is Outcome.FAIL or (point.outcome is Outcome.UNDETERMINED and not point.finding.staff)


def requested(point: Standing) -> bool:
    """Whether a person said that the applicant shall mend it."""
    return point.decision is not None and point.decision.kind == "supplement"


def to_mend(desk: Workspace) -> list[Standing]:
    """What belongs into a letter once every point is settled."""
    return [
        point
        for point in desk.todo
        if requested(point) or (point.outcome is Outcome.FAIL and point.finding.effect is Effect.SUPPLEMENT)
    ]


def steps(desk: Workspace, letters: Sequence[SupplementRow]) -> list[Step]:
    """In the order in which they are taken."""
    name, review = desk.row.id, desk.review
    waiting = [point for point in desk.todo if point.state == "second"]
    gaps = to_mend(desk)
    asked = {point["key"] for letter in letters for point in letter.points}
    unasked = [point for point in gaps if point.key not in asked]
    closed = review.outcome in ("accept", "exclude")
    told: list[tuple[str, str, str, bool, str]] = [
        ("read", t("파일 읽기"), _read(desk), desk.report is not None and desk.row.active is None, ""),
        (
            "points",
            t("항목 확인"),
            f"{len(desk.todo) - len(desk.left)} / {len(desk.todo)}",
            desk.report is not None and not desk.left,
            reverse("bench", args=[name]) if desk.left else "",
        ),
    ]
    if waiting:
        href = reverse("point", args=[name, waiting[0].key])
        told.append(("second", t("2인 확인"), t("{}건 대기").format(len(waiting)), False, href))
    told += [
        (
            "letter",
            t("보완 요청"),
            t("{}건").format(len(unasked)) if unasked else t("보냄") if letters else t("없음"),
            not unasked,
            reverse("letter_new", args=[name]) if unasked else "",
        ),
        ("close", t("최종 처리"), "", closed, "#close"),
    ]
    found, met = [], False
    for id_, title, words, done, href in told:
        state = "done" if closed or (done and not met) else "later" if met else "now"
        met = met or state == "now"
        found.append(Step(id_, title, words, state, href))
    return found


def _read(desk: Workspace) -> str:
    active = desk.row.active
    if active and active.pages_total:
        return f"{active.pages_done} / {active.pages_total}" + t("쪽")
    return t("{}개").format(desk.row.files)
