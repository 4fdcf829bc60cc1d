"""Lists, decisions, facts and the schema."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from jeopsu.domain.findings import Outcome
from jeopsu.domain.submissions import StaffFact
from jeopsu.storage import database as schema
from jeopsu.storage import models, records
from jeopsu.storage.decisions import finding_key, fingerprint
from jeopsu.storage.rows import Progress
from tests.storage.builders import claim, report, stored, upload

pytestmark = pytest.mark.usefixtures("database")


def test_the_last_touched_proposal_comes_first() -> None:
    for name in ("P-1", "P-2", "P-3"):
        upload(name)
    upload("P-1", content=b"again")
    rows, total = records.proposals()
    assert ([row.id for row in rows], total) == (["P-1", "P-3", "P-2"], 3)
    rows, total = records.proposals(offset=1, limit=1)
    assert ([row.id for row in rows], total) == (["P-3"], 3)


def test_proposals_are_found_by_number_title_and_verdict() -> None:
    upload()
    upload("Q-2")
    records.finish(claim(), report(), Progress())
    assert [row.id for row in records.proposals(search="제목")[0]] == ["P-1"]
    assert [row.id for row in records.proposals(search="q-")[0]] == ["Q-2"]
    assert [row.id for row in records.proposals(verdict="undetermined")[0]] == ["P-1"]


def test_a_list_costs_the_same_number_of_queries_however_long() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            records.proposals()
        return len(seen)

    upload()
    before = queries()
    for number in range(20):
        upload(f"Q-{number}")
    assert queries() == before


def test_decisions_are_added_and_never_changed() -> None:
    upload()
    first = records.decide("P-1", subject="finding", key="k", kind="override", by="kim", reason="because")
    second = records.decide("P-1", subject="finding", key="k", kind="undo", by="kim", undoes=first.id)
    assert records.decisions("P-1") == (first, second)
    for attempt in (
        lambda: models.Decision.objects.update(reason="other"),
        lambda: models.Decision.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert len(records.decisions("P-1")) == 2


def test_the_latest_answer_of_staff_holds_and_the_earlier_stays() -> None:
    upload()
    for value in (True, False):
        fact = StaffFact(fact="debtor", organisation="lead", value=value, by="kim", at=datetime.now(UTC))
        records.add_fact("P-1", fact)
    assert [(fact.fact, fact.value) for fact in records.facts("P-1")] == [("debtor", False)]
    assert models.StaffFact.objects.count() == 2
    assert claim().facts == records.facts("P-1")


def test_a_findings_fingerprint_changes_with_its_evidence_only() -> None:
    def prints(content: bytes, outcome: Outcome = Outcome.FAIL) -> tuple[str, str]:
        made = report(content=content, outcome=outcome)
        return finding_key(made.findings[0]), fingerprint(made.findings[0], {"a.pdf": stored(content).sha256})

    assert prints(b"a") == prints(b"a")
    assert prints(b"a")[0] == prints(b"b")[0]
    assert prints(b"a")[1] != prints(b"b")[1]
    assert prints(b"a")[1] != prints(b"a", Outcome.PASS)[1]


def test_the_timeline_tells_what_happened() -> None:
    upload()
    records.finish(claim(), report(), Progress())
    records.decide("P-1", subject="finding", key="k", kind="agree", by="kim")
    assert [event.kind for event in records.timeline("P-1")] == ["decision", "run.done", "proposal.uploaded"]


def test_models_and_migrations_agree() -> None:
    from django.core.management import call_command

    assert records.up_to_date()
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://relative", "", "/path"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"JEOPSU_DATABASE|absolute"):
        schema.options(url)


def test_an_address_keeps_its_strange_characters() -> None:
    found = schema.options("postgresql://user%40x:p%2Fw@host:5433/name")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("user@x", "p/w", "host", "5433")
