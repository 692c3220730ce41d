"""The search for the likeliest rows and cells of the words after a header.

It goes over the words a few times: first by where cells may begin alone, then by how alike the cells of each column
became.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Blocks, Joined
from ingest.columns import STREET, dangling
from ingest.source import Cell, Row
from ingest.typed_columns import Columns
from ingest.typed_words import ONE_AMOUNT, TRACE, Run, cost_alone, cost_of_beginning, follows, holds_office
from ingest.values import TOTAL
from ingest.when import WHEN
from ingest.word_rows import clause_start

_LONGEST, _LONGEST_WRAPPED = 6, 12  # blocks a row may have, and one whose wrapped cells stand alone on their lines
_OVER = 2.0  # what it costs that the words above a whole row are the row's, and no group's name
_WHOLE = 1.5  # what a row may cost, a column, to be thought whole
_TORN = 1.5  # what it costs to part two words that are said together
_SMALL_AFTER = 3.0  # what it costs that a table ends where the line below goes on
_WITHIN = 4.0  # what it costs that a cell does not end where a block of several lines does, or that one begins within
FARTHEST = 160  # blocks a table may have
_FIRST = 16  # blocks that are read before anything is known of the columns
_GAIN = 1.0  # how much a row is worth, a column
_PROSE_GAIN = 1.5  # the same where one has sentences, which may be of any form
_SURE_GAIN = 4.0  # the same where the lines are known to be rows
_WRAPPED_GAIN = 2.0  # the same where a wrapped cell has its lines to itself
_ALIKE = 0.2  # how much a row must have in common with the others, a column
_BINDING = frozenset(("och", "av", "för", "i", "med", "på", "till", "vid", "inom", "från", "eller", "samt", "under"))
_ENDS_IN_TIME = re.compile(rf" {WHEN}$", re.IGNORECASE)

Cells = tuple[tuple[int, int] | None, ...]  # where each cell's words are, None for an empty one


@dataclass(frozen=True, slots=True)
class Cut:
    """A row, from its first block to before `end`: where each cell's words are; one cell where it names a group."""

    start: int
    end: int
    cells: Cells
    cost: float


