"""Each mistake a call's author can make: one small change of a sound call, the line it is refused with, and words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from jeopsu.calls import load
from jeopsu.validators import bind, examples

HOUSE = load.HOME / "kiat_2023_265"
# Of the house's call, what the mistakes are made in: reading all of it each time would take minutes.
RULES = {
    "consortium_one_to_one", "lead_is_midsize_or_candidate", "partner_is_profit_company", "candidate_conditions",
    "grant_cap", "project_period", "government_share", "personnel_cash_cap", "equipment_detail", "lead_affiliation",
    "participation_rate_min", "debt_ratio_two_years", "capital_impairment", "audit_opinion", "bankruptcy",
    "marginal_company_projects", "participation_ban",
}  # fmt: skip
DOCUMENTS = {1, 2, 3, 6, 7, 9, 13, 14, 15, 16, 19}
# file, the line's old text, its new text, words of the message
MISTAKES = [
    # YAML itself
    ("rules.yaml", "  effect: may_exclude", "\teffect: may_exclude", "a tab"),
    ("rules.yaml", '{ko: "1:1 컨소시엄", en', '{ko: "1:1 컨소시엄, en', ""),
    ("documents.yaml", "  by: project", "  by: project\n  by: each", "duplicate key"),
    # names of keys
    ("rules.yaml", "  effect: may_exclude", "  efect: may_exclude", "unknown key 'efect'"),
    ("rules.yaml", "  effect: may_exclude\n", "", "'effect' is missing"),
    ("rules.yaml", "        most: 200000000", "        mots: 200000000", "params.mots"),
    ("rules.yaml", "        most: 200000000", "        most: 200000000\n        least: 3", "params.least"),
    ("rules.yaml", "      holds_days: 365", "      hold_days: 365", "unknown key 'hold_days'"),
    ("rules.yaml", '      where: {ko: "허가서", en: "permission"}', "", "'where' is missing"),
    ("documents.yaml", "  formats: [hwp]", "  format: [hwp]", "unknown key 'format'"),
    ("documents.yaml", "    - id: registry", "    - idd: registry", "unknown key 'idd'"),
    ("call.yaml", "agency: 한", "agncy: 한", "unknown key 'agncy'"),
    ("cases.yaml", "  outcome: pass", "  outcom: pass", "unknown key 'outcom'"),
    # values
    ("rules.yaml", "  effect: may_exclude", "  effect: perhaps", "effect"),
    ("rules.yaml", "  scope: project", "  scope: everyone", "scope"),
    ("rules.yaml", "        months: 8", "        months: eight", "params.months"),
    ("rules.yaml", '        percent: "10"', "        percent: 10.5", 'write it in quotes, "10.5"'),
    ("rules.yaml", '        first: "2023-05-01"', "        first: 2023-05-01", "write it in quotes"),
    ("rules.yaml", '        first: "2023-05-01"', '        first: "2023-13-01"', "params.first"),
    ("rules.yaml", '        large: "33"', '        large: "삼십삼"', "params.large"),
    ("rules.yaml", "        sizes: [midsize, midsize_candidate,", "        sizes: [midsize, tiny,", "params.sizes"),
    ("rules.yaml", "        field: budget.equipment", "        field: budget.equipmnt", "no such field"),
    ("rules.yaml", "        kind: equipment_plan", "        kind: equipment_paln", "params.kind"),
    ("rules.yaml", "      params:\n        most: 200000000", "      params: 200000000", "'params' has"),
    ("documents.yaml", "  formats: [hwp]", "  formats: [hwb]", "formats"),
    ("documents.yaml", "  by: each_or_joint", "  by: anyone", "by"),
    ("documents.yaml", "  kinds: [data_consent]", "  kinds: [data_agreement]", "kinds"),
    ("documents.yaml", "field: budget.materials", "field: budget.material", "no such field"),
    ("call.yaml", "closes: 2023-04-25T18:00:00+09:00", "closes: soon", "closes"),
    ("call.yaml", "closes: 2023-04-25T18:00:00+09:00", 'closes: "2023-04-25T18:00:00"', "offset"),
    ("call.yaml", "opens: 2023-03-15T09:00:00+09:00", "opens: 2023-05-15T09:00:00+09:00", "not before 'closes'"),
    ("call.yaml", "fiscal_years: [2020, 2021, 2022]", "fiscal_years: [2022, 2021, 2020]", "fiscal years"),
    ("call.yaml", "fiscal_years: [2020, 2021, 2022]", "fiscal_years: []", "fiscal years"),
    ("call.yaml", 'name_template: "[서식-{number}] {title}_', 'name_template: "[서식] {title}_', "name template"),
    # what stands twice, or nowhere
    ("rules.yaml", "- id: grant_cap", "- id: project_period", "stands twice"),
    ("documents.yaml", "- number: 3\n", "- number: 2\n", "document number 2 stands twice"),
    ("documents.yaml", "  title: 연구개발계획서\n", "  title: 온라인 제출 최종 확인서\n", "document title"),
    ("documents.yaml", "  kinds: [data_consent]", "  kinds: [rollout_pledge]", "kind rollout_pledge stands twice"),
    ("documents.yaml", "  condition: {when: size, sizes: [midsize]}", "  condition: {when: size}", "condition on size"),
    ("documents.yaml", "{when: amount, field: budget.equipment}", "{when: amount}", "names its field"),
    ("documents.yaml", "      kinds: [corporate_registry]", "      kinds: [business_registration]", "parts and kinds"),
    ("call.yaml", "  - number: 2\n", "  - number: 1\n", "reading 1 stands twice"),
    ("rules.yaml", "  readings: [1, 2]", "  readings: [1, 77]", "no such reading"),
    ("cases.yaml", "- rule: grant_cap", "- rule: grant_cup", "no such rule"),
    # dates
    ("rules.yaml", "      until: 2022-12-31", "      until: 2022-11-30", "no version between 2022-11-30"),
    ("rules.yaml", "      until: 2022-12-31", "      until: 2023-06-30", "versions overlap"),
    ("rules.yaml", "    2023-01-01:", "    2023-03-16:", "when the call opens"),
    ("rules.yaml", "    2023-01-01:", "    sometime:", "is no date"),
    ("rules.yaml", "      until: 2023-12-31", "      until: soon", "until"),
    # checks and staff
    ("rules.yaml", "  check: grant_cap", "  check: grant_cupp", "no such check 'grant_cupp'"),
    ("rules.yaml", "    - id: for_profit", "    - id: for_proft", "staff input 'for_profit' is missing"),
    ("rules.yaml", "        fact: banned", "        fact: bannd", "staff input 'bannd' is missing"),
    ("rules.yaml", "      type: text", "      type: prose", "type"),
    ("rules.yaml", "      type: text", "      type: choice", "a choice names its choices"),
    ("rules.yaml", "    - id: outgrown_year", "    - id: is_small_company", "stands twice"),
    ("rules.yaml", "- id: bankruptcy\n", "- id: bankruptcy\n  effect: exclude\n", 'duplicate key "effect"'),
    ("rules.yaml", "each\n  readings: [6, 7", "project\n  readings: [6, 7", "asked of an organ"),
    # cases
    ("cases.yaml", '"fact:motie_lead_projects": 3', '"fact:motie_projects": 3', "has no staff input 'motie_projects'"),
    ("cases.yaml", "fs.equity@2022: 1}", "fs.equty@2022: 1}", "no such field: 'fs.equty'"),
    ("cases.yaml", '"file:audit_report": true', '"file:audit_reprot": true', "audit_reprot"),
    ("cases.yaml", "fs.equity@2022: 1}, outcome: pass", "fs.equity@2022: 1}, outcome: fail", "pass found"),
    ("cases.yaml", "fs.equity@2022: 1}", "fs.equity@2022: \"1억\"}", "is not an integer"),
]  # fmt: skip


def _blocks(text: str, kept: Callable[[str], bool]) -> str:
    head, *blocks = re.split(r"^(?=- )", text, flags=re.M)
    return head + "".join(block for block in blocks if kept(block))


@lru_cache(maxsize=1)
def small() -> dict[str, str]:
    """The files of a smaller call, sound in itself."""
    texts = {file: (HOUSE / file).read_text(encoding="utf-8") for file in load.FILES}
    texts["rules.yaml"] = _blocks(texts["rules.yaml"], lambda b: b.split()[2] in RULES)
    texts["documents.yaml"] = _blocks(texts["documents.yaml"], lambda b: int(b.split()[2]) in DOCUMENTS)
    texts["cases.yaml"] = _blocks(
        texts["cases.yaml"], lambda b: bool((m := re.search(r"rule: (\w+)", b)) and m[1] in RULES)
    )
    return texts


def _write(folder: Path) -> Path:
    folder.mkdir()
    for file, text in small().items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def test_the_smaller_call_is_sound(tmp_path: Path) -> None:
    assert said(_write(tmp_path / "call")) == []


def said(folder: Path) -> list[str]:
    """What `jeopsu calls check` says of a folder."""
    found = [str(problem) for problem in load.check_call(folder)]
    if found:
        return found
    call = load.load_call(folder)
    return bind.problems(call) or examples.problems(call)


@pytest.mark.parametrize(("file", "old", "new", "words"), MISTAKES, ids=lambda v: str(v).strip()[:30])
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, file: str, old: str, new: str, words: str) -> None:
    folder = _write(tmp_path / "call")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, "the house's call has changed"
    line = text[: text.index(old)].count("\n") + 1
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = said(folder)
    # The line itself, one above it within its entry, or the second of two just below.
    near = [one for one in found if one.startswith(f"{file}:") and words in one]
    assert near, found
    entry = max((i for i, row in enumerate(text.splitlines(), 1) if row.startswith("- ") and i <= line), default=1)
    spoken = {int(number) for one in near for number in re.findall(rf"{file}:(\d+)", one)}
    assert any(entry <= at <= line + 5 for at in spoken), (line, near)


@pytest.mark.parametrize("file", load.FILES)
def test_an_empty_file_and_one_of_another_shape_are_refused(tmp_path: Path, file: str) -> None:
    folder = _write(tmp_path / "call")
    for text in ("", "just words\n", "7\n"):
        (folder / file).write_text(text, encoding="utf-8")
        assert [one for one in said(folder) if one.startswith(f"{file}:1")]
