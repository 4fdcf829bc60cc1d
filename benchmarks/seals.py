"""How surely seals are told by colour on pages that `samples/` does not draw (`strange_seals.py`).

    python -m benchmarks.seals --first-seed 1 --pages 20 --profiles office,poor --list --show FOLDER

Right: a seal that is found and called sure. Open: found, but uncertain. Missed: not found. SILENT: something else that
is called a seal for sure. Recall counts right of all seals; precision right of right and SILENT.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random

import cv2
import numpy as np

from benchmarks import strange_seals as draw
from benchmarks.strange_seals import Sealed, Stamped
from jeopsu.domain.documents import Mark
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.seals import SURE, coloured_seals
from jeopsu.extractors.pages import Picture

PAPERS = {
    "white": (0.97, 0.97, 0.97), "grey": (0.88, 0.88, 0.88), "yellowish": (0.97, 0.94, 0.84),
    "pinkish": (0.97, 0.89, 0.88), "bluish": (0.88, 0.92, 0.97),
}  # fmt: skip
# dpi, quality, grain
PROFILES = {"clean": (300, 88, 1.0), "office": (200, 68, 2.5), "poor": (150, 42, 5.0)}


def sealed_page(seed: int) -> tuple[Sealed, Random]:
    """A form with seals on lines, in rows and over one another, and with red and blue print that is none."""
    rng = Random(f"seals/{seed}")
    page = Sealed(np.ones((draw.HEIGHT, draw.WIDTH, 3), np.float32))
    ink_name = rng.choice([*draw.INKS, *draw.INKS, *draw.STRANGE_INKS])
    ink = (draw.INKS | draw.STRANGE_INKS)[ink_name]
    for _ in range(2):
        rng.choice((_letterhead, _highlight, _logo, _red_words, _red_hand, _copy_stamp, _revenue, _nothing))(page, rng)
    for row in range(rng.randint(3, 9)):
        words = " ".join(rng.choices(draw.WORDS, k=8))
        draw.print_(page, 60, 190 + 16 * row, words, 10)
    if rng.random() < 0.5:
        _rows(page, rng, ink, ink_name)
    else:
        _lines(page, rng, ink, ink_name)
    return page, rng


def _seal(
    page: Sealed, rng: Random, build: str, x: float, y: float, ink: tuple[int, int, int], traits: set[str]
) -> None:
    maker, least, most = draw.BUILDS[build]
    size = rng.uniform(least, most) * 72 / 25.4
    strength = rng.uniform(0.45, 1.0)
    traits |= {build, "faint" if strength < 0.6 else "strong"}
    turn = rng.uniform(-12, 12) if rng.random() < 0.7 else rng.uniform(-45, 45)
    box = draw.press(page, rng, maker(rng, size * draw.K), x, y, ink, turn, strength)
    if box[0] <= 0 or box[2] >= 594.5:
        traits |= {"cut"}
    page.things.append(Stamped("seal", box, frozenset(traits)))


def _rows(page: Sealed, rng: Random, ink: tuple[int, int, int], name: str) -> None:
    """A list of people, one row each, sealed or signed."""
    high, count = rng.uniform(20, 34), rng.randint(4, 8)
    xs, top = (60, 110, 230, 400, 535), 380.0
    k = draw.K
    if rng.random() < 0.4:  # a tinted head
        tint = rng.choice(((0.9, 0.92, 0.97), (0.97, 0.9, 0.88), (0.9, 0.9, 0.9)))
        page.pixels[round((top - high) * k) : round(top * k), round(xs[0] * k) : round(xs[-1] * k)] *= np.array(tint)

    def rules(pen: draw.ImageDraw.ImageDraw) -> None:
        for n in range(-1, count + 1):
            pen.line((xs[0] * k, (top + n * high) * k, xs[-1] * k, (top + n * high) * k), 255, 3)
        for x in xs:
            pen.line((x * k, (top - high) * k, x * k, (top + count * high) * k), 255, 3)

    draw.pen(page, rules, (20, 20, 20))
    for n in range(count):
        y = top + (n + 0.5) * high
        draw.print_(page, 120, y, rng.choice(draw.HANGUL), 10)
        draw.print_(page, rng.uniform(450, 490), y, rng.choice(("(인)", "(서명)", "(서명 또는 인)")), 9)
        chance = rng.random()
        if chance < 0.65:
            _seal(page, rng, "personal", rng.uniform(435, 510), y + rng.uniform(-5, 5), ink, {name, "row"})
        elif chance < 0.85:
            draw.scribble(page, rng, 420, y, rng.choice(((25, 25, 30), (30, 55, 150))))


def _lines(page: Sealed, rng: Random, ink: tuple[int, int, int], name: str) -> None:
    """Sign-off lines at the foot, the seal over the hint or half beside it; another may overlap it."""
    y = 560.0
    for _ in range(rng.randint(1, 3)):
        x = rng.uniform(150, 260)
        draw.print_(page, x, y - 20, "연구개발기관명 : " + rng.choice(draw.COMPANIES), 12)
        right = draw.print_(
            page, x, y, "대표자 : " + rng.choice(draw.HANGUL) + "   " + rng.choice(("(인)", "(직인)", "(인감)")), 12
        )
        build = rng.choice(("company", "company", "office", "personal"))
        x = right + rng.uniform(-25, 20)
        _seal(page, rng, build, x, y + rng.uniform(-8, 8), ink, {name, "line"})
        if rng.random() < 0.3:
            off = rng.uniform(30, 60)
            _seal(
                page,
                rng,
                rng.choice(("company", "personal")),
                x + off,
                y + rng.uniform(-25, 25),
                ink,
                {name, "overlap"},
            )
        y += rng.uniform(50, 95)
    if rng.random() < 0.2:
        _seal(page, rng, "company", 588, rng.uniform(150, 400), ink, {name, "line"})


def _nothing(page: Sealed, rng: Random) -> None:
    pass


def _letterhead(page: Sealed, rng: Random) -> None:
    colour = rng.choice(((200, 30, 40), (30, 60, 150), (180, 40, 90)))
    right = draw.print_(
        page,
        60,
        60,
        rng.choice(("한빛정밀", "동아테크", "대한민국")),
        rng.uniform(14, 30),
        colour,
        "NanumGothicBold.ttf",
    )
    draw.print_(page, right + 10, 66, "서울특별시 강남구 테헤란로 152  TEL 02-555-1234", 8, colour)
    page.things.append(Stamped("other", (55, 40, 560, 85), frozenset({"letterhead"})))
    if rng.random() < 0.5:
        draw.pen(page, lambda d: d.line((60 * draw.K, 85 * draw.K, 535 * draw.K, 85 * draw.K), 255, 8), colour)


def _highlight(page: Sealed, rng: Random) -> None:
    colour = np.array(rng.choice(((1, 0.98, 0.45), (1, 0.68, 0.78), (1, 0.75, 0.5), (0.7, 1, 0.6))))
    for _ in range(rng.randint(1, 3)):
        x, y, wide = rng.uniform(60, 400), 190 + 16 * rng.randint(0, 5), rng.uniform(20, 120)
        k = draw.K
        page.pixels[round((y - 7) * k) : round((y + 7) * k), round(x * k) : round((x + wide) * k)] *= colour
        page.things.append(Stamped("other", (x, y - 7, x + wide, y + 7), frozenset({"highlight"})))


def _logo(page: Sealed, rng: Random) -> None:
    colour, k = rng.choice(((200, 30, 40), (210, 60, 30), (30, 60, 160))), draw.K
    x, y, r = rng.uniform(60, 500), rng.uniform(50, 130), rng.uniform(10, 26)
    shape = rng.choice(("disc", "triangle", "waves"))

    def mark(pen: draw.ImageDraw.ImageDraw) -> None:
        if shape == "disc":
            pen.ellipse(((x - r) * k, (y - r) * k, (x + r) * k, (y + r) * k), 255)
            pen.rectangle(((x - r / 3) * k, (y - r / 2) * k, x * k, (y + r / 2) * k), 0)
        elif shape == "triangle":
            pen.polygon([(x * k, (y - r) * k), ((x + r) * k, (y + r) * k), ((x - r) * k, (y + r) * k)], 255)
        else:
            for n in range(3):
                pen.arc(((x - r) * k, (y - r + 8 * n) * k, (x + r) * k, (y + r + 8 * n) * k), 200, 340, 255, 14)

    draw.pen(page, mark, colour)
    page.things.append(Stamped("other", (x - r, y - r, x + r, y + r + 16), frozenset({"logo", shape})))


def _red_words(page: Sealed, rng: Random) -> None:
    """Notes in red print, among them a short one of large letters."""
    y = rng.choice((110, 150, 700, 760))
    words = rng.choice(("※ 반드시 자필로 서명하여 주시기 바랍니다", "주의", "사본", "대외비", "(제출용)", "필수"))
    size = rng.uniform(9, 24) if len(words) < 6 else rng.uniform(9, 12)
    x = rng.uniform(60, 300)
    right = draw.print_(page, x, y, words, size, (214, 30, 30), rng.choice(draw.SEAL_FONTS))
    page.things.append(Stamped("other", (x, y - size, right, y + size), frozenset({"red words"})))


def _red_hand(page: Sealed, rng: Random) -> None:
    x, y = rng.uniform(60, 480), rng.choice((150, 480, 700))
    draw.scribble(page, rng, x, y, (205, 40, 45), rng.uniform(30, 80))
    page.things.append(Stamped("other", (x - 8, y - 14, x + 90, y + 14), frozenset({"red hand"})))


def _copy_stamp(page: Sealed, rng: Random) -> None:
    face = draw.copy_stamp(rng, rng.uniform(11, 20) * draw.K)
    x, y = rng.uniform(150, 470), rng.choice((120.0, 770.0))
    box = draw.press(
        page, rng, face, x, y, rng.choice(list(draw.INKS.values())), rng.uniform(-8, 8), rng.uniform(0.6, 1)
    )
    page.things.append(Stamped("stamp", box, frozenset({"copy stamp"})))
    if rng.random() < 0.5:
        _seal(
            page,
            rng,
            "company",
            box[2] + rng.uniform(-15, 30),
            y + rng.uniform(-10, 10),
            draw.INKS["red"],
            {"red", "by stamp"},
        )


def _revenue(page: Sealed, rng: Random) -> None:
    """수입인지: a small picture in one colour with a white figure."""
    x, y, k = rng.uniform(60, 480), rng.choice((60, 120)), draw.K
    colour = np.array(rng.choice(((0.8, 0.35, 0.4), (0.75, 0.5, 0.3), (0.4, 0.55, 0.75))))
    page.pixels[round(y * k) : round((y + 62) * k), round(x * k) : round((x + 50) * k)] *= colour
    draw.print_(page, x + 6, y + 20, "수입인지", 9, (120, 20, 30))
    draw.print_(page, x + 8, y + 45, "10,000", 11, (120, 20, 30))
    page.things.append(Stamped("other", (x, y, x + 50, y + 62), frozenset({"revenue"})))


def scanned(seed: int, profile: str) -> tuple[Picture, list[Stamped], str]:
    """A page through a scanner: its picture at 150 dpi, what stands on it there, and its paper's name."""
    page, rng = sealed_page(seed)
    dpi, quality, grain = PROFILES[profile]
    paper = rng.choice(list(PAPERS))
    fringe = rng.choice((0.0, 0.0, 0.5, 0.9)) * dpi / 200
    skew = rng.uniform(-0.6, 0.6)
    pixels = draw.scan(page, rng, dpi, quality, grain, PAPERS[paper], fringe, 0.35, skew)
    size = (round(595 * 150 / 72), round(842 * 150 / 72))
    pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if dpi > 150 else cv2.INTER_LINEAR)
    things = [Stamped(t.kind, draw.turned_box(t.box, skew), t.traits | {paper}) for t in page.things]
    to_page = np.array([[72 / 150, 0, 0], [0, 72 / 150, 0]])
    return Picture(pixels=pixels, dpi=150.0, number=1, to_page=to_page), things, paper


