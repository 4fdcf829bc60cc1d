"""Words and values: both languages whole, and what a person types becomes a value or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from jeopsu.flows.settings import Settings
from jeopsu.review import language, values
from tests.review import builders
from tests.review.sentences import sentences


def test_every_sentence_has_its_english() -> None:
    table = language.table()
    assert [text for text in sentences() if text not in table] == []
    wrong = [ko for ko, en in table.items() if ko.count("{}") != en.count("{}")]
    assert wrong == []


def test_the_reader_chooses_the_language(given: Settings, person: Callable[..., Client]) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    assert "볼 항목" in client.get("/proposals/P-1/").content.decode()
    assert "Begin:" in client.get("/proposals/P-1/?lang=en").content.decode()
    assert "Begin:" in client.get("/proposals/P-1/").content.decode()  # kept
    assert "볼 항목" in client.get("/proposals/P-1/?lang=ko").content.decode()
    korean = Client().get("/login", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert "비밀번호" in korean.content.decode() and korean["Content-Language"] == "ko"  # whatever the browser says


def test_the_chosen_language_is_kept_with_the_account(given: Settings, person: Callable[..., Client]) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    answer = client.post("/language", {"to": "en", "back": "/proposals/P-1/"})
    assert answer["Location"] == "/proposals/P-1/"
    assert "Begin:" in client.get("/proposals/P-1/").content.decode()
    elsewhere = Client()
    assert elsewhere.login(username="kim", password=builders.PASSWORD)
    assert "Begin:" in elsewhere.get("/proposals/P-1/").content.decode()
    assert elsewhere.post("/language", {"to": "ko", "back": "//elsewhere.example/"})["Location"] == "/"
    assert "볼 항목" in client.get("/proposals/P-1/").content.decode()
    stranger = Client()
    assert stranger.post("/language", {"to": "en", "back": "/login"})["Location"] == "/login"
    assert "Password" in stranger.get("/login").content.decode()


@pytest.mark.parametrize(
    ("name", "text", "unit", "value"),
    [
        ("fs.equity", "1,234", "thousand", 1_234_000),
        ("fs.equity", "△1,234", "won", -1_234),
        ("fs.equity", "(5)", "million", -5_000_000),
        ("participant.rate", "12.5", "won", Decimal("12.5")),
        ("midsize.valid_to", "2024. 3. 31.", "won", date(2024, 3, 31)),
        ("bizreg.number", "120-87-57190", "won", "1208757190"),
        ("corpreg.number", "114111-6768288", "won", "1141116768288"),
        ("participant.new_hire", "1", "won", True),
        ("participant.projects", "3", "won", 3),
        ("signoff.kind", "seal", "won", "seal"),
        ("org.name", " (주)가나 ", "won", "(주)가나"),
    ],
)
def test_typed_values(name: str, text: str, unit: str, value: object) -> None:
    assert values.typed(name, text, unit)[0] == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fs.equity", "1,23"), ("fs.equity", "1 2"), ("fs.equity", "O1,000"), ("participant.rate", "열"),
        ("midsize.valid_to", "2024-02-31"), ("bizreg.number", "120-87-5719"), ("corpreg.number", "1"),
        ("participant.new_hire", "maybe"), ("signoff.kind", "stamp"), ("org.name", "  "),
        ("participant.projects", "-1"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(name: str, text: str) -> None:
    with pytest.raises(values.NotAValue):
        values.typed(name, text)


def test_a_check_digit_warns_and_changes_nothing() -> None:
    value, warning = values.typed("bizreg.number", "120-87-57191")
    assert value == "1208757191" and warning
