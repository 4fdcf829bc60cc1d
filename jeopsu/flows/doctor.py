"""`jeopsu doctor`: what is missing on this machine, and the command that mends it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@dataclass(frozen=True)
class Item:
    """One thing the program needs, or is better with."""

    name: str
    found: bool
    state: str
    mend: str
    needed: bool = True


_PACKAGES = ("pydantic", "pypdfium2", "rapidocr", "onnxruntime", "tesserocr", "unhwp", "pyhwp", "prefect", "django")


def examine() -> Iterator[Item]:
    """Everything that set-up installs, in the order in which it is needed."""
    current = sys.version_info[:2]
    yield Item("Python", current >= (3, 11), ".".join(map(str, current)), "Python 3.11 이상을 설치하십시오")
    for package in _PACKAGES:
        try:
            yield Item(package, True, version(package), "")
        except PackageNotFoundError:
            yield Item(package, False, "없음", "make setup")
    tesseract = shutil.which("tesseract")
    yield Item("tesseract", bool(tesseract), tesseract or "없음", "sudo apt-get install -y tesseract-ocr")
    data = korean_data()
    yield Item("tesseract 한국어 자료", data is not None, str(data or "없음"), "make ocr-data")
    freetype = _library("libfreetype.so.6")
    yield Item(
        "libfreetype (HWP 쪽 그림)", freetype, "있음" if freetype else "없음", "sudo apt-get install -y libfreetype6"
    )
    magic = _library("libmagic.so.1")
    yield Item("libmagic", magic, "있음" if magic else "없음", "sudo apt-get install -y libmagic1")
    pango = _library("libpango-1.0.so.0")
    yield Item(
        "libpango (견본 만들기)",
        pango,
        "있음" if pango else "없음",
        "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0",
    )
    font = any(Path(p).exists() for p in ("/usr/share/fonts/truetype/nanum", "/usr/share/fonts/opentype/noto"))
    yield Item("한글 글꼴", font, "있음" if font else "없음", "sudo apt-get install -y fonts-nanum", needed=False)


def korean_data() -> Path | None:
    """The Korean model that will be used: ours first, then the system's."""
    for folder in (Path(sys.prefix) / "share/tessdata", Path("/usr/share/tesseract-ocr/5/tessdata")):
        if (folder / "kor.traineddata").is_file():
            return folder / "kor.traineddata"
    return None


def _library(name: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
