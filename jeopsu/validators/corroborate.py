"""A doubtful reading of a company's or a person's identity that says exactly what the plan says is doubtful no more.

The plan is read from its HWP, the certificate by recognising a scan: two readings of two papers by different means. A
misread name or number would have to turn into just the plan's. Amounts and dates are never confirmed so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jeopsu.domain.fields import ONE_READING, FieldStatus, FieldValue
from jeopsu.domain.values import company_name, person_name
from jeopsu.validators.people import role_of

# What stands on other papers, and which fact of the plan's organisation it must repeat.
_REPEATS = {
    "bizreg.name": "org.name",
    "corpreg.name": "org.name",
    "midsize.name": "org.name",
    "employment.organisation": "org.name",
    "bizreg.number": "org.business_number",
    "midsize.business_number": "org.business_number",
    "corpreg.number": "org.corporate_number",
    "bizreg.representative": "org.representative",
    "corpreg.representative": "org.representative",
}
_COMPANIES = {"org.name"}
_NAMED = {name for name in _REPEATS if not name.endswith("number")} | {"employment.name"}
# Specks read as signs: the value as read is then not quite what is printed, whatever it resembles.
_STRAY = re.compile(r"[^\w\s()（）㈜㈔&.\-]")
_PERSONS = frozenset({"bizreg.representative", "corpreg.representative", "employment.name"})
_LISTED = frozenset({"signoff.name", "participant.name"})
_PEOPLE_OF_THE_PLAN = frozenset({"participant.name", "org.representative", "plan.lead_researcher"})
_LEAST = 0.6  # of a person's name that is read alike at every size; below it letters are guessed
_SURE = 0.9  # of one that is read otherwise at another size
# What the engine makes of 희, 흥, 혜 and 은, and surely: a person who is read so may be called either.
_BENT = re.compile(r"회|(?<!^)홍|해|온")
_LATIN = re.compile(r"[a-z]{2,}")
_SHORT = 3  # letters: names shorter than this are too easily hit by chance


def corroborate(fields: Sequence[FieldValue]) -> tuple[FieldValue, ...]:
    """The same fields in the same order: what repeats the plan confirmed, a scan's name with a speck in it doubtful."""
    planned: dict[tuple[str, str | None], set[str]] = {}
    leads: dict[str | None, set[str]] = {}
    for field in fields:
        if field.confirmed and field.name in _REPEATS.values():
            planned.setdefault((field.name, field.organisation), set()).add(_plain(field.name, str(field.value)))
    for organisation, name in _responsible(fields):
        leads.setdefault(organisation, set()).add(name)
    spelled = {f.organisation: str(f.value) for f in fields if f.name == "org.name" and f.confirmed}
    settled = tuple(_confirmed(field, planned, leads, spelled) for field in fields)
    return _named(settled)


def _named(fields: Sequence[FieldValue]) -> tuple[FieldValue, ...]:
    """Names of signers and participants on scans, proven by the plan's own lists letter for letter.

    One reading may be bent into another name of the same list; then two rows of a file claim one person, and neither
    is believed.
    """
    people = {
        person_name.plain(str(f.value))
        for f in fields
        if f.confirmed and f.name in _PEOPLE_OF_THE_PLAN and not f.how.startswith("ocr")
    }
    proven = [_proven(field, people) for field in fields]
    said = [
        str(field.value) if field.name in _LISTED and field.confirmed else name
        for field, name in zip(fields, proven, strict=True)
    ]
    claims = Counter(
        (field.file, field.name, person_name.plain(name))
        for field, name in zip(fields, said, strict=True)
        if name is not None
    )
    return tuple(
        field
        if name is None or claims[field.file, field.name, person_name.plain(name)] > 1
        else field.model_copy(
            update={"value": name, "status": FieldStatus.CONFIRMED, "how": f"{field.how}+plan", "note": ""}
        )
        for field, name in zip(fields, proven, strict=True)
    )


def _proven(field: FieldValue, people: set[str]) -> str | None:
    """The reading of a once-read name that is one of `people`; None where none or several are."""
    if field.name not in _LISTED or field.status is not FieldStatus.UNCERTAIN or field.note != ONE_READING:
        return None
    read = person_name.plain(str(field.value or ""))
    return str(field.value) if read in people and _legible(field) else None


