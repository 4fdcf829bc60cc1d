"""Labels that people see, in both languages. One table, so that terminal, page and sheet say the same."""

from __future__ import annotations

from jeopsu.domain.findings import Effect, Outcome, Verdict
from jeopsu.domain.submissions import Size, Status
from jeopsu.domain.text import Language, Text

VERDICTS = {
    Verdict.CLEAR: Text(ko="이상 없음", en="Nothing to mend"),
    Verdict.SUPPLEMENT: Text(ko="보완 필요", en="To be supplemented"),
    Verdict.EXCLUSION_POSSIBLE: Text(ko="사전지원제외 가능", en="Exclusion possible"),
    Verdict.EXCLUDED: Text(ko="사전지원제외 대상", en="Excluded"),
    Verdict.UNDETERMINED: Text(ko="담당자 확인 필요", en="A person must look"),
}
OUTCOMES = {
    Outcome.PASS: Text(ko="적합", en="pass"),
    Outcome.FAIL: Text(ko="부적합", en="fail"),
    Outcome.UNDETERMINED: Text(ko="확인 필요", en="undetermined"),
    Outcome.NOT_APPLICABLE: Text(ko="해당 없음", en="not applicable"),
}
EFFECTS = {
    Effect.EXCLUDE: Text(ko="사전지원제외", en="exclude"),
    Effect.MAY_EXCLUDE: Text(ko="사전지원제외 가능", en="may exclude"),
    Effect.SUPPLEMENT: Text(ko="보완", en="supplement"),
    Effect.SCORE: Text(ko="우대·감점", en="score"),
    Effect.INFORMATION: Text(ko="참고", en="information"),
}
SIZES = {
    Size.LARGE: Text(ko="대기업", en="large"),
    Size.MIDSIZE: Text(ko="중견기업", en="mid-size"),
    Size.MIDSIZE_CANDIDATE: Text(ko="중견기업 후보기업", en="mid-size candidate"),
    Size.SMALL: Text(ko="중소기업", en="small"),
}
STATUSES = {
    Status.READ: Text(ko="읽음", en="read"),
    Status.PARTLY_READ: Text(ko="일부만 읽음", en="partly read"),
    Status.UNREADABLE: Text(ko="읽지 못함", en="unreadable"),
    Status.SUPERSEDED: Text(ko="뒤의 파일로 대체됨", en="superseded"),
}
_ROLES = {"lead": Text(ko="주관", en="lead"), "partner": Text(ko="공동", en="partner")}


def role(key: str | None, language: Language) -> str:
    """주관, 공동, 공동2 … for an organisation's key; 과제 for the project itself."""
    if key is None:
        return "과제" if language == "ko" else "project"
    base = key.rstrip("0123456789")
    text = _ROLES.get(base)
    return (text.in_(language) if text else base) + key[len(base) :]
