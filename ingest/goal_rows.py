"""Lines to the tables that belong to a goal: indicators with their targets, and activities with their dates.

A table is known by its header, every word of which names a column, and a row by the forms of its cells: from the right,
since only the name, the text, and who answers for it have no known form. Who that is begins a line or is told by its
words, or is somebody who answers for something else too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import pairwise

from ingest.beside import Wrapped, shared
from ingest.blocks import Block, Joined, blanks_are_cells
from ingest.columns import dangling, is_name, leads_number, like_header, likeliest
from ingest.goal_columns import (
    ANY_VALUE,
    FORMS,
    FREE,
    VALUE,
    VALUES,
    Kind,
    TableKind,
    begins_header,
    header_in,
    kinds_of,
)
from ingest.grids import FOOTNOTE
from ingest.ladder import is_chapter, is_rubric, is_rung
from ingest.number_cells import holds_numbers, sole_reading
from ingest.responsible import is_role, who_begins
from ingest.said import Said
from ingest.source import Cell, Grid, Line, Row, Source, Span
from ingest.values import PART, folded, mended, years_in
from ingest.when import NEVER, WHEN

_COUNCILS_OWN = re.compile(r"Tas fram av|Fastställ", re.IGNORECASE)
_CUT_SHORT = re.compile(r"\b(?:av|i|till)$|/$")
_TIME = re.compile(r"(?:dagar|timmar|minuter|månader|veckor|år)$")
_VALUE = re.compile(VALUE)
_ENDS_IN_VALUE = re.compile(rf" (?:{ANY_VALUE})$")
_PARTED = re.compile(r"\d{1,3} \d{3}(?!\d)")  # two figures that may be one
_PARTED_IN_UNIT = re.compile(r"\d{1,3} \d{3} [a-zåäö]+")
_FIGURE = re.compile(rf"{VALUE}(?: |$)")
_SENTENCE = re.compile(r"[a-zåäö)]{2}[.!?] (?=[A-ZÅÄÖ])")
_SURELY = re.compile(rf"\d|[-–—]$|^(?:{NEVER})$", re.IGNORECASE)  # a time that is no word of a sentence
_ROW, _MISSING, _SURE = 5.0, 2.0, 0.5  # what a row is worth, what a cell costs that is missing, and what no doubt does
_LISTS = re.compile(
    r"(?:(?:[A-ZÅÄÖ]\w+ )?(?:aktiviteter|åtgärder|insatser|uppdrag|åtaganden)|(?:det(?: här|ta) )?ska vi göra|"
    r"(?:det(?: här|ta) )?gör vi|vad vi ska göra|handlingsplan|tidsplan)(?: (?:under |för )?(?:20\d\d|året))?:?",
    re.IGNORECASE,
)
_TURNED = 0.4  # what it costs that a space more is no empty cell's, as before a new page's first words
_BULLET = re.compile(r"[•·▪◦●○■\uf0b7\uf0a7\uf02d\u2023*–-]\s+\S")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+\S")
_CODE = re.compile(r"(?:[A-ZÅÄÖ]{1,4}[ -]?)?\d{1,4}(?:[.:/-]\d{1,4})*\.?(?: \S|$)")  # what a table numbers its rows by
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\.?$")
_TIME_AT_END = re.compile(rf"(?: [–—-]|[,;:.]? \(?|,) ?({WHEN})\)?\.?$", re.IGNORECASE)
_WHO_AT_END = re.compile(r"[,(;.] ?(?:(?i:ansvarigt?):? (?=\w)|(?=[A-ZÅÄÖ]))([^,;.()]{3,50})[,;:]?$")
_WHO_IN_BRACKETS = re.compile(r"(?:^|[,;] ?)ansvarigt?:? ([^,;()]{3,50})", re.IGNORECASE)
_TIME_IN_BRACKETS = re.compile(rf"(?:^|[,;] ?)(start(?:ar)?:? )?({WHEN})(?=$|[,;])", re.IGNORECASE)
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_A_YEAR = re.compile(r"(?:[a-zåäö]+ )?20\d\d")
_YEARS = re.compile(r"20\d\d(?: 20\d\d)+")
# How the texts of activities begin: with a verb ("Ta fram …"), or with who is to do it.
_BEGINNINGS = (
    re.compile(
        r"(?!(?:Norra|Södra|Östra|Västra|Nya|Gamla|Stora|Lilla|Alla|Flera|Andra) )"
        r"(?:[A-ZÅÄÖ][a-zåäö]*a|Se|Ge|Gå|Få|Bli|Ske|Stå|Förse) \S"
    ),
    re.compile(r"[A-ZÅÄÖ]\S*(?: och \S+)? (?:ska|skall|bör|får i uppdrag) \S"),
)
_LONGEST = 200  # characters of an activity without dates
_MOST_LINES, _MOST_RESTS = 16, 8  # of a row, and of those after its last cells
_HEADER_LINES, _HEADER_LENGTH = 12, 160


def goal_tables(source: Source) -> Source:
    """The source with the lines of every table of indicators or activities replaced by a grid."""
    lines = _Lines(source)
    items: list[Line | Grid | _Read] = []
    i = 0
    while i < len(lines.items):
        item = lines.items[i]
        if isinstance(item, Grid):
            items.append(item)
            i += 1
            continue
        listed = _listed(lines, i + 1) if _LISTS.fullmatch(item.words) else None
        if listed:
            items += [*item.lines, listed[0]]
            i = listed[1]
            continue
        table = _table_at(lines, i)
        reading = _Reading(lines, table) if table else None
        found = reading.rows() if reading else None
        if reading and found:
            rows, end = found[0], found[1]
            more = reading.undated(rows, end)
            items.append(_Read(reading, rows + more, lines.joined(i, reading.table.start).spans()))
            i = more[-1].after if more else end
        else:
            items.extend(item.lines)
            i += 1
    grids = iter(_grids(lines, [item for item in items if isinstance(item, _Read)]))
    return replace(source, items=tuple(next(grids) if isinstance(item, _Read) else item for item in items))


@dataclass(frozen=True, slots=True)
class _Read:
    """A table's rows as they were found, and where its header stands."""

    reading: _Reading
    found: list[_Found]
    header: tuple[Span, ...]


