"""The command line's platform half: serve, submit, rerun, status, report, worker, users, demo.

Each command reads the settings, calls one function of the platform and prints what came of it. Prefect and Django are
imported inside the commands: `jeopsu check` needs neither and should not wait for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jeopsu.calls.inspection import CallFileError
from jeopsu.domain.findings import Verdict
from jeopsu.flows import cli_common as cli
from jeopsu.flows import settings, show
from jeopsu.reports import words

if TYPE_CHECKING:
    from jeopsu.storage.rows import RunRow

Data = Annotated[Path | None, typer.Option("--data", help="자료 폴더 (JEOPSU_DATA)")]
Proposal = Annotated[str, typer.Argument(help="과제 번호")]


@contextmanager
def said() -> Iterator[None]:
    """What was wrong with the call, or is out of reach, as one line and exit code 2; our own mistakes stay visible."""
    from jeopsu.flows.diff import NoSuchRun
    from jeopsu.flows.serve import AlreadyServing
    from jeopsu.flows.triggers import PrefectUnavailable
    from jeopsu.storage.errors import BadName, StorageUnavailable, UnknownProposal

    asked = (CallFileError, BadName, UnknownProposal, NoSuchRun, AlreadyServing, OSError)
    away = (StorageUnavailable, PrefectUnavailable)
    try:
        yield
    except (*asked, *away) as error:
        raise cli.wrong_call(str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise cli.wrong_call(f"설정 {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="듣는 주소")] = None,
    port: Annotated[int | None, typer.Option(help="듣는 포트 (0: 빈 포트)")] = None,
) -> None:
    """이 컴퓨터에서 접수 시스템을 켭니다: 검토 사이트, 업로드 폴더, 자동 처리."""
    from jeopsu.flows import serve as serving
    from jeopsu.flows.welcome import announce, first_password

    with said():
        given = settings.load(data=data, host=host, port=port)
        serving.serve(given, ready=lambda where: announce(where, first_password(given)))


def submit(
    proposal: Proposal,
    files: Annotated[list[Path], typer.Argument(help="올릴 파일", exists=True, dir_okay=False)],
    data: Data = None,
    call: Annotated[str | None, typer.Option(help="공고 id")] = None,
    received: Annotated[str | None, typer.Option(help="최종 제출 시각 (ISO 8601)")] = None,
    registration: Annotated[Path | None, typer.Option(help="온라인 전산 입력 내용 (JSON)")] = None,
) -> None:
    """한 과제의 파일을 올립니다. 올린 판은 모두 보관되고, 처리가 시작됩니다."""
    from jeopsu.flows import platform

    when: datetime | None = cli.received_at(received)
    entry = cli.registration_in(registration)
    with said():
        done = platform.submit(settings.load(data=data), proposal, files, call=call, received=when, registration=entry)
    for one in done:
        note = f"{one.upload.number}번째 판" if one.new else "같은 내용이 이미 있습니다"
        print(f"{one.upload.name}  {one.upload.sha256[:12]}  {note}")


def rerun(
    proposal: Proposal,
    from_: Annotated[str | None, typer.Option("--from", help="extract(다시 읽기) 또는 validate(규칙만)")] = None,
    document: Annotated[list[int] | None, typer.Option("--document", help="이 번호의 서류만 다시 읽기")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="이전 결과를 쓰지 않음")] = False,
    data: Data = None,
) -> None:
    """한 과제의 처리를 다시 합니다. 바뀐 것만 다시 읽습니다."""
    from jeopsu.flows import platform

    if from_ not in (None, "extract", "validate"):
        raise cli.wrong_call(f"--from은 extract 또는 validate입니다: {from_}")
    stage = cast(Literal["extract", "validate"] | None, from_)
    with said():
        number = platform.rerun(settings.load(data=data), proposal, from_=stage, documents=document or (), fresh=fresh)
    print(f"{proposal}: {number}번째 실행을 대기열에 넣었습니다. (jeopsu status {proposal})")


def status(proposal: Annotated[str | None, typer.Argument(help="과제 번호")] = None, data: Data = None) -> None:
    """대기·처리 중·담당자 확인·완료 상황."""
    from jeopsu.flows import platform

    with said():
        seen = platform.status(settings.load(data=data), proposal)
    console = Console()
    table = Table(box=None, pad_edge=False)
    for head in ("과제", "상태", "판정", "보완", "확인", "파일", "제목"):
        table.add_column(head)
    for row in seen.proposals:
        last = row.last
        table.add_row(
            escape(row.id),
            state(row.active or last),
            words.VERDICTS[Verdict(last.verdict)].ko if last and last.verdict else "-",
            str(last.gaps) if last else "-",
            str(last.open_points) if last else "-",
            str(row.files),
            escape(row.title),
        )
    console.print(table)
    console.print(f"과제 {seen.total} · 대기 {seen.queued} · 처리 중 {seen.running}", highlight=False)
    for run in seen.runs:
        verdict = words.VERDICTS[Verdict(run.verdict)].ko if run.verdict else (run.error or "")
        console.print(f"  #{run.number} {run.kind} {state(run)} {escape(verdict)}", highlight=False)


def state(run: RunRow | None) -> str:
    """대기, 읽는 중 12/40쪽, 완료 … of a proposal's run."""
    if run is None:
        return "업로드 없음"
    labels = {
        "queued": "대기",
        "running": "처리 중",
        "done": "완료",
        "failed": "실패",
        "superseded": "새 업로드로 대체",
    }
    label = labels.get(str(run.state), str(run.state))
    if str(run.state) == "running" and run.pages_total:
        label += f" 파일 {run.files_done}/{run.files_total} · {run.pages_done}/{run.pages_total}쪽"
        if run.seconds_left is not None:
            label += f" · 약 {run.seconds_left}초 남음"
    return label


