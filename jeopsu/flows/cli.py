"""`jeopsu`: the command line. Each command is a few lines that call a function of this room.

Exit codes: 0 nothing to mend · 1 gaps, exclusions or open questions · 2 the call itself was wrong.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from jeopsu import __version__
from jeopsu.calls.inspection import CallFileError
from jeopsu.domain.findings import Verdict
from jeopsu.domain.values.person_name import masked
from jeopsu.flows import cli_calls, show
from jeopsu.flows.check import check_files
from jeopsu.flows.cli_common import LanguageOption, received_at, registration_in, spoken, write, wrong_call
from jeopsu.flows.folder import proposal_name, uploads_in
from jeopsu.flows.memory import collect_seldom
from jeopsu.reports import explain as explanation

DEFAULT_CALL = "kiat-2023-265"
app = typer.Typer(
    name="jeopsu", help="접수: 과제 신청 서류를 읽고 확인합니다.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(cli_calls.app, name="calls")


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="한 과제의 업로드 파일이 든 폴더")],
    call: Annotated[str, typer.Option(help="공고 id")] = DEFAULT_CALL,
    received: Annotated[
        str | None, typer.Option(help="최종 제출 시각 (ISO 8601, 예: 2023-04-20T10:00:00+09:00)")
    ] = None,
    registration: Annotated[Path | None, typer.Option(help="온라인 전산 입력 내용 (JSON)")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", dir_okay=False, help="보고서 JSON")] = None,
    html: Annotated[Path | None, typer.Option("--html", dir_okay=False, help="보고서 HTML")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", dir_okay=False, help="사전검토표")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="동시에 읽을 파일 수 (기본: CPU 수)")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="화면에 아무것도 쓰지 않음")] = False,
    lang: LanguageOption = "ko",
) -> None:
    """폴더에 있는 한 과제의 서류를 지금 여기서 확인합니다. 서버도 데이터베이스도 필요 없습니다."""
    language = spoken(lang)
    if not folder.is_dir():
        raise wrong_call(f"그런 폴더가 없습니다: {folder}")
    files = uploads_in(folder)
    if not files:
        raise wrong_call(f"폴더에 파일이 없습니다: {folder}")
    when, entry = received_at(received), registration_in(registration)
    for target in (json_file, html, xlsx):
        if target and not target.absolute().parent.is_dir():
            raise wrong_call(f"보고서를 쓸 폴더가 없습니다: {target.absolute().parent}")
    console = Console(quiet=quiet, stderr=False)
    try:
        with show.page_progress(Console(quiet=quiet, stderr=True), len(files), language) as bar:
            report = check_files(
                files,
                call_id=call,
                proposal=proposal_name(folder),
                received=when,
                registration=entry,
                jobs=jobs,
                progress=bar,
            )
    except CallFileError as error:
        raise wrong_call(str(error)) from error
    write(report, language, json_file=json_file, html=html, xlsx=xlsx)
    show.summary(console, report, language)
    raise typer.Exit(0 if report.verdict is Verdict.CLEAR else 1)


@app.command()
def explain(
    report: Annotated[Path, typer.Argument(help="보고서 JSON (jeopsu check --json)", dir_okay=False)],
    rule: Annotated[str, typer.Argument(help="규칙 id (예: debt_ratio_two_years)")],
    organisation: Annotated[str | None, typer.Argument(help="lead 또는 partner")] = None,
    lang: LanguageOption = "ko",
) -> None:
    """한 규칙이 왜 그렇게 판정되었는지, 무엇이 있으면 판정되는지 알려 줍니다."""
    try:
        told = json.loads(report.read_text(encoding="utf-8"))
        print(explanation.explain(told, rule, organisation, spoken(lang)))
    except (OSError, ValueError, KeyError) as error:
        raise wrong_call(str(error)) from error


@app.command()
def doctor() -> None:
    """이 컴퓨터에 없는 것과 그것을 설치하는 명령을 알려 줍니다."""
    from jeopsu.flows.doctor import examine

    missing = False
    for item in examine():
        print(f"{'✓' if item.found else '✗'} {item.name}: {item.state}")
        if not item.found:
            print(f"    → {item.mend}")
            missing = missing or item.needed
    raise typer.Exit(1 if missing else 0)


@app.command()
def version() -> None:
    """판 번호."""
    print(__version__)


def main() -> None:
    """The program's entry point."""
    from jeopsu.flows import cli_platform  # adds the commands of the platform

    collect_seldom()
    cli_platform.register(app)
    try:
        app(standalone_mode=True)
    except Exception:  # a mistake of ours, never of the applicant: it must not look like "gaps found"
        console = Console(stderr=True)
        with console.capture() as told:  # it may quote what stands in an upload
            console.print_exception()
        sys.stderr.write(masked(told.get()))
        sys.exit(70)


if __name__ == "__main__":
    main()
