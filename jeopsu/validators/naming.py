"""File names: what one says by the call's rule (`[서식-N] 서식명_연구개발기관명.확장자`), and how it is off.

A name alone never excludes (reading 13): it says which document is meant, and content decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from jeopsu.domain.base import Record
from jeopsu.domain.calls import By, Call, RequiredDocument
from jeopsu.domain.kinds import Kind
from jeopsu.domain.name_rule import NameRule, name_rule
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.submissions import NameReading

# What may stand where the title has "/" or a dot, and what does not tell two titles apart.
_LOOSE = re.compile(r"[\s/·・ㆍ‧•∙⋅.,，、\-_()（）\[\]~∼'\"&+]")
_YEAR = r"(?:20)\d{2}\s*년?도?"
_YEARS = re.compile(rf"\(?\s*{_YEAR}(?:\s*[,·~∼\-및/]\s*{_YEAR})*\s*\)?\s*(?:회계연도|결산)?")
_THREE_YEARS = re.compile(r"최근\s*3\s*(?:개년도?|개\s*년|년)\s*(?:간|치)?")
_EVIDENCE = re.compile(r"(?:및|,|·|\+|과)?\s*(?:관련\s*)?증빙\s*(?:서류|자료)?(?:\s*포함)?$")
# A name that ends so was changed by a person or a browser after the rule was followed.
_EXTRA = re.compile(
    r"(?P<extra>(?:\s*[\(（]\s*\d{1,2}\s*[\)）]"
    r"|[\s_\-]*[\(（]?(?:최종|최종본|최종제출|수정|수정본|재제출|재업로드|보완|사본|복사본|날인본?|서명본|스캔본?|final|rev|ver|v)"
    r"[\s_.\-]*\d{0,2}[\)）]?|_\d{1,2}|\s+-\s+복사본)+)$",
    re.IGNORECASE,
)
_FULLWIDTH = re.compile(r"[！-～　【】〔〕［］（）＿]")
_SIMILAR = 0.86  # tried on the titles of this and other calls: one wrong syllable passes, a neighbouring form does not


class TitleMatch(Record):
    """A title of the call that words in a name stand for."""

    document: int
    part: str | None
    kind: Kind | None
    right: bool  # the title itself or an accepted form of it, not merely like it


def loose(text: str) -> str:
    """A title without blanks, separators and width, for comparing."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text))).casefold()


def read_name(file_name: str, call: Call) -> NameReading:
    """What a file name says. Codes: name_*, extension_not_allowed; the organisation is settled later."""
    problems: list[Problem] = []
    name = unicodedata.normalize("NFC", file_name)
    if name != file_name:
        problems.append(Problem(code=Code.NAME_NOT_NFC))
    if _FULLWIDTH.search(name.replace("（주）", "")):
        problems.append(Problem(code=Code.NAME_FULLWIDTH))
    name = name.replace("㈜", "(주)").replace("㈔", "(사)")
    name = "".join(unicodedata.normalize("NFKC", c) if _FULLWIDTH.match(c) else c for c in name)
    name = name.replace("【", "[").replace("】", "]").replace("〔", "[").replace("〕", "]")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 5:
        stem, extension = name, ""
    if _untidy(stem):
        problems.append(Problem(code=Code.NAME_SPACING))
    number, rest, bracketed, tidy = _number(stem.strip(), name_rule(call.name_template))
    if not bracketed:
        problems.append(Problem(code=Code.NAME_NO_BRACKETS))
    elif not tidy:
        problems.append(Problem(code=Code.NAME_SPACING))
    title, organisation, extra, joined = _split(rest, call)
    if not joined:
        problems.append(Problem(code=Code.NAME_SPACING))
    match = match_title(title, call)
    if match is None and organisation:  # "[서식-9] 기관명_참여의사 확인서": the other way round
        swapped = match_title(organisation, call)
        if swapped:
            title, organisation, match = organisation, title, swapped
            problems.append(Problem(code=Code.NAME_WRONG_TITLE, detail="order"))
    problems += _against_call(number, match, extension.lower(), call)
    if not organisation:
        problems.append(Problem(code=Code.NAME_UNKNOWN_ORGANISATION, detail="none"))
    # A number and a title that contradict: the title is words, a wrong digit is the commoner slip.
    document = match.document if match else number if number and call.document(number) else None
    return NameReading(
        file=file_name,
        document=document,
        part=match.part if match else None,
        kind=match.kind if match else _only_kind(call.document(document) if document else None),
        by_project=_by_project(call, document),
        years=_years(title) or (call.fiscal_years if _THREE_YEARS.search(title) else ()),
        title=title,
        organisation=organisation,
        extra=extra,
        extension=extension.lower(),
        problems=tuple({problem.code: problem for problem in problems}.values()),
    )


def _untidy(stem: str) -> bool:
    return stem != stem.strip() or "  " in stem or "__" in stem or "\t" in stem


def _number(stem: str, rule: NameRule) -> tuple[int | None, str, bool, bool]:
    """The form's number, the rest of the name, whether it stands in brackets, whether it is written as asked."""
    opened, closed = re.escape(rule.open), re.escape(rule.close)
    bracketed = re.match(
        rf"(?P<all>{opened}\s*{rule.prefix}\s*[-–‐−_.]?\s*(?P<n>\d{{1,3}})\s*{closed})(?P<gap>[\s._]*)(?P<rest>.*)$",
        stem,
    )
    if bracketed and (rule.open or rule.prefix):
        number = int(bracketed["n"])
        tidy = bracketed["all"] == rule.form(number) and bracketed["gap"] == rule.gap
        return number, bracketed["rest"].lstrip(), True, tidy
    words = "|".join(dict.fromkeys((rule.prefix or "서식", "서식", "별지", "첨부", "붙임")))
    bare = re.match(
        rf"[\[(（<{{]?\s*(?:{words})?\s*[-–‐−_.]?\s*(?P<n>\d{{1,2}})\s*[\])）>}}]?\s*[.\-_:)]?\s*(?P<rest>\D.*)$", stem
    )
    if bare and not re.match(r"\d{4}", stem):
        return int(bare["n"]), bare["rest"].lstrip(" _-."), False, False
    return None, stem, False, False


