"""What was measured, beside what it should be."""

import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
Curve = dict[int, float]


@dataclass(frozen=True)
class Figure:
    """One measured figure; without a goal it is told for what it is worth, without a value it could not be had."""

    part: str
    name: str
    value: float | None
    unit: str
    goal: float | None = None
    at_least: bool = False
    """Whether the goal is the least, and not the most."""
    database: str = ""
    """On which one; empty where there is none, or it does not matter."""
    told: str = ""
    """What it was made of, or why it could not be had."""

    @property
    def is_missed(self) -> bool:
        """Whether there is a goal, and it was not reached."""
        if self.goal is None:
            return False
        if self.value is None:
            return True
        return self.value < self.goal if self.at_least else self.value > self.goal

    @property
    def wanted(self) -> str:
        """The goal, as it is written."""
        if self.goal is None:
            return ""
        return f"{'≥' if self.at_least else '≤'} {written(self.goal, self.unit)}"

    @property
    def found(self) -> str:
        """The value, as it is written, with what it was made of."""
        value = "not measured" if self.value is None else written(self.value, self.unit)
        return f"{value} ({self.told})" if self.told else value


@dataclass
class Notebook:
    """Takes down every figure as it is found, and the curves that the plot is made of."""

    figures: list[Figure] = field(default_factory=list)
    curves: dict[tuple[str, str], Curve] = field(default_factory=dict)
    """Milliseconds by size, by database and name of what was done."""

    def note(self, figure: Figure) -> None:
        """Take down a figure, and print it."""
        self.figures.append(figure)
        mark = "MISSED" if figure.is_missed else "kept" if figure.goal is not None else ""
        print(
            f"  {figure.name}{f' [{figure.database}]' if figure.database else ''}: "
            f"{figure.found} {figure.wanted and f'goal {figure.wanted}'} {mark}",
            flush=True,
        )

    def play(self, part: str, work: Callable[[], object]) -> None:
        """Do the work of a part, and print how long it took; an error is a figure that could not be had."""
        print(f"\n{part}", flush=True)
        begun = time.monotonic()
        try:
            work()
        except Exception as error:
            traceback.print_exc()
            told = f"{type(error).__name__}: {error}"[:200].replace("\n", " ")
            self.note(Figure(part.capitalize(), "This part came to its end", None, "", 0, told=told))
        print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)

    def curve(self, database: str, name: str, curve: Curve) -> None:
        """Take down how long something took at each size."""
        self.curves[database, name] = curve

    def missed(self) -> list[Figure]:
        """Give the figures whose goal was not reached."""
        return [figure for figure in self.figures if figure.is_missed]


def written(value: float, unit: str) -> str:
    """Write a value with its unit, as precisely as it is worth."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    number = f"{value:,.{digits}f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number} {unit}".strip()


def steps(curve: Curve) -> str:
    """Write how long something took at each size, the smallest first."""
    return " / ".join(written(curve[size], "") for size in sorted(curve)) + " ms"


def growth(curve: Curve) -> float:
    """Give the time at the worst size as a multiple of that at the smallest."""
    return max(curve.values()) / curve[min(curve)]


def middle(values: Iterable[float]) -> float:
    """Give the median."""
    return share(values, 0.5)


def share(values: Iterable[float], part: float) -> float:
    """Give the value that this part of all values does not exceed."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing was measured")
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
