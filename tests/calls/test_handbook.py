"""The pages made from the calls are up to date, and every clause of the catalogue has its place."""

from __future__ import annotations

import re
from pathlib import Path

from jeopsu.calls.handbook import handbook
from jeopsu.calls.load import list_calls, load_call

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_rules_is_what_the_data_says() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == handbook(list_calls())


def test_every_entry_of_the_catalogue_is_a_rule_a_part_or_a_staff_matter() -> None:
    rows = re.findall(
        r"^\| ([A-Z][A-Z0-9_.]+) \| (.+?) \| (.+?) \|", (DOCS / "catalogue.md").read_text(encoding="utf-8"), re.M
    )
    known = {rule.id for rule in load_call("kiat-2023-265").rules}
    assert len(rows) == len({entry for entry, _, _ in rows}) == 149
    named: set[str] = set()
    for entry, how, rules in rows:
        assert how in {"규칙", "규칙의 일부", "담당자", "점검 없음"}, entry
        found = set(re.findall(r"`(\w+)`", rules))
        assert found <= known, entry
        assert found or how in {"담당자", "점검 없음"}, entry
        named |= found
    # No rule without its clause in the catalogue, but those that keep the house in order.
    assert known - named <= {"one_per_document", "external_audit_status"}
