"""Pages sealed as others would seal them: inks, sizes, builds and papers that `samples/` does not draw, and red print
that is no seal. Drawn with Pillow at 300 dpi, independent of `samples/ink.py`; `benchmarks/seals.py` measures with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import cos, pi, sin
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

DPI = 300
K = DPI / 72  # pixels a point
WIDTH, HEIGHT = round(595 * K), round(842 * K)
FONTS = "/usr/share/fonts/truetype/nanum/"
SEAL_FONTS = ("NanumMyeongjoBold.ttf", "NanumMyeongjo.ttf", "NanumGothicBold.ttf", "NanumBarunGothicBold.ttf")
INKS = {
    "red": (208, 40, 30), "vermilion": (226, 74, 38), "dark red": (142, 24, 32), "crimson": (190, 24, 70),
    "magenta": (202, 38, 112), "brownish": (168, 52, 40), "pink": (232, 112, 120),
}  # fmt: skip
STRANGE_INKS = {"violet": (104, 48, 150), "blue": (38, 58, 160)}
COMPANIES = (
    "주식회사한빛정밀",
    "주식회사동아테크",
    "새벽소프트주식회사",
    "주식회사가온누리솔루션",
    "농업회사법인푸른들",
)
HANGUL = ("홍길동", "김서연", "박도윤", "이하준", "남궁민", "최은서", "정윤")
HANJA = ("金瑞娟", "朴道允", "李夏俊", "崔恩瑞", "鄭允", "洪吉童")
OFFICES = ("서울세무서장인", "등기정보중앙관리소", "한국중견기업연합회장인", "주식회사한빛대표이사")
WORDS = (
    "연구개발", "기관은", "과제의", "수행에", "필요한", "사항을", "관계", "법령에", "따라", "성실히", "이행할",
    "것을", "확약하며", "이에", "서명", "날인합니다", "참여", "대표자", "제출",
)  # fmt: skip


@dataclass(frozen=True)
class Stamped:
    """What was put on a page, its box in points. `kind`: "seal", "stamp" (원본대조필 and its like), "other"."""

    kind: str
    box: tuple[float, float, float, float]
    traits: frozenset[str]


@dataclass
class Sealed:
    """A page at 300 dpi with what stands on it. `pixels` float, 0..1, RGB."""

    pixels: np.ndarray
    things: list[Stamped] = field(default_factory=list)


def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS + name, max(4, round(size)))


def _letter(face: Image.Image, x: float, y: float, size: float, letter: str, font: str, turn: float = 0.0) -> None:
    tile = Image.new("L", (round(size * 1.6),) * 2, 0)
    ImageDraw.Draw(tile).text((size * 0.8, size * 0.8), letter, 255, _font(font, size), anchor="mm")
    tile = tile.rotate(turn, Image.Resampling.BICUBIC)
    face.paste(255, (round(x - size * 0.8), round(y - size * 0.8)), tile)


def _columns(face: Image.Image, words: str, area: tuple[float, float, float, float], font: str, rows: int) -> None:
    """Letters in columns from the right, as seals are read."""
    left, top, right, bottom = area
    parts = [words[i : i + rows] for i in range(0, len(words), rows)]
    step = (right - left) / len(parts)
    for number, part in enumerate(parts):
        high = (bottom - top) / len(part)
        for row, letter in enumerate(part):
            middle = right - step * (number + 0.5), top + high * (row + 0.5)
            _letter(face, *middle, min(step, high) * 0.92, letter, font)


def company(rng: Random, size: float) -> Image.Image:
    """Round: the name around the rim, the office inside a second ring or without one."""
    face = Image.new("L", (round(size),) * 2, 0)
    pen = ImageDraw.Draw(face)
    width = max(2, round(size * rng.uniform(0.018, 0.04)))
    pen.ellipse((0, 0, size - 1, size - 1), outline=255, width=width)
    if rng.random() < 0.75:
        inner = size * rng.uniform(0.2, 0.24)
        pen.ellipse((inner, inner, size - inner, size - inner), outline=255, width=max(2, width // 2))
    name, font = rng.choice(COMPANIES), rng.choice(SEAL_FONTS)
    for number, letter in enumerate(name):
        angle = 2 * pi * number / len(name) - pi / 2
        x, y = size / 2 + 0.385 * size * cos(angle), size / 2 + 0.385 * size * sin(angle)
        _letter(face, x, y, size * 0.14, letter, font, -angle * 180 / pi - 90)
    side = size * 0.31
    _columns(
        face, rng.choice(("대표이사", "대표이사의인", "대표자인")), (side, side, size - side, size - side), font, 2
    )
    return face


def office(rng: Random, size: float) -> Image.Image:
    """Square 직인 with one border or two."""
    face = Image.new("L", (round(size),) * 2, 0)
    pen = ImageDraw.Draw(face)
    width = max(2, round(size * rng.uniform(0.02, 0.05)))
    pen.rectangle((0, 0, size - 1, size - 1), outline=255, width=width)
    edge = size * 0.06
    if rng.random() < 0.4:
        edge = size * 0.1
        pen.rectangle(
            (edge * 0.6, edge * 0.6, size - edge * 0.6, size - edge * 0.6), outline=255, width=max(2, width // 2)
        )
    _columns(face, rng.choice(OFFICES), (edge, edge, size - edge, size - edge), rng.choice(SEAL_FONTS), 3)
    return face


def personal(rng: Random, size: float) -> Image.Image:
    """A name's seal: oval, round, square or upright, in Hangul or Hanja, in red on white or white on red."""
    name = rng.choice(HANJA if rng.random() < 0.4 else HANGUL)
    build = rng.choice(("oval", "round", "square", "upright"))
    wide = size * {"oval": 0.68, "upright": 0.55}.get(build, 1.0)
    face = Image.new("L", (round(wide), round(size)), 0)
    pen = ImageDraw.Draw(face)
    width = max(2, round(size * rng.uniform(0.03, 0.06)))
    carved = build in ("round", "square") and rng.random() < 0.25
    draw = pen.ellipse if build in ("oval", "round") else pen.rectangle
    draw((0, 0, wide - 1, size - 1), outline=255, width=width, fill=255 if carved else 0)
    hanja = ord(name[0]) < 0xAC00
    font, tall = rng.choice(SEAL_FONTS[:2] if hanja else SEAL_FONTS), build in ("oval", "upright")
    x, y = (wide * 0.2, size * 0.12) if tall else (size * 0.2, size * 0.2)
    letters = Image.new("L", face.size, 0)
    words = name if tall else (name + ("印" if hanja else "인"))[:4]
    _columns(letters, words, (x, y, wide - x, size - y), font, len(words) if tall else 2)
    if carved:
        face.paste(0, (0, 0), letters)
    else:
        face.paste(255, (0, 0), letters)
    return face


