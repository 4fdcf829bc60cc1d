"""The command line as a person meets it: exit codes, clear words, and a folder of bad files that is still checked."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jeopsu.flows import cli
from jeopsu.flows.cli import app

RUN = CliRunner()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "no-such-folder"], "그런 폴더가 없습니다"),
        (["check", "."], "폴더에 파일이 없습니다"),
        (["check", "in", "--call", "no-such-call"], "no-such-call"),
        (["check", "in", "--received", "yesterday"], "ISO 8601"),
        (["check", "in", "--received", "2023-04-20T10:00:00"], "시간대"),
        (["check", "in", "--registration", "none.json"], "none.json"),
        (["check", "in", "--json", "no/such/folder.json"], "폴더가 없습니다"),
        (["check", "in", "--lang", "fr"], "--lang"),
    ],
)
def test_a_wrong_call_is_exit_2_and_says_what_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments[1] == "in":
        (tmp_path / "in").mkdir()
        (tmp_path / "in/a.pdf").write_bytes(b"")
    result = RUN.invoke(app, arguments)
    assert result.exit_code == 2
    assert says in result.output


def test_broken_files_are_findings_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "P-7"
    folder.mkdir()
    (folder / "[서식-6] 협력사·계열사 솔루션 도입 확약서_가나.pdf").write_bytes(b"")
    (folder / "[서식-7] 비식별 데이터 공개 동의서_가나.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3")
    (folder / "[서식-2] 연구개발계획서_가나.hwp").write_bytes(b"PK\x03\x04 not really")
    (folder / "메모.txt").write_text("연구개발계획서는 내일 올립니다")
    out = tmp_path / "r.json"
    result = RUN.invoke(app, ["check", str(folder), "--json", str(out), "--jobs", "1"])
    assert result.exit_code == 1, result.output
    report = json.loads(out.read_text())
    assert report["proposal"]["id"] == "P-7"
    problems = {f["document"]: f["problems"] for f in report["files"]}
    assert "empty" in problems[6] and "truncated" in problems[7]
    assert all(f["status"] == "unreadable" for f in report["files"])
    told = {f["about"].get("file") for f in report["findings"] if f["status"] != "pass" and f["about"].get("file")}
    assert {f["name"] for f in report["files"] if f["document"]} <= told
    assert "빈 파일" in result.output


def test_english_summary(tmp_path: Path) -> None:
    (tmp_path / "메모.pdf").write_bytes(b"")
    result = RUN.invoke(app, ["check", str(tmp_path), "--lang", "en", "--jobs", "1"])
    assert result.exit_code == 1 and "Verdict" in result.output and "The file is empty" in result.output


def test_quiet_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "메모.pdf").write_bytes(b"")
    assert RUN.invoke(app, ["check", str(tmp_path), "--quiet", "--jobs", "1"]).output == ""


def test_calls_are_listed_and_checked() -> None:
    assert "kiat-2023-265" in RUN.invoke(app, ["calls"]).output


def test_personal_numbers_in_files_names_stand_in_no_output(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for last in "78":  # two that are one name once masked: neither may hide the other
        (folder / f"[서식-12] 재직증명서_홍길동 800101-123456{last} 010-1234-5678.pdf").write_bytes(last.encode())
    out = [tmp_path / f"report.{kind}" for kind in ("json", "html", "xlsx")]
    told = [word for path in out for word in (f"--{path.suffix[1:]}", str(path))]
    result = RUN.invoke(app, ["check", str(folder), *told, "--jobs", "1"])
    report = json.loads(out[0].read_text("utf-8"))
    assert len({file["name"] for file in report["files"]}) == 2
    book = zipfile.ZipFile(out[2])
    texts = [result.output, out[0].read_text("utf-8"), out[1].read_text("utf-8")]
    texts += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    texts.append(RUN.invoke(app, ["explain", str(out[0]), "file_name"]).output)
    assert not any("123456" in text or "1234-5678" in text for text in texts)


def test_a_mistake_of_ours_quotes_no_personal_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: object) -> None:
        raise ValueError("홍길동 800101-1234567")

    monkeypatch.setattr(cli, "app", fails)
    monkeypatch.setattr("jeopsu.flows.cli_platform.register", lambda app: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert ended.value.code == 70 and "ValueError" in told and "1234567" not in told
