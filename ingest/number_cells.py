"""The numbers that a line ends with, and the ways to read them as cells.

A space may part two cells or the thousands of one, and an empty cell leaves a wider gap or none. What must hold between
columns (net = costs − revenue, women + men = all) tells the readings apart, and else how alike in size the numbers are.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ingest.blocks import Block
from ingest.values import MONTHS, number_in

_NUMERIC_TOKEN = re.compile(r"^\(?[-−–+]?\d[\d.,\u00a0\u2009\u202f]*(?: ?%)?\)?\*{0,2}$|^[-−–]$")
_TOKEN = re.compile(r"[^ \n]+(?:(?<=\d) %(?=[ \n]|$))?")  # thin spaces stand inside numbers
YEAR = re.compile(r"(?:19|20)\d\d\*{0,2}$")
_PHONE = re.compile(r"\b0\d{1,3}[-/] ?\d{2,3} $")  # the beginning of a telephone number
_OF_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)}|vår\w*|höst\w*|sommar\w*|vinter\w*|år) 20\d\d$", re.IGNORECASE)
_MOST_WAYS = 400  # to read a row
_MOST_COLUMNS = 8  # over which numbers are spread out
_NEAR = 0.5  # how much worse another reading may fit and still be thought of
_LAID_OUT = 2  # empty cells that seldom stand before every number of a row
OFF = Decimal("0.15")  # what rounding to one decimal may put a sum off by

# A reading of a row: where each column's number stands in the joined text, None for an empty cell.
Extents = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Tail:
    """The numbers a line ends with: token extents, and how many empty cells the spaces before each leave."""

    start: int
    tokens: tuple[tuple[int, int], ...]
    empties: tuple[int, ...]
    empties_after: int

    @property
    def spaced(self) -> bool:
        """True where wider gaps tell of empty cells, so that the places are known."""
        return any(self.empties) or self.empties_after > 0


def holds_numbers(block: Block) -> bool:
    """True where a block ends in numbers that are no years of a header."""
    last = block.raw.rsplit("\n", 1)[-1]
    tokens = [last[start:end] for start, end in numeric_tail(last).tokens]
    return any(not YEAR.match(token.rstrip(",")) for token in tokens) and not block.words.endswith(".")


def ends_in_several(block: Block) -> bool:
    """True where a block ends in more numbers than a label does, or in a decimal."""
    tail = numeric_tail(block.raw)
    return len(tail.tokens) > 1 or "," in block.raw[tail.start :]


@lru_cache(maxsize=4096)  # a line is tried as many rows' end
def numeric_tail(raw: str) -> Tail:
    """The numbers that a line ends with, telephone numbers and a month's year left out."""
    body = raw.rstrip(" ")
    tokens: list[tuple[int, int]] = []
    for found in reversed(list(_TOKEN.finditer(body))):
        if not _NUMERIC_TOKEN.match(found.group()):
            break
        tokens.append((found.start(), found.end()))
    tokens.reverse()
    if tokens and _PHONE.search(body[: tokens[0][0]]):
        tokens = []
    elif tokens and _OF_YEAR.search(body[: tokens[0][1]]):
        del tokens[0]  # "juni 2031" is words
    empties = []
    for n, (start, _) in enumerate(tokens):
        before = tokens[n - 1][1] if n else len(body[:start].rstrip(" "))
        empties.append(max(0, start - before - 1) if before else 0)
    if len(tokens) > 1 and min(empties) > _LAID_OUT:
        empties = [0] * len(tokens)  # gaps as wide as these set columns apart and tell of no empty cells
    return Tail(tokens[0][0] if tokens else len(body), tuple(tokens), tuple(empties), max(0, len(raw) - len(body) - 1))


def without_first(tail: Tail) -> Tail:
    """The numbers of a row whose first is its label's."""
    return replace(tail, tokens=tail.tokens[1:], empties=(0, *tail.empties[2:]))


