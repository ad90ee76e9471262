"""Prints figures beside what they are measured against."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeVar

T = TypeVar("T")


def middle(rounds: Sequence[T], value: Callable[[T], float]) -> float:
    """The median over rounds of one measured value."""
    return median(value(each) for each in rounds)


def heading(text: str) -> None:
    print(f"\n{text}", flush=True)


def fact(name: str, text: str) -> None:
    """Something measured that has no bound."""
    print(f"  {name:<44} {text}", flush=True)


def against(name: str, value: float, baseline: float, unit: str, wanted: float, least: bool = False) -> None:
    """A value over its baseline, and whether the ratio is within the bound."""
    ratio = value / baseline
    _line(name, f"{value:.4g} {unit} / {baseline:.4g} {unit} = {ratio:.2f}", ratio, wanted, least)


def bound(name: str, value: float, unit: str, wanted: float) -> None:
    """A value that must not exceed a bound of its own."""
    _line(name, f"{value:.4g} {unit}", value, wanted, least=False)


def least(name: str, value: float, unit: str, wanted: float) -> None:
    """A value that must reach a bound of its own."""
    _line(name, f"{value:.4g} {unit}", value, wanted, least=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _line(name: str, text: str, value: float, wanted: float, least: bool) -> None:
    kept = value >= wanted if least else value <= wanted
    sign = ">=" if least else "<="
    print(f"  {name:<44} {text}  (wanted {sign} {wanted:g}: {'ok' if kept else 'MISSED'})", flush=True)