class Table:
    """The words after a header, and what the cells of each column are known to be like."""

    def __init__(self, places: Sequence[int], blocks: Blocks, names: Sequence[str]) -> None:
        self.places, self.blocks, self.count = places, blocks, len(names)
        self.columns = Columns(names)
        ends = [_ENDS_IN_TIME.search(blocks.run(place, place + 1)[0].words) is not None for place in places[:_FIRST]]
        timed = any(self.columns.times[1:]) or 2 * sum(ends[: len(ends) // 2]) > len(ends) // 2
        self.run = Run(blocks, places, timed)
        self.words, self.firsts, self.gaps = self.run.words, self.run.firsts, self.run.gaps
        # What has been told of words whatever is known of the columns.
        self.begins: dict[tuple[int, bool], float] = {}
        self.clauses: dict[int, int | None] = {}
        self.ends: dict[int, int | None] = {}
        self.odd: dict[tuple[int, int, int], float] = {}
        self.long = self.lone = self.wrapped = self.parted = False
        self.gain = _GAIN
        self._forget()

    def reading(
        self, long: bool, lone: bool, whole: bool = False, wrapped: bool = False
    ) -> tuple[list[Cut], float] | None:
        """The rows and how much they have in common, begun from `long` names or short ones where both will do; `lone`
        tells that each row is a block, `whole` that each block is a row, `wrapped` that all blocks are of rows and a
        cell of several lines ends with its last. Where blocks have several lines, rows come first by which each such
        block is the end of a cell, or begins as one."""
        self.long, self.lone, self.wrapped = long, lone, wrapped
        for parted in (True, False) if self.run.over and not lone else (False,):
            self.parted = parted
            found = self._read(whole)
            cuts = found[0] if found else []
            within = [any(cell and cell[0] in self.run.below for cell in cut.cells) for cut in cuts]
            if not parted or (found and 2 * sum(within) < len(within)):
                return found
        return None

    def _read(self, whole: bool) -> tuple[list[Cut], float] | None:
        unsure = _PROSE_GAIN if self.columns.prose else _GAIN
        self.gain = _SURE_GAIN if whole else _WRAPPED_GAIN if self.wrapped else unsure
        self._forget()
        whole = whole or self.wrapped
        cuts = self._cuts(FARTHEST if self.wrapped else _FIRST)
        for _ in range(4):
            if sum(len(cut.cells) > 1 for cut in cuts) < 2:
                return None
            self._learn(self._typical(cuts))
            before, cuts = cuts, self._cuts(FARTHEST) if whole else self._alike(self._cuts(FARTHEST))
            if [(cut.start, cut.cells) for cut in before] == [(cut.start, cut.cells) for cut in cuts]:
                break
        rows = [cut for cut in cuts if len(cut.cells) > 1]
        if len(rows) < (len(self.places) if whole and not self.wrapped else 3):
            return None
        self._learn(cuts)
        return cuts, sum(self._likeness(cut) for cut in rows) / len(rows) / self.count

    def _forget(self) -> None:
        self.columns.forget()
        self.seen: tuple[Counter[str], Counter[str]] = (Counter(), Counter())  # gaps between rows, and inside them
        self.costs: dict[tuple[int, int, int], float] = {}

    def _learn(self, cuts: Sequence[Cut]) -> None:
        """Counts what the cells of each column are like, and what stands between rows and inside them."""
        self._forget()
        for cut in cuts:
            self.seen[0][self.gaps[cut.start]] += 1
            self.seen[1].update(self.gaps[cut.start + 1 : cut.end])
            if len(cut.cells) > 1:
                self.columns.learn([self.run.features(cell) for cell in cut.cells])

    def _likeness(self, cut: Cut) -> float:
        """How much a row has in common with the others of its table, column by column."""
        like = -sum(self.columns.unlike(n, self.run.features(cell), 1) for n, cell in enumerate(cut.cells) if cell)
        return like - 4.0 * (self.words[self.firsts[cut.start]].kind == "9")  # a row seldom begins with an amount

    def _typical(self, cuts: Sequence[Cut]) -> list[Cut]:
        """The rows that are like most others, to learn from: the rest may be cut wrongly."""
        self._learn(cuts)
        worth = [self._likeness(cut) if len(cut.cells) > 1 else math.inf for cut in cuts]
        middle = sorted(each for each in worth if each < math.inf)[sum(each < math.inf for each in worth) // 2]
        return [cut for cut, each in zip(cuts, worth, strict=True) if each >= 0.5 * middle]

    def _alike(self, cuts: Sequence[Cut]) -> list[Cut]:
        """The first rows of those given, as many as have something in common: prose after a table has not."""
        self._learn(cuts)
        best, worth, kept = 0.0, 0.0, 0
        for n, cut in enumerate(cuts, 1):
            if len(cut.cells) > 1:
                worth += self._likeness(cut) - _ALIKE * self.count - 2 * self._gap_cost(0, self.gaps[cut.start])
                if worth > best:
                    best, kept = worth, n
        return list(cuts[:kept])

    def _cuts(self, most: int) -> list[Cut]:
        """The likeliest rows from the table's start on; they end where more would be less likely than none."""
        best: dict[int, tuple[float, Cut | None]] = {0: (0.0, None)}
        top = (0.0, 0)
        for at in range(min(most, len(self.places))):
            if at > top[1] + 2 * (_LONGEST_WRAPPED if self.wrapped else _LONGEST):
                break
            if at not in best or (best[at][0] < top[0] - 10 and not (self.wrapped or self.parted)):
                continue
            worth, before = best[at]
            if before is not None and TOTAL.match(self.words[self.firsts[before.start]].text):
                continue  # nothing comes after a sum
            for cut in self._cuts_at(at):
                gain = worth + (self.gain * self.count if len(cut.cells) > 1 else 0.0) - cut.cost
                if cut.end not in best or gain > best[cut.end][0]:
                    best[cut.end] = gain, cut
                    gain -= _SMALL_AFTER * self._goes_on(cut.end)
                    if gain > top[0] and len(cut.cells) > 1:
                        top = gain, cut.end
        found: list[Cut] = []
        if self.wrapped:
            top = top[0], len(self.places) if len(self.places) in best else 0
        cut_before = best[top[1]][1]
        while cut_before is not None:
            found.append(cut_before)
            cut_before = best[cut_before.start][1]
        return found[::-1]

    def _goes_on(self, at: int) -> bool:
        """True where the block at a place, close below another, begins small: nothing ends before it."""
        return at < len(self.places) and self.gaps[at] == "none" and self.words[self.firsts[at]].kind == "x"

    def _cuts_at(self, at: int) -> list[Cut]:
        """The rows that may begin at a block, the likeliest of each length, and the name of a group."""
        first, last = self.firsts[at], self.firsts[at + 1] - 1
        torn = at > 0 and not self.words[first].after
        if self.words[first].kind not in self.columns.first or (torn and not self.wrapped):
            return []
        if ONE_AMOUNT.match(" ".join(word.text for word in self.words[first : last + 1])):
            return []  # an amount on a line of its own is no label
        found: list[Cut] = []
        cost = self._gap_cost(0, self.gaps[at]) if at else 0.0
        cost += 2.5 * (self.words[first].kind == "9") + 3.0 * torn
        longest = 1 if self.lone else _LONGEST_WRAPPED if self.wrapped else _LONGEST
        words = self.words[first : last + 1]
        group = (
            not self.lone
            and not self.wrapped
            and len(words) < 8
            and words[-1].kind in "Cx"
            and not re.search(r"[.,;]$", words[-1].text)
        )
        wraps = self.parted and last in self.run.over
        over = _OVER * (group and not wraps and self._is_whole(at + 1))
        for end in range(at + 1, min(at + longest, len(self.places)) + 1):
            if end > at + 1:
                cost += over * (end == at + 2)
                cost += self._gap_cost(1, self.gaps[end - 1])
                cost += _WITHIN * (self.parted and self.firsts[end - 1] - 1 not in self.run.over)
            if self.wrapped and end < len(self.places) and self.words[self.firsts[end]].kind not in "C9":
                continue  # no row begins there
            if cost < 12 and (divided := self._divided(first, self.firsts[end])):
                found.append(Cut(at, end, divided[0], cost + divided[1]))
        if group:
            found.append(Cut(at, at + 1, ((first, last + 1),), 0.5 + _WITHIN * wraps))
        return found

    def _is_whole(self, at: int) -> bool:
        """True where a block by itself has words for every column of a row."""
        if at >= len(self.places) or self.words[self.firsts[at]].kind not in "C9":
            return False
        found = self._divided(self.firsts[at], self.firsts[at + 1])
        return found is not None and None not in found[0] and found[1] < _WHOLE * self.count

    def _gap_cost(self, inside: int, gap: str) -> float:
        """How unlikely a gap is between rows, or inside one."""
        if not gap or self.blocks.traced:
            return 0.0
        first = 4.0 if gap == "more" else 0.4 if self.run.uneven and (gap == "one") == bool(inside) else 0.0
        seen = self.seen[inside]
        return first - math.log((seen[gap] + 1) / (seen.total() + 3) * 3) if seen else first

    def _divided(self, first: int, end: int) -> tuple[Cells, float] | None:
        """The likeliest way to cut the words of a row into cells, and how unlikely it is."""
        words, inside, overs = self.words, self.run.inside, self.run.overs
        stops_short = words[end - 1].kind != "-" and dangling(f" {words[end - 1].text}")
        total = TOTAL.match(words[first].text) is not None
        if (end - first + 1 < self.count and not total) or end - first > 70 or (stops_short and not self.wrapped):
            return None
        tie = 1e-9 if self.long else -1e-9
        starts = [n for n in range(first + 1, end) if words[n].kind in "C9DM-" or words[n].breaks]
        least: dict[int, tuple[float, Cells]] = {first: (0.0, ())}
        for column in range(self.count):
            after: dict[int, tuple[float, Cells]] = {}
            last = column == self.count - 1
            for begin, (cost, cells) in least.items():
                if column:
                    empty = cost + (0.3 if total else 3.5 if last else 4.0)
                    if self.wrapped or self.run.blanks:
                        used = next((n for n, cell in enumerate(reversed(cells)) if cell), 0)
                        empty = cost + (0.1 if used < self.run.traced(begin, end) else 6.0)
                    if (not last or begin == end) and (begin not in after or empty < after[begin][0]):
                        after[begin] = empty, (*cells, None)
                if begin == end:
                    continue
                begun = self._begun(cost, begin, first, end, cells, total) if column else cost
                for stop in self._stops(column, begin, first, end, starts):
                    known = self.costs.get((column, begin, stop))  # not asked of `_cost`: it is known most times
                    own = self._cost(column, begin, stop) if known is None else known
                    so_far = begun + inside[stop - 1] - inside[begin] + own
                    if self.parted:
                        so_far += _WITHIN * (overs[stop - 1] - overs[begin])
                    if so_far < 14 and (stop not in after or so_far < after[stop][0] + tie * (column == 1)):
                        after[stop] = so_far, (*cells, (begin, stop))
            least = after
        if end not in least:
            return None
        cost, cells = least[end]
        return (cells, cost) if sum(cell is not None for cell in cells) > 1 else None

    def _begun(self, cost: float, begin: int, first: int, end: int, cells: Cells, total: bool) -> float:
        """What it costs to begin a cell at a word of the row from `first` to `end`, after cells that cost so much."""
        words, amounts, column = self.words, self.columns.amounts, len(cells)
        before, word = words[begin - 1], words[begin]
        if (begin, total) not in self.begins:
            self.begins[begin, total] = cost_of_beginning(words, begin, total)
        begun = cost + self.begins[begin, total]
        begun += TRACE * (begin - 1 in self.run.blanks and cells[-1] is not None)
        begun += _WITHIN * (self.parted and begin in self.run.below)
        if amounts[column - 1] and before.kind == "9" and follows(word):
            begun -= 2.5  # words after an amount are a cell of their own
        if word.kind == "x" and before.kind == "D" and begin + 1 == end:
            begun -= 2.5  # so is a word after a day
        if column == 1 and self.blocks.said.pairs[before.text, word.text] > 1:
            begun += _TORN  # the document has the two together elsewhere too
        if column == 1 and self.wrapped and before.kind == "9":  # a label ends in no thousands
            figures = [re.fullmatch(r"\d{3}", each.text) is not None for each in (before, word)]
            begun += 3.0 * (figures[1] or (figures[0] and words[begin - 2].kind == "9"))
        if self.wrapped and word.kind == before.kind == "9" and cells[-1]:
            street = STREET.search(words[begin - 2].text) is not None
            begun += 2.0 * (words[cells[-1][0]].kind not in "9M" and not street)  # words end in no figure
        if column == 1 and begin == self._name_end(first, end):
            begun = cost + 0.5
        if re.fullmatch(r"\d{3}", word.text) and not amounts[column]:
            begun += 3.0 * (before.kind == "9")
        if column == 1 and self.columns.prose and begin != (clause := self._clause(first)):
            begun += 2.0 * (clause is not None)
        return begun

    def _stops(self, column: int, begin: int, first: int, end: int, starts: Sequence[int]) -> list[int]:
        """Where a cell that begins at a word may end; `starts` are the words of the row that others may begin at."""
        words, last = self.words, column == self.count - 1
        stops = [end] if last else [*starts[bisect_right(starts, begin) :], end]
        if self.columns.amounts[column] and not last and words[begin].kind == "9":
            alone = begin + 1 + (begin + 1 < end and words[begin + 1].kind == "9")
            stops += [n for n in (begin + 1, alone) if n < end and follows(words[n])]
        if words[begin].kind == "D" and begin + 2 == end and not last:
            stops.append(begin + 1)
        if not column and (name := self._name_end(first, end)):
            stops.append(name)
        if self.wrapped:
            below = next((n for n in range(begin + 1, end) if words[n].breaks), end)
            stops = [stop for stop in stops if stop <= below or stop == end or words[stop].breaks]
        return stops

    def _name_end(self, first: int, end: int) -> int | None:
        """Where a row's name ends before small words: the document has the name elsewhere too, but not with the word
        after it. None where nothing tells, or where the columns are not words and then amounts."""
        columns = self.columns
        if self.count < 3 or columns.amounts[1] or columns.times[1] or columns.prose or not columns.amounts[-1]:
            return None
        if first not in self.ends:
            found = None
            for n in range(first + 1, min(first + 6, end)):
                name = " ".join(word.text for word in self.words[first:n])
                if self.blocks.said.counted(name) < 2:
                    break
                word = self.words[n]
                small = word.kind == "x" and word.text not in _BINDING
                if small and self.blocks.said.counted(f"{name} {word.text}") < 2:
                    found = n
            self.ends[first] = found
        return self.ends[first]

    def _clause(self, first: int) -> int | None:
        """The word at which what is said of a row's name begins, None where nothing tells."""
        if first not in self.clauses:
            words = [word.text for word in self.words[first : first + 40]]
            cut = clause_start(" ".join(words))
            self.clauses[first] = None if cut is None else first + " ".join(words)[:cut].count(" ")
        return self.clauses[first]

    def _cost(self, column: int, begin: int, end: int) -> float:
        """How unlikely words are as a cell of a column."""
        key, words, columns = (column, begin, end), self.words[begin:end], self.columns
        if key not in self.odd:
            self.odd[key] = cost_alone(words, not column, column == self.count - 1, columns.clausal)
        form = columns.forms[column]
        figures = all(word.kind == "9" for word in words)
        said = " ".join(word.text for word in words) if form or figures else ""
        kinds = "9-" if columns.worded[column] else "Cx(" if columns.amounts[column] else ""
        unfit = all(word.kind in kinds for word in words)
        unfit = unfit or (columns.amounts[column] and column > 0 and words[0].kind == "C" and words[-1].kind == "9")
        if figures and columns.amounts[column] and self.wrapped:
            unfit = ONE_AMOUNT.match(said) is None  # two figures
        elif figures and not self.wrapped:
            unfit = unfit or ONE_AMOUNT.match(said) is None
        fits = form is not None and form.fullmatch(said) is not None
        sentence = columns.narrow[column] and end - begin > 5 and words[-1].text.endswith(".")
        worded = column > 0 and words[0].kind in "Cx" and words[-1].kind == "9" and columns.is_of_figures(column)
        cost = self.odd[key] + columns.unlike(column, self.run.features((begin, end))) + 3.0 * unfit - 3.0 * fits
        cost += 2.0 * (form is not None and not fits and not column)  # rows that have a time's name have their time
        cost += 6.0 * (sentence or worded)  # "Rönnbacken 2" is no street's number where all others are figures
        cost += 4.0 * (columns.persons[column] and holds_office(words))
        self.costs[key] = cost
        return cost

    def rows(self, cuts: Sequence[Cut]) -> list[Row]:
        """The rows with their cells' words and places."""
        rows = []
        for cut in cuts:
            parts = [self.blocks.run(place, place + 1)[0] for place in self.places[cut.start : cut.end]]
            joined = Joined(self.blocks.text, parts)
            at = [found.span() for found in re.finditer(r"\S+", joined.text)]
            first = self.firsts[cut.start]
            cells = [
                joined.cell(self.blocks.text, at[cell[0] - first][0], at[cell[1] - first - 1][1]) if cell else Cell()
                for cell in cut.cells
            ]
            rows.append(Row((*cells, *[Cell()] * (self.count - len(cells))), joined.spans()))
        return rows
