"""Checklists and declarations: what applicants say of themselves, and what staff look up (공고 4-3, 5-2, 7)."""

from __future__ import annotations

from jeopsu.domain.base import Record
from jeopsu.domain.findings import About
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import described
from jeopsu.domain.submissions import SubmittedFile
from jeopsu.validators.checklists import at_odds, items, likely_answer, lines_of, refusal
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.lookup import Places, owners_of, stands_in
from jeopsu.validators.matter import (
    Answer,
    Conclusion,
    Matter,
    NoParams,
    check,
    failed,
    not_applicable,
    passed,
    undetermined,
)

_CHECKLISTS = (
    Kind.BONUS_PENALTY, Kind.SAFETY_SELF_CHECK, Kind.SECURITY_SELF_CHECK, Kind.ELIGIBILITY_DECLARATION,
)  # fmt: skip


class Declared(Record):
    """Words by which a declaration's item is found, and the staff input that settles the matter."""

    words: tuple[str, ...]
    kind: Kind
    fact: str
    entries: tuple[str, ...] = ()  # of the registry extract, by which an office says it


class Paper(Record):
    """The kinds of document that must be in order."""

    kinds: tuple[Kind, ...]
    each: bool = False


@check(Declared)
def declared_and_looked_up(matter: Matter[Declared]) -> Answer:
    """Staff's look-up decides; without it "해당" is a fail (declared) and "해당없음" stays open (reading 15)."""
    p = matter.params
    files, lines = lines_of(matter, p.kind)
    said = [line for line in lines if line.asks(p.words)]
    for line in said:
        matter.facts.note(*line.fields)
    entered = [f for f in matter.facts.entries("corpreg.entry", matter.key) if f.value in p.entries]
    matter.facts.note(*entered)
    registry = f" 등기부에 기재가 있음: {', '.join(described(f) for f in entered)}." if entered else ""
    yes = [line.item for line in said if line.yes and line.item.confirmed]
    title = matter.rule.title
    try:
        found = bool(matter.ask(p.fact))
    except Unknown as gap:
        if yes:
            return failed(
                f"{title.ko}: 신청자가 '해당'으로 신고함 ({described(yes[0])})",
                f"{title.en}: the applicant declares it.",
                about=About(file=yes[0].file),
                files=tuple(sorted(files)),
                staff=(p.fact,),
            )
        answers = {line.yes for line in said}
        # The mark is sure, which item it answers was read once (a scan): a person compares the two.
        seen = " 신청서에 '해당'으로 표시된 것으로 보임(스캔 항목, 확인 필요)." if True in answers else ""
        none = " 신고상 해당없음(증명은 아님)." if answers == {False} else ""
        raise Unknown(*[n._replace(words_ko=f"{n.words_ko}{seen or none}{registry}") for n in gap.needs]) from None
    if found:
        return failed(f"{title.ko}: 담당자가 확인함{matter.looked_up()}", f"{title.en}: found by staff.")
    claimed = [
        line for line in said if likely_answer(line.mark)
    ]  # a mark or item that is not sure is no less a contradiction
    against = " 다만 신청자는 '해당'으로 신고함." if yes else ""
    if claimed and not yes:
        against = " 다만 신청서에 '해당'으로 표시된 것으로 보임(확인 필요)."
    if claimed or entered:
        return undetermined(
            f"{title.ko}: 담당자 조회로는 없음{matter.looked_up()}.{against}{registry}",
            f"{title.en}: declared or entered in the registry, but not found by staff.",
        )
    return passed(f"{title.ko}: 없음{matter.looked_up()}", f"{title.en}: none found by staff.")


@check()
def staff_judge(matter: Matter[NoParams]) -> Answer:
    """What only staff can judge. The rule's first staff input: true means that all is well."""
    if matter.ask(matter.rule.staff[0].id):
        return passed(f"담당자 판단: 적합{matter.looked_up()}", "Staff find it in order.")
    return failed(f"담당자 판단: 부적합{matter.looked_up()}", "Staff find it not in order.")


@check(Declared)
def bonus_points(matter: Matter[Declared]) -> Answer:
    """Bonus items claimed in document 3: each needs its evidence and the organiser's list."""
    files = matter.places(matter.live(), matter.params.kind)
    asked = [line for line in items(matter, files) if line.asks(matter.params.words)]
    for line in asked:
        matter.facts.note(*line.fields)
    claimed = [line for line in asked if line.yes]
    if asked and all(line.yes is False and line.item.confirmed for line in asked):
        return not_applicable("우대사항을 신청하지 않음", "No bonus is claimed.")
    words = f"우대사항 신청 {len(claimed)}건. " if claimed else ""
    points = matter.ask(matter.params.fact, since=words.removesuffix(". "))
    return passed(f"{words}담당자가 인정한 우대 {points}점{matter.looked_up()}", f"Staff grant {points} bonus points.")


@check()
def checklist_answered(matter: Matter[NoParams]) -> Answer:
    """Every item of the checklists is marked, exactly once where one answer is asked."""
    where = matter.places(matter.live(), *_CHECKLISTS)
    found = tuple(_answered(matter, file, where) for file in matter.live() if file.name in where)
    if not found:
        raise Unknown(Need(words_ko="점검표와 확인서의 점검 항목", words_en="the checklists"))
    return found


