"""Words of a page gathered into bands (words on one baseline) and segments (words with no wide gap between)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.readers.pdf_page import Rule, Word

# Wider than any space between words, narrower than the padding between two table cells; in parts of the font size.
SEGMENT_GAP = 0.7

# Baselines closer than this are one; in parts of the font size. Cells centred beside two lines are half a line off.
_BASELINE = 0.25

_BULLET = re.compile(r"[•◦▪■●○‣∙·*o\-–—\ue000-\uf8ff]+|\d{1,2}[.)]|[a-zA-Z][.)]")
_BULLET_REACH = 4.0


class Segment(NamedTuple):
    """Words on one baseline with no wide gap between them."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class Band(NamedTuple):
    """The words on one baseline, left to right, in their segments."""

    y: float
    segments: tuple[Segment, ...]
    size: float
    bold: bool

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for segment in self.segments for word in segment.words)

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


def bands(words: Iterable[Word], verticals: Sequence[Rule] = ()) -> list[Band]:
    """The words in bands from top to bottom; a vertical rule between two words parts their segments."""
    return [_band(line, verticals) for line in lines_of(words)]


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """The words grouped by baseline, top to bottom and left to right, raised and lowered figures on their line."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.y):
        if groups:
            last = groups[-1]
            if word.y - last[0].y <= min(3.0, _BASELINE * min(word.size, last[-1].size)):
                last.append(word)
                continue
        groups.append([word])
    for group in groups:
        group.sort(key=lambda word: word.x0)
    return _with_scripts(groups)


def _with_scripts(groups: list[list[Word]]) -> list[list[Word]]:
    """Small groups of small words that hang on a larger word a little above or below join its line."""
    kept: list[list[Word]] = []
    for n, group in enumerate(groups):
        if len(group) <= 3 and all(len(word.text) <= 4 for word in group):
            home = _home(group, groups[max(0, n - 1) : n] + groups[n + 1 : n + 2])
            if home is not None:
                home += group
                home.sort(key=lambda word: word.x0)
                continue
        kept.append(group)
    return kept


def _home(group: list[Word], neighbours: list[list[Word]]) -> list[Word] | None:
    for other in neighbours:
        hangs = all(
            any(
                word.size < 0.8 * big.size
                and abs(word.y - big.y) <= 0.6 * big.size
                and -0.1 * big.size <= word.x0 - big.x1 <= 0.3 * big.size
                for big in other
            )
            for word in group
        )
        if hangs:
            return other
    return None


def _band(line: list[Word], verticals: Sequence[Rule]) -> Band:
    y = max(line, key=lambda word: len(word.text) * word.size).y
    walls = sorted(rule.at for rule in verticals if rule.start <= y - 1 and rule.end >= y - 1)
    parts: list[list[Word]] = [[line[0]]]
    for word in line[1:]:
        last = parts[-1][-1]
        size = max(word.size, last.size)
        between = bisect_left(walls, last.x1 - 0.5)
        wall = between < len(walls) and walls[between] <= word.x0 + 0.5
        wide = word.x0 - last.x1 > SEGMENT_GAP * size
        if wide and not wall and len(parts[-1]) == 1 and _BULLET.fullmatch(last.text):
            wide = word.x0 - last.x1 > _BULLET_REACH * size
        if wall or wide:
            parts.append([word])
        else:
            parts[-1].append(word)
    letters = sum(len(word.text) for word in line)
    size = sum(word.size * len(word.text) for word in line) / letters
    bold = sum(len(word.text) for word in line if word.bold) > 0.8 * letters
    return Band(y, tuple(Segment(tuple(part)) for part in parts), round(size, 1), bold)
