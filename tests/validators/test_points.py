"""Bonus and penalty points (공고 5-2): what document 3 claims is told, in whatever form its items are worded."""

from __future__ import annotations

from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.validators import run
from tests.validators.proposals import CALL, SHORT, proposal, settled, upload


def _said(rule: str, *answers: tuple[str, str]) -> dict[str | None, Finding]:
    rows = [
        row
        for index, (words, marked) in enumerate(answers)
        for row in (("check.item", words, {"index": index}), ("check.marked", marked, {"index": index}))
    ]
    name = f"[서식-3] 우대·감점사항 확인서, 증빙서류_{SHORT['lead']}.pdf"
    files = [one for one in proposal() if one.name != name]
    given = settled([*files, upload(name, Kind.BONUS_PENALTY, "lead", rows)])
    return {finding.organisation: finding for finding in run.evaluate(CALL, given, only=rule)}


def test_a_claimed_bonus_is_told_to_who_looks_it_up() -> None:
    caravan = "2022년 디지털 카라반 지원을 받아 결과보고서를 제출"
    finding = _said("bonus_points", (caravan, "해당"), ("중견기업-스타트업 상생 라운지", "미해당"))[None]
    assert finding.outcome is Outcome.UNDETERMINED
    assert "우대사항 신청 1건" in finding.message.ko


def test_a_project_given_up_counts_however_it_is_worded() -> None:
    for words in (
        "정당한 사유 없이 연구개발과제 수행을 포기한 사실",
        "정당한 사유 없이 연구개발과제 수행을 포기",
        "수행 포기 여부",
    ):
        found = _said("penalty_points", ("제32조제1항제3호에 따른 제재처분", "미해당"), (words, "해당"))
        assert found["lead"].outcome is Outcome.FAIL
        assert found["partner"].outcome is Outcome.UNDETERMINED
