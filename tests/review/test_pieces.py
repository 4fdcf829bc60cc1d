"""The door for uploads in pieces: the protocol as clients speak it, who may use it, and a site killed at the end."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jeopsu.flows import platform, resume
from jeopsu.flows.settings import Settings
from jeopsu.storage import accounts, records

Person = Callable[..., Client]
BODY = b"%PDF-1.4 " + bytes(range(256)) * 40
NAME = "[서식-1] 확인서.pdf"


def metadata(**told: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())


def begin(client: Client, length: int = len(BODY), proposal: str = "P-1", name: str = NAME, **more: Any):  # type: ignore[no-untyped-def]
    header = {"HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_UPLOAD_LENGTH": str(length)}
    return client.post("/uploads/", HTTP_UPLOAD_METADATA=metadata(filename=name, proposal=proposal), **header, **more)


def send(client: Client, address: str, offset: int, piece: bytes, **more: Any):  # type: ignore[no-untyped-def]
    header = {"HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_UPLOAD_OFFSET": str(offset)}
    return client.patch(address, piece, content_type="application/offset+octet-stream", **header, **more)


def asked(client: Client, address: str, **more: Any):  # type: ignore[no-untyped-def]
    return client.head(address, HTTP_TUS_RESUMABLE="1.0.0", **more)


def test_a_broken_upload_goes_on_where_it_stopped(given: Settings, person: Person) -> None:
    client = person("oh", "operator")
    began = begin(client)
    assert began.status_code == 201
    assert send(client, began["Location"], 0, BODY[:4000])["Upload-Offset"] == "4000"
    told = asked(client, began["Location"])
    assert (told["Upload-Offset"], told["Upload-Length"]) == ("4000", str(len(BODY)))
    assert records.proposals()[1] == 0  # nothing is known of it yet
    assert send(client, began["Location"], 3000, BODY[3000:]).status_code == 409
    assert send(client, began["Location"], 4000, BODY[4000:]).status_code == 204
    (upload,) = records.uploads("P-1", every_version=True)
    assert (upload.name, upload.bytes, upload.door, upload.by) == (NAME, len(BODY), "site", "oh")
    with platform.open_files(given).open(upload.sha256) as stream:
        assert stream.read() == BODY
    assert asked(client, began["Location"])["Upload-Offset"] == str(len(BODY))  # the last answer was lost


def test_a_site_killed_after_the_last_piece_loses_nothing(
    given: Settings, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = person("oh", "operator")
    address = begin(client)["Location"]

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(records, "record_upload", killed)
        with pytest.raises(KeyboardInterrupt):
            send(client, address, 0, BODY)
    for _ in range(2):
        resume.finish_all(resume.waiting_room(given), platform.open_files(given), given)
        assert [upload.number for upload in records.uploads("P-1", every_version=True)] == [1]


def test_an_empty_file_is_a_file(given: Settings, person: Person) -> None:
    begin(person("oh", "operator"), 0)
    assert [upload.bytes for upload in records.uploads("P-1")] == [0]


def test_who_may_and_who_may_not(given: Settings, person: Person) -> None:
    auditor, other = person("an", "auditor"), person("ko", "operator")
    applicant = person("shin", "applicant", proposals=("P-1",))
    assert begin(Client()).status_code == 403
    assert begin(auditor).status_code == 403
    assert begin(applicant, proposal="P-2").status_code == 403
    began = begin(applicant)
    assert began.status_code == 201
    assert asked(other, began["Location"]).status_code == 404  # another person's upload is nobody's business
    assert send(other, began["Location"], 0, BODY).status_code == 404


def test_a_page_of_another_site_cannot_send(given: Settings, person: Person) -> None:
    client = person("oh", "operator", strict=True)
    assert begin(client).status_code == 403
    client.get("/upload/")
    assert begin(client, HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value).status_code == 201


def test_programs_come_with_their_key(given: Settings) -> None:
    accounts.add("bot", ("operator",))
    header = {"HTTP_AUTHORIZATION": f"Bearer {accounts.make_token('bot')}"}
    client = Client(enforce_csrf_checks=True)
    address = begin(client, **header)["Location"]
    assert send(client, address, 0, BODY, **header).status_code == 204
    assert begin(client, HTTP_AUTHORIZATION="Bearer wrong").status_code == 401


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ({"length": 400 << 20}, 413),
        ({"proposal": "../etc"}, 400),
        ({"name": ""}, 400),
    ],
)
def test_what_cannot_be_kept_is_refused_before_it_is_sent(
    given: Settings, person: Person, what: dict[str, Any], status: int
) -> None:
    assert begin(person("oh", "operator"), **what).status_code == status


def test_the_protocol_is_told_and_asked_for(given: Settings, person: Person) -> None:
    client = person("oh", "operator")
    told = client.options("/uploads/")
    assert (told.status_code, told["Tus-Version"], told["Tus-Max-Size"]) == (204, "1.0.0", str(300 << 20))
    assert client.post("/uploads/").status_code == 412
    address = begin(client)["Location"]
    assert client.patch(address, BODY, HTTP_TUS_RESUMABLE="1.0.0", HTTP_UPLOAD_OFFSET="0").status_code == 415
    assert client.delete(address, HTTP_TUS_RESUMABLE="1.0.0").status_code == 204
    assert asked(client, address).status_code == 404
