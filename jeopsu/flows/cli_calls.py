"""`jeopsu calls`: the calls that are there, what is wrong in a call's files, and what a changed one would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from jeopsu.calls.load import check_call, list_calls, load_call
from jeopsu.domain.findings import Outcome
from jeopsu.flows import settings
from jeopsu.flows.cli_platform import Data, said
from jeopsu.reports import words
from jeopsu.validators import bind, examples

if TYPE_CHECKING:
    from jeopsu.flows.trial import Tried

app = typer.Typer(help="공고를 나열하고, 점검하고, 시험합니다.", invoke_without_command=True)


@app.callback()
def calls(context: typer.Context) -> None:
    """공고를 나열합니다."""
    if context.invoked_subcommand is None:
        console = Console()
        for call in list_calls():
            window = f"{call.opens:%Y-%m-%d %H:%M} ~ {call.closes:%Y-%m-%d %H:%M}"
            console.print(f"{call.id}  {call.title.ko}  ({call.notice}, {window})", highlight=False)


@app.command()
def check(path: Annotated[Path, typer.Argument(help="공고 폴더 또는 파일")]) -> None:
    """공고 파일에서 잘못된 것을 줄 번호와 함께 알려 줍니다."""
    problems = [str(problem) for problem in check_call(path)]
    if not problems:  # the files are well-formed: are the rules right, and with right rules their cases?
        call = load_call(path)
        problems = bind.problems(call) or examples.problems(call)
    for problem in problems:
        print(problem)
    if problems:
        raise typer.Exit(1)
    print("이상 없음")


@app.command("try")
def try_(
    path: Annotated[Path, typer.Argument(help="고친 공고의 폴더")],
    instead_of: Annotated[str | None, typer.Option(help="이 공고의 과제로 (기본: 같은 id의 공고)")] = None,
    data: Data = None,
) -> None:
    """고친 공고를 쓰면 이미 확인한 과제의 판정이 어떻게 달라지는지 알려 줍니다. 다시 읽지도 저장하지도 않습니다."""
    from jeopsu.flows import trial

    checked = changed = 0
    with said():
        for one in trial.trial(settings.load(data=data), path, instead_of):
            checked += 1
            if one.turns:
                changed += 1
                _tell(one)
    print(f"확인한 과제 {checked}개 가운데 {changed}개가 달라짐")


def _tell(one: Tried) -> None:
    print(f"{one.proposal}: {' → '.join(dict.fromkeys(words.VERDICTS[v].ko for v in (one.before, one.after)))}")
    for turn in one.turns:
        before, after = (_shown(outcome) for outcome in (turn.before, turn.after))
        print(f"  {turn.rule}{f' {turn.organisation}' if turn.organisation else ''}: {before} → {after}")
        print(f"    {turn.message}")


def _shown(outcome: Outcome | None) -> str:
    return words.OUTCOMES[outcome].ko if outcome else "없음"
