"""Fits a logistic regression in plain Python, the same to the last digit on every run.

Dual coordinate descent after H.-F. Yu, F.-L. Huang, C.-J. Lin, "Dual coordinate descent methods for logistic
regression and maximum entropy models", Machine Learning 85 (2011): one example at a time, each solved by Newton steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from random import Random

PASSES = 30
NEWTON_STEPS = 6
CLOSE_ENOUGH = 1e-6
FURTHEST = 30.0

Row = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """What was fitted: a weight for each column, and the intercept."""

    weights: list[float]
    intercept: float


def fit(rows: Sequence[Row], wanted: Sequence[bool], costs: Sequence[float], columns: int) -> Line:
    """Fit `wanted` by the rows, each a list of (column, value); `costs` above 0 say how much an example counts.

    Minimises half the squared weights (the intercept among them) plus each example's cost times its log loss.
    """
    weights = [0.0] * columns
    intercept = 0.0
    signs = [1.0 if one else -1.0 for one in wanted]
    squares = [1.0 + sum(value * value for _, value in row) for row in rows]
    duals = [0.0] * len(rows)
    order = list(range(len(rows)))
    shuffle = Random(1).shuffle  # noqa: S311 (an order, not a secret)
    for _ in range(PASSES):
        shuffle(order)
        for at in order:
            row, sign = rows[at], signs[at]
            margin = sign * (intercept + sum(weights[column] * value for column, value in row))
            dual = _best_dual(duals[at], margin, squares[at], costs[at])
            step = sign * (dual - duals[at])
            duals[at] = dual
            intercept += step
            for column, value in row:
                weights[column] += step * value
    return Line(weights, intercept)


def balanced(wanted: Sequence[bool], importance: Sequence[float], strength: float) -> list[float]:
    """Return a cost for each example so that both answers count alike, times its own importance and the strength."""
    yes = sum(wanted)
    share = {True: len(wanted) / (2 * yes), False: len(wanted) / (2 * (len(wanted) - yes))}
    return [strength * one * share[answer] for one, answer in zip(importance, wanted, strict=True)]


def _best_dual(dual: float, margin: float, square: float, cost: float) -> float:
    """Return the new dual, between 0 and `cost`: the root of t + square * (cost * s(t) - dual) + margin, s the sigmoid."""
    low, high = -margin - square * (cost - dual), -margin + square * dual
    root = min(max(-margin, low), high)
    share = _sigmoid(root)
    for _ in range(NEWTON_STEPS):
        off = root + square * (cost * share - dual) + margin
        if abs(off) < CLOSE_ENOUGH:
            break
        low, high = (low, root) if off > 0 else (root, high)
        root -= off / (1.0 + square * cost * share * (1.0 - share))
        if not low < root < high:
            root = (low + high) / 2
        share = _sigmoid(root)
    return cost * share


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + exp(-min(max(value, -FURTHEST), FURTHEST)))
