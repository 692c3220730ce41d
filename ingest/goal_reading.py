"""The search for the likeliest rows of one table of indicators or activities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from ingest.blocks import Block, Joined
from ingest.columns import dangling
from ingest.goal_cells import CODE, DAY, MISSING, ROW, Cut, Found, RowForm, both, cut_cell, odd_end
from ingest.goal_columns import FREE
from ingest.goal_lines import BULLET, Lines, Table, table_at
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rubric, is_rung
from ingest.source import Cell, Row
from ingest.values import PART

_CUT_SHORT = re.compile(r"\b(?:av|i|till)$|/$")
_SURE = 0.5  # what a row costs of which there is no doubt
_MOST_LINES, _MOST_RESTS = 16, 8  # of a row, and of those after its last cells


@dataclass(frozen=True, slots=True)
class _Step:
    """What a table has from one place to before another, and how good a reading it is; no row where the header comes
    again, or the rest of a row."""

    start: int
    end: int
    worth: float
    found: Found | None = None


class Reading:
    """One table being read: its rows from place `table.start` on.

    Of all ways to cut the lines into rows the likeliest is taken. A row is worth as much as any other, less what is
    odd about it: a name that stops short, begins small or holds what looks like cells, cells that are missing or whose
    words are none such columns commonly have, blank lines inside it.
    """

    def __init__(self, lines: Lines, table: Table) -> None:
        self.lines, self.table = lines, table
        self.form = RowForm(lines, table)
        self.beside = False  # names wrap beside the cells of their rows, which stand on their first lines
        self.repeated: set[int] = set()  # places after a header that a page repeats

    def rows(self) -> tuple[list[Found], int] | None:
        """The rows and the place after them; None where there are none.

        A comment is a row whose first cell is "Kommentar" and whose second holds its words.
        """
        worth, found, end = self._likeliest()
        if any(each.rest.text for each in found) or worth < 0.8 * ROW * len(found):
            self.beside = True
            other = self._likeliest()
            if other[0] > worth:
                _, found, end = other
            self.beside = False
        return (found, end) if found else None

    def _likeliest(self) -> tuple[float, list[Found], int]:
        """The likeliest rows, how good a reading they are, and the place after them."""
        start = top = self.table.start
        best: dict[int, tuple[float, _Step | None]] = {start: (0.0, None)}
        waiting = [start]
        while waiting:
            at = heappop(waiting)
            worth = best[at][0]
            if worth > best[top][0]:
                top = at
            elif worth < best[top][0] - ROW / 2:
                continue
            for step in self._steps(at):
                if step.end not in best:
                    heappush(waiting, step.end)
                    best[step.end] = worth + step.worth, step
                elif worth + step.worth > best[step.end][0]:
                    best[step.end] = worth + step.worth, step
        steps: list[_Step] = []
        at = top
        while step_before := best[at][1]:
            steps.append(step_before)
            at = step_before.start
        found: list[Found] = []
        for step in reversed(steps):
            if step.found:
                found.append(step.found)
            elif step.start in self.repeated and found and (more := self._continued(found[-1], step.start)):
                found[-1] = more
        return best[top][0], found, top

    def _steps(self, at: int) -> Iterator[_Step]:
        """What the table may have at a place."""
        block = self.lines.at(at)
        if block is None:
            return
        if again := table_at(self.lines, at):
            if again.names == self.table.names:
                self.repeated.add(again.start)
                yield _Step(at, again.start, 0.0)
            return
        if at > self.table.start and self.table.kind == "indicators" and block.words.rstrip(":") == "Kommentar":
            if (end := self._comment_end(at)) == at + 1:
                return  # nothing stands under it
            yield _Step(at, end, ROW, Found(self._comment_row(self.lines.joined(at, end)), Cell(), end))
            return
        if at in self.repeated and self._may_continue(at):
            yield _Step(at, at + 1, 0.5)
        for found, cost in self._rows(at):
            yield _Step(at, found.after, ROW - cost, found)
        if self._is_undated(at):
            joined = self.lines.joined(at, at + 1)
            cells = joined.cell(self.lines.text, 0, len(joined.text)), *[Cell()] * len(self.table.kinds[1:])
            yield _Step(at, at + 1, ROW / 2, Found(Row(cells, joined.spans()), Cell(), at + 1))

    def _is_undated(self, at: int) -> bool:
        """True where the last row of a table of activities stands with none of its cells filled: as near to the row
        before it as rows are set, and farther from what comes after than lines are."""
        block, after = self.lines.at(at), self.lines.at(at + 1)
        if block is None or after is None or not self.form.days or not self.lines.apart or self._is_other(at):
            return False
        near = at in self.repeated or not (block.broken or self.lines.close[at] or self.lines.far[at])
        whole = block.words[:1].isupper() and not dangling(block.words)
        if whole and self._empties(block) == len(self.table.names) - 1 and not self._goes_on(at + 1):
            return near
        ends = after.broken or self.lines.far[at + 1] or is_rung(after.words)
        return near and ends and block.words[:1].isupper() and re.search(r"[.:;,]$|(?<!\b20\d)\d$", block.words) is None

    # A row

    def _rows(self, i: int) -> Iterator[tuple[Found, float]]:
        """The rows that may begin at place `i`, and how unlikely each is."""
        first = self.lines.at(i)
        if self.form.codes and first is not None and not CODE.match(first.words):
            return
        kept: list[Block] = []
        j, broken, gaps = i, False, 0.0
        while (block := self.lines.at(j)) is not None and len(kept) < _MOST_LINES and gaps < ROW:
            again = table_at(self.lines, j)
            if not again and (self._is_other(j, j > i) or (self._is_item(j) and not self._is_item(self.table.start))):
                break
            if again:
                if not block.broken or j == i:
                    break
                after = self.lines.at(again.start)
                j, broken = again.start, True
                if after is not None:
                    kept.append(replace(after, broken=True))
                    j += 1
            else:
                gaps += self._gap(j) if j > i and not broken else 0.0
                kept.append(block)
                broken = block.broken
                j += 1
            joined = Joined(self.lines.text, kept)
            cut = self.form.cut(joined, self.beside)
            after = self.lines.at(j)
            if cut:
                best = ROW
                short = self._stops_before_who(self._made(list(kept), cut, j, j))
                for end, rest in self._rests(j, cut.stops > 0 or short):
                    found = self._made(list(kept), cut, j, end)
                    name = f"{found.row.cells[0].text} {found.rest.text}".rstrip()
                    cost = cut.cost - cut.stops + odd_end(name) + gaps + rest + self._goes_on(found.after)
                    cost += 2.0 * (short and not found.rest.text) + self.beside * (len(kept) - 1)
                    best = min(best, cost)
                    if cost < ROW:
                        yield found, cost
                    if best < _SURE and not self.beside:
                        break
                if best < _SURE:
                    break
            ended = self.table.kind == "indicators" and block.words.endswith(".")
            if ended and not (after and self.form.begins.match(after.words)):
                break

    def _stops_before_who(self, found: Found) -> bool:
        """True where a row's text stops short before who answers for it."""
        text, who = self.form.who(found, (), False, goes_on=True)
        return bool(who.text) and dangling(text.text)

    def _gap(self, j: int) -> float:
        """How unlikely the line at place `j` goes on in the row of the line before it, as far as blank lines tell."""
        block = self.lines.at(j)
        if block is None or self.lines.close[j] or block.broken or not self.lines.apart:
            return 0.0
        if self.form.begins.match(block.words):
            return 0.0
        if self.lines.far[j]:
            return 3.0
        if self.form.front and len(block.words) <= 70 and not block.words.endswith("."):
            return 0.3
        wraps = j + 1 < len(self.lines.close) and self.lines.close[j + 1]
        return 0.3 if self.table.kind == "activities" and wraps else 2.0

    def _goes_on(self, j: int) -> float:
        """How unlikely a row ends before the line at place `j`, which may go on in it."""
        after = self.lines.at(j)
        near = after is not None and (self.lines.close[j] or not self.lines.apart)
        small = after is not None and near and after.words[:1].islower() and not PART.match(after.words)
        return 3.0 if small or (after is not None and self.form.begins.fullmatch(after.words)) else 0.0

    def _is_item(self, j: int) -> bool:
        block = self.lines.at(j)
        return block is not None and BULLET.match(block.words) is not None and block.words[0] not in "*–-"

    def _made(self, kept: list[Block], cut: Cut, j: int, end: int) -> Found:
        """The row of these lines, and of those from place `j` to before `end`, which go on beside its last cells."""
        text, lines = self.lines.text, self.lines
        size = len(Joined(text, kept).text)
        kept += [block for block in lines.items[j:end] if isinstance(block, Block)]
        last = self.form.tail[-1]
        if last == "source" and (cut.cells[-1] or (0, 0))[1] == 0 and j == end and self._is_short_cell(j):
            kept += [block for block in lines.items[j : j + 1] if isinstance(block, Block)]
            end += 1
        joined = Joined(text, kept)
        cells = [joined.cell(text, *span) if span else Cell() for span in cut.cells]
        rest = joined.cell(text, size, len(joined.text))
        name = joined.cell(text, 0, cut.name)
        if self.form.tail[-1] in FREE and len(cells[-1].spans) > 1 and self._begins_beside(cells[-1].spans[0].start):
            first, below = cut_cell(cells[-1], text, cells[-1].spans[0].end - cells[-1].spans[0].start)
            cells[-1], rest = first, both(below, rest)  # what is below may be the name's
        return Found(Row((name, *[Cell()] * len(self.form.front), *cells), joined.spans()), rest, end)

    def _counts(self, at: int) -> bool:
        """True where a figure says which report the line before names ("tertialrapport" and "1")."""
        block, before = self.lines.at(at), self.lines.at(at - 1)
        return bool(block and before and block.words in ("1", "2", "3") and before.words.endswith("rapport"))

    def _begins_beside(self, at: int) -> bool:
        """True where other words stand before a place on its line."""
        return self.lines.text[self.lines.text.rfind("\n", 0, at) + 1 : at].strip() != ""

    def _rests(self, j: int, stops: bool) -> Iterator[tuple[int, float]]:
        """Up to which place the lines from `j` on may be the rest of a name that wraps beside its row's cells, and how
        unlikely that is; `stops` tells that the name stops short there."""
        yield j, 0.0
        first = self.lines.at(j)
        if first is None or not (self.beside or stops or first.words[:1].islower()):
            return
        cost = 0.2 if self.beside else 0.5
        for at in range(j, j + _MOST_RESTS):
            block = self.lines.at(at)
            other = self._is_other(at) or table_at(self.lines, at) is not None
            if block is not None and self.form.days and DAY.match(block.words):
                return  # another row's
            if block is None or other or (self.form.begins.fullmatch(block.words) and not self._counts(at)):
                return
            cut = self.form.cut(self.lines.joined(at, at + 1), self.beside)
            if cut and (cut.cost < MISSING or DAY.search(block.words)):
                return
            cost += self._gap(at) + (not self.beside and at == j and not block.words[:1].islower())
            if cost >= ROW:
                return
            yield at + 1, cost

    def _is_other(self, j: int, rubric: bool = True) -> bool:
        """True where what stands at a place is none of the table's rows; only inside one may it not be a `rubric`, nor
        what looks like a numbered heading where rows are numbered so."""
        block = self.lines.at(j)
        if block is not None and not rubric and self.form.codes and self.form.codes.match(block.words):
            return False
        if block is None or FOOTNOTE.match(block.words) or is_rung(block.words) or self.lines.opens(j):
            return True
        return rubric and is_rubric(block.words)

    def _is_short_cell(self, j: int) -> bool:
        """True where a line may be the whole last cell of the row above it, and neither a row nor what comes after."""
        block = self.lines.at(j)
        if block is None or len(block.words) > 60 or block.words.endswith(".") or is_rubric(block.words):
            return False
        if self.form.cut(self.lines.joined(j, j + 1)) is not None or is_rung(block.words):
            return False
        after = self.lines.at(j + 1)
        return not (after and self.form.begins.match(after.words)) and table_at(self.lines, j) is None

    def _may_continue(self, at: int) -> bool:
        """True where the line under a header's repetition may be the rest of a cell that the page break divided: it
        begins in the middle of a sentence or leaves the spaces of the empty cells after it, and no row ends with it."""
        block = self.lines.at(at)
        if block is None or self.form.cut(self.lines.joined(at, at + 1)) is not None:
            return False
        return block.words[:1].islower() or 0 < self._empties(block) == len(self.table.names) - 1

    def _empties(self, block: Block) -> int:
        return len(block.raw) - len(block.raw.rstrip(" ")) - 1 if self.lines.apart else 0

    def _continued(self, found: Found, at: int) -> Found | None:
        """The row with the rest of a cell that a page break divided and that stands under the header's repetition.

        Which cell it belongs to is told by the spaces of the empty cells after it, else by the cell that stops short
        ("Tas fram av").
        """
        block, row = self.lines.at(at), found.row
        if block is None:
            return None
        after = self._empties(block)
        stopped = [n for n, cell in enumerate(row.cells) if n and _CUT_SHORT.search(cell.text)]
        column = len(row.cells) - 1 - after if 0 < after < len(row.cells) else stopped[0] if stopped else 0
        joined = self.lines.joined(at, at + 1)
        more, spans = joined.cell(self.lines.text, 0, len(joined.text)), row.spans + joined.spans()
        if column == 0:
            return Found(Row(row.cells, spans), both(found.rest, more), at + 1)
        cells = (*row.cells[:column], both(row.cells[column], more), *row.cells[column + 1 :])
        return Found(Row(cells, spans), found.rest, at + 1)

    # Comments

    def _comment_end(self, i: int) -> int:
        """The place after a "Kommentar" line and the sentences under it."""
        j = i + 1
        while (block := self.lines.at(j)) is not None and j - i <= 24:
            if is_rung(block.words) or is_rubric(block.words) or table_at(self.lines, j):
                break
            before = self.lines.at(j - 1)
            if j > i + 1 and before is not None:
                if any(cost < 2 for _, cost in self._rows(j)):
                    break
                if before.words.endswith((".", "!", "?")) and self._starts_anew(j):
                    break
            j += 1
        return j

    def _starts_anew(self, j: int) -> bool:
        """True where the line before ended a paragraph: it stops well short of the next, or a longer cell follows."""
        before, after = self.lines.at(j - 1), self.lines.at(j)
        assert before is not None
        assert after is not None
        wraps = not self.lines.close[j] and j + 1 < len(self.lines.close) and self.lines.close[j + 1]
        return len(before.words) + 12 < len(after.words) or (self.lines.apart and wraps)

    def _comment_row(self, joined: Joined) -> Row:
        end = len("Kommentar") + (1 if joined.text.startswith("Kommentar:") else 0)
        text = self.lines.text
        label, words = joined.cell(text, 0, end), joined.cell(text, end, len(joined.text))
        return Row((label, words, *[Cell()] * (len(self.table.names) - 2)), joined.spans())
