"""`jeopsu demo`: a proposal of two invented companies, checked before your eyes, then the review site on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rich.console import Console

from jeopsu.domain.text import Language
from jeopsu.flows import platform, settings, show
from jeopsu.flows import serve as serving
from jeopsu.flows.check import check_files
from jeopsu.flows.folder import uploads_in
from jeopsu.flows.welcome import announce, first_password
from jeopsu.reports import page
from jeopsu.samples.make import make_proposal
from jeopsu.storage.errors import UnknownProposal

PROPOSAL = "DEMO-2023-001"
RECEIVED = datetime.fromisoformat("2023-04-25T17:30:00+09:00")


def run(folder: Path, *, port: int | None, serve_after: bool, language: Language = "ko") -> None:
    """Makes, checks, shows; then serves until Ctrl-C unless `serve_after` is off."""
    console = Console()
    uploads = folder / PROPOSAL
    if not (folder / "made").exists():
        with console.status("견본 과제를 만드는 중 (두 회사, 서류 약 30개, 결함 몇 가지)"):
            uploads.mkdir(parents=True, exist_ok=True)
            make_proposal(uploads, scenario="faulty")
        (folder / "made").touch()
    console.print(f"$ jeopsu check {uploads} --received {RECEIVED.isoformat()}", style="bold", highlight=False)
    files = uploads_in(uploads)
    given = settings.load(data=folder / "data", port=port)
    with show.page_progress(Console(stderr=True), len(files), language) as bar:
        report = check_files(files, call_id=given.call, proposal=PROPOSAL, received=RECEIVED, progress=bar)
    show.summary(console, report, language)
    shown = folder / "report.html"
    shown.write_text(page.to_html(report, language), encoding="utf-8")
    console.print(f"\n보고서: {shown}", highlight=False)
    if not serve_after:
        return
    known = True
    try:
        known = bool(platform.status(given, PROPOSAL).proposals)
    except UnknownProposal:
        known = False
    if not known:
        platform.submit(given, PROPOSAL, sorted(uploads.iterdir()), received=RECEIVED)
    console.print("검토 사이트를 켜는 중 …")
    serving.serve(given, ready=lambda where: announce(where, first_password(given)))
