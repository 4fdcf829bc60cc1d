"""Uploads in pieces: what was acknowledged is there, what was not is sent again, and nothing is taken twice."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jeopsu.storage.partial import KEPT, Busy, NoSuchUpload, Partial, Partials, WrongOffset


@pytest.fixture
def partials(tmp_path: Path) -> Partials:
    return Partials(tmp_path / "partial")


def begin(partials: Partials, length: int = 10) -> Partial:
    return partials.begin("P-1", "[서식-2] 계획서.hwp", length, by="kim")


def test_pieces_become_the_whole_after_any_restart(partials: Partials, tmp_path: Path) -> None:
    made = begin(partials)
    assert partials.append(made, 0, io.BytesIO(b"0123")) == 4
    again = Partials(tmp_path / "partial")  # another process
    assert again.get(made.id) == made and again.offset(made) == 4
    assert list(again.whole()) == []
    assert again.append(made, 4, io.BytesIO(b"456789")) == 10
    assert list(again.whole()) == [made]
    with again.open(made) as stream:
        assert stream.read() == b"0123456789"


@pytest.mark.parametrize(("offset", "piece"), [(3, b"x"), (5, b"x"), (-1, b"x"), (4, b"4567890")])
def test_a_piece_in_the_wrong_place_or_too_long_changes_nothing(partials: Partials, offset: int, piece: bytes) -> None:
    made = begin(partials)
    partials.append(made, 0, io.BytesIO(b"0123"))
    with pytest.raises(WrongOffset):
        partials.append(made, offset, io.BytesIO(piece))
    assert partials.offset(made) == 4


def test_a_piece_that_breaks_off_is_as_if_it_had_not_begun(partials: Partials) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() >= 4:
                raise ConnectionResetError
            return super().read(2)

    made = begin(partials)
    with pytest.raises(Exception, match="partial"):
        partials.append(made, 0, Broken(b"01234567"))
    assert partials.offset(made) == 0


def test_two_at_once_are_one_too_many(partials: Partials) -> None:
    made = begin(partials)
    with partials.alone(made), pytest.raises(Busy):
        partials.append(made, 0, io.BytesIO(b"01"))
    assert partials.append(made, 0, io.BytesIO(b"01")) == 2


def test_what_is_stored_is_whole_for_whoever_asks_again(partials: Partials) -> None:
    made = begin(partials)
    partials.append(made, 0, io.BytesIO(b"0123456789"))
    partials.stored(made)
    assert partials.offset(partials.get(made.id)) == 10
    assert list(partials.whole()) == []
    with pytest.raises(NoSuchUpload):
        partials.append(made, 10, io.BytesIO(b""))


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "0" * 31, "g" * 32, "0" * 32])
def test_other_names_reach_nothing(partials: Partials, name: str) -> None:
    with pytest.raises(NoSuchUpload):
        partials.get(name)


def test_what_nobody_went_on_with_goes(partials: Partials, tmp_path: Path) -> None:
    old, young, finished = begin(partials), begin(partials), begin(partials, 0)
    partials.stored(finished)
    before = (datetime.now(UTC) - KEPT - timedelta(hours=1)).timestamp()
    for path in (tmp_path / "partial").iterdir():
        os.utime(path, (before, before))
    partials.append(young, 0, io.BytesIO(b"0"))
    assert partials.drop_old(datetime.now(UTC)) == 2
    assert partials.get(young.id) == young
    for gone in (old, finished):
        with pytest.raises(NoSuchUpload):
            partials.get(gone.id)
