"""The workbench: the list of points, the point with what can be decided on it, and the page it rests on, side by side.

Enter goes to the next point that needs a person; everything else has a key, too (static/site.js).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jeopsu.domain.calls import StaffInput
from jeopsu.domain.field_names import FIELD_KINDS
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import StaffFact
from jeopsu.domain.text import Text
from jeopsu.flows import check, platform
from jeopsu.review import access, glance, pictures, values
from jeopsu.review.access import may, proposal_or_404
from jeopsu.review.language import t
from jeopsu.review.viewer import Lit, Viewer, viewer
from jeopsu.review.wanted import wanted
from jeopsu.review.workspace import Place, Workspace, telling
from jeopsu.storage import views
from jeopsu.storage.rows import DecisionRow
from jeopsu.storage.standing import Settled, Standing

_AHEAD = 4  # points whose pages are drawn before they are opened
_OPEN = 4  # values shown open where none tells more than another


@dataclass(frozen=True)
class ValueLine:
    """A value as the desk shows it: each engine's reading, the cropped print, and what can be said about it."""

    at: int
    place: Place
    field: FieldValue
    kind: str
    text: str  # for the input
    hint: str
    choices: list[tuple[str, str]]
    decision: DecisionRow | None
    now: bool
    crop: str  # view box of the print on the page; "" where the page shown is another one
    tells: bool  # the point turns on it: shown open, the others folded


@dataclass(frozen=True)
class Answer:
    """No or yes to such a question: what it states, and what the rule makes of it."""

    value: str
    word: str
    states: Text | None
    outcome: Outcome | None  # None: it alone settles nothing


@dataclass(frozen=True)
class Question:
    """Something only staff can look up, with the answer that holds."""

    given: StaffInput
    fact: StaffFact | None
    choices: list[tuple[str, str]]
    answers: list[Answer]
    open: bool  # the point waits for it; else it was answered and may be changed

    @property
    def shown(self) -> str:
        """The answer that holds, in words."""
        value = self.fact.value if self.fact else ""
        return (t("예") if value else t("아니오")) if isinstance(value, bool) else str(value)


@require_safe
@may("see")
def first(request: HttpRequest, name: str) -> HttpResponse:
    """The first point that needs a person; without one, the proposal's page."""
    row = proposal_or_404(request, name)
    desk = Workspace(row, two_persons=settings.TWO_PERSONS)
    todo = desk.left or desk.todo
    return redirect("point", name=row.id, key=todo[0].key) if desk.left and todo else redirect("proposal", name=row.id)


