"""The first words of a started platform: where the site is, where files go, the first password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from jeopsu.flows import settings

if TYPE_CHECKING:
    from jeopsu.flows.serve import Addresses


def announce(where: Addresses, password: str | None) -> None:
    """What a person needs to begin."""
    console = Console()
    console.print(f"[bold green]접수 준비가 되었습니다.[/]  검토 사이트: [bold]{where.site}[/]")
    console.print(
        f"  업로드 폴더: {escape(str(where.inbox))}/<과제 번호>/  ← 파일을 넣으면 처리가 시작됩니다", highlight=False
    )
    console.print(f"  처리 상황(Prefect): {where.prefect}    자료: {escape(str(where.data))}", highlight=False)
    if password:
        console.print(f"  처음 로그인: 계정 [bold]admin[/], 비밀번호 [bold]{escape(password)}[/] (이번에만 표시됩니다)")
    console.print("  끝내기: Ctrl-C")


def first_password(given: settings.Settings) -> str | None:
    """The first operator's password, the first time."""
    from jeopsu.flows import platform

    platform.prepare(given)
    from jeopsu.storage import accounts  # models can be imported only once the database is known

    return accounts.first_operator()
