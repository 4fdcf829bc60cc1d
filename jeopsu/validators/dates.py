"""Periods counted as Korean civil law counts them (민법 §157, §160): by the calendar, the first day left out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes the last day of that February."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
