"""A whole invented proposal as uploads, to be bent by each test: who gives what, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from jeopsu.calls.load import load_call
from jeopsu.domain.documents import FileType, TextSource
from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment, Subject
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.reading import FileReading
from jeopsu.domain.submissions import Submission, Upload
from jeopsu.validators import identification, naming, organisations, run

CALL = load_call("kiat-2023-265")
RECEIVED = datetime(2023, 4, 20, 1, 0, tzinfo=UTC)
LEAD, PARTNER = "주식회사 가온정밀", "나래소프트 주식회사"
# Check digits fit: 123-45-67891 and 234-81-56789 are made from the rule of domain/values/business_number.py.
NUMBERS = {"lead": "1234567891", "partner": "2348156784"}
CORPORATE = {"lead": "1101110000018", "partner": "1101110000026"}
NAMES = {"lead": LEAD, "partner": PARTNER}
SHORT = {"lead": "가온정밀", "partner": "㈜나래소프트"}
HEADS = {"lead": "김가온", "partner": "이나래"}
SIZES = {"lead": "midsize", "partner": "small"}
PEOPLE = [("박하나", "lead", "연구책임자"), ("최두리", "lead", "참여연구자"), ("정세나", "partner", "공동연구책임자")]
Rows = Iterable[tuple[str, object, dict[str, object]]]
Bend = Callable[[FieldValue], FieldValue | None]


def field(name: str, value: object, file: str, **more: object) -> FieldValue:
    """A confirmed field on page 1 of a file."""
    data = {
        "name": name,
        "value": value,
        "printed": str(value),
        "status": "confirmed",
        "confidence": 1.0,
        "how": "digital",
        "evidence": Region(file=file, page=1, box=Box(left=0, top=0, right=10, bottom=10)),
        **more,
    }
    return FieldValue.model_validate(data)


def upload(
    name: str,
    kind: Kind | None,
    whose: str | None,
    fields: Rows = (),
    *,
    sha256: str | None = None,
    uploaded: datetime | None = None,
    problems: tuple[Code, ...] = (),
    type: FileType | None = None,
    confidence: float = 0.97,
    subject: Subject | None = None,
    source: TextSource = TextSource.DIGITAL,
) -> Upload:
    """One file: its name, what its one segment is and whose, and its fields as (name, value, more)."""
    known = Subject(name=NAMES[whose], business_number=NUMBERS[whose]) if whose else Subject()
    segment = Segment(kind=kind, first_page=1, last_page=1, confidence=confidence, subject=subject or known)
    form = type or (FileType.HWP if name.endswith("hwp") else FileType.PDF)
    return Upload(
        name=name,
        sha256=sha256 or name,
        bytes=10,
        uploaded=uploaded,
        name_reading=naming.read_name(name, CALL),
        reading=FileReading(
            type=form,
            pages=1,
            text_source=source,
            segments=(segment,) if kind or not problems else (),
            fields=tuple(field(n, v, name, **more) for n, v, more in fields),
            problems=tuple(Problem(code=c) for c in problems),
        ),
    )


def _budget(org: str) -> list[tuple[str, object, dict[str, object]]]:
    lead = {
        "government": 65,
        "cash": 10,
        "in_kind": 25,
        "total": 100,
        "personnel_cash": 20,
        "personnel_in_kind": 20,
        "equipment": 10,
        "materials": 0,
        "outsourcing": 0,
        "research_allowance": 4,
        "indirect": 6,
        "activity": 40,
        "student_personnel": 0,
    }
    partner = {**lead, "government": 80, "cash": 5, "in_kind": 15, "equipment": 0, "activity": 50}
    values = lead if org == "lead" else partner
    return [(f"budget.{name}", amount * 1_000_000, {"organisation": org}) for name, amount in values.items()]


def _plan() -> list[tuple[str, object, dict[str, object]]]:
    rows: list[tuple[str, object, dict[str, object]]] = [
        ("plan.title", "가온 공정 데이터 솔루션", {}),
        ("plan.start", "2023-05-01", {}),
        ("plan.end", "2023-12-31", {}),
        ("plan.lead_researcher", PEOPLE[0][0], {}),
        ("plan.security_grade", "일반", {}),
        ("signoff.kind", "seal", {"index": 90, "organisation": "lead"}),  # of the first page, scanned into the file
    ]
    for org in NAMES:
        more: dict[str, object] = {"organisation": org}
        rows += [
            ("org.name", NAMES[org], more),
            ("org.role", org, more),
            ("org.size", SIZES[org], more),
            ("org.business_number", NUMBERS[org], more),
            ("org.corporate_number", CORPORATE[org], more),
            ("org.representative", HEADS[org], more),
        ]
        rows += _budget(org)
    for index, (name, org, role) in enumerate(PEOPLE):
        more = {"index": index, "organisation": org}
        rows += [
            ("participant.name", name, more),
            ("participant.organisation", NAMES[org], more),
            ("participant.role", role, more),
            ("participant.rate", "30", more),
            ("participant.new_hire", False, more),
        ]
    return rows


def _rates() -> list[tuple[str, object, dict[str, object]]]:
    rows: list[tuple[str, object, dict[str, object]]] = []
    for index, (name, _, role) in enumerate(PEOPLE):
        more: dict[str, object] = {"index": index}
        rows += [
            ("participant.name", name, more),
            ("participant.rate_total", "60", more),
            ("participant.projects", 2, more),
            ("participant.projects_as_lead", 1 if role == "연구책임자" else 0, more),
        ]
    return rows


def figures(year: int) -> dict[str, int]:
    """A sound year, in won."""
    return {
        "current_assets": 300,
        "assets": 1000,
        "current_liabilities": 200,
        "liabilities": 600,
        "capital_stock": 50,
        "equity": 400,
        "revenue": 900,
        "operating_income": 50,
        "interest_expense": 10,
        "net_income": 30,
    }


def statement(org: str, year: int, **changed: int) -> Upload:
    """A 표준재무제표증명 of one year. No two companies have the same figures."""
    values = {**figures(year), **changed}
    unit = 1_000_000 if org == "lead" else 1_010_000
    rows = [(f"fs.{name}", value * unit, {"year": year}) for name, value in values.items()]
    return upload(f"[서식-14] 표준재무제표증명({year}년)_{SHORT[org]}.pdf", Kind.STANDARD_STATEMENTS, org, rows)


def proposal() -> list[Upload]:
    """Every document of the call, all of them right, digital and confirmed."""
    made = [upload(f"[서식-2] 연구개발계획서_{SHORT['lead']}.hwp", Kind.RESEARCH_PLAN, None, _plan())]
    for number in (1, 3, 4, 5, 6, 7):
        document = CALL.document(number)
        assert document
        rows = _rates() if number == 5 else ()
        made.append(
            upload(
                f"[서식-{number}] {document.title.replace('/', '·')}_{SHORT['lead']}.pdf",
                document.kinds[0],
                "lead",
                rows,
            )
        )
    for org in NAMES:
        made += _of_organisation(org)
    return made


def _of_organisation(org: str) -> list[Upload]:
    made = []
    signers = [(name, i) for i, (name, whose, _) in enumerate(PEOPLE) if whose == org]
    consent = [
        row
        for name, i in signers
        for row in (("signoff.name", name, {"index": i}), ("signoff.kind", "signature", {"index": i}))
    ]
    head = [(name, role) for name, whose, role in PEOPLE if whose == org and role != "참여연구자"][0][0]
    declared = [("check.item", "외부감사 대상", {"index": 0}), ("check.marked", "비대상", {"index": 0})]
    employment = [
        ("employment.name", head, {}),
        ("employment.organisation", NAMES[org], {}),
        ("employment.joined", "2015-03-02", {}),
        ("employment.issued", "2023-04-10", {}),
    ]
    sealed = [("signoff.kind", "seal", {"index": 9})]
    employment += sealed
    for number, rows in ((8, declared), (9, sealed), (10, consent), (11, []), (12, employment)):
        document = CALL.document(number)
        assert document
        made.append(upload(f"[서식-{number}] {document.title}_{SHORT[org]}.pdf", document.kinds[0], org, rows))
    bizreg = [
        ("bizreg.number", NUMBERS[org], {}),
        ("bizreg.name", NAMES[org], {}),
        ("bizreg.representative", HEADS[org], {}),
        ("bizreg.opened", "2001-02-03", {}),
    ]
    registry = [
        ("corpreg.number", CORPORATE[org], {}),
        ("corpreg.name", NAMES[org], {}),
        ("corpreg.representative", HEADS[org], {}),
        ("corpreg.issued", "2023-04-01", {}),
    ]
    made.append(upload(f"[서식-13] 사업자등록증_{SHORT[org]}.pdf", Kind.BUSINESS_REGISTRATION, org, bizreg + sealed))
    made.append(upload(f"[서식-13] 법인등기부등본_{SHORT[org]}.pdf", Kind.CORPORATE_REGISTRY, org, registry + sealed))
    made += [statement(org, year) for year in CALL.fiscal_years]
    if SIZES[org] == "midsize":
        rows = [
            ("midsize.name", NAMES[org], {}),
            ("midsize.business_number", NUMBERS[org], {}),
            ("midsize.valid_from", "2023-04-01", {}),
            ("midsize.valid_to", "2024-03-31", {}),
        ]
        made.append(upload(f"[서식-15] 중견기업 확인서_{SHORT[org]}.pdf", Kind.MIDSIZE_CERTIFICATE, org, rows + sealed))
    if org == "lead":
        total: Rows = [("spending.total", 10_000_000, {})]
        made.append(
            upload(f"[서식-16] 연구시설·장비 구입 및 활용계획서_{SHORT[org]}.pdf", Kind.EQUIPMENT_PLAN, org, total)
        )
    return made


def settled(uploads: list[Upload], **more: object) -> Submission:
    """Uploads through organisations and identification, as the check does it."""
    consortium = organisations.settle(uploads, None)
    files, fields = identification.settle(CALL, consortium, uploads)
    data = {
        "proposal": "test",
        "received": RECEIVED,
        "organisations": consortium,
        "files": files,
        "fields": fields,
        **more,
    }
    return Submission.model_validate(data)


def bent(submission: Submission, bend: Bend) -> Submission:
    """The submission with each field bent; None drops it."""
    fields = [changed for one in submission.fields if (changed := bend(one)) is not None]
    return submission.model_copy(update={"fields": tuple(fields)})


def changed(
    submission: Submission, name: str, organisation: str | None = None, year: int | None = None, **update: object
) -> Submission:
    """Every field of one name (organisation, year) with new content."""

    def bend(one: FieldValue) -> FieldValue:
        if one.name == name and one.organisation == organisation and one.year == year:
            return FieldValue.model_validate({**one.model_dump(), **update})
        return one

    return bent(submission, bend)


def doubtful(one: FieldValue) -> FieldValue:
    """The same field, not confirmed."""
    return one.model_copy(update={"status": FieldStatus.UNCERTAIN, "confidence": 0.5})


def outcomes(submission: Submission, rule: str) -> dict[str | None, Outcome]:
    """The worst outcome of a rule for each organisation."""
    rank = [Outcome.FAIL, Outcome.UNDETERMINED, Outcome.PASS, Outcome.NOT_APPLICABLE]
    found: dict[str | None, Outcome] = {}
    for finding in run.evaluate(CALL, submission, only=rule):
        before = found.get(finding.organisation)
        if before is None or rank.index(finding.outcome) < rank.index(before):
            found[finding.organisation] = finding.outcome
    return found


def about_file(submission: Submission, rule: str, name: str) -> Finding:
    """The finding of a rule on one file."""
    return next(f for f in run.evaluate(CALL, submission, only=rule) if f.about.file == name)
