"""Rows of a label, figures, times and words, in this order, each a block between blank lines.

"Korttidsvård, per dygn 2 145 2 090 Nämnden" has four cells under "Pris, kronor 2031 2030 Beslutas av". How many of
them hold figures and times is told by all rows together, and a row by what its label and its words may begin and end
with. A table that leaves any of its cells in doubt is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import Block, Blocks, Joined, header_again
from ingest.columns import STREET, Name, dangling, is_numeric, is_unit, leads_number, words_of
from ingest.goal_cells import cut_cell
from ingest.goal_columns import VALUE
from ingest.label_words import parted_rows
from ingest.row_readings import like_label
from ingest.source import Cell, Row
from ingest.typed_headers import share_of_common
from ingest.values import MONTHS, TOTAL, UNIT, folded, mended, whole_name
from ingest.when import WHEN
from ingest.word_rows import SAYS

FIGURED = re.compile(r"(?:^|\s)(?:\d|[-−–+] ?\d)")  # what a row has somewhere
_YEAR = re.compile(r"(?:19|20)\d\d[,*]?")
_FIGURE = re.compile(r"[-−–+]?\d[\d.]*(?:,\d+)?%?|[-−–]")
_TIME = re.compile(rf"(?:{WHEN}|\d{{4}}-\d\d)", re.IGNORECASE)
_OPEN = re.compile(rf"(?!\d|[-−–]){VALUE}")  # a value in words ("Fastställs senare")
_COUNTS = re.compile(r"(?:^|\s)(?:plan|våning|etapp|fas|hus|steg|vecka|nr|den)$", re.IGNORECASE)  # one of several
_UNIT = re.compile(UNIT)
_NO_HEADER = re.compile(r"[.:;!]$|(?<![\d-])(?!(?:19|20)\d\d(?!\d))\d(?!\d*-\d)")
_MOST_COLUMNS, _LONGEST = 9, 160  # columns, and characters of a header
_LONGEST_LABEL, _LONGEST_WORDS = 100, 260
_FEWEST = 3  # rows that make a table
_DOUBT = 2.0  # what a row costs that is none
_MEAN = 0.5  # what the rows of a table may cost, taken together

Extent = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read a row: its label's end, its cells of figures and times (None for an empty one), where its words
    begin, and how unlikely that is."""

    label: int
    cells: tuple[Extent | None, ...]
    words: int
    cost: float


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows, each with how it is read, the place after them, and how unlikely one is."""

    rows: list[tuple[Joined, _Way]]
    end: int
    cost: float


def figured_names(blocks: Blocks, start: int, size: int, proper: bool = False) -> list[Name] | None:
    """The names of the columns of a header of so many blocks, each with a capital, or a year or unit of its own; None
    where it is none. They are common ones, or `proper` ones, of what is compared ("Fyren", "Udden")."""
    line = " ".join(block.words for block in blocks.run(start, start + size))
    words = [line[a:b] for a, b in words_of(line)]
    undated = re.sub(r"\d{4}-\d\d-\d\d", "", line)
    if len(line) > _LONGEST or not line[:1].isupper() or _NO_HEADER.search(undated):
        return None
    starts = [0]
    for n, (before, word) in enumerate(pairwise(words), 1):
        year, unit = _YEAR.fullmatch(word) is not None, is_unit(word.rstrip(","))
        of_label = len(starts) == 1
        if (
            (word[:1].isupper() and not before.endswith("-"))
            or (year and before.endswith(")") and is_unit(before.strip("()")))
            or (year and not (n - 1 in starts and is_unit(before)) and (_YEAR.fullmatch(before) or of_label))
            or (unit and not before.endswith(",") and (of_label or _YEAR.fullmatch(before)))
        ):
            starts.append(n)
    names = [
        Name(whole_name(mended("\n".join(words[a:b]))), tuple(range(a, b))) for a, b in pairwise([*starts, len(words)])
    ]
    whole = [name.text for name in names]
    if any(name.endswith(".") for name in whole[:-1]):
        return None  # sentences
    fits = 2 < len(names) <= _MOST_COLUMNS and len(set(whole)) == len(whole)
    fits = fits and max(len(name.words) for name in names) < 8
    return names if fits and (proper or share_of_common(names, blocks) > 0.6) else None


def figured_rows(
    blocks: Blocks, start: int, names: Sequence[str], header: Sequence[str], alone: bool = False
) -> tuple[list[Row], int] | None:
    """The rows from place `start` on of columns of such names, and the place after them; None where there are fewer
    than three or their cells are in doubt. `header` is the header's words, a string a block, which a page may repeat.
    Figures are followed by times or words, unless they stand `alone`."""
    count = len(names)
    shapes = (
        [(count - 1, 0)]
        if alone
        else [
            (figures, times)
            for figures in range(count - 2, -1, -1)
            for times in range(count - 1 - figures, -1, -1)
            if count - 1 - figures - times < (3 if figures else 2)
            and (figures or times > 1)
            and not any(is_numeric(re.sub(r" 20\d\d$", "", name)) for name in names[1 + figures :])
        ]
    )
    tables = [table for shape in shapes if (table := _read(blocks, start, *shape, count, header))]
    if not tables:
        return None
    best = min(tables, key=lambda table: (-table.end, table.cost))
    rows = [_row(blocks, joined, way) for joined, way in best.rows]
    free = count - len(best.rows[0][1].cells) - 1
    if free == 0:
        rows = [Row(row.cells[:-1], row.spans) for row in rows]
    elif free == 2:
        parted = _parted(blocks, rows)
        if parted is None or 2 * sum(bool(row.cells[-1].text) for row in parted) < len(parted):
            return None
        rows = parted
    return rows, best.end


def _read(blocks: Blocks, start: int, figures: int, times: int, count: int, header: Sequence[str]) -> _Table | None:
    """The rows with so many figures and times, None where they are unlikely or in doubt."""
    free = count - 1 - figures - times
    rows: list[tuple[Joined, list[_Way]]] = []
    at = start
    while (block := blocks.at(at)) is not None and not block.lines[0].listed:
        if again := header_again(blocks, at, header):
            at += again
            continue
        found = next(filter(None, (_ways_at(blocks, at, size, figures, times, free) for size in (1, 2, 3))), None)
        if found is None:
            break
        rows.append(found[:2])
        at += found[2]
    if len(rows) < _FEWEST or _breaks_off(blocks, at):
        return None
    best = [min(ways, key=lambda way: way.cost) for _, ways in rows]
    decimals = [_in_decimals(rows, best, n) for n in range(figures)]
    words = [joined.text[way.words :].strip() for (joined, _), way in zip(rows, best, strict=True)]
    small = 2 * sum(each[:1].islower() for each in words) > sum(map(bool, words))
    read: list[tuple[Joined, _Way]] = []
    total = 0.0
    for joined, ways in rows:
        costs = [way.cost + _unlike(joined.text, way, decimals, small) for way in ways]
        least = min(costs)
        if least >= _DOUBT or sum(cost < least + 0.5 for cost in costs) > 1:
            return None
        read.append((joined, ways[costs.index(least)]))
        total += least
    filled = [sum(cell is not None for cell in column) for column in zip(*(way.cells for _, way in read), strict=True)]
    filled += [sum(bool(joined.text[way.words :].strip()) for joined, way in read)] * (free > 0)
    if total > _MEAN * len(read) or 2 * min(filled) < len(read):
        return None
    return _Table(read, at, total / len(read))


def _ways_at(
    blocks: Blocks, at: int, size: int, figures: int, times: int, free: int
) -> tuple[Joined, list[_Way], int] | None:
    """The ways to read a row of so many blocks, of which those before the last are its label, and what goes on in its
    words below; with how many blocks they are. None where there is no such row."""
    parts = blocks.run(at, at + size)
    if len(parts) < size or any(part.broken for part in parts[1:]):
        return None
    if size > 1 and not (_is_label(parts[0]) and all(part.words[:1].islower() for part in parts[1:-1])):
        return None
    if size > 1 and not re.match(r"[-−–+]?\d|[-−–] ", parts[-1].words):
        return None
    joined = blocks.joined(at, at + size)
    ways = list(_ways(joined, figures, times, free))
    if not ways:
        return None
    while free and not blocks.apart and (below := blocks.at(at + size)) is not None and not below.broken:
        above = blocks.run(at, at + size)[-1].words
        if not (below.words[:1].islower() or dangling(above)) or below.words.endswith(":"):
            break
        size += 1
        joined = blocks.joined(at, at + size)
        ways = list(_ways(joined, figures, times, free))
    return (joined, ways, size) if ways else None


def _is_label(block: Block) -> bool:
    """True where a block may be a label whose figures stand below it."""
    return block.words[:1].isupper() and len(block.words) < 90 and not re.search(r"[.:;]$|\d", block.words)


def _breaks_off(blocks: Blocks, at: int) -> bool:
    """True where what stands after a table's last row may be the rest of it, or a row that was not understood."""
    after = blocks.at(at)
    if after is None or after.broken or after.lines[0].listed:
        return False
    prose = 1.2 * len(after.words) > blocks.full or after.words.endswith((".", ":"))
    return after.words[:1].islower() or (
        not prose and re.search(r"[^\d.,] \d+(?:,\d+)?(?: |$)", after.words) is not None
    )


