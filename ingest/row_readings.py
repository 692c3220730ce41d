"""One row of numbers: what is its label, and the ways its numbers can stand in the table's columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Block, Blocks, Joined
from ingest.columns import ADDRESSES, STREET, leads_number, like_header
from ingest.goal_columns import VALUE
from ingest.number_cells import (
    YEAR,
    Extents,
    Tail,
    best_fitting,
    broken_identities,
    have_net,
    holds_numbers,
    numeric_tail,
    readings_of,
    spread_out,
    without_first,
)
from ingest.values import PART, folded, number_in

_LONGEST_WORDS = 60  # characters of a cell that says in words what the others do in figures
_MOST_OTHERS = 40  # less likely ways to read a row that a sum may choose from
_TOTAL = re.compile(r"\s*(?:Summa|Totalt?|Netto totalt)\b")


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row and the ways its numbers can be placed; more than one where empty cells left no trace."""

    joined: Joined
    label_end: int | None
    options: tuple[Extents, ...]
    others: tuple[Extents, ...] = ()  # less likely ones
    more: tuple[int, int] | None = None  # where the label goes on under the numbers

    @property
    def whole(self) -> bool:
        """True where the row is read in one way, no cell of it open."""
        return len(self.options) == 1

    @property
    def is_total(self) -> bool:
        """True for a sum."""
        return _TOTAL.match(self.joined.text) is not None

    @property
    def is_part(self) -> bool:
        """True for what is part of a row above it ("varav …")."""
        return PART.match(folded(self.joined.text).lower()) is not None


