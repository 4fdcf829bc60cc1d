"""Paper that went through a scanner: a PDF's pages become pictures, askew, noisy and squeezed, as offices send them."""

from __future__ import annotations

import io
import time
from math import ceil
from random import Random

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from jeopsu.domain.base import Record
from jeopsu.samples.truth import Points


class Profile(Record):
    """How a scanner treats a page. Skew is the largest angle in degrees; noise a standard deviation in grey levels."""

    dpi: int
    skew: float
    quality: int
    noise: float = 0.0
    blur: float = 0.0
    grey_share: float = 0.0  # how many files come out without colour
    stains: int = 0
    paper: int = 255  # the paper's brightness
    turned_share: float = 0.0  # how many pages lie on their side or upside down
    shade: float = 0.0  # how much darker the page's far corner is: an open lid, a book's fold


PROFILES: dict[str, Profile | None] = {
    "digital": None,
    "clean": Profile(dpi=300, skew=0.2, quality=88, paper=253),
    "office": Profile(dpi=200, skew=1.5, quality=68, noise=2.5, blur=0.3, grey_share=0.25, paper=248),
    "poor": Profile(dpi=150, skew=2.4, quality=42, noise=7.0, blur=0.5, grey_share=0.3, stains=4, paper=238),
    # An office scanner set to grey: no colour tells a seal from print.
    "grey": Profile(dpi=200, skew=1.5, quality=68, noise=2.5, blur=0.3, grey_share=1.0, paper=248),
    # What arrives at its worst: a telephone's or an open lid's shade, pages fed any way round.
    "shaded": Profile(
        dpi=150, skew=3.0, quality=45, noise=7.0, blur=0.5, grey_share=0.8, paper=232, turned_share=0.35, shade=0.3
    ),
}
_EPOCH = time.gmtime(1_682_000_000)  # scans bear a fixed date, so that equal seeds give equal bytes


class Move(Record):
    """How a page was turned: degrees counter-clockwise about its middle, then by quarters; its size in points."""

    angle: float
    width: float
    height: float
    quarters: int = 0  # counter-clockwise

    def box(self, box: Points) -> Points:
        """Where a box of the printed page lies on the scan (the upright box around the turned one)."""
        turn = cv2.getRotationMatrix2D((self.width / 2, self.height / 2), self.angle, 1.0)
        left, top, right, bottom = box
        corners = np.array([[left, top, 1], [right, top, 1], [left, bottom, 1], [right, bottom, 1]]) @ turn.T
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        width, height = self.width, self.height
        for _ in range(self.quarters % 4):
            x0, y0, x1, y1 = y0, width - x1, y1, width - x0
            width, height = height, width
        return (round(float(x0), 1), round(float(y0), 1), round(float(x1), 1), round(float(y1), 1))


def _stain(picture: np.ndarray, rng: Random) -> None:
    """A brownish spot or the shadow of a fold, faint enough to read through."""
    high, wide = picture.shape[:2]
    layer = np.full_like(picture, 255)
    if rng.random() < 0.5:
        centre = (rng.randrange(wide), rng.randrange(high))
        cv2.circle(layer, centre, rng.randint(wide // 40, wide // 12), (205, 222, 232), -1)
    else:
        x = rng.randrange(wide)
        cv2.line(layer, (x, 0), (x + rng.randint(-9, 9), high), (214, 214, 214), rng.randint(1, 3))
    layer = cv2.GaussianBlur(layer, (0, 0), 3)
    np.minimum(picture, layer, out=picture)


def _shade(picture: np.ndarray, depth: float, rng: Random) -> np.ndarray:
    """Light that falls off across the page and into one edge. picture: height × width × 3, uint8."""
    high, wide = picture.shape[:2]
    down, across = np.mgrid[0 : 1 : high * 1j, 0 : 1 : wide * 1j].astype(np.float32)
    if rng.random() < 0.5:
        across = 1 - across
    if rng.random() < 0.5:
        down = 1 - down
    light = 1 - depth * (0.5 * across * down + 0.5 * np.exp(-across * wide / 30))
    lit: np.ndarray = (picture * light[:, :, None]).astype(np.uint8)
    return lit


def _damage(
    picture: np.ndarray, profile: Profile, angle: float, grey: bool, rng: Random, noise: np.random.Generator
) -> np.ndarray:
    """picture: height × width × 3, uint8, BGR; returns the same shape, or without the last axis where grey."""
    high, wide = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    picture = cv2.warpAffine(picture, turn, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    for _ in range(profile.stains and rng.randint(1, profile.stains)):
        _stain(picture, rng)
    if profile.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), profile.blur)
    picture = cv2.convertScaleAbs(picture, alpha=profile.paper / 255)
    if profile.shade:
        picture = _shade(picture, profile.shade, rng)
    if profile.noise:
        grain = noise.normal(0, profile.noise, picture.shape[:2]).astype(np.int16)[:, :, None]
        picture = np.clip(picture.astype(np.int16) + grain, 0, 255).astype(np.uint8)
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if grey else picture


def scan_with_moves(pdf: bytes, profile: str, seed: int | str) -> tuple[bytes, tuple[Move, ...]]:
    """The scan and how each page was turned. "digital" returns the bytes as they are, without moves.

    Errors: KeyError for an unknown profile.
    """
    treatment = PROFILES[profile]
    if treatment is None:
        return pdf, ()
    rng = Random(f"scan/{profile}/{seed}")
    noise = np.random.default_rng(rng.randrange(2**32))
    grey = rng.random() < treatment.grey_share
    pictures, moves = [], []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        bgr = page.render(scale=treatment.dpi / 72).to_numpy()[:, :, :3].copy()
        angle = rng.uniform(-treatment.skew, treatment.skew)
        done = _damage(bgr, treatment, angle, grey, rng, noise)
        assert done.shape[0] <= ceil(height * treatment.dpi / 72)
        quarters = rng.randint(1, 3) if treatment.turned_share and rng.random() < treatment.turned_share else 0
        done = np.ascontiguousarray(np.rot90(done, quarters))
        pictures.append(Image.fromarray(done if grey else cv2.cvtColor(done, cv2.COLOR_BGR2RGB)))
        moves.append(Move(angle=angle, width=width, height=height, quarters=quarters))
    document.close()
    out = io.BytesIO()
    pictures[0].save(
        out,
        format="PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=treatment.dpi,
        quality=treatment.quality,
        creationDate=_EPOCH,
        modDate=_EPOCH,
        producer="Office Scanner",
    )
    return out.getvalue(), tuple(moves)


def scan_pdf(pdf_bytes: bytes, profile: str, seed: int | str) -> bytes:
    """A PDF as a scanner would give it back. Profiles: those of `PROFILES`. Equal seeds give equal bytes."""
    return scan_with_moves(pdf_bytes, profile, seed)[0]


def page_picture(pdf_bytes: bytes, page: int = 1, dpi: int = 150, kind: str = "PNG") -> bytes:
    """One page as a PNG or JPEG."""
    document = pypdfium2.PdfDocument(pdf_bytes)
    out = io.BytesIO()
    document[page - 1].render(scale=dpi / 72).to_pil().convert("RGB").save(out, format=kind)
    document.close()
    return out.getvalue()
