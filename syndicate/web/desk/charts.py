"""Bars of a small chart: plain geometry, drawn as SVG by `charts.html`, without a script and without a style."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP = 560, 120, 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle, in the units of the picture; `series` names what it shows, counted from 0."""

    x: float
    y: float
    width: float
    height: float
    series: int
    label: str
    value: int


def bars(labels: Sequence[str], *series: Sequence[int]) -> Sequence[Bar]:
    """For each label a group with a bar of each series; the highest is as high as the picture."""
    most = max((value for values in series for value in values), default=0) or 1
    group = WIDTH / max(len(labels), 1)
    wide = (group - 3 * GAP) / max(len(series), 1)
    return [
        Bar(
            x=round(at * group + GAP + number * wide, 1),
            y=round(HEIGHT - HEIGHT * values[at] / most, 1),
            width=round(wide - GAP, 1),
            height=round(HEIGHT * values[at] / most, 1),
            series=number,
            label=label,
            value=values[at],
        )
        for at, label in enumerate(labels)
        for number, values in enumerate(series)
    ]
