"""Rows whose cells each begin a line: a row's lines stand close, and a blank line parts it from the next.

    Bryggan är hel
    Planken byts ut, pollare målas i
    samråd med båtklubben
    Hamnchef
    1 april–31 maj

A line that begins small goes on in the cell above; of the others the likeliest as many as there are columns begin one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.blocks import Block, Blocks
from ingest.columns import dangling, is_numeric
from ingest.goal_columns import kind_of
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rung
from ingest.responsible import is_role
from ingest.source import Row, Span, cell_at
from ingest.values import AMOUNT, UNIT
from ingest.when import WHEN, points

_MOST_LINES, _LONGEST = 14, 90  # of a row, and characters of a line
_UNLIKELY = 4.0  # what no cell of a row may cost
_TIME = re.compile(WHEN, re.IGNORECASE)
_AMOUNT = re.compile(rf"{AMOUNT}{UNIT}|[-–—]", re.IGNORECASE)


def cell_line_rows(
    blocks: Blocks, start: int, names: Sequence[str], header: Sequence[str], ends: Callable[[int], bool]
) -> tuple[list[Row], int] | None:
    """The rows from place `start` on, and the place after them; None where there are too few to be sure of.

    `header` is the header's words, a string a block; `ends` tells of a place that another table begins there. One row
    is enough under columns that tell who and when; else two.
    """
    kinds = [kind_of(name) for name in names]
    rows: list[Row] = []
    at = start
    while (block := blocks.at(at)) is not None:
        if [part.words for part in blocks.run(at, at + len(header))] == list(header):
            at += len(header)  # a page repeats the header
            continue
        row = None if FOOTNOTE.match(block.words) or is_rung(block.words) or ends(at) else _row(blocks, block, names)
        if row is None:
            break
        rows.append(row)
        at += 1
    sure = "who" in kinds and "end" in kinds
    return (rows, at) if len(rows) > (0 if sure else 1) else None


def _row(blocks: Blocks, block: Block, names: Sequence[str]) -> Row | None:
    lines = blocks.lines(block)
    if not len(names) <= len(lines) <= _MOST_LINES or any(len(line) > _LONGEST for line in lines):
        return None
    full = 0.8 * max(map(len, lines))
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}  # for each line before which a cell ends
    for column, name in enumerate(names):
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for begin, (cost, cells) in best.items():
            if begin == len(lines) or (begin and not _may_begin(lines, begin)):
                continue
            going = 0.0
            for end in range(begin + 1, len(lines) + 1):
                going += _goes_on(lines, end - 1, full) if end - 1 > begin else 0.0
                here = going + _odd(" ".join(lines[begin:end]), name, label=not column)
                if here < _UNLIKELY and (end not in after or cost + here < after[end][0]):
                    after[end] = cost + here, (*cells, end)
        best = after
    if len(lines) not in best:
        return None
    bounds = [0, *best[len(lines)][1]]
    made = []
    for begin, end in pairwise(bounds):
        made.append(cell_at(blocks.text, (Span(line.start, line.end) for line in block.lines[begin:end])))
    return Row(tuple(made), (Span(block.lines[0].start, block.lines[-1].end),))


def _may_begin(lines: Sequence[str], n: int) -> bool:
    """True where a cell may begin with a line: it doesn't go on in what the line before it says."""
    return not lines[n][:1].islower() and lines[n][:1] != "(" and not dangling(lines[n - 1])


def _goes_on(lines: Sequence[str], n: int, full: float) -> float:
    """How unlikely a line goes on in the cell of the line before it."""
    if not _may_begin(lines, n):
        return 0.0
    return 1.0 if len(lines[n - 1]) >= full else 3.0


def _odd(words: str, name: str, label: bool) -> float:
    """How unlikely words are as a cell under a name."""
    kind = kind_of(name)
    if label:
        return 0.0 if not _AMOUNT.fullmatch(words) and len(words) < 160 else _UNLIKELY
    if kind in ("start", "end"):
        return 0.0 if _TIME.fullmatch(words) else 0.5 if points(words, 2000) else 3.5
    if kind == "who":
        return 0.6 * max(0, words.count(" ") - 3) + 2.0 * bool(re.search(r"\d|\.$", words)) - 0.5 * is_role(words)
    if is_numeric(name):
        return 0.0 if _AMOUNT.fullmatch(words) else 3.5
    return 0.0