def _ways(joined: Joined, figures: int, times: int, free: int) -> Iterator[_Way]:
    """The ways in which a row's words may be a label, so many figures and times, and words where some are `free`."""
    text = joined.text
    tokens = [found.span() for found in re.finditer(r"\S+", text)]
    for n in range(1, len(tokens)):
        label = folded(text[: tokens[n - 1][1]])
        if len(label) > _LONGEST_LABEL:
            return
        if not re.search(r"[^\W\d_]{2}|^[A-ZÅÄÖ]", label) or not like_label(label) or SAYS.search(f"{label} "):
            continue
        cost = _odd_label(label, dated=not figures)
        if cost < _DOUBT:
            found = [*_cells(text, tokens, n, figures, times)]
            if times and TOTAL.match(label):  # a sum has no time
                sums = _cells(text, tokens, n, figures, 0)
                found += [(cells + (None,) * times, at, more) for cells, at, more in sums if at == len(tokens)]
            for cells, at, more in found:
                if (
                    any(cell and (text[cell[0]] not in "-−–" or cell[1] - cell[0] > 1) for cell in cells)
                    and (last := _odd_words(text, tokens, at, free)) is not None
                    and cost + more + last < 2 * _DOUBT
                ):
                    place = tokens[at][0] if at < len(tokens) else len(text)
                    yield _Way(tokens[n - 1][1], cells, place, cost + more + last)


