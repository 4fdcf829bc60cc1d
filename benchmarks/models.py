"""Trains the second opinion on what a page is from `samples/` and measures it on samples it has not seen.

    python -m benchmarks.models --train --write    (this is `make models`)
    python -m benchmarks.models --packs DIR        measures the shipped model on packs with a truth.json as well

Pages of made proposals are spoiled as OCR spoils them: letters bent, lost and set in, lines lost. Other papers
(납세증명서, 경력증명서, …) are made of their titles and of common office phrases, so that "none of these" is an answer.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from jeopsu.domain.kinds import Kind
from jeopsu.extractors.kinds import second_opinion
from jeopsu.extractors.kinds.second_opinion import CLEAR, MODEL, OTHER, opinion
from jeopsu.extractors.kinds.second_opinion_train import train
from jeopsu.extractors.kinds.titles import OTHERS
from jeopsu.extractors.readers.pdf import open_pdf
from jeopsu.samples.make import make_proposal

ROOT = Path(__file__).resolve().parent.parent
ACCURACY = ROOT / "docs" / "accuracy.md"
TRAINED, HELD_BACK = range(1, 11), range(101, 104)  # seeds
SPOILED = (0.0, 0.06, 0.15, 0.3)  # share of letters bent
KINDS = {
    1: Kind.SUBMISSION_CONFIRMATION, 3: Kind.BONUS_PENALTY, 4: Kind.SAFETY_SELF_CHECK, 5: Kind.PARTICIPATION_RATES,
    6: Kind.ROLLOUT_PLEDGE, 7: Kind.DATA_CONSENT, 8: Kind.ELIGIBILITY_DECLARATION, 9: Kind.PARTICIPATION_LETTER,
    10: Kind.PERSONAL_CONSENT, 11: Kind.SECURITY_SELF_CHECK, 12: Kind.EMPLOYMENT_CERTIFICATE,
    15: Kind.MIDSIZE_CERTIFICATE, 16: Kind.EQUIPMENT_PLAN, 17: Kind.OUTSOURCING_PLAN, 18: Kind.NEW_HIRE_CONFIRMATION,
    19: Kind.MATERIALS_PLAN,
}  # fmt: skip
_OFFICE = (
    "위 사실을 확인합니다", "유효기간", "발급번호", "용도 제출용", "담당자", "연락처", "사업자등록번호", "대표자",
    "소재지", "위와 같이 증명합니다", "제출처", "업체명", "법인등록번호", "주소", "기업명", "생년월일", "합계",
    "단위 원", "금액", "수량", "비고", "년 월 일", "귀하", "신청인", "성명", "전화번호", "발급일", "확인번호",
    "위임합니다", "계약기간", "갑과 을은", "등급", "평가일", "주업종", "상시근로자수", "자본금", "매출액",
    "국세청장", "세무서장", "구청장", "이사장", "납부기한", "체납액 없음", "인증번호", "재직기간", "퇴사일",
)  # fmt: skip
MARKS = ("<!-- second opinion: written by `make models` -->", "<!-- /second opinion -->")


def kind_of(document: int, part: str | None, file: str) -> Kind | None:
    """The kind of a sample's or pack's file; None for the plan."""
    if document == 13:
        return Kind.BUSINESS_REGISTRATION if part == "bizreg" else Kind.CORPORATE_REGISTRY
    if document == 14:
        if "감사보고서" in file:
            return Kind.AUDIT_REPORT
        return Kind.STANDARD_STATEMENTS if "표준재무제표" in file else Kind.CLOSING_STATEMENTS
    return KINDS.get(document)


def pages_of(seeds: range) -> Iterator[tuple[str, str]]:
    """(text, label) of the first page of every paper of made proposals."""
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            truth = make_proposal(Path(folder), seed=seed, only=[n for n in range(1, 20) if n != 2])
            for file in truth.files:
                kind = kind_of(file.document, file.part, file.file)
                if kind is not None:
                    yield open_pdf(f"{folder}/{file.file}", file.file).page(1).text(), kind.value


def others(count: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Papers that are none of the call's: a title, and office phrases in any order."""
    for _ in range(count):
        lines = [chance.choice(OTHERS), *chance.choices(_OFFICE, k=chance.randint(8, 30))]
        yield "\n".join(lines), OTHER


