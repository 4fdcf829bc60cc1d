"""Letters, the applicant's door, the board: who sees which points, what a receipt lists, what a page costs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jeopsu.flows.settings import Settings
from jeopsu.storage import records, views
from tests.review import builders

Person = Callable[..., Client]


@pytest.fixture
def letter(given: Settings, person: Person) -> views.SupplementRow:
    """A letter with two points, sent by kim."""
    builders.keep(given)
    client = person("kim", "reviewer")
    page = client.get("/proposals/P-1/letters/new")
    keys = [p.key for p in page.context["points"] if p.finding.rule == "document_missing"][:2]
    assert len(keys) == 2
    answer = client.post("/proposals/P-1/letters/new", {"point": keys, "deadline": "2099-05-04", "note": "원본으로"})
    assert answer.status_code == 302
    return views.supplements("P-1")[0]


def test_a_letter_needs_points_and_a_day_to_come(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    key = client.get("/proposals/P-1/letters/new").context["points"][0].key
    for wrong in (
        {"deadline": "2099-05-04"},
        {"point": key, "deadline": "2020-01-01"},
        {"point": key, "deadline": "x"},
    ):
        assert client.post("/proposals/P-1/letters/new", wrong).status_code == 400
    assert not views.supplements("P-1")


def test_the_letter_is_kept_printed_and_saved(letter: views.SupplementRow, person: Person) -> None:
    client = person("lee", "reviewer")
    assert views.review("P-1").outcome == "supplement" and views.review("P-1").due == letter.deadline
    page = client.get("/proposals/P-1/letters/1/").content.decode()
    assert letter.points[0]["title"] in page and "원본으로" in page and "2099년 5월 4일 18:00" in page
    file = client.get("/proposals/P-1/letters/1/?as=hwpx")
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert archive.read("mimetype") == b"application/hwp+zip"
    body = "".join(archive.read(name).decode() for name in archive.namelist() if "section" in name)
    assert letter.points[0]["title"] in body and "보 완 요 청 서" in body


def test_the_link_shows_exactly_the_chosen_points_and_takes_files(letter: views.SupplementRow, person: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    address = f"/supplement/{letter.token}/"
    page = client.get(address).content.decode()
    assert all(point["message"] in page for point in letter.points)
    others = [f for f in (records.report("P-1") or pytest.fail()).findings if f.rule == "capital_impairment"]
    assert all(f.message.ko not in page for f in others)
    file = SimpleUploadedFile("[서식-7] 동의서.pdf", b"%PDF-1.4 x")
    assert client.post(address, {"files": [file]}).status_code == 403  # no token of the page
    token = client.cookies["csrftoken"].value
    file.seek(0)
    assert client.post(address, {"files": [file], "csrfmiddlewaretoken": token}).status_code == 302
    assert "[서식-7] 동의서.pdf" in [upload.name for upload in records.uploads("P-1")]
    came = person("oh", "reviewer").get("/proposals/P-1/letters/1/").context  # staff see what came of each point
    assert [upload.name for upload in came["uploads"]] == ["[서식-7] 동의서.pdf"]
    assert [outcome for _, outcome, _ in came["came"]] == ["fail", "fail"]
    assert client.get("/supplement/nonsense/").status_code == 404
    assert client.get("/proposals/P-1/").status_code == 302


def test_the_self_check_shows_gaps_and_nothing_that_staff_look_up(given: Settings, person: Person) -> None:
    builders.keep(given)
    page = person("applicant", "applicant", proposals=("P-1",)).get("/apply/P-1/")
    shown = {point.finding.rule for point in page.context["gaps"]}
    assert "document_missing" in shown
    assert not shown & {"tax_arrears", "participation_ban", "bonus_points", "penalty_points"}


def test_a_receipt_lists_every_file_with_its_hash(given: Settings, person: Person) -> None:
    builders.keep(given, received=None)
    client = person("applicant", "applicant", proposals=("P-1", "P-2"))
    assert client.post("/apply/P-2/submit").status_code == 302 and not views.receipts("P-2")  # nothing there
    answer = client.post("/apply/P-1/submit", follow=True)
    (upload,) = records.uploads("P-1")
    page = answer.content.decode()
    assert upload.sha256 in page and upload.name in page
    (receipt,) = views.receipts("P-1")
    assert records.proposal("P-1").received == receipt.at
    assert client.get("/proposals/P-1/receipts/1/").status_code == 200
    assert person("other", "applicant", proposals=("P-3",)).get("/proposals/P-1/receipts/1/").status_code == 404


def test_what_was_submitted_in_time_is_not_replaced_after_the_deadline(given: Settings, person: Person) -> None:
    builders.keep(given)  # received within the call's window, which is long over
    client = person("applicant", "applicant", proposals=("P-1",))
    page = client.get("/apply/P-1/")
    assert page.context["shut"] and "더 받지 않습니다" in page.content.decode()
    file = io.BytesIO(b"late")
    file.name = "[서식-1] 온라인 제출 최종 확인서_가나중공업.pdf"
    client.post("/apply/P-1/", {"files": [file]})
    client.post("/apply/P-1/submit")
    assert [upload.name for upload in records.uploads("P-1")] == [builders.NAME]
    assert not views.receipts("P-1") and records.proposal("P-1").received == builders.RECEIVED


def test_the_board_finds_and_filters(given: Settings, person: Person) -> None:
    builders.keep(given, "P-1")
    builders.keep(given, "P-2", sure=True)
    client = person("kim", "reviewer")
    assert [row.id for row in client.get("/?q=P-2").context["rows"]] == ["P-2"]
    assert len(client.get("/?q=가나중공업").context["rows"]) == 2  # by company
    assert len(client.get("/?q=120-87-57190").context["rows"]) == 2  # by number
    assert client.get("/?q=nothing").context["total"] == 0
    client.post("/assign", {"proposal": ["P-1"], "to": "kim"})
    assert [row.id for row in client.get("/?assigned=kim").context["rows"]] == ["P-1"]
    assert [row.id for row in client.get("/?assigned=-").context["rows"]] == ["P-2"]
    assert client.get("/?verdict=clear").context["total"] == 0


def test_the_board_asks_as_many_questions_for_many_as_for_few(given: Settings, person: Person) -> None:
    builders.keep(given, "P-0")
    client = person("kim", "reviewer")
    client.get("/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return len(caught)

    few = asked()
    for number in range(1, 8):
        builders.keep(given, f"P-{number}")
    assert asked() == few


def test_pages_of_uploads_are_drawn_by_another_process(given: Settings, person: Person) -> None:
    sha256 = builders.keep(given).submission.files[0].sha256
    client = person("kim", "reviewer")
    picture = client.get(f"/proposals/P-1/files/{sha256}/1.png")
    assert picture.status_code == 200 and picture.content.startswith(b"\x89PNG")
    assert client.get(f"/proposals/P-1/files/{sha256}/9.png").status_code == 404
    page = client.get(f"/proposals/P-1/files/{sha256}/1/")
    shown = page.context["viewer"]
    assert abs(shown.size.width - 595) < 1 and abs(shown.size.height - 842) < 1  # points, as the boxes are
    assert len(shown.boxes) == len(page.context["lines"]) > 10
    assert not {"pypdfium2", "cv2", "unhwp", "rhwp"} & set(_loaded_by_site().split())


def _loaded_by_site() -> str:
    """The modules that the site's process holds after it has been imported whole."""
    import subprocess
    import sys

    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'jeopsu.review.settings'\n"
        "import django; django.setup()\nimport sys, jeopsu.review.urls\nprint(' '.join(sys.modules))"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_views_are_kept_by_name_and_are_ones_own(given: Settings, person: Person) -> None:
    builders.keep(given)
    kim, lee = person("kim", "reviewer"), person("lee", "reviewer")
    kim.post("/views", {"name": "내 것", "query": "todo=open&assigned=kim&page=3&evil=1"})
    ((number, name, query),) = kim.get("/").context["saved"]
    assert name == "내 것" and sorted(query.split("&")) == ["assigned=kim", "todo=open"]
    assert kim.get(f"/?{query}").status_code == 200
    lee.post(f"/views/{number}/drop")
    assert len(kim.get("/").context["saved"]) == 1 and not lee.get("/").context["saved"]
    kim.post("/views", {"name": "내 것", "query": "todo=second"})
    assert [view[2] for view in kim.get("/").context["saved"]] == ["todo=second"]
    for wrong in ({"name": "", "query": "todo=open"}, {"name": "x", "query": "page=2"}):
        kim.post("/views", wrong)
    kim.post(f"/views/{kim.get('/').context['saved'][0][0]}/drop")
    assert not kim.get("/").context["saved"]


