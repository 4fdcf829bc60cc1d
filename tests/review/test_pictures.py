"""Pages of uploads as pictures: drawn once, kept within bounds, answered with 304; HWP and PDF by the same process."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

from django.test import Client
from PIL import Image

from jeopsu.flows import platform
from jeopsu.flows.settings import Settings
from jeopsu.review import pictures
from jeopsu.review.picture_cache import PictureCache
from jeopsu.samples.make import make_proposal
from tests.review import builders

Person = Callable[..., Client]


def test_a_picture_is_drawn_once_and_then_answered_from_the_disk(given: Settings, person: Person) -> None:
    sha256 = builders.keep(given).submission.files[0].sha256
    client, address = person("kim", "reviewer"), f"/proposals/P-1/files/{sha256}/1.png"
    first = client.get(address)
    assert first.status_code == 200 and first.content.startswith(b"\x89PNG")
    pictures.cache().put(pictures.name_of(sha256, 1), b"\x89PNG kept")
    assert client.get(address).content == b"\x89PNG kept"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content and "immutable" in again["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_who_may_not_see_a_page_hears_nothing_of_its_etag(given: Settings, person: Person) -> None:
    sha256 = builders.keep(given).submission.files[0].sha256
    told = {"If-None-Match": f'"{pictures.name_of(sha256, 1)}"'}
    address = f"/proposals/P-1/files/{sha256}/1.png"
    assert Client().get(address, headers=told).status_code == 302
    assert person("kim", "reviewer", calls=("another-call",)).get(address, headers=told).status_code == 404


def test_a_grey_page_is_kept_in_greys(given: Settings) -> None:
    sha256 = builders.keep(given).submission.files[0].sha256
    with Image.open(io.BytesIO(pictures.picture(platform.open_files(given), sha256, 1))) as drawn:
        assert drawn.mode == "L"
    size = pictures.page_size(platform.open_files(given), sha256, 1)
    assert size and (round(size.width), round(size.height)) == (595, 842)


def test_hwp_pages_are_drawn_in_a_child_and_broken_ones_are_no_picture(given: Settings, tmp_path: Path) -> None:
    make_proposal(tmp_path / "made", only={2})
    plan = next((tmp_path / "made").glob("*.hwp"))
    files = platform.open_files(given)
    stored = files.put(io.BytesIO(plan.read_bytes()))
    with Image.open(io.BytesIO(pictures.picture(files, stored.sha256, 2))) as drawn:
        low, high = drawn.convert("L").getextrema()
        assert (low, high) != (255, 255) and drawn.width > 1000  # type: ignore[comparison-overlap]
    assert pictures.page_size(files, stored.sha256, 999) is None
    broken = files.put(io.BytesIO(plan.read_bytes()[:3000]))
    assert pictures.page_size(files, broken.sha256, 1) is None
    assert pictures.page_size(files, stored.sha256, 1) is not None  # the process lives on


def test_the_cache_keeps_within_its_bounds_and_lets_the_oldest_go(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures", 1000)
    for number in range(9):
        cache.put(f"a{number}", b"x" * 100)
        os.utime(tmp_path / "pictures" / f"a{number}" / f"a{number}", (number, number))
    assert cache.get("a0") == b"x" * 100  # looked at: it is the newest now
    for number in range(9, 11):
        cache.put(f"a{number}" if number < 10 else "aa", b"x" * 100)
    assert cache.get("a1") is None and cache.get("a2") is None
    assert cache.get("a0") and cache.get("aa") and cache.head("aa", 3) == b"xxx"
    assert sum(path.stat().st_size for path in (tmp_path / "pictures").rglob("*") if path.is_file()) <= 1000
    cache.put("big", b"x" * 1001)
    assert cache.get("big") is None
    assert PictureCache(tmp_path / "pictures", 1000).get("aa")


def test_a_full_disk_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("a file where the folder should be")
    cache = PictureCache(tmp_path / "pictures", 1000)
    cache.put("aa", b"x")
    assert cache.get("aa") is None and cache.head("aa", 3) is None
