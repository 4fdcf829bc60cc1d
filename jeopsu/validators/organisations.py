"""Who applies: the consortium from the plan's confirmed fields, else from the entry and the names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.submissions import NameReading, Organisation, Registration, Size, Upload
from jeopsu.domain.values import company_name


def settle(uploads: Sequence[Upload], registration: Registration | None = None) -> tuple[Organisation, ...]:
    """The organisations, lead first. Attributes only from confirmed fields of the plan; names from anywhere."""
    names = [upload.name_reading for upload in uploads]
    readings = [upload.reading for upload in uploads]
    fields = [field for reading in readings for field in reading.fields if field.name.startswith("org.")]
    keys = _keys(field.organisation for field in fields)
    written = _written(names)
    found: list[Organisation] = []
    for key in keys:
        mine = [field for field in fields if field.organisation == key]
        name = _value(mine, "org.name") or _doubtful(mine, written) or _entered(registration, key)
        if name is None or not company_name.plausible(name):  # a table's total row is no organisation
            continue
        size = _value(mine, "org.size")
        found.append(
            Organisation(
                key=key,
                name=name,
                aliases=_aliases(name, written),
                size=Size(size) if size in {s.value for s in Size} else None,
                business_number=_value(mine, "org.business_number"),
                corporate_number=_value(mine, "org.corporate_number"),
                representative=_value(mine, "org.representative"),
            )
        )
    if not any(o.key == "lead" for o in found):
        found = _from_names(found, names, written, registration)
    elif len(found) == 1:
        found += _others(found, written, registration)
    return tuple(sorted(found, key=lambda o: (o.key != "lead", o.key)))


def _keys(keys: Iterable[str | None]) -> list[str]:
    return sorted({key for key in keys if key}, key=lambda key: (key != "lead", key))


def _value(fields: list[FieldValue], name: str) -> str | None:
    """The confirmed value, if all confirmed readings agree."""
    values = {str(field.value) for field in fields if field.name == name and field.confirmed}
    return values.pop() if len(values) == 1 else None


def _doubtful(fields: list[FieldValue], written: Counter[str]) -> str | None:
    """A doubtful name that the applicant's own file names bear out."""
    for field in fields:
        if field.name == "org.name":
            for value in (field.value, *field.alternatives):
                if value is not None and any(company_name.same(str(value), word) for word in written):
                    return str(value)
    return None


def _entered(registration: Registration | None, key: str) -> str | None:
    if registration is None:
        return None
    return registration.lead_name if key == "lead" else registration.partner_name if key == "partner" else None


def _written(names: Sequence[NameReading]) -> Counter[str]:
    """Organisation words in file names, with how many names bear them."""
    return Counter(reading.organisation for reading in names if reading.organisation)


def _aliases(name: str, written: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in written if word != name and company_name.same(word, name)))


def _from_names(
    found: list[Organisation], names: Sequence[NameReading], written: Counter[str], registration: Registration | None
) -> list[Organisation]:
    """No plan: the lead's name stands on the documents that are given once for the project."""
    lead = _entered(registration, "lead")
    if lead is None:
        voices = Counter(company_name.plain(r.organisation) for r in names if r.organisation and r.by_project)
        best = voices.most_common(2)
        # One word on most of the project's papers; a tie says nothing.
        if best and best[0][1] >= 2 and (len(best) == 1 or best[0][1] > best[1][1]):
            lead = next(word for word, _ in written.most_common() if company_name.plain(word) == best[0][0])
    if lead is None:
        return found
    others = [o for o in found if not company_name.same(o.name, lead)]
    leading = Organisation(key="lead", name=lead, aliases=_aliases(lead, written))
    return [leading, *others, *([] if others else _others([leading], written, registration))]


def _others(found: list[Organisation], written: Counter[str], registration: Registration | None) -> list[Organisation]:
    """A partner named by the entry, or by several file names of one other company."""
    known = {company_name.plain(o.name) for o in found}
    entered = _entered(registration, "partner")
    if entered and company_name.plain(entered) not in known:
        return [Organisation(key="partner", name=entered, aliases=_aliases(entered, written))]
    voices: Counter[str] = Counter()
    for word, count in written.items():
        if company_name.plain(word) not in known:
            voices[company_name.plain(word)] += count
    strong = [plain for plain, count in voices.most_common() if count >= 3]
    keys = ["partner", *[f"partner{n}" for n in range(2, 10)]]
    made = []
    for key, plain in zip(keys, strong, strict=False):
        name = next(word for word, _ in written.most_common() if company_name.plain(word) == plain)
        made.append(Organisation(key=key, name=name, aliases=_aliases(name, written)))
    return made
