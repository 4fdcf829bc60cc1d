"""Ways in which paper becomes pictures that `samples/scan.py` knows nothing of: for `strange_certificates`."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from jeopsu.samples.scan import PROFILES, scan_pdf


def _pages(pdf: bytes, dpi: int) -> list[np.ndarray]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=dpi / 72).to_numpy()[:, :, :3].copy() for page in document]
    document.close()
    return pages


def _pdf(pages: list[np.ndarray], dpi: int, quality: int) -> bytes:
    out = io.BytesIO()
    pictures = [Image.fromarray(page if page.ndim == 2 else cv2.cvtColor(page, cv2.COLOR_BGR2RGB)) for page in pages]
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi, quality=quality)
    return out.getvalue()


def _grain(page: np.ndarray, rng: Random, depth: float) -> np.ndarray:
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, depth, page.shape[:2])
    noise = noise[:, :, None] if page.ndim == 3 else noise
    return np.clip(page.astype(np.float32) + noise, 0, 255).astype(np.uint8)


def phone(pdf: bytes, rng: Random) -> bytes:
    """A telephone's picture of a sheet on a table: askew in perspective, shadow of a hand, soft focus."""
    pages = []
    for page in _pages(pdf, 170):
        high, wide = page.shape[:2]
        edge = round(0.06 * wide)
        table = np.full((high + 2 * edge, wide + 2 * edge, 3), (60, 80, 105), np.uint8)
        corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
        shaken = np.array([[rng.uniform(-1, 1), rng.uniform(-1, 1)] for _ in corners], np.float32)
        way = cv2.getPerspectiveTransform(corners, (corners + edge + 0.6 * edge * shaken).astype(np.float32))
        flat = cv2.warpPerspective(page, way, table.shape[1::-1], borderValue=(0, 0, 0))
        mask = cv2.warpPerspective(np.full(page.shape[:2], 255, np.uint8), way, table.shape[1::-1])
        table[mask > 128] = flat[mask > 128]
        down, across = np.mgrid[0 : 1 : table.shape[0] * 1j, 0 : 1 : table.shape[1] * 1j]
        light = 0.95 - 0.25 * across * rng.uniform(0.4, 1) - 0.15 * down
        spot = np.exp(-(((across - rng.random()) / 0.3) ** 2 + ((down - rng.random()) / 0.2) ** 2))
        lit = table * (light - 0.15 * spot)[:, :, None]
        pages.append(_grain(cv2.GaussianBlur(lit.astype(np.uint8), (0, 0), 0.8), rng, 4))
    return _pdf(pages, 170, 70)


def copied(pdf: bytes, rng: Random) -> bytes:
    """A copy of a copy of a copy: black and white, strokes grown or thinned, specks, aslant each time."""
    pages = []
    for page in _pages(pdf, 200):
        grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
        for _ in range(3):
            middle = (grey.shape[1] / 2, grey.shape[0] / 2)
            turn = cv2.getRotationMatrix2D(middle, rng.uniform(-0.7, 0.7), rng.uniform(0.99, 1.0))
            grey = cv2.warpAffine(grey, turn, grey.shape[::-1], borderValue=255)
            grey = _grain(cv2.GaussianBlur(grey, (0, 0), 0.8), rng, 14)
            grey = np.where(grey < rng.randint(135, 175), 0, 255).astype(np.uint8)
        specks = np.random.default_rng(rng.randrange(2**32)).random(grey.shape) < 0.0006
        grey[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = 0
        pages.append(grey)
    return _pdf(pages, 200, 80)


def worn(pdf: bytes, rng: Random) -> bytes:
    """Punched holes, a ring of coffee, a staple's shadow, a crease."""
    pages = []
    for page in _pages(pdf, 200):
        high, wide = page.shape[:2]
        for y in (0.38, 0.62):
            cv2.circle(page, (round(0.035 * wide), round(y * high)), round(0.011 * wide), (40, 40, 40), -1)
        layer = np.full_like(page, 255)
        centre = (rng.randrange(wide // 4, wide), rng.randrange(high // 5, high))
        cv2.circle(layer, centre, round(0.13 * wide), (150, 185, 205), round(0.012 * wide))
        cv2.circle(layer, centre, round(0.12 * wide), (215, 228, 236), -1)
        y = rng.randrange(high // 4, high)
        cv2.line(layer, (0, y), (wide, y + rng.randint(-30, 30)), (190, 190, 190), 3)
        page = np.minimum(page, cv2.GaussianBlur(layer, (0, 0), 4))
        cv2.line(page, (20, 30), (70, 22), (90, 90, 90), 4)
        pages.append(_grain(page, rng, 3))
    return _pdf(pages, 200, 65)


def turned(pdf: bytes, rng: Random) -> bytes:
    """Fed upside down or sideways."""
    quarters = rng.randint(1, 3)
    return _pdf([np.ascontiguousarray(np.rot90(_grain(p, rng, 3), quarters)) for p in _pages(pdf, 200)], 200, 65)


def two_up(pdf: bytes, rng: Random) -> bytes:
    """The sheet beside a sheet of something else (a calendar of figures), on one page, as copiers save paper."""
    pages = []
    for page in _pages(pdf, 240):
        other = np.full_like(page, 255)
        for n in range(12):
            figure = ",".join(str(rng.randint(100, 999)) for _ in range(3))
            cv2.putText(other, figure, (300, 400 + 120 * n), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (20, 20, 20), 3)
        both = np.hstack([page, other] if rng.random() < 0.6 else [other, page])
        pages.append(_grain(cv2.resize(both, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA), rng, 3))
    return _pdf(pages, 180, 70)


SCANS: dict[str, Callable[[bytes, Random], bytes]] = {
    "phone": phone,
    "copied": copied,
    "worn": worn,
    "turned": turned,
    "two_up": two_up,
}


def through(scan: str, pdf: bytes, seed: int) -> bytes:
    """The PDF through one of `SCANS`, or a profile of `samples.scan` ("digital": untouched)."""
    return scan_pdf(pdf, scan, seed) if scan in PROFILES else SCANS[scan](pdf, Random(f"{scan} {seed}"))
