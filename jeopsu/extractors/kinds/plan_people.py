"""The participants of a plan (참여연구자): one row each, found by the table's headings, whichever way it runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from jeopsu.domain.fields import FieldValue
from jeopsu.extractors.kinds.plan_fields import Candidate, as_company, as_is, as_person, settle
from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_money import table_unit
from jeopsu.extractors.kinds.plan_people_columns import PERCENT, HireColumn, PayColumn, RateColumn
from jeopsu.extractors.kinds.plan_records import unfolded
from jeopsu.extractors.kinds.plan_roles import Organisations
from jeopsu.extractors.kinds.plan_values import BRACKETS, ORGANISATION, person
from jeopsu.extractors.kinds.plan_words import lexicon, one_of, plain_label, squeezed, tokens

_ROLE_ALONE = re.compile(
    r"(?:주관|공동|연구개발|기관|총괄|과제|참여|실무|일반|연구|책임자|연구자|연구원|보조원|선임|인력|담당자?)+"
)
_DITTO = frozenset({"〃", '"', "″", "상동", "위와같음", "''", "”", "“"})
_STRANGER = "소속이 이 과제의 연구개발기관이 아님: 참여연구자인지 확인 필요"
_PAY = ("personnel_cash", "personnel_in_kind")
_FIELDS = ("name", "organisation", "role", "rate", "new_hire", *_PAY)
_PAY_GROUP = re.compile(r"(?:인건비|합계|계)(?:합계|소계|현황|계상액?|금액)?")


@dataclass
class Person:
    """One participant with what each place says of them."""

    name: str
    key: str | None
    table: int
    said: dict[str, list[Candidate]] = field(default_factory=dict)
    stranger: bool = False  # of an organisation that is none of this plan's

    def doubt(self, words: str, *, but: tuple[str, ...] = ()) -> None:
        """Everything that is said of him so far is for a person to look at."""
        for concept, candidates in self.said.items():
            if concept not in but:
                self.said[concept] = [replace(c, doubts=(*c.doubts, words)) for c in candidates]

    def add(self, concept: str, candidate: Candidate) -> None:
        self.said.setdefault(concept, []).append(candidate)


class PlanPeople:
    """Reads all tables of participants."""

    def __init__(self, grids: Iterable[Grid], organisations: Organisations, file: str) -> None:
        self._organisations, self._file = organisations, file
        self.people: list[Person] = []
        before: tuple[Grid, dict[str, list[int]]] | None = (
            None  # the list just above, for one that goes on over the page
        )
        for grid in grids:
            if _of_others(grid):
                continue
            table = people_table(grid)
            if table is None and before is not None and _goes_on(grid, *before):
                table = grid, before[1], 0
            before = None
            if table is not None:
                self._merge(self._read(*table))
                before = (table[0], table[1]) if table[0].rows == grid.rows else None

    def fields(self) -> list[FieldValue]:
        made: list[FieldValue | None] = []
        for index, one in enumerate(self.people):
            for concept in _FIELDS:
                same = {"organisation": as_company, "name": as_person}.get(concept, as_is)
                made.append(
                    settle(
                        f"participant.{concept}",
                        one.said.get(concept, []),
                        self._file,
                        organisation=one.key,
                        index=index,
                        same=same,
                    )
                )
        return [value for value in made if value is not None]

    def name_lead(self, cover: FieldValue | None) -> None:
        """The cover's 연구책임자 is the lead of the list where it gives nobody's role, as the ministry's does."""
        if cover is None or not cover.confirmed or any("role" in one.said for one in self.people):
            return
        own = [p for p in self.people if p.name == cover.value and p.key in ("lead", None)]
        if len(own) == 1:
            spots = own[0].said["name"][0].spots
            own[0].add("role", Candidate("lead", cover.printed, spots, how="derived"))

    def lead(self) -> Person | None:
        """The only one whose role is lead."""
        leads = [p for p in self.people if any(c.value == "lead" and c.sure for c in p.said.get("role", ()))]
        return leads[0] if len(leads) == 1 else None

    # --- one table ------------------------------------------------------------------------------------------------

    def _read(self, grid: Grid, columns: dict[str, list[int]], first: int) -> list[Person]:
        home = self._home(grid)
        people: list[Person] = []
        hires = HireColumn(grid, columns.get("new_hire", []), columns["name"][0], first)
        rates = RateColumn(grid, columns.get("rate", []), first)
        unit = table_unit(grid, None)
        seen: set[Spot] = set()
        above: dict[int, Spot] = {}
        for row in range(first, grid.rows):
            spot = grid.at(row, columns["name"][0])
            if spot is None or spot in seen or spot.row < first:
                continue
            seen.add(spot)
            name = person(spot.text)
            if name is None:
                continue
            cells = {concept: self._cell(grid, row, places, above) for concept, places in columns.items()}
            one = Person(name, None, grid.order)
            if name in lexicon()["unnamed"] and cells.get("rate") is None:
                continue  # an empty row of the form
            unnamed = ("채용 예정자로 이름이 없음",) if name in lexicon()["unnamed"] else ()
            one.add("name", Candidate(name, spot.text, (spot,), unnamed))
            self._organisation(one, cells.get("organisation"), cells.get("role"), home)
            if (cell := cells.get("role")) is not None:
                self._role(one, cell)
            if "rate" in columns:
                one.add("rate", rates.of(spot))
            if "new_hire" in columns and (hire := hires.of(row)) is not None:
                one.add("new_hire", hire)
            for concept in _PAY:
                if concept in columns and (pay := PayColumn(grid, columns[concept], first, unit).of(spot)) is not None:
                    one.add(concept, pay)
            if one.stranger:
                one.doubt(_STRANGER)
            people.append(one)
        return people

    @staticmethod
    def _cell(grid: Grid, row: int, places: list[int], above: dict[int, Spot]) -> Spot | None:
        """The cell of a column in a row; a ditto mark stands for the one above."""
        spot = grid.at(row, places[0])
        if spot is None or spot.blank:
            return None
        if spot.tight in _DITTO:
            return above.get(places[0])
        above[places[0]] = spot
        return spot

    def _home(self, grid: Grid) -> str | None:
        for text in grid.headings():
            if (key := self._organisations.home_of(text)) is not None:
                return key
        return None

    def _organisation(self, one: Person, cell: Spot | None, role: Spot | None, home: str | None) -> None:
        known = self._organisations
        if cell is not None:
            one.key = known.key_of(cell.text) or known.role_of(cell.text)
            printed = re.sub(r"\s+", " ", re.sub(r"\((?:주관|공동|참여)[^()]*\)", "", cell.text)).strip()
            unknown = one.key is None and bool(known.names)
            one.stranger = unknown and bool(ORGANISATION.search(printed))
            if known.role_of(printed) and one.key and known.names.get(one.key):
                printed = known.names[one.key][0]  # 소속: 주관 → the organisation that is meant
            if printed and not (unknown and home and not one.stranger):  # a department, under its organisation's head
                one.add("organisation", Candidate(printed, cell.text, (cell,), (_STRANGER,) if unknown else ()))
                return
        one.key = home
        if one.key is None and role is not None:
            one.key = known.role_of(role.text)
        if one.key and known.names.get(one.key):
            name = one.said["name"][0]
            one.add("organisation", Candidate(known.names[one.key][0], "", name.spots, how="derived"))

    def _role(self, one: Person, cell: Spot) -> None:
        role = one_of(cell.text, "roles")
        if role is not None and not _ROLE_ALONE.fullmatch(squeezed(BRACKETS.sub("", cell.text))):
            role = None  # a duty that has such a word in it ("현장 연구 참여")
        doubts: tuple[str, ...] = () if role else ("역할을 가려내지 못함",)
        if role == "lead" and one.key not in (None, "lead"):
            role, doubts = "co_lead", ("공동연구개발기관의 책임자로 보임",)
        if role is not None:
            one.add("role", Candidate(role, cell.text, (cell,), doubts))

    # --- all tables -----------------------------------------------------------------------------------------------

    def _merge(self, people: list[Person]) -> None:
        """Adds the people of one table. A name that stands twice in it is not told apart: a person must look."""
        counts = Counter((one.name, one.key) for one in people)
        for one in people:
            if counts[one.name, one.key] > 1:
                one.doubt("같은 이름이 두 번 나옴", but=("name",))
            earlier = [
                p
                for p in self.people
                if p.table != one.table
                and p.name == one.name
                and (p.key == one.key or one.key is None or p.key is None)
            ]
            if len(earlier) == 1:
                earlier[0].key = earlier[0].key or one.key
                for concept, candidates in one.said.items():
                    for candidate in candidates:
                        earlier[0].add(concept, candidate)
            else:
                self.people.append(one)