def sole_reading(text: str, columns: Sequence[str]) -> Extents | None:
    """The one way to read words that are all numbers as a row's cells, None where there is none or more than one.

    `columns` are the names of all columns, the labels' first, and may be empty."""
    tail = numeric_tail(text)
    alone = not text[: tail.start].strip()
    options = [cells for cells in readings_of(text, tail) if len(cells) == len(columns) - 1] if alone else []
    near = best_fitting(text, options, columns)
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=1024)  # one for every number of columns that a table may have
def readings_of(text: str, tail: Tail) -> tuple[Extents, ...]:
    """Every way to read the tail as cells: neighbouring tokens may be one number with a space in its thousands."""
    found: list[Extents] = []

    def go(n: int, cells: Extents) -> None:
        if len(found) > _MOST_WAYS:
            return
        if n == len(tail.tokens):
            found.append(cells + (None,) * tail.empties_after)
            return
        start, end = tail.tokens[n]
        if re.match(r"0\d", text[start:end]):
            return  # "084" is the end of a number
        cells += (None,) * tail.empties[n]
        if text.count("(", start, end) == text.count(")", start, end):
            go(n + 1, (*cells, (start, end)))
        k = n
        while (
            k + 1 < len(tail.tokens)
            and not tail.empties[k + 1]
            and re.fullmatch(r"\(?[-−–+]?\d{1,3}" if k == n else r"\d{3}", text[tail.tokens[k][0] : tail.tokens[k][1]])
            and re.fullmatch(r"\d{3}(?:,\d+)?\)?\*{0,2}", text[tail.tokens[k + 1][0] : tail.tokens[k + 1][1]])
            and text[start] != "0"
        ):
            k += 1
            if text.count("(", start, tail.tokens[k][1]) == text.count(")", start, tail.tokens[k][1]):
                go(k + 1, (*cells, (start, tail.tokens[k][1])))

    go(0, ())
    return tuple(found)


def spread_out(readings: Sequence[Extents], width: int) -> list[Extents]:
    """Every way to spread too few numbers over the columns, where the empty cells left no trace."""
    placed = []
    for reading in readings:
        numbers = [extent for extent in reading if extent]
        if len(numbers) < width <= _MOST_COLUMNS:
            for places in itertools.combinations(range(width), len(numbers)):
                cells: list[tuple[int, int] | None] = [None] * width
                for place, extent in zip(places, numbers, strict=True):
                    cells[place] = extent
                placed.append(tuple(cells))
    return placed[:_MOST_WAYS]


def best_fitting(text: str, options: Sequence[Extents], columns: Sequence[str]) -> list[Extents]:
    """The readings that fit best, more than one where nothing tells them apart."""
    strains = [_strain(text, cells, columns) for cells in options]
    broken, uneven = min(strains, default=(0, 0.0))
    return [
        cells
        for cells, strain in zip(options, strains, strict=True)
        if strain[0] == broken and strain[1] <= uneven + _NEAR
    ]


@lru_cache(maxsize=64)
def _roles(columns: tuple[str, ...]) -> tuple[int | None, ...]:
    """Which columns hold costs, revenue, net, women and men, None for those that aren't there."""
    patterns = (r"^kostnad", r"^intäkt", r"^netto", r"kvinnor|flickor", r"\bmän\b|pojkar")
    return tuple(
        next((n for n, name in enumerate(columns) if re.search(pattern, name.lower())), None) for pattern in patterns
    )


def _strain(text: str, cells: Extents, columns: Sequence[str]) -> tuple[int, float]:
    """How badly a reading fits: broken identities first, then how far the numbers differ in size."""
    values = [number_in(text[slice(*extent)]) if extent else None for extent in cells]
    sizes = [math.log10(float(abs(v)) + 1) for v in values if v is not None]
    mean = sum(sizes) / len(sizes) if sizes else 0.0
    return broken_identities(values, columns), sum((s - mean) ** 2 for s in sizes)


def broken_identities(values: Sequence[Decimal | None], columns: Sequence[str]) -> int:
    """How many of the identities that must hold between columns a row's values break."""
    roles = _roles(tuple(columns[1:]))
    cost, revenue, net, women, men = (values[n] if n is not None else None for n in roles)
    broken = 0
    if have_net(columns) and (cost, revenue) != (None, None):
        # A row may lack costs or revenue, but not what is left of them, which may be printed as a deficit.
        left = abs(cost or Decimal(0)) - abs(revenue or Decimal(0))
        balances = net is not None and (abs(left - net) <= OFF or (net < 0 and abs(left + net) <= OFF))
        broken += not balances or (cost is None and not revenue)
    if women is not None and men is not None:
        broken += not any(v is not None and abs(v - women - men) <= 1 for v in values)
    return broken


def have_net(columns: Sequence[str]) -> bool:
    """True where columns have costs and what is left of them."""
    cost, _, net, *_ = _roles(tuple(columns[1:]))
    return cost is not None and net is not None
