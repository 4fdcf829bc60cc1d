"""What the terminal shows: progress by page while files are read, then a summary a person can act on."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from jeopsu.domain.findings import Finding, Verdict
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import Status, SubmittedFile
from jeopsu.domain.text import Language, Text
from jeopsu.domain.values.person_name import masked
from jeopsu.extractors.sandbox import Progress as FileProgress
from jeopsu.reports import words
from jeopsu.reports.agenda import Agenda, agenda

_STYLES = {
    Verdict.CLEAR: "bold green",
    Verdict.SUPPLEMENT: "bold yellow",
    Verdict.EXCLUSION_POSSIBLE: "bold red",
    Verdict.EXCLUDED: "bold red",
    Verdict.UNDETERMINED: "bold cyan",
}
_HEADS = {
    "exclusions": (Text(ko="제외 사유", en="Grounds for exclusion"), "red"),
    "gaps": (Text(ko="보완할 것", en="To mend"), "yellow"),
    "files": (Text(ko="읽지 못했거나 문제가 있는 파일", en="Files with problems"), "yellow"),
    "notes": (Text(ko="참고", en="Notes"), "blue"),
    "open": (Text(ko="담당자가 확인할 것", en="For a person to look at"), "cyan"),
}


@contextmanager
def page_progress(console: Console, files: int, language: Language) -> Iterator[PageBar]:
    """A bar that counts pages: the number of pages grows as files are opened."""
    label = "쪽" if language == "ko" else "pages"
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} " + label),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        yield PageBar(progress, files, language)


class PageBar:
    """Adds up the progress of files that are read at the same time."""

    def __init__(self, progress: Progress, files: int, language: Language) -> None:
        self._progress, self._files = progress, files
        self._pages: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()
        self._task = progress.add_task("읽는 중" if language == "ko" else "Reading", total=files)

    def __call__(self, event: FileProgress) -> None:
        with self._lock:
            self._pages[event.name] = (event.page, event.pages)
            unopened = self._files - len(self._pages)
            self._progress.update(
                self._task,
                completed=sum(page for page, _ in self._pages.values()),
                total=sum(pages for _, pages in self._pages.values()) + unopened,
            )


def summary(console: Console, report: Report, language: Language) -> None:
    """The verdict, then what to do, worst first, then what was looked at."""
    todo = agenda(report)
    submission = report.submission
    ko = language == "ko"
    console.print()
    title = submission.title or submission.proposal
    console.print(f"[bold]{escape(title)}[/]")
    for organisation in submission.organisations:
        size = words.SIZES[organisation.size].in_(language) if organisation.size else "?"
        console.print(f"  {words.role(organisation.key, language)}  {escape(organisation.name)} ({size})")
    verdict = words.VERDICTS[report.verdict].in_(language)
    head = f"[{_STYLES[report.verdict]}]{'판정' if ko else 'Verdict'}: {verdict}[/]"
    console.print(f"\n{head}   {_counts(todo, ko)}", soft_wrap=True)
    _section(console, "exclusions", todo.exclusions, language)
    _section(console, "gaps", todo.gaps, language)
    _files(console, [f for f in submission.files if f.problems or f.status is not Status.READ], language)
    _section(console, "open", todo.to_read, language)
    _section(console, "notes", todo.notes, language)
    _look_ups(console, todo.look_ups, language)
    read = sum(1 for f in submission.files if f.status is Status.READ)
    pages = sum(f.pages for f in submission.files)
    seconds = f"{report.run.seconds:.0f}"
    console.print(
        f"\n파일 {len(submission.files)}개 중 {read}개를 모두 읽음 · {pages}쪽 · {seconds}초"
        if ko
        else f"\n{read} of {len(submission.files)} files read in full · {pages} pages · {seconds} s"
    )


def _counts(todo: Agenda, ko: bool) -> str:
    parts = [
        ("제외 사유" if ko else "exclusion", len(todo.exclusions)),
        ("보완" if ko else "to mend", len(todo.gaps)),
        ("확인 필요" if ko else "to look at", len(todo.to_read)),
        ("조회 필요" if ko else "to look up", len(todo.look_ups)),
        ("적합" if ko else "passed", len(todo.passed)),
    ]
    return " · ".join(f"{label} {count}" for label, count in parts)


def _section(console: Console, key: str, findings: Iterable[Finding], language: Language) -> None:
    rows = list(findings)
    if not rows:
        return
    head, style = _HEADS[key]
    console.print(f"\n[bold {style}]{head.in_(language)} ({len(rows)})[/]")
    for finding in rows:
        who = words.role(finding.organisation, language)
        console.print(f"  [{style}]•[/] [bold]{escape(finding.title.in_(language))}[/] ({who})", soft_wrap=True)
        console.print(f"    {escape(masked(finding.message.in_(language)))}", highlight=False, soft_wrap=True)
        for place in dict.fromkeys(_place(finding, language)):
            console.print(f"    [dim]{escape(place)}[/]", highlight=False, soft_wrap=True)


def _look_ups(console: Console, findings: Iterable[Finding], language: Language) -> None:
    """What staff look up elsewhere, a line in all: an applicant can do nothing about it."""
    asked: dict[str, list[str]] = {}
    for finding in findings:
        asked.setdefault(finding.title.in_(language), []).append(words.role(finding.organisation, language))
    if asked:
        head = "담당자가 다른 곳에서 조회할 것" if language == "ko" else "For staff to look up elsewhere"
        count = sum(len(who) for who in asked.values())
        rows = ", ".join(f"{title}({'·'.join(who)})" for title, who in asked.items())
        console.print(f"\n[bold cyan]{head} ({count})[/]\n  {escape(rows)}", highlight=False, soft_wrap=True)


def _place(finding: Finding, language: Language) -> list[str]:
    """Where to look: files and pages of what the finding rests on, at most three."""
    places = []
    for field in finding.inputs:
        if field.file:
            page = f" {field.page}쪽" if language == "ko" else f" p. {field.page}"
            places.append(field.file + (page if field.page else ""))
    message = finding.message.in_(language)
    return [place for place in dict.fromkeys(places or finding.files) if place not in message][:3]


def _files(console: Console, files: list[SubmittedFile], language: Language) -> None:
    if not files:
        return
    head, style = _HEADS["files"]
    console.print(f"\n[bold {style}]{head.in_(language)} ({len(files)})[/]")
    for file in files:
        status = words.STATUSES[file.status].in_(language)
        console.print(f"  [{style}]•[/] {escape(file.name)} [dim]({status})[/]", highlight=False, soft_wrap=True)
        for sentence in dict.fromkeys(problem.sentence.in_(language) for problem in file.problems):
            console.print(f"    {escape(sentence)}", highlight=False, soft_wrap=True)
