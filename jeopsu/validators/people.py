"""The people of a submission: rows of the plan, of the rates form and of the consents, joined by name.

Names are keys of the join even where they are uncertain: a name that two documents spell alike is the same person's.
A doubtful name that nobody else bears makes no new person while somebody of the plan is left whose it may be, and a
guessed one joins nobody: no rule follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from jeopsu.domain.fields import FieldValue, Value
from jeopsu.domain.labels import described, labelled
from jeopsu.domain.submissions import Organisation
from jeopsu.domain.values import company_name, person_name
from jeopsu.validators.facts import Facts, Need, Unknown
from jeopsu.validators.signers import GUESSED

_LEADS = ("연구책임자", "총괄책임자", "주관책임자", "책임자", "lead", "lead_researcher", "principal")
_CO_LEADS = ("공동연구책임자", "공동책임자", "co_lead", "co-lead", "colead")


def role_of(words: str) -> str:
    """ "lead", "co_lead" or "member", by a reader's code or by the form's words."""
    plain = words.replace(" ", "")
    return "co_lead" if plain in _CO_LEADS else "lead" if plain in _LEADS else "member"


@dataclass
class Person:
    """One participant with every field read of them, whatever document it stands in."""

    name: str
    organisation: str | None
    planned: bool = False  # stands in the plan's table
    fields: dict[str, list[FieldValue]] = field(default_factory=dict)  # by their names

    def all(self, name: str) -> list[FieldValue]:
        """Every reading of a field."""
        return self.fields.get(name, [])

    def value(self, facts: Facts, name: str, whose: str) -> Value:
        """The one confirmed value of a field. Raises Unknown."""
        found = self.all(name)
        facts.note(*found)
        sure = {f.value: f for f in found if f.confirmed}
        if len(sure) == 1:
            value = next(iter(sure))
            assert value is not None
            return value
        label = labelled(name, None)
        if len(sure) > 1:
            places = ", ".join(described(f) for f in sure.values())
            raise Unknown(
                Need(
                    words_ko=f"{whose} {label.ko}: 서류마다 다름, {places}",
                    words_en=f"{label.en} of {whose} differs: {places}",
                )
            )
        if found:
            raise Unknown(
                Need(
                    words_ko=f"{whose} {label.ko}: {described(found[0])}",
                    words_en=f"{label.en} of {whose}: {described(found[0], 'en')}",
                    field=found[0],
                )
            )
        raise Unknown(Need(words_ko=f"{whose}의 {label.ko}", words_en=f"{label.en} of {whose}"))

    def maybe(self, name: str) -> Value | None:
        """A confirmed value, if all confirmed readings agree."""
        values = {f.value for f in self.all(name) if f.confirmed}
        return values.pop() if len(values) == 1 else None

    @property
    def role(self) -> str | None:
        """ "lead", "co_lead", "member", or None where it is not known."""
        value = self.maybe("participant.role")
        return None if value is None else role_of(str(value))


def people(facts: Facts, organisations: tuple[Organisation, ...]) -> list[Person]:
    """Everyone in the plan and, where a confirmed name stands only elsewhere, those too. In reading order."""
    rows: dict[tuple[str | None, int | None], list[FieldValue]] = {}
    for name in _participant_fields():
        for value in facts.all(name):
            rows.setdefault((value.file, value.index), []).append(value)
    plan_files = (
        {f.file for f in facts.all("budget.total")}
        | {f.file for f in facts.all("plan.title")}
        | {f.file for f in facts.all("org.name")}
    )
    found: dict[str, Person] = {}
    nameless: dict[str | None, list[FieldValue]] = defaultdict(list)  # names of rows that join nobody, by file
    named_in: dict[str | None, set[str]] = defaultdict(set)
    ordered = sorted(rows.items(), key=lambda item: (item[0][0] not in plan_files, item[0][0] or "", item[0][1] or 0))
    for (file, _), values in ordered:
        named = next((v for v in values if v.name == "participant.name" and v.value is not None), None)
        planned = file in plan_files
        key = person_name.plain(str(named.value)) if named else ""
        if not named or named.note == GUESSED or (key not in found and not planned and not named.confirmed):
            if named and not planned:
                nameless[file].append(named)
            continue
        person = found.setdefault(key, Person(name=str(named.value), organisation=None))
        named_in[file].add(key)
        person.planned = person.planned or planned
        for value in values:
            person.fields.setdefault(value.name, []).append(value)
        person.organisation = person.organisation or _organisation(values, organisations)
    everyone = list(found.values())
    for file, names in nameless.items():
        # Rows that nobody of the plan is left for are somebody else's; the others are most likely misread.
        left = sum(person.planned and key not in named_in[file] for key, person in found.items())
        everyone += [Person(name=str(name.value), organisation=None) for name in names[left:]]
    return everyone


def _participant_fields() -> tuple[str, ...]:
    return (
        "participant.name", "participant.organisation", "participant.role", "participant.rate", "participant.new_hire",
        "participant.rate_total", "participant.projects", "participant.projects_as_lead",
        "participant.personnel_cash", "participant.personnel_in_kind",
    )  # fmt: skip


def _organisation(values: list[FieldValue], organisations: tuple[Organisation, ...]) -> str | None:
    """Whose person: by the printed company, else by the key that the reader gave the row."""
    for value in values:
        if value.name == "participant.organisation" and value.value is not None:
            words = str(value.value)
            for organisation in organisations:
                if words == organisation.key or any(
                    company_name.same(words, n) for n in (organisation.name, *organisation.aliases)
                ):
                    return organisation.key
    keys = {value.organisation for value in values if value.organisation}
    return keys.pop() if len(keys) == 1 else None