def report(
    proposal: Proposal,
    run: Annotated[int | None, typer.Option(help="실행 번호 (기본: 마지막)")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", dir_okay=False)] = None,
    html: Annotated[Path | None, typer.Option("--html", dir_okay=False)] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", dir_okay=False, help="사전검토표")] = None,
    letter_file: Annotated[Path | None, typer.Option("--letter", dir_okay=False, help="보완요청서 (HWPX)")] = None,
    data: Data = None,
    lang: cli.LanguageOption = "ko",
) -> None:
    """한 과제의 마지막 보고서를 파일로 씁니다."""
    from jeopsu.flows import decided, platform
    from jeopsu.reports import letter

    with said():
        found = platform.report(settings.load(data=data), proposal, run)
        if found is None:
            raise cli.wrong_call(f"끝난 실행이 아직 없습니다: {proposal} (jeopsu status {proposal})")
        said_of_it = decided.decided(proposal, found) if xlsx else None
        cli.write(found, cli.spoken(lang), json_file=json_file, html=html, xlsx=xlsx, decided=said_of_it)
        if letter_file:
            letter.write_hwpx(found, letter_file)
    if not any((json_file, html, xlsx, letter_file)):
        show.summary(Console(), found, cli.spoken(lang))


def diff(
    proposal: Proposal,
    before: Annotated[int, typer.Argument(help="앞의 실행 번호")],
    after: Annotated[int, typer.Argument(help="뒤의 실행 번호")],
    data: Data = None,
) -> None:
    """두 실행 사이에 무엇이 왜 달라졌는지 알려 줍니다."""
    from jeopsu.flows import diff as differences

    with said():
        found = differences.diff(settings.load(data=data), proposal, before, after)
    causes = {
        "file": "파일",
        "code": "프로그램",
        "engine": "판독기",
        "call": "공고",
        "fact": "담당자 입력",
        "value": "값",
    }
    if found.verdict:
        print(f"판정: {found.verdict.before} → {found.verdict.after}")
    for title, changes in (("파일", found.files), ("값", found.fields), ("검토 결과", found.findings)):
        for change in changes:
            why = ", ".join(causes[reason.value] for reason in change.why)
            print(f"{title} {change.what} {change.organisation or ''}: {change.before} → {change.after} [{why}]")
    for one in found.decisions:
        print(f"판단 {one.rule}: {'유지' if one.holds else '다시 판단해야 합니다'}")
    if not (found.verdict or found.files or found.fields or found.findings):
        print("달라진 것이 없습니다")


def worker(name: Annotated[str | None, typer.Option(help="이 일꾼의 이름")] = None, data: Data = None) -> None:
    """이 컴퓨터를 일꾼으로 더합니다 (JEOPSU_PREFECT_API, JEOPSU_DATABASE, JEOPSU_S3_*)."""
    from jeopsu.flows import worker as working

    with said():
        working.worker(settings.load(data=data), name=name, ready=lambda: print("일꾼이 준비되었습니다."))


def demo(
    folder: Annotated[Path, typer.Option(help="견본을 둘 폴더")] = Path("var/demo"),
    port: Annotated[int | None, typer.Option(help="검토 사이트 포트")] = None,
    serve_after: Annotated[bool, typer.Option("--serve/--no-serve", help="확인한 뒤 검토 사이트를 켬")] = True,
    lang: cli.LanguageOption = "ko",
) -> None:
    """견본 과제를 만들어 확인하고, 그 과제로 검토 사이트를 켭니다."""
    from jeopsu.flows import demo as demonstration

    with said():
        demonstration.run(folder, port=port, serve_after=serve_after, language=cli.spoken(lang))


@contextmanager
def _accounts(data: Path | None) -> Iterator[ModuleType]:
    """storage/accounts on a database that is ready; what an account cannot do is said, not raised."""
    from jeopsu.flows import platform

    with said():
        platform.prepare(settings.load(data=data))
        from jeopsu.storage import accounts

        try:
            yield accounts
        except accounts.AccountError as error:
            raise cli.wrong_call(str(error)) from error


users = typer.Typer(help="계정과 역할을 더하고, 나열하고, 잠급니다.", no_args_is_help=True)


@users.command("add")
def users_add(
    name: str,
    role: Annotated[list[str], typer.Option(help="applicant, reviewer, lead_reviewer, auditor, operator")],
    proposal: Annotated[list[str] | None, typer.Option(help="신청인이 볼 과제")] = None,
    call: Annotated[list[str] | None, typer.Option(help="이 공고만 보게 함")] = None,
    oidc: Annotated[bool, typer.Option("--oidc", help="비밀번호 없이 통합 로그인(OIDC)으로만 들어옴")] = False,
    data: Data = None,
) -> None:
    """계정을 더하고 비밀번호를 한 번 보여 줍니다."""
    with _accounts(data) as accounts:
        rights = {"proposals": tuple(proposal or ()), "calls": tuple(call or ())}
        password = accounts.add(name, tuple(role), local=not oidc, **rights)
    print(f"{name}: {password or 'OIDC'}")


@users.command("list")
def users_list(data: Data = None) -> None:
    """계정을 나열합니다."""
    with _accounts(data) as accounts:
        for account in accounts.everyone():
            print(f"{account.name}  {', '.join(account.roles)}  {'사용 중' if account.active else '잠김'}")


@users.command("lock")
def users_lock(name: str, unlock: Annotated[bool, typer.Option("--unlock")] = False, data: Data = None) -> None:
    """계정을 잠그거나 풉니다."""
    with _accounts(data) as accounts:
        accounts.lock(name, not unlock)


@users.command("password")
def users_password(name: str, data: Data = None) -> None:
    """새 비밀번호를 만들어 한 번 보여 줍니다."""
    with _accounts(data) as accounts:
        print(f"{name}: {accounts.set_password(name)}")


@users.command("factor-reset")
def users_factor_reset(name: str, data: Data = None) -> None:
    """전화기를 잃은 사람의 2단계 인증을 지웁니다. 다음 로그인 때 다시 등록합니다."""
    with _accounts(data) as accounts:
        accounts.forget_factor(name)


@users.command("token")
def users_token(
    name: str, label: Annotated[str, typer.Option(help="어디에 쓰는 열쇠인지")] = "", data: Data = None
) -> None:
    """이 계정의 권한으로 API를 쓰는 열쇠를 만들어 한 번 보여 줍니다."""
    with _accounts(data) as accounts:
        print(f"{name}: {accounts.make_token(name, label)}")


@users.command("audit")
def users_audit(
    file: Annotated[Path | None, typer.Option(help="내보낸 기록(audit.ndjson)을 따로 검증", exists=True)] = None,
    data: Data = None,
) -> None:
    """감사 기록의 연쇄를 처음부터 검증합니다. 맞지 않으면 1로 끝납니다."""
    if file:
        from jeopsu.storage import records  # noqa: F401  (models can be imported after it)
        from jeopsu.storage.audit import verify_export

        with file.open(encoding="utf-8") as lines:
            count, last, broken = verify_export(line for line in lines if line.strip())
        for one in broken:
            print(f"#{one.number}: {one.why}")
        print(f"기록 {count}건, 맞지 않는 곳 {len(broken)}, 마지막 sha256 {last}")
        raise typer.Exit(1 if broken else 0)
    with _accounts(data):
        from jeopsu.storage import audit

        count, broken = audit.verify()
    for one in broken:
        print(f"#{one.number}: {one.why}")
    print(f"기록 {count}건, 맞지 않는 곳 {len(broken)}")
    raise typer.Exit(1 if broken else 0)


def register(app: typer.Typer) -> None:
    """Adds this file's commands, once."""
    if any(command.name == "serve" for command in app.registered_commands):
        return
    for function in (demo, serve, submit, rerun, status, report, diff, worker):
        app.command(function.__name__)(function)
    app.add_typer(users, name="users")