def _grids(lines: _Lines, tables: Sequence[_Read]) -> list[Grid]:
    """The tables' grids. Who answers for something, and how wide the columns are, tables tell of one another."""
    widths: Counter[tuple[str, ...]] = Counter()  # how long the lines of the first column get
    for read in tables:
        names = [span.end - span.start for each in read.found for span in each.row.cells[0].spans]
        widths[read.reading.table.names] = max([widths[read.reading.table.names], *names])
    for read in tables:
        width = widths[read.reading.table.names]
        read.found[:] = [row for each in read.found for row in read.reading.parted(each, width)]
    known: Counter[str] = Counter()
    for sure in (True, False):
        told = set(known)
        who = [read.reading.who(each, told, sure)[1].text for read in tables for each in read.found]
        known = Counter(filter(None, who))
    wrapped: dict[tuple[str, ...], list[Wrapped]] = {}
    for read in tables:
        wrapped.setdefault(read.reading.table.names, []).extend(
            read.reading.wrapped(each, known) for each in read.found
        )
    rows = {names: iter(shared(each, lines.said)) for names, each in wrapped.items()}
    grids = []
    for read in tables:
        table = read.reading.table
        header = Row(tuple(Cell(name) for name in table.names), read.header)
        body = (Row(next(rows[table.names]), each.row.spans) for each in read.found)
        grids.append(Grid((header, *body), header=1))
    return grids


class _Lines:
    """A document's lines, a block each, and the grids that a reader found, in reading order."""

    def __init__(self, source: Source) -> None:
        text = self.text = source.text
        self.said = Said(text)
        self.items: list[Block | Grid] = []
        self.close: list[bool] = []  # no blank line and no page break stands before the line
        self.far: list[bool] = []  # more than one blank line does
        self.opening: dict[int, bool] = {}  # what `opens` has told
        # Where pages leave their heads and feet, a line that begins with a space has an empty cell before it.
        marked = any(text[a.end : b.start].strip() for a, b in pairwise(source.lines()))
        self.traced = blanks_are_cells(source)
        last: Line | Grid | None = None
        for item in source.items:
            between = text[last.end : item.start] if isinstance(last, Line) else "\n\n"
            above = self.items[-1] if self.items else None
            if self.traced and isinstance(above, Block) and not between.strip():
                self.items[-1] = replace(above, blanks=between.count("\n") - 1)
            one = between.count("\n") == 1
            spaced = one and between[-1] == " " and not (marked and between[0] == "\n")
            broken = isinstance(last, Line) and bool(between.strip() or "\f" in between or spaced)
            self.close.append(one and not broken)
            self.far.append(not broken and between.count("\n") > 2)
            if isinstance(item, Grid):
                self.items.append(item)
            else:
                end = text.find("\n", item.end)
                raw = text[item.start : end if end >= 0 else len(text)]
                self.items.append(Block((item,), raw, folded(raw), broken, 0))
            last = item
        # Where some lines have a blank one before them and some have not, a cell's lines are those that stand close.
        self.apart = 0.03 * len(self.close) < sum(self.close) < 0.97 * len(self.close)

    def opens(self, i: int) -> bool:
        """True where a chapter or another table begins at place `i`: a title of the list of contents, a numbered
        heading, or a header of amounts."""
        if i not in self.opening:
            self.opening[i] = self._opens(self.at(i))
        return self.opening[i]

    def _opens(self, block: Block | None) -> bool:
        if block is None or holds_numbers(block):
            return False
        if block.lines[0].listed or is_chapter(block.words) or _LISTS.fullmatch(block.words):
            return True
        names = likeliest(((block.words,),), True) if like_header(block.words) else None
        return names is not None and 2 * sum(map(is_name, names[1:])) >= len(names)

    def at(self, i: int) -> Block | None:
        """The line at place `i`, None where there is a grid or nothing."""
        found = self.items[i] if i < len(self.items) else None
        return found if isinstance(found, Block) else None

    def joined(self, i: int, j: int) -> Joined:
        """The lines from place `i` to before place `j` as one string."""
        return Joined(self.text, [block for block in self.items[i:j] if isinstance(block, Block)])