def test_the_board_has_the_call_s_clock_for_what_is_not_submitted_yet(given: Settings, person: Person) -> None:
    builders.keep(given, "P-1", received=None)
    builders.keep(given, "P-2")
    builders.keep(given, "P-3", received=builders.RECEIVED + timedelta(days=30))
    client = person("kim", "reviewer")
    told = {name: client.get(f"/?q={name}").content.decode().partition("<tbody")[2] for name in ("P-1", "P-2", "P-3")}
    assert "제출 전" in told["P-1"] and "지남" in told["P-1"]
    assert "제출 전" not in told["P-2"] and "마감 뒤" not in told["P-2"]
    assert "마감 뒤" in told["P-3"]


def test_filters_keep_one_another(given: Settings, person: Person) -> None:
    builders.keep(given)
    page = person("kim", "reviewer").get("/?q=가나&assigned=-&todo=open").content.decode()
    assert "&amp;todo=second" in page and "assigned=-&amp;todo=second" in page


def test_statistics_are_counted_once_and_kept(given: Settings, person: Person) -> None:
    from jeopsu.storage import tallies

    builders.keep(given)
    client = person("lee", "lead_reviewer")
    first = client.get("/statistics/")
    assert first.context["tallies"] is None and 'hx-trigger="load"' in first.content.decode()
    counted = client.get("/statistics/?part=tallies")
    assert {one.name for one in counted.context["tallies"].rules} >= {"capital_impairment"}
    builders.keep(given, "P-2")
    again = client.get("/statistics/")
    assert again.context["tallies"] == counted.context["tallies"] and not again.context["old"]
    assert tallies.tallies()