BUILDS: dict[str, tuple[Callable[[Random, float], Image.Image], float, float]] = {
    "company": (company, 16, 30),
    "office": (office, 18, 33),
    "personal": (personal, 8, 15),
}  # fmt: skip  (sizes in millimetres)


def copy_stamp(rng: Random, size: float) -> Image.Image:
    """원본대조필 and other long stamps in a frame."""
    words = rng.choice(("원본대조필", "사본은원본과같음", "원본대조필", "대외비", "원본과상위없음"))
    letter = size
    face = Image.new("L", (round(letter * (len(words) * 1.08 + 0.5)), round(letter * 1.55)), 0)
    pen = ImageDraw.Draw(face)
    pen.rectangle((0, 0, face.width - 1, face.height - 1), outline=255, width=max(2, round(letter * 0.08)))
    for number, one in enumerate(words):
        _letter(face, letter * (0.8 + 1.08 * number), face.height / 2, letter, one, rng.choice(SEAL_FONTS[2:]))
    return face


def _uneven(rng: Random, shape: tuple[int, int]) -> np.ndarray:
    """How much ink a stamp left: cloudy, with specks, sometimes fading to one side."""
    noise = np.random.default_rng(rng.randrange(2**32))
    cloud = cv2.resize(noise.uniform(0, 1, (5, 5)).astype(np.float32), shape[::-1], interpolation=cv2.INTER_CUBIC)
    ink = 1 - rng.uniform(0.1, 0.6) * np.clip(cloud, 0, 1)
    if rng.random() < 0.25:
        angle = rng.uniform(0, 2 * pi)
        down, across = np.mgrid[0 : 1 : shape[0] * 1j, 0 : 1 : shape[1] * 1j]
        ink *= np.clip(0.75 + 0.7 * ((across - 0.5) * cos(angle) + (down - 0.5) * sin(angle)), 0.3, 1)
    specks = cv2.GaussianBlur((noise.uniform(0, 1, shape) > 0.988).astype(np.float32), (0, 0), 1.6) * 6
    return np.clip(ink - np.clip(specks, 0, 0.8), 0, 1)