def _legible(field: FieldValue) -> bool:
    """Whether a person's name, as it was read, may be proven by the plan. Another reading of it never may: of 1,266
    names of a plan that were changed by one stroke, three of four that were confirmed were such."""
    read = person_name.plain(str(field.value))
    others = {person_name.plain(str(v)) for v in field.alternatives if v} - {read}
    least = _SURE if others else _LEAST
    return field.confidence >= least and not _BENT.search(read)


def _confirmed(
    field: FieldValue,
    planned: dict[tuple[str, str | None], set[str]],
    leads: dict[str | None, set[str]],
    spelled: dict[str | None, str],
) -> FieldValue:
    if field.confirmed and field.how.startswith("ocr") and field.name in _NAMED and _STRAY.search(str(field.value)):
        note = "판독에 얼룩이나 따옴표가 섞인 것으로 보임"
        return field.model_copy(update={"status": FieldStatus.UNCERTAIN, "note": note})
    if field.status is not FieldStatus.UNCERTAIN or field.value is None:
        return field
    if field.name == "employment.name":
        fact, expected = "", leads.get(field.organisation, set())
    elif field.name in _REPEATS:
        fact = _REPEATS[field.name]
        expected = planned.get((fact, field.organisation), set())
    else:
        return field
    readings = (field.value,) if field.name in _PERSONS else (field.value, *field.alternatives)
    said = [str(v) for v in readings if v is not None and _plain(fact, str(v)) in expected]
    if not said and fact in _COMPANIES and len(expected) == 1:
        said = _with_latin(field, next(iter(expected))) or _completed(field, spelled.get(field.organisation, ""))
    # Only one of the two readings of a name may be the plan's; as candidates for a rule both are worth nothing.
    alone = field.model_copy(update={"alternatives": ()}) if field.name in _NAMED else field
    if field.name in _PERSONS and not _legible(field):
        return alone
    if len(expected) != 1 or not said or len(_plain(fact, said[0])) < _SHORT or _STRAY.search(said[0]):
        return alone
    return alone.model_copy(
        update={
            "value": said[0],
            "status": FieldStatus.CONFIRMED,
            "confidence": max(field.confidence, 0.95),
            "how": f"{field.how}+plan",
            "note": "",
        }
    )


def _with_latin(field: FieldValue, expected: str) -> list[str]:
    """A company's name that is the plan's but for its Latin letters, which the engine for Hangul read as something
    else ("대륭시테크"), and the one for figures and Latin as what they are ("AI")."""
    for run in _LATIN.finditer(expected):
        rest = expected[: run.start()] + expected[run.end() :]
        seen = any(r.engine == "ppocr" and run[0] in r.text.casefold() for r in field.readings)
        if not seen or len(rest) < _SHORT:
            continue
        bent = re.compile(f"{re.escape(expected[: run.start()])}(.{{1,3}}){re.escape(expected[run.end() :])}")
        for value in (field.value, *field.alternatives):
            match = bent.fullmatch(company_name.plain(str(value)))
            if match:
                return [str(value).replace(match[1], run[0].upper(), 1)]
    return []


def _completed(field: FieldValue, name: str) -> list[str]:
    """A company's name whose last letters a seal hides: all of it and the beginning of its legal form was read
    ("서흥솔루션즈 주" of "서흥솔루션즈 주식회사")."""
    whole, read = "".join(name.split()), "".join(str(field.value).split())
    bare = whole.removesuffix("주식회사")
    cut = bare != whole and read != bare and read.startswith(bare) and whole.startswith(read)
    return [name] if cut else []


def _plain(fact: str, value: str) -> str:
    return company_name.plain(value) if fact in _COMPANIES else person_name.plain(value)


def _responsible(fields: Sequence[FieldValue]) -> list[tuple[str | None, str]]:
    """The responsible person of each organisation, by the plan's list of people."""
    rows: dict[tuple[str | None, int | None], dict[str, FieldValue]] = {}
    for field in fields:
        if field.name in ("participant.name", "participant.role") and field.confirmed:
            rows.setdefault((field.file, field.index), {})[field.name] = field
    found: list[tuple[str | None, str]] = []
    for row in rows.values():
        name, role = row.get("participant.name"), row.get("participant.role")
        if name and role and name.organisation and role_of(str(role.value)) != "member":
            found.append((name.organisation, person_name.plain(str(name.value))))
    return found