def _listed(lines: _Lines, start: int) -> tuple[Grid, int] | None:
    """The items of a list under "Aktiviteter", each with its time at the end, and the place after them.

    Two items, and half of them, must name a time; who answers for one stands before it, after a comma.
    """
    rows: list[Row] = []
    dated = 0
    at = start
    item = next((each for each in (_BULLET, _NUMBERED) if (first := lines.at(start)) and each.match(first.words)), None)
    while item and (block := lines.at(at)) is not None and item.match(block.words):
        end = at + 1
        while (more := lines.at(end)) is not None and lines.close[end] and not item.match(more.words):
            end += 1
        joined = lines.joined(at, end)
        spans = _item_cells(joined.text.rstrip())
        rows.append(Row(tuple(joined.cell(lines.text, *span) if span[1] else Cell() for span in spans), joined.spans()))
        dated += any(end for _, end in spans[2:])
        at = end
    if dated < 2 or dated * 2 < len(rows):
        return None
    header = Row((Cell("Aktivitet"), Cell("Ansvarig"), Cell("Start"), Cell("Slut")), ())
    return Grid((header, *rows), header=1), at


def _item_cells(body: str) -> list[tuple[int, int]]:
    """Where in an item stand what is to be done, who answers for it, its beginning and its end; (0, 0) for none."""
    none = 0, 0
    begin = len(body) - len(re.sub(r"^(?:\d{1,2}[.)]|\W)\W*", "", body))
    bracket = _IN_BRACKETS.search(body)
    time = _TIME_IN_BRACKETS.search(bracket[1]) if bracket else None
    if bracket and time:
        at, who = bracket.start(1), _WHO_IN_BRACKETS.search(bracket[1])
        when = at + time.start(2), at + time.end(2)
        named = (at + who.start(1), at + who.end(1)) if who else none
        return [(begin, bracket.start()), named, when if time[1] else none, none if time[1] else when]
    time = _TIME_AT_END.search(body)
    words = body[: time.start()] if time else body
    who = _WHO_AT_END.search(words) if time else None
    return [
        (begin, who.start() if who else len(words)),
        who.span(1) if who else none,
        none,
        time.span(1) if time else none,
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table known by its header: what it is of, its columns' names and kinds, and the place after the header."""

    kind: TableKind
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    start: int


def _table_at(lines: _Lines, i: int) -> _Table | None:
    """The table whose header begins at place `i`, None where none does."""
    block = lines.at(i)
    if block is None or not begins_header(block.words):
        return None
    words, best = "", None
    for j in range(i, i + _HEADER_LINES):
        block = lines.at(j)
        if block is None or (j > i and block.broken) or len(words) + len(block.words) > _HEADER_LENGTH:
            break
        if best and (dated := _with_years(best, block.words)):
            return dated
        words = f"{words}\n{block.words}" if words else block.words
        names = header_in(mended(words))
        kind, kinds = kinds_of(names) if names else ("rows", [])
        if names and kind != "rows" and None not in kinds and not {"indicator", "activity"} & set(kinds[1:]):
            best = _Table(kind, tuple(names), tuple(filter(None, kinds)), j + 1)
    return best


def _with_years(table: _Table, line: str) -> _Table | None:
    """The table with the years of the line below its header in the names of the columns of figures, None where it does
    not have one for each that names none."""
    years = line.split() if _YEARS.fullmatch(line) else []
    undated = [n for n, kind in enumerate(table.kinds) if kind in VALUES and not years_in(table.names[n])]
    if not years or len(years) != len(undated):
        return None
    of = dict(zip(undated, years, strict=True))
    names = tuple(f"{name} {of[n]}" if n in of else name for n, name in enumerate(table.names))
    return replace(table, names=names, start=table.start + 1)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where in a row's string its name ends, and the cells after it stand; None for a cell whose value is in doubt."""

    name: int
    cells: tuple[tuple[int, int] | None, ...]
    cost: float
    stops: float  # what of the cost is for how its name ends


@dataclass(frozen=True, slots=True)
class _Found:
    """A row read, what its first cell has after the other cells, and the place after it."""

    row: Row
    rest: Cell
    after: int


@dataclass(frozen=True, slots=True)
class _Step:
    """What a table has from one place to before another, and how good a reading it is; no row where the header comes
    again, or the rest of a row."""

    start: int
    end: int
    worth: float
    found: _Found | None = None


class _Reading:
    """One table being read: its rows from place `table.start` on.

    Of all ways to cut the lines into rows the likeliest is taken. A row is worth as much as any other, less what is
    odd about it: a name that stops short, begins small or holds what looks like cells, cells that are missing or whose
    words are none such columns commonly have, blank lines inside it.
    """

    def __init__(self, lines: _Lines, table: _Table) -> None:
        self.lines, self.table = lines, table
        kinds = table.kinds[1:]
        typed = next(n for n, kind in enumerate(kinds) if kind in FORMS)
        self.front, self.tail = kinds[:typed], kinds[typed:]
        self.patterns = _patterns(self.tail)
        self.begins = re.compile("|".join({f"(?:{FORMS[kind]})(?: |$)" for kind in self.tail if kind in FORMS}))
        self.ends = re.compile("|".join({f"(?: |^)(?:{FORMS[kind]})$" for kind in self.tail if kind in FORMS}))
        first = [block.words for block in lines.items[table.start : table.start + 4] if isinstance(block, Block)]
        self.days = table.kind == "activities" and any(map(_DAY.search, first))  # its times are days
        numbered = re.match(r"nr\b", table.names[0], re.IGNORECASE) is not None
        self.coded = numbered and any(map(_CODE.match, first[:1]))  # its rows begin with what numbers them
        self.beside = False  # names wrap beside the cells of their rows, which stand on their first lines
        self.repeated: set[int] = set()  # places after a header that a page repeats

    def rows(self) -> tuple[list[_Found], int] | None:
        """The rows and the place after them; None where there are none.

        A comment is a row whose first cell is "Kommentar" and whose second holds its words.
        """
        worth, found, end = self._likeliest()
        if any(each.rest.text for each in found) or worth < 0.8 * _ROW * len(found):
            self.beside = True
            other = self._likeliest()
            if other[0] > worth:
                _, found, end = other
            self.beside = False
        return (found, end) if found else None

    def _likeliest(self) -> tuple[float, list[_Found], int]:
        """The likeliest rows, how good a reading they are, and the place after them."""
        start = top = self.table.start
        best: dict[int, tuple[float, _Step | None]] = {start: (0.0, None)}
        waiting = [start]
        while waiting:
            at = heappop(waiting)
            worth = best[at][0]
            if worth > best[top][0]:
                top = at
            elif worth < best[top][0] - _ROW / 2:
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
        found: list[_Found] = []
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
        if again := _table_at(self.lines, at):
            if again.names == self.table.names:
                self.repeated.add(again.start)
                yield _Step(at, again.start, 0.0)
            return
        if at > self.table.start and self.table.kind == "indicators" and block.words.rstrip(":") == "Kommentar":
            if (end := self._comment_end(at)) == at + 1:
                return  # nothing stands under it
            yield _Step(at, end, _ROW, _Found(self._comment_row(self.lines.joined(at, end)), Cell(), end))
            return
        if at in self.repeated and self._may_continue(at):
            yield _Step(at, at + 1, 0.5)
        for found, cost in self._rows(at):
            yield _Step(at, found.after, _ROW - cost, found)
        if self._is_undated(at):
            joined = self.lines.joined(at, at + 1)
            cells = joined.cell(self.lines.text, 0, len(joined.text)), *[Cell()] * len(self.table.kinds[1:])
            yield _Step(at, at + 1, _ROW / 2, _Found(Row(cells, joined.spans()), Cell(), at + 1))

    def _is_undated(self, at: int) -> bool:
        """True where the last row of a table of activities stands with none of its cells filled: as near to the row
        before it as rows are set, and farther from what comes after than lines are."""
        block, after = self.lines.at(at), self.lines.at(at + 1)
        if block is None or after is None or not self.days or not self.lines.apart or self._is_other(at):
            return False
        near = at in self.repeated or not (block.broken or self.lines.close[at] or self.lines.far[at])
        whole = block.words[:1].isupper() and not dangling(block.words)
        if whole and self._empties(block) == len(self.table.names) - 1 and not self._goes_on(at + 1):
            return near
        ends = after.broken or self.lines.far[at + 1] or is_rung(after.words)
        return near and ends and block.words[:1].isupper() and re.search(r"[.:;,]$|(?<!\b20\d)\d$", block.words) is None

    # A row

    def _rows(self, i: int) -> Iterator[tuple[_Found, float]]:
        """The rows that may begin at place `i`, and how unlikely each is."""
        first = self.lines.at(i)
        if self.coded and first is not None and not _CODE.match(first.words):
            return
        kept: list[Block] = []
        j, broken, gaps = i, False, 0.0
        while (block := self.lines.at(j)) is not None and len(kept) < _MOST_LINES and gaps < _ROW:
            again = _table_at(self.lines, j)
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
            cut = self._cut(joined)
            after = self.lines.at(j)
            if cut:
                best = _ROW
                short = self._stops_before_who(self._made(list(kept), cut, j, j))
                for end, rest in self._rests(j, cut.stops > 0 or short):
                    found = self._made(list(kept), cut, j, end)
                    name = f"{found.row.cells[0].text} {found.rest.text}".rstrip()
                    cost = cut.cost - cut.stops + _odd_end(name) + gaps + rest + self._goes_on(found.after)
                    cost += 2.0 * (short and not found.rest.text) + self.beside * (len(kept) - 1)
                    best = min(best, cost)
                    if cost < _ROW:
                        yield found, cost
                    if best < _SURE and not self.beside:
                        break
                if best < _SURE:
                    break
            ended = self.table.kind == "indicators" and block.words.endswith(".")
            if ended and not (after and self.begins.match(after.words)):
                break

    def _stops_before_who(self, found: _Found) -> bool:
        """True where a row's text stops short before who answers for it."""
        text, who = self.who(found, {}, False, True) if self.front else (Cell(), Cell())
        return bool(who.text) and dangling(text.text)

    def _gap(self, j: int) -> float:
        """How unlikely the line at place `j` goes on in the row of the line before it, as far as blank lines tell."""
        block = self.lines.at(j)
        if block is None or self.lines.close[j] or block.broken or not self.lines.apart:
            return 0.0
        if self.begins.match(block.words):
            return 0.0
        if self.lines.far[j]:
            return 3.0
        if self.front and len(block.words) <= 70 and not block.words.endswith("."):
            return 0.3
        wraps = j + 1 < len(self.lines.close) and self.lines.close[j + 1]
        return 0.3 if self.table.kind == "activities" and wraps else 2.0

    def _goes_on(self, j: int) -> float:
        """How unlikely a row ends before the line at place `j`, which may go on in it."""
        after = self.lines.at(j)
        near = after is not None and (self.lines.close[j] or not self.lines.apart)
        small = after is not None and near and after.words[:1].islower() and not PART.match(after.words)
        return 3.0 if small or (after is not None and self.begins.fullmatch(after.words)) else 0.0

    def _is_item(self, j: int) -> bool:
        block = self.lines.at(j)
        return block is not None and _BULLET.match(block.words) is not None and block.words[0] not in "*–-"

    def _cut(self, joined: Joined) -> _Cut | None:
        """The likeliest way in which a row's string divides into cells, None where it is no row, or not yet a whole
        one."""
        body = joined.text.rstrip()
        # What stands below may be the row's empty cells, or part tables.
        traced = joined.text[len(body) + 1 :] if self.lines.apart and self.tail[-1] in FORMS else ""
        traced = traced or " " * joined.blocks[-1].blanks
        cuts = [self._cut_body(joined, own) for own in dict.fromkeys((body, body + traced))]
        return min(filter(None, cuts), key=lambda cut: cut.cost, default=None)

    def _cut_body(self, joined: Joined, body: str) -> _Cut | None:
        """The likeliest way in which a row's string, as much of it as `body` has, divides into cells."""
        starts = [found.end() for found in re.finditer(r"(?<=\S) (?=\S)|(?<=\S) (?= )|(?<=\S ) (?=\S)", body)]
        starts = [start for start in starts if re.search(r"[^\W\d_]", body[:start])]  # a number is no name
        best: _Cut | None = None
        for pattern in self.patterns:
            if best and best.cost <= pattern.cost:
                break
            for start in starts:
                found = pattern.words.match(body, start)
                if found and (cells := self._cells(found, pattern)) is not None:
                    dated = _DAY.match(body, start) is not None
                    stops = _odd_end(folded(body[:start]), dated=dated) * (0.25 if self.beside else 1.0)
                    cost = pattern.cost + stops + self._odd(joined, start, cells)
                    cost += _TURNED * (body[start - 2 : start] == "  ")
                    if best is None or cost < best.cost:
                        best = _Cut(start, self._sure(cells, body, pattern), cost, stops)
        return best

    def _odd(self, joined: Joined, start: int, cells: Sequence[tuple[int, int] | None]) -> float:
        """How unlikely a row's string divides so: its name up to `start`, and the cells after it."""
        name = joined.cell(self.lines.text, 0, start)
        lines = [self.lines.text[span.start : span.end] for span in name.spans]
        small = name.text[:1].islower() and not PART.match(name.text)
        cost = 4.0 * (small or name.text[:1] in "(,") + (name.text[:1].isdigit() and not self.coded)
        cost += 3.0 * sum(self._ended(a) and b[:1].isupper() for a, b in pairwise(lines))
        cost += (1.5 if self.table.kind == "indicators" else 0.5) * len(_SENTENCE.findall(name.text))
        figures: list[tuple[int, int]] = []
        for cell, kind in zip(cells, self.tail, strict=True):
            text = joined.text[slice(*cell)] if cell else ""
            if cell and text and kind in VALUES:
                figures.append(cell)
                cost += 1.0 * (not _VALUE.fullmatch(text)) + 0.7 * _odd_end(text, whole=True)
            elif text and kind in FREE:
                office = is_role(text) and text.count(" ") < 3
                cost += _ROW * (text[0].islower() and not office) + 0.5 * max(0, text.count(" ") - 4)
                first, *more = joined.cell(self.lines.text, *cell).spans if cell else ()
                head = self.lines.text[first.start : first.end]
                cost += 1.0 * (bool(more) and self._is_whole(head, text[len(head) :].strip()))
        texts = [joined.text[slice(*cell)] for cell in figures]
        for (_, end), (begin, _), a, b in zip(figures, figures[1:], texts, texts[1:], strict=False):
            one_line = "\n" not in self.lines.text[joined.at[end - 1] : joined.at[begin]]
            cost += (0.5 if None not in cells else 2.0) * (one_line and _PARTED.fullmatch(f"{a} {b}") is not None)
            cost += 2.5 * (one_line and _PARTED_IN_UNIT.fullmatch(f"{a} {b}") is not None)  # columns share a unit
        if len(texts) > 1 and _TIME.search(texts[0]) and not any(map(_TIME.search, texts[1:])):
            cost += 1.5  # "… efter 5 år 60 %": the years may belong to the name
        words = [joined.text[slice(*cell)] for cell in cells if cell]
        return cost + self._in_doubt(joined, start, words)

    def _ended(self, line: str) -> bool:
        """True where a line ends in a cell's figures."""
        found = self.ends.search(line)
        return found is not None and re.search(r"\d", found[0]) is not None

    def _in_doubt(self, joined: Joined, start: int, cells: Sequence[str]) -> float:
        """How unlikely it is that nobody is named who should be, and that a row's only time is a bare word ("höst"),
        which may as well be the text's."""
        named = not self.front or self._who(joined.cell(self.lines.text, 0, start), (), False) is not None
        sure = self.table.kind != "activities" or any(text and _SURELY.search(text) for text in cells)
        return 0.0 if named and (sure or self.front) else 2.0 if named or sure else _ROW

    def _cells(self, found: re.Match[str], pattern: _Pattern) -> tuple[tuple[int, int] | None, ...] | None:
        """The cells that a pattern found, None where its words say that they are others."""
        texts = dict(zip(pattern.columns, found.groups(), strict=True))
        typed = [text for n, text in texts.items() if self.tail[n] in FORMS and text]
        last = pattern.columns[-1]
        traced = found.string.endswith(" ")
        figures_alone = all(text[0].isdigit() or text[0] in "-−–" for text in typed)
        if not (typed and (texts[last] or self.tail[last] not in FORMS)) and not (traced and figures_alone):
            return None
        if self.days and all(map(_A_YEAR.fullmatch, typed)):
            return None  # "… från 2021" and "Enkäten 2021" among days: no time of the row's
        figures = [text for n, text in texts.items() if self.tail[n] in VALUES and text]
        years = [int(year) for text in typed for year in re.findall(r"\b20\d\d\b", text)]
        if "end" in self.tail and years != sorted(years):
            return None  # nothing ends before it begins: the years of another header
        if self.tail[last] == "period" and not figures and texts[last][:1].islower():
            return None  # "… kvar efter ett år": no period
        if len(figures) == 1 < len(self.tail) and re.fullmatch(r"20\d\d", figures[0]) and pattern.cost:
            return None  # the year of a heading
        if any(_FIGURE.match(text) for n, text in texts.items() if self.tail[n] in FREE):
            return None
        spans: list[tuple[int, int] | None] = [None] * len(self.tail)
        for n, column in enumerate(pattern.columns, 1):
            spans[column] = found.span(n) if found[n] else (0, 0)
        values = [n for n in pattern.columns if self.tail[n] in VALUES]
        if len(figures) == len(values) > 1 and values[-1] - values[0] == len(values) - 1:
            spans[values[0] : values[-1] + 1] = _parted(found, figures) or spans[values[0] : values[-1] + 1]
        return tuple(spans)

    def _sure(
        self, cells: tuple[tuple[int, int] | None, ...], body: str, pattern: _Pattern
    ) -> tuple[tuple[int, int] | None, ...]:
        """The cells without the figures of which no trace tells which column is empty: reported rather than guessed."""
        first = pattern.columns[0]
        if not first or self.tail[first] not in VALUES or _COUNCILS_OWN.match(body[slice(*(cells[first] or (0, 0)))]):
            return cells
        return tuple(None if kind in VALUES else cell for kind, cell in zip(self.tail, cells, strict=True))

    def _made(self, kept: list[Block], cut: _Cut, j: int, end: int) -> _Found:
        """The row of these lines, and of those from place `j` to before `end`, which go on beside its last cells."""
        text, lines = self.lines.text, self.lines
        size = len(Joined(text, kept).text)
        kept += [block for block in lines.items[j:end] if isinstance(block, Block)]
        last = self.tail[-1]
        if last == "source" and (cut.cells[-1] or (0, 0))[1] == 0 and j == end and self._is_short_cell(j):
            kept += [block for block in lines.items[j : j + 1] if isinstance(block, Block)]
            end += 1
        joined = Joined(text, kept)
        cells = [joined.cell(text, *span) if span else Cell() for span in cut.cells]
        rest = joined.cell(text, size, len(joined.text))
        name = joined.cell(text, 0, cut.name)
        if self.tail[-1] in FREE and len(cells[-1].spans) > 1 and self._begins_beside(cells[-1].spans[0].start):
            first, below = _cut_cell(cells[-1], text, cells[-1].spans[0].end - cells[-1].spans[0].start)
            cells[-1], rest = first, _both(below, rest)  # what is below may be the name's
        return _Found(Row((name, *[Cell()] * len(self.front), *cells), joined.spans()), rest, end)

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
            other = self._is_other(at) or _table_at(self.lines, at) is not None
            if block is None or other or (self.begins.fullmatch(block.words) and not self._counts(at)):
                return
            cut = self._cut(self.lines.joined(at, at + 1))
            if cut and (cut.cost < _MISSING or _DAY.search(block.words)):
                return
            cost += self._gap(at) + (not self.beside and at == j and not block.words[:1].islower())
            if cost >= _ROW:
                return
            yield at + 1, cost

    def _is_other(self, j: int, rubric: bool = True) -> bool:
        """True where what stands at a place is none of the table's rows."""
        block = self.lines.at(j)
        if block is None or FOOTNOTE.match(block.words) or is_rung(block.words) or self.lines.opens(j):
            return True
        return rubric and is_rubric(block.words)

    def _is_whole(self, cell: str, rest: str) -> bool:
        """True where the document has a cell's words elsewhere, but not with the rest after them."""
        return self.lines.said.counted(cell) > 1 and self.lines.said.counted(f"{cell} {rest}") < 2

    def _is_short_cell(self, j: int) -> bool:
        block = self.lines.at(j)
        if block is None or len(block.words) > 60 or block.words.endswith(".") or is_rubric(block.words):
            return False
        after = self.lines.at(j + 1)
        fits = self._cut(self.lines.joined(j, j + 1)) is None and not (after and self.begins.match(after.words))
        return fits and not is_rung(block.words) and _table_at(self.lines, j) is None

    def _may_continue(self, at: int) -> bool:
        """True where the line under a header's repetition may be the rest of a cell that the page break divided: it
        begins in the middle of a sentence or leaves the spaces of the empty cells after it, and no row ends with it."""
        block = self.lines.at(at)
        if block is None or self._cut(self.lines.joined(at, at + 1)) is not None:
            return False
        return block.words[:1].islower() or 0 < self._empties(block) == len(self.table.names) - 1

    def _empties(self, block: Block) -> int:
        return len(block.raw) - len(block.raw.rstrip(" ")) - 1 if self.lines.apart else 0

    def _continued(self, found: _Found, at: int) -> _Found | None:
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
            return _Found(Row(row.cells, spans), _both(found.rest, more), at + 1)
        cells = (*row.cells[:column], _both(row.cells[column], more), *row.cells[column + 1 :])
        return _Found(Row(cells, spans), found.rest, at + 1)

    # Rows without dates

    def parted(self, found: _Found, width: int) -> list[_Found]:
        """A row of activities as the rows it is: a line of its text that ends where the next word would have fitted,
        within the `width` of the column, before one that begins as a row does, is a row without dates."""
        name, *cells = found.row.cells
        if self.table.kind != "activities" or self.front or found.rest.text:
            return [found]
        text, rows = self.lines.text, list[_Found]()
        first = 0
        for n, (a, b) in enumerate(pairwise(name.spans), 1):
            above, below = text[a.start : a.end], text[b.start : b.end]
            first_word = below.split()[0]
            small = first_word.lower() in self.lines.said.small or len(first_word) < 3  # no name
            meant = small or len(above) + 1 + len(first_word) <= width
            if meant and not dangling(above) and not above.endswith((".", ":")) and self._alike(name.text, below):
                rows.append(self._alone(name.spans[first:n], found.after))
                first = n
        if first:
            rest = name.spans[first:]
            name = Cell(mended("\n".join(text[s.start : s.end] for s in rest)), rest)
            begin = rest[0].start
            spans = tuple(Span(max(s.start, begin), s.end) for s in found.row.spans if s.end > begin)
            found = replace(found, row=Row((name, *cells), spans))
        return [*rows, found]

    def undated(self, rows: Sequence[_Found], at: int) -> list[_Found]:
        """The rows without dates that end a table of activities: lines close below it up to a goal, a chapter or the
        end, each of which begins as the row before."""
        found: list[_Found] = []
        if self.table.kind != "activities" or self.front:
            return found
        above = rows[-1].row.cells[0].text
        while (block := self.lines.at(at)) is not None and self.lines.close[at] and self._alike(above, block.words):
            end = at + 1
            while (more := self.lines.at(end)) is not None and self.lines.close[end] and more.words[:1].islower():
                end += 1
            joined = self.lines.joined(at, end)
            if len(joined.text) > _LONGEST or joined.text.rstrip().endswith((".", ":")):
                return []
            found.append(self._alone(joined.cell(self.lines.text, 0, len(joined.text)).spans, end))
            at, above = end, block.words
        after = self.lines.at(at)
        return found if after is None or is_rung(after.words) or self.lines.opens(at) else []

    def _alone(self, spans: tuple[Span, ...], after: int) -> _Found:
        """A row that has a name and no other cell."""
        text = self.lines.text
        name = Cell(mended("\n".join(text[span.start : span.end] for span in spans)), spans)
        whole = (Span(spans[0].start, spans[-1].end),)
        return _Found(Row((name, *[Cell()] * (len(self.table.names) - 1)), whole), Cell(), after)

    def _alike(self, row: str, words: str) -> bool:
        """True where words begin as a row does: with what is to be done, or who is to do it."""
        return any(form.match(row) and form.match(words) for form in _BEGINNINGS)

    # Who answers for it

    def wrapped(self, found: _Found, known: Mapping[str, int]) -> Wrapped:
        """A row, its first cell divided into the text and who answers for it where that column comes next; `known`
        tells how many rows somebody surely answers for."""
        _, own = self.who(found, known, False)
        others = {who: count - (who == own.text) for who, count in known.items()}
        name, who = self.who(found, {who for who, count in others.items() if count > 0}, False)
        cells = found.row.cells[1:]
        return Wrapped(name, (who, *cells[1:]) if who.text else cells, self.table.kinds[1:], found.rest)

    def who(self, found: _Found, known: Collection[str], sure: bool, goes_on: bool = False) -> tuple[Cell, Cell]:
        """A row's first cell, and who answers for it where that column comes next and nobody stands there yet; what is
        under the row, or `goes_on` where something may be, is the rest of either."""
        name, *cells = found.row.cells
        at = (
            self._who(name, known, sure, goes_on or bool(found.rest.text)) if self.front and not cells[0].text else None
        )
        return _cut_cell(name, self.lines.text, at) if at else (name, Cell())

    def _who(self, cell: Cell, known: Collection[str], sure: bool, goes_on: bool = False) -> int | None:
        """Where in the cell's lines who answers for it begins, None where it names nobody."""
        parts = [self.lines.text[span.start : span.end] for span in cell.spans]
        apart = [self.lines.text.count("\n", a.end, b.start) > 1 for a, b in pairwise(cell.spans)]
        return who_begins("\n".join(parts), apart, known, self.lines.said.counted, sure, goes_on)

    # Comments

    def _comment_end(self, i: int) -> int:
        """The place after a "Kommentar" line and the sentences under it."""
        j = i + 1
        while (block := self.lines.at(j)) is not None and j - i <= 24:
            if is_rung(block.words) or is_rubric(block.words) or _table_at(self.lines, j):
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


def _odd_end(words: str, whole: bool = False, dated: bool = False) -> float:
    """How unlikely a cell ends with these words; what is not itself `whole` a value seldom ends in one, and before a
    day, where it is `dated`, no word leads into a number."""
    if leads_number(words) and not dated:
        return 4.0
    if dangling(words):
        return 2.0
    value = None if whole else _ENDS_IN_VALUE.search(words)
    if not value or leads_number(words[: value.start()]) or dangling(words[: value.start()]):
        return 0.0
    return 2.0 if _VALUE.fullmatch(value[0].strip()) else 1.0


def _both(cell: Cell, more: Cell) -> Cell:
    """Two parts of a cell as one."""
    return Cell(mended(f"{cell.text}\n{more.text}"), cell.spans + more.spans) if more.text else cell


def _cut_cell(cell: Cell, text: str, at: int) -> tuple[Cell, Cell]:
    """A cell divided at a place of its lines joined."""
    before: list[Span] = []
    after: list[Span] = []
    begin = 0
    for span in cell.spans:
        size = span.end - span.start
        cut = span.start + min(max(at - begin, 0), size)
        end = span.start + len(text[span.start : cut].rstrip())
        before += [Span(span.start, end)] if end > span.start else []
        after += [Span(cut, span.end)] if cut < span.end else []
        begin += size + 1
    parts = [Cell(mended("\n".join(text[s.start : s.end] for s in spans)), tuple(spans)) for spans in (before, after)]
    return parts[0], parts[1]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What the cells after a row's name look like where only some of the columns, by place, are filled."""

    columns: tuple[int, ...]
    words: re.Pattern[str]
    cost: float


def _patterns(kinds: Sequence[Kind]) -> list[_Pattern]:
    """The forms of a row whose columns after the name are of these kinds, the likeliest first.

    The first figures may be missing without a trace, or the start before an end, and so may a last cell that is known
    from the others by its form. Where an empty cell leaves a trace that is a space of its own, and one more where the
    cell before it wraps.
    """
    first = next((n for n, kind in enumerate(kinds) if kind not in VALUES), len(kinds))
    first = min(first, len(kinds) - 1) or int(list(kinds[:2]) == ["start", "end"])
    found = []
    for ends in (len(kinds), len(kinds) - 1) if kinds[-1] not in (*VALUES, "end") else (len(kinds),):
        for begin in range(first + 1):
            if any(kind in FORMS for kind in kinds[begin:ends]):
                cells = [f"({FORMS[kind]}|)" if kind in FORMS else r"([^\W\d_].*?|)" for kind in kinds[begin:ends]]
                gaps = [" {1,2}?" if kind in VALUES else " " for kind in kinds[begin:ends]]
                row = "".join(cell + gap for cell, gap in zip(cells, [*gaps[:-1], "$"], strict=True))
                cost = _MISSING * begin + (_MISSING + 1.0) * (ends < len(kinds))
                found.append(_Pattern(tuple(range(begin, ends)), re.compile(row, re.DOTALL), cost))
    return sorted(found, key=lambda pattern: pattern.cost)


def _parted(found: re.Match[str], figures: Sequence[str]) -> list[tuple[int, int] | None]:
    """Figures that spaces part, in themselves and from each other, as cells of numbers about as large as each other;
    None for each where more than one way to part them will do, and nothing for other figures."""
    words = " ".join(figures)
    start = found.string.find(words, found.start())
    if start < 0 or not re.fullmatch(r"[\d ]+", words):
        return []
    cells = sole_reading(words, [""] * (1 + len(figures)))
    return [cell and (cell[0] + start, cell[1] + start) for cell in cells or [None] * len(figures)]
