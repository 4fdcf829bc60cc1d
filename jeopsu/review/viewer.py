"""The page picture with its boxes: what workbench and evidence page both show on the right."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from jeopsu.domain.submissions import SubmittedFile
from jeopsu.flows import platform
from jeopsu.review import pictures
from jeopsu.review.workspace import Place, Workspace


@dataclass(frozen=True)
class Lit:
    """A box on the shown page, in points."""

    number: int  # of its place in the list
    x: float
    y: float
    width: float
    height: float
    now: bool
    words: str


@dataclass(frozen=True)
class Viewer:
    """One page to show."""

    file: SubmittedFile | None
    name: str
    sha256: str
    page: int
    pages: int
    size: pictures.PageSize | None
    boxes: list[Lit]
    at: int  # the place that is lit, from 0
    places: list[Place]

    @property
    def view_box(self) -> str:
        return f"0 0 {self.size.width:.2f} {self.size.height:.2f}" if self.size else ""


_MARGIN = 1.5  # points around a box, so that its frame does not cut the print


def viewer(desk: Workspace, places: list[Place], at: int) -> Viewer | None:
    """The page of place number `at`, with the boxes of every place that lies on it."""
    if not places:
        return None
    at = min(max(at, 0), len(places) - 1)
    place = places[at]
    page = place.page or 1
    assert desk.report
    file = next((f for f in desk.report.submission.files if f.sha256 == place.sha256), None)
    size = pictures.page_size(platform.open_files(settings.PROGRAM), place.sha256, page) if place.sha256 else None
    boxes = [
        Lit(
            number,
            one.box.left - _MARGIN,
            one.box.top - _MARGIN,
            one.box.width + 2 * _MARGIN,
            one.box.height + 2 * _MARGIN,
            number == at,
            one.field.printed if one.field else "",
        )
        for number, one in enumerate(places)
        if one.box and one.sha256 == place.sha256 and (one.page or 1) == page
    ]
    boxes.sort(key=lambda box: box.now)  # the lit one is drawn last, over the others
    return Viewer(file, place.file, place.sha256, page, file.pages if file else 1, size, boxes, at, places)
