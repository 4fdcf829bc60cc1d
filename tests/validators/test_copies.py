"""원본대조필: what is seen on each file, and which files are left for staff."""

from __future__ import annotations

from datetime import UTC, datetime

from jeopsu.domain.documents import TextSource
from jeopsu.domain.findings import Finding, Outcome
from jeopsu.domain.submissions import StaffFact, Upload
from jeopsu.validators import run
from tests.validators.proposals import CALL, SHORT, field, proposal, settled

ISSUED = ("[서식-12]", "[서식-13]", "[서식-14]", "[서식-15]")
LETTER = f"[서식-13] 사업자등록증_{SHORT['lead']}.pdf"


def scanned(upload: Upload, **stamp: object) -> Upload:
    """An upload as a scan, with a stamp where one is asked for."""
    rows = (field("copy.certified", True, upload.name, **stamp),) if stamp else ()
    reading = upload.reading.model_copy(
        update={"text_source": TextSource.OCR, "fields": (*upload.reading.fields, *rows)}
    )
    return upload.model_copy(update={"reading": reading})


def said(uploads: list[Upload], *facts: StaffFact) -> Finding:
    submission = settled(uploads).model_copy(update={"facts": facts})
    (finding,) = run.evaluate(CALL, submission, only="certified_copy")
    return finding


def test_papers_with_a_text_layer_are_no_copies() -> None:
    finding = said(proposal())
    assert finding.outcome is Outcome.PASS and "텍스트 PDF" in finding.message.ko


def test_only_scans_without_a_stamp_are_left_for_staff() -> None:
    uploads = [scanned(u) if "[서식-12]" in u.name else u for u in proposal()]
    uploads = [scanned(u, status="confirmed") if u.name == LETTER else u for u in uploads]
    finding = said(uploads)
    assert finding.outcome is Outcome.UNDETERMINED
    assert f"원본대조필을 읽음: {LETTER} 1쪽" in finding.message.ko
    assert "볼 파일 2개" in finding.message.ko and finding.message.ko.count("[서식-12]") == 2
    assert "[서식-11]" not in finding.message.ko  # the applicant's own form


def test_doubtful_words_are_no_stamp() -> None:
    uploads = [scanned(u, status="uncertain") if u.name == LETTER else u for u in proposal()]
    assert said(uploads).outcome is Outcome.UNDETERMINED


def test_staff_have_the_last_word() -> None:
    at = datetime(2023, 4, 26, tzinfo=UTC)
    for answer, outcome in ((True, Outcome.PASS), (False, Outcome.FAIL)):
        fact = StaffFact(fact="copies_certified", organisation=None, value=answer, by="a", at=at)
        assert said(proposal(), fact).outcome is outcome
        assert said([scanned(u) for u in proposal()], fact).outcome is outcome
