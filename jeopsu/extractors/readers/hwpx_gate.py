"""The gate of HWPX: a ZIP that may be a bomb, locked, or cut. Only what passes is unpacked, and never more than said.

Caps are on entries, unpacked bytes and ratio; XML with a document type is refused, for entities can grow without bound.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from jeopsu.domain.problems import Code, DocumentProblem

_ENTRIES = 5_000
_XML_BYTES = 64 << 20  # all sections together
_TOTAL_BYTES = 512 << 20  # as the directory says, pictures too
# Deflate of dull XML reaches 60; 1,000 is near its bound and no document's.
_RATIO = 400
_SECTION = re.compile(r"Contents/section(\d+)\.xml", re.IGNORECASE)


class HwpxArchive:
    """An opened HWPX. Raises DocumentProblem: TRUNCATED, ENCRYPTED, TOO_LARGE."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except Exception as error:  # zipfile raises many kinds on damaged archives
            raise DocumentProblem(Code.TRUNCATED, type(error).__name__) from error
        if len(entries) > _ENTRIES:
            raise DocumentProblem(Code.TOO_LARGE, "entries")
        if sum(entry.file_size for entry in entries) > _TOTAL_BYTES:
            raise DocumentProblem(Code.TOO_LARGE, "unpacked bytes")
        if any(entry.flag_bits & 1 for entry in entries):
            raise DocumentProblem(Code.ENCRYPTED)
        self._left = _XML_BYTES
        self._names = {entry.filename: entry for entry in entries}
        if "META-INF/manifest.xml" in self._names and b"encryption-data" in self.read("META-INF/manifest.xml"):
            raise DocumentProblem(Code.ENCRYPTED)

    @property
    def has_script(self) -> bool:
        """A script beyond the two empty stubs (header and source) that Hangul writes into every file."""
        return sum(e.file_size for name, e in self._names.items() if name.startswith("Scripts/")) > 2048

    @property
    def tracked(self) -> bool:
        """Whether it holds changes that nobody accepted or refused."""
        header = self.read("Contents/header.xml") if "Contents/header.xml" in self._names else b""
        return bool(re.search(rb"[:<]trackChange[\s>/]", header))

    def sections(self) -> list[str]:
        found = {int(match[1]): name for name in self._names if (match := _SECTION.fullmatch(name))}
        if not found or set(found) != set(range(len(found))):
            raise DocumentProblem(Code.TRUNCATED, "section missing")
        return [found[number] for number in sorted(found)]

    def read(self, name: str) -> bytes:
        """The bytes of an entry, counted against the file's cap."""
        entry = self._names[name]
        if entry.file_size > max(1 << 20, entry.compress_size * _RATIO):
            raise DocumentProblem(Code.TOO_LARGE, "ratio")
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise DocumentProblem(Code.TRUNCATED, type(error).__name__) from error
        self._left -= len(content)
        if self._left < 0:
            raise DocumentProblem(Code.TOO_LARGE, "unpacked bytes")
        return content

    def xml(self, name: str) -> etree._Element:
        """The parsed entry. Entities, network and document types are off; depth and text are bounded by libxml2."""
        content = self.read(name)
        if b"<!DOCTYPE" in content[:4096]:
            raise DocumentProblem(Code.TOO_LARGE, "document type")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            deep = "depth" in str(error).lower()
            raise DocumentProblem(Code.TOO_LARGE if deep else Code.TRUNCATED, "xml") from error

    def pictures(self) -> dict[str, str]:
        """Item id → entry name of the embedded files (the package's manifest)."""
        if "Contents/content.hpf" not in self._names:
            return {}
        package = self.xml("Contents/content.hpf")
        items = (item for item in package.iter("{*}item") if item.get("id"))
        return {str(item.get("id")): str(item.get("href", "")) for item in items}