def press(page: Sealed, rng: Random, face: Image.Image, x: float, y: float, ink: tuple[int, int, int], turn: float,
          strength: float) -> tuple[float, float, float, float]:  # fmt: skip
    """Stamps a face with its middle at (x, y) points; the ink lies over what is there. Returns its box in points."""
    turned = np.asarray(face.rotate(turn, Image.Resampling.BICUBIC, expand=True), np.float32) / 255
    turned = cv2.GaussianBlur(turned, (0, 0), rng.uniform(0.6, 1.6)) * _uneven(rng, turned.shape) * strength
    high, wide = turned.shape
    left, top = round(x * K - wide / 2), round(y * K - high / 2)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(WIDTH, left + wide), min(HEIGHT, top + high)
    part = turned[y0 - top : y1 - top, x0 - left : x1 - left, None]
    colour = np.array(ink, np.float32) / 255
    page.pixels[y0:y1, x0:x1] *= 1 - part * (1 - colour)
    return (x0 / K, y0 / K, x1 / K, y1 / K)


def pen(page: Sealed, draw: Callable[[ImageDraw.ImageDraw], None], ink: tuple[int, int, int]) -> None:
    """Draws with ink of one colour over what is there."""
    layer = Image.new("L", (WIDTH, HEIGHT), 0)
    draw(ImageDraw.Draw(layer))
    part = cv2.GaussianBlur(np.asarray(layer, np.float32) / 255, (0, 0), 0.8)[..., None]
    page.pixels *= 1 - part * (1 - np.array(ink, np.float32) / 255)


def print_(page: Sealed, x: float, y: float, words: str, size: float, ink: tuple[int, int, int] = (20, 20, 20),
           font: str = "NanumMyeongjo.ttf") -> float:  # fmt: skip
    """A line of print from (x, y), its middle's height; returns its right end in points."""
    face = _font(font, size * K)
    pen(page, lambda d: d.text((x * K, y * K), words, 255, face, anchor="lm"), ink)
    return x + face.getlength(words) / K


def scribble(page: Sealed, rng: Random, x: float, y: float, ink: tuple[int, int, int], wide: float = 55) -> None:
    """A signature: loops from left to right."""
    points = []
    steps = rng.randint(24, 40)
    a, b, c = rng.uniform(2, 5), rng.uniform(3, 7), rng.uniform(0, 6)
    for n in range(steps * 4):
        t = n / steps / 4
        points.append(((x + wide * t + 5 * sin(a * 2 * pi * t + c)) * K, (y + 8 * sin(b * 2 * pi * t)) * K))
    pen(page, lambda d: d.line(points, 255, rng.randint(5, 9), joint="curve"), ink)


def scan(page: Sealed, rng: Random, dpi: int, quality: int, noise: float, paper: tuple[float, float, float],
         fringe: float = 0.0, blur: float = 0.4, skew: float = 0.0) -> np.ndarray:  # fmt: skip
    """The page through a scanner: paper's tint, channels out of place, grain in every channel, JPEG. RGB, uint8."""
    picture = page.pixels * np.array(paper, np.float32)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), skew, 1.0)
    picture = cv2.warpAffine(picture, turn, (WIDTH, HEIGHT), borderValue=paper)
    picture = cv2.resize(picture, None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA)
    if fringe:  # lamps of three colours, lit one after the other
        for channel, shift in ((0, -fringe), (2, fringe)):
            move = np.float32([[1, 0, 0], [0, 1, shift]])
            size = picture.shape[1::-1]
            picture[..., channel] = cv2.warpAffine(
                np.ascontiguousarray(picture[..., channel]), move, size, borderMode=cv2.BORDER_REPLICATE
            )
    picture = cv2.GaussianBlur(picture, (0, 0), blur)
    grain = np.random.default_rng(rng.randrange(2**32)).normal(0, noise / 255, picture.shape)
    done = np.clip((picture + grain) * 255, 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", done[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def turned_box(box: tuple[float, float, float, float], skew: float) -> tuple[float, float, float, float]:
    """Where a box lies on the scan, the upright outline. Points."""
    turn = cv2.getRotationMatrix2D((595 / 2, 842 / 2), skew, 1.0)
    left, top, right, bottom = box
    corners = np.array([[left, top, 1], [right, top, 1], [left, bottom, 1], [right, bottom, 1]]) @ turn.T
    return (*map(float, corners.min(axis=0)), *map(float, corners.max(axis=0)))  # type: ignore[return-value]