def people_table(grid: Grid) -> tuple[Grid, dict[str, list[int]], int] | None:
    """The grid (turned where people stand across), the columns of each concept, and the first row below the head."""
    entries = unfolded(grid, lambda spot: not spot.blank and tokens(spot.text, "people") is not None)
    for candidate in (entries, grid, grid.turned()):
        head = _head(candidate) if candidate is not None else None
        if candidate is not None and head is not None:
            return candidate, *head
    return None


def _of_others(grid: Grid) -> bool:
    """Whether the words above say that these people take no part in the research: support staff, advisers."""
    context = squeezed(grid.context)
    listed = (*lexicon()["support_staff"], *lexicon()["advisers"])
    return any(squeezed(word) in context for word in listed) and not re.search(r"참여연구[자원]", context)


def _goes_on(grid: Grid, before: Grid, columns: dict[str, list[int]]) -> bool:
    """Whether a table without a head continues the list of people above it: its columns hold names and rates too."""
    if grid.above or grid.columns != before.columns:
        return False
    names = [grid.at(row, columns["name"][0]) for row in range(grid.rows)]
    rates = [grid.at(row, columns["rate"][0]) for row in range(grid.rows)]
    people = [n for n, spot in enumerate(names) if spot is not None and person(spot.text) is not None]
    fits = all((spot := rates[n]) is not None and PERCENT.fullmatch(spot.tight) for n in people)
    return len(people) >= max(1, grid.rows - 1) and fits


