"""What a document is and what stands on it: pages become segments, segments become field values with evidence.

identify (what each page is) · titles (its words, as data) · layout, closeness, forms (labels and their values) ·
reading (when a value may be called confirmed) · read (which reader reads which kind) · registrations, employment,
midsize, … (one file a family of forms) · plan* (the research plan, HWP)
"""

from jeopsu.extractors.kinds.identify import identify
from jeopsu.extractors.kinds.read import read_kind
from jeopsu.extractors.kinds.reading import KindReading

__all__ = ["KindReading", "identify", "read_kind"]
