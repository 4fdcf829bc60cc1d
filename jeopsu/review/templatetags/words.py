"""Korean words for codes, and the one sentence a finding shows."""

from __future__ import annotations

from typing import Any

from django import template

from jeopsu.domain.problems import Problem

register = template.Library()

WORDS = {
    # verdicts
    "clear": "이상 없음",
    "supplement": "보완 필요",
    "exclusion_possible": "제외 가능",
    "excluded": "제외 사유 있음",
    # outcomes
    "pass": "적합",
    "fail": "부적합",
    "undetermined": "확인 필요",
    "not_applicable": "해당 없음",
    # where a proposal or a run stands
    "empty": "파일 없음",
    "queued": "대기 중",
    "running": "읽는 중",
    "waiting": "확인 대기",
    "done": "완료",
    "failed": "오류",
    "superseded": "새 파일로 대체",
    "lost": "중단 후 재시작",
    # runs
    "intake": "접수",
    "rerun": "다시 실행",
    "recheck": "규칙만 다시",
    # stages
    "start": "시작",
    "read": "읽기",
    "record": "기록",
    # files
    "partly_read": "일부만 읽음",
    "unreadable": "읽지 못함",
    # organisations
    "lead": "주관",
    "partner": "공동",
    # doors
    "inbox": "폴더",
    "cli": "명령",
    "site": "웹",
    "bucket": "버킷",
    # events
    "proposal.uploaded": "파일 접수",
    "proposal.rerun": "다시 실행 요청",
    "proposal.decided": "규칙 재평가 요청",
    "proposal.waiting": "다시 대기",
    "run.done": "검토 완료",
    "run.failed": "검토 오류",
    "run.superseded": "새 파일로 대체",
    "decision": "결정",
}


@register.filter
def word(code: Any) -> str:
    """The Korean word of a code; the code itself where there is none."""
    return WORDS.get(str(code or ""), str(code or ""))


@register.filter
def sentence(problem: Problem) -> str:
    """What is wrong with a file, in a sentence."""
    return problem.sentence.ko


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    """An entry of a mapping by a name that only the template knows."""
    return mapping.get(key)
