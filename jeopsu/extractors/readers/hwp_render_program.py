"""Runs rhwp on one file, as a program of its own: it can abort the process, and then only this one dies.

`hwp_render_program.py count|cells|hwpx FILE` writes JSON or a file to standard output. Imports nothing of ours.
`page_png` is for a process that has loaded this file (hwp_render.py): rhwp's own PDF of the pages leaves characters out
where the document's font is not here.
"""

from __future__ import annotations

import ctypes
import importlib.util
import io
import json
import os
import re
import sys
import types
from typing import Any
from xml.parsers import expat

_SCALE = 1.5  # of 96 dpi
_PICTURE_BYTES = 64 << 20
_POINT = 0.75  # SVG pixels (96 dpi) → points
_CLIP = re.compile(r"url\(#(cell-clip-[^)]+)\)")


def load() -> Any:
    """rhwp's core, without its Python package: that one takes a second to import."""
    if "rhwp._rhwp" in sys.modules:
        return sys.modules["rhwp._rhwp"]
    # The wheel expects a newer FreeType's symbols to be there already.
    ctypes.CDLL("libfreetype.so.6", ctypes.RTLD_GLOBAL)
    spec = importlib.util.find_spec("rhwp")
    if spec is None or spec.submodule_search_locations is None:
        raise SystemExit("rhwp is not installed")
    package = types.ModuleType("rhwp")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["rhwp"] = package
    from rhwp import _rhwp

    return _rhwp


def open_document(path: str) -> Any:
    return load()._Document(path)


class Page:
    """The cells of one page drawn as SVG: the characters clipped to a cell, and the box around them."""

    def __init__(self, svg: str) -> None:
        self.width = self.height = 0.0
        self._clips: dict[str, tuple[float, float, float, float]] = {}
        self._open: list[dict[str, Any] | None] = []  # one per open <g>
        self._clip = ""
        self._glyph: tuple[float, float, float] | None = None
        self._turned = False
        self.cells: list[dict[str, Any]] = []
        self.pictures: list[tuple[float, float, float, float]] = []
        self._frames: list[tuple[float, float, float, float]] = []  # the page, and drawings inside it
        self.loose: list[tuple[float, float, float, float, str]] = []  # characters in no cell's clip, as drawn
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(svg, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "svg":
            x, y, w, h = (float(attributes.get(key, 0)) for key in ("x", "y", "width", "height"))
            self._frames.append((x, y, x + w, y + h))
            if len(self._frames) == 1:
                self.width, self.height = w * _POINT, h * _POINT
        elif name == "image" and len(self._frames) > 1:  # a picture stands in a drawing of its own
            self.pictures.append(self._frames[-1])
        elif name == "clipPath":
            self._clip = attributes.get("id", "")
        elif name == "rect" and self._clip:
            x, y, w, h = (float(attributes.get(key, 0)) for key in ("x", "y", "width", "height"))
            self._clips[self._clip] = (x, y, x + w, y + h)
        elif name == "g":
            match = _CLIP.search(attributes.get("clip-path", ""))
            cell = None
            if match and match[1] in self._clips:
                cell = {"frame": self._clips[match[1]], "text": [], "glyphs": []}
                self.cells.append(cell)
            self._open.append(cell)
        elif name == "text":
            size = float(attributes.get("font-size", 10))
            place = attributes.get("x"), attributes.get("y")
            if place[0] is None or place[1] is None:  # turned or squeezed characters stand in a transform
                moved = re.search(r"translate\(([-\d.]+)[, ]+([-\d.]+)\)", attributes.get("transform", ""))
                place = (moved[1], moved[2]) if moved else (None, None)
            self._glyph = (float(place[0]), float(place[1]), size) if place[0] and place[1] else (-1.0, -1.0, size)

    def _end(self, name: str) -> None:
        if name == "clipPath":
            self._clip = ""
        elif name == "svg":
            self._frames.pop()
        elif name == "g" and self._open:
            self._open.pop()
        elif name == "text":
            self._glyph = None

    def _characters(self, text: str) -> None:
        if self._glyph is None:
            return
        cell = next((cell for cell in reversed(self._open) if cell is not None), None)
        x, y, size = self._glyph
        box = (x, y - 0.86 * size, x + size * (0.55 * len(text) if text.isascii() else len(text)), y + 0.2 * size)
        if cell is None:
            self.loose.append((*box, text))
            return
        cell["text"].append(text)
        if x >= 0 and text.strip():
            cell["glyphs"].append(box)

    def found(self, number: int) -> list[list[Any]]:
        """[page, left, top, right, bottom, text] of each cell in points; the box of its characters, or its own."""
        rows = []
        for cell in self.cells:
            boxes = cell["glyphs"] or [cell["frame"]]
            left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
            right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
            rows.append([number, *(round(v * _POINT, 2) for v in (left, top, right, bottom)), "".join(cell["text"])])
        return rows

    def characters(self, number: int) -> list[list[Any]]:
        """[page, left, top, right, bottom, text] of what stands in no clipped cell: some tables are drawn so."""
        return [[number, *(round(v * _POINT, 2) for v in row[:4]), row[4]] for row in self.loose if row[0] >= 0]


def forgotten_picture(path: str) -> Any:
    """The largest upright picture of an HWP: some writers' scan of the first page is one that rhwp leaves out."""
    import zlib

    import olefile
    from PIL import Image

    best = None
    try:
        with olefile.OleFileIO(path) as container:
            for entry in container.listdir():
                if entry[0] != "BinData":
                    continue
                raw = container.openstream(entry).read(_PICTURE_BYTES)
                for content in (
                    (raw, zlib.decompressobj(-15).decompress(raw, _PICTURE_BYTES)) if raw[:2] != b"\xff\xd8" else (raw,)
                ):
                    picture = _opened(content)
                    if picture is not None and 1.2 < picture.height / picture.width < 1.6:
                        best = max((best, picture), key=lambda p: p.width if p is not None else 0)
    except (OSError, zlib.error, Image.DecompressionBombError):
        return best
    return best if best is not None and best.width >= 500 else None


def _opened(content: bytes) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(content))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None


