"""What a right report says of a made proposal. Rules are named as the report names them, except `signature_missing`
(a person without a sign in document 10), which names the person."""

from __future__ import annotations

from datetime import date

from jeopsu.samples.titles import TITLES
from jeopsu.samples.truth import Expected, FileTruth, MissingTruth
from jeopsu.samples.world import CLOSES, FISCAL_YEARS, World

_EACH = (8, 10, 11, 12)


def required(world: World) -> list[tuple[int, str | None, str | None]]:
    """(document, part, organisation or None for the project) that this proposal must have."""
    rows: list[tuple[int, str | None, str | None]] = [(n, None, None) for n in (1, 2, 3, 4, 5, 6, 7, 9)]
    for key in ("lead", "partner"):
        rows += [(n, None, key) for n in _EACH]
        rows += [(13, "bizreg", key), (13, "registry", key), (14, None, key)]
        budget = world.budget(key)
        spending = ((16, budget.equipment), (17, budget.outsourcing), (19, budget.materials))
        rows += [(n, None, key) for n, won in spending if won]
        if any(p.new_hire for p in world.people_of(key)):
            rows.append((18, None, key))
    return [*rows, *((15, None, key) for key in ("lead", "partner") if world.company(key).size == "midsize")]


def missing_documents(world: World, files: list[FileTruth]) -> tuple[MissingTruth, ...]:
    return tuple(
        MissingTruth(document=n, part=part, org_role=key)
        for n, part, key in required(world)
        if not any(f.document == n and key in (None, f.org_role) and part in (None, f.part) for f in files)
    )


def expected(world: World, files: list[FileTruth], missing: tuple[MissingTruth, ...]) -> tuple[Expected, ...]:
    rows: list[Expected] = []

    def say(rule: str, org: str | None, holds: bool, why: str, **more: object) -> None:
        rows.append(
            Expected.model_validate(
                {"rule": rule, "org": org, "status": "pass" if holds else "fail", "why": why, **more}
            )
        )

    gone = {(m.document, m.part, m.org_role) for m in missing}
    for n, part, key in required(world):
        say("document_missing", key, (n, part, key) not in gone, TITLES[n], document=n, part=part)
    for file in files:
        if not file.naming_ok:
            say("file_name", file.org_role, False, str(file.naming_problem), file=file.file)
        if file.damage:
            say("document_content", file.org_role, False, file.damage, file=file.file, accept=("undetermined",))
    if all(f.naming_ok for f in files):
        say("file_name", None, True, "모든 파일명이 규칙에 맞음")
    say("submitted_in_window", None, world.submitted <= CLOSES, world.submitted.isoformat())
    say("consortium_one_to_one", None, True, "주관 1, 공동 1")
    total = sum(b.government for b in world.budgets)
    say("grant_cap", None, total <= 200_000_000, f"{total:,}원")
    for key in ("lead", "partner"):
        _soundness(world, key, say)
        _money(world, key, say)
        people = world.people_of(key)
        low = [p.name for p in people if p.rate < 10]
        say("participation_rate_min", key, not low, "10% 미만: " + (", ".join(low) or "없음"))
        say("participation_rate_total", key, all(p.rate_total <= 100 for p in people), "합계 100% 이하")
        say("concurrent_projects", key, all(p.projects <= 6 for p in people if "책임자" not in p.role), "6개 이하")
        issued = world.registry_issued.get(key)
        say("registry_fresh", key, issued is None or issued >= date(2023, 1, 25), "3개월 이내")
        say("identity_consistent", key, True, "상호·번호·대표자 일치")
        for person in (p.name for p in people if p.name in world.unsigned):
            say("signature_missing", key, False, "서명 또는 날인 없음", person=person, document=10)
    valid = world.midsize_valid[1] >= CLOSES.date()
    say("midsize_certificate", "lead", valid, f"유효기간 {world.midsize_valid[1]}까지")
    if valid:
        say("lead_is_midsize_or_candidate", "lead", True, "중견기업 확인서 유효")
    say("audit_opinion", "lead", True, "적정")
    say("marginal_company_projects", "lead", True, "한계기업 아님", accept=("undetermined",))
    return tuple(rows)


def _soundness(world: World, key: str, say) -> None:  # type: ignore[no-untyped-def]
    books = {a.year: a for a in world.accounts[key]}
    last = [books[y] for y in FISCAL_YEARS[-2:]]
    heavy = all(a["liabilities"] >= 5 * a["equity"] or a["equity"] <= 0 for a in last)
    tight = all(2 * a["current_assets"] <= a["current_liabilities"] for a in last)
    say("fiscal_years_complete", key, True, "2020, 2021, 2022")
    say("statements_consistent", key, True, "자산총계 = 부채총계 + 자본총계")
    say("debt_ratio_two_years", key, not heavy, "최근 2개년 부채비율")
    say("current_ratio_two_years", key, not tight, "최근 2개년 유동비율")
    say("capital_impairment", key, last[-1]["equity"] > 0, f"자본총계 {last[-1]['equity']:,}원")


def _money(world: World, key: str, say) -> None:  # type: ignore[no-untyped-def]
    budget = world.budget(key)
    limit = 65 if key == "lead" else 80
    own = budget.cash + budget.in_kind
    pay = budget.personnel_cash + budget.personnel_in_kind
    say("government_share", key, budget.government * 100 <= budget.total * limit, f"상한 {limit}%")
    say("cash_share", key, budget.cash * 10 >= own, "하한 10%")
    say("budget_adds_up", key, budget.items == budget.total, "비목 합계 = 총액")
    say(
        "research_allowance_exact",
        key,
        budget.research_allowance * 10 == pay,
        f"{budget.research_allowance:,}원 / {pay:,}원",
    )
    say("personnel_cash_cap", key, True, "현금 인건비는 신규채용뿐")
