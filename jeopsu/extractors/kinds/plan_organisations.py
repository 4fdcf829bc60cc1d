"""The organisations of a plan, and what its cover says: title, period, lead researcher, security grade.

Forms: the cover as key and value (label, value, label, value), a table with a row or a column per organisation. A value
is known by the nearest label left of it or above it, and by the organisation on the other side.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.values import business_number, company_name, corporate_number, dates, person_name
from jeopsu.extractors.kinds.plan_fields import Candidate, settle
from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_words import one_of, plain_label, squeezed, tokens

_ORG_FIELDS = ("name", "business_number", "corporate_number", "representative", "size")
_IDENTIFYING = frozenset({"business_number", "corporate_number", "representative", "title", "period"})
_PERSON = re.compile(r"[가-힣]{2,6}|[A-Za-z][A-Za-z .'-]{2,40}")
_PLACEHOLDER = re.compile(r"[○◯〇OoXx0]{2,}|홍길동|강감찬|기관명|국문|영문")
_BRACKETS = re.compile(r"\([^()]*\)")
_CHECKED = re.compile(r"[■☑☒√✓✔●VvOo]")


@dataclass
class Organisations:
    """Keys and printed names: `lead`, `partner`, `partner2`, …"""

    names: dict[str, list[str]] = field(default_factory=dict)
    roles_clear: bool = True

    def key_of(self, text: str) -> str | None:
        """The organisation that a text names, by name or by role word; None where none or two."""
        known = company_name.plain(text)
        hits = {
            key: max(len(company_name.plain(name)) for name in names if company_name.plain(name) in known)
            for key, names in self.names.items()
            if any(len(company_name.plain(name)) >= 2 and company_name.plain(name) in known for name in names)
        }
        if hits:
            longest = max(hits.values())
            best = [key for key, length in hits.items() if length == longest]
            return best[0] if len(best) == 1 else None
        return None

    def role_of(self, text: str) -> str | None:
        """The key behind a role word: 주관…, 공동… (공동2 is the second partner)."""
        return role_key(text, max(1, len(self.names) - ("lead" in self.names)))

    def home_of(self, text: str) -> str | None:
        """The one organisation that a heading is about: "나. 공동연구개발기관 참여연구자", "(1) 한울정밀"."""
        if (key := self.key_of(text)) is not None:
            return key
        lead, partner = (re.search(rf"{word}\s*(?:연구개발|연구)?\s*(?:기관|기업)", text) for word in ("주관", "공동"))
        if bool(lead) == bool(partner):
            return self.role_of(plain_label(text))
        return "lead" if lead else self.partners[0] if len(self.partners) == 1 else None

    @property
    def partners(self) -> list[str]:
        return [key for key in self.names if key != "lead"]


def role_key(text: str, partners: int = 1) -> str | None:
    """`lead` or `partner`/`partner2` for a text that is a role word (with or without a number or name in brackets)."""
    bare = squeezed(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
    match = re.fullmatch(
        r"(주관|공동|참여)(?:연구개발기관|연구기관|기관|기업)?(?:명|현황|등)?(?:제?(\d))?(?:기관|번)?", bare
    )
    if match is None:
        inner = re.findall(r"\(([^()]*)\)", unicodedata.normalize("NFKC", text))
        keys = {key for part in inner if (key := role_key(part, partners))}
        return keys.pop() if len(keys) == 1 else None
    if match[1] == "주관":
        return "lead"
    number = int(match[2] or 0)
    if number <= 1:
        return "partner" if number == 1 or partners <= 1 else None
    return f"partner{number}"


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
                self._said.append(_Said(side, spot, role, line, self._path(left)))

    def _heads_names(self, grid: Grid, spot: Spot, head: Spot) -> bool:
        """Whether a role word stands right above a cell, with the other role beside it: 주관 | 공동 over names."""
        if next(iter(grid.above_of(spot)), None) is not head:
            return False
        words = {self._tokens(other) for other in grid.row(head.row)}
        return {("lead",), ("partner",)} <= words

    @staticmethod
    def _tokens(spot: Spot) -> tuple[str, ...] | None:
        return tokens(spot.text, "identity")

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
        if "person_name" in nearest:
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
                return role_key(spot.text) or "partner"
        return None

    # --- who is who -----------------------------------------------------------------------------------------------

    def _organise(self) -> None:
        # Only tables that identify (numbers, representatives, the cover) may name an organisation.
        identifying = {s.spot.table for s in self._said if s.concept in _IDENTIFYING}
        names = [s for s in self._said if s.concept == "name" and _is_name(s.spot.text) and s.spot.table in identifying]
        keyed: dict[str, list[str]] = {}
        order: list[tuple[str, str]] = []  # (plain name, printed) of partners in order
        for said in names:
            plain, printed = company_name.plain(said.spot.text), _one_line(said.spot.text)
            if said.role == "lead":
                keyed.setdefault("lead", []).append(printed)
            elif said.role and plain not in [name for name, _ in order]:
                order.append((plain, printed))
        lead_names = {company_name.plain(name) for name in keyed.get("lead", ())}
        partners = [pair for pair in order if pair[0] not in lead_names]
        for number, (_, printed) in enumerate(partners):
            keyed["partner" if number == 0 else f"partner{number + 1}"] = [printed]
        self.organisations = Organisations(keyed, len(lead_names) == 1)
        by_line = {s.line: key for s in names if s.line[2] != "pair" and (key := self._key(s))}
        for said in self._said:
            if said.concept not in _ORG_FIELDS or said.spot.table not in identifying:
                continue
            key = by_line.get(said.line) if said.line[2] != "pair" else None
            key = key or self._key(said)
            if key is not None:
                self._values[key, said.concept].append(_org_candidate(said))

    def _key(self, said: _Said) -> str | None:
        if said.concept == "name":
            return self.organisations.key_of(said.spot.text)
        if said.role == "lead":
            return "lead"
        if said.role and len(self.organisations.partners) == 1:
            return "partner"
        return said.role if said.role in self.organisations.names and said.role != "partner" else None

    def _organisation_fields(self) -> Iterable[FieldValue | None]:
        for key in self.organisations.names:
            for concept in _ORG_FIELDS:
                same = company_name.plain if concept == "name" else lambda value: value
                yield settle(
                    f"org.{concept}",
                    self._values[key, concept],
                    self._file,
                    organisation=key,
                    same=same,  # type: ignore[arg-type]
                )
            role = "lead" if key == "lead" else "partner"
            spots = [c.spots[0] for c in self._values[key, "name"][:1]]
            if spots:
                yield settle("org.role", [Candidate(role, spots[0].text, tuple(spots))], self._file, organisation=key)

    # --- the cover ------------------------------------------------------------------------------------------------

    def _plan_fields(self) -> Iterable[FieldValue | None]:
        titles = [s for s in self._said if s.concept == "title" and "programme_title" not in s.path]
        titles = [
            s
            for s in titles
            if s.line[2] == "pair" and len(squeezed(s.spot.text)) >= 4 and not _PLACEHOLDER.search(s.spot.tight)
        ]
        yield settle(
            "plan.title",
            [Candidate(_one_line(s.spot.text), s.spot.text, (s.spot,)) for s in _of_first_table(titles)],
            self._file,
            same=lambda value: squeezed(str(value)),
        )
        starts, ends = [], []
        periods = [s for s in self._said if s.concept == "period" and "part" not in s.path]
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
        leads = [s for s in self._said if s.concept == "researcher" and s.role != "partner" and s.line[2] == "pair"]
        people = [
            Candidate(name, s.spot.text, (s.spot,))
            for s in _of_first_table([s for s in leads if person(s.spot.text)])
            if (name := person(s.spot.text))
        ]
        yield settle("plan.lead_researcher", people, self._file, same=lambda v: person_name.plain(str(v)))
        grades = [_grade(s.spot) for s in self._said if s.concept == "security"]
        yield settle("plan.security_grade", [g for g in grades if g is not None], self._file)


def _of_first_table(said: list[_Said]) -> list[_Said]:
    """What the first table (the cover) says: later ones speak of other projects as well."""
    return [s for s in said if s.spot.table == said[0].spot.table]


def person(text: str) -> str | None:
    """The name of a person, without nationality or remarks; None where it is no name (or a form's example)."""
    name = _BRACKETS.sub("", unicodedata.normalize("NFC", text)).replace("\n", " ").strip()
    tight = re.sub(r"\s+", "", name) if re.search(r"[가-힣]", name) else name
    if not _PERSON.fullmatch(tight) or _PLACEHOLDER.search(tight) or tokens(tight, "people") is not None:
        return None
    return tight


def _is_name(text: str) -> bool:
    return (
        len(re.findall(r"[가-힣A-Za-z]", company_name.plain(text))) >= 2
        and company_name.plausible(text)
        and not _PLACEHOLDER.search(squeezed(text))
        and len(text) <= 60
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def _org_candidate(said: _Said) -> Candidate:
    """The value of an organisation's field in its type."""
    text, spots = said.spot.text, (said.spot,)
    if said.concept == "name":
        return Candidate(_one_line(text), text, spots)
    if said.concept in ("business_number", "corporate_number"):
        module = business_number if said.concept == "business_number" else corporate_number
        digits = module.clean(text)
        doubts = () if digits else ("자릿수가 맞지 않는 번호",)
        return Candidate(digits, text, spots, doubts)
    if said.concept == "size":
        size = one_of(text, "sizes")
        marked = _only_marked(text)
        size = one_of(marked, "sizes") if marked else size
        return Candidate(size, text, spots, () if size else ("기업 유형을 가려내지 못함",))
    name = person(text)
    if name is None and re.fullmatch(r"[가-힣A-Za-z ,·]{4,40}", text.strip()):  # two representatives: kept as printed
        return Candidate(_one_line(text), text, spots, ("대표자가 둘 이상이거나 이름이 아님",))
    return Candidate(name, text, spots, () if name else ("대표자 이름을 가려내지 못함",))


def _only_marked(text: str) -> str | None:
    """Of several options with check boxes the words of the one that is marked; None where there are no boxes."""
    options = re.findall(r"([■☑☒√✓✔●□☐○]|\[\s*[√✓VvOo■]?\s*\])\s*([^■☑☒√✓✔●□☐○\[\]\n]+)", text)
    marked = [words for box, words in options if _CHECKED.search(box)]
    return marked[0] if len(options) > 1 and len(marked) == 1 else None


def _grade(spot: Spot) -> Candidate | None:
    """`general` (일반) or `security` (보안), by the box that is marked before or behind the word, or the lone word."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", spot.text))
    lone = re.fullmatch(r"(일반|보안)(?:과제)?(?:등급)?", text)
    if lone:
        return Candidate("general" if lone[1] == "일반" else "security", spot.text, (spot,))
    behind = re.findall(r"(일반|보안)(?:과제)?[\[(]([^\])]*)[\])]", text)
    before = re.findall(r"([■☑☒√✓✔●□☐○]|\[[^\]]*\])(일반|보안)", text)
    pairs = [(word, box) for word, box in behind] or [(word, box) for box, word in before]
    marked = [word for word, box in pairs if _CHECKED.search(box)]
    if len(pairs) == 2 and len(marked) == 1:
        return Candidate("general" if marked[0] == "일반" else "security", spot.text, (spot,))
    return Candidate(None, spot.text, (spot,), ("보안등급 표시를 가려내지 못함",)) if pairs else None