def fitted(width: float, height: float, picture: Any) -> tuple[float, float, float, float]:
    """Where such a picture is shown: in the middle of the page, within margins of 20 mm. In the unit of the page."""
    room = width * 0.81, height * 0.865
    scale = min(room[0] / picture.width, room[1] / picture.height)
    across, down = picture.width * scale, picture.height * scale
    return (width - across) / 2, (height - down) / 2, (width + across) / 2, (height + down) / 2


def with_picture(page: Any, path: str) -> Any:
    """A first page on which nothing was drawn, with the scan that belongs there."""
    if page.convert("L").getextrema()[0] < 250:
        return page
    picture = forgotten_picture(path)
    if picture is None:
        return page
    left, top, right, bottom = (round(v) for v in fitted(page.width, page.height, picture))
    page.paste(picture.convert("RGB").resize((right - left, bottom - top)), (left, top))
    return page


def on_white(drawn: bytes) -> Any:
    """A drawn page on paper: some pages come without any ground, which would show black."""
    from PIL import Image

    with Image.open(io.BytesIO(drawn)) as picture:
        page = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", page.size, "white"), page).convert("RGB")


def page_png(document: Any, path: str, number: int) -> bytes:
    """One page (from 1) at 144 dpi; in greys where nothing on it has a colour: half the bytes."""
    from PIL import ImageChops

    page = on_white(document.render_png(number - 1, scale=_SCALE))
    if number == 1:
        page = with_picture(page, path)
    red, green, blue = page.split()
    if not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(red, blue).getbbox()):
        page = red
    result = io.BytesIO()
    page.save(result, "PNG", compress_level=1)
    return result.getvalue()


def main() -> None:
    # What the library prints must not get between our bytes.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    command, path = sys.argv[1], sys.argv[2]
    document = open_document(path)
    if command == "count":
        answers.write(json.dumps({"pages": document.page_count}).encode())
    elif command == "hwpx":
        answers.write(document.to_hwpx_bytes())
    else:
        pages = [Page(svg) for svg in document.render_all_svg()]
        sizes = [[page.width, page.height] for page in pages]
        cells = [row for number, page in enumerate(pages, start=1) for row in page.found(number)]
        loose = [row for number, page in enumerate(pages, start=1) for row in page.characters(number)]
        first = pages[0]
        pictures = [[round(v * _POINT, 2) for v in box] for box in first.pictures]
        if not (first.pictures or first.cells or first.loose):
            scan = forgotten_picture(path)
            if scan is not None:
                pictures.append([round(v, 2) for v in fitted(first.width, first.height, scan)])
        answers.write(json.dumps({"sizes": sizes, "cells": cells, "loose": loose, "first_page": pictures}).encode())
    answers.flush()
    os._exit(0)  # its destructors have been seen to hang


if __name__ == "__main__":
    main()
