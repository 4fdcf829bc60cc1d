"""Completeness: each document of the call, from whom it is due, under its condition (공고 7, 14쪽)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jeopsu.domain.calls import By, Condition, Requirement
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.findings import Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Organisation, SubmittedFile
from jeopsu.domain.values import company_name, person_name, won
from jeopsu.validators.facts import Facts, Need, Unknown
from jeopsu.validators.lookup import SURE, owners_of
from jeopsu.validators.matter import Answer, Conclusion, Matter, NoParams, check
from jeopsu.validators.signers import PARTNERS_LINE

Candidate = tuple[SubmittedFile, frozenset[Kind]]  # a file, and every kind of document that stands in it


class Slot(NamedTuple):
    """One paper that is due from one organisation (None: the project)."""

    asked: Requirement
    organisation: Organisation | None


@check()
def document_missing(matter: Matter[NoParams]) -> Answer:
    """One conclusion for each paper that the call asks for, from each who gives it."""
    candidates = _candidates(matter)
    return tuple([_conclude(matter, slot, candidates[slot.asked.document.number]) for slot in slots(matter)])


def slots(matter: Matter[NoParams]) -> Iterator[Slot]:
    """Every paper of the call for this consortium, conditional ones too."""
    organisations = matter.submission.organisations
    for document, requirements in matter.call.requirements:
        givers: tuple[Organisation | None, ...] = (None,) if document.by is By.PROJECT else organisations or (None,)
        for giver in givers:
            for asked in requirements:
                yield Slot(asked, giver)


def _conclude(matter: Matter[NoParams], slot: Slot, candidates: list[Candidate]) -> Conclusion:
    (document, part, kinds, form, title, about), giver = slot
    due: bool | None = True
    why, inputs = "", tuple[FieldValue, ...]()
    if kinds == {Kind.CORPORATE_REGISTRY} and giver and giver.sole_proprietor:
        due, why = False, "개인사업자"
    elif document.condition.when != "always":
        facts = matter.facts.again()
        due, why = _due(matter, document.condition, giver.key if giver else None, facts)
        inputs = tuple(facts.read.values())
    own, unread, elsewhere = _papers(matter, slot, candidates)
    files = tuple([file.name for file in own or unread or elsewhere])

    def say(outcome: Outcome, ko: str, en: str) -> Conclusion:
        return Conclusion(
            outcome,
            f"{form} {f'{giver.name} ' if giver else ''}{title}: {ko}",
            f"[{document.number}] {document.title_en}{f' ({part.id})' if part else ''}: {en}",
            about,
            giver.key if giver else None,
            inputs,
            files,
            () if files else (matter.facts.everything(),),
        )

    if own or unread:
        how = "제출됨" if own else "제출됨(내용은 읽지 못함, document_content 참조)"
        return say(Outcome.PASS, f"{how}: {', '.join(files)}", "handed in" if own else "handed in, not readable")
    if due is False:
        return say(Outcome.NOT_APPLICABLE, f"해당 없음({why})", "not due")
    if elsewhere:
        return say(
            Outcome.UNDETERMINED,
            f"이 서류로 올라온 파일에서 그 내용을 확인하지 못함: {', '.join(files)}. 파일을 열어 보고 아니면 "
            "올바른 서류를 받아야 함",
            "the file of this name does not surely hold it: look at it, and ask for the right document if it does not",
        )
    if due is None:
        return say(
            Outcome.UNDETERMINED,
            f"제출되지 않았으나 제출 대상인지 확인 필요: {why}",
            f"not handed in; is it due? {why}",
        )
    if giver is None and document.by is not By.PROJECT:
        return say(Outcome.UNDETERMINED, "참여기관을 알 수 없어 확인 필요", "the organisations are not known")
    return say(
        Outcome.FAIL, f"제출되지 않음{f'({why})' if why else ''}. 제출해 주십시오.", "not handed in. Hand it in."
    )


def _due(matter: Matter[NoParams], condition: Condition, key: str | None, facts: Facts) -> tuple[bool | None, str]:
    """Whether a paper is due under its condition, and why; None where that itself is open."""
    if key is None:
        return None, "참여기관을 알 수 없음"
    try:
        if condition.when == "size":
            size = facts.text("org.size", key)
            return size in {s.value for s in condition.sizes}, f"기업 규모: {size}"
        if condition.when == "amount" and condition.field:
            return _by_amount(facts.won(condition.field, key), condition.sure_from)
        return _new_hires(matter, key, facts)
    except Unknown as gap:
        return None, ", ".join(need.words_ko for need in gap.needs)


def _by_amount(amount: int, sure_from: int | None) -> tuple[bool | None, str]:
    if amount <= 0:
        return False, "계획서의 해당 금액이 0원"
    if sure_from and amount < sure_from:
        return None, f"해당 금액 {won.shown(amount)}, {won.shown(sure_from)} 미만"
    return True, f"해당 금액 {won.shown(amount)}"


def _new_hires(matter: Matter[NoParams], key: str, facts: Facts) -> tuple[bool | None, str]:
    mine = [p for p in matter.people() if p.organisation in (key, None)]
    hired = [p for p in mine if p.organisation == key and p.maybe("participant.new_hire") is True]
    facts.note(*[f for p in hired for f in p.all("participant.new_hire")])
    if hired:
        return True, f"신규채용: {', '.join(p.name for p in hired)}"
    if mine and all(p.maybe("participant.new_hire") is False and p.organisation for p in mine):
        return False, "신규채용 참여연구자 없음"
    raise Unknown(Need(words_ko="계획서의 신규채용 여부", words_en="new hires in the plan"))


def _papers(
    matter: Matter[NoParams], slot: Slot, candidates: list[Candidate]
) -> tuple[list[SubmittedFile], list[SubmittedFile], list[SubmittedFile]]:
    """Files that are the paper; files called so that could not be read; files called so that are something else."""
    own, unread, elsewhere = [], [], []
    (document, part, kinds_wanted, _, _, _), giver = slot
    for file, kinds in candidates:
        # A file of a document of parts is (or may be) this part: one without a part may hold them all.
        fits = part is None or file.part is None or file.part == part.id
        if kinds.isdisjoint(document.kinds):
            holds = fits and file.document == document.number
        else:
            holds = not kinds.isdisjoint(kinds_wanted)
        claims = fits and file.claimed_document == document.number
        if not (holds or claims):
            continue
        if giver is None or document.by is By.PROJECT:
            mine = claimed = True
        else:
            joint = _joint(file, matter, giver) if holds and document.by is By.EACH_OR_JOINT else False
            mine = giver.key in owners_of(file, kinds_wanted) or bool(joint)
            claimed = file.claimed == giver.key or joint is None
        if holds and mine:
            own.append(file)
        elif holds and claimed and file.organisation is None and not _foreign(file):
            unread.append(file)
        elif claimed:
            elsewhere.append(file)
    return own, unread, elsewhere


def _candidates(matter: Matter[NoParams]) -> dict[int, list[Candidate]]:
    """By a document's number the live files that have to do with it at all, by content or by name."""
    found: dict[int, list[Candidate]] = {d.number: [] for d in matter.call.documents}
    numbers = {kind: d.number for d in matter.call.documents for kind in d.kinds}
    for file in matter.live():
        kinds = matter.facts.papers.kinds(file)
        for number in {file.document, file.claimed_document, *map(numbers.get, kinds)}:
            if number in found:
                found[number].append((file, kinds))
    return found


def _joint(file: SubmittedFile, matter: Matter[NoParams], organisation: Organisation) -> bool | None:
    """Whether a sheet is this organisation's too: its head or itself is named on a line of its sign-offs, or a line is
    the partner's and there is one partner only. None: not to be told."""
    same = [other for other in matter.live() if other.document == file.document]
    if len({other.organisation or other.claimed for other in same}) > 1:
        return False  # each gave its own
    head = organisation.representative
    signers = [f for f in matter.facts.in_file(file.name) if f.name == "signoff.name"]
    if head and any(f.value and person_name.plain(str(f.value)) == person_name.plain(head) for f in signers):
        return True
    lines = [person_name.plain(f.printed) for f in signers]
    name = company_name.plain(organisation.name)
    partners = [o for o in matter.submission.organisations if o.key != "lead"]
    if any(len(name) >= 3 and name in company_name.plain(line) for line in lines):
        return True
    return True if partners == [organisation] and any(PARTNERS_LINE in line for line in lines) else None


def _foreign(file: SubmittedFile) -> bool:
    return any(segment.confidence >= SURE and segment.subject.business_number for segment in file.segments)
