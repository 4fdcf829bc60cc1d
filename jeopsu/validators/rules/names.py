"""Names and formats of the files (공고 7)."""

from __future__ import annotations

from jeopsu.domain.calls import Call
from jeopsu.domain.documents import FileType
from jeopsu.domain.findings import Outcome
from jeopsu.domain.problems import SENTENCES, Code
from jeopsu.domain.submissions import SubmittedFile
from jeopsu.validators.matter import Answer, Conclusion, Matter, NoParams, check

_WRONG_NAMES = frozenset(code for code in Code if code.value.startswith("name_")) - {Code.NAME_NOT_NFC}
_NONE = frozenset[Code]()


def codes_of(file: SubmittedFile) -> frozenset[Code]:
    """What is wrong with a file."""
    return frozenset(problem.code for problem in file.problems) if file.problems else _NONE


def said(codes: list[Code]) -> tuple[str, str]:
    """The same in words, Korean and English."""
    return " ".join(SENTENCES[code].ko for code in codes), " ".join(SENTENCES[code].en for code in codes)


@check()
def file_name(matter: Matter[NoParams]) -> Answer:
    """Each file's name against the rule for names. NFD is a note, words added behind are staff's."""
    return tuple([_name(matter, file) for file in matter.submission.files])


def _name(matter: Matter[NoParams], file: SubmittedFile) -> Conclusion:
    codes = codes_of(file)
    wrong = sorted(codes & _WRONG_NAMES) if codes else ()
    note = f" ({SENTENCES[Code.NAME_NOT_NFC].ko})" if Code.NAME_NOT_NFC in codes else ""
    extra = file.name_extra
    if wrong:
        outcome, (ko, en) = Outcome.FAIL, said(list(wrong))
        if any(p.code is Code.NAME_UNKNOWN_ORGANISATION and p.detail == "lead_expected" for p in file.problems):
            ko += " 과제별 서류에는 주관연구개발기관명을 씁니다."
        ko = f"{ko} '{_shape(matter.call)}' 꼴로 고쳐 주십시오."
    elif extra:
        outcome = Outcome.UNDETERMINED
        ko = f"기관명 뒤에 '{extra.strip()}'이(가) 더 있음. 규칙은 '{_shape(matter.call)}'. 인정할지 담당자가 정해야 함"
        en = f"'{extra.strip()}' follows the organisation's name; staff decide whether to accept it"
    else:
        outcome, ko, en = Outcome.PASS, "파일명이 규칙에 맞음", "the name follows the rule"
    about, files, evidence = matter.place(file)
    key = file.claimed or file.organisation
    return Conclusion(outcome, f"{file.name}: {ko}{note}", f"{file.name}: {en}", about, key, (), files, evidence)


def _shape(call: Call) -> str:
    """The rule for names as people read it."""
    shape = call.name_template.replace("{number}", "번호").replace("{title}", "서식명")
    return shape.replace("{organisation}", "연구개발기관명").replace("{extension}", "확장자")


@check()
def file_format(matter: Matter[NoParams]) -> Answer:
    """Each file's real type against what its document must be."""
    return tuple([_format(matter, file) for file in matter.submission.files])


def _format(matter: Matter[NoParams], file: SubmittedFile) -> Conclusion:
    document = matter.call.document(file.claimed_document or file.document or 0)
    about, files, evidence = matter.place(file)
    key = file.organisation or file.claimed

    def say(outcome: Outcome, ko: str, en: str) -> Conclusion:
        return Conclusion(outcome, f"{file.name}: {ko}", f"{file.name}: {en}", about, key, (), files, evidence)

    if document is None:
        return say(Outcome.UNDETERMINED, "어느 서류인지 알 수 없음", "not known which document it is")
    shown = file.type.upper()
    if file.type in document.formats and Code.EXTENSION_NOT_ALLOWED not in codes_of(file):
        return say(Outcome.PASS, f"{shown} 파일", shown)
    allowed = ", ".join(form.upper() for form in document.formats)
    if file.type in (FileType.EMPTY, FileType.OTHER):
        return say(
            Outcome.NOT_APPLICABLE, "내용을 읽을 수 없어 형식을 판단하지 않음(document_content 참조)", "not readable"
        )
    if file.type in document.perhaps:
        return say(
            Outcome.UNDETERMINED,
            f"실제 형식이 {shown}임. 공고는 {allowed} 파일이라고만 함: 인정할지 담당자가 정해야 함",
            f"is {shown} where the notice says {allowed}: staff decide whether to accept it",
        )
    if file.type not in document.formats:
        return say(
            Outcome.FAIL,
            f"실제 형식이 {shown}임. {allowed} 파일로 다시 올려 주십시오.",
            f"is {shown}; upload it as {allowed}",
        )
    return say(
        Outcome.FAIL,
        f"확장자가 {allowed}가 아님. 확장자를 고쳐 다시 올려 주십시오.",
        f"its extension is not {allowed}",
    )