def test_two_people_on_one_proposal_see_each_other(given: Settings, person: Person) -> None:
    builders.keep(given)
    kim, lee = person("kim", "reviewer"), person("lee", "reviewer")
    assert kim.post("/proposals/P-1/here", {"seen": "0"}).status_code == 200
    assert "kim" in lee.get("/proposals/P-1/").content.decode().split("<main")[0]
    assert lee.get("/").status_code == 200
    told = lee.post("/proposals/P-1/here", {"seen": "7"}).content.decode()
    assert "kim" in told and "새 결정이 있음" in told  # and that something was decided since
    assert "lee" in kim.post("/proposals/P-1/here", {"seen": "0"}).content.decode()


def test_pages_are_drawn_before_they_are_asked_for(given: Settings) -> None:
    from jeopsu.flows import platform
    from jeopsu.review import pictures

    sha256 = builders.keep(given).submission.files[0].sha256
    files = platform.open_files(given)
    pictures.draw_ahead(files, [(sha256, 1), (sha256, 99), ("0" * 64, 1), (sha256, 2)])
    with pictures._at_work:  # once the work is done
        assert pictures._ahead.empty()
    assert (pictures.cache().get(pictures.name_of(sha256, 2)) or b"").startswith(b"\x89PNG")
    assert pictures.cache().get(pictures.name_of(sha256, 99)) is None
