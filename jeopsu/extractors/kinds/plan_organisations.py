"""The organisations of a plan, and what its cover says: title, period, lead researcher, security grade.

Forms: the cover as key and value (label, value, label, value), a table with a row or a column per organisation. A value
is known by the nearest label left of it or above it, and by the organisation on the other side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.values import company_name, dates, person_name
from jeopsu.extractors.kinds.plan_fields import Candidate, as_company, as_is, settle
from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_roles import Organisations, numbered_role, role_key, roles_in
from jeopsu.extractors.kinds.plan_values import (
    ORGANISATION,
    PLACEHOLDER,
    organisation_name,
    organisation_value,
    person,
    project_title,
    security_grade,
)
from jeopsu.extractors.kinds.plan_words import squeezed, tokens

_ORG_FIELDS = ("name", "business_number", "corporate_number", "representative", "size")
_IDENTIFYING = frozenset({"business_number", "corporate_number", "representative", "title", "period"})


@dataclass(frozen=True)
class _Said:
    """A cell that a label gives a meaning, and the organisation on the other side."""

    concept: str
    spot: Spot
    role: str | None  # "lead", "partner", None: not said
    line: tuple[int, int, str]  # (table, row or column, direction): cells of one line speak of one organisation
    path: tuple[str, ...]


class PlanCover:
    """Reads identity and cover facts from all tables of a plan."""

    def __init__(self, grids: Iterable[Grid], file: str) -> None:
        self._file = file
        self._said: list[_Said] = []
        for grid in grids:
            self._collect(grid)
        self.organisations = Organisations()
        self._values: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        self._organise()

    def fields(self) -> list[FieldValue]:
        made = [*self._organisation_fields(), *self._plan_fields()]
        return [value for value in made if value is not None]

    # --- what every cell says -------------------------------------------------------------------------------------

    def _collect(self, grid: Grid) -> None:
        home = self._home(grid)
        for spot in grid.spots:
            if spot.blank or self._tokens(spot) is not None:
                continue
            left = self._label_run(grid.left_of(spot))
            above = self._label_run(grid.above_of(spot))
            side, over = self._concept(left), self._concept(above)
            beside = next(iter(grid.left_of(spot)), None)
            behind = grid.at(spot.row, spot.column + spot.column_span)
            # label | value | label | value …; with a second value behind, the label heads a row of them.
            is_pair = side is not None and beside is not None and self._tokens(beside) is not None
            is_pair = is_pair and (behind is None or behind.blank or self._tokens(behind) is not None)
            # 주관… alone asks for the name, and only of the cell right beside or below it.
            if side and self._only_role(left) and (not is_pair or (over and not self._only_role(above))):
                side, is_pair = None, False
            if over and self._only_role(above) and (side or not self._heads_names(grid, spot, above[0])):
                over = None
            if over and not is_pair:
                beyond = self._labels_beyond(grid.left_of(spot))
                role = self._role(above[:1]) if self._only_role(above) else self._role([*left, *beyond, *above[1:]])
                self._said.append(_Said(over, spot, role, (spot.table, spot.row, "row"), self._path(above)))
            elif side:
                role = self._role(left) or self._role(above) or self._role(self._labels_beyond(grid.left_of(spot)))
                line = (spot.table, spot.column, "column") if above or not is_pair else (spot.table, -1, "pair")
                if role is None and line[2] == "pair" and not self._names_another(grid, spot):
                    role = home
                self._said.append(_Said(side, spot, role, line, self._path(left)))

    def _home(self, grid: Grid) -> str | None:
        """The role whose table this is: the only one that its labels name, else the one of the heading above."""
        found = {self._role([s]) for s in grid.spots if {"lead", "partner"} & set(self._tokens(s) or ())} - {None}
        if not found:
            found = set(next((roles for text in grid.headings()[:2] if (roles := roles_in(text))), ()))
        return found.pop() if len(found) == 1 else None

    def _names_another(self, grid: Grid, spot: Spot) -> bool:
        """Whether the row of a value holds an organisation's name that no role stands before: whose it is, is open."""
        row = [s for s in grid.row(spot.row) if s is not spot and self._tokens(s) is None]
        return any(ORGANISATION.search(s.text) for s in row)

    def _heads_names(self, grid: Grid, spot: Spot, head: Spot) -> bool:
        """Whether a role word stands right above a cell, with the other role beside it: 주관 | 공동 over names."""
        if next(iter(grid.above_of(spot)), None) is not head:
            return False
        words = {self._tokens(other) for other in grid.row(head.row)}
        return {("lead",), ("partner",)} <= words

    @staticmethod
    def _tokens(spot: Spot) -> tuple[str, ...] | None:
        found = tokens(spot.text, "identity")
        return ("partner",) if found is None and numbered_role(spot.text) else found

    def _label_run(self, cells: Iterable[Spot]) -> list[Spot]:
        """The nearest unbroken run of labels, past values: in "사업자등록번호 | 1 | 2" also from 2."""
        run: list[Spot] = []
        for spot in cells:
            if spot.blank:
                continue
            if self._tokens(spot) is None:
                if run:
                    break
                continue
            run.append(spot)
        return run

    def _labels_beyond(self, cells: Iterable[Spot]) -> list[Spot]:
        return [spot for spot in cells if not spot.blank and self._tokens(spot) is not None]

    def _path(self, run: list[Spot]) -> tuple[str, ...]:
        return tuple(token for spot in run for token in (self._tokens(spot) or ()))

    def _concept(self, run: list[Spot]) -> str | None:
        """What a run of labels, nearest first, asks for."""
        if not run:
            return None
        nearest = self._tokens(run[0]) or ()
        path = self._path(run)
        if "ignored" in nearest or "english" in nearest:
            return None
        if set(nearest) == {"person_name"}:
            if "other_researcher" in path:
                return None
            return "researcher" if "researcher" in path else None
        for concept in (*_ORG_FIELDS, "title", "period", "researcher", "security"):
            if concept in nearest:
                blocked = {"programme_title", "other_researcher"} & set(nearest)
                return None if blocked else concept
        if {"korean", "whole"} & set(nearest) and len(run) > 1:
            return self._concept(run[1:])
        if {"lead", "partner"} & set(nearest) and not ({"researcher"} & set(nearest)):
            return "name" if len(nearest) == 1 else None
        return None

    def _only_role(self, run: list[Spot]) -> bool:
        """Whether a run of labels starts with nothing but 주관… or 공동…."""
        return bool(run) and (self._tokens(run[0]) or ()) in (("lead",), ("partner",))

    def _role(self, run: list[Spot]) -> str | None:
        for spot in run:
            found = self._tokens(spot) or ()
            if "lead" in found and "partner" not in found:
                return "lead"
            if "partner" in found and "lead" not in found:
                key = role_key(spot.text) or "partner"
                return "partner1" if key == "partner" and numbered_role(spot.text) else key
        return None

    # --- who is who -----------------------------------------------------------------------------------------------

    def _organise(self) -> None:
        # Only tables that identify (numbers, representatives, the cover) may name an organisation.
        identifying = {s.spot.table for s in self._said if s.concept in _IDENTIFYING}
        names = [s for s in self._said if s.concept == "name" and _is_name(s.spot.text) and s.spot.table in identifying]
        names = _without_asides(names)
        keyed: dict[str, list[str]] = {}
        order: list[tuple[str, str, str]] = []  # (plain name, printed, role) of partners in order
        for said in names:
            plain, printed = company_name.plain(organisation_name(said.spot.text)), organisation_name(said.spot.text)
            if said.role == "lead":
                keyed.setdefault("lead", []).append(printed)
            elif said.role:
                place = next((n for n, (name, _, _) in enumerate(order) if name == plain), None)
                if place is None:
                    order.append((plain, printed, said.role))
                elif order[place][2] == "partner":  # the cover gives no number, a table behind it may
                    order[place] = (*order[place][:2], said.role)
        lead_names = {company_name.plain(name) for name in keyed.get("lead", ())}
        partners = [one for one in order if one[0] not in lead_names]
        if len({role for _, _, role in partners}) == len(partners):  # 공동1, 공동2 … as the plan numbers them
            partners.sort(key=lambda one: one[2])
        for number, (_, printed, _) in enumerate(partners):
            keyed["partner" if number == 0 else f"partner{number + 1}"] = [printed]
        self.organisations = Organisations(keyed)
        by_line = {s.line: key for s in names if s.line[2] != "pair" and (key := self._key(s))}
        for said in self._said:
            if said.concept not in _ORG_FIELDS or said.spot.table not in identifying:
                continue
            key = by_line.get(said.line) if said.line[2] != "pair" else None
            key = key or self._key(said)
            if key is not None:
                self._values[key, said.concept].append(organisation_value(said.concept, said.spot))

    def _key(self, said: _Said) -> str | None:
        if said.concept == "name":
            return self.organisations.key_of(said.spot.text)
        if said.role == "lead":
            return "lead"
        if said.role == "partner1":
            return "partner" if "partner" in self.organisations.names else None
        if said.role and len(self.organisations.partners) == 1:
            return "partner"
        return said.role if said.role in self.organisations.names and said.role != "partner" else None

    def _organisation_fields(self) -> Iterable[FieldValue | None]:
        for key in self.organisations.names:
            for concept in _ORG_FIELDS:
                same = as_company if concept == "name" else as_is
                yield settle(f"org.{concept}", self._values[key, concept], self._file, organisation=key, same=same)
            role = "lead" if key == "lead" else "partner"
            spots = [c.spots[0] for c in self._values[key, "name"][:1]]
            if spots:
                yield settle("org.role", [Candidate(role, spots[0].text, tuple(spots))], self._file, organisation=key)

    # --- the cover ------------------------------------------------------------------------------------------------

    def _plan_fields(self) -> Iterable[FieldValue | None]:
        titles = [s for s in self._said if s.concept == "title" and s.line[2] == "pair" and _is_title(s)]
        # Lists of other projects have a 과제명 too; the cover also asks for the period or the researcher.
        covers = {s.spot.table for s in self._said if s.concept in ("period", "researcher")}
        titles = [s for s in titles if s.spot.table in covers] or titles
        yield settle(
            "plan.title",
            [Candidate(project_title(s.spot.text), s.spot.text, (s.spot,)) for s in _of_first_table(titles)],
            self._file,
            same=lambda value: squeezed(str(value)),
        )
        starts, ends = [], []
        periods = [s for s in self._said if s.concept == "period" and "part" not in s.path]
        # Beside its label on a cover; below it in a list of other projects.
        periods = [s for s in periods if s.line[2] == "pair"] or periods
        # The programme has a 사업기간 of its own; the project's stands where its title does.
        beside = {s.spot.table for s in _of_first_table(titles)}
        periods = [s for s in periods if s.spot.table in beside] or periods
        for said in _of_first_table([s for s in periods if re.search(r"\d", s.spot.text)]):
            found = [day for day, _ in dates.find(said.spot.text)]
            if len(found) == 2 and found[0] < found[1]:
                starts.append(Candidate(found[0], said.spot.text, (said.spot,)))
                ends.append(Candidate(found[1], said.spot.text, (said.spot,)))
            elif re.search(r"20\d\d", said.spot.text):
                doubt = ("연구개발기간의 시작일과 종료일을 가려내지 못함",)
                starts.append(Candidate(None, said.spot.text, (said.spot,), doubt))
                ends.append(Candidate(None, said.spot.text, (said.spot,), doubt))
        yield settle("plan.start", starts, self._file)
        yield settle("plan.end", ends, self._file)
        leads = [
            s for s in self._said if s.concept == "researcher" and s.role in ("lead", None) and s.line[2] == "pair"
        ]
        people = [
            Candidate(name, s.spot.text, (s.spot,))
            for s in _of_first_table([s for s in leads if person(s.spot.text)])
            if (name := person(s.spot.text))
        ]
        yield settle("plan.lead_researcher", people, self._file, same=lambda v: person_name.plain(str(v)))
        grades = [security_grade(s.spot) for s in self._said if s.concept == "security"]
        yield settle("plan.security_grade", [g for g in grades if g is not None], self._file)


def _is_title(said: _Said) -> bool:
    """Whether a cell beside 과제명 can be the title: no heading of a list of projects."""
    text = said.spot.text
    if "programme_title" in said.path or len(squeezed(text)) < 4:
        return False
    return all(tokens(text, part) is None for part in ("people", "budget"))


def _of_first_table(said: list[_Said]) -> list[_Said]:
    """What the first table (the cover) says: later ones speak of other projects as well."""
    return [s for s in said if s.spot.table == said[0].spot.table]


def _without_asides(names: list[_Said]) -> list[_Said]:
    """A lone 주관… or 공동… asks for a name on the cover; further back it heads goals and plans as well."""
    covers: dict[str | None, int] = {}
    for said in names:
        covers.setdefault(said.role, said.spot.table)
    return [s for s in names if "name" in s.path or s.spot.table == covers[s.role] or ORGANISATION.search(s.spot.text)]


def _is_name(text: str) -> bool:
    if tokens(text, "budget") is not None or tokens(text, "people") is not None:
        return False
    return (
        len(re.findall(r"[가-힣A-Za-z]", company_name.plain(text))) >= 2
        and company_name.plausible(text)
        and not PLACEHOLDER.search(squeezed(text))
        and len(text) <= 60
    )
