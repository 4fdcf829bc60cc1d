"""What a file's bytes are, whatever its name says: our own look at the formats we read, libmagic for all others."""

from __future__ import annotations

import io
import zipfile

import magic

from jeopsu.domain.documents import FileType

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HWP3_SIGNATURE = b"HWP Document File V"  # "… V3.00"; HWP 5 has "HWP Document File" inside its OLE container
DRM_SIGNATURES = (b"SCDSA00", b"SCDS", b"\x9b DRMONE", b"<DOCUMENT SAFER", b"DRMONE")  # Softcamp, MarkAny, Fasoo
_PICTURES = ((b"\xff\xd8\xff", FileType.JPEG), (b"\x89PNG\r\n\x1a\n", FileType.PNG)) + tuple(
    (head, FileType.TIFF) for head in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
)
_OFFICE_ENTRIES = ("word/", "xl/", "ppt/")
_HWPX_MIME = (b"application/hwp+zip", b"application/owpml", b"application/hwpx")
_MIME_TYPES = {
    "application/pdf": FileType.PDF,
    "image/jpeg": FileType.JPEG,
    "image/png": FileType.PNG,
    "image/tiff": FileType.TIFF,
    "application/zip": FileType.ZIP,
    "application/msword": FileType.OFFICE,
    "application/vnd.ms-excel": FileType.OFFICE,
    "application/vnd.ms-powerpoint": FileType.OFFICE,
    "application/x-hwp": FileType.HWP3,
}


def sniff(data: bytes, name: str) -> FileType:
    """The type of `data`. `name` only breaks a tie: damaged bytes under .hwp or .pdf are OTHER, never that type."""
    if not data or not data.strip(b"\x00"):
        return FileType.EMPTY
    head = data[:4096]
    if head.startswith(OLE_SIGNATURE):
        return _ole(data)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip(data)
    if head.startswith(HWP3_SIGNATURE):
        return FileType.HWP3
    if head.startswith(DRM_SIGNATURES):
        # A locked HWP stays an HWP to the applicant; the gate says that it is DRM.
        return FileType.HWP if name.lower().endswith((".hwp", ".hwpx")) else FileType.OTHER
    # Readers accept the header anywhere in the first KB (ISO 32000-1, Annex H, note 13).
    if b"%PDF-" in head[:1024]:
        return FileType.PDF
    for signature, kind in _PICTURES:
        if head.startswith(signature):
            return kind
    if _is_hwpml(head):
        return FileType.HWPML
    return _by_libmagic(data)


def _ole(data: bytes) -> FileType:
    """HWP 5 has a stream "FileHeader"; the name stands in the container's directory as UTF-16."""
    if "FileHeader".encode("utf-16-le") in data or b"HWP Document File" in data:
        return FileType.HWP
    streams = ("WordDocument", "Workbook", "Book", "PowerPoint Document")
    if any(stream.encode("utf-16-le") in data for stream in streams):
        return FileType.OFFICE
    return FileType.OTHER


def _zip(data: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:5000]
            mime = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mime = archive.read("mimetype")
    except Exception:  # zipfile raises many kinds on damaged archives; a cut HWPX is still an HWPX to people
        return FileType.HWPX if any(mime in data[:200] for mime in _HWPX_MIME) else FileType.OTHER
    if mime.strip().startswith(_HWPX_MIME) or "Contents/content.hpf" in names or "Contents/section0.xml" in names:
        return FileType.HWPX
    if any(entry.startswith(_OFFICE_ENTRIES) for entry in names):
        return FileType.OFFICE
    return FileType.ZIP


def _is_hwpml(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return text.startswith(b"<") and b"<HWPML" in head


def _by_libmagic(data: bytes) -> FileType:
    mime = str(magic.from_buffer(data[:65536], mime=True))
    if mime in _MIME_TYPES:
        kind = _MIME_TYPES[mime]
        return FileType.OTHER if kind is FileType.PDF else kind  # libmagic's guess without a header helps no reader
    if mime.startswith("application/vnd.openxmlformats") or mime.startswith("application/vnd.oasis"):
        return FileType.OFFICE
    return FileType.TEXT if mime.startswith("text/") else FileType.OTHER
