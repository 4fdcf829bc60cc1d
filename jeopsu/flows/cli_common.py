"""What both halves of the command line share: how a call is refused, how a report is written, how options are read."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast, get_args

import typer
from pydantic import ValidationError
from rich.console import Console

from jeopsu.domain.report import Report
from jeopsu.domain.submissions import Registration
from jeopsu.domain.text import Language
from jeopsu.reports import contract, page, sheet
from jeopsu.reports.decided import Decided

LanguageOption = Annotated[str, typer.Option("--lang", help="ko, en")]


def wrong_call(message: str) -> typer.Exit:
    """The call itself was wrong: say what, exit 2."""
    Console(stderr=True).print(message, style="red", markup=False, highlight=False)
    return typer.Exit(2)


def write(
    report: Report,
    language: Language,
    *,
    json_file: Path | None = None,
    html: Path | None = None,
    xlsx: Path | None = None,
    decided: tuple[Decided, ...] | None = None,
) -> None:
    """The report in each form that was asked for. `decided`: what people said of it, for the workbook."""
    if json_file:
        json_file.write_text(contract.to_json(report, language), encoding="utf-8")
    if html:
        html.write_text(page.to_html(report, language), encoding="utf-8")
    if xlsx:
        sheet.write_xlsx(report, xlsx, language, decided)


def spoken(given: str) -> Language:
    """The language of `--lang`. Raises typer.Exit with a sentence for any other."""
    if given in get_args(Language):
        return cast(Language, given)
    raise wrong_call(f"--lang은 ko 또는 en입니다: {given}")


def received_at(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise wrong_call(f"--received는 ISO 8601 시각이어야 합니다 (2023-04-20T10:00:00+09:00): {text}") from error
    if when.tzinfo is None:
        raise wrong_call(f"--received에 시간대가 없습니다. 한국 시각이면 +09:00을 붙여 주십시오: {text}")
    return when


def registration_in(path: Path | None) -> Registration | None:
    if path is None:
        return None
    try:
        return Registration.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, ValidationError) as error:
        raise wrong_call(f"--registration 파일을 읽을 수 없습니다: {path}: {error}") from error
