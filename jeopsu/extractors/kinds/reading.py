"""From found words to field values, and when one may be called confirmed.

On a text layer the characters are certain; what stands beside the right label and is well formed is confirmed. On a
scan a value is confirmed only when two independent sources say it: figures by a second engine, companies by the file's
name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from jeopsu.domain.base import Record
from jeopsu.domain.evidence import Region, Searched
from jeopsu.domain.field_names import FIELD_KINDS, FieldKind
from jeopsu.domain.fields import ONE_READING, FieldStatus, FieldValue, Reading
from jeopsu.domain.geometry import Box, around
from jeopsu.domain.kinds import Segment, Subject
from jeopsu.domain.problems import Problem
from jeopsu.domain.reading import ReadRequest
from jeopsu.domain.values import business_number, company_name, corporate_number, dates
from jeopsu.extractors.kinds import names
from jeopsu.extractors.kinds.digit_runs import CUTS, airy, digit_runs, trimmed
from jeopsu.extractors.kinds.examples import EXAMPLE, NOBODY
from jeopsu.extractors.kinds.form_parts import Found
from jeopsu.extractors.kinds.forms import Form
from jeopsu.extractors.kinds.layout import Ink, Sheet, compact, union
from jeopsu.extractors.kinds.linewise import LinewiseSheet
from jeopsu.extractors.kinds.strikes import STRUCK, is_box_struck, is_struck
from jeopsu.extractors.kinds.tables import inks_in, letters
from jeopsu.extractors.pages import FigureCell, PageSource

CHECK_DIGIT = "검증번호가 맞지 않음"
TWO_READINGS = "두 번 읽은 결과가 일치하지 않음"
MANY = "값이 여럿 있음"
NOT_WELL_FORMED = "형식에 맞지 않음"
SECOND = "ppocr"  # the engine that reads figures a second time
WEAKEST = 0.5  # so sure its weakest character must be: chosen while looking at sample packs
WEAKEST_RUN = 0.4  # of a run cut out of a date: the weakest is the neighbour's edge, not a digit
# Signs that no number or date has: on a scan what is left of a stroke through it.
_CROSSED = re.compile(r"\d[ -]*[+=_*^|\\—]|[+=_*^|\\—][ -]*\d")
_FIGURES = frozenset(FieldKind) - {FieldKind.TEXT, FieldKind.CHOICE, FieldKind.FLAG}
WRAPPED = "다음 줄로 이어지는 값일 수 있음"


class KindReading(Record):
    """What was read of one segment: its fields, its problems, and the company it is about."""

    fields: tuple[FieldValue, ...] = ()
    problems: tuple[Problem, ...] = ()
    subject: Subject = Subject()
    blank_form: bool = False  # the form's labels stand there, and nothing beside them


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@dataclass
class Reader:
    """Reads one segment's fields. Each `…_field` method returns one FieldValue, whatever was found."""

    source: PageSource
    segment: Segment
    request: ReadRequest
    stops: tuple[str, ...] = ()
    linewise: bool = False  # scanned pages run by run of print, not page-wide
    _sheets: dict[int, Sheet] = field(default_factory=dict)

    @property
    def numbers(self) -> range:
        return self.segment.pages

    def sheet(self, number: int) -> Sheet:
        if number not in self._sheets:
            sheet = Sheet(self.source, number)
            if self.linewise and sheet.scanned:
                sheet = LinewiseSheet(self.source, number)
            self._sheets[number] = sheet
        return self._sheets[number]

    @property
    def sheets(self) -> list[Sheet]:
        return [self.sheet(number) for number in self.numbers]

    def form(self, sheet: Sheet) -> Form:
        return Form(sheet, self.stops)

    def find(self, names: Iterable[str], fits: Callable[[str], bool] = lambda text: True) -> Found | None:
        """The first value of these labels on any page whose text fits."""
        names = tuple(names)
        for sheet in self.sheets:
            form = self.form(sheet)
            for label in form.labels(names):
                found = form.beside(label)
                if found is not None and found.inks and fits(found.text):
                    return found
        return None

    # -- making field values -------------------------------------------------------------------------------------

    def region(self, sheet: Sheet, box: Box) -> Region:
        return Region(file=self.request.name, page=sheet.number, box=box)

    def missing(self, name: str, index: int | None = None) -> FieldValue:
        return FieldValue(
            name=name,
            value=None,
            printed="",
            status=FieldStatus.MISSING,
            confidence=0.0,
            evidence=Searched(files=(self.request.name,), pages=tuple(self.numbers)),
            how="searched",
            index=index,
        )

    def made(
        self,
        name: str,
        value: object,
        sheet: Sheet,
        inks: Iterable[Ink],
        sure: bool,
        note: str = "",
        index: int | None = None,
        readings: tuple[Reading, ...] = (),
    ) -> FieldValue:
        inks = tuple(inks)
        crossed = sheet.scanned and FIELD_KINDS[name] in _FIGURES and _CROSSED.search("".join(i.text for i in inks))
        if value is not None and (crossed or (name != "check.item" and is_struck(sheet, inks))):
            value, sure, note = None, False, STRUCK  # no reading and no other paper may bring it back
        confidence = min((ink.word.confidence for ink in inks), default=0.0)
        return FieldValue(
            name=name,
            value=value,
            printed=" ".join(ink.text for ink in inks),
            status=FieldStatus.CONFIRMED if sure and value is not None else FieldStatus.UNCERTAIN,
            confidence=max(0.0, min(1.0, confidence)),
            evidence=self.region(sheet, union(inks)),
            how="ocr" if sheet.scanned else "digital",
            index=index,
            readings=readings,
            note="" if sure and not note else note,
        )

    def second_figures(self, sheet: Sheet, inks: Iterable[Ink], room: float = 0.0) -> tuple[Reading, ...]:
        """What both engines make of these words' box, widened by `room` points. Empty on a text layer."""
        if not sheet.scanned:
            return ()
        box = around([ink.box for ink in inks])
        box = Box(left=max(0.0, box.left - room), top=box.top, right=box.right + room, bottom=box.bottom)
        (cell,) = self.source.figures(sheet.number, [sheet.shown(airy(box))])
        return tuple(Reading(engine=r.engine, text=r.text, confidence=r.weakest) for r in cell.readings)

    def digits_agree(self, sheet: Sheet, inks: Iterable[Ink], wanted: str) -> tuple[bool, tuple[Reading, ...]]:
        """Whether a second engine reads the same digits here. True at once on a text layer.

        The second engine knows no Hangul and drops figures beside it ("04월"): where the whole does not agree, each
        run of digits is read by itself.
        """
        if not sheet.scanned:
            return True, ()
        inks = tuple(inks)
        # Beside Hangul the weakest character is what it made of 년, 월, 일.
        least = WEAKEST_RUN if any("가" <= c <= "힣" for ink in inks for c in ink.text) else WEAKEST
        readings: tuple[Reading, ...] = ()
        for room in (0.0, 3.0):  # the first engine's boxes cut a figure's first or last stroke at times
            readings = self.second_figures(sheet, inks, room)
            if any(digits(r.text) == wanted and (r.confidence or 0) >= least for r in readings if r.engine == SECOND):
                return True, readings
        runs = [run for ink in inks for run in digit_runs(ink)]
        if len(runs) < 2 or "".join(text for text, _ in runs) != wanted:
            return False, readings
        open_runs = runs
        for cut in CUTS:
            cells = self.source.figures(sheet.number, [sheet.shown(airy(cut(*run))) for run in open_runs])
            open_runs = [run for run, cell in zip(open_runs, cells, strict=True) if not _reads(cell, run[0])]
            if not open_runs:
                return True, readings
        return False, readings

    def number_field(self, name: str, found: Found | None, corporate: bool = False) -> FieldValue:
        """사업자등록번호 or 법인등록번호 with its check digit, which warns and never corrects."""
        if found is None:
            return self.missing(name)
        rules = corporate_number if corporate else business_number
        match = rules.PATTERN.search(found.text) or rules.PATTERN.search(compact(found.text))
        inks = number_inks(found.inks, match[0]) if match else found.inks
        value = rules.clean(match[0]) if match else rules.clean(found.text)
        if found.sheet.scanned and (value is None or not rules.check_digit_fits(value)):
            # The second engine's figures alone, where they are a number of this kind: the plan may prove it.
            readings = self.second_figures(found.sheet, inks)
            other = next((v for r in readings if r.engine == SECOND and (v := rules.clean(r.text))), None)
            if other and rules.check_digit_fits(other):
                return self.made(name, other, found.sheet, inks, False, TWO_READINGS, readings=readings)
        if value is None:
            return self.made(name, None, found.sheet, inks, False, NOT_WELL_FORMED)
        fits = rules.check_digit_fits(value)
        agree, readings = self.digits_agree(found.sheet, inks, value)
        if not found.sheet.scanned:
            return self.made(name, value, found.sheet, inks, True, "" if fits else CHECK_DIGIT)
        note = CHECK_DIGIT if not fits else "" if agree else TWO_READINGS
        return self.made(name, value, found.sheet, inks, fits and agree, note, readings=readings)

    def date_field(
        self, name: str, found: Found | None, place: int | None = None, index: int | None = None
    ) -> FieldValue:
        """The only date of the value, or its `place`-th one."""
        if found is None:
            return self.missing(name, index)
        days = dates.find_alone(found.text)
        if not days:
            return self.made(name, None, found.sheet, found.inks, False, NOT_WELL_FORMED, index)
        if place is None and len({day for day, _ in days}) > 1:
            return self.made(name, days[0][0], found.sheet, found.inks, False, MANY, index)
        number = place if place is not None else 0
        number = number if number >= 0 else len(days) + number
        if not 0 <= number < len(days):
            return self.made(name, None, found.sheet, found.inks, False, NOT_WELL_FORMED, index)
        day, printed = days[number]
        before = found.text[: max(0, found.text.find(days[0][1]))]
        if found.sheet.scanned and (digits(before) or re.search(r"[~∼〜～]|부터", before)):
            # A date stood before it and was not read: this is not the first one.
            return self.made(name, None, found.sheet, found.inks, False, NOT_WELL_FORMED, index)
        inks = number_inks(found.inks, printed, before=sum(shown == printed for _, shown in days[:number]))
        return self.day_field(name, day, printed, found.sheet, inks, index)

    def day_field(
        self, name: str, day: date, printed: str, sheet: Sheet, inks: Iterable[Ink], index: int | None = None
    ) -> FieldValue:
        """A date that was made out, confirmed by a second reading of its box."""
        inks = tuple(inks)
        agree, readings = self.digits_agree(sheet, inks, digits(printed))
        return self.made(name, day, sheet, inks, agree, "" if agree else TWO_READINGS, index, readings)

    def name_field(
        self, name: str, found: Found | None, value: str | None, company: bool = False, index: int | None = None
    ) -> FieldValue:
        """A company's or a person's name. On a scan: confirmed where it is read alike in a second place."""
        if found is None:
            return self.missing(name, index)
        if not value:
            return self.made(name, None, found.sheet, found.inks, False, NOT_WELL_FORMED, index)
        if found.wrapped and not found.cell:
            return self.made(name, value, found.sheet, found.inks, False, WRAPPED, index)
        if not found.sheet.scanned:
            return self.made(name, value, found.sheet, found.inks, True, "", index)
        if self.read_twice(value, company):
            return self.made(name, value, found.sheet, found.inks, True, "", index)
        clean = names.company if company else names.person
        others = self._otherwise(found.sheet, found.box, clean, value)
        if proven := next((other for other in others if self.read_twice(other, company)), None):
            return self.made(name, proven, found.sheet, found.inks, True, "", index)
        # Latin letters among Hangul are read as Hangul (AI → 시); the second engine, word by word, sees only them.
        short = [[ink] for ink in found.inks if company and len(ink.text) < 4]
        seen = tuple(reading for word in short for reading in self.second_figures(found.sheet, word, 2.0))
        made = self.made(name, value, found.sheet, found.inks, False, ONE_READING, index, seen)
        return made if made.value is None else made.model_copy(update={"alternatives": others})

    def cell_name_field(self, name: str, sheet: Sheet, cell: Box, index: int | None = None) -> FieldValue:
        """A person's name in a table's cell. On a scan the cell is read by itself as well: page-wide OCR takes its
        rules for letters. Both readings are kept; neither confirms a name."""
        inks = inks_in(sheet, cell)
        value = names.person(letters(inks))
        if not sheet.scanned:
            if not inks:
                return self.missing(name, index)
            note = "" if value and value != NOBODY else EXAMPLE if value else NOT_WELL_FORMED
            return self.made(name, value, sheet, inks, not note, note, index)
        inset = Box(left=cell.left + 1.5, top=cell.top + 1.5, right=cell.right - 1.5, bottom=cell.bottom - 1.5)
        (read,) = self.source.figures(sheet.number, [sheet.shown(inset)])
        alone = [r for r in read.readings if r.engine == "tesseract"]
        single = names.person(alone[0].text) if alone else None
        best = single or value
        if best and is_box_struck(sheet, around([ink.box for ink in inks]) if inks else inset):
            return self.made(name, best, sheet, inks, False, STRUCK, index)
        others = self._otherwise(sheet, sheet.shown(inset), names.person, best) if best else ()
        words = min((ink.word.confidence for ink in inks), default=0.0)
        return FieldValue(
            name=name,
            value=best,
            printed=alone[0].text if single else " ".join(ink.text for ink in inks),
            status=FieldStatus.UNCERTAIN,
            confidence=max(0.0, min(1.0, alone[0].confidence if single else words)),
            evidence=self.region(sheet, sheet.shown(cell)),
            how="ocr",
            index=index,
            readings=tuple(Reading(engine=r.engine, text=r.text, confidence=r.weakest) for r in alone),
            alternatives=tuple(dict.fromkeys(v for v in (value, *others) if v and v != best)),
            note=ONE_READING if best else NOT_WELL_FORMED,
        )

    def _otherwise(self, sheet: Sheet, box: Box, clean: Callable[[str], str | None], value: str) -> tuple[str, ...]:
        """What a name on a scan is read as at other sizes, where that differs: the plan may prove one of them."""
        read = (clean(reading.text) for reading in self.source.again(sheet.number, box))
        return tuple(dict.fromkeys(other for other in read if other and other != value))

    def read_twice(self, value: str, company: bool) -> bool:
        """Whether the file's own name, which the applicant wrote, says the same company.

        The same name read alike in a second place proves nothing: one engine bends one glyph the same way twice
        (흥 → 홍, measured). People's names on scans stay uncertain until another document says them (`corroborate`).
        """
        plain = company_name.plain(value)
        return company and len(plain) >= 2 and plain == company_name.plain(name_in_file(self.request.name))


