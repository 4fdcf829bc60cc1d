"""The company a document is about, from the fields that name it."""

from __future__ import annotations

import re

from jeopsu.domain.evidence import Evidence
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.kinds import Subject
from jeopsu.domain.values import company_name
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.form_parts import Found, Label
from jeopsu.extractors.kinds.forms import Form
from jeopsu.extractors.kinds.layout import compact
from jeopsu.extractors.kinds.reading import CHECK_DIGIT, Reader

# Who is printed as the giving organisation at a form's head or beside its sign-off.
COMPANY = (
    "주관연구개발기관", "공동연구개발기관", "주관연구개발기관명", "공동연구개발기관명", "연구개발기관",
    "연구개발기관명", "기관명", "회사명", "상호", "기업명", "업체명", "법인명", "신청기관", "참여기관", "주관기관",
    "공동기관", "확약기업",
)  # fmt: skip
# A pledge of an affiliate names the project's lead at its head, and itself with its own number.
LEADING = ("주관연구개발기관", "주관연구개발기관명", "주관기관", "주관기관명")
# Of these a table names several companies, one a row: its heading's value stands below it.
_HEADINGS = frozenset({"기관명", "회사명", "기업명", "업체명", "연구개발기관명"})
PROJECT = ("연구개발과제명", "과제명", "총괄과제명", "신청과제명", "연구과제명")
_DIGITS = 4  # no company's name has more
# A label that stands inside a sentence: what follows begins with a particle, or is longer than a name.
_SENTENCE = re.compile(r"^(?:으로|로서|에서|에게|[은는이가을를의에와과도]\s)|(?:\S+\s+){3,}|[^\s]{20,}")
_TITLE = 8  # letters: what is shorter beside 과제명 is another heading
_TITLES = 4
_OF_PEOPLE = re.compile(r"성명|이름|참여율|계상률|역할")
BUSINESS = ("사업자등록번호", "사업자번호")
CORPORATE = ("법인등록번호", "법인번호")


def subject_of(name: FieldValue | None, business: FieldValue | None, corporate: FieldValue | None) -> Subject:
    """From read fields: numbers only where they are confirmed or fit their check digit."""
    evidence: list[Evidence] = [
        f.evidence for f in (name, business, corporate) if f is not None and f.value is not None
    ]
    return Subject(
        name=str(name.value) if name is not None and name.value else None,
        business_number=_number(business),
        corporate_number=_number(corporate),
        evidence=tuple(evidence),
    )


def _number(found: FieldValue | None) -> str | None:
    if found is None or found.value is None:
        return None
    sure = found.status is FieldStatus.CONFIRMED or found.note != CHECK_DIGIT
    return str(found.value) if sure else None


def project_on_form(reader: Reader) -> Subject:
    """The project's lead on a paper that a stranger gives (an affiliate's pledge): its name alone."""
    found = reader.find(LEADING, lambda text: names.company(text) is not None)
    projects, places = _projects(reader)
    if found is None:
        return Subject(projects=projects, evidence=places)
    here = reader.region(found.sheet, found.box)
    return Subject(name=names.company(found.text), projects=projects, evidence=(here, *places))


def subject_on_form(reader: Reader) -> Subject:
    """The organisation that gives a form: name from the head of the form, numbers where printed; and its project."""
    found = _giver(reader)
    name = None
    evidence: list[Evidence] = []
    if found is not None:
        name = names.company(found.text)
        evidence.append(reader.region(found.sheet, found.box))
    business = reader.find(BUSINESS, lambda text: len([c for c in text if c.isdigit()]) == 10)
    corporate = reader.find(CORPORATE, lambda text: len([c for c in text if c.isdigit()]) == 13)
    # The field names only carry the values here; they are not reported.
    number = reader.number_field("bizreg.number", business) if business else None
    other = reader.number_field("corpreg.number", corporate, corporate=True) if corporate else None
    evidence += [f.evidence for f in (number, other) if f is not None]
    projects, places = _projects(reader)
    if name is not None and not company_name.plain(name):
        name = None
    return Subject(
        name=name,
        business_number=_number(number),
        corporate_number=_number(other),
        projects=projects,
        evidence=(*evidence, *places),
    )


def _giver(reader: Reader) -> Found | None:
    """The first company beside one of its labels; under the heading of a column where a table lists them."""
    for sheet in reader.sheets:
        form = reader.form(sheet)
        for label in form.labels(COMPANY):
            below = form.under(label) if label.words in _HEADINGS else None
            for found in (below, form.beside(label)):
                name = names.company(found.text) if found is not None and found.inks else None
                if found is None or name is None:
                    continue
                legal = company_name.has_legal_form(name)
                if len(re.findall(r"\d", name)) > _DIGITS or not legal and _SENTENCE.search(name):
                    continue  # a period (연구개발기간 is one letter from 연구개발기관), or "…기관으로서 …"
                if found is below and not legal:
                    continue  # a form's next row, not a list
                return found
    return None


def _projects(reader: Reader) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """What stands beside 과제명 on a form's first two pages, and where."""
    titles: dict[str, Evidence] = {}
    for number in reader.numbers[:2]:
        form = reader.form(reader.sheet(number))
        for label in form.labels(PROJECT):
            found = form.beside(label)
            if found is not None and found.cell and _lists(form, label, found):
                continue
            if found is not None and len(compact(found.text)) >= _TITLE and len(titles) < _TITLES:
                titles.setdefault(" ".join(found.text.split()), reader.region(found.sheet, found.box))
    return tuple(titles), tuple(titles.values())


def _lists(form: Form, label: Label, found: Found) -> bool:
    """Whether a label heads a column of several projects, those that somebody takes part in."""
    if found.inks[0].box.top < label.box.bottom:
        return False
    for grid in form.sheet.grids:
        for cell in grid.cells:
            if cell.box.contains(*label.box.centre):
                heads = {compact(other.text) for other in grid.row(cell.row)}
                second = grid.at(cell.row + cell.row_span + 1, cell.column)
                return bool(second and second.inks) or any(_OF_PEOPLE.search(words) for words in heads)
    return False
