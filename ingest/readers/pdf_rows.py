"""Where one row of a table ends and the next begins, when no rule says so.

A row's cells wrap over several lines, and short cells beside them stand at the top, the middle or the foot of the row.
Every way of cutting the lines into rows has a cost; the cheapest wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf_page import Word

_NUMBER = re.compile(
    r"[<>≥≤~±+\-−–/ ]*\d[\d\s.,:/\-–−]*\s?(%|‰|st|mnkr|mkr|tkr|kr|procent|år|dagar|h|p|tim)?\.?\s?\*{0,3}\d?\)?|[-–−]"
)
_ENDED = tuple(".!?:;")
_MAX_LINES_IN_ROW = 40

# No single sign costs as much: rows that cost this for being kept together need not be tried.
_TOO_MUCH = 20.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """The words on one baseline of a table, by column."""

    y: float
    cells: tuple[tuple[Word, ...], ...]

    def text(self, column: int) -> str:
        return " ".join(word.text for word in self.cells[column])

    def filled(self) -> set[int]:
        return {column for column, words in enumerate(self.cells) if words}


def is_number(text: str) -> bool:
    """Whether a cell's text is a number, an amount, a date or a dash."""
    return bool(_NUMBER.fullmatch(text.strip()))


def number_columns(lines: Sequence[TextLine]) -> set[int]:
    """The columns, but the first, where most of what is written below the first line are numbers or dates."""
    found = set()
    for column in range(1, len(lines[0].cells) if lines else 0):
        entries = [line.text(column) for line in lines if line.cells[column]]
        below = entries[1:] if entries and not is_number(entries[0]) else entries
        if below and sum(map(is_number, below)) >= 0.6 * len(below):
            found.add(column)
    return found