def name_in_file(name: str) -> str:
    """The organisation in a file's name: what follows the last underscore."""
    stem = name.rsplit(".", 1)[0]
    return stem.rsplit("_", 1)[-1] if "_" in stem else ""


def number_inks(inks: Iterable[Ink], printed: str, before: int = 0) -> tuple[Ink, ...]:
    """The words that hold a printed number or date, for its box; all words where it cannot be told. A word that runs
    on into another number ("1.~2024.") is cut."""
    inks = tuple(inks)
    wanted = compact(printed)
    letters = "".join(compact(ink.text) for ink in inks)
    owner = [(number, place) for number, ink in enumerate(inks) for place in range(len(compact(ink.text)))]
    start = -1
    for _ in range(before + 1):
        start = letters.find(wanted, start + 1)
        if start < 0:
            return inks
    (first, begin), (last, end) = owner[start], owner[start + len(wanted) - 1]
    held = list(inks[first : last + 1])
    for number, (ink, left, right) in enumerate(
        (ink, begin if ink is inks[first] else 0, end + 1 if ink is inks[last] else len(ink.text)) for ink in held
    ):
        if digits(ink.text[:left] + ink.text[right:]) and compact(ink.text) == ink.text:
            held[number] = trimmed(ink, left, right)
    return tuple(held)


def _reads(cell: FigureCell, wanted: str) -> bool:
    """Whether the second engine sees these digits, whatever it makes of a neighbour's edge ("06%" for 06월)."""
    return any(digits(r.text) == wanted and r.weakest >= WEAKEST_RUN for r in cell.readings if r.engine == SECOND)
