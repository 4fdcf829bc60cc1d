"""How fast the review site answers with 10,000 proposals and 500,000 findings, on SQLite and on PostgreSQL.

    python -m benchmarks.site --proposals 10000 --findings 50 --requests 200

Requests go through the whole of Django (middleware, log-in, templates) inside this process. Wall clock is what a person
waits; processor time (with the database server's, in steps of 10 ms) is given beside it, because it does not change
with what else the machine does. The opened proposals hold the findings that the call's rules really make (about 200).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

OPENED = 120  # proposals with a whole report; the reports of the others are never read
_WORDS = ("예지보전", "생산계획", "품질검사", "에너지", "물류", "공급망", "설비", "공정", "데이터", "자동화")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proposals", type=int, default=10_000)
    parser.add_argument("--findings", type=int, default=50, help="for each proposal")
    parser.add_argument("--requests", type=int, default=200, help="for each page")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        _measure(given.proposals, given.findings, given.requests)
        return
    for kind in given.databases.split(","):
        with tempfile.TemporaryDirectory() as folder:
            if kind == "sqlite":
                _child(Path(folder), "")
            else:
                from tests.storage.servers import postgresql

                Path(folder).chmod(0o755)
                (Path(folder) / "server").mkdir()
                with postgresql(Path(folder) / "server") as url:
                    _child(Path(folder), url)


def _child(folder: Path, url: str) -> None:
    """One database in a process of its own: Django's settings are read once."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JEOPSU_")}
    environment |= {"JEOPSU_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "jeopsu.review.settings"}
    if url:
        environment["JEOPSU_DATABASE"] = url
        environment["BENCH_SERVER"] = (folder / "server" / "pg" / "postmaster.pid").read_text().split()[0]
    (folder / "data").mkdir()
    subprocess.run([sys.executable, "-m", "benchmarks.site", "--here", *sys.argv[1:]], env=environment, check=True)


def _measure(proposals: int, findings: int, requests: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from jeopsu.flows import platform
    from jeopsu.storage import accounts

    settings.ALLOWED_HOSTS = ["*"]
    platform.prepare(settings.PROGRAM)
    began = time.monotonic()
    _fill(proposals, findings)
    password = accounts.add("kim", ("reviewer", "lead_reviewer", "auditor"))
    client = Client()
    assert client.login(username="kim", password=password)
    print(f"## {connection.vendor}: {proposals:,} proposals, {proposals * findings:,} findings", end=" ")
    print(f"(filled in {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores)")
    print("| page | p50 ms | p95 ms | p95 processor ms |\n| --- | --- | --- | --- |")
    chance = random.Random(7)
    opened = [f"B-{n:05}" for n in range(min(OPENED, proposals))]
    pages: dict[str, Callable[[], str]] = {
        "board": lambda: f"/?page={chance.randint(1, max(1, proposals // 50))}",
        "board, points left, most first": lambda: f"/?todo=open&sort=left&page={chance.randint(1, 20)}",
        "board, search": lambda: f"/?q={chance.choice(_WORDS)}+{chance.randint(1, 99)}",
        "proposal": lambda: f"/proposals/{chance.choice(opened)}/",
        "point": lambda: _point(client, chance.choice(opened)),
        "review sheet": lambda: f"/proposals/{chance.choice(opened)}/sheet/",
        "audit log": lambda: "/audit/",
        "statistics": lambda: "/statistics/",
        "statistics, counted anew": lambda: "/statistics/?part=tallies",
    }
    for name, address in pages.items():
        few = max(5, requests // 20) if name.startswith(("statistics", "review sheet")) else requests
        _line(name, [_ask(client, address()) for _ in range(few)])
    _pictures(client)


def _ask(client: Any, address: str) -> tuple[float, float]:
    wall, work = time.perf_counter(), _work()
    answer = client.get(address)
    took = time.perf_counter() - wall, _work() - work
    assert answer.status_code == 200, (address, answer.status_code)
    return took


def _work() -> float:
    """Processor seconds of this process and of the database server's, where it is one."""
    spent, server = time.process_time(), os.environ.get("BENCH_SERVER", "")
    for path in Path("/proc").glob("[0-9]*/stat") if server else ():
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == server:
            spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def _point(client: Any, name: str) -> str:
    from jeopsu.storage import records, views

    found = views.latest(name)
    assert found
    wanting = [f for f in found[1].findings if f.needs_person]
    return f"/proposals/{name}/points/{records.finding_key(random.choice(wanting))}/"


def _line(name: str, took: list[tuple[float, float]]) -> None:
    walls, works = sorted(w for w, _ in took), sorted(c for _, c in took)
    at = min(len(took) - 1, int(0.95 * len(took)))
    print(
        f"| {name} | {1000 * walls[len(walls) // 2]:.0f} | {1000 * walls[at]:.0f} | {1000 * works[at]:.0f} |",
        flush=True,
    )


def _fill(proposals: int, findings: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from jeopsu.domain.findings import Verdict
    from jeopsu.storage import models
    from jeopsu.storage.models_review import Review
    from tests.review import builders

    report = _report("B-00000")
    chance, now, verdicts = random.Random(1), timezone.now(), list(Verdict)
    with transaction.atomic():
        rows = models.Proposal.objects.bulk_create(
            (
                models.Proposal(
                    id=f"B-{n:05}",
                    call=builders.CALL,
                    title=f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} 솔루션 도입 및 실증 {n % 100}",
                    received=now - timedelta(minutes=n),
                    runs_made=1,
                )
                for n in range(proposals)
            ),
            batch_size=500,
        )
        runs = models.Run.objects.bulk_create(
            (
                models.Run(
                    proposal=row, number=1, kind="intake", state="done", requested=now, started=now, finished=now,
                    verdict=chance.choice(verdicts).value, open_points=20, gaps=5, stage="done", call=builders.CALL,
                )
                for row in rows
            ),
            batch_size=500,
        )  # fmt: skip
        Review.objects.bulk_create(
            (
                Review(
                    proposal_id=run.proposal_id, run=run.pk, points=30, left=chance.choice((0, 0, 5, 12, 30)), gaps=5,
                    verdict=run.verdict, assigned=chance.choice(("", "kim")), names="가나중공업 다라소프트",
                )
                for run in runs
            ),
            batch_size=500,
        )  # fmt: skip
        models.RunReport.objects.bulk_create(
            models.RunReport(run=run, body=_report(run.proposal_id).model_dump_json()) for run in runs[:OPENED]
        )
        _rows_of_one(runs[0], report, findings)
        with connection.cursor() as cursor:  # the others get the same: by the database, which is much faster
            cursor.execute(
                "UPDATE jeopsu_proposal SET last_done_id ="
                " (SELECT id FROM jeopsu_run WHERE jeopsu_run.proposal_id = jeopsu_proposal.id)"
            )
            for model, owner, target in (
                (models.Finding, "run_id", "SELECT id FROM jeopsu_run"),
                (models.Field, "run_id", "SELECT id FROM jeopsu_run"),
                (models.Upload, "proposal_id", "SELECT id FROM jeopsu_proposal"),
            ):
                table = model._meta.db_table
                names = [f.column for f in model._meta.concrete_fields if f.column not in ("id", owner)]
                columns = ", ".join(f'"{name}"' for name in names)
                first = runs[0].pk if owner == "run_id" else rows[0].pk
                cursor.execute(
                    f"INSERT INTO {table} ({owner}, {columns}) SELECT t.id, {columns} FROM ({target}) t,"
                    f" (SELECT {columns} FROM {table} WHERE {owner} = %s) f WHERE t.id <> %s",
                    [first, first],
                )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows_of_one(run: Any, report: Any, findings: int) -> None:
    """Findings, values and uploads of one proposal."""
    from jeopsu.storage import models

    outcomes = ("pass", "pass", "pass", "fail", "undetermined")
    models.Finding.objects.bulk_create(
        models.Finding(
            run=run, position=k, key=f"{k:064x}", fingerprint="0" * 64, organisation="lead", effect="supplement",
            rule=report.findings[k % len(report.findings)].rule, outcome=outcomes[k % len(outcomes)],
            body=report.findings[k % len(report.findings)].model_dump_json(),
        )
        for k in range(findings)
    )  # fmt: skip
    known = report.submission.fields
    models.Field.objects.bulk_create(
        models.Field(
            run=run, position=k, name=known[k % len(known)].name, page=1, file="x.pdf",
            status="uncertain" if k % 5 == 0 else "confirmed", body=known[k % len(known)].model_dump_json(),
        )
        for k in range(20)
    )  # fmt: skip
    models.Upload.objects.bulk_create(
        models.Upload(
            proposal_id=run.proposal_id, name=f"[서식-{k}] 서류_가나.pdf", slot=f"[서식-{k}] 서류_가나.pdf", number=1,
            sha256="0" * 64, bytes=100_000, uploaded=run.requested, door="cli",
        )
        for k in range(1, 31)
    )  # fmt: skip


def _report(proposal: str) -> Any:
    """What the rules make of a proposal with statements of three years and nothing else: about 200 findings."""
    from jeopsu.domain.findings import Verdict
    from jeopsu.domain.report import Report, Run
    from jeopsu.flows import check
    from tests.review import builders

    empty = Report(
        call=builders.CALL,
        run=Run(started=datetime(2026, 1, 2, tzinfo=UTC), seconds=1, version="benchmark"),
        submission=builders.submission(proposal, "0" * 64),
        verdict=Verdict.CLEAR,
    )
    return check.recheck(empty, facts=())


def _pictures(client: Any) -> None:
    """Pages drawn for the first time, and once they are kept: of a PDF and of an HWP."""
    from django.conf import settings

    from jeopsu.flows import platform
    from jeopsu.samples.make import make_proposal
    from jeopsu.storage import records

    folder = settings.PROGRAM.data / "sample"
    make_proposal(folder, only={2, 14}, scan="office")
    platform.submit(settings.PROGRAM, "PICTURES", sorted(folder.iterdir()))
    cold: dict[str, list[tuple[float, float]]] = {"pdf": [], "hwp": []}
    warm: dict[str, list[tuple[float, float]]] = {"pdf": [], "hwp": []}
    for upload in records.uploads("PICTURES"):
        kind = upload.name.rsplit(".", 1)[-1]
        for page in range(1, 4):
            address = f"/proposals/PICTURES/files/{upload.sha256}/{page}.png"
            if client.get(address).status_code != 200:  # fewer pages
                continue
            shutil.rmtree(settings.PROGRAM.data / "pictures", ignore_errors=True)  # the process is there now
            cold[kind].append(_ask(client, address))
            warm[kind] += [_ask(client, address) for _ in range(5)]
    for kind in cold:
        _line(f"picture of a {kind.upper()} page, first time", cold[kind])
        _line(f"picture of a {kind.upper()} page, kept", warm[kind])
    print(json.dumps({"pages drawn": {kind: len(took) for kind, took in cold.items()}}))


if __name__ == "__main__":
    main()
