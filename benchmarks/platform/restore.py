"""Backup while uploads come in, restore into an empty place, start: everything is there, and what was queued goes on.

    python -m benchmarks.platform.restore --shape embedded|many

The commands are those of docs/operations.md, "Backup and restore".
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.platform import shapes
from benchmarks.platform.programs import end_in_order_on_sigterm, until
from benchmarks.platform.proposals import Client, sample
from jeopsu.flows import platform
from jeopsu.flows.settings import Settings
from jeopsu.reports import contract
from jeopsu.storage import records
from jeopsu.storage.s3_files import S3Files, client


def run(*command: str) -> None:
    subprocess.run(command, check=True)


def backup(given: Settings, target: Path) -> None:
    """The database first, then the originals: the database never speaks of bytes that were not copied."""
    if given.database:
        run(_postgres("pg_dump"), "-Fc", "-d", given.database, "-f", str(target / "jeopsu.dump"))
    else:
        run("sqlite3", str(given.data / "jeopsu.sqlite3"), f".backup '{target / 'jeopsu.sqlite3'}'")
    store = platform.open_files(given)
    if isinstance(store, S3Files):
        bucket = platform.bucket_of(given)
        assert bucket is not None
        for item in client(bucket).list_objects(bucket_name=bucket.name, prefix="originals/", recursive=True):
            client(bucket).fget_object(
                bucket_name=bucket.name, object_name=item.object_name, file_path=str(target / item.object_name)
            )
    else:
        run("cp", "-a", str(given.data / "files" / "originals"), str(target))
    for name in ("secret_key",):
        if (given.data / name).exists():
            shutil.copy(given.data / name, target)


def restore_folder(target: Path, data: Path) -> None:
    """Into the folder of a `serve` that has never run."""
    (data / "files").mkdir(parents=True)
    run("cp", "-a", str(target / "originals"), str(data / "files"))
    for name in ("jeopsu.sqlite3", "secret_key"):
        shutil.copy(target / name, data)


def restore_servers(target: Path) -> Callable[[Settings], None]:
    """Into an empty database and an empty store, before the site starts."""

    def into(given: Settings) -> None:
        run(_postgres("pg_restore"), "--no-owner", "-d", given.database, str(target / "jeopsu.dump"))
        bucket = platform.bucket_of(given)
        assert bucket is not None
        until(lambda: _prepared(S3Files(bucket)), 60, "the store takes a bucket")
        for file in (target / "originals").rglob("*"):
            if file.is_file():
                key = str(file.relative_to(target))
                client(bucket).fput_object(bucket_name=bucket.name, object_name=key, file_path=str(file))

    return into


def _prepared(store: S3Files) -> bool:
    try:
        store.prepare()
    except Exception:
        return False
    return True


def known(names: list[str]) -> dict[str, str]:
    """What must be the same: uploads and reports of proposals, letter by letter."""
    told = {}
    for name in names:
        report = records.report(name)
        assert report is not None
        uploads = [row.model_dump(mode="json") for row in records.uploads(name, every_version=True)]
        told[name] = json.dumps([uploads, contract.contents(report)], ensure_ascii=False, sort_keys=True)
    return told


def main() -> None:
    """Exit code 1 where anything is missing after the restore."""
    end_in_order_on_sigterm()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=("embedded", "many"), default="embedded")
    many = parser.parse_args().shape == "many"
    folder = Path(tempfile.mkdtemp(prefix="jeopsu-restore-"))
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own, who must get to its data inside
    target = folder / "backup"
    target.mkdir()
    (folder / "old").mkdir()
    (folder / "new").mkdir()
    shape = shapes.many(folder / "old", workers=1) if many else shapes.embedded(folder / "old")
    try:
        person = Client(shape)
        files = sample(folder / "sample", only=(12, 13))
        names = ["P-1", "P-2"]
        for name in names:
            person.hand_in(name, files, "site")
            until(lambda name=name: person.done(name), 300, f"a report of {name}")
            person.decide(name)
        before = known(names)
        stop = threading.Event()

        def drip() -> None:
            number = 0
            while not stop.wait(0.05):
                number += 1
                extra = folder / f"late-{number}.pdf"
                extra.write_bytes(b"%%PDF-1.4 %d" % number)
                person.hand_in("P-late", [extra], "site")
            records.disconnect()

        thread = threading.Thread(target=drip)
        thread.start()
        time.sleep(2)
        began = time.monotonic()
        backup(shape.given, target)
        took = time.monotonic() - began
        stop.set()
        thread.join()
    finally:
        shape.keeper.close()
        records.disconnect()
    if many:
        again = shapes.many(folder / "new", workers=1, before=restore_servers(target))
    else:
        restore_folder(target, folder / "new" / "data")
        again = shapes.embedded(folder / "new")
    try:
        platform.connect(again.given)
        from jeopsu.storage import audit

        entries, broken = audit.verify()
        store = platform.open_files(again.given)
        missing = [sha256 for sha256 in records.referenced() if not store.has(sha256)]
        late = records.uploads("P-late")
        person = Client(again)
        until(lambda: person.done("P-late"), 300, "what was queued goes on")
        person.hand_in("P-3", files, "site")
        until(lambda: person.done("P-3"), 300, "a new proposal")
        same = known(names) == before
        told = {
            "backup seconds": round(took, 1),
            "same": same,
            "uploads during the backup that it holds": len(late),
            "originals missing": len(missing),
            "audit entries": entries,
            "audit broken": len(broken),
        }
        print(json.dumps(told), flush=True)
        sys.exit(not same or bool(missing) or bool(broken))
    finally:
        again.keeper.close()
        records.disconnect()
        shutil.rmtree(folder, ignore_errors=True)


def _postgres(program: str) -> str:
    return str(max(Path("/usr/lib/postgresql").glob("*/bin")) / program)


if __name__ == "__main__":
    main()
