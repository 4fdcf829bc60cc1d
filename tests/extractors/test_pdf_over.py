"""What lies over a page's text counts as the page shows it: annotations, form fields, patches with new words."""

from jeopsu.extractors.readers.pdf import open_pdf
from tests.extractors.hand_made_pdf import pdf, text

FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
FILLER = "".join(text(f"plain words of the form {n}", 60, 700 - 20 * n) for n in range(12))


def _words(tmp_path, content: bytes) -> str:
    path = tmp_path / "page.pdf"
    path.write_bytes(content)
    return " ".join(word.text for word in open_pdf(str(path), "page.pdf").page(1).words)


def _annotated(content: str, subtype: str, rect: tuple[int, int, int, int], drawn: str, more: str = "") -> bytes:
    """A page with one annotation that looks as `drawn` says."""
    x0, y0, x1, y1 = rect
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources {FONT} /Annots [6 0 R] >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 {x1 - x0} {y1 - y0}] /Resources {FONT} /Length {len(drawn)} >>\n"
        f"stream\n{drawn}\nendstream",
        f"<< /Type /Annot /Subtype /{subtype} /Rect [{x0} {y0} {x1} {y1}] /F 4 /AP << /N 5 0 R >> {more} >>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return body + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def test_words_of_an_annotation_are_words_of_the_page(tmp_path):
    content = _annotated(FILLER, "FreeText", (200, 200, 400, 220), text("Hong 2698756399", 2, 4))
    assert "2698756399" in _words(tmp_path, content)


def test_a_form_fields_value_is_read(tmp_path):
    more = "/FT /Tx /T (number) /V (2698756399)"
    content = _annotated(FILLER, "Widget", (200, 200, 400, 220), text("2698756399", 2, 4), more)
    assert "2698756399" in _words(tmp_path, content)


def test_a_note_adds_nothing(tmp_path):
    content = _annotated(FILLER, "Text", (200, 200, 220, 220), text("note", 2, 4), "/Contents (a note)")
    assert "note" not in _words(tmp_path, content)


def test_an_annotation_with_paper_of_its_own_hides_what_it_lies_on(tmp_path):
    old = FILLER + text("1112233333", 205, 204)
    drawn = "1 1 1 rg 0 0 200 20 re f 0 0 0 rg " + text("2698756399", 2, 4)
    words = _words(tmp_path, _annotated(old, "FreeText", (200, 200, 400, 220), drawn))
    assert "2698756399" in words
    assert "1112233333" not in words


def test_a_white_patch_hides_the_words_under_it_and_not_those_over_it(tmp_path):
    patch = "1 1 1 rg 200 300 150 16 re f 0 0 0 rg "
    words = _words(tmp_path, pdf(FILLER + text("old-value", 210, 304) + patch + text("new-value", 210, 304)))
    assert "new-value" in words
    assert "old-value" not in words


def test_what_is_drawn_before_the_words_or_hides_a_part_of_one_or_shines_through_hides_nothing(tmp_path):
    before = "0.9 0.9 0.9 rg 200 300 150 16 re f 0 0 0 rg " + text("kept-one", 210, 304)
    part = text("kept-two", 210, 404) + "1 1 1 rg 235 400 60 16 re f 0 0 0 rg "
    frame = text("kept-three", 210, 504) + "200 500 150 16 re S "
    words = _words(tmp_path, pdf(FILLER + before + part + frame))
    assert all(word in words for word in ("kept-one", "kept-two", "kept-three"))
