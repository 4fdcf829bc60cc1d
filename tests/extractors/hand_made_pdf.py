"""Small PDFs written by hand: text at known places, under any rotation, visible or hidden."""

from __future__ import annotations


def pdf(
    content: str, *, rotate: int = 0, pages: int = 1, media: tuple[float, ...] = (0, 0, 595, 842), trailer: str = ""
) -> bytes:
    """A PDF whose pages all show the same content stream, in Helvetica (/F1)."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    box = " ".join(str(v) for v in media)
    for n in range(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {rotate} /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    start = len(body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    body += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return body


def text(words: str, x: float, y: float, size: float = 12, mode: int = 0) -> str:
    """A text object at user-space coordinates."""
    return f"BT /F1 {size} Tf {mode} Tr {x} {y} Td ({words}) Tj ET\n"