def _split(rest: str, call: Call) -> tuple[str, str, str, bool]:
    """Title, organisation, what was added behind, and whether the two are joined as the call asks."""
    rule = name_rule(call.name_template)
    title, separator, tail = rest.partition(rule.separator)
    if separator:
        # A title may itself hold the separator in place of "/": take the split whose left side is a title.
        parts = rest.split(rule.separator)
        for cut in range(len(parts) - 1, 0, -1):
            left = rule.separator.join(parts[:cut])
            found = match_title(left, call)
            if found and found.right:
                title, tail = left, rule.separator.join(parts[cut:])
                break
        added = _EXTRA.search(tail) if rule.organisation(tail) is None or rule.tail == "{organisation}" else None
        extra = added["extra"] if added and added.start() > 0 else ""
        tail = tail[: len(tail) - len(extra)]
        organisation = rule.organisation(tail)
        tidy = organisation is not None and title == title.rstrip() and tail == tail.strip()
        return title.strip(), (organisation or tail).strip(), extra, tidy or not tail
    for pattern in (r"\s*[-–—_]\s*", r"\s+"):  # "서식명-기관명", "서식명 기관명"
        for found_cut in reversed(list(re.finditer(pattern, rest))):
            left, right = rest[: found_cut.start()], rest[found_cut.end() :]
            found = match_title(left, call)
            if found and found.right and right:
                return left.strip(), (rule.organisation(right) or right).strip(), "", False
    return rest.strip(), "", "", True


def match_title(words: str, call: Call) -> TitleMatch | None:
    """The document that a title means: exactly, with "및 증빙서류" or years added, else by likeness."""
    stripped = _undated(words)
    forms = [loose(form) for form in (words, stripped, _EVIDENCE.sub("", stripped.strip()))]
    forms = [form for form in dict.fromkeys(forms) if form]
    known = _titles(call.documents)
    for form in forms:
        if form in known:
            return known[form]
    best: tuple[float, TitleMatch] | None = None
    for form in (form for form in forms if len(form) >= 5):
        for title, match in known.items():
            if 2 * min(len(form), len(title)) < _SIMILAR * (len(form) + len(title)):
                continue  # too different in length to reach the mark
            score = SequenceMatcher(None, form, title, autojunk=False).ratio()
            if score >= _SIMILAR and (best is None or score > best[0]):
                best = (score, match.model_copy(update={"right": False}))
    return best[1] if best else None


def _undated(words: str) -> str:
    return _THREE_YEARS.sub("", _YEARS.sub("", words))


@lru_cache(maxsize=8)
def _titles(documents: tuple[RequiredDocument, ...]) -> dict[str, TitleMatch]:
    """Every title of a call in its loose form, those that are right in a file name first."""
    found: dict[str, TitleMatch] = {}

    def add(document: RequiredDocument, title: str, part: str | None, kind: Kind | None, right: bool) -> None:
        match = TitleMatch(document=document.number, part=part, kind=kind, right=right)
        for form in (loose(title), loose(_undated(title))):
            found.setdefault(form, match)

    for document in documents:
        for title in (document.title, *document.aliases):
            add(document, title, None, _kind_of_title(title, document), True)
        for part in document.parts:
            for title in (part.title, *part.aliases):
                add(document, title, part.id, part.kinds[0] if len(part.kinds) == 1 else None, True)
    for document in documents:
        for title in document.shorthands:
            add(document, title, None, _only_kind(document), False)
    return found


def _kind_of_title(title: str, document: RequiredDocument) -> Kind | None:
    """Document 14 may be one of three kinds: its title says which."""
    if len(document.kinds) == 1:
        return document.kinds[0]
    if "또는" in title or document.parts:
        return None
    for words, kind in (
        ("감사", Kind.AUDIT_REPORT),
        ("표준", Kind.STANDARD_STATEMENTS),
        ("결산", Kind.CLOSING_STATEMENTS),
    ):
        if words in title and kind in document.kinds:
            return kind
    return None


def _by_project(call: Call, number: int | None) -> bool:
    document = call.document(number) if number else None
    return document is not None and document.by is By.PROJECT


def _only_kind(document: RequiredDocument | None) -> Kind | None:
    return document.kinds[0] if document and len(document.kinds) == 1 else None


def _against_call(number: int | None, match: TitleMatch | None, extension: str, call: Call) -> Iterator[Problem]:
    if match is None or not match.right:
        yield Problem(code=Code.NAME_WRONG_TITLE)
    if number is not None and (match is None and call.document(number) is None or match and number != match.document):
        yield Problem(code=Code.NAME_WRONG_NUMBER, detail=str(number))
    document = call.document(match.document if match else number or 0)
    if document and extension not in {form.value for form in document.formats}:
        yield Problem(code=Code.EXTENSION_NOT_ALLOWED, detail=extension[:8])


def _years(title: str) -> tuple[int, ...]:
    """Fiscal years written in a title: "(2020년)", "2020년", "2020~2022"."""
    years: set[int] = set()
    for match in _YEARS.finditer(title):
        found = [int(digits) for digits in re.findall(r"20\d{2}", match[0])]
        if len(found) == 2 and re.search(r"[~∼\-]", match[0]):
            found = list(range(found[0], found[1] + 1))
        years.update(found)
    return tuple(sorted(years))