def like_label(words: str, texts: int = 0) -> bool:
    """True where words could be a row's label, with the words of `texts` more columns, rather than a sentence or
    numbers."""
    if re.match(r"[-−–]?\d[\d ]*,\d", words):
        return False
    if len(words) >= 90 * (1 + texts) or len(words.split()) >= 12 * (1 + texts):
        return False
    return not re.search(r"[a-zåäö]{2}\.(?! [a-zåäö(])", words)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows of a table: `columns` are the names of all of its columns, the labels' first; labels hold the words of
    `texts` more columns; `series` are the names of rows that are numbered."""

    blocks: Blocks
    columns: Sequence[str]
    texts: int = 0
    series: frozenset[str] = frozenset()

    @property
    def width(self) -> int:
        """How many columns of numbers there are."""
        return len(self.columns) - 1

    def like_label(self, words: str) -> bool:
        """True where words could be a label of this table."""
        return like_label(words, self.texts)

    def reading(self, joined: Joined) -> RowReading | None:
        """The ways to read a label and its numbers as one row of the table, None where it is none."""
        text = joined.text
        tail = self._unturned(text, self._tail(joined))
        if not tail.tokens or text.rstrip().endswith((".", ",")) or len(text) - tail.start > 120:
            return None
        if all(YEAR.match(text[start:end]) for start, end in tail.tokens) and like_header(text):
            return None  # what is left of the header
        # Digits of the label stand before the numbers, and a line may end in more spaces than cells are empty.
        for lost, skip in itertools.product(range(max(1, tail.empties_after)), range(len(tail.tokens))):
            before = tail.empties[0] if not skip else 0
            empties = (before, *tail.empties[skip + 1 :])
            rest = Tail(tail.start, tail.tokens[skip:], empties, tail.empties_after - lost)
            options = self._filling(text, rest)
            in_label = [text[start:end] for start, end in tail.tokens[:skip]]
            if options and not any("," in token for token in in_label):  # no label ends in a decimal
                before_first = text[: tail.start].rstrip()
                streets = self.columns[0] in ADDRESSES or STREET.search(before_first)
                addressed = self.texts and streets and not _TOTAL.match(text)
                named = before_first.strip() in self.series or leads_number(before_first)
                if not skip and (named or addressed):
                    numbered = without_first(tail)
                    if more := self._filling(text, numbered):
                        rest, options = numbered, more  # the number of the house, or of the hour
                break
        else:
            rest, options = tail, self._where_traced(joined, spread_out(readings_of(text, tail), self.width))
        if len(rest.tokens) == len(tail.tokens) > 2 and not tail.spaced:
            tail, rest, options = self._balanced(text, tail, rest, options)
        label_end = rest.tokens[0][0]
        label = folded(text[:label_end])
        if not options or not label or not self.like_label(label.rstrip(".")):
            return None
        if rest is tail and not tail.spaced:
            if 2 * len(tail.tokens) < self.width:
                return None
            broken = self._broken(text, options)
            sound = [cells for cells, each in zip(options, broken, strict=True) if each == min(broken)]
            others = [cells for cells in options if cells not in sound]
            return RowReading(joined, label_end, tuple(sound), tuple(others[:_MOST_OTHERS]))
        fitting = tuple(best_fitting(text, options, self.columns))
        others = [cells for cells in options if cells not in fitting]
        if _TOTAL.match(text) and not tail.spaced:  # a sum may lack what isn't added up
            others += spread_out(readings_of(text, tail), self.width)
        return RowReading(joined, label_end, fitting, tuple(others[:_MOST_OTHERS]))

    def worded(self, joined: Joined) -> RowReading | None:
        """A row of which one cell says in words what the others do in figures ("Årligt", "Beslutas i juni").

        The words begin with a capital: after a figure, or with one that only begins a cell. None where more than one
        reading has it so.
        """
        text = joined.text
        if alike := re.search(r"(?<=[\w)]) ([a-zåäö]{3,})((?: \1)+) *$", text):  # "gratis gratis"
            cells = tuple(
                each.span() for each in re.finditer(r"\S+", text[: alike.end()]) if each.start() >= alike.start(1)
            )
            if len(cells) == self.width > 1 and self.like_label(text[: cells[0][0]]):
                return RowReading(joined, cells[0][0], (cells,))
        found: list[tuple[int, Extents]] = []
        for start in (
            each.start() for each in re.finditer(r"(?<=\S )[A-ZÅÄÖ][a-zåäö]+|(?<=\d )[a-zåäö]+(?= *$)", text)
        ):
            before = numeric_tail(text[:start])
            after = numeric_tail(text[start:])
            words = text[start : start + after.start].rstrip()
            small = words.split()[0].lower() in self.blocks.said.small or re.fullmatch(VALUE, words) is not None
            if len(words) > _LONGEST_WORDS or words.endswith(".") or not (before.tokens or small):
                continue
            if before.tokens and text[before.tokens[-1][1] - 1] == ".":
                continue  # the year that a sentence ends in
            if after.tokens and all(YEAR.match(text[start + a : start + b]) for a, b in after.tokens):
                continue  # a header's years
            label = folded(text[: before.start])
            if not label or not self.like_label(label):
                continue
            ahead = readings_of(text[:start], replace(before, empties_after=0)) if before.tokens else [()]
            behind = readings_of(text[start:], after) if after.tokens else [()]
            for one in ahead:
                for other in behind:
                    if len(one) + 1 + len(other) == self.width:
                        moved = [cell and (cell[0] + start, cell[1] + start) for cell in other]
                        found.append((before.start, (*one, (start, start + len(words)), *moved)))
        places = {label_end for label_end, _ in found}
        if len(places) != 1:
            return None
        options = best_fitting(text, [cells for _, cells in found], self.columns)
        return RowReading(joined, places.pop(), tuple(options)) if len(options) == 1 else None

    def _filling(self, text: str, tail: Tail) -> list[Extents]:
        """The ways to read numbers as a cell for each column, empty ones counted."""
        return [cells for cells in readings_of(text, tail) if len(cells) == self.width]

    def _tail(self, joined: Joined) -> Tail:
        """The numbers that a row ends with. Where blank lines stand for empty cells they are believed if they fill the
        columns; a row that has as many numbers as columns has none, and what stands after it parts tables."""
        text = joined.text
        tail = numeric_tail(text)
        if not tail.spaced or not any(block.blanks for block in joined.blocks):
            return tail
        plain = replace(tail, empties=(0,) * len(tail.tokens), empties_after=0)
        named = leads_number(text[: tail.start].rstrip())  # "etapp 2" has its number
        numbered = without_first(tail) if named else tail
        ways = (tail, numbered, plain) if self._among_rows(joined.blocks[-1]) else (plain, tail, numbered)
        for way in ways:
            if way.tokens and self._filling(text, way):
                return way if way is plain else tail
        return plain

    def _where_traced(self, joined: Joined, options: list[Extents]) -> list[Extents]:
        """Of the ways to spread out a row's numbers those whose empty cells stand where blank lines do, or where a page
        ends, and are as few as may be; all where there are none, or where blank lines tell of no cells."""
        if not self.blocks.traced:
            return options
        tail, after = numeric_tail(joined.text), self.blocks.after(joined.blocks[-1])
        gaps = {start for (start, _), empty in zip(tail.tokens, tail.empties, strict=True) if empty}
        open_end = tail.empties_after > 0 or (after is not None and after.broken)
        right = [
            cells
            for cells in options
            if (open_end or cells[-1])
            and all(a or b is None or b[0] in gaps for a, b in pairwise(cells))
            and (cells[0] or next(cell[0] for cell in cells if cell) in gaps)
        ]
        fewest = min((cells.count(None) for cells in right), default=0)
        return [cells for cells in right if cells.count(None) == fewest] or options

    def _among_rows(self, block: Block) -> bool:
        """True where the table has another row after a block, whose label may wrap."""
        while (after := self.blocks.after(block)) is not None and self.like_label(after.words):
            if holds_numbers(after):
                return True
            if after.broken or like_header(after.words) or after.lines[0].listed:
                return False
            block = after
        return False

    def _unturned(self, text: str, tail: Tail) -> Tail:
        """The numbers of a line, the space before the first no empty cell's where all columns are filled without it: a
        new page's first line may begin with one."""
        if tail.empties[:1] == (1,) and not self._filling(text, tail):
            without = replace(tail, empties=(0, *tail.empties[1:]))
            if self._filling(text, without):
                return without
        return tail

    def _balanced(self, text: str, tail: Tail, rest: Tail, options: list[Extents]) -> tuple[Tail, Tail, list[Extents]]:
        """The figures of a row, those that are no label's, and the ways to read them: the ones given, or where costs
        less revenue are the net in none of them those after a figure of the label's ("Enhet 2 16 700 200 16 500"), or
        with empty cells where they are ("12 000 12 000 12 400"), or both ("Tillägg 2 % 7,5 7,5 7,4")."""
        if have_net(self.columns) and min(self._broken(text, options), default=0):
            without = replace(tail, tokens=tail.tokens[1:], empties=tail.empties[1:])
            labelled = "," not in text[slice(*tail.tokens[0])]
            filled = self._filling(text, without) if labelled else []
            if not min(self._broken(text, filled), default=1):
                return tail, without, filled
            for own in (tail, without) if labelled else (tail,):
                fewer = spread_out(readings_of(text, own), self.width)
                if not min(self._broken(text, fewer), default=1):
                    return own, own, fewer
        return tail, rest, options

    def _broken(self, text: str, options: Sequence[Extents]) -> list[int]:
        """How many of the identities that hold between columns each reading breaks."""
        rows = ([number_in(text[slice(*cell)]) if cell else None for cell in cells] for cells in options)
        return [broken_identities(row, self.columns) for row in rows]
