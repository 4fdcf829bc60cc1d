"""The child that draws one page of an untrusted file: `python -m jeopsu.review.draw FILE PAGE DPI` → PNG on stdout.

Started by `pictures` with limits on memory and time; whatever the file does, it does it here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    path, number, dpi = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    out = os.dup(1)  # libraries that print must not write into the picture
    os.dup2(2, 1)
    from jeopsu.extractors.readers.render import render_page

    png = render_page(path, number, dpi)
    with os.fdopen(out, "wb") as stream:
        stream.write(png)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
