"""A plot as SVG, written by hand: a benchmark needs no drawing library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT = 720, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 190, 44, 40
_COLOURS = ("#0b6e4f", "#b3541e", "#3a5ba0", "#7a5195", "#8a6d00", "#444444")


def lines_svg(title: str, steps: Sequence[int], series: Mapping[str, Sequence[float]]) -> str:
    """Lines over equally spaced steps; values from 0 to 1 are shown in per cent, each line named at its end."""
    right, foot = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM

    def x(n: int) -> float:
        return _LEFT + n * (right - _LEFT) / (len(steps) - 1)

    def y(value: float) -> float:
        return foot - value * (foot - _TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="24" font-size="15" fill="#222222">{escape(title)}</text>',
    ]
    for percent in range(0, 101, 20):
        at = y(percent / 100)
        parts.append(f'<line x1="{_LEFT}" x2="{right}" y1="{at:.1f}" y2="{at:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end" fill="#555555">{percent}</text>')
    for n, step in enumerate(steps):
        parts.append(f'<text x="{x(n):.1f}" y="{foot + 20}" text-anchor="middle" fill="#555555">k = {step}</text>')
    names = _apart([(y(values[-1]), name) for name, values in series.items()])
    for (name, values), colour in zip(series.items(), _COLOURS, strict=False):
        points = " ".join(f"{x(n):.1f},{y(value):.1f}" for n, value in enumerate(values))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x(n):.1f}" cy="{y(v):.1f}" r="3.5" fill="{colour}"/>' for n, v in enumerate(values)]
        label = f"{escape(name)} {100 * values[-1]:.0f}"
        parts.append(f'<text x="{right + 10}" y="{names[name] + 4:.1f}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _apart(places: Sequence[tuple[float, str]]) -> dict[str, float]:
    """Heights of labels, moved down where one would stand on another."""
    found: dict[str, float] = {}
    last = 0.0
    for height, name in sorted(places):
        last = max(height, last + 16)
        found[name] = last
    return found
