"""What reading document 14 from scans costs beside plain Tesseract, on the same pages in the same run.

    python -m benchmarks.ocr_cost FILE.pdf…

Each file is read twice in turn by one of two processes: by `read_statements`, and page by page by
`tesseract -l kor --psm 4` on the page drawn at 300 dpi (drawing is not counted). Seconds are of processor time (user
and system), so that a busy machine does not change them much; the ratio by the clock is given too.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from benchmarks.accuracy import kind_of, read
from jeopsu.extractors.ocr import engines
from jeopsu.extractors.ocr.tesseract import tessdata
from jeopsu.extractors.readers.render import page_pixels


@dataclass(frozen=True)
class Cost:
    """Seconds: processor time and wall clock."""

    file: str
    pages: int
    ours: tuple[float, float]
    plain: tuple[float, float]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    def used() -> float:
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))

    cpu, wall = used(), time.monotonic()
    work()
    return used() - cpu, time.monotonic() - wall


def measure(path: str) -> Cost:
    name = os.path.basename(path)
    document = pdfium.PdfDocument(path)
    with tempfile.TemporaryDirectory() as folder:
        pictures = []
        for number, page in enumerate(document):
            pictures.append(Path(folder) / f"{number}.png")
            pixels, _ = page_pixels(page, 300)
            Image.fromarray(pixels).save(pictures[-1], dpi=(300, 300), compress_level=1)

        def plain() -> None:
            options = ["--tessdata-dir", str(tessdata()), "-l", "kor", "--psm", "4", "--dpi", "300"]
            for picture in pictures:
                subprocess.run(["tesseract", str(picture), "-", *options], capture_output=True, check=True)

        ours, plainly = _timed(lambda: read(path, name, kind_of(name))), _timed(plain)
    return Cost(name, len(pictures), ours, plainly)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    print("| file | pages | ours s/page | plain s/page | ratio | ratio by the clock |")
    print("| --- | --: | --: | --: | --: | --: |")
    with ProcessPoolExecutor(2, initializer=engines.warm_up) as pool:
        costs = list(pool.map(measure, args.files))
    pages = sum(c.pages for c in costs)
    ours, plain = ([sum(getattr(c, key)[n] for c in costs) for n in (0, 1)] for key in ("ours", "plain"))
    for c in [*costs, Cost("all", pages, (ours[0], ours[1]), (plain[0], plain[1]))]:
        print(
            f"| {c.file} | {c.pages} | {c.ours[0] / c.pages:.2f} | {c.plain[0] / c.pages:.2f} "
            f"| {c.ours[0] / c.plain[0]:.2f} | {c.ours[1] / c.plain[1]:.2f} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
