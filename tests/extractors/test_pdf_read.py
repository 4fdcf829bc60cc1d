"""Text layers: words and boxes under every rotation, and what makes a layer untrusted or a file unreadable."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from jeopsu.domain.documents import TextSource
from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.domain.reading import Limits
from jeopsu.extractors.ocr.engines import Engines
from jeopsu.extractors.ocr.null import NullEngine
from jeopsu.extractors.readers import scan
from jeopsu.extractors.readers.frame import apply
from jeopsu.extractors.readers.pdf import open_pdf
from jeopsu.extractors.readers.render import render_page
from tests.extractors.hand_made_pdf import pdf, text


@pytest.fixture(autouse=True)
def no_ocr(monkeypatch):
    nothing = NullEngine()
    monkeypatch.setattr(scan, "engines", lambda: Engines(nothing, nothing, nothing))


@pytest.fixture
def opened(tmp_path):
    def make(data: bytes, **limits):
        path = tmp_path / "file.pdf"
        path.write_bytes(data)
        return open_pdf(str(path), "file.pdf", Limits(**limits))

    return make


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("media", [(0, 0, 595, 842), (100, 50, 500, 900)])
def test_word_box_holds_its_ink(opened, rotate, media):
    source = opened(pdf(text("1,234,567", 200, 600, 20), rotate=rotate, media=media))
    page = source.page(1)
    assert page.source is TextSource.DIGITAL
    assert [word.text for word in page.words] == ["1,234,567"]
    # The page as shown is what the renderer draws without our turning it.
    pixels = np.asarray(Image.open(io.BytesIO(render_page(source._sheets.path, 1, 72))).convert("L"))
    ys, xs = np.nonzero(pixels < 128)
    box = page.words[0].box
    assert box.left - 1.5 <= xs.min() and xs.max() <= box.right + 1.5
    assert box.top - 1.5 <= ys.min() and ys.max() <= box.bottom + 1.5
    assert (page.width, page.height) == pytest.approx((pixels.shape[1], pixels.shape[0]), abs=1.5)


def test_a_page_without_rotate_stands_as_it_is(opened):
    assert opened(pdf(text("upright", 100, 600))).page(1).turned == 0


@pytest.mark.parametrize(("rotate", "turned"), [(90, 270), (180, 180), (270, 90)])
def test_text_that_is_shown_turned_is_read_upright(opened, rotate, turned):
    source = opened(pdf(text("one", 100, 600) + text("two", 200, 600), rotate=rotate))
    assert source.page(1).turned == turned
    one, two = sorted(source.upright(1).words, key=lambda word: word.box.left)
    assert (one.text, two.text) == ("one", "two")
    assert one.box.right < two.box.left and one.box.top == pytest.approx(two.box.top)


def test_a_picture_leads_back_to_the_page(opened):
    source = opened(pdf(text("1,234,567", 200, 600, 20), rotate=90))
    picture = source.picture(1, 144)
    ys, xs = np.nonzero(picture.pixels[:, :, 0] < 128)
    box = source.page(1).words[0].box
    x, y = apply(picture.to_page, float(xs.mean()), float(ys.mean()))
    assert box.contains(x, y)


def test_hidden_text_is_not_trusted(opened):
    source = opened(pdf(text("1,234,567", 200, 600, 20, mode=3)))
    assert source.page(1).source is not TextSource.DIGITAL


def test_a_broken_character_in_a_figure_is_not_trusted(opened):
    assert opened(pdf(text("\\0011,234,567", 200, 600, 20))).page(1).source is not TextSource.DIGITAL


def test_an_empty_page_is_blank(opened):
    page = opened(pdf("")).page(1)
    assert page.blank and page.source is TextSource.NONE and not page.words


def test_words_part_at_wide_gaps(opened):
    content = text("12,345", 300, 500) + text("67,890", 360, 500)
    assert [w.text for w in opened(pdf(content)).page(1).words] == ["12,345", "67,890"]


def test_figures_of_a_text_layer_are_its_own_characters(opened):
    source = opened(pdf(text("12,345", 300, 500)))
    (cell,) = source.figures(1, [source.page(1).words[0].box])
    assert [(r.engine, r.text) for r in cell.readings] == [("digital", "12,345")]
    (empty,) = source.figures(1, [source.page(1).words[0].box.model_copy(update={"left": 10.0, "right": 20.0})])
    assert empty.blank


def test_figures_of_an_unreadable_page_are_neither_blank_nor_read(opened):
    source = opened(pdf(text("12,345", 300, 500)))
    box = source.page(1).words[0].box
    source._cache["reading", 1] = None
    (cell,) = source.figures(1, [box])
    assert not cell.readings and not cell.blank


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"\xff\xd8\xffbroken", b"II*\x00"])
def test_what_cannot_be_opened_is_truncated(opened, data):
    with pytest.raises(DocumentProblem) as caught:
        opened(data)
    assert caught.value.problem.code is Code.TRUNCATED


def test_a_password_is_asked_for(opened):
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >> /ID [<01> <01>]"
    with pytest.raises(DocumentProblem) as caught:
        opened(pdf(text("x", 1, 1), trailer=locked))
    assert caught.value.problem.code is Code.ENCRYPTED


def test_too_many_pages(opened):
    with pytest.raises(DocumentProblem) as caught:
        opened(pdf("", pages=4), pages=3)
    assert caught.value.problem.code is Code.TOO_LARGE


def test_a_giant_page_is_drawn_small(opened):
    source = opened(pdf("0 0 9000 20 re f", media=(0, 0, 14400, 14400)))
    pixels = source.picture(1, 300).pixels
    assert pixels.shape[0] * pixels.shape[1] < 32_000_000


def test_a_photograph_is_one_page(tmp_path):
    path = tmp_path / "photo.png"
    Image.new("RGB", (827, 1170), "white").save(path)
    source = open_pdf(str(path), "photo.png")
    assert source.count == 1 and source.page(1).blank
    assert source.page(1).height == pytest.approx(842, abs=1)


def test_long_files_let_go_of_their_pixels(opened):
    source = opened(pdf("0 0 m 100 100 l S", pages=9))
    first = source.picture(1).pixels
    for number in range(1, 10):
        source.picture(number)
    held = [key for key in source._cache if key[0] == "picture"]
    assert len(held) <= 4
    assert (source.picture(1).pixels == first).all()
