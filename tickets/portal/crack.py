"""The crack of a ticket: one broken line per ticket number, drawn here exactly as the desk draws it.

A straight line is halved again and again and each middle pushed aside; the push depends only on the number and on the
place along the line. The desk's twin is `frontend/src/ui/crack.ts`: a ticket is known by its crack, so the two must
agree, and a test compares them. Lengths are CSS pixels.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import floor, log2
from typing import NamedTuple

PARTS = 6
ROUGHNESS = 0.74
FINEST = 3.6
DEEPEST = 8
WORD = 0xFFFFFFFF


class Point(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    width: float
    height: float


@dataclass(frozen=True)
class Crack:
    """SVG paths: what is broken, what is mended, and the surface to the right of the line."""

    box: Box
    line: str
    seam: str
    edge: str


def draw(number: int, box: Box, mended: Collection[int]) -> Crack:
    """The crack of this ticket with the sixths in `mended` (0 to 5) filled with gold."""
    line = _soften(_raw(number, box))
    gold = _runs(mended, box.height)
    twigs = _twigs(number, line, box)
    return Crack(
        box=box,
        line="".join(
            [_path(_stretch(line, top, end)) for top, end in _gaps(gold, box.height)]
            + [_path(twig) for twig in twigs if not _within(gold, twig[0].y)]
        ),
        seam="".join(
            [_ribbon(number, _stretch(line, top, end), box) for top, end in gold]
            + [_filled(twig) for twig in twigs if _within(gold, twig[0].y)]
        ),
        edge=f"{_path(line)} {_short(box.width)} {_short(box.height)} {_short(box.width)} 0z",
    )


def chance(seed: int, place: int) -> float:
    """A repeatable number from 0 to 1 for a seed and a place (mixing steps of MurmurHash3's finaliser)."""
    mixed = ((seed ^ 0x9E3779B9) * 0x85EBCA6B ^ (place + 1) * 0xC2B2AE35) & WORD
    mixed = (mixed ^ (mixed >> 16)) * 0x85EBCA6B & WORD
    mixed = (mixed ^ (mixed >> 13)) * 0xC2B2AE35 & WORD
    return (mixed ^ (mixed >> 16)) / 4294967296


def _offsets(seed: int, depth: int) -> list[float]:
    """Sideways offsets from -1 to 1 at 2^depth + 1 even places along the line; both ends are 0."""
    count = 2**depth
    found = [0.0] * (count + 1)
    for level in range(depth):
        half = count >> (level + 1)
        for at in range(half, count, 2 * half):
            middle = (found[at - half] + found[at + half]) / 2
            push = (chance(seed, at * 2**DEEPEST // count) - 0.5) * 2.2 * ROUGHNESS**level
            found[at] = max(-1.0, min(1.0, middle + push))
    return found


def _raw(seed: int, box: Box) -> list[Point]:
    depth = max(3, min(DEEPEST, _nearest(log2(box.height / FINEST))))
    side = _offsets(seed, depth)
    reach = box.width / 2 - 2.5
    return [
        Point(box.width / 2 + offset * reach, place / (len(side) - 1) * box.height) for place, offset in enumerate(side)
    ]


def _soften(raw: Sequence[Point]) -> list[Point]:
    """Each corner cut once, a quarter of the way to its neighbours."""
    cut = [
        _between(point, beside, 0.25)
        for before, point, after in zip(raw, raw[1:], raw[2:], strict=False)
        for beside in (before, after)
    ]
    return [raw[0], *cut, raw[-1]]


def _between(start: Point, end: Point, part: float) -> Point:
    return Point(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)


def _stretch(line: Sequence[Point], top: float, end: float) -> list[Point]:
    """The stretch of the line from one height to another, cut exactly at both."""
    return [_cut(line, top), *(point for point in line if top < point.y < end), _cut(line, end)]


def _cut(line: Sequence[Point], y: float) -> Point:
    place = next((i for i, point in enumerate(line) if point.y >= y), len(line) - 1)
    after, before = line[place], line[max(0, place - 1)]
    span = after.y - before.y
    return _between(before, after, (y - before.y) / span) if span else Point(after.x, y)


def _thickness(seed: int, y: float, end: float, box: Box) -> float:
    """Half the width of the gold at a height: uneven, thicker where two steps meet, nothing at the open end."""
    part = box.height / PARTS
    nearness = abs(y / part - _nearest(y / part)) * 2
    meeting = 0.0 if y < part / 2 or end - y < part / 2 else max(0.0, 1 - nearness * 2.5)
    uneven = 0.75 + chance(seed, 5000 + _nearest(y / 4)) * 0.5
    running = max(0.0, min(1.0, (end - y) / min(part * 0.6, 26)))
    return max(0.2, (box.width / 12) * uneven * (0.82 + 0.45 * meeting) * float(running**0.55))


def _ribbon(seed: int, part: Sequence[Point], box: Box) -> str:
    """A closed ribbon of gold around a stretch of the line."""
    half = [_thickness(seed, point.y, part[-1].y, box) for point in part]
    right = [Point(point.x + wide, point.y) for point, wide in zip(part, half, strict=True)]
    left = [Point(point.x - wide, point.y) for point, wide in zip(part, half, strict=True)]
    return f"{_path([*right, *reversed(left)])}z"


def _twigs(seed: int, line: Sequence[Point], box: Box) -> list[list[Point]]:
    """Short side breaks, more on a long crack; each leaves the line where it bends outwards."""
    many = max(1, min(6, _nearest(box.height / 110)) + (chance(seed, 9000) > 0.45))
    heights = [box.height * ((i + 0.25 + chance(seed, 9100 + i) * 0.55) / many) for i in range(many)]
    return [_twig(seed, i, _cut(line, height), box) for i, height in enumerate(heights)]


def _twig(seed: int, i: int, start: Point, box: Box) -> list[Point]:
    way = 1 if start.x > box.width / 2 else -1
    reach = box.width * (0.24 + chance(seed, 9200 + i) * 0.12)
    middle = Point(start.x + way * reach * 0.6, start.y + reach * 0.55)
    return [start, middle, Point(start.x + way * reach, start.y + reach * (1 + chance(seed, 9300 + i) * 0.5))]


def _filled(twig: Sequence[Point]) -> str:
    start, middle, _ = twig
    return f"{_path([*twig, Point(middle.x, middle.y + 0.9), Point(start.x, start.y + 1.4)])}z"


def _runs(parts: Collection[int], height: float) -> list[tuple[float, float]]:
    """Runs of neighbouring parts, as heights: 0, 1 and 3 of 6 are the first third and the fourth sixth."""
    starts = [part for part in sorted(parts) if part - 1 not in parts]
    ends = [part + 1 for part in sorted(parts) if part + 1 not in parts]
    return [(start * height / PARTS, end * height / PARTS) for start, end in zip(starts, ends, strict=True)]


def _gaps(filled: Iterable[tuple[float, float]], height: float) -> list[tuple[float, float]]:
    """The complement of `filled` between 0 and `height`."""
    edges = [0.0, *(edge for run in filled for edge in run), height]
    return [(top, end) for top, end in zip(edges[::2], edges[1::2], strict=True) if end > top]


def _within(runs: Iterable[tuple[float, float]], y: float) -> bool:
    return any(top <= y < end for top, end in runs)


def _path(line: Iterable[Point]) -> str:
    return "M" + " ".join(f"{_short(point.x)} {_short(point.y)}" for point in line)


def _short(value: float) -> str:
    return f"{floor(value * 10 + 0.5) / 10 + 0.0:g}"


def _nearest(value: float) -> int:
    """The nearest whole number, halves upwards, as JavaScript rounds."""
    return floor(value + 0.5)
