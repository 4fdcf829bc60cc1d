"""A call as a page for people: its documents, rules with their clauses, readings, staff questions. Korean Markdown.

`python -m jeopsu.calls.handbook > docs/rules.md` writes the page of every call; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator

from jeopsu.calls.load import list_calls
from jeopsu.domain.calls import By, Call, RequiredDocument, Rule, RuleVersion, Scope
from jeopsu.domain.findings import Clause, Effect

_EFFECTS = {
    Effect.EXCLUDE: "사전지원제외(처리됨)",
    Effect.MAY_EXCLUDE: "사전지원제외 가능",
    Effect.SUPPLEMENT: "보완",
    Effect.SCORE: "우대·감점",
    Effect.INFORMATION: "알림",
}
_SCOPES = {
    Scope.PROJECT: "과제",
    Scope.EACH: "기관마다",
    Scope.EACH_AND_PROJECT: "기관마다, 과제",
    Scope.LEAD: "주관",
    Scope.PARTNER: "공동",
    Scope.FILES: "파일마다",
    Scope.DOCUMENTS: "서류마다",
}
_TYPES = {"flag": "예/아니오", "count": "수", "choice": "고르기", "date": "날짜", "text": "글"}
_BY = {By.PROJECT: "과제(주관)", By.EACH: "기관마다", By.EACH_OR_JOINT: "기관마다 또는 한 장에"}


def handbook(calls: tuple[Call, ...]) -> str:
    """The page of these calls."""
    lines = [
        "# 공고별 서류와 규칙",
        "",
        "이 쪽은 `jeopsu/calls/`의 YAML에서 만들어집니다(`python -m jeopsu.calls.handbook > docs/rules.md`). "
        "고칠 것은 YAML에서 고치십시오.",
        "",
        "판정은 적합(pass), 부적합(fail), 확인 필요(undetermined), 해당 없음(not_applicable)입니다. "
        "확인된(confirmed) 값만 규칙을 정하고, 값이 없거나 의심스러우면 확인 필요가 됩니다.",
    ]
    for call in calls:
        lines += ["", *_call(call)]
    return "\n".join(lines) + "\n"


def _call(call: Call) -> Iterator[str]:
    yield f"## {call.title.ko} (`{call.id}`)"
    yield ""
    yield f"- 공고: {call.notice}, {call.agency}"
    yield f"- 접수: {call.opens:%Y-%m-%d %H:%M} ~ {call.closes:%Y-%m-%d %H:%M}"
    yield f"- 회계연도: {', '.join(map(str, call.fiscal_years))}"
    yield f"- 파일명: `{call.name_template}`"
    yield ""
    yield "### 서류"
    yield ""
    yield "| 번호 | 서류 | 누가 | 언제 | 형식 | 근거 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for document in call.documents:
        parts = f" ({', '.join(part.title for part in document.parts)})" if document.parts else ""
        formats = ", ".join(form.value.upper() for form in document.formats)
        cells = (
            str(document.number),
            document.title + parts,
            _BY[document.by],
            _due(document),
            formats,
            _clause(document.clause),
        )
        yield f"| {' | '.join(cells)} |"
    open_ = [document for document in call.documents if document.reading]
    if open_:
        yield ""
        for document in open_:
            yield f"- {document.number} {document.title}: {document.reading}"
    yield ""
    yield "### 규칙"
    for rule in call.rules:
        yield ""
        yield from _rule(rule)
    if call.readings:
        yield ""
        yield "### 공고가 열어 둔 곳과 읽기"
        yield ""
        for reading in call.readings:
            yield f"{reading.number}. {reading.says} 까닭: {reading.why}"


def _due(document: RequiredDocument) -> str:
    condition = document.condition
    if condition.when == "size":
        return f"기업 규모가 {', '.join(condition.sizes)}이면"
    if condition.when == "amount":
        sure = f" ({condition.sure_from:,}원부터 반드시)" if condition.sure_from else ""
        return f"`{condition.field}`가 0원보다 크면{sure}"
    if condition.when == "new_hire":
        return "신규채용이 있으면"
    return "해마다 반드시" if document.per_year else "반드시"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"#### {rule.title.ko} `{rule.id}`"
    yield ""
    yield f"- 결과: {_EFFECTS[rule.effect]} · 대상: {_SCOPES[rule.scope]}"
    for version in rule.versions:
        yield f"- {_version(version)}"
    if rule.readings:
        yield f"- 읽기: {', '.join(map(str, rule.readings))}"
    if rule.note:
        yield f"- {rule.note}"
    for item in rule.staff:
        holds = f", {item.holds_days}일 동안 유효" if item.holds_days else ""
        title = f"**{item.title.ko}** — " if item.title else ""
        kind = f"{_TYPES[item.type]}{holds}"
        answers = f" 예: {item.if_yes.ko} / 아니오: {item.if_no.ko}" if item.if_yes and item.if_no else ""
        yield f"- 담당자가 확인할 것 `{item.id}`({kind}): {title}{item.question.ko} [{item.where.ko}]{answers}"


def _version(version: RuleVersion) -> str:
    until = f"~{version.until}" if version.until else ""
    params = ", ".join(f"{name} {_shown(value)}" for name, value in version.params.items())
    return f"{version.since}{until or '부터'}: {_clause(version.clause)}{f' — {params}' if params else ''}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _clause(clause: Clause) -> str:
    return clause.shown()


if __name__ == "__main__":
    print(handbook(list_calls()), end="")