def rows_of(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of a table (or of what stands between two of its rules) cut into rows."""
    if len(lines) < 2:
        return [list(lines)] if lines else []
    table = _Cutter(lines)
    return min((table.cut(mode) for mode in range(3)), key=lambda found: found[0])[1]


def leading_of(lines: Sequence[TextLine]) -> float:
    """The distance between two lines of one cell, by the lines that plainly go on from the one above."""
    size = median(word.size for line in lines for cell in line.cells for word in cell)
    steps = []
    for column in range(len(lines[0].cells)):
        above: TextLine | None = None
        for line in lines:
            if not line.cells[column]:
                continue
            if above is not None:
                step = line.y - above.y
                goes_on = line.text(column)[0].islower() or above.text(column).endswith("-")
                alike = line.cells[column][0].bold == above.cells[column][0].bold
                if goes_on and alike and 0.9 * size <= step <= 1.5 * size:
                    steps.append(step)
            above = line
    return median(steps) if steps else 1.2 * size


def _bold_lines(lines: Sequence[TextLine]) -> int:
    """How many lines on top are bold all through, where those below are not: a header; 0 if all or none are."""
    bold = [all(word.bold for words in line.cells for word in words) for line in lines]
    count = bold.index(False) if False in bold else 0
    return count if any(len(line.filled()) > 1 for line in lines[:count]) else 0


def _single_words(lines: Sequence[TextLine], column: int) -> bool:
    """Whether a column's lines are each one whole word ("År", "Tertial"), as in a column that never wraps."""
    entries = [line.cells[column] for line in lines if line.cells[column]]
    whole = [words for words in entries if len(words) == 1 and not words[0].text.endswith(("-", "/"))]
    return len(entries) > 1 and len(whole) >= 0.9 * len(entries)


def _right(lines: Sequence[TextLine], column: int) -> float:
    """How far to the right a column's lines reach, those left out that go on over other columns."""
    ends = [line.cells[column][-1].x1 for line in lines if line.cells[column]]
    beyond = min((words[0].x0 for line in lines for words in line.cells[column + 1 :] if words), default=float("inf"))
    return max((end for end in ends if end <= beyond), default=max(ends, default=0.0))


class _Cutter:
    """The costs of one table's cuts."""

    def __init__(self, lines: Sequence[TextLine]):
        self.lines = lines
        self.columns = range(len(lines[0].cells))
        self.leading = leading_of(lines)
        self.numbers = number_columns(lines)
        self.right = [_right(lines, c) for c in self.columns]
        self.texts = [[line.text(c) for c in self.columns] for line in lines]
        self.figures = [[c in self.numbers and is_number(texts[c]) for c in self.columns] for texts in self.texts]
        self.words = {c for c in self.columns if c and c not in self.numbers and _single_words(lines, c)}
        self.usual = {c for c in self.numbers if sum(bool(line.cells[c]) for line in lines) >= 2}
        self.head = _bold_lines(lines)
        self.pairs = [self._pairs(i) for i in range(len(lines) - 1)]
        self.joins = [self._join(i) for i in range(len(lines) - 1)]
        self.parts = [self._part(i) for i in range(len(lines) - 1)]
        self.rows: dict[tuple[int, int], tuple[float, float, float]] = {}

    def cut(self, mode: int) -> tuple[float, list[list[TextLine]]]:
        """The cheapest rows when short cells stand at the top (0), middle (1) or foot (2) of theirs, and their cost."""
        n = len(self.lines)
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, n + 1):
            options = []
            joined = 0.0
            for start in range(end - 1, max(-1, end - 1 - _MAX_LINES_IN_ROW), -1):
                if start < end - 1:
                    joined += self.joins[start]
                if joined > _TOO_MUCH:
                    break
                if (start, end) not in self.rows:
                    self.rows[start, end] = self._row(start, end)
                cost = best[start][0] + joined + self.rows[start, end][mode]
                if start:
                    cost += self.parts[start - 1]
                options.append((cost, start))
            best.append(min(options))
        rows: list[list[TextLine]] = []
        end = n
        while end:
            start = best[end][1]
            rows.append(list(self.lines[start:end]))
            end = start
        return best[n][0], rows[::-1]

    def _step(self, i: int) -> float:
        return (self.lines[i + 1].y - self.lines[i].y) / self.leading

    def _pairs(self, i: int) -> list[tuple[int, int, bool]]:
        """For each column that goes on below line i: the line above there, and whether its next word would fit it."""
        found = []
        below = self.lines[i + 1]
        for c in self.columns:
            above = next((j for j in range(i, max(-1, i - 3), -1) if self.lines[j].cells[c]), None)
            if not below.cells[c] or above is None:
                continue
            word = below.cells[c][0]
            # What a space takes, and what a line leaves over that is not quite full.
            fits = self.lines[above].cells[c][-1].x1 + (word.x1 - word.x0) + 0.4 * word.size < self.right[c]
            found.append((c, above, fits))
        return found

    def _bold(self, i: int) -> bool:
        return all(word.bold for word in self.lines[i].cells[0])

    def _join(self, i: int) -> float:
        """What it costs to keep line i and the next in one row."""
        step = self._step(i)
        cost = 0.0 if step <= 1.12 else 1.0 if step <= 1.25 else 3.0 if step <= 1.5 else 8.0
        if i == self.head - 1:
            cost += 8.0
        for c, above, fits in self.pairs[i]:
            text, below = self.texts[above][c], self.texts[i + 1][c]
            if self.figures[i + 1][c] and self.figures[above][c]:
                continue  # Counted for the row as a whole.
            if fits and not text.endswith(("-", "/")):
                cost += 1.0 if below[0].islower() else 2.5
            if c == 0 and self._bold(i) != self._bold(i + 1):
                cost += 3.0
        return cost

    def _part(self, i: int) -> float:
        """What it costs to end a row with line i."""
        step = self._step(i)
        cost = 9.0 if step < 0.85 else 0.6 if step <= 1.12 else 0.0
        for c, above, fits in self.pairs[i]:
            text, below = self.texts[above][c], self.texts[i + 1][c]
            if self.figures[i + 1][c]:
                continue
            if text.endswith("-") and len(text) > 1:
                cost += 4.0
            elif below[0].islower():
                cost += 0.5 if fits and step > 1.12 else 2.5
            elif not fits and not text.endswith(_ENDED):
                cost += 0.7
        return cost

    def _row(self, start: int, end: int) -> tuple[float, float, float]:
        """What it costs that the lines from `start` to `end` are a row, with short cells at top, middle or foot."""
        cost = 0.3
        missing = 0.0
        modes = [0.0, 0.0, 0.0]
        top, foot = self.lines[start].y, self.lines[end - 1].y
        for c in self.columns:
            filled = [i for i in range(start, end) if self.texts[i][c]]
            if not filled:
                if c == 0:
                    cost += 5.0
                elif c in self.usual:
                    missing += 1.5
                continue
            if c in self.numbers:
                cost += 6.0 * max(0, sum(self.figures[i][c] for i in filled) - 1)
            elif c in self.words:
                cost += 3.0 * (len(filled) - 1)
            if end - start > 1:
                over, under = self.lines[filled[0]].y - top, foot - self.lines[filled[-1]].y
                for mode, off in enumerate((over, abs(over - under) / 2, under)):
                    modes[mode] += min(2.5, 1.5 * off / self.leading)
        cost += min(missing, 2.2)
        return cost + modes[0], cost + modes[1], cost + modes[2]
