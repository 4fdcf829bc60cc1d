"""Confidence against truth as an SVG: a bar for each tenth of confidence, the diagonal of a perfect calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_WIDE, _HIGH, _LEFT, _TOP = 420, 300, 46, 16


def calibration_svg(bins: Mapping[int, Counter[str]]) -> str:
    """`bins`: tenth of confidence (0..9) → counts "n" and "equal". Values of a tenth stand over its bar."""
    width, height = _WIDE / 10, _HIGH
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + 14} {_TOP + _HIGH + 44}" '
        'font-family="sans-serif" font-size="11" role="img" aria-label="Confidence against truth">',
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_WIDE}" height="{_HIGH}" fill="#fff" stroke="#888"/>',
    ]
    for step in range(0, 11, 2):
        y, x = _TOP + height * (1 - step / 10), _LEFT + width * step
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{step * 10} %</text>')
        parts.append(f'<text x="{x:.0f}" y="{_TOP + _HIGH + 16}" text-anchor="middle">{step / 10:.1f}</text>')
    for step, counts in sorted(bins.items()):
        share = counts["equal"] / counts["n"]
        x, y = _LEFT + width * step + 3, _TOP + height * (1 - share)
        parts.append(
            f'<rect x="{x:.0f}" y="{y:.1f}" width="{width - 6:.0f}" height="{height * share:.1f}" fill="#2f6fab"/>'
        )
        parts.append(
            f'<text x="{x + width / 2 - 3:.0f}" y="{max(_TOP + 10.0, y - 4):.0f}" text-anchor="middle" '
            f'fill="{"#fff" if y < _TOP + 12 else "#333"}">{counts["n"]}</text>'
        )
    parts += [
        f'<line x1="{_LEFT}" y1="{_TOP + _HIGH}" x2="{_LEFT + _WIDE}" y2="{_TOP}" stroke="#c33" '
        'stroke-dasharray="4 4"/>',
        f'<text x="{_LEFT + _WIDE / 2:.0f}" y="{_TOP + _HIGH + 36}" text-anchor="middle">'
        "confidence reported; bars: equal to the truth; numbers: values</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
