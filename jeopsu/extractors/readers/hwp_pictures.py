"""Pictures embedded in an HWP or HWPX: above all the sealed first page, a scan set before (or instead of) the text."""

from __future__ import annotations

from pathlib import Path

import olefile

from jeopsu.domain.documents import Document, EmbeddedPicture, FileType
from jeopsu.domain.problems import DocumentProblem
from jeopsu.extractors.readers.hwp_gate import inflate
from jeopsu.extractors.readers.hwpx_gate import HwpxArchive
from jeopsu.extractors.sniff import sniff

_BYTES = 64 << 20
# A scan of a page is set into the text area: with A4 and usual margins that is half of the page.
_PAGE_SHARE = 0.3


def sealed_page(document: Document) -> EmbeddedPicture | None:
    """The largest picture that covers much of the first page; in a document of pictures only, the first large one."""
    large = [picture for picture in document.pictures if picture.page_share >= _PAGE_SHARE and picture.name]
    first = [picture for picture in large if picture.first_page]
    if first:
        return max(first, key=lambda picture: picture.page_share)
    nothing_else = not document.paragraphs and not document.tables
    return large[0] if large and nothing_else else None


def picture_bytes(path: str, name: str) -> bytes | None:
    """An embedded file by the name that `EmbeddedPicture` gives; None where it is not there or larger than 64 MB."""
    data = Path(path).read_bytes()
    try:
        if sniff(data, path) is FileType.HWPX:
            return HwpxArchive(data).read(name)
        with olefile.OleFileIO(data) as ole, ole.openstream(name) as stream:
            raw = bytes(stream.read(_BYTES))
    except (DocumentProblem, OSError, KeyError):
        return None
    try:
        return inflate(raw, _BYTES)
    except DocumentProblem:
        return raw  # each embedded file says for itself in DocInfo whether it is packed; pictures often are not
