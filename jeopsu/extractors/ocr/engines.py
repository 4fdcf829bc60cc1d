"""The engines of this process, made once and kept."""

from __future__ import annotations


def warm_up() -> None:
    """Loads what every scanned page needs."""
