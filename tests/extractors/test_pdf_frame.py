"""Boxes go from the page as shown to the upright page and back without moving."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeopsu.domain.geometry import Box
from jeopsu.extractors.readers.frame import Frame, apply

turns = st.sampled_from([0, 90, 180, 270])
skews = st.floats(-6, 6)


@given(turns, skews, st.floats(0, 595), st.floats(0, 842))
def test_points_return(turned, skew, x, y):
    frame = Frame(595, 842, turned, skew)
    u, v = apply(frame.to_upright, x, y)
    assert apply(frame.to_shown, u, v) == pytest.approx((x, y), abs=1e-6)
    assert -1e-6 <= u <= frame.upright_width + 1e-6
    assert -1e-6 <= v <= frame.upright_height + 1e-6


@given(turns, skews, st.floats(20, 400), st.floats(20, 600), st.floats(20, 150), st.floats(10, 40))
def test_boxes_return(turned, skew, left, top, width, height):
    frame = Frame(595, 842, turned, skew)
    box = Box(left=left, top=top, right=left + width, bottom=top + height)
    back = frame.upright(frame.shown(box))
    for side in ("left", "top", "right", "bottom"):
        assert getattr(back, side) == pytest.approx(getattr(box, side), abs=0.01)


def test_turned_90_has_its_upper_left_corner_at_the_lower_left_as_shown():
    frame = Frame(595, 842, 90)
    assert (frame.upright_width, frame.upright_height) == (842, 595)
    assert apply(frame.to_shown, 0, 0) == pytest.approx((0, 842))