def judged(things: list[Stamped], marks: list[Mark]) -> list[tuple[str, Stamped | Mark]]:
    """Each seal right, open or missed; each mark that is none SILENT, or "doubted" where it was not called sure."""
    result: list[tuple[str, Stamped | Mark]] = []
    used: set[int] = set()
    for thing in things:
        x, y = (thing.box[0] + thing.box[2]) / 2, (thing.box[1] + thing.box[3]) / 2
        hit = [n for n, m in enumerate(marks) if m.box.contains(x, y)]
        if thing.kind == "stamp":
            used.update(n for n in hit if marks[n].kind != "seal")
        if thing.kind != "seal":
            continue
        used.update(hit)
        sure = any(marks[n].kind == "seal" and marks[n].confidence >= SURE for n in hit)
        result.append(("right" if sure else "open" if hit else "missed", thing))
    for n, mark in enumerate(marks):
        if n not in used and mark.kind == "seal":
            result.append(("SILENT" if mark.confidence >= SURE else "doubted", mark))
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--profiles", default="clean,office,poor")
    parser.add_argument("--list", action="store_true", help="name everything that is not right")
    parser.add_argument("--show", type=Path, help="write pictures of what is not right into this folder")
    args = parser.parse_args()
    print("| profile | seals | right | open | missed | SILENT | recall % | precision % |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    silent = 0
    for profile in args.profiles.split(","):
        counts: Counter[str] = Counter()
        traits: dict[str, Counter[str]] = {}
        for seed in range(args.first_seed, args.first_seed + args.pages):
            picture, things, _ = scanned(seed, profile)
            marks = coloured_seals(Canvas(picture))
            for verdict, what in judged(things, marks):
                counts[verdict] += 1
                for trait in what.traits if isinstance(what, Stamped) else ():
                    traits.setdefault(trait, Counter())[verdict] += 1
                if args.list and verdict != "right":
                    print("  ", profile, seed, verdict, what, file=sys.stderr)
                if args.show and verdict in ("missed", "SILENT", "open"):
                    _show(args.show / f"{verdict}-{profile}-{seed}-{sum(counts.values())}.png", picture, what, marks)
        seals = counts["right"] + counts["open"] + counts["missed"]
        recall, precision = (100 * counts["right"] / max(1, n) for n in (seals, counts["right"] + counts["SILENT"]))
        print(
            f"| {profile} | {seals} | {counts['right']} | {counts['open']} | {counts['missed']} | {counts['SILENT']} "
            f"| {recall:.1f} | {precision:.1f} |"
        )
        silent += counts["SILENT"]
        if args.list:
            for trait, n in sorted(traits.items()):
                print(f"   {profile} {trait}: {dict(n)}", file=sys.stderr)
    return 1 if silent else 0


def _show(path: Path, picture: Picture, what: Stamped | Mark, marks: list[Mark]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    s = picture.dpi / 72
    image = picture.pixels[..., ::-1].copy()
    for mark in marks:
        colour = (0, 160, 0) if mark.confidence >= SURE else (220, 120, 0)
        b = mark.box
        cv2.rectangle(image, (int(b.left * s), int(b.top * s)), (int(b.right * s), int(b.bottom * s)), colour, 1)
    box = what.box if isinstance(what, Stamped) else (what.box.left, what.box.top, what.box.right, what.box.bottom)
    left, top, right, bottom = (int(v * s) for v in box)
    image = image[max(0, top - 50) : bottom + 50, max(0, left - 50) : right + 50]
    cv2.imwrite(str(path), cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))


if __name__ == "__main__":
    sys.exit(main())
