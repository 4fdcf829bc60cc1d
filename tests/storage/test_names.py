"""Names from outside."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeopsu.storage import names
from jeopsu.storage.errors import BadName


@pytest.mark.parametrize("good", ["2023-0001", "P_1.2", "과제-가", "a" * 100])
def test_proposals_names_that_can_be_folders(good: str) -> None:
    assert names.proposal_id(good) == good


@pytest.mark.parametrize("bad", ["", ".", "..", "a/b", "a\\b", "-a", ".a", "a..b", "a" * 101, "a b", "a\n", "a:b"])
def test_others_are_refused_with_a_sentence(bad: str) -> None:
    if bad.strip() == "a":  # blanks around it are not part of the name
        assert names.proposal_id(bad) == "a"
        return
    with pytest.raises(BadName, match="과제 이름"):
        names.proposal_id(bad)


def test_a_folder_made_on_a_mac_is_the_same_proposal() -> None:
    assert names.proposal_id(unicodedata.normalize("NFD", "과제-가")) == "과제-가"


@given(st.text(max_size=400))
def test_a_kept_file_name_has_no_path_and_no_control_characters(name: str) -> None:
    try:
        kept = names.file_name(name)
    except BadName:
        return
    assert "/" not in kept and "\\" not in kept and 0 < len(kept) <= 255
    assert not any(unicodedata.category(char) == "Cc" for char in kept)


def test_the_name_stays_as_it_came_but_versions_meet() -> None:
    decomposed = unicodedata.normalize("NFD", "재직증명서.pdf")
    assert names.file_name(f"/tmp/{decomposed}") == decomposed
    assert names.slot(decomposed) == "재직증명서.pdf"


@pytest.mark.parametrize("name", [".DS_Store", "a.pdf.part", "~$a.hwp", "b.crdownload", "Thumbs.db", "c.pdf~"])
def test_files_that_are_still_being_written_are_no_uploads(name: str) -> None:
    assert names.is_partial(name)
    assert not names.is_partial("[서식-1] 확인서_하나.pdf")