def _answered(matter: Matter[NoParams] | Matter[Paper], file: SubmittedFile, where: Places) -> Conclusion:
    about, key = About(document=file.document, file=file.name), file.organisation or file.claimed
    rows = items(matter, {file.name: where[file.name]})
    inputs = tuple(field for line in rows for field in line.fields)
    empty = [row.item for row in rows if row.mark and row.mark.confirmed and not str(row.mark.value).strip()]
    more = {"about": about, "organisation": key, "files": (file.name,), "inputs": inputs}
    if empty:
        shown = ", ".join(str(item.value or item.printed)[:30] for item in empty)
        return failed(
            f"{file.name}: 표시하지 않은 항목 {len(empty)}개({shown}). 모두 표시하여 다시 내 주십시오.",
            f"{file.name}: {len(empty)} items unanswered.",
            **more,
        )
    open_ = [row for row in rows if row.mark is None or not row.mark.confirmed]
    if open_ or not rows:
        return undetermined(
            f"{file.name}: 표시를 확인해야 하는 항목 {len(open_) or '전체'}", f"{file.name}: look at the marks.", **more
        )
    return passed(
        f"{file.name}: 항목 {len(rows)}개 모두 표시됨", f"{file.name}: all {len(rows)} items are marked.", **more
    )


@check(Paper)
def paper_in_order(matter: Matter[Paper]) -> Answer:
    """A paper is there, signed, and answered as far as it can be read; its answers are carried into the message."""
    kinds = matter.params.kinds
    mine = [f for f in matter.live() if not matter.params.each or matter.key in (*owners_of(f, kinds), f.claimed)]
    names = matter.places(mine, *kinds)
    if not names:
        return failed(
            f"{matter.rule.title.ko}: 서류가 없음. 제출해 주십시오.", f"{matter.rule.title.en}: missing. Hand it in."
        )
    rows = items(matter, names)
    marks = [f for f in matter.facts.all("signoff.kind") if stands_in(f, names)]
    matter.facts.note(*marks, *[field for row in rows for field in row.fields])
    if unsigned := [f for f in marks if f.confirmed and f.value == "none"]:
        return failed(
            f"{matter.rule.title.ko}: 서명·날인이 없음({unsigned[0].file}). 날인하여 다시 내 주십시오.",
            "Not signed. Sign it.",
            files=tuple(sorted(names)),
        )
    if no := refusal(matter, names):
        return failed(
            f"{matter.rule.title.ko}: '{no.value}'(으)로 표시됨({described(no)}). 동의 여부를 고쳐 다시 내 주십시오.",
            "Consent is refused.",
            files=tuple(sorted(names)),
        )
    if odd := at_odds(rows):
        raise Unknown(Need(words_ko=f"점검 항목과 결과가 맞지 않음: {odd}", words_en="its items and its result differ"))
    sure = [row for row in rows if row.item.confirmed and row.mark and row.mark.confirmed]
    said = "; ".join(f"{str(row.item.value)[:40]}: {row.mark.value}" for row in sure if row.mark)
    needs = []
    if not marks or any(not f.confirmed for f in marks):
        needs.append(Need(words_ko=f"서명·날인 ({', '.join(sorted(names))})", words_en="its sign-off"))
    if any(row.mark is None or not row.mark.confirmed for row in rows):
        needs.append(Need(words_ko=f"점검 항목의 표시 ({', '.join(sorted(names))})", words_en="its marks"))
    if needs:
        raise Unknown(*needs)
    return passed(
        f"{matter.rule.title.ko}: 제출되고 서명·날인됨{f' ({said})' if said else ''}",
        "Handed in and signed.",
        files=tuple(sorted(names)),
    )


@check(organisation=True)
def consents_given(matter: Matter[NoParams]) -> Answer:
    """Where the participants' form has boxes for it, they consent (개인정보, 과세정보)."""
    where, lines = lines_of(matter, Kind.PERSONAL_CONSENT)
    asked = any("동의" in line.words or (line.mark and "동의" in str(line.mark.value)) for line in lines)
    rows = lines if asked else []
    matter.facts.note(*[field for row in rows for field in row.fields])
    if no := refusal(matter, where):
        return failed(
            f"'{no.value}'(으)로 표시됨({described(no)}). 동의 여부를 고쳐 다시 내 주십시오.",
            "A consent is refused.",
            files=tuple(sorted(where)),
        )
    form = matter.form(Kind.PERSONAL_CONSENT)
    if not where:
        raise Unknown(Need(words_ko=f"{form}의 동의 표시", words_en="the marks of consent"))
    if not rows:
        return not_applicable(
            f"{form}에 동의를 표시하는 칸이 없음(서명이 곧 동의임)", "No boxes: signing is consenting."
        )
    if any(row.mark is None or not row.mark.confirmed or not str(row.mark.value).strip() for row in rows):
        raise Unknown(Need(words_ko=f"{form}의 동의 표시 ({', '.join(sorted(where))})", words_en="marks of consent"))
    return passed(
        f"동의 {len(rows)}개 항목에 모두 동의함으로 표시됨", "All consents are given.", files=tuple(sorted(where))
    )
