"""What can be wrong with a file, each with its sentence for people and the next step.

Codes are the contract's (`problems` of a file in the report).
"""

from __future__ import annotations

from enum import StrEnum

from jeopsu.domain.base import Record
from jeopsu.domain.text import Text


class Code(StrEnum):
    EMPTY = "empty"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    DISTRIBUTION_LOCKED = "distribution_locked"
    DRM = "drm"
    SCRIPT = "script"
    OLD_FORMAT = "old_format"
    WRONG_TYPE = "wrong_type"
    ARCHIVE = "archive"
    UNSUPPORTED = "unsupported"
    NO_TEXT = "no_text"
    PAGE_UNREADABLE = "page_unreadable"
    BLANK_PAGE = "blank_page"
    BLANK_FORM = "blank_form"
    BLANK_PARTS = "blank_parts"
    PICTURES_ONLY = "pictures_only"
    TOO_LARGE = "too_large"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    READER_FAILED = "reader_failed"
    READERS_DIFFER = "readers_differ"
    NAME_NO_BRACKETS = "name_no_brackets"
    NAME_WRONG_NUMBER = "name_wrong_number"
    NAME_WRONG_TITLE = "name_wrong_title"
    NAME_UNKNOWN_ORGANISATION = "name_unknown_organisation"
    NAME_NOT_NFC = "name_not_nfc"
    NAME_SPACING = "name_spacing"
    NAME_FULLWIDTH = "name_fullwidth"
    EXTENSION_NOT_ALLOWED = "extension_not_allowed"
    CONTENT_IS_OTHER_DOCUMENT = "content_is_other_document"
    OTHER_COMPANY = "other_company"
    COMPANY_UNCLEAR = "company_unclear"
    SEVERAL_COMPANIES = "several_companies"
    PARTNERS_TOO = "partners_too"
    OTHER_PROJECT = "other_project"
    DUPLICATE = "duplicate"


