"""Values of a plan's cells in their types: names, registration numbers, company sizes, the security grade."""

from __future__ import annotations

import re
import unicodedata

from jeopsu.domain.values import business_number, corporate_number
from jeopsu.extractors.kinds.plan_fields import Candidate
from jeopsu.extractors.kinds.plan_grid import Spot
from jeopsu.extractors.kinds.plan_words import lexicon, one_of, squeezed, tokens

_PERSON = re.compile(r"[가-힣]{2,6}|[A-Za-z][A-Za-z .'-]{2,40}")
# A post in the same cell as a name.
_POST = re.compile(
    r"(?:책임|선임|수석|주임|전임)?연구(?:원|위원|소장|실장)|(?:공동|각자)?대표(?:이사|자)?|(?:전무|상무|부)?이사|(?:부)?사장|회장|전무|상무|"
    r"(?:본부|실|팀|소|센터|공장|부서|그룹|파트)장|부장|차장|과장|대리|주임|사원|책임|선임|수석|(?:조|부)?교수|박사|성명"
)
PLACEHOLDER = re.compile(r"[○◯〇OoXx0]{2,}|홍길동|강감찬|기관명|국문|영문")
# A name that surely is an organisation's.
ORGANISATION = re.compile(
    r"주식\s*회사|유한\s*회사|\(\s*[주유사재합]\s*\)|㈜|대학교|연구원|연구소|진흥원|재단|협회|조합|산학협력단|\b(?:Inc|Ltd|Corp)\b"
)
# An English title below the Korean one, or in brackets behind it: three words and more, no Hangul.
_FOREIGN = re.compile(r"[^가-힣]*[A-Za-z]{2}[^가-힣]*")
_ENGLISH = re.compile(r"\s*\((?:[A-Za-z][\w.,&'\-/]*\s+){3,}[A-Za-z][\w.,&'\-/]*\s*\)\s*$")
BRACKETS = re.compile(r"\([^()]*\)")
_CHECKED = re.compile(r"[■☑☒√✓✔●VvOo]")


def person(text: str) -> str | None:
    """The name of a person, without nationality or remarks; None where it is no name (or a form's example)."""
    name = _without_nation(BRACKETS.sub("", unicodedata.normalize("NFC", text))).replace("\n", " ").strip()
    if sum(len(part) >= 3 for part in re.findall(r"[가-힣]+", _without_post(name))) > 1:
        return None  # two people
    name = _without_post(name)
    tight = re.sub(r"\s+", "", name) if re.search(r"[가-힣]", name) else name
    if not _PERSON.fullmatch(tight) or PLACEHOLDER.search(tight) or tokens(tight, "people") is not None:
        return None
    return tight


def _without_post(name: str) -> str:
    """The name of "김가람 부장", "대표 김가람" and "김가람부장"; names of five letters and more are rarer than that."""
    parts = (
        [part for part in re.split(r"[\s:：]+", name) if not _POST.fullmatch(part)]
        if re.search(r"\s", name)
        else [name]
    )
    rest = " ".join(parts) or name
    tight = re.sub(r"\s+", "", rest)
    if len(tight) >= 5 and (match := re.fullmatch(rf"([가-힣]{{2,4}}?)(?:{_POST.pattern})", tight)):
        return match[1]
    return rest


def _without_nation(text: str) -> str:
    """The name of "김가람 / 대한민국" and "김가람, 한국", as forms ask for (성명/국적)."""
    parts = [part.strip() for part in re.split(r"[/,\n]", text) if part.strip()]
    return parts[0] if len(parts) == 2 and squeezed(parts[1]) in lexicon()["nations"] else text


def organisation_name(text: str) -> str:
    """The name as printed, without remarks in brackets ("(대표: …)", an English name); (주) and its like stay."""
    return one_line(re.sub(r"\((?!\s*(?:주|유|사|재|합)\s*\))[^()]*\)", "", text)) or one_line(text)


def project_title(text: str) -> str:
    """The Korean title; of "(국문) … (영문) …" in one cell only the first."""
    match = re.search(r"국\s*문\s*\)?\s*[:：]?\s*(.+?)\s*\(?\s*영\s*문", text, re.DOTALL)
    if match:
        return one_line(match[1])
    lines = [line for line in text.split("\n") if line.strip()]
    while len(lines) > 1 and re.search(r"[가-힣]", lines[0]) and _FOREIGN.fullmatch(lines[-1]):
        lines.pop()
    return one_line(_ENGLISH.sub("", "\n".join(lines)))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def organisation_value(concept: str, spot: Spot) -> Candidate:
    """The value of an organisation's field (name, business_number, …) in its type."""
    text, spots = spot.text, (spot,)
    if concept == "name":
        return Candidate(organisation_name(text), text, spots)
    if concept in ("business_number", "corporate_number"):
        module = business_number if concept == "business_number" else corporate_number
        digits = module.clean(text)
        doubts = () if digits else ("자릿수가 맞지 않는 번호",)
        return Candidate(digits, text, spots, doubts)
    if concept == "size":
        size = one_of(text, "sizes")
        marked = _only_marked(text)
        size = one_of(marked, "sizes") if marked else size
        return Candidate(size, text, spots, () if size else ("기업 유형을 가려내지 못함",))
    name = person(text)
    if name is None and re.fullmatch(r"[가-힣A-Za-z ,·]{4,40}", text.strip()):  # two representatives: kept as printed
        return Candidate(one_line(text), text, spots, ("대표자가 둘 이상이거나 이름이 아님",))
    return Candidate(name, text, spots, () if name else ("대표자 이름을 가려내지 못함",))


def _only_marked(text: str) -> str | None:
    """Of several options with check boxes the words of the one that is marked; None where there are no boxes."""
    options = re.findall(r"([■☑☒√✓✔●□☐○]|\[\s*[√✓VvOo■]?\s*\])\s*([^■☑☒√✓✔●□☐○\[\]\n]+)", text)
    marked = [words for box, words in options if _CHECKED.search(box)]
    return marked[0] if len(options) > 1 and len(marked) == 1 else None


def security_grade(spot: Spot) -> Candidate | None:
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
