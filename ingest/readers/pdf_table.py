"""A table as laid out on one page, and what its rows tell of its header."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf_bands import lines_of
from ingest.readers.pdf_page import Box, Word
from ingest.readers.pdf_rows import is_number

CellLines = tuple[tuple[Word, ...], ...]
CellRow = tuple[CellLines, ...]

_MAX_HEADER = 3
_SHIFT = 4.0  # points
_YEAR = re.compile(r"(19|20)\d\d\*?")


@dataclass(frozen=True, slots=True)
class LaidTable:
    """Rows of cells, each cell its lines of words; `walls` are the white or ruled strips between the columns."""

    walls: tuple[tuple[float, float], ...]
    rows: tuple[CellRow, ...]
    header: int
    top: float
    bottom: float


def column_of(walls: Sequence[tuple[float, float]], x: float) -> int:
    """The column that a place across the page lies in."""
    return sum(x > (a + b) / 2 for a, b in walls)


def cell(words: Sequence[Word]) -> CellLines:
    """A cell's words as lines."""
    return tuple(tuple(line) for line in lines_of(words))


def cell_text(lines: CellLines) -> str:
    """A cell's words with one space between."""
    return " ".join(word.text for line in lines for word in line)


def halves(rows: Sequence[CellRow], vocabulary: Set[str]) -> set[Word]:
    """The words that are but the first part of one broken where its column was too narrow, without a hyphen.

    Such a line is one word that fills the column; the `vocabulary` of the document has the whole word, or else not
    this part, and no space follows it as after other lines of the table.
    """
    found: set[Word] = set()
    wraps = [lines[n][-1] for row in rows for lines in row for n in range(len(lines) - 1)]
    spaces = sum(word.spaced for word in wraps) >= 0.3 * len(wraps)
    full = [row for row in rows if sum(map(bool, row)) > 1]
    for column in range(len(rows[0]) if rows else 0):
        right = max((line[-1].x1 for row in full for line in row[column]), default=0.0)
        for row in rows:
            for line, below in pairwise(row[column]):
                word, rest = line[-1], below[0].text
                if len(line) > 1 or not word.text[-1].isalpha() or not rest[0].islower():
                    continue
                if letters(word.text + rest) in vocabulary:
                    broken = word.x1 > right - 1.5 * word.size
                else:
                    # Short endings ("i", "en") are words as well, and tell nothing.
                    told = {letters(part) for part in (word.text, rest) if len(part) > 2}
                    unknown = not told & vocabulary
                    broken = spaces and unknown and not word.spaced and word.x1 > right - 0.75 * word.size
                if broken:
                    found.add(word)
    return found


def letters(word: str) -> str:
    """A word as it stands in a vocabulary: lower case, without the marks around it."""
    return word.casefold().strip(".,:;!?()*”\"'–-")


def row_texts(row: CellRow) -> tuple[str, ...]:
    """The words of each cell of a row."""
    return tuple(cell_text(lines) for lines in row)


def same_walls(one: LaidTable, other: LaidTable) -> bool:
    """Whether two tables have their columns in the same places, or all shifted alike (mirrored margins)."""
    if len(one.walls) != len(other.walls):
        return False
    if not one.walls:
        return False
    shifts = (0.0, sum(other.walls[0]) / 2 - sum(one.walls[0]) / 2)
    return any(
        all(
            a + shift - _SHIFT <= d and c <= b + shift + _SHIFT
            for (a, b), (c, d) in zip(one.walls, other.walls, strict=True)
        )
        for shift in shifts
        if abs(shift) <= 60
    )


def header_rows(rows: Sequence[CellRow], shades: Sequence[Box], under: float | None = None) -> int:
    """How many rows on top are a header: set bold or shaded apart from those below, or above the one rule `under`."""
    if len(rows) < 2:
        return 0
    for told in (_bold, lambda row: _shaded(row, shades)):
        # One cell alone is a title over the header, or else a heading for the rows below.
        marked = [
            told(row) and not _figures(row) and (n == 0 or sum(map(bool, row)) > 1 or len(row) == 1)
            for n, row in enumerate(rows[: _MAX_HEADER + 1])
        ]
        count = marked.index(False) if False in marked else len(marked)
        rest = sum(told(row) for row in rows[count:])
        if 0 < count <= _MAX_HEADER and count < len(rows) and rest <= 0.4 * (len(rows) - count):
            return count
    if under is not None:
        above = sum(_foot(row) < under for row in rows)
        if 0 < above <= _MAX_HEADER and above < len(rows):
            return above
    return 0


def _words(row: CellRow) -> list[Word]:
    return [word for lines in row for line in lines for word in line]


def _foot(row: CellRow) -> float:
    return max((word.y for word in _words(row)), default=0.0)


def _figures(row: CellRow) -> bool:
    """Whether a row gives figures, so that it is a total and no header; years may stand in a header."""
    texts = [text for text in row_texts(row)[1:] if text]
    return 2 * sum(is_number(text) and not _YEAR.fullmatch(text) for text in texts) >= max(1, len(texts))


def _bold(row: CellRow) -> bool:
    words = [word for word in _words(row) if any(letter.isalnum() for letter in word.text)]
    return bool(words) and all(word.bold for word in words)


def _shaded(row: CellRow, shades: Sequence[Box]) -> bool:
    words = _words(row)
    return bool(words) and all(
        any(
            box.x0 - 1 <= (word.x0 + word.x1) / 2 <= box.x1 + 1 and box.top <= word.y - 0.3 * word.size <= box.bottom
            for box in shades
        )
        for word in words
    )
