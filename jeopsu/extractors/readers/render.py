"""Pages as pixels, with a cap on their number: a page may claim any size it likes."""

from __future__ import annotations

import io
import math
from contextlib import closing

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps

MAX_PIXELS = 30_000_000  # A3 at 300 dpi has 17 million
MAX_SIDE = 14_400.0  # points: PDF's own limit of a page's side
Image.MAX_IMAGE_PIXELS = 150_000_000  # beyond twice that Pillow refuses: a bomb


def capped_dpi(width: float, height: float, dpi: float) -> float:
    """The dpi at which a page of that size (points) stays within MAX_PIXELS, whatever its shape."""
    if not (math.isfinite(width) and math.isfinite(height)) or width <= 0 or height <= 0:
        raise ValueError("a page without a size")
    wanted = max(1.0, width * dpi / 72) * max(1.0, height * dpi / 72)
    return dpi if wanted <= MAX_PIXELS else dpi * min((MAX_PIXELS / wanted) ** 0.5, MAX_SIDE / max(width, height))


def page_pixels(page: pdfium.PdfPage, dpi: float) -> tuple[np.ndarray, float]:
    """The page as shown in RGB (height × width × 3, uint8), and the dpi it got: less than asked for a huge page."""
    width, height = page.get_size()
    dpi = capped_dpi(width, height, dpi)
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=False, may_draw_forms=True)
    pixels = bitmap.to_numpy()
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    pixels = np.ascontiguousarray(pixels[:, :, :3])
    bitmap.close()
    return pixels, dpi


def picture_pixels(image: Image.Image) -> np.ndarray:
    """A picture file's frame in RGB, turned as its EXIF says (as viewers show it), on white where it is transparent."""
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image, dtype=np.float64)
        top = values.max() or 1.0
        image = Image.fromarray((values / top * 255).astype(np.uint8))
    return np.asarray(image.convert("RGB"))


def render_page(path: str, number: int, dpi: float = 150) -> bytes:
    """One page of a PDF or picture file as PNG, for the review site. Numbers start at 1; IndexError past the end."""
    with open(path, "rb") as file:
        pdf = b"%PDF-" in file.read(1024)
    if pdf:
        with closing(pdfium.PdfDocument(path)) as document:
            if not 1 <= number <= len(document):
                raise IndexError(number)
            document.init_forms()
            pixels, _ = page_pixels(document[number - 1], dpi)
    else:
        with Image.open(path) as image:
            if not 1 <= number <= getattr(image, "n_frames", 1):
                raise IndexError(number)
            image.seek(number - 1)
            pixels = picture_pixels(image)
    if not (pixels[..., 0] ^ pixels[..., 1]).any() and not (pixels[..., 0] ^ pixels[..., 2]).any():
        pixels = np.ascontiguousarray(pixels[..., 0])  # nothing on it has a colour: half the bytes and half the time
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()
