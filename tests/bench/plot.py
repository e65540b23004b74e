"""Draws how long things take against how much there is: small charts side by side, in light and in dark."""

import math
from collections.abc import Mapping
from html import escape

from tests.bench.figures import POSTGRESQL, SQLITE, Curve

_WIDTH, _HEIGHT, _COLUMNS = 260, 150, 3
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 20, 34, 26
_COLOURS = {SQLITE: "sqlite", POSTGRESQL: "postgresql"}
_STYLE = """<style>
text { font: 11px system-ui, sans-serif; fill: #57606a } .title { font-weight: 600; fill: #1f2328 }
.grid { stroke: #d0d7de } .sqlite { stroke: #0f766e; fill: #0f766e } .postgresql { stroke: #b45309; fill: #b45309 }
polyline { fill: none !important; stroke-width: 2 } rect { fill: #ffffff }
@media (prefers-color-scheme: dark) {
text { fill: #9198a1 } .title { fill: #f0f6fc } .grid { stroke: #3d444d } rect { fill: #0d1117 }
.sqlite { stroke: #2dd4bf; fill: #2dd4bf } .postgresql { stroke: #fbbf24; fill: #fbbf24 } }
</style>"""


def drawn(curves: Mapping[tuple[str, str], Curve]) -> str:
    """Draw a chart for everything that was done, with a line for each database; both axes are logarithmic."""
    names = list(dict.fromkeys(name for _, name in curves))
    rows = math.ceil(len(names) / _COLUMNS)
    width, height = _COLUMNS * _WIDTH, rows * _HEIGHT + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
        "<title>Milliseconds by the number of expenses in a group</title>", _STYLE,
        f'<rect width="{width}" height="{height}"/>',
    ]  # fmt: skip
    for number, name in enumerate(names):
        lines = {kind: curves[kind, name] for kind in _COLOURS if (kind, name) in curves}
        left, top = number % _COLUMNS * _WIDTH, number // _COLUMNS * _HEIGHT
        parts.append(f'<g transform="translate({left} {top})">{_chart(name, lines)}</g>')
    for number, (kind, colour) in enumerate(_COLOURS.items()):
        x, y = _LEFT + 110 * number, height - 10
        parts.append(
            f'<circle class="{colour}" cx="{x}" cy="{y - 4}" r="4"/><text x="{x + 9}" y="{y}">{kind}</text>'
        )
    parts.append(
        f'<text x="{width - _RIGHT}" y="{height - 10}" text-anchor="end">ms, by expenses in the group</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _chart(name: str, lines: Mapping[str, Curve]) -> str:
    sizes = sorted({size for line in lines.values() for size in line})
    times = [time for line in lines.values() for time in line.values()]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times) * 1.001))
    high = max(high, low + 1)

    def x(size: int) -> float:
        first, last = math.log10(sizes[0]), math.log10(sizes[-1])
        part = (math.log10(size) - first) / (last - first or 1)
        return round(_LEFT + part * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(time: float) -> float:
        part = (math.log10(time) - low) / (high - low)
        return round(_HEIGHT - _BOTTOM - part * (_HEIGHT - _TOP - _BOTTOM), 1)

    parts = [f'<text class="title" x="{_LEFT - 34}" y="20">{escape(name)}</text>']
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(f'<path class="grid" d="M{_LEFT} {at}H{_WIDTH - _RIGHT}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{at + 4}" text-anchor="end">{_short(10.0**power)}</text>')
    for size in sizes:
        parts.append(f'<text x="{x(size)}" y="{_HEIGHT - 8}" text-anchor="middle">{_short(size)}</text>')
    for kind, line in lines.items():
        points = " ".join(f"{x(size)},{y(time)}" for size, time in sorted(line.items()))
        parts.append(f'<polyline class="{_COLOURS[kind]}" points="{points}"/>')
        parts += [
            f'<circle class="{_COLOURS[kind]}" cx="{x(s)}" cy="{y(t)}" r="2.5"/>' for s, t in line.items()
        ]
    return "".join(parts)


def _short(number: float) -> str:
    return f"{number / 1000:g}k" if number >= 1000 else f"{number:g}"
