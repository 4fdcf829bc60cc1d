"""What the readers are told of a call."""

from __future__ import annotations

from collections import Counter

import pytest

from jeopsu.calls.load import load_call
from jeopsu.domain.kinds import Kind
from jeopsu.flows.check import titles


@pytest.mark.parametrize("call", ["kiat-2023-265", "example-2024-101"])
def test_a_title_that_several_kinds_share_tells_none(call: str) -> None:
    told = titles(load_call(call))
    assert Kind.AUDIT_REPORT not in told  # 회계감사보고서 또는 결산재무제표 확인원: one document, three kinds
    assert "사업자등록증" in told[Kind.BUSINESS_REGISTRATION]
    assert max(Counter(title for titles in told.values() for title in titles).values()) == 1
