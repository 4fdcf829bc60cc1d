"""Files that no reader takes: what is wrong with them depends on what their name promised."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from jeopsu.domain.problems import SENTENCES, Code
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.read_file import read_file


def archive(**entries: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("[서식-6] 확약서_가나.zip", archive(paper=b"%PDF-1.7"), Code.ARCHIVE),
        ("묶음.alz", b"ALZ\x01" + bytes(range(200)), Code.ARCHIVE),
        ("[서식-6] 확약서_가나.pdf", archive(paper=b"%PDF-1.7"), Code.WRONG_TYPE),
        ("예산.xlsx", archive(xl__workbook=b"<x/>"), Code.UNSUPPORTED),
        ("메모.txt", "담당자께".encode(), Code.UNSUPPORTED),
        ("[서식-6] 확약서_가나.pdf", "담당자께".encode(), Code.WRONG_TYPE),
        ("[서식-6] 확약서_가나.pdf", bytes(range(256)) * 4, Code.TRUNCATED),
    ],
)
def test_what_is_no_document_says_why(tmp_path: Path, name: str, content: bytes, code: Code) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    reading = read_file(ReadRequest(path=str(path), name=name), lambda *_: None)
    assert [problem.code for problem in reading.problems] == [code]
    assert "올려 주십시오" in SENTENCES[code].ko  # the next step
