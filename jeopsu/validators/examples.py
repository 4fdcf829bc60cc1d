"""Runs a call's own cases: a submission made of a case's few facts, and whether its rule comes out as the case says.

Keys of `given`: a field ("fs.equity@2022", "participant.rate#0"), "file:KIND", "fact:STAFF_INPUT", "received".
Facts of the organisation the case is about, unless the key begins with another's ("partner:budget.government").
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from jeopsu.domain.calls import Call, Example
from jeopsu.domain.documents import FileType
from jeopsu.domain.evidence import Searched
from jeopsu.domain.field_names import FIELD_KINDS
from jeopsu.domain.fields import FieldStatus, FieldValue, typed
from jeopsu.domain.findings import Outcome
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.submissions import Organisation, StaffFact, Submission, SubmittedFile
from jeopsu.validators.run import evaluate

_KEY = re.compile(r"(?:(?P<org>lead|partner\d*):)?(?P<name>[a-z_.]+)(?:@(?P<year>\d{4}))?(?:#(?P<index>\d+))?")
_PLAN = "plan.hwp"
_WORST = (Outcome.FAIL, Outcome.UNDETERMINED, Outcome.PASS, Outcome.NOT_APPLICABLE)
_NAMES = {"lead": "주식회사 가온", "partner": "주식회사 나래"}


def problems(call: Call) -> list[str]:
    """Cases that come out otherwise than they say, each as "cases.yaml:12: …"."""
    found: list[str] = []
    for example in call.examples:
        try:
            outcome, words = run(call, example)
        except ValueError as error:
            found.append(f"{example.at}: {example.rule}: {str(error).splitlines()[0]}")
            continue
        if outcome is not example.outcome:
            found.append(f"{example.at}: {example.rule}: {example.outcome} expected, {outcome} found: {words}")
    return found


def run(call: Call, example: Example) -> tuple[Outcome, str]:
    """The outcome of a case and its message. Raises ValueError for a key that means nothing."""
    findings = evaluate(call, submission(call, example), only=example.rule, on=example.on)
    mine = [f for f in findings if f.organisation in (example.organisation, None) or example.organisation is None]
    for outcome in _WORST:
        for finding in mine:
            if finding.outcome is outcome:
                return outcome, finding.message.ko
    return Outcome.UNDETERMINED, "no finding"


def submission(call: Call, example: Example) -> Submission:
    """The submission that a case describes: two organisations and nothing but the given facts, all confirmed."""
    key = example.organisation or "lead"
    fields = [_field("org.name", name, org, _PLAN) for org, name in _NAMES.items()]
    if example.size:
        fields.append(_field("org.size", example.size.value, key, _PLAN))
    files: list[SubmittedFile] = []
    facts: list[StaffFact] = []
    received: datetime | None = None
    for word, value in example.given.items():
        if word == "received":
            received = datetime.fromisoformat(str(value))
        elif word.startswith("file:"):
            files.append(_file(call, Kind(word.removeprefix("file:")), key))
        elif word.startswith("fact:"):
            facts += [_fact(word.removeprefix("fact:"), value, org) for org in (key, None)]
        else:
            fields.append(_given(word, value, key))
    rows = sorted({f.index for f in fields if f.name.startswith("participant.") and f.index is not None})
    for index in rows:
        if not any(f.name == "participant.name" and f.index == index for f in fields):
            fields.append(
                _field("participant.name", "가나다라마바사아자차카타파하"[index] * 2, key, _PLAN, index=index)
            )
    organisations = tuple(Organisation(key=org, name=name) for org, name in _NAMES.items())
    return Submission(
        proposal="example", received=received, organisations=organisations, files=tuple(files),
        fields=tuple(fields), facts=tuple(facts),
    )  # fmt: skip


def _given(word: str, value: int | str | bool, key: str) -> FieldValue:
    match = _KEY.fullmatch(word)
    if match is None:
        raise ValueError(f"'{word}' is no field, file:, fact: or received")
    if match["name"] not in FIELD_KINDS:
        raise ValueError(f"no such field: '{match['name']}'")
    typed(FIELD_KINDS[match["name"]], value)
    of_project = match["name"].startswith("plan.")
    organisation = None if of_project else match["org"] or key
    year = int(match["year"]) if match["year"] else None
    index = int(match["index"]) if match["index"] else None
    file = f"{organisation}-{year}.pdf" if year else _PLAN
    return _field(match["name"], value, organisation, file, year=year, index=index)


def _field(
    name: str,
    value: int | str | bool | date,
    organisation: str | None,
    file: str,
    *,
    year: int | None = None,
    index: int | None = None,
) -> FieldValue:
    return FieldValue(
        name=name, value=value, printed=str(value), status=FieldStatus.CONFIRMED, confidence=1.0,
        evidence=Searched(files=(file,)), how="example", organisation=organisation, year=year, index=index,
    )  # fmt: skip


def _file(call: Call, kind: Kind, key: str) -> SubmittedFile:
    document = call.document_of(kind)
    return SubmittedFile(
        name=f"{kind.value}.pdf", sha256=kind.value, bytes=1, type=FileType.PDF, pages=1, kind=kind,
        document=document.number if document else None, organisation=key, claimed=key,
        segments=(Segment(kind=kind, first_page=1, last_page=1, confidence=1.0),),
    )  # fmt: skip


def _fact(fact: str, value: int | str | bool, organisation: str | None) -> StaffFact:
    return StaffFact(fact=fact, organisation=organisation, value=value, by="case", at=datetime(2023, 4, 25, tzinfo=UTC))
