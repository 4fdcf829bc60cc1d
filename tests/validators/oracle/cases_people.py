"""Scenarios of §2, §4-2, §4-3 page 9, §6 and §7: who may apply, people, papers, the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.validators.oracle.cases import SOUND, Case, bent, books, candidate, lead, partner, person, years
from tests.validators.oracle.facts import (
    CLOSES,
    EOK,
    KST,
    OPENS,
    YEARS,
    Certificate,
    Company,
    F,
    M,
    N,
    P,
    Person,
    Proposal,
    U,
    Year,
)


def cases() -> Iterator[Case]:
    yield from _window()
    yield from _consortium()
    yield from _certificates()
    yield from _candidates()
    yield from _rates()
    yield from _projects()
    yield from _staff()
    yield from _papers()


def _window() -> Iterator[Case]:
    second = timedelta(seconds=1)
    for received, outcome in (
        (OPENS, P),
        (OPENS - second, F),
        (CLOSES, P),
        (CLOSES + second, U),
        (CLOSES + 59 * second, U),
        (CLOSES + 60 * second, F),
        (CLOSES - second, P),
        (CLOSES.replace(hour=0), P),
        (CLOSES + timedelta(hours=6), F),  # midnight behind it
        (CLOSES + timedelta(days=1), F),
        (datetime(2023, 3, 14, 23, tzinfo=KST), F),
        (None, U),
    ):
        made = bent("partner", lead(registry_issued=date(2023, 3, 2)), registry_issued=date(2023, 3, 2))
        yield Case(f"{received}", "submitted_in_window", None, outcome, replace(made, received=received))


def _more(number: int, name: str) -> Company:
    """A further partner with little money and one participant."""
    return replace(
        SOUND.company("partner"), key=f"partner{number}", people=(Person(name, "공동연구책임자"),), government=M,
        cash=M, in_kind=M, personnel_cash=0, personnel_in_kind=0, allowance=0, indirect=0,
        years={y: books(number * 10 * M) for y in YEARS},
    )  # fmt: skip


def _consortium() -> Iterator[Case]:
    rule = "consortium_one_to_one"
    both = SOUND.companies
    yield Case("one and one", rule, None, P, SOUND)
    third, fourth = _more(2, "한더해"), _more(3, "한또해")
    yield Case("three parties", rule, None, F, replace(SOUND, companies=(*both, third)))
    four = (*both, third, fourth)
    yield Case("four parties", rule, None, F, replace(SOUND, companies=four))
    yield Case("the lead alone", rule, None, F, replace(SOUND, companies=both[:1]))
    rule = "lead_is_midsize_or_candidate"
    yield Case("a small lead", rule, "lead", F, lead(size="small", certificate=None))
    yield Case(
        "a large lead",
        rule,
        "lead",
        F,
        lead(size="large", certificate=None, government=33 * M, cash=50 * M, in_kind=17 * M),
    )
    yield Case("a mid-size lead", rule, "lead", P, SOUND)


def _certificates() -> Iterator[Case]:
    rule, who = "midsize_certificate", "lead"
    for first, last, outcome in (
        (date(2022, 4, 1), date(2023, 4, 25), P),
        (date(2022, 4, 1), date(2023, 4, 24), F),
        (date(2022, 4, 1), date(2023, 3, 31), F),
        (date(2023, 4, 25), date(2024, 3, 31), P),
        (date(2023, 4, 26), date(2024, 3, 31), F),
    ):
        made = lead(certificate=Certificate(first, last))
        yield Case(f"{first} to {last}", rule, who, outcome, made)
        if outcome == F:
            yield Case(f"lead's kind, {first} to {last}", "lead_is_midsize_or_candidate", who, U, made)
    yield Case("none", rule, who, F, lead(certificate=None))
    yield Case("another company's", rule, who, F, lead(certificate=Certificate(own=False)))
    yield Case("a small partner", rule, "partner", N, SOUND)
    mid = {"size": "midsize", "government": 65 * M, "cash": 20 * M}
    yield Case("a mid-size partner's", rule, "partner", P, partner(**mid, certificate=Certificate()))
    yield Case("a mid-size partner without", rule, "partner", F, partner(**mid))


def _candidates() -> Iterator[Case]:
    rule, who = "candidate_conditions", "lead"

    def of(sales: tuple[int, ...], research: tuple[int, ...] = (0, 0, 0), unit: int = EOK, **staff: Any) -> Proposal:
        """Sales in 억원 (or another unit); research in hundredths of a percent of them."""
        made = {
            y: Year(revenue=s * unit, rnd_expense=s * unit * r // 10_000)
            for y, s, r in zip((2020, 2021, 2022), sales, research, strict=True)
        }
        return candidate(bent("lead", years=made, staff=staff))

    small: dict[str, Any] = {"is_small_company": True, "outgrown_year": 0}
    yield Case("nothing looked up", rule, who, U, of((1000, 1200, 1400), (300, 300, 300)))
    for year, outcome in ((2019, F), (2020, P), (2022, P), (2023, F), (0, F)):
        made = of((100, 100, 100), is_small_company=False, outgrown_year=year)
        yield Case(f"① as deemed, ② {year}", rule, who, outcome, made)
    yield Case("①③⑤ 2.0 %", rule, who, P, of((1000, 1000, 1000), (200, 200, 200), **small))
    yield Case("①③⑤ under 2 %: a lower bound", rule, who, U, of((1000, 1000, 1000), (200, 200, 199), **small))
    yield Case("⑤ mean of shares, not of sums", rule, who, P, of((100, 100, 2000), (300, 300, 0), **small))
    yield Case("①③④ 15 % compound", rule, who, P, of((100_000, 115_000, 132_250), unit=M, **small))
    yield Case("③ met by no industry", rule, who, F, of((200, 250, 299), (300, 300, 300), **small))
    yield Case("③ met by any industry", rule, who, P, of((600, 800, 1000), **small))
    yield Case("③ at C26's 700억", rule, who, P, of((400, 550, 700), **small, main_industry="C26"))
    yield Case("③ under C26's 700억", rule, who, F, of((400, 550, 699), **small, main_industry="C26"))
    yield Case("③ under C24's 1,000억", rule, who, F, of((600, 800, 999), **small, main_industry="C24"))
    for last, outcome in ((399, F), (400, U), (549, U), (550, P)):
        made = of((300, 345, last), (200, 200, 200), **small, main_industry="J58")
        yield Case(f"③ J at {last}, two sources say 400 and 550", rule, who, outcome, made)
    yield Case("③ industry not known", rule, who, U, of((400, 550, 700), **small))
    yield Case("④ means disagree", rule, who, U, of((1000, 1290, 1310), **small))
    yield Case("not small at all", rule, who, F, of((1000, 1200, 1400), is_small_company=False, outgrown_year=0))
    yield Case("no sales in 2020", rule, who, U, of((0, 1000, 1400), **small))
    yield Case("not a candidate", rule, who, N, SOUND)
    rule = "candidate_statements"
    yield Case("all three years", rule, who, P, candidate())
    yield Case("2021 missing", rule, who, F, years("lead", candidate(), without=(2021,)))
    yield Case("2022 estimated", rule, who, P, years("lead", candidate(), y2022={"estimated": True}))
    guess = years("lead", of((1000, 1200, 1400), **small), all={"revenue": 100_000 * M}, y2022={"estimated": True})
    yield Case("④ on an estimate", "candidate_conditions", who, U, guess)
    kind = "lead_is_midsize_or_candidate"
    yield Case("a candidate that is one", kind, who, P, of((1000, 1000, 1000), (200, 200, 200), **small))
    yield Case("a candidate that is none", kind, who, F, of((200, 250, 299), **small))
    yield Case("a candidate nobody looked up", kind, who, U, candidate())


def _rates() -> Iterator[Case]:
    for key in ("lead", "partner"):
        for rate, outcome in (("10", P), ("9.9", F), ("9", F), ("10.0", P), ("0", F), ("100", P)):
            yield Case(f"rate {rate}", "participation_rate_min", key, outcome, person(key, rate=rate))
        for total, outcome in (("100", P), ("100.1", F), ("101", F), ("100.0", P), ("99.9", P)):
            yield Case(f"total {total}", "participation_rate_total", key, outcome, person(key, rate_total=total))
    yield Case("the lead researcher at 9 %", "participation_rate_min", "lead", F, person("lead", 0, rate="9"))
    yield Case("not on the rates form", "participation_rate_total", "lead", U, person("lead", in_rates=False))
    yield Case("not on the rates form", "participants_agree", None, F, person("lead", in_rates=False))
    yield Case("not on the consent form", "participants_agree", None, F, person("partner", in_consent=False))


def _projects() -> Iterator[Case]:
    rule = "concurrent_projects"
    for projects, outcome in ((5, P), (6, U), (7, F), (1, P)):
        yield Case(f"participant in {projects}", rule, "lead", outcome, person("lead", projects=projects))
        yield Case(f"co-lead in {projects}", rule, "partner", outcome, person("partner", 0, projects=projects))
    for led, outcome in ((1, P), (3, P), (4, U), (5, F)):
        yield Case(f"lead of {led}", rule, "lead", outcome, person("lead", 0, projects=led, as_lead=led))
    yield Case("the lead researcher in 9", rule, "lead", P, person("lead", 0, projects=9, as_lead=3))
    yield Case("not on the rates form", rule, "lead", U, person("lead", in_rates=False))
    rule = "lead_affiliation"
    yield Case("employed here", rule, "lead", P, SOUND)
    yield Case("another person's certificate", rule, "lead", U, lead(certified="홍길동"))
    yield Case("another person's certificate", "employment_matches", "lead", F, lead(certified="홍길동"))
    away = partner(employer="주식회사 다른회사")
    yield Case("another's, permitted", rule, "partner", P, bent("partner", away, staff={"double_post_permitted": True}))
    yield Case(
        "another's, not permitted", rule, "partner", F, bent("partner", away, staff={"double_post_permitted": False})
    )
    yield Case("no certificate", rule, "partner", U, partner(lacks=("12",)))


def _staff() -> Iterator[Case]:
    for rule, name in (
        ("participation_ban", "banned"),
        ("tax_arrears", "in_arrears"),
        ("credit_default", "in_default"),
        ("bankruptcy", "bankrupt"),
        ("rehabilitation", "in_rehabilitation"),
        ("obligations_unmet", "obligations_open"),
    ):
        yield Case("nobody looked", rule, "partner", U, SOUND)
        yield Case("nothing found", rule, "partner", P, partner(staff={name: False}))
        yield Case("something found", rule, "partner", F, partner(staff={name: True}))
    for rule, name in (("duplicate_project", "not_duplicate"), ("purpose_fit", "fits_purpose")):
        yield Case("in order", rule, None, P, replace(SOUND, staff={name: True}))
        yield Case("not in order", rule, None, F, replace(SOUND, staff={name: False}))
    rule = "demonstration_agreement"
    for finished, given, outcome in ((True, True, P), (True, False, F), (False, None, N)):
        staff = {"finished_demonstration": finished} | ({} if given is None else {"agreement_given": given})
        yield Case(f"finished {finished}, given {given}", rule, "partner", outcome, partner(staff=staff))


def _papers() -> Iterator[Case]:
    for issued, outcome in (
        (date(2023, 1, 25), P),
        (date(2023, 1, 24), F),
        (date(2023, 4, 20), P),
        (date(2023, 4, 21), U),
        (date(2022, 4, 10), F),
    ):
        yield Case(f"registry of {issued}", "registry_fresh", "partner", outcome, partner(registry_issued=issued))
    for number in (1, 2, 3, 4, 5, 6, 7):
        if number != 2:
            yield Case(f"no document {number}", "document_missing", None, F, replace(SOUND, lacks=(number,)))
    for paper in ("8", "9", "10", "11", "12", "13 bizreg", "13 registry"):
        for key in ("lead", "partner"):
            # one sheet may be both heads' (document 9): whose the other's is, is not read here
            outcome = U if paper == "9" else F
            yield Case(f"no document {paper}", "document_missing", key, outcome, bent(key, lacks=(paper,)))
    yield Case("no document 15", "document_missing", "lead", F, lead(certificate=None))
    yield Case("no statements", "document_missing", "partner", F, partner(years={}))