SENTENCES: dict[Code, Text] = {
    Code.EMPTY: Text(
        ko="빈 파일(0바이트)입니다. 파일을 다시 저장해 올려 주십시오.",
        en="The file is empty (0 bytes). Save it again and upload it.",
    ),
    Code.TRUNCATED: Text(
        ko="파일이 손상되었거나 끝까지 저장되지 않았습니다. 원본을 다시 저장해 올려 주십시오.",
        en="The file is damaged or cut off. Save the original again and upload it.",
    ),
    Code.ENCRYPTED: Text(
        ko="암호가 걸려 있어 열 수 없습니다. 암호를 풀고 다시 올려 주십시오.",
        en="The file is password-protected. Remove the password and upload it again.",
    ),
    Code.DISTRIBUTION_LOCKED: Text(
        ko="배포용 문서(편집 제한)입니다. 내용은 읽었으나, 편집할 수 있는 문서로 올려 주십시오.",
        en="The file is a distribution-locked document. It was read, but upload an editable one.",
    ),
    Code.DRM: Text(
        ko="문서 보안(DRM)이 걸려 있어 열 수 없습니다. 보안을 해제하고 다시 올려 주십시오.",
        en="The file is locked by DRM. Release it and upload it again.",
    ),
    Code.SCRIPT: Text(
        ko="스크립트(매크로)가 들어 있습니다. 실행하지 않고 내용만 읽었습니다.",
        en="The file holds a script. It was not run; only the text was read.",
    ),
    Code.OLD_FORMAT: Text(
        ko="한글 3.x 이하의 옛 형식입니다. 한글에서 HWP 5.0 형식으로 저장해 다시 올려 주십시오.",
        en="The file is in the old HWP 3 format. Save it as HWP 5.0 and upload it again.",
    ),
    Code.WRONG_TYPE: Text(
        ko="파일의 실제 형식이 확장자와 다릅니다. 올바른 형식으로 저장해 다시 올려 주십시오.",
        en="The file's real type is not what its extension says. Save it in the right format.",
    ),
    Code.ARCHIVE: Text(
        ko="압축 파일이어서 열지 않았습니다. 압축을 풀어 서류마다 따로 올려 주십시오.",
        en="The file is an archive and was not opened. Unpack it and upload each document by itself.",
    ),
    Code.UNSUPPORTED: Text(
        ko="읽을 수 없는 형식의 파일입니다. PDF(연구개발계획서는 HWP)로 저장해 다시 올려 주십시오.",
        en="The file is of a type that cannot be read. Save it as PDF (the plan as HWP) and upload it again.",
    ),
    Code.NO_TEXT: Text(
        ko="읽을 수 있는 글자가 없습니다. 빈 문서가 아닌지 확인해 주십시오.",
        en="Nothing readable was found. Check that the document is not blank.",
    ),
    Code.PAGE_UNREADABLE: Text(
        ko="읽지 못한 쪽이 있습니다. 해당 쪽을 사람이 확인해야 합니다.",
        en="Some pages could not be read. A person must look at them.",
    ),
    Code.BLANK_PAGE: Text(
        ko="빈 쪽이 있습니다. 스캔이 빠지지 않았는지 확인해 주십시오.",
        en="There is a blank page. Check that no scan is missing.",
    ),
    Code.BLANK_FORM: Text(
        ko="양식에 값이 채워지지 않았습니다. 빈 서식을 작성한 서류로 바꿔 주십시오.",
        en="The form was not filled in. Replace it by the completed one.",
    ),
    Code.BLANK_PARTS: Text(
        ko="양식에 값이 채워지지 않은 항목이 있습니다. 빠진 값을 채워 다시 올려 주십시오.",
        en="Parts of the form were not filled in. Fill them in and upload it again.",
    ),
    Code.PICTURES_ONLY: Text(
        ko="본문이 그림(스캔)으로만 되어 있어 금액·기관·참여자를 글자로 읽지 못했습니다. "
        "글자로 작성한 한글 파일로 다시 올려 주십시오.",
        en="The text is only pictures: figures, organisations and people could not be read. Upload it as typed text.",
    ),
    Code.TOO_LARGE: Text(
        ko="처리 한도(크기·쪽수·압축 해제량)를 넘는 파일입니다. 나누거나 줄여서 다시 올려 주십시오.",
        en="The file exceeds a limit (size, pages or unpacked bytes). Split or shrink it.",
    ),
    Code.TIME_LIMIT: Text(
        ko="제한 시간 안에 읽지 못했습니다. 사람이 파일을 열어 확인해야 합니다.",
        en="The file could not be read in time. A person must open it.",
    ),
    Code.MEMORY_LIMIT: Text(
        ko="메모리 한도 안에서 읽지 못했습니다. 사람이 파일을 열어 확인해야 합니다.",
        en="The file could not be read within the memory limit. A person must open it.",
    ),
    Code.READER_FAILED: Text(
        ko="파일을 읽는 중 오류가 났습니다. 사람이 파일을 열어 확인해야 합니다.",
        en="Reading the file failed. A person must open it.",
    ),
    Code.READERS_DIFFER: Text(
        ko="두 판독기의 결과가 달라 사람이 확인해야 하는 값이 있습니다.",
        en="Two readers disagree; some values need a person.",
    ),
    Code.NAME_NO_BRACKETS: Text(
        ko="파일명에 [서식-번호] 대괄호 표기가 없습니다.", en="The file name lacks the bracketed [서식-N]."
    ),
    Code.NAME_WRONG_NUMBER: Text(
        ko="파일명의 서식 번호가 서식명과 맞지 않습니다.", en="The form number in the file name does not fit its title."
    ),
    Code.NAME_WRONG_TITLE: Text(
        ko="파일명의 서식명이 공고의 서식명과 다릅니다.", en="The title in the file name is not the call's."
    ),
    Code.NAME_UNKNOWN_ORGANISATION: Text(
        ko="파일명의 연구개발기관명이 없거나 이 과제의 기관명과 다릅니다.",
        en="The organisation in the file name is missing or not one of this proposal's.",
    ),
    Code.NAME_NOT_NFC: Text(
        ko="파일명의 한글이 풀어쓰기(NFD)로 되어 있습니다. 내용에는 문제가 없습니다.",
        en="The file name's Hangul is decomposed (NFD). Its content is not affected.",
    ),
    Code.NAME_SPACING: Text(
        ko="파일명의 띄어쓰기나 구분 기호가 규칙과 다릅니다.",
        en="Spacing or separators of the file name differ from the rule.",
    ),
    Code.NAME_FULLWIDTH: Text(ko="파일명에 전각 문자가 있습니다.", en="The file name has full-width characters."),
    Code.EXTENSION_NOT_ALLOWED: Text(
        ko="이 서류에 허용되지 않는 파일 형식(확장자)입니다.", en="This file type is not allowed for the document."
    ),
    Code.CONTENT_IS_OTHER_DOCUMENT: Text(
        ko="파일명과 다른 서류의 내용이 들어 있습니다. 올바른 서류로 바꿔 주십시오.",
        en="The content is another document than the name says. Replace it.",
    ),
    Code.OTHER_COMPANY: Text(
        ko="파일명의 기관과 다른 회사의 서류가 들어 있습니다. 올바른 서류로 바꿔 주십시오.",
        en="The content is another company's. Replace it.",
    ),
    Code.COMPANY_UNCLEAR: Text(
        ko="서류의 회사 이름이 이 과제의 기관과 다르거나 여럿으로 읽힙니다. 파일을 열어 누구의 것인지 확인해야 합니다.",
        en="The company's name on it reads unlike this project's companies, or there are several: open it and look.",
    ),
    Code.SEVERAL_COMPANIES: Text(
        ko="한 파일에 두 회사의 재무제표, 또는 금액이 서로 다른 같은 해의 재무제표가 섞여 있습니다. "
        "파일을 열어 어느 것이 이 기관의 것인지 확인해야 합니다.",
        en="Statements of two companies, or two different ones of one year, are mixed in one file: "
        "open it and see which are this organisation's.",
    ),
    Code.PARTNERS_TOO: Text(
        ko="이 기관의 재무제표와 함께 이 과제의 다른 기관의 재무제표가 들어 있습니다. "
        "쪽을 나누어 각 기관의 것으로 읽었으니 나눈 곳이 맞는지 확인해야 합니다.",
        en="Another organisation's statements are bound in with this one's. "
        "They were told apart page by page: see whether rightly.",
    ),
    Code.OTHER_PROJECT: Text(
        ko="서류에 적힌 과제명이 연구개발계획서의 과제명과 다릅니다. 이 과제의 서류인지 확인해야 합니다.",
        en="The project's title on it is not the plan's: see whether it belongs to this project.",
    ),
    Code.DUPLICATE: Text(ko="같은 내용의 파일이 두 번 올라왔습니다.", en="The same content was uploaded twice."),
}

# The file could not be opened at all: nothing in it was read.
FATAL = frozenset(
    {
        Code.EMPTY,
        Code.TRUNCATED,
        Code.ENCRYPTED,
        Code.DRM,
        Code.OLD_FORMAT,
        Code.TOO_LARGE,
        Code.TIME_LIMIT,
        Code.MEMORY_LIMIT,
        Code.READER_FAILED,
    }
)


class Problem(Record):
    """One thing that is wrong with a file or one of its pages."""

    code: Code
    page: int | None = None
    detail: str = ""  # short and free of personal data: an exception's class, a count

    @property
    def sentence(self) -> Text:
        return SENTENCES[self.code]


class DocumentProblem(Exception):
    """Raised by readers: the applicant's file cannot be read, and why. Becomes a finding, never a crash."""

    def __init__(self, code: Code, detail: str = "", page: int | None = None) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.problem = Problem(code=code, detail=detail, page=page)