def _odd_label(label: str, dated: bool) -> float:
    """How unlikely a row's label has such words; where it is `dated`, times and no figures follow."""
    *before, last = label.split()
    figures = [n for n, word in enumerate(before) if n and _FIGURE.fullmatch(word) and word not in "-−–"]
    inner = [n for n in figures if not _YEAR.fullmatch(before[n])]
    within = 0.6 * any(not leads_number(" ".join(before[:n])) for n in inner)
    if _YEAR.fullmatch(last) and (dated or (before and (before[-1][0].islower() or before[-1].endswith(",")))):
        return 0.3 + within  # of an outcome or a target ("mål 2031")
    if last.lower() in MONTHS:
        return _DOUBT  # its year follows
    if re.fullmatch(r"[-−–+]?[\d.,]+%?", last):
        house = len(before) > 0 and STREET.search(before[-1]) is not None and last.isdigit()
        counted = leads_number(" ".join(before)) or before[-1:] == ["T"]
        return within if "," not in last and (house or counted) else _DOUBT
    if re.search(r"\d{4}-\d\d-\d\d", label) or _COUNTS.search(label):
        return _DOUBT
    if leads_number(label) or dangling(label) or is_unit(last) or last in "-−–":
        return _DOUBT
    return within + 0.4 * (STREET.search(last) is not None)  # whose house may have the number that follows


def _odd_words(text: str, tokens: Sequence[Extent], at: int, free: int) -> float | None:
    """How unlikely the words after a row's figures begin there, None where they can't."""
    if at == len(tokens):
        return 0.3 * (free > 0)
    first, *more = (text[a:b] for a, b in tokens[at:])
    if not free or len(text) - tokens[at][0] > _LONGEST_WORDS:
        return None
    if first[0].isdigit() or first[0] in "-−–+%" or first in MONTHS or _UNIT.fullmatch(f" {first}"):
        counts = bool(more) and first.isdigit() and more[0][0].islower() and not is_unit(more[0])
        dash = first in "-−–" and not more
        return 0.8 if counts else 0.3 if dash else _DOUBT
    return 0.0


def _cells(
    text: str, tokens: Sequence[Extent], at: int, figures: int, times: int
) -> Iterator[tuple[tuple[Extent | None, ...], int, float]]:
    """The ways in which tokens from one on are so many figures and times: where each stands, the token after, and how
    unlikely they are."""
    if figures + times == 0:
        yield (), at, 0.0
        return
    left = (figures - 1, times) if figures else (0, times - 1)
    gap = tokens[at][0] - tokens[at - 1][1] if at < len(tokens) else len(text) - tokens[-1][1]
    if gap > 1:  # an empty cell leaves a space more
        for cells, after, cost in _cells(f"{text} ", _moved(tokens, at), at, *left):
            yield (None, *cells), after, cost + 0.2
    for end in range(at + 1, min(at + (4 if figures else 5), len(tokens)) + 1):
        words = text[tokens[at][0] : tokens[end - 1][1]]
        odd = _odd_figure(words) if figures else 0.0 if _TIME.fullmatch(folded(words)) else None
        if odd is None or _parts_month(text, tokens, end):
            continue
        for cells, after, cost in _cells(text, tokens, end, *left):
            yield ((tokens[at][0], tokens[end - 1][1]), *cells), after, odd + cost


