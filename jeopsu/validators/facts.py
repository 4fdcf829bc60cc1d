"""The facts of one submission as rules ask for them: confirmed values only, everything else is `Unknown`.

A rule is written for good data. Where a value is missing, uncertain, or said differently by two documents, `Facts`
raises `Unknown` with what would settle it; `run.py` turns that into `undetermined`, in one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from jeopsu.domain.evidence import Searched
from jeopsu.domain.fields import FieldStatus, FieldValue, Value
from jeopsu.domain.labels import described, labelled
from jeopsu.domain.submissions import StaffFact, Status, Submission
from jeopsu.domain.values import company_name, person_name
from jeopsu.validators.lookup import Papers

T = TypeVar("T")
Key = tuple[str, str | None, int | None]  # field name, organisation, year
_NAMES = {"org.name", "bizreg.name", "corpreg.name", "midsize.name", "employment.organisation"}
_PEOPLE = {"plan.lead_researcher", "org.representative", "bizreg.representative", "corpreg.representative"}


class Need(NamedTuple):
    """What would settle an open question: a place to look at, or a document or an answer to get."""

    words_ko: str
    words_en: str
    field: FieldValue | None = None  # the doubtful field, where there is one
    candidates: tuple[Value, ...] = ()  # everything it can be; empty: not known
    key: Key | None = None
    staff: str | None = None  # a staff input's id


class Unknown(Exception):
    """A rule asked for what is not known for sure."""

    def __init__(self, *needs: Need) -> None:
        super().__init__(needs)
        self.needs = needs

    def __str__(self) -> str:
        return "; ".join(need.words_en for need in self.needs)


def same(field: FieldValue) -> object:
    """What two readings of one fact have in common if they agree: names without legal form and blanks."""
    if isinstance(field.value, str):
        if field.name in _NAMES:
            return company_name.plain(field.value)
        if field.name in _PEOPLE or field.name.endswith(".name") and not field.name.startswith("fs."):
            return person_name.plain(field.value)
        return field.value.strip()
    return field.value


class Facts:
    """Fields and staff facts of one submission, each look-up recorded in `read` and `looked_up`.

    `today`: the day on which what staff looked up must still hold; None: whatever its age.
    """

    __slots__ = ("submission", "today", "assumed", "read", "looked_up", "papers", "_known", "_by_key", "_by_name")

    def __init__(self, submission: Submission, today: date | None = None) -> None:
        gone = {file.name for file in submission.files if file.status is Status.SUPERSEDED}
        self.submission, self.today = submission, today
        self.assumed: dict[Key, Value] = {}
        self.read: dict[int, FieldValue] = {}  # by identity, in the order they were asked for
        self.looked_up: list[StaffFact] = []
        self.papers = Papers(submission.files)
        self._known: dict[object, Any] = {}
        self._by_key: dict[Key, list[FieldValue]] = defaultdict(list)
        self._by_name: dict[str, list[FieldValue]] = defaultdict(list)
        for field in submission.fields:
            if gone and field.file in gone:
                continue
            self._by_key[(field.name, field.organisation, field.year)].append(field)
            self._by_name[field.name].append(field)

    def begin(self) -> Facts:
        """Themselves with nothing read yet: for the next rule, when nobody needs any more what the last one read."""
        self.read, self.looked_up = {}, []
        return self

    def again(self, assumed: dict[Key, Value] | None = None) -> Facts:
        """The same facts, nothing read yet, with some doubtful fields taken as given."""
        other = object.__new__(Facts)
        other.submission, other.today, other.assumed = self.submission, self.today, assumed or {}
        other.read, other.looked_up = {}, []
        other._by_key, other._by_name = self._by_key, self._by_name
        other.papers, other._known = self.papers, self._known
        return other

    def once(self, what: object, work: Callable[[], T]) -> T:
        """What follows from the submission alone: worked out for the first rule that asks, given to all."""
        try:
            found: T = self._known[what]
        except KeyError:
            found = self._known[what] = work()
        return found

    def entries(self, name: str, organisation: str | None, year: int | None = None) -> Sequence[FieldValue]:
        """Every reading of one fact, without deciding among them."""
        return self._by_key.get((name, organisation, year), ())

    def all(self, name: str) -> Sequence[FieldValue]:
        """Every reading of a field, of any organisation, year and row."""
        return self._by_name.get(name, ())

    def in_file(self, file: str) -> Sequence[FieldValue]:
        """Every field read from one file."""
        return self.once("in file", self._in_files).get(file, ())

    def _in_files(self) -> dict[str | None, list[FieldValue]]:
        index: dict[str | None, list[FieldValue]] = defaultdict(list)
        for fields in self._by_name.values():
            for field in fields:
                index[field.evidence.file].append(field)
        return index

    def everything(self) -> Searched:
        """All files, for what was looked for and not found."""
        return self.once("everything", self._everything)

    def _everything(self) -> Searched:
        return Searched(files=tuple(file.name for file in self.submission.files))

    def note(self, *fields: FieldValue) -> None:
        """Records fields as looked at."""
        for field in fields:
            self.read[id(field)] = field

    def value(self, name: str, organisation: str | None, year: int | None = None) -> Value:
        """The one confirmed value. Raises Unknown where there is none, or where two documents differ."""
        key = (name, organisation, year)
        found = self._by_key.get(key, ())
        for field in found:
            self.read[id(field)] = field
        if key in self.assumed:
            return self.assumed[key]
        if len(found) == 1 and found[0].confirmed:
            assert found[0].value is not None
            return found[0].value
        sure: dict[object, FieldValue] = {}
        for field in found:
            if field.confirmed:
                sure.setdefault(same(field), field)
        if len(sure) == 1:
            value = next(iter(sure.values())).value
            assert value is not None
            return value
        raise Unknown(_need(key, tuple(found), tuple(sure.values())))

    def won(self, name: str, organisation: str | None, year: int | None = None) -> int:
        """An amount in won (or a count)."""
        value = self.value(name, organisation, year)
        assert isinstance(value, int)
        return value

    def share(self, name: str, organisation: str | None) -> Decimal:
        """A percentage."""
        return Decimal(str(self.value(name, organisation)))

    def day(self, name: str, organisation: str | None) -> date:
        """A date."""
        value = self.value(name, organisation)
        assert isinstance(value, date)
        return value

    def text(self, name: str, organisation: str | None, year: int | None = None) -> str:
        """A text or a choice."""
        return str(self.value(name, organisation, year))

    def maybe(self, name: str, organisation: str | None, year: int | None = None) -> Value | None:
        """The confirmed value, or None where nothing at all was read. Raises Unknown where a reading is doubtful."""
        for field in self._by_key.get((name, organisation, year), ()):
            if field.status is not FieldStatus.MISSING:
                return self.value(name, organisation, year)
        return self.value(name, organisation, year) if (name, organisation, year) in self.assumed else None

    def staff(self, fact: str, organisation: str | None) -> StaffFact | None:
        """What staff looked up, the latest answer; None where nobody has yet."""
        mine = [f for f in self.submission.facts if f.fact == fact and f.organisation == organisation]
        return max(mine, key=lambda f: f.at) if mine else None


def _need(key: Key, found: tuple[FieldValue, ...], sure: tuple[FieldValue, ...]) -> Need:
    name, organisation, year = key
    label = labelled(name, organisation, year)
    if len(sure) > 1:
        places_ko = ", ".join(f"{described(field)}" for field in sure)
        return Need(
            words_ko=f"{label.ko}: 서류마다 다름, {places_ko}",
            words_en=f"{label.en} differs between documents: {places_ko}",
            field=sure[0],
            candidates=tuple(field.value for field in sure if field.value is not None),
            key=key,
        )
    doubtful = [field for field in found if field.status is FieldStatus.UNCERTAIN]
    if doubtful:
        field = doubtful[0]
        values = [v for f in doubtful for v in (f.value, *f.alternatives) if v is not None]
        open_ended = any(not f.alternatives for f in doubtful) and len(doubtful) < 2
        return Need(
            words_ko=f"{label.ko} 확인 필요: {described(field)}",
            words_en=f"look at {label.en}: {described(field, 'en')}",
            field=field,
            candidates=() if open_ended else tuple(dict.fromkeys(values)),
            key=key,
        )
    return Need(words_ko=f"{label.ko}: 찾지 못함", words_en=f"{label.en} was not found", key=key)