def _head(grid: Grid) -> tuple[dict[str, list[int]], int] | None:
    """A head within the first rows: a name's column, and a rate's in the same head."""
    heads = [spot for row in range(min(grid.rows, 3)) for spot in grid.row(row)]
    if any({"title", "programme_title"} & set(tokens(spot.text, "identity") or ()) for spot in heads):
        return None  # a list of other projects and their rates
    for row in range(min(grid.rows - 1, 6)):
        columns: dict[str, list[int]] = {}
        bottom = row + 1
        for spot in grid.row(row):
            if spot.row != row or spot.blank:
                continue
            words = _meaning(spot)
            if words is not None:
                bottom = max(bottom, spot.row + spot.row_span)
        for column in range(grid.columns):
            concept = _column_meaning(grid, column, row, bottom)
            if concept is not None:
                first_spot = grid.at(bottom, column)
                start = first_spot.column if first_spot is not None else column
                if start not in columns.setdefault(concept, []):
                    columns[concept].append(start)
        if "name" in columns and "rate" in columns and len(columns["name"]) == 1:
            return columns, bottom
    return None


def _column_meaning(grid: Grid, column: int, top: int, bottom: int) -> str | None:
    """The lowest label of a column's head that means something; another project's rate is none."""
    meanings = []
    for row in range(top, bottom):
        spot = grid.at(row, column)
        if spot is not None and not spot.blank and (meaning := _meaning(spot)) is not None:
            meanings.append(meaning)
    # Under 계상률 a 합계 or 타 과제 is another rate than this project's.
    if "other_rate" in meanings or ("rate" in meanings and meanings[-1] == "ignored"):
        return None
    known = [m for m in meanings if m in _FIELDS]
    if known and known[-1] in _PAY and not _is_pay(grid, column, top, bottom):
        return None
    return known[-1] if known else None


def _is_pay(grid: Grid, column: int, top: int, bottom: int) -> bool:
    """Whether 현금 or 현물 in a column's head stands alone or under 인건비: under 월급여 it is another money."""
    heads = [s for row in range(top, bottom) if (s := grid.at(row, column)) is not None and not s.blank]
    groups = [plain_label(s.text) for s in dict.fromkeys(heads) if _meaning(s) not in _PAY]
    return all(_PAY_GROUP.fullmatch(re.sub(r"\(.*\)|\W", "", group)) for group in groups)


def _meaning(spot: Spot) -> str | None:
    """What a heading asks for; "ignored" for known headings without interest, None for no heading."""
    lines = spot.text
    if re.search(r"신규", lines) and re.search(r"기존", lines):
        return "new_hire"
    found = tokens(lines, "people")
    if found is None:
        return None
    for concept in ("other_rate", "rate", "new_hire", *_PAY, "name", "organisation", "role"):
        if concept in found:
            return concept
    return "ignored"