def spoiled(text: str, share: float, chance: random.Random) -> str:
    """Letters without blanks, as OCR leaves them; of a third of spoiled pages only the head, as a first glance does."""
    lines = [line for line in text.split("\n") if share == 0 or chance.random() > share]
    if share and chance.random() < 0.34:
        lines = lines[: max(6, int(len(lines) * 0.4))]
    letters = []
    for letter in re.sub(r"\s", "", "".join(lines)):
        dice = chance.random()
        if dice < share * 0.6:
            letters.append(
                chr(ord(letter) ^ chance.randrange(1, 28)) if "가" <= letter <= "힣" else chance.choice("0ㅁ1ㅣ")
            )
        elif dice < share * 0.8:
            continue
        else:
            letters.append(letter)
    return "".join(letters)


def measure(pages: list[tuple[str, str]], share: float) -> tuple[int, int, int, int]:
    """(pages, right, sure and right, sure of a wrong kind) of the shipped model."""
    chance = random.Random(7)
    right = sure = wrong = count = 0
    for text, label in pages:
        said = opinion(spoiled(text, share, chance))
        if said is None:
            continue
        count += 1
        name = said.kind.value if said.kind else OTHER
        right += name == label
        sure += name == label and said.share >= CLEAR
        wrong += name not in (label, OTHER) and said.share >= CLEAR
    return count, right, sure, wrong


def packs(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(profile, text, label) of the first page of every paper of packs that hold a truth.json."""
    for truth in sorted(folder.glob("*/truth.json")):
        for file in json.loads(truth.read_text("utf-8"))["files"]:
            kind = kind_of(file["document"], file.get("part"), file["file"])
            if kind is None or file.get("damage") or not file["file"].endswith(".pdf"):
                continue
            source = open_pdf(str(truth.parent / "files" / file["file"]), file["file"])
            yield file.get("scan") or "digital", source.page(1).text(), kind.value


def table(rows: list[tuple[str, tuple[int, int, int, int]]]) -> list[str]:
    lines = [
        "| pages | number | right | sure and right | sure of a wrong kind |",
        "| --- | --: | --: | --: | --: |",
    ]
    for name, (count, right, sure, wrong) in rows:
        per = max(1, count)
        lines.append(f"| {name} | {count} | {100 * right / per:.1f} % | {100 * sure / per:.1f} % | {wrong} |")
    return lines


def write_section(lines: list[str]) -> None:
    """Replaces this tool's own section of docs/accuracy.md, or adds it."""
    text = ACCURACY.read_text("utf-8")
    section = "\n".join([MARKS[0], *lines, MARKS[1]])
    old = re.compile(re.escape(MARKS[0]) + ".*?" + re.escape(MARKS[1]), re.S)
    text = old.sub(lambda _: section, text) if old.search(text) else f"{text.rstrip()}\n\n{section}\n"
    ACCURACY.write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=Path, help="measure on packs too (scans are read by OCR: slow)")
    parser.add_argument("--train", action="store_true", help="train, and write the model")
    parser.add_argument("--write", action="store_true", help="write the section of docs/accuracy.md")
    args = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    held = [*pages_of(HELD_BACK), *others(60, random.Random(2))]
    if args.train:
        chance = random.Random(1)
        clean = [*pages_of(TRAINED), *others(150, chance)]
        examples = [(spoiled(text, share, chance), label) for share in SPOILED for text, label in clean]
        MODEL.write_bytes(train(examples))
        second_opinion._loaded.cache_clear()
    rows = [(f"samples held back, {share:.0%} of the letters spoiled", measure(held, share)) for share in SPOILED]
    if args.packs:
        found = defaultdict(list)
        for profile, text, label in packs(args.packs):
            found[profile].append((text, label))
        rows += [(f"packs, {profile}", measure(pages, 0.0)) for profile, pages in sorted(found.items())]
    lines = [
        "## What a page is: the second opinion",
        "",
        f"Trained on the first pages of {len(TRAINED)} made proposals, measured on {len(HELD_BACK)} others. *Sure*:",
        f"a share of {CLEAR} and more. The model has {MODEL.stat().st_size / 1024:.0f} KB. It never decides alone:",
        "where it is sure of one kind and the titles say another, a person looks. What it calls none of the kinds is",
        "no opinion: it says so of forms that were laid out otherwise than the samples.",
        "",
        *table(rows),
    ]
    print("\n".join(lines))
    if args.write:
        write_section(lines)


if __name__ == "__main__":
    main()