@require_safe
@may("see")
def point(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """`?at=` which of the places is lit."""
    row = proposal_or_404(request, name)
    desk = Workspace(row, two_persons=settings.TWO_PERSONS)
    if desk.report and key not in desk.by_key:  # a new run or a corrected value made the point disappear
        messages.info(request, t("그 항목은 새 결과에 없습니다. 다음 항목을 보여 드립니다."))
        return redirect("bench", name=row.id)
    return show(request, desk, key)


def show(request: HttpRequest, desk: Workspace, key: str, *, status: int = 200, **more: object) -> HttpResponse:
    """The workbench on one point; `more` goes to the template (what went wrong, what another person did)."""
    one = desk.by_key.get(key)
    if one is None or desk.report is None:
        raise Http404
    places = desk.places(one)
    told = request.GET.get("at") or request.POST.get("at") or "0"
    shown = viewer(desk, places, int(told) if told.isdigit() else 0)
    following = desk.after(key)
    todo = {p.key for p in desk.todo}
    context = {
        "row": desk.row,
        "desk": desk,
        "review": desk.review,
        "point": one,
        "finding": one.finding,
        "groups": [(group, [p for p in group.points if p.key in todo]) for group in desk.groups],
        "following": following,
        "done": len(desk.todo) - len(desk.left),
        "viewer": shown,
        **_lines(desk, one, places, shown),
        "values_first": one.finding.outcome is Outcome.UNDETERMINED
        and bool(places and telling(places[0], one.finding)),
        "sampled": any(sample.finding and sample.key == key for sample in desk.samples),
        "about": glance.identity(desk.report, one.finding.organisation),
        "counted": sum(place.field is not None for place in places),
        "questions": questions(desk, one),
        "wanted": wanted(one.finding, desk.report),
        "history": [d for d in desk.decisions if d.subject == "finding" and d.key == key],
        "can_second": can_second(request, one),
        "others": views.here(desk.row.id, access.name_of(request)),
        "here": request.path if request.method == "GET" else "",
        **more,
    }
    pictures.draw_ahead(platform.open_files(settings.PROGRAM), _next_pages(desk, key))
    return render(request, "workbench.html", context, status=status)


def _next_pages(desk: Workspace, key: str) -> list[tuple[str, int]]:
    """The pages that the next points open with, and the other pages of this one: drawn before anybody asks."""
    keys = [point.key for point in desk.left]
    start = keys.index(key) + 1 if key in keys else 0
    soon = [place for point in desk.left[start : start + _AHEAD] for place in desk.places(point)[:2]]
    here = desk.places(desk.by_key[key])[1:4]
    return list(dict.fromkeys((place.sha256, place.page or 1) for place in (*here, *soon) if place.sha256))


def can_second(request: HttpRequest, one: Standing) -> bool:
    """Whether this person can be the second of two: another one than the first, with the right to it."""
    return (
        one.state is Settled.SECOND
        and one.decision is not None
        and one.decision.by != access.name_of(request)
        and access.has(request, "second")
    )


def _lines(desk: Workspace, one: Standing, places: list[Place], shown: Viewer | None) -> dict[str, list[ValueLine]]:
    """The values that the point turns on, and the others that it was computed from."""
    lines = [
        value_line(desk, place, n, shown, tells=telling(place, one.finding) > 0)
        for n, place in enumerate(places)
        if place.field
    ]
    if sum(line.tells for line in lines) == 0:
        return {"lines": lines[:_OPEN], "more_lines": lines[_OPEN:]}
    first = [line for line in lines if line.tells or line.now]
    return {"lines": first, "more_lines": [line for line in lines if line not in first]}


def value_line(desk: Workspace, place: Place, at: int, shown: Viewer | None, *, tells: bool = True) -> ValueLine:
    field = place.field
    assert field is not None
    box: Lit | None = None
    if shown and shown.size:
        box = next((b for b in shown.boxes if b.number == at), None)
    crop = crop_box(box.x, box.y, box.width, box.height, shown.size.width) if box and shown and shown.size else ""
    return ValueLine(
        at=at,
        place=place,
        field=field,
        kind=FIELD_KINDS[field.name].value,
        text=values.editable(field.name, field.value),
        hint=values.hint(field.name),
        choices=values.choices(field.name),
        decision=desk.field_decisions.get(place.key),
        now=bool(shown and shown.at == at),
        crop=crop,
        tells=tells,
    )


def crop_box(x: float, y: float, width: float, height: float, page_width: float) -> str:
    """A strip of the page around the print, in the strip's own proportions, as an SVG view box."""
    high = max(height * 1.8, 22.0)
    wide = max(width * 1.3, high * 8)
    left = min(max(0.0, x + width / 2 - wide / 2), max(0.0, page_width - wide))
    return f"{left:.1f} {y + height / 2 - high / 2:.1f} {wide:.1f} {high:.1f}"


def questions(desk: Workspace, one: Standing) -> list[Question]:
    """What staff can answer to settle this point, or have answered and can change."""
    assert desk.report
    found = []
    for given, organisation in desk.inputs(one):
        options = [(c, c) for c in given.choices] if given.type == "choice" else []
        answers = _answers(desk.report, one, given, organisation) if given.type == "flag" else []
        waits = given.id in one.finding.staff
        found.append(Question(given, desk.facts.get((given.id, organisation)), options, answers, waits))
    found.sort(key=lambda question: not question.open)
    return found


def _answers(report: Report, one: Standing, given: StaffInput, organisation: str | None) -> list[Answer]:
    """ "예" is the good answer to one question and the bad one to another: so each says what it states and does."""
    found = []
    for value, word, states in (("0", t("아니오"), given.if_no), ("1", t("예"), given.if_yes)):
        fact = StaffFact(
            fact=given.id, organisation=organisation, value=value == "1", by="", at=timezone.now(), source=""
        )
        outcome = check.what_if(report, one.finding.rule, one.finding.organisation, fact)
        found.append(Answer(value, word, states, None if outcome is Outcome.UNDETERMINED else outcome))
    return found