def _parts_month(text: str, tokens: Sequence[Extent], at: int) -> bool:
    """True where a cell that ends before token `at` would part a month from its year."""
    last, following = (text[slice(*extent)] for extent in (tokens[at - 1], tokens[at] if at < len(tokens) else (0, 0)))
    return last.lower() in MONTHS and _YEAR.fullmatch(following) is not None


def _moved(tokens: Sequence[Extent], at: int) -> list[Extent]:
    """The tokens with the one before a place ending a space later: the space told of an empty cell."""
    start, end = tokens[at - 1]
    return [*tokens[: at - 1], (start, end + 1), *tokens[at:]]


def _odd_figure(words: str) -> float | None:
    """How unlikely words are one figure, None where they can't be."""
    words = folded(words)
    if _FIGURE.fullmatch(words) or re.fullmatch(r"[-−–+]?\d{1,3}(?: \d{3})+(?:,\d+)?", words):
        return _DOUBT if re.match(r"0\d", words) else 0.0
    number = re.match(r"[-−–+]?\d{1,3}(?: \d{3})*(?:,\d+)? ", words)
    if number and is_unit(words[number.end() :]):
        return 0.0
    return 0.4 if " " in words and _OPEN.fullmatch(words) else None


def _in_decimals(rows: Sequence[tuple[Joined, list[_Way]]], best: Sequence[_Way], n: int) -> bool | None:
    """True where nearly all figures of a column have decimals, False where none has, else None."""
    cells = [joined.text[slice(*cell)] for (joined, _), way in zip(rows, best, strict=True) if (cell := way.cells[n])]
    have = sum("," in cell for cell in cells)
    return False if not have else True if 3 * have > 2 * len(cells) else None


def _unlike(text: str, way: _Way, decimals: Sequence[bool | None], small: bool) -> float:
    """How unlike its columns' others a row's figures are, and the first of its words, which others begin `small`."""
    figures = [(text[slice(*cell)], have) for cell, have in zip(way.cells, decimals, strict=False) if cell]
    whole = any(have and "," not in cell and cell[-1].isdigit() for cell, have in figures)
    return 1.0 * whole + 1.2 * (text[way.words : way.words + 1].islower() and not small)


def _row(blocks: Blocks, joined: Joined, way: _Way) -> Row:
    """A row of its label, its figures and times, and its words."""
    cells = [joined.cell(blocks.text, *cell) if cell else Cell() for cell in way.cells]
    label, words = joined.cell(blocks.text, 0, way.label), joined.cell(blocks.text, way.words, len(joined.text))
    return Row((label, *cells, words), joined.spans())


def _parted(blocks: Blocks, rows: Sequence[Row]) -> list[Row] | None:
    """The rows with the words of each as two cells, None where that is in doubt. Where the first of the two begins
    small ("enhetschef, två samordnare"), the second begins with the first capital or figure."""
    filled = [row for row in rows if row.cells[-1].text]
    if all(row.cells[-1].text[0].islower() for row in filled):
        return [Row((*row.cells[:-1], *_at_capital(row.cells[-1], blocks.text)), row.spans) for row in rows]
    turned = [Row((row.cells[-1], *row.cells[:-1]), row.spans) for row in filled]
    parted = parted_rows(blocks, turned, 2)
    if parted is None or len(parted) < len(filled):
        return None
    found = iter(parted)
    whole = [next(found) if row.cells[-1].text else None for row in rows]
    return [
        Row((*new.cells[2:], *new.cells[:2]) if new else (*row.cells, Cell()), row.spans)
        for row, new in zip(rows, whole, strict=True)
    ]


def _at_capital(cell: Cell, text: str) -> tuple[Cell, Cell]:
    """A cell's words up to the first that begins with a capital or a figure, and from there."""
    lines = "\n".join(text[span.start : span.end] for span in cell.spans)
    found = re.search(r"(?<=\s)[A-ZÅÄÖ\d]", lines)
    return cut_cell(cell, text, found.start()) if found else (cell, Cell())
