"""What an entry of the audit log says, in a line for people."""

from __future__ import annotations

from typing import Any

from jeopsu.review import codes
from jeopsu.review.language import t
from jeopsu.storage.audit import AuditRow


def entry(row: AuditRow) -> str:
    """Without who, when and what kind of deed it was: those have columns of their own."""
    body = row.body
    if row.action == "account":
        return _account(body)
    if row.action == "webhook":
        return t("알림 {}건").format(body.get("resent", ""))
    if row.action == "sample" and "drawn" in body:
        drawn = t("표본 {}개").format(body["drawn"])
        return (
            f"{drawn} / {body['of']} (seed {body['seed']})"
            if "of" in body
            else f"{drawn} (seed {body.get('seed', '')})"
        )
    words = str(body.get("title") or "")
    if "fact" in body:
        value = t("되돌림") if body.get("withdrawn") else _plain(body.get("value"))
        words = f"{body['fact']} = {value} {body.get('source', '')}".rstrip()
    elif row.action == "assign":
        words = str(body.get("to") or "–")
    elif "file" in body:
        words = str(body["file"])
    if body.get("kind") == "override":
        words += f" → {_word(body.get('value'))}"
    if body.get("kind") == "outcome":
        words = t(codes.VERDICTS.get(str(body.get("value")), "")) or words
    return f"{words} · {body['reason']}" if body.get("reason") else words


def _account(body: dict[str, Any]) -> str:
    parts = [str(body.get("name", ""))]
    before = body.get("before", {})
    for key, label in (("roles", t("역할")), ("calls", t("공고")), ("proposals", t("과제"))):
        if key in body:
            now = ", ".join(_word(one) if key == "roles" else str(one) for one in body[key]) or "–"
            was = ", ".join(_word(one) if key == "roles" else str(one) for one in before.get(key, ())) or "–"
            parts.append(f"{label}: {was} → {now}" if key in before else f"{label}: {now}")
    if "password" in body:
        parts.append(t("비밀번호 바뀜"))
    if "locked" in body:
        parts.append(t("잠금") if body["locked"] else t("잠금 풀림"))
    if "totp" in body:
        parts.append(t("2단계 인증 켬") if body["totp"] == "on" else t("2단계 인증 끔"))
    if "ended" in body:
        parts.append(t("로그인 {}개 끝냄").format(body["ended"]))
    if "token" in body:
        parts.append(t("API 열쇠"))
    if "oidc" in body:
        parts.append(t("통합 로그인"))
    return " · ".join(part for part in parts if part)


def _word(code: Any) -> str:
    return t(codes.WORDS.get(str(code), str(code)))


def _plain(value: Any) -> str:
    return {True: t("예"), False: t("아니오")}[value] if isinstance(value, bool) else str(value)
