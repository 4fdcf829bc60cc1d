"""`jeopsu demo` from the making of its proposal to the moment the site would open."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from jeopsu.flows import demo, platform, settings
from jeopsu.samples.make import make_proposal


def test_the_demo_checks_its_proposal_and_hands_it_to_the_site(
    given: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`given` is the platform in tmp_path/data, where the demo keeps its own."""
    monkeypatch.setattr(demo, "make_proposal", partial(make_proposal, only={12}))
    served: list[settings.Settings] = []
    monkeypatch.setattr(demo.serving, "serve", lambda own, ready: served.append(own))
    for _ in range(2):  # a second start makes and hands in nothing again
        demo.run(tmp_path, port=0, serve_after=True)
    assert [own.data for own in served] == [given.data] * 2
    (row,) = platform.status(given, demo.PROPOSAL).proposals
    assert row.id == demo.PROPOSAL
    assert "판정" in capsys.readouterr().out
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!")
